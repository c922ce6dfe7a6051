//! The level of the log. A person can change it while the program runs; it is kept over restarts and returns to normal
//! after a day.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

use super::{OWN, Setup};
use crate::environment::Environment;
use crate::views::LogLevel;

/// The file in the data folder.
const FILE: &str = "log.json";
/// Time that a noisy level lasts.
const SEARCH: SignedDuration = SignedDuration::from_hours(24);

/// The level, and the time at which a person chose it. The time is null for the usual level and for that of `DESK_LOG`.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Chosen {
    level: LogLevel,
    at: Option<Timestamp>,
}

impl Chosen {
    const USUAL: Self = Self { level: LogLevel::Info, at: None };

    /// Returns true for a noisy level a day after it was chosen. A choice in the future was made before the clock was
    /// set back, and counts as over.
    fn is_over(self, now: Timestamp) -> bool {
        is_noisy(self.level) && self.at.is_some_and(|at| now.duration_since(at).abs() >= SEARCH)
    }
}

fn is_noisy(level: LogLevel) -> bool {
    matches!(level, LogLevel::Debug | LogLevel::Trace)
}

/// The control of the log's level.
pub struct Control {
    file: Option<PathBuf>,
    environment: Environment,
    steer: Box<dyn Fn(EnvFilter) + Send + Sync>,
    chosen: Mutex<Chosen>,
}

impl Control {
    /// Makes the control and the first filter.
    pub(super) fn new(setup: &Setup) -> (Self, EnvFilter) {
        let file = setup.data_dir.as_ref().map(|folder| folder.join(FILE));
        let asked = setup.asked.as_ref().and_then(|text| EnvFilter::try_new(text).ok());
        let (filter, chosen) = match asked {
            Some(filter) => {
                let level = filter.max_level_hint().map_or(LogLevel::Trace, named);
                (filter, Chosen { level, at: None })
            }
            None => {
                let chosen = file.as_deref().and_then(remembered);
                let chosen = chosen.filter(|chosen| !chosen.is_over(setup.environment.now()));
                let chosen = chosen.unwrap_or(Chosen::USUAL);
                (filter_of(chosen.level), chosen)
            }
        };
        let environment = setup.environment.clone();
        (Self { file, environment, steer: Box::new(drop), chosen: Mutex::new(chosen) }, filter)
    }

    /// Returns the same control with the function that applies a change.
    pub(super) fn steering(self, steer: impl Fn(EnvFilter) + Send + Sync + 'static) -> Self {
        Self { steer: Box::new(steer), ..self }
    }

    /// Returns the present level; for `DESK_LOG`, the most detailed level that it allows.
    pub fn level(&self) -> LogLevel {
        self.chosen().level
    }

    /// Changes the level and saves it. If it cannot be saved, it holds until the program ends.
    pub fn choose(&self, level: LogLevel) {
        let chosen = Chosen { level, at: Some(self.environment.now()) };
        self.apply(chosen);
        tracing::info!(?level, "the level of the log was changed");
        if let Some(file) = &self.file
            && let Err(error) = remember(file, chosen)
        {
            tracing::warn!(%error, "the level of the log is forgotten when the program ends");
        }
    }

    /// Returns to the normal level a day after a noisy level was chosen.
    pub(super) fn look_at_the_time(&self) {
        let chosen = *self.chosen();
        if chosen.is_over(self.environment.now()) {
            self.apply(Chosen::USUAL);
        }
    }

    fn apply(&self, chosen: Chosen) {
        *self.chosen() = chosen;
        (self.steer)(filter_of(chosen.level));
    }

    fn chosen(&self) -> MutexGuard<'_, Chosen> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the filter: this project's crates at the level, libraries at warnings.
fn filter_of(level: LogLevel) -> EnvFilter {
    let own = match level {
        LogLevel::Error => return EnvFilter::new("error"),
        LogLevel::Warn => return EnvFilter::new("warn"),
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
        LogLevel::Trace => "trace",
    };
    let directives = OWN.iter().map(|name| format!(",{name}={own}"));
    EnvFilter::new(format!("warn{}", directives.collect::<String>()))
}

fn named(filter: LevelFilter) -> LogLevel {
    match filter {
        LevelFilter::TRACE => LogLevel::Trace,
        LevelFilter::DEBUG => LogLevel::Debug,
        LevelFilter::INFO => LogLevel::Info,
        LevelFilter::WARN => LogLevel::Warn,
        _ => LogLevel::Error,
    }
}

fn remembered(file: &Path) -> Option<Chosen> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

fn remember(file: &Path, chosen: Chosen) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    crate::replace::write(file, &serde_json::to_vec(&chosen)?)
}
