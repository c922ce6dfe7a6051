//! Own work that somebody else's upload has undone: a question to the person, never sent again by itself.
//!
//! The server reads a row when an upload begins and writes all of it when the upload ends. What was edited in between
//! was confirmed, told to everybody, and is gone; the event of the upload tells of the picture only (contract.md 12,
//! trap 13). It is recognised by two signs together: somebody else put a picture on the entity, and a field holds
//! *exactly* what it held before one's own confirmed edit. A colleague who changes a field back without a picture has
//! meant it, and that is news.

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

/// When a copy was asked for, and a key for the question.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The revision before the request left.
    pub since: i64,
    /// Now.
    pub now: Timestamp,
    /// For the question.
    pub asking: IntentId,
    /// For what puts a late request right.
    pub righting: IntentId,
}

/// An edit of this desk that the hotel confirmed.
struct OwnEdit {
    seq: i64,
    edit: FieldEdit,
    /// When, in milliseconds since the epoch.
    at: i64,
}

fn own_edits(connection: &rusqlite::Connection, entity: LocalId) -> Result<Vec<OwnEdit>, StoreError> {
    let confirmed =
        |own: OwnRequest| Some(OwnEdit { seq: own.seq, edit: own.edit()?.clone(), at: own.confirmed_at? });
    Ok(requests::of_entity(connection, entity)?.into_iter().filter_map(confirmed).collect())
}

/// Compares a copy that the hotel gave when asked with the confirmed edits of this desk, before it becomes the base.
/// True when there is a question now.
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
    // The event of an upload may be late or lost; the new picture itself tells as much.
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
        // A newer intent for the field is merged with what stands there, and asks by itself.
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

/// Each field with its edits, oldest first.
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

/// Another picture is shown there. An event changes the address only, and another address of the same server the
/// address only too.
pub(super) fn is_other_picture(before: &ServerCopy, after: &ServerCopy, slot: Slot) -> bool {
    let (before, after) = (before.picture(slot), after.picture(slot));
    before.url != after.url && (before.path != after.path || after.path.is_none())
}

/// A picture of this desk's own is on its way, or may be.
fn is_uploading(lane: &[Intent]) -> bool {
    lane.iter().any(|intent| {
        matches!(intent.operation, Operation::SetPicture { .. })
            && matches!(intent.state, IntentState::InFlight | IntentState::Unclear)
    })
}

/// An event tells of a picture. Notes it where it is somebody else's; to be called before the base is changed.
pub fn heard_of_picture(
    tx: &Tx<'_>,
    row: &EntityRow,
    photo_url: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let shown = row.latest().and_then(|base| base.picture(Slot::Photo).url);
    // Its echo, or one's own.
    if shown.as_deref() == photo_url || is_uploading(&intents::of_lane(tx, row.local_id)?) {
        return Ok(());
    }
    own_work::note_upload(tx, row.local_id, now)
}

/// The hotel holds what this intent asked for: a deletion that waits does not count it as somebody else's change.
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

/// An entity that was removed here is at the hotel again: an upload that began before the removal has written it anew
/// (trap 14). True when the person is asked now.
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

/// The confirmed title of this desk's differs from what an event of an upload tells: the upload has put the old row
/// back.
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
