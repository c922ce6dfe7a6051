//! Answers about another row than the requested one: the desk takes no values from them.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::{TestDesk, offer};
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{OutboxItem, SyncMark};
use serde_json::Value;

async fn desk_at() -> (DemoHotel, TestDesk) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &FastClock::default()).await;
    test_desk.until_live().await;
    (hotel, test_desk)
}

fn rule(method: &str, path: &str, action: Action) -> FaultPlan {
    FaultPlan::of([Rule::new(action).method(method).path(path).times(1)])
}

fn titled(hotel: &DemoHotel, title: &str) -> usize {
    hotel.offers().iter().filter(|offer| offer["title"] == title).count()
}

/// Checks that the first rows are unchanged, at the hotel and on the screen.
async fn assert_untouched(hotel: &DemoHotel, test_desk: &TestDesk, before: &[Value]) {
    let (rows, screen) = (hotel.offers(), test_desk.offers().await);
    for row in before {
        assert!(rows.contains(row), "changed at the hotel: {row:#}");
        let shown = screen.iter().find(|offer| offer.id.map(|id| id.0) == row["id"].as_i64()).unwrap();
        assert_eq!(
            (&*shown.fields.text("title"), shown.sync),
            (row["title"].as_str().unwrap(), SyncMark::Saved)
        );
    }
    assert_eq!(screen.len(), rows.len());
}

async fn until_item(test_desk: &TestDesk, what: &str, is: impl Fn(&OutboxItem) -> bool) -> OutboxItem {
    test_desk
        .until(what, || async {
            test_desk.desk.outbox().await.unwrap().items.into_iter().find(|item| is(item))
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_is_answered_with_a_row_that_was_there_takes_nothing_over() {
    for is_stored in [true, false] {
        let (hotel, test_desk) = desk_at().await;
        let before = hotel.offers();
        let action = match is_stored {
            true => Action::OtherRow,
            false => Action::Status(StatusFault { code: 201, body: Some(before[3].clone()) }),
        };
        hotel.set_faults(rule("POST", "*/offers/", action)).unwrap();
        let id = test_desk.desk.create(Kind::Offer, offer("Brand new"), None).await.unwrap();
        if !is_stored {
            let is_said = |item: &OutboxItem| item.reason.contains("has a fault");
            until_item(&test_desk, "the fault of the server", is_said).await;
        }
        test_desk.until_saved().await;
        assert_eq!(titled(&hotel, "Brand new"), 1, "stored at first: {is_stored}");
        assert_untouched(&hotel, &test_desk, &before).await;
        let made = test_desk.record(id).await;
        assert_eq!((made.fields.text("title").as_str(), made.sync), ("Brand new", SyncMark::Saved));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_is_answered_with_another_row_is_looked_for_and_changes_no_other() {
    let (hotel, test_desk) = desk_at().await;
    let before = hotel.offers();
    let id = test_desk.desk.create(Kind::Offer, offer("Edited"), None).await.unwrap();
    test_desk.until_saved().await;
    hotel.set_faults(rule("PATCH", "*/offers/*", Action::OtherRow)).unwrap();
    test_desk.edit(id, FieldValue::of("tag", "Mine")).await;
    test_desk.until_saved().await;
    assert_untouched(&hotel, &test_desk, &before).await;
    let shown = test_desk.record(id).await;
    assert_eq!((shown.fields.text("title").as_str(), shown.fields.text("tag").as_str()), ("Edited", "Mine"));
    assert_eq!(test_desk.desk.record(id).await.unwrap().conflicts, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_that_is_answered_with_another_row_is_a_fault_of_the_server_in_plain_words() {
    let (hotel, test_desk) = desk_at().await;
    let before = hotel.offers();
    let id = test_desk.desk.create(Kind::Offer, offer("Read"), None).await.unwrap();
    test_desk.until_saved().await;
    let number = test_desk.record(id).await.id.unwrap();
    let path = format!("*/offers/{}/", number.0);
    hotel.set_faults(FaultPlan::of([Rule::new(Action::OtherRow).method("GET").path(&path)])).unwrap();
    test_desk.edit(id, FieldValue::of("tag", "Mine")).await;
    until_item(&test_desk, "the reason", |item| item.reason.contains("has a fault")).await;
    let notices = test_desk.desk.status().await.notices;
    assert!(notices.iter().all(|notice| !notice.message.contains("database")), "{notices:?}");
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    assert_untouched(&hotel, &test_desk, &before).await;
    assert_eq!(test_desk.record(id).await.fields.text("tag"), "Mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_of_one_row_says_in_words_that_it_got_another_one() {
    let (hotel, test_desk) = desk_at().await;
    let asked = hotel.offers()[5]["id"].as_i64().unwrap();
    let plan = Rule::new(Action::OtherRow).method("GET").path("*/offers/*/");
    hotel.set_faults(FaultPlan::of([plan])).unwrap();
    let colleague = desk_tests::test_desk::colleague(&hotel, 0).await;
    let error = colleague.entity(Kind::Offer, hotelmate_core::ids::ServerId(asked)).await.unwrap_err();
    let said = hotelmate_core::error::DeskError::from(error).message;
    assert!(said.contains(&format!("asked about number {asked}, it answered about number")), "{said}");
    drop(test_desk);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_is_answered_with_a_new_row_of_a_colleague_does_not_become_that_row() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::fast_manual(&hotel, 0, &FastClock::default()).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    // A number that this desk does not know, with other values than the sent ones.
    let mut theirs = hotel.offers().remove(3);
    theirs["id"] = serde_json::json!(9_999);
    let answer = StatusFault { code: 201, body: Some(theirs) };
    hotel.set_faults(rule("POST", "*/offers/", Action::StatusAfterCommit(answer))).unwrap();
    let id = test_desk.desk.create(Kind::Offer, offer("Mine"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    let made = test_desk.record(id).await;
    assert_eq!((made.fields.text("title").as_str(), made.sync), ("Mine", SyncMark::Saved));
    assert!(made.id.is_some_and(|number| number.0 != 9_999));
    assert_eq!(titled(&hotel, "Mine"), 1);
}
