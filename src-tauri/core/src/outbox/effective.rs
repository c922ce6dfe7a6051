//! Computes the state that a person sees, from base, hint and pending intents. No other code computes it.

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
    /// The picture that the hotel shows.
    Base,
    /// The pending picture; `None` means no picture.
    Pending(Option<MediaHash>),
}

/// An entity with fields as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The fields of the entity.
    pub fields: Fields,
    /// The pictures with pending changes.
    pending: BTreeMap<Slot, Option<MediaHash>>,
    /// The synchronisation state.
    pub mark: SyncMark,
    /// The time until which a pending deletion can be undone; `None` if no deletion is pending.
    pub deleting: Option<Timestamp>,
}

impl Effective {
    /// Returns true if the entity belongs on the list.
    pub fn is_listed(&self) -> bool {
        self.deleting.is_none()
    }

    /// Returns the picture in a slot.
    pub fn picture(&self, slot: Slot) -> EffectivePicture {
        self.pending
            .get(&slot)
            .map_or(EffectivePicture::Base, |wanted| EffectivePicture::Pending(wanted.clone()))
    }
}

/// Applies the lane's intents to the row's hint, or to its base if there is no hint. Returns `None` if there is
/// nothing to show.
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
            // A refused deletion is shown with its reason, and the entity stays visible.
            Operation::Delete { .. } if intent.needs_person() => {}
            Operation::Delete { .. } => {
                deleting =
                    Some(Timestamp::from_millisecond(intent.not_before).unwrap_or(Timestamp::UNIX_EPOCH));
            }
            Operation::AddImage { .. }
            | Operation::MoveImage { .. }
            | Operation::RemoveImage { .. }
            | Operation::Say { .. }
            | Operation::Unreadable => {}
        }
    }
    Some(Effective { fields: fields?, pending, mark: mark(lane), deleting })
}

/// Returns the synchronisation state of a lane or of a part of it.
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
