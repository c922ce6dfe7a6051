//! Detects that a database has gone back, because it or its folder was restored from a backup.
//!
//! The file `desk.sqlite.left` beside the database contains the number of the newest request that has left. It is
//! written in place after the commit and need not reach the disk: it may lag behind the database, and is never ahead
//! of it. A database with a lower revision has gone back. The database also stores the creation time of that file: a
//! folder that was restored or copied has a new file.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{number, optional_text, text};
use super::{StoreError, Tx, entities, intents, requests, with};
use crate::model::{IntentState, Operation};

const FILE: &str = ".left";
/// The keys in the table of small values.
const MADE_AT: &str = "left_file_made_at";
const WENT_BACK: &str = "went_back";

/// Notes that a request has left.
pub(super) fn note(database: &Path, request: i64) {
    if let Err(error) = fs::write(with(database, FILE), request.to_string()) {
        tracing::info!(%error, "the number of the newest request cannot be kept beside the database");
    }
}

/// Deletes the file, for a database that counts from zero.
pub(super) fn forget(database: &Path) -> Result<(), StoreError> {
    Ok(crate::replace::remove(&with(database, FILE))?)
}

/// Forgets the file in the database, for one that comes from another computer.
pub(super) fn forget_place(connection: &Connection) -> Result<(), StoreError> {
    Tx::of(connection).any_rows("DELETE FROM meta WHERE key = ?1", [MADE_AT])?;
    Ok(())
}

/// Checks whether the database has gone back. If it has, and an intent waits in it, nothing is sent until a person
/// agrees.
pub(super) fn look(connection: &Connection, database: &Path) -> Result<(), StoreError> {
    let known = value(connection, MADE_AT)?;
    let went_back = match &known {
        Some(known) => made_at(database).as_ref() != Some(known) || newest(database) > revision(connection)?,
        // The file is new, or the file system does not report creation times.
        None => newest(database) > revision(connection)?,
    };
    if went_back {
        let waits: bool =
            connection.query_row("SELECT EXISTS (SELECT 1 FROM intent)", [], |row| row.get(0))?;
        tracing::warn!(waits, "the database has gone back");
        if waits {
            set(connection, WENT_BACK, &serde_json::to_string(&highest_numbers(connection)?)?)?;
        }
    }
    if went_back || made_at(database).is_none() {
        note(database, revision(connection)?);
    }
    match made_at(database) {
        Some(made_at) if known.as_ref() != Some(&made_at) => set(connection, MADE_AT, &made_at),
        _ => Ok(()),
    }
}

/// Returns true if the database has gone back, and no person has agreed yet that the waiting intents are sent.
pub fn has_gone_back(connection: &Connection) -> Result<bool, StoreError> {
    Ok(value(connection, WENT_BACK)?.is_some())
}

/// Allows sending again, because the person has agreed or nothing waits any more. The entity of a waiting create may
/// be at the hotel already, so the sender first looks for it among the entities that the database did not know.
pub fn may_go_on(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    let known: HashMap<String, i64> =
        value(tx, WENT_BACK)?.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default();
    for mut intent in intents::all(tx)? {
        if matches!(intent.operation, Operation::Create { .. }) && intent.state == IntentState::Waiting {
            let kind = entities::kind_of(tx, intent.lane)?.map(|kind| kind.resource().name);
            let highest = kind.and_then(|name| known.get(name)).copied();
            intent.state = IntentState::Unclear;
            intent.note.known_up_to = Some(highest.unwrap_or_default());
            intents::update(tx, &intent)?;
            requests::left_just_now(tx, &intent, now)?;
        }
    }
    tx.any_rows("DELETE FROM meta WHERE key = ?1", [WENT_BACK])?;
    Ok(())
}

/// Returns the highest known number at the hotel for each kind.
fn highest_numbers(connection: &Connection) -> Result<HashMap<String, i64>, StoreError> {
    let mut statement = connection
        .prepare("SELECT kind, max(server_id) FROM entity WHERE server_id IS NOT NULL GROUP BY kind")?;
    let rows = statement.query_map([], |row| Ok((text(row, 0)?, number(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the number of the newest request that is known to have left.
fn newest(database: &Path) -> i64 {
    let text = fs::read_to_string(with(database, FILE)).unwrap_or_default();
    text.trim().parse().unwrap_or_default()
}

/// Returns the creation time of the file, if the file system reports it.
fn made_at(database: &Path) -> Option<String> {
    let made_at = fs::metadata(with(database, FILE)).and_then(|file| file.created()).ok()?;
    Some(made_at.duration_since(UNIX_EPOCH).ok()?.as_nanos().to_string())
}

fn revision(connection: &Connection) -> Result<i64, StoreError> {
    entities::revision(connection)
}

fn value(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| optional_text(row, 0)).optional()?.flatten())
}

fn set(connection: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )?;
    Ok(())
}
