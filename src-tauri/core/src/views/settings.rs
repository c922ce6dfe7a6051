//! The settings, for screens and scripts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Finding;
use crate::error::DeskError;

/// The source of a setting's value, from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SettingSource {
    /// A variable of the environment.
    Environment,
    /// The file of this computer, for all its users.
    Machine,
    /// `desk.toml` in the data folder.
    Folder,
    /// The file that the window writes.
    Own,
    /// No source: the default of the program.
    Default,
}

impl SettingSource {
    /// Returns true if only the people who look after this computer can change the value.
    pub fn is_locked(self) -> bool {
        self < Self::Own
    }
}

/// The area of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SettingArea {
    /// The hotel's server and its live events. A change begins the connection anew.
    Connection,
    /// The data of this computer, the lock, and the times of both.
    Desk,
    /// The look of the window.
    Appearance,
    /// The language, and the forms of dates and numbers.
    Language,
}

/// One setting.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SettingView {
    /// Its name, as in the files.
    pub name: String,
    /// Its area.
    pub area: SettingArea,
    /// The value that applies; empty if none is set and there is no default.
    pub value: String,
    /// The value without any source; empty for none.
    pub default: String,
    /// The source of the value.
    pub source: SettingSource,
    /// True if a person cannot change it here.
    pub locked: bool,
    /// The values that it takes; empty for a free text.
    pub choices: Vec<String>,
}

crate::private::hides!(SettingView { name, area, default, source, locked, choices; value });

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SettingsView {
    /// The settings, in the order of the screen.
    pub settings: Vec<SettingView>,
    /// The language of texts, a choice of the setting `language` other than `system`.
    pub language: String,
    /// The language tag by which dates and numbers are formatted, for example `de-AT`.
    pub locale: String,
    /// The sign-in of the demo hotel, in training; null otherwise.
    pub training: Option<Training>,
    /// The version of the program.
    pub version: String,
    /// The values of the window's own file that cannot be used. Each is kept in the file.
    pub problems: Vec<DeskError>,
}

impl SettingsView {
    /// Returns the value of the setting with this name, or an empty text.
    pub fn value(&self, name: &str) -> &str {
        self.settings.iter().find(|setting| setting.name == name).map_or("", |setting| &setting.value)
    }
}

/// A hotel of a server, as the server lists it before a sign-in (contract.md 4.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownHotel {
    /// Its name.
    pub name: String,
    /// Its short name, which is in addresses.
    pub slug: String,
}

/// The result of a check of a server that may become the hotel's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ServerTrial {
    /// The findings about its name, its certificate, its answer and its clock.
    pub findings: Vec<Finding>,
    /// Its hotels; empty if it does not list them.
    pub hotels: Vec<KnownHotel>,
}

/// The live events that a test connects to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LiveAddress {
    /// The key of the Pusher application.
    pub key: String,
    /// Its cluster, or empty.
    pub cluster: String,
    /// Another Pusher server in place of a cluster, or empty.
    pub host: String,
}

crate::private::hides!(LiveAddress { cluster, host; key });

/// The data of a person on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StorageView {
    /// The data folder.
    pub folder: String,
    /// The size of the database in bytes.
    #[ts(type = "number")]
    pub database_bytes: u64,
    /// The number of pictures.
    pub pictures: u32,
    /// Their size in bytes.
    #[ts(type = "number")]
    pub picture_bytes: u64,
}

/// The sign-in of the demo hotel.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Training {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

crate::private::hides!(Training { username; password });
