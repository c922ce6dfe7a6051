//! The guest chat of the server of 2026-05 for its staff (`contract.md 8`, **B**).
//!
//! A guest has a booking, and most events go to the private channel of the booking, to which staff cannot subscribe
//! (`contract.md 8.6`). The first message of a staff member makes this member a participant. As on the real server, a
//! later message of anyone but the newest participant is stored and answered with 500.

mod events;
pub(crate) mod guest;
mod shown;

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::Outcome;
use super::super::call::{Call, ok, row_id};
use super::super::current::{may, not_permitted};
use super::super::refusal::Refusal;
use super::attachments::receive;
use super::changes::{conversation_of_room, mark_unread};
use super::events::conversation_channel;
use super::{message_text, page_of, reply_in, unsent};
use crate::clock::{handwritten, to_micros};
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;
use events::of_message;
use shown::{overview, shown, staff_info, titled};

/// The right to read and answer what guests write.
const RESPOND: &str = "chat.guest.respond";

pub(crate) async fn conversations(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("GET, HEAD, OPTIONS")?;
    let rows: Vec<Conversation> = call.app.store.list(staff.hotel_id)?;
    let shown: Result<Vec<Value>, Refusal> = rows.iter().map(|row| overview(&call, row)).collect();
    ok(shown?.into())
}

pub(crate) async fn messages(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("GET, HEAD, OPTIONS")?;
    let conversation = own(&call, &staff, &id)?;
    let rows = page_of(&call, &conversation)?;
    let shown: Result<Vec<Value>, Refusal> =
        rows.iter().map(|row| shown(&call, &conversation, row)).collect();
    ok(shown?.into())
}

pub(crate) async fn send(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let mut conversation = own(&call, &staff, &id)?;
    let mut values = call.input().await?.values;
    let text = message_text(&mut values)?;
    let reply_to = reply_in(&call, &conversation, values.get("reply_to").and_then(Value::as_i64))?;
    call.pass_gate().await;
    let mut message = Message { reply_to, ..unsent(&call, &conversation, Some(&staff), &text) };
    call.app.store.save(&mut message, to_micros(call.now()))?;
    if join(&call, &mut conversation, &staff)? {
        let mut line = unsent(
            &call,
            &conversation,
            None,
            &format!("{} has joined the conversation.", staff.full_name()),
        );
        (line.is_system, line.authorization_sha256) = (true, None);
        call.app.store.save(&mut line, to_micros(call.now()))?;
        of_message(&call, &conversation, &line).await?;
    } else if conversation.participants.last() != Some(&staff.id) {
        return Err(Refusal::Page500);
    }
    // Twice, each time with another `event_id`.
    of_message(&call, &conversation, &message).await?;
    of_message(&call, &conversation, &message).await?;
    ok(json!({
        "conversation_id": conversation.id,
        "message": shown(&call, &conversation, &message)?,
        "staff_info": staff_info(&staff),
    }))
}

/// Makes a staff member a participant. Returns `false` for one who is a participant already.
fn join(call: &Call, conversation: &mut Conversation, staff: &Staff) -> Result<bool, Refusal> {
    if conversation.participants.contains(&staff.id) {
        return Ok(false);
    }
    conversation.participants.push(staff.id);
    call.app.store.save(conversation, to_micros(call.now()))?;
    Ok(true)
}

pub(crate) async fn upload_attachment(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let conversation = own(&call, &staff, &id)?;
    let received = receive(&call, &slug, &conversation, Some(&staff)).await?;
    of_message(&call, &conversation, &received.message).await?;
    ok(received.answer(&call, &shown(&call, &conversation, &received.message)?))
}

pub(crate) async fn mark_read(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let conversation = own(&call, &staff, &id)?;
    let read = mark_unread(&call, &conversation, true).await?;
    if !read.is_empty() {
        let data = json!({
            "message_ids": read,
            "read_at": handwritten(call.now()),
            "staff_name": titled(&staff),
            "conversation_id": conversation.id,
        });
        call.announce_on(conversation_channel(&conversation), "messages-read-by-staff", &data).await;
    }
    ok(json!({"conversation_id": conversation.id, "marked_as_read": read.len()}))
}

/// Takes a conversation over, which also reads it. Sends no event.
pub(crate) async fn assign(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let mut conversation = own(&call, &staff, &id)?;
    let read = mark_unread(&call, &conversation, true).await?;
    let joined = join(&call, &mut conversation, &staff)?;
    ok(json!({
        "conversation_id": conversation.id,
        "assigned_staff": staff_info(&staff),
        "participant_created": joined,
        "room_number": conversation.room_number,
        "messages_marked_read": read.len(),
    }))
}

/// Opens the conversation of a room, and makes it without a booking if there is none.
pub(crate) async fn from_room(Path((slug, room)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let (conversation, is_new) = conversation_of_room(&call, &staff, row_id(&room)?).await?;
    ok(json!({"conversation_id": conversation.id, "messages": [], "conversation_created": is_new}))
}

pub(crate) async fn unread_counts(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = permitted(&call, &slug)?;
    call.only("GET, HEAD, OPTIONS")?;
    let mut counts = Map::new();
    for conversation in call.app.store.list::<Conversation>(staff.hotel_id)? {
        let unread = call.app.store.unread(conversation.id, true)?.len();
        if unread > 0 {
            counts.insert(conversation.id.to_string(), unread.into());
        }
    }
    ok(json!({"unread_counts": counts}))
}

/// Fails for everyone, as the lists of active rooms and the changes of messages and files do on the real server.
pub(crate) async fn broken() -> Refusal {
    Refusal::Page500
}

/// Refuses every member of the staff: the view looks for a sign-in that it has switched off.
pub(crate) async fn no_channels_for_staff(call: Call) -> Outcome {
    call.only("POST, OPTIONS")?;
    Err(Refusal::error(StatusCode::UNAUTHORIZED, "Staff authentication required"))
}

/// Returns the signed-in staff member of this hotel, who must have the right to answer guests.
fn permitted(call: &Call, slug: &str) -> Result<Staff, Refusal> {
    let staff = call.staff(slug)?;
    if may(&staff, RESPOND) { Ok(staff) } else { Err(not_permitted(RESPOND)) }
}

/// Returns a conversation of the staff member's hotel.
fn own(call: &Call, staff: &Staff, id: &str) -> Result<Conversation, Refusal> {
    call.app.store.find(staff.hotel_id, row_id(id)?)?.ok_or_else(|| Refusal::not_found("Conversation"))
}
