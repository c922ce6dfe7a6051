//! The small values of a database about moves to other computers.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::{StoreError, with};
use crate::ids::MoveId;
use crate::replace;

/// The keys in the table of small values. They are never read again from the hotel, so a rebuilt database keeps them.
pub(super) const MOVED: &str = "moved";
pub(super) const TAKEN: &str = "taken";
/// A move that has begun. Its unfinished file is recognised by this.
pub(super) const MOVING: &str = "moving";
pub(super) const KEPT: [&str; 2] = [MOVED, TAKEN];

/// The ends of the names of a snapshot that leaves, and of one that arrives.
pub(super) const SNAPSHOT: &str = ".moving";
pub(super) const ARRIVING: &str = ".taking";

/// The mark of an account that was moved, or that begins to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The move.
    pub id: MoveId,
    /// The path of the file on the old computer.
    pub to: String,
    /// The time of the move.
    pub at: Timestamp,
}

/// Returns the mark, if the account was moved to another computer.
pub fn moved(connection: &Connection) -> Result<Option<Moved>, StoreError> {
    let Some(stored) = value(connection, MOVED)? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&stored)?))
}

/// Returns the move that was begun last and has not ended, if it was killed.
pub fn begun(connection: &Connection) -> Result<Option<Moved>, StoreError> {
    let stored = value(connection, MOVING)?;
    Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()))
}

/// Returns the moves by which this database has arrived here and elsewhere.
pub fn taken(connection: &Connection) -> Result<Vec<MoveId>, StoreError> {
    let stored = value(connection, TAKEN)?;
    Ok(stored.map(|stored| serde_json::from_str(&stored)).transpose()?.unwrap_or_default())
}

/// Fails if the account was moved.
pub(super) fn refuse_moved(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = 'moved'")?;
    let stored: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    let Some(stored) = stored else { return Ok(()) };
    // A mark that cannot be read is still a mark.
    let to = serde_json::from_str(&stored).map_or_else(|_| String::new(), |moved: Moved| moved.to);
    Err(StoreError::Moved(to))
}

fn value(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

pub(super) fn set(connection: &Connection, key: &str, value: &impl Serialize) -> Result<(), StoreError> {
    connection
        .execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", (key, serde_json::to_string(value)?))?;
    Ok(())
}

/// Removes what a killed move or arrival has left beside a database.
pub(super) fn tidy(database: &Path) {
    for rest in [SNAPSHOT, ARRIVING] {
        if let Err(error) = replace::remove(&with(database, rest)) {
            tracing::warn!(%error, "the rest of a move could not be removed");
        }
    }
}
