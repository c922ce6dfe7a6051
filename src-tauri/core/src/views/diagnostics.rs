//! What can keep a desk from being up to date, checked and put into words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LiveState;

/// The whole checklist, in the order in which a person would go through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Diagnosis {
    /// One line a check.
    pub findings: Vec<Finding>,
    /// Checks over the network are under way.
    pub running: bool,
    /// When the checks over the network last ended.
    #[ts(type = "string | null")]
    pub checked_at: Option<Timestamp>,
    /// The live connection; null while nobody is signed in or none is configured.
    pub socket: Option<SocketView>,
    /// The channels that the sign-in calls for.
    pub channels: Vec<ChannelView>,
    /// How long events took; null before the first.
    pub latency: Option<LatencyView>,
    /// How much is written to the log.
    pub log_level: LogLevel,
    /// How often the window's page stopped working and was loaded again since the program began, oldest first; the
    /// newest twenty.
    pub reloads: Vec<Reload>,
}

/// A page that did not work any more was loaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Reload {
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Why.
    pub cause: ReloadCause,
}

/// Why a page was loaded again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ReloadCause {
    /// It did not answer.
    Silent,
    /// Its process had ended.
    Died,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How it went.
    pub state: FindingState,
    /// What was found, in one plain sentence.
    pub text: String,
    /// What a person can do now; null where nothing needs doing.
    pub way_out: Option<String>,
    /// Figures and names for whoever wants to know more.
    pub details: Vec<Detail>,
}

/// A figure or a name beside a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Detail {
    /// What it is.
    pub name: String,
    /// The figure or the name itself.
    pub value: String,
}

/// The checks. The names are stable: scripts and support files use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The server's name leads to an address.
    NameResolution,
    /// The server proves who it is.
    Tls,
    /// The server answers.
    Server,
    /// This computer's clock and the server's agree.
    ServerClock,
    /// The sign-in still holds.
    SignIn,
    /// What the hotel has can be read.
    Lists,
    /// The event server's name leads to an address.
    LiveNameResolution,
    /// The event server proves who it is.
    LiveTls,
    /// The live connection stands.
    Socket,
    /// The channels are confirmed.
    Channels,
    /// Events come without delay.
    Latency,
    /// Nothing is stuck in the outbox.
    Outbox,
    /// The local database is sound.
    Database,
    /// The picture cache is sound.
    Cache,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// As it should be.
    Ok,
    /// Works, but worth a look.
    Warning,
    /// Does not work.
    Failed,
    /// Not checked yet, or cannot be checked now.
    Unknown,
}

/// The live connection, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SocketView {
    /// Its state.
    pub state: LiveState,
    /// Since when.
    #[ts(type = "string")]
    pub since: Timestamp,
    /// Why it was last lost or refused, in words.
    pub last_cause: Option<String>,
    /// When it is tried next.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// Attempts since it last stood.
    pub attempt: u32,
    /// Connections since the program started.
    pub connections: u32,
    /// When something last came in.
    #[ts(type = "string | null")]
    pub last_traffic: Option<Timestamp>,
}

/// How far a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ChannelState {
    /// Asked for, not confirmed yet.
    Pending,
    /// Confirmed: events arrive.
    Confirmed,
    /// Refused.
    Failed,
}

/// One channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChannelView {
    /// Its name.
    pub name: String,
    /// How far it is.
    pub state: ChannelState,
    /// Why it failed.
    pub cause: Option<String>,
    /// The name of the last event.
    pub last_event: Option<String>,
    /// When that came.
    #[ts(type = "string | null")]
    pub last_event_at: Option<Timestamp>,
    /// Events since the program started.
    pub events: u32,
}

/// How long events took, over the newest of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LatencyView {
    /// How many events it is about.
    pub events: u32,
    /// Median from the hotel's own time of the event to this desk, in milliseconds, corrected by the difference of
    /// the clocks; null while no event told its time.
    pub hotel_ms: Option<i32>,
    /// Median from the arrival to the row in the database, in milliseconds.
    pub stored_ms: u32,
    /// Median from the arrival to the drawn screen, in milliseconds; null while no screen is shown.
    pub shown_ms: Option<u32>,
    /// The slowest from the arrival to the drawn screen.
    pub slowest_shown_ms: Option<u32>,
}

/// How much is written to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Only what failed.
    Error,
    /// And what is worth a look.
    Warn,
    /// And what happens.
    Info,
    /// And how.
    Debug,
    /// Everything.
    Trace,
}

/// The newest of what came over the live connection, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventLog {
    /// The entries that were asked for.
    pub entries: Vec<EventEntry>,
    /// The number of the newest entry of all; zero if there is none.
    pub newest: u32,
}

/// One event, or something that happened to the connection.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventEntry {
    /// Grows by one with each entry; begins anew with the program.
    pub seq: u32,
    /// When it came.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The channel; null for what happened to the connection.
    pub channel: Option<String>,
    /// The event's name, or what happened to the connection in words.
    pub event: String,
    /// What became of it.
    pub outcome: EventOutcome,
    /// The size of its data in bytes.
    pub bytes: u32,
    /// Its data as indented JSON, with personal data masked.
    pub data: String,
    /// Something in `data` is masked and can be revealed.
    pub masked: bool,
    /// From the hotel's own time of the event to this desk, in milliseconds; null where the event tells no time.
    pub hotel_ms: Option<i32>,
    /// From the arrival to the row in the database.
    pub stored_ms: Option<u32>,
    /// From the arrival to the drawn screen.
    pub shown_ms: Option<u32>,
}

crate::private::hides!(EventEntry { seq, at, channel, event, outcome, bytes, masked, hotel_ms, stored_ms, shown_ms; data });

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum EventOutcome {
    /// Taken in.
    Applied,
    /// A name that this program does not know.
    Unknown,
    /// It belongs to another hotel, or to a channel that nobody asked for.
    Foreign,
    /// Known by name, but not by content.
    Unreadable,
    /// No event: something that happened to the connection.
    Connection,
}
