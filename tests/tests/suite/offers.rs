//! One desk at a healthy hotel: every verb on offers.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::records::{Datum, FieldValue, Slot, Validity};
use hotelmate_core::resources::{Kind, OfferState};
use hotelmate_core::views::{NoteKind, OfferQuery, RecordView, SyncMark};
use jiff::ToSpan;
use jiff::civil::date;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn at_hotel(hotel: &DemoHotel, title: &str) -> Vec<serde_json::Value> {
    hotel.offers().into_iter().filter(|offer| offer["title"] == title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_list_arrives_over_all_pages_with_states_and_pictures() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let list = test_desk.desk.offers(OfferQuery::default()).await.unwrap();
    assert_eq!(list.total, 14);
    assert!(
        list.counts.live > 0
            && list.counts.scheduled > 0
            && list.counts.expired > 0
            && list.counts.hidden > 0
    );
    let with_picture = test_desk
        .until("every picture", || async {
            let offers = test_desk.offers().await;
            offers
                .iter()
                .all(|offer| offer.photo().url.is_none() || offer.photo().picture.is_some())
                .then_some(offers)
        })
        .await;
    let hash = with_picture.iter().find_map(|offer| offer.photo().picture).unwrap();
    let (bytes, mime) = test_desk.desk.media(&hash).await.unwrap();
    assert!(mime.starts_with("image/") && bytes.len() > 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_offer_with_a_picture_reaches_the_hotel_once() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let prepared = test_desk.desk.prepare_picture(picture(200)).await.unwrap();
    let id =
        test_desk.desk.create(Kind::Offer, offer("Lake walk"), Some(prepared.hash.clone())).await.unwrap();
    let shown = test_desk.record(id).await;
    assert_eq!((shown.sync, shown.photo().picture), (SyncMark::Waiting, Some(prepared.hash.clone())));
    test_desk.until_saved().await;
    let stored = at_hotel(&hotel, "Lake walk");
    assert_eq!(stored.len(), 1);
    assert!(stored[0]["photo_url"].is_string());
    let shown = test_desk.record(id).await;
    assert_eq!((shown.sync, shown.photo().picture), (SyncMark::Saved, Some(prepared.hash)));
    assert_eq!(test_desk.offers().await.len(), 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_can_be_changed_and_every_optional_one_cleared() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let full = Kind::Offer
        .table()
        .blank()
        .with("title", "Full")
        .with("short_description", "Everything")
        .with("details_text", "Text")
        .with("details_html", "<p>Text</p>")
        .with("tag", "Tag")
        .with("book_now_url", "https://hotel.example/book")
        .with("sort_order", 3)
        .with("is_active", false)
        .with("validity", Validity { from: Some(date(2026, 1, 1)), to: Some(date(2030, 1, 1)) });
    let id = test_desk.desk.create(Kind::Offer, full.clone(), None).await.unwrap();
    test_desk.until_saved().await;
    let bare = Kind::Offer
        .table()
        .blank()
        .with("title", "Full")
        .with("short_description", "Still")
        .with("is_active", true);
    test_desk.desk.edit(id, full.edits_to(&bare)).await.unwrap();
    test_desk.until_saved().await;
    let stored = &at_hotel(&hotel, "Full")[0];
    for empty in ["details_text", "details_html", "tag", "book_now_url"] {
        assert_eq!(stored[empty], "", "{empty}");
    }
    assert!(stored["valid_from"].is_null() && stored["valid_to"].is_null());
    assert_eq!((&stored["sort_order"], &stored["is_active"]), (&0.into(), &true.into()));
    assert_eq!(test_desk.record(id).await.fields, bare);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_can_be_replaced_and_taken_off() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let first = test_desk.desk.prepare_picture(picture(10)).await.unwrap().hash;
    let second = test_desk.desk.prepare_picture(picture(20)).await.unwrap().hash;
    let id = test_desk.desk.create(Kind::Offer, offer("Spa"), Some(first)).await.unwrap();
    test_desk.until_saved().await;
    let before = at_hotel(&hotel, "Spa")[0]["photo"].clone();
    test_desk.desk.set_picture(id, Slot::Photo, Some(second.clone())).await.unwrap();
    test_desk.until_saved().await;
    assert_ne!(at_hotel(&hotel, "Spa")[0]["photo"], before);
    assert_eq!(test_desk.record(id).await.photo().picture, Some(second));
    test_desk.desk.set_picture(id, Slot::Photo, None).await.unwrap();
    test_desk.until_saved().await;
    assert!(at_hotel(&hotel, "Spa")[0]["photo"].is_null());
    assert_eq!(test_desk.record(id).await.photo().picture, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_offer_leaves_the_screen_at_once_and_can_be_undone() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Short-lived"), None).await.unwrap();
    test_desk.until_saved().await;
    test_desk.desk.delete_entity(id).await.unwrap();
    assert_eq!(test_desk.titled("Short-lived").await, None);
    test_desk.desk.undo_delete(id).await.unwrap();
    assert!(test_desk.titled("Short-lived").await.is_some());
    assert_eq!(at_hotel(&hotel, "Short-lived").len(), 1);
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(at_hotel(&hotel, "Short-lived").len(), 0);
    assert_eq!(test_desk.titled("Short-lived").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_told_before_anything_is_queued() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    let error = test_desk.desk.create(Kind::Offer, Kind::Offer.table().blank(), None).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    assert_eq!(error.fields.0.keys().collect::<Vec<_>>(), ["short_description", "title"]);
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_hotel_refuses_is_told_at_the_field_and_goes_on_once_it_is_corrected() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let refusal = demo_hotel::StatusFault {
        code: 400,
        body: Some(serde_json::json!({"title": ["Ensure this field has no more than 200 characters."]})),
    };
    let rule =
        demo_hotel::Rule::new(demo_hotel::Action::Status(refusal)).method("POST").path("*/offers/").times(1);
    hotel.set_faults(demo_hotel::FaultPlan::of([rule])).unwrap();
    let id = test_desk.desk.create(Kind::Offer, offer("Refused"), None).await.unwrap();
    let item = test_desk
        .until("attention", || async {
            let outbox = test_desk.desk.outbox().await.unwrap();
            outbox.items.into_iter().find(|item| !item.fields.is_empty())
        })
        .await;
    assert!(item.fields.0.contains_key("title"));
    assert_eq!(test_desk.titled("Refused").await.unwrap().sync, SyncMark::Attention);
    test_desk.edit(id, FieldValue::of("title", "Accepted")).await;
    test_desk.until_saved().await;
    assert_eq!(at_hotel(&hotel, "Accepted").len(), 1);
    assert_eq!(test_desk.titled("Accepted").await.unwrap().sync, SyncMark::Saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_state_and_order_select_what_is_listed() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Zebra crossing"), None).await.unwrap();
    test_desk.edit(id, FieldValue::of("validity", Validity { from: None, to: Some(date(2020, 1, 1)) })).await;
    let found = test_desk
        .desk
        .offers(OfferQuery {
            search: "zebra SHORT".into(),
            states: vec![OfferState::Expired],
            ..OfferQuery::default()
        })
        .await
        .unwrap();
    assert_eq!(found.offers.iter().map(|offer| offer.local_id).collect::<Vec<_>>(), [id]);
    let other =
        OfferQuery { search: "zebra".into(), states: vec![OfferState::Live], ..OfferQuery::default() };
    assert_eq!(test_desk.desk.offers(other).await.unwrap().total, 0);
    let page = OfferQuery { offset: 10, limit: Some(3), ..OfferQuery::default() };
    let page = test_desk.desk.offers(page).await.unwrap();
    assert_eq!((page.offers.len(), page.total), (3, 15));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_changed_while_another_is_about_to_be_sent_is_not_lost() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.titled("Midweek Escape").await.unwrap().local_id;
    // The desk reads the hotel's copy before it sends an edit; this read is slow.
    let slow = Rule::new(Action::DelayMs(500)).method("GET").path("*/offers/*/");
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    hotel.reset_requests();
    test_desk.edit(id, FieldValue::of("title", "Midweek Rest")).await;
    test_desk
        .until("the read before the edit", || async { (!hotel.requests().is_empty()).then_some(()) })
        .await;
    test_desk.edit(id, FieldValue::of("tag", "Slow")).await;
    test_desk.until_saved().await;
    let stored = at_hotel(&hotel, "Midweek Rest");
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["tag"], "Slow");
}

#[tokio::test]
async fn a_copy_of_an_offer_is_created_with_its_content_and_its_picture() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    let pictured = |offer: &RecordView| offer.photo().picture.is_some();
    let original = test_desk
        .until("an offer with its picture", async || test_desk.offers().await.into_iter().find(pictured))
        .await;
    let copy = test_desk.desk.copy_of(original.local_id).await.unwrap();
    let title = format!("{} (copy)", original.fields.text("title"));
    assert_eq!(copy.fields.text("title"), title);
    assert!(copy.fields.get("sort_order").is_none() && !copy.lacks_picture);
    assert_eq!(copy.fields.text("short_description"), original.fields.text("short_description"));
    assert!(test_desk.titled(&title).await.is_none(), "nothing is created yet");
    let picture = copy.picture.map(|picture| picture.hash);
    let mut fields = Kind::Offer.table().blank();
    fields.0.extend(copy.fields.0);
    test_desk.desk.create(Kind::Offer, fields, picture).await.unwrap();
    test_desk.until_saved().await;
    let made = test_desk.titled(&title).await.unwrap();
    assert!(made.photo().url.is_some(), "its picture is at the hotel");
    test_desk.desk.close().await;
}

#[tokio::test]
async fn a_copy_says_that_a_picture_is_not_on_this_computer() {
    let hotel = hotel().await;
    // It reads no pictures by itself.
    let test_desk = TestDesk::synced(&hotel).await;
    let offer = test_desk.offers().await.into_iter().find(|offer| offer.photo().url.is_some()).unwrap();
    let copy = test_desk.desk.copy_of(offer.local_id).await.unwrap();
    assert!(copy.picture.is_none() && copy.lacks_picture);
    let without = test_desk.offers().await.into_iter().find(|offer| offer.photo().url.is_none()).unwrap();
    assert!(!test_desk.desk.copy_of(without.local_id).await.unwrap().lacks_picture);
    test_desk.desk.close().await;
}

/// Returns the titles of the offers with this note, and the days in it.
async fn noted(test_desk: &TestDesk, kind: NoteKind) -> Vec<(String, Option<u32>)> {
    let query = OfferQuery { notes: vec![kind], ..OfferQuery::default() };
    let mut list = test_desk.desk.offers(query).await.unwrap();
    assert_eq!(*list.note_counts.of(kind), list.total);
    let note = |offer: &RecordView| offer.notes.iter().find(|note| note.kind == kind).unwrap().days;
    list.offers.iter().map(|offer| (offer.fields.text("title"), note(offer))).collect()
}

#[tokio::test]
async fn offers_have_notes_about_their_days_and_their_picture_in_the_hotels_zone() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let today = test_desk.desk.environment().now().to_zoned(test_desk.desk.hotel_zone()).date();
    let days = |from: i64, to: i64| Validity {
        from: Some(today.checked_add(from.days()).unwrap()),
        to: Some(today.checked_add(to.days()).unwrap()),
    };
    for (title, validity) in [
        ("Ends today", days(-5, 0)),
        ("Ends in a week", days(-5, 7)),
        ("Ends later", days(-5, 8)),
        ("Starts tomorrow", days(1, 30)),
        ("Starts later", days(8, 30)),
    ] {
        let fields = offer(title).with("validity", validity);
        test_desk.desk.create(Kind::Offer, fields, None).await.unwrap();
    }
    let only_mine = |list: Vec<(String, Option<u32>)>| -> Vec<(String, Option<u32>)> {
        let mut mine: Vec<_> = list
            .into_iter()
            .filter(|(title, _)| title.starts_with("Ends") || title.starts_with("Starts"))
            .collect();
        mine.sort();
        mine
    };
    let ends = only_mine(noted(&test_desk, NoteKind::EndsSoon).await);
    assert_eq!(ends, [("Ends in a week".to_owned(), Some(7)), ("Ends today".to_owned(), Some(0))]);
    let starts = only_mine(noted(&test_desk, NoteKind::StartsSoon).await);
    assert_eq!(starts, [("Starts tomorrow".to_owned(), Some(1))]);
    let bare: Vec<String> =
        only_mine(noted(&test_desk, NoteKind::NoPicture).await).into_iter().map(|(title, _)| title).collect();
    assert_eq!(bare, ["Ends in a week", "Ends later", "Ends today"], "only live offers need one");
    test_desk.desk.close().await;
}

#[tokio::test]
async fn a_colleagues_change_is_a_note_until_the_activities_are_seen() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let first = test_desk.offers().await.remove(0);
    let now = FieldValue::of("title", Datum::Text("Changed there".to_owned()));
    colleague(&hotel, 1).await.edit(Kind::Offer, first.id.unwrap(), &[now]).await.unwrap();
    test_desk.until_titled("Changed there").await;
    assert_eq!(noted(&test_desk, NoteKind::Changed).await, [("Changed there".to_owned(), None)]);
    test_desk.desk.mark_activities_seen(i64::MAX).await.unwrap();
    assert_eq!(noted(&test_desk, NoteKind::Changed).await, []);
    test_desk.desk.close().await;
}
