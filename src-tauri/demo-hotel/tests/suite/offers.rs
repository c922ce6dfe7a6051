//! Offers as in contract.md section 4.

use std::collections::BTreeSet;

use crate::support::{Desk, OFFERS, file, offer_path, open, photo, picture, read};
use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

fn titles(page: &Value) -> Vec<String> {
    let results = page["results"].as_array().unwrap();
    results.iter().map(|offer| offer["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_list_comes_in_pages_of_ten_with_absolute_links() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let first = mary.get(&format!("{OFFERS}?page_size=3")).await.json();
    assert_eq!(first["count"], 14);
    assert_eq!(titles(&first).len(), 10);
    assert_eq!(first["next"], format!("{}{OFFERS}?page=2&page_size=3", hotel.url()));
    assert_eq!(first["previous"], Value::Null);
    let second = mary.get(&format!("{OFFERS}?page=last")).await.json();
    assert_eq!(titles(&second).len(), 4);
    assert_eq!(second["next"], Value::Null);
    assert_eq!(second["previous"], format!("{}{OFFERS}", hotel.url()));
    let past = mary.get(&format!("{OFFERS}?page=3")).await;
    assert_eq!((past.status, past.json()), (404, json!({"detail": "Invalid page."})));
}

#[tokio::test]
async fn the_seeded_offers_are_live_scheduled_expired_and_hidden_on_any_day() {
    let today = jiff::civil::date(2031, 2, 3);
    let hotel = DemoHotel::start(Options::default().today(today)).await.unwrap();
    let day = |value: &Value| value.as_str().map(|text| text.parse::<jiff::civil::Date>().unwrap());
    let state = |offer: &Value| match (day(&offer["valid_from"]), day(&offer["valid_to"])) {
        _ if offer["is_active"] == false => "hidden",
        (_, Some(last)) if last < today => "expired",
        (Some(first), _) if first > today => "scheduled",
        _ => "live",
    };
    let states: Vec<&str> = hotel.offers().iter().map(state).collect();
    let count = |wanted| states.iter().filter(|state| **state == wanted).count();
    assert_eq!([count("live"), count("scheduled"), count("expired"), count("hidden")], [7, 3, 2, 2]);
}

#[tokio::test]
async fn lower_sort_order_comes_first_and_of_equals_the_newest() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    for (title, place) in [("older", 3), ("newer", 3), ("top", 0)] {
        let body = json!({"title": title, "short_description": "x", "sort_order": place});
        assert_eq!(mary.post(OFFERS, body).await.status, 201);
    }
    let all = titles(&mary.get(OFFERS).await.json());
    assert_eq!((all[0].as_str(), all[4].as_str(), all[5].as_str()), ("top", "newer", "older"));
}

#[tokio::test]
async fn a_created_offer_has_every_field_and_the_servers_defaults() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let body = json!({"id": 999, "title": "  Trimmed  ", "short_description": "s", "unknown": 1});
    let answer = mary.post(OFFERS, body).await;
    assert_eq!(answer.status, 201);
    let mut offer = answer.json();
    let created_at = offer["created_at"].take();
    assert!(created_at.as_str().unwrap().ends_with('Z'));
    assert_eq!(
        offer,
        json!({"id": offer["id"], "title": "Trimmed", "short_description": "s", "details_text": "", "details_html": "",
            "valid_from": null, "valid_to": null, "tag": "", "book_now_url": "", "photo": null, "photo_url": null,
            "sort_order": 0, "is_active": true, "created_at": null})
    );
    assert_ne!(offer["id"], 999);
}

#[tokio::test]
async fn wrong_fields_are_refused_with_the_servers_texts() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let required =
        json!({"title": ["This field is required."], "short_description": ["This field is required."]});
    assert_eq!(mary.post(OFFERS, json!({})).await.json(), required);
    let date = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
    let cases = [
        (json!({"title": " "}), "title", "This field may not be blank."),
        (json!({"title": null}), "title", "This field may not be null."),
        (json!({"title": "x".repeat(201)}), "title", "Ensure this field has no more than 200 characters."),
        (json!({"title": ["x"]}), "title", "Not a valid string."),
        (json!({"details_html": null}), "details_html", "This field may not be null."),
        (json!({"tag": "x".repeat(51)}), "tag", "Ensure this field has no more than 50 characters."),
        (json!({"book_now_url": "killarney"}), "book_now_url", "Enter a valid URL."),
        (json!({"book_now_url": null}), "book_now_url", "This field may not be null."),
        (json!({"sort_order": -1}), "sort_order", "Ensure this value is greater than or equal to 0."),
        (json!({"sort_order": "two"}), "sort_order", "A valid integer is required."),
        (json!({"is_active": "perhaps"}), "is_active", "Must be a valid boolean."),
        (json!({"valid_from": ""}), "valid_from", date),
        (json!({"valid_to": "2026-02-30"}), "valid_to", date),
    ];
    for (change, field, text) in cases {
        let answer = mary.patch(&format!("{OFFERS}1/"), change.clone()).await;
        assert_eq!((answer.status, answer.json()), (400, json!({field: [text]})), "{change}");
    }
}

