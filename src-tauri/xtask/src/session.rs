//! A desktop session without a desktop: a virtual display, a session bus of its own and an unlocked key store.
//!
//! It is apart from the person's own session: another display, another bus, and folders in the temporary directory in
//! place of the XDG ones, so that no test ever sees or changes a real key ring.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::run::{Companion, Outcome, command, exists};

/// What the session needs, with the Debian package of each.
const NEEDED: [(&str, &str); 4] = [
    ("Xvfb", "xvfb"),
    ("dbus-run-session", "dbus"),
    ("gnome-keyring-daemon", "gnome-keyring"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
];

/// Unlocks the key store with an empty password, then becomes the wanted program.
const BEGIN: &str =
    r#"printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@""#;

/// A session that ends with this value.
pub(crate) struct Session {
    display: String,
    folder: PathBuf,
    _server: Companion,
}

impl Session {
    /// Why there can be no such session here; nothing where there can.
    pub(crate) fn obstacle() -> Option<String> {
        if !cfg!(target_os = "linux") {
            return Some(format!(
                "this needs WebKitWebDriver and a virtual display, which {} does not have",
                std::env::consts::OS
            ));
        }
        let missing: Vec<&str> =
            NEEDED.iter().filter(|(program, _)| !exists(program)).map(|(_, package)| *package).collect();
        (!missing.is_empty()).then(|| format!("not installed: {}", missing.join(", ")))
    }

    /// Starts the virtual display.
    pub(crate) fn start() -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("hotelmate-desk-{}", std::process::id()));
        private_folder(&folder)?;
        let mut server = command("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("The virtual display cannot be started ({error})."))?;
        let told = server.stdout.take();
        let server = Companion(server);
        // The server itself picks a free number and writes it when it is ready.
        let mut number = String::new();
        let read = told.map_or(Ok(0), |told| BufReader::new(told).read_line(&mut number));
        match read {
            Ok(length) if length > 0 => {
                Ok(Self { display: format!(":{}", number.trim()), folder, _server: server })
            }
            _ => Err("The virtual display did not start.".to_owned()),
        }
    }

    /// The same command, inside this session.
    pub(crate) fn wrap(&self, inner: &Command) -> Command {
        let mut outer = command("dbus-run-session");
        outer.args(["--", "sh", "-c", BEGIN, "sh"]).arg(inner.get_program()).args(inner.get_args());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        if let Some(folder) = inner.get_current_dir() {
            outer.current_dir(folder);
        }
        for (name, part) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            outer.env(name, self.folder.join(part));
        }
        outer.env("DISPLAY", &self.display).env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
        outer.env_remove("WAYLAND_DISPLAY").env_remove("XAUTHORITY");
        outer
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What a program still holds open here is of no use to anybody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folders of the session. The one for sockets must be the person's own, or programs refuse it.
fn private_folder(folder: &std::path::Path) -> Outcome {
    let made = ["data", "config", "cache", "run"].iter().try_for_each(|part| {
        let part = folder.join(part);
        fs::create_dir_all(&part)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&part, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    });
    made.map_err(|error: std::io::Error| format!("{} cannot be made ({error}).", folder.display()))
}
