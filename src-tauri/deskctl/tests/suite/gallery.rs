//! `gallery list|add|rm|order|caption`, and `activity put-back`.

use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::resources::ONLY_ONE;
use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk};

/// The pictures' keys as the program lists them.
async fn keys(test_desk: &TestDesk) -> Vec<String> {
    let galleries = test_desk.ask(&["gallery", "list"]).await;
    let images = galleries[0]["images"].as_array().unwrap().clone();
    images.iter().map(|image| image["local_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pictures_added_without_a_network_reach_the_gallery_once_and_in_their_order() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let files = hotel.picture_files(2).await;
    let before = hotel.now().gallery();
    hotel.stop().await;
    let add = ["gallery", "add", files[0].to_str().unwrap(), files[1].to_str().unwrap()];
    let added = test_desk.ask(&add).await;
    let added: Vec<&str> =
        added.as_array().unwrap().iter().map(|image| image["local_id"].as_str().unwrap()).collect();
    assert_eq!(added.len(), 2);
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let after = hotel.now().gallery();
    assert_eq!(after.len(), before.len() + 2);
    assert_eq!(after[..before.len()], before[..]);
    assert_eq!(keys(&test_desk).await[before.len()..], added[..], "the same keys for good");
}

#[tokio::test]
async fn a_picture_is_moved_and_taken_out() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (before, listed) = (hotel.now().gallery(), keys(&test_desk).await);
    test_desk.run(&["gallery", "order", &listed[0], "--after", &listed[1]]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let moved = hotel.now().gallery();
    assert_eq!((&moved[0], &moved[1]), (&before[1], &before[0]));
    let removed = test_desk.ask(&["gallery", "rm", &listed[0]]).await;
    assert_eq!(removed[0]["url"], before[0]);
    test_desk.run(&["sync"]).await.ends(0);
    assert!(!hotel.now().gallery().contains(&before[0]));
    test_desk.run(&["gallery", "rm", &listed[0]]).await.ends(5);
    let last = test_desk.ask(&["gallery", "order", &listed[1], "--last"]).await;
    assert_eq!(last["images"].as_array().unwrap().last().unwrap()["local_id"], *listed[1]);
}

#[tokio::test]
async fn a_picture_that_a_colleague_took_out_is_put_back_once() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (before, file) = (hotel.now().gallery(), hotel.picture_file().await);
    test_desk.run(&["gallery", "add", file.to_str().unwrap()]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    let names: Vec<String> = before.iter().map(|url| url.as_str().unwrap().to_owned()).collect();
    hotel.colleague().await.order_images(GalleryDialect::Flat, ONLY_ONE, &names).await.unwrap();
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.now().gallery(), before, "nothing goes back by itself");
    let list = test_desk.ask(&["activity", "list"]).await;
    let number = list["activities"][0]["id"].to_string();
    let words = test_desk.run(&["activity", "list"]).await.ends(0).out;
    assert!(words.contains(&format!("activity put-back {number}")), "{words}");
    test_desk.run(&["activity", "put-back", &number]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.now().gallery().len(), before.len() + 1);
    test_desk.run(&["activity", "put-back", &number]).await.ends(5);
}

#[tokio::test]
async fn a_hotel_without_captions_says_so() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = hotel.picture_file().await;
    let add = ["--json", "gallery", "add", file.to_str().unwrap(), "--caption", "The lake"];
    let error = test_desk.run(&add).await.ends(1).error();
    assert_eq!(
        (&error["code"], &error["message"]),
        (&json!("not_allowed"), &json!("This hotel’s server has no captions."))
    );
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_caption_can_be_changed_until_the_picture_is_sent() {
    let hotel = Hotel::with_galleries().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let file = hotel.picture_file().await;
    let galleries = test_desk.ask(&["gallery", "list"]).await;
    let gallery = galleries[0]["local_id"].as_str().unwrap();
    let add = ["gallery", "add", file.to_str().unwrap(), "--caption", "Teh lake", "--gallery", gallery];
    let added = test_desk.ask(&add).await;
    let image = added[0]["local_id"].as_str().unwrap();
    assert_eq!(test_desk.ask(&["gallery", "caption", image, "The lake"]).await[0]["caption"], "The lake");
    test_desk.run(&["sync"]).await.ends(0);
    let listed = test_desk.ask(&["gallery", "list"]).await;
    let sent = |image: &&Value| image["caption"] == "The lake" && image["url"].is_string();
    assert_eq!(listed[0]["images"].as_array().unwrap().iter().filter(sent).count(), 1);
    assert!(test_desk.run(&["gallery", "caption", image, "Too late"]).await.ends(1).err.contains("already"));
}
