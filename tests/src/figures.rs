//! Samples of a benchmark, and its table.

use std::fmt;
use std::time::Duration;

/// Returns true if the benchmark only runs once, with its smallest sizes, as in `cargo test`. `cargo bench` passes
/// `--bench`, and then it measures.
pub fn is_trial() -> bool {
    !std::env::args().any(|word| word == "--bench")
}

/// The longest time of a trial. The slowest one takes two minutes.
const TRIAL: Duration = Duration::from_secs(600);

/// Ends a trial that hangs, so that the checks fail in minutes and say why.
#[expect(clippy::disallowed_methods, reason = "the limit of a whole process, which no clock of a test moves")]
pub fn limit_trial() {
    if is_trial() {
        std::thread::spawn(|| {
            std::thread::sleep(TRIAL);
            eprintln!("The trial of this benchmark has not ended in {} minutes.", TRIAL.as_secs() / 60);
            std::process::exit(1);
        });
    }
}

/// Returns the size: `full` to measure, `trial` to run once ([`is_trial`]).
pub fn sized(full: usize, trial: usize) -> usize {
    if is_trial() { trial } else { full }
}

/// Returns the name of the profile that the programs were built with.
pub fn profile() -> &'static str {
    if cfg!(debug_assertions) { "development build: only good for trying it out" } else { "release build" }
}

/// Says that a benchmark of the window is skipped.
pub fn say_skipped() {
    println!(
        "The window is measured by WebKitWebDriver on a virtual display, which this system lacks: skipped."
    );
}

/// Returns the milliseconds of a duration.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The samples of one measurement.
#[derive(Debug, Default)]
pub struct Figures(Vec<f64>);

impl Figures {
    /// Adds a sample.
    pub fn add(&mut self, sample: f64) {
        self.0.push(sample);
    }

    /// Returns the median: half of the samples are not above it.
    pub fn median(&self) -> f64 {
        self.rank(50)
    }

    /// Returns the 99th percentile: 99 of 100 samples are not above it. With fewer than 100 samples it is the largest.
    pub fn p99(&self) -> f64 {
        self.rank(99)
    }

    /// Returns the percentile by the nearest rank: always a sample that was measured.
    fn rank(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted[rank.max(1) - 1]
    }
}

/// A line of the table.
pub struct Line {
    what: &'static str,
    unit: &'static str,
    desk: f64,
    floor: f64,
}

impl Line {
    /// Creates a line that compares the desk with its floor.
    pub fn of(what: &'static str, unit: &'static str, desk: f64, floor: f64) -> Self {
        Self { what, unit, desk, floor }
    }

    /// Returns the head of the table.
    pub fn titles() -> String {
        format!("{:36}{:>12}{:>12}{:>10}", "", "desk", "floor", "ratio")
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, unit, desk, floor } = self;
        write!(f, "{what:36}{desk:>9.0} {unit}{floor:>9.0} {unit}{:>10.2}", desk / floor)
    }
}
