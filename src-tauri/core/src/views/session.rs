//! The sign-in, for screens.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::account::Profile;

/// The person who is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SessionView {
    /// The server's origin.
    pub server: String,
    /// The hotel.
    pub hotel_slug: String,
    /// The hotel's name.
    pub hotel_name: String,
    /// The hotel's time zone (IANA name).
    pub time_zone: String,
    /// The user name that the person typed to sign in.
    pub username: String,
    /// The person's profile; null until the hotel has reported it.
    pub profile: Option<Profile>,
    /// True if the password is needed again; everything else still works.
    pub sign_in_needed: bool,
    /// True if the sign-in is saved in the key store. If not, it ends with the program, and `notices` has the reason.
    pub remembered: bool,
}

crate::private::hides!(SessionView { server, hotel_slug, hotel_name, time_zone, profile, sign_in_needed, remembered; username });

/// The known data before a sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignInHints {
    /// The server of the next sign-in; empty if none is configured.
    pub server: String,
    /// The last user name, or empty.
    pub username: String,
}

crate::private::hides!(SignInHints { server; username });
