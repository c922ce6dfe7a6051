//! Events that the program sends to the other members of a channel (checks 106 to 108).
//!
//! The server drops events that break its rules, often without an error, so the client keeps the rules: each event is
//! sent, waits for its turn in the pace that the server allows, or is refused with the reason. No event outlives its
//! link.

use std::collections::VecDeque;
use std::time::Duration;

use super::channels::Stage;
use super::{ClientEvent, Link, Machine, Now, Output, TriggerError};
use crate::channel::ChannelKind;
use crate::wire;

const PREFIX: &str = "client-";
/// Longest event name, in characters.
const LONGEST_NAME: usize = 200;

/// The pace of client events.
#[derive(Debug, Default)]
pub(super) struct ClientEvents {
    /// Monotonic times of the latest ones, oldest first.
    sent: VecDeque<Duration>,
    waiting: VecDeque<(u64, ClientEvent)>,
    /// Set when the server reported too many events: no event goes out before this monotonic time.
    paused_until: Duration,
}

impl Machine {
    pub(super) fn trigger(&mut self, ticket: u64, event: ClientEvent, now: Now) {
        let result = self.may_trigger(&event);
        if let Err(error) = result {
            return self.triggered(ticket, Err(error));
        }
        if self.client_events.waiting.is_empty() && self.next_turn(now) <= now.mono {
            return self.send_client_event(ticket, &event, now);
        }
        if self.client_events.waiting.len() >= self.config.timing.client_event_queue {
            return self.triggered(ticket, Err(TriggerError::TooMany));
        }
        self.client_events.waiting.push_back((ticket, event));
    }

    fn may_trigger(&self, event: &ClientEvent) -> Result<(), TriggerError> {
        if !event.name.starts_with(PREFIX) || event.name.chars().count() > LONGEST_NAME {
            return Err(TriggerError::Name);
        }
        let kind = event.channel.kind();
        if !matches!(kind, ChannelKind::Private | ChannelKind::Presence) {
            return Err(TriggerError::Kind { kind });
        }
        let (size, limit) = (event.data.to_string().len(), self.config.client_event_size);
        if size > limit {
            return Err(TriggerError::TooLarge { size, limit });
        }
        if !matches!(self.link, Link::Live(_)) {
            return Err(TriggerError::NotConnected);
        }
        match self.channels.get(&event.channel) {
            Some((_, channel)) if matches!(channel.stage, Stage::Confirmed) => Ok(()),
            _ => Err(TriggerError::NotSubscribed),
        }
    }

    /// Returns the monotonic time at which the next one may go out.
    fn next_turn(&self, now: Now) -> Duration {
        let timing = &self.config.timing;
        let limit = timing.client_event_limit.max(1);
        let sent = &self.client_events.sent;
        let paced = match sent.len().checked_sub(limit) {
            Some(at) => sent.get(at).map_or(now.mono, |&oldest| oldest + timing.client_event_window),
            None => now.mono,
        };
        paced.max(self.client_events.paused_until)
    }

    pub(super) fn next_client_event(&self) -> Option<Duration> {
        let now = self.seen;
        (!self.client_events.waiting.is_empty()).then(|| self.next_turn(now))
    }

    pub(super) fn run_client_events(&mut self, now: Now) {
        while self.next_turn(now) <= now.mono {
            let Some((ticket, event)) = self.client_events.waiting.pop_front() else { return };
            // The channel may have been left meanwhile.
            match self.may_trigger(&event) {
                Ok(()) => self.send_client_event(ticket, &event, now),
                Err(error) => self.triggered(ticket, Err(error)),
            }
        }
    }

    fn send_client_event(&mut self, ticket: u64, event: &ClientEvent, now: Now) {
        let sent = &mut self.client_events.sent;
        sent.push_back(now.mono);
        while sent.len() > self.config.timing.client_event_limit.max(1) {
            sent.pop_front();
        }
        self.send(wire::client_event(&event.channel, &event.name, &event.data));
        self.triggered(ticket, Ok(()));
    }

    /// Notes that the server dropped some (check 107).
    pub(super) fn slow_client_events(&mut self, now: Now) {
        self.client_events.paused_until = now.mono + self.config.timing.client_event_window;
    }

    /// Drops the waiting events: an event for one link is not sent on the next one (check 108).
    pub(super) fn drop_client_events(&mut self) {
        for (ticket, _) in std::mem::take(&mut self.client_events.waiting) {
            self.triggered(ticket, Err(TriggerError::LinkLost));
        }
    }

    fn triggered(&mut self, ticket: u64, result: Result<(), TriggerError>) {
        self.out.push(Output::Triggered { ticket, result });
    }
}
