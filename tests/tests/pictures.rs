//! Pictures that follow one another before the hotel has answered.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::{Seat, offer, picture};
use hotelmate_core::desk::views::SyncMark;
use hotelmate_core::model::IntentState;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_picture_while_the_first_is_on_its_way_clashes_with_nobody() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let seat = Seat::at(&hotel, 0).await;
    seat.until_live().await;
    let id = seat.desk.create_offer(offer("Twice pictured"), None).await.unwrap();
    seat.until_saved().await;
    let slow = Rule::new(Action::DelayMs(1000)).path("*/upload-image/").times(1);
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    let first = seat.desk.prepare_picture(picture(10)).await.unwrap().hash;
    let second = seat.desk.prepare_picture(picture(200)).await.unwrap().hash;
    seat.desk.set_picture(id, Some(first)).await.unwrap();
    seat.until("the first picture on its way", || async {
        let items = seat.desk.outbox().await.unwrap().items;
        items.iter().any(|item| item.state == IntentState::InFlight).then_some(())
    })
    .await;
    seat.desk.set_picture(id, Some(second.clone())).await.unwrap();
    seat.until_saved().await;
    let shown = seat.desk.offer(id).await.unwrap();
    assert_eq!((shown.conflicts, shown.offer.sync), (vec![], SyncMark::Saved));
    assert_eq!(shown.offer.picture, Some(second));
    let uploads = hotel.requests().iter().filter(|request| request.path.contains("upload-image")).count();
    assert_eq!(uploads, 2);
}
