//! Sending a deletion.

use super::{Session, Stop, kept_failing};
use crate::api::ApiError;
use crate::model::{Intent, IntentState};
use crate::store::things;

impl Session {
    pub(super) async fn delete(&self, intent: &Intent) -> Result<(), Stop> {
        let id = intent.id;
        let sender = self.sender();
        if self.store.write(move |tx| sender.delete_comes_due(tx, id)).await? {
            return Ok(());
        }
        let lane = intent.lane;
        let row = self.store.read(move |db| things::get(db, lane)).await?;
        let server_id = row.server_id.ok_or(Stop::NotYet)?;
        if intent.state == IntentState::Unclear {
            match self.api().thing(row.kind, server_id).await {
                Ok(_) => {}
                // The lost answer was a yes.
                Err(ApiError::NotFound) => {
                    let sender = self.sender();
                    return Ok(self.store.write(move |tx| sender.deleted(tx, id)).await?);
                }
                Err(error) => return Err(Stop::Reading(error)),
            }
            if let Some(message) = kept_failing(intent) {
                return Err(Stop::KeepsFailing(message));
            }
        }
        self.depart(intent, intent.wish.clone(), |_| {}).await?;
        match self.api().delete(row.kind, server_id).await {
            // Gone already is what was wished.
            Ok(()) | Err(ApiError::NotFound) => {
                let sender = self.sender();
                Ok(self.store.write(move |tx| sender.deleted(tx, id)).await?)
            }
            Err(error) => Err(Stop::Writing(error)),
        }
    }
}
