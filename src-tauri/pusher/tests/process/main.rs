//! Memory, handles and threads of a whole process. These tests run alone in their process, and take turns in it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[cfg(target_os = "linux")]
mod hostile;
#[cfg(target_os = "linux")]
mod reconnects;

#[cfg(target_os = "linux")]
mod process {
    //! The kernel's figures for this process.

    use std::fs;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// Locked by the test whose turn it is.
    static TURN: Mutex<()> = Mutex::new(());

    pub fn turn() -> MutexGuard<'static, ()> {
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a line of `/proc/self/status`.
    fn status(name: &str) -> u64 {
        let text = fs::read_to_string("/proc/self/status").unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Returns the resident memory, in kB.
    pub fn resident() -> u64 {
        status("VmRSS")
    }

    /// Returns the most resident memory since [`forget_peak`], in kB.
    pub fn peak() -> u64 {
        status("VmHWM")
    }

    pub fn forget_peak() {
        fs::write("/proc/self/clear_refs", "5").unwrap();
    }

    pub fn threads() -> u64 {
        status("Threads")
    }

    pub fn handles() -> usize {
        fs::read_dir("/proc/self/fd").unwrap().count()
    }
}
