//! The chat for tests: guests who write without HTTP, long conversations, and the stored messages.

use std::time::Duration;

use crate::clock::to_micros;
use crate::hotel::DemoHotel;
use crate::store::chat::{Attachment, Message};
use crate::web::chat::write_as_guest;

/// The time between two messages of a filled conversation.
const APART: Duration = Duration::from_secs(60);

/// The writer of a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sender {
    /// The guest of the room.
    Guest,
    /// A staff member, by number.
    Staff(i64),
    /// The server itself.
    System,
}

/// A message as the hotel has stored it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoredMessage {
    /// Its number.
    pub id: i64,
    /// Its writer.
    pub sender: Sender,
    /// Its text.
    pub text: String,
    /// The names of its files.
    pub files: Vec<String>,
    /// The number of the message that it answers.
    pub reply_to: Option<i64>,
    /// True after the other side has read it.
    pub is_read: bool,
    /// The SHA-256 of the header `Authorization` with which it was sent, in hexadecimal, as in
    /// [`LoggedRequest`](crate::LoggedRequest); `None` without one.
    pub authorization_sha256: Option<String>,
}

impl DemoHotel {
    /// Lets the guest of a conversation write these messages, one directly after the other, with their events. Returns
    /// their numbers: fewer than texts if the conversation does not exist.
    pub async fn guest_writes<T: Into<String>>(
        &self,
        conversation: i64,
        texts: impl IntoIterator<Item = T>,
    ) -> Vec<i64> {
        let mut written = Vec::new();
        for text in texts {
            match write_as_guest(&self.app, conversation, &text.into()).await {
                Ok(id) => written.push(id),
                Err(refusal) => tracing::error!(?refusal, conversation, "the guest could not write"),
            }
        }
        written
    }

    /// Does the same as [`guest_writes`](Self::guest_writes), and sends all events at once after the last message.
    pub async fn guest_bursts<T: Into<String>>(
        &self,
        conversation: i64,
        texts: impl IntoIterator<Item = T>,
    ) -> Vec<i64> {
        self.app.hub.pause();
        let written = self.guest_writes(conversation, texts).await;
        self.app.hub.resume();
        written
    }

    /// Adds so many messages to a conversation, without events: "Message 1" and so on, a minute apart, in turn of the
    /// guest and of the hotel's first staff member, all of them read.
    pub fn fill_conversation(&self, conversation: i64, count: usize) {
        let now = to_micros((self.app.now)());
        let apart = i64::try_from(APART.as_micros()).unwrap_or(i64::MAX);
        self.app.seen(self.slug(), "messages", |hotel| {
            let staff = self.app.store.staff_of_hotel(hotel)?.first().map(|staff| staff.id);
            let messages: Vec<Message> = (1..=count)
                .map(|number| {
                    let sent_at = now - apart.saturating_mul((count - number) as i64);
                    let staff_id = staff.filter(|_| number.is_multiple_of(2));
                    let message = format!("Message {number}");
                    Message { staff_id, message, sent_at, read_at: Some(sent_at), ..Message::default() }
                })
                .collect();
            self.app.store.add_messages(conversation, &messages)
        });
    }

    /// Returns the messages of a conversation in the order of their numbers.
    pub fn messages(&self, conversation: i64) -> Vec<StoredMessage> {
        let store = &self.app.store;
        let stored = |message: Message| {
            let files = store.list::<Attachment>(message.id)?;
            let sender = match message.staff_id {
                Some(id) => Sender::Staff(id),
                None if message.is_system => Sender::System,
                None => Sender::Guest,
            };
            Ok(StoredMessage {
                id: message.id,
                sender,
                text: message.message,
                files: files.into_iter().map(|file| file.file_name).collect(),
                reply_to: message.reply_to,
                is_read: message.read_at.is_some(),
                authorization_sha256: message.authorization_sha256,
            })
        };
        self.app.seen(self.slug(), "messages", |_| {
            store.messages(conversation, i64::MAX, i64::MAX)?.into_iter().map(stored).collect()
        })
    }
}
