//! The approximate memory of stored values, in bytes, so that a limit on it is one on memory (check 96). A JSON text
//! takes several times its length after decoding.

use std::mem::size_of;

use serde_json::Value;

use crate::notice::Notice;
use crate::presence::Member;
use crate::wire::{Data, Event};

/// Returns the bytes of a notice.
pub(crate) fn of_notice(notice: &Notice) -> usize {
    let more = match notice {
        Notice::Event(event) => of_event(event),
        Notice::Presence(change) => {
            let members = change.joined.iter().chain(&change.left).chain(&change.updated);
            members.map(of_member).sum()
        }
        // A few words each, or merged into one.
        _ => 0,
    };
    size_of::<Notice>() + more
}

/// Returns the bytes of an event besides the struct itself.
pub(crate) fn of_event(event: &Event) -> usize {
    event.name.len() + event.user_id.as_ref().map_or(0, String::len) + of_data(&event.data)
}

/// Returns the bytes of an event's data besides the enum itself.
pub(crate) fn of_data(data: &Data) -> usize {
    match data {
        Data::Missing => 0,
        Data::Text(text) => text.len(),
        Data::Encoded { text, value } => text.len() + of_value(value),
        Data::Plain(value) => of_value(value),
    }
}

fn of_member(member: &Member) -> usize {
    size_of::<Member>() + member.id.len() + of_value(&member.info)
}

/// The parser's limit on nesting also limits this recursion.
fn of_value(value: &Value) -> usize {
    let more = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(of_value).sum(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| size_of::<String>() + name.len() + of_value(value)).sum()
        }
    };
    size_of::<Value>() + more
}
