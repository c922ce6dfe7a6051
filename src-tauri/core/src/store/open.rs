//! Opens a database file, or sets a damaged one aside.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::removal::{self, Alone, InUse, Turn};
use super::schema::migrations;
use super::{StoreError, entities, intents, moved, salvage, witness};
use crate::vault::Vault;

/// The time for which a connection waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(10);
/// The number of statements that a connection keeps prepared: more than the program has. The library keeps 16, and those
/// of one guest's message are about as many, so they would displace one another.
const STATEMENTS: usize = 256;

/// Opens `path` for writing. If the file is not a sound database, it is renamed and its new name is returned. A new
/// file with its readable intents replaces it; see [`salvage`].
///
/// Processes do this one after another. Only a process that has the database alone makes changes that others could not
/// handle: a rebuild, or the removal of data after a sign-out.
pub(super) fn open_or_set_aside(
    path: &Path,
    vault: &Vault,
) -> Result<(Connection, Option<PathBuf>, InUse), StoreError> {
    try_open(path, vault).map_err(|error| with_cause(path, error))
}

/// Corrects an error of SQLite, which reports a full disk and a read-only folder as a failure of the disk if it cannot
/// create the files beside the database.
fn with_cause(path: &Path, error: StoreError) -> StoreError {
    use std::io::ErrorKind;

    let is_about_files = match &error {
        StoreError::Io(cause) => match cause.kind() {
            ErrorKind::StorageFull => return StoreError::Full,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => return StoreError::ReadOnly,
            _ => return error,
        },
        StoreError::Sqlite(cause)
        | StoreError::Migration(rusqlite_migration::Error::RusqliteError { err: cause, .. }) => matches!(
            cause.sqlite_error_code(),
            Some(
                rusqlite::ErrorCode::SystemIoFailure
                    | rusqlite::ErrorCode::CannotOpen
                    | rusqlite::ErrorCode::ReadOnly
            )
        ),
        _ => false,
    };
    let Some(folder) = path.parent().filter(|_| is_about_files) else { return error };
    match tempfile_in(folder) {
        Err(cause) if cause.kind() == ErrorKind::StorageFull => StoreError::Full,
        Err(cause) if matches!(cause.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => {
            StoreError::ReadOnly
        }
        _ => error,
    }
}

/// Writes a file as large as SQLite needs beside the database, and removes it.
fn tempfile_in(folder: &Path) -> std::io::Result<()> {
    let file = folder.join(format!("room-{}.tmp", std::process::id()));
    let written = std::fs::write(&file, vec![0; 64 << 10]);
    // A failed write may have created no file.
    let _ = std::fs::remove_file(&file);
    written
}

fn try_open(path: &Path, vault: &Vault) -> Result<(Connection, Option<PathBuf>, InUse), StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let turn = Turn::take(path)?;
    let alone = if removal::is_marked(path) { turn.soon_alone()? } else { turn.alone()? };
    let (connection, aside) = match &alone {
        Some(alone) => {
            removal::begin_anew(path, alone)?;
            moved::tidy(path);
            let (connection, aside) = open_alone(path, alone, vault)?;
            // A rebuilt database counts from zero.
            if aside.is_some() {
                witness::forget(path)?;
            }
            witness::look(&connection, path)?;
            (connection, aside)
        }
        None if removal::is_marked(path) => return Err(StoreError::SignedOutElsewhere),
        // Another process has opened a sound database, and it must not be replaced under that process.
        None => (writer(path, vault)?, None),
    };
    drop(alone);
    Ok((connection, aside, turn.join()?))
}

fn open_alone(
    path: &Path,
    alone: &Alone,
    vault: &Vault,
) -> Result<(Connection, Option<PathBuf>), StoreError> {
    let aside = salvage::put_in_place(path, alone)?;
    match writer(path, vault) {
        Ok(connection) => Ok((connection, aside)),
        Err(error) if is_damage(&error) => {
            tracing::warn!(%error, "the database is damaged and is set aside");
            let aside = salvage::rebuild(path, alone)?;
            Ok((writer(path, vault)?, aside))
        }
        Err(error) => Err(error),
    }
}

/// Opens a database for writing, and brings its schema up to date.
///
/// # Errors
/// [`StoreError::Moved`] for an account that was moved to another computer.
pub(super) fn writer(path: &Path, vault: &Vault) -> Result<Connection, StoreError> {
    let mut connection = sound(path)?;
    migrations().to_latest(&mut connection)?;
    moved::refuse_moved(&connection)?;
    vault.lend(&connection)?;
    entities::quarantine(&connection)?;
    intents::quarantine(&connection)?;
    connection.execute_batch("CREATE TEMP TABLE seen_version (n INTEGER NOT NULL)")?;
    Ok(connection)
}

/// Opens a sound database for writing, as it is.
pub(super) fn sound(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    check(&connection)?;
    Ok(connection)
}

pub(super) fn reader(path: &Path, vault: &Vault) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "query_only", "ON")?;
    vault.lend(&connection)?;
    Ok(connection)
}

/// Fails unless the database is sound.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let check: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if check == "ok" { Ok(()) } else { Err(damaged(&check)) }
}

fn damaged(what: &str) -> StoreError {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    StoreError::Sqlite(rusqlite::Error::SqliteFailure(code, Some(what.to_owned())))
}

pub(super) fn is_damage(error: &StoreError) -> bool {
    let StoreError::Sqlite(error) = error else { return false };
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
    )
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "rebuild_tests.rs"]
mod rebuild_tests;
