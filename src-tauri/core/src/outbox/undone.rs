//! Own edits that another person's upload has undone. They become a question to the person and are never sent again
//! automatically.
//!
//! The server reads a row when an upload begins and writes the whole row when the upload ends. An edit in between was
//! confirmed and announced to all clients, and is lost; the upload's event contains only the picture (contract.md 12,
//! trap 13). Two signs together identify this case: another person changed the entity's picture, and a field has
//! *exactly* the value that it had before the own confirmed edit. A colleague who restores a field without a picture
//! does so on purpose, and that is an activity.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::{IntentId, LocalId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::{Field, FieldEdit, Slot};
use crate::resources::{Kind, ServerCopy};
use crate::store::entities::{self, EntityRow};
use crate::store::intents::{self, NewIntent};
use crate::store::own_work;
use crate::store::requests::{self, EDITS_MS, OwnRequest};
use crate::store::{StoreError, Tx};

/// The times of a copy's request and arrival, and the keys of the resulting intents.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The revision before the request left.
    pub since: i64,
    /// The current time.
    pub now: Timestamp,
    /// The key of the question.
    pub asking: IntentId,
    /// The key of the correction of a late request.
    pub righting: IntentId,
}

/// An edit of this desk that the hotel confirmed.
struct OwnEdit {
    seq: i64,
    edit: FieldEdit,
    /// The time of the edit, in milliseconds since the epoch.
    at: i64,
}

fn own_edits(connection: &rusqlite::Connection, entity: LocalId) -> Result<Vec<OwnEdit>, StoreError> {
    let confirmed =
        |own: OwnRequest| Some(OwnEdit { seq: own.seq, edit: own.edit()?.clone(), at: own.confirmed_at? });
    Ok(requests::of_entity(connection, entity)?.into_iter().filter_map(confirmed).collect())
}

/// Compares a copy that the hotel sent in an answer with the confirmed edits of this desk, before the copy becomes the
/// base. Returns true if a question was added.
pub fn compare(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    theirs: &ServerCopy,
    arrival: Arrival,
) -> Result<bool, StoreError> {
    let edits = own_edits(tx, row.local_id)?;
    let heard = own_work::upload(tx, row.local_id)?;
    if edits.is_empty() && heard.is_none() {
        return Ok(false);
    }
    let lane = intents::of_lane(tx, row.local_id)?;
    // The event of an upload may be late or lost; the new picture itself is sufficient evidence.
    let is_new =
        || row.base.as_ref().is_some_and(|base| has_new_picture(base, theirs)) && !is_uploading(&lane);
    let heard_at = heard.map(|upload| upload.at).or_else(|| is_new().then(|| arrival.now.as_millisecond()));
    let mut undone = Vec::new();
    for (field, own) in by_field(edits) {
        let is_wanted = |intent: &Intent| match &intent.operation {
            Operation::Edit { edits } => edits.iter().any(|edit| *edit.field() == field),
            _ => false,
        };
        let Some(newest) = own.last() else { continue };
        let standing = theirs.fields().in_place_of(&newest.edit.now);
        let stands = standing.as_stored() == newest.edit.now.as_stored();
        // A newer intent for the field is merged with the hotel's value, and the merge asks if necessary.
        if stands || lane.iter().any(is_wanted) {
            continue;
        }
        let held = |own: &OwnEdit| own.edit.was.as_stored() == standing.as_stored();
        let in_time = |own: &OwnEdit| heard_at.is_some_and(|at| (at - own.at).abs() <= EDITS_MS);
        if own.iter().any(|own| held(own) && in_time(own)) {
            undone.push(FieldEdit { was: standing, now: newest.edit.now.clone() });
        }
        own.iter().try_for_each(|own| requests::forget(tx, own.seq))?;
    }
    if heard.is_some_and(|upload| upload.revision <= arrival.since) {
        own_work::forget_upload(tx, row.local_id)?;
    }
    if undone.is_empty() {
        return Ok(false);
    }
    let mut question =
        NewIntent::waiting(arrival.asking, row.local_id, Operation::Edit { edits: undone }, arrival.now);
    question.state = IntentState::Attention;
    question.note.trouble = Some(Trouble::UndoneByUpload);
    intents::add(tx, &question)?;
    Ok(true)
}

