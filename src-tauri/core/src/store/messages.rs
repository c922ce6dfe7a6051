//! The messages of the guest chat.
//!
//! Messages are read backwards from the newest one. The hotel's messages of a conversation are *complete* from its
//! oldest row to `complete_to`; a later row came by an event, and messages between the two may be missing. A message
//! that this desk sends has a row from its beginning: first with its intent, later with the hotel's number.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::columns::{json, key, number, optional_text, text};
use super::{StoreError, Tx, message_files};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::resources::{Kind, MessageContent, Sender, ServerMessage};
use crate::views::Change;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// The key of the row. It does not change when the hotel stores the message.
    pub key: i64,
    /// The hotel's number.
    pub server_id: Option<ServerId>,
    /// The intent that sends it.
    pub intent: Option<IntentId>,
    /// The writer.
    pub sender: Sender,
    /// The writer's staff number.
    pub staff: Option<ServerId>,
    /// The hotel's time, or the time of typing.
    pub at: Timestamp,
    /// True for a guest's message that no staff member has read.
    pub is_unread: bool,
    /// True if an intent of this desk has made it.
    pub is_own: bool,
    /// The private part; `None` if it was sealed with another key.
    pub content: Option<MessageContent>,
}

const COLUMNS: &str = "key, server_id, intent, sender, staff, at, is_unread, is_own, unseal(content)";

fn read_row(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    let optional = |index| row.get_ref(index).map(|value| value.as_i64().ok().map(ServerId));
    Ok(MessageRow {
        key: number(row, 0)?,
        server_id: optional(1)?,
        intent: optional_text(row, 2)?.and_then(|text| text.parse().ok()),
        // An unknown writer is a newer program's.
        sender: Sender::named(&text(row, 3)?).unwrap_or(Sender::System),
        staff: optional(4)?,
        at: Timestamp::from_millisecond(number(row, 5)?).unwrap_or(Timestamp::UNIX_EPOCH),
        is_unread: number(row, 6)? != 0,
        is_own: number(row, 7)? != 0,
        content: json(row, 8)?,
    })
}

fn select(
    connection: &Connection,
    rest: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<MessageRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM message {rest}"))?;
    let rows = statement.query_map(params, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the newest messages of a conversation, oldest first: those of the hotel by their numbers, and then those
/// that the hotel does not have yet, in the order of typing.
pub fn newest(
    connection: &Connection,
    conversation: LocalId,
    limit: u32,
) -> Result<Vec<MessageRow>, StoreError> {
    // Two queries, because one order over both would read and unseal the whole conversation.
    let unsent = "WHERE conversation = ?1 AND server_id IS NULL ORDER BY key DESC LIMIT ?2";
    let at_hotel = "WHERE conversation = ?1 AND server_id IS NOT NULL ORDER BY server_id DESC LIMIT ?2";
    let mut rows = select(connection, unsent, (conversation.to_string(), limit))?;
    let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    rows.extend(select(connection, at_hotel, (conversation.to_string(), left))?);
    rows.reverse();
    Ok(rows)
}

/// Returns the number of rows of a conversation.
pub fn count(connection: &Connection, conversation: LocalId) -> Result<u32, StoreError> {
    let count = "SELECT count(*) FROM message WHERE conversation = ?1";
    Ok(connection.query_row(count, [conversation.to_string()], |row| row.get(0))?)
}

/// Returns the message that an intent sends.
pub fn of_intent(connection: &Connection, intent: IntentId) -> Result<Option<MessageRow>, StoreError> {
    Ok(select(connection, "WHERE intent = ?1", [intent.to_string()])?.pop())
}

/// Returns the message with this number of the hotel.
pub fn find(connection: &Connection, id: ServerId) -> Result<Option<MessageRow>, StoreError> {
    Ok(select(connection, "WHERE server_id = ?1", [id.0])?.pop())
}

/// Returns the messages of this staff member with a higher number than `after` that no intent of this desk has made,
/// oldest first.
pub fn not_made_here(
    connection: &Connection,
    conversation: LocalId,
    staff: ServerId,
    after: i64,
) -> Result<Vec<MessageRow>, StoreError> {
    let made = "WHERE conversation = ?1 AND staff = ?2 AND server_id > ?3 AND is_own = 0 ORDER BY server_id";
    select(connection, made, (conversation.to_string(), staff.0, after))
}

/// Returns the highest number of any message that a read or an answer brought. Numbers grow over all conversations. The
/// channels are public, so the number in an event proves nothing (contract.md 12, trap 25).
pub fn highest_confirmed(connection: &Connection) -> Result<i64, StoreError> {
    let highest = "SELECT max(coalesce((SELECT max(complete_to) FROM conversation), 0),
                              coalesce((SELECT max(server_id) FROM message WHERE is_own = 1), 0))";
    Ok(connection.query_row(highest, [], |row| row.get(0))?)
}

/// Returns true if a read or an answer of the hotel has brought this message, and not only an event.
pub fn is_confirmed(connection: &Connection, row: &MessageRow) -> Result<bool, StoreError> {
    let Some(id) = row.server_id else { return Ok(false) };
    if row.is_own {
        return Ok(true);
    }
    let read = "SELECT 1 FROM message JOIN conversation ON conversation.local_id = message.conversation
                 WHERE message.server_id = ?1 AND message.server_id <= conversation.complete_to";
    Ok(connection.prepare_cached(read)?.exists([id.0])?)
}

/// Returns true if events have brought messages of a conversation that no read has confirmed.
pub fn has_unconfirmed(connection: &Connection, conversation: LocalId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM message WHERE conversation = ?1 AND is_own = 0 AND server_id >
            coalesce((SELECT complete_to FROM conversation WHERE local_id = ?1), 0)",
    )?;
    Ok(statement.exists([conversation.to_string()])?)
}

