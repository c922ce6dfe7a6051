//! The subscriptions: wanted, being authorized, pending, confirmed, failed; and their events meanwhile.
//!
//! A subscription outlives links. On each link it is requested exactly once (check 55), and after the acknowledgement
//! nothing is missed: first comes `Subscribed` or the gap, then the events that were held back since the subscribe
//! frame went out, then the rest (checks 61, 94, 95). If the link is lost before the acknowledgement, or the
//! subscription fails, the held events lie inside the gap that the next acknowledgement announces, and are dropped: no
//! event of a channel comes before its signal.

use std::collections::BTreeMap;
use std::time::Duration;

use super::backlog::Backlog;
use super::encryption::Crypt;
use super::job::{Job, What};
use super::{Link, Machine, Now, Output, Priority};
use crate::auth::AuthError;
use crate::channel::{ChannelKind, ChannelName};
use crate::notice::{ChannelFailed, ChannelFailure, Gap, GapCause, Notice};
use crate::presence::Members;
use crate::secret::Secret;
use crate::weight;
use crate::wire::{self, Data, Event};

pub(super) struct Channel {
    /// The number of parts of the program that want it. Zero only while a cancelled subscription is still unanswered
    /// (check 60).
    pub users: u32,
    pub priority: Priority,
    /// Position in the order of subscribing.
    order: u64,
    pub stage: Stage,
    /// True if it has ever been confirmed.
    known: bool,
    /// Wall time since which its events may be missing.
    gap_from: Option<Duration>,
    /// On presence channels, once authorized.
    pub members: Option<Members>,
    /// On encrypted channels, once authorized.
    pub crypt: Option<Crypt>,
}

pub(super) enum Stage {
    /// There is no link for the request.
    Wanted,
    /// The authorizer has to be asked before the server.
    Authorizing,
    Pending(Pending),
    Confirmed,
    /// Refused, or never answered, on this link.
    Failed {
        /// True if the server was asked, so that a late acknowledgement may still come.
        asked: bool,
    },
    /// Refused for the whole session (check 72).
    Denied,
}

pub(super) struct Pending {
    asked: u32,
    deadline: Duration,
    /// The subscribe frame, signature included, for a repetition on this link.
    frame: Secret,
    backlog: Backlog<Held>,
}

/// An event from before the acknowledgement.
pub(super) enum Held {
    Event(Event),
    MemberAdded(Data),
    MemberRemoved(Data),
}

impl Pending {
    pub fn hold(&mut self, held: Held) {
        let bytes = match &held {
            Held::Event(event) => weight::of_event(event),
            Held::MemberAdded(data) | Held::MemberRemoved(data) => weight::of_data(data),
        };
        self.backlog.hold(held, bytes);
    }
}

/// All channels of a client.
#[derive(Default)]
pub(super) struct Channels {
    map: BTreeMap<ChannelName, Channel>,
    next_order: u64,
    pub confirmed: usize,
    /// The earliest deadline of a pending acknowledgement.
    pub next_ack: Option<Duration>,
    /// The earliest moment at which events stop waiting for a key.
    pub next_rekey: Option<Duration>,
}

impl Channels {
    pub fn wanted(&self) -> usize {
        self.map.len()
    }

    pub fn members(&self, name: &str) -> Option<&Members> {
        self.map.get(name)?.members.as_ref()
    }

