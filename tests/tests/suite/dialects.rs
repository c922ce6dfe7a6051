//! The parts that a desk finds at its server, and its behaviour where one is missing.

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::desk::SyncReport;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::model::IntentState;
use hotelmate_core::resources::{Kind, ONLY_ONE};
use hotelmate_core::views::{Capabilities, Check, Finding, FindingState, NewImage};
use serde_json::json;

async fn hotel(dialect: Dialect) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).dialect(dialect)).await.unwrap()
}

async fn synced(hotel: &DemoHotel) -> TestDesk {
    let test_desk = TestDesk::manual(hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk
}

fn options(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method == "OPTIONS").count()
}

async fn capabilities(test_desk: &TestDesk) -> Capabilities {
    test_desk.desk.capabilities().await.unwrap()
}

/// An address that this server does not have: it sends a page for a browser, as older servers do.
fn unknown(path: &str) -> Rule {
    let page = StatusFault { code: 404, body: Some(json!("<h1>Page not found</h1>")) };
    Rule::new(Action::Status(page)).path(path)
}

/// An address that this server does not have: it sends JSON, as newer servers do.
fn unknown_in_json(path: &str) -> Rule {
    let reported = StatusFault { code: 404, body: Some(json!({"detail": "Not found."})) };
    Rule::new(Action::Status(reported)).path(path)
}

/// A desk that does nothing by itself, and its clock.
async fn desk_at(hotel: &DemoHotel) -> (TestDesk, FastClock) {
    let clock = FastClock::of_speed(1);
    (TestDesk::fast_manual(hotel, 0, &clock).await, clock)
}

async fn sync(test_desk: &TestDesk) -> SyncReport {
    test_desk.desk.sync_until_quiet().await.unwrap()
}

/// Reads now, and again a good minute later.
async fn sync_twice(test_desk: &TestDesk, clock: &FastClock) -> SyncReport {
    sync(test_desk).await;
    clock.set_wall(61);
    sync(test_desk).await
}

