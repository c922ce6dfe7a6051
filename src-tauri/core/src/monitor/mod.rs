//! The state of the live connection and its events at runtime. The engine reports it; screens and checks read it.
//!
//! Each engine has one [`Monitor`]. It draws no conclusions: [`diagnostics`](crate::diagnostics) decides whether
//! something is wrong, and what to do about it.
//!
//! * [`link`]: the live connection and its channels;
//! * [`event_log`]: the newest events, masked ([`masking`]), with their durations;
//! * [`trails`]: the events of the newest answers to guests;
//! * [`shape`]: the part of an event's data that may leave the computer.

mod event_log;
pub mod link;
mod masking;
pub mod shape;
pub mod trails;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pusher::wire::Event;
use pusher::{Notice, Status};
use tokio::sync::{Notify, watch};

use crate::environment::Environment;
use crate::feed::Feed;
use crate::ids::ServerId;
use crate::views::{Change, EventEntry, EventLog, EventOutcome, LatencyView};
use event_log::{Now, Ring};
use link::Link;
use shape::Shape;
use trails::{Sign, Trails};

/// The monitor of an engine.
pub struct Monitor {
    environment: Environment,
    feed: Feed,
    seen: Mutex<State>,
    changed: Arc<Notify>,
}

#[derive(Default)]
struct State {
    link: Link,
    log: Ring,
    trails: Trails,
}

impl Monitor {
    /// Makes an empty monitor. It announces each entry of the event log to `feed`, and every change to `changed`.
    pub fn new(environment: Environment, feed: impl Into<Feed>, changed: Arc<Notify>) -> Arc<Self> {
        Arc::new(Self { environment, feed: feed.into(), seen: Mutex::default(), changed })
    }

    /// Makes an empty monitor of another engine of this program. Its event log uses none of the numbers of this one.
    pub fn beside(&self, feed: impl Into<Feed>) -> Arc<Self> {
        Arc::new(Self {
            environment: self.environment.clone(),
            feed: feed.into(),
            seen: Mutex::new(State { log: self.seen().log.beside(), ..State::default() }),
            changed: Arc::clone(&self.changed),
        })
    }

    /// Starts to follow a live connection with these channels. `status` is the running client's own status.
    pub fn follow(&self, status: Option<watch::Receiver<Status>>, channels: &[&str]) {
        self.change(|seen| seen.link = Link::wanting(status, channels));
    }

    /// Adds a channel to the connection, confirmed or not.
    pub fn expect(&self, channel: &str) {
        self.change(|seen| {
            seen.link.channel(channel);
        });
    }

    /// Removes a channel from the connection.
    pub fn expect_no_more(&self, channel: &str) {
        self.change(|seen| seen.link.drop_channel(channel));
    }

    /// Applies a notice of the Pusher client that is not an event: to the log and to the channels' states.
    pub fn note(&self, notice: &Notice) {
        let mut seen = self.seen();
        seen.link.note(notice);
        let Some((what, channel, data)) = link::happening(notice) else { return };
        let seq = seen.log.add_happening(what, channel, data, self.now());
        drop(seen);
        self.announce(seq);
    }

    /// Adds an event that has been processed. Call it after its change is committed and announced.
    pub fn took(&self, event: &Event, outcome: EventOutcome) {
        let mut seen = self.seen();
        seen.link.note_event(event);
        let seq = seen.log.add_event(event, outcome, self.now());
        drop(seen);
        self.announce(seq);
    }

    /// Notes the delivery of a message in a conversation.
    pub fn note_delivery(&self, conversation: ServerId, message: ServerId) {
        self.seen().trails.note_delivery(conversation, message);
    }

    /// Notes an event with a staff message. `room` is the channel of its room, and `has_file` is true if it has a file,
    /// about which the server sends less.
    pub fn note_answer(&self, conversation: ServerId, answer: (ServerId, Sign), room: &str, has_file: bool) {
        let now = self.environment.now();
        let mut seen = self.seen();
        let expects_all = seen.link.is_confirmed(room) && !has_file;
        seen.trails.note_answer(conversation, answer, expects_all, now);
    }

    /// Returns the events of the newest answers to guests.
    pub fn trails(&self) -> Trails {
        self.seen().trails.clone()
    }

    /// Notes that the screen has drawn the changes of these entries.
    pub fn note_shown(&self, seqs: &[u32]) {
        let (now, mut seen) = (self.now(), self.seen());
        let new = seqs.iter().filter(|seq| seen.log.note_shown(**seq, now)).count();
        drop(seen);
        if new > 0 {
            self.changed.notify_one();
        }
    }

    /// Returns the present state of the live connection.
    pub fn link(&self) -> Link {
        self.seen().link.clone()
    }

    /// Returns the medians of the newest events' durations. `difference_ms` is the hotel's clock minus this computer's,
    /// if it is known.
    pub fn latency(&self, difference_ms: Option<i64>) -> Option<LatencyView> {
        self.seen().log.latency(difference_ms)
    }

    /// Returns the entries of the event log after this number, oldest first.
    pub fn event_log(&self, after: u32, difference_ms: Option<i64>) -> EventLog {
        self.seen().log.after(after, difference_ms)
    }

    /// Returns all entries, each with the shape of its data.
    pub fn event_shapes(&self, difference_ms: Option<i64>) -> Vec<(EventEntry, Shape)> {
        self.seen().log.shapes(difference_ms)
    }

    /// Returns the data of an entry unmasked; `None` if it is no longer kept.
    pub fn reveal_event(&self, seq: u32) -> Option<String> {
        self.seen().log.reveal(seq)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.seen());
        self.changed.notify_one();
    }

    fn announce(&self, seq: u32) {
        self.feed.send(Change::Live { seq });
        self.changed.notify_one();
    }

    fn now(&self) -> Now {
        let clock = self.environment.clock();
        Now { monotonic: clock.monotonic(), wall: clock.wall() }
    }

    fn seen(&self) -> MutexGuard<'_, State> {
        // Each change is complete, so a panic elsewhere cannot leave it half done.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
