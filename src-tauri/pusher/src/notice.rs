//! What a consumer is told.

use std::time::Duration;

use serde::Serialize;

use crate::channel::ChannelName;
use crate::status::Status;
use crate::wire::Event;

/// One message to the consumer. For each channel the order is: [`Notice::Subscribed`] or
/// [`Notice::Gap`], then events.
#[derive(Debug, Clone, PartialEq)]
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
    /// A subscription was not confirmed or was refused.
    ChannelFailed(ChannelFailed),
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
    /// Whether it is being asked for again without anyone's doing. If not, a further subscribe of the
    /// channel or the next connection does so.
    pub retrying: bool,
}

/// Why a subscription did not come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
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
}

impl ChannelFailure {
    /// A stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfirmed => "not_confirmed",
            Self::Refused { .. } => "subscription_refused",
        }
    }
}

/// An error event of the server, in whatever shape it came (check 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerError {
    /// The code, where there was one that can be read.
    pub code: Option<i64>,
    /// The message, or an empty text.
    pub message: String,
}
