//! Conversations with guests, and their messages.

use rusqlite::{OptionalExtension, Row, params};

use super::Store;

/// What is said with the guests of one room.
#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    pub(crate) id: i64,
    pub(crate) hotel_slug: String,
    pub(crate) room_number: i64,
    pub(crate) guest_first_name: String,
    pub(crate) guest_last_name: String,
}

/// Guests to be added.
pub(crate) struct NewConversation<'a> {
    pub(crate) hotel_id: i64,
    pub(crate) room_number: i64,
    pub(crate) guest_first_name: &'a str,
    pub(crate) guest_last_name: &'a str,
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) conversation_id: i64,
    /// Who of the staff wrote it; `None` for the guest.
    pub(crate) staff_id: Option<i64>,
    pub(crate) message: String,
    pub(crate) reply_to: Option<i64>,
    /// Microseconds since the epoch.
    pub(crate) sent_at: i64,
}

const CONVERSATION: &str = "conversations.id, hotels.slug, room_number, guest_first_name, guest_last_name \
                            FROM conversations JOIN hotels ON hotels.id = conversations.hotel_id";
const MESSAGE: &str = "id, conversation_id, staff_id, message, reply_to, sent_at FROM messages";

impl Conversation {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            hotel_slug: row.get(1)?,
            room_number: row.get(2)?,
            guest_first_name: row.get(3)?,
            guest_last_name: row.get(4)?,
        })
    }
}

impl Message {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            conversation_id: row.get(1)?,
            staff_id: row.get(2)?,
            message: row.get(3)?,
            reply_to: row.get(4)?,
            sent_at: row.get(5)?,
        })
    }
}

impl Store {
    pub(crate) fn add_conversation(&self, new: &NewConversation<'_>) -> rusqlite::Result<()> {
        self.lock()
            .execute(
                "INSERT INTO conversations (hotel_id, room_number, guest_first_name, guest_last_name) \
                 VALUES (?1, ?2, ?3, ?4)",
                params![new.hotel_id, new.room_number, new.guest_first_name, new.guest_last_name],
            )
            .map(drop)
    }

    /// All conversations of a hotel, by room.
    pub(crate) fn conversations(&self, slug: &str) -> rusqlite::Result<Vec<Conversation>> {
        let connection = self.lock();
        let mut statement = connection
            .prepare(&format!("SELECT {CONVERSATION} WHERE hotels.slug = ?1 ORDER BY room_number"))?;
        statement.query_map([slug], Conversation::from_row)?.collect()
    }

    pub(crate) fn conversation(&self, id: i64) -> rusqlite::Result<Option<Conversation>> {
        let query = format!("SELECT {CONVERSATION} WHERE conversations.id = ?1");
        self.lock().query_row(&query, [id], Conversation::from_row).optional()
    }

    /// Stores a message; its number is given here.
    pub(crate) fn add_message(&self, message: &mut Message) -> rusqlite::Result<()> {
        let connection = self.lock();
        connection.execute(
            "INSERT INTO messages (conversation_id, staff_id, message, reply_to, sent_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                message.conversation_id,
                message.staff_id,
                message.message,
                message.reply_to,
                message.sent_at
            ],
        )?;
        message.id = connection.last_insert_rowid();
        Ok(())
    }

    pub(crate) fn message(&self, conversation: i64, id: i64) -> rusqlite::Result<Option<Message>> {
        let query = format!("SELECT {MESSAGE} WHERE conversation_id = ?1 AND id = ?2");
        self.lock().query_row(&query, [conversation, id], Message::from_row).optional()
    }

    /// The newest messages of a conversation with numbers below `before`, oldest first.
    pub(crate) fn messages(
        &self,
        conversation: i64,
        before: i64,
        limit: i64,
    ) -> rusqlite::Result<Vec<Message>> {
        let connection = self.lock();
        let mut statement = connection.prepare(&format!(
            "SELECT {MESSAGE} WHERE conversation_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3"
        ))?;
        let newest = statement.query_map([conversation, before, limit], Message::from_row)?;
        let mut newest: Vec<Message> = newest.collect::<rusqlite::Result<_>>()?;
        newest.reverse();
        Ok(newest)
    }
}
