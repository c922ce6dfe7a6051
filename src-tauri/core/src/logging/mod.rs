//! What the programs log, where to, and how much of it.
//!
//! ```text
//! tracing ── how much (changeable) ── what a library may say ──┬── stderr
//!                                                              └── a queue ── files of the day
//! ```
//!
//! * Our own crates log at the chosen [`LogLevel`]; `DESK_LOG` wins until somebody chooses another one.
//! * Libraries never get below warnings, whatever is asked for: what they put in a line (an address, a frame, a
//!   header) has no type of ours that could hide itself. See [`private`](crate::private).
//! * A level that was chosen is remembered in the data folder. [`Debug`](LogLevel::Debug) and
//!   [`Trace`](LogLevel::Trace) fall back to [`Info`](LogLevel::Info) after a day, over restarts too: they are for
//!   finding something, and are forgotten otherwise.
//! * Times are UTC, by the [`Environment`]'s clock.
//! * Nobody who logs waits for the disk, and a disk that is full or a folder that cannot be written costs lines, never
//!   the program; see [`files`].

pub mod files;
mod level;

use std::fmt;
use std::io;
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{FilterExt, Targets};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt as lines, reload};

use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::views::LogLevel;
use files::{DayFiles, Room};
pub use level::Control;

/// Our own crates.
const OWN: [&str; 4] = ["hotelmate_core", "hotelmate_desk", "pusher", "deskctl"];
/// Lines that wait for the disk. More are lost.
const QUEUE: usize = 10_000;
/// How soon a full queue is asked again.
const PAUSE: Duration = Duration::from_millis(20);

/// How long somebody waits for what was logged just before.
const FLUSH: Duration = Duration::from_secs(2);

/// What standard error gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stderr {
    /// The same as the files.
    Same,
    /// Nothing, unless `DESK_LOG` asks.
    WhenAsked,
}

/// How a program logs.
#[derive(Clone)]
pub struct Setup {
    /// The program's name, and the first part of its files' names.
    pub program: &'static str,
    /// The data folder; without one there are no files, and no level is remembered.
    pub data_dir: Option<PathBuf>,
    /// What `DESK_LOG` says, in the syntax of `tracing_subscriber`'s filter.
    pub asked: Option<String>,
    /// What standard error gets.
    pub stderr: Stderr,
    /// How much room the files may take.
    pub room: Room,
    /// The time.
    pub environment: Environment,
}

impl Setup {
    /// The setup of a program, with `DESK_LOG` from its environment and the real clock.
    pub fn of(program: &'static str, data_dir: Option<PathBuf>, stderr: Stderr) -> Self {
        let asked = std::env::var("DESK_LOG").ok().filter(|text| !text.trim().is_empty());
        let (room, environment) = (Room::default(), Environment::system());
        Self { program, data_dir, asked, stderr, room, environment }
    }
}

/// A program's log. What waits is written when it is dropped.
#[derive(Clone)]
pub struct Log {
    control: Arc<Control>,
    files: Option<Queue>,
}

impl Log {
    /// How it is changed.
    pub fn control(&self) -> &Arc<Control> {
        &self.control
    }

