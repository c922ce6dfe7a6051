//! What a person does to the outbox: intent, change the intent, take it back. Each is one transaction.
//!
//! An intent is changed as long as the hotel cannot have seen it ([`IntentState::Waiting`] is never
//! ambiguous): edits fold into an unsent create or an unsent edit, and a newer picture replaces an unsent
//! one. What may be on its way is left alone, and the newer intent queues behind it.

use jiff::Timestamp;

use super::effective::{EffectivePicture, effective};
use super::fresh::Fresh;
use super::late;
use crate::ids::{IntentId, LocalId, MediaHash};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::{Field, FieldEdit, FieldValue, Fields, Slot};
use crate::resources::Kind;
use crate::store::entities::{self, Tombstone};
use crate::store::intents::{self, NewIntent};
use crate::store::{StoreError, Tx, requests};

/// A new entity, with its picture where it has one.
pub fn create(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    kind: Kind,
    content: Fields,
    picture: Option<MediaHash>,
) -> Result<LocalId, StoreError> {
    entities::insert_local(tx, kind, fresh.local)?;
    queue_create(tx, fresh, fresh.local, content, picture)?;
    Ok(fresh.local)
}

fn queue_create(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    lane: LocalId,
    content: Fields,
    picture: Option<MediaHash>,
) -> Result<(), StoreError> {
    let create = Operation::Create { content };
    intents::add(tx, &NewIntent::waiting(fresh.first, lane, create, fresh.now))?;
    if picture.is_some() {
        let operation = Operation::SetPicture { slot: Slot::Photo, picture, was: None };
        intents::add(tx, &NewIntent::waiting(fresh.second, lane, operation, fresh.now))?;
    }
    Ok(())
}

/// Other values in some fields of an entity.
pub fn edit(tx: &mut Tx<'_>, fresh: Fresh, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), StoreError> {
    entities::get(tx, id)?;
    let stored = intents::of_lane(tx, id)?;
    // All of them first: an entry that one edit empties may be filled by the next, and is still there for it.
    let mut lane = stored.clone();
    let mut left = Vec::new();
    for mut edit in edits {
        // What an upload undid is wished anew by this: it began from what the hotel shows now.
        if let Some(standing) = take_undone(tx, &mut lane, edit.field())? {
            edit.was = standing;
        }
        // A conflict about the same field comes first: it is what the screen shows.
        let conflict = lane.iter().position(|intent| is_conflict_about(intent, edit.field()));
        let unsent = || lane.iter().position(is_unsent_text);
        match conflict.or_else(unsent) {
            Some(at) => {
                // The newest intent about a field is the only one: an older one behind it would win on the screen.
                for later in lane.iter_mut().skip(at + 1).filter(|intent| is_unsent_text(intent)) {
                    forget_field(later, edit.field());
                }
                fold(&mut lane[at], edit);
            }
            None => left.push(edit),
        }
    }
    for (mut intent, before) in lane.into_iter().zip(stored) {
        if intent != before {
            write_back(tx, &mut intent)?;
        }
    }
    left.retain(|edit| edit.was != edit.now);
    if !left.is_empty() {
        intents::add(tx, &NewIntent::waiting(fresh.first, id, Operation::Edit { edits: left }, fresh.now))?;
    }
    Ok(())
}

/// Takes a field out of the question whether to make it again. Gives what the hotel has there.
fn take_undone(
    tx: &mut Tx<'_>,
    lane: &mut Vec<Intent>,
    field: &Field,
) -> Result<Option<FieldValue>, StoreError> {
    for at in 0..lane.len() {
        let intent = &mut lane[at];
        let Operation::Edit { edits } = &mut intent.operation else { continue };
        if !is_question_of_undone(intent.state, intent.note.trouble.as_ref()) {
            continue;
        }
        let Some(undone) = edits.iter().position(|edit| edit.field() == field) else { continue };
        let standing = edits.remove(undone).was;
        if edits.is_empty() {
            let answered = lane.remove(at);
            intents::remove(tx, &answered)?;
        } else {
            intents::update(tx, intent)?;
        }
        return Ok(Some(standing));
    }
    Ok(None)
}

fn is_question_of_undone(state: IntentState, trouble: Option<&Trouble>) -> bool {
    state == IntentState::Attention && trouble == Some(&Trouble::UndoneByUpload)
}

