//! WebKitWebDriver, and the program that it starts.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::failure::Watch;
use super::session::{Companion, Session};
use super::until;

/// The program that is tested.
pub(super) const APP: &str = "hotelmate-desk";

/// A WebDriver. The programs that it starts inherit its environment.
pub(super) struct Driver {
    url: String,
    folder: PathBuf,
    log: PathBuf,
    process: Companion,
}

impl Driver {
    /// Starts a WebDriver for the program on this data folder, and waits until it listens.
    pub(super) async fn start(
        session: &Session,
        folder: &Path,
        settings: &[(&str, String)],
        log: &Path,
    ) -> Self {
        let file = fs::File::create(log).expect("the log can be written");
        let same = file.try_clone().expect("the log has two writers");
        let (process, url) = start(session, settings, (file.into(), same.into())).await;
        Self { url, folder: folder.to_owned(), log: log.to_owned(), process }
    }

    /// Starts the program and returns the client of its window.
    pub(super) async fn open(&self, watch: &Watch) -> Client {
        self.open_with(watch, &[]).await
    }

    /// Does the same as [`open`](Self::open) with further arguments.
    pub(super) async fn open_with(&self, watch: &Watch, further: &[&str]) -> Client {
        watch.expect(self.process(), &self.folder, &self.log);
        let mut arguments = vec![json!("--data-dir"), json!(self.folder)];
        arguments.extend(further.iter().map(|argument| json!(argument)));
        let opened = connect(&self.url, &built(APP), &arguments).await;
        let client = opened.unwrap_or_else(|error| panic!("the window did not open: {error}"));
        watch.opened();
        client
    }

    /// The WebDriver's own process.
    pub(super) fn process(&self) -> u32 {
        self.process.id()
    }

    /// Waits until the program has ended.
    pub(super) async fn ended(&self) {
        until("the program's end", async || self.processes().is_empty().then_some(())).await;
    }

    /// Kills the program.
    pub(super) fn kill(&self) {
        kill(&self.processes(), "KILL");
    }

    /// Returns the processes that draw the page.
    pub(super) fn page_processes(&self) -> Vec<u32> {
        page_processes(&self.folder)
    }

    /// Returns the demo hotels that the program has started.
    pub(super) fn demo_hotels(&self) -> Vec<u32> {
        let apps = self.processes();
        processes("demo-hotel").filter(|id| apps.contains(&parent(*id))).collect()
    }

    /// Returns the reception displays that run beside the window.
    pub(super) fn displays(&self) -> Vec<u32> {
        self.processes().into_iter().filter(|id| words(*id).iter().any(|word| word == "--display")).collect()
    }

    /// Kills only the process that draws the page.
    pub(super) fn kill_page(&self) {
        kill(&self.page_processes(), "KILL");
    }

    fn processes(&self) -> Vec<u32> {
        program_processes(&self.folder)
    }
}

/// Returns the program's processes, which are identified by their data folder.
pub(super) fn program_processes(folder: &Path) -> Vec<u32> {
    let wanted = folder.to_string_lossy().into_owned();
    processes(APP).filter(|id| words(*id).contains(&wanted)).collect()
}

/// Returns the processes that draw the page of the program on this data folder.
pub(super) fn page_processes(folder: &Path) -> Vec<u32> {
    let apps = program_processes(folder);
    processes("WebKitWebProcess").filter(|id| apps.contains(&parent(*id))).collect()
}

/// Returns the reason of the end of a process that this one has started and not waited for; none while it runs.
pub(super) fn ended(id: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name is in brackets and may contain any character; the exit code is the last of the 50 fields behind it
    // (proc(5)).
    let (_, fields) = stat.rsplit_once(") ")?;
    let code: i32 = fields.split_whitespace().next_back()?.parse().ok()?;
    fields.starts_with('Z').then(|| match code & 0x7f {
        0 => format!("exit code {}", code >> 8),
        signal => format!("signal {signal}"),
    })
}

/// Returns the processes of a program, by the name of its file.
fn processes(program: &'static str) -> impl Iterator<Item = u32> {
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(move |id| words(*id).first().is_some_and(|first| first.ends_with(program)))
}

/// Returns the command line of a process.
fn words(id: u32) -> Vec<String> {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}

/// Returns the parent of a process; 0 if the process has ended.
fn parent(id: u32) -> u32 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"));
    line.and_then(|id| id.trim().parse().ok()).unwrap_or_default()
}

/// Sends a signal to processes. Ignores those that have ended meanwhile.
pub(super) fn kill(ids: &[u32], signal: &str) {
    for id in ids {
        let _ = Command::new("kill").args(["-s", signal, &id.to_string()]).status();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A killed WebDriver does not end its program.
        self.kill();
    }
}

/// Starts a WebDriver whose programs get these settings, and waits until it listens. Returns its address too.
pub(super) async fn start(
    session: &Session,
    settings: &[(&str, String)],
    (output, errors): (Stdio, Stdio),
) -> (Companion, String) {
    let port = free_port();
    let mut command = session.command("WebKitWebDriver");
    command
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    let process = Companion::start(&mut command, "webkit2gtk-driver");
    until("the WebDriver", async || {
        tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok().map(drop)
    })
    .await;
    (process, format!("http://127.0.0.1:{port}"))
}

/// Lets a WebDriver start a program. Returns the client of its window.
pub(super) async fn connect(
    url: &str,
    binary: &Path,
    arguments: &[Value],
) -> Result<Client, NewSessionError> {
    let options = json!({ "binary": binary, "args": arguments });
    let wanted = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
    ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(url).await
}

/// Returns a port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("the port has a number").port()
}

/// Returns the path of a program of this project, beside the running test.
///
/// # Panics
/// If it has not been built.
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
