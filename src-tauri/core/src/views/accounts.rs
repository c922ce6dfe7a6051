//! The accounts on this computer, for the people who look after it. No view contains a token or a key.

use jiff::Timestamp;
use serde::Serialize;

use crate::error::DeskError;

/// The data of one person at one hotel on this computer.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StoredAccount {
    /// The key of the account, which names its folder.
    pub account: String,
    /// The user name. `None`, as everything else about the person, if only the folder is known.
    pub username: Option<String>,
    /// The first and the last name, once the hotel has said them.
    pub name: Option<String>,
    /// Origin of the HotelMate server.
    pub server: Option<String>,
    /// The hotel's short name.
    pub hotel: Option<String>,
    /// The hotel's name.
    pub hotel_name: Option<String>,
    /// True if the person is signed in.
    pub signed_in: bool,
    /// The file as which the account was moved to another computer. Nothing is sent from here then.
    pub moved_to: Option<String>,
    /// The last time at which a program showed this person's data, if it is known.
    pub last_used: Option<Timestamp>,
    /// The counts of what has not reached the hotel; `None` if they cannot be read.
    pub waits: Option<Waits>,
    /// The reason why they cannot be read.
    pub why_not: Option<DeskError>,
    /// The number of damaged databases that were set aside in the folder. Their content is not counted.
    pub set_aside: usize,
    /// The size of the folder in bytes.
    pub bytes: u64,
}

crate::private::hides!(StoredAccount {
    account, server, hotel, hotel_name, signed_in, moved_to, last_used, waits, why_not, set_aside, bytes;
    username, name
});

/// The counts of a person's work that has not reached the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Waits {
    /// Changes, including one about the clock.
    pub changes: u32,
    /// The changes among them that need the person.
    pub attention: u32,
    /// Texts in editors that are not saved.
    pub drafts: u32,
    /// Pictures and files that the changes and drafts need, and that are on this computer.
    pub pictures: u32,
}

impl Waits {
    /// Returns true if no work is lost with the account.
    pub fn is_nothing(self) -> bool {
        self.changes + self.drafts == 0
    }
}

/// The result of the removal of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemovedAccount {
    /// The key of the account.
    pub account: String,
    /// The work that was lost with it; `None` if it could not be counted.
    pub lost: Option<Waits>,
    /// The reason why the entries in the key store were not removed.
    pub keys_left: Option<String>,
}

/// The result of a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedAccount {
    /// The key of the account.
    pub account: String,
    /// The file with the account.
    pub file: String,
    /// The work in it.
    pub waits: Waits,
    /// The number of damaged databases in the folder of the account. They stay there.
    pub set_aside: usize,
}

/// The result of the end of a move on the old computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CancelledMove {
    /// The key of the account.
    pub account: String,
    /// The file that must not be used any more.
    pub file: String,
}

/// The result of an arrival.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TakenAccount {
    /// The key of the account.
    pub account: String,
    /// The user name.
    pub username: String,
    /// The hotel's name.
    pub hotel_name: String,
    /// The work that has arrived.
    pub waits: Waits,
}

crate::private::hides!(TakenAccount { account, hotel_name, waits; username });
