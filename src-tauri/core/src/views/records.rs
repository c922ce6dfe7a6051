//! Records, as screens see them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ConflictView, OutboxItem, SyncMark};
use crate::ids::{LocalId, MediaHash, ServerId};
use crate::records::{Fields, Slot};
use crate::resources::{Kind, OfferState};

/// One picture of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PictureView {
    /// The picture in the local cache; null while it is not here, or where there is none.
    pub picture: Option<MediaHash>,
    /// Where the server shows its picture; null where it has none.
    pub url: Option<String>,
    /// It still has to be uploaded.
    pub waiting: bool,
}

/// A record as a person sees it: base and pending intents together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordView {
    /// Which of them.
    pub kind: Kind,
    /// Our own key, for good.
    pub local_id: LocalId,
    /// The server's number; null until the hotel has it.
    pub id: Option<ServerId>,
    /// The fields, by the server's names.
    pub fields: Fields,
    /// The pictures by place: `photo`, or those of the branding. A place without a picture is there too.
    pub pictures: BTreeMap<Slot, PictureView>,
    /// What the server shows to guests where nothing stands over it (`name_display` as `name`); only for the branding.
    #[ts(type = "Record<string, string>")]
    pub shown: BTreeMap<String, String>,
    /// What it is to guests today; null where there is nothing to say of it.
    pub state: Option<OfferState>,
    /// How far it has come.
    pub sync: SyncMark,
}

crate::private::hides!(RecordView { kind, local_id, id, fields, pictures, state, sync; shown });

/// The records of a list, in the hotel's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordList {
    /// All of them.
    pub records: Vec<RecordView>,
    /// When the whole list was last read from the hotel; null when never: then the list is still loading.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}

/// One record with everything an editor needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordDetail {
    /// The record.
    pub record: RecordView,
    /// Fields and pictures in which mine and theirs clash.
    pub conflicts: Vec<ConflictView>,
    /// What of it still waits or needs attention.
    pub pending: Vec<OutboxItem>,
    /// A deletion that can still be undone, with its end.
    #[ts(type = "string | null")]
    pub undo_until: Option<Timestamp>,
}