async fn lists(test_desk: &TestDesk) -> Finding {
    let diagnosis = test_desk.desk.diagnosis().await;
    diagnosis.findings.into_iter().find(|finding| finding.check == Check::Lists).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_dialect_is_recognised_by_what_its_server_has() {
    for (dialect, removes, has_captions) in
        [(Dialect::Documents, true, false), (Dialect::Galleries, false, true)]
    {
        let test_desk = synced(&hotel(dialect).await).await;
        let can = capabilities(&test_desk).await;
        assert_eq!((can.gallery_removal.write, can.captions.write), (removes, has_captions));
        assert!(
            can.of(Kind::Gallery).write
                && can.of(Kind::Offer).write
                && can.of(Kind::RoomType).write
                && can.of(Kind::Branding).write
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flat_gallery_is_found_under_the_settings_as_well() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("/api/staff/hotel/killarney/gallery/*")])).unwrap();
    let test_desk = synced(&hotel).await;
    let gallery = test_desk.desk.galleries().await.unwrap().galleries.remove(0);
    let image = NewImage {
        picture: test_desk.desk.prepare_picture(picture(1)).await.unwrap().hash,
        caption: String::new(),
    };
    test_desk.desk.add_images(gallery.local_id, vec![image], None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(hotel.gallery().len(), gallery.images.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_gallery_is_changed_is_asked_once_and_remembered() {
    let hotel = hotel(Dialect::Documents).await;
    let test_desk = synced(&hotel).await;
    let asked = options(&hotel);
    assert!(asked > 0 && capabilities(&test_desk).await.known);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let test_desk = test_desk.restart().await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(options(&hotel), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gallery_of_an_unknown_shape_can_be_looked_at_and_says_why_not_more() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/gallery/*")])).unwrap();
    let (test_desk, clock) = desk_at(&hotel).await;
    sync(&test_desk).await;
    assert!(capabilities(&test_desk).await.of(Kind::Gallery).write, "one answer says little");
    clock.set_wall(61);
    assert!(sync(&test_desk).await.complete);
    let can = capabilities(&test_desk).await;
    assert!(
        can.of(Kind::Gallery).read && !can.of(Kind::Gallery).write && can.of(Kind::Gallery).reason.is_some(),
        "{:?}",
        can.of(Kind::Gallery)
    );
    assert!(can.of(Kind::Branding).write && can.of(Kind::RoomType).write, "the rest is as ever");
    let shown = test_desk.desk.galleries().await.unwrap().galleries.remove(0);
    assert_eq!(shown.images.len(), hotel.gallery().len());
    // The part is asked for with every read.
    hotel.clear_faults();
    sync(&test_desk).await;
    assert!(capabilities(&test_desk).await.of(Kind::Gallery).write);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_for_a_gallery_that_was_not_found_once_waits_and_goes() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/gallery/*").times(2)])).unwrap();
    let test_desk = synced(&hotel).await;
    let gallery = test_desk.desk.galleries().await.unwrap().galleries.remove(0);
    let prepared = test_desk.desk.prepare_picture(picture(1)).await.unwrap();
    let image = NewImage { picture: prepared.hash, caption: String::new() };
    test_desk.desk.add_images(gallery.local_id, vec![image], None).await.unwrap();
    assert_eq!(sync(&test_desk).await.attention, 0);
    assert_eq!(hotel.gallery().len(), gallery.images.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_does_not_have_is_not_offered_and_everything_else_works() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/room-types/*"), unknown("*/room-types/")])).unwrap();
    let (test_desk, clock) = desk_at(&hotel).await;
    assert!(sync_twice(&test_desk, &clock).await.complete);
    let can = capabilities(&test_desk).await;
    assert!(!can.of(Kind::RoomType).read && can.of(Kind::RoomType).reason.is_some());
    assert!(can.of(Kind::Offer).write && test_desk.desk.branding().await.unwrap().is_some());
    let status = test_desk.desk.status().await;
    assert!(status.online == Some(true) && status.last_sync.is_some());
    assert_eq!(status.absent, ["This hotel’s server has no room types."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_of_rows_are_read_with_their_names_and_pictures() {
    let hotel = hotel(Dialect::Galleries).await;
    let test_desk = synced(&hotel).await;
    let galleries = test_desk.desk.galleries().await.unwrap().galleries;
    let there = hotel.gallery();
    assert_eq!(galleries.len(), there.len());
    for (shown, there) in galleries.iter().zip(&there) {
        assert_eq!(shown.name, there["name"].as_str().unwrap());
        assert_eq!(shown.images.len(), there["images"].as_array().unwrap().len());
    }
    let refused = colleague(&hotel, 0).await.remove_image(GalleryDialect::Objects, "1").await;
    assert!(refused.is_err(), "no server lets anybody remove a row");
    assert!(colleague(&hotel, 0).await.gallery(GalleryDialect::Flat, ONLY_ONE).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_that_there_are_no_offers_is_an_outage_and_the_next_reading_brings_them() {
    for rule in [unknown("*/offers/*"), unknown_in_json("*/offers/*")] {
        let hotel = hotel(Dialect::Documents).await;
        hotel.set_faults(FaultPlan::of([rule.times(1)])).unwrap();
        let test_desk = synced(&hotel).await;
        assert!(capabilities(&test_desk).await.of(Kind::Offer).read);
        assert_eq!(test_desk.desk.status().await.absent, Vec::<String>::new());
        assert_eq!(lists(&test_desk).await.state, FindingState::Failed);
        assert_eq!(
            test_desk.desk.records(Kind::RoomType).await.unwrap().records.len(),
            hotel.room_types().len()
        );
        let report = sync(&test_desk).await;
        assert!(report.complete && report.offers == 14, "{report:?}");
        assert_eq!(lists(&test_desk).await.state, FindingState::Ok);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_were_read_before_are_out_and_never_absent() {
    let hotel = hotel(Dialect::Documents).await;
    let (test_desk, clock) = desk_at(&hotel).await;
    assert!(sync(&test_desk).await.complete);
    let read = test_desk.desk.status().await.last_sync;
    hotel.set_faults(FaultPlan::of([unknown("*/offers/*")])).unwrap();
    clock.set_wall(600);
    let report = sync_twice(&test_desk, &clock).await;
    assert!(!report.complete && report.message.contains("does not give its offers"), "{report:?}");
    let status = test_desk.desk.status().await;
    assert_eq!((status.last_sync, status.absent.len()), (read, 0));
    assert!(status.notices.iter().any(|notice| notice.code == ErrorCode::ListOutage), "{status:?}");
    assert_eq!(test_desk.offers().await.len(), 14);
    test_desk.desk.create(Kind::Offer, offer("Meanwhile"), None).await.unwrap();
    hotel.clear_faults();
    assert!(sync(&test_desk).await.complete);
    let status = test_desk.desk.status().await;
    assert!(status.notices.is_empty() && status.last_sync > read, "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_offers_says_so_everywhere_and_takes_no_intent_for_one() {
    let sentence = "This hotel’s server has no offers.";
    for rule in [unknown("*/offers/*"), unknown_in_json("*/offers/*")] {
        let hotel = hotel(Dialect::Documents).await;
        hotel.set_faults(FaultPlan::of([rule])).unwrap();
        let (test_desk, clock) = desk_at(&hotel).await;
        assert!(!sync(&test_desk).await.complete);
        clock.set_wall(61);
        let report = sync(&test_desk).await;
        assert_eq!((report.complete, report.absent), (true, vec![sentence.to_owned()]));
        let can = capabilities(&test_desk).await.of(Kind::Offer).clone();
        assert_eq!((can.read, can.reason.as_deref()), (false, Some(sentence)));
        let status = test_desk.desk.status().await;
        assert_eq!((status.absent, status.notices), (vec![sentence.to_owned()], vec![]));
        assert!(status.last_sync.is_some());
        let found = lists(&test_desk).await;
        assert!(found.state == FindingState::Ok && found.text.starts_with(sentence), "{found:?}");
        let refused = test_desk.desk.create(Kind::Offer, offer("Nowhere"), None).await.unwrap_err();
        assert_eq!((refused.code, refused.message.as_str()), (ErrorCode::NotAllowed, sentence));
        // The other parts of the hotel are there.
        assert_eq!(
            test_desk.desk.records(Kind::RoomType).await.unwrap().records.len(),
            hotel.room_types().len()
        );
        assert!(test_desk.desk.branding().await.unwrap().is_some());
        // The part is asked for anew with every read.
        hotel.clear_faults();
        let report = sync(&test_desk).await;
        assert!(report.offers == 14 && report.absent.is_empty(), "{report:?}");
        test_desk.desk.create(Kind::Offer, offer("Here"), None).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_waits_where_there_are_none_needs_a_person_until_there_are() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/offers/*")])).unwrap();
    let (test_desk, clock) = desk_at(&hotel).await;
    sync(&test_desk).await;
    test_desk.desk.create(Kind::Offer, offer("Early"), None).await.unwrap();
    sync(&test_desk).await;
    let item = test_desk.desk.outbox().await.unwrap().items.remove(0);
    assert_eq!(
        item.reason,
        "The hotel’s server does not give its offers now. This is tried again by itself."
    );
    assert!(item.attempts <= 2, "{item:?}");
    clock.set_wall(61);
    test_desk.desk.retry_intent(item.id).await.unwrap();
    let report = sync(&test_desk).await;
    assert_eq!((report.waiting, report.attention), (0, 1));
    let item = test_desk.desk.outbox().await.unwrap().items.remove(0);
    assert_eq!(item.state, IntentState::Attention);
    assert!(item.reason.starts_with("This hotel’s server has no offers.") && item.can_retry, "{item:?}");
    test_desk.desk.retry_intent(item.id).await.unwrap();
    assert_eq!(sync(&test_desk).await.attention, 1, "still none");
    hotel.clear_faults();
    let report = sync(&test_desk).await;
    assert_eq!((report.waiting, report.attention), (0, 0));
    assert_eq!(hotel.offers().iter().filter(|offer| offer["title"] == "Early").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_a_server_that_does_not_know_the_person_says_nothing_about_what_it_has() {
    let hotel = hotel(Dialect::Documents).await;
    let nobody = StatusFault { code: 403, body: Some(json!({"detail": "No."})) };
    // The first check has two requests; the second one follows the answer about the offers.
    let at_once = Rule::new(Action::Status(nobody)).path("*/me/").from_request(3).times(1);
    let (test_desk, clock) = desk_at(&hotel).await;
    hotel.set_faults(FaultPlan::of([unknown("*/offers/*"), at_once])).unwrap();
    assert!(!sync_twice(&test_desk, &clock).await.complete, "only one of the two answers counts");
    clock.set_wall(61);
    assert!(sync(&test_desk).await.complete);
}
