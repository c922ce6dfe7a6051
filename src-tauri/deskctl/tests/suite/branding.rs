//! `branding show|edit|picture`.

use serde_json::json;

use crate::test_desk::{Hotel, TestDesk};

#[tokio::test]
async fn the_branding_is_shown_once_it_was_read() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    assert!(test_desk.run(&["branding", "show"]).await.ends(5).err.contains("deskctl sync"));
    test_desk.run(&["sync"]).await.ends(0);
    let shown = test_desk.ask(&["branding", "show"]).await;
    assert_eq!(shown["fields"]["primary_color"], hotel.now().settings()["primary_color"]);
    let words = test_desk.run(&["branding", "show"]).await.ends(0).out;
    assert!(words.contains("primary_color"), "{words}");
}

#[tokio::test]
async fn fields_and_pictures_of_the_branding_reach_the_hotel() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = hotel.picture_file().await;
    let hero = hotel.now().settings()["hero_image_display"].clone();
    hotel.stop().await;
    let edit =
        ["branding", "edit", "--set", "slogan=Where the lake begins", "--set", "amenities=Sauna\nPool"];
    let edited = test_desk.ask(&edit).await;
    assert_eq!(edited["fields"]["amenities"], json!(["Sauna", "Pool"]));
    let put = test_desk.ask(&["branding", "picture", "hero_image", file.to_str().unwrap()]).await;
    assert_eq!(put["pictures"]["hero_image"]["waiting"], true);
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    let settings = hotel.now().settings();
    assert_eq!(settings["slogan"], "Where the lake begins");
    assert_eq!(settings["amenities"], json!(["Sauna", "Pool"]));
    assert_ne!(settings["hero_image_display"], hero);
    assert_eq!(test_desk.ask(&["branding", "show"]).await["sync"], "saved");
}

#[tokio::test]
async fn a_colour_that_is_none_is_told_at_its_field() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let edit =
        ["--json", "branding", "edit", "--set", "primary_color=green", "--set", "slogan=Not kept either"];
    let error = test_desk.run(&edit).await.ends(6).error();
    assert!(error["fields"]["primary_color"][0].is_string(), "{error}");
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}
