//! One socket for the whole desk, one channel for the whole sign-in, and no event of another hotel.

use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{Change, SignOutChoice};
use serde_json::{Value, json};

async fn desk() -> (DemoHotel, TestDesk) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    (hotel, test_desk)
}

fn channel(slug: &str) -> String {
    format!("hotel-{slug}")
}

/// Returns an offer as it is in an event.
fn reported(hotel: &DemoHotel, id: i64, title: &str) -> Value {
    let mut offer = hotel.offers().remove(0);
    offer["id"] = id.into();
    offer["title"] = title.into();
    offer
}

/// Publishes an event about an offer that does not exist, and waits until it is shown: every earlier event has been
/// handled by then.
async fn until_toast(hotel: &DemoHotel, test_desk: &TestDesk, id: i64, title: &str) {
    let event = json!({"action": "created", "offer": reported(hotel, id, title)});
    hotel.publish(&channel(hotel.slug()), "offer-created", &event);
    test_desk.until_titled(title).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_screens_share_one_socket_and_each_is_told_of_every_event() {
    let (hotel, test_desk) = desk().await;
    let mut screens: Vec<_> = (0..5).map(|_| test_desk.desk.clone().changes()).collect();
    until_toast(&hotel, &test_desk, 9001, "For all screens").await;
    for screen in &mut screens {
        // The toast can be read before the change is announced.
        let reported = async {
            while !matches!(screen.recv().await.unwrap(), Change::Entities { resource: Kind::Offer, .. }) {}
        };
        tokio::time::timeout(Duration::from_secs(20), reported).await.unwrap();
    }
    assert_eq!((hotel.open_sockets(), hotel.listeners(&channel(hotel.slug()))), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_names_another_hotel_is_dropped_and_counted() {
    let (hotel, test_desk) = desk().await;
    let mut foreign = reported(&hotel, 9001, "Another hotel's offer");
    foreign["hotel_slug"] = hotel.neighbour_slug().into();
    let ours = channel(hotel.slug());
    hotel.publish(&ours, "offer-created", &json!({"action": "created", "offer": foreign}));
    let enveloped = json!({
        "action": "created",
        "offer": reported(&hotel, 9002, "Another envelope"),
        "meta": {"hotel_slug": hotel.neighbour_slug()},
    });
    hotel.publish(&ours, "offer-created", &enveloped);
    until_toast(&hotel, &test_desk, 9003, "Ours").await;
    assert_eq!(test_desk.titled("Another hotel's offer").await, None);
    assert_eq!(test_desk.titled("Another envelope").await, None);
    assert_eq!(test_desk.desk.foreign_events(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_names_our_own_hotel_is_taken_in() {
    let (hotel, test_desk) = desk().await;
    let mut named = reported(&hotel, 9001, "Named");
    named["hotel_slug"] = hotel.slug().into();
    let event = json!({"action": "created", "offer": named, "meta": {"hotel_slug": hotel.slug()}});
    hotel.publish(&channel(hotel.slug()), "offer-created", &event);
    test_desk.until_titled("Named").await;
    assert_eq!(test_desk.desk.foreign_events(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_another_hotels_channel_do_not_reach_the_desk() {
    let (hotel, test_desk) = desk().await;
    let event = json!({"action": "created", "offer": reported(&hotel, 9001, "Next door")});
    hotel.publish(&channel(hotel.neighbour_slug()), "offer-created", &event);
    until_toast(&hotel, &test_desk, 9002, "Ours").await;
    assert_eq!(test_desk.titled("Next door").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_socket_goes_with_the_sign_in_and_the_next_account_hears_its_own_hotel_only() {
    let (hotel, test_desk) = desk().await;
    let (first, second) = (channel(hotel.slug()), channel(hotel.neighbour_slug()));
    test_desk.desk.sign_out(SignOutChoice::Discard).await.unwrap();
    test_desk.until("no socket", || async { (hotel.open_sockets() == 0).then_some(()) }).await;

    let neighbour = hotel.neighbour_users().remove(0);
    test_desk.desk.sign_in(&hotel.url(), &neighbour.username, &neighbour.password).await.unwrap();
    test_desk.until_live().await;
    let listeners = || (hotel.open_sockets(), hotel.listeners(&first), hotel.listeners(&second));
    assert_eq!(listeners(), (1, 0, 1));

    // Late events of the first account's hotel, over either channel.
    let late = json!({"action": "created", "offer": reported(&hotel, 9001, "Late")});
    hotel.publish(&first, "offer-created", &late);
    let mut named = late.clone();
    named["offer"]["hotel_slug"] = hotel.slug().into();
    hotel.publish(&second, "offer-created", &named);
    let ours = json!({"action": "created", "offer": reported(&hotel, 9002, "The neighbour's own")});
    hotel.publish(&second, "offer-created", &ours);
    test_desk.until_titled("The neighbour's own").await;
    assert_eq!(test_desk.titled("Late").await, None);
    assert_eq!(test_desk.activities().await.len(), 1);
}
