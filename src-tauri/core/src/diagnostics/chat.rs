//! The finding about the conversations with guests: the channel of each, and the events of its newest answer.

use jiff::{SignedDuration, Timestamp};

use super::Subject;
use super::local::not_checked;
use crate::catalogue::say;
use crate::engine::Engine;
use crate::hotel::dialect::Generation;
use crate::ids::ServerId;
use crate::monitor::Monitor;
use crate::monitor::link::Link;
use crate::monitor::trails::{Sign, Trail};
use crate::resources::Kind;
use crate::store::entities::{self, EntityRow};
use crate::views::{Check, Finding};

/// The time in which the events of one message come.
const TOGETHER: SignedDuration = SignedDuration::from_secs(5);
/// The largest number of conversations in the details.
const SHOWN: usize = 50;

/// A followed conversation.
struct Followed {
    room: String,
    channel: String,
    is_confirmed: bool,
    answer: Option<Trail>,
}

/// Returns the finding about the conversations.
pub(super) async fn finding(subject: &Subject, link: &Link, monitor: &Monitor, now: Timestamp) -> Finding {
    let check = Check::Chat;
    let Some(engine) = &subject.engine else { return not_checked(check, subject) };
    let state = engine.connectivity.state();
    if state.generation == Some(Generation::Current) {
        return Finding::ok(check, say!("doctor-chat-polled"));
    }
    if !link.is_connected() {
        return Finding::unknown(
            check,
            say!("doctor-channels-unconfirmed", why = say!("doctor-channels-down")),
        );
    }
    let rows = match engine.store.read(|db| entities::all(db, Kind::Conversation)).await {
        Ok(rows) => rows,
        Err(error) => return Finding::error(check, error),
    };
    let trails = monitor.trails();
    let followed: Vec<Followed> = state
        .followed_conversations
        .iter()
        .map(|id| {
            let channel = channel_of(engine, *id);
            let is_confirmed = link.is_confirmed(&channel);
            Followed { room: room_of(&rows, *id), channel, is_confirmed, answer: trails.of(*id).cloned() }
        })
        .collect();
    let finding = of(&followed, now);
    followed.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.with(say!("doctor-figure-room", room = one.room.as_str()), one.in_words())
    })
}

fn of(followed: &[Followed], now: Timestamp) -> Finding {
    let check = Check::Chat;
    if followed.is_empty() {
        return Finding::ok(check, say!("doctor-chat-none"));
    }
    if let Some(Followed { room, channel, .. }) = followed.iter().find(|one| !one.is_confirmed) {
        let text = say!("doctor-chat-unconfirmed", room = room.as_str(), name = channel.as_str());
        return Finding::warning(check, text, say!("doctor-channel-pending-way-out"));
    }
    let missing = followed.iter().find_map(|one| {
        let answer = one.answer.as_ref().filter(|answer| now.duration_since(answer.began) > TOGETHER)?;
        Some((one, answer.missing().next()?))
    });
    if let Some((one, sign)) = missing {
        let text = say!("doctor-chat-event-missing", room = one.room.as_str(), event = sign.event());
        return Finding::warning(check, text, say!("doctor-chat-event-missing-way-out"));
    }
    Finding::ok(check, say!("doctor-chat-confirmed", count = followed.len()))
}

impl Followed {
    fn in_words(&self) -> String {
        let channel = if self.is_confirmed {
            say!("doctor-chat-channel", name = self.channel.as_str())
        } else {
            say!("doctor-chat-channel-open", name = self.channel.as_str())
        };
        match &self.answer {
            Some(answer) => {
                let events = say!("doctor-chat-events", count = answer.came.len(), all = Sign::ALL.len());
                format!("{channel} {events}")
            }
            None => channel,
        }
    }
}

fn channel_of(engine: &Engine, conversation: ServerId) -> String {
    engine.connectivity.generation().conversation_channel(&engine.account.hotel_slug, conversation)
}

fn room_of(rows: &[EntityRow], conversation: ServerId) -> String {
    let row = rows.iter().find(|row| row.server_id == Some(conversation));
    let copy = row.and_then(EntityRow::latest);
    copy.map(|copy| copy.fields().text("room_number")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::trails::Trails;
    use crate::views::FindingState;

    fn followed(is_confirmed: bool, signs: &[Sign]) -> Followed {
        let mut trails = Trails::default();
        for sign in signs {
            trails.note_answer(ServerId(1), (ServerId(7), *sign), true, Timestamp::UNIX_EPOCH);
        }
        let answer = trails.of(ServerId(1)).cloned();
        let channel = "killarney-conversation-1-chat".to_owned();
        Followed { room: "101".to_owned(), channel, is_confirmed, answer }
    }

    #[test]
    fn the_first_conversation_without_a_channel_or_an_event_is_named() {
        let later = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(9);
        let said = |one: Followed, now| {
            let finding = of(&[one], now);
            (finding.state, finding.text)
        };
        let (state, text) = said(followed(false, &[]), later);
        assert!(state == FindingState::Warning && text.contains("killarney-conversation-1-chat"), "{text}");
        let (state, text) = said(followed(true, &[Sign::Delivered, Sign::ForStaff]), later);
        assert!(state == FindingState::Warning && text.contains("new-staff-message"), "{text}");
        let some = followed(true, &[Sign::ForStaff]);
        assert_eq!(said(some, Timestamp::UNIX_EPOCH).0, FindingState::Ok, "the others may still come");
        assert_eq!(said(followed(true, &Sign::ALL), later).0, FindingState::Ok);
        assert_eq!(of(&[], later).state, FindingState::Ok);
    }
}
