//! How much is logged: chosen while running, remembered over restarts, and back to normal after a day.

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
/// How long somebody looks for something.
const SEARCH: SignedDuration = SignedDuration::from_hours(24);

/// What was chosen, and when.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Chosen {
    level: LogLevel,
    at: Timestamp,
}

impl Chosen {
    /// What is left of the choice now. One of the future was made by a clock that has been set back since.
    fn now(self, now: Timestamp) -> LogLevel {
        let age = now.duration_since(self.at).abs();
        if is_noisy(self.level) && age >= SEARCH { LogLevel::Info } else { self.level }
    }
}

fn is_noisy(level: LogLevel) -> bool {
    matches!(level, LogLevel::Debug | LogLevel::Trace)
}

/// Changes how much is logged.
pub struct Control {
    file: Option<PathBuf>,
    environment: Environment,
    steer: Box<dyn Fn(EnvFilter) + Send + Sync>,
    state: Mutex<State>,
}

struct State {
    level: LogLevel,
    /// When a noisy level was chosen; none while it is another one, or `DESK_LOG`'s.
    noisy_since: Option<Timestamp>,
}

impl Control {
    /// The control, and the filter to begin with.
    pub(super) fn new(setup: &Setup) -> (Self, EnvFilter) {
        let file = setup.data_dir.as_ref().map(|folder| folder.join(FILE));
        let asked = setup.asked.as_ref().and_then(|text| EnvFilter::try_new(text).ok());
        let chosen = file.as_deref().and_then(remembered);
        let (filter, state) = match asked {
            Some(filter) => {
                let level = filter.max_level_hint().map_or(LogLevel::Trace, named);
                (filter, State { level, noisy_since: None })
            }
            None => {
                let level = chosen.map_or(LogLevel::Info, |chosen| chosen.now(setup.environment.now()));
                let noisy_since = chosen.filter(|_| is_noisy(level)).map(|chosen| chosen.at);
                (filter_of(level), State { level, noisy_since })
            }
        };
        let environment = setup.environment.clone();
        (Self { file, environment, steer: Box::new(drop), state: Mutex::new(state) }, filter)
    }

    /// The same with what carries a change out.
    pub(super) fn steering(self, steer: impl Fn(EnvFilter) + Send + Sync + 'static) -> Self {
        Self { steer: Box::new(steer), ..self }
    }

    /// How much is logged now; of `DESK_LOG` the most that it lets through.
    pub fn level(&self) -> LogLevel {
        self.state().level
    }

    /// Logs that much from now on, and remembers it. If it cannot be remembered it holds until the program ends.
    pub fn choose(&self, level: LogLevel) {
        let at = self.environment.now();
        self.apply(level, is_noisy(level).then_some(at));
        tracing::info!(?level, "the level of the log was changed");
        if let Some(file) = &self.file
            && let Err(error) = remember(file, Chosen { level, at })
        {
            tracing::warn!(%error, "the level of the log is forgotten when the program ends");
        }
    }

    /// Goes back to normal a day after a noisy level was chosen.
    pub(super) fn look_at_the_time(&self) {
        let (now, since) = (self.environment.now(), self.state().noisy_since);
        if since.is_some_and(|since| now.duration_since(since).abs() >= SEARCH) {
            self.apply(LogLevel::Info, None);
        }
    }

    fn apply(&self, level: LogLevel, noisy_since: Option<Timestamp>) {
        *self.state() = State { level, noisy_since };
        (self.steer)(filter_of(level));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Our own crates at the level, libraries at warnings.
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
