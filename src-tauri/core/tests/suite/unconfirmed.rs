//! Events, answers and reads of the same offer in every order.

use std::sync::Arc;
use std::time::Duration;

use hotelmate_core::engine::apply::{self, Applying, Source};
use hotelmate_core::environment::Environment;
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::resources::{Kind, ServerCopy};
use hotelmate_core::store::entities::{self, DatedCopy, EntityRow};
use hotelmate_core::store::{Store, StoreError};
use jiff::Timestamp;
use pusher::time::ManualClock;
use tokio::sync::broadcast;

const ID: ServerId = ServerId(7);

struct Hotel {
    store: Store,
    environment: Environment,
    _folder: tempfile::TempDir,
}

fn copy(title: &str) -> ServerCopy {
    let content = Kind::Offer.table().blank().with("title", title);
    ServerCopy::as_sent(Kind::Offer, ID, &content, Timestamp::UNIX_EPOCH)
}

impl Hotel {
    /// A desk that has read the offer as `title`.
    async fn with(title: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk.sqlite"), broadcast::channel(8).0).unwrap().store;
        let environment = Environment::with_seed(Arc::new(ManualClock::new(Duration::ZERO)), 1);
        let hotel = Self { store, environment, _folder: folder };
        hotel.read(title, 0).await;
        hotel
    }

    async fn revision(&self) -> i64 {
        self.store.read(entities::revision).await.unwrap()
    }

    async fn take(&self, source: Source, title: &str) -> bool {
        let (environment, theirs) = (self.environment.clone(), copy(title));
        let how = Applying { source, notify: false, now: Timestamp::UNIX_EPOCH };
        self.store.write(move |tx| apply::copy(tx, &environment, how, &theirs)).await.unwrap()
    }

    async fn event(&self, title: &str) -> bool {
        self.take(Source::Event, title).await
    }

    async fn read(&self, title: &str, since: i64) -> bool {
        self.take(Source::Read { since }, title).await
    }

    async fn answer(&self, title: &str, since: i64) {
        let (id, seen) = (self.row().await.unwrap().local_id, DatedCopy { copy: copy(title), since });
        self.store
            .write(move |tx| {
                let learned = entities::weigh(tx, &seen)?;
                entities::put_base(tx, id, &seen.copy, None, learned)
            })
            .await
            .unwrap();
    }

