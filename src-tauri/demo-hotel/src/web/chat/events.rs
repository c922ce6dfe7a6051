//! The events of the chat, in the order of the real server (`contract.md 8.4`, `8.5`).

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::Refusal;
use super::super::staff::{department, role};
use crate::clock::{handwritten, to_micros};
use crate::store::chat::{Conversation, GuestSession};
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
    to_the_desk(call, conversation, message).await?;
    call.announce_on(about, "new-message", message).await;
    Ok(())
}

/// Publishes the events of a staff member's message, who becomes the handler.
pub(super) async fn of_staff(
    call: &Call,
    conversation: &Conversation,
    staff: &Staff,
    message: &Value,
) -> Result<(), Refusal> {
    let (about, room) = (conversation_channel(conversation), room_channel(conversation));
    hand_over(call, conversation, staff).await?;
    call.announce_on(about.clone(), "message-delivered", &delivered(call, message)).await;
    call.announce_on(room, "new-staff-message", message).await;
    call.announce_on(about, "new-message", message).await;
    Ok(())
}

/// Publishes the events of files that a guest has sent. There is no `message-delivered`, and the room's channel gets
/// nothing (`contract.md 8.5`).
pub(super) async fn of_guests_files(
    call: &Call,
    conversation: &Conversation,
    message: &Value,
    is_new: bool,
) -> Result<(), Refusal> {
    call.announce_on(conversation_channel(conversation), event_of_files(is_new), message).await;
    to_the_desk(call, conversation, message).await
}

/// Publishes the events of files that a staff member has sent.
pub(super) async fn of_staffs_files(call: &Call, conversation: &Conversation, message: &Value, is_new: bool) {
    call.announce_on(conversation_channel(conversation), event_of_files(is_new), message).await;
    call.announce_on(room_channel(conversation), "new-staff-message", message).await;
}

fn event_of_files(is_new: bool) -> &'static str {
    if is_new { "new-message" } else { "message-updated" }
}

/// Publishes a guest's message to each receptionist.
async fn to_the_desk(call: &Call, conversation: &Conversation, message: &Value) -> Result<(), Refusal> {
    for staff in at_the_desk(call, &conversation.hotel_slug)? {
        let own = format!("{}-staff-{}-chat", conversation.hotel_slug, staff.id);
        call.announce_on(own, "new-guest-message", message).await;
    }
    Ok(())
}

/// Makes a staff member the handler of the guests' sessions and returns the number of changed sessions. Publishes the
/// change; without a session the handler counts as changed every time (`contract.md 8.4`).
pub(super) async fn hand_over(
    call: &Call,
    conversation: &Conversation,
    staff: &Staff,
) -> Result<usize, Refusal> {
    let mut sessions: Vec<GuestSession> = call.app.store.list(conversation.id)?;
    if sessions.first().is_some_and(|session| session.handler == Some(staff.id)) {
        return Ok(0);
    }
    for session in &mut sessions {
        session.handler = Some(staff.id);
        call.app.store.save(session, to_micros(call.now()))?;
    }
    let assigned = json!({
        "staff_name": staff.full_name(),
        "staff_role": role(staff.role).name,
        "conversation_id": conversation.id,
    });
    call.announce_on(room_channel(conversation), "staff-assigned", &assigned).await;
    Ok(sessions.len())
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

pub(super) fn room_channel(conversation: &Conversation) -> String {
    format!("{}-room-{}-chat", conversation.hotel_slug, conversation.room_number)
}

fn delivered(call: &Call, message: &Value) -> Value {
    json!({"message_id": message["id"], "delivered_at": handwritten(call.now()), "status": "delivered"})
}
