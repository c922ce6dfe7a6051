//! The status of a client, readable at any moment (check 54).

use std::fmt;
use std::io;
use std::time::Duration;

use serde::Serialize;

use crate::wire::ServerError;

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not wanted: never connected, or disconnected by the user.
    #[default]
    Off,
    /// An attempt is running, up to and including the wait for the greeting.
    Connecting,
    /// Greeted; subscriptions and events flow.
    Connected,
    /// The next attempt is planned, see [`Status::next_attempt_at`].
    Waiting,
    /// The server refused for a reason that repeating cannot change. Only [`Client::retry_now`], [`Client::connect`] or
    /// other settings try again.
    ///
    /// [`Client::retry_now`]: crate::Client::retry_now
    /// [`Client::connect`]: crate::Client::connect
    Refused,
}

/// The phase of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Resolving the host name.
    #[default]
    Resolve,
    /// Opening TCP.
    Connect,
    /// Asking a proxy for a connection to the server.
    Proxy,
    /// Negotiating TLS.
    Tls,
    /// Upgrading HTTP to a WebSocket.
    Upgrade,
    /// Waiting for `pusher:connection_established`.
    Greeting,
    /// In use.
    Established,
}

/// The cause of the end of a connection or an attempt. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// The host name did not resolve (check 8).
    NameResolution,
    /// Nothing listens at the address (check 10).
    ConnectionRefused,
    /// No route, or another failure of the network.
    Network,
    /// The certificate was not accepted (check 11).
    Certificate,
    /// TLS failed for another reason.
    Tls,
    /// The proxy requires credentials, or other ones (check 13).
    ProxyAuthentication,
    /// The proxy does not connect to the server, or is not a proxy; the code is its HTTP status (check 13).
    ProxyRefused,
    /// An HTTP answer instead of the upgrade; the code is its status (check 14).
    HttpStatus,
    /// The deadline for opening passed (checks 6, 7).
    OpenTimeout,
    /// Something other than a greeting came first (check 5).
    BadGreeting,
    /// The server closed with a frame; the code is its close code, if it had one (checks 17 to 27).
    Closed,
    /// The stream ended without a close frame (check 27).
    EndOfStream,
    /// The stream was reset (check 27).
    Reset,
    /// Several attempts in a row ended before the greeting (check 15).
    RejectedBeforeGreeting,
    /// A ping stayed unanswered (checks 35, 36, 40, 42).
    PingTimeout,
    /// A frame was larger than the limit (check 90).
    FrameTooLarge,
    /// A text frame was not UTF-8 (check 89).
    InvalidUtf8,
    /// The peer broke the WebSocket protocol in another way.
    WebSocketProtocol,
    /// The peer took no more data although much was waiting to be sent (check 108).
    WriteStalled,
}

impl CauseKind {
    /// Returns the stable code, as it is serialised.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NameResolution => "name_resolution",
            Self::ConnectionRefused => "connection_refused",
            Self::Network => "network",
            Self::Certificate => "certificate",
            Self::Tls => "tls",
            Self::ProxyAuthentication => "proxy_authentication",
            Self::ProxyRefused => "proxy_refused",
            Self::HttpStatus => "http_status",
            Self::OpenTimeout => "open_timeout",
            Self::BadGreeting => "bad_greeting",
            Self::Closed => "closed",
            Self::EndOfStream => "end_of_stream",
            Self::Reset => "reset",
            Self::RejectedBeforeGreeting => "rejected_before_greeting",
            Self::PingTimeout => "ping_timeout",
            Self::FrameTooLarge => "frame_too_large",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::WebSocketProtocol => "web_socket_protocol",
            Self::WriteStalled => "write_stalled",
        }
    }
}

/// The end of a connection or an attempt, with its cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The phase in which it ended.
    pub phase: Phase,
    /// The cause.
    pub kind: CauseKind,
    /// HTTP status or WebSocket close code, if there is one.
    pub code: Option<u16>,
    /// A sentence for a person.
    pub text: String,
    /// The wait that the server asked for, or that the cause requires.
    pub retry_after: Option<Duration>,
}

