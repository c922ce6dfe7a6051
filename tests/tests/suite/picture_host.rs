//! The pictures are on another company's host: its failures affect only pictures, never the hotel.

use std::collections::BTreeSet;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::{FastClock, Hands};
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::ids::LocalId;
use hotelmate_core::model::IntentState;
use hotelmate_core::records::Slot;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{NewImage, OutboxItem, Pill};

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

/// Every failure of the pictures' host.
fn failures() -> [(&'static str, Action); 4] {
    let status = |code| Action::Status(StatusFault { code, body: None });
    [
        ("blocked", Action::DropBeforeCommit),
        ("wants a sign-in", Action::Unauthorized),
        ("has too much to do", Action::RateLimited { retry_after_s: 600 }),
        ("has a trouble of its own", status(503)),
    ]
}

/// Makes every request for a picture fail.
fn no_picture(action: Action) -> Rule {
    Rule::new(action).method("GET").path("*/media/*")
}

async fn until_item(test_desk: &TestDesk, what: &str, is: impl Fn(&OutboxItem) -> bool) -> OutboxItem {
    test_desk
        .until(what, || async {
            test_desk.desk.outbox().await.unwrap().items.into_iter().find(|item| is(item))
        })
        .await
}

async fn assert_at_ease(test_desk: &TestDesk, how: &str) {
    let status = test_desk.desk.status().await;
    assert!(!matches!(status.pill, Pill::Offline | Pill::SignInNeeded), "{how}: {status:?}");
}

fn uploads(hotel: &DemoHotel, end: &str) -> usize {
    hotel.requests().iter().filter(|request| request.path.ends_with(end)).count()
}

/// An offer with an upload whose answer was lost, while the hotel's picture cannot be read.
async fn in_doubt(
    hotel: &DemoHotel,
    test_desk: &TestDesk,
    how: &str,
    action: Action,
) -> (LocalId, OutboxItem) {
    let id = test_desk.desk.create(Kind::Offer, offer(how), None).await.unwrap();
    test_desk.until_saved().await;
    let lost = Rule::new(Action::DropAfterCommit).path("*/upload-image/").times(1);
    hotel.set_faults(FaultPlan::of([lost, no_picture(action)])).unwrap();
    hotel.reset_requests();
    let hash = test_desk.desk.prepare_picture(picture(u8::try_from(how.len()).unwrap())).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(hash)).await.unwrap();
    let item = until_item(test_desk, how, |item| item.state == IntentState::Attention).await;
    (id, item)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_whose_host_fails_concerns_that_picture_only_and_ends_with_a_person() {
    let (hotel, clock) = (hotel().await, FastClock::of_speed(10));
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    for (how, action) in failures() {
        let (id, item) = in_doubt(&hotel, &test_desk, how, action).await;
        assert!(item.reason.contains("the server of the pictures"), "{how}: {}", item.reason);
        assert!(item.can_retry, "{how}");
        assert_at_ease(&test_desk, how).await;
        let other =
            test_desk.desk.create(Kind::Offer, offer(&format!("{how}, beside it")), None).await.unwrap();
        test_desk
            .until("the other one saved", || async {
                let shown = test_desk.desk.record(other).await.ok();
                shown.and_then(|shown| shown.record.id)
            })
            .await;
        hotel.clear_faults();
        test_desk.desk.retry_intent(item.id).await.unwrap();
        test_desk
            .until("nothing left", || async {
                test_desk.desk.outbox().await.unwrap().items.is_empty().then_some(())
            })
            .await;
        assert_eq!(uploads(&hotel, "/upload-image/"), 1, "{how}: it was there, and is not sent again");
        assert!(test_desk.record(id).await.photo().picture.is_some(), "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_picture_for_the_place_of_one_in_doubt_conflicts_with_nobody() {
    let (hotel, clock) = (hotel().await, FastClock::of_speed(10));
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let (id, _) = in_doubt(&hotel, &test_desk, "in its place", Action::Unauthorized).await;
    hotel.clear_faults();
    let hash = test_desk.desk.prepare_picture(picture(200)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(hash.clone())).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    assert_eq!(test_desk.record(id).await.photo().picture, Some(hash));
    assert_eq!(uploads(&hotel, "/upload-image/"), 2, "the first one was there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_in_doubt_can_be_dropped() {
    let (hotel, clock) = (hotel().await, FastClock::of_speed(10));
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let (_, item) = in_doubt(&hotel, &test_desk, "dropped", Action::Unauthorized).await;
    test_desk.desk.discard_intent(item.id).await.unwrap();
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gallery_picture_that_cannot_be_looked_at_is_not_uploaded_twice() {
    let (hotel, clock) = (hotel().await, FastClock::of_speed(10));
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let gallery = test_desk
        .until("the gallery", || async {
            test_desk.desk.galleries().await.unwrap().galleries.into_iter().next()
        })
        .await;
    let lost = Rule::new(Action::DropAfterCommit).path("*/upload/").times(1);
    hotel.set_faults(FaultPlan::of([lost, no_picture(Action::Unauthorized)])).unwrap();
    hotel.reset_requests();
    let hash = test_desk.desk.prepare_picture(picture(77)).await.unwrap().hash;
    let image = NewImage { picture: hash, caption: String::new() };
    test_desk.desk.add_images(gallery.local_id, vec![image], None).await.unwrap();
    let item = until_item(&test_desk, "a question", |item| item.state == IntentState::Attention).await;
    assert_at_ease(&test_desk, "the gallery").await;
    hotel.clear_faults();
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk
        .until("nothing left", || async {
            test_desk.desk.outbox().await.unwrap().items.is_empty().then_some(())
        })
        .await;
    assert_eq!(uploads(&hotel, "/upload/"), 1);
}

/// Returns the number of requests for pictures.
fn asked(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.path.contains("/media/")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_cannot_be_had_are_asked_for_less_and_less_often_and_never_given_up() {
    let (hotel, hands) = (hotel().await, Hands::default());
    let removed = Action::Status(StatusFault { code: 404, body: None });
    hotel.set_faults(FaultPlan::of([no_picture(removed)])).unwrap();
    let address = ([127, 0, 0, 1], hotel.port()).into();
    let test_desk = TestDesk::reaching(address, &hotel, 0, &hands).await;
    let pass =
        |minutes: u64| hands.pass_in_steps(&hotel, Duration::from_secs(60 * minutes), Duration::from_secs(2));
    pass(1).await;
    let paths = hotel.requests().into_iter().map(|request| request.path);
    let addresses = paths.filter(|path| path.contains("/media/")).collect::<BTreeSet<_>>().len();
    assert!(addresses > 5, "the hotel has pictures: {addresses}");
    pass(4).await;
    hotel.reset_requests();
    pass(10).await;
    // One request each quarter of a minute would be 40 for each address.
    let often = asked(&hotel);
    assert!(often >= addresses / 2 && often <= 5 * addresses, "{often} times for {addresses} addresses");
    // A person presses “try now”, which ends the waits.
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    let all_here = || async {
        let offers = test_desk.offers().await;
        offers.iter().all(|offer| offer.photo().url.is_none() || offer.photo().picture.is_some())
    };
    let passed = hands.pass_until(&hotel, Duration::from_secs(30), all_here).await;
    assert!(passed.is_some(), "{:#?}", test_desk.offers().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_were_refused_once_come_without_a_restart() {
    let (hotel, clock) = (hotel().await, FastClock::of_speed(20));
    let page = StatusFault { code: 200, body: Some("<h1>Please sign in to the network</h1>".into()) };
    let portal = no_picture(Action::Status(page)).times(40);
    hotel.set_faults(FaultPlan::of([portal])).unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk
        .until("every picture", || async {
            let offers = test_desk.offers().await;
            let all =
                offers.iter().all(|offer| offer.photo().url.is_none() || offer.photo().picture.is_some());
            (all && !offers.is_empty()).then_some(())
        })
        .await;
}
