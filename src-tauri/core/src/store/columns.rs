//! Reads columns so that one damaged byte costs at most one value, and never a whole screen or the start.
//!
//! SQLite does not check that a text is UTF-8, and its own check may not detect a flipped byte on the disk. So these
//! functions never fail because of a row's content. If the exact value matters (an intent), the caller reads the
//! [`bytes`] and checks them.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use sha2::Digest;
use uuid::Uuid;

/// Returns the raw bytes of a text, or an empty slice if the value is not a text.
pub(crate) fn bytes<'a>(row: &'a Row<'_>, index: usize) -> rusqlite::Result<&'a [u8]> {
    Ok(match row.get_ref(index)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}

/// Returns a text for people or for a comparison. Invalid UTF-8 becomes `�`.
pub(crate) fn text(row: &Row<'_>, index: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(bytes(row, index)?).into_owned())
}

/// Returns a text, or `None` for NULL.
pub(crate) fn optional_text(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        _ => text(row, index).map(Some),
    }
}

/// Returns a value stored as JSON, or `None` if it is missing or unreadable.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    Ok(serde_json::from_slice(bytes(row, index)?).ok())
}

/// Returns a number, or 0 if the value is not a number.
pub(crate) fn number(row: &Row<'_>, index: usize) -> rusqlite::Result<i64> {
    Ok(row.get_ref(index)?.as_i64().unwrap_or_default())
}

/// Returns a local key. An invalid one is replaced by a hash of its bytes, which is always the same.
pub(crate) fn key(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    let bytes = bytes(row, index)?;
    Ok(stored_key(bytes).unwrap_or_else(|| {
        let digest = sha2::Sha256::digest(bytes);
        Uuid::from_bytes(std::array::from_fn(|index| digest[index]))
    }))
}

/// Returns true if the value is a valid local key.
pub(crate) fn is_key(row: &Row<'_>, index: usize) -> rusqlite::Result<bool> {
    Ok(stored_key(bytes(row, index)?).is_some())
}

fn stored_key(bytes: &[u8]) -> Option<Uuid> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}
