//! The sources of settings, in their order: the environment, the file of the computer, `desk.toml` in the data folder,
//! and the file that the window writes.
//!
//! The first three belong to the people who look after the computer. A mistake in them is reported by name and place,
//! and the program does not start with half of them. The window's own file is different: a newer version may have
//! written it, or a disk may have damaged it, and a person at the desk cannot correct a file. So a value of it that
//! cannot be used counts as not set, is reported, and stays in the file.

use std::path::{Path, PathBuf};

use super::own;
use super::table::{SETTINGS, Setting};
use super::text::{Layer, table_of, text_of};
use crate::error::{DeskError, failure};
use crate::views::SettingSource;

/// The file of the people who look after the computer, in the data folder.
pub(super) const FOLDER_FILE: &str = "desk.toml";
/// The variable with another place for the file of the computer.
pub(super) const MACHINE_FILE: &str = "DESK_MACHINE_FILE";

/// All sources.
#[derive(Clone, Default)]
pub(super) struct Layers {
    all: [Layer; 4],
    /// The values of the window's own file that cannot be used.
    pub(super) problems: Vec<DeskError>,
}

/// The two ways to name the server of live events.
const EVENT_SERVERS: [&str; 2] = ["pusher_cluster", "pusher_host"];

/// The sources in the order of [`Layers::all`].
const ORDER: [SettingSource; 4] =
    [SettingSource::Environment, SettingSource::Machine, SettingSource::Folder, SettingSource::Own];

impl Layers {
    /// Reads every source.
    ///
    /// # Errors
    /// Code `configuration` for a mistake in a source of the people who look after the computer.
    pub(super) fn read(
        data_dir: &Path,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, DeskError> {
        let environment: Layer = SETTINGS
            .iter()
            .filter_map(|setting| Some((setting.name, variable(&setting.variable())?)))
            .collect();
        let machine_file = variable(MACHINE_FILE).map(PathBuf::from).or_else(|| machine_file(&variable));
        let machine = machine_file.map(|file| read_file(&file)).transpose()?.unwrap_or_default();
        let folder = read_file(&data_dir.join(FOLDER_FILE))?;
        for (name, value) in [&environment, &machine, &folder].into_iter().flatten() {
            Setting::named(name)?.check(value)?;
        }
        let (own, problems) = own::read(data_dir)?;
        Ok(Self { all: [environment, machine, folder, own], problems })
    }

    /// Returns the value of a setting and its source; an empty text if there is none.
    pub(super) fn value(&self, setting: &Setting) -> (&str, SettingSource) {
        // The first source with one of two alternatives decides about both: otherwise a host in a weaker source would
        // take the place of a cluster in a stronger one.
        let alternatives: &[&str] =
            if EVENT_SERVERS.contains(&setting.name) { &EVENT_SERVERS } else { &[setting.name] };
        let decides = |layer: &Layer| alternatives.iter().any(|name| layer.contains_key(name));
        let set = ORDER.into_iter().zip(&self.all).find(|(_, layer)| decides(layer));
        match set {
            Some((source, layer)) => (layer.get(setting.name).map_or("", String::as_str), source),
            None => (setting.default, SettingSource::Default),
        }
    }
}

/// Returns the place of the file for all users of this computer.
#[cfg(windows)]
fn machine_file(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    Some(PathBuf::from(variable("ProgramData")?).join("HotelMate Desk").join(FOLDER_FILE))
}

/// Returns the place of the file for all users of this computer.
#[cfg(target_os = "macos")]
fn machine_file(_variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    Some(Path::new("/Library/Application Support/HotelMate Desk").join(FOLDER_FILE))
}

/// Returns the place of the file for all users of this computer.
#[cfg(not(any(windows, target_os = "macos")))]
fn machine_file(_variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    Some(Path::new("/etc/hotelmate-desk").join(FOLDER_FILE))
}

/// Reads a file of the people who look after the computer. A missing file sets nothing.
fn read_file(path: &Path) -> Result<Layer, DeskError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Layer::new()),
        Err(error) => {
            let (file, cause) = (path.display().to_string(), error.to_string());
            return Err(failure!(Configuration, "error-setting-unreadable", file = file, cause = cause));
        }
    };
    let wrong = |cause: &str| {
        let file = path.display().to_string();
        failure!(Configuration, "error-setting-wrong", file = file, cause = cause)
    };
    let table = table_of(&text).map_err(|cause| wrong(&cause))?;
    let mut layer = Layer::new();
    for (name, value) in &table {
        // The value may be a token, and is not quoted.
        let setting = Setting::named(name).map_err(|_| wrong(&format!("unknown field `{name}`")))?;
        let value = text_of(value).ok_or_else(|| wrong(&format!("wrong type of `{name}`")))?;
        if !value.is_empty() {
            layer.insert(setting.name, value);
        }
    }
    Ok(layer)
}
