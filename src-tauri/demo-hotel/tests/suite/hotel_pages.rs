//! Settings, gallery, room types and staff lists as in contract.md sections 5 to 7 and 9.

use crate::support::{Desk, Listener, file, open, picture};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const SETTINGS: &str = "/api/staff/hotel/killarney/settings/";
const ROOMS: &str = "/api/staff/hotel/killarney/room-types/";

#[tokio::test]
async fn an_override_shows_until_it_is_cleared() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let set =
        mary.patch(SETTINGS, json!({"tagline_override": "New", "latitude_override": "52.5"})).await.json();
    assert_eq!((&set["tagline_override"], &set["tagline_display"]), (&json!("New"), &json!("New")));
    assert_eq!((&set["latitude_override"], &set["latitude_display"]), (&json!("52.500000"), &json!(52.5)));
    let cleared = mary.patch(SETTINGS, json!({"tagline_override": null})).await.json();
    assert_eq!(cleared["tagline_display"], "Between the lakes and the mountains");
    assert_eq!(mary.post(SETTINGS, json!({})).await.status, 405);
}

#[tokio::test]
async fn names_have_another_meaning_in_the_event_than_in_the_answer() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let answer = mary.patch(SETTINGS, json!({"slogan": "Sláinte"})).await.json();
    let (name, event) = listener.event().await;
    assert_eq!((name.as_str(), &event["slogan"]), ("settings-updated", &json!("Sláinte")));
    assert!(answer["hero_image"].as_str().unwrap().starts_with("image/upload/"));
    assert_eq!(event["hero_image"], answer["hero_image_url"]);
    assert_eq!(event.as_object().unwrap().len(), answer.as_object().unwrap().len());
}

#[tokio::test]
async fn wrong_settings_are_refused_field_by_field() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    for (field, value) in [
        ("primary_color", json!("#fff")),
        ("theme_mode", json!("neon")),
        ("amenities", json!("Pool")),
        ("longitude_override", json!("1.1234567")),
        ("email_override", json!("nope")),
    ] {
        let answer = mary.patch(SETTINGS, json!({field: value})).await;
        assert_eq!(answer.status, 400, "{field}");
        assert!(answer.json()[field][0].is_string(), "{field}");
    }
}

#[tokio::test]
async fn a_picture_and_a_wrong_text_together_save_the_picture_and_drop_all_texts() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let before = mary.get(SETTINGS).await.json();
    let form =
        Form::new().text("primary_color", "#fff").text("slogan", "Lost").part("hero_image", file(picture(4)));
    let answer = mary.send_form(Method::PATCH, SETTINGS, form).await;
    assert_eq!(answer.status, 200);
    let after = answer.json();
    assert_ne!(after["hero_image"], before["hero_image"]);
    assert_eq!(after["slogan"], before["slogan"]);
}

#[tokio::test]
async fn an_uploaded_gallery_picture_is_in_the_gallery_only_after_a_reorder() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    for zone in ["gallery/", "settings/gallery/"].map(|part| format!("/api/staff/hotel/killarney/{part}")) {
        let before = mary.get(SETTINGS).await.json()["gallery"].clone();
        let form = Form::new().part("image", file(picture(6)));
        let uploaded = mary.send_form(Method::POST, &format!("{zone}upload/"), form).await;
        assert_eq!(uploaded.status, 201);
        let (name, event) = listener.event().await;
        assert_eq!(name, "gallery-image-uploaded");
        assert_eq!((&event["url"], event["public_id"].is_string()), (&uploaded.json()["url"], true));
        assert_eq!(mary.get(SETTINGS).await.json()["gallery"], before);

        let mut wanted = before.as_array().unwrap().clone();
        wanted.insert(0, event["url"].clone());
        let answer = mary.post(&format!("{zone}reorder/"), json!({"gallery": wanted})).await.json();
        assert_eq!(answer["gallery"], json!(wanted));
        assert_eq!(listener.event().await, ("gallery-reordered".into(), json!({"gallery": wanted})));
        assert_eq!(mary.get(SETTINGS).await.json()["gallery"], json!(wanted));

        let remove =
            mary.request(Method::DELETE, &format!("{zone}remove/")).json(&json!({"url": event["url"]}));
        assert_eq!(crate::support::read(remove).await.unwrap().json()["gallery"], before);
        assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn the_gallery_takes_whatever_is_sent_and_misses_what_is_not_there() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let odd = json!(["not a url", 7]);
    assert_eq!(mary.patch(SETTINGS, json!({"gallery": odd})).await.json()["gallery"], odd);
    let (_, small) = listener.event().await;
    let fields: Vec<&String> = small.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["gallery", "hero_image", "hero_image_display", "updated_at"]);
    let remove =
        |body: Value| mary.request(Method::DELETE, "/api/staff/hotel/killarney/gallery/remove/").json(&body);
    let unknown = crate::support::read(remove(json!({"url": "http://nowhere/x.jpg"}))).await.unwrap();
    assert_eq!((unknown.status, unknown.json()), (404, json!({"error": "URL not found in gallery"})));
    assert_eq!(crate::support::read(remove(json!({}))).await.unwrap().status, 400);
}

