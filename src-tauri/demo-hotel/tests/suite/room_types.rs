//! The details of room types, contract.md section 7.

use crate::support::{Desk, file, open, picture};
use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const ROOMS: &str = "/api/staff/hotel/killarney/room-types/";

fn names(page: &Value) -> Vec<&str> {
    page["results"].as_array().unwrap().iter().map(|room| room["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn they_come_in_pages_of_ten_by_sort_order_and_then_name() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    for name in ["Zen", "Attic", "Mews", "Loft", "Barn"] {
        let body = json!({"name": name, "starting_price_from": "90", "sort_order": 2});
        assert_eq!(mary.post(ROOMS, body).await.status, 201);
    }
    let first = mary.get(ROOMS).await.json();
    let second = mary.get(&format!("{ROOMS}?page=2")).await.json();
    assert_eq!(
        (&first["count"], &first["next"]),
        (&json!(11), &json!(format!("{}{ROOMS}?page=2", hotel.url())))
    );
    assert_eq!(
        names(&first),
        [
            "Classic Double",
            "Classic Twin",
            "Attic",
            "Barn",
            "Lake View Double",
            "Loft",
            "Mews",
            "Zen",
            "Family Room",
            "Garden Suite"
        ]
    );
    assert_eq!(names(&second), ["Torc Suite"]);
    let all: Vec<Value> =
        [&first, &second].iter().flat_map(|page| page["results"].as_array().unwrap().clone()).collect();
    assert_eq!(hotel.room_types(), all);
}

#[tokio::test]
async fn money_is_taken_as_number_or_text_and_given_as_text_with_two_decimals() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let path = format!("{ROOMS}1/");
    for (sent, shown) in
        [(json!(119), "119.00"), (json!("119.5"), "119.50"), (json!(99.95), "99.95"), (json!("0"), "0.00")]
    {
        let room = mary.patch(&path, json!({"starting_price_from": sent})).await.json();
        assert_eq!(room["starting_price_from"], shown);
    }
    for wrong in [json!("119.999"), json!("1.000"), json!("NaN"), json!("cheap"), Value::Null] {
        let answer = mary.patch(&path, json!({"starting_price_from": wrong})).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
    assert_eq!(hotel.room_types()[0]["starting_price_from"], "0.00");
}

#[tokio::test]
async fn a_picture_given_as_an_address_loses_its_extension_on_the_next_read() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let url = "https://pictures.example/a.jpg";
    let answer = mary.post(&format!("{ROOMS}1/upload-image/"), json!({"photo_url": url})).await;
    let saved = json!({"message": "Image URL saved successfully", "photo_url": url});
    assert_eq!((answer.status, answer.json()), (200, saved));
    let shown = mary.get(&format!("{ROOMS}1/")).await.json()["photo_url"].clone();
    assert!(shown.as_str().unwrap().ends_with("https://pictures.example/a"), "{shown}");
}

#[tokio::test]
async fn what_is_wrong_with_an_upload_is_told_in_the_servers_words() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let path = format!("{ROOMS}1/upload-image/");
    for (body, text) in [
        (json!({}), "Please provide either a photo file or photo_url"),
        (json!({"photo_url": ""}), "photo_url cannot be empty"),
    ] {
        let answer = mary.post(&path, body).await;
        assert_eq!((answer.status, answer.json()), (400, json!({"error": text})));
    }
    let form = Form::new().part("photo", file(b"no picture".to_vec()));
    let bad = mary.send_form(Method::POST, &path, form).await;
    assert_eq!((bad.status, bad.json()), (500, json!({"error": "Upload failed: Invalid image file"})));
}

#[tokio::test]
async fn a_picture_that_could_not_be_answered_for_is_stored_all_the_same() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let before = hotel.room_types()[0]["photo"].clone();
    let unclear = Action::StatusAfterCommit(StatusFault { code: 502, body: None });
    hotel.set_faults(FaultPlan::of([Rule::new(unclear).path("*/upload-image/").times(1)])).unwrap();
    let form = Form::new().part("photo", file(picture(5)));
    assert_eq!(mary.send_form(Method::POST, &format!("{ROOMS}1/upload-image/"), form).await.status, 502);
    assert_ne!(hotel.room_types()[0]["photo"], before);
}
