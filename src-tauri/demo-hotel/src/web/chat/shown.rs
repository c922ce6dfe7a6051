//! A message as in HTTP and events (`contract.md 8.3`).

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::Refusal;
use super::super::staff::{department, role};
use crate::clock::serialized;
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;

/// The text that a defect of the real server writes in place of a guest's name (`contract.md 8.3`).
const NOBODY: &str = "<method-wrapper '__str__' of NoneType object at 0x7f3a5c0b1d30>";

pub(super) fn guest_name(conversation: &Conversation) -> String {
    format!("{} {}", conversation.guest_first_name, conversation.guest_last_name)
}

pub(super) fn staff_info(staff: &Staff) -> Value {
    json!({"name": staff.full_name(), "role": role(staff.role).name, "profile_image": null})
}

/// Returns the name of a staff member as it stands in messages and events.
pub(super) fn titled(staff: &Staff) -> String {
    let (department, role) = (department(staff.department).name, role(staff.role).name);
    format!("{} - {department} - {role}", staff.full_name())
}

/// Returns a message as in HTTP and events (`contract.md 8.3`). Here no message has a file.
pub(super) fn shown(call: &Call, conversation: &Conversation, message: &Message) -> Result<Value, Refusal> {
    let people = match call.app.store.hotel_id(&conversation.hotel_slug)? {
        Some(hotel) => call.app.store.staff_of_hotel(hotel)?,
        None => Vec::new(),
    };
    let staff = people.iter().find(|staff| Some(staff.id) == message.staff_id);
    let replied: Option<Message> = match message.reply_to {
        Some(id) => call.app.store.find(conversation.id, id)?,
        None => None,
    };
    let moment = |micros: Option<i64>| micros.map(serialized);
    // Each side reads the messages of the other.
    let (read_by_staff, read_by_guest) = match message.staff_id {
        Some(_) => (None, message.read_at),
        None => (message.read_at, None),
    };
    let sender = |staff_id: Option<i64>| if staff_id.is_some() { "staff" } else { "guest" };
    Ok(json!({
        "id": message.id,
        "conversation": conversation.id,
        "room": conversation.room_number,
        "room_number": conversation.room_number,
        "sender_type": sender(message.staff_id),
        "staff": message.staff_id,
        "staff_name": staff.map_or(NOBODY.to_owned(), titled),
        "guest_name": guest_name(conversation),
        "staff_info": staff.map(staff_info),
        "message": message.message,
        "timestamp": serialized(message.sent_at),
        "status": if message.read_at.is_some() { "read" } else { "delivered" },
        "is_read_by_recipient": message.read_at.is_some(),
        "read_at": moment(message.read_at),
        "read_by_staff": read_by_staff.is_some(),
        "read_by_guest": read_by_guest.is_some(),
        "staff_read_at": moment(read_by_staff),
        "guest_read_at": moment(read_by_guest),
        "delivered_at": serialized(message.sent_at),
        "staff_display_name": staff.map(Staff::full_name),
        "staff_role_name": staff.map(|staff| role(staff.role).name),
        "is_edited": message.edited_at.is_some(),
        "edited_at": moment(message.edited_at),
        "is_deleted": message.deleted_at.is_some(),
        "deleted_at": moment(message.deleted_at),
        "reply_to": message.reply_to,
        "reply_to_message": replied.map(|other| json!({
            "id": other.id, "message": other.message, "sender_type": sender(other.staff_id),
        })),
        "attachments": [],
        "has_attachments": false,
    }))
}
