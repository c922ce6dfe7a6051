//! The table of conversations: the part of each one that was read, its handler, and whether it is muted.
//!
//! The hotel's list gives the conversation itself, which is an entity (`entities.rs`).

use rusqlite::{Connection, OptionalExtension};

use crate::ids::LocalId;
use crate::store::columns::{number, optional_text};
use crate::store::{StoreError, Tx, entities};
use crate::views::Change;

/// The part of a conversation that is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The number of the newest message up to which none is missing; 0 if the conversation was never read.
    pub complete_to: i64,
    /// True if the oldest message is here.
    pub has_start: bool,
}

/// Returns the complete part of a conversation.
pub fn cursor(connection: &Connection, conversation: LocalId) -> Result<Cursor, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT complete_to, has_start FROM conversation WHERE local_id = ?1")?;
    let found = statement.query_row([conversation.to_string()], |row| {
        Ok(Cursor { complete_to: number(row, 0)?, has_start: number(row, 1)? != 0 })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Stores the complete part of a conversation.
pub fn set_cursor(tx: &Tx<'_>, conversation: LocalId, cursor: Cursor) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO conversation (local_id, complete_to, has_start) VALUES (?1, ?2, ?3)
         ON CONFLICT (local_id) DO UPDATE SET complete_to = excluded.complete_to, has_start = excluded.has_start",
        (conversation.to_string(), cursor.complete_to, cursor.has_start),
    )?;
    Ok(())
}

/// The staff member who answers a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// The name.
    pub name: String,
    /// True for the signed-in person.
    pub is_me: bool,
    /// True for the writer of the last answer; false for a colleague who took the conversation over after it.
    pub has_answered: bool,
}

/// The part of a conversation that only this computer knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handling {
    /// The staff member who answers it.
    pub handler: Option<Handler>,
    /// True if its messages make no activities here.
    pub is_muted: bool,
}

/// Returns the handler of a conversation, and whether it is muted.
pub fn handling(connection: &Connection, conversation: LocalId) -> Result<Handling, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT handler, handler_is_me, has_answered, is_muted FROM conversation WHERE local_id = ?1",
    )?;
    let found = statement.query_row([conversation.to_string()], |row| {
        let (is_me, has_answered) = (number(row, 1)? != 0, number(row, 2)? != 0);
        let handler = optional_text(row, 0)?.map(|name| Handler { name, is_me, has_answered });
        Ok(Handling { handler, is_muted: number(row, 3)? != 0 })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Returns true if the messages of a conversation make no activities.
pub fn is_muted(connection: &Connection, conversation: LocalId) -> Result<bool, StoreError> {
    Ok(handling(connection, conversation)?.is_muted)
}

/// Stores the staff member who answers a conversation.
pub fn set_handler(tx: &mut Tx<'_>, conversation: LocalId, handler: Handler) -> Result<(), StoreError> {
    if handler.name.is_empty() || handling(tx, conversation)?.handler.as_ref() == Some(&handler) {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO conversation (local_id, handler, handler_is_me, has_answered) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (local_id) DO UPDATE SET handler = excluded.handler, handler_is_me = excluded.handler_is_me,
             has_answered = excluded.has_answered",
        (conversation.to_string(), handler.name, handler.is_me, handler.has_answered),
    )?;
    entities::announce(tx, conversation)
}

/// Notes that a staff member of this name has taken a conversation over. The event names no number, and it also precedes
/// each answer of the same person.
pub fn take_over(tx: &mut Tx<'_>, conversation: LocalId, name: &str) -> Result<(), StoreError> {
    if handling(tx, conversation)?.handler.is_some_and(|handler| handler.name == name) {
        return Ok(());
    }
    set_handler(tx, conversation, Handler { name: name.to_owned(), is_me: false, has_answered: false })
}

/// Mutes a conversation on this computer, or ends that.
pub fn set_muted(tx: &mut Tx<'_>, conversation: LocalId, is_muted: bool) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO conversation (local_id, is_muted) VALUES (?1, ?2)
         ON CONFLICT (local_id) DO UPDATE SET is_muted = excluded.is_muted",
        (conversation.to_string(), is_muted),
    )?;
    tx.changed(Change::Status);
    entities::announce(tx, conversation)
}

/// Returns the number of guests' messages that no staff member has read, without those of muted conversations.
pub fn unread(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM message WHERE is_unread = 1 AND conversation NOT IN
                   (SELECT local_id FROM conversation WHERE is_muted = 1)";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
