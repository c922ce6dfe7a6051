//! The checks of all causes that can keep a desk from being up to date, in words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LiveState;

/// The whole checklist, in the order in which a person would work through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Diagnosis {
    /// One finding for each check.
    pub findings: Vec<Finding>,
    /// True while checks over the network are running.
    pub running: bool,
    /// The time at which the checks over the network last ended.
    #[ts(type = "string | null")]
    pub checked_at: Option<Timestamp>,
    /// The live connection; null if no person is signed in or none is configured.
    pub socket: Option<SocketView>,
    /// The channels of the sign-in.
    pub channels: Vec<ChannelView>,
    /// Durations of events; null before the first event.
    pub latency: Option<LatencyView>,
    /// The level of the log.
    pub log_level: LogLevel,
    /// The reloads of the window's page since the program began, because it stopped working; the newest twenty, oldest
    /// first.
    pub reloads: Vec<Reload>,
}

impl Diagnosis {
    /// Returns true when no check failed.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.state != FindingState::Failed)
    }
}

/// A reload of a page that stopped working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Reload {
    /// The time of the reload.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The cause of the reload.
    pub cause: ReloadCause,
}

/// The cause of a page's reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ReloadCause {
    /// The page did not answer.
    Silent,
    /// The page's process had ended.
    Died,
}

/// The finding of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// Its state.
    pub state: FindingState,
    /// The finding in one plain sentence.
    pub text: String,
    /// The person's next step; null if none is needed.
    pub way_out: Option<String>,
    /// Figures and names for people who want to know more.
    pub details: Vec<Detail>,
}

/// A figure or a name beside a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Detail {
    /// The name of the detail.
    pub name: String,
    /// The figure or the name.
    pub value: String,
}

/// The checks. The names are stable: scripts and support files use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The server's name resolves to an address.
    NameResolution,
    /// The server's certificate is valid.
    Tls,
    /// The server answers.
    Server,
    /// This computer's clock and the server's agree.
    ServerClock,
    /// The sign-in still holds.
    SignIn,
    /// The hotel's lists can be read.
    Lists,
    /// The event server's name resolves to an address.
    LiveNameResolution,
    /// The event server's certificate is valid.
    LiveTls,
    /// The live connection is up.
    Socket,
    /// The channels are confirmed.
    Channels,
    /// Each conversation with guests has its channel, and answers come with all their events.
    Chat,
    /// Events arrive without delay.
    Latency,
    /// Nothing is stuck in the outbox.
    Outbox,
    /// The local database is sound.
    Database,
    /// The picture cache is sound.
    Cache,
}

/// The state of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// No fault.
    Ok,
    /// It works, but needs a look.
    Warning,
    /// It does not work.
    Failed,
    /// It was not checked yet, or cannot be checked now.
    Unknown,
}

/// The live connection, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SocketView {
    /// Its state.
    pub state: LiveState,
    /// Start of this state.
    #[ts(type = "string")]
    pub since: Timestamp,
    /// The reason why it was last lost or refused, in words.
    pub last_cause: Option<String>,
    /// The time of the next try.
    #[ts(type = "string | null")]
    pub next_try: Option<Timestamp>,
    /// Attempts since it was last up.
    pub attempt: u32,
    /// Connections since the program started.
    pub connections: u32,
    /// The time of the last incoming data.
    #[ts(type = "string | null")]
    pub last_traffic: Option<Timestamp>,
}

/// The state of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ChannelState {
    /// Requested, not confirmed yet.
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
    /// Its state.
    pub state: ChannelState,
    /// The reason why it failed.
    pub cause: Option<String>,
    /// The name of the last event.
    pub last_event: Option<String>,
    /// The time of the last event.
    #[ts(type = "string | null")]
    pub last_event_at: Option<Timestamp>,
    /// Events since the program started.
    pub events: u32,
}

/// Durations of the newest events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LatencyView {
    /// The number of events in the medians.
    pub events: u32,
    /// Median from the hotel's own time of the event to this desk, in milliseconds, corrected by the difference of the
    /// clocks; null while no event had a time.
    pub hotel_ms: Option<i32>,
    /// Median from the arrival to the row in the database, in milliseconds.
    pub stored_ms: u32,
    /// Median from the arrival to the drawn screen, in milliseconds; null while no screen is shown.
    pub shown_ms: Option<u32>,
    /// The longest time from the arrival to the drawn screen, in milliseconds.
    pub slowest_shown_ms: Option<u32>,
}

/// The level of the log. Each level contains the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Failures only.
    Error,
    /// Also warnings.
    Warn,
    /// Also normal operation.
    Info,
    /// Also details for a search.
    Debug,
    /// Everything.
    Trace,
}

/// The newest entries of the live connection, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventLog {
    /// The requested entries.
    pub entries: Vec<EventEntry>,
    /// The number of the newest entry of all; zero if there is none.
    pub newest: u32,
}

/// One event, or one notice of the connection.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventEntry {
    /// Grows by one with each entry; starts again with the program.
    pub seq: u32,
    /// The time of its arrival.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The channel; null for a notice of the connection.
    pub channel: Option<String>,
    /// The event's name, or the notice in words.
    pub event: String,
    /// The outcome of the event.
    pub outcome: EventOutcome,
    /// The size of its data in bytes.
    pub bytes: u32,
    /// Its data as indented JSON, with personal data masked.
    pub data: String,
    /// True if something in `data` is masked and can be revealed.
    pub masked: bool,
    /// From the hotel's own time of the event to this desk, in milliseconds; null if the event has no time.
    pub hotel_ms: Option<i32>,
    /// From the arrival to the row in the database, in milliseconds.
    pub stored_ms: Option<u32>,
    /// From the arrival to the drawn screen, in milliseconds.
    pub shown_ms: Option<u32>,
}

crate::private::hides!(EventEntry { seq, at, channel, event, outcome, bytes, masked, hotel_ms, stored_ms, shown_ms; data });

/// The outcome of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum EventOutcome {
    /// It was applied.
    Applied,
    /// This program does not know its name.
    Unknown,
    /// It belongs to another hotel, or to a channel that was not subscribed to.
    Foreign,
    /// Its name is known, but its content cannot be read.
    Unreadable,
    /// Not an event, but a notice of the connection.
    Connection,
}