/// Returns the key of the newest row. Later rows have higher keys.
pub fn newest_key(connection: &Connection) -> Result<i64, StoreError> {
    let newest = "SELECT coalesce(max(key), 0) FROM message";
    Ok(connection.query_row(newest, [], |row| row.get(0))?)
}

/// Removes messages above a number that events had brought before a read began, up to this key: the read does not show
/// them.
pub fn remove_unconfirmed(
    tx: &mut Tx<'_>,
    conversation: LocalId,
    above: i64,
    upto_key: i64,
) -> Result<(), StoreError> {
    if tx.any_rows(
        "DELETE FROM message WHERE conversation = ?1 AND server_id > ?2 AND key <= ?3 AND is_own = 0",
        (conversation.to_string(), above, upto_key),
    )? > 0
    {
        announce(tx, conversation);
    }
    Ok(())
}

/// Returns the lowest number of the messages of a conversation that belong to its complete part.
pub fn oldest_complete(
    connection: &Connection,
    conversation: LocalId,
) -> Result<Option<ServerId>, StoreError> {
    let lowest = "SELECT min(server_id) FROM message WHERE conversation = ?1";
    let lowest: Option<i64> = connection.query_row(lowest, [conversation.to_string()], |row| row.get(0))?;
    Ok(lowest.map(ServerId))
}

/// Stores a message of the hotel, in place of an older copy. Returns true if it is new here.
pub fn put(tx: &mut Tx<'_>, conversation: LocalId, message: &ServerMessage) -> Result<bool, StoreError> {
    let content = serde_json::to_string(&message.content)?;
    let known = find(tx, message.id)?;
    if let Some(known) = &known
        && known.content.as_ref() == Some(&message.content)
        && (known.is_unread, known.at.as_millisecond()) == (message.is_unread, message.at.as_millisecond())
    {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO message (conversation, server_id, sender, staff, at, is_unread, is_own, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, seal(?7))
         ON CONFLICT (server_id) DO UPDATE SET sender = excluded.sender, staff = excluded.staff, at = excluded.at,
             is_unread = excluded.is_unread, content = excluded.content",
        (
            conversation.to_string(),
            message.id.0,
            message.sender.name(),
            message.staff.map(|staff| staff.0),
            message.at.as_millisecond(),
            message.is_unread,
            content,
        ),
    )?;
    announce(tx, conversation);
    Ok(known.is_none())
}

/// Stores a message that an intent will send.
pub fn add_unsent(
    tx: &mut Tx<'_>,
    (conversation, intent): (LocalId, IntentId),
    staff: ServerId,
    content: &MessageContent,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO message (conversation, intent, sender, staff, at, is_unread, is_own, content)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, 1, seal(?6))",
        (
            conversation.to_string(),
            intent.to_string(),
            Sender::Staff.name(),
            staff.0,
            now.as_millisecond(),
            serde_json::to_string(content)?,
        ),
    )?;
    Ok(())
}

/// Notes that the hotel has the message of an intent, as its answer says.
pub fn was_sent(tx: &mut Tx<'_>, intent: IntentId, message: &ServerMessage) -> Result<(), StoreError> {
    belongs_to(tx, intent, message.id, &message.content)?;
    let at = message.at.as_millisecond();
    tx.any_rows("UPDATE message SET at = ?2 WHERE server_id = ?1", (message.id.0, at))?;
    Ok(())
}

