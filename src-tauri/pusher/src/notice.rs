//! What a consumer is told.

use std::time::Duration;

use serde::Serialize;

use crate::auth::{AuthError, User};
use crate::channel::ChannelName;
use crate::presence::PresenceChange;
use crate::status::Status;
use crate::wire::Event;

/// One message to the consumer. For each channel the order is: [`Notice::Subscribed`] or
/// [`Notice::Gap`], then on presence channels [`Notice::Presence`], then events.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// An event of a subscribed channel.
    Event(Event),
    /// A channel was confirmed for the first time; what it is about should be fetched now (check 95).
    Subscribed {
        /// The channel.
        channel: ChannelName,
    },
    /// Events of a channel may be missing; what it is about should be fetched again (checks 94 to 96).
    Gap(Gap),
    /// A subscription was not confirmed, was refused, or was not authorized.
    ChannelFailed(ChannelFailed),
    /// Who is on a presence channel has changed (checks 100, 101).
    Presence(PresenceChange),
    /// The user is signed in on this connection (check 79). After a reconnect it comes again.
    SignedIn(User),
    /// The user is not signed in (check 80). Channels that do not depend on it go on.
    SignInFailed {
        /// Why.
        reason: SignInFailure,
        /// Whether it is tried again without anyone's doing. If not, the next connection does so, except
        /// after a refusal.
        retrying: bool,
    },
    /// The session with the program's own server is over and could not be renewed (check 73). Once a person
    /// has signed in there, call [`Client::authorize_again`](crate::Client::authorize_again).
    SessionExpired,
    /// Something came that could not be used, or did not go where it should.
    Trouble(Trouble),
    /// The server sent an error event that belongs to no channel; the connection goes on (check 30).
    Error(ServerError),
    /// The connection changed its state.
    State(Box<Status>),
}

/// A stretch of time in which events of a channel may have been missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The channel.
    pub channel: ChannelName,
    /// Wall time since which events may be missing. Never after `to`.
    pub from: Duration,
    /// Wall time at which the channel was live again.
    pub to: Duration,
    /// How many events are known to be missing; `None` when nobody can know.
    pub missed: Option<u64>,
    /// Where the gap comes from.
    pub cause: GapCause,
}

/// Where a gap comes from.
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

/// A subscription that did not come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelFailed {
    /// The channel.
    pub channel: ChannelName,
    /// Why.
    pub reason: ChannelFailure,
    /// Whether it is being asked for again without anyone's doing. If not,
    /// [`Client::ask_again`](crate::Client::ask_again) does so, or the next connection, except after a refusal of the
    /// authorizer.
    pub retrying: bool,
}

/// Why a subscription did not come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChannelFailure {
    /// No answer within the deadline (check 57).
    #[error("the server has not confirmed the subscription")]
    NotConfirmed,
    /// The server said no (checks 58, 59).
    #[error("the server refused the subscription: {message}")]
    Refused {
        /// A code, where the server gave one.
        code: Option<i64>,
        /// What the server said.
        message: String,
    },
    /// The program's own server did not allow it (checks 72 to 76).
    #[error(transparent)]
    Authorization(AuthError),
}

impl ChannelFailure {
    /// A stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfirmed => "not_confirmed",
            Self::Refused { .. } => "subscription_refused",
            Self::Authorization(error) => error.code(),
        }
    }
}

/// Why a user is not signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignInFailure {
    /// No answer within the deadline.
    #[error("the server has not confirmed the sign-in")]
    NotConfirmed,
    /// The server said no.
    #[error("the server refused the sign-in: {message}")]
    Refused {
        /// A code, where the server gave one.
        code: Option<i64>,
        /// What the server said.
        message: String,
    },
    /// The program's own server did not allow it.
    #[error(transparent)]
    Authorization(AuthError),
    /// Somebody else than was asked for would be, or is, signed in.
    #[error("the sign-in is for another user than was asked for; sign out and in again")]
    OtherUser,
    /// The settings name nobody who could authorize it.
    #[error("signing in needs authorization, but no authorizer is set in the settings of the client")]
    NoAuthorizer,
}

impl SignInFailure {
    /// A stable code for logs and translations.
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

/// Something that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The channel, where it is known.
    pub channel: Option<ChannelName>,
    /// What it is.
    pub kind: TroubleKind,
    /// How often.
    pub count: u64,
}

/// What could not be used.
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
    /// What came on an encrypted channel has not the form of an encrypted event (check 105).
    #[error("an encrypted event is damaged and was dropped")]
    BadCiphertext,
    /// No key opens the event, not even one fetched afresh (checks 104, 105).
    #[error("an encrypted event cannot be opened with the channel's key and was dropped")]
    Undecryptable,
    /// The server dropped events that this client sent, because they were too many (check 107).
    #[error("client events were dropped by the server's rate limit")]
    ClientEventRate,
}

/// An error event of the server, in whatever shape it came (check 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerError {
    /// The code, where there was one that can be read.
    pub code: Option<i64>,
    /// The message, or an empty text.
    pub message: String,
}
