//! New offers go to the hotel one at a time, once each. The desk looks at the hotel for a create that may have been
//! carried out, and asks a person if that gives no answer.

use std::sync::Arc;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, LateCommit, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::ServerId;
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{Datum, FieldEdit, FieldValue, Fields};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{OutboxItem, SyncMark};
use jiff::Timestamp;
use pusher::time::Clock;
use serde_json::json;

/// The time for which a create can still be carried out, by the desks' clock.
const LATE: Duration = Duration::from_secs(120);
/// A hundred seconds of the desks' clock, in real milliseconds: longer than a desk waits for an answer.
const LATE_MS: u64 = 500;

/// A hotel on the desk's clock, and a desk that works by itself.
async fn desk_at() -> (DemoHotel, TestDesk, FastClock) {
    let clock = FastClock::default();
    let hotels = clock.clone();
    let now = move || Timestamp::from_duration(hotels.wall().try_into().unwrap()).unwrap();
    let hotel = DemoHotel::start(Options::default().seed(7).now(Arc::new(now))).await.unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    hotel.reset_requests();
    (hotel, test_desk, clock)
}

fn on_create(action: Action) -> Rule {
    Rule::new(action).method("POST").path("*/offers/").times(1)
}

/// Gives every row of every list a field that no desk can read.
fn unreadable_lists() -> Rule {
    Rule::new(odd_field()).method("GET").path("*/offers/?page=*")
}

fn odd_field() -> Action {
    Action::OddField { name: "sort_order".into(), value: json!({"place": "first"}) }
}

fn page_of_a_proxy(code: u16) -> StatusFault {
    StatusFault { code, body: Some("<h1>Welcome to the guests' network</h1>".into()) }
}

fn there(hotel: &DemoHotel, title: &str) -> usize {
    hotel.offers().iter().filter(|offer| offer["title"] == title).count()
}

fn creates(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|asked| asked.method == "POST" && asked.path.ends_with("/offers/")).count()
}

async fn until_creates(hotel: &DemoHotel, test_desk: &TestDesk, number: usize) {
    test_desk.until("a create that leaves", || async { (creates(hotel) >= number).then_some(()) }).await;
}

async fn until_item(test_desk: &TestDesk, what: &str, is: impl Fn(&OutboxItem) -> bool) -> OutboxItem {
    test_desk
        .until(what, || async {
            test_desk.desk.outbox().await.unwrap().items.into_iter().find(|item| is(item))
        })
        .await
}

