use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::entries;
use super::way_back::{RemovedRecord, WayBack};
use crate::records::Fields;
use crate::resources::{About, Happening, Kind};
use crate::store::{Store, Tx};
use crate::views::ActivityQuery;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn removal() -> WayBack {
    WayBack::Record(RemovedRecord { kind: Kind::Offer, fields: Fields::default(), pictures: BTreeMap::new() })
}

async fn removed_at_the_epoch(store: &Store) {
    let happening = Happening::RemovedHere(About { kind: Kind::Offer, title: "Spa".to_owned() });
    let add =
        move |tx: &mut Tx<'_>| entries::add(tx, &happening, None, Some(&removal()), Timestamp::UNIX_EPOCH);
    store.write(add).await.unwrap();
}

async fn others(store: &Store, count: usize, at: Timestamp) {
    let happening = Happening::OwnDuty { on_duty: true };
    let add =
        move |tx: &mut Tx<'_>| (0..count).try_for_each(|_| entries::add(tx, &happening, None, None, at));
    store.write(add).await.unwrap();
}

async fn offered(store: &Store) -> usize {
    let query = ActivityQuery { limit: Some(2000), ..ActivityQuery::default() };
    let list = store.read(move |db| entries::list(db, &query)).await.unwrap();
    list.activities.iter().filter(|activity| activity.put_back).count()
}

fn open(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("desk.sqlite"), broadcast::channel(8).0).unwrap().store
}

#[tokio::test]
async fn a_removal_is_offered_however_much_happens_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    removed_at_the_epoch(&store).await;
    others(&store, 600, Timestamp::UNIX_EPOCH + DAY).await;
    assert_eq!(offered(&store).await, 1);
}

#[tokio::test]
async fn a_removal_is_offered_for_90_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    removed_at_the_epoch(&store).await;
    others(&store, 1, Timestamp::UNIX_EPOCH + DAY * 89).await;
    assert_eq!(offered(&store).await, 1);
    others(&store, 1, Timestamp::UNIX_EPOCH + DAY * 91).await;
    assert_eq!(offered(&store).await, 0);
}

#[tokio::test]
async fn an_own_removal_is_not_new() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    removed_at_the_epoch(&store).await;
    assert_eq!(store.read(entries::unseen).await.unwrap(), 0);
}
