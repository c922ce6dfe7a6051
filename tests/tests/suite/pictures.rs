//! Pictures that follow one another before the hotel has answered.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::model::IntentState;
use hotelmate_core::records::Slot;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::SyncMark;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_picture_while_the_first_is_on_its_way_conflicts_with_nobody() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Twice pictured"), None).await.unwrap();
    test_desk.until_saved().await;
    let slow = Rule::new(Action::DelayMs(1000)).path("*/upload-image/").times(1);
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    let first = test_desk.desk.prepare_picture(picture(10)).await.unwrap().hash;
    let second = test_desk.desk.prepare_picture(picture(200)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(first)).await.unwrap();
    test_desk
        .until("the first picture on its way", || async {
            let items = test_desk.desk.outbox().await.unwrap().items;
            items.iter().any(|item| item.state == IntentState::InFlight).then_some(())
        })
        .await;
    test_desk.desk.set_picture(id, Slot::Photo, Some(second.clone())).await.unwrap();
    test_desk.until_saved().await;
    let shown = test_desk.record(id).await;
    let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
    assert_eq!((conflicts, shown.sync), (vec![], SyncMark::Saved));
    assert_eq!(shown.photo().picture, Some(second));
    let uploads = hotel.requests().iter().filter(|request| request.path.contains("upload-image")).count();
    assert_eq!(uploads, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_followed_by_the_next_one_also_where_only_an_event_has_named_the_one_before_both() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Thrice pictured"), None).await.unwrap();
    test_desk.until_saved().await;
    let mut pictures = Vec::new();
    for red in [10, 100, 200] {
        pictures.push(test_desk.desk.prepare_picture(picture(red)).await.unwrap().hash);
    }
    // The event of the first upload comes before its answer: until then only the address is known, no path.
    let number = test_desk.record(id).await.id.unwrap();
    let upload = || count(&hotel, "POST", "upload-image");
    let read = Rule::new(Action::DelayMs(1500)).method("GET").path(&format!("*/offers/{}/", number.0));
    let slow = Rule::new(Action::DelayMs(1500)).path("*/upload-image/").from_request(2).times(1);
    hotel.set_faults(FaultPlan::of([read.from_request(2).times(2), slow])).unwrap();
    let in_flight = |what: IntentState| {
        let desk = test_desk.desk.clone();
        async move { desk.outbox().await.unwrap().items.iter().any(|item| item.state == what).then_some(()) }
    };
    test_desk.desk.set_picture(id, Slot::Photo, Some(pictures[0].clone())).await.unwrap();
    test_desk
        .until("the event of the first upload", || async {
            let log = test_desk.desk.event_log(0);
            log.entries.iter().any(|entry| entry.event == "offer-image-updated").then_some(())
        })
        .await;
    test_desk.desk.set_picture(id, Slot::Photo, Some(pictures[1].clone())).await.unwrap();
    test_desk.until("the second upload", || async { (upload() == 2).then_some(()) }).await;
    test_desk.until("it being on its way", || in_flight(IntentState::InFlight)).await;
    test_desk.desk.set_picture(id, Slot::Photo, Some(pictures[2].clone())).await.unwrap();
    test_desk.until_saved().await;
    let shown = test_desk.record(id).await;
    let conflicts = test_desk.desk.record(id).await.unwrap().conflicts;
    assert_eq!((conflicts, shown.sync), (vec![], SyncMark::Saved));
    assert_eq!(shown.photo().picture.as_ref(), pictures.last());
    assert_eq!(upload(), 3);
}

/// A server without a request for uploads: it sends the page for an unknown address.
fn without_upload_image() -> Rule {
    let page = StatusFault { code: 404, body: Some("<h1>Not Found</h1>".into()) };
    Rule::new(Action::Status(page)).path("*/upload-image/")
}

fn count(hotel: &DemoHotel, method: &str, end: &str) -> usize {
    let is = |request: &&demo_hotel::LoggedRequest| request.method == method && request.path.contains(end);
    hotel.requests().iter().filter(is).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_without_upload_image_a_picture_goes_up_as_a_field_of_the_offer() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    hotel.set_faults(FaultPlan::of([without_upload_image()])).unwrap();
    let clock = FastClock::default();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let hidden = offer("As a field").with("is_active", false);
    let shown = offer("Shown").with("is_active", true);
    for content in [hidden, shown] {
        let (title, active) = (content.text("title"), content.flag("is_active"));
        let hash = test_desk.desk.prepare_picture(picture(10)).await.unwrap().hash;
        let id = test_desk.desk.create(Kind::Offer, content, Some(hash.clone())).await.unwrap();
        test_desk.until_saved().await;
        assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
        assert_eq!(test_desk.record(id).await.photo().picture, Some(hash));
        let stored = hotel.offers().into_iter().find(|offer| offer["title"] == title.as_str()).unwrap();
        assert!(stored["photo_url"].is_string());
        assert_eq!(stored["is_active"], active, "a form without it leaves it as it is");
    }
    assert_eq!(count(&hotel, "POST", "upload-image"), 1, "it is remembered");
    // The server is asked again after a day: it may have the request by then.
    hotel.clear_faults();
    clock.set_wall(25 * 3600);
    let id = test_desk.titled("Shown").await.unwrap().local_id;
    let hash = test_desk.desk.prepare_picture(picture(200)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(hash)).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(count(&hotel, "POST", "upload-image"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_was_removed_before_its_upload_is_said_to_be_removed() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let (test_desk, theirs) = (TestDesk::manual(&hotel, 0).await, colleague(&hotel, 1).await);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = test_desk.offers().await.remove(0);
    // The entity is removed between the read and the upload, which the hotel delays until then.
    let slow = Rule::new(Action::DelayMs(500)).path("*/upload-image/").times(1);
    let removed = Rule::new(Action::Status(StatusFault {
        code: 404,
        body: Some(serde_json::json!({"detail": "No Offer"})),
    }))
    .path("*/upload-image/");
    hotel.set_faults(FaultPlan::of([slow, removed])).unwrap();
    let hash = test_desk.desk.prepare_picture(picture(10)).await.unwrap().hash;
    test_desk.desk.set_picture(shown.local_id, Slot::Photo, Some(hash)).await.unwrap();
    let removal = async {
        test_desk
            .until("on its way", || async {
                let items = test_desk.desk.outbox().await.unwrap().items;
                items.iter().any(|item| item.state == IntentState::InFlight).then_some(())
            })
            .await;
        theirs.delete(Kind::Offer, shown.id.unwrap()).await.unwrap();
    };
    let (sent, ()) = tokio::join!(test_desk.desk.sync_until_quiet(), removal);
    sent.unwrap();
    let [item] = &test_desk.desk.outbox().await.unwrap().items[..] else { panic!("one entry") };
    assert!(item.removed_there, "{}", item.reason);
}
