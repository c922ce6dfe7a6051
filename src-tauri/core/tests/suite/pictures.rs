//! The pictures that are kept and those that are removed, with the real database and the real cache.

use std::collections::HashSet;

use hotelmate_core::ids::{IntentId, LocalId, MediaHash, ServerId};
use hotelmate_core::media::MediaCache;
use hotelmate_core::model::Operation;
use hotelmate_core::records::{Fields, Slot};
use hotelmate_core::resources::{Kind, ServerCopy, ServerPicture};
use hotelmate_core::store::intents::{self, NewIntent};
use hotelmate_core::store::{Store, entities, pictures};
use jiff::{Timestamp, ToSpan};
use tokio::sync::broadcast;

const DAY_MS: i64 = 24 * 3600 * 1000;

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn open(folder: &tempfile::TempDir) -> (Store, MediaCache) {
    let (feed, _) = broadcast::channel(16);
    let store = Store::open(&folder.path().join("desk.sqlite"), feed).unwrap().store;
    (store, MediaCache::open(folder.path().join("media")).unwrap())
}

fn keep(cache: &MediaCache, number: u8) -> MediaHash {
    cache.put(&[b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 92]].concat(), noon()).unwrap()
}

async fn operation_for(store: &Store, picture: MediaHash) {
    let (id, lane) = (IntentId::from_random([7; 16]), LocalId::from_random([7; 16]));
    let operation = Operation::SetPicture { slot: Slot::Photo, picture: Some(picture), was: None };
    let intent = NewIntent::waiting(id, lane, operation, noon());
    store
        .write(move |tx| {
            entities::insert_local(tx, Kind::Offer, intent.lane)?;
            intents::add(tx, &intent)
        })
        .await
        .unwrap();
}

async fn pinned(store: &Store, since: i64) -> HashSet<MediaHash> {
    store.read(move |db| pictures::pinned(db, since)).await.unwrap()
}

/// Evicts every picture that may be evicted, long after it was stored, and removes those that are not needed.
async fn tidy(store: &Store, cache: &MediaCache) {
    let since = noon().as_millisecond() + DAY_MS;
    let pinned = pinned(store, since).await;
    cache.evict(0, &pinned, noon() + 48.hours()).unwrap();
    let known = store.read(pictures::all).await.unwrap();
    let removed: Vec<_> = known.into_values().filter(|hash| !cache.has(hash)).collect();
    store.write(move |tx| pictures::prune(tx, since, &removed)).await.unwrap();
}

async fn count(store: &Store, table: &'static str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    store.read(move |db| Ok(db.query_row(&sql, [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test]
async fn what_an_intent_still_needs_is_never_removed_however_old_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (store, cache) = open(&folder);
    let (waiting, forgotten) = (keep(&cache, 1), keep(&cache, 2));
    for hash in [waiting.clone(), forgotten.clone()] {
        store.write(move |tx| pictures::prepared(tx, &hash, noon().as_millisecond())).await.unwrap();
    }
    operation_for(&store, waiting.clone()).await;
    tidy(&store, &cache).await;
    assert!(cache.has(&waiting) && !cache.has(&forgotten));
    assert_eq!(count(&store, "prepared").await, 0, "the intent itself names its picture");
    assert!(pinned(&store, i64::MAX).await.contains(&waiting));
}

#[tokio::test]
async fn an_intent_that_cannot_be_read_keeps_its_picture_too() {
    let folder = tempfile::tempdir().unwrap();
    let (store, cache) = open(&folder);
    let picture = keep(&cache, 1);
    operation_for(&store, picture.clone()).await;
    for broken in
        ["json_set(operation, '$.type', 'of_a_newer_version')", "substr(operation, 1, length(operation) - 1)"]
    {
        let sql = format!("UPDATE intent SET operation = {broken}");
        store.write(move |tx| tx.execute(&sql, [])).await.unwrap();
        tidy(&store, &cache).await;
        assert!(cache.has(&picture), "{broken}");
    }
}

#[tokio::test]
async fn a_picture_just_prepared_waits_a_day_for_its_offer_to_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (store, cache) = open(&folder);
    let picture = keep(&cache, 1);
    let (hash, at) = (picture.clone(), noon().as_millisecond());
    store.write(move |tx| pictures::prepared(tx, &hash, at)).await.unwrap();
    store.write(move |tx| pictures::prune(tx, at, &[])).await.unwrap();
    assert!(pinned(&store, at).await.contains(&picture));
    assert!(!pinned(&store, at + 1).await.contains(&picture));
}

#[tokio::test]
async fn what_an_offer_shows_stays_and_the_rest_is_forgotten_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, cache) = open(&folder);
    let (shown, old) = (keep(&cache, 1), keep(&cache, 2));
    let hashes = [shown.clone(), old.clone()];
    store
        .write(move |tx| {
            let local = LocalId::from_random([9; 16]);
            let mut base = ServerCopy::as_sent(Kind::Offer, ServerId(1), &Fields::default(), noon());
            let url = Some("https://hotel.example/shown.jpg".to_owned());
            base.set_picture(Slot::Photo, ServerPicture { path: None, url });
            entities::put_base(tx, local, &base, None, entities::Learned::Read)?;
            pictures::set_source(tx, "https://hotel.example/shown.jpg", &hashes[0])?;
            pictures::set_source(tx, "https://hotel.example/old.jpg", &hashes[1])
        })
        .await
        .unwrap();
    tidy(&store, &cache).await;
    assert!(cache.has(&shown) && !cache.has(&old));
    let left: Vec<_> = store.read(pictures::all).await.unwrap().into_values().collect();
    assert_eq!(left, [shown]);
}
