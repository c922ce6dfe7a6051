//! Reads an account's database from outside, for commands about whole accounts: without a key, and without a change of
//! the file. Another process may have the database open.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{Error as MigrationError, MigrationDefinitionError};
use url::Url;

use super::removal::Turn;
use super::{StoreError, health, moved, open, with};

/// The time for which a query waits for a process that has the database for itself.
const BUSY: Duration = Duration::from_secs(1);

/// Runs a query on the database.
///
/// # Errors
/// If the database is damaged, was made by a newer version, or is not readable now.
pub fn read<T>(
    database: &Path,
    query: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    // No process of this program opens, rebuilds or removes it meanwhile.
    let _turn = Turn::take(database)?;
    read_held(database, query)
}

/// Does the same for a caller that holds the database [unopened](super::removal::Unopened).
pub fn read_held<T>(
    database: &Path,
    query: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let connection = connect(database)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > health::newest_version() {
        let newer = MigrationDefinitionError::DatabaseTooFarAhead;
        return Err(MigrationError::MigrationDefinition(newer).into());
    }
    open::check(&connection)?;
    query(&connection)
}

/// Returns the file as which an account was moved to another computer, or `None` if it was not, or cannot be read. Does
/// not check the whole database.
pub fn moved(database: &Path) -> Option<String> {
    if !database.exists() {
        return None;
    }
    let _turn = Turn::take(database).ok()?;
    match moved::refuse_moved(&connect(database).ok()?) {
        Err(StoreError::Moved(to)) => Some(to),
        _ => None,
    }
}

fn connect(database: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match address(database) {
        // SQLite keeps a journal beside each database that is open. Without one, the file can be read as it is, and
        // SQLite need not create files beside it.
        Some(address) if !with(database, "-wal").exists() => {
            Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        _ => Connection::open_with_flags(database, flags)?,
    };
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Returns the address of a database that does not change while it is read.
fn address(database: &Path) -> Option<Url> {
    let mut address = Url::from_file_path(database).ok()?;
    address.set_query(Some("immutable=1"));
    Some(address)
}
