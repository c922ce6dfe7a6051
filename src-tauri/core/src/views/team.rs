//! The team, for screens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{MediaHash, ServerId};
use crate::resources::DutyStatus;

/// A person of the team.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Colleague {
    /// The number of the staff record.
    pub id: ServerId,
    /// The name.
    pub name: String,
    /// The department; empty if it is not known.
    pub department: String,
    /// The role; empty if it is not known.
    pub role: String,
    /// The phone number; empty if the server gives none.
    pub phone: String,
    /// The picture in the local cache; null if there is none.
    pub picture: Option<MediaHash>,
    /// The duty; null if it is not known.
    pub duty: Option<DutyStatus>,
    /// The server's time of the last press of the clock; null if it is not known.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    /// True if the person is on duty for so long that the clock-out was probably forgotten.
    pub is_long: bool,
    /// True for the signed-in person.
    pub is_me: bool,
}

crate::private::hides!(Colleague { id, picture, duty, since, is_long, is_me; name, department, role, phone });

/// The team, ordered by department and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TeamView {
    /// The people.
    pub people: Vec<Colleague>,
    /// The time of the last complete read of the list; null if it was never read.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// The reason why the list cannot be read. Then `people` contains the signed-in person, and the colleagues whose
    /// clock was pressed since the program began.
    pub limited: Option<String>,
}