#[tokio::test]
async fn the_last_day_may_lie_before_the_first() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let change = json!({"valid_from": "2026-05-02", "valid_to": "2026-05-01"});
    assert_eq!(mary.patch(&format!("{OFFERS}1/"), change).await.status, 200);
}

#[tokio::test]
async fn a_form_without_the_tick_makes_a_hidden_offer_and_an_empty_day_clears() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let form = || Form::new().text("title", "Form").text("short_description", "s");
    let offer = mary.send_form(Method::POST, OFFERS, form()).await.json();
    assert_eq!(offer["is_active"], false);
    let path = offer_path(&offer);
    assert_eq!(mary.patch(&path, json!({"valid_to": "2026-05-01", "is_active": true})).await.status, 200);
    let patched = mary.send_form(Method::PATCH, &path, Form::new().text("valid_to", "")).await.json();
    assert_eq!((&patched["valid_to"], &patched["is_active"]), (&Value::Null, &json!(true)));
    assert_eq!(mary.send_form(Method::PUT, &path, form()).await.json()["is_active"], false);
    let plain =
        read(mary.request(Method::POST, OFFERS).form(&[("title", "U"), ("short_description", "s")])).await;
    assert_eq!(plain.unwrap().json()["is_active"], false);
}

#[tokio::test]
async fn a_put_needs_the_two_texts_and_keeps_what_it_leaves_out() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let path = format!("{OFFERS}1/");
    let before = mary.get(&path).await.json();
    assert_eq!(mary.put(&path, json!({"title": "Only"})).await.status, 400);
    let after = mary.put(&path, json!({"title": "New", "short_description": "s"})).await.json();
    assert_eq!(
        (&after["title"], &after["tag"], &after["is_active"]),
        (&json!("New"), &before["tag"], &json!(true))
    );
}

#[tokio::test]
async fn a_deleted_offer_is_gone_for_every_verb() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let offer = mary.offer("Short-lived").await;
    let path = offer_path(&offer);
    let answer = mary.delete(&path).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    let ended = json!({"detail": "No Offer matches the given query."});
    for answer in [
        mary.delete(&path).await,
        mary.get(&path).await,
        mary.patch(&path, json!({})).await,
        mary.upload(&offer, picture(1)).await,
    ] {
        assert_eq!((answer.status, answer.json()), (404, ended.clone()));
    }
    assert_eq!(mary.get(&format!("{OFFERS}seven/")).await.json(), json!({"detail": "Not found."}));
}

#[tokio::test]
async fn another_hotels_offers_are_out_of_reach_by_slug_and_by_id() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let brid = Desk::sign_in(&hotel, "brid", "dingle-demo").await;
    let theirs = brid.get("/api/staff/hotel/dingle/offers/").await.json()["results"][0]["id"].clone();
    assert_eq!(mary.get(&format!("{OFFERS}{theirs}/")).await.status, 404);
    let foreign = json!({"detail": "You can only access resources from your hotel."});
    for slug in ["dingle", "nowhere"] {
        let answer = mary.get(&format!("/api/staff/hotel/{slug}/offers/")).await;
        assert_eq!((answer.status, answer.json()), (403, foreign.clone()));
    }
    assert_eq!(mary.get("/api/hotel/staff/offers/").await.status, 403);
}

#[tokio::test]
async fn an_uploaded_picture_is_served_byte_for_byte() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let offer = mary.offer("With picture").await;
    let answer = mary.upload(&offer, picture(7)).await.json();
    assert_eq!(answer["message"], "Image uploaded");
    let stored = mary.get(&offer_path(&offer)).await.json();
    let path = stored["photo"].as_str().unwrap();
    assert!(path.starts_with("image/upload/v") && path.ends_with(".png"), "{path}");
    assert_eq!(stored["photo_url"], format!("{}/media/{path}", hotel.url()));
    assert_eq!(stored["photo_url"], answer["photo_url"]);
    let served = mary.client.get(stored["photo_url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(served.headers()["content-type"], "image/png");
    assert_eq!(served.bytes().await.unwrap(), picture(7));
}

#[tokio::test]
async fn a_picture_can_come_with_the_offer_and_be_taken_away() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let form = Form::new().text("title", "T").text("short_description", "s").part("photo", file(picture(9)));
    let offer = mary.send_form(Method::POST, OFFERS, form).await.json();
    let path = offer_path(&offer);
    let kept = mary.patch(&path, json!({"photo": offer["photo"]})).await.json();
    assert_eq!(kept["photo_url"], offer["photo_url"]);
    for nothing in [json!(null), json!("")] {
        mary.patch(&path, json!({"photo": offer["photo"]})).await;
        let cleared = mary.patch(&path, json!({"photo": nothing})).await.json();
        assert_eq!((&cleared["photo"], &cleared["photo_url"]), (&Value::Null, &Value::Null));
    }
}

