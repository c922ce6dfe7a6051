//! The guest chat of dialect A (`contract.md 8.2` to `8.5`), without attachments.
//!
//! The sender is the writer: without a sign-in a message is a guest's. The slug in the path is not compared with the
//! conversation's hotel; events go to the hotel of the conversation.

mod changes;
mod events;
mod shown;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, ok, row_id};
use super::refusal::Refusal;
use crate::clock::{serialized, to_micros};
use crate::query;
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;
pub(crate) use changes::{assign, delete, edit, from_room, mark_read, unread_conversations, unread_counts};
use events::{of_guest, of_staff};
use shown::{guest_name, shown, staff_info};

/// Messages in one answer unless `limit` has another number.
const LIMIT: i64 = 10;

/// Open to every signed-in person, of any hotel. The newest message decides about nothing here.
pub(crate) async fn conversations(Path(slug): Path<String>, call: Call) -> Outcome {
    call.user()?;
    call.only("GET, HEAD, OPTIONS")?;
    let store = &call.app.store;
    let rows: Vec<Conversation> = match store.hotel_id(&slug)? {
        Some(hotel) => store.list(hotel)?,
        None => Vec::new(),
    };
    let shown: Result<Vec<Value>, Refusal> = rows.iter().map(|row| overview(&call, row)).collect();
    ok(shown?.into())
}

fn overview(call: &Call, row: &Conversation) -> Result<Value, Refusal> {
    let last = call.app.store.messages(row.id, i64::MAX, 1)?.pop();
    Ok(json!({
        "conversation_id": row.id,
        "room_number": row.room_number,
        "guest_name": guest_name(row),
        "guest_first_name": row.guest_first_name,
        "guest_last_name": row.guest_last_name,
        "last_message": last.as_ref().map(|message| &message.message),
        "last_message_time": last.as_ref().map(|message| serialized(message.sent_at)),
        "has_unread": !unread(call, row.id)?.is_empty(),
    }))
}

/// Returns the guest's messages that no staff member has read.
fn unread(call: &Call, conversation: i64) -> Result<Vec<Message>, Refusal> {
    let mut messages = call.app.store.messages(conversation, i64::MAX, i64::MAX)?;
    messages.retain(|message| message.staff_id.is_none() && message.read_at.is_none());
    Ok(messages)
}

/// Open to all, signed in or not.
pub(crate) async fn messages(Path((_, id)): Path<(String, String)>, call: Call) -> Outcome {
    let conversation = found(&call, &id)?;
    call.only("GET, HEAD, OPTIONS")?;
    let number = |name: &str, default| match query::value(call.uri.query(), name) {
        None => Ok(default),
        Some(text) => text.parse::<i64>().map_err(|_| {
            Refusal::Crash(format!("ValueError: invalid literal for int() with base 10: '{text}'"))
        }),
    };
    let rows =
        call.app.store.messages(conversation.id, number("before_id", i64::MAX)?, number("limit", LIMIT)?)?;
    let shown: Result<Vec<Value>, Refusal> =
        rows.iter().map(|row| shown(&call, &conversation, row)).collect();
    ok(shown?.into())
}

pub(crate) async fn send(Path((_, id)): Path<(String, String)>, call: Call) -> Outcome {
    let sender = sender(&call)?;
    call.only("POST, OPTIONS")?;
    let conversation = found(&call, &id)?;
    let mut values = call.input().await?.values;
    let text = match values.remove("message") {
        None => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(_) => return Err(Refusal::Crash("AttributeError: object has no attribute 'strip'".to_owned())),
    };
    if text.is_empty() {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Message cannot be empty"));
    }
    let reply_to = match values.get("reply_to").and_then(Value::as_i64) {
        // A reply to a message of another conversation is dropped without an error.
        Some(id) => call.app.store.find(conversation.id, id)?.map(|message: Message| message.id),
        None => None,
    };
    call.pass_gate().await;
    let mut message = Message {
        conversation_id: conversation.id,
        staff_id: sender.as_ref().map(|staff| staff.id),
        message: text,
        reply_to,
        ..Message::default()
    };
    call.app.store.save(&mut message, to_micros(call.now()))?;
    let whole = shown(&call, &conversation, &message)?;
    let mut answer = json!({"conversation_id": conversation.id, "message": whole});
    match &sender {
        Some(staff) => {
            of_staff(&call, &conversation, staff, &whole).await;
            answer["staff_info"] = staff_info(staff);
        }
        None => of_guest(&call, &conversation, &whole).await?,
    }
    ok(answer)
}

/// Returns the staff member who sends; `None` for a guest. `Bearer` does not count as a sign-in here, as on the real
/// server.
fn sender(call: &Call) -> Result<Option<Staff>, Refusal> {
    let header = call.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let is_token = |header: &str| header.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("token"));
    if !header.is_some_and(is_token) {
        return Ok(None);
    }
    let user = call.user()?;
    Ok(call.app.store.staff_of(user.id)?)
}

fn found(call: &Call, id: &str) -> Result<Conversation, Refusal> {
    call.app.store.conversation(row_id(id)?)?.ok_or_else(|| Refusal::not_found("Conversation"))
}
