//! `sync` and `outbox list|retry|discard`.

use std::time::Duration;

use demo_hotel::{Action, FaultPlan, Rule};
use hotelmate_core::model::{FieldValue, Kind, ServerId};
use serde_json::json;

use crate::seat::{Hotel, Seat, change, names};

#[tokio::test]
async fn a_sync_twice_in_a_row_leaves_everything_as_it_is() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    seat.add("Once").await;
    let report = seat.ask(&["sync"]).await;
    assert_eq!(
        (&report["waiting"], &report["attention"], &report["online"]),
        (&json!(0), &json!(0), &json!(true))
    );
    let list = seat.ask(&["offers", "list"]).await;
    hotel.now().reset_requests();
    let again = seat.ask(&["sync"]).await;
    assert_eq!(again["offers"], json!(hotel.now().offers().len()));
    assert_eq!(seat.ask(&["offers", "list"]).await, list);
    assert!(hotel.now().requests().iter().all(|request| request.method == "GET"));
}

#[tokio::test]
async fn a_sync_tells_that_something_waits_for_the_network() {
    let mut hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    hotel.stop().await;
    seat.run(&["sync"]).await.ends(3);
    seat.add("Waits").await;
    let report = seat.run(&["--json", "sync"]).await.ends(7).json();
    assert_eq!((&report["waiting"], &report["online"]), (&json!(1), &json!(false)));
    let items = seat.ask(&["outbox", "list"]).await;
    assert_eq!((&items[0]["title"], &items[0]["kind"]), (&json!("Waits"), &json!("create")));
    hotel.start_again().await;
    seat.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Waits").len(), 1);
    assert_eq!(seat.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn what_the_hotel_refuses_needs_a_person_who_can_retry_it() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    seat.add("Disliked").await;
    hotel.refuse_title("POST", 1);
    let report = seat.run(&["--json", "sync"]).await.ends(8).json();
    assert_eq!((&report["waiting"], &report["attention"]), (&json!(0), &json!(1)));

    let items = seat.ask(&["outbox", "list"]).await;
    assert_eq!(items[0]["state"], "attention");
    assert_eq!(items[0]["fields"], json!({"title": ["The hotel does not like this title."]}));
    let words = seat.run(&["outbox", "list"]).await.ends(0).out;
    assert!(words.contains("The hotel does not like this title."), "{words}");

    let id = items[0]["id"].as_str().unwrap();
    seat.run(&["sync"]).await.ends(8);
    assert!(hotel.titled("Disliked").is_empty(), "nothing is repeated unasked");
    assert_eq!(seat.ask(&["outbox", "retry", id]).await["state"], "waiting");
    seat.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Disliked").len(), 1);
}

#[tokio::test]
async fn what_is_discarded_is_told_and_then_gone() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    seat.run(&["offers", "edit", &id, "--title", "Regretted"]).await.ends(0);
    let items = seat.ask(&["outbox", "list"]).await;
    let entry = items[0]["id"].as_str().unwrap();
    assert_eq!(seat.ask(&["outbox", "discard", entry]).await, items[0]);
    assert_eq!(seat.show(&id).await["title"], title);
    seat.run(&["outbox", "discard", entry]).await.ends(5);
    seat.run(&["outbox", "retry", entry]).await.ends(5);
    seat.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.first_offer().1, title);
}

#[tokio::test]
async fn a_clash_with_a_colleague_needs_a_person() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let (id, _) = hotel.first_offer();
    seat.run(&["offers", "edit", &id, "--title", "Mine"]).await.ends(0);
    change(&hotel.colleague().await, &id, FieldValue::Title("Theirs".to_owned())).await;
    seat.run(&["sync"]).await.ends(8);
    let shown = seat.show(&id).await;
    assert_eq!((&shown["title"], &shown["sync"]), (&json!("Mine"), &json!("conflict")));
    assert_eq!(hotel.titled("Theirs").len(), 1);
    assert!(seat.run(&["offers", "show", &id]).await.ends(0).out.contains("A colleague changed title too."));
}

#[tokio::test]
async fn a_lost_answer_does_not_make_the_offer_twice() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let id = seat.add("Single").await;
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/offers/").times(1);
    hotel.now().set_faults(FaultPlan::of([lost])).unwrap();
    let first = seat.run(&["sync"]).await;
    assert!([0, 7].contains(&first.code), "{}", first.err);
    // It may have to wait before it reads what became of it.
    let waiting = async { while seat.run(&["sync"]).await.code == 7 {} };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("an end in time");
    assert_eq!(hotel.titled("Single").len(), 1);
    assert_eq!(seat.show(&id).await["id"], hotel.titled("Single")[0]["id"]);
}

#[tokio::test]
async fn a_lost_sign_in_stops_the_queue_and_keeps_it() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    seat.add("Kept").await;
    assert!(hotel.now().revoke_token(&hotel.now().users()[0].username));
    let report = seat.run(&["--json", "sync"]).await.ends(4).json();
    assert_eq!((&report["sign_in_needed"], &report["waiting"]), (&json!(true), &json!(1)));
    assert_eq!(seat.ask(&["outbox", "list"]).await[0]["title"], "Kept");
}

#[tokio::test]
async fn a_sync_report_and_an_entry_have_their_documented_members() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    seat.add("Shape").await;
    let entry = seat.ask(&["outbox", "list"]).await[0].clone();
    let expected = [
        "about",
        "attempts",
        "can_retry",
        "created_at",
        "discard_loses",
        "fields",
        "id",
        "kind",
        "next_try",
        "question",
        "reason",
        "removed_there",
        "state",
        "summary",
        "thing",
        "title",
    ];
    let mut members = names(&entry);
    members.sort_unstable();
    assert_eq!(members, expected);
    let report = seat.ask(&["sync"]).await;
    let mut members = names(&report);
    members.sort_unstable();
    let expected = [
        "absent",
        "attention",
        "complete",
        "message",
        "offers",
        "online",
        "sign_in_needed",
        "unreadable",
        "waiting",
    ];
    assert_eq!(members, expected);
}

#[tokio::test]
async fn offers_that_are_suddenly_all_gone_are_kept_until_a_person_believes_it() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let colleague = hotel.colleague().await;
    let offers = hotel.now().offers();
    for offer in &offers {
        colleague.delete(Kind::Offer, ServerId(offer["id"].as_i64().unwrap())).await.unwrap();
    }
    let report = seat.run(&["--json", "sync"]).await.ends(8).json();
    assert_eq!(report["offers"], offers.len());
    assert!(report["message"].as_str().unwrap().contains("missing"), "{report}");
    let words = seat.run(&["sync"]).await.ends(8).out;
    assert!(words.contains("--accept-missing"), "{words}");
    assert_eq!(seat.ask(&["sync", "--accept-missing"]).await["offers"], 0);
}
