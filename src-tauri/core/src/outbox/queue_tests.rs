use jiff::Timestamp;
use tokio::sync::broadcast;

use super::*;
use crate::ids::ServerId;
use crate::outbox::effective::effective;
use crate::resources::ServerCopy;
use crate::store::Store;
use crate::store::entities::Learned;

fn offer() -> LocalId {
    LocalId::from_random([1; 16])
}

fn fresh(n: u8) -> Fresh {
    Fresh {
        local: LocalId::from_random([n; 16]),
        first: IntentId::from_random([n; 16]),
        second: IntentId::from_random([n + 100; 16]),
        now: Timestamp::UNIX_EPOCH,
    }
}

/// Returns a store with one offer of the hotel, called *Old*.
async fn with_an_offer(folder: &tempfile::TempDir) -> Store {
    let store = Store::open(&folder.path().join("desk.sqlite"), broadcast::channel(8).0).unwrap().store;
    let content = Kind::Offer.table().blank().with("title", "Old");
    let copy = ServerCopy::as_sent(Kind::Offer, ServerId(1), &content, Timestamp::UNIX_EPOCH);
    store.write(move |tx| entities::put_base(tx, offer(), &copy, None, Learned::Read)).await.unwrap();
    store
}

fn title(was: &str, now: &str) -> FieldEdit {
    FieldEdit { was: FieldValue::of("title", was), now: FieldValue::of("title", now) }
}

fn tag(was: &str, now: &str) -> FieldEdit {
    FieldEdit { was: FieldValue::of("tag", was), now: FieldValue::of("tag", now) }
}

async fn save(store: &Store, n: u8, edits: Vec<FieldEdit>) {
    store.write(move |tx| edit(tx, fresh(n), offer(), edits)).await.unwrap();
}

async fn queued(store: &Store) -> Vec<FieldEdit> {
    let lane = store.read(|db| intents::of_lane(db, offer())).await.unwrap();
    let edits = lane.into_iter().flat_map(|intent| match intent.operation {
        Operation::Edit { edits } => edits,
        other => panic!("{other:?} was never wished"),
    });
    edits.collect()
}

#[tokio::test]
async fn a_save_that_takes_the_only_waiting_change_back_keeps_what_else_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_an_offer(&folder).await;
    save(&store, 1, vec![title("Old", "B")]).await;
    save(&store, 2, vec![title("B", "Old"), tag("", "NEW")]).await;
    assert_eq!(queued(&store).await, [tag("", "NEW")]);
    let shown =
        store.read(|db| Ok(effective(&entities::get(db, offer())?, &intents::of_lane(db, offer())?))).await;
    let fields = shown.unwrap().unwrap().fields;
    assert_eq!(fields.text("tag"), "NEW");
}

#[tokio::test]
async fn a_save_that_takes_the_only_waiting_change_back_leaves_nothing_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_an_offer(&folder).await;
    save(&store, 1, vec![title("Old", "B")]).await;
    save(&store, 2, vec![title("B", "Old")]).await;
    assert_eq!(queued(&store).await, []);
}

#[tokio::test]
async fn a_save_that_empties_an_entry_behind_a_conflict_keeps_what_else_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_an_offer(&folder).await;
    save(&store, 1, vec![title("Old", "B")]).await;
    store
        .write(|tx| {
            let mut conflict = intents::of_lane(tx, offer())?.remove(0);
            conflict.state = IntentState::Conflict;
            intents::update(tx, &conflict)?;
            let mut later = NewIntent::waiting(
                fresh(2).first,
                offer(),
                Operation::Edit { edits: vec![title("Old", "C")] },
                Timestamp::UNIX_EPOCH,
            );
            later.not_before = 1;
            intents::add(tx, &later)
        })
        .await
        .unwrap();
    save(&store, 3, vec![title("B", "D"), tag("", "NEW")]).await;
    assert_eq!(queued(&store).await, [title("Old", "D"), tag("", "NEW")]);
}
