//! The rows of entities: local id, kind, server number, base, hint.

use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{is_key, json, key, number, optional_text, text};
use super::writer::one_row;
use super::{StoreError, Tx, messages};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::Past;
use crate::resources::{Kind, ServerCopy};
use crate::views::Change;

/// The state of an entity's removal at the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tombstone {
    /// The entity exists, as far as known.
    No,
    /// An event reported the removal. It is a hint: the row is hidden until a read confirms it.
    Unconfirmed,
    /// A read or an answer confirmed the removal. The row stays only for its intents.
    Confirmed,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// The local key.
    pub local_id: LocalId,
    /// The kind of the entity.
    pub kind: Kind,
    /// The server's number.
    pub server_id: Option<ServerId>,
    /// The server's last copy, from a read or an answer.
    pub base: Option<ServerCopy>,
    /// The content of a later event. It is never merged; the next read or answer removes it.
    pub unconfirmed: Option<ServerCopy>,
    /// The revision of the last write to the base or the hint.
    pub revision: i64,
    /// The state of the removal at the hotel.
    pub tombstone: Tombstone,
    /// The create whose answer may show that this row is its own.
    pub held_for: Option<IntentId>,
    /// True if a read must confirm the row, because of a hint, an event that is not shown, or an answer that another
    /// copy overtook.
    pub is_unconfirmed: bool,
    /// True after an event that may be late or did not contain the change. The next read then makes activities for its
    /// changes, even if it brings back earlier values.
    pub doubted: bool,
    /// Marks of the fields' earlier values.
    pub past: Past,
}

impl EntityRow {
    /// Returns the hint, or else the base: the copy that is shown, and whose changes have made activities.
    pub fn latest(&self) -> Option<&ServerCopy> {
        self.unconfirmed.as_ref().or(self.base.as_ref())
    }
}

/// A copy from a read or an answer, with the time of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCopy {
    /// The copy.
    pub copy: ServerCopy,
    /// The revision before the request left. A base with a later revision may be newer than the copy.
    pub since: i64,
}

/// The copies of private kinds are sealed (`vault.rs`). A copy that cannot be unsealed is as good as unread.
const COLUMNS: &str = "local_id, server_id, unseal(base), revision, tombstone, held_for, to_confirm, kind, past, \
                       unseal(unconfirmed)";

/// Reads a row. Returns `None` if this version does not know its kind; the row stays unchanged in the database.
fn read_row(row: &Row<'_>) -> rusqlite::Result<Option<EntityRow>> {
    let Some(kind) = Kind::named(&text(row, 7)?) else { return Ok(None) };
    let is_unconfirmed = number(row, 6)?;
    Ok(Some(EntityRow {
        kind,
        local_id: LocalId(key(row, 0)?),
        server_id: row.get_ref(1)?.as_i64().ok().map(ServerId),
        // An unreadable copy is not a loss: the hotel has it, and the next walk reads it again.
        base: json(row, 2)?,
        revision: number(row, 3)?,
        tombstone: match number(row, 4)? {
            0 => Tombstone::No,
            1 => Tombstone::Unconfirmed,
            _ => Tombstone::Confirmed,
        },
        held_for: optional_text(row, 5)?.and_then(|text| text.parse().ok()),
        is_unconfirmed: is_unconfirmed != 0,
        doubted: is_unconfirmed == 2,
        // An unreadable value causes at most one unnecessary message.
        past: json(row, 8)?.unwrap_or_default(),
        unconfirmed: json(row, 9)?,
    }))
}

/// Replaces invalid keys by a hash of their bytes, so that the rows can be named.
pub(super) fn quarantine(connection: &Connection) -> Result<(), StoreError> {
    let rows: Vec<(i64, bool, uuid::Uuid)> = connection
        .prepare("SELECT rowid, local_id FROM entity")?
        .query_map([], |row| Ok((number(row, 0)?, is_key(row, 1)?, key(row, 1)?)))?
        .collect::<Result<_, _>>()?;
    for (rowid, _, made) in rows.into_iter().filter(|(_, is_key, _)| !is_key) {
        one_row(connection, "UPDATE entity SET local_id = ?2 WHERE rowid = ?1", (rowid, made.to_string()))?;
    }
    Ok(())
}

