//! Pictures: uploaded bytes, and scenes that are drawn when they are first asked for.

use rusqlite::{OptionalExtension, params};

use super::Store;
use crate::digest::derived;

/// A stored picture.
pub(crate) struct Picture {
    pub(crate) content_type: String,
    pub(crate) content: Content,
}

/// Where a picture's bytes come from.
pub(crate) enum Content {
    Bytes(Vec<u8>),
    Scene(u32),
}

impl Store {
    /// Stores an uploaded picture and returns its path, `image/upload/v<seconds>/<id>.<ext>`.
    pub(crate) fn add_picture(
        &self,
        seed: u64,
        now_s: i64,
        format: image::ImageFormat,
        content: &Content,
    ) -> rusqlite::Result<String> {
        let connection = self.lock();
        let so_far: u32 = connection.query_row("SELECT count(*) FROM pictures", [], |row| row.get(0))?;
        let id = derived(seed, &format!("picture {so_far}"), 20);
        let extension = format.extensions_str().first().copied().unwrap_or("img");
        let path = format!("image/upload/v{now_s}/{id}.{extension}");
        let (bytes, scene) = match content {
            Content::Bytes(bytes) => (Some(bytes), None),
            Content::Scene(scene) => (None, Some(scene)),
        };
        connection.execute(
            "INSERT INTO pictures (id, path, content_type, bytes, scene) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, path, format.to_mime_type(), bytes, scene],
        )?;
        Ok(path)
    }

    pub(crate) fn picture(&self, path: &str) -> rusqlite::Result<Option<Picture>> {
        self.lock()
            .query_row("SELECT content_type, bytes, scene FROM pictures WHERE path = ?1", [path], |row| {
                let bytes: Option<Vec<u8>> = row.get(1)?;
                let content = match bytes {
                    Some(bytes) => Content::Bytes(bytes),
                    None => Content::Scene(row.get(2)?),
                };
                Ok(Picture { content_type: row.get(0)?, content })
            })
            .optional()
    }
}
