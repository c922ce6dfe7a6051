//! What colleagues did, once per fact.

use jiff::Timestamp;
use rusqlite::Connection;

use super::{StoreError, Tx};
use crate::desk::views::{Change, Fact, FactKind};
use crate::model::LocalId;

/// How many are kept.
const KEPT: i64 = 500;

/// Stores a fact and announces it.
pub fn add(
    tx: &mut Tx<'_>,
    kind: FactKind,
    text: String,
    offer: Option<LocalId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO fact (kind, text, offer, at) VALUES (?1, ?2, ?3, ?4)",
        (serde_json::to_string(&kind)?, &text, offer.map(|id| id.to_string()), at.as_millisecond()),
    )?;
    let id = tx.last_insert_rowid();
    tx.execute("DELETE FROM fact WHERE id <= ?1", [id - KEPT])?;
    tx.changed(Change::Fact { fact: Fact { id, kind, text, offer, at } });
    Ok(())
}

/// The newest facts, newest first.
pub fn newest(connection: &Connection, limit: u32) -> Result<Vec<Fact>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, kind, text, offer, at FROM fact ORDER BY id DESC LIMIT ?1")?;
    let rows = statement.query_map([limit], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, Option<String>>(3)?,
            row.get::<_, i64>(4)?,
        ))
    })?;
    rows.map(|row| {
        let (id, kind, text, offer, at) = row?;
        Ok(Fact {
            id,
            kind: serde_json::from_str(&kind)?,
            text,
            offer: offer.and_then(|text| text.parse().ok()),
            at: Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH),
        })
    })
    .collect()
}