/// Notes that the message of an intent has this number. The row that an event or a read made of the same message goes;
/// its time and its copy stay.
pub fn belongs_to(
    tx: &mut Tx<'_>,
    intent: IntentId,
    id: ServerId,
    content: &MessageContent,
) -> Result<(), StoreError> {
    let at = find(tx, id)?.map(|row| row.at.as_millisecond());
    tx.any_rows("DELETE FROM message WHERE server_id = ?1 AND is_own = 0", [id.0])?;
    tx.any_rows(
        "UPDATE message SET server_id = ?2, intent = NULL, at = coalesce(?3, at), content = seal(?4)
          WHERE intent = ?1",
        (intent.to_string(), id.0, at, serde_json::to_string(content)?),
    )?;
    Ok(())
}

/// Notes that staff, or the guest, have read these messages.
pub fn were_read(
    tx: &mut Tx<'_>,
    conversation: LocalId,
    ids: &[ServerId],
    reader: Sender,
) -> Result<(), StoreError> {
    for id in ids {
        let Some(mut row) = find(tx, *id)? else { continue };
        if reader == Sender::Staff {
            tx.any_rows("UPDATE message SET is_unread = 0 WHERE key = ?1", [row.key])?;
        } else if let Some(content) = &mut row.content
            && !content.is_read
        {
            content.is_read = true;
            let content = serde_json::to_string(content)?;
            tx.one_row("UPDATE message SET content = seal(?2) WHERE key = ?1", (row.key, content))?;
        }
    }
    announce(tx, conversation);
    Ok(())
}

/// Notes that staff have read all messages of a conversation up to this number.
pub fn all_were_read(tx: &mut Tx<'_>, conversation: LocalId, upto: i64) -> Result<(), StoreError> {
    if tx.any_rows(
        "UPDATE message SET is_unread = 0 WHERE conversation = ?1 AND server_id <= ?2 AND is_unread = 1",
        (conversation.to_string(), upto),
    )? > 0
    {
        announce(tx, conversation);
    }
    Ok(())
}

/// Removes the hotel's messages between two numbers that are not among `there`: the hotel has removed them.
pub fn remove_missing(
    tx: &mut Tx<'_>,
    conversation: LocalId,
    (from, to): (i64, i64),
    there: &[ServerId],
) -> Result<(), StoreError> {
    let known = "WHERE conversation = ?1 AND server_id BETWEEN ?2 AND ?3";
    for row in select(tx, known, (conversation.to_string(), from, to))? {
        if row.server_id.is_some_and(|id| !there.contains(&id)) {
            tx.one_row("DELETE FROM message WHERE key = ?1", [row.key])?;
            announce(tx, conversation);
        }
    }
    Ok(())
}

/// Removes one message, because the hotel says that it was removed.
pub fn remove(tx: &mut Tx<'_>, conversation: LocalId, id: ServerId) -> Result<(), StoreError> {
    if tx.any_rows(
        "DELETE FROM message WHERE server_id = ?1 AND conversation = ?2",
        (id.0, conversation.to_string()),
    )? > 0
    {
        announce(tx, conversation);
    }
    Ok(())
}

/// Forgets the hotel's messages before this number: messages between them and the newer ones are missing.
pub fn forget_before(tx: &mut Tx<'_>, conversation: LocalId, number: i64) -> Result<(), StoreError> {
    tx.any_rows(
        "DELETE FROM message WHERE conversation = ?1 AND server_id < ?2",
        (conversation.to_string(), number),
    )?;
    Ok(())
}

/// Forgets the hotel's messages that are older than this time. The hotel still has them.
pub fn forget_older(tx: &mut Tx<'_>, than: Timestamp) -> Result<(), StoreError> {
    let of = "SELECT DISTINCT conversation FROM message WHERE intent IS NULL AND at < ?1";
    let conversations: Vec<LocalId> = tx
        .prepare_cached(of)?
        .query_map([than.as_millisecond()], |row| Ok(LocalId(key(row, 0)?)))?
        .collect::<Result<_, _>>()?;
    for conversation in conversations {
        let id = conversation.to_string();
        tx.any_rows(
            "DELETE FROM message WHERE conversation = ?1 AND intent IS NULL AND at < ?2",
            (&id, than.as_millisecond()),
        )?;
        tx.any_rows("UPDATE conversation SET has_start = 0 WHERE local_id = ?1", [&id])?;
        announce(tx, conversation);
    }
    Ok(())
}

