//! A damaged database gives what people wished to a new one.
//!
//! The new file is made beside the old one, in one transaction, and becomes `NAME.rebuilt` when it is whole. Then
//! the old file and its companions are renamed to the first free `NAME.damaged-N`, and the new one takes
//! the place. A crash before `.rebuilt` is there starts over, since the old file has not been touched; a crash
//! after it goes on with the renaming at the next start. Nothing is deleted that held a wish.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::open::migrations;
use crate::replace;

/// What SQLite keeps beside a database in use. They are moved before the file itself: until that has gone, its
/// name tells where they belong.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// What is carried over: table, columns. What the hotel has is read again, but wishes on a
/// thing need its row, and what colleagues did is nowhere else.
const TABLES: [(&str, &str); 8] = [
    // Not `touched`: the new file counts its own ticks, and a row from the future would never be updated.
    ("thing", "local_id, kind, server_id, base, gone, held_for"),
    // A file of an earlier version.
    ("offer", "local_id, server_id, base, gone, held_for"),
    ("gallery_image", "local_id, gallery, name"),
    ("intent", "seq, id, lane, wish, state, note, not_before, created_at"),
    ("prepared", "hash, created_at"),
    ("duty_wish", "id, on_duty, until, sent"),
    ("fact", "id, kind, text, thing, at"),
    ("guest_message", "seq, id"),
];

/// How many rows are looked for in a table whose end cannot be found.
const FEW_ROWS: i64 = 10_000;

/// Makes a new database of what can be read in the damaged one and puts it in its place. Says where the old one is.
pub(super) fn rebuild(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let new = with(path, ".rebuilding");
    for rest in [new.clone(), with(&new, "-journal")] {
        if rest.exists() {
            std::fs::remove_file(rest)?;
        }
    }
    let mut connection = Connection::open(&new)?;
    migrations().to_latest(&mut connection)?;
    let transaction = connection.transaction()?;
    copy(path, &transaction);
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    replace::rename(&new, &with(path, ".rebuilt"))?;
    put_in_place(path)
}

/// Sets the old file aside if a rebuilt one waits for its place. Says where the old one is.
pub(super) fn put_in_place(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let rebuilt = with(path, ".rebuilt");
    if !rebuilt.exists() {
        return Ok(None);
    }
    let numbered = |n: u32| with(path, &format!(".damaged-{n}"));
    let free = (1..).find(|n| !numbered(*n).exists()).ok_or(StoreError::Closed)?;
    let mut aside = numbered(free);
    for companion in COMPANIONS.iter().filter(|companion| with(path, companion).exists()) {
        replace::rename(&with(path, companion), &with(&aside, companion))?;
    }
    if path.exists() {
        replace::rename(path, &aside)?;
    } else {
        // It went aside before the crash.
        aside = numbered(free.saturating_sub(1).max(1));
    }
    replace::rename(&rebuilt, path)?;
    Ok(Some(aside))
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Copies row by row, as far as rows can be read. A wish whose offer's row was lost gets a place on the screen when
/// the new file is opened.
fn copy(from: &Path, to: &Connection) {
    // For writing, although nothing is written: otherwise what is still in the journal beside it is not seen.
    let Ok(old) = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return };
    for (table, columns) in TABLES {
        if !is_there(&old, table) {
            continue;
        }
        // Offers were alone in their table once.
        let into = if table == "offer" { "thing" } else { table };
        let width = columns.split(',').count();
        let marks = vec!["?"; width].join(", ");
        let insert = format!("INSERT OR IGNORE INTO {into} ({columns}) VALUES ({marks})");
        let select = format!("SELECT {columns} FROM {table} WHERE rowid = ?1");
        // One statement per row: a damaged page then costs its own rows only.
        for rowid in 1..=last_row(&old, table) {
            let row = old.query_row(&select, [rowid], |row| {
                (0..width).map(|index| row.get::<_, Value>(index)).collect::<Result<Vec<_>, _>>()
            });
            if let Ok(values) = row
                && let Err(error) = to.execute(&insert, rusqlite::params_from_iter(values))
            {
                tracing::warn!(%error, table, rowid, "a row could not be salvaged");
            }
        }
    }
}

/// Not known to be missing: where the list of tables cannot be read, each is tried.
fn is_there(old: &Connection, table: &str) -> bool {
    let known = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    old.query_row(known, [table], |row| row.get::<_, i64>(0)).map_or(true, |count| count > 0)
}

/// The highest row number of a table, also when its last page cannot be read.
fn last_row(old: &Connection, table: &str) -> i64 {
    let ask = |query: &str| old.query_row(query, [], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
    ask(&format!("SELECT max(rowid) FROM {table}"))
        .or_else(|| ask(&format!("SELECT seq FROM sqlite_sequence WHERE name = '{table}'")))
        .unwrap_or(FEW_ROWS)
}

#[cfg(test)]
mod tests {
    use super::super::open::open_or_set_aside;
    use super::*;

    const INTENT: &str = "00000000-0000-0000-0000-00000000000a";

    /// A database with one intent and a filler in many pages, the last of which are overwritten.
    fn damaged(path: &Path) {
        let (old, _) = open_or_set_aside(path).unwrap();
        old.execute(
            "INSERT INTO intent (id, lane, wish, state, created_at) VALUES (?1, ?1, '{}', 'waiting', 1)",
            [INTENT],
        )
        .unwrap();
        old.execute_batch(
            "INSERT INTO fact (kind, text, thing, at) VALUES ('\"offer_updated\"', 'Told.', NULL, 1);
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
        let (new, aside) = open_or_set_aside(&path).unwrap();
        assert_eq!(aside, Some(with(&path, ".damaged-1")));
        assert_eq!(intents_of(&new), [INTENT]);
    }

    #[test]
    fn a_damaged_database_gives_what_was_told_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        let (new, _) = open_or_set_aside(&path).unwrap();
        let told: String = new.query_row("SELECT text FROM fact", [], |row| row.get(0)).unwrap();
        let message: i64 = new.query_row("SELECT id FROM guest_message", [], |row| row.get(0)).unwrap();
        assert_eq!((told.as_str(), message), ("Told.", 45));
    }

    #[test]
    fn a_rebuild_that_was_interrupted_before_it_was_whole_starts_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        damaged(&path);
        std::fs::write(with(&path, ".rebuilding"), b"half a database").unwrap();
        let (new, _) = open_or_set_aside(&path).unwrap();
        assert_eq!(intents_of(&new), [INTENT]);
    }

    #[test]
    fn a_rebuild_that_was_interrupted_while_files_were_renamed_goes_on() {
        for moved in [&[][..], &["-wal"], &["-wal", "-shm"], &["-wal", "-shm", ""]] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("desk.sqlite");
            let (whole, _) = open_or_set_aside(&path).unwrap();
            whole.close().unwrap();
            std::fs::rename(&path, with(&path, ".rebuilt")).unwrap();
            for companion in ["-wal", "-shm", ""] {
                let old = match moved.contains(&companion) {
                    true => with(&with(&path, ".damaged-1"), companion),
                    false => with(&path, companion),
                };
                std::fs::write(old, format!("old{companion}")).unwrap();
            }
            let (_new, aside) = open_or_set_aside(&path).unwrap();
            let aside = aside.unwrap();
            assert_eq!(aside, with(&path, ".damaged-1"), "{moved:?}");
            for companion in ["-wal", "-shm", ""] {
                let kept = std::fs::read_to_string(with(&aside, companion)).unwrap();
                assert_eq!(kept, format!("old{companion}"), "{moved:?}");
            }
        }
    }
}
