//! After a failure of any kind a write is sent again by itself, on the program's own timers. A person has to act only
//! where the program cannot.

use std::sync::Arc;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{NewImage, Pill, SyncMark};
use jiff::Timestamp;
use pusher::time::Clock;
use serde_json::{Value, json};

/// Longer than a desk on the fast clock waits for the answer to a write; in milliseconds of real time.
const HANG_MS: u64 = 400;

fn wall(clock: &FastClock) -> Timestamp {
    Timestamp::from_duration(clock.wall().try_into().unwrap()).unwrap()
}

/// A hotel on the desk's clock, and a desk that works by itself.
async fn desk_at(options: Options) -> (DemoHotel, TestDesk, FastClock) {
    let clock = FastClock::default();
    let hotels = clock.clone();
    let options = options.seed(7).now(Arc::new(move || wall(&hotels)));
    let hotel = DemoHotel::start(options).await.unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    (hotel, test_desk, clock)
}

fn titled(hotel: &DemoHotel, title: &str) -> Vec<Value> {
    hotel.offers().into_iter().filter(|row| row["title"] == title).collect()
}

fn creates(hotel: &DemoHotel) -> usize {
    let is_create = |path: &str| path.ends_with("/offers/");
    hotel.requests().iter().filter(|request| request.method == "POST" && is_create(&request.path)).count()
}

fn page(code: u16) -> StatusFault {
    StatusFault { code, body: None }
}

fn on_create(action: Action) -> Rule {
    Rule::new(action).method("POST").path("*/offers/").times(1)
}

