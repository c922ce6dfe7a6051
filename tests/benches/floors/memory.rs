//! The memory of a program with all its processes.
//!
//! The proportional set size shares every page among the processes that use it; the sum of the resident sizes would
//! count the web view's library once for each of its processes.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// The time for a program to come to rest after its first paint.
const REST: Duration = Duration::from_secs(2);

/// Returns the memory in megabytes (of 1,000,000 bytes), some time after the call.
pub(crate) async fn settled(program: u32) -> f64 {
    let mut rest = tokio::time::interval(REST);
    rest.tick().await;
    rest.tick().await;
    tree(program).into_iter().filter_map(kilobytes).sum::<f64>() * 1024.0 / 1e6
}

/// Returns a process and all its descendants.
fn tree(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        if let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok())
            && let Some(parent) = parent(id)
        {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut all = vec![root];
    let mut next = 0;
    while let Some(id) = all.get(next) {
        all.extend(children.remove(id).unwrap_or_default());
        next += 1;
    }
    all
}

fn parent(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

/// Returns the memory in kilobytes of 1,024 bytes, or none for a process that has just ended.
fn kilobytes(process: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.trim().strip_suffix("kB")?.trim().parse().ok()
}
