//! The store with many tasks at once, and its queries.

mod unreadable;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::{DraftId, IntentId, LocalId, MediaHash};
use hotelmate_core::model::{IntentState, Operation};
use hotelmate_core::resources::Kind;
use hotelmate_core::store::intents::{self, NewIntent};
use hotelmate_core::store::lease::{self, LIFETIME, Lease};
use hotelmate_core::store::removal::{self, Removal};
use hotelmate_core::store::{Store, StoreError, drafts, entities, pictures};
use hotelmate_core::views::{Change, Draft};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

fn open(folder: &tempfile::TempDir) -> (Store, broadcast::Receiver<Change>) {
    let (feed, changes) = broadcast::channel(256);
    (Store::open(&folder.path().join("desk.sqlite"), feed).unwrap().store, changes)
}

fn create(n: u8, text: &str) -> NewIntent {
    let content = Kind::Offer.table().blank().with("title", format!("{n}")).with("details_text", text);
    let id = IntentId::from_random([n; 16]);
    let lane = LocalId::from_random([n; 16]);
    NewIntent::waiting(id, lane, Operation::Create { content }, Timestamp::UNIX_EPOCH)
}

async fn queue(store: &Store, n: u8, text: &str) -> Result<(), StoreError> {
    let intent = create(n, text);
    store
        .write(move |tx| {
            entities::insert_local(tx, Kind::Offer, intent.lane)?;
            intents::add(tx, &intent)
        })
        .await
}

#[tokio::test]
async fn a_full_disk_is_told_plainly_leaves_nothing_half_written_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let limit = |pages: i64| {
        store.write(move |tx| {
            let _: i64 = tx.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))?;
            Ok(())
        })
    };
    queue(&store, 1, "fits").await.unwrap();
    limit(60).await.unwrap();
    let huge = "x".repeat(400_000);
    let error = queue(&store, 2, &huge).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(DeskError::from(error).code, ErrorCode::DiskFull);
    let (rows, queued) =
        store.read(|db| Ok((entities::all(db, Kind::Offer)?.len(), intents::all(db)?.len()))).await.unwrap();
    assert_eq!((rows, queued), (1, 1), "neither the row nor its intent");
    limit(1_000_000).await.unwrap();
    queue(&store, 2, &huge).await.unwrap();
    assert_eq!(store.read(intents::all).await.unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_is_announced_before_it_is_committed_nor_when_it_is_rolled_back() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut changes) = open(&folder);
    let failed: Result<(), StoreError> = store
        .write(|tx| {
            entities::insert_local(tx, Kind::Offer, LocalId::from_random([1; 16]))?;
            Err(StoreError::TooLate)
        })
        .await;
    assert!(failed.is_err());
    assert!(changes.try_recv().is_err(), "a rolled back change is silent");
    queue(&store, 1, "").await.unwrap();
    assert!(matches!(changes.recv().await, Ok(Change::Entities { resource: Kind::Offer, .. })));
    assert_eq!(
        store.read(|db| entities::all(db, Kind::Offer)).await.unwrap().len(),
        1,
        "what is announced can be read"
    );
}

#[tokio::test]
async fn what_is_read_together_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let (first, second) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
    let reading = {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .read(move |db| {
                    let before = intents::all(db)?.len();
                    first.0.send(()).unwrap();
                    second.1.recv().unwrap();
                    Ok((before, intents::all(db)?.len()))
                })
                .await
        })
    };
    tokio::task::spawn_blocking(move || first.1.recv()).await.unwrap().unwrap();
    queue(&store, 1, "written meanwhile").await.unwrap();
    second.0.send(()).unwrap();
    assert_eq!(reading.await.unwrap().unwrap(), (0, 0));
}

#[tokio::test]
async fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let written = store.read(|db| Ok(db.execute("DELETE FROM entity", [])?)).await;
    assert!(written.is_err());
}

#[tokio::test]
async fn an_intent_that_cannot_be_read_is_kept_and_shown_as_needing_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    queue(&store, 1, "").await.unwrap();
    store
        .write(|tx| {
            tx.execute("UPDATE intent SET operation = '{\"operation\":\"teleport_offer\"}'", [])?;
            Ok(())
        })
        .await
        .unwrap();
    let intent = store.read(intents::all).await.unwrap().remove(0);
    assert_eq!((&intent.operation, intent.state), (&Operation::Unreadable, IntentState::Attention));
    let overwritten = store.write(move |tx| intents::update(tx, &intent)).await;
    assert!(overwritten.is_err(), "its text is never replaced");
}

