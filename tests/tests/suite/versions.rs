//! Earlier versions of records: stored when the hotel's copy changes, compared with the present one, and brought back.

use demo_hotel::{DemoHotel, Options};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, hash_at, offer, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::{FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::EarlierVersion;

const QUARTER: i64 = 91 * 24 * 3600;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

async fn versions(test_desk: &TestDesk, id: LocalId) -> Vec<EarlierVersion> {
    test_desk.desk.versions(id).await.unwrap()
}

/// Returns the tag that each version would bring back, with the side that replaced it.
async fn tags(test_desk: &TestDesk, id: LocalId) -> Vec<(Option<String>, bool)> {
    let tag = |version: &EarlierVersion| {
        let edit = version.edits.iter().find(|edit| edit.field().0 == "tag");
        edit.map(|edit| edit.now.value.text().to_owned())
    };
    versions(test_desk, id).await.iter().map(|version| (tag(version), version.is_own)).collect()
}

async fn saved(test_desk: &TestDesk, value: FieldValue, id: LocalId) {
    test_desk.edit(id, value).await;
    test_desk.until_saved().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_at_the_hotel_leaves_a_version_that_knows_which_side_made_it() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Golf").with("tag", "One"), None).await.unwrap();
    test_desk.until_saved().await;
    saved(&test_desk, FieldValue::of("tag", "Two"), id).await;
    let number = test_desk.record(id).await.id.unwrap();
    let theirs = [FieldValue::of("tag", "Three")];
    colleague(&hotel, 1).await.edit(Kind::Offer, number, &theirs).await.unwrap();
    let found = test_desk
        .until("the colleague's version", || async {
            let tags = tags(&test_desk, id).await;
            (tags.len() == 2).then_some(tags)
        })
        .await;
    assert_eq!(found, [(Some("Two".to_owned()), false), (Some("One".to_owned()), true)]);

    let test_desk = test_desk.restart().await;
    assert_eq!(tags(&test_desk, id).await, found, "they outlast the program");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_place_in_the_order_makes_no_version() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Golf"), None).await.unwrap();
    test_desk.until_saved().await;
    saved(&test_desk, FieldValue::of("sort_order", 9), id).await;
    assert_eq!(versions(&test_desk, id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_brought_back_with_its_picture_as_an_ordinary_edit() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let prepared = |red| test_desk.desk.prepare_picture(picture(red));
    let first = prepared(30).await.unwrap().hash;
    let id = test_desk.desk.create(Kind::Offer, offer("Golf"), Some(first.clone())).await.unwrap();
    test_desk.until_saved().await;
    let at_hotel = || hotel.offers().into_iter().find(|offer| offer["id"] == number_of(&hotel)).unwrap();
    let shown_first = hash_at(&colleague(&hotel, 1).await, at_hotel()["photo_url"].as_str().unwrap()).await;
    let second = prepared(200).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(second)).await.unwrap();
    saved(&test_desk, FieldValue::of("title", "Tennis"), id).await;

    let oldest = versions(&test_desk, id)
        .await
        .into_iter()
        .rfind(|version| version.pictures.iter().any(|picture| picture.picture.as_ref() == Some(&first)));
    let done = test_desk.desk.bring_back(id, oldest.unwrap().number).await.unwrap();
    assert!(!done.pictures.iter().any(|picture| picture.is_missing()));
    assert_eq!(test_desk.record(id).await.fields.text("title"), "Golf", "it is shown at once");
    test_desk.until_saved().await;
    assert_eq!(at_hotel()["title"], "Golf");
    let shown = hash_at(&colleague(&hotel, 1).await, at_hotel()["photo_url"].as_str().unwrap()).await;
    assert_eq!(shown, shown_first);
    let newest = versions(&test_desk, id).await.remove(0);
    assert!(
        newest.is_own && !newest.edits.is_empty() || !newest.pictures.is_empty(),
        "it can be undone likewise"
    );
}

/// Returns the highest number of an offer at the hotel.
fn number_of(hotel: &DemoHotel) -> i64 {
    hotel.offers().iter().filter_map(|offer| offer["id"].as_i64()).max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_without_a_picture_takes_the_picture_off() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Golf"), None).await.unwrap();
    test_desk.until_saved().await;
    let prepared = test_desk.desk.prepare_picture(picture(30)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(prepared)).await.unwrap();
    test_desk.until_saved().await;
    let version = versions(&test_desk, id).await.remove(0);
    assert!(version.is_own && version.edits.is_empty() && !version.pictures[0].existed);
    test_desk.desk.bring_back(id, version.number).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(test_desk.record(id).await.photo().url, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_brought_back_without_a_network_and_sent_later() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let offer = test_desk.offers().await.remove(0);
    let title = offer.fields.text("title");
    test_desk.edit(offer.local_id, FieldValue::of("title", "Changed")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let version = versions(&test_desk, offer.local_id).await.remove(0);
    test_desk.desk.bring_back(offer.local_id, version.number).await.unwrap();
    assert_eq!(test_desk.record(offer.local_id).await.fields.text("title"), title);
    assert!(!hotel.offers().iter().any(|offer| offer["title"] == title.as_str()), "nothing has left");
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(hotel.offers().iter().any(|offer| offer["title"] == title.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_not_on_this_computer_is_named_and_left_as_it_is() {
    let hotel = hotel().await;
    // It reads no pictures by itself.
    let test_desk = TestDesk::synced(&hotel).await;
    let offer = test_desk.offers().await.into_iter().find(|offer| offer.photo().url.is_some()).unwrap();
    let id = offer.local_id;
    let prepared = test_desk.desk.prepare_picture(picture(30)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Photo, Some(prepared)).await.unwrap();
    test_desk.edit(id, FieldValue::of("title", "Changed")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let oldest = versions(&test_desk, id).await.pop().unwrap();
    assert!(oldest.pictures[0].is_missing());
    let before = test_desk.record(id).await.photo().url;
    test_desk.desk.bring_back(id, oldest.number).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let after = test_desk.record(id).await;
    assert_eq!((after.photo().url, after.fields.text("title")), (before, offer.fields.text("title")));
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_are_kept_for_90_days_and_go_with_their_record() {
    let (hotel, clock) = (hotel().await, FastClock::default());
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Golf"), None).await.unwrap();
    test_desk.until_saved().await;
    saved(&test_desk, FieldValue::of("title", "Tennis"), id).await;
    let version = versions(&test_desk, id).await.remove(0);
    clock.set_wall(QUARTER);
    assert_eq!(versions(&test_desk, id).await, []);
    let late = test_desk.desk.bring_back(id, version.number).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::NotFound);
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.until("the removal", || async { test_desk.desk.versions(id).await.err() }).await;
}
