//! The events of the newest staff message of each conversation.
//!
//! The first servers send three of them (contract.md 8.4): two on the channel of the conversation, and the one that the
//! guest hears on the channel of the room. A desk hears that one only while it listens to the room.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::ServerId;

/// An event of a staff message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `message-delivered` on the channel of the conversation.
    Delivered,
    /// `new-message` on the channel of the conversation.
    ForStaff,
    /// `new-staff-message` on the channel of the room.
    ForGuest,
}

impl Sign {
    /// All of them, in their usual order.
    pub const ALL: [Self; 3] = [Self::Delivered, Self::ForGuest, Self::ForStaff];

    /// Returns the name of the event.
    pub fn event(self) -> &'static str {
        match self {
            Self::Delivered => "message-delivered",
            Self::ForStaff => "new-message",
            Self::ForGuest => "new-staff-message",
        }
    }
}

/// The events of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// The time of the first event with the message.
    pub began: Timestamp,
    /// The events that came, each once.
    pub came: Vec<Sign>,
    message: ServerId,
    /// True if all three can come: the desk listens to the room, and the message has no file.
    expects_all: bool,
}

impl Trail {
    /// Returns the events that should have come and did not.
    pub fn missing(&self) -> impl Iterator<Item = Sign> {
        Sign::ALL.into_iter().filter(move |sign| self.expects_all && !self.came.contains(sign))
    }

    fn add(&mut self, sign: Sign) {
        if !self.came.contains(&sign) {
            self.came.push(sign);
        }
    }
}

/// The events of one conversation.
#[derive(Debug, Clone, Default)]
struct Followed {
    /// The message of the last delivery, which may be a guest's.
    delivered: Option<ServerId>,
    answer: Option<Trail>,
}

/// The newest staff message of each conversation.
#[derive(Debug, Clone, Default)]
pub struct Trails(BTreeMap<ServerId, Followed>);

impl Trails {
    /// Notes the delivery of a message. It comes before the message itself, and does not name the writer.
    pub(super) fn note_delivery(&mut self, conversation: ServerId, message: ServerId) {
        let followed = self.0.entry(conversation).or_default();
        followed.delivered = Some(message);
        if let Some(answer) = followed.answer.as_mut().filter(|answer| answer.message == message) {
            answer.add(Sign::Delivered);
        }
    }

    /// Notes an event with a staff message. Older messages are left out.
    pub fn note_answer(
        &mut self,
        conversation: ServerId,
        (message, sign): (ServerId, Sign),
        expects_all: bool,
        now: Timestamp,
    ) {
        let followed = self.0.entry(conversation).or_default();
        if followed.answer.as_ref().is_none_or(|answer| answer.message < message) {
            let came = Vec::from_iter((followed.delivered == Some(message)).then_some(Sign::Delivered));
            followed.answer = Some(Trail { began: now, came, message, expects_all });
        }
        if let Some(answer) = followed.answer.as_mut().filter(|answer| answer.message == message) {
            answer.add(sign);
            answer.expects_all &= expects_all;
        }
    }

    /// Returns the events of the newest staff message of a conversation, if one came.
    pub fn of(&self, conversation: ServerId) -> Option<&Trail> {
        self.0.get(&conversation)?.answer.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_answer_counts_and_only_one_that_can_have_all_events_misses_some() {
        let (room, now) = (ServerId(1), Timestamp::UNIX_EPOCH);
        let mut trails = Trails::default();
        trails.note_delivery(room, ServerId(4));
        assert_eq!(trails.of(room), None);
        trails.note_delivery(room, ServerId(5));
        trails.note_answer(room, (ServerId(5), Sign::ForStaff), true, now);
        assert_eq!(trails.of(room).unwrap().missing().collect::<Vec<_>>(), [Sign::ForGuest]);
        trails.note_answer(room, (ServerId(5), Sign::ForGuest), true, now);
        assert_eq!(trails.of(room).unwrap().missing().count(), 0);
        trails.note_answer(room, (ServerId(6), Sign::ForStaff), false, now);
        trails.note_answer(room, (ServerId(5), Sign::ForGuest), true, now);
        let trail = trails.of(room).unwrap();
        assert_eq!((trail.came.as_slice(), trail.missing().count()), (&[Sign::ForStaff][..], 0));
    }
}
