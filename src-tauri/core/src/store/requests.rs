//! The requests that this desk has sent: those that the hotel may still carry out, and those that it confirmed
//! recently.
//!
//! A request is stored in the transaction in which its intent becomes *in flight*, one row for each field, and stays
//! *open* until its answer arrives. If the answer is lost, the request stays open even after its intent has ended:
//! until the server can no longer carry it out and a later read has shown the current state.
//!
//! A confirmed edit is kept for [`EDITS_MS`]. An upload that began before the edit writes back the old row. It takes
//! seconds, or a few minutes at most (contract.md 12, traps 13 and 14).

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::columns::{json, key, number};
use super::{StoreError, Tx, entities};
use crate::ids::{IntentId, LocalId};
use crate::model::{Intent, Operation};
use crate::records::{FieldEdit, Slot};
use crate::resources::{ServerCopy, ServerGallery};

/// The longest time between an edit and the end of an upload that undoes it, in milliseconds.
pub const EDITS_MS: i64 = 10 * 60 * 1000;

/// One field of a request of this desk, or a whole request that is not about fields.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnRequest {
    /// The position in the order of all rows.
    pub seq: i64,
    /// The revision at which the request left. All fields of one request have the same.
    pub request: i64,
    /// The entity.
    pub entity: LocalId,
    /// The requested operation. An edit contains one field.
    pub operation: Operation,
    /// The time at which the hotel confirmed the request, or showed that it was carried out, in milliseconds since the
    /// epoch. `None` while it is open.
    pub confirmed_at: Option<i64>,
    /// The revision from which the server can no longer carry out the request.
    pub over: Option<i64>,
    /// The intent.
    pub intent: IntentId,
    /// The order of a gallery that the request wrote, as the server's names.
    pub list: Option<Vec<String>>,
    /// The order that a late request replaced and that must be restored.
    pub before: Option<Vec<String>>,
}

crate::private::hides!(OwnRequest { seq, request, entity, operation, confirmed_at, over, intent; list, before });

impl OwnRequest {
    /// Returns true if the server may still carry out the request.
    pub fn is_open(&self) -> bool {
        self.confirmed_at.is_none()
    }

    /// Returns true if the request wrote the order that this gallery has.
    pub fn has_written(&self, gallery: &ServerGallery) -> bool {
        self.list.as_ref().is_some_and(|list| gallery.has_order(list))
    }

    /// Returns the edit of a field, or `None` for another operation.
    pub fn edit(&self) -> Option<&FieldEdit> {
        match &self.operation {
            Operation::Edit { edits } => edits.first(),
            _ => None,
        }
    }

    /// Returns true if the request is about this picture slot.
    pub fn is_about_picture(&self, place: Slot) -> bool {
        self.operation.is_about_picture(place)
    }
}

/// An open request whose outcome must be read once its time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRequest {
    /// The number of the request.
    pub request: i64,
    /// The entity.
    pub entity: LocalId,
    /// The time at which it left, in milliseconds since the epoch.
    pub left_at: i64,
    /// Whether its time was already over at the last check.
    pub is_over: bool,
}

const COLUMNS: &str = "seq, request, entity, operation, confirmed_at, over, intent, list, before";

fn read_row(row: &Row<'_>) -> rusqlite::Result<OwnRequest> {
    let optional = |index| row.get_ref(index).map(|value| value.as_i64().ok());
    Ok(OwnRequest {
        seq: number(row, 0)?,
        request: number(row, 1)?,
        entity: LocalId(key(row, 2)?),
        // An unreadable operation is about no field.
        operation: json(row, 3)?.unwrap_or(Operation::Unreadable),
        confirmed_at: optional(4)?,
        over: optional(5)?,
        intent: IntentId(key(row, 6)?),
        list: json(row, 7)?,
        before: json(row, 8)?,
    })
}

