//! Removed entities are made anew from the history: with their fields and pictures, for 90 days, once.

use demo_hotel::{DemoHotel, Options};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, hash_at, offer, picture};
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Activity;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn titled(hotel: &DemoHotel, title: &str) -> Vec<serde_json::Value> {
    hotel.offers().into_iter().filter(|offer| offer["title"] == title).collect()
}

/// An offer with a picture and a tag that the hotel has.
async fn saved(test_desk: &TestDesk, title: &str) -> LocalId {
    let picture = test_desk.desk.prepare_picture(picture(30)).await.unwrap().hash;
    let id = test_desk.desk.create(Kind::Offer, offer(title), Some(picture)).await.unwrap();
    test_desk.edit(id, FieldValue::of("tag", "Two nights")).await;
    test_desk.until_saved().await;
    id
}

/// Returns the activities that offer to put an entity back.
async fn offered(test_desk: &TestDesk) -> Vec<Activity> {
    test_desk.activities().await.into_iter().filter(|activity| activity.put_back).collect()
}

async fn until_offered(test_desk: &TestDesk) -> Activity {
    test_desk.until("the entry", || async { offered(test_desk).await.into_iter().next() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_was_deleted_here_is_made_anew_with_its_picture_once() {
    let (hotel, clock) = (hotel().await, FastClock::default());
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let id = saved(&test_desk, "Spa day").await;
    let before = titled(&hotel, "Spa day").remove(0);
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.until("the deletion", || async { titled(&hotel, "Spa day").is_empty().then_some(()) }).await;
    let entry = until_offered(&test_desk).await;
    assert_eq!(entry.text, "You removed “Spa day”.");
    assert!(entry.own);
    assert_eq!(test_desk.desk.activities(Default::default()).await.unwrap().unseen, 0, "it is no news");

    let test_desk = test_desk.restart().await;
    test_desk.desk.put_back(entry.id).await.unwrap();
    test_desk.until_saved().await;
    let made = titled(&hotel, "Spa day");
    assert_eq!(made.len(), 1);
    assert_ne!(made[0]["id"], before["id"], "a new offer");
    assert_eq!(made[0]["tag"], "Two nights");
    let api = colleague(&hotel, 1).await;
    let shown = hash_at(&api, made[0]["photo_url"].as_str().unwrap()).await;
    assert_eq!(shown, hash_at(&api, before["photo_url"].as_str().unwrap()).await, "with its picture");
    assert_eq!(offered(&test_desk).await, [], "it is offered once");
    assert!(test_desk.desk.put_back(entry.id).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_a_colleague_deleted_is_made_anew() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = saved(&test_desk, "Golf").await;
    let number = test_desk.record(id).await.id.unwrap();
    colleague(&hotel, 1).await.delete(Kind::Offer, number).await.unwrap();
    let entry = until_offered(&test_desk).await;
    assert!(!entry.own);
    test_desk.desk.put_back(entry.id).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(titled(&hotel, "Golf").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_presses_make_an_offer_anew_once() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = saved(&test_desk, "Golf").await;
    test_desk.desk.delete_entity(id).await.unwrap();
    let entry = until_offered(&test_desk).await;
    let desk = &test_desk.desk;
    let presses = tokio::join!(desk.put_back(entry.id), desk.put_back(entry.id));
    assert!(presses.0.is_ok() != presses.1.is_ok(), "{presses:?}");
    test_desk.until_saved().await;
    assert_eq!(titled(&hotel, "Golf").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_never_reached_the_hotel_is_made_anew_too() {
    let (hotel, clock) = (hotel().await, FastClock::default());
    let test_desk = TestDesk::fast_manual(&hotel, 0, &clock).await;
    let id = test_desk.desk.create(Kind::Offer, offer("Draft"), None).await.unwrap();
    test_desk.desk.delete_entity(id).await.unwrap();
    clock.set_wall(60);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let entry = until_offered(&test_desk).await;
    test_desk.desk.put_back(entry.id).await.unwrap();
    assert!(test_desk.titled("Draft").await.is_some());
}
