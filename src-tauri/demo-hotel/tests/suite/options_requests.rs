//! OPTIONS: the description of a route, and its readers.

use crate::support::{Answer, Desk, client, read};
use demo_hotel::{DemoHotel, Dialect, Options};
use reqwest::Method;
use serde_json::json;

const COLLECTION: &str = "GET, POST, HEAD, OPTIONS";
const ONE: &str = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS";
const READ: &str = "GET, HEAD, OPTIONS";
const POST: &str = "POST, OPTIONS";

/// The routes that need a token in every dialect, and their methods.
const STAFF: [(&str, &str); 12] = [
    ("/api/staff/killarney/me/", READ),
    ("/api/staff/hotel/killarney/staff/killarney/me/", READ),
    ("/api/staff/killarney/by_hotel/killarney/", READ),
    ("/api/staff/killarney/by_department/", READ),
    ("/api/staff/hotel/killarney/offers/", COLLECTION),
    ("/api/staff/hotel/killarney/offers/1/", ONE),
    ("/api/staff/hotel/killarney/offers/999/", ONE),
    ("/api/staff/hotel/killarney/offers/1/upload-image/", POST),
    ("/api/staff/hotel/killarney/room-types/", COLLECTION),
    ("/api/staff/hotel/killarney/room-types/1/", ONE),
    ("/api/staff/hotel/killarney/room-types/1/upload-image/", POST),
    ("/api/staff/hotel/killarney/settings/", "GET, PUT, PATCH, HEAD, OPTIONS"),
];
const DOCUMENTS: [(&str, &str); 7] = [
    ("/api/staff/killarney/clock/", POST),
    ("/api/staff/hotel/killarney/gallery/upload/", POST),
    ("/api/staff/hotel/killarney/gallery/reorder/", POST),
    ("/api/staff/hotel/killarney/gallery/remove/", "DELETE, OPTIONS"),
    ("/api/staff/hotel/killarney/settings/gallery/upload/", POST),
    ("/api/staff/hotel/killarney/settings/gallery/reorder/", POST),
    ("/api/staff/hotel/killarney/settings/gallery/remove/", "DELETE, OPTIONS"),
];
const GALLERIES: [(&str, &str); 5] = [
    ("/api/staff/hotel/killarney/galleries/", COLLECTION),
    ("/api/staff/hotel/killarney/galleries/1/", ONE),
    ("/api/staff/hotel/killarney/galleries/1/upload_image/", POST),
    ("/api/staff/hotel/killarney/galleries/1/reorder_images/", POST),
    ("/api/staff/hotel/killarney/gallery-images/1/", ONE),
];
/// The routes that are open to all.
const OPEN: [(&str, &str); 5] = [
    ("/api/staff/login/", POST),
    ("/api/hotel/public/page/killarney/", READ),
    ("/api/hotel/public/killarney/", READ),
    ("/api/hotel/public/nowhere/settings/", READ),
    ("/api/common/killarney/theme/", READ),
];

async fn ask_anonymously(hotel: &DemoHotel, path: &str) -> Answer {
    read(client().request(Method::OPTIONS, format!("{}{path}", hotel.url()))).await.unwrap()
}

fn assert_notifies(answer: &Answer, path: &str, allow: &str) {
    assert_eq!((answer.status, answer.header("allow")), (200, allow), "{path}");
    let about = answer.json();
    assert!(about["name"].is_string() && about["description"].is_string(), "{path}");
    assert_eq!(about["renders"][0], "application/json", "{path}");
    assert!(about["parses"].as_array().unwrap().contains(&json!("multipart/form-data")), "{path}");
}

#[tokio::test]
async fn every_route_tells_staff_what_it_allows_and_asks_others_for_a_token() {
    for (dialect, own) in [(Dialect::Documents, &DOCUMENTS[..]), (Dialect::Galleries, &GALLERIES[..])] {
        let hotel = DemoHotel::start(Options::default().dialect(dialect)).await.unwrap();
        let mary = Desk::mary(&hotel).await;
        for (path, allow) in STAFF.iter().chain(own) {
            let answer = read(mary.request(Method::OPTIONS, path)).await.unwrap();
            assert_notifies(&answer, path, allow);
            let refused = ask_anonymously(&hotel, path).await;
            assert_eq!((refused.status, refused.header("www-authenticate")), (401, "Token"), "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_open_to_everybody_tells_everybody() {
    let hotel = crate::support::open().await;
    for (path, allow) in OPEN {
        assert_notifies(&ask_anonymously(&hotel, path).await, path, allow);
    }
}

#[tokio::test]
async fn where_nobody_may_go_nobody_is_told_anything() {
    let hotel = crate::support::open().await;
    let mary = Desk::mary(&hotel).await;
    for path in ["/api/staff/logout/", "/api/hotel/staff/offers/", "/api/staff/hotel/dingle/offers/"] {
        assert_eq!(read(mary.request(Method::OPTIONS, path)).await.unwrap().status, 403, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_an_html_page_for_options_too() {
    let hotel = crate::support::open().await;
    for path in ["/api/staff/hotel/killarney/cards/", "/api/nothing/"] {
        let answer = ask_anonymously(&hotel, path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    }
}

#[tokio::test]
async fn asking_changes_nothing() {
    let hotel = crate::support::open().await;
    let mary = Desk::mary(&hotel).await;
    let (offers, rooms, settings) = (hotel.offers(), hotel.room_types(), hotel.settings());
    for (path, _) in STAFF.iter().chain(&DOCUMENTS) {
        read(mary.request(Method::OPTIONS, path)).await.unwrap();
    }
    assert_eq!((hotel.offers(), hotel.room_types(), hotel.settings()), (offers, rooms, settings));
    assert_eq!(mary.get("/api/staff/killarney/me/").await.json()["is_on_duty"], false);
}