/// Stores a request that leaves now. Returns its number, which is the revision of the departure.
pub fn depart(tx: &Tx<'_>, intent: &Intent, now: Timestamp) -> Result<i64, StoreError> {
    let request = entities::next_revision(tx)?;
    let parts = match &intent.operation {
        Operation::Edit { edits } => {
            edits.iter().map(|edit| Operation::Edit { edits: vec![edit.clone()] }).collect()
        }
        whole => vec![whole.clone()],
    };
    for part in parts {
        tx.execute(
            "INSERT INTO own_request (request, intent, entity, operation, left_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                request,
                intent.id.to_string(),
                intent.lane.to_string(),
                serde_json::to_string(&part)?,
                now.as_millisecond(),
            ),
        )?;
    }
    Ok(request)
}

/// Returns the requests about an entity: the confirmed ones in the order of their confirmation, then the open ones,
/// oldest first.
pub fn of_entity(connection: &Connection, entity: LocalId) -> Result<Vec<OwnRequest>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM own_request WHERE entity = ?1
          ORDER BY confirmed_at IS NULL, confirmed_at, seq"
    ))?;
    let rows = statement.query_map([entity.to_string()], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the open requests about an entity, oldest first.
pub fn open(connection: &Connection, entity: LocalId) -> Result<Vec<OwnRequest>, StoreError> {
    Ok(of_entity(connection, entity)?.into_iter().filter(OwnRequest::is_open).collect())
}

/// Returns the last copy whose changes were judged. An event with an order that this desk has sent is no such copy:
/// it may be late.
pub fn last_judged<'a>(row: &'a entities::EntityRow, open: &[OwnRequest]) -> Option<&'a ServerCopy> {
    let is_own = |copy: &&ServerCopy| match copy {
        ServerCopy::Gallery(gallery) => open.iter().any(|own| own.has_written(gallery)),
        _ => false,
    };
    row.unconfirmed.as_ref().filter(|copy| !is_own(copy)).or(row.base.as_ref())
}

/// Returns all open requests except creates and messages, whose intents resolve them.
pub fn all_open(connection: &Connection) -> Result<Vec<OpenRequest>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT request, entity, left_at, over IS NOT NULL FROM own_request
          WHERE confirmed_at IS NULL
            AND coalesce(CASE WHEN json_valid(operation) THEN json_extract(operation, '$.operation') END, '')
                NOT IN ('create', 'say')
          ORDER BY request",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(OpenRequest {
            request: number(row, 0)?,
            entity: LocalId(key(row, 1)?),
            left_at: number(row, 2)?,
            is_over: number(row, 3)? != 0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores the order of a gallery that a request writes.
pub fn writes_list(tx: &Tx<'_>, request: i64, list: &[String]) -> Result<(), StoreError> {
    tx.one_row("UPDATE own_request SET list = ?2 WHERE request = ?1", (request, serde_json::to_string(list)?))
}

/// Stores a request that leaves now and writes this order of a gallery, in addition to the steps. Returns its number.
pub fn depart_with_list(
    tx: &Tx<'_>,
    (intent, entity): (IntentId, LocalId),
    operation: &Operation,
    list: &[String],
    now: Timestamp,
) -> Result<i64, StoreError> {
    let request = entities::next_revision(tx)?;
    tx.execute(
        "INSERT INTO own_request (request, intent, entity, operation, left_at, list) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            request,
            intent.to_string(),
            entity.to_string(),
            serde_json::to_string(operation)?,
            now.as_millisecond(),
            serde_json::to_string(list)?,
        ),
    )?;
    Ok(request)
}

/// Notes that an order of a gallery was carried out late and replaced the order `before`. The sender restores it at
/// once.
pub fn came_late(tx: &Tx<'_>, seq: i64, before: &[String]) -> Result<(), StoreError> {
    let revision = entities::next_revision(tx)?;
    tx.one_row(
        "UPDATE own_request SET before = ?2, over = coalesce(over, ?3) WHERE seq = ?1",
        (seq, serde_json::to_string(before)?, revision),
    )
}

