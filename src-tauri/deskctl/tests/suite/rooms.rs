//! `rooms list|show|add|edit|rm|photo`.

use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk};

/// The number of the first room type.
fn first(hotel: &Hotel) -> String {
    hotel.now().room_types()[0]["id"].to_string()
}

fn named(hotel: &Hotel, name: &str) -> Vec<Value> {
    hotel.now().room_types().into_iter().filter(|room| room["name"] == name).collect()
}

#[tokio::test]
async fn room_types_are_listed_and_shown_as_the_hotel_has_them() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    assert!(test_desk.run(&["rooms", "list"]).await.ends(0).err.contains("deskctl sync"));
    test_desk.run(&["sync"]).await.ends(0);
    let at_hotel = hotel.now().room_types();
    let listed = test_desk.ask(&["rooms", "list"]).await;
    assert_eq!(listed.as_array().unwrap().len(), at_hotel.len());
    let shown = test_desk.ask(&["rooms", "show", &first(&hotel)]).await;
    for name in ["name", "code", "bed_setup", "max_occupancy", "starting_price_from", "is_active"] {
        assert_eq!(shown["fields"][name], at_hotel[0][name], "{name}");
    }
    assert_eq!(test_desk.ask(&["rooms", "show", shown["local_id"].as_str().unwrap()]).await, shown);
    let words = test_desk.run(&["rooms", "list"]).await.ends(0).out;
    assert!(words.contains("Lake View Double"), "{words}");
    test_desk.run(&["rooms", "show", "999999"]).await.ends(5);
}

#[tokio::test]
async fn a_list_is_reached_by_the_name_of_its_resource_too() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert_eq!(
        test_desk.ask(&["records", "room_type", "list"]).await,
        test_desk.ask(&["rooms", "list"]).await
    );
    let words = test_desk.run(&["records", "room_type", "list"]).await.ends(0).out;
    assert!(words.contains("Lake View Double") && words.contains("6 room types"), "{words}");
    let id = first(&hotel);
    test_desk.run(&["records", "room_type", "edit", &id, "--set", "bed_setup=1 king"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.now().room_types()[0]["bed_setup"], "1 king");
    test_desk.run(&["records", "room_type", "rm", &id]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.now().room_types().len(), 5);
    let refused = test_desk.run(&["records", "chat", "list"]).await.ends(2).err;
    assert!(refused.contains("room_type"), "the lists that there are: {refused}");
}

#[tokio::test]
async fn a_room_type_added_without_a_network_reaches_the_hotel_once() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = hotel.picture_file().await;
    hotel.stop().await;
    let added = test_desk
        .ask(&[
            "rooms",
            "add",
            "--set",
            "name=Tower Suite",
            "--set",
            "starting_price_from=240",
            "--set",
            "currency=eur",
            "--set",
            "max_occupancy=3",
            "--photo",
            file.to_str().unwrap(),
        ])
        .await;
    assert_eq!((&added["id"], &added["sync"]), (&Value::Null, &json!("waiting")));
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let stored = named(&hotel, "Tower Suite");
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["starting_price_from"], "240.00");
    assert!(!stored[0]["photo"].is_null());
    let shown = test_desk.ask(&["rooms", "show", added["local_id"].as_str().unwrap()]).await;
    assert_eq!((&shown["id"], &shown["sync"]), (&stored[0]["id"], &json!("saved")));
}

#[tokio::test]
async fn an_edit_sends_only_what_differs() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let before = hotel.now().room_types()[0].clone();
    let id = first(&hotel);
    let same = format!("name={}", before["name"].as_str().unwrap());
    test_desk.run(&["rooms", "edit", &id, "--set", &same]).await.ends(0);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]), "nothing differs");
    let edit = ["rooms", "edit", &id, "--set", &same, "--set", "bed_setup=1 king = large", "--clear", "code"];
    let edited = test_desk.ask(&edit).await;
    assert_eq!(
        (&edited["fields"]["bed_setup"], &edited["fields"]["code"]),
        (&json!("1 king = large"), &json!(""))
    );
    test_desk.run(&["sync"]).await.ends(0);
    let after = hotel.now().room_types()[0].clone();
    assert_eq!((&after["bed_setup"], &after["code"]), (&json!("1 king = large"), &json!("")));
    assert_eq!(after["short_description"], before["short_description"]);
}

#[tokio::test]
async fn a_value_that_is_refused_is_told_at_its_field_and_nothing_is_stored() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let edit = [
        "--json",
        "rooms",
        "edit",
        &first(&hotel),
        "--set",
        "name=Kept out",
        "--set",
        "max_occupancy=many",
        "--set",
        "colour=red",
        "--clear",
        "is_active",
    ];
    let error = test_desk.run(&edit).await.ends(6).error();
    for field in ["max_occupancy", "colour", "is_active"] {
        assert!(error["fields"][field][0].is_string(), "{field} in {error}");
    }
    let price = ["rooms", "edit", &first(&hotel), "--set", "starting_price_from=cheap"];
    assert!(test_desk.run(&price).await.ends(6).err.contains("starting_price_from: "));
    let error = test_desk.run(&["--json", "rooms", "add", "--set", "code=X"]).await.ends(6).error();
    assert!(error["fields"]["name"][0].is_string(), "{error}");
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_room_types_picture_goes_on_and_off() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, file) = (first(&hotel), hotel.picture_file().await);
    let before = hotel.now().room_types()[0]["photo"].clone();
    test_desk.run(&["rooms", "photo", &id, file.to_str().unwrap()]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let put = hotel.now().room_types()[0]["photo"].clone();
    assert!(put.is_string() && put != before);
    test_desk.run(&["rooms", "edit", &id, "--clear", "photo"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert!(hotel.now().room_types()[0]["photo"].is_null());
}

#[tokio::test]
async fn a_removed_room_type_is_answered_as_it_was() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let id = first(&hotel);
    let shown = test_desk.ask(&["rooms", "show", &id]).await;
    assert_eq!(test_desk.ask(&["rooms", "rm", &id]).await, shown);
    test_desk.run(&["sync"]).await.ends(0);
    assert_ne!(first(&hotel), id);
    test_desk.run(&["rooms", "rm", &id]).await.ends(5);
}

#[tokio::test]
async fn the_help_lists_the_fields_of_the_table() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let rooms = test_desk.run(&["rooms", "edit", "--help"]).await.ends(0).out;
    assert!(rooms.contains("starting_price_from") && rooms.contains("needed"), "{rooms}");
    let branding = test_desk.run(&["branding", "edit", "--help"]).await.ends(0).out;
    assert!(branding.contains("primary_color") && branding.contains("#RRGGBB"), "{branding}");
}
