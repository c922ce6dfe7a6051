//! Reading lists: pages that drift, absences, and servers that come back empty.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::{TestDesk, offer};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{Check, FindingState, Pill};
use serde_json::{Value, json};

async fn hotel(offers: usize) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).offers(offers)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_removed_between_two_pages_costs_no_other_offer_its_place() {
    let hotel = hotel(20).await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let first = theirs.offers().await[0].clone();
    theirs.desk.delete_entity(first.local_id).await.unwrap();
    // The second page is slow; meanwhile the first offer of the first page is removed.
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::DelayMs(700)).path("*offers/?page=2").times(1)]))
        .unwrap();
    let (read, removed) = tokio::join!(mine.desk.sync_until_quiet(), theirs.desk.sync_until_quiet());
    read.unwrap();
    removed.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    let mut here: Vec<i64> = mine.offers().await.iter().filter_map(|offer| offer.id).map(|id| id.0).collect();
    let mut there: Vec<i64> = hotel.offers().iter().map(|offer| offer["id"].as_i64().unwrap()).collect();
    here.sort_unstable();
    there.sort_unstable();
    assert_eq!(here, there);
    assert_eq!(here.len(), 33);
    assert_eq!(mine.activities().await.len(), 1, "one removal is told, and no other");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_removed_while_this_desk_was_off_is_gone_after_the_next_read() {
    let hotel = hotel(0).await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let removed = theirs.offers().await[3].clone();
    theirs.desk.delete_entity(removed.local_id).await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    assert_eq!(mine.titled(&removed.fields.text("title")).await, None);
    assert_eq!(mine.offers().await.len(), 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_that_comes_back_empty_does_not_empty_the_desk_until_a_person_says_so() {
    let first = hotel(0).await;
    let port = first.port();
    let test_desk = TestDesk::at(&first, 0).await;
    test_desk.until_live().await;
    first.stop().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hotel.sqlite");
    let second = DemoHotel::start(Options::default().seed(7).data(&data)).await.unwrap();
    let clerk = TestDesk::manual(&second, 0).await;
    clerk.desk.sync_until_quiet().await.unwrap();
    for offer in clerk.offers().await {
        clerk.desk.delete_entity(offer.local_id).await.unwrap();
    }
    clerk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(second.offers().len(), 0);
    second.stop().await;

    let _empty = DemoHotel::start(Options::default().seed(7).data(&data).port(port)).await.unwrap();
    test_desk.desk.try_now().await;
    test_desk
        .until("the notice", || async {
            let notices = test_desk.desk.status().await.notices;
            notices.iter().any(|notice| notice.code == ErrorCode::MassAbsence).then_some(())
        })
        .await;
    assert_eq!(test_desk.offers().await.len(), 14);
    test_desk.desk.accept_absences().await.unwrap();
    test_desk.until("an empty list", || async { test_desk.offers().await.is_empty().then_some(()) }).await;
    test_desk
        .until("the notice is gone", || async {
            let notices = test_desk.desk.status().await.notices;
            notices.iter().all(|notice| notice.code != ErrorCode::MassAbsence).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_change_arrives_beside_my_unsent_one_and_neither_is_lost() {
    let hotel = hotel(0).await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    let id = mine.desk.create(Kind::Offer, offer("Shared"), None).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    theirs.desk.sync_until_quiet().await.unwrap();
    let seen = theirs.titled("Shared").await.unwrap().local_id;
    mine.edit(id, FieldValue::of("tag", "mine")).await;
    theirs.edit(seen, FieldValue::of("sort_order", 9)).await;
    theirs.desk.sync_until_quiet().await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    let stored = hotel.offers().into_iter().find(|offer| offer["title"] == "Shared").unwrap();
    assert_eq!((&stored["tag"], &stored["sort_order"]), (&"mine".into(), &9.into()));
}

/// Answers every page of the offers with this one.
fn page(count: usize, rows: &[Value], more: bool) -> Rule {
    let next = more.then_some("http://hotel.example/?page=2");
    let body = json!({"count": count, "next": next, "previous": null, "results": rows});
    let answer = StatusFault { code: 200, body: Some(body) };
    Rule::new(Action::Status(answer)).method("GET").path("*/offers/?page=*")
}

fn pages_asked(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.path.contains("/offers/?page=")).count()
}

fn titled(hotel: &DemoHotel, title: &str) -> usize {
    hotel.offers().iter().filter(|offer| offer["title"] == title).count()
}

async fn synced(hotel: &DemoHotel) -> TestDesk {
    let test_desk = TestDesk::manual(hotel, 0).await;
    assert!(test_desk.desk.sync_until_quiet().await.unwrap().complete);
    test_desk
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_cannot_be_read_are_told_of_until_they_can() {
    let hotel = hotel(0).await;
    let mut rows = hotel.offers();
    for row in rows.iter_mut().take(3) {
        row["title"] = json!({"en": "a title of a later version"});
    }
    hotel.set_faults(FaultPlan::of([page(14, &rows, false)])).unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.unreadable, report.offers), (3, 11));
    assert!(report.message.contains("cannot read 3 offers"), "{report:?}");
    // The notice is shown without another read, too.
    let test_desk = test_desk.restart().await;
    let status = test_desk.desk.status().await;
    assert_eq!(status.unreadable, 3);
    assert_eq!(status.notices[0].code, ErrorCode::UnreadableRows);
    test_desk.desk.run_checks().await;
    let diagnosis = test_desk.desk.diagnosis().await;
    let lists = diagnosis.findings.iter().find(|finding| finding.check == Check::Lists).unwrap();
    assert_eq!(lists.state, FindingState::Warning);
    hotel.clear_faults();
    assert_eq!(test_desk.desk.sync_until_quiet().await.unwrap().unreadable, 0);
    assert_eq!(test_desk.desk.status().await.notices, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_gives_the_same_page_again_and_again_is_not_asked_without_end() {
    let hotel = hotel(0).await;
    let first: Vec<Value> = hotel.offers().into_iter().take(10).collect();
    hotel.set_faults(FaultPlan::of([page(14, &first, true)])).unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    hotel.reset_requests();
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(!report.complete && report.offers == 10, "{report:?}");
    assert!(pages_asked(&hotel) <= 8, "{}", pages_asked(&hotel));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_knows_no_pages_and_gives_everything_at_once_is_read() {
    let hotel = hotel(0).await;
    hotel.set_faults(FaultPlan::of([page(14, &hotel.offers(), true)])).unwrap();
    let test_desk = synced(&hotel).await;
    assert_eq!(test_desk.offers().await.len(), 14);
    test_desk.desk.create(Kind::Offer, offer("New"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(titled(&hotel, "New"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_is_always_wrong_keeps_no_new_offer_back_and_removes_none() {
    for count in [15, 3] {
        let hotel = hotel(0).await;
        let test_desk = synced(&hotel).await;
        let rows: Vec<Value> = hotel.offers().into_iter().skip(1).collect();
        hotel.set_faults(FaultPlan::of([page(count, &rows, false)])).unwrap();
        let test_desk = test_desk.restart().await;
        test_desk.desk.create(Kind::Offer, offer("New"), None).await.unwrap();
        let report = test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(report.complete && report.waiting == 0, "{report:?}");
        assert_eq!(titled(&hotel, "New"), 1);
        // It is not known which entities such a list leaves out.
        let asked = hotel.requests();
        let is_one = |path: &str| path.contains("/offers/") && !path.contains("/offers/?page=");
        assert!(!asked.iter().any(|request| request.method == "GET" && is_one(&request.path)));
        assert_eq!(test_desk.offers().await.len(), 15);
        let diagnosis = test_desk.desk.diagnosis().await;
        let lists = diagnosis.findings.iter().find(|finding| finding.check == Check::Lists).unwrap();
        assert!(lists.text.contains("counts its offers wrong"), "{lists:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_offer_that_cannot_be_read_either_keeps_no_new_one_back() {
    let hotel = hotel(0).await;
    let test_desk = synced(&hotel).await;
    let rows: Vec<Value> = hotel.offers().into_iter().skip(1).collect();
    let missing = format!("*/offers/{}/", hotel.offers()[0]["id"]);
    let broken = Rule::new(Action::Status(StatusFault { code: 500, body: None })).path(&missing);
    hotel.set_faults(FaultPlan::of([page(13, &rows, false), broken])).unwrap();
    let test_desk = test_desk.restart().await;
    test_desk.desk.create(Kind::Offer, offer("New"), None).await.unwrap();
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(report.complete && report.waiting == 0, "{report:?}");
    assert_eq!(titled(&hotel, "New"), 1);
    assert_eq!(test_desk.offers().await.len(), 15, "what cannot be read is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_fails_keeps_no_other_from_being_read() {
    let hotel = hotel(0).await;
    let failed = Rule::new(Action::Status(StatusFault { code: 500, body: None })).path("*/offers/*");
    hotel.set_faults(FaultPlan::of([failed])).unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    let status = test_desk.desk.status().await;
    assert!(!report.complete && report.message.contains("does not give its offers"), "{report:?}");
    // The screens show the same reason, and nothing is called saved.
    assert_eq!(status.read_failure.map(|failure| failure.message), Some(report.message));
    assert_eq!(status.pill, Pill::Unknown);
    assert_eq!(test_desk.desk.records(Kind::RoomType).await.unwrap().records.len(), hotel.room_types().len());
    assert!(test_desk.desk.branding().await.unwrap().is_some());
    assert_eq!(test_desk.desk.status().await.last_sync, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_reading_that_fails_is_said_with_its_reason_until_one_succeeds() {
    let hotel = hotel(0).await;
    let failed = Rule::new(Action::Status(StatusFault { code: 500, body: None })).path("*/offers/*");
    hotel.set_faults(FaultPlan::of([failed])).unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &FastClock::default()).await;
    let failure =
        test_desk.until("the reason", || async { test_desk.desk.status().await.read_failure }).await;
    assert_eq!(failure.code, ErrorCode::ListOutage, "{failure:?}");
    hotel.clear_faults();
    test_desk.desk.try_now().await;
    test_desk
        .until("a reading that succeeds", || async {
            let status = test_desk.desk.status().await;
            (status.read_failure.is_none() && status.last_sync.is_some()).then_some(())
        })
        .await;
}
