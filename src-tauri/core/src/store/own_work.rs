//! Own work that another person's upload may undo, besides the [requests](super::requests): the removals that the hotel
//! confirmed, and the uploads from events.
//!
//! A removal is stored for longer than an edit: only an upload can bring a removed number back, however late that is
//! noticed (contract.md 12, trap 14).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::number;
use super::entities;
use super::{StoreError, Tx};
use crate::ids::{LocalId, ServerId};
use crate::resources::Kind;

/// The time for which a removal is stored, in milliseconds.
const REMOVALS_MS: i64 = 24 * 3600 * 1000;

/// An upload by another person, from an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// A read that began at this revision or later saw the result of the upload.
    pub revision: i64,
    /// The time of the event, in milliseconds since the epoch.
    pub at: i64,
}

/// Notes that another person has put a picture on an entity.
pub fn note_upload(tx: &Tx<'_>, entity: LocalId, now: Timestamp) -> Result<(), StoreError> {
    let revision = entities::next_revision(tx)?;
    tx.execute(
        "INSERT OR REPLACE INTO foreign_upload VALUES (?1, ?2, ?3)",
        (entity.to_string(), revision, now.as_millisecond()),
    )?;
    Ok(())
}

/// Returns the upload by another person since the last read of the entity.
pub fn upload(connection: &Connection, entity: LocalId) -> Result<Option<Upload>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT revision, at FROM foreign_upload WHERE entity = ?1")?;
    let read = |row: &rusqlite::Row<'_>| Ok(Upload { revision: number(row, 0)?, at: number(row, 1)? });
    Ok(statement.query_row([entity.to_string()], read).optional()?)
}

/// Deletes the upload, because the entity was read since.
pub fn forget_upload(tx: &Tx<'_>, entity: LocalId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM foreign_upload WHERE entity = ?1", [entity.to_string()])?;
    Ok(())
}

/// Notes that the hotel has removed this number on behalf of this desk.
pub fn remember_removal(tx: &Tx<'_>, kind: Kind, id: ServerId, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    tx.any_rows("DELETE FROM own_removal WHERE abs(?1 - at) > ?2", (now, REMOVALS_MS))?;
    tx.execute("INSERT OR REPLACE INTO own_removal VALUES (?1, ?2, ?3)", (kind.resource().name, id.0, now))?;
    Ok(())
}

/// Deletes the note of such a removal. Returns false if there was none.
pub fn take_removal(tx: &Tx<'_>, kind: Kind, id: ServerId) -> Result<bool, StoreError> {
    let taken = tx.any_rows(
        "DELETE FROM own_removal WHERE kind = ?1 AND server_id = ?2",
        (kind.resource().name, id.0),
    )?;
    Ok(taken > 0)
}
