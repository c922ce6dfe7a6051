//! Guests' messages in the events of a person's own channel (contract.md 8.3, 8.4, A).
//!
//! The channel is as public as the hotel's (trap 25), so any client can write the text of such an event. It is reduced
//! to one line, truncated, and never treated as markup. The name in `staff_name` is ignored: for a guest the server
//! puts a wrong text there (contract.md 8.3).

use serde_json::Value;

use crate::ids::ServerId;
use crate::private::hides;

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
    /// The room's number; `None` if the event has none.
    pub room: Option<String>,
    /// The guest's text in one line; empty if the message is only a file.
    pub text: String,
}

hides!(GuestMessage { id; room, text });

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
    let text = one_line(data[text].as_str().ok_or("it has no message")?, REPORTED);
    let has_file = data["attachments"].as_array().is_some_and(|files| !files.is_empty());
    if text.is_empty() && !has_file {
        return Err("its message is empty");
    }
    let room = match &data["room_number"] {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    Ok(GuestMessage { id, room: Some(one_line(&room, ROOM)).filter(|room| !room.is_empty()), text })
}

/// Returns the text in one line of at most so many characters. A cut text ends in an ellipsis. Signs for the direction
/// of writing are removed with the control characters, because they could turn the words around the text.
fn one_line(text: &str, longest: usize) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let kept: String = line.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
#[path = "guests_tests.rs"]
mod tests;