/// A conflict about this field that waits for a choice.
fn is_conflict_about(intent: &Intent, field: &Field) -> bool {
    let Operation::Edit { edits } = &intent.operation else { return false };
    intent.state == IntentState::Conflict && edits.iter().any(|known| known.field() == field)
}

/// A create or an edit that the hotel cannot have seen. A create that may be there is found by what was sent: what is
/// changed in it is an edit behind it.
fn is_unsent_text(intent: &Intent) -> bool {
    matches!(intent.operation, Operation::Create { .. } | Operation::Edit { .. })
        && !intent.may_be_made()
        && matches!(intent.state, IntentState::Waiting | IntentState::Attention)
        && !is_question_of_undone(intent.state, intent.note.trouble.as_ref())
}

fn forget_field(intent: &mut Intent, field: &Field) {
    if let Operation::Edit { edits } = &mut intent.operation {
        edits.retain(|edit| edit.field() != field);
    }
}

fn fold(intent: &mut Intent, edit: FieldEdit) {
    match &mut intent.operation {
        Operation::Create { content } => content.put(edit.now),
        Operation::Edit { edits } => match edits.iter_mut().find(|known| known.field() == edit.field()) {
            Some(known) => known.now = edit.now,
            None => edits.push(edit),
        },
        _ => return,
    }
    // A refused value that was corrected is a new try. What was removed there still needs a choice.
    let removed_there = intent.note.trouble == Some(Trouble::DeletedThere);
    if intent.state == IntentState::Attention && !removed_there {
        back_to_waiting(intent);
    }
}

fn write_back(tx: &mut Tx<'_>, intent: &mut Intent) -> Result<(), StoreError> {
    if let Operation::Edit { edits } = &mut intent.operation {
        if intent.state != IntentState::Conflict {
            edits.retain(|edit| edit.was != edit.now);
        }
        if edits.is_empty() {
            return intents::remove(tx, intent);
        }
    }
    intents::update(tx, intent)
}

fn back_to_waiting(intent: &mut Intent) {
    intent.state = IntentState::Waiting;
    intent.not_before = 0;
    intent.note.attempts = 0;
    intent.note.failures = 0;
    intent.note.looks = 0;
    intent.note.trouble = None;
    intent.note.conflict = None;
    (intent.note.known_up_to, intent.note.made) = (None, None);
}

/// A person wants it looked for once more. It may have arrived, so that it is no new try.
fn look_again(tx: &mut Tx<'_>, mut intent: Intent) -> Result<(), StoreError> {
    intent.state = IntentState::Unclear;
    intent.not_before = 0;
    intent.note.looks = 0;
    intents::update(tx, &intent)
}

/// The hotel is read once more for what this create may have made.
fn back_to_looking(intent: &mut Intent) {
    let (known_up_to, made) = (intent.note.known_up_to, intent.note.made);
    back_to_waiting(intent);
    intent.state = IntentState::Unclear;
    (intent.note.known_up_to, intent.note.made) = (known_up_to, made);
}

/// A picture in a place of an entity, or none.
pub fn set_picture(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    id: LocalId,
    slot: Slot,
    picture: Option<MediaHash>,
) -> Result<(), StoreError> {
    let row = entities::get(tx, id)?;
    let shown = row.latest().and_then(|base| base.picture(slot).mark().map(str::to_owned));
    let lane = intents::of_lane(tx, id)?;
    let in_doubt = |intent: &Intent| {
        intent.state == IntentState::Attention
            && matches!(intent.note.trouble, Some(Trouble::PictureHost { .. }))
    };
    let open = |intent: &Intent| {
        matches!(intent.state, IntentState::InFlight | IntentState::Unclear) || in_doubt(intent)
    };
    let here = |intent: &&Intent| intent.operation.is_about_picture(slot);
    // One that may be on its way, or there, is known to be one's own when this one's turn comes.
    let before = lane.iter().filter(here).any(open);
    for doubtful in lane.iter().filter(here).filter(|intent| in_doubt(intent)) {
        look_again(tx, doubtful.clone())?;
    }
    let unsent = lane.iter().filter(here).find(|intent| !open(intent)).cloned();
    let Some(mut intent) = unsent else {
        let operation = Operation::SetPicture { slot, picture, was: shown };
        return intents::add(tx, &NewIntent::waiting(fresh.first, id, operation, fresh.now));
    };
    let Operation::SetPicture { picture: wanted, was, .. } = &mut intent.operation else { return Ok(()) };
    // Taking a picture off that was never there is no intent at all.
    if picture.is_none() && was.is_none() && !before && intent.state != IntentState::Conflict {
        return intents::remove(tx, &intent);
    }
    *wanted = picture;
    if intent.state == IntentState::Attention {
        back_to_waiting(&mut intent);
    }
    intents::update(tx, &intent)
}

