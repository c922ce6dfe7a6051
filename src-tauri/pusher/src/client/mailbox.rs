//! The bounded queue between the client's task and the consumer (check 96).
//!
//! When it is full, events are no longer queued but counted per channel. Once the consumer has caught up
//! to half, each such channel gets one gap with its count, and only then new events: nothing is lost
//! silently, and nothing overtakes a gap. Changes of state are merged into the latest. What is kept at
//! most is therefore the capacity, plus a few words per channel.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::channel::ChannelName;
use crate::notice::{ChannelFailed, Gap, GapCause, Notice};
use crate::status::Status;

pub(super) struct Mailbox {
    inner: Mutex<Inner>,
    arrived: Notify,
}

struct Inner {
    queue: VecDeque<Notice>,
    capacity: usize,
    lost: BTreeMap<ChannelName, Lost>,
    failed: BTreeMap<ChannelName, ChannelFailed>,
    state: Option<Box<Status>>,
    closed: bool,
}

struct Lost {
    from: Duration,
    to: Duration,
    /// `None` once something uncountable was merged in.
    missed: Option<u64>,
}

impl Mailbox {
    pub fn new(capacity: usize) -> Self {
        let inner = Inner {
            queue: VecDeque::new(),
            capacity: capacity.max(1),
            lost: BTreeMap::new(),
            failed: BTreeMap::new(),
            state: None,
            closed: false,
        };
        Self { inner: Mutex::new(inner), arrived: Notify::new() }
    }

    /// Queues a notice or merges it into what is owed. Returns how many events were dropped by that.
    pub fn push(&self, notice: Notice) -> u64 {
        let dropped = self.inner().push(notice);
        self.arrived.notify_one();
        dropped
    }

    /// Nothing more will be pushed.
    pub fn close(&self) {
        self.inner().closed = true;
        self.arrived.notify_one();
    }

    pub async fn next(&self) -> Option<Notice> {
        loop {
            {
                let mut inner = self.inner();
                if let Some(notice) = inner.pop() {
                    return Some(notice);
                }
                if inner.closed {
                    return None;
                }
            }
            // A permit is stored if something arrives in between, so nothing is slept through.
            self.arrived.notified().await;
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Every change is complete before anything can panic.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn push(&mut self, notice: Notice) -> u64 {
        if self.owes() && self.queue.len() <= self.capacity / 2 {
            self.pay();
        }
        if !self.owes() && self.queue.len() < self.capacity {
            self.queue.push_back(notice);
            return 0;
        }
        self.owe(notice)
    }

    fn pop(&mut self) -> Option<Notice> {
        if self.queue.is_empty() {
            self.pay();
        }
        self.queue.pop_front()
    }

    fn owes(&self) -> bool {
        !self.lost.is_empty() || !self.failed.is_empty() || self.state.is_some()
    }

    fn owe(&mut self, notice: Notice) -> u64 {
        match notice {
            Notice::Event(event) => {
                self.lose(event.channel, event.received_at, event.received_at, Some(1));
                return 1;
            }
            // It asks for a fetch, as a gap does.
            Notice::Subscribed { channel } => self.lose_unknown(channel),
            Notice::Gap(gap) => self.lose(gap.channel, gap.from, gap.to, gap.missed),
            Notice::ChannelFailed(failed) => {
                self.failed.insert(failed.channel.clone(), failed);
            }
            // It stays readable in the status.
            Notice::Error(_) => {}
            Notice::State(status) => self.state = Some(status),
        }
        0
    }

    fn lose_unknown(&mut self, channel: ChannelName) {
        let now = self.lost.values().map(|lost| lost.to).max().unwrap_or_default();
        self.lose(channel, now, now, None);
    }

    fn lose(&mut self, channel: ChannelName, from: Duration, to: Duration, missed: Option<u64>) {
        let lost = self.lost.entry(channel).or_insert(Lost { from, to, missed: Some(0) });
        lost.from = lost.from.min(from);
        lost.to = lost.to.max(to);
        lost.missed = lost.missed.zip(missed).map(|(known, more)| known + more);
    }

    /// Queues what is owed. It is bounded by the number of channels.
    fn pay(&mut self) {
        for (_, failed) in std::mem::take(&mut self.failed) {
            self.queue.push_back(Notice::ChannelFailed(failed));
        }
        for (channel, Lost { from, to, missed }) in std::mem::take(&mut self.lost) {
            self.queue.push_back(Notice::Gap(Gap { channel, from, to, missed, cause: GapCause::Overflow }));
        }
        if let Some(status) = self.state.take() {
            self.queue.push_back(Notice::State(status));
        }
    }
}
