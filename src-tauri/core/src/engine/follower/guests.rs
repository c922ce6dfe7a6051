//! Handles the messages of guests that come over the person's own channel.
//!
//! They are the same messages as on the channels of the conversations, and they also come for a conversation that is
//! not known here yet. The newest server sends only a part of each.

use serde_json::Value;

use super::Follower;
use crate::activity;
use crate::hotel::guests;
use crate::ids::ServerId;
use crate::resources::{ChatEvent, Happening, Kind, ServerMessage};
use crate::store::{Tx, entities};
use crate::views::EventOutcome;

impl Follower {
    /// Handles an event of the person's own channel and returns the outcome.
    pub(super) async fn take_personal(&self, event: &str, data: &Value) -> EventOutcome {
        let message = match guests::read(event, data) {
            Some(Ok(message)) => message,
            Some(Err(why)) => {
                tracing::warn!(event, why, "a guest's message cannot be read");
                return EventOutcome::Unreadable;
            }
            None => return EventOutcome::Unknown,
        };
        let (id, now) = (message.id, self.environment.now());
        let conversation = message.conversation;
        let happening = Happening::GuestWrote { room: message.room, text: message.text };
        let add = move |tx: &mut Tx<'_>| {
            let row = match conversation {
                Some(number) => entities::by_server_id(tx, Kind::Conversation, number)?,
                None => None,
            };
            let entity = row.map(|row| row.local_id);
            activity::guests::add_once(tx, id, &happening, entity, now)?;
            Ok(entity.is_some())
        };
        match self.store.write(add).await {
            Ok(is_known) => {
                match conversation.filter(|_| is_known) {
                    Some(conversation) => self.take_guests_message(conversation, data).await,
                    None => self.chat.need_list(),
                }
                EventOutcome::Applied
            }
            Err(error) => {
                tracing::warn!(%error, "a guest's message could not be stored");
                EventOutcome::Unreadable
            }
        }
    }

    /// Stores the message of an event of the person's own channel, if the event contains all of it. Otherwise the
    /// message is read.
    async fn take_guests_message(&self, conversation: ServerId, data: &Value) {
        match ServerMessage::read(data) {
            Ok(message) => {
                let event = ChatEvent::Message { message: Box::new(message), is_whole: true };
                self.take_chat_event(conversation, event).await;
            }
            Err(_) => self.chat.need_conversation(conversation, None),
        }
    }
}