/// A room type without a number of people.
fn attic() -> Fields {
    let fields = [("name", "Attic"), ("starting_price_from", "99.00"), ("currency", "EUR")];
    Fields(fields.map(|(name, value)| (name.to_owned(), Datum::Text(value.to_owned()))).into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_reads_the_list_first_keeps_the_next_one_back() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let test_desk = test_desk.restart().await;
    // The list cannot be read at first, so the first create reads it itself, slowly. The edit is done long before, and
    // the sender looks for more work. Both creates are slow and lose their answers.
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
    let edited = test_desk.offers().await[0].local_id;
    test_desk.desk.create(Kind::Offer, offer("First"), None).await.unwrap();
    test_desk.desk.create(Kind::Offer, offer("Second"), None).await.unwrap();
    test_desk.edit(edited, FieldValue::of("tag", "Quick")).await;
    let quiet = async { while test_desk.desk.sync_until_quiet().await.unwrap().waiting > 0 {} };
    tokio::time::timeout(Duration::from_secs(60), quiet).await.expect("an end in time");
    for title in ["First", "Second"] {
        let there = hotel.offers().iter().filter(|offer| offer["title"] == title).count();
        assert_eq!(there, 1, "{title}");
    }
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_names_its_number_is_a_yes_whatever_else_cannot_be_read_in_it() {
    let (hotel, test_desk, clock) = desk_at().await;
    hotel.set_faults(FaultPlan::of([on_create(odd_field())])).unwrap();
    let id = test_desk.desk.create(Kind::Offer, offer("Numbered"), None).await.unwrap();
    test_desk.until_saved().await;
    clock.sleep(LATE * 2).await;
    assert_eq!((creates(&hotel), there(&hotel, "Numbered")), (1, 1));
    let shown = test_desk.record(id).await;
    let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
    assert_eq!((shown.sync, conflicts), (SyncMark::Saved, vec![]));
    assert!(shown.id.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_can_never_be_read_is_made_once_and_shown_as_it_was_sent() {
    let (hotel, test_desk, clock) = desk_at().await;
    let never = Rule::new(odd_field()).path("*/offers/*");
    hotel.set_faults(FaultPlan::of([never])).unwrap();
    let id = test_desk.desk.create(Kind::Offer, offer("Unreadable"), None).await.unwrap();
    test_desk.until_saved().await;
    clock.sleep(LATE * 2).await;
    assert_eq!((creates(&hotel), there(&hotel, "Unreadable")), (1, 1));
    let shown = test_desk.record(id).await;
    assert_eq!((shown.fields.text("title").as_str(), shown.sync), ("Unreadable", SyncMark::Saved));
    assert!(shown.id.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_that_is_not_the_hotels_is_no_answer() {
    let stored = Action::StatusAfterCommit(page_of_a_proxy(200));
    for (how, action, times) in
        [("stored", stored, 1), ("not stored", Action::Status(page_of_a_proxy(201)), 2)]
    {
        let (hotel, test_desk, _) = desk_at().await;
        hotel.set_faults(FaultPlan::of([on_create(action)])).unwrap();
        test_desk.desk.create(Kind::Offer, offer("Portal"), None).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!((creates(&hotel), there(&hotel, "Portal")), (times, 1), "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_again_while_any_row_of_the_list_cannot_be_read() {
    let (hotel, test_desk, clock) = desk_at().await;
    hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit), unreadable_lists()])).unwrap();
    test_desk.desk.create(Kind::Offer, offer("Open"), None).await.unwrap();
    clock.sleep(LATE * 3).await;
    let item = until_item(&test_desk, "doubt", |item| item.is_doubtful).await;
    assert_eq!((creates(&hotel), item.state), (1, IntentState::Unclear));
    assert!(item.reason.contains("cannot be read whole"), "{}", item.reason);
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    assert_eq!((creates(&hotel), there(&hotel, "Open")), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_is_carried_out_late_is_made_once_however_the_program_ended() {
    for (how, action) in [
        (
            "nobody waits for the answer",
            Action::CommitLate(LateCommit { after_ms: LATE_MS, after_requests: None, answer: None }),
        ),
        (
            "a proxy answers",
            Action::CommitLate(LateCommit {
                after_ms: LATE_MS,
                after_requests: None,
                answer: Some(page_of_a_proxy(408)),
            }),
        ),
        ("the program waits for the answer", Action::DelayMs(LATE_MS)),
    ] {
        for end in ["goes on", "ends in order", "dies"] {
            let (hotel, test_desk, clock) = desk_at().await;
            hotel.set_faults(FaultPlan::of([on_create(action.clone())])).unwrap();
            test_desk.desk.create(Kind::Offer, offer("Late"), None).await.unwrap();
            until_creates(&hotel, &test_desk, 1).await;
            let test_desk = match end {
                "ends in order" => test_desk.restart().await,
                "dies" => test_desk.die().await,
                _ => test_desk,
            };
            test_desk.until_saved().await;
            clock.sleep(LATE * 2).await;
            assert_eq!((creates(&hotel), there(&hotel, "Late")), (1, 1), "{how}, {end}");
            assert_eq!(
                test_desk.offers().await.iter().filter(|o| o.fields.text("title") == "Late").count(),
                1,
                "{how}, {end}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_is_not_sent_again_before_the_first_try_is_out_of_time_whatever_becomes_of_the_clock() {
    for (set, end) in [(0, "goes on"), (86_400, "goes on"), (-86_400, "goes on"), (-86_400, "ends in order")]
    {
        let (hotel, test_desk, clock) = desk_at().await;
        hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit)])).unwrap();
        test_desk.desk.create(Kind::Offer, offer("Lost"), None).await.unwrap();
        until_creates(&hotel, &test_desk, 1).await;
        let left = clock.monotonic();
        clock.set_wall(set);
        let test_desk = if end == "goes on" { test_desk } else { test_desk.restart().await };
        test_desk.desk.try_now().await;
        until_creates(&hotel, &test_desk, 2).await;
        let waited = clock.monotonic() - left;
        // The desks' clock runs on while the test looks.
        assert!(waited >= LATE - Duration::from_secs(40), "{waited:?} after {set} s, {end}");
        test_desk.until_saved().await;
        assert_eq!((creates(&hotel), there(&hotel, "Lost")), (2, 1), "{set} s, {end}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_that_is_refused_leaves_the_first_try_open() {
    for action in [Action::RateLimited { retry_after_s: 30 }, Action::Unauthorized] {
        let (hotel, test_desk, _) = desk_at().await;
        hotel
            .set_faults(FaultPlan::of([
                on_create(Action::DropBeforeCommit),
                on_create(action.clone()).from_request(2),
            ]))
            .unwrap();
        test_desk.desk.create(Kind::Offer, offer("Repeated"), None).await.unwrap();
        until_creates(&hotel, &test_desk, 2).await;
        let item = until_item(&test_desk, "the refusal", |item| item.state != IntentState::InFlight).await;
        assert_eq!(item.state, IntentState::Unclear, "{action:?}");
        // The password is needed where the sign-in has ended, and refused where it has not.
        let _ = test_desk.desk.sign_in_again(&hotel.users()[0].password).await;
        test_desk.until_saved().await;
        assert_eq!((creates(&hotel), there(&hotel, "Repeated")), (3, 1), "{action:?}");
    }
}

/// A create whose answer is lost, with its picture, beside an offer that a colleague makes meanwhile.
async fn beside_a_likeness() -> (DemoHotel, TestDesk, hotelmate_core::ids::LocalId, OutboxItem) {
    let (hotel, test_desk, _) = desk_at().await;
    hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit)])).unwrap();
    let hash = test_desk.desk.prepare_picture(picture(3)).await.unwrap().hash;
    let id = test_desk.desk.create(Kind::Offer, offer("Barbecue"), Some(hash)).await.unwrap();
    until_creates(&hotel, &test_desk, 1).await;
    let like = offer("Barbecue").with("title", "Grill");
    colleague(&hotel, 1).await.create(Kind::Offer, &like).await.unwrap();
    let item = until_item(&test_desk, "the question", |item| item.state == IntentState::Attention).await;
    (hotel, test_desk, id, item)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_offer_that_is_only_like_it_is_asked_about_and_mine_is_made_when_i_say_no() {
    let (hotel, test_desk, _, item) = beside_a_likeness().await;
    let titles: Vec<&str> = item.like.iter().map(|like| like.title.as_str()).collect();
    assert_eq!((titles, there(&hotel, "Barbecue")), (vec!["Grill"], 0));
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!((there(&hotel, "Barbecue"), there(&hotel, "Grill")), (1, 1));
    let has_picture = |title: &str| {
        hotel.offers().iter().any(|offer| offer["title"] == title && offer["photo_url"].is_string())
    };
    assert_eq!((has_picture("Barbecue"), has_picture("Grill")), (true, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_with_a_create_goes_onto_the_offer_that_a_person_says_is_mine() {
    let (hotel, test_desk, id, item) = beside_a_likeness().await;
    test_desk.edit(id, FieldValue::of("tag", "Warm")).await;
    let other = test_desk.desk.adopt_intent(item.id, ServerId(1)).await.unwrap_err();
    assert_eq!(other.code, ErrorCode::TooLate, "only what was asked about can be the answer");
    test_desk.desk.adopt_intent(item.id, item.like[0].number).await.unwrap();
    test_desk.until_saved().await;
    let row = hotel.offers().into_iter().find(|offer| offer["title"] == "Grill").unwrap();
    assert_eq!((row["tag"].as_str(), row["photo_url"].is_string()), (Some("Warm"), true));
    assert_eq!(there(&hotel, "Barbecue"), 0);
    let shown = test_desk.record(id).await;
    let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
    assert_eq!((shown.fields.text("title").as_str(), conflicts.len()), ("Barbecue", 1), "nothing is lost");
    assert_eq!(test_desk.offers().await.iter().filter(|offer| offer.id == shown.id).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_a_likeness_that_a_colleague_removed_says_so_and_can_be_answered() {
    let (hotel, test_desk, _, item) = beside_a_likeness().await;
    colleague(&hotel, 1).await.delete(Kind::Offer, item.like[0].number).await.unwrap();
    let removed = until_item(&test_desk, "the removal", |one| one.id == item.id && one.like.is_empty()).await;
    assert_eq!(removed.code.as_deref(), Some("like_removed"));
    assert!(removed.reason.contains("it was removed since"), "{}", removed.reason);
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!((there(&hotel, "Barbecue"), there(&hotel, "Grill")), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_a_person_removed_and_then_says_is_mine_stays_with_what_was_typed() {
    let (hotel, test_desk, id, item) = beside_a_likeness().await;
    // Without a read of the offer its deletion waits.
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::DropBeforeCommit).method("GET").path("*/offers/*")]))
        .unwrap();
    let number = item.like[0].number;
    let double = async || test_desk.offers().await.into_iter().find(|offer| offer.id == Some(number));
    let double = test_desk.until("the other offer", double).await;
    test_desk.desk.delete_entity(double.local_id).await.unwrap();
    test_desk.edit(id, FieldValue::of("tag", "Warm")).await;
    test_desk.desk.adopt_intent(item.id, number).await.unwrap();
    assert_eq!(test_desk.record(id).await.fields.text("tag"), "Warm", "it is still on the screen");
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk.until_saved().await;
    let row = hotel.offers().into_iter().find(|offer| offer["title"] == "Grill").unwrap();
    assert_eq!(row["tag"], "Warm");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_whose_outcome_is_open_holds_up_its_own_kind_only() {
    let (hotel, test_desk, clock) = desk_at().await;
    hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit), unreadable_lists()])).unwrap();
    test_desk.desk.create(Kind::Offer, offer("Open"), None).await.unwrap();
    until_creates(&hotel, &test_desk, 1).await;
    test_desk.desk.create(Kind::Offer, offer("Behind"), None).await.unwrap();
    test_desk.desk.create(Kind::RoomType, attic(), None).await.unwrap();
    test_desk
        .until("the room type", || async {
            hotel.room_types().iter().any(|room| room["name"] == "Attic").then_some(())
        })
        .await;
    clock.sleep(LATE * 2).await;
    assert_eq!((creates(&hotel), there(&hotel, "Behind")), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_cannot_be_settled_is_discarded_or_sent_again_when_a_person_says_so() {
    for again in [false, true] {
        let (hotel, test_desk, _) = desk_at().await;
        hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit), unreadable_lists()])).unwrap();
        test_desk.desk.create(Kind::Offer, offer("Open"), None).await.unwrap();
        let sent = until_item(&test_desk, "an open outcome", |item| item.state == IntentState::Unclear).await;
        for early in
            [test_desk.desk.discard_doubtful(sent.id).await, test_desk.desk.send_again(sent.id).await]
        {
            assert_eq!(early.unwrap_err().code, ErrorCode::TooLate, "it may still be carried out");
        }
        let item = until_item(&test_desk, "doubt", |item| item.is_doubtful).await;
        assert!(item.discard_loses.contains("may be at the hotel already"), "{}", item.discard_loses);
        let unwarned = test_desk.desk.discard_intent(item.id).await.unwrap_err();
        assert_eq!(unwarned.code, ErrorCode::TooLate, "it is not done without a warning");
        match again {
            true => test_desk.desk.send_again(item.id).await.unwrap(),
            false => test_desk.desk.discard_doubtful(item.id).await.unwrap(),
        }
        test_desk.until_saved().await;
        assert_eq!((creates(&hotel), there(&hotel, "Open")), (1 + usize::from(again), usize::from(again)));
        assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_deleted_while_its_create_is_open_is_not_made_for_that() {
    for action in [
        Action::DropBeforeCommit,
        Action::CommitLate(LateCommit { after_ms: LATE_MS / 2, after_requests: None, answer: None }),
    ] {
        let (hotel, test_desk, clock) = desk_at().await;
        hotel.set_faults(FaultPlan::of([on_create(action.clone())])).unwrap();
        let id = test_desk.desk.create(Kind::Offer, offer("Regretted"), None).await.unwrap();
        until_creates(&hotel, &test_desk, 1).await;
        test_desk.desk.delete_entity(id).await.unwrap();
        test_desk.until_saved().await;
        clock.sleep(LATE).await;
        assert_eq!((creates(&hotel), there(&hotel, "Regretted")), (1, 0), "{action:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_puts_into_a_field_that_was_left_empty_is_no_colleagues_change() {
    let (hotel, test_desk, _) = desk_at().await;
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/room-types/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    let id = test_desk.desk.create(Kind::RoomType, attic(), None).await.unwrap();
    until_item(&test_desk, "an open outcome", |item| item.state == IntentState::Unclear).await;
    let people = |value| FieldValue::of("max_occupancy", value);
    let four = FieldEdit { was: people(Datum::Number(0)), now: people(Datum::Number(4)) };
    test_desk.desk.edit(id, vec![four]).await.unwrap();
    test_desk.until_saved().await;
    let people: Vec<_> = hotel
        .room_types()
        .iter()
        .filter(|room| room["name"] == "Attic")
        .map(|room| room["max_occupancy"].clone())
        .collect();
    assert_eq!(people, [json!(4)]);
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}
