//! Conversations and messages as in HTTP (`contract.md 8.2`, `8.3`, **B**).

use serde_json::{Value, json};

use super::super::super::call::Call;
use super::super::super::refusal::Refusal;
use super::super::super::staff::{department, role};
use super::super::shown::{guest_name, shown as shown_in_2025};
use crate::clock::serialized;
use crate::store::chat::{Conversation, Message};
use crate::store::people::Staff;

/// Returns the name of a role, which is another one than in 2025.
fn role_name(staff: &Staff) -> &'static str {
    match role(staff.role) {
        role if role.slug == "manager" => "Hotel Manager",
        role if role.slug == "receptionist" => "Front Desk Agent",
        role => role.name,
    }
}

pub(super) fn staff_info(staff: &Staff) -> Value {
    json!({"name": staff.full_name(), "role": role_name(staff), "profile_image": null})
}

/// Returns the name of a staff member as it stands in read marks.
pub(super) fn titled(staff: &Staff) -> String {
    format!("{} - {} - {}", staff.full_name(), department(staff.department).name, role_name(staff))
}

/// Returns the staff member who wrote a message.
pub(super) fn author(call: &Call, message: &Message) -> Result<Option<Staff>, Refusal> {
    Ok(match message.staff_id {
        Some(id) => call.app.store.staff_of(id)?,
        None => None,
    })
}

pub(super) fn overview(call: &Call, row: &Conversation) -> Result<Value, Refusal> {
    let store = &call.app.store;
    let last = store.messages(row.id, i64::MAX, 1)?.pop();
    let text = last.as_ref().map(|message| &message.message);
    let (unread, unread_of_guest) = (store.unread(row.id, true)?.len(), store.unread(row.id, false)?.len());
    let name = guest_name(row);
    Ok(json!({
        "id": row.id,
        "conversation_id": row.id,
        "room_number": row.room_number,
        "roomNumber": row.room_number,
        "guest_id": row.id,
        "guestId": row.id,
        "guest_name": name,
        "guestName": name,
        "guest_first_name": row.guest_first_name,
        "guest_last_name": row.guest_last_name,
        "last_message": text,
        "lastMessage": text,
        "last_message_time": last.as_ref().map(|message| serialized(message.sent_at)),
        // Never set by a guest's message.
        "has_unread": false,
        "unread_count": unread,
        "unreadCountForStaff": unread,
        "unreadCountForGuest": unread_of_guest,
    }))
}

/// Returns a message: as in 2025, with its booking and with other names of the staff. Only a guest's message has a
/// booking.
pub(super) fn shown(call: &Call, conversation: &Conversation, message: &Message) -> Result<Value, Refusal> {
    let mut whole = shown_in_2025(call, conversation, message)?;
    let staff = author(call, message)?;
    whole["conversation_id"] = conversation.id.into();
    whole["staff_name"] = json!(staff.as_ref().map(Staff::full_name));
    whole["staff_role_name"] = json!(staff.as_ref().map(role_name));
    whole["staff_info"] = json!(staff.as_ref().map(|staff| {
        let mut info = staff_info(staff);
        info["department"] = department(staff.department).name.into();
        info
    }));
    let booking = conversation.booking.filter(|_| message.is_of_guest());
    whole["booking"] = json!(booking);
    if booking.is_some() {
        whole["booking_id"] = json!(conversation.booking_id());
    }
    Ok(whole)
}
