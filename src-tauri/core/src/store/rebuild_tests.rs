use super::super::with;
use super::*;
use crate::replace;

const INTENT: &str = "00000000-0000-0000-0000-00000000000a";

/// Creates a database with one intent and a filler in many pages, the last of which are overwritten.
fn damaged(path: &Path) {
    fill(path);
    spoil(path);
}

fn fill(path: &Path) {
    let (old, ..) = open_or_set_aside(path, &Vault::default()).unwrap();
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
}

/// Overwrites the last pages of a database.
fn spoil(path: &Path) {
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
    let (new, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
    assert_eq!(aside, Some(with(&path, ".damaged-1")));
    assert_eq!(intents_of(&new), [INTENT]);
}

#[test]
fn a_damaged_database_gives_its_activities_to_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    damaged(&path);
    let (new, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    let text: String = new.query_row("SELECT happening FROM activity", [], |row| row.get(0)).unwrap();
    let message: i64 = new.query_row("SELECT id FROM guest_message", [], |row| row.get(0)).unwrap();
    assert_eq!((text.as_str(), message), ("kept", 45));
}

#[test]
fn a_damaged_database_that_was_moved_away_is_rebuilt_and_does_not_open_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    fill(&path);
    let mark =
        r#"{"id":"00000000-0000-0000-0000-00000000000a","to":"/stick/account","at":"2026-11-27T10:00:00Z"}"#;
    let old = Connection::open(&path).unwrap();
    // The table is damaged at its end, and the mark is at its beginning.
    old.execute("INSERT INTO meta (rowid, key, value) VALUES (-1, 'moved', ?1)", [mark]).unwrap();
    old.close().unwrap();
    spoil(&path);
    for _ in 0..2 {
        let refused = open_or_set_aside(&path, &Vault::default()).err();
        assert!(matches!(&refused, Some(StoreError::Moved(to)) if to == "/stick/account"), "{refused:?}");
        assert!(with(&path, ".damaged-1").exists());
    }
}

#[test]
fn a_damaged_database_gives_its_drafts_to_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let (old, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    old.execute("INSERT INTO draft VALUES (?1, 'offer', NULL, 'Spa', '{}', 3, 7)", [INTENT]).unwrap();
    old.close().unwrap();
    damaged(&path);
    let (new, aside, _in_use) = open_or_set_aside(&path, &Vault::default()).unwrap();
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
    let (new, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    assert_eq!(intents_of(&new), [INTENT]);
}

#[test]
fn a_rebuild_that_was_interrupted_while_files_were_renamed_goes_on() {
    for moved in [&[""][..], &["", "-wal"], &["", "-wal", "-shm"]] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let (whole, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
        whole.close().unwrap();
        replace::rename(&path, &with(&path, ".rebuilt")).unwrap();
        for companion in ["-wal", "-shm", ""] {
            let old = match moved.contains(&companion) {
                true => with(&with(&path, ".damaged-1"), companion),
                false => with(&path, companion),
            };
            std::fs::write(old, format!("old{companion}")).unwrap();
        }
        let (_new, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
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
    let (stale, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    stale.close().unwrap();
    std::fs::copy(&path, with(&path, ".rebuilt")).unwrap();
    let (newer, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
    operation(&newer, 1);
    newer.close().unwrap();
    std::fs::copy(&path, with(&path, ".rebuilt")).unwrap();
    let (newer, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
    assert_eq!((intents_of(&newer).len(), aside), (1, None));
    assert!(!with(&path, ".rebuilt").exists());
}

#[test]
fn a_damaged_database_is_not_rebuilt_under_somebody_who_has_it_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let (theirs, _, in_use) = open_or_set_aside(&path, &Vault::default()).unwrap();
    theirs.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    std::fs::write(&path, b"no database any more").unwrap();
    assert!(open_or_set_aside(&path, &Vault::default()).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"no database any more", "it is left alone");
    drop((theirs, in_use));
    let (_, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
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
    let (old, ..) = open_or_set_aside(&path, &Vault::default()).unwrap();
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
    let (new, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
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
    let (new, aside, _) = open_or_set_aside(&path, &Vault::default()).unwrap();
    assert!(aside.is_some());
    let kept: String = new.query_row("SELECT hex(operation) FROM intent", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "7BFF7D");
}
