//! What a desk finds out about its server, and what it does where something is missing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::seat::colleague;
use desk_tests::{Seat, picture};
use hotelmate_core::api::dialect::GalleryDialect;
use hotelmate_core::desk::views::{Abilities, NewImage};
use hotelmate_core::model::ONLY_ONE;
use serde_json::json;

async fn hotel(dialect: Dialect) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).dialect(dialect)).await.unwrap()
}

async fn synced(hotel: &DemoHotel) -> Seat {
    let seat = Seat::manual(hotel, 0).await;
    seat.desk.sync_until_quiet().await.unwrap();
    seat
}

fn options(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method == "OPTIONS").count()
}

async fn abilities(seat: &Seat) -> Abilities {
    seat.desk.abilities().await.unwrap()
}

/// An address that this server does not know at all.
fn unknown(path: &str) -> Rule {
    let page = StatusFault { code: 404, body: Some(json!("<h1>Page not found</h1>")) };
    Rule::new(Action::Status(page)).path(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_dialect_is_recognised_by_what_its_server_allows() {
    for (dialect, gallery) in
        [(Dialect::Documents, GalleryDialect::Flat), (Dialect::Galleries, GalleryDialect::Objects)]
    {
        let hotel = hotel(dialect).await;
        let known = colleague(&hotel, 0).await.probe().await.unwrap();
        assert_eq!(known.gallery, Some(gallery));
        assert!(known.offers.write && known.room_types.write && known.settings.write);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flat_gallery_is_found_under_the_settings_as_well() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("/api/staff/hotel/killarney/gallery/*")])).unwrap();
    let seat = synced(&hotel).await;
    let gallery = seat.desk.galleries().await.unwrap().galleries.remove(0);
    let image = NewImage {
        picture: seat.desk.prepare_picture(picture(1)).await.unwrap().hash,
        caption: String::new(),
    };
    seat.desk.add_images(gallery.local_id, vec![image], None).await.unwrap();
    seat.desk.sync_until_quiet().await.unwrap();
    assert_eq!(hotel.gallery().len(), gallery.images.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_asked_once_and_the_answer_is_remembered() {
    let hotel = hotel(Dialect::Documents).await;
    let seat = synced(&hotel).await;
    let asked = options(&hotel);
    assert!(asked > 0 && abilities(&seat).await.known);
    seat.desk.sync_until_quiet().await.unwrap();
    let seat = seat.restart().await;
    seat.desk.sync_until_quiet().await.unwrap();
    assert_eq!(options(&hotel), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gallery_of_an_unknown_shape_can_be_looked_at_and_says_why_not_more() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/gallery/*")])).unwrap();
    let seat = synced(&hotel).await;
    let can = abilities(&seat).await;
    assert!(can.gallery.read && !can.gallery.write && can.gallery.reason.is_some(), "{:?}", can.gallery);
    assert!(can.branding.write && can.room_types.write, "the rest is as ever");
    let shown = seat.desk.galleries().await.unwrap().galleries.remove(0);
    assert_eq!(shown.images.len(), hotel.gallery().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_does_not_have_is_not_offered_and_everything_else_works() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/room-types/*"), unknown("*/room-types/")])).unwrap();
    let seat = synced(&hotel).await;
    let can = abilities(&seat).await;
    assert!(!can.room_types.read && can.room_types.reason.is_some());
    assert!(can.offers.write && seat.desk.branding().await.unwrap().is_some());
    assert!(seat.desk.status().await.online);
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_of_rows_are_read_with_their_names_and_pictures() {
    let hotel = hotel(Dialect::Galleries).await;
    let seat = synced(&hotel).await;
    let galleries = seat.desk.galleries().await.unwrap().galleries;
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
async fn a_server_without_offers_still_shows_its_settings_and_room_types() {
    let hotel = hotel(Dialect::Documents).await;
    hotel.set_faults(FaultPlan::of([unknown("*/offers/*"), unknown("*/offers/")])).unwrap();
    let seat = synced(&hotel).await;
    assert!(!abilities(&seat).await.offers.read);
    assert_eq!(seat.desk.room_types().await.unwrap().room_types.len(), hotel.room_types().len());
    assert!(seat.desk.branding().await.unwrap().is_some());
}
