//! Sending a deletion: the thing is read first, and what somebody else changed in it since is a question.
//!
//! A picture of a gallery has no texts, and its name never means another picture: its removal is not asked about.

use super::{Session, Stop, kept_failing};
use crate::api::ApiError;
use crate::model::{Intent, IntentState};

impl Session {
    pub(super) async fn delete(&self, intent: &Intent) -> Result<(), Stop> {
        let id = intent.id;
        let sender = self.sender();
        if self.store.write(move |tx| sender.delete_comes_due(tx, id)).await? {
            return Ok(());
        }
        let current = match self.read_current(intent).await {
            Ok(current) => current,
            // A colleague did it, or the lost answer was a yes.
            Err(Stop::DeletedThere) => {
                let sender = self.sender();
                return Ok(self.store.write(move |tx| sender.deleted(tx, id)).await?);
            }
            Err(stop) => return Err(stop),
        };
        let (kind, server_id) = (current.copy.kind(), current.copy.id());
        let sender = self.sender();
        if self.store.write(move |tx| sender.changed_since(tx, id, &current)).await? {
            return Ok(());
        }
        if intent.state == IntentState::Unclear
            && let Some(message) = kept_failing(intent)
        {
            return Err(Stop::KeepsFailing(message));
        }
        self.depart(intent, intent.wish.clone(), |_| {}).await?;
        match self.connectivity.api().delete(kind, server_id).await {
            // Gone already is what was wished.
            Ok(()) | Err(ApiError::NotFound) => {
                let sender = self.sender();
                Ok(self.store.write(move |tx| sender.deleted(tx, id)).await?)
            }
            Err(error) => Err(Stop::Writing(error)),
        }
    }
}
