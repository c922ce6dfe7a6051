//! Subscriptions: wanted, pending, confirmed, failed; and what happens to the events meanwhile.
//!
//! A wish outlives links. On each link it is asked for exactly once (check 55), and the acknowledgement
//! is the moment from which nothing is missed: first comes `Subscribed` or the gap, then the events that
//! were held back since the subscribe frame went out, then the rest (checks 61, 94, 95). If the link is
//! lost before the acknowledgement, the held events lie inside the gap that the next one announces, and
//! are dropped.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Link, Machine, Now, Output};
use crate::channel::ChannelName;
use crate::notice::{ChannelFailed, ChannelFailure, Gap, GapCause, Notice, ServerError};
use crate::wire::{self, Event, Frame};

/// Events held back per channel while its acknowledgement is awaited.
const HELD_LIMIT: usize = 256;

/// A client event sent too fast; it concerns no subscription.
const CLIENT_EVENT_RATE: i64 = 4301;

#[derive(Debug)]
struct Channel {
    /// How many parts of the program want it. Zero only while a cancelled subscription is still
    /// unanswered (check 60).
    users: u32,
    /// Place in the order of subscribing.
    order: u64,
    stage: Stage,
    /// Whether it has ever been confirmed.
    known: bool,
    /// Wall time since which its events may be missing.
    gap_from: Option<Duration>,
}

#[derive(Debug)]
enum Stage {
    /// There is no link to ask on.
    Wanted,
    Pending(Pending),
    Confirmed,
    /// Refused, or never answered, on this link.
    Failed,
}

#[derive(Debug)]
struct Pending {
    asked: u32,
    deadline: Duration,
    held: Vec<Event>,
    /// Events that no longer fitted into `held`.
    spilt: u64,
}

/// All channels of a client.
#[derive(Debug, Default)]
pub(super) struct Channels {
    map: BTreeMap<ChannelName, Channel>,
    next_order: u64,
    confirmed: usize,
    /// The earliest deadline of a pending acknowledgement.
    next_ack: Option<Duration>,
}

impl Channels {
    pub fn wanted(&self) -> usize {
        self.map.len()
    }

    pub fn confirmed(&self) -> usize {
        self.confirmed
    }

    pub fn next_ack(&self) -> Option<Duration> {
        self.next_ack
    }

    pub fn confirmed_names(&self) -> Vec<ChannelName> {
        let confirmed = self.map.iter().filter(|(_, channel)| matches!(channel.stage, Stage::Confirmed));
        confirmed.map(|(name, _)| name.clone()).collect()
    }

    /// Nothing is subscribed any more; `since` is when the link was last certainly alive.
    pub fn link_lost(&mut self, since: Duration) {
        self.map.retain(|_, channel| channel.users > 0);
        for channel in self.map.values_mut() {
            if channel.known && matches!(channel.stage, Stage::Confirmed) {
                channel.gap_from = Some(since);
            }
            channel.stage = Stage::Wanted;
        }
        self.recount();
    }

    /// Brings the derived numbers up to date after stages changed.
    fn recount(&mut self) {
        self.confirmed = 0;
        self.next_ack = None;
        for channel in self.map.values() {
            match &channel.stage {
                Stage::Confirmed => self.confirmed += 1,
                Stage::Pending(pending) => {
                    self.next_ack = Some(self.next_ack.map_or(pending.deadline, |d| d.min(pending.deadline)));
                }
                Stage::Wanted | Stage::Failed => {}
            }
        }
    }

    fn only_pending(&self) -> Option<ChannelName> {
        let mut pending =
            self.map.iter().filter(|(_, c)| c.users > 0 && matches!(c.stage, Stage::Pending(_)));
        match (pending.next(), pending.next()) {
            (Some((name, _)), None) => Some(name.clone()),
            _ => None,
        }
    }
}

impl Machine {
    pub(super) fn subscribe(&mut self, name: ChannelName, now: Now) {
        let order = self.channels.next_order;
        self.channels.next_order += 1;
        let channel = self.channels.map.entry(name.clone()).or_insert_with(|| Channel {
            users: 0,
            order,
            stage: Stage::Wanted,
            known: false,
            gap_from: None,
        });
        match channel.stage {
            // A further attempt at something that is wanted already.
            Stage::Failed => {}
            _ => channel.users += 1,
        }
        if matches!(self.link, Link::Live(_)) && matches!(channel.stage, Stage::Wanted | Stage::Failed) {
            self.ask(&name, 1, now);
            self.channels.recount();
        }
    }

