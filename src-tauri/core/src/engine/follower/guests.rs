//! What guests write, from the person's own channel to an activity.
//!
//! There is nothing to read after it: a message that came while nobody listened is told by no later event.

use serde_json::Value;

use super::Follower;
use crate::activity;
use crate::hotel::guests;
use crate::resources::Happening;
use crate::views::EventOutcome;

impl Follower {
    /// Takes in an event of the person's own channel, and tells what became of it.
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
