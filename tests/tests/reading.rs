//! Reading lists: pages that drift, absences, and servers that come back empty.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::{Seat, offer};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::model::FieldValue;

async fn hotel(offers: usize) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).offers(offers)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_removed_between_two_pages_costs_no_other_offer_its_place() {
    let hotel = hotel(20).await;
    let (mine, theirs) = (Seat::manual(&hotel, 0).await, Seat::manual(&hotel, 1).await);
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let first = theirs.offers().await[0].clone();
    theirs.desk.delete_thing(first.local_id).await.unwrap();
    // The second page is slow; meanwhile the first offer of the first page goes.
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::DelayMs(700)).path("*offers/?page=2").times(1)]))
        .unwrap();
    let (read, removed) = tokio::join!(mine.desk.sync_until_quiet(), theirs.desk.sync_until_quiet());
    read.unwrap();
    removed.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    let mut here: Vec<i64> = mine.offers().await.iter().filter_map(|offer| offer.id).map(|id| id.0).collect();
    let mut there: Vec<i64> = hotel.offers().iter().map(|offer| offer["id"].as_i64().unwrap()).collect();
    here.sort_unstable();
    there.sort_unstable();
    assert_eq!(here, there);
    assert_eq!(here.len(), 33);
    assert_eq!(mine.facts().await.len(), 1, "one removal is told, and no other");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_removed_while_this_desk_was_off_is_gone_after_the_next_read() {
    let hotel = hotel(0).await;
    let (mine, theirs) = (Seat::manual(&hotel, 0).await, Seat::manual(&hotel, 1).await);
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let gone = theirs.offers().await[3].clone();
    theirs.desk.delete_thing(gone.local_id).await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    assert_eq!(mine.titled(&gone.content.title).await, None);
    assert_eq!(mine.offers().await.len(), 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_that_comes_back_empty_does_not_empty_the_desk_until_a_person_says_so() {
    let first = hotel(0).await;
    let port = first.port();
    let seat = Seat::at(&first, 0).await;
    seat.until_live().await;
    first.stop().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hotel.sqlite");
    let second = DemoHotel::start(Options::default().seed(7).data(&data)).await.unwrap();
    let clerk = Seat::manual(&second, 0).await;
    clerk.desk.sync_until_quiet().await.unwrap();
    for offer in clerk.offers().await {
        clerk.desk.delete_thing(offer.local_id).await.unwrap();
    }
    clerk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(second.offers().len(), 0);
    second.stop().await;

    let _empty = DemoHotel::start(Options::default().seed(7).data(&data).port(port)).await.unwrap();
    seat.desk.try_now().await;
    seat.until("the notice", || async {
        let notices = seat.desk.status().await.notices;
        notices.iter().any(|notice| notice.code == ErrorCode::MassAbsence).then_some(())
    })
    .await;
    assert_eq!(seat.offers().await.len(), 14);
    seat.desk.accept_absences().await.unwrap();
    seat.until("an empty list", || async { seat.offers().await.is_empty().then_some(()) }).await;
    seat.until("the notice is gone", || async {
        let notices = seat.desk.status().await.notices;
        notices.iter().all(|notice| notice.code != ErrorCode::MassAbsence).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_change_arrives_beside_my_unsent_one_and_neither_is_lost() {
    let hotel = hotel(0).await;
    let (mine, theirs) = (Seat::manual(&hotel, 0).await, Seat::manual(&hotel, 1).await);
    let id = mine.desk.create_offer(offer("Shared"), None).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let seen = theirs.titled("Shared").await.unwrap().local_id;
    mine.edit(id, FieldValue::Tag("mine".into())).await;
    theirs.edit(seen, FieldValue::SortOrder(9)).await;
    theirs.desk.sync_until_quiet().await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    let stored = hotel.offers().into_iter().find(|offer| offer["title"] == "Shared").unwrap();
    assert_eq!((&stored["tag"], &stored["sort_order"]), (&"mine".into(), &9.into()));
}
