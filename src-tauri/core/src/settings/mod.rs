//! Settings of a desk, from four sources: the environment (`DESK_*`, for scripts and tests), the file of the computer
//! (`/etc/hotelmate-desk/desk.toml`, `%ProgramData%\HotelMate Desk\desk.toml`), `desk.toml` in the data folder, and
//! `settings.toml`, which the window and `deskctl` write.
//!
//! The first source that has a value decides. A value of the first three is locked: the window shows it and cannot
//! change it. [`layers`] reads the sources, [`table`] lists the settings. The token and the chat key are accepted from
//! the environment alone: they are never read from, or written to, a file.

mod language;
mod layers;
mod own;
mod table;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::tz::TimeZone;
use url::Url;

use crate::account::Token;
use crate::catalogue::Language;
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::vault::VaultKey;
use crate::views::{SettingView, SettingsView, Training};
use layers::Layers;
use table::{read_chat_days, read_late_commit, read_lock_after, read_region, read_zone};

pub use table::{SETTINGS, Setting};

/// Time for which messages of guests are kept on this computer, unless a setting says otherwise.
pub const CHAT_KEPT: Duration = Duration::from_secs(30 * DAY);
/// Time after its departure in which a create can still be carried out, unless a setting says otherwise. It is no less
/// than this program's own wait for an answer.
pub const LATE_COMMIT: Duration = Duration::from_secs(120);
/// A day in seconds.
const DAY: u64 = 24 * 3600;

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
    /// The sign-in of a demo hotel, if this is training (`DESK_TRAINING`, as `name:password`).
    pub training: Option<Training>,
    /// The language of texts.
    pub language: Language,
    /// The language tag by which dates and numbers are formatted.
    pub locale: String,
    sources: Sources,
}

crate::private::hides!(Settings {
    data_dir, server, hotel, token, time_zone, late_commit, lock_after, chat_kept, chat_key, pusher_cluster,
    pusher_host, training, language, locale;
    pusher_key, sources
});

/// The origin of the settings.
#[derive(Clone)]
struct Sources {
    /// The variables of the environment that were set at the start.
    environment: BTreeMap<String, String>,
    layers: Layers,
    /// The state of the files before they were read.
    stamp: Stamp,
}

/// The state of the files of settings: the size and the time of the last change of each. It differs after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp(Vec<Option<(u64, SystemTime)>>);

impl Stamp {
    fn of(data_dir: &Path) -> Self {
        let files = [own::path(data_dir), data_dir.join(layers::FOLDER_FILE)];
        let state = |path: &PathBuf| {
            let file = std::fs::metadata(path).ok()?;
            Some((file.len(), file.modified().ok()?))
        };
        Self(files.iter().map(state).collect())
    }
}

impl crate::private::Measured for Sources {
    fn measure(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{} variables]", self.environment.len())
    }
}

impl Settings {
    /// Reads the settings of this process. `data_dir` comes from the command line; without it `DESK_DATA_DIR` is used,
    /// else the operating system's folder for a program's own data.
    ///
    /// # Errors
    /// Code `configuration`, with the name of the wrong setting in the sentence.
    pub fn load(data_dir: Option<PathBuf>) -> Result<Self, DeskError> {
        Self::load_with(data_dir, of_process)
    }

    /// [`load`](Self::load) with variables that replace those of the environment; an empty one is not set.
    ///
    /// # Errors
    /// The errors of [`load`](Self::load).
    pub fn load_over(data_dir: PathBuf, variables: &[(&str, String)]) -> Result<Self, DeskError> {
        let own =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        Self::load_with(Some(data_dir), |name| own(name).or_else(|| of_process(name)))
    }