    pub(super) fn unsubscribe(&mut self, name: &ChannelName) {
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        channel.users = channel.users.saturating_sub(1);
        if channel.users > 0 {
            return;
        }
        match &mut channel.stage {
            // The answer is still to come; only then is there something to leave.
            Stage::Pending(pending) => pending.held.clear(),
            Stage::Confirmed => {
                self.send(wire::unsubscribe(name));
                self.channels.map.remove(name);
            }
            Stage::Wanted | Stage::Failed => {
                self.channels.map.remove(name);
            }
        }
        self.channels.recount();
    }

    pub(super) fn subscribe_all(&mut self, now: Now) {
        let mut wanted: Vec<(u64, ChannelName)> =
            self.channels.map.iter().map(|(name, channel)| (channel.order, name.clone())).collect();
        wanted.sort_unstable();
        for (_, name) in wanted {
            self.ask(&name, 1, now);
        }
        self.channels.recount();
    }

    /// Sends the subscribe frame, for the `asked`-th time on this link.
    fn ask(&mut self, name: &ChannelName, asked: u32, now: Now) {
        let deadline = now.mono + self.config.timing.ack;
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        match &mut channel.stage {
            Stage::Pending(pending) => {
                pending.asked = asked;
                pending.deadline = deadline;
            }
            stage => *stage = Stage::Pending(Pending { asked, deadline, held: Vec::new(), spilt: 0 }),
        }
        self.send(wire::subscribe(name));
    }

    pub(super) fn run_ack_deadlines(&mut self, now: Now) {
        if self.channels.next_ack.is_none_or(|deadline| now.mono < deadline) {
            return;
        }
        let overdue: Vec<(ChannelName, u32, u32)> = self
            .channels
            .map
            .iter()
            .filter_map(|(name, channel)| match &channel.stage {
                Stage::Pending(p) if now.mono >= p.deadline => Some((name.clone(), p.asked, channel.users)),
                _ => None,
            })
            .collect();
        for (name, asked, users) in overdue {
            if users == 0 {
                self.send(wire::unsubscribe(&name));
                self.channels.map.remove(&name);
            } else if asked < self.config.timing.ack_attempts {
                self.channel_failed(name.clone(), ChannelFailure::NotConfirmed, true);
                self.ask(&name, asked + 1, now);
            } else {
                self.give_up(&name, ChannelFailure::NotConfirmed);
            }
        }
        self.channels.recount();
    }

    fn channel_failed(&mut self, channel: ChannelName, reason: ChannelFailure, retrying: bool) {
        self.out.push(Output::Notice(Notice::ChannelFailed(ChannelFailed { channel, reason, retrying })));
    }

    /// Nothing more is to be hoped for on this link; what came nevertheless is handed over.
    fn give_up(&mut self, name: &ChannelName, reason: ChannelFailure) {
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        let stage = std::mem::replace(&mut channel.stage, Stage::Failed);
        if channel.users == 0 {
            self.channels.map.remove(name);
            return self.channels.recount();
        }
        self.channel_failed(name.clone(), reason, false);
        if let Stage::Pending(pending) = stage {
            self.hand_over(pending.held);
        }
        self.channels.recount();
    }

    fn hand_over(&mut self, events: Vec<Event>) {
        for event in events {
            self.status.counters.events += 1;
            self.out.push(Output::Notice(Notice::Event(event)));
        }
    }

    fn acknowledged(&mut self, name: &str, now: Now) {
        let Some((name, channel)) = self.channels.map.get_key_value(name) else { return };
        let name = name.clone();
        if matches!(channel.stage, Stage::Confirmed) {
            return;
        }
        if channel.users == 0 {
            self.channels.map.remove(&name);
            self.channels.recount();
            return self.send(wire::unsubscribe(&name));
        }
        let Some(channel) = self.channels.map.get_mut(&name) else { return };
        let gap_from = channel.gap_from.take();
        let first = !std::mem::replace(&mut channel.known, true);
        let stage = std::mem::replace(&mut channel.stage, Stage::Confirmed);
        if first {
            self.out.push(Output::Notice(Notice::Subscribed { channel: name.clone() }));
        } else if let Some(from) = gap_from {
            self.gap(name.clone(), from, None, GapCause::LinkLost, now);
        }
        if let Stage::Pending(pending) = stage {
            let last_held = pending.held.last().map_or(now.wall, |event| event.received_at);
            self.hand_over(pending.held);
            if pending.spilt > 0 {
                self.status.counters.overflowed += pending.spilt;
                self.gap(name, last_held, Some(pending.spilt), GapCause::Overflow, now);
            }
        }
        self.channels.recount();
    }