/// Groups the edits by field, oldest first.
fn by_field(edits: Vec<OwnEdit>) -> BTreeMap<Field, Vec<OwnEdit>> {
    let mut fields: BTreeMap<Field, Vec<OwnEdit>> = BTreeMap::new();
    for own in edits {
        fields.entry(own.edit.field().clone()).or_default().push(own);
    }
    fields
}

fn has_new_picture(base: &ServerCopy, theirs: &ServerCopy) -> bool {
    theirs.kind().table().slots.iter().any(|slot| is_other_picture(base, theirs, *slot))
}

/// Returns true if the hotel shows another picture. An event changes only the address, and so does another address of
/// the same server.
pub(super) fn is_other_picture(before: &ServerCopy, after: &ServerCopy, slot: Slot) -> bool {
    let (before, after) = (before.picture(slot), after.picture(slot));
    before.url != after.url && (before.path != after.path || after.path.is_none())
}

/// Returns true if this desk is uploading a picture or may be.
fn is_uploading(lane: &[Intent]) -> bool {
    lane.iter().any(|intent| {
        matches!(intent.operation, Operation::SetPicture { .. })
            && matches!(intent.state, IntentState::InFlight | IntentState::Unclear)
    })
}

/// Stores that an event announced another person's picture. Must be called before the base is changed.
pub fn heard_of_picture(
    tx: &Tx<'_>,
    row: &EntityRow,
    photo_url: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let shown = row.latest().and_then(|base| base.picture(Slot::Photo).url);
    // The event is a repetition or the echo of an own upload.
    if shown.as_deref() == photo_url || is_uploading(&intents::of_lane(tx, row.local_id)?) {
        return Ok(());
    }
    own_work::note_upload(tx, row.local_id, now)
}

/// Updates the copies that pending deletions were compared with, because the hotel has stored this intent: a deletion
/// must not count it as another person's change.
pub fn show_to_deletions(tx: &mut Tx<'_>, intent: &Intent, answer: &ServerCopy) -> Result<(), StoreError> {
    let mut own = Vec::new();
    if let Operation::Edit { edits } = &intent.operation {
        for edit in edits {
            if answer.fields().holds(&edit.now) {
                own.push(answer.fields().in_place_of(&edit.now));
            }
        }
    }
    for mut other in intents::of_lane(tx, intent.lane)? {
        if !matches!(other.operation, Operation::Delete { .. }) {
            continue;
        }
        let Some(seen) = &mut other.note.seen else { continue };
        own.iter().for_each(|value| seen.set_value(value.clone()));
        if let Operation::SetPicture { slot, .. } = &intent.operation {
            seen.set_picture(*slot, answer.picture(*slot));
        }
        intents::update(tx, &other)?;
    }
    Ok(())
}

/// Asks the person about an entity that was removed here and exists again at the hotel: an upload that began before
/// the removal has written it again (trap 14). Returns true if the person is asked.
pub fn came_back(
    tx: &mut Tx<'_>,
    row: &EntityRow,
    theirs: &ServerCopy,
    (fresh, now): (IntentId, Timestamp),
) -> Result<bool, StoreError> {
    if !own_work::take_removal(tx, theirs.kind(), theirs.id())? {
        return Ok(false);
    }
    let operation = Operation::Delete { title: theirs.title() };
    let mut question = NewIntent::waiting(fresh, row.local_id, operation, now);
    question.state = IntentState::Attention;
    question.note.seen = Some(theirs.clone());
    question.note.trouble = Some(Trouble::CameBack);
    intents::add(tx, &question)?;
    Ok(true)
}

/// Returns true if an upload's event contains another title than the one that this desk confirmed: the upload has
/// restored the old row.
pub fn is_contradicted(
    connection: &rusqlite::Connection,
    kind: Kind,
    id: crate::ids::ServerId,
    title: &str,
) -> Result<bool, StoreError> {
    let Some(row) = entities::by_server_id(connection, kind, id)? else { return Ok(false) };
    let edits = own_edits(connection, row.local_id)?;
    let of_title = |own: &&OwnEdit| own.edit.field().0 == kind.table().marks[0];
    let newest = edits.iter().rev().find(of_title);
    Ok(newest.is_some_and(|own| own.edit.now.value.text().trim() != title.trim()))
}
