//! Reading, taking over, editing and deleting, and the counts of unread messages (`contract.md 8.2`, `8.5`).

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::Outcome;
use super::super::call::{Call, ok, row_id};
use super::super::refusal::Refusal;
use super::super::staff::role;
use super::events::{conversation_channel, hand_over, of_deletion};
use super::shown::{shown, staff_info, titled};
use super::{found, sender};
use crate::clock::{handwritten, serialized, to_micros};
use crate::query;
use crate::store::chat::{Attachment, Conversation, Message};
use crate::store::people::Staff;

/// The text of a message that its staff member or a manager has deleted.
const DELETED: &str = "[Message deleted]";
/// The same for a message with files. A message that has only files has a text too.
const DELETED_WITH_FILES: &str = "[Message and file(s) deleted]";

/// Marks the messages of the other side as read: those of the guest for a staff member, those of the staff for a guest.
pub(crate) async fn mark_read(Path(id): Path<String>, call: Call) -> Outcome {
    let reader = sender(&call)?;
    call.only("POST, OPTIONS")?;
    let conversation = found(&call, &id)?;
    let read = read_all(&call, &conversation, reader.as_ref()).await?;
    ok(json!({"conversation_id": conversation.id, "marked_as_read": read}))
}

/// Returns the number of messages that became read now.
async fn read_all(
    call: &Call,
    conversation: &Conversation,
    reader: Option<&Staff>,
) -> Result<usize, Refusal> {
    let read = mark_unread(call, conversation, reader.is_some()).await?;
    if read.is_empty() {
        return Ok(0);
    }
    let channel = conversation_channel(conversation);
    let mut data = json!({"message_ids": read, "read_at": handwritten(call.now())});
    match reader {
        Some(staff) => {
            data["staff_name"] = titled(staff).into();
            data["conversation_id"] = conversation.id.into();
            call.announce_on(channel.clone(), "messages-read-by-staff", &data).await;
            let about = json!({"conversation_id": conversation.id, "room_number": conversation.room_number});
            call.announce_on(channel, "conversation-read", &about).await;
        }
        None => {
            data["room_number"] = conversation.room_number.into();
            call.announce_on(channel, "messages-read-by-guest", &data).await;
        }
    }
    Ok(read.len())
}

/// Marks the messages of the guest, or all others, as read, and returns the numbers of those that were unread.
pub(super) async fn mark_unread(
    call: &Call,
    conversation: &Conversation,
    of_guest: bool,
) -> Result<Vec<i64>, Refusal> {
    call.pass_gate().await;
    let unread = call.app.store.unread(conversation.id, of_guest)?;
    call.app.store.mark_read(&unread, to_micros(call.now()))?;
    Ok(unread.iter().map(|message| message.id).collect())
}

/// Takes a conversation over, which also reads it.
pub(crate) async fn assign(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let conversation = found(&call, &id)?;
    let sessions = hand_over(&call, &conversation, &staff).await?;
    let read = read_all(&call, &conversation, Some(&staff)).await?;
    ok(json!({
        "conversation_id": conversation.id,
        "assigned_staff": staff_info(&staff),
        "sessions_updated": sessions,
        "room_number": conversation.room_number,
        "messages_marked_read": read,
    }))
}

/// Opens the conversation of a room, and makes it if there is none.
pub(crate) async fn from_room(Path((slug, room)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let (conversation, is_new) = conversation_of_room(&call, &staff, row_id(&room)?).await?;
    if is_new {
        let about = json!({"conversation_id": conversation.id, "room_number": conversation.room_number});
        call.announce_on(format!("{slug}-new-conversation"), "new-conversation", &about).await;
    }
    let rows = call.app.store.messages(conversation.id, i64::MAX, i64::MAX)?;
    let messages: Result<Vec<Value>, Refusal> =
        rows.iter().map(|message| shown(&call, &conversation, message)).collect();
    ok(json!({
        "conversation_id": conversation.id,
        "messages": messages?,
        "conversation_created": is_new,
    }))
}

/// Returns true for the number of a room: the hotel has four floors of twenty rooms, 101 to 420.
fn is_room(number: i64) -> bool {
    (1..=4).contains(&(number / 100)) && (1..=20).contains(&(number % 100))
}

/// Returns the conversation of a room of the staff member's hotel, and true if it was made now.
pub(super) async fn conversation_of_room(
    call: &Call,
    staff: &Staff,
    room_number: i64,
) -> Result<(Conversation, bool), Refusal> {
    let known: Vec<Conversation> = call.app.store.list(staff.hotel_id)?;
    if let Some(known) = known.into_iter().find(|known| known.room_number == room_number) {
        return Ok((known, false));
    }
    if !is_room(room_number) {
        return Err(Refusal::not_found("Room"));
    }
    call.pass_gate().await;
    let mut made = Conversation {
        hotel_id: staff.hotel_id,
        hotel_slug: staff.hotel_slug.clone(),
        room_number,
        guest_first_name: "Guest".to_owned(),
        guest_last_name: format!("Room{room_number}"),
        ..Conversation::default()
    };
    call.app.store.save(&mut made, to_micros(call.now()))?;
    Ok((made, true))
}

/// Returns the numbers of unread messages by conversation.
pub(crate) async fn unread_counts(Path(slug): Path<String>, call: Call) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let counts: Map<String, Value> = with_unread(&call, &slug)?
        .into_iter()
        .map(|(conversation, unread)| (conversation.id.to_string(), unread.len().into()))
        .collect();
    ok(json!({"unread_counts": counts}))
}

