//! The outbox, for people.

use std::collections::HashMap;

use rusqlite::Connection;

use super::Desk;
use super::conflicts::conflicts;
use super::views::{ConflictView, OutboxView};
use crate::error::DeskError;
use crate::model::{Intent, IntentId, IntentState, Kind, LocalId, Slot, Trouble};
use crate::outbox::effective::effective;
use crate::outbox::queue::{self, OldPicture};
use crate::outbox::words;
use crate::store::{StoreError, intents, things};
use crate::sync::Session;

impl Desk {
    /// Everything that the hotel does not have yet, in the order in which it was wished.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn outbox(&self) -> Result<OutboxView, DeskError> {
        let session = self.session_or_error()?;
        let view = session.store.read(|db| {
            let all = intents::all(db)?;
            let mut lanes: HashMap<LocalId, Vec<Intent>> = HashMap::new();
            all.iter().for_each(|intent| lanes.entry(intent.lane).or_default().push(intent.clone()));
            let items = all
                .iter()
                .map(|intent| {
                    let lane = lanes.get(&intent.lane).map(Vec::as_slice).unwrap_or_default();
                    let (kind, title) = about(db, intent.lane, lane)?;
                    Ok(words::item(intent, lane, kind, title))
                })
                .collect::<Result<_, StoreError>>()?;
            Ok(OutboxView { items })
        });
        Ok(view.await?)
    }

    /// Every clash that waits for a choice, with both sides.
    ///
    /// # Errors
    /// As [`outbox`](Self::outbox).
    pub async fn conflicts(&self) -> Result<Vec<ConflictView>, DeskError> {
        let session = self.session_or_error()?;
        Ok(session.store.read(|db| conflicts(db, &intents::all(db)?)).await?)
    }

    /// Tries one again now. What a colleague removed meanwhile is put back as a new offer.
    ///
    /// # Errors
    /// [`TooLate`](crate::error::ErrorCode::TooLate) when it is on its way or cannot be repeated.
    pub async fn retry_intent(&self, id: IntentId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let (fresh, picture) = (self.fresh(), old_picture(&session, id).await?);
        session.store.write(move |tx| queue::retry(tx, fresh, id, picture)).await?;
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

/// The picture of what this intent makes anew, if it does. One that is not here is fetched: the hotel has removed the
/// thing, and mostly not the picture.
async fn old_picture(session: &Session, id: IntentId) -> Result<OldPicture, StoreError> {
    let shown = session.store.read(move |db| {
        let intent = intents::get(db, id)?;
        if intent.state != IntentState::Attention || intent.note.trouble != Some(Trouble::DeletedThere) {
            return Ok(None);
        }
        if intents::of_lane(db, intent.lane)?.iter().any(|other| other.wish.is_about_picture(Slot::Photo)) {
            return Ok(None);
        }
        let row = things::get(db, intent.lane)?;
        let url = row.base.and_then(|base| base.picture(Slot::Photo).url).filter(|url| !url.is_empty());
        Ok(url.map(|url| (intent.lane, url)))
    });
    let Some((thing, url)) = shown.await? else { return Ok(OldPicture::None) };
    let picture = session.picture_at(thing, &url).await?;
    Ok(picture.map_or(OldPicture::Lost, OldPicture::Here))
}

/// What kind of thing a lane is about, and what a person calls it.
pub(super) fn about(db: &Connection, id: LocalId, lane: &[Intent]) -> Result<(Kind, String), StoreError> {
    let row = match things::get(db, id) {
        Ok(row) => row,
        Err(StoreError::NotFound(_)) => return Ok((Kind::Offer, String::new())),
        Err(error) => return Err(error),
    };
    let title = match (&row.base, row.kind) {
        (Some(base), Kind::Gallery) => base.title(),
        _ => effective(&row, lane).map(|shown| shown.content.title()).unwrap_or_default(),
    };
    Ok((row.kind, title))
}
