//! Whether a person is on duty, as the hotel last told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::events::{EventRule, Said};
use crate::ids::ServerId;

/// The names of all generations of servers.
pub(super) static EVENTS: &[EventRule] = &[
    ("clock-status-updated", |data| duty(data).map(Said::Duty)),
    ("clock_status_updated", |data| duty(data).map(Said::Duty)),
];

/// A person's duty as the hotel told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// On duty (also during a break).
    pub is_on_duty: bool,
    /// Since when, by the server's clock; unknown where the server does not tell.
    pub since: Option<Timestamp>,
    /// When the hotel said so, by this machine's clock.
    pub confirmed_at: Timestamp,
}

/// What became of an intent to be on or off duty, where the person has to know it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyNotice {
    /// The server does not tell who is on duty.
    NotReported,
    /// Nobody knows whether the press arrived.
    Unclear {
        /// What was wanted.
        on_duty: bool,
    },
    /// The server says that there is no clock.
    NotTaken {
        /// What was wanted.
        on_duty: bool,
    },
    /// The hotel could not be reached in time.
    Lapsed {
        /// What was wanted.
        on_duty: bool,
    },
    /// The server said no.
    Refused {
        /// What was wanted.
        on_duty: bool,
        /// Why, with the server's own words.
        cause: String,
    },
}

/// A `clock-status-updated` event (contract.md 9.1, 9.2 and 9.5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyUpdate {
    /// The user account's number.
    #[serde(default)]
    pub user_id: Option<ServerId>,
    /// The staff record's number.
    #[serde(default)]
    pub staff_id: Option<ServerId>,
    /// The new state.
    pub is_on_duty: bool,
    /// When it was published: slightly later than what the server stored.
    #[serde(default)]
    pub clock_time: Option<Timestamp>,
    /// First name.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default)]
    pub last_name: String,
}

crate::private::hides!(DutyUpdate { user_id, staff_id, is_on_duty, clock_time; first_name, last_name });

/// Read by hand and not by `serde`: an odd time or a missing name must not cost the one value that matters.
fn duty(data: &Value) -> Result<DutyUpdate, String> {
    let number = |key: &str| data[key].as_i64().map(ServerId);
    // `duty_status` is the newer field and knows breaks; a person on a break is on duty (contract.md 9.2).
    let is_on_duty = match data["duty_status"].as_str() {
        Some("on_duty" | "on_break") => true,
        Some("off_duty") => false,
        _ => data["is_on_duty"]
            .as_bool()
            .or_else(|| after(data["action"].as_str()?))
            .ok_or("it has no duty")?,
    };
    let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
    let moment = |key: &str| data[key].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let (first_name, last_name) = match (text("first_name"), text("last_name")) {
        // Newer servers write the name in one.
        (first, last) if first.is_empty() && last.is_empty() => (text("staff_name"), last),
        names => names,
    };
    let update = DutyUpdate {
        user_id: number("user_id"),
        staff_id: number("staff_id"),
        is_on_duty,
        clock_time: moment("clock_time").or_else(|| moment("timestamp")),
        first_name,
        last_name,
    };
    if update.user_id.is_none() && update.staff_id.is_none() {
        return Err("it names nobody".to_owned());
    }
    Ok(update)
}

/// Whether a person is on duty after an action of theirs.
fn after(action: &str) -> Option<bool> {
    match action {
        "clock_in" | "start_break" | "end_break" => Some(true),
        "clock_out" => Some(false),
        _ => None,
    }
}
