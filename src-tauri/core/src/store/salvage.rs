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
use super::{StoreError, rowids, with};
use crate::replace;

/// The files that SQLite keeps beside a database in use. They are renamed after the file itself, because without them
/// its content would be different.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// The tables and columns that move to the new file. The hotel's copies are read again, but an intent needs the row of
/// its entity, and the history of activities exists nowhere else.
const TABLES: [(&str, &str); 10] = [
    // Without `revision`: the new file counts from zero, and a row with a higher revision would never be updated.
    ("entity", "local_id, kind, server_id, base, tombstone, held_for"),
    ("gallery_image", "local_id, gallery, name, picture, added_at"),
    ("intent", "seq, id, lane, operation, state, note, not_before, created_at"),
    ("draft", "id, about, entity, title, content, version, saved_at"),
    ("prepared", "hash, created_at"),
    ("duty_intent", "id, on_duty, until, sent"),
    ("activity", "id, kind, happening, entity, at, put_back, own"),
    ("guest_message", "seq, id"),
    ("own_request", "seq, request, intent, entity, operation, left_at, confirmed_at, list, before"),
    ("own_removal", "kind, server_id, at"),
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

/// Returns true unless the table is known to be missing. If the list of tables is unreadable, each table is tried.
fn is_there(old: &Connection, table: &str) -> bool {
    let known = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    old.query_row(known, [table], |row| row.get::<_, i64>(0)).map_or(true, |count| count > 0)
}

#[cfg(test)]
mod tests {
    use super::super::open::open_or_set_aside;
    use super::*;

    /// The columns that a rebuilt database does not need, each with its reason.
    const LEFT_BEHIND: [(&str, &[&str], &str); 11] = [
        ("meta", &["key", "value"], "learned from the hotel again, or chosen again"),
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
        ("duty", &["id", "is_on_duty", "since", "confirmed_at"], "read again"),
        ("duty_press", &["who", "status", "at", "revision", "name", "department"], "events come again"),
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

    const INTENT: &str = "00000000-0000-0000-0000-00000000000a";

    /// Creates a database with one intent and a filler in many pages, the last of which are overwritten.
    fn damaged(path: &Path) {
        let (old, ..) = open_or_set_aside(path).unwrap();
        old.execute(
            "INSERT INTO intent (id, lane, operation, state, created_at) VALUES (?1, ?1, '{}', 'waiting', 1)",
            [INTENT],
        )
        .unwrap();
        old.execute_batch(
            "INSERT INTO activity (kind, happening, at) VALUES ('\"offer_updated\"', 'kept', 1);
             INSERT INTO guest_message (id) VALUES (45);",
        )
        .unwrap();
        for n in 0..200 {
            old.execute("INSERT INTO meta VALUES (?1, ?2)", (format!("k{n}"), "x".repeat(2000))).unwrap();
        }
        old.close().unwrap();
        let mut bytes = std::fs::read(path).unwrap();
        let end = bytes.len();
        bytes[end - 8192..].fill(0xAB);
        std::fs::write(path, bytes).unwrap();
    }

    fn intents_of(database: &Connection) -> Vec<String> {
        let mut statement = database.prepare("SELECT id FROM intent").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_damaged_database_gives_its_readable_intents_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        let (new, aside, _) = open_or_set_aside(&path).unwrap();
        assert_eq!(aside, Some(with(&path, ".damaged-1")));
        assert_eq!(intents_of(&new), [INTENT]);
    }

    #[test]
    fn a_damaged_database_gives_its_activities_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        let (new, ..) = open_or_set_aside(&path).unwrap();
        let text: String = new.query_row("SELECT happening FROM activity", [], |row| row.get(0)).unwrap();
        let message: i64 = new.query_row("SELECT id FROM guest_message", [], |row| row.get(0)).unwrap();
        assert_eq!((text.as_str(), message), ("kept", 45));
    }

    #[test]
    fn a_damaged_database_gives_its_drafts_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let (old, ..) = open_or_set_aside(&path).unwrap();
        old.execute("INSERT INTO draft VALUES (?1, 'offer', NULL, 'Spa', '{}', 3, 7)", [INTENT]).unwrap();
        old.close().unwrap();
        damaged(&path);
        let (new, aside, _in_use) = open_or_set_aside(&path).unwrap();
        assert!(aside.is_some());
        let content = "SELECT title || content || version || saved_at FROM draft";
        let kept: String = new.query_row(content, [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "Spa{}37");
    }

    #[test]
    fn a_rebuild_that_was_interrupted_before_it_was_whole_starts_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        std::fs::write(with(&path, ".rebuilding"), b"half a database").unwrap();
        let (new, ..) = open_or_set_aside(&path).unwrap();
        assert_eq!(intents_of(&new), [INTENT]);
    }

    #[test]
    fn a_rebuild_that_was_interrupted_while_files_were_renamed_goes_on() {
        for moved in [&[""][..], &["", "-wal"], &["", "-wal", "-shm"]] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("desk.sqlite");
            let (whole, ..) = open_or_set_aside(&path).unwrap();
            whole.close().unwrap();
            std::fs::rename(&path, with(&path, ".rebuilt")).unwrap();
            for companion in ["-wal", "-shm", ""] {
                let old = match moved.contains(&companion) {
                    true => with(&with(&path, ".damaged-1"), companion),
                    false => with(&path, companion),
                };
                std::fs::write(old, format!("old{companion}")).unwrap();
            }
            let (_new, aside, _) = open_or_set_aside(&path).unwrap();
            let aside = aside.unwrap();
            assert_eq!(aside, with(&path, ".damaged-1"), "{moved:?}");
            for companion in ["-wal", "-shm", ""] {
                let kept = std::fs::read_to_string(with(&aside, companion)).unwrap();
                assert_eq!(kept, format!("old{companion}"), "{moved:?}");
            }
        }
    }

    #[test]
    fn a_rebuilt_database_is_never_put_over_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let (stale, ..) = open_or_set_aside(&path).unwrap();
        stale.close().unwrap();
        std::fs::copy(&path, with(&path, ".rebuilt")).unwrap();
        let (newer, ..) = open_or_set_aside(&path).unwrap();
        operation(&newer, 1);
        newer.close().unwrap();
        std::fs::copy(&path, with(&path, ".rebuilt")).unwrap();
        let (newer, aside, _) = open_or_set_aside(&path).unwrap();
        assert_eq!((intents_of(&newer).len(), aside), (1, None));
        assert!(!with(&path, ".rebuilt").exists());
    }

    #[test]
    fn a_damaged_database_is_not_rebuilt_under_somebody_who_has_it_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let (theirs, _, in_use) = open_or_set_aside(&path).unwrap();
        theirs.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        std::fs::write(&path, b"no database any more").unwrap();
        assert!(open_or_set_aside(&path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"no database any more", "it is left alone");
        drop((theirs, in_use));
        let (_, aside, _) = open_or_set_aside(&path).unwrap();
        assert_eq!(aside, Some(with(&path, ".damaged-1")));
    }

    /// Returns the operation of intent `n`, which fills a page.
    fn operation(database: &Connection, n: i64) {
        let key = uuid::Uuid::from_u64_pair(1, n.unsigned_abs()).to_string();
        database
            .execute(
                "INSERT INTO intent (seq, id, lane, operation, state, created_at) VALUES (?1, ?2, ?2, ?3, 'waiting', 1)",
                (n, key, format!("{{\"operation\":\"delete\",\"title\":\"operation-{n}-{}\"}}", "x".repeat(3000))),
            )
            .unwrap();
    }

    #[test]
    fn a_damaged_database_is_salvaged_however_far_apart_its_row_numbers_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let (old, ..) = open_or_set_aside(&path).unwrap();
        (1..=40).for_each(|n| operation(&old, n));
        [1 << 40, 1 << 41].iter().for_each(|n| operation(&old, *n));
        old.close().unwrap();
        // The pages of two intents in the middle are overwritten.
        let mut bytes = std::fs::read(&path).unwrap();
        for text in ["operation-11-x", "operation-25-x"] {
            let at = bytes.windows(text.len()).position(|part| part == text.as_bytes()).unwrap();
            let page = at / 4096 * 4096;
            bytes[page..page + 4096].fill(0xAB);
        }
        std::fs::write(&path, bytes).unwrap();
        let (new, aside, _) = open_or_set_aside(&path).unwrap();
        assert!(aside.is_some());
        let kept = intents_of(&new).len();
        assert_eq!(kept, 40, "all but those on the two pages");
    }

    #[test]
    fn a_byte_that_is_no_text_is_salvaged_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        let raw = Connection::open(&path).unwrap();
        raw.execute_batch("UPDATE intent SET operation = CAST(x'7bff7d' AS TEXT)").unwrap();
        raw.close().unwrap();
        let (new, aside, _) = open_or_set_aside(&path).unwrap();
        assert!(aside.is_some());
        let kept: String = new.query_row("SELECT hex(operation) FROM intent", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "7BFF7D");
    }
}
