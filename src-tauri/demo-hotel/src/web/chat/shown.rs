//! A message as in HTTP and events (`contract.md 8.3`).

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::Refusal;
use super::super::staff::{department, role};
use crate::clock::serialized;
use crate::store::chat::{Attachment, Conversation, Message};
use crate::store::people::Staff;
use crate::store::pictures::photo_url;

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

/// Returns a message as in HTTP and events (`contract.md 8.3`).
pub(super) fn shown(call: &Call, conversation: &Conversation, message: &Message) -> Result<Value, Refusal> {
    let people = match call.app.store.hotel_id(&conversation.hotel_slug)? {
        Some(hotel) => call.app.store.staff_of_hotel(hotel)?,
        None => Vec::new(),
    };
    let sender_of = |message: &Message| people.iter().find(|staff| Some(staff.id) == message.staff_id);
    let staff = sender_of(message);
    let replied: Option<Message> = match message.reply_to {
        Some(id) => call.app.store.find(conversation.id, id)?,
        None => None,
    };
    let replied = match &replied {
        Some(other) => {
            let name = sender_of(other).map_or_else(|| guest_name(conversation), Staff::full_name);
            Some(quoted(call, other, &name)?)
        }
        None => None,
    };
    let attachments = attachments(call, message)?;
    let moment = |micros: Option<i64>| micros.map(serialized);
    // Each side reads the messages of the other.
    let (read_by_staff, read_by_guest) = match message.staff_id {
        Some(_) => (None, message.read_at),
        None => (message.read_at, None),
    };
    Ok(json!({
        "id": message.id,
        "conversation": conversation.id,
        "room": conversation.room_number,
        "room_number": conversation.room_number,
        "sender_type": message.sender_type(),
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
        "reply_to_message": replied,
        "has_attachments": !attachments.is_empty(),
        "attachments": attachments,
    }))
}

/// Returns a message as in the answer to it.
fn quoted(call: &Call, message: &Message, sender_name: &str) -> Result<Value, Refusal> {
    let attachments = attachments(call, message)?;
    Ok(json!({
        "id": message.id,
        "message": message.message,
        "sender_type": message.sender_type(),
        "sender_name": sender_name,
        "timestamp": serialized(message.sent_at),
        "has_attachments": !attachments.is_empty(),
        "attachment_count": attachments.len(),
        "attachments": attachments,
    }))
}

/// Returns the files of a message.
fn attachments(call: &Call, message: &Message) -> Result<Vec<Value>, Refusal> {
    let files: Vec<Attachment> = call.app.store.list(message.id)?;
    Ok(files.iter().map(|file| attachment(&call.base(), file)).collect())
}

/// Returns a file; `base` is the beginning of its address. The real servers make no small pictures.
pub(super) fn attachment(base: &str, file: &Attachment) -> Value {
    let mut shown = json!(file);
    shown["file_url"] = json!(photo_url(base, Some(&file.file)));
    shown["file_size_display"] = size(file.file_size).into();
    shown["uploaded_at"] = serialized(file.uploaded_at).into();
    shown["thumbnail"] = Value::Null;
    shown["thumbnail_url"] = Value::Null;
    shown
}

/// Returns a size with one decimal.
fn size(bytes: usize) -> String {
    let mut size = bytes as f64;
    for unit in ["B", "KB", "MB"] {
        if size < 1024.0 {
            return format!("{size:.1} {unit}");
        }
        size /= 1024.0;
    }
    format!("{size:.1} GB")
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_has_one_decimal_in_the_largest_unit_below_it() {
        assert_eq!((size(676), size(1536)), ("676.0 B".to_owned(), "1.5 KB".to_owned()));
        assert_eq!(size(50 * 1024 * 1024), "50.0 MB");
    }
}
