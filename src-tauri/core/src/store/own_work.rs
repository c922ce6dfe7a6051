//! What this desk did and the hotel confirmed, for as long as somebody else's upload may undo it.
//!
//! An upload takes seconds, minutes at most, and ends by writing the row that it read at its beginning (contract.md 12,
//! traps 13 and 14). So an edit is remembered for [`EDITS_MS`]. A removal is remembered for longer: a number that was
//! removed comes back in no other way, however late that is noticed.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{json, number};
use super::entities;
use super::{StoreError, Tx};
use crate::ids::{LocalId, ServerId};
use crate::records::FieldEdit;
use crate::resources::Kind;

/// How long before the end of an upload an edit can have been made that it undoes, in milliseconds.
pub const EDITS_MS: i64 = 10 * 60 * 1000;
/// How long a removal is remembered, in milliseconds.
const REMOVALS_MS: i64 = 24 * 3600 * 1000;

/// An edit that the hotel confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEdit {
    /// Its place in the order of all of them.
    pub seq: i64,
    /// The value before, and the confirmed one.
    pub edit: FieldEdit,
    /// When it was confirmed, in milliseconds since the epoch.
    pub at: i64,
}

/// Somebody else's upload that was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// A read that began at this tick or later saw what it left.
    pub revision: i64,
    /// When it was heard of, in milliseconds since the epoch.
    pub at: i64,
}

/// Remembers an edit that the hotel has confirmed, and forgets what is too old.
pub fn remember_edit(
    tx: &Tx<'_>,
    entity: LocalId,
    edit: &FieldEdit,
    now: Timestamp,
) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    // A time ahead of this one was written by a clock that has since been set back.
    tx.any_rows(
        "DELETE FROM own_edit
          WHERE abs(?1 - at) > ?2 AND thing NOT IN (SELECT thing FROM foreign_upload)",
        (now, EDITS_MS),
    )?;
    tx.execute(
        "INSERT INTO own_edit (thing, edit, at) VALUES (?1, ?2, ?3)",
        (entity.to_string(), serde_json::to_string(edit)?, now),
    )?;
    Ok(())
}

/// The remembered edits of an entity, oldest first.
pub fn edits(connection: &Connection, entity: LocalId) -> Result<Vec<OwnEdit>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT seq, edit, at FROM own_edit WHERE thing = ?1 ORDER BY seq")?;
    let rows = statement
        .query_map([entity.to_string()], |row| Ok((number(row, 0)?, json(row, 1)?, number(row, 2)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (seq, edit, at) = row?;
        // One that cannot be read costs a question at most.
        if let Some(edit) = edit {
            found.push(OwnEdit { seq, edit, at });
        }
    }
    Ok(found)
}

/// Forgets an edit: its field has changed otherwise, or the person was asked about it.
pub fn forget_edit(tx: &Tx<'_>, seq: i64) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM own_edit WHERE seq = ?1", [seq])?;
    Ok(())
}

/// Notes that somebody else has put a picture on an entity.
pub fn note_upload(tx: &Tx<'_>, entity: LocalId, now: Timestamp) -> Result<(), StoreError> {
    let revision = entities::next_revision(tx)?;
    tx.execute(
        "INSERT OR REPLACE INTO foreign_upload VALUES (?1, ?2, ?3)",
        (entity.to_string(), revision, now.as_millisecond()),
    )?;
    Ok(())
}

/// The upload of somebody else's that was heard of since the entity was read last.
pub fn upload(connection: &Connection, entity: LocalId) -> Result<Option<Upload>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT tick, at FROM foreign_upload WHERE thing = ?1")?;
    let read = |row: &rusqlite::Row<'_>| Ok(Upload { revision: number(row, 0)?, at: number(row, 1)? });
    Ok(statement.query_row([entity.to_string()], read).optional()?)
}

/// The entity was read since.
pub fn forget_upload(tx: &Tx<'_>, entity: LocalId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM foreign_upload WHERE thing = ?1", [entity.to_string()])?;
    Ok(())
}

/// Remembers that the hotel has removed this number because somebody here wished it.
pub fn remember_removal(tx: &Tx<'_>, kind: Kind, id: ServerId, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    tx.any_rows("DELETE FROM own_removal WHERE abs(?1 - at) > ?2", (now, REMOVALS_MS))?;
    tx.execute("INSERT OR REPLACE INTO own_removal VALUES (?1, ?2, ?3)", (kind.resource().name, id.0, now))?;
    Ok(())
}

/// Takes the memory of such a removal. False: there is none.
pub fn take_removal(tx: &Tx<'_>, kind: Kind, id: ServerId) -> Result<bool, StoreError> {
    let taken = tx.any_rows(
        "DELETE FROM own_removal WHERE kind = ?1 AND server_id = ?2",
        (kind.resource().name, id.0),
    )?;
    Ok(taken > 0)
}
