//! Observed payloads (contract.md 8.3, 8.4), and payloads that no server should send.

use serde_json::json;

use super::*;
use crate::resources::Happening;

/// The message as one sentence.
fn words(GuestMessage { room, text, .. }: GuestMessage) -> String {
    crate::words::sentence(&Happening::GuestWrote { room, text })
}

fn event() -> Value {
    json!({"id": 45, "conversation": 7, "room": 3, "room_number": 101, "sender_type": "guest", "staff": null,
        "staff_name": "<method-wrapper '__str__' of NoneType object at 0x7f3a5c0b1d30>", "guest_name": "Mary O'Brien",
        "staff_info": null, "message": "Could we have two more towels?", "timestamp": "2026-11-20T22:57:00.019773Z",
        "status": "pending", "attachments": [], "has_attachments": false})
}

fn with(field: &str, value: Value) -> Value {
    let mut data = event();
    data[field] = value;
    data
}

fn sentence(data: &Value) -> Result<String, &'static str> {
    read(GUEST_WROTE, data).expect("a guest's message").map(words)
}

/// The payload of the server of 2026-05.
#[test]
fn a_message_of_a_newer_server_is_read_by_its_own_names() {
    let data = json!({"type": "guest_message", "message_id": 41, "conversation_id": 7, "booking_id": "BK-1",
        "room_number": 204, "guest_message": "Two more towels, please", "sender_name": "Amélie Dubois",
        "guest_name": "Amélie Dubois", "timestamp": "2026-05-20T09:05:00+00:00"});
    let message = read(GUEST_WROTE, &data).expect("a guest's message").expect("read");
    assert_eq!((message.id, message.room.as_deref()), (ServerId(41), Some("204")));
    assert_eq!(words(message), "Guest in room 204: “Two more towels, please”");
}

#[test]
fn a_message_is_told_with_its_room_and_without_the_defect_in_its_staff_name() {
    assert_eq!(sentence(&event()).unwrap(), "Guest in room 101: “Could we have two more towels?”");
    let room = with("room_number", "12 B".into());
    assert_eq!(sentence(&room).unwrap(), "Guest in room 12 B: “Could we have two more towels?”");
    let nowhere = with("room_number", Value::Null);
    assert_eq!(sentence(&nowhere).unwrap(), "A guest: “Could we have two more towels?”");
}

#[test]
fn a_text_becomes_one_line_and_its_markup_stays_text() {
    let odd = with("message", "\u{7} <b>Towels</b>\r\n\n\u{202e}&amp; tea\u{0}\t".into());
    assert_eq!(sentence(&odd).unwrap(), "Guest in room 101: “<b>Towels</b> &amp; tea”");
}

#[test]
fn a_long_text_is_cut_between_characters() {
    let long = with("message", "é🍀".repeat(400).into());
    let kept = format!("{}é…", "é🍀".repeat(59));
    assert_eq!(sentence(&long).unwrap(), format!("Guest in room 101: “{kept}”"));
    assert_eq!(kept.chars().count(), REPORTED);
    let fits = "x".repeat(REPORTED);
    assert_eq!(
        sentence(&with("message", fits.clone().into())).unwrap(),
        format!("Guest in room 101: “{fits}”")
    );
}

#[test]
fn a_file_without_words_is_told_as_a_file() {
    let mut file = with("attachments", json!([{"id": 3, "file_name": "passport.jpg"}]));
    file["message"] = "".into();
    assert_eq!(sentence(&file).unwrap(), "Guest in room 101 sent a file.");
}

#[test]
fn what_no_guest_wrote_is_none_of_ours() {
    assert_eq!(read(GUEST_WROTE, &with("sender_type", "staff".into())), None);
    assert_eq!(read(GUEST_WROTE, &with("sender_type", "system".into())), None);
    assert_eq!(read("offer-created", &event()), None);
}

#[test]
fn what_is_badly_formed_says_why_without_its_values() {
    for (field, value, why) in [
        ("id", json!("45"), "it has no id"),
        ("id", Value::Null, "it has no id"),
        ("message", json!(["towels"]), "it has no message"),
        ("message", json!(" \n "), "its message is empty"),
        ("sender_type", Value::Null, "it has no sender_type"),
    ] {
        assert_eq!(sentence(&with(field, value)), Err(why), "{field}");
    }
    for data in [Value::Null, json!("towels"), json!([event()])] {
        assert_eq!(sentence(&data), Err("it has no sender_type"));
    }
}