/// Returns the failures that end by themselves, each with its rules and the number of times that the create has to
/// leave: a second time only if the hotel did not store it.
fn passing_failures() -> Vec<(&'static str, Vec<Rule>, usize)> {
    let untold = StatusFault { code: 429, body: Some(json!({"detail": "Request was throttled."})) };
    // The event host answers last, when the offer is stored.
    let hang_after = Rule::new(Action::EventHostHangingMs(HANG_MS)).event("offers-updated").times(1);
    vec![
        ("dropped before it was stored", vec![on_create(Action::DropBeforeCommit)], 2),
        ("dropped after it was stored", vec![on_create(Action::DropAfterCommit)], 1),
        (
            "no answer in time, not stored",
            vec![on_create(Action::DelayMs(HANG_MS)), on_create(Action::DropBeforeCommit)],
            2,
        ),
        ("no answer in time, stored", vec![hang_after], 1),
        ("500, not stored", vec![on_create(Action::Status(page(500)))], 2),
        ("503, not stored", vec![on_create(Action::Status(page(503)))], 2),
        ("500 although stored", vec![on_create(Action::StatusAfterCommit(page(500)))], 1),
        ("429 without a time", vec![on_create(Action::Status(untold))], 2),
        ("429 with a time", vec![on_create(Action::RateLimited { retry_after_s: 3 })], 2),
        ("cut answer", vec![on_create(Action::TruncatedBody)], 1),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_goes_out_again_by_itself_after_every_passing_failure_and_only_if_it_was_not_stored() {
    let (hotel, test_desk, _) = desk_at(Options::default()).await;
    for (how, rules, times) in passing_failures() {
        hotel.set_faults(FaultPlan::of(rules)).unwrap();
        hotel.reset_requests();
        let id = test_desk.desk.create(Kind::Offer, offer(how), None).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(titled(&hotel, how).len(), 1, "{how}");
        assert_eq!(creates(&hotel), times, "{how}");
        let shown = test_desk.record(id).await;
        let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
        assert_eq!((shown.sync, conflicts.len()), (SyncMark::Saved, 0), "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_whose_first_read_fails_in_any_way_goes_out_by_itself() {
    let (hotel, test_desk, _) = desk_at(Options::default()).await;
    let known = test_desk.offers().await[0].clone();
    for (how, action) in [
        ("dropped", Action::DropBeforeCommit),
        ("cut", Action::TruncatedBody),
        ("503", Action::Status(page(503))),
        ("busy", Action::RateLimited { retry_after_s: 3 }),
    ] {
        let read = Rule::new(action).method("GET").path("*/offers/*").times(3);
        hotel.set_faults(FaultPlan::of([read])).unwrap();
        test_desk.edit(known.local_id, FieldValue::of("tag", how)).await;
        test_desk.until_saved().await;
        assert_eq!(titled(&hotel, &known.fields.text("title"))[0]["tag"], how);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_that_refuses_connections_is_tried_until_it_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hotel.sqlite");
    let (hotel, test_desk, _) = desk_at(Options::default().data(&data)).await;
    let port = hotel.port();
    hotel.stop().await;
    test_desk.desk.create(Kind::Offer, offer("Offline"), None).await.unwrap();
    test_desk
        .until("the offline pill", || async {
            (test_desk.desk.status().await.pill == Pill::Offline).then_some(())
        })
        .await;
    let hotel = DemoHotel::start(Options::default().seed(7).port(port).data(&data)).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(titled(&hotel, "Offline").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_that_a_busy_hotel_names_is_waited_for_in_full() {
    // This is longer than any wait of our own.
    const ASKED: Duration = Duration::from_secs(120);
    let (hotel, test_desk, clock) = desk_at(Options::default()).await;
    let busy = Action::RateLimited { retry_after_s: ASKED.as_secs() };
    hotel.set_faults(FaultPlan::of([on_create(busy)])).unwrap();
    let wanted = wall(&clock);
    test_desk.desk.create(Kind::Offer, offer("Patient"), None).await.unwrap();
    test_desk.until_saved().await;
    let stored: Timestamp = titled(&hotel, "Patient")[0]["created_at"].as_str().unwrap().parse().unwrap();
    let waited = Duration::try_from(stored.duration_since(wanted)).unwrap();
    assert!(waited >= ASKED, "stored {waited:?} after the wish");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_in_mid_queue_stops_the_rest_until_the_password_is_there() {
    let (hotel, test_desk, _) = desk_at(Options::default()).await;
    let second = Rule::new(Action::Unauthorized).method("POST").path("*/offers/").from_request(2).times(1);
    hotel.set_faults(FaultPlan::of([second])).unwrap();
    hotel.reset_requests();
    let titles = ["First", "Second", "Third"];
    let mut made = Vec::new();
    for title in titles {
        made.push(test_desk.desk.create(Kind::Offer, offer(title), None).await.unwrap());
    }
    test_desk
        .until("the question for the password", || async {
            (test_desk.desk.status().await.pill == Pill::SignInNeeded).then_some(())
        })
        .await;
    assert_eq!(titles.map(|title| titled(&hotel, title).len()), [1, 0, 0]);
    assert_eq!(creates(&hotel), 2, "nothing is sent without a sign-in");
    test_desk.desk.sign_in_again(&hotel.users()[0].password).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(titles.map(|title| titled(&hotel, title).len()), [1, 1, 1]);
    assert_eq!(creates(&hotel), 4);
    for (id, title) in made.into_iter().zip(titles) {
        assert_eq!(test_desk.record(id).await.fields.text("title"), title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_intent_goes_out_again_when_the_person_says_so_and_not_before() {
    for (code, body) in [(400, json!({"title": ["Not like this."]})), (422, json!({"error": "Not today."}))] {
        let (hotel, test_desk, clock) = desk_at(Options::default()).await;
        let refusal = Action::Status(StatusFault { code, body: Some(body) });
        hotel.set_faults(FaultPlan::of([on_create(refusal)])).unwrap();
        hotel.reset_requests();
        test_desk.desk.create(Kind::Offer, offer("Refused"), None).await.unwrap();
        let find = || async {
            let items = test_desk.desk.outbox().await.unwrap().items;
            items.into_iter().find(|item| item.state == IntentState::Attention)
        };
        let item = test_desk.until("the refusal", find).await;
        // This is ten times as long as any wait between two tries.
        clock.sleep(Duration::from_secs(600)).await;
        assert_eq!((creates(&hotel), titled(&hotel, "Refused").len()), (1, 0), "{code}");
        test_desk.desk.retry_intent(item.id).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!((creates(&hotel), titled(&hotel, "Refused").len()), (2, 1), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_that_fail_again_and_again_are_no_reason_to_give_up_a_write_whose_answer_was_lost() {
    for action in [Action::Status(page(503)), Action::RateLimited { retry_after_s: 1 }] {
        let (hotel, test_desk, _) = desk_at(Options::default()).await;
        let reads = Rule::new(action).method("GET").path("*/offers/*").times(8);
        hotel.set_faults(FaultPlan::of([on_create(Action::DropBeforeCommit), reads])).unwrap();
        test_desk.desk.create(Kind::Offer, offer("Unread"), None).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(titled(&hotel, "Unread").len(), 1, "{:#?}", test_desk.desk.outbox().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_right_after_an_upload_makes_no_conflict_with_ones_own_picture() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let known = test_desk.offers().await[0].clone();
    let hash = test_desk.desk.prepare_picture(picture(9)).await.unwrap().hash;
    test_desk.desk.set_picture(known.local_id, Slot::Photo, Some(hash.clone())).await.unwrap();
    // The offer is read before the upload, and again after it.
    let again = Rule::new(Action::Unauthorized).method("GET").path("*/offers/*/").from_request(2).times(1);
    hotel.set_faults(FaultPlan::of([again])).unwrap();
    hotel.reset_requests();
    assert!(test_desk.desk.sync_until_quiet().await.unwrap().sign_in_needed);
    test_desk.desk.sign_in_again(&hotel.users()[0].password).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = test_desk.record(known.local_id).await;
    let conflicts = test_desk.desk.record(known.local_id).await.unwrap().conflicts;
    assert_eq!((conflicts, shown.photo().picture), (vec![], Some(hash)));
    let uploads = hotel.requests().iter().filter(|request| request.path.contains("upload-image")).count();
    assert_eq!(uploads, 1);
}

/// Returns the faults of an edit, each with the stable name of the reason and a part of its sentence.
fn reasons() -> Vec<(Rule, &'static str, &'static str)> {
    let on_edit = |action| Rule::new(action).method("PATCH").path("*/offers/*/");
    let on_read = |action| Rule::new(action).method("GET").path("*/offers/*/");
    let login_page = StatusFault { code: 200, body: Some(json!("<h1>Welcome to the guest network</h1>")) };
    vec![
        (on_edit(Action::Unauthorized), "sign_in_needed", "your password"),
        (on_edit(Action::RateLimited { retry_after_s: 3600 }), "busy", "is busy"),
        (on_edit(Action::Status(page(500))), "server_trouble", "server failed"),
        (on_edit(Action::DropBeforeCommit), "unclear", "No answer"),
        (on_read(Action::Status(login_page)), "not_read", "cannot be read"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_says_why_it_waits_in_a_sentence_and_by_a_stable_name() {
    for (rule, code, sentence) in reasons() {
        let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
        let test_desk = TestDesk::fast_manual(&hotel, 0, &FastClock::default()).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        hotel.set_faults(FaultPlan::of([rule])).unwrap();
        let id = test_desk.offers().await.remove(0).local_id;
        test_desk.edit(id, FieldValue::of("tag", "Now")).await;
        let _ = test_desk.desk.sync_until_quiet().await;
        let item = test_desk.desk.outbox().await.unwrap().items.remove(0);
        assert_eq!(item.code.as_deref(), Some(code), "{}", item.reason);
        assert!(item.reason.contains(sentence), "{}", item.reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_wrote_over_at_the_same_moment_is_not_called_a_busy_hotel() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::fast_manual(&hotel, 0, &FastClock::default()).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    // The hotel accepts the list, and the next read shows a colleague's list.
    let taken = StatusFault { code: 200, body: Some(json!({"message": "Gallery reordered"})) };
    let over = Rule::new(Action::Status(taken)).path("*/gallery/reorder/");
    hotel.set_faults(FaultPlan::of([over])).unwrap();
    let gallery = test_desk.desk.galleries().await.unwrap().galleries.remove(0).local_id;
    let picture = test_desk.desk.prepare_picture(picture(9)).await.unwrap().hash;
    let image = NewImage { picture, caption: String::new() };
    test_desk.desk.add_images(gallery, vec![image], None).await.unwrap();
    let item = test_desk
        .until("the reason", || async {
            test_desk.desk.try_now().await;
            test_desk.desk.sync_until_quiet().await.unwrap();
            test_desk.desk.outbox().await.unwrap().items.pop().filter(|item| item.code.is_some())
        })
        .await;
    assert_eq!((item.code.as_deref(), item.state), (Some("overwritten"), IntentState::Waiting));
    assert!(item.reason.contains("A colleague wrote at the same moment."), "{}", item.reason);
}
