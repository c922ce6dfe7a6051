//! The guests' messages that were already announced.

use jiff::Timestamp;

use super::entries;
use crate::ids::{LocalId, ServerId};
use crate::resources::Happening;
use crate::store::{StoreError, Tx, conversations};

/// The number of messages that are remembered: far more than can still arrive again.
const REMEMBERED: i64 = 2000;

/// Stores a message as an activity, unless it was stored before: the same message arrives on several channels, and
/// again after a reconnect (contract.md 12, trap 21). The memory is apart from the activities, of which only the newest
/// are kept. A message of a muted conversation makes no activity.
pub fn add_once(
    tx: &mut Tx<'_>,
    message: ServerId,
    happening: &Happening,
    conversation: Option<LocalId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if tx.execute("INSERT OR IGNORE INTO guest_message (id) VALUES (?1)", [message.0])? == 0 {
        return Ok(());
    }
    let seq = tx.last_insert_rowid();
    tx.any_rows("DELETE FROM guest_message WHERE seq <= ?1", [seq - REMEMBERED])?;
    if let Some(conversation) = conversation
        && conversations::is_muted(tx, conversation)?
    {
        return Ok(());
    }
    entries::add(tx, happening, conversation, None, now)?;
    tx.one_row("UPDATE guest_message SET activity = (SELECT max(id) FROM activity) WHERE seq = ?1", [seq])
}
