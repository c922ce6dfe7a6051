//! What a person sees: base plus pending wishes. The one place where it is computed.

use jiff::Timestamp;

use crate::desk::views::SyncMark;
use crate::model::{Intent, IntentState, MediaHash, OfferContent, Wish};
use crate::store::offers::{Gone, OfferRow};

/// The picture that a person sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectivePicture {
    /// What the hotel shows.
    Base,
    /// What is wished instead; `None` is no picture.
    Pending(Option<MediaHash>),
}

/// An offer as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The fields.
    pub content: OfferContent,
    /// The picture.
    pub picture: EffectivePicture,
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
}

/// Lays the lane's intents over the row's base. `None`: there is nothing to see.
pub fn effective(row: &OfferRow, lane: &[Intent]) -> Option<Effective> {
    if row.held_for.is_some() || (row.gone != Gone::No && lane.is_empty()) {
        return None;
    }
    let mut content = row.base.as_ref().map(|base| base.content.clone());
    let mut picture = EffectivePicture::Base;
    let mut deleting = None;
    for intent in lane {
        match &intent.wish {
            Wish::CreateOffer { content: wished } => content = Some(wished.clone()),
            Wish::EditOffer { edits } => {
                let content = content.get_or_insert_default();
                edits.iter().for_each(|edit| content.set(edit.now.clone()));
            }
            Wish::SetOfferPicture { picture: wished, .. } => {
                picture = EffectivePicture::Pending(wished.clone());
            }
            // A deletion that was refused is shown with its reason, on an offer that is still there.
            Wish::DeleteOffer { .. } if intent.needs_person() => {}
            Wish::DeleteOffer { .. } => {
                deleting =
                    Some(Timestamp::from_millisecond(intent.not_before).unwrap_or(Timestamp::UNIX_EPOCH));
            }
            Wish::Unreadable => {}
        }
    }
    Some(Effective { content: content?, picture, mark: mark(lane), deleting })
}

fn mark(lane: &[Intent]) -> SyncMark {
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