#[tokio::test]
async fn a_lease_is_one_process_at_a_time_and_taken_over_after_a_crash_with_what_was_in_flight_unclear() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    queue(&store, 1, "").await.unwrap();
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
    let hold = |holder: &'static str, at: Timestamp| {
        store.write(move |tx| lease::hold(tx, Lease::Sender, holder, at))
    };
    assert!(hold("first", start).await.unwrap());
    store
        .write(|tx| {
            let mut intent = intents::all(tx)?.remove(0);
            intent.state = IntentState::InFlight;
            intents::update(tx, &intent)
        })
        .await
        .unwrap();
    assert!(!hold("second", start).await.unwrap());
    assert!(hold("first", start).await.unwrap(), "the holder renews it");
    let later = start + LIFETIME;
    assert!(hold("second", later).await.unwrap());
    assert_eq!(store.read(intents::all).await.unwrap()[0].state, IntentState::Unclear);
    assert!(!hold("first", later).await.unwrap(), "the first one finds out");
    let set_back = start - SignedDuration::from_hours(1);
    assert!(hold("first", set_back).await.unwrap(), "an end in the far future is a clock that was set back");
}

#[tokio::test]
async fn a_transaction_that_panics_is_rolled_back_and_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let intent = create(1, "half");
    let broken = store.write(move |tx| -> Result<(), StoreError> {
        entities::insert_local(tx, Kind::Offer, intent.lane)?;
        panic!("a bug");
    });
    broken.await.unwrap_err();
    queue(&store, 1, "whole").await.unwrap();
    assert_eq!(store.read(|db| entities::all(db, Kind::Offer)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn trying_now_cuts_every_wait_but_the_time_in_which_an_unclear_write_settles() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    for n in 1..=3 {
        queue(&store, n, "").await.unwrap();
    }
    let settled = 2_000;
    let waits = store.write(move |tx| {
        let planned =
            [(IntentState::Waiting, 60_000), (IntentState::Unclear, 60_000), (IntentState::Unclear, 500)];
        for (mut intent, (state, not_before)) in intents::all(tx)?.into_iter().zip(planned) {
            (intent.state, intent.not_before) = (state, not_before);
            intents::update(tx, &intent)?;
        }
        intents::cut_waits(tx, settled)?;
        Ok(intents::all(tx)?.into_iter().map(|intent| intent.not_before).collect::<Vec<_>>())
    });
    assert_eq!(waits.await.unwrap(), [0, 2_000, 500]);
}

#[tokio::test]
async fn what_is_written_at_the_same_time_shares_a_commit_and_a_failure_takes_back_its_own_part_only() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let commits = Arc::new(AtomicUsize::new(0));
    let (counted, (release, held)) = (Arc::clone(&commits), std::sync::mpsc::channel::<()>());
    // The writer is kept busy until everything else has been asked for.
    let busy = store.write(move |tx| {
        tx.commit_hook(Some(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            false
        }))?;
        held.recv().unwrap();
        Ok(())
    });
    let writes = (1..=20).map(|n| {
        let intent = create(n, "");
        store.write(move |tx| {
            entities::insert_local(tx, Kind::Offer, intent.lane)?;
            if n % 5 == 0 { Err(StoreError::TooLate) } else { intents::add(tx, &intent) }
        })
    });
    let release = async move { release.send(()).unwrap() };
    let (first, results, ()) = tokio::join!(busy, futures_util::future::join_all(writes), release);
    first.unwrap();
    assert_eq!(results.iter().filter(|result| result.is_err()).count(), 4);
    let kept =
        store.read(|db| Ok((entities::all(db, Kind::Offer)?.len(), intents::all(db)?.len()))).await.unwrap();
    assert_eq!(kept, (16, 16));
    let commits = commits.load(Ordering::Relaxed);
    assert!(commits <= 2, "the busy one, and all others: {commits}");
}

#[tokio::test]
async fn a_picture_that_a_draft_names_stays_in_the_cache_for_as_long_as_the_draft_does() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let hash = MediaHash::of(b"picture");
    let draft = Draft {
        id: DraftId::from_random([1; 16]),
        about: Kind::Offer,
        entity: None,
        title: "Tea".to_owned(),
        content: format!(r#"{{"pictures":[{{"slot":"photo","picture":{{"hash":"{hash}"}}}}]}}"#),
        version: 1,
    };
    let id = draft.id;
    store.write(move |tx| drafts::save(tx, &draft, 0)).await.unwrap();
    // This is long after it was prepared.
    let pinned = async || store.read(|db| pictures::pinned(db, i64::MAX)).await.unwrap();
    assert!(pinned().await.contains(&hash));
    store.write(move |tx| drafts::remove(tx, id)).await.unwrap();
    assert!(!pinned().await.contains(&hash));
}

