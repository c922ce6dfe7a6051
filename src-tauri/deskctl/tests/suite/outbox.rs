//! `sync` and `outbox list|retry|discard`.

use std::time::Duration;

use demo_hotel::{Action, FaultPlan, Rule};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::{FieldValue, Validity};
use hotelmate_core::resources::Kind;
use serde_json::json;

use crate::test_desk::{Hotel, TestDesk, change, names};

#[tokio::test]
async fn a_sync_twice_in_a_row_leaves_everything_as_it_is() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Once").await;
    let report = test_desk.ask(&["sync"]).await;
    assert_eq!(
        (&report["waiting"], &report["attention"], &report["online"]),
        (&json!(0), &json!(0), &json!(true))
    );
    let list = test_desk.ask(&["offers", "list"]).await;
    hotel.now().reset_requests();
    let again = test_desk.ask(&["sync"]).await;
    assert_eq!(again["offers"], json!(hotel.now().offers().len()));
    assert_eq!(test_desk.ask(&["offers", "list"]).await, list);
    assert!(hotel.now().requests().iter().all(|request| request.method == "GET"));
}

#[tokio::test]
async fn a_sync_tells_that_something_waits_for_the_network() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    hotel.stop().await;
    test_desk.run(&["sync"]).await.ends(3);
    test_desk.add("Waits").await;
    let report = test_desk.run(&["--json", "sync"]).await.ends(7).json();
    assert_eq!((&report["waiting"], &report["online"]), (&json!(1), &json!(false)));
    let items = test_desk.ask(&["outbox", "list"]).await;
    assert_eq!((&items[0]["title"], &items[0]["kind"]), (&json!("Waits"), &json!("create")));
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Waits").len(), 1);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn what_the_hotel_refuses_needs_a_person_who_can_retry_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Disliked").await;
    hotel.refuse_title("POST", 1);
    let report = test_desk.run(&["--json", "sync"]).await.ends(8).json();
    assert_eq!((&report["waiting"], &report["attention"]), (&json!(0), &json!(1)));

    let items = test_desk.ask(&["outbox", "list"]).await;
    assert_eq!(items[0]["state"], "attention");
    assert_eq!(items[0]["fields"], json!({"title": ["The hotel does not like this title."]}));
    let words = test_desk.run(&["outbox", "list"]).await.ends(0).out;
    assert!(words.contains("The hotel does not like this title."), "{words}");

    let id = items[0]["id"].as_str().unwrap();
    test_desk.run(&["sync"]).await.ends(8);
    assert!(hotel.titled("Disliked").is_empty(), "nothing is repeated unasked");
    let retried = test_desk.ask(&["outbox", "retry", id]).await;
    assert_eq!((&retried["state"], &retried["replaced_by"]), (&json!("waiting"), &json!([])));
    assert_eq!(retried["message"], "The next `deskctl sync` tries it again.");
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Disliked").len(), 1);
}

#[tokio::test]
async fn what_is_discarded_is_told_and_then_gone() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, title) = hotel.first_offer();
    test_desk.run(&["offers", "edit", &id, "--title", "Regretted"]).await.ends(0);
    let items = test_desk.ask(&["outbox", "list"]).await;
    let entry = items[0]["id"].as_str().unwrap();
    assert_eq!(test_desk.ask(&["outbox", "discard", entry]).await, items[0]);
    assert_eq!(test_desk.show(&id).await["fields"]["title"], title);
    test_desk.run(&["outbox", "discard", entry]).await.ends(5);
    test_desk.run(&["outbox", "retry", entry]).await.ends(5);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.first_offer().1, title);
}

#[tokio::test]
async fn a_conflict_with_a_colleague_needs_a_person() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, _) = hotel.first_offer();
    test_desk.run(&["offers", "edit", &id, "--title", "Mine"]).await.ends(0);
    change(&hotel.colleague().await, &id, FieldValue::of("title", "Theirs")).await;
    test_desk.run(&["sync"]).await.ends(8);
    let shown = test_desk.show(&id).await;
    assert_eq!((&shown["fields"]["title"], &shown["sync"]), (&json!("Mine"), &json!("conflict")));
    assert_eq!(hotel.titled("Theirs").len(), 1);
    assert!(
        test_desk.run(&["offers", "show", &id]).await.ends(0).out.contains("A colleague changed title too.")
    );
}

