//! Detects and corrects late requests: requests with a lost answer that the server carries out after a newer request
//! of this desk or of a colleague.
//!
//! Every copy from a read or an answer is compared with the [open requests](crate::store::requests) about its entity.
//! If a field changes to exactly the value that an open request asked for, that request was carried out just now. An
//! intent about the field takes this value as the value that it replaces, so that a person never gets a conflict with
//! an own earlier request. If no intent is about the field, its previous value is restored: an ordinary edit is
//! queued. A request is carried out once and corrected once, so two desks never overwrite each other endlessly.
//!
//! A request that writes the order of a gallery writes the whole list. If the list changes to exactly that list, and
//! the change is more than the request's step, the previous list is stored, and the sender writes it again. This is so
//! when the step has ended, or when other lists were written after the request. Until it is written, the desk keeps the
//! previous list. If a colleague has written meanwhile, the colleague's list stands, and it is compared with the
//! previous one, so a picture that the late list had taken out is reported.

use jiff::Timestamp;

use super::fresh::Fresh;
use super::undone::Arrival;
use crate::ids::{IntentId, LocalId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::{Field, FieldEdit, FieldValue};
use crate::resources::{ServerCopy, ServerGallery};
use crate::store::entities::{self, DatedCopy, EntityRow, Learned, Tombstone};
use crate::store::galleries;
use crate::store::intents::{self, NewIntent};
use crate::store::requests::{self, OwnRequest};
use crate::store::{StoreError, Tx};

/// Finds the late changes in a copy that the hotel sent in an answer, before the copy becomes the base. Closes the
/// requests whose time is over. `answered` is the operation that this answer belongs to.
pub fn compare(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    theirs: &ServerCopy,
    arrival: Arrival,
    answered: Option<&Operation>,
) -> Result<(), StoreError> {
    let open = requests::open(tx, row.local_id)?;
    // It is not known which of the two copies is newer. The following read shows it.
    let seen = DatedCopy { copy: theirs.clone(), since: arrival.since };
    if open.is_empty() || entities::weigh(tx, &seen)? == Learned::Overtaken {
        return Ok(());
    }
    if let ServerCopy::Gallery(gallery) = theirs {
        compare_order(tx, row, gallery, &open)?;
    }
    let mut late: Vec<FieldEdit> = Vec::new();
    for own in requests::open(tx, row.local_id)? {
        // The sender restores the previous order.
        if own.before.is_some() {
            continue;
        }
        if let Some(edit) = own.edit()
            && !late.iter().any(|known| known.field() == edit.field())
            && !answered.is_some_and(|operation| is_about(operation, edit.field()))
            && let Some(before) = changed_to(row, theirs, &edit.now)
        {
            requests::confirm(tx, own.seq, arrival.now)?;
            late.push(FieldEdit { was: before, now: edit.now.clone() });
        } else if own.over.is_some_and(|over| over <= arrival.since)
            && !matches!(own.operation, Operation::SetPicture { .. } | Operation::Create { .. })
        {
            requests::forget(tx, own.seq)?;
        }
    }
    put_right(tx, row.local_id, late, arrival)
}

/// Returns the previous value of the field if this copy is the first to show `value` there.
fn changed_to(row: &EntityRow, theirs: &ServerCopy, value: &FieldValue) -> Option<FieldValue> {
    if !theirs.fields().holds(value) {
        return None;
    }
    let differs = |copy: &ServerCopy| !copy.fields().holds(value);
    let base = row.base.as_ref().filter(|base| differs(base))?;
    // An event may have shown a colleague's value since the base was read.
    let before = row.unconfirmed.as_ref().filter(|shown| differs(shown)).unwrap_or(base);
    Some(before.fields().in_place_of(value))
}

/// Finds the open request that has just written this order of a gallery. If several requests wrote the same order, it
/// is not known which one was late, and the newest is sufficient.
fn compare_order(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    theirs: &ServerGallery,
    open: &[OwnRequest],
) -> Result<(), StoreError> {
    let newest = open.iter().rfind(|own| own.has_written(theirs));
    let Some(own) = newest.filter(|own| own.before.is_none()) else { return Ok(()) };
    let Some(before) = own.list.as_ref().and_then(|list| changed_to_order(row, list)) else { return Ok(()) };
    let keys = galleries::keys(tx, row.local_id)?;
    let is_step = |intent: &Intent| {
        let mut stepped = keys.list(before);
        intent.operation.image_step().iter().for_each(|step| step.apply(&mut stepped));
        stepped == keys.list(theirs)
    };
    let lane = intents::of_lane(tx, row.local_id)?;
    match lane.iter().find(|intent| intent.id == own.intent) {
        // The answer to the newest request closes that request. An earlier one of the same intent was late.
        Some(intent)
            if intent.state == IntentState::InFlight
                && requests::newest(tx, intent.id)? == Some(own.request) =>
        {
            Ok(())
        }
        // Nothing else was written since, so the hotel has what the intent asks for.
        Some(intent) if is_step(intent) => requests::forget(tx, own.seq),
        _ => requests::came_late(tx, own.seq, &before.order()),
    }
}

/// Returns true if this is an order of this desk that came late. The sender replaces it.
pub fn is_replaced_soon(tx: &Tx<'_>, row: &EntityRow, theirs: &ServerCopy) -> Result<bool, StoreError> {
    let ServerCopy::Gallery(gallery) = theirs else { return Ok(false) };
    let is_this = |own: &OwnRequest| own.before.is_some() && own.has_written(gallery);
    Ok(requests::open(tx, row.local_id)?.iter().any(is_this))
}

/// Returns the previous gallery if this copy is the first to show this order.
fn changed_to_order<'a>(row: &'a EntityRow, list: &[String]) -> Option<&'a ServerGallery> {
    let other = |copy: &'a ServerCopy| match copy {
        ServerCopy::Gallery(gallery) if !gallery.has_order(list) => Some(gallery),
        _ => None,
    };
    let base = row.base.as_ref().and_then(other)?;
    Some(row.unconfirmed.as_ref().and_then(other).unwrap_or(base))
}

