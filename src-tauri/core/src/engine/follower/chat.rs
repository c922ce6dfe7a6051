//! Handles the events of guests' conversations.
//!
//! Each followed conversation has a channel, and the first servers announce new conversations on one more. What one
//! channel misses, another one or a read brings.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Follower;
use crate::engine::apply::chat::{self, Confirm};
use crate::hotel::dialect::conversation_of;
use crate::ids::ServerId;
use crate::resources::{ChatEvent, chat_event};
use crate::store::Tx;
use crate::views::EventOutcome;

impl Follower {
    /// Returns the channels of the guest chat.
    pub(super) fn chat_channels(&self) -> BTreeSet<String> {
        let (generation, slug) = (self.connectivity.generation(), &self.account.hotel_slug);
        let state = self.connectivity.state();
        if state.identity_open {
            return BTreeSet::new();
        }
        let conversations = state.followed_conversations.iter();
        let channels = conversations.map(|id| generation.conversation_channel(slug, *id));
        channels.chain(generation.new_conversations_channel(slug)).collect()
    }

    /// Returns true for a channel of the guest chat.
    pub(super) fn is_chat(&self, channel: &str) -> bool {
        let slug = &self.account.hotel_slug;
        conversation_of(slug, channel).is_some()
            || self
                .connectivity
                .generation()
                .new_conversations_channel(slug)
                .is_some_and(|new| new == channel)
    }

    /// Handles an event of a channel of the guest chat, and returns the outcome.
    pub(super) async fn take_chat(&self, channel: &str, name: &str, data: &Value) -> EventOutcome {
        let event = match chat_event(name, data) {
            Some(Ok(event)) => event,
            Some(Err(why)) => {
                tracing::warn!(event = name, why, "an event of the guest chat cannot be read");
                self.chat.need_list();
                return EventOutcome::Unreadable;
            }
            None => return EventOutcome::Unknown,
        };
        match conversation_of(&self.account.hotel_slug, channel) {
            Some(conversation) => self.take_chat_event(conversation, event).await,
            None => {
                self.chat.need_list();
                EventOutcome::Applied
            }
        }
    }

    /// Stores an event about a conversation at once, and plans the read that confirms it.
    pub(super) async fn take_chat_event(&self, conversation: ServerId, event: ChatEvent) -> EventOutcome {
        let here = self.reader.here();
        let write = move |tx: &mut Tx<'_>| chat::event(tx, here, conversation, &event);
        match self.store.write(write).await {
            Ok(confirm) => {
                match confirm {
                    Confirm::List => self.chat.need_list(),
                    Confirm::Messages(number) => self.chat.need_conversation(conversation, Some(number)),
                    Confirm::Nothing => {}
                }
                self.wakes.chat.notify_one();
                EventOutcome::Applied
            }
            Err(error) => {
                tracing::warn!(%error, "an event of the guest chat could not be stored");
                self.chat.need_list();
                EventOutcome::Unreadable
            }
        }
    }
}
