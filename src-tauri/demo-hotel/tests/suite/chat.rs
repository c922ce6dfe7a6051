//! The guest chat of dialect A: the permitted writers, the stored messages, and their events (contract.md 8).

use crate::support::{Answer, Desk, Listener, client, open, read};
use demo_hotel::DemoHotel;
use serde_json::{Value, json};

const CONVERSATIONS: &str = "/api/chat/killarney/conversations/";
const SEND: &str = "/api/chat/killarney/conversations/1/messages/send/";
const TOWELS: &str = "Could we have two more towels?";

async fn guest_sends(hotel: &DemoHotel, body: Value) -> Answer {
    read(client().post(format!("{}{SEND}", hotel.url())).json(&body)).await.unwrap()
}

/// Opens a socket on these channels.
async fn listen(hotel: &DemoHotel, channels: &[&str]) -> Listener {
    let mut socket = Listener::connect(hotel).await;
    socket.frame().await;
    for channel in channels {
        socket.say(json!({"event": "pusher:subscribe", "data": {"channel": channel}})).await;
        assert_eq!(socket.frame().await["event"], "pusher_internal:subscription_succeeded");
    }
    socket
}

/// Returns channels and names of the next events.
async fn next(socket: &mut Listener, count: usize) -> Vec<(String, String)> {
    let mut reported = Vec::new();
    while reported.len() < count {
        let frame = socket.frame().await;
        let text = |name: &str| frame[name].as_str().unwrap().to_owned();
        reported.push((text("channel"), text("event")));
    }
    reported
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(channel, event)| ((*channel).to_owned(), (*event).to_owned())).collect()
}

const CHANNELS: [&str; 5] = [
    "killarney-conversation-1-chat",
    "killarney-room-101-chat",
    "killarney-staff-1-chat",
    "killarney-staff-2-chat",
    "killarney-staff-3-chat",
];

#[tokio::test]
async fn a_message_without_a_sign_in_is_a_guests_and_is_told_to_every_receptionist() {
    let hotel = open().await;
    let mut socket = listen(&hotel, &CHANNELS).await;
    let answer = guest_sends(&hotel, json!({"message": format!("  {TOWELS} ")})).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let message = &answer["message"];
    assert_eq!((&answer["conversation_id"], &message["message"]), (&json!(1), &json!(TOWELS)));
    assert_eq!((&message["sender_type"], &message["room_number"]), (&json!("guest"), &json!(101)));
    assert!(message["staff_name"].as_str().unwrap().starts_with("<method-wrapper"), "the server's defect");
    assert_eq!(answer.get("staff_info"), None);
    let [conversation, room, _manager, rory, aoife] = CHANNELS;
    assert_eq!(
        next(&mut socket, 6).await,
        pairs(&[
            (conversation, "message-delivered"),
            (room, "new-message"),
            (conversation, "conversation-unread"),
            (rory, "new-guest-message"),
            (aoife, "new-guest-message"),
            (conversation, "new-message"),
        ])
    );
}

#[tokio::test]
async fn a_message_with_a_sign_in_is_the_staffs() {
    let hotel = open().await;
    let mut socket = listen(&hotel, &CHANNELS).await;
    let answer = Desk::mary(&hotel).await.post(SEND, json!({"message": "On their way."})).await.json();
    assert_eq!(answer["message"]["sender_type"], "staff");
    assert_eq!(answer["message"]["staff_name"], "Mary O'Sullivan - Management - Manager");
    assert_eq!(answer["staff_info"]["name"], "Mary O'Sullivan");
    let [conversation, room, ..] = CHANNELS;
    assert_eq!(
        next(&mut socket, 4).await,
        pairs(&[
            (room, "staff-assigned"),
            (conversation, "message-delivered"),
            (room, "new-staff-message"),
            (conversation, "new-message"),
        ])
    );
}

#[tokio::test]
async fn blank_and_odd_messages_a_wrong_token_and_an_unknown_conversation_are_refused() {
    let hotel = open().await;
    let blank = guest_sends(&hotel, json!({"message": "  "})).await;
    assert_eq!((blank.status, blank.json()), (400, json!({"error": "Message cannot be empty"})));
    assert_eq!(guest_sends(&hotel, json!({"message": 5})).await.status, 500);
    let post = |header: &str, path: &str| {
        let request = client().post(format!("{}{path}", hotel.url())).header("Authorization", header);
        read(request.json(&json!({"message": TOWELS})))
    };
    assert_eq!(post("Token wrong", SEND).await.unwrap().status, 401);
    let bearer = post("Bearer wrong", SEND).await.unwrap();
    assert_eq!((bearer.status, &bearer.json()["message"]["sender_type"]), (200, &json!("guest")));
    let nowhere = "/api/chat/killarney/conversations/99/messages/send/";
    assert_eq!(post("", nowhere).await.unwrap().status, 404);
}

#[tokio::test]
async fn conversations_and_messages_are_bare_lists_and_messages_come_oldest_first() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    for number in 1..=12 {
        guest_sends(&hotel, json!({"message": format!("Message {number}")})).await;
    }
    let list = mary.get(CONVERSATIONS).await.json();
    let rooms: Vec<_> =
        list.as_array().unwrap().iter().map(|row| row["room_number"].as_i64().unwrap()).collect();
    assert_eq!(rooms, [101, 102, 204, 305]);
    assert_eq!((&list[0]["last_message"], &list[0]["has_unread"]), (&json!("Message 12"), &json!(true)));
    assert_eq!(list[0].get("id"), None);
    assert_eq!(read(client().get(format!("{}{CONVERSATIONS}", hotel.url()))).await.unwrap().status, 401);

    let texts = |answer: Answer| -> Vec<String> {
        let answer = answer.json();
        answer.as_array().unwrap().iter().map(|row| row["message"].as_str().unwrap().to_owned()).collect()
    };
    let messages = "/api/chat/killarney/conversations/1/messages/";
    let newest = texts(mary.get(messages).await);
    assert_eq!((newest.len(), newest[0].as_str(), newest[9].as_str()), (10, "Message 3", "Message 12"));
    let older = texts(mary.get(&format!("{messages}?limit=2&before_id=4")).await);
    assert_eq!(older, ["Message 2", "Message 3"]);
    assert_eq!(mary.get(&format!("{messages}?limit=many")).await.status, 500);
}
