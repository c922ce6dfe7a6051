//! A real browser on a display of its own, driven over WebDriver: WebKit's MiniBrowser.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pusher::{Clock, SystemClock};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::{DEADLINE, client};

/// True when the script of the page has run.
const READY: &str = "document.body.dataset.ready === ''";

/// A program that ends with the test.
struct Companion(Child);

impl Companion {
    fn start(command: &mut Command, package: &str) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self(command.spawn().unwrap_or_else(|error| {
            panic!("{name} cannot be started ({error}): install the package {package}")
        }))
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A browser with one window.
pub struct Browser {
    session: String,
    /// Ended in this order.
    _driver: Companion,
    _display: Companion,
}

impl Browser {
    pub async fn open(url: &str) -> Self {
        let (display, number) = display();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={port}")).env("DISPLAY", number).env("GDK_BACKEND", "x11");
        driver.env("NO_AT_BRIDGE", "1").env_remove("WAYLAND_DISPLAY");
        driver.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Companion::start(&mut driver, "webkit2gtk-driver");
        until_it_listens(port).await;
        let options = json!({"binary": mini_browser(), "args": ["--automation"]});
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let sessions = format!("http://127.0.0.1:{port}/session");
        let id = post(&sessions, wanted).await["sessionId"].as_str().unwrap().to_owned();
        let browser = Self { session: format!("{sessions}/{id}"), _driver: driver, _display: display };
        browser.command("url", json!({"url": url})).await;
        browser.until(READY).await;
        browser
    }

    pub async fn reload(&self) {
        self.command("refresh", json!({})).await;
        self.until(READY).await;
    }

    /// Runs statements in the page.
    pub async fn run(&self, statements: &str) {
        self.command("execute/sync", json!({"script": statements, "args": []})).await;
    }

    /// Waits in the page until an expression is true.
    pub async fn until(&self, condition: &str) {
        let script = format!(
            "const done = arguments[0]; \
             const look = () => {{ if ({condition}) done(true); else setTimeout(look, 20); }}; look();"
        );
        let held = timeout(DEADLINE, self.command("execute/async", json!({"script": script, "args": []})));
        assert_eq!(held.await.unwrap_or_else(|_| panic!("never: {condition}")), true, "{condition}");
    }

    /// Returns the value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.command("execute/sync", json!({"script": script, "args": []})).await
    }

    async fn command(&self, name: &str, body: Value) -> Value {
        post(&format!("{}/{name}", self.session), body).await
    }
}

async fn post(url: &str, body: Value) -> Value {
    let response = client().post(url).json(&body).send().await.unwrap();
    let answer: Value = response.json().await.unwrap();
    assert!(answer["value"]["error"].is_null(), "{url}: {answer}");
    answer["value"].clone()
}

/// Starts a display and returns its name. The server chooses a free number, and prints it when it is ready.
fn display() -> (Companion, String) {
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"]);
    server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = Companion::start(&mut server, "xvfb");
    let mut number = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (server, format!(":{}", number.trim()))
}

async fn until_it_listens(port: u16) {
    let clock = SystemClock::new();
    let listens = async {
        while tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            clock.sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(DEADLINE, listens).await.expect("the WebDriver does not listen");
}

/// Returns the path of the browser, which is in the package of the library.
fn mini_browser() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().chain(std::fs::read_dir("/usr/libexec").unwrap());
    let mut programs = folders.map(|folder| folder.unwrap().path().join("webkit2gtk-4.1/MiniBrowser"));
    programs.find(|program| program.exists()).expect("MiniBrowser: install the package libwebkit2gtk-4.1-0")
}
