//! Rebuilds a damaged database: its readable rows move to a new file.
//!
//! The new file is created beside the old one, in one transaction, and becomes `NAME.rebuilt` when it is complete. Then
//! the old file is renamed to the first free `NAME.damaged-N`, its companions follow it, and the new one takes its
//! place. After a crash before that rename, the rebuild starts again: while a file is at `NAME`, it counts, and an
//! older `.rebuilt` beside it is removed. If the crash was after the rename, the next start continues. No file that
//! held an intent is deleted. Only the rebuilding process has the database open.

use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::removal::Alone;
use super::schema::migrations;
use super::{StoreError, moved, rowids, with};
use crate::replace;

/// The files that SQLite keeps beside a database in use. They are renamed after the file itself, because without them
/// its content would be different.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The tables and columns that move to the new file. The hotel's copies are read again, but an intent needs the row of
/// its entity, and the history of activities exists nowhere else.
const TABLES: [(&str, &str); 14] = [
    // Without `revision`: the new file counts from zero, and a row with a higher revision would never be updated.
    ("entity", "local_id, kind, server_id, base, tombstone, held_for"),
    ("version", "number, entity, content, until, own"),
    ("gallery_image", "local_id, gallery, name, picture, added_at"),
    ("intent", "seq, id, lane, operation, state, note, not_before, created_at"),
    ("draft", "id, about, entity, title, content, version, saved_at"),
    ("prepared", "hash, created_at"),
    ("duty_intent", "id, on_duty, until, sent"),
    ("activity", "id, kind, happening, entity, at, put_back, own"),
    ("guest_message", "seq, id, activity"),
    ("own_request", "seq, request, intent, entity, operation, left_at, confirmed_at, list, before"),
    ("own_removal", "kind, server_id, at"),
    ("message", "key, conversation, server_id, intent, sender, staff, at, is_unread, is_own, content"),
    ("conversation", "local_id, is_muted"),
    ("message_file", "intent, bytes"),
];

/// Creates a new database from the readable rows of the damaged one, and replaces it. Returns the new place of the old
/// one.
pub(super) fn rebuild(path: &Path, alone: &Alone) -> Result<Option<PathBuf>, StoreError> {
    let new = with(path, ".rebuilding");
    for rest in [new.clone(), with(&new, "-journal")] {
        replace::remove(&rest)?;
    }
    let mut connection = Connection::open(&new)?;
    migrations().to_latest(&mut connection)?;
    let transaction = connection.transaction()?;
    copy(path, &transaction);
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    replace::rename(&new, &with(path, ".rebuilt"))?;
    replace::rename(path, &numbered(path, last_damaged(path) + 1))?;
    put_in_place(path, alone)
}

/// Moves a rebuilt file to the place of one that was set aside. Returns the new place of that one.
pub(super) fn put_in_place(path: &Path, _alone: &Alone) -> Result<Option<PathBuf>, StoreError> {
    let rebuilt = with(path, ".rebuilt");
    if !rebuilt.exists() {
        return Ok(None);
    }
    let aside = numbered(path, last_damaged(path).max(1));
    if path.exists() {
        tracing::warn!("a rebuilt database that was never used is removed: the one in its place is newer");
        replace::remove(&rebuilt)?;
        return Ok(None);
    }
    // Some companions may remain after a crash.
    for companion in COMPANIONS.iter().filter(|companion| with(path, companion).exists()) {
        replace::rename(&with(path, companion), &with(&aside, companion))?;
    }
    replace::rename(&rebuilt, path)?;
    Ok(Some(aside))
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    with(path, &format!(".damaged-{number}"))
}

/// Returns the number of the file that was set aside last; 0 if there is none.
fn last_damaged(path: &Path) -> u32 {
    let is_there = |number: &u32| {
        let file = numbered(path, *number);
        ["", "-wal", "-shm"].iter().any(|part| with(&file, part).exists())
    };
    (1..).take_while(is_there).last().unwrap_or(0)
}

/// A value with its unchanged bytes, including texts that are not valid UTF-8.
enum Stored {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl From<ValueRef<'_>> for Stored {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Text(bytes) => Self::Text(bytes.to_owned()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_owned()),
        }
    }
}

