//! `branding show|edit|picture`.

use serde_json::json;

use crate::seat::{Hotel, Seat};

#[tokio::test]
async fn the_branding_is_shown_once_it_was_read() {
    let hotel = Hotel::open().await;
    let seat = Seat::at(&hotel).await;
    assert!(seat.run(&["branding", "show"]).await.ends(5).err.contains("deskctl sync"));
    seat.run(&["sync"]).await.ends(0);
    let shown = seat.ask(&["branding", "show"]).await;
    assert_eq!(shown["fields"]["primary_color"], hotel.now().settings()["primary_color"]);
    let words = seat.run(&["branding", "show"]).await.ends(0).out;
    assert!(words.contains("primary_color"), "{words}");
}

#[tokio::test]
async fn fields_and_pictures_of_the_branding_reach_the_hotel() {
    let mut hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let file = hotel.picture_file().await;
    let hero = hotel.now().settings()["hero_image_display"].clone();
    hotel.stop().await;
    let edit =
        ["branding", "edit", "--set", "slogan=Where the lake begins", "--set", "amenities=Sauna\nPool"];
    let edited = seat.ask(&edit).await;
    assert_eq!(edited["fields"]["amenities"], json!(["Sauna", "Pool"]));
    let put = seat.ask(&["branding", "picture", "hero_image", file.to_str().unwrap()]).await;
    assert_eq!(put["pictures"]["hero_image"]["waiting"], true);
    hotel.start_again().await;
    seat.run(&["sync"]).await.ends(0);
    let settings = hotel.now().settings();
    assert_eq!(settings["slogan"], "Where the lake begins");
    assert_eq!(settings["amenities"], json!(["Sauna", "Pool"]));
    assert_ne!(settings["hero_image_display"], hero);
    assert_eq!(seat.ask(&["branding", "show"]).await["sync"], "saved");
}

#[tokio::test]
async fn a_colour_that_is_none_is_told_at_its_field() {
    let hotel = Hotel::open().await;
    let seat = Seat::synced(&hotel).await;
    let edit =
        ["--json", "branding", "edit", "--set", "primary_color=green", "--set", "slogan=Not kept either"];
    let error = seat.run(&edit).await.ends(6).error();
    assert!(error["fields"]["primary_color"][0].is_string(), "{error}");
    assert_eq!(seat.ask(&["outbox", "list"]).await, json!([]));
}