impl Cause {
    /// Makes a cause without code or wait.
    #[must_use]
    pub fn new(phase: Phase, kind: CauseKind, text: impl Into<String>) -> Self {
        Self { phase, kind, code: None, text: text.into(), retry_after: None }
    }

    /// Makes the cause for an error of the operating system.
    pub(crate) fn of_io(phase: Phase, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::ConnectionRefused => CauseKind::ConnectionRefused,
            io::ErrorKind::UnexpectedEof => CauseKind::EndOfStream,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                CauseKind::Reset
            }
            _ => CauseKind::Network,
        };
        let text = match kind {
            CauseKind::ConnectionRefused => "nothing listens at the server's address".to_owned(),
            _ => error.to_string(),
        };
        Self::new(phase, kind, text)
    }

    /// Returns the same cause with an HTTP status or close code.
    #[must_use]
    pub fn with_code(self, code: Option<u16>) -> Self {
        Self { code, ..self }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{} ({code})", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Counts since the client was started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Attempts begun.
    pub attempts: u64,
    /// Greetings received.
    pub connections: u64,
    /// Established connections that ended, other than by the user.
    pub losses: u64,
    /// Text frames received.
    pub frames: u64,
    /// Events handed over.
    pub events: u64,
    /// Frames that could not be understood (checks 84 to 86).
    pub malformed: u64,
    /// Binary frames, which the protocol does not have (check 88).
    pub binary: u64,
    /// Events for channels without a subscription, for no channel, or for a failed subscription (check 62).
    pub unrouted: u64,
    /// Pings sent.
    pub pings: u64,
    /// Gaps announced.
    pub gaps: u64,
    /// Events dropped because the consumer was too slow (check 96).
    pub overflowed: u64,
    /// Sleeps suspected from the clocks (check 40).
    pub sleeps: u64,
    /// Requests to the authorizer, without renewals of the session.
    pub authorizations: u64,
    /// Answers of the authorizer that came too late to be used (check 77).
    pub stale_answers: u64,
    /// Events that were dropped as duplicates (check 93).
    pub duplicates: u64,
    /// Events of encrypted channels that could not be read (checks 104, 105).
    pub unreadable: u64,
}

/// The state of the user's sign-in on the connection. The program knows the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// No user is to be signed in.
    #[default]
    Out,
    /// A user is to be signed in, and is not yet, or the connection is lost.
    Pending,
    /// A user is signed in.
    In,
    /// It failed on this connection.
    Failed,
}

/// The whole status.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Status {
    /// The state of the connection.
    pub state: State,
    /// Wall time (since the Unix epoch) at which this state began.
    pub since: Duration,
    /// The cause of the end of the last connection or attempt.
    pub last_cause: Option<Cause>,
    /// The last error event of the server. It need not have ended anything (check 30).
    pub last_error: Option<ServerError>,
    /// Attempts since the last healthy connection.
    pub attempt: u32,
    /// Wall time of the planned attempt while [`State::Waiting`].
    pub next_attempt_at: Option<Duration>,
    /// Wall time of the last frame received.
    pub last_traffic: Option<Duration>,
    /// The server's name for this connection while [`State::Connected`] (check 51).
    pub socket_id: Option<String>,
    /// Grows by one with every attempt.
    pub generation: u64,
    /// Channels wanted.
    pub channels: usize,
    /// Channels confirmed by the server on this connection.
    pub confirmed: usize,
    /// The state of the user's sign-in (check 79).
    pub sign_in: SignIn,
    /// Counts since the start.
    pub counters: Counters,
}

impl Status {
    pub(crate) fn new(since: Duration) -> Self {
        Self { since, ..Self::default() }
    }

    /// Returns true if events flow.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.state == State::Connected
    }
}
