//! The settings as data: names, areas, defaults and the values that each takes.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use super::language::LANGUAGES;
use super::read_server;
use crate::error::{DeskError, failure};
use crate::views::SettingArea;

/// The zone of a hotel that names none. Not the computer's: a manager on a journey must see the hotel's day.
pub(super) const DEFAULT_TIME_ZONE: &str = "Europe/Dublin";
/// The largest time for a late create, in seconds: an hour.
const LATEST_COMMIT: u64 = 3600;
/// The longest time without input before the lock, in minutes: a day.
const LATEST_LOCK: u64 = 24 * 60;
/// The longest time for which messages of guests are kept, in days.
const LONGEST_CHAT: u64 = 3650;

/// A setting that a file, a variable or a person sets.
pub struct Setting {
    /// The name in files. The variable of the environment is `DESK_` and this name in capitals.
    pub name: &'static str,
    /// Its area.
    pub area: SettingArea,
    /// The value if no source has one; empty for none.
    pub default: &'static str,
    /// The values that it takes; empty for a free text.
    pub choices: &'static [&'static str],
    /// Refuses a value that it does not take.
    check: fn(&str) -> Result<(), DeskError>,
}

/// All settings, in the order of the screen.
pub const SETTINGS: &[Setting] = &[
    free("server", SettingArea::Connection, "", |text| read_server(text).map(drop)),
    free("hotel", SettingArea::Connection, "", any),
    free("time_zone", SettingArea::Connection, DEFAULT_TIME_ZONE, |text| read_zone(text).map(drop)),
    free("pusher_key", SettingArea::Connection, "", any),
    free("pusher_cluster", SettingArea::Connection, "", any),
    free("pusher_host", SettingArea::Connection, "", any),
    free("late_commit_seconds", SettingArea::Desk, "120", |text| read_late_commit(text).map(drop)),
    free("lock_after_minutes", SettingArea::Desk, "10", |text| read_lock_after(text).map(drop)),
    free("chat_days", SettingArea::Desk, "30", |text| read_chat_days(text).map(drop)),
    one_of("theme", SettingArea::Appearance, &["system", "light", "dark"]),
    one_of("text_size", SettingArea::Appearance, &["100", "115", "130", "150", "175", "200"]),
    one_of("density", SettingArea::Appearance, &["comfortable", "compact"]),
    one_of("language", SettingArea::Language, LANGUAGES),
    free("region", SettingArea::Language, "system", |text| read_region(text).map(drop)),
];

const fn free(
    name: &'static str,
    area: SettingArea,
    default: &'static str,
    check: fn(&str) -> Result<(), DeskError>,
) -> Setting {
    Setting { name, area, default, choices: &[], check }
}

/// A setting with a few values, the first of which is the default.
const fn one_of(name: &'static str, area: SettingArea, choices: &'static [&'static str]) -> Setting {
    Setting { name, area, default: choices[0], choices, check: any }
}

fn any(_: &str) -> Result<(), DeskError> {
    Ok(())
}

impl Setting {
    /// Returns the setting with this name.
    ///
    /// # Errors
    /// Code `not_found`, with the name.
    pub fn named(name: &str) -> Result<&'static Self, DeskError> {
        let found = SETTINGS.iter().find(|setting| setting.name == name);
        found.ok_or_else(|| failure!(NotFound, "error-setting-unknown", name = name))
    }

    /// Returns the variable of the environment.
    pub fn variable(&self) -> String {
        format!("DESK_{}", self.name.to_uppercase())
    }

    /// Returns true if an engine depends on the value.
    pub(super) fn is_of_engine(&self) -> bool {
        match self.area {
            SettingArea::Connection => true,
            SettingArea::Desk => self.name != "lock_after_minutes",
            SettingArea::Appearance | SettingArea::Language => false,
        }
    }

    /// Checks a value.
    ///
    /// # Errors
    /// Code `configuration`, with the name of the setting or the wrong value in the sentence.
    pub fn check(&self, value: &str) -> Result<(), DeskError> {
        if !self.choices.is_empty() && !self.choices.contains(&value) {
            let choices = self.choices.join(", ");
            return Err(failure!(
                Configuration,
                "error-setting-choice",
                name = self.name,
                text = value,
                choices = choices
            ));
        }
        (self.check)(value)
    }
}

pub(super) fn read_zone(name: &str) -> Result<TimeZone, DeskError> {
    TimeZone::get(name).map_err(|_| failure!(Configuration, "error-setting-zone", name = name))
}

/// Reads a number in these limits.
fn read_number(text: &str, allowed: RangeInclusive<u64>) -> Option<u64> {
    text.parse().ok().filter(|number| allowed.contains(number))
}

pub(super) fn read_late_commit(text: &str) -> Result<u64, DeskError> {
    read_number(text, 1..=LATEST_COMMIT).ok_or_else(|| {
        failure!(Configuration, "error-setting-late-commit", text = text, latest = LATEST_COMMIT)
    })
}

/// Reads the time after which the desk is locked, in minutes; 0 is never.
pub(super) fn read_lock_after(text: &str) -> Result<u64, DeskError> {
    read_number(text, 0..=LATEST_LOCK)
        .ok_or_else(|| failure!(Configuration, "error-setting-lock-after", text = text, latest = LATEST_LOCK))
}

pub(super) fn read_chat_days(text: &str) -> Result<u64, DeskError> {
    read_number(text, 1..=LONGEST_CHAT).ok_or_else(|| {
        failure!(Configuration, "error-setting-chat-days", text = text, longest = LONGEST_CHAT)
    })
}

/// Reads a region: `system`, or the two capitals of a country as in ISO 3166.
pub(super) fn read_region(text: &str) -> Result<Option<String>, DeskError> {
    match text {
        "system" => Ok(None),
        text if text.len() == 2 && text.chars().all(|letter| letter.is_ascii_uppercase()) => {
            Ok(Some(text.to_owned()))
        }
        text => Err(failure!(Configuration, "error-setting-region", text = text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_that_its_setting_takes() {
        for setting in SETTINGS.iter().filter(|setting| !setting.default.is_empty()) {
            setting.check(setting.default).unwrap();
        }
    }
}
