//! The server, the publisher and the other client, each a process of its own that ends with its owner.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use pusher::{Client, Clock, Config, Endpoint, Events, Notice, SystemClock};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

pub const APP: &str = "4711";
pub const KEY: &str = "key";
const SECRET: &str = "secret";

/// Time limit of an answer of another program.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// Real time: these tests run other programs, which have no other clock.
pub async fn pause(length: Duration) {
    SystemClock::new().sleep(length).await;
}

/// Returns the folder in which `cargo xtask interop` has installed a part.
fn installed(part: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../interop").join(part);
    assert!(path.exists(), "{} is missing: `cargo xtask interop` installs it", path.display());
    path
}

fn peers(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(part)
}

/// A running sockudo, or its place for the next start.
pub struct Server {
    pub port: u16,
    process: Option<Child>,
}

impl Server {
    pub async fn start() -> Self {
        // Free a moment ago; a collision needs another program that takes exactly this one.
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let mut server = Self { port, process: None };
        server.start_again().await;
        server
    }

    pub async fn start_again(&mut self) {
        let process = Command::new(installed("bin/sockudo"))
            .env_clear()
            .envs([
                ("HOST", "127.0.0.1"),
                ("PORT", &self.port.to_string()),
                ("METRICS_ENABLED", "false"),
                ("RATE_LIMITER_ENABLED", "false"),
                ("SHUTDOWN_GRACE_PERIOD", "1"),
                ("SOCKUDO_DEFAULT_APP_ID", APP),
                ("SOCKUDO_DEFAULT_APP_KEY", KEY),
                ("SOCKUDO_DEFAULT_APP_SECRET", SECRET),
                ("SOCKUDO_DEFAULT_APP_MAX_BACKEND_EVENTS_PER_SECOND", "10000"),
            ])
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        self.process = Some(process);
        within("the server to listen", async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                pause(Duration::from_millis(20)).await;
            }
        })
        .await;
    }

    /// Stops it like a system's service manager.
    pub async fn stop(&mut self) {
        let mut process = self.process.take().unwrap();
        let id = process.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        within("the server to stop", process.wait()).await.unwrap();
    }

    /// Kills it like a power cut.
    pub async fn kill(&mut self) {
        self.process.take().unwrap().kill().await.unwrap();
    }

    pub fn config(&self, port: u16) -> Config {
        Config::new(KEY, Endpoint::from_host(&format!("ws://127.0.0.1:{port}")).unwrap())
    }
}

/// A program that reads and writes lines of JSON.
struct Speaker {
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// Killed when dropped.
    _process: Child,
}

impl Speaker {
    fn start(command: &mut Command) -> Self {
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let input = process.stdin.take().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { input, lines, _process: process }
    }

    async fn line(&mut self) -> Value {
        let line = self.lines.next_line().await.unwrap().expect("the other program ended");
        serde_json::from_str(&line).unwrap()
    }
}

/// The official Python library.
pub struct Publisher(Speaker);

impl Publisher {
    pub fn start(server: &Server) -> Self {
        let mut python = Command::new(installed("python/bin/python"));
        python.arg(peers("python/publish.py")).args([&server.port.to_string(), APP, KEY, SECRET]);
        Self(Speaker::start(&mut python))
    }

    /// Publishes, and returns the failure.
    pub async fn publish(&mut self, channels: &[&str], name: &str, data: &Value) -> Result<(), String> {
        let line = format!("{}\n", json!({"channels": channels, "name": name, "data": data}));
        self.0.input.write_all(line.as_bytes()).await.unwrap();
        match within("the Python library", self.0.line()).await.as_str() {
            Some("ok") => Ok(()),
            other => Err(other.unwrap_or_default().to_owned()),
        }
    }
}

/// An event as both clients report it: channel, name and data.
pub type Reported = (String, String, Value);

/// pusher-js, subscribed to channels.
pub struct PusherJs(Speaker);

impl PusherJs {
    pub async fn listen(port: u16, channels: &[&str]) -> Self {
        let script = peers("js/listen.js");
        assert!(peers("js/node_modules").is_dir(), "pusher-js is missing: `cargo xtask interop` installs it");
        let mut node = Command::new("node");
        node.arg(script).args([&port.to_string(), KEY]).args(channels);
        let mut listener = Self(Speaker::start(&mut node));
        for _ in channels {
            listener.is_subscribed().await;
        }
        listener
    }

    pub async fn is_subscribed(&mut self) {
        while within("pusher-js", self.0.line()).await["subscribed"].is_null() {}
    }

    pub async fn event(&mut self) -> Reported {
        loop {
            let line = within("an event at pusher-js", self.0.line()).await;
            if let (Some(channel), Some(event)) = (line["channel"].as_str(), line["event"].as_str()) {
                return (channel.to_owned(), event.to_owned(), line["data"].clone());
            }
        }
    }
}

/// This client, subscribed to channels.
pub struct Ours {
    pub client: Client,
    pub events: Events,
}

impl Ours {
    pub async fn listen(config: Config, channels: &[&str]) -> Self {
        let (client, events) = Client::start(config, SystemClock::shared());
        for channel in channels {
            client.subscribe(channel).unwrap();
        }
        client.connect();
        let mut ours = Self { client, events };
        for _ in channels {
            let notice = ours.reported().await;
            assert!(matches!(notice, Notice::Subscribed { .. }), "{notice:?}");
        }
        ours
    }

    /// Returns the next notice that is not about the state.
    pub async fn reported(&mut self) -> Notice {
        loop {
            match within("a notice", self.events.next()).await.unwrap() {
                Notice::State(_) => {}
                notice => return notice,
            }
        }
    }

    pub async fn event(&mut self) -> Reported {
        match self.reported().await {
            Notice::Event(event) => {
                let data = event.json().cloned().unwrap_or_else(|| json!(event.data.text()));
                (event.channel.to_string(), event.name, data)
            }
            other => panic!("{other:?} instead of an event"),
        }
    }
}