    /// Waits until the files hold what has been logged so far, at most two seconds for the disk.
    pub fn flush(&self) {
        if let Some(files) = &self.files {
            files.flush();
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.flush();
    }
}

/// The log of this process.
static PROCESS: OnceLock<Log> = OnceLock::new();

/// Starts the log of this process, panics included. To be called once, and its answer to be kept until the end.
pub fn start(setup: Setup) -> Log {
    // Where standard error is silent a panic must still be seen by who sits at the terminal.
    let usual = (setup.stderr == Stderr::WhenAsked).then(std::panic::take_hook);
    let (subscriber, log) = build(setup);
    // Somebody who has set up another log in this process keeps it.
    let _ = subscriber.try_init();
    let _ = PROCESS.set(log.clone());
    std::panic::set_hook(Box::new(move |panic| {
        report_panic(panic);
        if let Some(usual) = &usual {
            usual(panic);
        }
    }));
    log
}

/// How much this process logs; [`LogLevel::Info`] where no log was started.
pub fn level() -> LogLevel {
    PROCESS.get().map_or(LogLevel::Info, |log| log.control.level())
}

/// Changes how much this process logs, and remembers it. Until then `DESK_LOG` decides.
///
/// # Errors
/// [`ErrorCode::Configuration`] where this process has no log.
pub fn set_level(level: LogLevel) -> Result<(), DeskError> {
    let log = PROCESS.get().ok_or_else(|| failure!(Configuration, "error-no-log"))?;
    log.control.choose(level);
    Ok(())
}

/// Waits until the files hold what this process has logged so far, as [`Log::flush`] does.
pub fn flush_process() {
    if let Some(log) = PROCESS.get() {
        log.flush();
    }
}

/// A log that is not the process's yet, for tests.
pub fn build(setup: Setup) -> (impl Subscriber + Send + Sync, Log) {
    let (control, filter) = Control::new(&setup);
    let stderr_filter = match (setup.stderr, &setup.asked) {
        (Stderr::WhenAsked, None) => EnvFilter::new("off"),
        _ => filter.clone(),
    };
    let (stderr_filter, stderr_level) = reload::Layer::new(stderr_filter);
    let (file_filter, file_level) = reload::Layer::new(filter);
    let same = setup.stderr == Stderr::Same;
    let control = Arc::new(control.steering(move |filter: EnvFilter| {
        // The subscriber has gone: then nobody logs.
        if same {
            let _ = stderr_level.reload(filter.clone());
        }
        let _ = file_level.reload(filter);
    }));

    let clock = Utc(setup.environment.clone());
    let files = setup
        .data_dir
        .as_ref()
        .map(|data_dir| Queue::to(DayFiles::new(data_dir.join(files::FOLDER), &setup), Arc::clone(&control)));
    let subscriber = tracing_subscriber::registry()
        .with(
            lines::layer()
                .with_writer(io::stderr)
                .with_timer(clock.clone())
                .with_filter(stderr_filter.and(what_libraries_may_say())),
        )
        .with(files.clone().map(|files| {
            lines::layer()
                .with_ansi(false)
                .with_timer(clock)
                .with_writer(move || files.clone())
                .with_filter(file_filter.and(what_libraries_may_say()))
        }));
    (subscriber, Log { control, files })
}

/// Warnings of libraries, everything of ours. The HTML parser quotes what it warns of, so it may not even warn.
fn what_libraries_may_say() -> Targets {
    OWN.iter().fold(
        Targets::new().with_default(LevelFilter::WARN).with_target("html5ever", LevelFilter::OFF),
        |targets, own| targets.with_target(*own, LevelFilter::TRACE),
    )
}

/// Where the panic was, and its message if that is a fixed text: a composed one may quote what somebody typed (a text
/// that is cut inside a letter is quoted whole).
fn report_panic(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("[a composed message]");
    tracing::error!(at, said, "a task panicked; the rest goes on");
}

/// Times in UTC, to the millisecond.
#[derive(Clone)]
struct Utc(Environment);

impl FormatTime for Utc {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        write!(writer, "{:.3}", self.0.now())
    }
}

/// The way to the thread that writes the files, which ends with the last clone.
#[derive(Clone)]
struct Queue(SyncSender<Handed>);

/// What that thread is handed.
enum Handed {
    Line(Vec<u8>),
    /// Answered when all that was handed over before is dealt with.
    Flush(SyncSender<()>),
}

impl Queue {
    fn to(mut files: DayFiles, control: Arc<Control>) -> Self {
        let (queue, handed) = sync_channel(QUEUE);
        let write = move || {
            for handed in handed {
                match handed {
                    Handed::Line(line) => {
                        files.take(&line);
                        control.look_at_the_time();
                    }
                    // Who asked may not wait any more.
                    Handed::Flush(done) => drop(done.send(())),
                }
            }
        };
        // Without the thread lines are lost, as they are without a disk.
        let _ = thread::Builder::new().name("log".to_owned()).spawn(write);
        Self(queue)
    }

    fn flush(&self) {
        let (done, dealt_with) = sync_channel(1);
        let mut handed = Handed::Flush(done);
        // Where the disk hangs, the queue may be full, and nobody waits longer for it than for the disk.
        for _ in 0..FLUSH.as_millis() / PAUSE.as_millis() {
            match self.0.try_send(handed) {
                Ok(()) => {
                    let _ = dealt_with.recv_timeout(FLUSH);
                    return;
                }
                Err(TrySendError::Disconnected(_)) => return,
                Err(TrySendError::Full(back)) => handed = back,
            }
            // No answer can come yet: this is the pause.
            let _ = dealt_with.recv_timeout(PAUSE);
        }
    }
}

impl io::Write for Queue {
    /// Takes one line, unless too many wait already: nobody who logs waits.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let _ = self.0.try_send(Handed::Line(line.to_vec()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The day of a moment, in UTC.
fn day_of(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}
