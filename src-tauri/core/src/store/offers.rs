//! The rows of offers: local id, server id, base.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{StoreError, Tx};
use crate::desk::views::Change;
use crate::model::{IntentId, LocalId, ServerId, ServerOffer};

/// Whether an offer has left the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It is there, as far as known.
    No,
    /// An event said so: a hint, hidden until a read confirms it.
    Hinted,
    /// The hotel said so when asked. The row stays only for the wishes on it.
    Confirmed,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferRow {
    /// Our own key.
    pub local_id: LocalId,
    /// The server's number.
    pub server_id: Option<ServerId>,
    /// The server's last copy.
    pub base: Option<ServerOffer>,
    /// Tick of the last write to the base.
    pub touched: i64,
    /// Whether it has left the hotel.
    pub gone: Gone,
    /// The create that it may turn out to be.
    pub held_for: Option<IntentId>,
    /// The base comes from an event, or from an answer that another copy overtook: a read has to confirm it.
    pub hinted: bool,
}

/// A copy that the hotel gave when asked, and when it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The copy.
    pub offer: ServerOffer,
    /// The tick before the request left: a base with a later one may be newer than the copy.
    pub since: i64,
}

const COLUMNS: &str = "local_id, server_id, base, touched, gone, held_for, hinted";

fn read_row(row: &Row<'_>) -> rusqlite::Result<OfferRow> {
    let local_id: String = row.get(0)?;
    let base: Option<String> = row.get(2)?;
    let held_for: Option<String> = row.get(5)?;
    Ok(OfferRow {
        local_id: local_id.parse().map_err(|error: uuid::Error| {
            rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
        })?,
        server_id: row.get::<_, Option<i64>>(1)?.map(ServerId),
        // A base that cannot be read is no loss: the hotel has it, and the next walk brings it.
        base: base.and_then(|text| serde_json::from_str(&text).ok()),
        touched: row.get(3)?,
        gone: match row.get::<_, i64>(4)? {
            0 => Gone::No,
            1 => Gone::Hinted,
            _ => Gone::Confirmed,
        },
        held_for: held_for.and_then(|text| text.parse().ok()),
        hinted: row.get(6)?,
    })
}

fn one(
    connection: &Connection,
    rest: &str,
    param: &dyn rusqlite::ToSql,
) -> Result<Option<OfferRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM offer WHERE {rest}"))?;
    Ok(statement.query_row([param], read_row).optional()?)
}

/// One offer by our key.
pub fn get(connection: &Connection, id: LocalId) -> Result<OfferRow, StoreError> {
    one(connection, "local_id = ?1", &id.to_string())?.ok_or(StoreError::NotFound("This offer"))
}

/// One offer by the server's number.
pub fn by_server_id(connection: &Connection, id: ServerId) -> Result<Option<OfferRow>, StoreError> {
    one(connection, "server_id = ?1", &id.0)
}

/// Every row, also those that no screen shows.
pub fn all(connection: &Connection) -> Result<Vec<OfferRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM offer"))?;
    let rows = statement.query_map([], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows that are held back for this create, oldest first.
pub fn held_for(connection: &Connection, intent: IntentId) -> Result<Vec<OfferRow>, StoreError> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM offer WHERE held_for = ?1 ORDER BY server_id"))?;
    let rows = statement.query_map([intent.to_string()], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The highest server number on record; numbers grow.
pub fn highest_server_id(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(server_id), 0) FROM offer", [], |row| row.get(0))?)
}

/// The current tick.
pub fn tick(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT n FROM tick", [], |row| row.get(0))?)
}

/// A row for an offer that the hotel does not have yet.
pub fn insert_local(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    tx.execute("INSERT INTO offer (local_id) VALUES (?1)", [id.to_string()])?;
    announce(tx, id);
    Ok(())
}

/// How a base was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// The hotel said so when asked.
    Read,
    /// An event said so.
    Hint,
}