fn one(
    connection: &Connection,
    rest: &str,
    params: impl rusqlite::Params,
) -> Result<Option<EntityRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM entity WHERE {rest}"))?;
    Ok(statement.query_row(params, read_row).optional()?.flatten())
}

/// Returns an entity by its local key, if it exists and this version knows its kind.
pub fn find(connection: &Connection, id: LocalId) -> Result<Option<EntityRow>, StoreError> {
    one(connection, "local_id = ?1", [id.to_string()])
}

/// Returns an entity by its local key.
///
/// # Errors
/// [`StoreError::NotFound`] if it does not exist, or if this version does not know its kind.
pub fn get(connection: &Connection, id: LocalId) -> Result<EntityRow, StoreError> {
    find(connection, id)?.ok_or(StoreError::NotFound("entity"))
}

/// Returns an entity by the server's number.
pub fn by_server_id(
    connection: &Connection,
    kind: Kind,
    id: ServerId,
) -> Result<Option<EntityRow>, StoreError> {
    one(connection, "kind = ?1 AND server_id = ?2", (kind.resource().name, id.0))
}

/// Returns the kind of an entity, or `None` if it does not exist or if this version does not know its kind.
pub fn kind_of(connection: &Connection, id: LocalId) -> Result<Option<Kind>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT kind FROM entity WHERE local_id = ?1")?;
    let name: Option<String> = statement.query_row([id.to_string()], |row| text(row, 0)).optional()?;
    Ok(name.and_then(|name| Kind::named(&name)))
}

/// Returns the kind of an entity that has to exist.
///
/// # Errors
/// [`StoreError::NotFound`] as [`get`].
pub fn known_kind(connection: &Connection, id: LocalId) -> Result<Kind, StoreError> {
    kind_of(connection, id)?.ok_or(StoreError::NotFound("entity"))
}

/// Returns every row of a kind, including those that no screen shows.
pub fn all(connection: &Connection, kind: Kind) -> Result<Vec<EntityRow>, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM entity WHERE kind = ?1"))?;
    let rows = statement.query_map([kind.resource().name], read_row)?;
    Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}

/// Returns the rows that are held back for this create, oldest first.
pub fn held_for(connection: &Connection, intent: IntentId) -> Result<Vec<EntityRow>, StoreError> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM entity WHERE held_for = ?1 ORDER BY server_id"))?;
    let rows = statement.query_map([intent.to_string()], read_row)?;
    Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}

/// Returns the highest stored server number of a kind; numbers grow.
pub fn highest_server_id(connection: &Connection, kind: Kind) -> Result<i64, StoreError> {
    let highest = "SELECT coalesce(max(server_id), 0) FROM entity WHERE kind = ?1";
    Ok(connection.query_row(highest, [kind.resource().name], |row| row.get(0))?)
}

/// Returns the current revision.
pub fn revision(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT n FROM revision", [], |row| row.get(0))?)
}

/// Inserts a row for an entity that the hotel does not have yet.
pub fn insert_local(tx: &mut Tx<'_>, kind: Kind, id: LocalId) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO entity (local_id, kind) VALUES (?1, ?2)",
        (id.to_string(), kind.resource().name),
    )?;
    announce(tx, id)?;
    Ok(())
}

/// The source of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// The hotel's answer. It removes an earlier hint.
    Read,
    /// The hotel's answer, but another copy arrived meanwhile. A hint stays, and a read must confirm the row.
    Overtaken,
}

