//! The inputs and outputs of the machine.
//!
//! Frames hold signatures and data about people, so `Debug` shows their length and not their content (check 78).

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use crate::auth::{AuthAnswer, AuthError, AuthRequest};
use crate::channel::{ChannelError, ChannelKind, ChannelName};
use crate::notice::Notice;
use crate::secret::Secret;
use crate::status::{Cause, Phase};

/// The time at which something happened, by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Monotonic time; all waits are measured by it.
    pub mono: Duration,
    /// Time since the Unix epoch, for reports.
    pub wall: Duration,
}

/// The order in which channels are authorized and subscribed (check 68).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// Before all others.
    Important,
    /// In the order of subscribing.
    #[default]
    Normal,
}

/// An event to be sent by this client. `Debug` hides the data.
#[derive(Clone, PartialEq)]
pub struct ClientEvent {
    /// A private or presence channel that is confirmed.
    pub channel: ChannelName,
    /// It begins with `client-`.
    pub name: String,
    /// The data of the event.
    pub data: Value,
}

impl fmt::Debug for ClientEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientEvent")
            .field("channel", &self.channel)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The reason why a client event was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TriggerError {
    /// The channel name breaks the rules.
    #[error(transparent)]
    Channel(#[from] ChannelError),
    /// The event name breaks the rules.
    #[error("the name of a client event begins with \"client-\" and has at most 200 characters")]
    Name,
    /// Such channels carry no client events.
    #[error("{kind} channels carry no client events; private and presence channels do")]
    Kind {
        /// The kind of the channel.
        kind: ChannelKind,
    },
    /// There is no connection.
    #[error("there is no connection; nothing was sent")]
    NotConnected,
    /// The channel is not confirmed on this connection.
    #[error("the channel is not subscribed; nothing was sent")]
    NotSubscribed,
    /// The data is larger than the server accepts.
    #[error("the event has {size} bytes; {limit} are allowed")]
    TooLarge {
        /// The size in bytes of JSON.
        size: usize,
        /// The number of allowed bytes.
        limit: usize,
    },
    /// Too many events already wait for their turn.
    #[error("too many events at once; nothing was sent")]
    TooMany,
    /// The connection was lost while the event waited for its turn. It is not sent on the next one.
    #[error("the connection was lost before the event was sent")]
    LinkLost,
    /// The connection takes no more data and is being replaced. It is not known whether the event arrived.
    #[error("the connection takes no more data")]
    Stalled,
}

impl TriggerError {
    /// Returns a stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Channel(error) => error.code(),
            Self::Name => "trigger_name",
            Self::Kind { .. } => "trigger_kind",
            Self::NotConnected => "trigger_not_connected",
            Self::NotSubscribed => "trigger_not_subscribed",
            Self::TooLarge { .. } => "trigger_too_large",
            Self::TooMany => "trigger_too_many",
            Self::LinkLost => "trigger_link_lost",
            Self::Stalled => "trigger_stalled",
        }
    }
}

/// An input of the machine.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// The user wants a connection.
    Connect,
    /// The user wants no connection.
    Disconnect,
    /// The user does not want to wait (checks 17, 50).
    RetryNow,
    /// The operating system reports another network (checks 42, 50).
    NetworkChanged,
    /// The operating system reports that the machine woke up (checks 40, 50).
    WakeNotice,
    /// A channel is wanted, with [`Priority::Normal`].
    Subscribe(ChannelName),
    /// A channel is wanted.
    SubscribeWith(ChannelName, Priority),
    /// A channel is no longer wanted.
    Unsubscribe(ChannelName),
    /// A channel that has failed is to be requested again; the number of its subscriptions does not change (check 59).
    AskAgain(ChannelName),
    /// This user is to be signed in (checks 79, 81). The id is hidden from `Debug`.
    SignIn(Secret),
    /// The user is to be signed out, and nothing personal may remain (check 81).
    SignOut,
    /// A person has renewed the session with the program's own server (checks 72, 73).
    AuthorizeAgain,
    /// The authorizer answered an [`Output::Authorize`].
    Authorized {
        /// The number of the request.
        ticket: u64,
        /// The answer.
        result: Result<AuthAnswer, AuthError>,
    },
    /// The authorizer answered an [`Output::RenewSession`].
    Renewed {
        /// The number of the request.
        ticket: u64,
        /// The answer.
        result: Result<(), AuthError>,
    },
    /// A client event is to be sent (check 106).
    Trigger {
        /// The number for the answer in [`Output::Triggered`].
        ticket: u64,
        /// The event.
        event: ClientEvent,
    },
    /// The program already has this data, so an event of the channel with this key is a duplicate (check 93).
    Seen(ChannelName, String),
    /// The deadline passed.
    TimerFired,
    /// Events could not be handed over because the consumer was too slow.
    Overflowed(u64),
    /// Something happened to a link.
    Link {
        /// The link.
        generation: u64,
        /// The event.
        event: LinkEvent,
    },
}

