//! A colleague's upload that undoes changes, and a colleague's change before a deletion: the person is asked, and
//! nothing is sent again by itself.

use std::sync::Arc;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::hotel::{Api, Upload, UploadWay};
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{Datum, FieldValue, Fields, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{IntentKind, OutboxItem, Question};

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn stored(hotel: &DemoHotel, id: ServerId) -> Option<serde_json::Value> {
    hotel.offers().into_iter().find(|offer| offer["id"] == id.0)
}

async fn until_question(test_desk: &TestDesk, question: Question) -> OutboxItem {
    test_desk
        .until("the question", || async {
            let items = test_desk.desk.outbox().await.unwrap().items;
            items.into_iter().find(|item| item.question == Some(question))
        })
        .await
}

/// The colleague's next upload takes this long between reading the row and writing it.
fn slow_uploads(hotel: &DemoHotel, ms: u64) {
    let slow = Rule::new(Action::DelayMs(ms)).path("*/upload-image/").times(1);
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
}

async fn upload(api: Api, id: ServerId, red: u8) {
    let picture = Upload { bytes: picture(red).into(), mime: "image/png" };
    let unseen = Arc::new(|_, _| {});
    api.upload_picture(Kind::Offer, id, (Slot::Photo, UploadWay::Action), picture, unseen).await.unwrap();
}

fn writes(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method == "PATCH").count()
}

