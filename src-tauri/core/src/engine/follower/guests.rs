//! Stores the messages of guests, which come over the person's own channel, as activities.
//!
//! The hotel has no list of them to read: a message that arrived without a live connection is never repeated.

use serde_json::Value;

use super::Follower;
use crate::activity;
use crate::hotel::guests;
use crate::resources::Happening;
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
        let happening = Happening::GuestWrote { room: message.room, text: message.text };
        match self.store.write(move |tx| activity::guests::add_once(tx, id, &happening, now)).await {
            Ok(()) => EventOutcome::Applied,
            Err(error) => {
                tracing::warn!(%error, "a guest's message could not be stored");
                EventOutcome::Unreadable
            }
        }
    }
}
