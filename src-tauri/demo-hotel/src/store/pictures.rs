//! Pictures, and the files of the chat.

use rusqlite::{OptionalExtension, params};

use super::Store;
use crate::digest::derived;

/// A stored picture.
pub(crate) struct Picture {
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
}

/// A file for the image host.
pub(crate) struct Upload<'a> {
    /// The folder in the path, with a slash at its end; empty for none.
    pub(crate) folder: &'a str,
    pub(crate) extension: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) bytes: &'a [u8],
}

impl Store {
    /// Stores a picture and returns its path, `image/upload/v<seconds>/<id>.<ext>`.
    pub(crate) fn add_picture(
        &self,
        seed: u64,
        now_s: i64,
        format: image::ImageFormat,
        bytes: &[u8],
    ) -> rusqlite::Result<String> {
        let extension = format.extensions_str().first().copied().unwrap_or("img");
        self.add_upload(
            seed,
            now_s,
            &Upload { folder: "", extension, content_type: format.to_mime_type(), bytes },
        )
    }

    /// Stores a file and returns its path, `image/upload/v<seconds>/<folder><id>.<ext>`.
    pub(crate) fn add_upload(&self, seed: u64, now_s: i64, upload: &Upload<'_>) -> rusqlite::Result<String> {
        let connection = self.lock();
        let so_far: u32 = connection.query_row("SELECT count(*) FROM pictures", [], |row| row.get(0))?;
        let id = derived(seed, &format!("picture {so_far}"), 20);
        let path = format!("image/upload/v{now_s}/{}{id}.{}", upload.folder, upload.extension);
        connection.execute(
            "INSERT INTO pictures (id, path, content_type, bytes) VALUES (?1, ?2, ?3, ?4)",
            params![id, path, upload.content_type, upload.bytes],
        )?;
        Ok(path)
    }

    pub(crate) fn picture(&self, path: &str) -> rusqlite::Result<Option<Picture>> {
        let query = "SELECT content_type, bytes FROM pictures WHERE path = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok(Picture { content_type: row.get(0)?, bytes: row.get(1)? });
        self.lock().query_row(query, [path], read).optional()
    }
}

/// Returns the address of a stored picture. A path that is not a picture's (a URL was sent as `photo`) gives an address
/// without the extension, which leads nowhere: `contract.md 4.4`.
pub(crate) fn photo_url(base: &str, photo: Option<&str>) -> Option<String> {
    let path = photo?;
    let stem = match path.strip_prefix("image/upload/v") {
        Some(rest) if rest.split_once('/').is_some_and(|(version, _)| is_number(version)) => path,
        _ => path.rsplit_once('.').filter(|(_, end)| !end.contains('/')).map_or(path, |(stem, _)| stem),
    };
    Some(format!("{base}/media/{stem}"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::photo_url;

    #[test]
    fn a_url_sent_as_photo_loses_its_extension() {
        assert_eq!(
            photo_url("http://h", Some("image/upload/https://h/media/image/upload/v1/abc.jpg")).as_deref(),
            Some("http://h/media/image/upload/https://h/media/image/upload/v1/abc")
        );
        assert_eq!(
            photo_url("http://h", Some("image/upload/v1/abc.jpg")).as_deref(),
            Some("http://h/media/image/upload/v1/abc.jpg")
        );
        assert_eq!(photo_url("http://h", None), None);
    }
}
