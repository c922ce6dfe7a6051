//! The guest chat of dialect A (`contract.md 8.2` to `8.5`).
//!
//! The sender is the writer: without a sign-in a message is a guest's. The slug in the path is not compared with the
//! conversation's hotel; events go to the hotel of the conversation. [`current`] has the chat of dialect B.

mod attachments;
mod changes;
pub(crate) mod current;
mod events;
mod guest;
mod shown;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, ok, row_id};
use super::refusal::Refusal;
use crate::app::Shared;
use crate::clock::{serialized, to_micros};
use crate::digest::sha256_hex;
use crate::options::Dialect;
use crate::query;
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;
pub(crate) use attachments::{delete as delete_attachment, upload as upload_attachment};
pub(crate) use changes::{assign, delete, edit, from_room, mark_read, unread_conversations, unread_counts};
use events::{of_guest, of_staff};
pub(crate) use guest::{initialize as initialize_session, validate_pin, validate_session};
use shown::{guest_name, shown, staff_info};

/// Messages in one answer unless `limit` has another number.
const LIMIT: i64 = 10;

/// Open to every signed-in person, of any hotel.
pub(crate) async fn conversations(slug: Path<String>, call: Call) -> Outcome {
    call.user()?;
    active_rooms(slug, call).await
}

/// The same list, open to all. The newest message decides about nothing here.
pub(crate) async fn active_rooms(Path(slug): Path<String>, call: Call) -> Outcome {
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
        "has_unread": !call.app.store.unread(row.id, true)?.is_empty(),
    }))
}

/// Open to all, signed in or not.
pub(crate) async fn messages(Path((_, id)): Path<(String, String)>, call: Call) -> Outcome {
    let conversation = found(&call, &id)?;
    call.only("GET, HEAD, OPTIONS")?;
    let rows = page_of(&call, &conversation)?;
    let shown: Result<Vec<Value>, Refusal> =
        rows.iter().map(|row| shown(&call, &conversation, row)).collect();
    ok(shown?.into())
}

pub(crate) async fn send(Path((_, id)): Path<(String, String)>, call: Call) -> Outcome {
    let sender = sender(&call)?;
    call.only("POST, OPTIONS")?;
    let conversation = found(&call, &id)?;
    let mut values = call.input().await?.values;
    let text = message_text(&mut values)?;
    let reply_to = reply_in(&call, &conversation, values.get("reply_to").and_then(Value::as_i64))?;
    call.pass_gate().await;
    let mut message = Message { reply_to, ..unsent(&call, &conversation, sender.as_ref(), &text) };
    call.app.store.save(&mut message, to_micros(call.now()))?;
    let whole = shown(&call, &conversation, &message)?;
    let mut answer = json!({"conversation_id": conversation.id, "message": whole});
    match &sender {
        Some(staff) => {
            of_staff(&call, &conversation, staff, &whole).await?;
            answer["staff_info"] = staff_info(staff);
        }
        None => of_guest(&call, &conversation, &whole).await?,
    }
    ok(answer)
}

/// Returns the messages that a request for a list names: so many before a number.
fn page_of(call: &Call, conversation: &Conversation) -> Result<Vec<Message>, Refusal> {
    let number = |name: &str, default| match query::value(call.uri.query(), name) {
        None => Ok(default),
        Some(text) => text.parse::<i64>().map_err(|_| {
            Refusal::Crash(format!("ValueError: invalid literal for int() with base 10: '{text}'"))
        }),
    };
    let (before, limit) = (number("before_id", i64::MAX)?, number("limit", LIMIT)?);
    Ok(call.app.store.messages(conversation.id, before, limit)?)
}

/// Returns the text of a request to send a message.
fn message_text(values: &mut Map<String, Value>) -> Result<String, Refusal> {
    let text = match values.remove("message") {
        None => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(_) => return Err(Refusal::Crash("AttributeError: object has no attribute 'strip'".to_owned())),
    };
    if text.is_empty() {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Message cannot be empty"));
    }
    Ok(text)
}

/// Returns the id of a message that is answered. One of another conversation is dropped without an error.
fn reply_in(call: &Call, conversation: &Conversation, id: Option<i64>) -> Result<Option<i64>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    Ok(call.app.store.find(conversation.id, id)?.map(|message: Message| message.id))
}

/// Returns a message that is not stored yet.
fn unsent(call: &Call, conversation: &Conversation, sender: Option<&Staff>, text: &str) -> Message {
    let authorization = call.headers.get(header::AUTHORIZATION);
    Message {
        conversation_id: conversation.id,
        staff_id: sender.map(|staff| staff.id),
        message: text.to_owned(),
        authorization_sha256: authorization.map(|value| sha256_hex(value.as_bytes())),
        ..Message::default()
    }
}

/// Stores and publishes a message of the guest of a conversation, and returns its number.
pub(crate) async fn write_as_guest(app: &Shared, id: i64, text: &str) -> Result<i64, Refusal> {
    let call = Call::of_the_hotel(app);
    let conversation = found(&call, &id.to_string())?;
    if app.dialect == Dialect::Current {
        return Ok(current::guest::write(&call, &conversation, text).await?.id);
    }
    let mut message = unsent(&call, &conversation, None, text);
    app.store.save(&mut message, to_micros(call.now()))?;
    of_guest(&call, &conversation, &shown(&call, &conversation, &message)?).await?;
    Ok(message.id)
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
