//! What people do to any thing: other values, another picture, away with it, and choices in a clash.

use super::Desk;
use crate::error::{DeskError, ErrorCode};
use crate::model::{
    Content, Field, FieldEdit, FieldErrors, IntentId, Kind, LocalId, MediaHash, Part, ServerCopy, Slot,
    validate_field,
};
use crate::outbox::effective::effective;
use crate::outbox::queue::{self, Choice};
use crate::store::{StoreError, intents, parts, things};
use crate::sync::abilities::refuse;
use crate::views::Resolution;

impl Desk {
    /// What the hotel's server does not have at all cannot be wished of it.
    pub(super) async fn refuse_absent(&self, part: Part) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        refuse(part, &session.store.read(move |db| parts::get(db, part)).await?)
    }

    pub(super) async fn queue_edits(&self, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let mut errors = FieldErrors::default();
        let edits: Vec<FieldEdit> = edits
            .into_iter()
            .map(|edit| FieldEdit { was: edit.was.tidied(), now: edit.now.tidied() })
            .collect();
        for edit in &edits {
            if edit.was.field() != edit.now.field() {
                return Err(DeskError::new(
                    ErrorCode::Invalid,
                    "An edit must be about one field.",
                    "This is a fault of the program; please report it.",
                ));
            }
            errors.0.extend(validate_field(&edit.now).0);
        }
        if !errors.is_empty() {
            return Err(DeskError::invalid(errors));
        }
        let fresh = self.fresh();
        self.queue(&session, move |tx| {
            // An edit of another kind's field could never be sent.
            let row = things::get(tx, id)?;
            let kind = row.kind;
            let theirs = row.latest().map(ServerCopy::content);
            let fits = |edit: &FieldEdit| {
                let field = edit.now.field();
                Content::empty(kind).get(&field).is_some()
                    && theirs.as_ref().is_none_or(|theirs| theirs.has(&field))
            };
            if kind == Kind::Gallery || !edits.iter().all(fits) {
                return Err(StoreError::NotFound("This field"));
            }
            queue::edit(tx, fresh, id, edits)
        })
        .await
    }

    pub(super) async fn queue_picture(
        &self,
        id: LocalId,
        slot: Slot,
        picture: Option<MediaHash>,
    ) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let fresh = self.fresh();
        self.queue(&session, move |tx| {
            let row = things::get(tx, id)?;
            let has_place = match row.kind {
                Kind::Offer | Kind::RoomType => slot == Slot::Photo,
                Kind::Branding => slot != Slot::Photo,
                Kind::Gallery => false,
            };
            if !has_place || row.latest().is_some_and(|shown| !shown.has_place(slot)) {
                return Err(StoreError::NotFound("This place for a picture"));
            }
            queue::set_picture(tx, fresh, id, slot, picture)
        })
        .await
    }

    /// Queues the deletion of an offer or a room type. In the application it can be undone for a few seconds.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it is not here any more.
    pub async fn delete_thing(&self, id: LocalId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let (fresh, until) = (self.fresh(), session.now() + self.undo_time());
        session
            .store
            .write(move |tx| {
                let row = things::get(tx, id)?;
                if !matches!(row.kind, Kind::Offer | Kind::RoomType) {
                    return Err(StoreError::NotFound("This"));
                }
                let lane = intents::of_lane(tx, id)?;
                let title = effective(&row, &lane).map(|shown| shown.content.title()).unwrap_or_default();
                queue::delete(tx, fresh, id, title, until)
            })
            .await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Takes a deletion back.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] when it has left already.
    pub async fn undo_delete(&self, id: LocalId) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        session.store.write(move |tx| queue::undo_delete(tx, id)).await?;
        session.wake_push.notify_one();
        Ok(())
    }

    /// Settles a clash about one field, or (with no field) about the picture.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] when there is no clash any more.
    pub async fn resolve_conflict(
        &self,
        id: IntentId,
        field: Option<Field>,
        resolution: Resolution,
    ) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let choice = match resolution {
            Resolution::Mine => Choice::Mine,
            Resolution::Theirs => Choice::Theirs,
            Resolution::Edit { value } => {
                let errors = validate_field(&value);
                if !errors.is_empty() {
                    return Err(DeskError::invalid(errors));
                }
                Choice::Value(value.tidied())
            }
        };
        let fresh = self.fresh();
        session.store.write(move |tx| queue::resolve(tx, fresh, id, field, choice)).await?;
        session.wake_push.notify_one();
        Ok(())
    }
}
