//! The guest's side of the chat of 2025 (contract.md 8.8).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::support::{Answer, Desk, Listener, client, open, read};
use demo_hotel::{DemoHotel, Options};
use jiff::Timestamp;
use serde_json::{Value, json};

const PIN: &str = "/api/chat/killarney/messages/room/101/validate-chat-pin/";
const SESSION: &str = "/api/chat/killarney/guest-session/room/101/initialize/";
const SEND: &str = "/api/chat/killarney/conversations/1/messages/send/";
const ASSIGN: &str = "/api/chat/killarney/conversations/1/assign-staff/";

async fn post(hotel: &DemoHotel, path: &str, body: Value) -> Answer {
    read(client().post(format!("{}{path}", hotel.url())).json(&body)).await.unwrap()
}

async fn validity(hotel: &DemoHotel, token: &str) -> Answer {
    read(client().get(format!("{}/api/chat/guest-session/{token}/validate/", hotel.url()))).await.unwrap()
}

fn token(session: &Answer) -> String {
    session.json()["session_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_room_has_a_pin_of_its_own() {
    let hotel = open().await;
    let rooms = hotel.rooms();
    assert_eq!((rooms.len(), rooms[0].room_number, rooms[0].conversation), (4, 101, 1));
    let mine = post(&hotel, PIN, json!({"pin": rooms[0].pin})).await;
    let data = &mine.json()["session_data"];
    assert_eq!((mine.status, &data["conversation_id"]), (200, &json!("1")), "the ids are texts");
    let neighbours = post(&hotel, PIN, json!({"pin": rooms[1].pin})).await;
    assert_eq!((neighbours.status, neighbours.json()), (401, json!({"valid": false})));
    assert_eq!(neighbours.header("www-authenticate"), "", "no sign-in is lost (contract.md 1.2)");
    let nowhere = "/api/chat/killarney/messages/room/999/validate-chat-pin/";
    assert_eq!(post(&hotel, nowhere, json!({"pin": "999g"})).await.status, 404);
}

#[tokio::test]
async fn a_session_is_continued_with_its_token_and_ends_after_seven_days() {
    let now = Arc::new(AtomicI64::new(1_795_215_420));
    let clock = now.clone();
    let options = Options::default()
        .now(Arc::new(move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap()));
    let hotel = DemoHotel::start(options).await.unwrap();
    let pin = hotel.rooms()[0].pin.clone();
    let first = post(&hotel, SESSION, json!({"pin": pin})).await;
    let again = post(&hotel, SESSION, json!({"pin": pin, "session_token": token(&first)})).await;
    assert_eq!((&again.json()["is_new_session"], token(&again)), (&json!(false), token(&first)));
    now.fetch_add(7 * 86_400, Ordering::SeqCst);
    let over = validity(&hotel, &token(&first)).await;
    assert_eq!((over.status, over.json()), (401, json!({"valid": false, "reason": "expired"})));
    let next = post(&hotel, SESSION, json!({"pin": pin, "session_token": token(&first)})).await;
    assert_eq!(next.json()["is_new_session"], true);
    assert_ne!(token(&next), token(&first));
    assert_eq!(validity(&hotel, "unknown").await.status, 404);
}

#[tokio::test]
async fn with_a_session_the_handler_is_announced_only_when_it_changes() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let session = token(&post(&hotel, SESSION, json!({"pin": hotel.rooms()[0].pin})).await);
    let mut socket = Listener::connect(&hotel).await;
    socket.frame().await;
    socket.say(json!({"event": "pusher:subscribe", "data": {"channel": "killarney-room-101-chat"}})).await;
    socket.frame().await;
    for text in ["On their way", "In a minute"] {
        mary.post(SEND, json!({"message": text})).await;
    }
    assert_eq!(socket.names(3).await, ["staff-assigned", "new-staff-message", "new-staff-message"]);
    assert_eq!(validity(&hotel, &session).await.json()["current_staff_handler"]["name"], "Mary O'Sullivan");
    assert_eq!(mary.post(ASSIGN, json!({})).await.json()["sessions_updated"], 0);
    assert_eq!(rory.post(ASSIGN, json!({})).await.json()["sessions_updated"], 1);
    assert_eq!(socket.names(1).await, ["staff-assigned"]);
}
