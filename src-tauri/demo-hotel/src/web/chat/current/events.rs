//! The events of the chat of 2026-05 (`contract.md 8.4`, **B**).

use serde_json::{Value, json};

use super::super::super::call::Call;
use super::super::super::current::may;
use super::super::super::refusal::Refusal;
use super::super::events::conversation_channel;
use super::super::shown::guest_name;
use super::RESPOND;
use super::shown::{author, staff_info};
use crate::clock::{from_micros, handwritten};
use crate::store::chat::{Conversation, Message};

/// The event of a new message on the channel of a booking.
pub(super) const CREATED: &str = "chat.message.created";

/// The most characters of a message in a notification.
const PREVIEW: usize = 100;

/// Publishes a message on the channel of its booking. Without a booking there is no event.
pub(super) async fn of_message(
    call: &Call,
    conversation: &Conversation,
    message: &Message,
) -> Result<(), Refusal> {
    if let Some(channel) = booking_channel(conversation) {
        let whole = envelope(call, conversation, message)?;
        call.announce_on(channel, CREATED, &whole).await;
    }
    Ok(())
}

/// Publishes a guest's message: to each staff member who may answer it, on the public channel of the conversation, and
/// on the channel of the booking.
pub(super) async fn of_guest(
    call: &Call,
    conversation: &Conversation,
    message: &Message,
) -> Result<(), Refusal> {
    let name = guest_name(conversation);
    let notification = json!({
        "type": "guest_message",
        "message_id": message.id,
        "conversation_id": conversation.id,
        "booking_id": conversation.booking_id(),
        "room_number": conversation.room_number,
        "guest_message": message.message.chars().take(PREVIEW).collect::<String>(),
        "sender_name": name,
        "guest_name": name,
        "timestamp": handwritten(from_micros(message.sent_at)),
    });
    let slug = &conversation.hotel_slug;
    let mut people = call.app.store.staff_of_hotel(conversation.hotel_id)?;
    people.retain(|staff| may(staff, RESPOND));
    for staff in people {
        let own = format!("{slug}.staff-{}-notifications", staff.id);
        call.announce_on(own, "new-guest-message", &notification).await;
    }
    // Both channels get the same `event_id`.
    let whole = envelope(call, conversation, message)?;
    call.announce_on(conversation_channel(conversation), "realtime_event", &whole).await;
    if let Some(channel) = booking_channel(conversation) {
        call.announce_on(channel, CREATED, &whole).await;
    }
    Ok(())
}

/// Returns the private channel of a booking.
pub(super) fn booking_channel(conversation: &Conversation) -> Option<String> {
    let booking = conversation.booking_id()?;
    Some(format!("private-hotel-{}-guest-chat-booking-{booking}", conversation.hotel_slug))
}

fn envelope(call: &Call, conversation: &Conversation, message: &Message) -> Result<Value, Refusal> {
    let staff = author(call, message)?;
    let guest = guest_name(conversation);
    let staff_name = staff.as_ref().map(|staff| staff.full_name());
    let sender_type = message.sender_type();
    let sender_name = match sender_type {
        "system" => Some("System".to_owned()),
        "guest" => Some(guest.clone()),
        _ => staff_name.clone(),
    };
    let staff_info = staff.as_ref().map(|staff| {
        let info = staff_info(staff);
        json!({"name": info["name"], "role": info["role"]})
    });
    let files: Vec<crate::store::chat::Attachment> = call.app.store.list(message.id)?;
    let payload = json!({
        "conversation_id": conversation.id,
        "booking_id": conversation.booking_id(),
        "room_conversation_id": conversation.id,
        "id": message.id,
        "sender_type": sender_type,
        "sender_role": sender_type,
        "sender_id": message.staff_id,
        "sender_name": sender_name,
        "guest_name": guest,
        "staff_name": staff_name,
        "staff_info": staff_info,
        "message": message.message,
        "timestamp": handwritten(from_micros(message.sent_at)),
        "room_number": conversation.room_number,
        "is_staff_reply": staff.is_some(),
        "has_attachments": !files.is_empty(),
        "read_by_staff": message.read_at.is_some() && sender_type == "guest",
        "read_by_guest": message.read_at.is_some() && sender_type != "guest",
        "is_edited": message.edited_at.is_some(),
        "is_deleted": message.deleted_at.is_some(),
        "status": if message.read_at.is_some() { "read" } else { "delivered" },
        "reply_to": message.reply_to,
        "pin": null,
    });
    let scope = json!({
        "room_number": conversation.room_number,
        "conversation_id": conversation.id,
        "sender_type": sender_type,
    });
    Ok(call.enveloped(&conversation.hotel_slug, "guest_chat", "message_created", (payload, scope)))
}
