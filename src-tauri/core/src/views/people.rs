//! The people who are signed in on this computer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One signed-in person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PersonView {
    /// The key of the person's account on this computer.
    pub person: String,
    /// The first letters of the name.
    pub initials: String,
    /// The name; null while the desk is locked.
    pub name: Option<String>,
    /// The user name; null while the desk is locked.
    pub username: Option<String>,
    /// The hotel's name; null while the desk is locked.
    pub hotel_name: Option<String>,
    /// True if screens show this person's data.
    pub is_shown: bool,
    /// The state of the person's PIN.
    pub pin: PinState,
    /// True if the hotel asks for the password again.
    pub sign_in_needed: bool,
    /// True if the intents were counted. If false, `waiting` and `attention` mean nothing.
    pub counted: bool,
    /// Intents that have not reached the hotel yet, including one about the clock.
    pub waiting: u32,
    /// Intents that need the person: attention and conflicts.
    pub attention: u32,
    /// Activities that the person has not seen yet.
    pub unread: u32,
}

crate::private::hides!(PersonView { person, is_shown, pin, sign_in_needed, counted, waiting, attention, unread; initials, name, username, hotel_name });

/// All people who are signed in on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PeopleView {
    /// The people, in the order of their sign-ins.
    pub people: Vec<PersonView>,
    /// True if people are signed in, and none of them is shown.
    pub locked: bool,
}

/// The intents of another person on this computer that have not reached the hotel.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OthersWork {
    /// The person's first name, or the user name.
    pub name: String,
    /// Intents that have not reached the hotel yet, including one about the clock.
    pub waiting: u32,
    /// Intents that need the person.
    pub attention: u32,
}

crate::private::hides!(OthersWork { waiting, attention; name });

/// The state of a PIN. In all states but `set`, the password is needed to come back to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum PinState {
    /// There is none.
    #[default]
    Unset,
    /// It can be used.
    Set,
    /// It was tried too often.
    Spent,
    /// There is no key store to keep it.
    Unavailable,
}

/// The card for a person who signed in, or who came to the desk after another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandoverView {
    /// The last time at which the person was here; null at the first time.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    /// Activities that the person has not seen yet.
    pub unread: u32,
    /// The colleagues' changes among them.
    pub changes: u32,
    /// The person's own work that has not reached the hotel, and does not need the person.
    pub waiting: u32,
    /// The person's own work that failed.
    pub failed: u32,
    /// The person's own work that is in conflict with a colleague's change.
    pub conflicts: u32,
    /// The work of the other people on this computer that has not reached the hotel.
    pub others: Vec<OthersWork>,
    /// The state of the person's own PIN.
    pub pin: PinState,
}
