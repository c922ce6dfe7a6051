//! The files of messages that wait to be sent, sealed. A file goes with its intent.

use rusqlite::{Connection, OptionalExtension};

use super::{StoreError, Tx};
use crate::ids::IntentId;

/// Stores the file that an intent will send.
pub fn put(tx: &Tx<'_>, intent: IntentId, bytes: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO message_file (intent, bytes) VALUES (?1, seal_file(?2))",
        (intent.to_string(), bytes),
    )?;
    Ok(())
}

/// Returns the file of an intent, or `None` if it is not here or was sealed with another key.
pub fn get(connection: &Connection, intent: IntentId) -> Result<Option<Vec<u8>>, StoreError> {
    let file = "SELECT unseal_file(bytes) FROM message_file WHERE intent = ?1";
    let found = connection.query_row(file, [intent.to_string()], |row| row.get(0));
    Ok(found.optional()?.flatten())
}

/// Returns the number of files that wait.
pub fn count(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM message_file", [], |row| row.get(0))?)
}

/// Removes the file of an intent.
pub(super) fn remove(tx: &Tx<'_>, intent: IntentId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM message_file WHERE intent = ?1", [intent.to_string()])?;
    Ok(())
}
