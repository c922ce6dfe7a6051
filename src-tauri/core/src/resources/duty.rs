//! The duty status of a person, as the hotel reported it last.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::ids::ServerId;

/// A person's duty status as the hotel reported it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The status.
    pub status: DutyStatus,
    /// The start of the time on or off duty, by the server's clock; `None` if the server does not report it.
    pub since: Option<Timestamp>,
    /// The time of the hotel's report, by this machine's clock.
    pub confirmed_at: Timestamp,
}

/// An unsuccessful outcome of an intent to go on or off duty, of which the person must be notified.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyNotice {
    /// The server does not report who is on duty.
    NotReported,
    /// It is not known whether the press arrived.
    Unclear {
        /// The wanted state.
        on_duty: bool,
    },
    /// The server says that there is no clock.
    NotTaken {
        /// The wanted state.
        on_duty: bool,
    },
    /// The hotel reports the person on duty, but has no open clock log of theirs to close.
    NoOpenLog,
    /// The clock-in is recorded without a shift: a manager may have to approve it.
    NeedsApproval,
    /// The hotel could not be reached in time.
    Lapsed {
        /// The wanted state.
        on_duty: bool,
    },
    /// The server refused the press.
    Refused {
        /// The wanted state.
        on_duty: bool,
        /// The reason, in the server's own words.
        cause: String,
    },
}

/// The duty status of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum DutyStatus {
    /// The person is at work.
    OnDuty,
    /// The person is on duty, and on a break now. Only newer servers report breaks.
    OnBreak,
    /// The person is not at work.
    OffDuty,
}

impl DutyStatus {
    /// Returns the status on a server that does not report breaks.
    pub fn of(on_duty: bool) -> Self {
        if on_duty { Self::OnDuty } else { Self::OffDuty }
    }

    /// Returns the server's name of the status.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnDuty => "on_duty",
            Self::OnBreak => "on_break",
            Self::OffDuty => "off_duty",
        }
    }

    /// Returns the status of this name, or `None` for any other text.
    pub fn named(name: &str) -> Option<Self> {
        [Self::OnDuty, Self::OnBreak, Self::OffDuty].into_iter().find(|status| status.name() == name)
    }

    /// Returns true if the person is on duty, also during a break.
    pub fn is_on_duty(self) -> bool {
        self != Self::OffDuty
    }

    /// Reads the status of a person, in an event or in a list.
    pub(crate) fn read(data: &Value) -> Option<Self> {
        let is = |key: &str| data[key].as_bool();
        Self::of_fields(is("is_on_duty"), is("is_on_break"), data["duty_status"].as_str())
    }

    /// Returns the status of a person with these fields. `duty_status` is the newer field; `is_on_duty` beside it is for
    /// old clients, and is true during a break (contract.md 9.2).
    pub(crate) fn of_fields(
        on_duty: Option<bool>,
        on_break: Option<bool>,
        status: Option<&str>,
    ) -> Option<Self> {
        status.and_then(Self::named).or(match on_duty {
            Some(true) if on_break == Some(true) => Some(Self::OnBreak),
            on_duty => on_duty.map(Self::of),
        })
    }

    /// Returns the status after an action of the person.
    fn after(action: &str) -> Option<Self> {
        match action {
            "clock_in" | "end_break" => Some(Self::OnDuty),
            "start_break" => Some(Self::OnBreak),
            "clock_out" => Some(Self::OffDuty),
            _ => None,
        }
    }
}

/// A `clock-status-updated` event (contract.md 9.1, 9.2, 9.3 and 9.5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyUpdate {
    /// The user account's number.
    pub user_id: Option<ServerId>,
    /// The staff record's number.
    pub staff_id: Option<ServerId>,
    /// The new status.
    pub status: DutyStatus,
    /// The time of the event: slightly later than the time that the server stored.
    pub clock_time: Option<Timestamp>,
    /// The first name, or the whole name if the server sends it in one field.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The department's name; empty if the server does not send it.
    pub department: String,
    /// The department's slug; empty if the server does not send it.
    pub department_slug: String,
}

crate::private::hides!(DutyUpdate { user_id, staff_id, status, clock_time; first_name, last_name, department, department_slug });

/// Reads the event without `serde`: an invalid time or a missing name must not lose the status.
pub(super) fn duty(data: &Value) -> Result<DutyUpdate, String> {
    let number = |key: &str| data[key].as_i64().map(ServerId);
    let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
    let moment = |key: &str| data[key].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let status = DutyStatus::read(data)
        .or_else(|| DutyStatus::after(data["action"].as_str()?))
        .ok_or("it has no duty")?;
    let (first_name, last_name) = match (text("first_name"), text("last_name")) {
        // Newer servers send the whole name in one field.
        (first, last) if first.is_empty() && last.is_empty() => (text("staff_name"), last),
        names => names,
    };
    let update = DutyUpdate {
        user_id: number("user_id"),
        staff_id: number("staff_id"),
        status,
        clock_time: moment("clock_time").or_else(|| moment("timestamp")),
        first_name,
        last_name,
        department: text("department"),
        department_slug: text("department_slug"),
    };
    if update.user_id.is_none() && update.staff_id.is_none() {
        return Err("it names no person".to_owned());
    }
    Ok(update)
}
