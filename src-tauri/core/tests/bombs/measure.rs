//! Measuring the cost of one file in a process of its own.

use std::fs;
use std::process::Command;

const FILE: &str = "DESK_TEST_FILE";
const WHAT: &str = "DESK_TEST_WHAT";
/// The start of the line that reports the cost.
const MARK: &str = "it took: ";

/// The cost of a process.
#[derive(Debug)]
pub struct Cost {
    /// The outcome in the words of the process.
    pub outcome: String,
    /// The largest memory at any time, in megabytes.
    pub peak_mb: u64,
    /// The processor time of all its threads, in milliseconds.
    pub processor_ms: u64,
}

/// Runs a task with a file in a new process.
pub fn in_a_process_of_its_own(what: &str, file: &[u8]) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, file).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_file", "--ignored", "--nocapture", "--test-threads", "1"])
        .env(FILE, &path)
        .env(WHAT, what)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let reported = said.lines().find_map(|line| Some(line.split_once(MARK)?.1));
    let reported = reported.unwrap_or_else(|| panic!("{what} ended with {}: {said}", output.status));
    let mut parts = reported.splitn(3, ' ');
    let mut number = || parts.next().unwrap().parse().unwrap();
    let (peak_mb, processor_ms) = (number(), number());
    Cost { outcome: parts.next().unwrap().to_owned(), peak_mb, processor_ms }
}

/// In the process: returns its file, if it was started for one.
pub fn file() -> Option<Vec<u8>> {
    fs::read(std::env::var_os(FILE)?).ok()
}

/// In the process: returns the name of its task.
pub fn what() -> &'static str {
    std::env::var(WHAT).unwrap_or_default().leak()
}

/// In the process: reports its cost.
pub fn notify(outcome: &str) {
    println!("\n{MARK}{} {} {outcome}", peak_mb(), processor_ms());
}

fn peak_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() >> 10
}

fn processor_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // These fields come after the name in brackets; user and system time are the 14th and 15th fields, in hundredths of
    // a second.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    10 * (fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap())
}
