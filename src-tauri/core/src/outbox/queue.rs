//! A person's commands to the outbox: add, change and withdraw an intent. Each is one transaction.
//!
//! An intent can be changed as long as the hotel cannot have seen it ([`IntentState::Waiting`] is never ambiguous):
//! edits are merged into an unsent create or an unsent edit, and a newer picture replaces an unsent one. An intent
//! that may have left is not changed, and the newer intent is queued behind it.

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

/// Queues a new entity, with its picture if it has one.
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

/// Queues new values for some fields of an entity.
pub fn edit(tx: &mut Tx<'_>, fresh: Fresh, id: LocalId, edits: Vec<FieldEdit>) -> Result<(), StoreError> {
    entities::get(tx, id)?;
    let stored = intents::of_lane(tx, id)?;
    // All edits are applied to a copy of the lane first: an intent that one edit empties may receive the next edit, so
    // it must not be removed in between.
    let mut lane = stored.clone();
    let mut left = Vec::new();
    for mut edit in edits {
        // This edit replaces an own edit that an upload undid: it started from the value that the hotel shows now.
        if let Some(standing) = take_undone(tx, &mut lane, edit.field())? {
            edit.was = standing;
        }
        // A conflict about the same field takes precedence: the screen shows it.
        let conflict = lane.iter().position(|intent| is_conflict_about(intent, edit.field()));
        let unsent = || lane.iter().position(is_unsent_text);
        match conflict.or_else(unsent) {
            Some(at) => {
                // Only the newest intent about a field remains: an older one behind it would determine what the screen
                // shows.
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

/// Removes a field from the question about repeating an undone edit. Returns the hotel's value of the field.
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

/// Returns true for a conflict about this field that waits for a choice.
fn is_conflict_about(intent: &Intent, field: &Field) -> bool {
    let Operation::Edit { edits } = &intent.operation else { return false };
    intent.state == IntentState::Conflict && edits.iter().any(|known| known.field() == field)
}

/// Returns true for a create or an edit that the hotel cannot have seen. A create that may have arrived is recognised
/// by its sent content, so a change of it is a separate edit behind it.
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
    // A corrected value is a new attempt. An entity that was removed at the hotel still needs a person's choice.
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
    intent.note.made = None;
    if !intent.operation.may_leave_empty_row() {
        intent.note.known_up_to = None;
    }
}

/// Lets the sender look again for an intent that may have arrived, because a person asked for it. This is not a new
/// attempt.
fn look_again(tx: &mut Tx<'_>, mut intent: Intent) -> Result<(), StoreError> {
    intent.state = IntentState::Unclear;
    intent.not_before = 0;
    intent.note.looks = 0;
    intents::update(tx, &intent)
}

/// Lets the sender read the hotel again for the entity that this create may have made.
fn back_to_looking(intent: &mut Intent) {
    let (known_up_to, made) = (intent.note.known_up_to, intent.note.made);
    back_to_waiting(intent);
    intent.state = IntentState::Unclear;
    (intent.note.known_up_to, intent.note.made) = (known_up_to, made);
}

/// Queues a picture for a slot of an entity, or its removal.
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
    // When this intent is due, it will be known whether an earlier picture that may have arrived is this desk's own.
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
    // Removing a picture that never existed needs no intent.
    if picture.is_none() && was.is_none() && !before && intent.state != IntentState::Conflict {
        return intents::remove(tx, &intent);
    }
    *wanted = picture;
    if intent.state == IntentState::Attention {
        back_to_waiting(&mut intent);
    }
    intents::update(tx, &intent)
}

/// Queues the deletion of an entity at the time `until`; before that it can be undone.
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
    // The create may have arrived: the sender looks for its entity, and the person is no longer asked about it.
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

/// Withdraws a deletion.
///
/// # Errors
/// [`StoreError::TooLate`] if it may have left already.
pub fn undo_delete(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, id)?;
    let delete = lane
        .iter()
        .find(|intent| matches!(intent.operation, Operation::Delete { .. }))
        .filter(|intent| intent.state == IntentState::Waiting && !intent.note.sent)
        .ok_or(StoreError::TooLate)?;
    intents::remove(tx, delete)
}

/// The hotel's picture of an entity that is created again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldPicture {
    /// The entity had no picture, or the picture does not matter.
    None,
    /// The picture is in the cache.
    Here(MediaHash),
    /// The entity had a picture that is no longer available.
    Lost,
}

/// Tries an intent again. An entity that was deleted at the hotel is created again from the content that the person
/// sees, with this `picture`.
pub fn retry(tx: &mut Tx<'_>, fresh: Fresh, id: IntentId, picture: OldPicture) -> Result<(), StoreError> {
    let mut intent = intents::get(tx, id)?;
    match (intent.state, &intent.note.trouble) {
        // This holds only if the entity is still missing: an upload can restore it (trap 14).
        (IntentState::Attention, Some(Trouble::DeletedThere | Trouble::RemovedLate))
            if can_be_made_anew(&entities::get(tx, intent.lane)?) =>
        {
            restore_as_new(tx, fresh, intent.lane, picture)
        }
        (IntentState::Attention, Some(Trouble::PictureHost { .. })) => look_again(tx, intent),
        // The person answered "No, that is not mine" or "send it again": the create counts as never carried out.
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

/// Returns true if the entity is gone and this program can create entities of its kind.
fn can_be_made_anew(row: &entities::EntityRow) -> bool {
    row.tombstone != Tombstone::No && row.kind.table().can_be_made
}

/// Returns true if the intent is a removal that can still be undone. A retry does not shorten that time.
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
    // A create again cannot contain the picture: the person must choose a picture again, which goes into this intent.
    let operation = Operation::SetPicture { slot: Slot::Photo, picture: None, was: None };
    let mut question = NewIntent::waiting(fresh.second, lane, operation, fresh.now);
    question.state = IntentState::Attention;
    question.note.trouble = Some(Trouble::PictureNotKept);
    intents::add(tx, &question)
}

/// Sends a create with an unknown outcome again, because a person decided so. The entity may then exist twice.
///
/// # Errors
/// [`StoreError::TooLate`] if it is no longer such a create.
pub fn send_again(tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
    let mut intent = intents::get(tx, id)?;
    if intent.state != IntentState::Unclear || intent.note.made.is_some() {
        return Err(StoreError::TooLate);
    }
    requests::forget_intent(tx, id)?;
    back_to_waiting(&mut intent);
    intents::update(tx, &intent)
}

/// Discards an intent. `even_if_unclear` also allows a create of which it is not known whether it is at the hotel.
///
/// # Errors
/// [`StoreError::TooLate`] if it may have left already.
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
    // The rest of the lane is meaningless without its create or without the entity.
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

/// A person's decision about a conflict in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The hotel's value is kept.
    Theirs,
    /// The person's value is kept.
    Mine,
    /// This value replaces both.
    Value(FieldValue),
}

/// Resolves the conflict about `field` (or, if `None`, about the picture).
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
