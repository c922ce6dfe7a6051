//! Reading columns: one damaged byte costs a value at most, and never a whole screen or the start.
//!
//! SQLite does not look whether a text is UTF-8, and a byte that fell over on the disk need not show in its own check.
//! So nothing here fails for what a row holds. Where the value matters (what somebody wished), its reader asks for the
//! [`bytes`] and judges them.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use sha2::Digest;
use uuid::Uuid;

/// The bytes of a text as they are; none where there is no text.
pub(crate) fn bytes<'a>(row: &'a Row<'_>, index: usize) -> rusqlite::Result<&'a [u8]> {
    Ok(match row.get_ref(index)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}

/// A text for people, or one that is compared: what is no text in it becomes `�`.
pub(crate) fn text(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(bytes(row, index)?).into_owned())
}

/// A text that may be missing.
pub(crate) fn optional_text(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        _ => text(row, index).map(Some),
    }
}

/// What is stored as JSON; `None` where it is missing or cannot be read.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    Ok(serde_json::from_slice(bytes(row, index)?).ok())
}

/// A number; 0 where there is none.
pub(crate) fn number(row: &Row<'_>, index: usize) -> rusqlite::Result<i64> {
    Ok(row.get_ref(index)?.as_i64().unwrap_or_default())
}

/// A key of ours. One that is none is made of its bytes, always the same one.
pub(crate) fn key(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    let bytes = bytes(row, index)?;
    Ok(stored_key(bytes).unwrap_or_else(|| {
        let digest = sha2::Sha256::digest(bytes);
        Uuid::from_bytes(std::array::from_fn(|index| digest[index]))
    }))
}

/// Whether what stands there is a key as we write them.
pub(crate) fn is_key(row: &Row<'_>, index: usize) -> rusqlite::Result<bool> {
    Ok(stored_key(bytes(row, index)?).is_some())
}

fn stored_key(bytes: &[u8]) -> Option<Uuid> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}