/// Writes a base, and inserts the row if it is new. A removed entity exists again.
pub fn put_base(
    tx: &mut Tx<'_>,
    id: LocalId,
    base: &ServerCopy,
    held_for: Option<IntentId>,
    learned: Learned,
) -> Result<(), StoreError> {
    let row = one(tx, "local_id = ?1", [id.to_string()])?;
    let mut past = row.as_ref().map(|row| row.past.clone()).unwrap_or_default();
    let kept =
        row.as_ref().and_then(|row| row.unconfirmed.as_ref()).filter(|_| learned == Learned::Overtaken);
    if let Some(row) = &row {
        let left = if kept.is_some() { row.base.as_ref() } else { row.latest() };
        left.into_iter().for_each(|left| past.note(left, base));
    }
    let shown = kept.unwrap_or(base);
    let as_before = row.as_ref().is_some_and(|row| {
        row.latest() == Some(shown) && row.tombstone == Tombstone::No && row.held_for == held_for
    });
    let is_unconfirmed = i64::from(learned == Learned::Overtaken);
    write(tx, id, &Copies { base: Some(base), unconfirmed: kept, past: &past, held_for, is_unconfirmed })?;
    if !as_before {
        announce(tx, id)?;
    }
    Ok(())
}

/// Writes an event's content beside the base, and inserts the row if it is new. A removed entity exists again.
pub fn put_unconfirmed(
    tx: &mut Tx<'_>,
    id: LocalId,
    unconfirmed: &ServerCopy,
    held_for: Option<IntentId>,
) -> Result<(), StoreError> {
    let row = one(tx, "local_id = ?1", [id.to_string()])?;
    let mut past = row.as_ref().map(|row| row.past.clone()).unwrap_or_default();
    if let Some(before) = row.as_ref().and_then(EntityRow::latest) {
        past.note(before, unconfirmed);
    }
    let base = row.as_ref().and_then(|row| row.base.as_ref());
    write(
        tx,
        id,
        &Copies { base, unconfirmed: Some(unconfirmed), past: &past, held_for, is_unconfirmed: 1 },
    )?;
    announce(tx, id)
}

/// The copies to write to a row.
struct Copies<'a> {
    base: Option<&'a ServerCopy>,
    unconfirmed: Option<&'a ServerCopy>,
    past: &'a Past,
    held_for: Option<IntentId>,
    is_unconfirmed: i64,
}

fn write(tx: &Tx<'_>, id: LocalId, copies: &Copies<'_>) -> Result<(), StoreError> {
    let Some(copy) = copies.unconfirmed.or(copies.base) else { return Ok(()) };
    let (kind, number) = (copy.kind().resource().name, copy.id().0);
    let text = |copy: Option<&ServerCopy>| copy.map(serde_json::to_string).transpose();
    let revision = next_revision(tx)?;
    tx.one_row(
        "INSERT INTO entity (local_id, server_id, base, revision, tombstone, held_for, to_confirm, kind, past, unconfirmed)
         VALUES (?1, ?2, CASE WHEN ?10 THEN seal(?3) ELSE ?3 END, ?4, 0, ?5, ?6, ?7, ?8, CASE WHEN ?10 THEN seal(?9) ELSE ?9 END)
         ON CONFLICT (local_id) DO UPDATE SET
            server_id = excluded.server_id, base = excluded.base, revision = excluded.revision, tombstone = 0,
            held_for = excluded.held_for, to_confirm = excluded.to_confirm, past = excluded.past, unconfirmed = excluded.unconfirmed",
        (
            id.to_string(),
            number,
            text(copies.base)?,
            revision,
            copies.held_for.map(|intent| intent.to_string()),
            copies.is_unconfirmed,
            kind,
            serde_json::to_string(copies.past)?,
            text(copies.unconfirmed)?,
            copy.kind().resource().is_private,
        ),
    )?;
    tx.any_rows("DELETE FROM removed WHERE kind = ?1 AND server_id = ?2", (kind, number))?;
    Ok(())
}

/// Notes that a read has confirmed the base. The shown values do not change, so no change is announced.
pub fn confirm(tx: &Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let revision = next_revision(tx)?;
    tx.one_row(
        "UPDATE entity SET to_confirm = 0, revision = ?2 WHERE local_id = ?1",
        (id.to_string(), revision),
    )?;
    Ok(())
}

/// Notes that a read must confirm the entity, after an event that may be late or did not contain the change. The shown
/// values do not change. A read that began earlier does not count.
pub fn doubt(tx: &Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let revision = next_revision(tx)?;
    tx.one_row(
        "UPDATE entity SET to_confirm = 2, revision = ?2 WHERE local_id = ?1",
        (id.to_string(), revision),
    )?;
    Ok(())
}