#[tokio::test]
async fn a_url_sent_as_photo_is_accepted_and_corrupts_it() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let url = mary.get(&format!("{OFFERS}1/")).await.json()["photo_url"].clone();
    let answer = mary.patch(&format!("{OFFERS}1/"), json!({"photo": url})).await;
    assert_eq!(answer.status, 200);
    let offer = answer.json();
    assert_eq!(offer["photo"], format!("image/upload/{}", url.as_str().unwrap()));
    assert!(!offer["photo_url"].as_str().unwrap().ends_with(".jpg"));
}

#[tokio::test]
async fn what_is_no_picture_ends_in_a_500_and_changes_nothing() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let offers = hotel.offers();
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    for bytes in [page.clone(), Vec::new()] {
        let form = Form::new().text("title", "T").text("short_description", "s").part("photo", file(bytes));
        let answer = mary.send_form(Method::POST, OFFERS, form).await;
        assert_eq!(answer.status, 500);
        assert!(serde_json::from_str::<Value>(&answer.text).is_err(), "debug text, not JSON");
    }
    let upload = mary.upload(&offers[0], page).await;
    assert_eq!((upload.status, upload.json()), (500, json!({"error": "Upload failed: Invalid image file"})));
    assert_eq!(hotel.offers(), offers);
}

#[tokio::test]
async fn a_photo_of_several_megabytes_is_taken() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let (offer, photo) = (mary.offer("Photo").await, photo());
    assert!(photo.len() > 2 << 20, "{}", photo.len());
    let answer = mary.upload(&offer, photo.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let url = answer.json()["photo_url"].as_str().unwrap().to_owned();
    assert_eq!(mary.client.get(url).send().await.unwrap().bytes().await.unwrap(), photo);
}

#[tokio::test]
async fn an_upload_needs_a_file_named_photo() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let path = format!("{OFFERS}1/upload-image/");
    let missing = json!({"error": "No photo file provided"});
    let wrong_name = Form::new().part("image", file(picture(1)));
    let answer = mary.send_form(Method::POST, &path, wrong_name).await;
    assert_eq!((answer.status, answer.json()), (400, missing.clone()));
    let answer = mary.post(&path, json!({"photo": "x"})).await;
    assert_eq!((answer.status, answer.json()), (400, missing));
    assert_eq!(mary.get(&path).await.status, 405);
    assert_eq!(mary.post(&format!("{OFFERS}1/upload_image/"), json!({})).await.status, 404);
}

fn slow_upload() -> FaultPlan {
    FaultPlan::of([Rule::new(Action::DelayMs(1_500)).path("*/upload-image/")])
}

/// Starts an upload in the background and returns when it has arrived at the hotel.
async fn upload_under_way(hotel: &DemoHotel, mary: &Desk, offer: &Value) -> tokio::task::JoinHandle<u16> {
    let (desk, offer) = (mary.clone(), offer.clone());
    let uploading = tokio::spawn(async move { desk.upload(&offer, picture(3)).await.status });
    let arrived = async {
        while !hotel.requests().iter().any(|request| request.path.ends_with("upload-image/")) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::support::DEADLINE, arrived).await.unwrap();
    // One more request behind it on another connection: at its answer the upload has read its row.
    mary.get(OFFERS).await;
    uploading
}

#[tokio::test]
async fn an_upload_takes_back_an_edit_made_while_it_ran() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let offer = mary.offer("Before").await;
    hotel.set_faults(slow_upload()).unwrap();
    let uploading = upload_under_way(&hotel, &mary, &offer).await;
    let edited = mary.patch(&offer_path(&offer), json!({"title": "After"})).await.json();
    assert_eq!(edited["title"], "After");
    assert_eq!(uploading.await.unwrap(), 200);
    assert_eq!(mary.get(&offer_path(&offer)).await.json()["title"], "Before");
}

#[tokio::test]
async fn an_upload_brings_a_deleted_offer_back_under_its_id() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let offer = mary.offer("Phoenix").await;
    hotel.set_faults(slow_upload()).unwrap();
    let uploading = upload_under_way(&hotel, &mary, &offer).await;
    assert_eq!(mary.delete(&offer_path(&offer)).await.status, 204);
    assert_eq!(uploading.await.unwrap(), 200);
    let back = mary.get(&offer_path(&offer)).await.json();
    assert_eq!(back["id"], offer["id"]);
    assert_ne!(back["created_at"], offer["created_at"]);
}

#[tokio::test]
async fn guests_see_active_offers_only_expired_ones_too() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let page = mary.get("/api/hotel/public/page/killarney/").await.json();
    let shown: BTreeSet<&str> = page["offers"][0].as_object().unwrap().keys().map(String::as_str).collect();
    let fields = "title short_description details_html valid_from valid_to tag book_now_url photo_url";
    assert_eq!(shown, fields.split(' ').collect());
    assert_eq!(page["offers"].as_array().unwrap().len(), 12);
}

#[tokio::test]
async fn generated_offers_come_after_the_believable_ones() {
    let hotel = DemoHotel::start(Options::default().offers(100)).await.unwrap();
    let offers = hotel.offers();
    assert_eq!(offers.len(), 114);
    assert_eq!(offers[0]["title"], "Two Nights by the Lake");
}
