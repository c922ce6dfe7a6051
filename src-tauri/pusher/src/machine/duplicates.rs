//! Recognises repeated events, by a key that the program supplies (check 93).

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::{Machine, Now};
use crate::channel::ChannelName;
use crate::wire::Event;

/// Longest key that is remembered, so that the window is limited in bytes as well.
const LONGEST_KEY: usize = 512;

/// The window.
#[derive(Default)]
pub(super) struct Duplicates {
    known: BTreeSet<(ChannelName, String)>,
    /// The same with the monotonic time since which they are known, oldest first.
    order: VecDeque<(Duration, ChannelName, String)>,
}

impl Duplicates {
    /// Removes the keys of a user's personal channels (check 81).
    pub fn drop_personal(&mut self) {
        self.known.retain(|(channel, _)| !channel.kind().is_personal());
        self.order.retain(|(_, channel, _)| !channel.kind().is_personal());
    }

    /// Returns true if the key was already in the window. A repetition does not lengthen its stay.
    fn note(&mut self, channel: &ChannelName, key: String, mono: Duration) -> bool {
        let entry = (channel.clone(), key);
        if self.known.contains(&entry) {
            return true;
        }
        self.order.push_back((mono, entry.0.clone(), entry.1.clone()));
        self.known.insert(entry);
        false
    }

    fn forget(&mut self, before: Option<Duration>, most: usize) {
        while let Some((since, _, _)) = self.order.front() {
            if self.order.len() <= most && before.is_none_or(|before| *since >= before) {
                return;
            }
            if let Some((_, channel, key)) = self.order.pop_front() {
                self.known.remove(&(channel, key));
            }
        }
    }
}

impl Machine {
    pub(super) fn is_duplicate(&mut self, event: &Event, now: Now) -> bool {
        let Some(key_of) = &self.config.duplicate_key else { return false };
        // A fault in the program's function must not end the connection.
        let key = catch_unwind(AssertUnwindSafe(|| key_of(event))).unwrap_or_default();
        key.is_some_and(|key| self.note_key(&event.channel, key, now))
    }

    /// Notes a key that the program has from another source, such as a fetch that overlaps with the stream.
    pub(super) fn note_seen(&mut self, channel: &ChannelName, key: String, now: Now) {
        self.note_key(channel, key, now);
    }

    fn note_key(&mut self, channel: &ChannelName, key: String, now: Now) -> bool {
        let oldest = now.mono.checked_sub(self.config.timing.duplicates);
        self.duplicates.forget(oldest, self.config.duplicate_window);
        if key.len() > LONGEST_KEY {
            return false;
        }
        let known = self.duplicates.note(channel, key, now.mono);
        self.duplicates.forget(None, self.config.duplicate_window);
        known
    }
}
