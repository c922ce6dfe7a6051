//! Moving offers by hand: few edits, and the same order on every desk.

use demo_hotel::{DemoHotel, Options};
use desk_tests::{TestDesk, offer};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Place;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

async fn synced(hotel: &DemoHotel, user: usize) -> TestDesk {
    let test_desk = TestDesk::manual(hotel, user).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk
}

async fn titles(test_desk: &TestDesk) -> Vec<String> {
    test_desk.offers().await.into_iter().map(|offer| offer.fields.text("title")).collect()
}

async fn put(
    test_desk: &TestDesk,
    title: &str,
    to: impl Fn(hotelmate_core::ids::LocalId) -> Place,
    beside: &str,
) {
    let (moved, beside) = (test_desk.titled(title).await.unwrap(), test_desk.titled(beside).await.unwrap());
    test_desk.desk.move_to(moved.local_id, to(beside.local_id)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_made_on_two_desks_at_once_end_in_one_order_on_both() {
    let hotel = hotel().await;
    let (one, two) = (synced(&hotel, 0).await, synced(&hotel, 1).await);
    let before = titles(&one).await;
    put(&one, &before[4], |offer| Place::Before { other: offer }, &before[2]).await;
    put(&two, &before[1], |offer| Place::After { other: offer }, &before[13]).await;
    assert_eq!(titles(&one).await[2], before[4], "seen at once");
    one.desk.sync_until_quiet().await.unwrap();
    two.desk.sync_until_quiet().await.unwrap();
    one.desk.sync_until_quiet().await.unwrap();
    let mut wanted = before.clone();
    let (moved, last) = (wanted.remove(4), wanted.remove(1));
    wanted.insert(1, moved);
    wanted.push(last);
    assert_eq!(titles(&one).await, wanted);
    assert_eq!(titles(&two).await, wanted);
    let changes = hotel.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(changes, 2, "one edit for each move");
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_the_hotel_has_not_heard_of_are_moved_too() {
    let hotel = hotel().await;
    let test_desk = synced(&hotel, 0).await;
    for title in ["First", "Second", "Third"] {
        test_desk.desk.create(Kind::Offer, offer(title), None).await.unwrap();
    }
    // Offers without a place of their own are ordered newest first, here and later at the hotel.
    assert_eq!(titles(&test_desk).await[..3], ["Third", "Second", "First"]);
    put(&test_desk, "First", |offer| Place::Before { other: offer }, "Third").await;
    let wanted = titles(&test_desk).await;
    assert_eq!(wanted[..3], ["First", "Third", "Second"]);
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(titles(&test_desk).await, wanted);
    assert_eq!(
        synced(&hotel, 1).await.offers().await[..3]
            .iter()
            .map(|o| o.fields.text("title"))
            .collect::<Vec<_>>(),
        wanted[..3]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_an_offer_that_is_gone_nothing_is_moved() {
    let hotel = hotel().await;
    let test_desk = synced(&hotel, 0).await;
    let offers = test_desk.offers().await;
    test_desk.desk.delete_entity(offers[3].local_id).await.unwrap();
    let to = Place::Before { other: offers[3].local_id };
    let refused = test_desk.desk.move_to(offers[0].local_id, to).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    assert_eq!(test_desk.desk.outbox().await.unwrap().items.len(), 1, "only the deletion");
}
