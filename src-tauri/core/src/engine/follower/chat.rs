//! Handles the events of guests' conversations.
//!
//! Each followed conversation has a channel, some have that of their room too, and the first servers announce new
//! conversations on one more. What one channel misses, another one or a read brings.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::Value;

use super::Follower;
use crate::engine::apply::chat::{self, Confirm};
use crate::hotel::dialect::{conversation_of, is_of_room};
use crate::hotel::events;
use crate::ids::ServerId;
use crate::monitor::trails::Sign;
use crate::resources::{ChatEvent, Sender, chat_event, room};
use crate::store::Tx;
use crate::views::EventOutcome;

impl Follower {
    /// Returns the channels of the guest chat.
    pub fn chat_channels(&self) -> BTreeSet<String> {
        let (generation, slug) = (self.connectivity.generation(), &self.account.hotel_slug);
        let state = self.connectivity.state();
        if state.identity_open {
            return BTreeSet::new();
        }
        let conversations = state.followed_conversations.iter();
        let channels = conversations.map(|id| generation.conversation_channel(slug, *id));
        let rooms = state.followed_rooms.iter().filter_map(|room| generation.room_channel(slug, room));
        channels.chain(rooms).chain(generation.new_conversations_channel(slug)).collect()
    }

    /// Returns true for a channel of the guest chat.
    pub(super) fn is_chat(&self, channel: &str) -> bool {
        let slug = &self.account.hotel_slug;
        conversation_of(slug, channel).is_some()
            || is_of_room(slug, channel)
            || self
                .connectivity
                .generation()
                .new_conversations_channel(slug)
                .is_some_and(|new| new == channel)
    }

    /// Returns true for an event of this hotel about its guests.
    pub(super) fn is_of_guests(&self, event: &pusher::Event) -> bool {
        let is_own = || self.own_channel().is_some_and(|own| own == *event.channel);
        (self.is_chat(&event.channel) || is_own())
            && !event.json().is_some_and(|data| events::names_another_hotel(data, &self.account.hotel_slug))
    }

    /// Handles events about guests, in their order. The store writes those that it gets together in one transaction.
    pub(super) async fn take_of_guests(&self, events: Vec<pusher::Event>) {
        let taken = join_all(events.iter().map(async |event| {
            let nothing = Value::Null;
            let data = event.json().unwrap_or(&nothing);
            if self.is_chat(&event.channel) {
                self.take_chat(&event.channel, &event.name, data).await
            } else {
                self.take_personal(&event.name, data).await
            }
        }));
        for (event, outcome) in events.iter().zip(taken.await) {
            self.monitor.took(event, outcome);
        }
    }

    /// Handles an event of a channel of the guest chat, and returns the outcome.
    async fn take_chat(&self, channel: &str, name: &str, data: &Value) -> EventOutcome {
        let event = match chat_event(name, data) {
            Some(Ok(event)) => event,
            Some(Err(why)) => {
                tracing::warn!(event = name, why, "an event of the guest chat cannot be read");
                self.chat.need_list();
                return EventOutcome::Unreadable;
            }
            None => return EventOutcome::Unknown,
        };
        let slug = &self.account.hotel_slug;
        if let Some(on) = conversation_of(slug, channel).or_else(|| event.conversation()) {
            self.note_signs(on, name, data);
        }
        let named = || is_of_room(slug, channel).then(|| event.conversation()).flatten();
        match conversation_of(slug, channel).or_else(named) {
            Some(conversation) => self.take_chat_event(conversation, event).await,
            // Each event of a room that names no conversation comes on the channel of the conversation too.
            None if is_of_room(slug, channel) => EventOutcome::Applied,
            None => {
                self.chat.need_list();
                EventOutcome::Applied
            }
        }
    }

    /// Stores an event about a conversation at once, and plans the read that confirms it.
    async fn take_chat_event(&self, conversation: ServerId, event: ChatEvent) -> EventOutcome {
        // Most events of a message contain nothing new, and need no turn of the writer.
        match event {
            ChatEvent::Nothing => return EventOutcome::Applied,
            ChatEvent::List => {
                self.chat.need_list();
                return EventOutcome::Applied;
            }
            _ => {}
        }
        let here = self.reader.here();
        let write = move |tx: &mut Tx<'_>| chat::event(tx, here, conversation, &event);
        match self.store.write(write).await {
            Ok(confirm) => {
                self.confirm_chat(conversation, confirm);
                EventOutcome::Applied
            }
            Err(error) => {
                tracing::warn!(%error, "an event of the guest chat could not be stored");
                self.chat.need_list();
                EventOutcome::Unreadable
            }
        }
    }

    /// Plans the read that confirms an event about a conversation.
    pub(super) fn confirm_chat(&self, conversation: ServerId, confirm: Confirm) {
        match confirm {
            Confirm::List => self.chat.need_list(),
            Confirm::Messages(number) => self.chat.need_conversation(conversation, Some(number)),
            Confirm::Nothing => self.wakes.chat.notify_one(),
        }
    }

    /// Notes which events of an answer came, for the checklist.
    fn note_signs(&self, conversation: ServerId, name: &str, data: &Value) {
        if let (true, Some(message)) = (name == Sign::Delivered.event(), data["message_id"].as_i64()) {
            self.monitor.note_delivery(conversation, ServerId(message));
        }
        let sign = [Sign::ForStaff, Sign::ForGuest].into_iter().find(|sign| sign.event() == name);
        let is_answer = data["sender_type"] == Sender::Staff.name();
        if let (Some(sign), Some(message), true) = (sign, data["id"].as_i64(), is_answer) {
            let generation = self.connectivity.generation();
            let channel = |room: String| generation.room_channel(&self.account.hotel_slug, &room);
            let room = room(&data["room_number"]).and_then(channel).unwrap_or_default();
            let has_file = data["attachments"].as_array().is_some_and(|files| !files.is_empty());
            self.monitor.note_answer(conversation, (ServerId(message), sign), &room, has_file);
        }
    }
}
