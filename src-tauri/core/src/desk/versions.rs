//! The earlier versions of a record: compared with the present one, and brought back as an ordinary edit.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use super::operations::checked;
use super::records::detail;
use crate::activity::versions::{self, Version};
use crate::engine::Engine;
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::ids::LocalId;
use crate::media::MediaCache;
use crate::outbox::queue;
use crate::records::Slot;
use crate::store::{StoreError, entities};
use crate::views::{EarlierPicture, EarlierVersion, RecordView};

impl Desk {
    /// Returns the earlier versions of a record that this desk has seen, newest first.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the record was removed.
    pub async fn versions(&self, id: LocalId) -> Result<Vec<EarlierVersion>, DeskError> {
        let engine = self.engine()?;
        let comparison = Comparison::of(&engine);
        let compared = engine.store.read(move |db| {
            let record = comparison.shown(db, id)?;
            let versions = versions::list(db, id, comparison.now)?;
            Ok(versions.into_iter().map(|version| comparison.compared(&record, version)).collect())
        });
        Ok(compared.await?)
    }

    /// Queues the edits and pictures that lead to an earlier version, and returns it. A picture that is not on this
    /// computer stays as it is now.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the record or the version is missing; [`ErrorCode::Invalid`] if the hotel's rules
    /// refuse a value. Nothing is queued then.
    pub async fn bring_back(&self, id: LocalId, number: i64) -> Result<EarlierVersion, DeskError> {
        let engine = self.engine()?;
        let comparison = Comparison::of(&engine);
        let environment = self.inner.environment.clone();
        let queued = engine.queue(move |tx| {
            let record = comparison.shown(tx, id)?;
            let version = comparison.compared(&record, versions::get(tx, id, number, comparison.now)?);
            match checked(&entities::get(tx, id)?, version.edits.clone()) {
                Ok(edits) => queue::edit(tx, super::fresh(&environment), id, edits)?,
                Err(error) => return Ok(Err(error)),
            }
            for picture in version.pictures.iter().filter(|picture| !picture.is_missing()) {
                queue::set_picture(
                    tx,
                    super::fresh(&environment),
                    id,
                    picture.slot,
                    picture.picture.clone(),
                )?;
            }
            Ok(Ok(version))
        });
        queued.await?
    }
}

/// The circumstances in which a version is compared with the present record.
struct Comparison {
    now: Timestamp,
    today: Date,
    media: MediaCache,
}

impl Comparison {
    fn of(engine: &Engine) -> Self {
        Self { now: engine.now(), today: engine.today(), media: engine.media.clone() }
    }

    fn shown(&self, db: &Connection, id: LocalId) -> Result<RecordView, StoreError> {
        Ok(detail(db, &entities::get(db, id)?, self.today)?.record)
    }

    /// Returns the differences between a version and the record that is shown now. Fields and places for pictures that
    /// the hotel no longer has are left out.
    fn compared(&self, record: &RecordView, version: Version) -> EarlierVersion {
        let Version { number, until, is_own, content } = version;
        let values = content.fields.values().filter(|value| record.fields.has(&value.field));
        let edits = record.kind.table().edits(&record.fields, values);
        let pictures =
            record.pictures.keys().filter_map(|slot| self.picture(record, &content, *slot)).collect();
        EarlierVersion { number, until, is_own, edits, pictures }
    }

    /// Returns the picture of a version, or `None` if the record shows the same one, or if it cannot be brought back
    /// because the server cannot remove the present one.
    fn picture(
        &self,
        record: &RecordView,
        content: &versions::Content,
        slot: Slot,
    ) -> Option<EarlierPicture> {
        let shown = record.pictures.get(&slot)?;
        let Some(old) = content.pictures.get(&slot) else {
            let is_empty = shown.picture.is_none() && (shown.waiting || shown.url.is_none());
            return (!is_empty && slot.can_be_empty()).then_some(EarlierPicture {
                slot,
                existed: false,
                picture: None,
            });
        };
        let is_shown =
            if shown.waiting { shown.picture == old.hash } else { shown.url.as_ref() == Some(&old.url) };
        let picture = old.hash.clone().filter(|hash| self.media.has(hash));
        (!is_shown).then_some(EarlierPicture { slot, existed: true, picture })
    }
}