/// Writes a base, and the row where it is new. The offer is there again if it was gone.
pub fn put_base(
    tx: &mut Tx<'_>,
    id: LocalId,
    base: &ServerOffer,
    held_for: Option<IntentId>,
    learned: Learned,
) -> Result<(), StoreError> {
    let touched = next_tick(tx)?;
    tx.execute(
        "INSERT INTO offer (local_id, server_id, base, touched, gone, held_for, hinted)
         VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6)
         ON CONFLICT (local_id) DO UPDATE SET
            server_id = excluded.server_id, base = excluded.base, touched = excluded.touched, gone = 0,
            held_for = excluded.held_for, hinted = excluded.hinted",
        (
            id.to_string(),
            base.id.0,
            serde_json::to_string(base)?,
            touched,
            held_for.map(|intent| intent.to_string()),
            learned == Learned::Hint,
        ),
    )?;
    tx.execute("DELETE FROM removed WHERE server_id = ?1", [base.id.0])?;
    announce(tx, id);
    Ok(())
}

/// How the hotel's answer to one's own request counts. If another copy came in after the request had left,
/// nobody knows which of the two is newer: the answer is shown, and a read has to confirm it.
pub fn weigh(connection: &Connection, seen: &Seen) -> Result<Learned, StoreError> {
    let known = by_server_id(connection, seen.offer.id)?;
    let overtaken =
        known.is_some_and(|row| row.touched > seen.since && row.base.as_ref() != Some(&seen.offer));
    Ok(if overtaken { Learned::Hint } else { Learned::Read })
}

/// Writes the hotel's answer to one's own request as the base.
pub fn put_answer(tx: &mut Tx<'_>, id: LocalId, seen: &Seen) -> Result<(), StoreError> {
    let learned = weigh(tx, seen)?;
    put_base(tx, id, &seen.offer, None, learned)
}

/// The tick at which an offer with this number was removed here, if it was.
pub fn removed_at(connection: &Connection, id: ServerId) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT touched FROM removed WHERE server_id = ?1")?;
    Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
}

/// Removed numbers that are remembered. More can only matter to requests that are far older than any limit.
const REMEMBERED: u32 = 500;

/// Forgets all but the last removals.
pub fn forget_old_removals(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM removed WHERE touched <=
            (SELECT touched FROM removed ORDER BY touched DESC LIMIT 1 OFFSET ?1)",
        [REMEMBERED],
    )?;
    Ok(())
}

fn next_tick(tx: &Tx<'_>) -> Result<i64, StoreError> {
    Ok(tx.query_row("UPDATE tick SET n = n + 1 RETURNING n", [], |row| row.get(0))?)
}

/// Remembers that the row's number is removed as of now: a page that was asked for before does not bring it back.
fn remember_removal(tx: &Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    let touched = next_tick(tx)?;
    tx.execute(
        "INSERT OR REPLACE INTO removed
         SELECT server_id, ?2 FROM offer WHERE local_id = ?1 AND server_id IS NOT NULL",
        (id.to_string(), touched),
    )?;
    Ok(())
}

/// Notes that the offer has left the hotel. A read that began before does not undo it.
pub fn set_gone(tx: &mut Tx<'_>, id: LocalId, gone: Gone) -> Result<(), StoreError> {
    let value = match gone {
        Gone::No => 0,
        Gone::Hinted => 1,
        Gone::Confirmed => 2,
    };
    let touched = next_tick(tx)?;
    tx.execute(
        "UPDATE offer SET gone = ?2, touched = ?3 WHERE local_id = ?1",
        (id.to_string(), value, touched),
    )?;
    announce(tx, id);
    Ok(())
}

/// Takes the server's number and copy off a row: it becomes an offer that the hotel does not have.
pub fn detach(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    remember_removal(tx, id)?;
    tx.execute(
        "UPDATE offer SET server_id = NULL, base = NULL, gone = 0, hinted = 0 WHERE local_id = ?1",
        [id.to_string()],
    )?;
    announce(tx, id);
    Ok(())
}

/// Removes a row.
pub fn remove(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    remember_removal(tx, id)?;
    tx.execute("DELETE FROM offer WHERE local_id = ?1", [id.to_string()])?;
    announce(tx, id);
    Ok(())
}

/// Shows a row that was held back.
pub fn release(tx: &mut Tx<'_>, id: LocalId) -> Result<(), StoreError> {
    tx.execute("UPDATE offer SET held_for = NULL WHERE local_id = ?1", [id.to_string()])?;
    announce(tx, id);
    Ok(())
}

fn announce(tx: &mut Tx<'_>, id: LocalId) {
    tx.changed(Change::Offers { ids: Some(vec![id]) });
}
