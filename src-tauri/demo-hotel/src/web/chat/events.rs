//! The events of the chat, in the order of the real server (`contract.md 8.4`, `8.5`).

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::Refusal;
use super::super::staff::{department, role};
use crate::clock::handwritten;
use crate::store::chat::Conversation;
use crate::store::people::Staff;

/// Publishes the events of a guest's message, in their order (`contract.md 8.4`).
pub(super) async fn of_guest(
    call: &Call,
    conversation: &Conversation,
    message: &Value,
) -> Result<(), Refusal> {
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
pub(super) async fn of_staff(call: &Call, conversation: &Conversation, staff: &Staff, message: &Value) {
    let (about, room) = (conversation_channel(conversation), room_channel(conversation));
    of_assignment(call, conversation, staff).await;
    call.announce_on(about.clone(), "message-delivered", &delivered(call, message)).await;
    call.announce_on(room, "new-staff-message", message).await;
    call.announce_on(about, "new-message", message).await;
}

/// Publishes that a staff member has taken over a conversation.
pub(super) async fn of_assignment(call: &Call, conversation: &Conversation, staff: &Staff) {
    let assigned = json!({
        "staff_name": staff.full_name(),
        "staff_role": role(staff.role).name,
        "conversation_id": conversation.id,
    });
    call.announce_on(room_channel(conversation), "staff-assigned", &assigned).await;
}

/// Publishes a deletion: seven events with the same data.
pub(super) async fn of_deletion(call: &Call, conversation: &Conversation, deleted: &Value) {
    let (about, room) = (conversation_channel(conversation), room_channel(conversation));
    let deletions = format!("{}-room-{}-deletions", conversation.hotel_slug, conversation.room_number);
    for (channel, event) in [
        (&about, "message-deleted"),
        (&about, "message-removed"),
        (&room, "message-deleted"),
        (&room, "message-removed"),
        (&deletions, "content-deleted"),
        (&room, "message-deleted"),
        (&room, "message-removed"),
    ] {
        call.announce_on(channel.clone(), event, deleted).await;
    }
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

pub(super) fn conversation_channel(conversation: &Conversation) -> String {
    format!("{}-conversation-{}-chat", conversation.hotel_slug, conversation.id)
}

fn room_channel(conversation: &Conversation) -> String {
    format!("{}-room-{}-chat", conversation.hotel_slug, conversation.room_number)
}

fn delivered(call: &Call, message: &Value) -> Value {
    json!({"message_id": message["id"], "delivered_at": handwritten(call.now()), "status": "delivered"})
}
