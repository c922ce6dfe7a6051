//! `cargo xtask demo`: the embedded demo hotel and the window, signed in.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::build;
use crate::check;
use crate::packages::{self, Purpose};
use crate::run::{Companion, Outcome, Progress, built, cargo, command, must, root, target};
use crate::web;

/// The time limit for the hotel's answer to a sign-in.
const PATIENCE: Duration = Duration::from_secs(20);

/// The options of the demo.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Without a screen: drives the window through the main job and keeps screenshots
    #[arg(long)]
    headless: bool,
    /// Shows the reception display of the demo hotel instead of the staff window
    #[arg(long, conflicts_with = "headless")]
    display: bool,
    /// The demo hotel's port; 0 is any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

/// Sets everything up, and opens the window or tests it.
pub(crate) fn run(options: Options) -> Outcome {
    if options.headless {
        build::say_costs(Purpose::Tests);
        let mut progress = Progress::of(build::STEPS + 1);
        build::everything(&mut progress, Purpose::Tests)?;
        progress.next("driving the window through the main job on a virtual display");
        return check::main_job();
    }
    need_display(" `cargo xtask demo --headless` drives it without one and keeps screenshots.")?;
    build::say_costs(Purpose::Window);
    let mut progress = Progress::of(build::STEPS + 3);
    build::everything(&mut progress, Purpose::Window)?;
    open(&mut progress, options.port, options.display)
}

/// Opens the window on a page that is served from its sources. Its program is built without the feature that embeds the
/// page.
pub(crate) fn dev() -> Outcome {
    need_display("")?;
    let mut progress = Progress::of(7);
    progress.next("looking for system packages");
    packages::ensure(Purpose::Window)?;
    progress.next("looking for npm packages");
    web::install()?;
    if !root().join("ui/dist").exists() {
        // The program cannot be built without the web files, even if it does not show them.
        web::build()?;
    }
    progress.next("building the programs (some minutes the first time)");
    let programs =
        ["build", "--package", "hotelmate-desk", "--package", "demo-hotel", "--no-default-features"];
    must(&mut cargo(&programs), "Building the programs")?;
    progress.next("serving the page");
    let _page = web::serve()?;
    open(&mut progress, 0, false)
}

/// Opens the hotel and the window, and returns when the window is closed.
fn open(progress: &mut Progress, port: u16, display: bool) -> Outcome {
    progress.next("opening the demo hotel");
    let hotel = Hotel::open(port)?;
    if display {
        progress.next("opening the display; Escape leaves it");
        return open_window(&hotel, None);
    }
    progress.next("signing in");
    let token = hotel.sign_in()?;
    progress.next("opening the window; closing it ends the demo");
    println!("The hotel is at {}; sign in as {} with {}.", hotel.url, hotel.username, hotel.password);
    println!("A guest of room 101 writes at {}, with the PIN {}.", hotel.guest_page, hotel.guest_pin);
    open_window(&hotel, Some(&token))
}

fn need_display(instead: &str) -> Outcome {
    if has_display() { Ok(()) } else { Err(format!("There is no display to open the window on.{instead}")) }
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Opens the staff window with this token, or the reception display, which needs none.
fn open_window(hotel: &Hotel, token: Option<&str>) -> Outcome {
    // The hotel and the desk begin with new data each time. The person's own data folder is never touched.
    let folder = target().join("xtask").join("demo");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{} is in use ({error}).", folder.display()))?;
    }
    let mut window = command(built("hotelmate-desk"));
    window
        .arg("--data-dir")
        .arg(&folder)
        .env("DESK_SERVER", &hotel.url)
        .env("DESK_HOTEL", &hotel.slug)
        .env("DESK_PUSHER_KEY", &hotel.pusher_key)
        .env("DESK_PUSHER_HOST", &hotel.pusher_host)
        .env_remove("DESK_PUSHER_CLUSTER");
    match token {
        Some(token) => window.env("DESK_TOKEN", token),
        None => window.arg("--display"),
    };
    must(&mut window, "The window")
}

/// The running demo hotel, as its first line describes it.
struct Hotel {
    url: String,
    slug: String,
    username: String,
    password: String,
    pusher_key: String,
    pusher_host: String,
    /// The page of the first room, and the PIN of its guests.
    guest_page: String,
    guest_pin: String,
    _server: Companion,
}

impl Hotel {
    fn open(port: u16) -> Outcome<Self> {
        let program = built("demo-hotel");
        let mut server = command(&program)
            .args(["--port", &port.to_string(), "--seed", "7"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{} cannot be started ({error}).", program.display()))?;
        let output = server.stdout.take();
        let server = Companion(server);
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(|error| format!("The demo hotel says nothing ({error})."))?;
        }
        Self::read(&line, server).ok_or_else(|| format!("The demo hotel did not open; it said: {line}"))
    }

    /// `{"url", "slug", "users": [{"username", "password"}, …], "rooms": [{"page", "pin", …}, …],
    /// "pusher": {"key", "host", …}}`
    fn read(line: &str, server: Companion) -> Option<Self> {
        let about: Value = serde_json::from_str(line).ok()?;
        let text = |path: &str| about.pointer(path)?.as_str().map(str::to_owned);
        Some(Self {
            url: text("/url")?,
            slug: text("/slug")?,
            username: text("/users/0/username")?,
            password: text("/users/0/password")?,
            pusher_key: text("/pusher/key")?,
            pusher_host: text("/pusher/host")?,
            guest_page: text("/rooms/0/page")?,
            guest_pin: text("/rooms/0/pin")?,
            _server: server,
        })
    }

    /// Sends `POST /api/staff/login/` (contract.md 3.1), and returns the token.
    fn sign_in(&self) -> Outcome<String> {
        let body = json!({"username": self.username, "password": self.password});
        let answer = post(&self.url, "/api/staff/login/", &body.to_string())
            .map_err(|error| format!("The demo hotel does not answer ({error})."))?;
        let token = answer.split_once("\r\n\r\n").and_then(|(_, body)| {
            let body: Value = serde_json::from_str(body).ok()?;
            body["token"].as_str().map(str::to_owned)
        });
        token.ok_or_else(|| format!("The demo hotel refused the sign-in: {answer}"))
    }
}

/// Returns the whole answer to a small request. It uses HTTP/1.0, so that the answer comes in one piece and ends with
/// the connection.
fn post(url: &str, path: &str, body: &str) -> std::io::Result<String> {
    let host = url.strip_prefix("http://").unwrap_or(url).trim_end_matches('/');
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
