//! The chat of the server of 2026-05: each request answers as recorded, and publishes the recorded events.

use super::chat::{assert_played, form};
use super::{assert_as_recorded, assert_same_names, hotel, recorded};
use crate::support::{Answer, Desk, Guest, Listener};
use demo_hotel::Dialect;
use reqwest::Method;
use serde_json::{Value, json};

const CHAT: &str = "/api/staff/hotel/killarney/chat/";

fn at(path: &str) -> String {
    format!("{CHAT}{path}")
}

/// Returns a message for the conversation of room 101.
fn message(text: &str) -> Value {
    json!({ "message": text })
}

#[tokio::test]
async fn guests_and_staff_write_as_recorded() {
    let hotel = hotel(Dialect::Current).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let mary = Desk::mary(&hotel).await;
    let guest = Guest::of_101(&hotel).await;
    assert_as_recorded("B-chat-guest-context", &guest.context);
    let mut listener = Listener::connect(&hotel).await;
    let id = rory.get("/api/staff/hotel/killarney/me/").await.json()["id"].clone();
    listener.greet_and_subscribe(&format!("killarney.staff-{id}-notifications")).await;
    listener.subscribe("killarney-conversation-1-chat").await;
    let mut booking = guest.listen(&hotel).await;

    // The recorded hotel had three people to notify; one of them listens here.
    let sent = guest.post("messages", message("Two towels please")).await;
    assert_as_recorded("B-chat-guest-send", &sent);
    let events = recorded("B-chat-guest-send")["events"].as_array().unwrap()[2..].to_vec();
    let played = [listener.event().await, listener.event().await, booking.event().await];
    for (event, (name, data)) in events.iter().zip(played) {
        assert_eq!(event["event"], name.as_str());
        assert_same_names(&event["data"], &data, &name);
    }
    assert_as_recorded("B-chat-conversations", &rory.get(&at("conversations/")).await);
    assert_as_recorded("B-chat-unread-count", &rory.get(&at("conversations/unread-count/")).await);

    let send = at("conversations/1/messages/send/");
    let mut says = async |desk: &Desk, name: &str, text: &str| {
        let sent = desk.post(&send, message(text)).await;
        assert_played(&mut booking, name, sent).await;
    };
    says(&rory, "B-chat-staff-send", "On their way").await;
    says(&rory, "B-chat-staff-send-second", "Second line").await;
    says(&mary, "B-chat-staff-send-other", "Mary here").await;
    let refused = rory.post(&send, message("After Mary")).await;
    let real = recorded("B-chat-staff-send-after-other");
    assert_eq!((&real["status"], refused.status), (&json!(500), 500));
    assert!(refused.text.starts_with(real["answer"].as_str().unwrap()));

    let list = rory.get(&at("conversations/1/messages/?limit=20")).await.json();
    let real = recorded("B-chat-messages")["answer"].clone();
    for place in 0..7 {
        assert_same_names(&real[place], &list[place], &format!("message {place}"));
        assert_eq!(real[place]["sender_type"], list[place]["sender_type"], "message {place}");
    }
    assert_eq!(list[6]["message"], "After Mary", "stored although the answer was 500");
}

#[tokio::test]
async fn messages_are_read_taken_over_and_shared_as_recorded() {
    let hotel = hotel(Dialect::Current).await;
    let mary = Desk::mary(&hotel).await;
    let guest = Guest::of_101(&hotel).await;
    let mut booking = guest.listen(&hotel).await;
    let mut conversation = Listener::connect(&hotel).await;
    conversation.greet_and_subscribe("killarney-conversation-1-chat").await;
    guest.post("messages", message("Two towels please")).await;
    assert_eq!(booking.event().await.0, "chat.message.created");
    assert_eq!(conversation.event().await.0, "realtime_event");

    let read = mary.post(&at("conversations/1/mark-read/"), json!({})).await;
    assert_played(&mut conversation, "B-chat-mark-read", read).await;
    let assigned = mary.post(&at("conversations/1/assign-staff/"), json!({})).await;
    assert_eq!(assigned.json()["participant_created"], true);
    assert_as_recorded("B-chat-assign", &assigned);
    let upload = at("conversations/1/upload-attachment/");
    let bad = mary.send_form(Method::POST, &upload, form("x.exe")).await;
    assert_eq!(bad.json(), recorded("B-chat-attach-bad")["answer"]);
    assert_as_recorded("B-chat-attach-bad", &bad);
    let good = mary.send_form(Method::POST, &upload, form("note.jpg")).await;
    assert_played(&mut booking, "B-chat-attach", good).await;
    let read: Answer = guest.post("conversations/1/mark_read/", json!({})).await;
    assert_played(&mut booking, "B-chat-guest-mark-read", read).await;
}

#[tokio::test]
async fn a_room_without_a_booking_has_a_conversation_and_no_events_as_recorded() {
    let hotel = hotel(Dialect::Current).await;
    let mary = Desk::mary(&hotel).await;
    let known = mary.post(&at("conversations/from-room/101/"), json!({})).await;
    assert_as_recorded("B-chat-from-room", &known);
    let new = mary.post(&at("conversations/from-room/103/"), json!({})).await;
    assert_as_recorded("B-chat-from-room-no-booking", &new);
    let id = new.json()["conversation_id"].clone();
    let sent = mary.post(&at(&format!("conversations/{id}/messages/send/")), message("Hello")).await;
    assert_as_recorded("B-chat-staff-send-no-booking", &sent);
}