#[tokio::test]
async fn room_types_are_listed_changed_and_deleted_without_events() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    assert_eq!(mary.get(ROOMS).await.json()["count"], 6);
    let body = json!({"name": "Attic", "starting_price_from": 99.5, "sort_order": 9});
    let room = mary.post(ROOMS, body).await.json();
    assert_eq!((&room["starting_price_from"], &room["currency"]), (&json!("99.50"), &json!("EUR")));
    let path = format!("{ROOMS}{}/", room["id"]);
    let changed = mary.patch(&path, json!({"starting_price_from": "105"})).await.json();
    assert_eq!((&changed["starting_price_from"], &changed["name"]), (&json!("105.00"), &json!("Attic")));
    assert_eq!(mary.delete(&path).await.status, 204);
    assert_eq!(mary.get(&path).await.json(), json!({"detail": "No RoomType matches the given query."}));
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_room_picture_sends_an_event_whose_timestamp_is_always_null() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let path = format!("{ROOMS}1/upload-image/");
    let answer =
        mary.send_form(Method::POST, &path, Form::new().part("photo", file(picture(2)))).await.json();
    let payload = json!({"room_type_id": 1, "photo_url": answer["photo_url"], "timestamp": null});
    assert_eq!(listener.event().await, ("room-type-image-updated".into(), payload));
    let by_address = mary.post(&path, json!({"photo_url": "https://pictures.example/a.jpg"})).await.json();
    assert_eq!(by_address["message"], "Image URL saved successfully");
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
    assert_eq!(mary.post(&path, json!({})).await.status, 400);
    let unknown = mary.post(&format!("{ROOMS}999/upload-image/"), json!({})).await;
    let text = "Request failed: No RoomType matches the given query.";
    assert_eq!((unknown.status, unknown.json()), (500, json!({"error": text})));
}

#[tokio::test]
async fn staff_are_listed_by_department_name_and_surname_in_pages_one_may_size() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let path = "/api/staff/killarney/by_hotel/killarney/";
    let all = mary.get(path).await.json();
    let names: Vec<&str> = all["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| person["last_name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Fleming", "Brosnan", "Moynihan", "Cronin", "Healy", "Lynch", "O'Sullivan"]);
    assert_eq!(mary.get(&format!("{path}?page_size=3")).await.json()["results"].as_array().unwrap().len(), 3);
    let desk = mary.get("/api/staff/killarney/by_department/?department=front-office").await.json();
    assert_eq!(desk["count"], 2);
}

#[tokio::test]
async fn guests_read_settings_and_theme_without_signing_in() {
    let hotel = open().await;
    let get = async |path: &str| {
        crate::support::read(crate::support::client().get(format!("{}{path}", hotel.url()))).await.unwrap()
    };
    assert_eq!(get("/api/hotel/public/killarney/settings/").await.json()["primary_color"], "#1F5F4A");
    let theme = get("/api/common/killarney/theme/").await.json();
    assert_eq!(
        (&theme["hotel_name"], &theme["primary_color"]),
        (&json!("Hotel Killarney"), &json!("#1F5F4A"))
    );
    assert!(get("/api/hotel/public/killarney/").await.json().get("offers").is_none());
    assert_eq!(get("/api/hotel/public/nowhere/settings/").await.status, 404);
}