/// An event of a link.
#[derive(Clone, PartialEq)]
pub enum LinkEvent {
    /// The new phase of opening.
    Progress(Phase),
    /// The upgrade is done; the greeting is awaited.
    Opened,
    /// A text frame arrived.
    Text(String),
    /// A binary frame arrived.
    Binary,
    /// A ping or pong of the WebSocket protocol arrived (and was answered below).
    Control,
    /// The link ended, or could not be opened.
    Failed(Cause),
}

impl fmt::Debug for LinkEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Progress(phase) => f.debug_tuple("Progress").field(phase).finish(),
            Self::Opened => f.write_str("Opened"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Binary => f.write_str("Binary"),
            Self::Control => f.write_str("Control"),
            Self::Failed(cause) => f.debug_tuple("Failed").field(cause).finish(),
        }
    }
}

/// An output of the machine.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Output {
    /// Open a link. There is none at this moment.
    Open {
        /// The number of the link in reports.
        generation: u64,
        /// The address; the scheme decides about TLS.
        url: Url,
    },
    /// Send a text frame.
    Send {
        /// The link.
        generation: u64,
        /// The frame.
        text: String,
    },
    /// Close the link in order, but do not wait for it.
    Close {
        /// The link.
        generation: u64,
        /// WebSocket close code.
        code: u16,
    },
    /// Drop the link without a close frame: the peer no longer reads it.
    Drop {
        /// The link.
        generation: u64,
    },
    /// Ask the authorizer, and answer with [`Input::Authorized`].
    Authorize {
        /// The number for the answer.
        ticket: u64,
        /// The request.
        request: AuthRequest,
    },
    /// Have the authorizer renew its session, and answer with [`Input::Renewed`].
    RenewSession {
        /// The number for the answer.
        ticket: u64,
    },
    /// Cancel a request to the authorizer: its answer is no longer needed.
    Cancel {
        /// The number of the request.
        ticket: u64,
    },
    /// The result of a client event. It follows directly after its [`Output::Send`].
    Triggered {
        /// The number of the event.
        ticket: u64,
        /// Whether it was handed to the link. Its arrival cannot be known.
        result: Result<(), TriggerError>,
    },
    /// The user has changed: nothing personal from before may reach the consumer (check 81).
    UserChanged,
    /// Pass this notice to the consumer.
    Notice(Notice),
    /// [`Machine::status`](super::Machine::status) has changed.
    StateChanged,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { generation, .. } => write!(f, "Open({generation})"),
            Self::Send { generation, text } => write!(f, "Send({generation}, {} bytes)", text.len()),
            Self::Close { generation, code } => write!(f, "Close({generation}, {code})"),
            Self::Drop { generation } => write!(f, "Drop({generation})"),
            Self::Authorize { ticket, request } => write!(f, "Authorize({ticket}, {:?})", request.subject),
            Self::RenewSession { ticket } => write!(f, "RenewSession({ticket})"),
            Self::Cancel { ticket } => write!(f, "Cancel({ticket})"),
            Self::Triggered { ticket, result } => write!(f, "Triggered({ticket}, {result:?})"),
            Self::UserChanged => f.write_str("UserChanged"),
            Self::Notice(notice) => f.debug_tuple("Notice").field(notice).finish(),
            Self::StateChanged => f.write_str("StateChanged"),
        }
    }
}
