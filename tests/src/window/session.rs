//! A desktop session without a desktop: its own virtual display, bus and unlocked key store, so no test sees or changes
//! a person's real key ring.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::monitors::{self, Monitors};
use super::until;

/// A running program that ends with its owner, even if a test panics.
pub struct Companion(Child);

impl Companion {
    /// Starts a program. `package` names the system package that contains it, for the error message.
    pub fn start(command: &mut Command, package: &str) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self::try_start(command).unwrap_or_else(|error| {
            panic!("{name} cannot be started ({error}): install the package {package}")
        })
    }

    /// Starts a program that the computer may lack.
    pub(super) fn try_start(command: &mut Command) -> std::io::Result<Self> {
        command.spawn().map(Self)
    }

    /// Returns the number of its process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Starts a program, and waits until it is ready, that is until it prints its first line. Returns the line.
    pub(super) fn start_and_hear(command: &mut Command, package: &str) -> (Self, String) {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut companion = Self::start(command, package);
        let output = companion.0.stdout.take().expect("the output is piped");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("the program prints text");
        assert!(!line.is_empty(), "a companion of the test ended before it was ready");
        (companion, line.trim().to_owned())
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The session. Its programs end with it, the display last.
pub struct Session {
    display: String,
    bus: String,
    folder: tempfile::TempDir,
    _keys: Option<Companion>,
    /// Has the name of the key store in a session without one, so that the bus starts none.
    _no_keys: Option<zbus::Connection>,
    _bus: Companion,
    _display: Companion,
}

impl Session {
    /// Starts a session. `dark` is true for a person who prefers dark programs.
    pub async fn start(dark: bool) -> Self {
        let mut session = Self::without_keys(dark, |_| one_screen());
        session.open_key_store().await;
        session
    }

    /// Starts a session on a display with monitors that can be plugged in and out.
    pub(super) async fn start_with_monitors() -> Self {
        let mut session = Self::without_keys(false, monitors::start);
        Monitors::of(&session).prepare();
        session.open_key_store().await;
        session
    }

    /// Starts a session whose key store answers nothing.
    pub(super) async fn start_without_keys() -> Self {
        let mut session = Self::without_keys(false, |_| one_screen());
        let named = async {
            zbus::connection::Builder::address(session.bus())?.name("org.freedesktop.secrets")?.build().await
        };
        session._no_keys = Some(named.await.expect("the name is free"));
        session
    }

    /// Starts a session without a key store. `display` starts its display, and returns the number.
    fn without_keys(dark: bool, display: impl Fn(&Path) -> (Companion, String)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        make_folders(folder.path(), dark).expect("the folders of the session");
        let (server, number) = display(folder.path());
        let display = format!(":{number}");
        let own = ["--session", "--nofork", "--nopidfile", "--print-address=1"];
        let (daemon, bus) = Companion::start_and_hear(Command::new("dbus-daemon").args(own), "dbus");
        Self { display, bus, folder, _keys: None, _no_keys: None, _bus: daemon, _display: server }
    }

    /// Returns a command inside this session, without the outer session's settings of a desk.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DESK_") {
                command.env_remove(name);
            }
        }
        for (name, part) in FOLDERS {
            command.env(name, self.folder.path().join(part));
        }
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus)
            .env("LC_ALL", "C.UTF-8")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("GTK_THEME")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY");
        command
    }

    /// Returns the address of its bus.
    pub(super) fn bus(&self) -> &str {
        &self.bus
    }

    /// Returns the name of its display.
    pub(super) fn display(&self) -> &str {
        &self.display
    }

    /// Returns the person's folder for downloads. The first program that writes a file there creates it.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join(DOWNLOADS)
    }

    /// Unlocks a new key store with an empty password, and waits until programs find it.
    async fn open_key_store(&mut self) {
        let mut keys = self.command("gnome-keyring-daemon");
        keys.args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut keys = Companion::start(&mut keys, "gnome-keyring");
        let mut password = keys.0.stdin.take().expect("the input is piped");
        password.write_all(b"\n").expect("the key store takes its password");
        drop(password);
        self._keys = Some(keys);
        until("the key store", async || {
            let asked = self.command("dbus-send").args(HAS_KEY_STORE).output();
            let answer = asked.expect("dbus-send can be started: it is in the package dbus");
            String::from_utf8_lossy(&answer.stdout).contains("true").then_some(())
        })
        .await;
    }
}

/// Starts a display with one screen. The server chooses a free number, and prints it when it is ready.
fn one_screen() -> (Companion, String) {
    let screen = ["-displayfd", "1", "-screen", "0", "2560x1440x24", "-nolisten", "tcp", "-noreset"];
    Companion::start_and_hear(Command::new("Xvfb").args(screen), "xvfb")
}

/// The variable that marks a process inside a session.
const INSIDE: &str = "DESK_TESTS_INSIDE";

/// Runs the calling test once more, in a process of its own inside a session, because a process cannot change its own
/// environment safely. Returns true in that process, and false in the first one when the second has passed.
///
/// # Panics
/// If the test fails inside the session. `test` must be its name.
pub async fn is_inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let session = Session::start(false).await;
    let own = std::env::current_exe().expect("the test knows its own file");
    let mut command = session.command(own);
    command.args(["--exact", test, "--nocapture"]).env(INSIDE, "1").stdin(Stdio::null());
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    let output = ran.expect("it runs to its end").expect("the test can be started");
    let text =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    false
}

/// Asks the bus whether a program stores secrets.
const HAS_KEY_STORE: [&str; 6] = [
    "--session",
    "--print-reply",
    "--dest=org.freedesktop.DBus",
    "/org/freedesktop/DBus",
    "org.freedesktop.DBus.NameHasOwner",
    "string:org.freedesktop.secrets",
];

/// The folders of a session, by their variables.
const FOLDERS: [(&str, &str); 4] = [
    ("XDG_DATA_HOME", "data"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_RUNTIME_DIR", "run"),
];

/// The name of the folder for downloads in the session's folder.
const DOWNLOADS: &str = "Downloads";

/// Makes the folders (programs refuse the one for sockets unless it is the person's own) and the settings of the
/// desktop: without animations, because a moving button cannot be pressed reliably.
fn make_folders(folder: &Path, dark: bool) -> std::io::Result<()> {
    for (_, part) in FOLDERS {
        let part = folder.join(part);
        fs::create_dir_all(&part)?;
        fs::set_permissions(&part, fs::Permissions::from_mode(0o700))?;
    }
    let downloads = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", folder.join(DOWNLOADS).display());
    fs::write(folder.join("config/user-dirs.dirs"), downloads)?;
    let looks = folder.join("config/gtk-3.0");
    fs::create_dir_all(&looks)?;
    let text = format!(
        "[Settings]\ngtk-enable-animations=0\ngtk-application-prefer-dark-theme={}\n",
        u8::from(dark)
    );
    fs::write(looks.join("settings.ini"), text)
}
