//! The chat of the servers of 2025: each request answers as recorded, and publishes the recorded events.

use super::{assert_as_recorded, assert_same_names, hotel, recorded};
use crate::support::{Answer, Desk, Listener, client, read};
use demo_hotel::{DemoHotel, Dialect};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const SEND: &str = "/api/chat/killarney/conversations/1/messages/send/";
const UPLOAD: &str = "/api/chat/killarney/conversations/1/upload-attachment/";

async fn listen(hotel: &DemoHotel, channels: &[&str]) -> Listener {
    let mut listener = Listener::on_hotel(hotel).await;
    for channel in channels {
        let data = json!({"channel": format!("killarney-{channel}")});
        listener.say(json!({"event": "pusher:subscribe", "data": data})).await;
        assert_eq!(listener.frame().await["event"], "pusher_internal:subscription_succeeded");
    }
    listener
}

async fn skip(listener: &mut Listener, events: usize) {
    for _ in 0..events {
        listener.event().await;
    }
}

/// Fails unless the answer and the next events have the names of the recorded ones.
pub(super) async fn assert_played(listener: &mut Listener, name: &str, played: Answer) {
    assert_as_recorded(name, &played);
    for event in recorded(name)["events"].as_array().into_iter().flatten() {
        let frame = listener.frame().await;
        assert_eq!(event["event"], frame["event"], "{name}");
        let data = serde_json::from_str(frame["data"].as_str().unwrap()).unwrap();
        assert_same_names(&event["data"], &data, name);
    }
}

async fn post(hotel: &DemoHotel, path: &str, body: Value) -> Answer {
    read(client().post(format!("{}{path}", hotel.url())).json(&body)).await.unwrap()
}

/// Returns a form with one file.
pub(super) fn form(name: &'static str) -> Form {
    let part = Part::bytes(vec![7; 676]).file_name(name).mime_str("image/jpeg").unwrap();
    Form::new().text("message", "See this").part("files", part)
}

#[tokio::test]
async fn messages_are_sent_answered_and_listed_as_recorded() {
    let hotel = hotel(Dialect::Galleries).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = listen(&hotel, &["conversation-1-chat", "room-101-chat", "staff-2-chat"]).await;
    let sent = post(&hotel, SEND, json!({"message": "Two towels please"})).await;
    assert_played(&mut listener, "A-chat-guest-send", sent).await;
    let sent = rory.post(SEND, json!({"message": "On their way"})).await;
    let id = sent.json()["message"]["id"].clone();
    assert_played(&mut listener, "A-chat-staff-send", sent).await;
    let sent = mary.post(SEND, json!({"message": "Mary here", "reply_to": id})).await;
    assert_played(&mut listener, "A-chat-staff-send-other", sent).await;
    let list = rory.get("/api/chat/killarney/conversations/1/messages/?limit=3").await;
    assert_same_names(&recorded("A-chat-messages")["answer"][2], &list.json()[2], "the answered one");
    assert_as_recorded("A-chat-messages", &list);
    assert_as_recorded("A-chat-conversations", &rory.get("/api/chat/killarney/conversations/").await);
}

#[tokio::test]
async fn files_are_shared_and_refused_as_recorded() {
    let hotel = hotel(Dialect::Galleries).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let mut listener = listen(&hotel, &["conversation-1-chat", "room-101-chat"]).await;
    let bad = rory.send_form(Method::POST, UPLOAD, form("x.exe")).await;
    assert_eq!(bad.json(), recorded("A-chat-attach-bad")["answer"]);
    assert_played(&mut listener, "A-chat-attach-bad", bad).await;
    let good = rory.send_form(Method::POST, UPLOAD, form("note.jpg")).await;
    assert_eq!(good.json()["attachments"][0]["file_size_display"], "676.0 B");
    assert_played(&mut listener, "A-chat-attach", good).await;
}