    /// [`load`](Self::load) with an environment that is passed in.
    ///
    /// # Errors
    /// The errors of [`load`](Self::load).
    pub fn load_with(
        data_dir: Option<PathBuf>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, DeskError> {
        let named = SETTINGS.iter().map(Setting::variable).chain(OTHERS.map(str::to_owned));
        // In most shells and services an empty variable means "not set".
        let set = |name: String| {
            let text = environment(&name)?.trim().to_owned();
            (!text.is_empty()).then_some((name, text))
        };
        let environment: BTreeMap<String, String> = named.filter_map(set).collect();
        let data_dir = match data_dir.or_else(|| environment.get("DESK_DATA_DIR").map(PathBuf::from)) {
            Some(dir) => dir,
            None => own_folder()?,
        };
        Self::read(whole_path(&data_dir)?, environment)
    }

    /// Reads the files again. The environment stays as it was at the start.
    ///
    /// # Errors
    /// The errors of [`load`](Self::load).
    pub fn reload(&self) -> Result<Self, DeskError> {
        Self::read(self.data_dir.clone(), self.sources.environment.clone())
    }

    fn read(data_dir: PathBuf, environment: BTreeMap<String, String>) -> Result<Self, DeskError> {
        let variable = |name: &str| environment.get(name).cloned();
        let stamp = Stamp::of(&data_dir);
        let layers = Layers::read(&data_dir, variable)?;
        let text = |name: &str| Ok::<_, DeskError>(layers.value(Setting::named(name)?).0);
        let optional =
            |name: &str| Ok::<_, DeskError>(Some(text(name)?.to_owned()).filter(|text| !text.is_empty()));
        let lock_after = read_lock_after(text("lock_after_minutes")?)?;
        let spoken = environment.get(SPOKEN).map(String::as_str);
        let language = language::language(text("language")?, spoken);
        let region = read_region(text("region")?)?;
        Ok(Self {
            server: optional("server")?.map(|text| read_server(&text)).transpose()?,
            hotel: optional("hotel")?,
            token: variable("DESK_TOKEN").map(Token::new),
            time_zone: read_zone(text("time_zone")?)?,
            late_commit: Duration::from_secs(read_late_commit(text("late_commit_seconds")?)?),
            lock_after: (lock_after > 0).then(|| Duration::from_secs(lock_after * 60)),
            chat_kept: Duration::from_secs(read_chat_days(text("chat_days")?)? * DAY),
            chat_key: variable("DESK_CHAT_KEY").map(read_chat_key).transpose()?,
            pusher_key: optional("pusher_key")?,
            pusher_cluster: optional("pusher_cluster")?,
            pusher_host: optional("pusher_host")?,
            training: variable(TRAINING).and_then(|text| training(&text)),
            locale: language::locale(language, region.as_deref(), spoken),
            language,
            data_dir,
            sources: Sources { layers, environment, stamp },
        })
    }

    /// Returns every setting with its value and source.
    pub fn view(&self) -> SettingsView {
        let Sources { layers, .. } = &self.sources;
        let view = |setting: &Setting| {
            let (value, source) = layers.value(setting);
            SettingView {
                name: setting.name.to_owned(),
                area: setting.area,
                value: value.to_owned(),
                default: setting.default.to_owned(),
                source,
                locked: source.is_locked(),
                choices: setting.choices.iter().map(|choice| (*choice).to_owned()).collect(),
            }
        };
        SettingsView {
            settings: SETTINGS.iter().map(view).collect(),
            language: self.language.tag().to_owned(),
            locale: self.locale.clone(),
            training: self.training.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            problems: layers.problems.clone(),
        }
    }

    /// Sets values in the file that the window writes, all of them or none; `None` returns to the default. The caller
    /// then [reads](Self::reload) the settings again.
    ///
    /// # Errors
    /// Code `not_found` for an unknown name, `configuration` for a value that a setting does not take, and
    /// `not_allowed` for a value that the people who look after the computer have set.
    pub fn set(&self, changes: &[(String, Option<String>)]) -> Result<(), DeskError> {
        let changes = changes.iter().map(|(name, value)| {
            let setting = Setting::named(name)?;
            let (_, source) = self.sources.layers.value(setting);
            if source.is_locked() {
                return Err(failure!(NotAllowed, "error-setting-locked", name = setting.name));
            }
            let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty());
            Ok((setting, value))
        });
        own::write(&self.data_dir, &changes.collect::<Result<Vec<_>, _>>()?)
    }

    /// Returns true if the people who look after the computer have set another server than this one.
    pub fn binds_to_another(&self, server: &Url) -> bool {
        let is_locked =
            Setting::named("server").is_ok_and(|setting| self.sources.layers.value(setting).1.is_locked());
        is_locked && self.server.as_ref().is_some_and(|own| own != server)
    }

    /// Returns the server and the hotel whose page for guests a display reads.
    ///
    /// # Errors
    /// Code `configuration` if one of them is not set.
    pub fn public_hotel(&self) -> Result<(Url, String), DeskError> {
        let server = self.server.clone();
        let server = server.ok_or_else(|| failure!(Configuration, "error-display-no-server"))?;
        let hotel = self.hotel.clone();
        let hotel = hotel.ok_or_else(|| failure!(Configuration, "error-display-no-hotel"))?;
        Ok((server, hotel))
    }

    /// Returns true if an engine with these settings differs from one with the other settings. The look of the window,
    /// its language and the lock are not the engine's.
    pub fn needs_new_engine(&self, other: &Self) -> bool {
        let value = |settings: &Self, setting: &Setting| settings.sources.layers.value(setting).0.to_owned();
        SETTINGS
            .iter()
            .filter(|setting| setting.is_of_engine())
            .any(|setting| value(self, setting) != value(other, setting))
    }

    /// Returns the state of the files from which these settings were read.
    pub fn stamp(&self) -> &Stamp {
        &self.sources.stamp
    }

    /// Returns the state of the files now.
    pub fn stamp_now(&self) -> Stamp {
        Stamp::of(&self.data_dir)
    }
}

/// The name under which an environment has the language tag of the operating system.
const SPOKEN: &str = "DESK_SYSTEM_LOCALE";
/// The variables that are not settings of the table.
const OTHERS: [&str; 7] =
    ["DESK_DATA_DIR", "DESK_TOKEN", "DESK_CHAT_KEY", layers::MACHINE_FILE, "ProgramData", SPOKEN, TRAINING];
/// The variable with the sign-in of a demo hotel.
pub const TRAINING: &str = "DESK_TRAINING";

/// Returns a variable of this process, or the language tag of the operating system.
fn of_process(name: &str) -> Option<String> {
    match name {
        SPOKEN => sys_locale::get_locale(),
        name => std::env::var(name).ok(),
    }
}

fn training(text: &str) -> Option<Training> {
    let (username, password) = text.split_once(':')?;
    Some(Training { username: username.to_owned(), password: password.to_owned() })
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

fn read_chat_key(text: String) -> Result<VaultKey, DeskError> {
    VaultKey::read(&Secret::from(text)).ok_or_else(|| failure!(Configuration, "error-setting-chat-key"))
}

#[cfg(test)]
mod tests;
