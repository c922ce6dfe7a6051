//! The outbox, for people.

use super::Desk;
use super::views::OutboxView;
use crate::error::DeskError;
use crate::model::IntentId;
use crate::outbox::effective::effective;
use crate::outbox::{queue, words};
use crate::store::{intents, offers, pictures};

impl Desk {
    /// Everything that the hotel does not have yet, in the order in which it was wished.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn outbox(&self) -> Result<OutboxView, DeskError> {
        let session = self.session_or_error()?;
        let view = session.store.read(|db| {
            let items = intents::all(db)?
                .iter()
                .map(|intent| {
                    let lane = intents::of_lane(db, intent.lane)?;
                    let title = offers::get(db, intent.lane)
                        .ok()
                        .and_then(|row| effective(&row, &lane))
                        .map(|shown| shown.content.title)
                        .unwrap_or_default();
                    Ok(words::item(intent, &lane, title))
                })
                .collect::<Result<_, crate::store::StoreError>>()?;
            Ok(OutboxView { items })
        });
        Ok(view.await?)
    }

    /// Tries one again now. What a colleague removed meanwhile is put back as a new offer.
    ///
    /// # Errors
    /// [`TooLate`](crate::error::ErrorCode::TooLate) when it is on its way or cannot be repeated.
    pub async fn retry_intent(&self, id: IntentId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let fresh = self.fresh();
        session
            .store
            .write(move |tx| {
                let lane = intents::get(tx, id)?.lane;
                let base = offers::get(tx, lane)?.base;
                let picture = match base.and_then(|base| base.photo_url) {
                    Some(url) => pictures::of_source(tx, &url)?,
                    None => None,
                };
                queue::retry(tx, fresh, id, picture)
            })
            .await?;
        session.hurry().await;
        Ok(())
    }

    /// Throws one away; [`OutboxItem::discard_loses`](super::views::OutboxItem) says what is lost.
    ///
    /// # Errors
    /// [`TooLate`](crate::error::ErrorCode::TooLate) when it may have left already.
    pub async fn discard_intent(&self, id: IntentId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        session.store.write(move |tx| queue::discard(tx, id)).await?;
        session.wake_push.notify_one();
        Ok(())
    }
}