/// A desk whose confirmed changes of a title and a tag a colleague's upload has undone.
async fn undone() -> (DemoHotel, TestDesk, LocalId, ServerId, OutboxItem) {
    let hotel = hotel().await;
    let (test_desk, theirs) = (TestDesk::at(&hotel, 0).await, colleague(&hotel, 1).await);
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Before"), None).await.unwrap();
    test_desk.until_saved().await;
    test_desk.until_quiet(&hotel).await;
    let number = test_desk.record(id).await.id.unwrap();
    slow_uploads(&hotel, 6000);
    let uploading = tokio::spawn(upload(theirs, number, 10));
    let reached = || async { hotel.requests().iter().any(|r| r.path.contains("upload-image")).then_some(()) };
    test_desk.until("the upload at the hotel", reached).await;
    test_desk.edit(id, FieldValue::of("title", "After")).await;
    test_desk.edit(id, FieldValue::of("tag", "Mine")).await;
    test_desk.until_saved().await;
    assert_eq!(stored(&hotel, number).unwrap()["title"], "After", "confirmed");
    hotel.reset_requests();
    uploading.await.unwrap();
    assert_eq!(stored(&hotel, number).unwrap()["title"], "Before", "the hotel plays trap 13");
    let item = until_question(&test_desk, Question::MakeAgain).await;
    (hotel, test_desk, id, number, item)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_change_that_an_upload_undid_is_asked_about_and_made_again_if_the_person_says_so() {
    let (hotel, test_desk, id, number, item) = undone().await;
    assert_eq!(item.state, IntentState::Attention);
    assert!(item.reason.contains("undone by an upload"), "{}", item.reason);
    assert!(item.summary.contains("the title, the tag"), "{}", item.summary);
    assert_eq!(writes(&hotel), 0, "never by itself");
    assert_eq!(test_desk.field(id, "title").await, FieldValue::of("title", "After"));
    let test_desk = test_desk.restart().await;
    test_desk.until_live().await;
    let item = until_question(&test_desk, Question::MakeAgain).await;
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.until_saved().await;
    let there = stored(&hotel, number).unwrap();
    assert_eq!((&there["title"], &there["tag"]), (&"After".into(), &"Mine".into()));
    assert!(there["photo_url"].is_string(), "and the colleague's picture stays");
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_an_upload_undid_is_left_if_the_person_says_so_and_holds_up_nothing_meanwhile() {
    let (hotel, test_desk, id, number, item) = undone().await;
    test_desk.edit(id, FieldValue::of("book_now_url", "https://example.com/")).await;
    test_desk.until_saved().await;
    let there = stored(&hotel, number).unwrap();
    assert_eq!((&there["book_now_url"], &there["title"]), (&"https://example.com/".into(), &"Before".into()));
    // A new edit of one of the fields answers the question for that field.
    test_desk.edit(id, FieldValue::of("tag", "Typed anew")).await;
    test_desk.until_saved().await;
    let there = stored(&hotel, number).unwrap();
    assert_eq!((&there["tag"], &there["title"]), (&"Typed anew".into(), &"Before".into()));
    test_desk.desk.discard_intent(item.id).await.unwrap();
    assert_eq!(test_desk.field(id, "title").await, FieldValue::of("title", "Before"));
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    assert_eq!(stored(&hotel, number).unwrap()["title"], "Before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_changes_a_title_back_without_a_picture_is_news_and_no_question() {
    let hotel = hotel().await;
    let (test_desk, theirs) = (TestDesk::manual(&hotel, 0).await, colleague(&hotel, 1).await);
    let id = test_desk.desk.create(Kind::Offer, offer("Before"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk.edit(id, FieldValue::of("title", "After")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let number = test_desk.record(id).await.id.unwrap();
    theirs.edit(Kind::Offer, number, &[FieldValue::of("title", "Before")]).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(test_desk.field(id, "title").await, FieldValue::of("title", "Before"));
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    assert!(test_desk.reported().await.iter().any(|text| text.contains("A colleague changed “Before”.")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_came_long_after_a_change_did_not_undo_it() {
    let hotel = hotel().await;
    let clock = desk_tests::clock::FastClock::default();
    let (test_desk, theirs) = (TestDesk::fast(&hotel, 0, &clock).await, colleague(&hotel, 1).await);
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Before"), None).await.unwrap();
    test_desk.until_saved().await;
    test_desk.edit(id, FieldValue::of("title", "After")).await;
    test_desk.until_saved().await;
    clock.set_wall(3600);
    let number = test_desk.record(id).await.id.unwrap();
    theirs.edit(Kind::Offer, number, &[FieldValue::of("title", "Before")]).await.unwrap();
    upload(theirs, number, 20).await;
    test_desk
        .until("the colleague's title and picture", || async {
            let shown = test_desk.record(id).await;
            (shown.fields.text("title") == "Before" && shown.photo().url.is_some()).then_some(())
        })
        .await;
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_offer_that_an_upload_brought_back_is_asked_about() {
    for again in [true, false] {
        let hotel = hotel().await;
        let (test_desk, theirs) = (TestDesk::manual(&hotel, 0).await, colleague(&hotel, 1).await);
        let id = test_desk.desk.create(Kind::Offer, offer("Lazarus"), None).await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
        let number = test_desk.record(id).await.id.unwrap();
        slow_uploads(&hotel, 5000);
        let uploading = tokio::spawn(upload(theirs, number, 10));
        let reached =
            || async { hotel.requests().iter().any(|r| r.path.contains("upload-image")).then_some(()) };
        test_desk.until("the upload at the hotel", reached).await;
        test_desk.desk.delete_entity(id).await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(stored(&hotel, number), None, "removed");
        uploading.await.unwrap();
        assert!(stored(&hotel, number).is_some(), "the hotel plays trap 14");
        test_desk.desk.sync_until_quiet().await.unwrap();
        let item = until_question(&test_desk, Question::RemoveAgain).await;
        assert!(item.reason.contains("brought it back"), "{}", item.reason);
        assert!(test_desk.titled("Lazarus").await.is_some(), "it is shown meanwhile");
        assert!(stored(&hotel, number).is_some(), "never by itself");
        if again {
            test_desk.desk.retry_intent(item.id).await.unwrap();
        } else {
            test_desk.desk.discard_intent(item.id).await.unwrap();
        }
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(stored(&hotel, number).is_none(), again);
        assert_eq!(test_desk.titled("Lazarus").await.is_none(), again);
        assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    }
}

/// A desk that removed an offer while it could not send, and a colleague.
async fn removed() -> (DemoHotel, TestDesk, Api, LocalId, ServerId) {
    let hotel = hotel().await;
    let (test_desk, theirs) = (TestDesk::manual(&hotel, 0).await, colleague(&hotel, 1).await);
    let id = test_desk.desk.create(Kind::Offer, offer("Doomed"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let number = test_desk.record(id).await.id.unwrap();
    test_desk.desk.delete_entity(id).await.unwrap();
    (hotel, test_desk, theirs, id, number)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_of_what_a_colleague_changed_meanwhile_is_asked_about_with_what_changed() {
    for all_the_same in [true, false] {
        let (hotel, test_desk, theirs, id, number) = removed().await;
        theirs.edit(Kind::Offer, number, &[FieldValue::of("tag", "Theirs")]).await.unwrap();
        upload(theirs, number, 10).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(stored(&hotel, number).is_some(), "never by itself");
        let item = until_question(&test_desk, Question::RemoveChanged).await;
        assert!(item.reason.contains("the tag, the picture"), "{}", item.reason);
        assert_eq!(test_desk.field(id, "tag").await, FieldValue::of("tag", "Theirs"), "it is shown");
        if all_the_same {
            test_desk.desk.retry_intent(item.id).await.unwrap();
        } else {
            test_desk.desk.discard_intent(item.id).await.unwrap();
        }
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(stored(&hotel, number).is_none(), all_the_same);
        assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_all_the_same_is_held_against_what_was_shown_with_the_question() {
    let (hotel, test_desk, theirs, _, number) = removed().await;
    theirs.edit(Kind::Offer, number, &[FieldValue::of("tag", "Theirs")]).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let item = until_question(&test_desk, Question::RemoveChanged).await;
    theirs.edit(Kind::Offer, number, &[FieldValue::of("title", "Once more")]).await.unwrap();
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let item = until_question(&test_desk, Question::RemoveChanged).await;
    assert!(item.reason.contains("the title.") && !item.reason.contains("the tag"), "{}", item.reason);
    assert!(stored(&hotel, number).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_place_in_the_order_holds_up_no_removal() {
    let (hotel, test_desk, theirs, _, number) = removed().await;
    theirs.edit(Kind::Offer, number, &[FieldValue::of("sort_order", 99)]).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((stored(&hotel, number), test_desk.desk.outbox().await.unwrap().items), (None, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_change_that_was_on_its_way_holds_up_no_removal() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Mine alone"), None).await.unwrap();
    test_desk.until_saved().await;
    let number = test_desk.record(id).await.id.unwrap();
    let slow = Rule::new(Action::DelayMs(1000)).method("PATCH").times(1);
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    test_desk.edit(id, FieldValue::of("tag", "Mine")).await;
    test_desk
        .until("on its way", || async {
            let items = test_desk.desk.outbox().await.unwrap().items;
            items.iter().any(|item| item.state == IntentState::InFlight).then_some(())
        })
        .await;
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.until("gone", || async { stored(&hotel, number).is_none().then_some(()) }).await;
    test_desk.until_saved().await;
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_of_what_a_colleague_removed_is_done() {
    let (hotel, test_desk, theirs, _, number) = removed().await;
    theirs.delete(Kind::Offer, number).await.unwrap();
    hotel.reset_requests();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(hotel.requests().iter().all(|request| request.method == "GET"));
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_a_removal_is_in_question_stays_when_a_colleague_removes_the_offer() {
    let (hotel, test_desk, theirs, id, number) = removed().await;
    theirs.edit(Kind::Offer, number, &[FieldValue::of("tag", "Theirs")]).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    until_question(&test_desk, Question::RemoveChanged).await;
    test_desk.edit(id, FieldValue::of("title", "Typed meanwhile")).await;
    theirs.delete(Kind::Offer, number).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let items = test_desk.desk.outbox().await.unwrap().items;
    let [edit] = &items[..] else {
        panic!("the edit waits for a person, the removal is answered: {items:?}")
    };
    assert_eq!((edit.kind, edit.state), (IntentKind::Edit, IntentState::Attention), "{}", edit.reason);
    assert!(edit.removed_there);
    assert_eq!(test_desk.field(id, "title").await, FieldValue::of("title", "Typed meanwhile"));
    assert_eq!(stored(&hotel, number), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_that_a_colleague_changed_is_not_removed_without_a_question() {
    let hotel = hotel().await;
    let (test_desk, theirs) = (TestDesk::manual(&hotel, 0).await, colleague(&hotel, 1).await);
    let mut fields = Fields::default();
    for (name, value) in [("name", "Attic"), ("starting_price_from", "99"), ("currency", "EUR")] {
        fields.set(name, Datum::Text(value.into()));
    }
    let id = test_desk.desk.create(Kind::RoomType, fields, None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = test_desk.desk.record(id).await.unwrap().record;
    test_desk.desk.delete_entity(id).await.unwrap();
    let bed = FieldValue::of("bed_setup", "Two beds");
    theirs.edit(Kind::RoomType, shown.id.unwrap(), &[bed]).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let item = until_question(&test_desk, Question::RemoveChanged).await;
    assert!(item.reason.contains("the beds"), "{}", item.reason);
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let removed = theirs.entity(Kind::RoomType, shown.id.unwrap()).await;
    assert_eq!(removed, Err(hotelmate_core::hotel::ApiError::NotFound));
}

/// Returns a desk with a change to an offer with a picture, which a colleague removed; the picture is not in the cache.
async fn removed_there(
    hotel: &DemoHotel,
    test_desk: &TestDesk,
    refuse: Option<Action>,
) -> (OutboxItem, String) {
    let theirs = colleague(hotel, 1).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = test_desk.offers().await.into_iter().find(|offer| offer.photo().url.is_some()).unwrap();
    assert_eq!(shown.photo().picture, None, "a desk on which nothing moves has fetched nothing");
    theirs.delete(Kind::Offer, shown.id.unwrap()).await.unwrap();
    test_desk.edit(shown.local_id, FieldValue::of("tag", "Mine")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    if let Some(action) = refuse {
        let rule = Rule::new(action).method("GET").path("*/media/*");
        hotel.set_faults(FaultPlan::of([rule])).unwrap();
    }
    let item = test_desk.desk.outbox().await.unwrap().items.remove(0);
    assert!(item.removed_there);
    (item, shown.fields.text("title"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_anew_keeps_its_picture_although_it_was_not_here() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let (item, title) = removed_there(&hotel, &test_desk, None).await;
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let there = hotel.offers().into_iter().find(|offer| offer["title"] == title.as_str()).unwrap();
    assert_eq!((there["tag"].as_str(), there["photo_url"].is_string()), (Some("Mine"), true));
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_anew_without_its_picture_says_so() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let removed = Action::Status(StatusFault { code: 404, body: None });
    let (item, title) = removed_there(&hotel, &test_desk, Some(removed)).await;
    test_desk.desk.retry_intent(item.id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let there = || hotel.offers().into_iter().find(|offer| offer["title"] == title.as_str()).unwrap();
    assert!(there()["photo_url"].is_null());
    let question = until_question(&test_desk, Question::ChoosePicture).await;
    assert!(question.reason.contains("without its picture"), "{}", question.reason);
    assert!(!question.can_retry);
    // The question blocks nothing, and a chosen picture answers it.
    test_desk.edit(question.entity, FieldValue::of("tag", "Later")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(there()["tag"], "Later");
    let hash = test_desk.desk.prepare_picture(picture(40)).await.unwrap().hash;
    test_desk.desk.set_picture(question.entity, Slot::Photo, Some(hash)).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(there()["photo_url"].is_string());
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}