    pub fn get(&self, name: &str) -> Option<(&ChannelName, &Channel)> {
        self.map.get_key_value(name)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Channel> {
        self.map.get_mut(name)
    }

    /// Returns the names of all channels for which `wanted` holds.
    pub fn names(&self, wanted: impl Fn(&ChannelName, &Channel) -> bool) -> Vec<ChannelName> {
        let chosen = self.map.iter().filter(|(name, channel)| wanted(name, channel));
        chosen.map(|(name, _)| name.clone()).collect()
    }

    pub fn confirmed_names(&self) -> Vec<ChannelName> {
        self.names(|_, channel| matches!(channel.stage, Stage::Confirmed))
    }

    /// Returns the names of the channels to which an error without a channel may belong.
    pub fn pending_names(&self) -> Vec<ChannelName> {
        self.names(|_, channel| channel.users > 0 && matches!(channel.stage, Stage::Pending(_)))
    }

    /// Notes that no channel is subscribed any more; `since` is the last time at which the link was certainly alive.
    pub fn link_lost(&mut self, since: Duration) {
        self.map.retain(|_, channel| channel.users > 0);
        for channel in self.map.values_mut() {
            // Events that waited for a key were not handed over.
            let waiting = channel.crypt.take().and_then(|crypt| crypt.waiting_since());
            if channel.known && matches!(channel.stage, Stage::Confirmed) {
                channel.gap_from = Some(waiting.map_or(since, |waiting| waiting.min(since)));
            }
            if let Some(members) = &mut channel.members {
                members.mark_stale();
            }
            if !matches!(channel.stage, Stage::Denied) {
                channel.stage = Stage::Wanted;
            }
        }
        self.recount();
    }

    /// Removes the personal channels of a user (check 81).
    pub fn drop_personal(&mut self) {
        self.map.retain(|name, _| !name.kind().is_personal());
        self.recount();
    }

    /// Updates the derived numbers after stages changed.
    pub fn recount(&mut self) {
        let earlier =
            |known: Option<Duration>, one: Duration| Some(known.map_or(one, |known| known.min(one)));
        self.confirmed = 0;
        self.next_ack = None;
        self.next_rekey = None;
        for channel in self.map.values() {
            match &channel.stage {
                Stage::Confirmed => self.confirmed += 1,
                Stage::Pending(pending) => self.next_ack = earlier(self.next_ack, pending.deadline),
                Stage::Wanted | Stage::Authorizing | Stage::Failed { .. } | Stage::Denied => {}
            }
            if let Some(until) = channel.crypt.as_ref().and_then(Crypt::waiting_until) {
                self.next_rekey = earlier(self.next_rekey, until);
            }
        }
    }
}

impl Machine {
    pub(super) fn subscribe(&mut self, name: ChannelName, priority: Priority, now: Now) {
        let order = self.channels.next_order;
        self.channels.next_order += 1;
        let live = matches!(self.link, Link::Live(_));
        let channel = self.channels.map.entry(name.clone()).or_insert_with(|| Channel {
            users: 0,
            priority,
            order,
            stage: Stage::Wanted,
            known: false,
            gap_from: None,
            members: None,
            crypt: None,
        });
        if priority < channel.priority {
            channel.priority = priority;
            self.authorization.hurry(&name, priority);
        }
        channel.users += 1;
        match channel.stage {
            Stage::Wanted if live => self.ask(&name, now),
            Stage::Failed { .. } | Stage::Denied => self.ask_again(&name, now),
            _ => {}
        }
        self.channels.recount();
    }

    /// Requests a failed channel again; does nothing for any other.
    pub(super) fn ask_again(&mut self, name: &ChannelName, now: Now) {
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        if !matches!(channel.stage, Stage::Failed { .. } | Stage::Denied) {
            return;
        }
        channel.stage = Stage::Wanted;
        if matches!(self.link, Link::Live(_)) {
            self.ask(name, now);
        }
        self.channels.recount();
    }

    pub(super) fn unsubscribe(&mut self, name: &ChannelName) {
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        channel.users = channel.users.saturating_sub(1);
        if channel.users > 0 {
            return;
        }
        match &mut channel.stage {
            // The answer is still to come; only then can the channel be left.
            Stage::Pending(pending) => pending.backlog = Backlog::default(),
            Stage::Confirmed => {
                self.send(wire::unsubscribe(name));
                self.channels.map.remove(name);
            }
            Stage::Wanted | Stage::Authorizing | Stage::Failed { .. } | Stage::Denied => {
                self.channels.map.remove(name);
            }
        }
        self.cancel_authorization(name);
        self.channels.recount();
    }

    /// The user's own channel is only joined by signing in.
    pub(super) fn subscribe_all(&mut self, now: Now) {
        let mut wanted: Vec<(Priority, u64, ChannelName)> = self
            .channels
            .map
            .iter()
            .filter(|(name, channel)| {
                matches!(channel.stage, Stage::Wanted) && name.kind() != ChannelKind::ServerToUser
            })
            .map(|(name, channel)| (channel.priority, channel.order, name.clone()))
            .collect();
        wanted.sort_unstable();
        for (_, _, name) in wanted {
            self.ask(&name, now);
        }
        self.channels.recount();
    }

    /// Sends the subscribe frame for the first time on this link, or requests its authorization first.
    pub(super) fn ask(&mut self, name: &ChannelName, now: Now) {
        if !name.kind().needs_authorization() {
            return self.send_subscribe(name, Secret::new(wire::subscribe(name)), now);
        }
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        if self.config.authorizer.is_none() {
            channel.stage = Stage::Denied;
            let text = "no authorizer is set in the settings of the client".to_owned();
            let reason = ChannelFailure::Authorization(AuthError::Refused { status: None, text });
            return self.channel_failed(name.clone(), reason, false);
        }
        channel.stage = Stage::Authorizing;
        let job = Job::new(What::Subscribe(name.clone()), channel.priority, channel.order);
        self.authorization.enqueue(job);
    }

