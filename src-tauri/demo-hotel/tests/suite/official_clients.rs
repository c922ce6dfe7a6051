//! The demo hotel with the official `pusher-js` (npm) and `pusher` (PyPI). The scripts are in `tests/interop`; the
//! versions are those with which the Pusher client is compared.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Desk, open};
use demo_hotel::DemoHotel;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

const CHANNEL: &str = "hotel-killarney";
/// Time limit of an installation on a slow line.
const INSTALLING: Duration = Duration::from_secs(300);
const DEADLINE: Duration = Duration::from_secs(30);

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop")
}

/// Returns the folder with the versions, which all tests share.
fn peers(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pusher/peers").join(part)
}

/// Runs a command to its end and returns its output.
async fn run(command: &mut Command, what_to_install: &str) -> String {
    let output =
        timeout(INSTALLING, command.kill_on_drop(true).output()).await.expect("a command took too long");
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}. {what_to_install}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed. {what_to_install}\n{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns a folder with `pusher-js` and the script that uses it. Each test has a folder of its own, because npm deletes
/// the packages before it installs them.
async fn node_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for (from, file) in
        [(peers("js"), "package.json"), (peers("js"), "package-lock.json"), (scripts(), "listen.js")]
    {
        std::fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(&folder);
    run(&mut command, "Install Node.js 20 or newer with npm (Debian: apt install nodejs npm).").await;
    folder
}

/// Returns the name of the Python interpreter and a folder with `pusher` in it.
async fn python_folder() -> (&'static str, PathBuf) {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interop-python");
    let list = peers("python/requirements.txt");
    let wanted = std::fs::read_to_string(&list).unwrap();
    // pip has no `ci`: a folder that was filled from the same list is used unchanged.
    let filled_from = folder.join("filled-from.txt");
    if std::fs::read_to_string(&filled_from).ok().as_deref() != Some(wanted.as_str()) {
        let mut command = Command::new(python);
        command.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(&folder);
        command.arg("--requirement").arg(list);
        run(&mut command, "Install Python 3.11 or newer with pip (Debian: apt install python3 python3-pip).")
            .await;
        std::fs::write(filled_from, wanted).unwrap();
    }
    (python, folder)
}

/// A running `listen.js`.
struct PusherJs {
    lines: Lines<BufReader<ChildStdout>>,
    /// Killed when dropped.
    _process: Child,
}

impl PusherJs {
    async fn start(hotel: &DemoHotel) -> Self {
        let folder = node_folder("interop-node").await;
        let port = hotel.port().to_string();
        let mut process = Command::new("node")
            .args(["listen.js", "127.0.0.1", &port, &hotel.pusher().key, CHANNEL])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { lines, _process: process }
    }

    async fn line(&mut self) -> Value {
        let line = timeout(DEADLINE, self.lines.next_line()).await.expect("pusher-js said nothing in time");
        serde_json::from_str(&line.unwrap().expect("pusher-js ended")).unwrap()
    }

    /// Returns the next event.
    async fn event(&mut self) -> (String, Value) {
        let line = self.line().await;
        (
            line["event"].as_str().unwrap_or_else(|| panic!("not an event: {line}")).to_owned(),
            line["data"].clone(),
        )
    }

    /// Waits until the channel is subscribed and returns the socket's id.
    async fn subscribed(&mut self) -> String {
        loop {
            if let Some(socket_id) = self.line().await["subscribed"].as_str() {
                return socket_id.to_owned();
            }
        }
    }
}

#[tokio::test]
async fn pusher_js_hears_the_hotel_and_what_the_python_library_publishes() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = PusherJs::start(&hotel).await;
    let socket_id = listener.subscribed().await;

    let offer = mary.offer("Heard by pusher-js").await;
    assert_eq!(
        listener.event().await,
        ("offer-created".into(), json!({"action": "created", "offer": offer}))
    );
    assert_eq!(listener.event().await, ("offers-updated".into(), json!({"action": "sync"})));

    let (python, libraries) = python_folder().await;
    let (pusher, port) = (hotel.pusher(), hotel.port().to_string());
    let mut command = Command::new(python);
    command
        .arg(scripts().join("publish.py"))
        .env("PYTHONPATH", libraries)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command.args(["127.0.0.1", &port, &pusher.app_id, &pusher.key, &pusher.secret, CHANNEL, &socket_id]);
    let reported: Value = serde_json::from_str(&run(&mut command, "Install Python 3.").await).unwrap();
    assert_eq!(
        reported,
        json!({"forged": "refused", "channels": {CHANNEL: {}}, "channel": {"occupied": true, "subscription_count": 1}})
    );
    assert_eq!(listener.event().await, ("one".into(), json!({"text": "Céad míle fáilte"})));
    assert_eq!(listener.event().await, ("many".into(), json!([1, 2, 3])));
    assert_eq!(listener.event().await, ("batch-1".into(), json!({"n": 1})));
    assert_eq!(listener.event().await, ("batch-2".into(), json!({"n": 2})));

    hotel.close_sockets(4200);
    assert_ne!(listener.subscribed().await, socket_id, "pusher-js comes back on a new socket");
    mary.delete(&crate::support::offer_path(&offer)).await;
    assert_eq!(listener.event().await.0, "offer-deleted");
}

#[tokio::test]
async fn the_page_of_a_guest_has_the_official_client() {
    let package = node_folder("interop-page").await.join("node_modules/pusher-js");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
    for (theirs, ours) in [("dist/web/pusher.min.js", "pusher.min.js"), ("LICENCE", "pusher.LICENCE.txt")] {
        let read = |file: PathBuf| std::fs::read_to_string(file).unwrap().replace("\r\n", "\n");
        assert_eq!(read(package.join(theirs)), read(page.join(ours)), "{ours}: page/README.md says how");
    }
}
