//! New offers go to the hotel one at a time: only then is a row that shows up after a lost answer one's own.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::{Seat, offer};
use hotelmate_core::model::FieldValue;

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_reads_the_list_first_keeps_the_next_one_back() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let seat = Seat::manual(&hotel, 0).await;
    seat.desk.sync_until_quiet().await.unwrap();
    let seat = seat.restart().await;
    // The list cannot be read at first, so the first create reads it itself, slowly; the edit is done long
    // before, and the sender looks for more work. Both creates are slow and lose their answers.
    let page = |action| Rule::new(action).method("GET").path("*/offers/?page=1");
    let post = |action| Rule::new(action).method("POST").path("*/offers/");
    let trouble = Action::Status(StatusFault { code: 500, body: None });
    hotel
        .set_faults(FaultPlan::of([
            page(trouble).times(1),
            page(Action::DelayMs(800)).from_request(2).times(1),
            post(Action::DelayMs(1000)).times(2),
            post(Action::DropAfterCommit).times(2),
        ]))
        .unwrap();
    let edited = seat.offers().await[0].local_id;
    seat.desk.create_offer(offer("First"), None).await.unwrap();
    seat.desk.create_offer(offer("Second"), None).await.unwrap();
    seat.edit(edited, FieldValue::Tag("Quick".into())).await;
    let quiet = async { while seat.desk.sync_until_quiet().await.unwrap().waiting > 0 {} };
    tokio::time::timeout(Duration::from_secs(60), quiet).await.expect("an end in time");
    for title in ["First", "Second"] {
        let there = hotel.offers().iter().filter(|offer| offer["title"] == title).count();
        assert_eq!(there, 1, "{title}");
    }
    assert!(seat.desk.outbox().await.unwrap().items.is_empty());
}