    pub(super) fn send_subscribe(&mut self, name: &ChannelName, frame: Secret, now: Now) {
        let deadline = now.mono + self.config.timing.ack;
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        let text = frame.expose().to_owned();
        channel.stage = Stage::Pending(Pending { asked: 1, deadline, frame, backlog: Backlog::default() });
        self.send(text);
    }

    pub(super) fn run_ack_deadlines(&mut self, now: Now) {
        if self.channels.next_ack.is_none_or(|deadline| now.mono < deadline) {
            return;
        }
        let overdue = self.channels.names(
            |_, channel| matches!(&channel.stage, Stage::Pending(pending) if now.mono >= pending.deadline),
        );
        for name in overdue {
            let Some(channel) = self.channels.map.get_mut(&name) else { continue };
            let Stage::Pending(pending) = &mut channel.stage else { continue };
            if channel.users == 0 {
                self.send(wire::unsubscribe(&name));
                self.channels.map.remove(&name);
            } else if pending.asked < self.config.timing.ack_attempts {
                pending.asked += 1;
                pending.deadline = now.mono + self.config.timing.ack;
                let text = pending.frame.expose().to_owned();
                self.channel_failed(name, ChannelFailure::NotConfirmed, true);
                self.send(text);
            } else {
                self.give_up(&name, ChannelFailure::NotConfirmed);
            }
        }
        self.channels.recount();
    }

    pub(super) fn channel_failed(&mut self, channel: ChannelName, reason: ChannelFailure, retrying: bool) {
        self.notice(Notice::ChannelFailed(ChannelFailed { channel, reason, retrying }));
    }

    /// Ends the subscription on this link. Events from meanwhile lie before the signal of a future acknowledgement, and
    /// are dropped.
    pub(super) fn give_up(&mut self, name: &ChannelName, reason: ChannelFailure) {
        let Some(channel) = self.channels.map.get_mut(name) else { return };
        let stage = std::mem::replace(&mut channel.stage, Stage::Failed { asked: true });
        if channel.users == 0 {
            self.channels.map.remove(name);
            return self.channels.recount();
        }
        if let Stage::Pending(pending) = stage {
            self.status.counters.unrouted += pending.backlog.count();
        }
        self.channel_failed(name.clone(), reason, false);
        self.channels.recount();
    }

    pub(super) fn acknowledged(&mut self, name: &str, data: &Data, now: Now) {
        let Some((name, channel)) = self.channels.map.get_key_value(name) else { return };
        let name = name.clone();
        match channel.stage {
            Stage::Confirmed => return,
            Stage::Pending(_) | Stage::Failed { asked: true } => {}
            // The server was not asked on this link.
            Stage::Wanted | Stage::Authorizing | Stage::Denied | Stage::Failed { asked: false } => {
                self.status.counters.unrouted += 1;
                return;
            }
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
            self.notice(Notice::Subscribed { channel: name.clone() });
        } else if let Some(from) = gap_from {
            self.gap(name.clone(), from, None, GapCause::LinkLost, now);
        }
        self.new_members(&name, data);
        if let Stage::Pending(Pending { backlog, .. }) = stage {
            let last_held = backlog.held.iter().rev().find_map(|held| match held {
                Held::Event(event) => Some(event.received_at),
                Held::MemberAdded(_) | Held::MemberRemoved(_) => None,
            });
            self.release(&name, backlog.held, now);
            if backlog.spilt > 0 {
                self.status.counters.overflowed += backlog.spilt;
                // A join or leave may be among them.
                let members = self.channels.get_mut(&name).and_then(|channel| channel.members.as_mut());
                members.into_iter().for_each(Members::mark_stale);
                let from = last_held.unwrap_or(now.wall);
                self.gap(name, from, Some(backlog.spilt), GapCause::Overflow, now);
            }
        }
        self.channels.recount();
    }

    pub(super) fn gap(
        &mut self,
        channel: ChannelName,
        from: Duration,
        missed: Option<u64>,
        cause: GapCause,
        now: Now,
    ) {
        self.status.counters.gaps += 1;
        let gap = Gap { channel, from: from.min(now.wall), to: now.wall, missed, cause };
        self.out.push(Output::Notice(Notice::Gap(gap)));
    }
}
