//! The reason why a test of the window failed, in a file beside its screenshots: for the lines at the end of `cargo
//! xtask`, and for a second run.
//!
//! WebKitWebDriver and the drawing software under WebKit crash now and then. The test then has no session any more and
//! fails without a fault of the program. nextest runs each failed test of the window a second time
//! (`.config/nextest.toml`), and [`Watch::begin`] allows this only after a crash: every other failure stands. A panic
//! of the program, its own end and a page that does not answer are failures of the program.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::ThreadId;

use serde_json::{Value, json};

use super::driver::{ended, page_processes, program_processes};
use super::fixture::shots;

/// Log lines that show a fault of the program: a panic, its end, a page that does not answer.
const OWN_FAULTS: [&str; 3] = ["panicked", "the program has ended", "the page does not answer"];

/// The test that runs in this process.
static RUNNING: Mutex<Option<Running>> = Mutex::new(None);

struct Running {
    name: &'static str,
    /// The thread of the test: a panic of another thread does not end the test.
    thread: ThreadId,
    driven: Option<Driven>,
}

/// The processes that the test needs.
struct Driven {
    /// The process of the WebDriver.
    driver: u32,
    /// The data folder, which identifies the program's processes.
    folder: PathBuf,
    /// The output of the driver and the program, and the position at which the present run begins.
    log: (PathBuf, u64),
    /// The processes that drew the page when the window opened.
    pages: Vec<u32>,
}

/// Watches a test until its end.
pub(super) struct Watch {
    name: &'static str,
    is_second: bool,
}

impl Watch {
    /// Begins to watch. `name` is the beginning of the names of the test's screenshots.
    ///
    /// # Panics
    /// In a second run, with the reason of the first failure, unless that was a crash.
    pub(super) fn begin(name: &'static str) -> Self {
        let is_second = std::env::var("NEXTEST_ATTEMPT").is_ok_and(|attempt| attempt != "1");
        let first = is_second.then(|| read(name)).flatten().unwrap_or_default();
        match (&first["crash"], is_second) {
            (Value::String(crash), _) => println!("{}: {crash} It is tried once more.", test()),
            (_, true) => panic!("{} (Only a crash of the driver is tried again.)", text(&first["reason"])),
            _ => {}
        }
        // A test that is ended from outside because it takes too long cannot write this itself.
        write(name, "it was ended before it came to its end", first["crash"].as_str());
        *running() = Some(Running { name, thread: std::thread::current().id(), driven: None });
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                note(panic);
                usual(panic);
            }));
        });
        Self { name, is_second }
    }

    /// From now on the program runs, and its end is a failure.
    pub(super) fn expect(&self, driver: u32, folder: &Path, log: &Path) {
        let start = fs::metadata(log).map_or(0, |log| log.len());
        let pages = page_processes(folder);
        let driven = Driven { driver, folder: folder.to_owned(), log: (log.to_owned(), start), pages };
        if let Some(running) = &mut *running() {
            running.driven = Some(driven);
        }
    }

    /// Notes that the window has opened.
    pub(super) fn opened(&self) {
        if let Some(driven) = running().as_mut().and_then(|running| running.driven.as_mut()) {
            driven.pages = page_processes(&driven.folder);
        }
    }

    /// From now on the test itself may end the program, or a part of it.
    pub(super) fn expect_nothing(&self) {
        if let Some(running) = &mut *running() {
            running.driven = None;
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *running() = None;
        if std::thread::panicking() {
            return;
        }
        let note = file(self.name);
        let first = read(self.name).filter(|first| self.is_second && first["crash"].is_string());
        match first {
            // The test passed, but the crash is reported.
            Some(first) => write(self.name, "", first["crash"].as_str()),
            None => {
                // A test that passed has no reason to report.
                let _ = fs::remove_file(note);
            }
        }
    }
}

fn running() -> MutexGuard<'static, Option<Running>> {
    // The value is replaced whole, so a panic elsewhere cannot leave it half changed.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of the test as nextest knows it.
fn test() -> String {
    let thread = std::thread::current().name().map(str::to_owned);
    std::env::var("NEXTEST_TEST_NAME").ok().or(thread).unwrap_or_default()
}

fn file(name: &str) -> PathBuf {
    shots().join(format!("{name}.failure.json"))
}

fn read(name: &str) -> Option<Value> {
    serde_json::from_slice(&fs::read(file(name)).ok()?).ok()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn write(name: &str, reason: &str, crash: Option<&str>) {
    let note = json!({ "test": test(), "reason": reason, "crash": crash });
    // If the file cannot be written, the output of the test still has the reason.
    let _ = fs::write(file(name), note.to_string());
}

/// Returns the program that has crashed under the test, if one has.
pub(super) fn crash() -> Option<String> {
    running().as_ref()?.driven.as_ref()?.crash()
}

/// Stores the reason of a panic that ends the test.
fn note(panic: &PanicHookInfo<'_>) {
    let running = running();
    let Some(running) = running.as_ref().filter(|running| running.thread == std::thread::current().id())
    else {
        return;
    };
    let said = panic.payload_as_str().unwrap_or("it panicked");
    let reason = said.split("; the window shows:").next().and_then(|said| said.lines().next());
    write(running.name, reason.unwrap_or(said), running.driven.as_ref().and_then(Driven::crash).as_deref());
}

impl Driven {
    /// Returns the crash under the test in a sentence; none if the fault is the program's or the test's.
    fn crash(&self) -> Option<String> {
        if let Some(how) = ended(self.driver) {
            return Some(format!("WebKitWebDriver crashed ({how})."));
        }
        let said = self.said();
        if OWN_FAULTS.iter().any(|fault| said.contains(fault)) {
            return None;
        }
        if program_processes(&self.folder).is_empty() {
            return Some("The program was ended by a crash in a library under it.".to_owned());
        }
        let pages = page_processes(&self.folder);
        let has_gone = self.pages.iter().any(|page| !pages.contains(page));
        has_gone.then(|| "The process that draws the page crashed.".to_owned())
    }

    /// Returns the output of the driver and the program in this run.
    fn said(&self) -> String {
        let (log, start) = &self.log;
        let mut said = Vec::new();
        let read = fs::File::open(log).and_then(|mut log| {
            log.seek(SeekFrom::Start(*start))?;
            log.read_to_end(&mut said)
        });
        // If the log cannot be read, the processes alone decide.
        let _ = read;
        String::from_utf8_lossy(&said).into_owned()
    }
}
