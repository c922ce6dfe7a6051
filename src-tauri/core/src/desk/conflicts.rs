//! The conflicts, for a person's choice.

use rusqlite::Connection;

use crate::model::{Intent, IntentState, Operation};
use crate::resources::Kind;
use crate::store::{StoreError, entities, pictures};
use crate::views::ConflictView;

/// Returns every conflict of these intents, with both sides.
pub(super) fn conflicts(db: &Connection, intents: &[Intent]) -> Result<Vec<ConflictView>, StoreError> {
    let mut conflicts = Vec::new();
    for intent in intents.iter().filter(|intent| intent.state == IntentState::Conflict) {
        if let Some(about) = entities::kind_of(db, intent.lane)? {
            conflicts.extend(of_intent(about, intent));
        }
    }
    for conflict in &mut conflicts {
        if let Some(url) = &conflict.their_picture_url {
            conflict.their_picture = pictures::of_source(db, url)?;
        }
    }
    Ok(conflicts)
}

fn of_intent(about: Kind, intent: &Intent) -> Vec<ConflictView> {
    let Some(conflict) = &intent.note.conflict else { return Vec::new() };
    let plain = ConflictView {
        intent: intent.id,
        about,
        field: None,
        slot: None,
        mine: None,
        theirs: None,
        my_picture: None,
        their_picture_url: None,
        their_picture: None,
        mine_at: intent.created_at,
        theirs_at: conflict.at,
    };
    match &intent.operation {
        Operation::Edit { edits } => edits
            .iter()
            .map(|edit| ConflictView {
                field: Some(edit.field().clone()),
                mine: Some(edit.now.clone()),
                theirs: conflict.theirs.iter().find(|value| value.field == *edit.field()).cloned(),
                ..plain.clone()
            })
            .collect(),
        Operation::SetPicture { slot, picture, .. } => vec![ConflictView {
            slot: Some(*slot),
            my_picture: picture.clone(),
            their_picture_url: conflict.photo_url.clone(),
            ..plain
        }],
        _ => Vec::new(),
    }
}
