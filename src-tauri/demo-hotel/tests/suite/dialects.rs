//! The differences between the dialects.

use crate::support::{Answer, Desk, Listener, file, picture, read};
use demo_hotel::{DemoHotel, Dialect, Options};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const SETTINGS: &str = "/api/staff/hotel/killarney/settings/";
const GALLERIES: &str = "/api/staff/hotel/killarney/galleries/";

async fn open(dialect: Dialect) -> (DemoHotel, Desk) {
    let hotel = DemoHotel::start(Options::default().dialect(dialect)).await.unwrap();
    let mary = Desk::mary(&hotel).await;
    (hotel, mary)
}

fn is_no_such_page(answer: &Answer) -> bool {
    answer.status == 404 && answer.header("content-type").starts_with("text/html")
}

#[tokio::test]
async fn with_galleries_there_are_no_paths_of_the_flat_gallery() {
    let (_hotel, mary) = open(Dialect::Galleries).await;
    for zone in ["gallery", "settings/gallery"] {
        for (method, verb) in
            [(Method::POST, "upload"), (Method::POST, "reorder"), (Method::DELETE, "remove")]
        {
            let path = format!("/api/staff/hotel/killarney/{zone}/{verb}/");
            for method in [method, Method::OPTIONS] {
                assert!(is_no_such_page(&read(mary.request(method, &path)).await.unwrap()), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn without_galleries_there_are_no_paths_of_galleries() {
    let (_hotel, mary) = open(Dialect::Documents).await;
    for path in ["galleries/", "galleries/1/", "galleries/1/upload_image/", "gallery-images/1/"] {
        let path = format!("/api/staff/hotel/killarney/{path}");
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            assert!(is_no_such_page(&read(mary.request(method, &path)).await.unwrap()), "{path}");
        }
    }
}

#[tokio::test]
async fn with_galleries_the_clock_cannot_be_pressed_but_the_profile_tells_who_is_on_duty() {
    let (_hotel, mary) = open(Dialect::Galleries).await;
    for method in [Method::POST, Method::GET, Method::OPTIONS] {
        let answer = read(mary.request(method, "/api/staff/killarney/clock/")).await.unwrap();
        assert_eq!(answer.status, 403, "another route answers in its place");
    }
    assert_eq!(mary.get("/api/staff/killarney/me/").await.json()["is_on_duty"], false);
}

#[tokio::test]
async fn the_settings_have_the_gallery_of_the_dialect() {
    let (hotel, mary) = open(Dialect::Galleries).await;
    let settings = mary.get(SETTINGS).await.json();
    assert!(settings.get("gallery").is_none());
    assert_eq!(settings["galleries"], json!(hotel.gallery()));
    assert_eq!(settings["galleries"][0]["images"].as_array().unwrap().len(), 4);
    assert_eq!(settings, hotel.settings());
    let (hotel, mary) = open(Dialect::Documents).await;
    assert_eq!(mary.get(SETTINGS).await.json()["gallery"], json!(hotel.gallery()));
}

#[tokio::test]
async fn with_galleries_a_gallery_sent_to_the_settings_is_ignored_and_the_event_is_the_large_one() {
    let (hotel, mary) = open(Dialect::Galleries).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let before = hotel.gallery();
    let sent = json!({"gallery": ["x"], "galleries": [], "slogan": "Sláinte"});
    let answer = mary.patch(SETTINGS, sent).await;
    assert_eq!((answer.status, &answer.json()["slogan"]), (200, &json!("Sláinte")));
    let (name, event) = listener.event().await;
    assert_eq!((name.as_str(), &event["slogan"]), ("settings-updated", &json!("Sláinte")));
    assert_eq!((&event["galleries"], event.get("gallery")), (&json!(before), None));
    assert!(event["hero_image"].as_str().unwrap().starts_with("http"));
    assert_eq!(hotel.gallery(), before);
}

#[tokio::test]
async fn with_many_pictures_in_galleries_no_settings_event_arrives_any_more() {
    let (hotel, mary) = open(Dialect::Galleries).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    mary.patch(SETTINGS, json!({"slogan": "Few"})).await;
    assert_eq!(listener.names_so_far(&hotel).await, ["settings-updated"]);
    let path = format!("{GALLERIES}{}/upload_image/", hotel.gallery()[0]["id"]);
    for shade in 0..24 {
        let form = Form::new().part("image", file(picture(shade)));
        assert_eq!(mary.send_form(Method::POST, &path, form).await.status, 201);
    }
    listener.names_so_far(&hotel).await;
    assert_eq!(mary.patch(SETTINGS, json!({"slogan": "Many"})).await.status, 200);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
    assert_eq!(hotel.settings()["slogan"], "Many");
}

#[tokio::test]
async fn one_data_file_serves_both_dialects() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::default().data(folder.path().join("hotel.sqlite"));
    let flat = DemoHotel::start(options.clone()).await.unwrap();
    let paths = |urls: Vec<Value>| -> Vec<String> {
        urls.iter().map(|url| url.as_str().unwrap().split_once("/media/").unwrap().1.to_owned()).collect()
    };
    let mut pictures = paths(flat.gallery());
    flat.stop().await;
    let nested = DemoHotel::start(options.dialect(Dialect::Galleries)).await.unwrap();
    let images = |gallery: &Value| gallery["images"].as_array().unwrap().clone();
    let urls = nested.gallery().iter().flat_map(images).map(|image| image["image_url"].clone()).collect();
    let mut in_galleries = paths(urls);
    pictures.sort();
    in_galleries.sort();
    assert_eq!(in_galleries, pictures);
}
