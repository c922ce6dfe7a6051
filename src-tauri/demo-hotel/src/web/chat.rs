//! The guest chat of dialect A (`contract.md 8.2` to `8.4`), as far as guests can write and staff can answer.
//!
//! The sender is the writer: without a sign-in a message is a guest's. The slug in the path is not compared with the
//! conversation's hotel; events go to the hotel of the conversation.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, ok, row_id};
use super::refusal::Refusal;
use super::staff::{department, role};
use crate::clock::{handwritten, serialized, to_micros};
use crate::query;
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;

/// Messages in one answer unless `limit` has another number.
const LIMIT: i64 = 10;

/// The text that a defect of the real server writes in place of a guest's name (`contract.md 8.3`).
const NOBODY: &str = "<method-wrapper '__str__' of NoneType object at 0x7f3a5c0b1d30>";

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
        "has_unread": last.is_some_and(|message| message.staff_id.is_none()),
    }))
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
            notify_of_staff(&call, &conversation, staff, &whole).await;
            answer["staff_info"] = staff_info(staff);
        }
        None => notify_of_guest(&call, &conversation, &whole).await?,
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

/// Publishes the events of a guest's message, in their order (`contract.md 8.4`).
async fn notify_of_guest(call: &Call, conversation: &Conversation, message: &Value) -> Result<(), Refusal> {
    let (about, room) = (conversation_channel(conversation), room_channel(conversation));
    call.announce_on(about.clone(), "message-delivered", &delivered(call, message)).await;
    call.announce_on(room, "new-message", message).await;
    let unread = json!({"conversation_id": conversation.id, "room_number": conversation.room_number});
    call.announce_on(about.clone(), "conversation-unread", &unread).await;
    for staff in at_the_desk(call, &conversation.hotel_slug)? {
        let own = format!("{}-staff-{}-chat", conversation.hotel_slug, staff.id);
        call.announce_on(own, "new-guest-message", message).await;
    }
    call.announce_on(about, "new-message", message).await;
    Ok(())
}

/// Publishes the events of a staff member's message. The handler always counts as changed, as without a guest's
/// session.
async fn notify_of_staff(call: &Call, conversation: &Conversation, staff: &Staff, message: &Value) {
    let (about, room) = (conversation_channel(conversation), room_channel(conversation));
    let assigned = json!({
        "staff_name": staff.full_name(),
        "staff_role": role(staff.role).name,
        "conversation_id": conversation.id,
    });
    call.announce_on(room.clone(), "staff-assigned", &assigned).await;
    call.announce_on(about.clone(), "message-delivered", &delivered(call, message)).await;
    call.announce_on(room, "new-staff-message", message).await;
    call.announce_on(about, "new-message", message).await;
}

/// Returns the recipients of a guest's message: the receptionists, or if there are none, the front office.
fn at_the_desk(call: &Call, slug: &str) -> Result<Vec<Staff>, Refusal> {
    let Some(hotel) = call.app.store.hotel_id(slug)? else { return Ok(Vec::new()) };
    let people = call.app.store.staff_of_hotel(hotel)?;
    let (receptionists, others): (Vec<Staff>, Vec<Staff>) =
        people.into_iter().partition(|staff| role(staff.role).slug == "receptionist");
    if !receptionists.is_empty() {
        return Ok(receptionists);
    }
    Ok(others.into_iter().filter(|staff| department(staff.department).slug == "front-office").collect())
}

fn found(call: &Call, id: &str) -> Result<Conversation, Refusal> {
    call.app.store.conversation(row_id(id)?)?.ok_or_else(|| Refusal::not_found("Conversation"))
}

fn conversation_channel(conversation: &Conversation) -> String {
    format!("{}-conversation-{}-chat", conversation.hotel_slug, conversation.id)
}

fn room_channel(conversation: &Conversation) -> String {
    format!("{}-room-{}-chat", conversation.hotel_slug, conversation.room_number)
}

fn delivered(call: &Call, message: &Value) -> Value {
    json!({"message_id": message["id"], "delivered_at": handwritten(call.now()), "status": "delivered"})
}

fn guest_name(conversation: &Conversation) -> String {
    format!("{} {}", conversation.guest_first_name, conversation.guest_last_name)
}

fn staff_info(staff: &Staff) -> Value {
    json!({"name": staff.full_name(), "role": role(staff.role).name, "profile_image": null})
}

/// Returns a message as in HTTP and events (`contract.md 8.3`). Here no message is read, edited, deleted or has a file.
fn shown(call: &Call, conversation: &Conversation, message: &Message) -> Result<Value, Refusal> {
    let people = match call.app.store.hotel_id(&conversation.hotel_slug)? {
        Some(hotel) => call.app.store.staff_of_hotel(hotel)?,
        None => Vec::new(),
    };
    let staff = people.iter().find(|staff| Some(staff.id) == message.staff_id);
    let replied: Option<Message> = match message.reply_to {
        Some(id) => call.app.store.find(conversation.id, id)?,
        None => None,
    };
    let sender = |staff_id: Option<i64>| if staff_id.is_some() { "staff" } else { "guest" };
    Ok(json!({
        "id": message.id,
        "conversation": conversation.id,
        "room": conversation.room_number,
        "room_number": conversation.room_number,
        "sender_type": sender(message.staff_id),
        "staff": message.staff_id,
        "staff_name": staff.map_or(NOBODY.to_owned(), |staff| {
            let (department, role) = (department(staff.department).name, role(staff.role).name);
            format!("{} - {department} - {role}", staff.full_name())
        }),
        "guest_name": guest_name(conversation),
        "staff_info": staff.map(staff_info),
        "message": message.message,
        "timestamp": serialized(message.sent_at),
        "status": "delivered",
        "is_read_by_recipient": false,
        "read_at": null,
        "read_by_staff": false,
        "read_by_guest": false,
        "staff_read_at": null,
        "guest_read_at": null,
        "delivered_at": serialized(message.sent_at),
        "staff_display_name": staff.map(Staff::full_name),
        "staff_role_name": staff.map(|staff| role(staff.role).name),
        "is_edited": false,
        "edited_at": null,
        "is_deleted": false,
        "deleted_at": null,
        "reply_to": message.reply_to,
        "reply_to_message": replied.map(|other| json!({
            "id": other.id, "message": other.message, "sender_type": sender(other.staff_id),
        })),
        "attachments": [],
        "has_attachments": false,
    }))
}
