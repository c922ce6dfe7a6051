//! The pictures of galleries: their local keys, the pictures that this desk added, and uploads from events.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use super::columns::text;
use super::{StoreError, Tx, entities};
use crate::ids::{LocalId, MediaHash, ServerId};
use crate::resources::{Kind, ONLY_ONE, ServerCopy, ServerGallery};

/// The time for which uploads from events are stored, in milliseconds. An unclear upload is checked much sooner.
const REMEMBERED: i64 = 24 * 3600 * 1000;
/// The time after its upload in which the loss of an own picture makes an activity, in milliseconds.
const AT_HAND: i64 = 3600 * 1000;

/// The local keys of a gallery's pictures.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    gallery: LocalId,
    own: HashMap<String, LocalId>,
}

crate::private::hides!(Keys { gallery; own });

impl Keys {
    /// Returns the key of the picture with this name at the server.
    pub fn of(&self, name: &str) -> LocalId {
        self.own.get(name).copied().unwrap_or_else(|| self.gallery.of_part(name))
    }

    /// Returns the keys of all pictures of a gallery, in order.
    pub fn list(&self, gallery: &ServerGallery) -> Vec<LocalId> {
        gallery.images.iter().map(|image| self.of(&image.name)).collect()
    }
}

/// Reads the keys of a gallery.
pub fn keys(connection: &Connection, gallery: LocalId) -> Result<Keys, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, local_id FROM gallery_image WHERE gallery = ?1")?;
    let rows = statement.query_map([gallery.to_string()], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
    let mut own = HashMap::new();
    for row in rows {
        let (name, key) = row?;
        if let Ok(key) = key.parse() {
            own.insert(name, key);
        }
    }
    Ok(Keys { gallery, own })
}

/// Gives an own new picture's key to the server's name of the picture.
pub fn claim(tx: &Tx<'_>, gallery: LocalId, name: &str, image: LocalId) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO gallery_image (local_id, gallery, name) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET local_id = excluded.local_id, name = excluded.name",
        (image.to_string(), gallery.to_string(), name),
    )?;
    Ok(())
}

/// Notes that an own picture is in its gallery.
pub fn note_added(
    tx: &Tx<'_>,
    image: LocalId,
    picture: &MediaHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.any_rows(
        "UPDATE gallery_image SET picture = ?2, added_at = ?3 WHERE local_id = ?1",
        (image.to_string(), picture.as_str(), now.as_millisecond()),
    )?;
    Ok(())
}

/// Deletes this note, because the picture was removed here or its loss made an activity.
pub fn forget_added(tx: &Tx<'_>, image: LocalId) -> Result<(), StoreError> {
    tx.any_rows(
        "UPDATE gallery_image SET picture = NULL, added_at = NULL WHERE local_id = ?1",
        [image.to_string()],
    )?;
    Ok(())
}

/// Returns the pictures that this desk added to a gallery, so recently that their loss makes an activity.
pub fn added(
    connection: &Connection,
    gallery: LocalId,
    now: Timestamp,
) -> Result<HashMap<LocalId, MediaHash>, StoreError> {
    let now = now.as_millisecond();
    let mut statement = connection.prepare_cached(
        "SELECT local_id, picture FROM gallery_image
          WHERE gallery = ?1 AND picture IS NOT NULL AND added_at > ?2 AND added_at <= ?3",
    )?;
    let rows = statement.query_map((gallery.to_string(), now - AT_HAND, now + AT_HAND), |row| {
        Ok((text(row, 0)?, text(row, 1)?))
    })?;
    let mut found = HashMap::new();
    for row in rows {
        let (image, picture) = row?;
        if let (Ok(image), Ok(picture)) = (image.parse(), picture.parse()) {
            found.insert(image, picture);
        }
    }
    Ok(found)
}

/// Stores the address of an upload from an event.
pub fn note_upload(tx: &Tx<'_>, url: &str, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_millisecond();
    tx.any_rows("DELETE FROM uploaded_image WHERE seen_at < ?1", [now - REMEMBERED])?;
    tx.execute("INSERT OR IGNORE INTO uploaded_image VALUES (?1, ?2)", (url, now))?;
    Ok(())
}

/// Returns true if an event named an upload by another desk since this time that the list does not contain yet. Only
/// the flat gallery is such a list.
pub fn has_unlisted_upload(
    connection: &Connection,
    (kind, id): (Kind, ServerId),
    since: Timestamp,
) -> Result<bool, StoreError> {
    if (kind, id) != (Kind::Gallery, ONLY_ONE) {
        return Ok(false);
    }
    let uploads = unclaimed_uploads(connection, since)?;
    let row = entities::by_server_id(connection, Kind::Gallery, ONLY_ONE)?;
    let Some(ServerCopy::Gallery(gallery)) = row.as_ref().and_then(entities::EntityRow::latest) else {
        return Ok(false);
    };
    Ok(uploads.iter().any(|url| gallery.images.iter().all(|image| image.name != *url)))
}

/// Returns the addresses of uploads from events since a time, newest first, that belong to no known picture.
pub fn unclaimed_uploads(connection: &Connection, since: Timestamp) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT url FROM uploaded_image
          WHERE seen_at >= ?1 AND url NOT IN (SELECT name FROM gallery_image) ORDER BY seen_at DESC",
    )?;
    let rows = statement.query_map([since.as_millisecond()], |row| text(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
