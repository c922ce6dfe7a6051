//! Accounts: the sign-ins and PINs in the operating system's key store, and the accounts that a data folder knows.

mod keys;
mod known;
mod pin;
pub mod sealed_file;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use crate::ids::ServerId;
use crate::private::Secret;
pub use keys::{KeyError, KeyStore};
pub use known::{Accounts, id_of};
pub use pin::Pin;

/// One person at one hotel on one server. Each account has a database of its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Origin of the HotelMate server.
    pub server: Url,
    /// The hotel's slug, for example `killarney`.
    pub hotel_slug: String,
    /// The hotel's name for people.
    pub hotel_name: String,
    /// The staff record's number.
    pub staff_id: ServerId,
    /// The user name that the person typed to sign in.
    pub username: String,
}

crate::private::hides!(Account { server, hotel_slug, hotel_name, staff_id; username });

/// The profile of the person, as `me` reports it (contract.md 3.2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Profile {
    /// The staff record's number.
    pub staff_id: ServerId,
    /// The user account's number. Events name this one or the staff record's.
    pub user_id: Option<ServerId>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The department's name, if there is one.
    pub department: Option<String>,
    /// The role's name, if there is one.
    pub role: Option<String>,
}

crate::private::hides!(Profile { staff_id, user_id; first_name, last_name, department, role });

/// The token of a sign-in, as the server issued it. It is never shown, logged or serialised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token(Secret);

impl Token {
    /// Wraps the server's text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Secret::from(text))
    }

    /// Returns the text itself, for the key store and the request header only.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}