fn is_about(operation: &Operation, field: &Field) -> bool {
    match operation {
        Operation::Edit { edits } => edits.iter().any(|edit| edit.field() == field),
        _ => false,
    }
}

/// Restores the fields that late requests have overwritten. `late` contains each field's previous value and the late
/// value.
fn put_right(
    tx: &mut Tx<'_>,
    lane: LocalId,
    late: Vec<FieldEdit>,
    arrival: Arrival,
) -> Result<(), StoreError> {
    let mut right = Vec::new();
    for came in late {
        let mut is_wanted = false;
        for mut intent in intents::of_lane(tx, lane)? {
            if !is_about(&intent.operation, came.field()) {
                continue;
            }
            is_wanted = true;
            if intent.state != IntentState::InFlight && takes_for_replaced(&mut intent, &came) {
                intents::update(tx, &intent)?;
            }
        }
        if !is_wanted {
            right.push(FieldEdit { was: came.now, now: came.was });
        }
    }
    if right.is_empty() {
        return Ok(());
    }
    intents::add(
        tx,
        &NewIntent::waiting(arrival.righting, lane, Operation::Edit { edits: right }, arrival.now),
    )
}

/// Changes an edit that replaces the previous value into one that replaces the late value. Returns false if the intent
/// is no such edit.
fn takes_for_replaced(intent: &mut Intent, came: &FieldEdit) -> bool {
    let Operation::Edit { edits } = &mut intent.operation else { return false };
    let from_before = |edit: &&mut FieldEdit| {
        edit.field() == came.field()
            && edit.was.as_stored() == came.was.as_stored()
            && edit.now.as_stored() != came.now.as_stored()
    };
    let found = edits.iter_mut().find(from_before);
    found.is_some_and(|edit| {
        edit.was = came.now.clone();
        true
    })
}

/// Returns the values that this desk sent recently for fields of an entity.
pub fn own_values(own: &[OwnRequest]) -> Vec<FieldValue> {
    own.iter().filter_map(OwnRequest::edit).map(|edit| edit.now.clone()).collect()
}

/// Keeps a colleague's value, as a person decided. If a late request of this desk has replaced it meanwhile, the value
/// is restored.
pub(super) fn let_stand(
    tx: &mut Tx<'_>,
    fresh: Fresh,
    lane: LocalId,
    theirs: Option<FieldValue>,
) -> Result<(), StoreError> {
    let row = entities::get(tx, lane)?;
    let (Some(theirs), Some(base)) = (theirs, row.base.as_ref()) else { return Ok(()) };
    let standing = base.fields().in_place_of(&theirs);
    let own = own_values(&requests::of_entity(tx, lane)?);
    let is_own = own.iter().any(|own| own.field == theirs.field && own.as_stored() == standing.as_stored());
    if !is_own || standing.as_stored() == theirs.as_stored() {
        return Ok(());
    }
    let edits = vec![FieldEdit { was: standing, now: theirs }];
    intents::add(tx, &NewIntent::waiting(fresh.first, lane, Operation::Edit { edits }, fresh.now))
}

/// Asks the person about an entity that the hotel no longer has, if an open removal of this desk was withdrawn.
/// Returns false if there is no such removal.
pub fn is_removed(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    (asking, now): (IntentId, Timestamp),
) -> Result<bool, StoreError> {
    let is_removal = |operation: &Operation| matches!(operation, Operation::Delete { .. });
    let open = requests::open(tx, row.local_id)?;
    let Some(late) = open.into_iter().find(|own| is_removal(&own.operation)) else { return Ok(false) };
    let lane = intents::of_lane(tx, row.local_id)?;
    let can_be_made = row.kind.table().can_be_made;
    if !can_be_made || lane.iter().any(|intent| is_removal(&intent.operation)) {
        return Ok(false);
    }
    requests::forget(tx, late.seq)?;
    entities::set_tombstone(tx, row.local_id, Tombstone::Confirmed)?;
    let mut question = NewIntent::waiting(asking, row.local_id, late.operation, now);
    question.state = IntentState::Attention;
    question.note.trouble = Some(Trouble::RemovedLate);
    intents::add(tx, &question)?;
    Ok(true)
}