#[tokio::test]
async fn a_change_of_one_row_that_is_not_there_is_an_error_and_nothing_of_it_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    queue(&store, 1, "").await.unwrap();
    let intent = store.read(intents::all).await.unwrap().remove(0);
    let removed = intent.clone();
    store.write(move |tx| intents::remove(tx, &removed)).await.unwrap();
    for again in [intents::update, intents::remove] {
        let intent = intent.clone();
        let reported = store
            .write(move |tx| {
                entities::insert_local(tx, Kind::Offer, LocalId::from_random([2; 16]))?;
                again(tx, &intent)
            })
            .await;
        assert!(matches!(reported, Err(StoreError::NotOneRow(0))), "{reported:?}");
    }
    let nobody = LocalId::from_random([9; 16]);
    store
        .write(move |tx| entities::set_tombstone(tx, nobody, entities::Tombstone::Confirmed))
        .await
        .unwrap_err();
    store.write(move |tx| entities::remove(tx, nobody)).await.unwrap_err();
    store.write(move |tx| entities::release(tx, nobody)).await.unwrap_err();
    assert_eq!(store.read(|db| entities::all(db, Kind::Offer)).await.unwrap().len(), 1);
}

#[test]
fn first_starts_at_once_on_a_new_folder_all_succeed() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("account/desk.sqlite");
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let path = path.clone();
                std::thread::spawn(move || Store::open(&path, broadcast::channel(8).0).map(drop))
            })
            .collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn an_account_that_somebody_has_open_is_removed_by_the_last_one_to_leave() {
    let folder = tempfile::tempdir().unwrap();
    let account = folder.path().join("account");
    let path = account.join(removal::DATABASE);
    let ours = Store::open(&path, broadcast::channel(8).0).unwrap().store;
    let theirs = Store::open(&path, broadcast::channel(8).0).unwrap().store;
    std::fs::create_dir_all(account.join("media/ab")).unwrap();
    assert!(!ours.mark_for_removal(|_| Ok(false)).await.unwrap());
    queue(&theirs, 1, "").await.unwrap();
    assert!(ours.mark_for_removal(|_| Ok(true)).await.unwrap());
    let refused = queue(&theirs, 2, "").await;
    assert!(matches!(refused, Err(StoreError::SignedOutElsewhere)), "{refused:?}");
    ours.close().await;
    assert_eq!(removal::carry_out(&account).unwrap(), Removal::InUse);
    assert_eq!(theirs.read(intents::all).await.unwrap().len(), 1, "it can still be read");
    assert_eq!(removal::marked(folder.path()), std::slice::from_ref(&account));
    theirs.close().await;
    assert_eq!(removal::carry_out(&account).unwrap(), Removal::Done);
    assert!(!path.exists() && !account.join("media").exists());
    assert_eq!(removal::marked(folder.path()), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn whoever_signs_in_again_after_a_sign_out_begins_anew_and_can_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(removal::DATABASE);
    let first = Store::open(&path, broadcast::channel(8).0).unwrap().store;
    queue(&first, 1, "").await.unwrap();
    first.mark_for_removal(|_| Ok(true)).await.unwrap();
    first.close().await;
    let again = Store::open(&path, broadcast::channel(8).0).unwrap().store;
    assert_eq!(again.read(intents::all).await.unwrap(), []);
    queue(&again, 2, "").await.unwrap();
    assert_eq!(removal::carry_out(folder.path()).unwrap(), Removal::Done, "nothing is marked");
    assert_eq!(again.read(intents::all).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_reads_a_store_that_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    store.close().await;
    assert!(matches!(store.read(intents::all).await, Err(StoreError::Closed)));
}

#[tokio::test]
async fn what_people_are_told_of_the_database_quotes_nothing_that_it_was_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _changes) = open(&folder);
    let wrong = "SELECT secret_column FROM nowhere_at_all";
    let failed = store.read(move |db| Ok(db.query_row(wrong, [], |_| Ok(()))?)).await.unwrap_err();
    let quotes = |text: &str| text.contains("SELECT") || text.contains("secret_column");
    assert!(!quotes(&failed.to_string()), "{failed}");
    let reported = DeskError::from(failed);
    assert!(!quotes(&reported.message) && !reported.message.contains("nowhere"), "{}", reported.message);
    let failed = StoreError::Migration(rusqlite_migration::Error::RusqliteError {
        query: wrong.to_owned(),
        err: rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None),
    });
    assert!(!quotes(&failed.to_string()), "{failed}");
    let reported = DeskError::from(failed);
    assert!(reported.message.contains("another copy of the program is using it"), "{}", reported.message);
}

#[test]
fn no_change_of_rows_in_the_store_leaves_open_whether_it_may_find_none() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let program = text.split("#[cfg(test)]").next().unwrap();
        // `query_row` fails if `RETURNING` gives no row; `execute_batch` only changes a table of the connection's own.
        let named = ["one_row(", "one_row(connection,", "any_rows(", "query_row(", "execute_batch("];
        for verb in ["\"UPDATE ", "\"DELETE FROM "] {
            for (at, _) in program.match_indices(verb) {
                let call = program[..at].trim_end();
                let call = call.strip_suffix("&format!(").unwrap_or(call).trim_end();
                assert!(
                    named.iter().any(|name| call.ends_with(name)),
                    "{}: use `one_row` or `any_rows` for {:.60}",
                    path.display(),
                    &program[at..]
                );
            }
        }
    }
}
