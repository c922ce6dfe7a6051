//! The messages to a consumer.

use std::time::Duration;

use serde::Serialize;

use crate::auth::{AuthError, User};
use crate::channel::ChannelName;
use crate::presence::PresenceChange;
use crate::status::Status;
use crate::wire::{Event, ServerError};

/// One message to the consumer. For each channel the order is: [`Notice::Subscribed`] or
/// [`Notice::Gap`], then on presence channels [`Notice::Presence`], then events.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// An event of a subscribed channel.
    Event(Event),
    /// A channel was confirmed for the first time; the program should fetch its data now (check 95).
    Subscribed {
        /// The channel.
        channel: ChannelName,
    },
    /// Events of a channel may be missing; the program should fetch its data again (checks 94 to 96).
    Gap(Gap),
    /// A subscription was not confirmed, was refused, or was not authorized.
    ChannelFailed(ChannelFailed),
    /// The members of a presence channel have changed (checks 100, 101).
    Presence(PresenceChange),
    /// The user is signed in on this connection (check 79). The notice is repeated after a reconnect.
    SignedIn(User),
    /// The user is not signed in (check 80). Channels that do not depend on it continue.
    SignInFailed {
        /// The reason.
        reason: SignInFailure,
        /// True if the client tries again by itself. If not, the next connection does so, except after a refusal.
        retrying: bool,
    },
    /// The session with the program's own server is over and could not be renewed (check 73). After a person has signed
    /// in there, call [`Client::authorize_again`](crate::Client::authorize_again).
    SessionExpired,
    /// A message from the server could not be used.
    Trouble(Trouble),
    /// The server sent an error event that belongs to no channel; the connection continues (check 30).
    Error(ServerError),
    /// The connection changed its state.
    State(Box<Status>),
}

/// A period in which events of a channel may have been missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The channel.
    pub channel: ChannelName,
    /// Wall time since which events may be missing. Never after `to`.
    pub from: Duration,
    /// Wall time at which the channel was live again.
    pub to: Duration,
    /// The number of events that are known to be missing; `None` if it is unknown.
    pub missed: Option<u64>,
    /// The cause of the gap.
    pub cause: GapCause,
}

/// The cause of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// The connection was lost and replaced.
    LinkLost,
    /// The consumer was too slow (check 96).
    Overflow,
    /// The machine slept, though the connection survived (check 40).
    Slept,
}

/// A subscription that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelFailed {
    /// The channel.
    pub channel: ChannelName,
    /// The reason.
    pub reason: ChannelFailure,
    /// True if the client asks again by itself. If not, [`Client::ask_again`](crate::Client::ask_again) does so, or the
    /// next connection, except after a refusal of the authorizer.
    pub retrying: bool,
}

/// The reason why a subscription failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChannelFailure {
    /// No answer within the deadline (check 57).
    #[error("the server has not confirmed the subscription")]
    NotConfirmed,
    /// The server refused it (checks 58, 59).
    #[error("the server refused the subscription: {message}")]
    Refused {
        /// The code, if the server sent one.
        code: Option<i64>,
        /// The server's text.
        message: String,
    },
    /// The program's own server did not allow it (checks 72 to 76).
    #[error(transparent)]
    Authorization(AuthError),
}

impl ChannelFailure {
    /// Returns a stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfirmed => "not_confirmed",
            Self::Refused { .. } => "subscription_refused",
            Self::Authorization(error) => error.code(),
        }
    }
}

/// The reason why a user is not signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignInFailure {
    /// No answer within the deadline.
    #[error("the server has not confirmed the sign-in")]
    NotConfirmed,
    /// The server refused it.
    #[error("the server refused the sign-in: {message}")]
    Refused {
        /// The code, if the server sent one.
        code: Option<i64>,
        /// The server's text.
        message: String,
    },
    /// The program's own server did not allow it.
    #[error(transparent)]
    Authorization(AuthError),
    /// Another user than the requested one would be, or is, signed in.
    #[error("the sign-in is for another user than was asked for; sign out and in again")]
    OtherUser,
    /// The settings have no authorizer for the sign-in.
    #[error("signing in needs authorization, but no authorizer is set in the settings of the client")]
    NoAuthorizer,
}

impl SignInFailure {
    /// Returns a stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfirmed => "sign_in_not_confirmed",
            Self::Refused { .. } => "sign_in_refused",
            Self::Authorization(error) => error.code(),
            Self::OtherUser => "sign_in_other_user",
            Self::NoAuthorizer => "sign_in_no_authorizer",
        }
    }
}

/// A message that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The channel, if it is known.
    pub channel: Option<ChannelName>,
    /// The kind of the fault.
    pub kind: TroubleKind,
    /// The number of times.
    pub count: u64,
}

/// The kind of a message that could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TroubleKind {
    /// The server's member list or a change of it cannot be read; the table may be wrong (check 86).
    #[error("the server's member list cannot be read")]
    Members,
    /// Plain text came on an encrypted channel and was dropped (check 105).
    #[error("an event was not encrypted and was dropped")]
    NotEncrypted,
    /// Data on an encrypted channel does not have the form of an encrypted event (check 105).
    #[error("an encrypted event is damaged and was dropped")]
    BadCiphertext,
    /// No key opens the event, not even a newly fetched one (checks 104, 105).
    #[error("an encrypted event cannot be opened with the channel's key and was dropped")]
    Undecryptable,
    /// The server dropped events that this client sent, because they were too many (check 107).
    #[error("client events were dropped by the server's rate limit")]
    ClientEventRate,
}
