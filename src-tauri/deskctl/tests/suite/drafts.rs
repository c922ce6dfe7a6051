//! `drafts list|discard`.

use hotelmate_core::ids::DraftId;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Draft;
use serde_json::json;

use crate::test_desk::{Hotel, TestDesk};

#[tokio::test]
async fn a_draft_is_listed_with_its_time_tells_its_text_only_when_asked_and_can_be_discarded() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert_eq!(test_desk.ask(&["drafts", "list"]).await, json!([]));
    let id = DraftId::from_random([1; 16]);
    let draft = Draft {
        id,
        about: Kind::RoomType,
        entity: None,
        title: "Attic".to_owned(),
        content: r#"{"edits":["under the roof"]}"#.to_owned(),
        version: 1,
    };
    let window = test_desk.desk().await;
    window.save_draft(draft).await.unwrap();
    window.close().await;

    let listed = test_desk.ask(&["drafts", "list"]).await;
    assert_eq!((&listed[0]["id"], &listed[0]["about"]), (&json!(id), &json!("room_type")));
    assert!(listed[0]["saved_at"].is_string() && listed[0].get("content").is_none(), "{listed}");
    let words = test_desk.run(&["drafts", "list"]).await.ends(0).out;
    assert!(words.contains("room type, a new one") && !words.contains("Attic"), "{words}");
    let words = test_desk.run(&["drafts", "list", "--text"]).await.ends(0).out;
    assert!(words.contains("Attic") && words.contains("under the roof"), "{words}");

    let id = id.to_string();
    let removed = test_desk.ask(&["drafts", "discard", &id]).await;
    assert_eq!(removed["content"], json!({"edits": ["under the roof"]}));
    assert_eq!(test_desk.ask(&["drafts", "list"]).await, json!([]));
    test_desk.run(&["drafts", "discard", &id]).await.ends(5);
}
