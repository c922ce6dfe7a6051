//! WebKitWebDriver, and the program that it starts.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::session::{Companion, Session};
use super::until;

/// The program that is tested.
pub(super) const APP: &str = "hotelmate-desk";

/// A WebDriver. What it starts inherits its environment.
pub(super) struct Driver {
    url: String,
    folder: PathBuf,
    _process: Companion,
}

impl Driver {
    /// Starts a WebDriver for the program on this data folder, and waits until it listens.
    pub(super) async fn start(
        session: &Session,
        folder: &Path,
        settings: &[(&str, String)],
        log: &Path,
    ) -> Self {
        let port = free_port();
        let log = fs::File::create(log).expect("the log can be written");
        let same = log.try_clone().expect("the log has two writers");
        let mut command = session.command("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(same);
        let process = Companion::start(&mut command, "webkit2gtk-driver");
        until("the WebDriver", async || {
            tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok().map(drop)
        })
        .await;
        Self { url: format!("http://127.0.0.1:{port}"), folder: folder.to_owned(), _process: process }
    }

    /// Starts the program and takes its window.
    pub(super) async fn open(&self) -> Client {
        let options = json!({ "binary": built(APP), "args": ["--data-dir", self.folder] });
        let wanted = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder
            .capabilities(wanted)
            .connect(&self.url)
            .await
            .unwrap_or_else(|error| panic!("the window did not open: {error}"))
    }

    /// Waits until the program has ended.
    pub(super) async fn ended(&self) {
        until("the program's end", async || self.processes().is_empty().then_some(())).await;
    }

    /// Ends the program without a word.
    pub(super) fn kill(&self) {
        kill(&self.processes());
    }

    /// The processes that draw the page.
    pub(super) fn page_processes(&self) -> Vec<u32> {
        let apps = self.processes();
        processes("WebKitWebProcess").filter(|id| apps.contains(&parent(*id))).collect()
    }

    /// Ends the process that draws the page, and nothing else.
    pub(super) fn kill_page(&self) {
        kill(&self.page_processes());
    }

    /// The program's processes, known by the data folder that nobody else has.
    fn processes(&self) -> Vec<u32> {
        let wanted = self.folder.to_string_lossy().into_owned();
        processes(APP).filter(|id| words(*id).contains(&wanted)).collect()
    }
}

/// The processes of a program, by its file's name.
fn processes(program: &'static str) -> impl Iterator<Item = u32> {
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(move |id| words(*id).first().is_some_and(|first| first.ends_with(program)))
}

/// The command line of a process.
fn words(id: u32) -> Vec<String> {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}

/// Who started a process; nobody where it has ended.
fn parent(id: u32) -> u32 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"));
    line.and_then(|id| id.trim().parse().ok()).unwrap_or_default()
}

fn kill(ids: &[u32]) {
    for id in ids {
        let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A WebDriver that is killed leaves its program behind.
        self.kill();
    }
}

/// A port that nobody uses now.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("the port has a number").port()
}

/// A program of this project, beside the running test.
///
/// # Panics
/// When it has not been built.
pub(super) fn built(program: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test knows its own file");
    let folder = test.ancestors().nth(2).expect("tests lie in target/PROFILE/deps");
    let file = folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        file.is_file(),
        "{} is not there: build the programs with `npm run build` in ui/ and `cargo build --workspace`, \
         or let `cargo xtask test` do it",
        file.display()
    );
    file
}