/// A desk with a conflict about the title and the dates of the first offer.
async fn conflicting(hotel: &Hotel) -> (TestDesk, String, String) {
    let test_desk = TestDesk::synced(hotel).await;
    let (id, _) = hotel.first_offer();
    let edit = ["offers", "edit", &id, "--title", "Mine", "--valid-to", "2031-01-31", "--tag", "Own"];
    test_desk.run(&edit).await.ends(0);
    let colleague = hotel.colleague().await;
    change(&colleague, &id, FieldValue::of("title", "Theirs")).await;
    let dates = Validity { from: None, to: Some("2030-02-28".parse().unwrap()) };
    change(&colleague, &id, FieldValue::of("validity", dates)).await;
    test_desk.run(&["sync"]).await.ends(8);
    let entries = test_desk.ask(&["outbox", "list"]).await;
    let conflict = entries.as_array().unwrap().iter().find(|entry| entry["state"] == "conflict").unwrap();
    let entry = conflict["id"].as_str().unwrap().to_owned();
    (test_desk, id, entry)
}

#[tokio::test]
async fn a_conflict_is_listed_with_both_values_and_cannot_be_retried() {
    let hotel = Hotel::open().await;
    let (test_desk, _, entry) = conflicting(&hotel).await;
    let entries = test_desk.ask(&["outbox", "list"]).await;
    let conflict = entries.as_array().unwrap().iter().find(|item| item["id"] == *entry).unwrap();
    let side = |field: &str| {
        let sides = conflict["conflicts"].as_array().unwrap();
        sides
            .iter()
            .find(|side| side["field"] == field)
            .unwrap_or_else(|| panic!("{field} in {conflict}"))
            .clone()
    };
    assert_eq!(side("title"), json!({"field": "title", "mine": "Mine", "theirs": "Theirs"}));
    let dates = json!({"field": "valid_to", "mine": "2031-01-31", "theirs": "2030-02-28"});
    assert_eq!(side("valid_to"), dates);
    let words = test_desk.run(&["outbox", "list"]).await.ends(0).out;
    assert!(words.contains("Mine    Mine") && words.contains("Theirs  Theirs"), "{words}");
    let refused = test_desk.run(&["outbox", "retry", &entry]).await.ends(1).err;
    assert!(refused.contains("outbox resolve"), "{refused}");
    let reported = test_desk.run(&["outbox", "retry"]).await.ends(0).out;
    assert!(reported.contains("nothing to retry") && reported.contains("outbox resolve"), "{reported}");
}

#[tokio::test]
async fn a_conflict_is_resolved_by_field() {
    let hotel = Hotel::open().await;
    let (test_desk, id, entry) = conflicting(&hotel).await;
    test_desk.run(&["outbox", "resolve", &entry]).await.ends(2);
    test_desk.run(&["outbox", "resolve", &entry, "--mine", "--theirs"]).await.ends(2);
    test_desk.run(&["outbox", "resolve", &entry, "--mine", "tag"]).await.ends(5);
    let settled = test_desk.ask(&["outbox", "resolve", &entry, "--theirs", "title"]).await;
    assert_eq!((&settled["stands"], &settled["settled"][0]["theirs"]), (&json!("theirs"), &json!("Theirs")));
    // One choice settles both dates, whichever is named.
    let reported = test_desk.run(&["outbox", "resolve", &entry, "--mine", "valid_from"]).await.ends(0).out;
    assert!(reported.contains("valid_to: your value stands, 2031-01-31."), "{reported}");
    test_desk.run(&["outbox", "resolve", &entry, "--mine"]).await.ends(5);
    test_desk.run(&["sync"]).await.ends(0);
    let offer = hotel.titled("Theirs").remove(0);
    assert_eq!((&offer["valid_to"], &offer["tag"]), (&json!("2031-01-31"), &json!("Own")));
    assert_eq!(test_desk.show(&id).await["sync"], "saved");
}

