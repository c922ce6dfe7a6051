//! Conversations with guests, and their messages.

use serde::{Deserialize, Serialize};

use super::Store;
use super::rows::Row;

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
}

/// One message.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Message {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) conversation_id: i64,
    /// The staff member who wrote it; `None` for the guest.
    pub(crate) staff_id: Option<i64>,
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

impl Store {
    pub(crate) fn conversation(&self, id: i64) -> rusqlite::Result<Option<Conversation>> {
        Ok(self.rows("id = ?1", [id])?.pop())
    }

    pub(crate) fn message(&self, id: i64) -> rusqlite::Result<Option<Message>> {
        Ok(self.rows("id = ?1", [id])?.pop())
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
