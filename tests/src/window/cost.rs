//! For the benchmarks: the memory and the processor time of a program with all its processes.
//!
//! The proportional set size shares every page among the processes that use it; the sum of the resident sizes would
//! count the web view's library once for each of its processes.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// The time for a program to come to rest after its first paint.
const REST: Duration = Duration::from_secs(2);

/// The unit of the processor times in `/proc`, in seconds: the same on every Linux computer that the desk runs on.
const TICK: f64 = 0.01;

/// Returns the memory in megabytes (of 1,000,000 bytes), some time after the call.
pub async fn settled(program: u32) -> f64 {
    let mut rest = tokio::time::interval(REST);
    rest.tick().await;
    rest.tick().await;
    memory(program)
}

/// Returns the memory in megabytes (of 1,000,000 bytes).
pub fn memory(program: u32) -> f64 {
    tree(program).into_iter().filter_map(kilobytes).sum::<f64>() * 1024.0 / 1e6
}

/// Returns the processor time so far, in seconds, of the processes that run now.
pub fn processor_time(program: u32) -> f64 {
    tree(program).into_iter().filter_map(ticks).sum::<f64>() * TICK
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

/// Returns the times in user and system mode: the 12th and 13th field behind the name in brackets (proc(5)).
fn ticks(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let times = fields.split_whitespace().skip(11).take(2);
    times.map(|field| field.parse::<f64>().ok()).sum()
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
