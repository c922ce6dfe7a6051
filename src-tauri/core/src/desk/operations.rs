//! The commands for any record: create it, edit it, change a picture, delete it, and settle its conflicts.

use super::Desk;
use crate::engine::capabilities::refuse;
use crate::error::{DeskError, failure};
use crate::ids::{IntentId, LocalId, MediaHash};
use crate::outbox::effective::effective;
use crate::outbox::queue::{self, Choice};
use crate::records::{Field, FieldEdit, FieldErrors, Fields, Slot};
use crate::resources::{Kind, Part, ServerCopy};
use crate::store::entities::{self, EntityRow};
use crate::store::{StoreError, intents, parts};
use crate::views::Resolution;

impl Desk {
    /// Fails if the hotel's server does not have this part.
    pub(super) async fn refuse_absent(&self, part: Part) -> Result<(), DeskError> {
        let engine = self.engine()?;
        refuse(part, &engine.store.read(move |db| parts::get(db, part)).await?)
    }

    /// Returns the errors in a record, by field.
    pub fn check(&self, kind: Kind, fields: &Fields) -> FieldErrors {
        kind.table().check(fields)
    }

    /// Queues a new record. Screens show it at once, and the hotel receives it when the network allows.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields, [`ErrorCode::NotAllowed`] if the server has none of this kind. No
    /// intent is queued then.
    pub async fn create(
        &self,
        kind: Kind,
        fields: Fields,
        picture: Option<MediaHash>,
    ) -> Result<LocalId, DeskError> {
        let engine = self.engine()?;
        let table = kind.table();
        let errors = table.check(&fields);
        if !errors.is_empty() {
            return Err(DeskError::invalid(errors));
        }
        if !table.can_be_made {
            return Err(StoreError::NotFound("entity").into());
        }
        self.refuse_absent(Part::Of(kind)).await?;
        let mut tidied = Fields::default();
        fields.values().for_each(|value| tidied.put(table.tidied(value)));
        let fresh = self.fresh();
        self.queue(&engine, move |tx| queue::create(tx, fresh, kind, tidied, picture)).await
    }

    /// Queues changed fields of a record.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields. No intent is queued then.
    pub async fn edit(&self, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let row = engine.store.read(move |db| entities::get(db, id)).await?;
        let tidied = checked(&row, edits)?;
        let fresh = self.fresh();
        self.queue(&engine, move |tx| queue::edit(tx, fresh, id, tidied)).await
    }

    /// Queues a prepared picture for a place of a record, or its removal.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] if the server can only replace the picture; [`ErrorCode::NotFound`] if the record, or the
    /// place, is missing.
    pub async fn set_picture(
        &self,
        id: LocalId,
        slot: Slot,
        picture: Option<MediaHash>,
    ) -> Result<(), DeskError> {
        if picture.is_none() && !slot.can_be_empty() {
            return Err(failure!(Invalid, "error-picture-stays"));
        }
        let engine = self.engine()?;
        let fresh = self.fresh();
        self.queue(&engine, move |tx| {
            let row = entities::get(tx, id)?;
            let has_place = row.kind.table().slots.contains(&slot);
            if !has_place || row.latest().is_some_and(|shown| !shown.has_place(slot)) {
                return Err(StoreError::NotFound("place"));
            }
            queue::set_picture(tx, fresh, id, slot, picture)
        })
        .await
    }

    /// Queues the deletion of an offer or a room type. In the application it can be undone for a few seconds.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it was removed.
    pub async fn delete_entity(&self, id: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let (fresh, until) = (self.fresh(), engine.now() + self.undo_time());
        engine
            .queue(move |tx| {
                let row = entities::get(tx, id)?;
                if !row.kind.table().can_be_made {
                    return Err(StoreError::NotFound("entity"));
                }
                let lane = intents::of_lane(tx, id)?;
                let shown = effective(&row, &lane);
                let title = shown.map(|shown| row.kind.table().title(&shown.fields)).unwrap_or_default();
                queue::delete(tx, fresh, id, title, until)
            })
            .await?;
        Ok(())
    }

    /// Undoes a deletion.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] if it has left already.
    pub async fn undo_delete(&self, id: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.queue(move |tx| queue::undo_delete(tx, id)).await?;
        Ok(())
    }

    /// Settles a conflict about one field, or (with no field) about the picture.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] if the conflict no longer exists.
    pub async fn resolve_conflict(
        &self,
        id: IntentId,
        field: Option<Field>,
        resolution: Resolution,
    ) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let choice = match resolution {
            Resolution::Mine => Choice::Mine,
            Resolution::Theirs => Choice::Theirs,
            Resolution::Edit { value } => {
                let kind =
                    engine.store.read(move |db| entities::known_kind(db, intents::get(db, id)?.lane)).await?;
                let errors = kind.table().check_value(&value);
                if !errors.is_empty() {
                    return Err(DeskError::invalid(errors));
                }
                Choice::Value(kind.table().tidied(value))
            }
        };
        let fresh = self.fresh();
        engine.queue(move |tx| queue::resolve(tx, fresh, id, field, choice)).await?;
        Ok(())
    }
}

/// Checks edits of a record and returns them in the form in which they are stored.
pub(super) fn checked(row: &EntityRow, edits: Vec<FieldEdit>) -> Result<Vec<FieldEdit>, DeskError> {
    if edits.iter().any(|edit| edit.was.field != edit.now.field) {
        return Err(failure!(Invalid, "error-edit-of-several"));
    }
    let (table, theirs) = (row.kind.table(), row.latest().map(ServerCopy::fields));
    // A field that the server does not have could never be sent.
    let is_known = |edit: &FieldEdit| {
        let field = edit.field();
        table.rule(&field.0).is_some() && theirs.as_ref().is_none_or(|theirs| theirs.has(field))
    };
    if !edits.iter().all(is_known) {
        return Err(StoreError::NotFound("field").into());
    }
    let mut errors = FieldErrors::default();
    edits.iter().for_each(|edit| errors.0.extend(table.check_value(&edit.now).0));
    if !errors.is_empty() {
        return Err(DeskError::invalid(errors));
    }
    Ok(edits.into_iter().map(|edit| table.tidied_edit(edit)).collect())
}
