//! The details of the hotel settings, contract.md section 6.1.

use crate::support::{Desk, Listener, file, open, picture, read};
use demo_hotel::{Action, DemoHotel, FaultPlan, Rule};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const SETTINGS: &str = "/api/staff/hotel/killarney/settings/";

async fn opened() -> (DemoHotel, Desk) {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    (hotel, mary)
}

async fn bytes_at(mary: &Desk, url: &Value) -> Vec<u8> {
    mary.client.get(url.as_str().unwrap()).send().await.unwrap().bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_put_may_be_as_partial_as_a_patch() {
    let (_hotel, mary) = opened().await;
    let before = mary.get(SETTINGS).await.json();
    let after = mary.put(SETTINGS, json!({"slogan": "Put"})).await.json();
    assert_eq!((&after["slogan"], &after["amenities"]), (&json!("Put"), &before["amenities"]));
}

#[tokio::test]
async fn only_six_digits_after_a_hash_are_a_colour() {
    let (_hotel, mary) = opened().await;
    for wrong in ["#fff", "1F5F4A", "#1F5F4A00", "#GGGGGG", "red", ""] {
        let answer = mary.patch(SETTINGS, json!({"link_color": wrong})).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
    assert_eq!(mary.patch(SETTINGS, json!({"link_color": "#abcdef"})).await.json()["link_color"], "#abcdef");
}

#[tokio::test]
async fn a_coordinate_has_six_decimals_at_most_and_is_a_finite_number() {
    let (_hotel, mary) = opened().await;
    for (wrong, text) in [
        (json!("1.1234567"), "Ensure that there are no more than 6 decimal places."),
        (json!("1.1000000"), "Ensure that there are no more than 6 decimal places."),
        (json!("1e-7"), "Ensure that there are no more than 6 decimal places."),
        (json!("NaN"), "A valid number is required."),
        (json!("inf"), "A valid number is required."),
        (json!("north"), "A valid number is required."),
    ] {
        let answer = mary.patch(SETTINGS, json!({"latitude_override": wrong})).await;
        assert_eq!((answer.status, answer.json()), (400, json!({"latitude_override": [text]})), "{wrong}");
    }
    let set = mary.patch(SETTINGS, json!({"latitude_override": 52.123_456})).await.json();
    assert_eq!(set["latitude_override"], "52.123456");
    assert_eq!(set["latitude_display"], 52.123_456);
}

#[tokio::test]
async fn amenities_are_a_list_and_in_a_form_the_json_of_one() {
    let (_hotel, mary) = opened().await;
    let list = mary.patch(SETTINGS, json!({"amenities": ["Pool"]})).await.json();
    assert_eq!(list["amenities"], json!(["Pool"]));
    let form = Form::new().text("amenities", r#"["Sauna", "Bar"]"#);
    let sent = mary.send_form(Method::PATCH, SETTINGS, form).await.json();
    assert_eq!(sent["amenities"], json!(["Sauna", "Bar"]));
    let wrong = mary.send_form(Method::PATCH, SETTINGS, Form::new().text("amenities", "Sauna")).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn a_logo_file_is_seen_only_where_no_logo_text_is_set() {
    let (_hotel, mary) = opened().await;
    let upload = async |shade| {
        let form = Form::new().part("logo", file(picture(shade)));
        mary.send_form(Method::PATCH, SETTINGS, form).await.json()
    };
    let with_file = upload(1).await;
    assert_eq!(with_file["logo"], "");
    assert_eq!(bytes_at(&mary, &with_file["logo_display"]).await, picture(1));
    let text = "https://logos.example/harp.png";
    assert_eq!(mary.patch(SETTINGS, json!({"logo": text})).await.json()["logo_display"], text);
    assert_eq!(upload(2).await["logo_display"], text);
    let cleared = mary.patch(SETTINGS, json!({"logo": ""})).await.json();
    assert_eq!(bytes_at(&mary, &cleared["logo_display"]).await, picture(2));
}

#[tokio::test]
async fn the_event_has_the_effective_logo_where_the_answer_has_the_text() {
    let (hotel, mary) = opened().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let form = Form::new().part("logo", file(picture(1)));
    let answer = mary.send_form(Method::PATCH, SETTINGS, form).await.json();
    let (_, event) = listener.event().await;
    assert_eq!((&answer["logo"], &event["logo"]), (&json!(""), &answer["logo_display"]));
}

#[tokio::test]
async fn a_large_picture_is_kept_twice_so_that_clearing_it_shows_the_hotels_own_copy() {
    let (_hotel, mary) = opened().await;
    for field in ["hero_image", "landing_page_image"] {
        let form = Form::new().part(field, file(picture(9)));
        let set = mary.send_form(Method::PATCH, SETTINGS, form).await.json();
        let (url, display) = (&set[format!("{field}_url")], format!("{field}_display"));
        assert_eq!(&set[&display], url);
        let cleared = mary.patch(SETTINGS, json!({field: null})).await.json();
        assert_eq!((&cleared[field], &cleared[format!("{field}_url")]), (&Value::Null, &Value::Null));
        assert_ne!(&cleared[&display], url, "the hotel's copy is a second upload");
        assert_eq!(bytes_at(&mary, &cleared[&display]).await, picture(9));
    }
}

#[tokio::test]
async fn a_file_that_is_no_picture_is_a_500_and_changes_nothing() {
    let (_hotel, mary) = opened().await;
    let before = mary.get(SETTINGS).await.json();
    let form = Form::new().text("slogan", "Lost").part("hero_image", file(b"no picture".to_vec()));
    assert_eq!(mary.send_form(Method::PATCH, SETTINGS, form).await.status, 500);
    assert_eq!(mary.get(SETTINGS).await.json(), before);
}

#[tokio::test]
async fn a_picture_and_a_wrong_text_together_drop_the_gallery_too() {
    let (hotel, mary) = opened().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = mary.get(SETTINGS).await.json()["gallery"].clone();
    let form = || Form::new().text("gallery", r#"["https://pictures.example/a.jpg"]"#);
    let wrong = form().text("primary_color", "#fff").part("hero_image", file(picture(4)));
    let answer = mary.send_form(Method::PATCH, SETTINGS, wrong).await;
    assert_eq!((answer.status, &answer.json()["gallery"]), (200, &before));
    assert!(listener.event().await.1.get("slogan").is_some(), "the large event");
    let right = mary.send_form(Method::PATCH, SETTINGS, form()).await.json();
    assert_eq!(right["gallery"], json!(["https://pictures.example/a.jpg"]));
    assert!(listener.event().await.1.get("slogan").is_none(), "the small event");
}

#[tokio::test]
async fn settings_too_large_for_an_event_are_stored_without_one() {
    let (hotel, mary) = opened().await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let answer = mary.patch(SETTINGS, json!({"long_description": "x".repeat(20_000)})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn settings_whose_answer_was_lost_are_stored_and_the_request_is_counted() {
    let (hotel, mary) = opened().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DropAfterCommit).path(SETTINGS).times(1)])).unwrap();
    hotel.reset_requests();
    let sending = mary.request(Method::PATCH, SETTINGS).json(&json!({"slogan": "Unanswered"}));
    assert!(read(sending).await.is_err());
    assert_eq!(hotel.settings()["slogan"], "Unanswered");
    assert_eq!(hotel.requests().len(), 1);
}

#[tokio::test]
async fn guests_may_only_read() {
    let (hotel, mary) = opened().await;
    for path in ["/api/hotel/public/killarney/settings/", "/api/common/killarney/theme/"] {
        assert_eq!(mary.patch(path, json!({})).await.status, 405, "{path}");
    }
    let nowhere = mary.client.post(format!("{}/api/hotel/public/nowhere/settings/", hotel.url()));
    assert_eq!(read(nowhere).await.unwrap().status, 405, "the method is looked at before the hotel");
}
