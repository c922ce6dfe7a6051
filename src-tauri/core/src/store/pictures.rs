//! The cached picture of each address, the pictures that must not be evicted, and those that are no longer needed.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::columns::text;
use super::{StoreError, Tx, entities};
use crate::ids::{LocalId, MediaHash};
use crate::resources::{Kind, ServerCopy};

/// Returns the cached picture of an address.
pub fn of_source(connection: &Connection, source: &str) -> Result<Option<MediaHash>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM picture WHERE source = ?1")?;
    let hash = statement.query_row([source], |row| text(row, 0)).optional()?;
    Ok(hash.and_then(|hash| hash.parse().ok()))
}

/// Stores the picture of an address.
pub fn set_source(tx: &mut Tx<'_>, source: &str, hash: &MediaHash) -> Result<(), StoreError> {
    tx.execute("INSERT OR REPLACE INTO picture VALUES (?1, ?2)", [source, hash.as_str()])?;
    Ok(())
}

/// Deletes a damaged or evicted picture. It is fetched again when it is shown.
pub fn forget(tx: &mut Tx<'_>, hash: &MediaHash) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM picture WHERE hash = ?1", [hash.as_str()])?;
    Ok(())
}

/// Stores a prepared picture that no intent names yet.
pub fn prepared(tx: &mut Tx<'_>, hash: &MediaHash, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("INSERT OR REPLACE INTO prepared VALUES (?1, ?2)", (hash.as_str(), now_ms))?;
    Ok(())
}

/// Returns the pictures that must stay in the cache: [kept here](kept_here), or shown by an entity.
pub fn pinned(connection: &Connection, since_ms: i64) -> Result<HashSet<MediaHash>, StoreError> {
    let mut pinned = kept_here(connection, since_ms)?;
    let cached = all(connection)?;
    for (_, url) in shown(connection)? {
        pinned.extend(cached.get(&url).cloned());
    }
    Ok(pinned)
}

/// Returns the pictures that may be nowhere else than on this computer: named by an intent, a draft, a way back or an
/// earlier version, or prepared since `since_ms`.
pub fn kept_here(connection: &Connection, since_ms: i64) -> Result<HashSet<MediaHash>, StoreError> {
    let mut pinned = of_own_work(connection)?;
    let mut ways_back = connection.prepare("SELECT put_back FROM activity WHERE put_back IS NOT NULL")?;
    for way_back in ways_back.query_map([], |row| text(row, 0))? {
        pinned.extend(hashes(&way_back?));
    }
    let mut versions = connection.prepare("SELECT content FROM version")?;
    for content in versions.query_map([], |row| text(row, 0))? {
        pinned.extend(hashes(&content?));
    }
    let mut others = connection.prepare("SELECT hash FROM prepared WHERE created_at >= ?1")?;
    for hash in others.query_map([since_ms], |row| text(row, 0))? {
        pinned.extend(hash?.parse().ok());
    }
    Ok(pinned)
}

/// Returns the pictures that an intent or a draft names. They may be nowhere else than on this computer.
pub fn of_own_work(connection: &Connection) -> Result<HashSet<MediaHash>, StoreError> {
    let mut named = HashSet::new();
    for texts in ["SELECT operation FROM intent", "SELECT content FROM draft"] {
        let mut statement = connection.prepare(texts)?;
        for text in statement.query_map([], |row| text(row, 0))? {
            named.extend(hashes(&text?));
        }
    }
    Ok(named)
}

/// Returns every address of a picture on an entity; the latest changes first.
pub fn shown(connection: &Connection) -> Result<Vec<(LocalId, String)>, StoreError> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        rows.extend(entities::all(connection, kind)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.revision));
    let urls = |row: entities::EntityRow| {
        let urls = row.latest().map(ServerCopy::picture_urls).unwrap_or_default();
        urls.into_iter().map(move |url| (row.local_id, url))
    };
    Ok(rows.into_iter().flat_map(urls).collect())
}

/// Returns every picture hash anywhere in an operation. So an intent of a newer version, or an unreadable one, keeps
/// its picture too.
fn hashes(operation: &str) -> impl Iterator<Item = MediaHash> {
    operation.split(|letter: char| !letter.is_ascii_hexdigit()).filter_map(|word| word.parse().ok())
}

/// Deletes rows without a further use: pictures prepared before `since_ms` (an intent names its own picture), and the
/// addresses of pictures that are `removed` from the cache. Those are fetched again when they are shown.
pub fn prune(tx: &mut Tx<'_>, since_ms: i64, removed: &[MediaHash]) -> Result<(), StoreError> {
    tx.any_rows("DELETE FROM prepared WHERE created_at < ?1", [since_ms])?;
    for hash in removed {
        forget(tx, hash)?;
    }
    Ok(())
}

/// Returns every address with its cached picture.
pub fn all(connection: &Connection) -> Result<HashMap<String, MediaHash>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT source, hash FROM picture")?;
    let rows = statement.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
    let mut found = HashMap::new();
    for row in rows {
        let (source, hash) = row?;
        if let Ok(hash) = hash.parse() {
            found.insert(source, hash);
        }
    }
    Ok(found)
}