    fn gap(&mut self, channel: ChannelName, from: Duration, missed: Option<u64>, cause: GapCause, now: Now) {
        self.status.counters.gaps += 1;
        let gap = Gap { channel, from: from.min(now.wall), to: now.wall, missed, cause };
        self.out.push(Output::Notice(Notice::Gap(gap)));
    }

    /// A text frame on an established link.
    pub(super) fn text(&mut self, text: &str, now: Now) {
        let Some(frame) = Frame::parse(text) else {
            self.status.counters.malformed += 1;
            return;
        };
        match &*frame.event {
            "pusher:ping" => self.send(wire::pong()),
            "pusher:pong" => self.proven(now),
            "pusher:connection_established" => self.status.counters.unrouted += 1,
            "pusher:error" => self.error_event(&frame),
            "pusher_internal:subscription_succeeded" => match frame.channel.as_deref() {
                Some(channel) => self.acknowledged(channel, now),
                None => self.status.counters.malformed += 1,
            },
            "pusher:subscription_error" => match frame.channel.as_deref() {
                Some(channel) => self.refused(channel, frame.error()),
                None => self.status.counters.malformed += 1,
            },
            "pusher_internal:subscription_count" => self.subscription_count(frame, now),
            _ => self.deliver(frame, now),
        }
    }

    fn error_event(&mut self, frame: &Frame<'_>) {
        let error = frame.error();
        let pending = match frame.channel.as_deref() {
            Some(named) => self.channels.map.get_key_value(named).map(|(name, _)| name.clone()),
            None => self.channels.only_pending(),
        };
        match pending {
            Some(name) if self.is_pending(&name) && error.code != Some(CLIENT_EVENT_RATE) => {
                self.status.last_error = Some(error.clone());
                self.refused(&name, error);
            }
            _ => self.report(error),
        }
    }

    fn is_pending(&self, name: &str) -> bool {
        self.channels.map.get(name).is_some_and(|channel| matches!(channel.stage, Stage::Pending(_)))
    }

    fn refused(&mut self, name: &str, error: ServerError) {
        if !self.is_pending(name) {
            self.status.counters.unrouted += 1;
            return;
        }
        let Some((name, _)) = self.channels.map.get_key_value(name) else { return };
        let reason = ChannelFailure::Refused { code: error.code, message: error.message };
        self.give_up(&name.clone(), reason);
    }

    /// The count reaches the program under its public name, zero included (check 67); a count that is
    /// not a number is skipped (check 86).
    fn subscription_count(&mut self, mut frame: Frame<'_>, now: Now) {
        let count = frame.data.json().and_then(|data| data.get("subscription_count"));
        if count.is_some_and(|count| !count.is_u64()) {
            self.status.counters.malformed += 1;
            return;
        }
        frame.event = "pusher:subscription_count".into();
        self.deliver(frame, now);
    }

    fn deliver(&mut self, frame: Frame<'_>, now: Now) {
        let entry = frame.channel.as_deref().and_then(|name| self.channels.map.get_key_value(name));
        let Some((name, channel)) = entry.filter(|(_, channel)| channel.users > 0) else {
            self.status.counters.unrouted += 1;
            return;
        };
        let event = Event {
            channel: name.clone(),
            name: frame.event.into_owned(),
            data: frame.data,
            user_id: frame.user_id,
            received_at: now.wall,
        };
        if !matches!(channel.stage, Stage::Pending(_)) {
            self.status.counters.events += 1;
            return self.out.push(Output::Notice(Notice::Event(event)));
        }
        let channel = self.channels.map.get_mut(&event.channel);
        if let Some(Channel { stage: Stage::Pending(pending), .. }) = channel {
            match pending.held.len() {
                0..HELD_LIMIT => pending.held.push(event),
                _ => pending.spilt += 1,
            }
        }
    }
}