/// Forgets the hotel's messages that another key has sealed. They are read again.
pub fn forget_unreadable(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let unreadable = "SELECT 1 FROM message WHERE intent IS NULL AND unseal(content) IS NULL LIMIT 1";
    if !tx.prepare(unreadable)?.exists([])? {
        return Ok(());
    }
    tx.any_rows("DELETE FROM message WHERE intent IS NULL AND unseal(content) IS NULL", [])?;
    tx.any_rows("UPDATE conversation SET complete_to = 0, has_start = 0", [])?;
    Ok(())
}

/// Removes the message of an intent that ends without being sent.
pub(super) fn forget_unsent(tx: &Tx<'_>, intent: IntentId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM message WHERE intent = ?1", [intent.to_string()])?;
    message_files::remove(tx, intent)
}

/// Removes everything of a conversation that the hotel has removed.
pub(super) fn forget_conversation(tx: &Tx<'_>, conversation: LocalId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM message WHERE conversation = ?1", [conversation.to_string()])?;
    tx.any_rows("DELETE FROM conversation WHERE local_id = ?1", [conversation.to_string()])?;
    Ok(())
}

fn announce(tx: &mut Tx<'_>, conversation: LocalId) {
    // The number of unread messages is a part of the status, and an activity counts until its message is read.
    tx.changed(Change::Status);
    tx.changed(Change::History);
    tx.changed(Change::Entities { resource: Kind::Conversation, ids: Some(vec![conversation]) });
}

/// The state of a conversation, from its messages here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// The number of guests' messages that no staff member has read.
    pub unread: u32,
    /// The time of the first message of the guest after the last one of staff.
    pub unanswered_since: Option<Timestamp>,
    /// The key of the newest message.
    pub newest: i64,
}

/// Returns the state of each conversation with messages here.
pub fn overviews(connection: &Connection) -> Result<HashMap<LocalId, Overview>, StoreError> {
    // Each part is found by an index, so that a conversation of ten thousand messages costs no more than a short one.
    // The newest row is one that still waits, or the one with the highest number.
    let mut statement = connection.prepare_cached(
        "SELECT local_id,
                (SELECT count(*) FROM message WHERE conversation = local_id AND is_unread = 1),
                (SELECT later.at FROM message AS later
                  WHERE later.conversation = local_id AND later.sender = 'guest'
                    AND later.server_id > coalesce(
                        (SELECT max(staff.server_id) FROM message AS staff
                          WHERE staff.conversation = local_id AND staff.sender = 'staff'), 0)
                  ORDER BY later.server_id LIMIT 1),
                coalesce((SELECT max(key) FROM message WHERE conversation = local_id AND server_id IS NULL),
                         (SELECT key FROM message WHERE conversation = local_id ORDER BY server_id DESC LIMIT 1)) AS top
           FROM entity WHERE kind = 'conversation' AND top IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| {
        let since = row.get_ref(2)?.as_i64().ok().and_then(|at| Timestamp::from_millisecond(at).ok());
        let overview = Overview {
            unread: u32::try_from(number(row, 1)?).unwrap_or_default(),
            unanswered_since: since,
            newest: number(row, 3)?,
        };
        Ok((LocalId(key(row, 0)?), overview))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the time of the newest message of the hotel in each conversation.
pub fn newest_times(connection: &Connection) -> Result<HashMap<LocalId, Timestamp>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT local_id,
                (SELECT at FROM message WHERE conversation = local_id AND server_id IS NOT NULL
                  ORDER BY server_id DESC LIMIT 1) AS newest
           FROM entity WHERE kind = 'conversation' AND newest IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| {
        let at = Timestamp::from_millisecond(number(row, 1)?).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok((LocalId(key(row, 0)?), at))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the message with this key.
pub fn by_key(connection: &Connection, key: i64) -> Result<Option<MessageRow>, StoreError> {
    Ok(select(connection, "WHERE key = ?1", [key])?.pop())
}

/// Returns all messages with their conversations, newest first. Searches read them: SQLite cannot search sealed texts.
pub fn all(connection: &Connection) -> Result<Vec<(LocalId, MessageRow)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, conversation FROM message ORDER BY at DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((LocalId(key(row, 9)?), read_row(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the number of texts to guests that the hotel does not have: waiting messages, and drafts about conversations.
pub fn unsent(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM message WHERE intent IS NOT NULL)
                    + (SELECT count(*) FROM draft WHERE about = ?1)";
    Ok(connection.query_row(sql, [Kind::Conversation.resource().name], |row| row.get(0))?)
}
