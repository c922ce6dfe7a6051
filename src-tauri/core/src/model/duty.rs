//! Whether a person is on duty, as the hotel last told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::ServerId;

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

/// A `clock-status-updated` event (documents/clock-status.md, CONTRACT.md 9.1 and 9.2).
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
