//! Changes that are missed during an outage of the events are read after it: all of them, once, and nothing else.
//!
//! The sockets and the hotel are real; the time is moved by hand. No outage affects the colleague.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::{Hands, quiesce};
use desk_tests::line::Line;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer};
use hotelmate_core::engine::debounce::HOLD;
use hotelmate_core::engine::spread::{BURST, LONGEST_WAIT, SPREAD};
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::{Kind, Location, ONLY_ONE};
use hotelmate_core::views::{Change, EventEntry, LiveState, Pill};
use serde_json::json;

const SECOND: Duration = Duration::from_secs(1);
/// The time from the confirmed channel to the end of the read that it asks for.
const READ: Duration = BURST.saturating_add(SPREAD).saturating_add(SECOND);
/// The longest wait of the socket once it can be opened again.
const RETURN: Duration = LONGEST_WAIT.saturating_add(SPREAD);

/// A desk that is live and has read everything, with no request under way.
struct Scene {
    hotel: DemoHotel,
    line: Line,
    hands: Hands,
    test_desk: TestDesk,
}

impl Scene {
    async fn of(options: Options, is_direct: bool) -> Self {
        let hotel = DemoHotel::start(options.seed(7)).await.unwrap();
        let (line, hands) = (Line::to(hotel.port()).await, Hands::default());
        let address = if is_direct { ([127, 0, 0, 1], hotel.port()).into() } else { line.address() };
        let test_desk = TestDesk::reaching(address, &hotel, 0, &hands).await;
        let scene = Self { hotel, line, hands, test_desk };
        let live = scene.hands.pass_until(&scene.hotel, 20 * SECOND, || async { scene.hears() }).await;
        live.expect("a live desk");
        scene.hands.pass(&scene.hotel, 20 * SECOND).await;
        scene.hotel.reset_requests();
        scene
    }

    async fn new() -> Self {
        Self::of(Options::default(), false).await
    }

    /// Returns true if the desk listens at the hotel.
    fn hears(&self) -> bool {
        self.hotel.listeners(&format!("hotel-{}", self.hotel.slug())) == 1
    }

    /// Returns the number of times that the desk has read everything; no other client reads lists.
    fn whole_reads(&self) -> usize {
        let is_first_page = |path: &str| path.ends_with("/offers/?page=1");
        self.hotel.requests().iter().filter(|request| is_first_page(&request.path)).count()
    }

    /// Refuses new sockets and closes the open ones.
    fn refuse_sockets(&self) {
        self.hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketRefuse(4200))])).unwrap();
        self.hotel.close_sockets(4200);
    }

    async fn until_heard(&self) {
        let back = self.hands.pass_until(&self.hotel, RETURN, || async { self.hears() }).await;
        assert!(
            back.is_some(),
            "the desk comes back within {RETURN:?}: {:#?}",
            self.test_desk.desk.status().await
        );
    }

    /// Checks that one whole read brings everything after the return of the events, long before a scheduled one.
    async fn assert_closed_by_one_read(&self, what: &str) {
        self.hotel.reset_requests();
        let has_read = || async { self.whole_reads() > 0 };
        let passed = self.hands.pass_until(&self.hotel, 2 * READ, has_read).await;
        assert!(passed.is_some(), "{what}: nothing was read");
        self.hands.pass(&self.hotel, 20 * SECOND).await;
        assert_eq!(self.whole_reads(), 1, "{what}: whole reads after the gap");
        self.assert_same_as_hotel(what).await;
    }

    /// Checks that the desk shows the hotel's offers in the same order. A slow disk may still be writing the last read.
    async fn assert_same_as_hotel(&self, what: &str) {
        let at_hotel = at_hotel(&self.hotel).await;
        let until_same = self
            .hands
            .pass_until(&self.hotel, 20 * SECOND, || async { shown(&self.test_desk).await == at_hotel });
        until_same.await;
        let shown = shown(&self.test_desk).await;
        let differs = |(here, there): &(&String, &String)| here != there;
        let first = shown.iter().zip(&at_hotel).find(differs);
        assert_eq!(
            (first, shown.len()),
            (None, at_hotel.len()),
            "{what}: the first difference, and how much there is"
        );
    }
}

