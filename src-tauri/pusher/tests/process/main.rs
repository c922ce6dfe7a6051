//! What a whole process holds: memory, handles and threads. These tests are alone in their process, and take turns in
//! it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[cfg(target_os = "linux")]
mod hostile;
#[cfg(target_os = "linux")]
mod reconnects;

#[cfg(target_os = "linux")]
mod process {
    //! What the kernel says of this process.

    use std::fs;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// Held by the test whose turn it is.
    static TURN: Mutex<()> = Mutex::new(());

    pub fn turn() -> MutexGuard<'static, ()> {
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A line of `/proc/self/status`.
    fn status(name: &str) -> u64 {
        let text = fs::read_to_string("/proc/self/status").unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Resident memory, in kB.
    pub fn resident() -> u64 {
        status("VmRSS")
    }

    /// The most resident memory since [`forget_peak`], in kB.
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
