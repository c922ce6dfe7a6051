//! Handles the events of guests' conversations.
//!
//! Each followed conversation has a channel, some have that of their room too, and the first servers announce new
//! conversations on one more. What one channel misses, another one or a read brings.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Follower;
use super::guests::{self, Conversations, OfGuests};
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
            outcomes.push(heard.as_ref().err().copied());
            to_store.extend(heard.ok());
        }
        let stored = match to_store.is_empty() {
            true => EventOutcome::Applied,
            false => self.store_of_guests(to_store).await,
        };
        for (event, outcome) in events.iter().zip(outcomes) {
            self.monitor.took(event, outcome.unwrap_or(stored));
        }
    }

    /// Stores the contents of events about guests, and plans the reads that confirm them.
    async fn store_of_guests(&self, contents: Vec<OfGuests>) -> EventOutcome {
        let here = self.reader.here();
        let store = move |tx: &mut Tx<'_>| {
            let mut known = Conversations::default();
            let confirms = contents.into_iter().map(|content| content.apply(tx, here, &mut known));
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
                EventOutcome::Unreadable
            }
        }
    }

    /// Reads an event of a channel of the guest chat. Returns the outcome if there is nothing to store.
    fn hear_chat(&self, channel: &str, name: &str, data: &Value) -> Result<OfGuests, EventOutcome> {
        let event = match chat_event(name, data) {
            Some(Ok(event)) => event,
            Some(Err(why)) => {
                tracing::warn!(event = name, why, "an event of the guest chat cannot be read");
                self.chat.need_list();
                return Err(EventOutcome::Unreadable);
            }
            None => return Err(EventOutcome::Unknown),
        };
        let slug = &self.account.hotel_slug;
        let of_channel = conversation_of(slug, channel);
        if let Some(on) = of_channel.or_else(|| event.conversation()) {
            self.note_signs(on, name, data);
        }
        let is_rooms = is_of_room(slug, channel);
        let named = || is_rooms.then(|| event.conversation()).flatten();
        match (of_channel.or_else(named), &event) {
            // Most events of a message contain nothing new.
            (Some(_), ChatEvent::Nothing) => Err(EventOutcome::Applied),
            (Some(conversation), event) if !matches!(event, ChatEvent::List) => {
                Ok(OfGuests::Chat(conversation, event.clone()))
            }
            // Each event of a room that names no conversation comes on the channel of the conversation too.
            (None, _) if is_rooms => Err(EventOutcome::Applied),
            _ => {
                self.chat.need_list();
                Err(EventOutcome::Applied)
            }
        }
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
