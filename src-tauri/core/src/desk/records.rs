//! Room types and the branding: what screens ask, and what people do.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Desk;
use super::conflicts::conflicts;
use crate::error::{DeskError, ErrorCode};
use crate::model::{
    Content, Datum, FieldEdit, FieldErrors, FieldValue, Fields, Kind, LocalId, MediaHash, ONLY_ONE, Part,
    RecordKind, RecordValue, Rule, ServerCopy, Slot,
};
use crate::outbox::effective::{Effective, EffectivePicture, effective};
use crate::outbox::{queue, words};
use crate::store::meta::{self, Key};
use crate::store::things::{self, ThingRow};
use crate::store::{StoreError, intents, parts, pictures};
use crate::sync::abilities::abilities;
use crate::views::{Abilities, PictureView, Place, RecordDetail, RecordView, RoomTypeList};

impl Desk {
    /// What this hotel's server can do.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn abilities(&self) -> Result<Abilities, DeskError> {
        let session = self.session_or_error()?;
        let known = session.store.read(|db| Ok((parts::all(db)?, meta::get(db, Key::Galleries)?))).await?;
        let mut can = abilities(&known.0, known.1);
        if can.branding.write && session.store.read(is_strange_branding).await? {
            can.branding.write = false;
            can.branding.reason = Some(STRANGE_BRANDING.to_owned());
        }
        Ok(can)
    }

    /// The fields of a kind, in reading order.
    pub fn record_rules(&self, kind: RecordKind) -> Vec<Rule> {
        kind.rules().to_vec()
    }

    /// What is wrong with a record, by field.
    pub fn validate_record(&self, kind: RecordKind, fields: &Fields) -> FieldErrors {
        fields.check(kind)
    }

    /// All room types, in the hotel's order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn room_types(&self) -> Result<RoomTypeList, DeskError> {
        let session = self.session_or_error()?;
        Ok(session.store.read(list).await?)
    }

    /// The branding; none while it was never read.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn branding(&self) -> Result<Option<RecordDetail>, DeskError> {
        let session = self.session_or_error()?;
        let branding = session.store.read(|db| match things::by_server_id(db, Kind::Branding, ONLY_ONE)? {
            Some(row) => detail(db, &row).map(Some),
            None => Ok(None),
        });
        Ok(branding.await?)
    }

    /// One record with what an editor needs.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it is not here any more.
    pub async fn record(&self, id: LocalId) -> Result<RecordDetail, DeskError> {
        let session = self.session_or_error()?;
        let mut detail = session.store.read(move |db| detail(db, &things::get(db, id)?)).await?;
        detail.pending = super::outbox::with_doubts(&session, detail.pending).await?;
        Ok(detail)
    }

    /// Queues a new room type.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields, [`ErrorCode::NotAllowed`] where the server has no room types;
    /// nothing is queued then.
    pub async fn create_room_type(
        &self,
        fields: Fields,
        picture: Option<MediaHash>,
    ) -> Result<LocalId, DeskError> {
        let session = self.session_or_error()?;
        let errors = fields.check(RecordKind::RoomType);
        if !errors.is_empty() {
            return Err(DeskError::invalid(errors));
        }
        self.refuse_absent(Part::RoomTypes).await?;
        let tidied = fields.0.into_iter().map(|(name, value)| {
            let value = RecordValue { name, value }.tidied();
            (value.name, value.value)
        });
        let (fresh, content) = (self.fresh(), Content::Record(Fields(tidied.collect())));
        self.queue(&session, move |tx| queue::create(tx, fresh, Kind::RoomType, content, picture)).await
    }

    /// Queues changed fields of a record.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong fields; nothing is queued then.
    pub async fn edit_record(&self, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), DeskError> {
        self.queue_edits(id, edits).await
    }

    /// Queues a prepared picture for a place of a record, or none.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where the server can only replace the picture; [`ErrorCode::NotFound`] when the record is
    /// not here any more.
    pub async fn set_record_picture(
        &self,
        id: LocalId,
        slot: Slot,
        picture: Option<MediaHash>,
    ) -> Result<(), DeskError> {
        if picture.is_none() && !slot.can_be_empty() {
            return Err(DeskError::new(
                ErrorCode::Invalid,
                "The hotel's server can replace this picture, but not take it off.",
                "Choose another picture instead.",
            ));
        }
        self.queue_picture(id, slot, picture).await
    }

    /// Puts a room type into another place of the hotel's order. It is seen there at once.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it, or what it shall lie beside, is not on the list any more.
    pub async fn move_room_type(&self, id: LocalId, to: Place) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let environment = self.inner.environment.clone();
        session
            .store
            .write(move |tx| {
                let rooms = list(tx)?.room_types;
                let entries: Vec<_> = rooms.iter().map(entry).collect();
                for (room, number) in super::order::moved(&entries, id, to)? {
                    let order = |value| {
                        FieldValue::Record(RecordValue {
                            name: SORT_ORDER.to_owned(),
                            value: Datum::Number(value),
                        })
                    };
                    let edit = FieldEdit { was: order(room.number), now: order(number) };
                    queue::edit(tx, super::fresh(&environment), room.id, vec![edit])?;
                }
                Ok(())
            })
            .await?;
        session.wake_push.notify_one();
        Ok(())
    }
}