/// An entity that shall be there no more, from `until` on; before that it can be undone.
pub fn delete(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    id: LocalId,
    title: String,
    until: Timestamp,
) -> Result<(), StoreError> {
    let row = entities::get(tx, id)?;
    for intent in intents::of_lane(tx, id)? {
        if matches!(intent.operation, Operation::Delete { .. }) {
            if !intent.needs_person() {
                return Ok(());
            }
            intents::remove(tx, &intent)?;
        }
    }
    // What is to go may be at the hotel: it is looked for, and not asked about any more.
    for mut create in intents::of_lane(tx, id)? {
        if create.may_be_made() && create.state == IntentState::Attention {
            back_to_looking(&mut create);
            intents::update(tx, &create)?;
        }
    }
    let mut intent = NewIntent::waiting(fresh.first, id, Operation::Delete { title }, fresh.now);
    intent.not_before = until.as_millisecond();
    intent.note.seen = row.latest().cloned();
    intents::add(tx, &intent)
}

/// Takes a deletion back.
///
/// # Errors
/// [`StoreError::TooLate`] when it may have left already.
pub fn undo_delete(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, id)?;
    let delete = lane
        .iter()
        .find(|intent| matches!(intent.operation, Operation::Delete { .. }))
        .filter(|intent| intent.state == IntentState::Waiting && !intent.note.sent)
        .ok_or(StoreError::TooLate)?;
    intents::remove(tx, delete)
}

/// The picture that the hotel showed of an entity that is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldPicture {
    /// It had none, or it does not matter.
    None,
    /// It is in the cache.
    Here(MediaHash),
    /// It had one that cannot be had any more.
    Lost,
}

/// Tries an intent again. What was deleted at the hotel is made anew from what the person sees, with this `picture`.
pub fn retry(tx: &mut Tx<'_>, fresh: Fresh, id: IntentId, picture: OldPicture) -> Result<(), StoreError> {
    let mut intent = intents::get(tx, id)?;
    match (intent.state, &intent.note.trouble) {
        // Only if it still is gone: an upload can bring it back (trap 14).
        (IntentState::Attention, Some(Trouble::DeletedThere | Trouble::RemovedLate))
            if can_be_made_anew(&entities::get(tx, intent.lane)?) =>
        {
            restore_as_new(tx, fresh, intent.lane, picture)
        }
        (IntentState::Attention, Some(Trouble::PictureHost { .. })) => look_again(tx, intent),
        // “No, that is not mine”, or “send it again”: then it counts as never made.
        (IntentState::Attention, trouble) => {
            let is_denied = matches!(trouble, Some(Trouble::LooksLike { .. } | Trouble::NotAgain));
            if intent.may_be_made() && !is_denied {
                back_to_looking(&mut intent);
            } else {
                if is_denied {
                    requests::forget_intent(tx, id)?;
                }
                back_to_waiting(&mut intent);
            }
            intents::update(tx, &intent)
        }
        (IntentState::Waiting | IntentState::Unclear, _) if !is_held(&intent) => {
            intent.not_before = 0;
            intents::update(tx, &intent)
        }
        _ => Err(StoreError::TooLate),
    }
}

/// It has gone, and it is of a kind that this program can make.
fn can_be_made_anew(row: &entities::EntityRow) -> bool {
    row.tombstone != Tombstone::No && row.kind.table().can_be_made
}

/// A removal within its time to undo is not hurried by a retry.
fn is_held(intent: &Intent) -> bool {
    matches!(intent.operation, Operation::Delete { .. } | Operation::RemoveImage { .. })
        && intent.note.attempts == 0
}

