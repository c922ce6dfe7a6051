//! The clock of the programs of a fixture: libfaketime adds a difference to the computer's clock, and reads it from a file
//! once a second. The monotonic clock stays as it is, as if a person sets the computer's clock.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Zoned;
use pusher::{Clock, SystemClock};

/// The library. The loader replaces `$LIB` by the system's folder of libraries.
const LIBRARY: &str = "/usr/$LIB/faketime/libfaketimeMT.so.1";

/// A clock that a test can set.
pub(super) struct MovedClock(PathBuf);

impl MovedClock {
    /// Creates a clock that shows the computer's time until it is set. Its file is in this folder.
    pub(super) fn new(folder: &Path) -> Self {
        let found = Command::new("faketime").arg("--version").stdout(Stdio::null()).status();
        assert!(found.is_ok(), "faketime cannot be started: install the package faketime");
        let clock = Self::of(folder);
        clock.write(0.0);
        clock
    }

    /// Returns the clock whose file is in this folder.
    pub(super) fn of(folder: &Path) -> Self {
        Self(folder.join("clock"))
    }

    /// Returns the settings that give this clock to a program.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LD_PRELOAD", LIBRARY.to_owned()),
            ("FAKETIME_TIMESTAMP_FILE", self.0.to_string_lossy().into_owned()),
            ("FAKETIME_CACHE_DURATION", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("NO_FAKE_STAT", "1".to_owned()),
        ]
    }

    /// Sets the clock. The programs see it within a second, and it goes on from there.
    pub(super) fn set(&self, time: &Zoned) {
        let wanted = time.timestamp().as_duration().as_secs_f64();
        self.write(wanted - SystemClock::new().wall().as_secs_f64());
    }

    fn write(&self, difference: f64) {
        // A program must not read a half-written file.
        let next = self.0.with_extension("next");
        fs::write(&next, format!("{difference:+.3}\n"))
            .and_then(|()| fs::rename(&next, &self.0))
            .expect("the clock can be set");
    }
}