#[tokio::test]
async fn a_conflict_is_resolved_as_a_whole() {
    let hotel = Hotel::open().await;
    let (test_desk, _, entry) = conflicting(&hotel).await;
    test_desk.run(&["outbox", "resolve", &entry, "--mine"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Mine")[0]["valid_to"], "2031-01-31");
}

#[tokio::test]
async fn a_conflict_of_pictures_is_resolved_too() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, _) = hotel.first_offer();
    let files = hotel.picture_files(2).await;
    test_desk.run(&["offers", "photo", &id, files[0].to_str().unwrap()]).await.ends(0);
    let other = TestDesk::synced(&hotel).await;
    other.run(&["offers", "photo", &id, files[1].to_str().unwrap()]).await.ends(0);
    other.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(8);
    let conflict = test_desk.ask(&["outbox", "list"]).await[0].clone();
    assert_eq!(conflict["conflicts"][0]["field"], "photo", "{conflict}");
    test_desk
        .run(&["outbox", "resolve", conflict["id"].as_str().unwrap(), "--theirs", "picture"])
        .await
        .ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_retry_of_everything_names_each_entry_and_what_becomes_of_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert!(test_desk.run(&["outbox", "retry"]).await.ends(0).out.contains("nothing to retry"));
    assert_eq!(test_desk.ask(&["outbox", "retry"]).await, json!([]));
    let (id, title) = hotel.first_offer();
    test_desk.run(&["offers", "edit", &id, "--tag", "Changed"]).await.ends(0);
    hotel.colleague().await.delete(Kind::Offer, ServerId(id.parse().unwrap())).await.unwrap();
    test_desk.add("Disliked").await;
    hotel.refuse_title("POST", 1);
    test_desk.run(&["sync"]).await.ends(8);
    let words = test_desk.run(&["--json", "outbox", "retry"]).await.ends(0).json();
    let message = |entry: &serde_json::Value| entry["message"].as_str().unwrap().to_owned();
    let all: Vec<String> = words.as_array().unwrap().iter().map(message).collect();
    assert_eq!(all.len(), 2, "{words}");
    assert!(all.iter().any(|reported| reported.contains("make it anew")), "{all:?}");
    assert!(all.iter().any(|reported| reported.contains("tries it again")), "{all:?}");
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!((hotel.titled(&title).len(), hotel.titled("Disliked").len()), (1, 1));
}

#[tokio::test]
async fn a_lost_answer_does_not_make_the_offer_twice() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let id = test_desk.add("Single").await;
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/offers/").times(1);
    hotel.now().set_faults(FaultPlan::of([lost])).unwrap();
    let first = test_desk.run(&["sync"]).await;
    assert!([0, 7].contains(&first.code), "{}", first.err);
    // The program may have to wait before it reads the outcome.
    let waiting = async { while test_desk.run(&["sync"]).await.code == 7 {} };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("an end in time");
    assert_eq!(hotel.titled("Single").len(), 1);
    assert_eq!(test_desk.show(&id).await["id"], hotel.titled("Single")[0]["id"]);
}

#[tokio::test]
async fn a_lost_sign_in_stops_the_queue_and_keeps_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Kept").await;
    assert!(hotel.now().revoke_token(&hotel.now().users()[0].username));
    let report = test_desk.run(&["--json", "sync"]).await.ends(4).json();
    assert_eq!((&report["sign_in_needed"], &report["waiting"]), (&json!(true), &json!(1)));
    assert_eq!(test_desk.ask(&["outbox", "list"]).await[0]["title"], "Kept");
}

#[tokio::test]
async fn a_sync_report_and_an_entry_have_their_documented_members() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Shape").await;
    let entry = test_desk.ask(&["outbox", "list"]).await[0].clone();
    let expected = [
        "about",
        "attempts",
        "can_retry",
        "code",
        "conflicts",
        "created_at",
        "discard_loses",
        "entity",
        "fields",
        "id",
        "is_doubtful",
        "kind",
        "like",
        "next_try",
        "question",
        "reason",
        "removed_there",
        "state",
        "summary",
        "title",
    ];
    let mut members = names(&entry);
    members.sort_unstable();
    assert_eq!(members, expected);
    let report = test_desk.ask(&["sync"]).await;
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
    let test_desk = TestDesk::synced(&hotel).await;
    let colleague = hotel.colleague().await;
    let offers = hotel.now().offers();
    for offer in &offers {
        colleague.delete(Kind::Offer, ServerId(offer["id"].as_i64().unwrap())).await.unwrap();
    }
    let report = test_desk.run(&["--json", "sync"]).await.ends(8).json();
    assert_eq!(report["offers"], offers.len());
    assert!(report["message"].as_str().unwrap().contains("missing"), "{report}");
    let words = test_desk.run(&["sync"]).await.ends(8).out;
    assert!(words.contains("--accept-missing"), "{words}");
    assert_eq!(test_desk.ask(&["sync", "--accept-missing"]).await["offers"], 0);
}
