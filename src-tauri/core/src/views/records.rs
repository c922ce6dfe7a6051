//! Records, for screens.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConflictView, OfferNote, OutboxItem, PreparedPicture, SyncMark};
use crate::ids::{LocalId, MediaHash, ServerId};
use crate::records::{FieldEdit, Fields, Slot};
use crate::resources::{Kind, OfferState};

/// One picture of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PictureView {
    /// The picture in the local cache; null while the cache does not have it, or if there is none.
    pub picture: Option<MediaHash>,
    /// The address at which the server shows its picture; null if it has none.
    pub url: Option<String>,
    /// True if it still has to be uploaded.
    pub waiting: bool,
}

/// A record as a person sees it: base and pending intents together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordView {
    /// The resource of the record.
    pub kind: Kind,
    /// Its local key, which never changes.
    pub local_id: LocalId,
    /// The server's number; null until the hotel has it.
    pub id: Option<ServerId>,
    /// The fields, by the server's names.
    pub fields: Fields,
    /// The pictures by place: `photo`, or those of the branding. Places without a picture are included.
    pub pictures: BTreeMap<Slot, PictureView>,
    /// The values that guests see for empty fields (`name_display` as `name`); only for the branding.
    #[ts(type = "Record<string, string>")]
    pub shown: BTreeMap<String, String>,
    /// The time at which the hotel stored it; null if the hotel does not say it, and until it has it.
    #[ts(type = "string | null")]
    pub created_at: Option<Timestamp>,
    /// Its state for guests today; null if the kind has none.
    pub state: Option<OfferState>,
    /// The state of its changes.
    pub sync: SyncMark,
    /// The notes on it; only in the list of offers.
    pub notes: Vec<OfferNote>,
}

crate::private::hides!(RecordView { kind, local_id, id, fields, pictures, created_at, state, sync, notes; shown });

/// The content of an entity, as the beginning of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityCopy {
    /// The fields, by the server's names.
    pub fields: Fields,
    /// The picture, prepared for an upload; null if there is none.
    pub picture: Option<PreparedPicture>,
    /// True if the entity has a picture that is not on this computer.
    pub lacks_picture: bool,
}

/// An earlier version of a record, compared with the record as it is shown now. Without edits and pictures the two are
/// the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EarlierVersion {
    /// The number of the version; it rises with the time.
    #[ts(type = "number")]
    pub number: i64,
    /// The time at which this desk learned that the version was replaced.
    #[ts(type = "string")]
    pub until: Timestamp,
    /// True if this desk replaced it; false if a colleague did, or another desk of the same person.
    pub is_own: bool,
    /// The edits that lead from the shown record to this version, in the order of the form.
    pub edits: Vec<FieldEdit>,
    /// The pictures in which the two differ.
    pub pictures: Vec<EarlierPicture>,
}

/// A picture of an earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EarlierPicture {
    /// The place of the picture.
    pub slot: Slot,
    /// True if the version had a picture.
    pub existed: bool,
    /// The picture in the cache; null if the version had none, or if this computer does not have it.
    pub picture: Option<MediaHash>,
}

impl EarlierPicture {
    /// Returns true if the version had a picture that is not on this computer.
    pub fn is_missing(&self) -> bool {
        self.existed && self.picture.is_none()
    }
}

impl RecordView {
    /// The picture of what has one only; empty where it has none.
    pub fn photo(&self) -> PictureView {
        self.pictures.get(&Slot::Photo).cloned().unwrap_or_default()
    }
}

/// The records of a list, in the hotel's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordList {
    /// All records.
    pub records: Vec<RecordView>,
    /// The time at which the whole list was last read from the hotel; null while it is loading for the first time.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}

/// One record with all data for an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordDetail {
    /// The record.
    pub record: RecordView,
    /// Fields and pictures in which this person's and the hotel's values conflict.
    pub conflicts: Vec<ConflictView>,
    /// Its intents that wait or need attention.
    pub pending: Vec<OutboxItem>,
    /// The end of the time in which a deletion can still be undone; null if there is none.
    #[ts(type = "string | null")]
    pub undo_until: Option<Timestamp>,
}
