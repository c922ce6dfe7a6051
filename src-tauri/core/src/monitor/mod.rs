//! What the live connection and its events show while they happen. The engine tells it; screens and checks ask.
//!
//! There is one [`Monitor`] in a program. It draws no conclusions: whether something is wrong, and what to do about it,
//! is for [`diagnostics`](crate::diagnostics).
//!
//! * [`link`]: the live connection and its channels;
//! * [`event_log`]: the newest events, masked ([`masking`]), with what they took;
//! * [`shape`]: what of an event's data may be handed on.

mod event_log;
pub mod link;
mod masking;
pub mod shape;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pusher::wire::Event;
use pusher::{Notice, Status};
use tokio::sync::{Notify, broadcast, watch};

use crate::environment::Environment;
use crate::views::{Change, EventEntry, EventLog, EventOutcome, LatencyView, Reload, ReloadCause};
use event_log::{Now, Ring};
use link::Link;
use shape::Shape;

/// So many reloads of the page are told.
const RELOADS: usize = 20;

/// All that was seen.
pub struct Monitor {
    environment: Environment,
    feed: broadcast::Sender<Change>,
    seen: Mutex<Seen>,
    changed: Arc<Notify>,
}

#[derive(Default)]
struct Seen {
    link: Link,
    log: Ring,
    /// It is the program's, whoever sits here.
    reloads: Vec<Reload>,
}

impl Monitor {
    /// Nothing was seen yet. Each entry of the event log is announced to `feed`, and every change to `changed`.
    pub fn new(environment: Environment, feed: broadcast::Sender<Change>, changed: Arc<Notify>) -> Arc<Self> {
        Arc::new(Self { environment, feed, seen: Mutex::default(), changed })
    }

    /// Somebody else sits here now, or nobody: what was seen is not theirs.
    pub fn begin(&self) {
        self.change(|seen| {
            seen.link = Link::default();
            seen.log.clear();
        });
    }

    /// The live connection is followed from now on, with these channels; `status` is the running client's own picture.
    pub fn follow(&self, status: Option<watch::Receiver<Status>>, channels: &[&str]) {
        self.change(|seen| seen.link = Link::wanting(status, channels));
    }

    /// A channel belongs to the connection as well, confirmed or not.
    pub fn expect(&self, channel: &str) {
        self.change(|seen| {
            seen.link.channel(channel);
        });
    }

    /// A channel is not listened to any more.
    pub fn expect_no_more(&self, channel: &str) {
        self.change(|seen| seen.link.drop_channel(channel));
    }

    /// Something came from the Pusher client that is no event: it goes into the log and into the channels' states.
    pub fn note(&self, notice: &Notice) {
        let mut seen = self.seen();
        seen.link.note(notice);
        let Some((what, channel, data)) = link::happening(notice) else { return };
        let seq = seen.log.add_happening(what, channel, data, self.now());
        drop(seen);
        self.announce(seq);
    }

    /// An event came and was dealt with. To be called after what it changed is committed and told.
    pub fn took(&self, event: &Event, outcome: EventOutcome) {
        let mut seen = self.seen();
        seen.link.note_event(event);
        let seq = seen.log.add_event(event, outcome, self.now());
        drop(seen);
        self.announce(seq);
    }

    /// The screen has drawn what this entry changed.
    pub fn note_shown(&self, seq: u32) {
        if self.seen().log.note_shown(seq, self.now()) {
            self.changed.notify_one();
        }
    }

    /// The window's page did not work any more and was loaded again.
    pub fn note_reload(&self, cause: ReloadCause) {
        let at = self.environment.now();
        self.change(|seen| {
            seen.reloads.push(Reload { at, cause });
            let spare = seen.reloads.len().saturating_sub(RELOADS);
            seen.reloads.drain(..spare);
        });
    }

    /// The live connection as it is now.
    pub fn link(&self) -> Link {
        self.seen().link.clone()
    }

    /// The newest reloads of the page, oldest first.
    pub fn reloads(&self) -> Vec<Reload> {
        self.seen().reloads.clone()
    }

    /// How long the newest events took; `difference_ms`: how far the hotel's clock is ahead of this one, where that is
    /// known.
    pub fn latency(&self, difference_ms: Option<i64>) -> Option<LatencyView> {
        self.seen().log.latency(difference_ms)
    }

    /// The entries of the event log after this number, oldest first.
    pub fn event_log(&self, after: u32, difference_ms: Option<i64>) -> EventLog {
        self.seen().log.after(after, difference_ms)
    }

    /// All entries, each with the shape of its data.
    pub fn event_shapes(&self, difference_ms: Option<i64>) -> Vec<(EventEntry, Shape)> {
        self.seen().log.shapes(difference_ms)
    }

    /// The data of an entry unmasked; `None` when it is not kept any more.
    pub fn reveal_event(&self, seq: u32) -> Option<String> {
        self.seen().log.reveal(seq)
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen());
        self.changed.notify_one();
    }

    fn announce(&self, seq: u32) {
        // No receiver is no error: nobody looks.
        let _ = self.feed.send(Change::Live { seq });
        self.changed.notify_one();
    }

    fn now(&self) -> Now {
        let clock = self.environment.clock();
        Now { monotonic: clock.monotonic(), wall: clock.wall() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        // Each change in here is a whole one, so a panic elsewhere leaves nothing half done.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
