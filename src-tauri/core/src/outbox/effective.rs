//! What a person sees: base, hint and pending intents. The one place where it is computed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::MediaHash;
use crate::model::{Intent, IntentState, Operation};
use crate::records::{Fields, Slot};
use crate::resources::ServerCopy;
use crate::store::entities::{EntityRow, Tombstone};
use crate::views::SyncMark;

/// The picture that a person sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectivePicture {
    /// What the hotel shows.
    Base,
    /// What is wished instead; `None` is no picture.
    Pending(Option<MediaHash>),
}

/// An entity with fields as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The fields.
    pub fields: Fields,
    /// The pictures that are wished to be others than the hotel shows.
    pending: BTreeMap<Slot, Option<MediaHash>>,
    /// How far it has come.
    pub mark: SyncMark,
    /// It is being deleted; until then the person can undo it.
    pub deleting: Option<Timestamp>,
}

impl Effective {
    /// It belongs on the list.
    pub fn is_listed(&self) -> bool {
        self.deleting.is_none()
    }

    /// The picture in a place.
    pub fn picture(&self, slot: Slot) -> EffectivePicture {
        self.pending
            .get(&slot)
            .map_or(EffectivePicture::Base, |wanted| EffectivePicture::Pending(wanted.clone()))
    }
}

/// Lays the lane's intents over the row's hint, or its base where there is none. `None`: there is nothing to see.
pub fn effective(row: &EntityRow, lane: &[Intent]) -> Option<Effective> {
    if row.held_for.is_some() || (row.tombstone != Tombstone::No && lane.is_empty()) {
        return None;
    }
    let mut fields = row.latest().map(ServerCopy::fields);
    let mut pending = BTreeMap::new();
    let mut deleting = None;
    for intent in lane {
        match &intent.operation {
            Operation::Create { content } => fields = Some(content.clone()),
            Operation::Edit { edits } => {
                let fields = fields.get_or_insert_default();
                edits.iter().for_each(|edit| fields.put(edit.now.clone()));
            }
            Operation::SetPicture { slot, picture, .. } => {
                pending.insert(*slot, picture.clone());
            }
            // A deletion that was refused is shown with its reason, on an offer that is still there.
            Operation::Delete { .. } if intent.needs_person() => {}
            Operation::Delete { .. } => {
                deleting =
                    Some(Timestamp::from_millisecond(intent.not_before).unwrap_or(Timestamp::UNIX_EPOCH));
            }
            Operation::AddImage { .. }
            | Operation::MoveImage { .. }
            | Operation::RemoveImage { .. }
            | Operation::Unreadable => {}
        }
    }
    Some(Effective { fields: fields?, pending, mark: mark(lane), deleting })
}

/// How far a lane, or a part of it, has come.
pub fn mark(lane: &[Intent]) -> SyncMark {
    let any = |state| lane.iter().any(|intent| intent.state == state);
    if any(IntentState::Attention) {
        SyncMark::Attention
    } else if any(IntentState::Conflict) {
        SyncMark::Conflict
    } else if lane.is_empty() {
        SyncMark::Saved
    } else {
        SyncMark::Waiting
    }
}
