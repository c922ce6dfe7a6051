//! A row that cannot be read stops neither the start nor the reads of other rows, and nothing of it is lost.

use std::path::Path;

use hotelmate_core::activity::entries;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::{IntentId, LocalId, MediaHash, ServerId};
use hotelmate_core::model::{Intent, IntentState, Operation};
use hotelmate_core::resources::{About, Duty, DutyStatus, Happening, Kind};
use hotelmate_core::store::lease::{self, Lease};
use hotelmate_core::store::presses::{self, Press, Presser};
use hotelmate_core::store::{Store, StoreError, duty, entities, galleries, intents, meta, pictures};
use hotelmate_core::views::{ActivityQuery, Change};
use jiff::Timestamp;
use tokio::sync::broadcast;

use super::{open, queue};

/// Returns the columns of a database that hold texts.
fn text_columns(database: &rusqlite::Connection) -> Vec<(String, String)> {
    let query = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT'";
    let mut statement = database.prepare(query).unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Creates a database with a row in each table that has texts, and closes it.
async fn furnished(path: &Path) {
    let store = Store::open(path, broadcast::channel(256).0).unwrap().store;
    queue(&store, 1, "kept").await.unwrap();
    let lane = LocalId::from_random([1; 16]);
    store
        .write(move |tx| {
            let now = Timestamp::UNIX_EPOCH;
            let offer = serde_json::json!({"id": 7, "created_at": "2026-01-01T00:00:00Z", "title": "Seven"});
            tx.execute(
                "INSERT INTO entity (local_id, kind, server_id, base, unconfirmed, held_for) VALUES (?1, 'offer', 7, ?2, ?2, ?1)",
                (lane.of_part("seven").to_string(), offer.to_string()),
            )?;
            meta::set(tx, meta::Key::DutyNotice, &"a notice")?;
            let about = About { kind: Kind::Offer, title: "told".into() };
            entries::add(tx, &Happening::Changed(about), Some(lane), None, now)?;
            duty::set(tx, &Duty { status: DutyStatus::OnDuty, since: Some(now), confirmed_at: now })?;
            presses::note(tx, Presser::Me, Press { status: DutyStatus::OnDuty, at: Some(now) }, ("", ""))?;
            galleries::claim(tx, lane, "pool.jpg", lane)?;
            galleries::note_upload(tx, "https://pictures/pool.jpg", now)?;
            let hash = MediaHash::of(b"pool");
            pictures::set_source(tx, "https://pictures/pool.jpg", &hash)?;
            pictures::prepared(tx, &hash, 0)?;
            lease::hold(tx, Lease::Sender, "somebody", now)?;
            Ok(())
        })
        .await
        .unwrap();
    store.close().await;
}

/// Reads everything that the program reads of a database.
async fn read_all(store: &Store) -> Vec<Intent> {
    let lane = LocalId::from_random([1; 16]);
    let reading = store.read(move |db| {
        for kind in Kind::ALL {
            entities::all(db, kind)?;
            entities::by_server_id(db, kind, ServerId(7))?;
        }
        let _: Option<String> = meta::get(db, meta::Key::DutyNotice)?;
        entries::list(db, &ActivityQuery::default())?;
        entries::unseen(db)?;
        duty::get(db)?;
        duty::intent(db)?;
        presses::last(db, Presser::Me)?;
        presses::of_staff(db)?;
        galleries::keys(db, lane)?;
        galleries::unclaimed_uploads(db, Timestamp::UNIX_EPOCH)?;
        pictures::all(db)?;
        pictures::pinned(db, 0)?;
        pictures::of_source(db, "https://pictures/pool.jpg")?;
        lease::is_held_by(db, Lease::Sender, "somebody")?;
        intents::queue(db)?;
        intents::counts(db)?;
        intents::open_create(db, Kind::Offer)?;
        intents::all(db)
    });
    reading.await.unwrap()
}

#[tokio::test]
async fn one_byte_that_is_no_text_in_any_column_stops_neither_the_start_nor_a_read() {
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound/desk.sqlite");
    furnished(&sound).await;
    let columns = text_columns(&rusqlite::Connection::open(&sound).unwrap());
    assert!(columns.len() > 20, "{columns:?}");
    for (n, (table, column)) in columns.into_iter().enumerate() {
        let path = folder.path().join(format!("{n}/desk.sqlite"));
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        std::fs::copy(&sound, &path).unwrap();
        let raw = rusqlite::Connection::open(&path).unwrap();
        let spoil = format!("UPDATE {table} SET {column} = CAST(x'ff' || CAST({column} AS BLOB) AS TEXT)");
        raw.execute_batch(&spoil).unwrap();
        drop(raw);
        let opened = Store::open(&path, broadcast::channel(256).0)
            .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
        assert_eq!(opened.set_aside, None, "{table}.{column}");
        let store = opened.store;
        let intents = read_all(&store).await;
        assert_eq!(intents.len(), 1, "{table}.{column}");
        if table == "intent" && ["operation", "state", "note"].contains(&column.as_str()) {
            // An unreadable state is reported apart from the operation, which can still be read.
            let unreadable = column != "state";
            let intent = &intents[0];
            assert_eq!(
                (intent.operation == Operation::Unreadable, intent.state),
                (unreadable, IntentState::Attention)
            );
            assert_eq!(store.read(intents::counts).await.unwrap().attention, 1, "{column}");
        }
        store.write(|tx| intents::cut_waits(tx, 0)).await.unwrap();
        let intent = intents[0].clone();
        store.write(move |tx| intents::remove(tx, &intent)).await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn an_intent_with_a_byte_that_is_no_text_is_kept_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    furnished(&path).await;
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "UPDATE intent SET operation = CAST(x'7bff7d' AS TEXT), note = CAST(x'7bfe7d' AS TEXT)",
    )
    .unwrap();
    let store = Store::open(&path, broadcast::channel(256).0).unwrap().store;
    read_all(&store).await;
    let kept: String =
        raw.query_row("SELECT hex(operation) || hex(note) FROM intent", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "7BFF7D7BFE7D");
}

#[tokio::test]
async fn a_note_of_a_newer_version_still_tells_that_the_intent_has_left() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    queue(&store, 1, "").await.unwrap();
    store
        .write(|tx| {
            let note = r#"{"sent": true, "known_up_to": 9, "trouble": {"trouble": "not_known_yet"}}"#;
            tx.execute("UPDATE intent SET note = ?1", [note])
        })
        .await
        .unwrap();
    let intent = store.read(intents::all).await.unwrap().remove(0);
    assert!(intent.note.sent);
    assert_eq!(intent.note.known_up_to, Some(9));
}

