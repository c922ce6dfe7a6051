//! The control of tests over the chat: guests write many messages, and a test sees the stored ones, without HTTP.

use crate::support::{Desk, Listener, file, open, picture};
use demo_hotel::{DemoHotel, Dialect, Options, Sender};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::json;

const SEND: &str = "/api/chat/killarney/conversations/1/messages/send/";
const MESSAGES: &str = "/api/chat/killarney/conversations/1/messages/";

#[tokio::test]
async fn a_guest_writes_many_messages_at_once_with_their_events() {
    for dialect in [Dialect::Documents, Dialect::Current] {
        let hotel = DemoHotel::start(Options::default().dialect(dialect)).await.unwrap();
        let mut socket = Listener::connect(&hotel).await;
        socket.greet_and_subscribe("killarney-conversation-1-chat").await;
        let texts: Vec<String> = (1..=50).map(|number| format!("Message {number}")).collect();
        assert_eq!(hotel.guest_writes(1, texts.clone()).await.len(), 50);
        let stored = hotel.messages(1);
        assert!(stored.iter().all(|message| message.sender == Sender::Guest && !message.is_read));
        assert_eq!(stored.into_iter().map(|message| message.text).collect::<Vec<_>>(), texts);
        let name = if dialect == Dialect::Current { "realtime_event" } else { "new-message" };
        let mut count = 0;
        while count < 50 {
            count += usize::from(socket.event().await.0 == name);
        }
        assert!(hotel.guest_writes(99, ["Nowhere"]).await.is_empty());
        assert!(hotel.requests().iter().all(|request| request.method == "GET"), "the socket only");
    }
}

#[tokio::test]
async fn a_conversation_can_be_filled_with_ten_thousand_messages() {
    let hotel = open().await;
    hotel.fill_conversation(1, 10_000);
    let mary = Desk::mary(&hotel).await;
    let newest = mary.get(&format!("{MESSAGES}?limit=2")).await.json();
    assert_eq!(
        (&newest[0]["message"], &newest[1]["message"]),
        (&json!("Message 9999"), &json!("Message 10000"))
    );
    assert_eq!((&newest[0]["sender_type"], &newest[1]["sender_type"]), (&json!("guest"), &json!("staff")));
    assert!(newest[0]["timestamp"].as_str() < newest[1]["timestamp"].as_str());
    let counts = mary.get("/api/chat/killarney/conversations/unread-count/").await.json();
    assert_eq!(counts, json!({"unread_counts": {}}));
    assert_eq!(hotel.messages(1).len(), 10_000);
}

#[tokio::test]
async fn the_stored_messages_name_their_writers_files_and_sign_ins() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    hotel.guest_writes(1, ["Towels, please"]).await;
    rory.post(SEND, json!({"message": "On their way", "reply_to": 1})).await;
    let upload = Form::new().part("files", file(picture(7)));
    mary.send_form(Method::POST, "/api/chat/killarney/conversations/1/upload-attachment/", upload).await;
    let [guest, first, second] = &hotel.messages(1)[..] else { panic!("three messages") };
    assert_eq!((guest.sender, &guest.authorization_sha256), (Sender::Guest, &None));
    assert!(matches!((first.sender, second.sender), (Sender::Staff(one), Sender::Staff(two)) if one != two));
    assert_eq!((first.reply_to, &second.files), (Some(1), &vec!["picture.png".to_owned()]));
    let requests = hotel.requests();
    let sent: Vec<_> =
        requests.iter().rev().take(2).rev().map(|request| &request.authorization_sha256).collect();
    assert_eq!(sent, [&first.authorization_sha256, &second.authorization_sha256]);
}
