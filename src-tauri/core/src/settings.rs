//! Settings of a desk: a file in the data folder, overridden by the environment.
//!
//! `desk.toml` is for the person who installs the desks of a hotel; `DESK_*` is for scripts and tests. A wrong setting
//! is reported by its name and place, never ignored. The token and the chat key are accepted from the
//! environment alone: they are never read from, or written to, a file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;

use crate::account::Token;
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::vault::VaultKey;

/// The zone of a hotel that names none. Not the computer's: a manager on a journey must see the hotel's day.
const DEFAULT_TIME_ZONE: &str = "Europe/Dublin";
/// Time after its departure in which a create can still be carried out, unless the hotel says otherwise. It is no less
/// than this program's own wait for an answer.
pub const LATE_COMMIT: Duration = Duration::from_secs(120);
/// The largest setting of that time, in seconds: an hour.
const LATEST_COMMIT: u64 = 3600;
/// The time without input after which the desk is locked, in minutes, unless the hotel says otherwise.
const LOCK_AFTER: u64 = 10;
/// The largest setting of that time: a day.
const LATEST_LOCK: u64 = 24 * 60;
/// The time for which messages of guests are kept on this computer, unless the hotel says otherwise.
pub const CHAT_KEPT: Duration = Duration::from_secs(30 * DAY);
/// The largest setting of that time, in days.
const LONGEST_CHAT: u64 = 3650;
/// A day in seconds.
const DAY: u64 = 24 * 3600;
/// The file in the data folder.
const FILE: &str = "desk.toml";

/// The settings of a desk.
#[derive(Clone)]
pub struct Settings {
    /// The absolute path of the folder for databases and pictures. Never a cache folder: it holds unsent work.
    pub data_dir: PathBuf,
    /// Origin of the hotel's server.
    pub server: Option<Url>,
    /// The hotel's slug, if the sign-in does not report it.
    pub hotel: Option<String>,
    /// A token from outside (`DESK_TOKEN`), in place of the key store.
    pub token: Option<Token>,
    /// The hotel's time zone. It decides which offers are live today.
    pub time_zone: TimeZone,
    /// Time after its departure in which the server can still carry out a create, if its answer is lost. Before the end
    /// of that time it is not sent again.
    pub late_commit: Duration,
    /// Time without input after which the desk is locked; `None` for never.
    pub lock_after: Option<Duration>,
    /// Time for which messages of guests are kept on this computer.
    pub chat_kept: Duration,
    /// Key that seals messages of guests, from outside (`DESK_CHAT_KEY`), in place of the key store.
    pub chat_key: Option<VaultKey>,
    /// Key of the Pusher application; without it there are no live events.
    pub pusher_key: Option<String>,
    /// Cluster of the Pusher application.
    pub pusher_cluster: Option<String>,
    /// Another Pusher server in place of a cluster, for example `ws://127.0.0.1:6001`.
    pub pusher_host: Option<String>,
}

crate::private::hides!(Settings { data_dir, server, hotel, token, time_zone, late_commit, lock_after, chat_kept, chat_key, pusher_cluster, pusher_host; pusher_key });

/// `desk.toml`; the environment has the same keys and overrides it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: Option<String>,
    hotel: Option<String>,
    time_zone: Option<String>,
    late_commit_seconds: Option<u64>,
    lock_after_minutes: Option<u64>,
    chat_days: Option<u64>,
    pusher_key: Option<String>,
    pusher_cluster: Option<String>,
    pusher_host: Option<String>,
}

impl Settings {
    /// Reads the settings of this process. `data_dir` comes from the command line; without it `DESK_DATA_DIR` is used,
    /// else the operating system's folder for a program's own data.
    ///
    /// # Errors
    /// Code `configuration`, with the name of the wrong setting in the sentence.
    pub fn load(data_dir: Option<PathBuf>) -> Result<Self, DeskError> {
        Self::load_with(data_dir, |name| std::env::var(name).ok())
    }