/// Deletes all rows of a request.
pub fn forget_request(tx: &Tx<'_>, request: i64) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM own_request WHERE request = ?1", [request])?;
    Ok(())
}

/// Returns the number of the intent's last request.
pub fn newest(tx: &Tx<'_>, intent: IntentId) -> Result<Option<i64>, StoreError> {
    let newest = "SELECT max(request) FROM own_request WHERE intent = ?1";
    Ok(tx.query_row(newest, [intent.to_string()], |row| row.get(0))?)
}

/// Deletes the request of this intent that is in flight. It was refused or stopped, so it changed nothing.
pub fn refused(tx: &Tx<'_>, intent: IntentId) -> Result<(), StoreError> {
    if let Some(request) = newest(tx, intent)? {
        tx.any_rows("DELETE FROM own_request WHERE request = ?1 AND confirmed_at IS NULL", [request])?;
    }
    Ok(())
}

/// Stores that the request of this intent that is in flight was confirmed, with this copy if it is about fields.
pub fn confirmed(
    tx: &Tx<'_>,
    intent: &Intent,
    answer: Option<&ServerCopy>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(request) = newest(tx, intent.id)? else { return Ok(()) };
    for part in of_entity(tx, intent.lane)?.iter().filter(|part| part.request == request) {
        let is_kept = match (part.edit(), answer) {
            (Some(edit), Some(answer)) => {
                edit.was.as_stored() != edit.now.as_stored() && answer.fields().holds(&edit.now)
            }
            _ => matches!(part.operation, Operation::SetPicture { .. }),
        };
        if is_kept {
            confirm(tx, part.seq, now)?;
        } else {
            forget(tx, part.seq)?;
        }
    }
    forget_old(tx, now)
}

/// Stores that the hotel shows the result of this row.
pub fn confirm(tx: &Tx<'_>, seq: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.any_rows(
        "UPDATE own_request SET confirmed_at = ?2 WHERE seq = ?1 AND confirmed_at IS NULL",
        (seq, now.as_millisecond()),
    )?;
    Ok(())
}

/// Deletes a row: its time is over, its field has changed in another way, or the person was asked about it.
pub fn forget(tx: &Tx<'_>, seq: i64) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM own_request WHERE seq = ?1", [seq])?;
    Ok(())
}

/// Deletes the requests of an intent, because a person says that the hotel did not carry them out.
pub fn forget_intent(tx: &Tx<'_>, intent: IntentId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM own_request WHERE intent = ?1", [intent.to_string()])?;
    Ok(())
}

/// Deletes rows that were confirmed too long ago. Rows of an entity with an open request or with an announced upload
/// stay.
fn forget_old(tx: &Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    // A time in the future was written before the clock was set back.
    tx.any_rows(
        "DELETE FROM own_request
          WHERE abs(?1 - confirmed_at) > ?2
            AND entity NOT IN (SELECT entity FROM foreign_upload)
            AND entity NOT IN (SELECT entity FROM own_request WHERE confirmed_at IS NULL)",
        (now.as_millisecond(), EDITS_MS),
    )?;
    Ok(())
}

/// Notes that the time of these requests is over: only a read from now on shows their outcome.
pub fn are_over(tx: &Tx<'_>, requests: &[i64]) -> Result<(), StoreError> {
    let revision = entities::next_revision(tx)?;
    for request in requests {
        tx.any_rows(
            "UPDATE own_request SET over = ?2 WHERE request = ?1 AND confirmed_at IS NULL AND over IS NULL",
            (request, revision),
        )?;
    }
    Ok(())
}

/// Notes that the request may have left at an unknown time: it counts as having left just now.
pub fn left_just_now(tx: &Tx<'_>, intent: &Intent, now: Timestamp) -> Result<(), StoreError> {
    if tx.any_rows(
        "UPDATE own_request SET left_at = ?2 WHERE intent = ?1 AND confirmed_at IS NULL",
        (intent.id.to_string(), now.as_millisecond()),
    )? == 0
    {
        depart(tx, intent, now)?;
    }
    Ok(())
}