/// Why the branding cannot be changed where its fields have no names that this program knows.
const STRANGE_BRANDING: &str = "This hotel's server describes the hotel in a way that this program does not know, so it can only be looked at.";

fn is_strange_branding(db: &Connection) -> Result<bool, StoreError> {
    let row = things::by_server_id(db, Kind::Branding, ONLY_ONE)?;
    Ok(row.and_then(|row| row.base).is_some_and(|base| base.content() == Content::Record(Fields::default())))
}

const SORT_ORDER: &str = "sort_order";

/// The hotel orders room types by number, then by name (CONTRACT.md 7).
fn entry(room: &RecordView) -> super::order::Entry<String> {
    super::order::Entry { id: room.local_id, number: number_of(&room.fields), tie: room.fields.text("name") }
}

fn number_of(fields: &Fields) -> u32 {
    match fields.get(SORT_ORDER) {
        Datum::Number(number) => number,
        _ => 0,
    }
}

fn list(db: &Connection) -> Result<RoomTypeList, StoreError> {
    let mut room_types = Vec::new();
    for row in things::all(db, Kind::RoomType)? {
        let lane = intents::of_lane(db, row.local_id)?;
        if let Some(shown) = effective(&row, &lane).filter(Effective::is_listed) {
            room_types.push(view(db, &row, shown)?);
        }
    }
    room_types.sort_by_cached_key(|room| (number_of(&room.fields), room.fields.text("name")));
    Ok(RoomTypeList { room_types, as_of: meta::get(db, Key::RoomTypesAsOf)? })
}

fn view(db: &Connection, row: &ThingRow, shown: Effective) -> Result<RecordView, StoreError> {
    let kind = row.kind.record().ok_or(StoreError::NotFound("This"))?;
    let mut pictures = BTreeMap::new();
    for slot in slots(kind) {
        let url = row.latest().and_then(|shown| shown.picture(*slot).url);
        let pending = shown.picture(*slot);
        let waiting = pending != EffectivePicture::Base;
        if !waiting && row.latest().is_some_and(|shown| !shown.has_place(*slot)) {
            continue;
        }
        let picture = match (pending, &url) {
            (EffectivePicture::Pending(picture), _) => picture,
            (EffectivePicture::Base, Some(url)) => pictures::of_source(db, url)?,
            (EffectivePicture::Base, None) => None,
        };
        pictures.insert(*slot, PictureView { picture, url, waiting });
    }
    let shown_values = match row.latest() {
        Some(ServerCopy::Record(record)) => record.shown.clone(),
        _ => BTreeMap::new(),
    };
    let fields = match shown.content {
        Content::Record(fields) => fields,
        Content::Offer(_) => Fields::default(),
    };
    Ok(RecordView {
        kind,
        local_id: row.local_id,
        id: row.server_id,
        fields,
        pictures,
        shown: shown_values,
        sync: shown.mark,
    })
}

/// The places for pictures of a kind.
fn slots(kind: RecordKind) -> &'static [Slot] {
    match kind {
        RecordKind::RoomType => &[Slot::Photo],
        RecordKind::Branding => &Slot::BRANDING,
    }
}

fn detail(db: &Connection, row: &ThingRow) -> Result<RecordDetail, StoreError> {
    let lane = intents::of_lane(db, row.local_id)?;
    let shown = effective(row, &lane).ok_or(StoreError::NotFound("This"))?;
    let undo_until = shown.deleting;
    let record = view(db, row, shown)?;
    let title = record.fields.text("name");
    Ok(RecordDetail {
        conflicts: conflicts(db, &lane)?,
        pending: lane.iter().map(|intent| words::item(intent, &lane, row.kind, title.clone())).collect(),
        record,
        undo_until,
    })
}
