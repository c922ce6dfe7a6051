//! The settings of the shown person. They are stored with the account, so they follow the person on a shared computer.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::{LONGEST_QUIET, NotificationView};
use jiff::Timestamp;
use serde::Serialize;

const ON: &str = "on";
const OFF: &str = "off";
/// The value of a do-not-disturb that is over.
const NONE: &str = "0";

/// A setting of a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    Sounds,
    Repeats,
    /// The minutes that are left of do-not-disturb.
    QuietMinutes,
}

/// The value of a setting of a person.
#[derive(Serialize)]
pub struct PersonalView {
    pub name: &'static str,
    pub value: String,
    pub default: &'static str,
}

impl Personal {
    pub const ALL: [Self; 3] = [Self::Sounds, Self::Repeats, Self::QuietMinutes];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sounds => "sounds",
            Self::Repeats => "repeats",
            Self::QuietMinutes => "quiet_minutes",
        }
    }

    fn default(self) -> &'static str {
        match self {
            Self::Sounds | Self::Repeats => OFF,
            Self::QuietMinutes => NONE,
        }
    }

    /// Returns the setting with its value.
    pub fn view(self, stored: &NotificationView, now: Timestamp) -> PersonalView {
        let switch = |on: bool| if on { ON } else { OFF }.to_owned();
        let value = match self {
            Self::Sounds => switch(stored.sounds),
            Self::Repeats => switch(stored.repeats),
            Self::QuietMinutes => stored.quiet_until.map_or(NONE.to_owned(), |until| {
                let left = until.as_millisecond().saturating_sub(now.as_millisecond()).max(0);
                left.unsigned_abs().div_ceil(60_000).to_string()
            }),
        };
        PersonalView { name: self.name(), value, default: self.default() }
    }

    /// Stores a value, or the default for `None`.
    ///
    /// # Errors
    /// If the setting does not take the value, no person is shown, or the local database fails.
    pub async fn set(self, desk: &Desk, value: Option<&str>) -> Result<(), DeskError> {
        let value = value.unwrap_or(self.default());
        let refused = |choices: String| {
            failure!(
                Configuration,
                "error-setting-choice",
                name = self.name(),
                text = value,
                choices = choices
            )
        };
        let switch = || match value {
            ON => Ok(true),
            OFF => Ok(false),
            _ => Err(refused(format!("{ON}, {OFF}"))),
        };
        match self {
            Self::Sounds => desk.set_sounds(switch()?).await,
            Self::Repeats => desk.set_repeats(switch()?).await,
            Self::QuietMinutes => {
                let minutes = value.parse().ok().filter(|minutes| *minutes <= LONGEST_QUIET);
                let choices = || say!("deskctl-setting-minutes", most = LONGEST_QUIET);
                desk.set_quiet(Some(minutes.ok_or_else(|| refused(choices()))?)).await
            }
        }
    }
}
