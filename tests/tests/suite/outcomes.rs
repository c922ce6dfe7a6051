//! Unclear outcomes, conflicts and failures: nothing is lost, nothing is done twice.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::settings;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{Field, FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{OutboxItem, Pill, Resolution, SignOutChoice, SyncMark};
use pusher::time::Clock;

async fn desk_at(options: Options) -> (DemoHotel, TestDesk) {
    let hotel = DemoHotel::start(options.seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    (hotel, test_desk)
}

fn count(hotel: &DemoHotel, title: &str) -> usize {
    hotel.offers().iter().filter(|offer| offer["title"] == title).count()
}

fn stored(hotel: &DemoHotel, title: &str) -> serde_json::Value {
    hotel.offers().into_iter().find(|offer| offer["title"] == title).unwrap()
}

async fn until_item(test_desk: &TestDesk, what: &str, is: impl Fn(&OutboxItem) -> bool) -> OutboxItem {
    test_desk
        .until(what, || async {
            test_desk.desk.outbox().await.unwrap().items.into_iter().find(|item| is(item))
        })
        .await
}

/// Every way in which the answer to a write can be lost or wrong.
fn lost_answers() -> Vec<(&'static str, Action)> {
    vec![
        ("dropped before the commit", Action::DropBeforeCommit),
        ("dropped after the commit", Action::DropAfterCommit),
        ("500 although stored", Action::StatusAfterCommit(StatusFault { code: 500, body: None })),
        ("500 and not stored", Action::Status(StatusFault { code: 500, body: None })),
        (
            "502 from a proxy",
            Action::Status(StatusFault { code: 502, body: Some("<h1>Bad gateway</h1>".into()) }),
        ),
        ("answer cut short", Action::TruncatedBody),
        ("too many requests", Action::RateLimited { retry_after_s: 1 }),
    ]
}

/// A create is sent again only when its first request is over, which takes minutes.
#[tokio::test(flavor = "multi_thread")]
async fn a_create_whose_answer_is_lost_ends_as_exactly_one_offer() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &FastClock::default()).await;
    test_desk.until_live().await;
    for (how, action) in lost_answers() {
        hotel
            .set_faults(FaultPlan::of([Rule::new(action).method("POST").path("*/offers/").times(1)]))
            .unwrap();
        test_desk.desk.create(Kind::Offer, offer(how), None).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(count(&hotel, how), 1, "{how}");
        assert_eq!(test_desk.titled(how).await.unwrap().sync, SyncMark::Saved, "{how}");
        assert_eq!(
            test_desk.offers().await.iter().filter(|o| o.fields.text("title") == how).count(),
            1,
            "{how}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_whose_answer_is_lost_arrives() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let id = test_desk.desk.create(Kind::Offer, offer("Edited"), None).await.unwrap();
    test_desk.until_saved().await;
    for (how, action) in lost_answers() {
        hotel.set_faults(FaultPlan::of([Rule::new(action).method("PATCH").times(1)])).unwrap();
        test_desk.edit(id, FieldValue::of("tag", how)).await;
        test_desk.until_saved().await;
        assert_eq!(stored(&hotel, "Edited")["tag"], how);
        assert_eq!(test_desk.desk.record(id).await.unwrap().conflicts, [], "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_whose_answer_is_lost_is_put_on_once() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let id = test_desk.desk.create(Kind::Offer, offer("Pictured"), None).await.unwrap();
    test_desk.until_saved().await;
    for (shade, (how, action)) in lost_answers().into_iter().enumerate() {
        let hash = test_desk.desk.prepare_picture(picture(u8::try_from(shade).unwrap())).await.unwrap().hash;
        hotel.set_faults(FaultPlan::of([Rule::new(action).path("*/upload-image/").times(1)])).unwrap();
        hotel.reset_requests();
        test_desk.desk.set_picture(id, Slot::Photo, Some(hash.clone())).await.unwrap();
        test_desk.until_saved().await;
        let uploads = hotel.requests().iter().filter(|r| r.path.contains("upload-image")).count();
        let expected =
            if how.contains("after") || how.contains("although") || how.contains("cut") { 1 } else { 2 };
        assert_eq!(uploads, expected, "{how}");
        let shown = test_desk.record(id).await;
        let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
        assert_eq!((shown.photo().picture, conflicts), (Some(hash), vec![]), "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_whose_answer_is_lost_is_a_deletion() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    for (how, action) in lost_answers() {
        let id = test_desk.desk.create(Kind::Offer, offer(how), None).await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(count(&hotel, how), 1, "{how}");
        hotel.set_faults(FaultPlan::of([Rule::new(action).method("DELETE").times(1)])).unwrap();
        test_desk.desk.delete_entity(id).await.unwrap();
        let report = test_desk.desk.sync_until_quiet().await.unwrap();
        // A dropped connection ends this sync; the next one goes on.
        let report =
            if report.waiting > 0 { test_desk.desk.sync_until_quiet().await.unwrap() } else { report };
        assert_eq!((report.waiting, report.attention), (0, 0), "{how}");
        assert_eq!(count(&hotel, how), 0, "{how}");
        hotel.clear_faults();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_made_on_purpose_stay_two_even_when_the_first_answer_is_lost() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/offers/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    test_desk.desk.create(Kind::Offer, offer("Twin"), None).await.unwrap();
    test_desk.desk.create(Kind::Offer, offer("Twin"), None).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(count(&hotel, "Twin"), 2);
    assert_eq!(
        test_desk.offers().await.iter().filter(|offer| offer.fields.text("title") == "Twin").count(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_a_colleague_changed_before_its_lost_answer_was_cleared_up_is_asked_about() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let clock = FastClock::default();
    let (mine, theirs) = (TestDesk::fast_manual(&hotel, 0, &clock).await, TestDesk::manual(&hotel, 1).await);
    mine.desk.sync_until_quiet().await.unwrap();
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/offers/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    let id = mine.desk.create(Kind::Offer, offer("Barbecue"), None).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let seen = theirs.titled("Barbecue").await.unwrap().local_id;
    theirs.edit(seen, FieldValue::of("tag", "Summer")).await;
    theirs.desk.sync_until_quiet().await.unwrap();

    clock.sleep(Duration::from_secs(120)).await;
    mine.desk.try_now().await;
    mine.desk.sync_until_quiet().await.unwrap();
    let item = mine.desk.outbox().await.unwrap().items.remove(0);
    assert_eq!((item.state, item.like.len()), (IntentState::Attention, 1));
    mine.desk.adopt_intent(item.id, item.like[0].number).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    assert_eq!(count(&hotel, "Barbecue"), 1);
    let detail = mine.record(id).await;
    let conflicts = mine.desk.record(id).await.unwrap().conflicts;
    assert!(detail.id.is_some());
    assert_eq!((detail.fields.text("tag").as_str(), conflicts.len()), ("Summer", 0), "what I left empty");
    assert_eq!(
        mine.offers().await.iter().filter(|offer| offer.fields.text("title") == "Barbecue").count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn work_done_offline_waits_in_sight_and_arrives_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hotel.sqlite");
    let (hotel, test_desk) = desk_at(Options::default().data(&data)).await;
    let port = hotel.port();
    hotel.stop().await;
    let known = test_desk.offers().await[0].clone();
    test_desk.edit(known.local_id, FieldValue::of("tag", "Offline")).await;
    let hash = test_desk.desk.prepare_picture(picture(3)).await.unwrap().hash;
    let new = test_desk.desk.create(Kind::Offer, offer("Made offline"), Some(hash)).await.unwrap();
    test_desk.edit(new, FieldValue::of("tag", "And edited")).await;
    test_desk
        .until("the offline pill", || async {
            (test_desk.desk.status().await.pill == Pill::Offline).then_some(())
        })
        .await;
    let test_desk = test_desk.restart().await;
    assert_eq!(test_desk.titled("Made offline").await.unwrap().fields.text("tag"), "And edited");
    assert_eq!(test_desk.desk.status().await.waiting, 3, "an edit, a create and its picture");
    let hotel = DemoHotel::start(Options::default().seed(7).port(port).data(&data)).await.unwrap();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    let made = stored(&hotel, "Made offline");
    assert_eq!(made["tag"], "And edited");
    assert!(made["photo_url"].is_string());
    assert_eq!(stored(&hotel, &known.fields.text("title"))["tag"], "Offline");
    assert_eq!(hotel.offers().len(), 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_made_and_deleted_offline_never_reaches_the_hotel() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let id = test_desk.desk.create(Kind::Offer, offer("Never mind"), None).await.unwrap();
    test_desk.desk.delete_entity(id).await.unwrap();
    hotel.reset_requests();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(hotel.requests().iter().all(|request| request.method == "GET"));
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_401_pauses_the_queue_and_the_password_lets_it_go_on() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let user = hotel.users().swap_remove(0);
    hotel.revoke_token(&user.username);
    let id = test_desk.desk.create(Kind::Offer, offer("Paused"), None).await.unwrap();
    test_desk
        .until("the question for the password", || async {
            (test_desk.desk.status().await.pill == Pill::SignInNeeded).then_some(())
        })
        .await;
    assert_eq!(count(&hotel, "Paused"), 0);
    test_desk.edit(id, FieldValue::of("tag", "typed meanwhile")).await;
    let wrong = test_desk.desk.sign_in_again("wrong").await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongPassword);
    test_desk.desk.sign_in_again(&user.password).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(stored(&hotel, "Paused")["tag"], "typed meanwhile");
}

/// Returns two manual desks with the same offer: the colleague has changed the title, this desk has changed the title
/// and a tag.
async fn conflict() -> (DemoHotel, TestDesk, hotelmate_core::ids::LocalId) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    let id = mine.desk.create(Kind::Offer, offer("Common"), None).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let seen = theirs.titled("Common").await.unwrap().local_id;
    theirs.edit(seen, FieldValue::of("title", "Theirs")).await;
    theirs.desk.sync_until_quiet().await.unwrap();
    mine.edit(id, FieldValue::of("title", "Mine")).await;
    mine.edit(id, FieldValue::of("tag", "Free")).await;
    mine.desk.sync_until_quiet().await.unwrap();
    (hotel, mine, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_blocks_only_its_field_and_shows_both_sides() {
    let (hotel, mine, id) = conflict().await;
    let there = stored(&hotel, "Theirs");
    assert_eq!(there["tag"], "Free", "the other field went on");
    let detail = mine.record(id).await;
    let conflicts = mine.desk.record(id).await.unwrap().conflicts;
    assert_eq!(detail.sync, SyncMark::Conflict);
    assert_eq!(detail.fields.text("title"), "Mine", "what I typed stays on my screen");
    let [conflict] = &conflicts[..] else { panic!("one conflict: {:?}", conflicts) };
    assert_eq!(conflict.field, Some(Field::from("title")));
    assert_eq!(conflict.theirs, Some(FieldValue::of("title", "Theirs")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_is_settled_as_the_person_chooses() {
    let edited = FieldValue::of("title", "Agreed");
    for (resolution, title) in [
        (Resolution::Mine, "Mine"),
        (Resolution::Theirs, "Theirs"),
        (Resolution::Edit { value: edited }, "Agreed"),
    ] {
        let (hotel, mine, id) = conflict().await;
        let conflict = mine.desk.record(id).await.unwrap().conflicts.remove(0);
        mine.desk.resolve_conflict(conflict.intent, conflict.field, resolution).await.unwrap();
        mine.desk.sync_until_quiet().await.unwrap();
        let shown = mine.record(id).await;
        assert_eq!((shown.fields.text("title").as_str(), shown.sync), (title, SyncMark::Saved));
        assert_eq!(count(&hotel, title), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_removed_there_and_changed_here_is_restored_or_dropped_as_the_person_chooses() {
    for restore in [true, false] {
        let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
        let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
        let id = mine.desk.create(Kind::Offer, offer("Contested"), None).await.unwrap();
        mine.desk.sync_until_quiet().await.unwrap();
        theirs.desk.sync_until_quiet().await.unwrap();
        theirs.desk.delete_entity(theirs.titled("Contested").await.unwrap().local_id).await.unwrap();
        theirs.desk.sync_until_quiet().await.unwrap();
        mine.edit(id, FieldValue::of("tag", "Mine")).await;
        mine.desk.sync_until_quiet().await.unwrap();
        let item = mine.desk.outbox().await.unwrap().items.remove(0);
        assert_eq!(item.state, IntentState::Attention);
        if restore {
            mine.desk.retry_intent(item.id).await.unwrap();
        } else {
            mine.desk.discard_intent(item.id).await.unwrap();
        }
        mine.desk.sync_until_quiet().await.unwrap();
        assert_eq!(count(&hotel, "Contested"), usize::from(restore));
        assert_eq!(mine.titled("Contested").await.is_some(), restore);
        assert!(mine.desk.outbox().await.unwrap().items.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_can_never_work_needs_a_person_in_the_hotels_words() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let refusal = StatusFault {
        code: 500,
        body: Some(serde_json::json!({"error": "Upload failed: Invalid image file"})),
    };
    hotel.set_faults(FaultPlan::of([Rule::new(Action::Status(refusal)).path("*/upload-image/")])).unwrap();
    let hash = test_desk.desk.prepare_picture(picture(5)).await.unwrap().hash;
    test_desk.desk.create(Kind::Offer, offer("Too large"), Some(hash)).await.unwrap();
    let item = until_item(&test_desk, "attention", |item| item.state == IntentState::Attention).await;
    assert!(item.reason.contains("Upload failed: Invalid image file"), "{}", item.reason);
    assert_eq!(count(&hotel, "Too large"), 1, "the offer itself is there");
    hotel.clear_faults();
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.until_saved().await;
    assert!(stored(&hotel, "Too large")["photo_url"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_an_upload_brought_back_after_its_deletion_is_shown() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    let id = mine.desk.create(Kind::Offer, offer("Lazarus"), None).await.unwrap();
    mine.until_saved().await;
    let seen = theirs.until_titled("Lazarus").await.local_id;
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::DelayMs(7500)).path("*/upload-image/").times(1)]))
        .unwrap();
    let hash = mine.desk.prepare_picture(picture(1)).await.unwrap().hash;
    theirs.desk.delete_entity(seen).await.unwrap();
    mine.desk.set_picture(id, Slot::Photo, Some(hash)).await.unwrap();
    theirs.until_saved().await;
    mine.until_saved().await;
    assert_eq!(count(&hotel, "Lazarus"), 1, "the hotel has it again");
    theirs.until_titled("Lazarus").await;
    mine.until_titled("Lazarus").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_on_one_account_send_each_intent_once() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let beside = test_desk.beside(Mode::Manual).await;
    for n in 0..5 {
        beside.create(Kind::Offer, offer(&format!("Beside {n}")), None).await.unwrap();
        test_desk.desk.create(Kind::Offer, offer(&format!("Window {n}")), None).await.unwrap();
    }
    let report = beside.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 0));
    for n in 0..5 {
        assert_eq!(count(&hotel, &format!("Beside {n}")), 1);
        assert_eq!(count(&hotel, &format!("Window {n}")), 1);
    }
    assert_eq!(test_desk.offers().await.len(), 24, "the window shows both");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_from_outside_that_is_another_persons_sends_none_of_my_work() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk.desk.create(Kind::Offer, offer("Mine"), None).await.unwrap();
    test_desk.desk.close().await;
    let as_rory = settings(&hotel, 1, test_desk.folder()).await;
    let desk = Desk::open(as_rory, Mode::Manual).await.unwrap();
    let refused = desk.sync_until_quiet().await.unwrap_err();
    assert_eq!(refused.code, hotelmate_core::error::ErrorCode::SignInNeeded);
    assert_eq!(count(&hotel, "Mine"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_text_wins_on_the_screen_and_at_the_hotel_however_the_intents_queued() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    let id = test_desk.desk.create(Kind::Offer, offer("Queued"), None).await.unwrap();
    test_desk.until_saved().await;
    // The first edit is in flight when the second is made; it then waits again, and a third follows.
    let slow = Rule::new(Action::DelayMs(400)).method("PATCH").times(1);
    let busy = Rule::new(Action::RateLimited { retry_after_s: 3 }).method("PATCH").times(1);
    hotel.set_faults(FaultPlan::of([slow, busy])).unwrap();
    test_desk.edit(id, FieldValue::of("tag", "first")).await;
    until_item(&test_desk, "on its way", |item| item.state == IntentState::InFlight).await;
    test_desk.edit(id, FieldValue::of("tag", "second")).await;
    until_item(&test_desk, "back in the queue", |item| {
        item.attempts > 0 && item.state == IntentState::Waiting
    })
    .await;
    test_desk.edit(id, FieldValue::of("tag", "third")).await;
    assert_eq!(test_desk.field(id, "tag").await, FieldValue::of("tag", "third"));
    test_desk.until_saved().await;
    assert_eq!(stored(&hotel, "Queued")["tag"], "third");
    assert_eq!(test_desk.desk.record(id).await.unwrap().conflicts, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_the_hotel_refuses_costs_no_text_that_waited_beside_it() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let id = test_desk.desk.create(Kind::Offer, offer("Kept"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let refusal = StatusFault { code: 403, body: Some(serde_json::json!({"detail": "Managers only."})) };
    hotel.set_faults(FaultPlan::of([Rule::new(Action::Status(refusal)).method("DELETE")])).unwrap();
    test_desk.edit(id, FieldValue::of("tag", "written before")).await;
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let refused = test_desk
        .desk
        .outbox()
        .await
        .unwrap()
        .items
        .into_iter()
        .find(|item| item.state == IntentState::Attention);
    test_desk.desk.discard_intent(refused.unwrap().id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(stored(&hotel, "Kept")["tag"], "written before");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_with_waiting_work_asks_and_can_keep_it() {
    let (hotel, test_desk) = desk_at(Options::default()).await;
    hotel.stop().await;
    test_desk.desk.create(Kind::Offer, offer("Unsent"), None).await.unwrap();
    let refused = test_desk.desk.sign_out(SignOutChoice::IfNothingWaits).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StillWaiting);
    test_desk.desk.sign_out(SignOutChoice::Keep).await.unwrap();
    assert!(test_desk.desk.session().await.is_none());
    let test_desk = test_desk.restart().await;
    assert!(test_desk.titled("Unsent").await.is_some());
}
