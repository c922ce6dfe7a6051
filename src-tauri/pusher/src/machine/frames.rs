//! The frames of an established link: protocol events, and the events of channels.

use super::channels::{Channel, Held, Stage};
use super::{Machine, Now};
use crate::channel::{ChannelKind, ChannelName};
use crate::notice::{ChannelFailure, Notice, Trouble, TroubleKind};
use crate::presence::{Change, PresenceChange};
use crate::wire::{self, Data, Event, Frame, ServerError};

/// The code of an error for a client event that was sent too fast; it concerns no subscription.
const CLIENT_EVENT_RATE: i64 = 4301;

/// The code of an error for a signature that was not accepted.
const UNAUTHORIZED: i64 = 4009;

impl Machine {
    /// Handles a text frame on an established link.
    pub(super) fn text(&mut self, text: &str, now: Now) {
        let Some(frame) = Frame::parse(text) else {
            self.status.counters.malformed += 1;
            return;
        };
        match &*frame.event {
            "pusher:ping" => self.send(wire::pong()),
            "pusher:pong" => self.pong(now),
            "pusher:connection_established" => self.status.counters.unrouted += 1,
            "pusher:error" => self.error_event(&frame, now),
            "pusher:signin_success" => self.signed_in(&frame.data, now),
            "pusher_internal:subscription_succeeded" => match frame.channel.as_deref() {
                Some(channel) => self.acknowledged(channel, &frame.data, now),
                None => self.status.counters.malformed += 1,
            },
            "pusher:subscription_error" => match frame.channel.as_deref() {
                Some(channel) => self.refused(channel, frame.error()),
                None => self.status.counters.malformed += 1,
            },
            "pusher_internal:subscription_count" => self.subscription_count(frame, now),
            "pusher_internal:member_added" => self.member_frame(frame, Held::MemberAdded),
            "pusher_internal:member_removed" => self.member_frame(frame, Held::MemberRemoved),
            _ => self.deliver(frame, now),
        }
    }

    /// Handles an error event. It names its channel, or is matched to the only channel that may have caused it (check
    /// 58). An authorization error only matches a channel that needs authorization.
    fn error_event(&mut self, frame: &Frame<'_>, now: Now) {
        let error = frame.error();
        let named = frame.channel.as_deref().and_then(|name| self.channels.get(name));
        let named = named.map(|(name, _)| name.clone());
        if error.code == Some(CLIENT_EVENT_RATE) {
            self.status.last_error = Some(error);
            self.slow_client_events(now);
            return self.trouble(named, TroubleKind::ClientEventRate, 1);
        }
        if frame.channel.is_some() {
            return match named {
                Some(name) if self.is_pending(&name) => self.refused_by_error(&name, error),
                _ => self.report(error),
            };
        }
        let mut channels = self.channels.pending_names();
        let sign_in = self.user.is_pending();
        if error.code == Some(UNAUTHORIZED) && channels.len() + usize::from(sign_in) > 1 {
            channels.retain(|name| name.kind().needs_authorization());
        }
        match (channels.as_slice(), sign_in) {
            ([only], false) => self.refused_by_error(&only.clone(), error),
            ([], true) => {
                self.status.last_error = Some(error.clone());
                self.sign_in_refused(error);
            }
            _ => self.report(error),
        }
    }

    fn refused_by_error(&mut self, name: &ChannelName, error: ServerError) {
        self.status.last_error = Some(error.clone());
        self.refused(name, error);
    }

    fn is_pending(&self, name: &str) -> bool {
        self.channels.get(name).is_some_and(|(_, channel)| matches!(channel.stage, Stage::Pending(_)))
    }

    fn refused(&mut self, name: &str, error: ServerError) {
        if !self.is_pending(name) {
            self.status.counters.unrouted += 1;
            return;
        }
        let Some((name, _)) = self.channels.get(name) else { return };
        let reason = ChannelFailure::Refused { code: error.code, message: error.message };
        self.give_up(&name.clone(), reason);
    }

