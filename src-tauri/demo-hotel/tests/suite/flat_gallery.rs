//! The flat gallery, contract.md section 5.1, beyond the tests in `hotel_pages.rs`.

use crate::support::{DEADLINE, Desk, Listener, file, open, picture, read};
use demo_hotel::{Action, FaultPlan, Rule};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};
use tokio::time::timeout;

const SETTINGS: &str = "/api/staff/hotel/killarney/settings/";
const UPLOAD: &str = "/api/staff/hotel/killarney/settings/gallery/upload/";
const REORDER: &str = "/api/staff/hotel/killarney/settings/gallery/reorder/";
const REMOVE: &str = "/api/staff/hotel/killarney/settings/gallery/remove/";

#[tokio::test]
async fn an_upload_without_a_picture_is_refused_in_two_ways() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let none = mary.post(UPLOAD, json!({})).await;
    assert_eq!((none.status, none.json()), (400, json!({"error": "No image file provided"})));
    let form = Form::new().part("image", file(b"no picture".to_vec()));
    let bad = mary.send_form(Method::POST, UPLOAD, form).await;
    assert_eq!((bad.status, bad.json()), (500, json!({"error": "Upload failed: Invalid image file"})));
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_uploaded_picture_can_be_fetched_before_anybody_puts_it_in_the_gallery() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let form = Form::new().part("image", file(picture(3)));
    let answer = mary.send_form(Method::POST, UPLOAD, form).await.json();
    let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["message", "public_id", "url"]);
    let served = mary.client.get(answer["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(served.bytes().await.unwrap(), picture(3));
}

#[tokio::test]
async fn a_reorder_takes_anything_that_is_a_list_and_the_last_one_wins() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    for list in [json!(["x", 7, null, {"a": 1}, "x"]), json!([]), json!(["https://elsewhere.example/a.jpg"])]
    {
        let answer = mary.post(REORDER, json!({"gallery": list})).await;
        assert_eq!((answer.status, &answer.json()["gallery"]), (200, &list));
        assert_eq!(mary.get(SETTINGS).await.json()["gallery"], list);
    }
    assert_eq!(mary.post(REORDER, json!({"gallery": "x"})).await.status, 400);
}

#[tokio::test]
async fn a_gallery_too_large_for_an_event_is_stored_without_one() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let urls: Vec<String> =
        (0..120).map(|number| format!("https://pictures.example/{number:0>64}.jpg")).collect();
    assert_eq!(mary.post(REORDER, json!({"gallery": urls})).await.status, 200);
    assert_eq!(hotel.gallery(), urls.into_iter().map(Value::from).collect::<Vec<_>>());
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_library_shows_the_gallery_as_staff_see_it() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let shown = mary.get(SETTINGS).await.json();
    assert_eq!(json!(hotel.gallery()), shown["gallery"]);
    assert_eq!(hotel.gallery().len(), 8);
    assert_eq!(hotel.settings(), shown);
}

#[tokio::test]
async fn every_write_to_the_gallery_can_be_lost_after_the_commit_and_is_counted() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let first = hotel.gallery()[0].clone();
    let bodies = [
        (Method::POST, REORDER, json!({"gallery": [first]})),
        (Method::DELETE, REMOVE, json!({"url": first})),
    ];
    for (left, (method, path, body)) in [1, 0].into_iter().zip(bodies) {
        let lost = Rule::new(Action::DropAfterCommit).path(path).times(1);
        hotel.set_faults(FaultPlan::of([lost])).unwrap();
        hotel.reset_requests();
        assert!(read(mary.request(method.clone(), path).json(&body)).await.is_err());
        assert_eq!(hotel.gallery().len(), left);
        let requests = hotel.requests();
        assert_eq!(
            (requests.len(), &requests[0].method[..], &requests[0].path[..]),
            (1, method.as_str(), path)
        );
    }
}

#[tokio::test]
async fn a_slow_removal_brings_back_what_was_put_in_order_meanwhile() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let seeded = hotel.gallery();
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(400)).path(REMOVE)])).unwrap();
    let (desk, body) = (mary.clone(), json!({"url": seeded[0]}));
    let removing = tokio::spawn(async move { read(desk.request(Method::DELETE, REMOVE).json(&body)).await });
    let arrived = async {
        while !hotel.requests().iter().any(|request| request.path == REMOVE) {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, arrived).await.unwrap();
    assert_eq!(mary.post(REORDER, json!({"gallery": []})).await.status, 200);
    assert_eq!(removing.await.unwrap().unwrap().status, 200);
    assert_eq!(hotel.gallery(), seeded[1..]);
}
