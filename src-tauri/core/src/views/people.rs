//! The people who are signed in on this computer.

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

crate::private::hides!(PersonView { person, is_shown, sign_in_needed, counted, waiting, attention, unread; initials, name, username, hotel_name });

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