#[tokio::test]
async fn messages_are_read_edited_and_deleted_as_recorded() {
    let hotel = hotel(Dialect::Galleries).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let guest = async |path: &str, body: Value| {
        read(client().post(format!("{}/api/chat{path}", hotel.url())).json(&body)).await.unwrap()
    };
    let mut listener =
        listen(&hotel, &["conversation-1-chat", "room-101-chat", "room-101-deletions", "new-conversation"])
            .await;
    let mut assert_played = async |name: &str, played: Answer, before: usize| {
        skip(&mut listener, before).await;
        assert_played(&mut listener, name, played).await;
    };
    let send = "/killarney/conversations/1/messages/send/";
    let staff_send = format!("/api/chat{send}");
    let message = async |answer: Answer| answer.json()["message"]["id"].as_i64().unwrap();

    // The four events of a guest's message on these channels come first.
    guest(send, json!({"message": "Two towels please"})).await;
    let counts = rory.get("/api/chat/killarney/conversations/unread-count/").await;
    assert_played("A-chat-unread-count", counts, 4).await;
    let rooms = rory.get("/api/chat/hotels/killarney/conversations/unread-count/").await;
    assert_played("A-chat-unread-conversations", rooms, 0).await;
    let mark = "/api/chat/conversations/1/mark-read/";
    assert_played("A-chat-mark-read", rory.post(mark, json!({})).await, 0).await;
    assert_eq!(rory.post(mark, json!({})).await.json()["marked_as_read"], 0);

    let read_one = message(rory.post(&staff_send, json!({"message": "On the way"})).await).await;
    assert_played("A-chat-mark-read-guest", guest("/conversations/1/mark-read/", json!({})).await, 4).await;
    let edited = json!({"message": "On their way up"});
    let path = |id: i64, action: &str| format!("/api/chat/messages/{id}/{action}/");
    assert_played("A-chat-edit", rory.patch(&path(read_one, "update"), edited.clone()).await, 0).await;
    let unread_one = message(rory.post(&staff_send, json!({"message": "Not read yet"})).await).await;
    assert_played("A-chat-edit-unread", rory.patch(&path(unread_one, "update"), edited).await, 4).await;
    assert_played("A-chat-delete", rory.delete(&path(read_one, "delete")).await, 0).await;
    let hard = format!("{}?hard_delete=true", path(read_one, "delete"));
    assert_played("A-chat-delete-hard", rory.delete(&hard).await, 0).await;
    let deleted = rory.delete(&path(read_one, "delete")).await;
    assert_eq!(deleted.status, 404);

    let known = rory.post("/api/chat/killarney/conversations/from-room/101/", json!({})).await;
    assert_eq!(known.json()["conversation_created"], false);
    let new = rory.post("/api/chat/killarney/conversations/from-room/404/", json!({})).await;
    assert_played("A-chat-from-room-new", new, 0).await;
    let assigned = rory.post("/api/chat/killarney/conversations/1/assign-staff/", json!({})).await;
    assert_played("A-chat-assign", assigned, 0).await;
}

#[tokio::test]
async fn a_guest_opens_the_chat_with_the_pin_of_the_room_as_recorded() {
    let hotel = hotel(Dialect::Galleries).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let pin = json!({"pin": hotel.rooms()[0].pin});
    let validate = "/api/chat/killarney/messages/room/101/validate-chat-pin/";
    assert_as_recorded("A-chat-pin-wrong", &post(&hotel, validate, json!({"pin": "0000"})).await);
    assert_as_recorded("A-chat-pin", &post(&hotel, validate, pin.clone()).await);
    let initialize = "/api/chat/killarney/guest-session/room/101/initialize/";
    assert_as_recorded("A-chat-guest-session-no-pin", &post(&hotel, initialize, json!({})).await);
    let session = post(&hotel, initialize, pin).await;
    assert_as_recorded("A-chat-guest-session", &session);
    rory.post(SEND, json!({"message": "Hello"})).await;
    let token = session.json()["session_token"].as_str().unwrap().to_owned();
    let path = format!("{}/api/chat/guest-session/{token}/validate/", hotel.url());
    assert_as_recorded("A-chat-guest-session-validate", &read(client().get(path)).await.unwrap());
    let rooms = client().get(format!("{}/api/chat/killarney/active-rooms/", hotel.url()));
    assert_as_recorded("A-chat-active-rooms", &read(rooms).await.unwrap());
}
