//! The guest's side at the server of 2026-05 (`contract.md 8.8`, **B**).
//!
//! The link of a booking has a token, with which the guest gets a session. Most paths have no final slash. The refusals
//! and the list of messages were not recorded; they have the shapes of the guest zone (`contract.md 1.3`).

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use super::super::super::Outcome;
use super::super::super::call::{Call, row_id};
use super::super::super::refusal::Refusal;
use super::super::changes::mark_unread;
use super::super::{message_text, page_of, unsent};
use super::events::{booking_channel, of_guest};
use super::shown::shown;
use crate::app::Shared;
use crate::channels::signed::sign;
use crate::clock::{from_micros, handwritten, to_micros};
use crate::digest::derived;
use crate::query;
use crate::store::chat::{Conversation, Message};

/// The header with the session.
const SESSION: &str = "x-guest-chat-session";

/// The routes without a final slash.
pub(crate) fn router() -> Router<Shared> {
    use axum::routing::{any, get};
    const ZONE: &str = "/api/guest/hotel/{slug}/chat";
    Router::new()
        .route(&format!("{ZONE}/context"), get(context).post(context))
        .route(&format!("{ZONE}/messages"), any(messages))
        .route(&format!("{ZONE}/pusher/auth"), any(authorise))
}

async fn context(Path(slug): Path<String>, call: Call) -> Outcome {
    let Some(token) = query::value(call.uri.query(), "token") else {
        return Err(refused(StatusCode::BAD_REQUEST, "Token is required", "TOKEN_REQUIRED"));
    };
    let is_own =
        |conversation: &Conversation| conversation.guest_token(call.app.seed).as_ref() == Some(&token);
    let conversation = booked(&call, &slug, is_own)?
        .ok_or_else(|| refused(StatusCode::UNAUTHORIZED, "Invalid or expired token", "INVALID_TOKEN"))?;
    answer(
        StatusCode::OK,
        json!({
            "conversation_id": conversation.id,
            "chat_session": session_of(&call, &conversation),
            "channel_name": booking_channel(&conversation),
            "events": {
                "message_created": "chat.message.created",
                "message_read": "chat.message.read",
                "message_deleted": "chat.message.deleted",
                "message_edited": "chat.message.edited",
                "unread_updated": "chat.unread.updated",
            },
            "pusher": {
                "key": call.app.channels_app.key,
                "cluster": "eu",
                "auth_endpoint": format!("/api/guest/hotel/{slug}/chat/pusher/auth"),
            },
            "permissions": {"can_send": true, "can_read": true},
        }),
    )
}

/// Sends a message, or lists the newest ones.
async fn messages(Path(slug): Path<String>, call: Call) -> Outcome {
    let conversation = signed_in(&call, &slug)?;
    if call.verb() == "GET" {
        return listed(&call, &conversation);
    }
    call.only("GET, POST, HEAD, OPTIONS")?;
    let text = message_text(&mut call.input().await?.values)?;
    let message = write(&call, &conversation, &text).await?;
    answer(
        StatusCode::CREATED,
        json!({
            "message_id": message.id,
            "sent_at": handwritten(from_micros(message.sent_at)),
            "conversation_id": conversation.id,
        }),
    )
}

/// Stores and publishes a guest's message.
pub(in super::super) async fn write(
    call: &Call,
    conversation: &Conversation,
    text: &str,
) -> Result<Message, Refusal> {
    call.pass_gate().await;
    let mut message = unsent(call, conversation, None, text);
    call.app.store.save(&mut message, to_micros(call.now()))?;
    of_guest(call, conversation, &message).await?;
    Ok(message)
}

fn listed(call: &Call, conversation: &Conversation) -> Outcome {
    let rows = page_of(call, conversation)?;
    let messages: Result<Vec<Value>, Refusal> =
        rows.iter().map(|row| shown(call, conversation, row)).collect();
    let messages = messages?;
    let oldest = rows.first().map_or(0, |row| row.id);
    let has_more = !call.app.store.messages(conversation.id, oldest, 1)?.is_empty();
    answer(
        StatusCode::OK,
        json!({
            "count": messages.len(),
            "messages": messages,
            "conversation_id": conversation.id,
            "has_more": has_more,
        }),
    )
}

/// Marks the messages of the staff and of the system as read by the guest.
pub(crate) async fn mark_read(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let conversation = signed_in(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    if row_id(&id)? != conversation.id {
        return Err(Refusal::not_found("Conversation"));
    }
    let read = mark_unread(&call, &conversation, false).await?.len();
    if let (true, Some(channel)) = (read > 0, booking_channel(&conversation)) {
        let data = json!({
            "conversation_id": conversation.id,
            "booking_id": conversation.booking_id(),
            "room_conversation_id": conversation.id,
            "marked_read": read,
            "read_at": handwritten(call.now()),
            "read_by": "guest",
        });
        call.announce_on(channel, "chat.message.read", &data).await;
    }
    answer(StatusCode::OK, json!({"marked_read": read}))
}

/// Signs the subscription of a guest to the channel of the own booking.
async fn authorise(Path(slug): Path<String>, call: Call) -> Outcome {
    let conversation = signed_in(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let values = call.input().await?.values;
    let text = |name: &str| values.get(name).and_then(Value::as_str).unwrap_or_default();
    let (socket, channel) = (text("socket_id"), text("channel_name"));
    if booking_channel(&conversation).as_deref() != Some(channel) {
        let reason = "Channel name does not match booking";
        return Err(refused(StatusCode::FORBIDDEN, reason, "CHANNEL_MISMATCH"));
    }
    let app = &call.app.channels_app;
    let signature = sign(&app.secret, &format!("{socket}:{channel}"));
    answer(StatusCode::OK, json!({"auth": format!("{}:{signature}", app.key)}))
}

/// Returns the conversation of the session in the request.
fn signed_in(call: &Call, slug: &str) -> Result<Conversation, Refusal> {
    let given = call.headers.get(SESSION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let found = booked(call, slug, |conversation| session_of(call, conversation) == given)?;
    found.ok_or_else(|| refused(StatusCode::UNAUTHORIZED, "Chat session is required", "SESSION_REQUIRED"))
}

/// Returns a conversation with a booking.
fn booked(
    call: &Call,
    slug: &str,
    is_wanted: impl Fn(&Conversation) -> bool,
) -> Result<Option<Conversation>, Refusal> {
    let Some(hotel) = call.app.store.hotel_id(slug)? else { return Ok(None) };
    let mut conversations = call.app.store.list::<Conversation>(hotel)?.into_iter();
    Ok(conversations.find(|conversation| conversation.booking.is_some() && is_wanted(conversation)))
}

fn session_of(call: &Call, conversation: &Conversation) -> String {
    derived(call.app.seed, &format!("chat session of conversation {}", conversation.id), 64)
}

fn refused(status: StatusCode, text: &str, code: &str) -> Refusal {
    let both = [("error".to_owned(), text.into()), ("code".to_owned(), code.into())];
    Refusal::Object(status, Map::from_iter(both))
}

/// Returns an answer of the guest zone, which no cache may keep.
fn answer(status: StatusCode, body: Value) -> Outcome {
    let mut response: Response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
