//! The logs of the programs: their lines, their targets and their level.
//!
//! ```text
//! tracing ── level (changeable) ── filter of libraries ──┬── stderr
//!                                                        └── a queue ── files of the day
//! ```
//!
//! * This project's crates log at the chosen [`LogLevel`]. `DESK_LOG` applies until a person chooses another level.
//! * Libraries never log below warnings, at any setting: the values in their lines (an address, a frame, a header) have
//!   no type of this project that could hide itself. See [`private`](crate::private).
//! * A chosen level is saved in the data folder. [`Debug`](LogLevel::Debug) and [`Trace`](LogLevel::Trace) return to
//!   [`Info`](LogLevel::Info) after a day, over restarts too: they are for a search, and would be forgotten otherwise.
//! * Times are UTC, by the [`Environment`]'s clock.
//! * Logging never waits for the disk. A full disk or a folder without rights costs lines, never the program; see
//!   [`files`].

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

/// This project's crates.
const OWN: [&str; 4] = ["hotelmate_core", "hotelmate_desk", "pusher", "deskctl"];
/// Limit of lines that wait for the disk. Further lines are lost.
const QUEUE: usize = 10_000;
/// Pause before the next try at a full queue.
const PAUSE: Duration = Duration::from_millis(20);

/// Time limit of a flush.
const FLUSH: Duration = Duration::from_secs(2);

/// The content of standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stderr {
    /// The same lines as the files.
    Same,
    /// Nothing, unless `DESK_LOG` asks for it.
    WhenAsked,
}

/// The setup of a program's log.
#[derive(Clone)]
pub struct Setup {
    /// The program's name, and the first part of its files' names.
    pub program: &'static str,
    /// The data folder. Without one there are no files, and no level is saved.
    pub data_dir: Option<PathBuf>,
    /// The text of `DESK_LOG`, in the syntax of `tracing_subscriber`'s filter.
    pub asked: Option<String>,
    /// The content of standard error.
    pub stderr: Stderr,
    /// The limits of the log files.
    pub room: Room,
    /// The clock.
    pub environment: Environment,
}

impl Setup {
    /// Makes the setup of a program, with `DESK_LOG` from its environment and the real clock.
    pub fn of(program: &'static str, data_dir: Option<PathBuf>, stderr: Stderr) -> Self {
        let asked = std::env::var("DESK_LOG").ok().filter(|text| !text.trim().is_empty());
        let (room, environment) = (Room::default(), Environment::system());
        Self { program, data_dir, asked, stderr, room, environment }
    }
}

/// A program's log. Dropping it writes the waiting lines.
#[derive(Clone)]
pub struct Log {
    control: Arc<Control>,
    files: Option<Queue>,
}

impl Log {
    /// Returns the control of the level.
    pub fn control(&self) -> &Arc<Control> {
        &self.control
    }

    /// Waits until the files hold all earlier lines, at most two seconds for the disk.
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

/// Starts the log of this process, panics included. Call it once, and keep the result until the end.
pub fn start(setup: Setup) -> Log {
    // If standard error gets no log, a person at the terminal must still see a panic.
    let usual = (setup.stderr == Stderr::WhenAsked).then(std::panic::take_hook);
    let (subscriber, log) = build(setup);
    // If this process already has another log, it stays.
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

/// Returns the level of this process's log, or [`LogLevel::Info`] if no log was started.
pub fn level() -> LogLevel {
    PROCESS.get().map_or(LogLevel::Info, |log| log.control.level())
}

/// Changes the level of this process's log and saves it. Until then `DESK_LOG` decides.
///
/// # Errors
/// [`ErrorCode::Configuration`] if this process has no log.
pub fn set_level(level: LogLevel) -> Result<(), DeskError> {
    let log = PROCESS.get().ok_or_else(|| failure!(Configuration, "error-no-log"))?;
    log.control.choose(level);
    Ok(())
}

/// Waits until the files hold all earlier lines of this process, as [`Log::flush`] does.
pub fn flush_process() {
    if let Some(log) = PROCESS.get() {
        log.flush();
    }
}

/// Makes a log that is not installed in the process, for tests.
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
        // After the subscriber is gone, nothing is logged.
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

/// The filter for libraries: their warnings only. The HTML parser may not even log warnings, since they quote its
/// input.
fn what_libraries_may_say() -> Targets {
    OWN.iter().fold(
        Targets::new().with_default(LevelFilter::WARN).with_target("html5ever", LevelFilter::OFF),
        |targets, own| targets.with_target(*own, LevelFilter::TRACE),
    )
}

/// Logs the place of a panic, and its message if that is a fixed text. A composed message may quote a person's text (a
/// text that is cut inside a letter is quoted whole).
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

/// The queue of the thread that writes the files. The thread ends with the last clone.
#[derive(Clone)]
struct Queue(SyncSender<Handed>);

/// An item of the queue.
enum Handed {
    Line(Vec<u8>),
    /// Answered when all earlier items are done.
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
                    // The sender may have stopped waiting.
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
        // If the disk hangs, the queue may be full. A flush waits no longer for the queue than for the disk.
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
    /// Queues one line. Drops it if the queue is full, so that logging never waits.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let _ = self.0.try_send(Handed::Line(line.to_vec()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the day of a moment, in UTC.
fn day_of(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}
