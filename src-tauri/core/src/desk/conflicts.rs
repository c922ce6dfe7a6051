//! Clashes, for a person to choose.

use rusqlite::Connection;

use crate::model::{Intent, IntentState, Wish};
use crate::store::{StoreError, pictures};
use crate::views::ConflictView;

/// Every clash of a lane, with both sides.
pub(super) fn conflicts(db: &Connection, lane: &[Intent]) -> Result<Vec<ConflictView>, StoreError> {
    let mut conflicts: Vec<ConflictView> = lane.iter().flat_map(of_intent).collect();
    for clash in &mut conflicts {
        if let Some(url) = &clash.their_picture_url {
            clash.their_picture = pictures::of_source(db, url)?;
        }
    }
    Ok(conflicts)
}

fn of_intent(intent: &Intent) -> Vec<ConflictView> {
    let (IntentState::Conflict, Some(clash)) = (intent.state, &intent.note.clash) else { return Vec::new() };
    let plain = ConflictView {
        intent: intent.id,
        field: None,
        slot: None,
        mine: None,
        theirs: None,
        my_picture: None,
        their_picture_url: None,
        their_picture: None,
        mine_at: intent.created_at,
        theirs_at: clash.at,
    };
    match &intent.wish {
        Wish::Edit { edits } => edits
            .iter()
            .map(|edit| ConflictView {
                field: Some(edit.field()),
                mine: Some(edit.now.clone()),
                theirs: clash.theirs.iter().find(|value| value.field() == edit.field()).cloned(),
                ..plain.clone()
            })
            .collect(),
        Wish::SetPicture { slot, picture, .. } => vec![ConflictView {
            slot: Some(*slot),
            my_picture: picture.clone(),
            their_picture_url: clash.photo_url.clone(),
            ..plain
        }],
        _ => Vec::new(),
    }
}
