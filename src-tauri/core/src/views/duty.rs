//! The clock button, for screens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::resources::DutyStatus;

/// The clock button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DutyView {
    /// The status, as the hotel reported it last; null if it never did.
    pub status: Option<DutyStatus>,
    /// Start of the time on or off duty, by the server's clock.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    /// Time of the hotel's last report.
    #[ts(type = "string | null")]
    pub confirmed_at: Option<Timestamp>,
    /// The intent that is on its way or waits for the network.
    pub intent: Option<DutyIntent>,
    /// A message for the person: a lapsed intent, an unclear outcome, a forgotten clock-out.
    pub notice: Option<String>,
    /// The reason why there is no clock here; null if there is one.
    pub unavailable: Option<String>,
}

impl DutyView {
    /// Returns whether the person is on duty, also during a break; `None` if the hotel never reported it.
    pub fn is_on_duty(&self) -> Option<bool> {
        self.status.map(DutyStatus::is_on_duty)
    }
}

/// An intent to be on or off duty. It is never a queued toggle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DutyIntent {
    /// The intended state.
    pub on_duty: bool,
    /// The time at which it lapses.
    #[ts(type = "string")]
    pub until: Timestamp,
    /// True while it is carried out, false while it waits for the network.
    pub running: bool,
}