    /// Passes the count to the program under its public name, zero included (check 67); skips a count that is not a
    /// number (check 86).
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
        let Some(channel) = self.addressed(&frame) else { return };
        let event = Event {
            channel,
            name: frame.event.into_owned(),
            data: frame.data,
            user_id: frame.user_id,
            received_at: now.wall,
        };
        match self.channels.get_mut(&event.channel) {
            Some(Channel { stage: Stage::Pending(pending), .. }) => pending.hold(Held::Event(event)),
            _ => self.hand_over(event, now),
        }
    }

    /// Returns the channel of a frame, if the program wants it and its events can be placed: after its signal, or held
    /// until then (checks 62, 94).
    fn addressed(&mut self, frame: &Frame<'_>) -> Option<ChannelName> {
        let entry = frame.channel.as_deref().and_then(|name| self.channels.get(name));
        let welcome = entry.filter(|(_, channel)| {
            channel.users > 0 && matches!(channel.stage, Stage::Pending(_) | Stage::Confirmed)
        });
        match welcome {
            Some((name, _)) => Some(name.clone()),
            None => {
                self.status.counters.unrouted += 1;
                None
            }
        }
    }

    /// Releases the events that were held back until the acknowledgement.
    pub(super) fn release(&mut self, name: &ChannelName, held: Vec<Held>, now: Now) {
        for held in held {
            match held {
                Held::Event(event) => self.hand_over(event, now),
                held => self.change_members(name, &held),
            }
        }
    }

    /// Hands over an event in the order of its channel.
    fn hand_over(&mut self, event: Event, now: Now) {
        match event.channel.kind() {
            ChannelKind::Encrypted => self.decrypt(event, now),
            _ => self.pass_on(event, now),
        }
    }

    /// Passes a decrypted event to the consumer.
    pub(super) fn pass_on(&mut self, event: Event, now: Now) {
        if self.is_duplicate(&event, now) {
            self.status.counters.duplicates += 1;
            return;
        }
        self.status.counters.events += 1;
        self.notice(Notice::Event(event));
    }

    /// Handles the acknowledgement of a presence channel, which has the whole table (checks 100, 101).
    pub(super) fn new_members(&mut self, name: &ChannelName, data: &Data) {
        let Some(channel) = self.channels.get_mut(name) else { return };
        let Some(members) = &mut channel.members else { return };
        match members.replace(name, data) {
            Some(change) => self.notice(Notice::Presence(change)),
            None => {
                self.status.counters.malformed += 1;
                self.trouble(Some(name.clone()), TroubleKind::Members, 1);
            }
        }
    }

    fn member_frame(&mut self, frame: Frame<'_>, held: fn(Data) -> Held) {
        let Some(name) = self.addressed(&frame) else { return };
        let Some(channel) = self.channels.get_mut(&name) else { return };
        let held = held(frame.data);
        match &mut channel.stage {
            Stage::Pending(pending) if channel.members.is_some() => pending.hold(held),
            _ => self.change_members(&name, &held),
        }
    }

    fn change_members(&mut self, name: &ChannelName, held: &Held) {
        let members = self.channels.get_mut(name).and_then(|channel| channel.members.as_mut());
        let Some(members) = members else {
            self.status.counters.unrouted += 1;
            return;
        };
        let change = match held {
            Held::MemberAdded(data) => members.add(data),
            Held::MemberRemoved(data) => members.remove(data),
            Held::Event(_) => return,
        };
        let mut reported = PresenceChange::of(name);
        match change {
            Some(Change::Joined(member)) => reported.joined.push(member),
            Some(Change::Left(member)) => reported.left.push(member),
            Some(Change::Updated(member)) => reported.updated.push(member),
            Some(Change::None) => return,
            None => {
                members.mark_stale();
                self.status.counters.malformed += 1;
                return self.trouble(Some(name.clone()), TroubleKind::Members, 1);
            }
        }
        self.notice(Notice::Presence(reported));
    }

    pub(super) fn trouble(&mut self, channel: Option<ChannelName>, kind: TroubleKind, count: u64) {
        self.notice(Notice::Trouble(Trouble { channel, kind, count }));
    }
}
