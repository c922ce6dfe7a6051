//! The chat of the server of 2026-05 (contract.md 8, B): the rights, the private channel, and the shared channel.

use crate::support::{Desk, Guest, Listener, client, read};
use demo_hotel::{DemoHotel, Dialect, Options};
use serde_json::{Value, json};

const CHAT: &str = "/api/staff/hotel/killarney/chat/";
const BOOKING: &str = "private-hotel-killarney-guest-chat-booking-BK-2026-0001";

async fn open() -> (DemoHotel, Desk) {
    let hotel = DemoHotel::start(Options::default().dialect(Dialect::Current)).await.unwrap();
    let mary = Desk::mary(&hotel).await;
    (hotel, mary)
}

#[tokio::test]
async fn housekeeping_and_strangers_are_refused() {
    let (hotel, _) = open().await;
    let niamh = Desk::sign_in(&hotel, "niamh", "killarney-demo").await;
    let brid = Desk::sign_in(&hotel, "brid", "dingle-demo").await;
    for desk in [&niamh, &brid] {
        assert_eq!(desk.get(&format!("{CHAT}conversations/")).await.status, 403);
        let send = format!("{CHAT}conversations/1/messages/send/");
        assert_eq!(desk.post(&send, json!({"message": "x"})).await.status, 403);
    }
    let path = format!("{}{CHAT}conversations/", hotel.url());
    assert_eq!(read(client().get(path)).await.unwrap().status, 401);
}

#[tokio::test]
async fn active_rooms_and_changes_of_messages_are_always_500() {
    let (_hotel, mary) = open().await;
    assert_eq!(mary.get(&format!("{CHAT}active-rooms/")).await.status, 500);
    assert_eq!(mary.patch(&format!("{CHAT}messages/1/update/"), json!({})).await.status, 500);
    for path in ["messages/1/delete/", "attachments/1/delete/"] {
        assert_eq!(mary.delete(&format!("{CHAT}{path}")).await.status, 500);
    }
    assert_eq!(mary.get("/api/chat/killarney/conversations/").await.status, 404);
}

#[tokio::test]
async fn staff_cannot_subscribe_to_the_channel_of_a_booking_and_its_guest_can() {
    let (hotel, mary) = open().await;
    let request = json!({"socket_id": "1.1", "channel_name": BOOKING});
    for path in ["/api/staff/hotel/killarney/notifications/pusher/auth/", "/api/notifications/pusher/auth/"] {
        let refused = mary.post(path, request.clone()).await;
        assert_eq!(
            (refused.status, refused.json()),
            (401, json!({"error": "Staff authentication required"}))
        );
        assert_eq!(refused.header("www-authenticate"), "", "the sign-in is not lost");
    }
    let guest = Guest::of_101(&hotel).await;
    let other = json!({"socket_id": "1.1", "channel_name": BOOKING.replace("0001", "0002")});
    assert_eq!(guest.post("pusher/auth", other).await.status, 403);
    let mut socket = guest.listen(&hotel).await;
    mary.post(&format!("{CHAT}conversations/1/messages/send/"), json!({"message": "Hello"})).await;
    let payload = |(_, data): (String, Value)| data["payload"]["message"].clone();
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(payload(socket.event().await));
    }
    assert_eq!(
        heard,
        [json!("Mary O'Sullivan has joined the conversation."), json!("Hello"), json!("Hello")]
    );

    let mut forger = Listener::connect(&hotel).await;
    forger.frame().await;
    let forged = json!({"channel": BOOKING, "auth": format!("{}:0000", hotel.pusher().key)});
    forger.say(json!({"event": "pusher:subscribe", "data": forged})).await;
    assert_eq!(forger.frame().await["event"], "pusher:subscription_error");
}

#[tokio::test]
async fn a_guest_needs_the_session_of_the_booking() {
    let (hotel, _) = open().await;
    let zone = format!("{}/api/guest/hotel/killarney/chat/", hotel.url());
    let get = async |path: &str| read(client().get(format!("{zone}{path}"))).await.unwrap();
    assert_eq!(get("context").await.status, 400);
    assert_eq!(get("context?token=wrong").await.status, 401);
    let refused =
        read(client().post(format!("{zone}messages")).json(&json!({"message": "x"}))).await.unwrap();
    assert_eq!((refused.status, &refused.json()["code"]), (401, &json!("SESSION_REQUIRED")));
    let guest = Guest::of_101(&hotel).await;
    assert_eq!(guest.context.header("cache-control"), "no-store");
    guest.post("messages", json!({"message": "Hello"})).await;
    let list = guest.get("messages?limit=5").await.json();
    assert_eq!((&list["count"], &list["has_more"]), (&json!(1), &json!(false)));
    assert_eq!(list["messages"][0]["booking_id"], "BK-2026-0001");
    let lost = guest.post("conversations/1/mark_read", json!({})).await;
    assert_eq!(lost.status, 301, "without the slash the request is lost");
    assert_eq!(guest.post("conversations/2/mark_read/", json!({})).await.status, 404);
}

#[tokio::test]
async fn a_chat_among_the_staff_shares_the_channel_of_the_conversation_with_its_number() {
    let (hotel, _) = open().await;
    let mut socket = Listener::connect(&hotel).await;
    socket.greet_and_subscribe("killarney-conversation-1-chat").await;
    hotel.staff_chat(1, "Who has the keys of 305?");
    Guest::of_101(&hotel).await.post("messages", json!({"message": "Hello"})).await;
    let mut heard = Vec::new();
    for _ in 0..2 {
        let (name, data) = socket.event().await;
        assert_eq!((name.as_str(), &data["payload"]["conversation_id"]), ("realtime_event", &json!(1)));
        heard.push((data["category"].clone(), data["payload"]["message"].clone()));
    }
    let staff = (json!("staff_chat"), json!("Who has the keys of 305?"));
    assert_eq!(heard, [staff, (json!("guest_chat"), json!("Hello"))]);
}
