//! The newest of what came over the live connection, and how long it took.
//!
//! What came is kept as it came; what is shown is masked each time it is asked for. Three durations are told of an
//! event: from the hotel's own time of it to here, from its arrival to the row in the database, and from its arrival to
//! the drawn screen. The first crosses two clocks, so it is kept uncorrected, and the difference of the clocks is taken
//! out when it is asked for: it becomes known, and more exact, afterwards.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use pusher::wire::{Data, Event};
use serde_json::Value;

use super::link::moment;
use super::masking::mask;
use super::shape::Shape;
use crate::views::{EventEntry, EventLog, EventOutcome, LatencyView};

/// How many entries are kept.
const KEPT: usize = 500;
/// How many of the newest events the medians are about.
const NEWEST: usize = 100;
/// Longer data is not kept. The hosted service lets 10 kB through; 500 times this must not hurt.
const LARGEST: usize = 32 * 1024;
/// Longer names of events are cut.
const LONGEST_NAME: usize = 200;
/// Nothing is delivered later than this, since there is no replay: a time that lies further back means something else
/// (contract.md 12, trap 30).
const LATEST_MS: i64 = 10 * 60 * 1000;
/// A time may lie so far ahead, because the difference of the clocks is not known exactly.
const AHEAD_MS: i64 = 1500;

/// The ring of entries. Numbers go on when it is emptied.
#[derive(Default)]
pub(super) struct Ring {
    entries: VecDeque<Kept>,
    newest: u32,
}

/// An entry as it is kept. What is told of its data, and of the hotel's time, is put in when it is asked for.
struct Kept {
    entry: EventEntry,
    /// The data as it came; `None` when it was too large to be kept.
    data: Option<String>,
    /// Monotonic time of the arrival.
    arrived: Duration,
    /// Here minus hotel, by two clocks that may differ, in milliseconds.
    uncorrected_ms: Option<i64>,
}

/// What happens to be the time, by both notions of it.
#[derive(Clone, Copy)]
pub(super) struct Now {
    pub monotonic: Duration,
    pub wall: Duration,
}

impl Ring {
    /// Notes an event that was dealt with just now, and gives its number.
    pub fn add_event(&mut self, event: &Event, outcome: EventOutcome, now: Now) -> u32 {
        // It may have waited for its turn. A wall clock that was set back meanwhile must not make that negative.
        let took = now.wall.saturating_sub(event.received_at);
        let text = match &event.data {
            Data::Missing => String::new(),
            Data::Text(text) => Value::from(text.as_str()).to_string(),
            Data::Encoded { text, .. } => text.clone(),
            Data::Plain(value) => value.to_string(),
        };
        let sent = event.json().and_then(|data| hotel_time(&event.name, data));
        let at = moment(event.received_at);
        let name = event.name.chars().take(LONGEST_NAME).collect();
        let entry = EventEntry {
            bytes: u32::try_from(text.len()).unwrap_or(u32::MAX),
            stored_ms: (outcome == EventOutcome::Applied).then(|| ms(took)),
            ..entry(at, Some(event.channel.to_string()), name, outcome)
        };
        self.push(Kept {
            entry,
            data: Some(text).filter(|text| text.len() <= LARGEST),
            arrived: now.monotonic.saturating_sub(took),
            uncorrected_ms: sent.map(|sent| at.as_millisecond() - sent.as_millisecond()),
        })
    }

    /// Notes something that happened to the connection, and gives its number.
    pub fn add_happening(&mut self, what: String, channel: Option<String>, data: Value, now: Now) -> u32 {
        let data = if data.is_null() { String::new() } else { data.to_string() };
        let entry = entry(moment(now.wall), channel, what, EventOutcome::Connection);
        self.push(Kept { entry, data: Some(data), arrived: now.monotonic, uncorrected_ms: None })
    }

    fn push(&mut self, mut kept: Kept) -> u32 {
        self.newest = self.newest.saturating_add(1);
        kept.entry.seq = self.newest;
        self.entries.push_back(kept);
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
        self.newest
    }

    /// The screen has drawn what this entry changed. The first time counts.
    pub fn note_shown(&mut self, seq: u32, now: Now) -> bool {
        let kept = self.entries.iter_mut().find(|kept| kept.entry.seq == seq);
        let Some(Kept { entry, arrived, .. }) = kept else { return false };
        if entry.stored_ms.is_none() || entry.shown_ms.is_some() {
            return false;
        }
        entry.shown_ms = Some(ms(now.monotonic.saturating_sub(*arrived)));
        true
    }

