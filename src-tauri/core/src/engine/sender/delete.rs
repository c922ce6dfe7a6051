//! Sends deletions. The entity is read first, and another person's change since then becomes a question.
//!
//! The removal of a gallery's picture never becomes a question: a picture has no texts, and its name never refers to
//! another picture.

use super::Sender;
use super::step::{Stop, kept_failing};
use crate::hotel::ApiError;
use crate::model::{Intent, IntentState};

impl Sender {
    pub(super) async fn delete(&self, intent: &Intent) -> Result<(), Stop> {
        let id = intent.id;
        if self.note(move |outbox, tx| outbox.delete_comes_due(tx, id)).await? {
            return Ok(());
        }
        let current = match self.read_current(intent).await {
            Ok(current) => current,
            // A colleague deleted the entity, or the lost answer confirmed the deletion.
            Err(Stop::DeletedThere) => {
                return Ok(self.note(move |outbox, tx| outbox.deleted(tx, id)).await?);
            }
            Err(stop) => return Err(stop),
        };
        let (kind, server_id) = (current.copy.kind(), current.copy.id());
        if self.note(move |outbox, tx| outbox.changed_since(tx, id, &current)).await? {
            return Ok(());
        }
        if intent.state == IntentState::Unclear
            && let Some(message) = kept_failing(intent)
        {
            return Err(Stop::KeepsFailing(message));
        }
        self.depart(intent, intent.operation.clone(), |_| {}).await?;
        match self.connectivity.api().delete(kind, server_id).await {
            // A missing entity is the intended result.
            Ok(()) | Err(ApiError::NotFound) => {
                Ok(self.note(move |outbox, tx| outbox.deleted(tx, id)).await?)
            }
            Err(error) => Err(Stop::Writing(error)),
        }
    }
}
