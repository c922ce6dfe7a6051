//! The contents of events about guests.
//!
//! The messages that come over the person's own channel are the same as on the channels of the conversations. They also
//! come for a conversation that is not known here yet. The newest server sends only a part of each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use crate::activity;
use crate::engine::apply::chat::{self, Confirm, Here};
use crate::hotel::guests::{self, GuestMessage};
use crate::ids::ServerId;
use crate::resources::{ChatEvent, Happening, Kind, ServerMessage};
use crate::store::entities::{self, EntityRow};
use crate::store::{StoreError, Tx};
use crate::views::EventOutcome;

/// The result of reading an event.
pub(super) enum Taken {
    /// A content to store.
    Content(Content),
    /// There is nothing to store.
    Done(EventOutcome),
}

/// The content of an event about guests.
pub(super) enum Content {
    /// An event about a conversation.
    Chat(ServerId, ChatEvent),
    /// A guest's message on the person's own channel, and its whole if the event contains it.
    Own(GuestMessage, Option<Box<ServerMessage>>),
}

/// The conversations that the events of a burst name. Each is read from the database once: their rows are sealed.
#[derive(Default)]
pub(super) struct Conversations(HashMap<ServerId, Option<EntityRow>>);

impl Conversations {
    fn find(&mut self, tx: &Tx<'_>, number: ServerId) -> Result<Option<&EntityRow>, StoreError> {
        let row = match self.0.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(entities::by_server_id(tx, Kind::Conversation, number)?),
        };
        Ok(row.as_ref())
    }
}

impl Content {
    /// Returns the conversation that the event names.
    pub(super) fn conversation(&self) -> Option<ServerId> {
        match self {
            Self::Chat(conversation, _) => Some(*conversation),
            Self::Own(message, _) => message.conversation,
        }
    }

    /// Stores the content. Returns the read that has to confirm it.
    pub(super) fn apply(
        self,
        tx: &mut Tx<'_>,
        here: Here,
        conversations: &mut Conversations,
    ) -> Result<Confirm, StoreError> {
        match self {
            Self::Chat(conversation, event) => match conversations.find(tx, conversation)? {
                Some(row) => chat::event(tx, here, row, &event),
                None => Ok(Confirm::List),
            },
            Self::Own(message, whole) => {
                let row = match message.conversation {
                    Some(number) => conversations.find(tx, number)?,
                    None => None,
                };
                apply_own(tx, here, row, message, whole)
            }
        }
    }
}

/// Reads an event of the person's own channel.
pub(super) fn hear(event: &str, data: &Value) -> Taken {
    match guests::read(event, data) {
        Some(Ok(message)) => {
            Taken::Content(Content::Own(message, ServerMessage::read(data).ok().map(Box::new)))
        }
        Some(Err(why)) => {
            tracing::warn!(event, why, "a guest's message cannot be read");
            Taken::Done(EventOutcome::Unreadable)
        }
        None => Taken::Done(EventOutcome::Unknown),
    }
}

fn apply_own(
    tx: &mut Tx<'_>,
    here: Here,
    row: Option<&EntityRow>,
    message: GuestMessage,
    whole: Option<Box<ServerMessage>>,
) -> Result<Confirm, StoreError> {
    let GuestMessage { id, conversation, room, text } = message;
    let happening = Happening::GuestWrote { room, text };
    activity::guests::add_once(tx, id, &happening, row.map(|row| row.local_id), here.now)?;
    match (row, conversation, whole) {
        (Some(row), _, Some(message)) => {
            chat::event(tx, here, row, &ChatEvent::Message { message, is_whole: true })
        }
        (Some(_), Some(conversation), None) => Ok(Confirm::Messages { conversation, back_to: id }),
        _ => Ok(Confirm::List),
    }
}
