//! Unsaved typing: it is stored, offered again, and removed once it is saved or discarded.
//!
//! The screen stores a draft within a second of typing. It saves through a handle [of that draft](Desk::from_draft), so
//! the transaction that queues the intent also removes the draft. After a crash there is either the draft or the
//! intent, and never neither.

use jiff::Timestamp;
use rusqlite::Connection;

use super::Desk;
use crate::engine::Engine;
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::ids::{DraftId, LocalId};
use crate::outbox::effective::{Effective, effective};
use crate::resources::Kind;
use crate::store::entities::Tombstone;
use crate::store::{StoreError, Tx, drafts, entities, intents};
use crate::views::{Draft, DraftView};

impl Desk {
    /// Stores the typing of an editor. After this call returns, it survives a power cut.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], [`ErrorCode::DiskFull`], or the local database.
    pub async fn save_draft(&self, draft: Draft) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let now = engine.environment.now_ms();
        Ok(engine.store.write(move |tx| drafts::save(tx, &draft, now)).await?)
    }

    /// Returns the unsaved drafts, newest first.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn drafts(&self) -> Result<Vec<DraftView>, DeskError> {
        Ok(self.engine()?.store.read(list).await?)
    }

    /// Discards a draft. A missing draft is not an error.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn discard_draft(&self, id: DraftId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        Ok(engine.store.write(move |tx| drafts::remove(tx, id)).await?)
    }

    /// Returns a handle of this desk for saving a draft: each intent queued through it also removes the draft.
    #[must_use]
    pub fn from_draft(&self, draft: Option<DraftId>) -> Self {
        Self { from: draft, ..self.clone() }
    }

    /// Queues an intent, and removes the draft of this handle.
    pub(super) async fn queue<T, W>(&self, engine: &Engine, work: W) -> Result<T, DeskError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let from = self.from;
        let queued = engine.queue(move |tx| {
            let done = work(tx)?;
            if let Some(draft) = from {
                drafts::remove(tx, draft)?;
            }
            Ok(done)
        });
        Ok(queued.await?)
    }
}

fn list(db: &Connection) -> Result<Vec<DraftView>, StoreError> {
    let rows = drafts::all(db)?.into_iter();
    rows.map(|row| {
        Ok(DraftView {
            there: match row.draft.entity {
                Some(entity) => is_there(db, entity)?,
                None => true,
            },
            saved_at: Timestamp::from_millisecond(row.saved_at).unwrap_or(Timestamp::UNIX_EPOCH),
            draft: row.draft,
        })
    })
    .collect()
}

fn is_there(db: &Connection, entity: LocalId) -> Result<bool, StoreError> {
    let row = match entities::get(db, entity) {
        Err(StoreError::NotFound(_)) => return Ok(false),
        row => row?,
    };
    if row.kind == Kind::Gallery {
        return Ok(row.tombstone == Tombstone::No);
    }
    let lane = intents::of_lane(db, entity)?;
    Ok(effective(&row, &lane).as_ref().is_some_and(Effective::is_listed))
}
