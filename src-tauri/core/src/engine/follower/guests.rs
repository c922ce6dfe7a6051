//! Handles the messages of guests that come over the person's own channel.
//!
//! They are the same messages as on the channels of the conversations, and they also come for a conversation that is
//! not known here yet. The newest server sends only a part of each.

use serde_json::Value;

use super::Follower;
use crate::activity;
use crate::engine::apply::chat::{self, Confirm};
use crate::hotel::guests;
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
        let here = self.reader.here();
        // The newest server sends only a part of each message, which is then read.
        let whole = ServerMessage::read(data).ok().map(Box::new);
        let add = move |tx: &mut Tx<'_>| {
            let row = match conversation {
                Some(number) => entities::by_server_id(tx, Kind::Conversation, number)?,
                None => None,
            };
            activity::guests::add_once(tx, id, &happening, row.as_ref().map(|row| row.local_id), now)?;
            let Some((_, number)) = row.zip(conversation) else { return Ok(None) };
            let confirm = match whole {
                Some(message) => {
                    chat::event(tx, here, number, &ChatEvent::Message { message, is_whole: true })?
                }
                None => Confirm::Messages(id),
            };
            Ok(Some((number, confirm)))
        };
        match self.store.write(add).await {
            Ok(Some((number, confirm))) => self.confirm_chat(number, confirm),
            Ok(None) => self.chat.need_list(),
            Err(error) => {
                tracing::warn!(%error, "a guest's message could not be stored");
                return EventOutcome::Unreadable;
            }
        }
        EventOutcome::Applied
    }
}
