//! Opening a database file, or setting a damaged one aside.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::StoreError;

/// Every step of the schema, oldest first. A step that has been released is never changed.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("schema/001_first.sql")),
    M::up(include_str!("schema/002_facts.sql")),
    M::up(include_str!("schema/003_hints.sql")),
];

/// How long a connection waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(10);

pub(super) fn migrations() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

/// Opens `path` for writing. A file that is not a sound database is renamed, its name is told, and a new
/// one takes its place with the intents that could still be read in it.
pub(super) fn open_or_set_aside(path: &Path) -> Result<(Connection, Option<PathBuf>), StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match writer(path) {
        Ok(connection) => Ok((connection, None)),
        Err(error) if is_damage(&error) => {
            let aside = set_aside(path)?;
            tracing::warn!(%error, aside = %aside.display(), "the database is damaged and was set aside");
            let connection = writer(path)?;
            salvage(&aside, &connection);
            Ok((connection, Some(aside)))
        }
        Err(error) => Err(error),
    }
}

fn writer(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    let check: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if check != "ok" {
        return Err(damaged(&check));
    }
    migrations().to_latest(&mut connection)?;
    connection.execute_batch("CREATE TEMP TABLE seen_version (n INTEGER NOT NULL)")?;
    Ok(connection)
}

pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

/// How many rows are looked for in a table whose end cannot be found.
const FEW_ROWS: i64 = 10_000;

fn damaged(what: &str) -> StoreError {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    StoreError::Sqlite(rusqlite::Error::SqliteFailure(code, Some(what.to_owned())))
}

fn is_damage(error: &StoreError) -> bool {
    let StoreError::Sqlite(error) = error else { return false };
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
    )
}

/// Renames the file and its companions to the first free `NAME.damaged-N`.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let with = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let aside = (1_u32..)
        .map(|n| with(&format!(".damaged-{n}")))
        .find(|candidate| !candidate.exists())
        .ok_or(StoreError::Closed)?;
    std::fs::rename(path, &aside)?;
    for companion in ["-wal", "-shm"] {
        if with(companion).exists() {
            let mut to = aside.as_os_str().to_owned();
            to.push(companion);
            std::fs::rename(with(companion), PathBuf::from(to))?;
        }
    }
    Ok(aside)
}

/// Copies what people wished and the hotel does not have yet, row by row as far as rows can be read. What
/// the hotel has is not copied: it is read again. Pending wishes on offers need their offer's row too.
fn salvage(from: &Path, to: &Connection) {
    let Ok(old) = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return };
    let tables = [
        // Not `touched`: the new file counts its own ticks, and a row from the future would never be updated.
        ("offer", "local_id, server_id, base, gone, held_for", 5),
        ("intent", "seq, id, lane, wish, state, note, not_before, created_at", 8),
    ];
    for (table, columns, width) in tables {
        let marks = vec!["?"; width].join(", ");
        let insert = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})");
        // One statement per row: a damaged page then costs its own rows only.
        let last = last_row(&old, table);
        for rowid in 1..=last {
            let row =
                old.query_row(&format!("SELECT {columns} FROM {table} WHERE rowid = ?1"), [rowid], |row| {
                    (0..width).map(|i| row.get::<_, rusqlite::types::Value>(i)).collect::<Result<Vec<_>, _>>()
                });
            if let Ok(values) = row
                && let Err(error) = to.execute(&insert, rusqlite::params_from_iter(values))
            {
                tracing::warn!(%error, table, rowid, "a row could not be salvaged");
            }
        }
    }
    // A wish whose offer's row was lost still has its place on the screen.
    let orphans = "INSERT OR IGNORE INTO offer (local_id) SELECT DISTINCT lane FROM intent";
    if let Err(error) = to.execute(orphans, []) {
        tracing::warn!(%error, "a wish without its offer could not be placed");
    }
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
    use super::*;

    #[test]
    fn the_schema_is_valid_from_the_first_step_to_the_last() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_database_of_version_1_keeps_its_outbox_when_it_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        {
            let mut old = Connection::open(&path).unwrap();
            migrations().to_version(&mut old, 1).unwrap();
            for n in 0..50 {
                old.execute(
                    "INSERT INTO intent (id, lane, wish, state, created_at) VALUES (?1, ?2, ?3, 'waiting', 1)",
                    rusqlite::params![format!("intent-{n}"), "lane", format!("{{\"n\":{n}}}")],
                )
                .unwrap();
            }
        }
        let (new, aside) = open_or_set_aside(&path).unwrap();
        assert_eq!(aside, None);
        let version: i64 = new.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, i64::try_from(STEPS.len()).unwrap());
        let wishes: Vec<String> = new
            .prepare("SELECT wish FROM intent ORDER BY seq")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(wishes, (0..50).map(|n| format!("{{\"n\":{n}}}")).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_that_is_no_database_is_set_aside_with_its_bytes_and_never_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        std::fs::write(&path, b"this is a letter to the manager, not a database").unwrap();
        let (_, aside) = open_or_set_aside(&path).unwrap();
        let kept = std::fs::read(aside.unwrap()).unwrap();
        assert_eq!(kept, b"this is a letter to the manager, not a database");
    }

    #[test]
    fn a_damaged_database_gives_its_readable_intents_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        {
            let (old, _) = open_or_set_aside(&path).unwrap();
            old.execute(
                "INSERT INTO intent (id, lane, wish, state, created_at) VALUES ('a', 'l', '{}', 'waiting', 1)",
                [],
            )
            .unwrap();
            // A filler in many pages, one of which is then overwritten.
            for n in 0..200 {
                old.execute(
                    "INSERT INTO meta VALUES (?1, ?2)",
                    rusqlite::params![format!("k{n}"), "x".repeat(2000)],
                )
                .unwrap();
            }
            old.close().unwrap();
        }
        let mut bytes = std::fs::read(&path).unwrap();
        let end = bytes.len();
        bytes[end - 8192..].fill(0xAB);
        std::fs::write(&path, bytes).unwrap();

        let (new, aside) = open_or_set_aside(&path).unwrap();
        assert!(aside.is_some());
        let ids: Vec<String> = new
            .prepare("SELECT id FROM intent")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(ids, ["a"]);
    }
}
