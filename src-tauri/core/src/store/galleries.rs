//! The pictures of galleries: our keys for them, what is watched for a while, and uploads that events told of.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{StoreError, Tx};
use crate::model::{LocalId, ServerGallery, Wish};

/// Uploads that events told of are remembered this long, in milliseconds: an unclear upload is looked at much sooner.
const REMEMBERED: i64 = 24 * 3600 * 1000;

/// Our keys of a gallery's pictures.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    gallery: LocalId,
    own: HashMap<String, LocalId>,
}

crate::private::hides!(Keys { gallery; own });

impl Keys {
    /// The key of what the server calls so.
    pub fn of(&self, name: &str) -> LocalId {
        self.own.get(name).copied().unwrap_or_else(|| self.gallery.of_part(name))
    }

    /// The keys of all pictures of a gallery, in their order.
    pub fn list(&self, gallery: &ServerGallery) -> Vec<LocalId> {
        gallery.images.iter().map(|image| self.of(&image.name)).collect()
    }
}

/// Reads the keys of a gallery.
pub fn keys(connection: &Connection, gallery: LocalId) -> Result<Keys, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, local_id FROM gallery_image WHERE gallery = ?1")?;
    let rows = statement
        .query_map([gallery.to_string()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut own = HashMap::new();
    for row in rows {
        let (name, key) = row?;
        if let Ok(key) = key.parse() {
            own.insert(name, key);
        }
    }
    Ok(Keys { gallery, own })
}

/// Our own new picture keeps its key under the server's name.
pub fn claim(tx: &Tx<'_>, gallery: LocalId, name: &str, image: LocalId) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO gallery_image (local_id, gallery, name) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET local_id = excluded.local_id, name = excluded.name",
        (image.to_string(), gallery.to_string(), name),
    )?;
    Ok(())
}

/// A picture that was put in or taken out a moment ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Our key of it.
    pub image: LocalId,
    /// What was wished, and is wished again where somebody undid it without knowing.
    pub wish: Wish,
    /// Until when, in milliseconds since the epoch.
    pub until: i64,
}

/// Everything that is watched in a gallery, oldest first.
pub fn watches(connection: &Connection, gallery: LocalId) -> Result<Vec<Watch>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT image, wish, until FROM gallery_watch WHERE gallery = ?1 ORDER BY rowid")?;
    let rows = statement.query_map([gallery.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
    })?;
    let mut watches = Vec::new();
    for row in rows {
        let (image, wish, until) = row?;
        if let Ok(image) = image.parse() {
            // One that cannot be read is no step on a gallery, and is dropped when it is looked at.
            let wish = serde_json::from_str(&wish).unwrap_or(Wish::Unreadable);
            watches.push(Watch { image, wish, until });
        }
    }
    Ok(watches)
}

/// Watches a picture from now on.
pub fn watch(tx: &Tx<'_>, gallery: LocalId, watch: &Watch) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO gallery_watch (image, gallery, wish, until) VALUES (?1, ?2, ?3, ?4)",
        (watch.image.to_string(), gallery.to_string(), serde_json::to_string(&watch.wish)?, watch.until),
    )?;
    Ok(())
}

/// Watches a picture no longer.
pub fn unwatch(tx: &Tx<'_>, image: LocalId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM gallery_watch WHERE image = ?1", [image.to_string()])?;
    Ok(())
}

/// Watches nothing any more, in one gallery or in all.
pub fn unwatch_all(tx: &Tx<'_>, gallery: Option<LocalId>) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM gallery_watch WHERE ?1 IS NULL OR gallery = ?1",
        [gallery.map(|gallery| gallery.to_string())],
    )?;
    Ok(())
}

/// The end of the last watch of all, in milliseconds since the epoch.
pub fn last_watch(connection: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(connection.query_row("SELECT max(until) FROM gallery_watch", [], |row| row.get(0))?)
}

/// An event told of an upload.
pub fn note_upload(tx: &Tx<'_>, url: &str, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    tx.execute("DELETE FROM uploaded_image WHERE seen_at < ?1", [now - REMEMBERED])?;
    tx.execute("INSERT OR IGNORE INTO uploaded_image VALUES (?1, ?2)", (url, now))?;
    Ok(())
}

/// Uploads that events told of since a time, newest first, that no picture of ours is known by.
pub fn unclaimed_uploads(connection: &Connection, since: Timestamp) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT url FROM uploaded_image
          WHERE seen_at >= ?1 AND url NOT IN (SELECT name FROM gallery_image) ORDER BY seen_at DESC",
    )?;
    let rows = statement.query_map([since.as_millisecond()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
