//! The guest's side at the servers of 2025 (`contract.md 8.8`): the PIN of the room, and sessions.
//!
//! A session only names the staff member who handles the conversation. Messages are sent without it.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::call::{Call, ok};
use super::super::refusal::Refusal;
use super::events::room_channel;
use super::shown::staff_info;
use crate::clock::to_micros;
use crate::digest::derived_uuid;
use crate::store::chat::{Conversation, GuestSession};

/// The time for which a session is valid: seven days, in microseconds.
const VALID_MICROS: i64 = 7 * 86_400_000_000;

pub(crate) async fn validate_pin(Path((slug, room)): Path<(String, String)>, call: Call) -> Outcome {
    call.only("POST, OPTIONS")?;
    let conversation = of_room(&call, &slug, &room)?;
    if !has_pin(&call, &conversation).await? {
        return Ok((StatusCode::UNAUTHORIZED, Json(json!({"valid": false}))).into_response());
    }
    let id = conversation.id.to_string();
    ok(json!({
        "valid": true,
        "fcm_token_saved": false,
        "session_data": {
            "session_id": id,
            "room_number": conversation.room_number,
            "hotel_slug": slug,
            "conversation_id": id,
            "pusher_channel": room_channel(&conversation),
        },
    }))
}

/// Begins a session, or continues the one in the request.
pub(crate) async fn initialize(Path((slug, room)): Path<(String, String)>, call: Call) -> Outcome {
    call.only("POST, OPTIONS")?;
    let conversation = of_room(&call, &slug, &room)?;
    if !has_pin(&call, &conversation).await? {
        return Err(Refusal::error(StatusCode::UNAUTHORIZED, "Invalid PIN"));
    }
    let values = call.input().await?.values;
    let given = match values.get("session_token").and_then(Value::as_str) {
        Some(token) => call.app.store.guest_session(token)?,
        None => None,
    };
    let given = given.filter(|given| given.conversation_id == conversation.id && !is_over(&call, given));
    let is_new = given.is_none();
    let session = match given {
        Some(session) => session,
        None => begun(&call, &conversation)?,
    };
    ok(json!({
        "session_token": session.token,
        "conversation_id": conversation.id,
        "room_number": conversation.room_number,
        "is_new_session": is_new,
        "pusher_channel": room_channel(&conversation),
        "current_staff_handler": handler(&call, &session)?,
    }))
}

pub(crate) async fn validate_session(Path(token): Path<String>, call: Call) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let invalid = |status: StatusCode, reason: &str| {
        Ok((status, Json(json!({"valid": false, "reason": reason}))).into_response())
    };
    let Some(session) = call.app.store.guest_session(&token)? else {
        return invalid(StatusCode::NOT_FOUND, "not_found");
    };
    if is_over(&call, &session) {
        return invalid(StatusCode::UNAUTHORIZED, "expired");
    }
    let conversation = call.app.store.conversation(session.conversation_id)?;
    let conversation = conversation.ok_or_else(|| Refusal::not_found("Conversation"))?;
    ok(json!({
        "valid": true,
        "conversation_id": conversation.id,
        "room_number": conversation.room_number,
        "hotel_slug": conversation.hotel_slug,
        "current_staff_handler": handler(&call, &session)?,
        "pusher_channel": room_channel(&conversation),
    }))
}

/// Returns the conversation of a room of this hotel. The demo hotel has no rooms without one.
fn of_room(call: &Call, slug: &str, room: &str) -> Result<Conversation, Refusal> {
    let hotel = call.app.store.hotel_id(slug)?.ok_or_else(|| Refusal::not_found("Hotel"))?;
    let mut found = call.app.store.list::<Conversation>(hotel)?.into_iter();
    let found = found.find(|conversation| conversation.room_number.to_string() == room);
    found.ok_or_else(|| Refusal::not_found("Room"))
}

async fn has_pin(call: &Call, conversation: &Conversation) -> Result<bool, Refusal> {
    let values = call.input().await?.values;
    Ok(values.get("pin").and_then(Value::as_str) == Some(conversation.pin().as_str()))
}

fn begun(call: &Call, conversation: &Conversation) -> Result<GuestSession, Refusal> {
    let so_far = call.app.store.count::<GuestSession>(conversation.id)?;
    let purpose = format!("guest session {so_far} of conversation {}", conversation.id);
    let mut session = GuestSession {
        conversation_id: conversation.id,
        token: derived_uuid(call.app.seed, &purpose),
        ..GuestSession::default()
    };
    call.app.store.save(&mut session, to_micros(call.now()))?;
    Ok(session)
}

fn is_over(call: &Call, session: &GuestSession) -> bool {
    to_micros(call.now()) >= session.started_at + VALID_MICROS
}

fn handler(call: &Call, session: &GuestSession) -> Result<Value, Refusal> {
    let staff = match session.handler {
        Some(id) => call.app.store.staff_of(id)?,
        None => None,
    };
    Ok(staff.as_ref().map_or(Value::Null, staff_info))
}