/// Returns the content that the desk shows, without its local ids.
async fn shown(test_desk: &TestDesk) -> Vec<String> {
    let mut offers: Vec<_> =
        test_desk.offers().await.into_iter().map(|offer| (offer.id, offer.fields)).collect();
    offers.sort_by_key(|(id, _)| *id);
    let rooms = test_desk.desk.records(Kind::RoomType).await.unwrap().records;
    let galleries = test_desk.desk.galleries().await.unwrap().galleries;
    // Addresses begin with the hotel's address, which differs.
    let path = |url: &String| url.split_once("/media/").map(|(_, path)| path.to_owned());
    let pictures =
        galleries.iter().flat_map(|gallery| &gallery.images).map(|image| image.url.as_ref().and_then(path));
    [
        offers.iter().map(|offer| format!("{offer:?}")).collect::<Vec<_>>(),
        rooms.iter().map(|room| format!("{:?}", room.fields)).collect(),
        vec![format!(
            "{:?}",
            test_desk.desk.branding().await.unwrap().map(|branding| branding.record.fields)
        )],
        pictures.map(|picture| format!("{picture:?}")).collect(),
        vec![format!("{:?}", test_desk.desk.duty().await.unwrap().is_on_duty())],
    ]
    .concat()
}

/// Returns the hotel's content, as a new desk reads it.
async fn at_hotel(hotel: &DemoHotel) -> Vec<String> {
    let reader = TestDesk::manual(hotel, 0).await;
    reader.desk.sync_until_quiet().await.unwrap();
    shown(&reader).await
}

/// Another person's changes, one of every kind, none with an event that the desk could receive.
async fn everything_changes(hotel: &DemoHotel) {
    let (api, me) = (colleague(hotel, 1).await, colleague(hotel, 0).await);
    let ids: Vec<ServerId> =
        hotel.offers().iter().map(|offer| ServerId(offer["id"].as_i64().unwrap())).collect();
    let made = offer("Made in the gap");
    api.create(Kind::Offer, &made).await.unwrap();
    let title = FieldValue::of("title", "Changed in the gap");
    api.edit(Kind::Offer, ids[1], &[title]).await.unwrap();
    api.delete(Kind::Offer, ids[2]).await.unwrap();
    let text = |name: &str, text: &str| FieldValue::of(name, text);
    let room = ServerId(hotel.room_types()[0]["id"].as_i64().unwrap());
    api.edit(Kind::RoomType, room, &[text("bed_setup", "Changed in the gap")]).await.unwrap();
    api.edit(Kind::Branding, ONLY_ONE, &[text("slogan", "Changed in the gap")]).await.unwrap();
    let mut pictures: Vec<String> =
        hotel.gallery().iter().map(|url| url.as_str().unwrap().to_owned()).collect();
    pictures.reverse();
    api.order_images(GalleryDialect::Flat, ONLY_ONE, &pictures).await.unwrap();
    me.toggle_clock().await.unwrap();
    quiesce(hotel).await;
}

/// Checks that the desk still shows none of them.
async fn assert_nothing_seen(scene: &Scene) {
    let shown = shown(&scene.test_desk).await.concat();
    assert!(!shown.contains("in the gap"), "{shown}");
}