fn restore_as_new(tx: &mut Tx<'_>, fresh: Fresh, lane: LocalId, old: OldPicture) -> Result<(), StoreError> {
    let row = entities::get(tx, lane)?;
    let pending = intents::of_lane(tx, lane)?;
    let shown = effective(&row, &pending).ok_or(StoreError::NotFound("entity"))?;
    for intent in &pending {
        intents::remove(tx, intent)?;
    }
    entities::detach(tx, lane)?;
    let (picture, is_lost) = match (shown.picture(Slot::Photo), old) {
        (EffectivePicture::Pending(picture), _) => (picture, false),
        (EffectivePicture::Base, OldPicture::Here(picture)) => (Some(picture), false),
        (EffectivePicture::Base, old) => (None, old == OldPicture::Lost),
    };
    queue_create(tx, fresh, lane, shown.fields, picture)?;
    if !is_lost {
        return Ok(());
    }
    // Nothing can be put on it: a person has to choose the picture again, which goes into this very intent.
    let operation = Operation::SetPicture { slot: Slot::Photo, picture: None, was: None };
    let mut question = NewIntent::waiting(fresh.second, lane, operation, fresh.now);
    question.state = IntentState::Attention;
    question.note.trouble = Some(Trouble::PictureNotKept);
    intents::add(tx, &question)
}

/// Sends a create again whose outcome nobody knows, because a person says so. It may come twice.
///
/// # Errors
/// [`StoreError::TooLate`] when it is not such a create any more.
pub fn send_again(tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
    let mut intent = intents::get(tx, id)?;
    if intent.state != IntentState::Unclear || intent.note.made.is_some() {
        return Err(StoreError::TooLate);
    }
    requests::forget_intent(tx, id)?;
    back_to_waiting(&mut intent);
    intents::update(tx, &intent)
}

/// Throws an intent away. `even_if_unclear`: also a create of which nobody knows whether it is at the hotel.
///
/// # Errors
/// [`StoreError::TooLate`] when it may have left already.
pub fn discard(tx: &mut Tx<'_>, id: IntentId, even_if_unclear: bool) -> Result<(), StoreError> {
    let intent = intents::get(tx, id)?;
    let open = match intent.state {
        IntentState::InFlight => true,
        IntentState::Unclear => !(even_if_unclear && matches!(intent.operation, Operation::Create { .. })),
        _ => false,
    };
    if open {
        return Err(StoreError::TooLate);
    }
    // Without its create, or without the entity itself, the rest of the lane has nothing to stand on.
    let whole_lane = matches!(intent.operation, Operation::Create { .. })
        || matches!(intent.note.trouble, Some(Trouble::DeletedThere | Trouble::RemovedLate));
    if whole_lane {
        for other in intents::of_lane(tx, intent.lane)? {
            intents::remove(tx, &other)?;
        }
    } else {
        intents::remove(tx, &intent)?;
    }
    intents::drop_empty_row(tx, intent.lane)
}

/// How a person settles a conflict about one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Their value stands.
    Theirs,
    /// Mine stands.
    Mine,
    /// This stands.
    Value(FieldValue),
}

/// Settles the conflict about `field` (or, with `None`, about the picture).
pub fn resolve(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    id: IntentId,
    field: Option<Field>,
    choice: Choice,
) -> Result<(), StoreError> {
    let mut intent = intents::get(tx, id)?;
    let conflict = match intent.state {
        IntentState::Conflict => intent.note.conflict.clone(),
        _ => None,
    }
    .ok_or(StoreError::TooLate)?;
    let lane = intent.lane;
    match (&mut intent.operation, field) {
        (Operation::Edit { edits }, Some(field)) => {
            let at = edits
                .iter()
                .position(|edit| *edit.field() == field)
                .ok_or(StoreError::NotFound("conflict"))?;
            let mine = edits.remove(at).now;
            let theirs = conflict.theirs.into_iter().find(|value| value.field == field);
            if edits.is_empty() {
                intents::remove(tx, &intent)?;
            } else {
                intents::update(tx, &intent)?;
            }
            let now = match choice {
                Choice::Theirs => {
                    late::let_stand(tx, fresh, lane, theirs)?;
                    return intents::drop_empty_row(tx, lane);
                }
                Choice::Mine => mine,
                Choice::Value(value) => value,
            };
            let was = theirs.unwrap_or_else(|| now.clone());
            edit(tx, fresh, lane, vec![FieldEdit { was, now }])
        }
        (Operation::SetPicture { was, .. }, None) => match choice {
            Choice::Theirs => intents::remove(tx, &intent),
            Choice::Mine => {
                *was = conflict.photo;
                back_to_waiting(&mut intent);
                intents::update(tx, &intent)
            }
            Choice::Value(_) => Err(StoreError::TooLate),
        },
        _ => Err(StoreError::NotFound("conflict")),
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
