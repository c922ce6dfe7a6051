//! Starting a program through WebDriver, and measuring the times of its start and its paint.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use desk_tests::window::session::{Companion, Session};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::until;

/// Writes down the process's number and the time (nanoseconds since 1970), and becomes the program: the WebDriver
/// starts programs itself, and does not report the time.
const NOTING: &str = "echo $$ $(date +%s%N) > \"$1\"; shift; exec \"$@\"";

/// Returns the time of the paint, in milliseconds since 1970, and whether the page shows its content; `null` before.
const PAINTED: &str = "
    const [mark] = performance.getEntriesByName(arguments[0]);
    const shown = document.querySelector(arguments[1]) !== null;
    return mark ? [performance.timeOrigin + mark.startTime, shown] : null;";

/// A program that can be started.
pub(crate) struct Program {
    words: Vec<String>,
    /// The name of the mark that the page sets when it has painted.
    mark: &'static str,
    /// A selector of the content that must be in the page then: the desk marks the paint of an empty list and of a
    /// refusal as well.
    shows: &'static str,
}

impl Program {
    /// The desk, with this data folder.
    pub(crate) fn desk(folder: &Path) -> Self {
        let words =
            vec![built("hotelmate-desk"), "--data-dir".to_owned(), folder.to_string_lossy().into_owned()];
        Self { words, mark: "offers-painted", shows: "[data-testid=offer-card]" }
    }

    /// The bare window.
    pub(crate) fn bare() -> Self {
        Self { words: vec![built("examples/bare")], mark: "bare-painted", shows: "h1" }
    }
}

/// A program that has painted.
pub(crate) struct Running {
    /// The number of its process.
    pub(crate) id: u32,
    /// The milliseconds from its start to its paint.
    pub(crate) painted_after: f64,
    /// Its window.
    pub(crate) window: Client,
}

/// A session with a WebDriver.
pub(crate) struct Launcher {
    url: String,
    note: PathBuf,
    // The order of the fields matters: the program that was started last ends first.
    _driver: Companion,
    _session: Session,
}

impl Launcher {
    /// Starts a session whose programs get these settings. `folder` is for its notes.
    pub(crate) async fn start(folder: &Path, settings: &[(&'static str, String)]) -> Self {
        let session = Session::start(false).await;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("the port has a number").port();
        drop(listener);
        let mut command = session.command("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let driver = Companion::start(&mut command, "webkit2gtk-driver");
        until("the WebDriver", async || {
            tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok().map(drop)
        })
        .await;
        let url = format!("http://127.0.0.1:{port}");
        Self { url, note: folder.join("start"), _driver: driver, _session: session }
    }

    /// Starts a program and waits until it has painted.
    pub(crate) async fn launch(&self, program: &Program) -> Running {
        let mut words = vec!["-c".to_owned(), NOTING.to_owned(), "sh".to_owned()];
        words.push(self.note.to_string_lossy().into_owned());
        words.extend(program.words.iter().cloned());
        let options = json!({ "binary": "/bin/sh", "args": words });
        let wanted = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let window = builder.capabilities(wanted).connect(&self.url).await.expect("the window opens");
        let (painted, shown) = until("the paint", async || {
            let page = window.execute(PAINTED, vec![json!(program.mark), json!(program.shows)]).await.ok()?;
            Some((page[0].as_f64()?, page[1] == true))
        })
        .await;
        assert!(shown, "{} painted without {}", program.words[0], program.shows);
        let (id, started) = self.noted();
        Running { id, painted_after: painted - started, window }
    }

    /// Returns the process's number, and its start in milliseconds since 1970.
    fn noted(&self) -> (u32, f64) {
        let note = fs::read_to_string(&self.note).expect("the start was noted");
        let (id, nanoseconds) = note.trim().split_once(' ').expect("two numbers");
        let nanoseconds: f64 = nanoseconds.parse().expect("a time");
        (id.parse().expect("a process"), nanoseconds / 1e6)
    }

    /// Ends a program, and waits until it is gone.
    pub(crate) async fn end(&self, running: Running) {
        // The program is ended with its session; a broken session has ended already.
        let _ = running.window.close().await;
        // An ended process has no memory map any more, even while its parent has not waited for it.
        let map = format!("/proc/{}/maps", running.id);
        until("the program's end", async || fs::read(&map).map_or(true, |map| map.is_empty()).then_some(()))
            .await;
    }
}

/// The path of a program of this project, beside the running benchmark.
fn built(program: &str) -> String {
    let own = std::env::current_exe().expect("the benchmark knows its own file");
    let folder = own.ancestors().nth(2).expect("benchmarks lie in target/PROFILE/deps");
    let file = folder.join(program);
    assert!(file.is_file(), "{} is not there: `cargo xtask bench` builds it", file.display());
    file.to_string_lossy().into_owned()
}
