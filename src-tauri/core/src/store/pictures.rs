//! Which cached picture belongs to which address, and which must not be evicted.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::{StoreError, Tx};
use crate::model::MediaHash;

/// The cached picture of an address.
pub fn of_source(connection: &Connection, source: &str) -> Result<Option<MediaHash>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM picture WHERE source = ?1")?;
    let text: Option<String> = statement.query_row([source], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Notes that these bytes are what the address shows.
pub fn set_source(tx: &mut Tx<'_>, source: &str, hash: &MediaHash) -> Result<(), StoreError> {
    tx.execute("INSERT OR REPLACE INTO picture VALUES (?1, ?2)", [source, hash.as_str()])?;
    Ok(())
}

/// Forgets a cached picture, because it is damaged or evicted: it is fetched again when it is shown.
pub fn forget(tx: &mut Tx<'_>, hash: &MediaHash) -> Result<(), StoreError> {
    tx.execute("DELETE FROM picture WHERE hash = ?1", [hash.as_str()])?;
    Ok(())
}

/// Notes a prepared picture that no intent names yet.
pub fn prepared(tx: &mut Tx<'_>, hash: &MediaHash, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("INSERT OR REPLACE INTO prepared VALUES (?1, ?2)", (hash.as_str(), now_ms))?;
    Ok(())
}

/// Pictures that must stay: named by an intent, or prepared since `since_ms`.
pub fn pinned(connection: &Connection, since_ms: i64) -> Result<HashSet<MediaHash>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT json_extract(wish, '$.picture') FROM intent
          WHERE json_valid(wish) AND json_extract(wish, '$.picture') IS NOT NULL
         UNION SELECT hash FROM prepared WHERE created_at >= ?1",
    )?;
    let texts = statement.query_map([since_ms], |row| row.get::<_, String>(0))?;
    texts.filter_map(|text| text.map(|text| text.parse().ok()).transpose()).map(|hash| Ok(hash?)).collect()
}

/// Every address with its cached picture.
pub fn all(connection: &Connection) -> Result<HashMap<String, MediaHash>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT source, hash FROM picture")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut found = HashMap::new();
    for row in rows {
        let (source, hash) = row?;
        if let Ok(hash) = hash.parse() {
            found.insert(source, hash);
        }
    }
    Ok(found)
}
