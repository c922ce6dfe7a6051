//! Handles the events of guests' conversations.
//!
//! Each followed conversation has a channel, some have that of their room too, and the first servers announce new
//! conversations on one more. What one channel misses, another one or a read brings.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Follower;
use super::guests::{self, Content, Conversations, Taken};
use crate::engine::apply::chat::Confirm;
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

    /// Handles events about guests, in their order and in one transaction: one for each would take seconds for a burst.
    pub(super) async fn take_of_guests(&self, events: Vec<pusher::Event>) {
        let (mut outcomes, mut to_store) = (Vec::new(), Vec::new());
        for event in &events {
            let nothing = Value::Null;
            let data = event.json().unwrap_or(&nothing);
            let heard = if self.is_chat(&event.channel) {
                self.hear_chat(&event.channel, &event.name, data)
            } else {
                guests::hear(&event.name, data)
            };
            match heard {
                Taken::Content(content) => {
                    to_store.push(content);
                    outcomes.push(None);
                }
                Taken::Done(outcome) => outcomes.push(Some(outcome)),
            }
        }
        let stored = self.store_of_guests(to_store).await;
        for (event, outcome) in events.iter().zip(outcomes) {
            self.monitor.took(event, outcome.unwrap_or(stored));
        }
    }

    /// Stores the contents of events about guests, and plans the reads that confirm them. If they cannot be stored, the reads bring them.
    async fn store_of_guests(&self, all: Vec<Content>) -> EventOutcome {
        if all.is_empty() {
            return EventOutcome::Applied;
        }
        let here = self.reader.here();
        let named: BTreeSet<ServerId> = all.iter().filter_map(Content::conversation).collect();
        let store = move |tx: &mut Tx<'_>| {
            let mut known = Conversations::default();
            let confirms = all.into_iter().map(|content| content.apply(tx, here, &mut known));
            confirms.collect::<Result<Vec<_>, _>>()
        };
        match self.store.write(store).await {
            Ok(confirms) => {
                confirms.into_iter().for_each(|confirm| self.confirm_chat(confirm));
                EventOutcome::Applied
            }
            Err(error) => {
                tracing::warn!(%error, "events about guests could not be stored");
                self.chat.need_list();
                named.into_iter().for_each(|conversation| self.chat.need_conversation(conversation, None));
                EventOutcome::Unreadable
            }
        }
    }

    /// Reads an event of a channel of the guest chat.
    fn hear_chat(&self, channel: &str, name: &str, data: &Value) -> Taken {
        let event = match chat_event(name, data) {
            Some(Ok(event)) => event,
            Some(Err(why)) => {
                tracing::warn!(event = name, why, "an event of the guest chat cannot be read");
                self.chat.need_list();
                return Taken::Done(EventOutcome::Unreadable);
            }
            None => return Taken::Done(EventOutcome::Unknown),
        };
        let slug = &self.account.hotel_slug;
        let (of_channel, is_rooms) = (conversation_of(slug, channel), is_of_room(slug, channel));
        if let Some(on) = of_channel.or_else(|| event.conversation()) {
            self.note_signs(on, name, data);
        }
        let of_room = if is_rooms { event.conversation() } else { None };
        match (of_channel.or(of_room), event) {
            // Most events of a message contain nothing new.
            (Some(_), ChatEvent::Nothing) => {}
            (Some(_), ChatEvent::List) => self.chat.need_list(),
            (Some(conversation), event) => return Taken::Content(Content::Chat(conversation, event)),
            // Each event of a room that names no conversation comes on the channel of the conversation too.
            (None, _) if is_rooms => {}
            (None, _) => self.chat.need_list(),
        }
        Taken::Done(EventOutcome::Applied)
    }

    /// Plans the read that confirms an event about a conversation.
    fn confirm_chat(&self, confirm: Confirm) {
        match confirm {
            Confirm::List => self.chat.need_list(),
            Confirm::Messages { conversation, back_to } => {
                self.chat.need_conversation(conversation, Some(back_to));
            }
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