    /// Forgets every entry: they are another person's.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries after this number. `difference_ms` is the server's clock minus this computer's.
    pub fn after(&self, after: u32, difference_ms: Option<i64>) -> EventLog {
        let entries = self.entries.iter().filter(|kept| kept.entry.seq > after);
        EventLog { entries: entries.map(|kept| kept.view(difference_ms)).collect(), newest: self.newest }
    }

    /// All entries, each with the shape of its data as it came.
    pub fn shapes(&self, difference_ms: Option<i64>) -> Vec<(EventEntry, Shape)> {
        let shape = |entry: &Kept| Shape::of(&entry.value().unwrap_or_else(|| entry.not_kept().into()));
        self.entries.iter().map(|entry| (entry.view(difference_ms), shape(entry))).collect()
    }

    /// The data of an entry as it came, indented.
    pub fn reveal(&self, seq: u32) -> Option<String> {
        self.entries.iter().find(|kept| kept.entry.seq == seq).map(|kept| match kept.value() {
            Some(value) => indented(&value),
            None => kept.not_kept(),
        })
    }

    /// How long the newest events took; `None` before the first.
    pub fn latency(&self, difference_ms: Option<i64>) -> Option<LatencyView> {
        let stored = self.entries.iter().rev().filter(|kept| kept.entry.stored_ms.is_some());
        let newest: Vec<&Kept> = stored.take(NEWEST).collect();
        let shown = || newest.iter().filter_map(|kept| kept.entry.shown_ms);
        Some(LatencyView {
            events: u32::try_from(newest.len()).unwrap_or(u32::MAX),
            hotel_ms: median(newest.iter().filter_map(|kept| kept.hotel_ms(difference_ms))),
            stored_ms: median(newest.iter().filter_map(|kept| kept.entry.stored_ms))?,
            shown_ms: median(shown()),
            slowest_shown_ms: shown().max(),
        })
    }
}

/// An entry of which no more is known.
fn entry(at: Timestamp, channel: Option<String>, event: String, outcome: EventOutcome) -> EventEntry {
    EventEntry {
        seq: 0,
        at,
        channel,
        event,
        outcome,
        bytes: 0,
        data: String::new(),
        masked: false,
        hotel_ms: None,
        stored_ms: None,
        shown_ms: None,
    }
}

impl Kept {
    fn view(&self, difference_ms: Option<i64>) -> EventEntry {
        let (data, masked) = match (self.value(), self.entry.outcome) {
            (Some(value), EventOutcome::Connection) => (indented(&value), false),
            (Some(value), _) => {
                let (value, hidden) = mask(&value);
                (indented(&value), hidden)
            }
            (None, _) => (self.not_kept(), false),
        };
        EventEntry { data, masked, hotel_ms: self.hotel_ms(difference_ms), ..self.entry.clone() }
    }

    /// The data; null when there is none.
    fn value(&self) -> Option<Value> {
        let text = self.data.as_ref()?;
        // What is no JSON was made one when it was taken in.
        Some(serde_json::from_str(text).unwrap_or_default())
    }

    fn not_kept(&self) -> String {
        format!("\"not kept here: {} kB\"", self.entry.bytes / 1024)
    }

    fn hotel_ms(&self, difference_ms: Option<i64>) -> Option<i32> {
        let corrected = self.uncorrected_ms?.saturating_add(difference_ms?);
        let plausible = (-AHEAD_MS..=LATEST_MS).contains(&corrected);
        plausible.then(|| i32::try_from(corrected.max(0)).unwrap_or(i32::MAX))
    }
}

/// The hotel's own time of an event, where it tells one.
fn hotel_time(event: &str, data: &Value) -> Option<Timestamp> {
    // There it is when the offer was made (contract.md 4.6).
    if event == "offer-image-updated" {
        return None;
    }
    let text = |value: &Value| value.as_str().and_then(|text| text.parse().ok());
    // The envelope of later servers has its time beside the payload (contract.md 2).
    text(&data["timestamp"]).or_else(|| text(&data["meta"]["ts"])).or_else(|| text(&data["clock_time"]))
}

fn indented(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => format!("{value:#}"),
    }
}

fn median<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    let middle = values.len() / 2;
    values.into_iter().nth(middle)
}

fn ms(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "event_log_tests.rs"]
mod tests;
