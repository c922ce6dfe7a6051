//! The newest events of the live connection, and their durations.
//!
//! Data is stored unchanged, and masked each time it is read for a screen. An event has three durations: from the
//! hotel's own time to this computer, from its arrival to the row in the database, and from its arrival to the drawn
//! screen. The first one compares two clocks. It is stored uncorrected, and the difference of the clocks is subtracted
//! on reading: that difference becomes known, and more exact, later.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use pusher::wire::{Data, Event};
use serde_json::Value;

use super::link::moment;
use super::masking::mask;
use super::shape::Shape;
use crate::views::{EventEntry, EventLog, EventOutcome, LatencyView};

/// The number of entries that are kept.
const KEPT: usize = 500;
/// The number of newest events in the medians.
const NEWEST: usize = 100;
/// Largest data that is kept, in bytes. The hosted service allows 10 kB; 500 times this limit must be harmless.
const LARGEST: usize = 32 * 1024;
/// Longest name of an event, in bytes. Longer names are cut.
const LONGEST_NAME: usize = 200;
/// Longest delay of an event, in milliseconds. There is no replay, so a time further back means something else
/// (contract.md 12, trap 30).
const LATEST_MS: i64 = 10 * 60 * 1000;
/// Most that a time may lie in the future, in milliseconds, because the difference of the clocks is not known exactly.
const AHEAD_MS: i64 = 1500;

/// The ring of entries. Their numbers continue after it is emptied.
#[derive(Default)]
pub(super) struct Ring {
    entries: VecDeque<Stored>,
    /// The newest number of the program. The logs of several people share it, so a number never names an entry of
    /// another person.
    newest: Arc<AtomicU32>,
}

/// A stored entry. The view of its data and the corrected time are added when it is read.
struct Stored {
    entry: EventEntry,
    /// The data as it arrived; `None` if it was too large to be kept.
    data: Option<String>,
    /// Monotonic time of the arrival.
    arrived: Duration,
    /// This computer's time minus the hotel's, uncorrected, in milliseconds.
    uncorrected_ms: Option<i64>,
}

/// The present time, by the monotonic and the wall clock.
#[derive(Clone, Copy)]
pub(super) struct Now {
    pub monotonic: Duration,
    pub wall: Duration,
}

impl Ring {
    /// Makes an empty log whose entries have other numbers than those of this one.
    pub fn beside(&self) -> Self {
        Self { newest: Arc::clone(&self.newest), ..Self::default() }
    }

    /// Adds an event that has just been processed, and returns its number.
    pub fn add_event(&mut self, event: &Event, outcome: EventOutcome, now: Now) -> u32 {
        // The event may have waited for its turn. A wall clock that was set back meanwhile must not make that negative.
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
        self.push(Stored {
            entry,
            data: Some(text).filter(|text| text.len() <= LARGEST),
            arrived: now.monotonic.saturating_sub(took),
            uncorrected_ms: sent.map(|sent| at.as_millisecond() - sent.as_millisecond()),
        })
    }

    /// Adds a notice of the connection, and returns its number.
    pub fn add_happening(&mut self, what: String, channel: Option<String>, data: Value, now: Now) -> u32 {
        let data = if data.is_null() { String::new() } else { data.to_string() };
        let entry = entry(moment(now.wall), channel, what, EventOutcome::Connection);
        self.push(Stored { entry, data: Some(data), arrived: now.monotonic, uncorrected_ms: None })
    }

    fn push(&mut self, mut kept: Stored) -> u32 {
        let seq = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        kept.entry.seq = seq;
        self.entries.push_back(kept);
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
        seq
    }

    /// Notes that the screen has drawn the change of this entry. Only the first time counts.
    pub fn note_shown(&mut self, seq: u32, now: Now) -> bool {
        let kept = self.entries.iter_mut().find(|kept| kept.entry.seq == seq);
        let Some(Stored { entry, arrived, .. }) = kept else { return false };
        if entry.stored_ms.is_none() || entry.shown_ms.is_some() {
            return false;
        }
        entry.shown_ms = Some(ms(now.monotonic.saturating_sub(*arrived)));
        true
    }

    /// Returns the entries after this number. `difference_ms` is the server's clock minus this computer's.
    pub fn after(&self, after: u32, difference_ms: Option<i64>) -> EventLog {
        let entries = self.entries.iter().filter(|kept| kept.entry.seq > after);
        EventLog {
            entries: entries.map(|kept| kept.view(difference_ms)).collect(),
            newest: self.newest.load(Ordering::Relaxed),
        }
    }

    /// Returns all entries, each with the shape of its original data.
    pub fn shapes(&self, difference_ms: Option<i64>) -> Vec<(EventEntry, Shape)> {
        let shape = |entry: &Stored| Shape::of(&entry.value().unwrap_or_else(|| entry.not_kept().into()));
        self.entries.iter().map(|entry| (entry.view(difference_ms), shape(entry))).collect()
    }

    /// Returns the original data of an entry, indented.
    pub fn reveal(&self, seq: u32) -> Option<String> {
        self.entries.iter().find(|kept| kept.entry.seq == seq).map(|kept| match kept.value() {
            Some(value) => indented(&value),
            None => kept.not_kept(),
        })
    }

    /// Returns the medians of the newest events' durations; `None` before the first event.
    pub fn latency(&self, difference_ms: Option<i64>) -> Option<LatencyView> {
        let stored = self.entries.iter().rev().filter(|kept| kept.entry.stored_ms.is_some());
        let newest: Vec<&Stored> = stored.take(NEWEST).collect();
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

/// Makes an entry with these values and no others.
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

impl Stored {
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

    /// Returns the data; null if there is none.
    fn value(&self) -> Option<Value> {
        let text = self.data.as_ref()?;
        // Text that was not JSON was turned into JSON when it was stored.
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

/// Returns the hotel's own time of an event, if the event has one.
fn hotel_time(event: &str, data: &Value) -> Option<Timestamp> {
    // This event carries the time of the offer's creation (contract.md 4.6).
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