    async fn removed(
        &self,
        change: fn(&mut hotelmate_core::store::Tx<'_>, LocalId) -> Result<(), StoreError>,
    ) {
        let id = self.row().await.unwrap().local_id;
        self.store.write(move |tx| change(tx, id)).await.unwrap();
    }

    async fn row(&self) -> Option<EntityRow> {
        self.store.read(|db| entities::by_server_id(db, Kind::Offer, ID)).await.unwrap()
    }

    /// Returns the title of the base.
    async fn base(&self) -> String {
        self.row().await.unwrap().base.unwrap().title()
    }

    /// Returns the shown title, and whether it has still to be confirmed.
    async fn shown(&self) -> (String, bool) {
        let row = self.row().await.unwrap();
        (row.latest().unwrap().title(), row.is_unconfirmed)
    }
}

fn as_shown(title: &str, is_unconfirmed: bool) -> (String, bool) {
    (title.to_owned(), is_unconfirmed)
}

#[tokio::test]
async fn an_event_is_shown_at_once_and_stays_unconfirmed_until_it_is_read() {
    let hotel = Hotel::with("old").await;
    hotel.event("new").await;
    assert_eq!(hotel.shown().await, as_shown("new", true));
    hotel.read("new", hotel.revision().await).await;
    assert_eq!(hotel.shown().await, as_shown("new", false));
}

#[tokio::test]
async fn the_answer_of_ones_own_write_confirms_the_echo_that_came_before_it() {
    let hotel = Hotel::with("old").await;
    let left = hotel.revision().await;
    hotel.event("mine").await;
    hotel.answer("mine", left).await;
    assert_eq!(hotel.shown().await, as_shown("mine", false));
}

#[tokio::test]
async fn an_echo_that_comes_after_the_answer_leaves_nothing_to_confirm() {
    let hotel = Hotel::with("old").await;
    hotel.answer("mine", hotel.revision().await).await;
    hotel.event("mine").await;
    assert_eq!(hotel.shown().await, as_shown("mine", false));
}

#[tokio::test]
async fn an_answer_that_a_colleagues_change_overtook_has_to_be_confirmed() {
    let hotel = Hotel::with("old").await;
    let left = hotel.revision().await;
    hotel.event("mine").await;
    hotel.event("theirs").await;
    hotel.answer("mine", left).await;
    assert_eq!(hotel.shown().await, as_shown("theirs", true));
    assert_eq!(hotel.base().await, "mine");
}

#[tokio::test]
async fn an_event_that_comes_late_is_neither_shown_nor_merged_with_but_a_read_is_due() {
    let hotel = Hotel::with("theirs").await;
    hotel.answer("mine", hotel.revision().await).await;
    hotel.event("theirs").await;
    assert_eq!(hotel.shown().await, as_shown("mine", true));
    assert_eq!(hotel.base().await, "mine");
    hotel.read("mine", hotel.revision().await).await;
    assert_eq!(hotel.shown().await, as_shown("mine", false));
}

#[tokio::test]
async fn an_event_is_shown_beside_the_base_which_only_a_read_writes() {
    let hotel = Hotel::with("old").await;
    hotel.event("new").await;
    assert_eq!((hotel.base().await, hotel.shown().await), ("old".to_owned(), as_shown("new", true)));
    hotel.read("newer", hotel.revision().await).await;
    assert_eq!((hotel.base().await, hotel.shown().await), ("newer".to_owned(), as_shown("newer", false)));
    // It comes once more, after the value that has replaced it.
    hotel.event("new").await;
    assert_eq!(hotel.shown().await, as_shown("newer", true));
}

#[tokio::test]
async fn a_read_that_left_before_the_event_does_not_remove_what_it_said() {
    let hotel = Hotel::with("old").await;
    let left = hotel.revision().await;
    hotel.event("new").await;
    hotel.read("old", left).await;
    assert_eq!(hotel.shown().await, as_shown("new", true));
}

#[tokio::test]
async fn a_read_that_left_before_a_late_event_does_not_settle_it() {
    let hotel = Hotel::with("one").await;
    hotel.read("two", hotel.revision().await).await;
    let left = hotel.revision().await;
    hotel.event("one").await;
    hotel.read("two", left).await;
    assert_eq!(hotel.shown().await, as_shown("two", true));
}

#[tokio::test]
async fn an_answer_that_a_read_overtook_has_to_be_confirmed_although_no_event_came() {
    let hotel = Hotel::with("old").await;
    let left = hotel.revision().await;
    hotel.read("theirs", left).await;
    hotel.answer("mine", left).await;
    assert_eq!(hotel.shown().await, as_shown("mine", true));
}

#[tokio::test]
async fn a_page_that_was_asked_for_before_a_removal_does_not_bring_the_offer_back() {
    let hotel = Hotel::with("old").await;
    let asked = hotel.revision().await;
    hotel.removed(entities::remove).await;
    assert!(!hotel.read("old", asked).await);
    assert_eq!(hotel.row().await, None);
}

#[tokio::test]
async fn a_page_that_was_asked_for_before_a_removal_was_announced_does_not_show_the_offer_again() {
    let hotel = Hotel::with("old").await;
    let asked = hotel.revision().await;
    hotel.removed(|tx, _| apply::unconfirmed_removal(tx, Kind::Offer, ID)).await;
    hotel.read("old", asked).await;
    assert_eq!(hotel.row().await.unwrap().tombstone, entities::Tombstone::Unconfirmed);
}

#[tokio::test]
async fn an_offer_that_is_read_after_its_removal_is_there_again() {
    let hotel = Hotel::with("old").await;
    hotel.removed(entities::remove).await;
    assert!(hotel.read("back", hotel.revision().await).await);
    assert_eq!(hotel.shown().await, as_shown("back", false));
}

#[tokio::test]
async fn a_late_event_about_a_removed_offer_does_not_bring_it_back_by_itself() {
    let hotel = Hotel::with("old").await;
    hotel.removed(entities::remove).await;
    assert!(!hotel.event("old").await, "a read has to tell");
    assert_eq!(hotel.row().await, None);
}

#[tokio::test]
async fn only_the_last_removals_are_remembered() {
    let hotel = Hotel::with("old").await;
    hotel.removed(entities::remove).await;
    hotel
        .store
        .write(|tx| {
            for n in 0..600_i64 {
                tx.execute("INSERT INTO removed VALUES ('offer', ?1, ?2)", [1000 + n, 1000 + n])?;
            }
            entities::forget_old_removals(tx)
        })
        .await
        .unwrap();
    let count = |db: &rusqlite::Connection| {
        let left: i64 = db.query_row("SELECT count(*) FROM removed", [], |row| row.get(0))?;
        Ok(left)
    };
    assert_eq!(hotel.store.read(count).await.unwrap(), 500);
    assert_eq!(hotel.store.read(|db| entities::removed_at(db, Kind::Offer, ID)).await.unwrap(), None);
}
