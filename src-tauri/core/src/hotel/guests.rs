//! Guests' messages in the events of a person's own channel (contract.md 8.3, 8.4, A).
//!
//! The channel is as public as the hotel's (trap 25), so any client can write the text of such an event. It is reduced
//! to one line, truncated, and never treated as markup. The name in `staff_name` is ignored: for a guest the server
//! puts a wrong text there (contract.md 8.3).

use serde_json::Value;

use crate::ids::ServerId;
use crate::private::hides;
use crate::records::one_line;
use crate::resources::written;

/// The event of a person's own channel that carries a guest's message (contract.md 8.4).
const GUEST_WROTE: &str = "new-guest-message";
/// Number of characters of a message that are reported. The rest is read where a person answers it.
const REPORTED: usize = 120;
/// Most characters of a room's number.
const ROOM: usize = 16;

/// A guest's message.
#[derive(Clone, PartialEq, Eq)]
pub struct GuestMessage {
    /// The hotel's number of the message: the same for every copy.
    pub id: ServerId,
    /// The hotel's number of the conversation; `None` if the event has none.
    pub conversation: Option<ServerId>,
    /// The room's number; `None` if the event has none.
    pub room: Option<String>,
    /// The guest's text in one line; empty if the message is only a file.
    pub text: String,
}

hides!(GuestMessage { id, conversation; room, text });

/// Reads an event of the person's own channel. Returns `None` for another event, and for a message that a guest did not
/// write.
///
/// # Errors
/// The fault of the event, without its values.
pub fn read(name: &str, data: &Value) -> Option<Result<GuestMessage, &'static str>> {
    if name != GUEST_WROTE {
        return None;
    }
    // Newer servers report only guests' messages here, briefly and under other names (contract.md 8.4, B).
    if data["type"] == "guest_message" {
        return Some(message(data, "message_id", "guest_message"));
    }
    match data["sender_type"].as_str() {
        Some("guest") => Some(message(data, "id", "message")),
        Some(_) => None,
        None => Some(Err("it has no sender_type")),
    }
}

fn message(data: &Value, id: &str, text: &str) -> Result<GuestMessage, &'static str> {
    let id = data[id].as_i64().map(ServerId).ok_or("it has no id")?;
    let has_file = data["attachments"].as_array().is_some_and(|files| !files.is_empty());
    let text = excerpt(written(data[text].as_str().ok_or("it has no message")?, has_file));
    if text.is_empty() && !has_file {
        return Err("its message is empty");
    }
    let room = match &data["room_number"] {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    let conversation =
        data["conversation"].as_i64().or_else(|| data["conversation_id"].as_i64()).map(ServerId);
    Ok(GuestMessage {
        id,
        conversation,
        room: Some(one_line(&room, ROOM)).filter(|room| !room.is_empty()),
        text,
    })
}

/// Returns the part of a message that is reported, in one line.
pub fn excerpt(text: &str) -> String {
    one_line(text, REPORTED)
}

#[cfg(test)]
#[path = "guests_tests.rs"]
mod tests;