/// Returns the unread messages by room.
pub(crate) async fn unread_conversations(Path(slug): Path<String>, call: Call) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let rooms: Vec<Value> =
        with_unread(&call, &slug)?.iter().map(|(room, unread)| unread_room(room, unread)).collect();
    ok(json!({"unread_count": rooms.len(), "rooms": rooms}))
}

fn unread_room(conversation: &Conversation, unread: &[Message]) -> Value {
    let message = |message: &Message| json!({"id": message.id, "message": message.message, "timestamp": serialized(message.sent_at)});
    json!({
        "room_id": conversation.room_number,
        "room_number": conversation.room_number,
        "conversation_id": conversation.id,
        "unread_count": unread.len(),
        "unread_messages": unread.iter().map(message).collect::<Vec<Value>>(),
    })
}

fn with_unread(call: &Call, slug: &str) -> Result<Vec<(Conversation, Vec<Message>)>, Refusal> {
    call.user()?;
    let Some(hotel) = call.app.store.hotel_id(slug)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for conversation in call.app.store.list::<Conversation>(hotel)? {
        let unread = call.app.store.unread(conversation.id, true)?;
        if !unread.is_empty() {
            found.push((conversation, unread));
        }
    }
    Ok(found)
}

/// Changes the text of an own message. The event is sent only while the message is unread.
pub(crate) async fn edit(Path(id): Path<String>, call: Call) -> Outcome {
    let (staff, mut message, conversation) = own_message(&call, &id)?;
    call.only("PATCH, OPTIONS")?;
    if message.staff_id != Some(staff.id) {
        let text = "You can only edit your own messages";
        return Err(Refusal::error(StatusCode::FORBIDDEN, text));
    }
    if message.deleted_at.is_some() {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Cannot edit deleted message"));
    }
    let values = call.input().await?.values;
    let text = values.get("message").and_then(Value::as_str).unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Message cannot be empty"));
    }
    call.pass_gate().await;
    let now = to_micros(call.now());
    (message.message, message.edited_at) = (text.to_owned(), Some(now));
    call.app.store.save(&mut message, now)?;
    let whole = shown(&call, &conversation, &message)?;
    if message.read_at.is_none() {
        call.announce_on(conversation_channel(&conversation), "message-updated", &whole).await;
    }
    ok(json!({"message": whole, "success": true}))
}

/// Deletes a message: its text, or with `hard_delete=true` the whole row. Staff may delete the row of a colleague's
/// message only as managers.
pub(crate) async fn delete(Path(id): Path<String>, call: Call) -> Outcome {
    let (staff, mut message, conversation) = own_message(&call, &id)?;
    call.only("DELETE, OPTIONS")?;
    let is_hard = query::value(call.uri.query(), "hard_delete").as_deref() == Some("true");
    let is_of_other_staff = message.staff_id.is_some_and(|sender| sender != staff.id);
    if is_hard && is_of_other_staff && role(staff.role).slug != "manager" {
        return Err(Refusal::error(StatusCode::FORBIDDEN, "You can only delete your own messages"));
    }
    call.pass_gate().await;
    let now = to_micros(call.now());
    let files: Vec<Attachment> = call.app.store.list(message.id)?;
    let mut deleted = json!({
        "message_id": message.id,
        "hard_delete": is_hard,
        "soft_delete": !is_hard,
        "attachment_ids": files.iter().map(|file| file.id).collect::<Vec<i64>>(),
        "deleted_by": "staff",
        "original_sender": if message.staff_id.is_some() { "staff" } else { "guest" },
        "staff_id": staff.id,
        "staff_name": staff.full_name(),
        "timestamp": handwritten(call.now()),
    });
    let answer = if is_hard {
        call.app.store.delete::<Message>(message.id)?;
        json!({"success": true, "hard_delete": true, "message_id": message.id})
    } else {
        let text = if files.is_empty() { DELETED } else { DELETED_WITH_FILES };
        (message.message, message.deleted_at) = (text.to_owned(), Some(now));
        call.app.store.save(&mut message, now)?;
        let whole = shown(&call, &conversation, &message)?;
        deleted["message"] = whole.clone();
        json!({"success": true, "hard_delete": false, "message": whole})
    };
    of_deletion(&call, &conversation, &deleted).await;
    ok(answer)
}

/// Returns the signed-in staff member, and a message with its conversation.
fn own_message(call: &Call, id: &str) -> Result<(Staff, Message, Conversation), Refusal> {
    let user = call.user()?;
    let staff = call.app.store.staff_of(user.id)?.ok_or_else(|| Refusal::not_found("Staff"))?;
    let message = call.app.store.message(row_id(id)?)?.ok_or_else(|| Refusal::not_found("RoomMessage"))?;
    let conversation = call.app.store.conversation(message.conversation_id)?;
    Ok((staff, message, conversation.ok_or_else(|| Refusal::not_found("Conversation"))?))
}