/// Only the events fail; the hotel itself answers requests.
async fn outage_of_events(length: Duration) {
    let scene = Scene::new().await;
    scene.refuse_sockets();
    scene.hands.pass(&scene.hotel, length).await;
    // At the last moment, so that no scheduled read can have brought it.
    everything_changes(&scene.hotel).await;
    assert_nothing_seen(&scene).await;
    scene.hotel.clear_faults();
    scene.until_heard().await;
    scene.assert_closed_by_one_read(&format!("{length:?} without events")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seconds_without_events_are_read_up_once() {
    outage_of_events(2 * SECOND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minute_without_events_is_read_up_once() {
    outage_of_events(30 * SECOND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_minutes_without_events_are_read_up_once() {
    outage_of_events(600 * SECOND).await;
}

/// The whole connection is cut. The desk may ask the hotel again before the events are back; no event contains the
/// changes of the outage.
async fn outage_of_everything(length: Duration) {
    let scene = Scene::new().await;
    scene.hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketRefuse(4200))])).unwrap();
    scene.line.cut();
    scene.hands.pass_in_steps(&scene.hotel, length, 2 * SECOND).await;
    assert_eq!(scene.hotel.requests().len(), 0, "the line is cut");
    scene.line.mend();
    // The longest time that a desk may wait before it asks the hotel again.
    scene.hands.pass(&scene.hotel, LONGEST_WAIT).await;
    let reads = scene.whole_reads();
    assert!(reads <= 2, "{reads} whole reads while only the events are away");
    everything_changes(&scene.hotel).await;
    assert_nothing_seen(&scene).await;
    scene.hotel.clear_faults();
    scene.until_heard().await;
    scene.assert_closed_by_one_read(&format!("{length:?} without a line")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seconds_without_a_line_are_read_up_once() {
    outage_of_everything(2 * SECOND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minute_without_a_line_is_read_up_once() {
    outage_of_everything(30 * SECOND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_minutes_without_a_line_are_read_up_once() {
    outage_of_everything(600 * SECOND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_that_the_socket_outlived_is_read_up_once() {
    let scene = Scene::new().await;
    // Events during the machine's sleep are lost, though the socket does not know.
    scene.hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    everything_changes(&scene.hotel).await;
    scene.hotel.clear_faults();
    assert_nothing_seen(&scene).await;
    scene.hands.clock.suspend(600 * SECOND);
    // The clocks are compared within a second or two, and the socket has three to answer a ping.
    scene.hands.pass(&scene.hotel, SECOND).await;
    assert!(scene.hears(), "the socket has outlived it");
    scene.assert_closed_by_one_read("a sleep with a live socket").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_that_killed_the_socket_is_read_up_once() {
    let scene = Scene::new().await;
    scene.hotel.silence_sockets();
    quiesce(&scene.hotel).await;
    everything_changes(&scene.hotel).await;
    assert_nothing_seen(&scene).await;
    scene.hands.clock.suspend(600 * SECOND);
    scene.until_heard().await;
    scene.assert_closed_by_one_read("a sleep with a dead socket").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_events_than_the_queue_holds_are_read_up_once() {
    let scene = Scene::new().await;
    let channel = format!("hotel-{}", scene.hotel.slug());
    // The desk's own database is kept busy, so that the first event cannot be stored and all others wait in the queue.
    let accounts = std::fs::read_dir(scene.test_desk.folder().join("accounts")).unwrap();
    let database = accounts.flatten().next().unwrap().path().join("desk.sqlite");
    let busy = rusqlite::Connection::open(database).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut first = scene.hotel.offers().remove(0);
    first["tag"] = "The first of many".into();
    scene.hotel.publish(&channel, "offer-updated", &json!({"action": "updated", "offer": first}));
    // A little more than the queue holds (16 MiB): the desk's write fails after some seconds of real time, and all
    // events have to be there by then.
    let filling = "x".repeat(8_000);
    for number in 0..2_500 {
        scene.hotel.publish(&channel, "of-no-interest", &json!({"number": number, "filling": filling}));
    }
    everything_changes(&scene.hotel).await;
    busy.execute_batch("ROLLBACK").unwrap();
    drop(busy);
    // Real time: the queue is emptied before the clock moves on.
    let reported = |entry: &EventEntry| entry.event.contains("too many came at once");
    let overflow = || async { scene.test_desk.desk.event_log(0).entries.iter().any(reported).then_some(()) };
    scene.test_desk.until("the gap being told", overflow).await;
    scene.assert_closed_by_one_read("an overflow").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_server_is_read_up_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hotel.sqlite");
    let Scene { hotel, line, hands, test_desk } = Scene::of(Options::default().data(&data), false).await;
    let port = hotel.port();
    hotel.stop().await;
    // Another server process answers the colleague meanwhile.
    let other = DemoHotel::start(Options::default().seed(7).data(&data)).await.unwrap();
    hands.pass(&other, 5 * SECOND).await;
    everything_changes(&other).await;
    other.stop().await;
    let hotel = DemoHotel::start(Options::default().seed(7).data(&data).port(port)).await.unwrap();
    let scene = Scene { hotel, line, hands, test_desk };
    assert_nothing_seen(&scene).await;
    scene.until_heard().await;
    let early = scene.whole_reads();
    scene.hands.pass(&scene.hotel, 2 * READ + LONGEST_WAIT).await;
    let reads = scene.whole_reads();
    assert!(
        reads <= early + 1 && reads <= 2,
        "{early} whole reads before the events were back, {reads} in all"
    );
    scene.assert_same_as_hotel("a restart").await;
}

/// Returns the number of reads of `me`, with which every whole read begins.
fn tries(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.path.ends_with("/me/")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_up_but_fails_is_asked_less_and_less() {
    let scene = Scene::new().await;
    let broken =
        Rule::new(Action::Status(StatusFault { code: 502, body: None })).method("GET").path("/api/*");
    scene.hotel.set_faults(FaultPlan::of([broken])).unwrap();
    scene.hotel.close_sockets(4200);
    scene.hands.pass_in_steps(&scene.hotel, 600 * SECOND, SECOND).await;
    let tries = tries(&scene.hotel);
    assert!((10..=70).contains(&tries), "{tries} tries in ten minutes");
    scene.hotel.clear_faults();
    scene.hotel.reset_requests();
    scene.hands.pass(&scene.hotel, 2 * LONGEST_WAIT).await;
    assert_eq!(scene.whole_reads(), 1, "whole reads once it answers again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_to_be_left_alone_is_left_alone() {
    let scene = Scene::new().await;
    let busy = Rule::new(Action::RateLimited { retry_after_s: 120 }).method("GET").path("/api/*");
    scene.hotel.set_faults(FaultPlan::of([busy])).unwrap();
    scene.hotel.close_sockets(4200);
    let channel = format!("hotel-{}", scene.hotel.slug());
    let mut offer = scene.hotel.offers().remove(0);
    for number in 0..60 {
        // The desk applies these events, and sends no additional requests because of them.
        offer["tag"] = format!("Event {number}").into();
        scene.hotel.publish(&channel, "offer-updated", &json!({"action": "updated", "offer": offer}));
        scene.hands.pass_in_steps(&scene.hotel, 10 * SECOND, SECOND).await;
    }
    let asked = scene.hotel.requests().iter().filter(|request| request.path.starts_with("/api/")).count();
    assert!((2..=8).contains(&asked), "{asked} requests in ten minutes");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_network_does_not_overrule_an_event_server_that_is_over_its_quota() {
    let scene = Scene::new().await;
    scene.hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketRefuse(4004))])).unwrap();
    scene.hotel.close_sockets(4004);
    let tries = || scene.hotel.requests().iter().filter(|request| request.path.contains("/app/")).count();
    scene.hands.pass(&scene.hotel, SECOND).await;
    for _ in 0..10 {
        scene.test_desk.desk.network_changed().await;
        scene.hands.pass(&scene.hotel, 2 * SECOND).await;
    }
    assert_eq!(tries(), 0, "the quota frees itself in minutes");
    scene.test_desk.desk.try_now().await;
    let tried = scene.hands.pass_until(&scene.hotel, 5 * SECOND, || async { tries() > 0 }).await;
    assert!(tried.is_some(), "a person may ask at any time");
}

/// Returns the announced changes that would make screens draw anew.
fn repaints(feed: &mut tokio::sync::broadcast::Receiver<Change>) -> Vec<Change> {
    let is_quiet = |change: &Change| {
        matches!(change, Change::Status | Change::Diagnosis | Change::Live { .. } | Change::History)
    };
    std::iter::from_fn(|| feed.try_recv().ok()).filter(|change| !is_quiet(change)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_in_which_nothing_happened_draws_nothing_anew() {
    let scene = Scene::new().await;
    let mut feed = scene.test_desk.desk.changes();
    scene.hotel.close_sockets(4200);
    scene.until_heard().await;
    scene.assert_closed_by_one_read("a gap without news").await;
    assert_eq!(repaints(&mut feed), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_read_that_confirms_an_event_draws_nothing_anew() {
    // An event names pictures by the hotel's own address, so the desk must use that address.
    let scene = Scene::of(Options::default(), true).await;
    let edited = ServerId(scene.hotel.offers()[0]["id"].as_i64().unwrap());
    let tag = FieldValue::of("tag", "Told by an event");
    colleague(&scene.hotel, 1).await.edit(Kind::Offer, edited, &[tag]).await.unwrap();
    let is_reported = || async {
        scene.test_desk.offers().await.iter().any(|offer| offer.fields.text("tag") == "Told by an event")
    };
    scene.hands.pass_until(&scene.hotel, SECOND, is_reported).await.expect("the event");
    let mut feed = scene.test_desk.desk.changes();
    scene.hands.pass(&scene.hotel, READ).await;
    let confirmed = |path: &str| path.ends_with(&format!("/offers/{edited}/"));
    let asked = scene.hotel.requests();
    assert!(asked.iter().any(|request| request.method == "GET" && confirmed(&request.path)));
    assert_eq!(repaints(&mut feed), []);
}

/// Returns the pill and the live state at every step of this time, without repetitions.
async fn seen_during(scene: &Scene, time: Duration) -> Vec<(Pill, LiveState)> {
    let mut seen = Vec::new();
    let mut left = time;
    while !left.is_zero() {
        scene.hands.pass(&scene.hotel, SECOND / 2).await;
        left = left.saturating_sub(SECOND / 2);
        let status = scene.test_desk.desk.status().await;
        seen.push((status.pill, status.live));
    }
    seen.dedup();
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_a_few_seconds_is_not_seen() {
    let scene = Scene::new().await;
    let mut feed = scene.test_desk.desk.changes();
    scene.hotel.close_sockets(4200);
    assert_eq!(seen_during(&scene, 2 * HOLD).await, [(Pill::Saved, LiveState::Live)]);
    assert!(scene.hears());
    // The end of the whole read announces the new read time of each list; the connection announces nothing.
    let has_list =
        |kind: &&Kind| !matches!(kind.resource().location, Location::One { .. } | Location::Own { .. });
    let lists = Kind::ALL.iter().filter(has_list).count();
    let reported = std::iter::from_fn(|| feed.try_recv().ok());
    assert!(reported.filter(|change| *change == Change::Status).count() <= lists);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_lasts_is_seen_and_its_end_at_once() {
    let scene = Scene::new().await;
    scene.line.cut();
    let seen = seen_during(&scene, HOLD - SECOND).await;
    // After the first failed request it is unknown whether the hotel can be reached; nothing is called saved meanwhile.
    assert_eq!(seen, [(Pill::Saved, LiveState::Live), (Pill::Unknown, LiveState::Live)]);
    // The hotel is asked at a random time of the spread, and its silence has to last as well.
    scene.hands.pass(&scene.hotel, BURST + SPREAD + HOLD).await;
    let status = scene.test_desk.desk.status().await;
    assert_eq!((status.pill, status.live), (Pill::Offline, LiveState::Connecting));
    assert!(status.live_cause.is_some());
    let mut feed = scene.test_desk.desk.changes();
    scene.line.mend();
    scene.until_heard().await;
    let is_shown = || async { scene.test_desk.desk.status().await.live == LiveState::Live };
    let late = scene.hands.pass_until(&scene.hotel, SECOND, is_shown).await;
    assert!(late.is_some(), "the return is shown");
    assert!(std::iter::from_fn(|| feed.try_recv().ok()).any(|change| change == Change::Status));
}