impl ToSql for Stored {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(bytes) => ValueRef::Text(bytes),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Copies row by row, as far as rows are readable. If the row of an intent's entity was lost, opening the new file adds
/// an entity that the screen can show.
fn copy(from: &Path, to: &Connection) {
    // Opened for writing, although nothing is written, because SQLite would otherwise ignore the journal beside it.
    let Ok(old) = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return };
    copy_moves(&old, to);
    for (table, columns) in TABLES {
        if !is_there(&old, table) {
            continue;
        }
        let width = columns.split(',').count();
        let marks = vec!["?"; width].join(", ");
        let insert = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})");
        let select = format!("SELECT {columns} FROM {table} WHERE rowid = ?1");
        // One statement per row, so a damaged page costs only its own rows.
        for rowid in rowids::find(&old, table) {
            let row = old.query_row(&select, [rowid], |row| {
                (0..width).map(|index| row.get_ref(index).map(Stored::from)).collect::<Result<Vec<_>, _>>()
            });
            if let Ok(values) = row
                && let Err(error) = to.execute(&insert, rusqlite::params_from_iter(values))
            {
                tracing::warn!(%error, table, rowid, "a row could not be salvaged");
            }
        }
    }
}

/// Copies the small values about moves, which say whether this computer may send at all.
fn copy_moves(old: &Connection, to: &Connection) {
    for rowid in rowids::find(old, "meta") {
        let row = old.query_row("SELECT key, value FROM meta WHERE rowid = ?1", [rowid], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        });
        let Ok((key, value)) = row else { continue };
        if moved::KEPT.contains(&key.as_str())
            && let Err(error) = to.execute("INSERT OR IGNORE INTO meta VALUES (?1, ?2)", [&key, &value])
        {
            tracing::warn!(%error, key, "a small value could not be salvaged");
        }
    }
}

/// Returns true unless the table is known to be missing. If the list of tables is unreadable, each table is tried.
fn is_there(old: &Connection, table: &str) -> bool {
    let known = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    old.query_row(known, [table], |row| row.get::<_, i64>(0)).map_or(true, |count| count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns that a rebuilt database does not need, each with its reason.
    const LEFT_BEHIND: [(&str, &[&str], &str); 12] = [
        (
            "meta",
            &["key", "value"],
            "learned from the hotel again, or chosen again; those about moves are copied by their keys",
        ),
        ("revision", &["id", "n"], "the new file counts from zero"),
        (
            "entity",
            &["unconfirmed", "revision", "to_confirm", "past"],
            "events; the next read confirms all rows",
        ),
        ("own_request", &["over"], "counts by revision; the time is measured again"),
        ("removed", &["kind", "server_id", "revision"], "guards requests that ended with the process"),
        ("foreign_upload", &["entity", "revision", "at"], "counts by revision"),
        ("picture", &["source", "hash"], "fetched again"),
        ("uploaded_image", &["url", "seen_at"], "guards an upload of some minutes"),
        ("duty", &["id", "status", "since", "confirmed_at"], "read again"),
        ("duty_press", &["who", "status", "at", "revision", "name", "department"], "events come again"),
        (
            "conversation",
            &["complete_to", "has_start", "handler", "handler_is_me", "has_answered"],
            "read again; rows without it count as events",
        ),
        ("lease", &["name", "holder", "until"], "held by a process that has ended"),
    ];

    #[test]
    fn each_column_of_the_schema_is_carried_over_or_left_behind_for_a_reason() {
        let mut schema = Connection::open_in_memory().unwrap();
        migrations().to_latest(&mut schema).unwrap();
        let query = "SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
                      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
        let mut statement = schema.prepare(query).unwrap();
        let mut columns: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let carried =
            TABLES.into_iter().flat_map(|(table, columns)| columns.split(", ").map(move |c| (table, c)));
        let left =
            LEFT_BEHIND.into_iter().flat_map(|(table, columns, _)| columns.iter().map(move |c| (table, *c)));
        let mut known: Vec<String> =
            carried.chain(left).map(|(table, column)| format!("{table}.{column}")).collect();
        columns.sort();
        known.sort();
        assert_eq!(known, columns);
    }
}