    /// [`load`](Self::load) with an environment that is passed in.
    ///
    /// # Errors
    /// The errors of [`load`](Self::load).
    pub fn load_with(
        data_dir: Option<PathBuf>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, DeskError> {
        // In most shells and services an empty variable means "not set".
        let variable =
            |name: &str| environment(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let data_dir = match data_dir.or_else(|| variable("DESK_DATA_DIR").map(PathBuf::from)) {
            Some(dir) => dir,
            None => own_folder()?,
        };
        let data_dir = whole_path(&data_dir)?;
        let file = read_file(&data_dir.join(FILE))?;
        let pick = |name: &str, from_file: Option<String>| {
            let in_file = from_file.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            variable(name).or(in_file)
        };
        let server = pick("DESK_SERVER", file.server).map(|text| read_server(&text)).transpose()?;
        let zone = pick("DESK_TIME_ZONE", file.time_zone).unwrap_or_else(|| DEFAULT_TIME_ZONE.to_owned());
        let late_commit =
            pick("DESK_LATE_COMMIT_SECONDS", file.late_commit_seconds.map(|seconds| seconds.to_string()));
        let lock_after =
            pick("DESK_LOCK_AFTER_MINUTES", file.lock_after_minutes.map(|minutes| minutes.to_string()));
        let chat_days = pick("DESK_CHAT_DAYS", file.chat_days.map(|days| days.to_string()));
        Ok(Self {
            server,
            hotel: pick("DESK_HOTEL", file.hotel),
            token: variable("DESK_TOKEN").map(Token::new),
            time_zone: TimeZone::get(&zone)
                .map_err(|_| failure!(Configuration, "error-setting-zone", name = zone))?,
            late_commit: late_commit.map_or(Ok(LATE_COMMIT), |text| read_late_commit(&text))?,
            lock_after: read_lock_after(&lock_after.unwrap_or_else(|| LOCK_AFTER.to_string()))?,
            chat_kept: chat_days.map_or(Ok(CHAT_KEPT), |text| read_chat_days(&text))?,
            chat_key: variable("DESK_CHAT_KEY").map(read_chat_key).transpose()?,
            pusher_key: pick("DESK_PUSHER_KEY", file.pusher_key),
            pusher_cluster: pick("DESK_PUSHER_CLUSTER", file.pusher_cluster),
            pusher_host: pick("DESK_PUSHER_HOST", file.pusher_host),
            data_dir,
        })
    }
}

/// `AppData\Local` on Windows, `~/.local/share` on Linux, `Application Support` on macOS.
fn own_folder() -> Result<PathBuf, DeskError> {
    directories::ProjectDirs::from("", "HotelMate", "HotelMate Desk")
        .map(|folders| folders.data_local_dir().to_owned())
        .ok_or_else(|| failure!(Configuration, "error-setting-no-home"))
}

/// Returns the absolute path of the folder, so that every part of the program uses the same one.
fn whole_path(folder: &Path) -> Result<PathBuf, DeskError> {
    std::path::absolute(folder).map_err(|error| {
        let folder = folder.display().to_string();
        failure!(Configuration, "error-setting-no-folder", folder = folder, cause = error.to_string())
    })
}

fn read_file(path: &Path) -> Result<Raw, DeskError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Raw::default()),
        Err(error) => {
            let (file, cause) = (path.display().to_string(), error.to_string());
            return Err(failure!(Configuration, "error-setting-unreadable", file = file, cause = cause));
        }
    };
    // A Windows editor may put a byte order mark in front.
    toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let (file, cause) = (path.display().to_string(), error.message().trim_end_matches('.'));
        failure!(Configuration, "error-setting-wrong", file = file, cause = cause)
    })
}

/// Reads a server's address as people type it.
///
/// # Errors
/// Code `configuration` if it is not a web address, or contains a name and password.
pub fn read_server(text: &str) -> Result<Url, DeskError> {
    let refuse = || failure!(Configuration, "error-setting-server", text = text);
    let url = Url::parse(text.trim()).map_err(|_| refuse())?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !is_web || !url.username().is_empty() || url.password().is_some() {
        return Err(refuse());
    }
    Ok(url)
}

fn read_late_commit(text: &str) -> Result<Duration, DeskError> {
    match text.parse() {
        Ok(seconds) if (1..=LATEST_COMMIT).contains(&seconds) => Ok(Duration::from_secs(seconds)),
        _ => Err(failure!(Configuration, "error-setting-late-commit", text = text, latest = LATEST_COMMIT)),
    }
}

/// Reads the time after which the desk is locked; 0 is never.
fn read_lock_after(text: &str) -> Result<Option<Duration>, DeskError> {
    match text.parse() {
        Ok(0) => Ok(None),
        Ok(minutes) if minutes <= LATEST_LOCK => Ok(Some(Duration::from_secs(minutes * 60))),
        _ => Err(failure!(Configuration, "error-setting-lock-after", text = text, latest = LATEST_LOCK)),
    }
}

fn read_chat_days(text: &str) -> Result<Duration, DeskError> {
    match text.parse() {
        Ok(days) if (1..=LONGEST_CHAT).contains(&days) => Ok(Duration::from_secs(days * DAY)),
        _ => Err(failure!(Configuration, "error-setting-chat-days", text = text, longest = LONGEST_CHAT)),
    }
}

fn read_chat_key(text: String) -> Result<VaultKey, DeskError> {
    VaultKey::read(&Secret::from(text)).ok_or_else(|| failure!(Configuration, "error-setting-chat-key"))
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
