//! For the benchmarks: starts a program through WebDriver, and measures the times of its start and its paint.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use fantoccini::Client;
use serde_json::{Value, json};

use super::driver::{self, built};
use super::session::{Companion, Session};
use super::until;

/// Writes down the process's number and the time (nanoseconds since 1970), and becomes the program: the WebDriver
/// starts programs itself, and does not report the time.
const NOTING: &str = "echo $$ $(date +%s%N) > \"$1\"; shift; exec \"$@\"";

/// Returns the time of the paint, in milliseconds since 1970, and whether the page shows its content; `null` before. A
/// page without a mark has painted when it shows its content.
const PAINTED: &str = "
    const [name, content] = arguments;
    const shown = document.querySelector(content) !== null;
    if (name === null) return shown ? [Date.now(), true] : null;
    const [mark] = performance.getEntriesByName(name);
    return mark ? [performance.timeOrigin + mark.startTime, shown] : null;";

/// A program that can be started.
pub struct Program {
    words: Vec<String>,
    /// The name of the mark that the page sets when it has painted, if it sets one.
    mark: Option<&'static str>,
    /// A selector of the content that must be in the page then: the desk marks the paint of an empty list and of a
    /// refusal as well.
    shows: &'static str,
}

impl Program {
    /// The desk, with this data folder.
    pub fn desk(folder: &Path) -> Self {
        let words =
            vec![program("hotelmate-desk"), "--data-dir".to_owned(), folder.to_string_lossy().into_owned()];
        Self { words, mark: Some("offers-painted"), shows: "[data-testid=offer-card]" }
    }

    /// The reception display, with this data folder.
    pub fn display(folder: &Path) -> Self {
        let words = [Self::desk(folder).words, vec!["--display".to_owned()]].concat();
        Self { words, mark: None, shows: "[data-testid=display-slide]" }
    }

    /// The bare window.
    pub fn bare() -> Self {
        Self { words: vec![program("examples/bare")], mark: Some("bare-painted"), shows: "h1" }
    }
}

/// A program that has painted.
pub struct Running {
    /// The number of its process.
    pub id: u32,
    /// The milliseconds from its start to its paint.
    pub painted_after: f64,
    /// Its window.
    pub window: Client,
}

/// A session with a WebDriver.
pub struct Launcher {
    url: String,
    note: PathBuf,
    // The order of the fields matters: the program that was started last ends first.
    _driver: Companion,
    session: Session,
}

impl Launcher {
    /// Starts a session whose programs get these settings. `folder` is for its notes.
    pub async fn start(folder: &Path, settings: &[(&'static str, String)]) -> Self {
        let session = Session::start(false).await;
        let (driver, url) = driver::start(&session, settings, (Stdio::null(), Stdio::null())).await;
        Self { url, note: folder.join("start"), _driver: driver, session }
    }

    /// Starts a program and waits until it has painted.
    pub async fn launch(&self, program: &Program) -> Running {
        let mut words = vec!["-c".to_owned(), NOTING.to_owned(), "sh".to_owned()];
        words.push(self.note.to_string_lossy().into_owned());
        words.extend(program.words.iter().cloned());
        let words: Vec<Value> = words.into_iter().map(Value::from).collect();
        let opened = driver::connect(&self.url, Path::new("/bin/sh"), &words).await;
        let window = opened.expect("the window opens");
        let (painted, shown) = until("the paint", async || {
            let page = window.execute(PAINTED, vec![json!(program.mark), json!(program.shows)]).await.ok()?;
            Some((page[0].as_f64()?, page[1] == true))
        })
        .await;
        assert!(shown, "{} painted without {}", program.words[0], program.shows);
        let (id, started) = self.noted();
        Running { id, painted_after: painted - started, window }
    }

    /// Starts another program in the session, if the computer has it. It ends with the returned value.
    pub fn start_other(&self, program: &str, words: &[String]) -> Option<Companion> {
        let mut command = self.session.command(program);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Companion::try_start(&mut command).ok()
    }

    /// Returns the process's number, and its start in milliseconds since 1970.
    fn noted(&self) -> (u32, f64) {
        let note = fs::read_to_string(&self.note).expect("the start was noted");
        let (id, nanoseconds) = note.trim().split_once(' ').expect("two numbers");
        let nanoseconds: f64 = nanoseconds.parse().expect("a time");
        (id.parse().expect("a process"), nanoseconds / 1e6)
    }

    /// Ends a program, and waits until it is gone.
    pub async fn end(&self, running: Running) {
        // The program is ended with its session; a broken session has ended already.
        let _ = running.window.close().await;
        // An ended process has no memory map any more, even while its parent has not waited for it.
        let map = format!("/proc/{}/maps", running.id);
        until("the program's end", async || fs::read(&map).map_or(true, |map| map.is_empty()).then_some(()))
            .await;
    }
}

/// The path of a program of this project, as a word of a command.
fn program(name: &str) -> String {
    built(name).to_string_lossy().into_owned()
}
