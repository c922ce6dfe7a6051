//! Conversations with guests, and their messages.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::Store;
use super::rows::Row;
use crate::digest::derived;

/// The conversation with the guests of one room.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Conversation {
    pub(crate) id: i64,
    pub(crate) hotel_id: i64,
    pub(crate) hotel_slug: String,
    pub(crate) room_number: i64,
    pub(crate) guest_first_name: String,
    pub(crate) guest_last_name: String,
    /// The number of the guest's booking. Only the server of 2026-05 shows it.
    pub(crate) booking: Option<i64>,
    /// The staff members who have written, in the order of their first messages. Only the server of 2026-05 has them.
    pub(crate) participants: Vec<i64>,
}

/// One message.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Message {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) conversation_id: i64,
    /// The staff member who wrote it; `None` for the guest.
    pub(crate) staff_id: Option<i64>,
    /// True for a line of the server itself, which has no writer.
    #[serde(default)]
    pub(crate) is_system: bool,
    pub(crate) message: String,
    pub(crate) reply_to: Option<i64>,
    /// Microseconds since the epoch, as all moments here.
    pub(crate) sent_at: i64,
    /// The time at which the other side read it.
    #[serde(default)]
    pub(crate) read_at: Option<i64>,
    #[serde(default)]
    pub(crate) edited_at: Option<i64>,
    #[serde(default)]
    pub(crate) deleted_at: Option<i64>,
    /// The SHA-256 of the header `Authorization` with which it was sent.
    #[serde(default)]
    pub(crate) authorization_sha256: Option<String>,
}

/// A file of a message.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Attachment {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) message_id: i64,
    /// The stored path.
    pub(crate) file: String,
    pub(crate) file_name: String,
    pub(crate) file_type: String,
    pub(crate) file_size: usize,
    pub(crate) mime_type: String,
    pub(crate) uploaded_at: i64,
}

/// A guest who has given the PIN of the room.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct GuestSession {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) conversation_id: i64,
    pub(crate) token: String,
    /// The staff member who handles the conversation.
    pub(crate) handler: Option<i64>,
    pub(crate) started_at: i64,
}

impl Conversation {
    /// Returns the PIN with which the guests of the room open their chat: the number of the room and a `g`.
    pub(crate) fn pin(&self) -> String {
        format!("{}g", self.room_number)
    }

    pub(crate) fn booking_id(&self) -> Option<String> {
        self.booking.map(|number| format!("BK-2026-{number:04}"))
    }

    /// Returns the token in the link of the booking.
    pub(crate) fn guest_token(&self, seed: u64) -> Option<String> {
        self.booking_id()
            .map(|booking| derived(seed, &format!("guest token of {} {booking}", self.hotel_slug), 40))
    }
}

impl Message {
    /// Returns the side that wrote it, as in messages.
    pub(crate) fn sender_type(&self) -> &'static str {
        match self.staff_id {
            Some(_) => "staff",
            None if self.is_system => "system",
            None => "guest",
        }
    }

    pub(crate) fn is_of_guest(&self) -> bool {
        self.staff_id.is_none() && !self.is_system
    }
}

impl Row for Conversation {
    const TABLE: &'static str = "conversations";
    const ORDER: &'static str = "room_number";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.hotel_id))
    }
}

impl Row for Message {
    const TABLE: &'static str = "messages";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.conversation_id))
    }

    fn created(&mut self, now: i64) {
        self.sent_at = now;
    }
}

impl Row for Attachment {
    const TABLE: &'static str = "attachments";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.message_id))
    }

    fn created(&mut self, now: i64) {
        self.uploaded_at = now;
    }
}

impl Row for GuestSession {
    const TABLE: &'static str = "guest_sessions";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.conversation_id))
    }

    fn created(&mut self, now: i64) {
        self.started_at = now;
    }
}

impl Store {
    pub(crate) fn guest_session(&self, token: &str) -> rusqlite::Result<Option<GuestSession>> {
        Ok(self.rows("token = ?1", [token])?.pop())
    }

    pub(crate) fn conversation(&self, id: i64) -> rusqlite::Result<Option<Conversation>> {
        Ok(self.rows("id = ?1", [id])?.pop())
    }

    pub(crate) fn message(&self, id: i64) -> rusqlite::Result<Option<Message>> {
        Ok(self.rows("id = ?1", [id])?.pop())
    }

    pub(crate) fn attachment(&self, id: i64) -> rusqlite::Result<Option<Attachment>> {
        Ok(self.rows("id = ?1", [id])?.pop())
    }

    /// Returns the messages of one side that the other side has not read: those of the guest, or all others.
    pub(crate) fn unread(&self, conversation: i64, of_guest: bool) -> rusqlite::Result<Vec<Message>> {
        let condition = "owner = ?1 AND (row ->> 'staff_id' IS NULL AND NOT row ->> 'is_system') = ?2 \
                         AND row ->> 'read_at' IS NULL ORDER BY id";
        self.rows(condition, params![conversation, of_guest])
    }

    /// Adds messages with their moments to a conversation.
    pub(crate) fn add_messages(&self, conversation: i64, messages: &[Message]) -> rusqlite::Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for message in messages {
            let text = serde_json::to_string(message)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let insert = "INSERT INTO messages (owner, row) VALUES (?1, ?2)";
            transaction.prepare_cached(insert)?.execute(params![conversation, text])?;
        }
        transaction.commit()
    }

    /// Marks messages as read at this moment.
    pub(crate) fn mark_read(&self, messages: &[Message], now: i64) -> rusqlite::Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for message in messages {
            let update = "UPDATE messages SET row = json_set(row, '$.read_at', ?2) WHERE id = ?1";
            transaction.prepare_cached(update)?.execute([message.id, now])?;
        }
        transaction.commit()
    }

    /// Returns the newest messages of a conversation with numbers below `before`, oldest first.
    pub(crate) fn messages(
        &self,
        conversation: i64,
        before: i64,
        limit: i64,
    ) -> rusqlite::Result<Vec<Message>> {
        let condition = "owner = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
        let mut newest = self.rows(condition, [conversation, before, limit])?;
        newest.reverse();
        Ok(newest)
    }
}
