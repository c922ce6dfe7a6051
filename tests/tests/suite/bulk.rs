//! One change of several offers, and its undo.

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::test_desk::colleague;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::{Kind, OfferState};
use hotelmate_core::views::{BulkChange, OfferQuery, RecordView};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn hide() -> BulkChange {
    BulkChange::Set { value: FieldValue::of("is_active", false) }
}

fn ids(offers: &[RecordView]) -> Vec<LocalId> {
    offers.iter().map(|offer| offer.local_id).collect()
}

fn writes(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method != "GET").count()
}

fn at_hotel(hotel: &DemoHotel, offer: &RecordView) -> Option<Value> {
    hotel.offers().into_iter().find(|row| row["id"].as_i64() == offer.id.map(|id| id.0))
}

#[tokio::test(flavor = "multi_thread")]
async fn several_offers_are_hidden_and_one_undo_shows_those_again_that_were_shown() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let before = hotel.offers();
    let all = ids(&test_desk.offers().await);
    let done = test_desk.desk.change_many(all, hide()).await.unwrap();
    let shown = before.iter().filter(|row| row["is_active"] == true).count();
    assert_eq!((done.effects.len(), done.undo_until), (shown, None), "hidden ones are left out");
    test_desk.until_saved().await;
    assert!(hotel.offers().iter().all(|row| row["is_active"] == false));
    assert_eq!(test_desk.desk.undo_many(done.effects).await.unwrap(), 0);
    test_desk.until_saved().await;
    let active = |rows: &[Value]| rows.iter().map(|row| row["is_active"].clone()).collect::<Vec<_>>();
    assert_eq!(active(&hotel.offers()), active(&before));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_before_anything_was_sent_leaves_nothing_to_send() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    hotel.reset_requests();
    let all = ids(&test_desk.offers().await);
    let done = test_desk.desk.change_many(all.clone(), hide()).await.unwrap();
    let hidden = test_desk.desk.offers(OfferQuery::default()).await.unwrap().counts.hidden;
    assert_eq!(hidden as usize, all.len());
    assert_eq!(test_desk.desk.undo_many(done.effects).await.unwrap(), 0);
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
    assert_eq!(writes(&hotel), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_days_move_together_and_an_open_end_stays_open() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let offers = test_desk.offers().await;
    let table = Kind::Offer.table();
    let days = |offer: &RecordView| table.days(&offer.fields);
    let done = test_desk.desk.change_many(ids(&offers), BulkChange::MoveDays { days: 7 }).await.unwrap();
    let moved = test_desk.offers().await;
    let mut open = 0;
    for offer in &offers {
        let now = moved.iter().find(|other| other.local_id == offer.local_id).unwrap();
        let later = |day: Option<Date>| day.map(|day| day.saturating_add(7.days()));
        assert_eq!((days(now).from, days(now).to), (later(days(offer).from), later(days(offer).to)));
        open += usize::from(days(offer).from.is_none() && days(offer).to.is_none());
    }
    assert_eq!(done.effects.len(), offers.len() - open);
    test_desk.until_saved().await;
    let far = test_desk.desk.change_many(ids(&offers), BulkChange::MoveDays { days: i32::MAX }).await;
    assert_eq!(far.unwrap_err().code, ErrorCode::Invalid);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_deletions_wait_for_one_undo_and_leave_together_without_it() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    test_desk.until_quiet(&hotel).await;
    let offers = test_desk.offers().await;
    let some = ids(&offers[..3]);
    hotel.reset_requests();
    let done = test_desk.desk.change_many(some.clone(), BulkChange::Delete).await.unwrap();
    assert_eq!(done.effects.len(), 3);
    assert!(done.undo_until.is_some() && done.effects.iter().all(|effect| effect.back.is_none()));
    assert_eq!(test_desk.offers().await.len(), offers.len() - 3);
    assert_eq!(test_desk.desk.undo_many(done.effects).await.unwrap(), 0);
    assert_eq!((test_desk.offers().await.len(), writes(&hotel)), (offers.len(), 0));

    let done = test_desk.desk.change_many(some, BulkChange::Delete).await.unwrap();
    test_desk.until_saved().await;
    assert!(offers[..3].iter().all(|offer| at_hotel(&hotel, offer).is_none()));
    assert_eq!(hotel.offers().len(), offers.len() - 3);
    assert_eq!(test_desk.desk.undo_many(done.effects).await.unwrap(), 3, "too late for all of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_leaves_an_offer_that_was_changed_since() {
    let hotel = hotel().await;
    let (test_desk, theirs) = (TestDesk::at(&hotel, 0).await, colleague(&hotel, 1).await);
    test_desk.until_live().await;
    let live = OfferQuery { states: vec![OfferState::Live], ..OfferQuery::default() };
    let offers = test_desk.desk.offers(live).await.unwrap().offers;
    let (first, second) = (&offers[0], &offers[1]);
    let value = FieldValue::of("tag", "Sale");
    let change = BulkChange::Set { value: value.clone() };
    let done = test_desk.desk.change_many(ids(&offers[..2]), change).await.unwrap();
    test_desk.until_saved().await;
    let now = FieldValue::of("tag", "By a colleague");
    theirs.edit(Kind::Offer, first.id.unwrap(), std::slice::from_ref(&now)).await.unwrap();
    test_desk
        .until("the colleague's value", || async {
            (test_desk.field(first.local_id, "tag").await == now).then_some(())
        })
        .await;
    assert_eq!(test_desk.desk.undo_many(done.effects).await.unwrap(), 1);
    test_desk.until_saved().await;
    assert_eq!(at_hotel(&hotel, first).unwrap()["tag"], "By a colleague");
    assert_eq!(at_hotel(&hotel, second).unwrap()["tag"], second.fields.text("tag"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_one_offer_cannot_have_changes_none() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let offers = test_desk.offers().await;
    for field in ["title", "no_such_field"] {
        let change = BulkChange::Set { value: FieldValue::of(field, "") };
        assert!(test_desk.desk.change_many(ids(&offers), change).await.is_err(), "{field}");
    }
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_matching_offer_can_be_chosen_without_reading_it() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let query = OfferQuery { states: vec![OfferState::Live], limit: Some(1), ..OfferQuery::default() };
    let list = test_desk.desk.offers(query.clone()).await.unwrap();
    assert_eq!(list.offers.len(), 1);
    assert_eq!(test_desk.desk.offer_ids(query).await.unwrap().len(), list.total as usize);
}
