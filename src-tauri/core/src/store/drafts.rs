//! Unsaved text of editors.
//!
//! The content belongs to the screen and is stored unchanged. The core reads only the names of pictures in it, because
//! the cache must keep those pictures.

use rusqlite::types::Type;
use rusqlite::{Connection, Row};

use super::{StoreError, Tx, columns};
use crate::ids::{DraftId, LocalId};
use crate::resources::Kind;
use crate::views::{Change, Draft};

/// A stored draft.
pub struct DraftRow {
    /// The draft.
    pub draft: Draft,
    /// The time of the last save, in milliseconds since 1970.
    pub saved_at: i64,
}

/// Stores a draft, and replaces an older version of it. Two saves that run at the same time may arrive in any order.
pub fn save(tx: &mut Tx<'_>, draft: &Draft, now_ms: i64) -> Result<(), StoreError> {
    let is_known = "SELECT count(*) FROM draft WHERE id = ?1";
    let known: i64 = tx.query_row(is_known, [draft.id.to_string()], |row| row.get(0))?;
    tx.execute(
        "INSERT INTO draft (id, about, entity, title, content, version, saved_at)
         VALUES (?1, ?2, ?3, ?4, CASE WHEN ?8 THEN seal(?5) ELSE ?5 END, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET about = excluded.about, entity = excluded.entity, title = excluded.title,
             content = excluded.content, version = excluded.version, saved_at = excluded.saved_at
         WHERE excluded.version > draft.version",
        (
            draft.id.to_string(),
            draft.about.resource().name,
            draft.entity.map(|entity| entity.to_string()),
            &draft.title,
            &draft.content,
            draft.version,
            now_ms,
            draft.about.resource().is_private,
        ),
    )?;
    // The list of drafts does not change if a known draft has a new text.
    if known == 0 {
        tx.changed(Change::Drafts);
    }
    Ok(())
}

/// Removes a saved or discarded draft. A missing draft is not an error.
pub fn remove(tx: &mut Tx<'_>, id: DraftId) -> Result<(), StoreError> {
    if tx.any_rows("DELETE FROM draft WHERE id = ?1", [id.to_string()])? > 0 {
        tx.changed(Change::Drafts);
    }
    Ok(())
}

/// Removes all drafts.
pub fn clear(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if tx.any_rows("DELETE FROM draft", [])? > 0 {
        tx.changed(Change::Drafts);
    }
    Ok(())
}

/// Returns all drafts, newest first. An unreadable row is skipped and kept.
pub fn all(connection: &Connection) -> Result<Vec<DraftRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, about, entity, title, unseal(content), version, saved_at FROM draft ORDER BY saved_at DESC, id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        match read(row) {
            Ok(draft) => found.push(draft),
            Err(error) => tracing::warn!(error = %StoreError::from(error), "a draft cannot be read"),
        }
    }
    Ok(found)
}

/// Returns the number of drafts.
pub fn count(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM draft", [], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> Result<DraftRow, rusqlite::Error> {
    let unreadable = |column| rusqlite::Error::InvalidColumnType(column, String::new(), Type::Text);
    let id: DraftId = columns::text(row, 0)?.parse().map_err(|_| unreadable(0))?;
    let name = columns::text(row, 1)?;
    let about = Kind::named(&name);
    let about = about.ok_or_else(|| unreadable(1))?;
    let entity: Option<LocalId> = match columns::optional_text(row, 2)? {
        Some(text) => Some(text.parse().map_err(|_| unreadable(2))?),
        None => None,
    };
    // Without its key, a private draft stays unread and is kept.
    let content = columns::optional_text(row, 4)?.ok_or_else(|| unreadable(4))?;
    let title = columns::text(row, 3)?;
    let version = u32::try_from(columns::number(row, 5)?).unwrap_or(u32::MAX);
    let draft = Draft { id, about, entity, title, content, version };
    Ok(DraftRow { draft, saved_at: columns::number(row, 6)? })
}