/// Returns all stored data of intents and entities.
fn stored(path: &Path) -> Vec<String> {
    let raw = rusqlite::Connection::open(path).unwrap();
    let query = "SELECT hex(operation) || hex(note) || id || lane FROM intent
                 UNION ALL SELECT local_id || kind || coalesce(base, '') FROM entity";
    let mut statement = raw.prepare(query).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn an_entity_of_an_unknown_kind_is_no_offer_and_is_kept_with_what_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let (known, newer) = (LocalId::from_random([1; 16]), LocalId::from_random([2; 16]));
    let (store, _changes) = open(&folder);
    queue(&store, 1, "of this version").await.unwrap();
    queue(&store, 2, "of a newer version").await.unwrap();
    store.close().await;
    let raw = rusqlite::Connection::open(&path).unwrap();
    let base = r#"{"shape": "of tomorrow"}"#;
    let change = "UPDATE entity SET kind = 'team_member', base = ?2 WHERE local_id = ?1";
    raw.execute(change, (newer.to_string(), base)).unwrap();
    drop(raw);
    let before = stored(&path);

    let (store, mut changes) = open(&folder);
    let read = store.read(move |db| {
        assert_eq!((entities::kind_of(db, known)?, entities::kind_of(db, newer)?), (Some(Kind::Offer), None));
        assert!(matches!(entities::get(db, newer), Err(StoreError::NotFound(_))));
        assert_eq!(entities::all(db, Kind::Offer)?.len(), 1);
        let abouts: Vec<_> = intents::queue(db)?.into_iter().map(|queued| queued.about).collect();
        assert_eq!(abouts, [Some(Kind::Offer), None]);
        assert_eq!(intents::counts(db)?.attention, 1);
        intents::all(db)
    });
    let [first, second] = <[Intent; 2]>::try_from(read.await.unwrap()).unwrap();
    assert_eq!(first.state, IntentState::Waiting);
    assert_eq!((&second.operation, second.state), (&Operation::Unreadable, IntentState::Attention));
    assert!(
        store
            .write({
                let second = second.clone();
                move |tx| intents::update(tx, &second)
            })
            .await
            .is_err()
    );
    assert_eq!(stored(&path), before, "nothing is lost");

    let _ = changes.try_recv();
    store.write(move |tx| intents::remove(tx, &second)).await.unwrap();
    while let Ok(change) = changes.try_recv() {
        assert!(!matches!(change, Change::Entities { .. }), "no screen shows it: {change:?}");
    }
    assert_eq!(stored(&path).len(), before.len() - 1, "the entity stays when its change is dropped");
}

#[tokio::test]
async fn an_intent_without_its_entity_is_kept_and_no_entity_is_made_up_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let (store, _changes) = open(&folder);
    queue(&store, 1, "alone").await.unwrap();
    store.close().await;
    rusqlite::Connection::open(&path).unwrap().execute("DELETE FROM entity", []).unwrap();
    let before = stored(&path);
    let (store, _changes) = open(&folder);
    let intent = store.read(intents::all).await.unwrap().remove(0);
    assert_eq!((&intent.operation, intent.state), (&Operation::Unreadable, IntentState::Attention));
    assert_eq!(stored(&path), before);
}

#[tokio::test]
async fn a_change_that_a_resource_does_not_send_is_not_queued() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let gallery = LocalId::from_random([3; 16]);
    let (id, now) = (IntentId::from_random([3; 16]), Timestamp::UNIX_EPOCH);
    let edit = intents::NewIntent::waiting(id, gallery, Operation::Edit { edits: Vec::new() }, now);
    let queued = store.write(move |tx| {
        entities::insert_local(tx, Kind::Gallery, gallery)?;
        intents::add(tx, &edit)
    });
    let error = queued.await.unwrap_err();
    assert!(matches!(error, StoreError::NotSent(Kind::Gallery)), "{error}");
    let failure = DeskError::from(error);
    assert_eq!(failure.code, ErrorCode::NotAllowed);
    assert_eq!(failure.message, "This program cannot make this change to galleries.");
}