/// Returns how the answer to an own request counts. If another copy arrived after the request left, it is not known
/// which of the two is newer, and a read must confirm the row.
pub fn weigh(connection: &Connection, seen: &DatedCopy) -> Result<Learned, StoreError> {
    let known = by_server_id(connection, seen.copy.kind(), seen.copy.id())?;
    let overtaken = known.is_some_and(|row| row.revision > seen.since && row.latest() != Some(&seen.copy));
    Ok(if overtaken { Learned::Overtaken } else { Learned::Read })
}

/// Returns the revision at which an entity with this number was removed here, if it was.
pub fn removed_at(connection: &Connection, kind: Kind, id: ServerId) -> Result<Option<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT revision FROM removed WHERE kind = ?1 AND server_id = ?2")?;
    Ok(statement.query_row((kind.resource().name, id.0), |row| row.get(0)).optional()?)
}

/// The number of stored removals. Older ones matter only to requests that are far beyond any time limit.
const REMEMBERED: u32 = 500;

/// Deletes all but the latest removals.
pub fn forget_old_removals(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.any_rows(
        "DELETE FROM removed WHERE revision <=
            (SELECT revision FROM removed ORDER BY revision DESC LIMIT 1 OFFSET ?1)",
        [REMEMBERED],
    )?;
    Ok(())
}

pub(super) fn next_revision(tx: &Tx<'_>) -> Result<i64, StoreError> {
    Ok(tx.query_row("UPDATE revision SET n = n + 1 RETURNING n", [], |row| row.get(0))?)
}

/// Notes that the row's number was removed now. A page that was requested earlier does not bring the entity back.
fn remember_removal(tx: &Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let revision = next_revision(tx)?;
    tx.execute(
        "INSERT OR REPLACE INTO removed
         SELECT kind, server_id, ?2 FROM entity WHERE local_id = ?1 AND server_id IS NOT NULL",
        (id.to_string(), revision),
    )?;
    Ok(())
}

/// Notes that the entity was removed at the hotel. A read that began earlier does not reverse it.
pub fn set_tombstone(tx: &mut Tx<'_>, id: LocalId, tombstone: Tombstone) -> Result<(), StoreError> {
    let value = match tombstone {
        Tombstone::No => 0,
        Tombstone::Unconfirmed => 1,
        Tombstone::Confirmed => 2,
    };
    let revision = next_revision(tx)?;
    tx.one_row(
        "UPDATE entity SET tombstone = ?2, revision = ?3 WHERE local_id = ?1",
        (id.to_string(), value, revision),
    )?;
    announce(tx, id)?;
    Ok(())
}

/// Deletes the requests about an entity. They can have no further effect, because the entity was removed or has another
/// number.
fn forget_requests(tx: &Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM own_request WHERE entity = ?1", [id.to_string()])?;
    Ok(())
}

/// Removes the server's number and copy from a row, so that the hotel counts as not having the entity.
pub fn detach(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    remember_removal(tx, id)?;
    forget_requests(tx, id)?;
    tx.one_row(
        "UPDATE entity SET server_id = NULL, base = NULL, unconfirmed = NULL, tombstone = 0, to_confirm = 0 WHERE local_id = ?1",
        [id.to_string()],
    )?;
    announce(tx, id)?;
    Ok(())
}

/// Deletes a row.
pub fn remove(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    remember_removal(tx, id)?;
    forget_requests(tx, id)?;
    messages::forget_conversation(tx, id)?;
    tx.any_rows("DELETE FROM version WHERE entity = ?1", [id.to_string()])?;
    announce(tx, id)?;
    tx.one_row("DELETE FROM entity WHERE local_id = ?1", [id.to_string()])?;
    Ok(())
}

/// Shows a row that was held back.
pub fn release(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    tx.one_row("UPDATE entity SET held_for = NULL WHERE local_id = ?1", [id.to_string()])?;
    announce(tx, id)?;
    Ok(())
}

/// Announces a change of this entity or of its intents. An entity of an unknown kind is on no screen.
pub fn announce(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    if let Some(kind) = kind_of(tx, id)? {
        tx.changed(Change::Entities { resource: kind, ids: Some(vec![id]) });
    }
    Ok(())
}
