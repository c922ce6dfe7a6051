//! The guest chat: conversations, their messages, and the events about them (contract.md 8).
//!
//! A conversation is an entity: a row of the hotel's list. Its copies are private, because they name the guest. A
//! message belongs to a conversation and is no entity: messages are read backwards from the newest one, and they have
//! a table of their own (`store/messages.rs`).
//!
//! The first servers send flat events with names of their own. The newest server sends an envelope, and shares the
//! channel of a conversation with the chat among staff, whose conversations have the same numbers (contract.md 8.7).

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::chat_file::MessageFile;
use super::values::{number, text};
use super::{Kind, Location, Resource, Send, ServerCopy, ServerRecord, Ties, Voice};
use crate::ids::ServerId;
use crate::records::{Datum, Fields, Odd, Rule, Shape, Table, one_line, strip};

/// The conversations.
pub(super) static CONVERSATIONS: Resource = Resource {
    name: "conversation",
    part: "part_chat",
    as_of: "chat_as_of",
    table: &TABLE,
    location: Location::Chat { path: "conversations" },
    send: Send::Once,
    is_private: true,
    read: |row| read_conversation(row).map(ServerCopy::Record),
    state: |_, _| None,
    ties: Ties::Newest,
    activities: None,
    // Events come over channels of the conversations, and `engine/chat.rs` reads what they announce.
    voice: Voice::All,
    events: &[],
};

static TABLE: Table = Table {
    fields: FIELDS,
    slots: &[],
    marks: ["room_number", "guest_name"],
    odd: Odd::Empty,
    can_be_made: false,
    creates_whole: false,
};

/// A conversation. `last_message` and `last_message_time` are empty if nothing was written. `unread` is the server's
/// count, or 1 where it only says that there are some.
const FIELDS: &[Rule] = &[
    Rule::needed("room_number", Shape::Line, 0),
    Rule::new("guest_name", Shape::Line, 0),
    Rule::new("last_message", Shape::Text, 0),
    Rule::new("last_message_time", Shape::Line, 0),
    Rule::new("unread", Shape::Number, 0),
];

fn read_conversation(row: &Value) -> Result<ServerRecord, serde_json::Error> {
    let id = row["conversation_id"].as_i64().or_else(|| row["id"].as_i64());
    let id = id.ok_or_else(|| serde_json::Error::custom("it has no conversation_id"))?;
    let room = room(&row["room_number"]).ok_or_else(|| serde_json::Error::custom("it has no room_number"))?;
    let unread = row["unread_count"].as_u64().unwrap_or(u64::from(row["has_unread"].as_bool() == Some(true)));
    let fields = Fields::default()
        .with("room_number", room)
        .with("guest_name", text(&row["guest_name"]).unwrap_or_default())
        .with("last_message", text(&row["last_message"]).unwrap_or_default())
        .with("last_message_time", text(&row["last_message_time"]).unwrap_or_default())
        .with("unread", Datum::Number(unread.try_into().unwrap_or(u32::MAX)));
    Ok(ServerRecord {
        kind: Kind::Conversation,
        id: ServerId(id),
        fields,
        pictures: Default::default(),
        shown: Default::default(),
        created_at: None,
    })
}

/// Reads the number of a room, which servers send as a number or as a text.
pub fn room(value: &Value) -> Option<String> {
    value.as_i64().map(|number| number.to_string()).or_else(|| text(value))
}

/// The writer of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// The guest.
    Guest,
    /// A staff member.
    Staff,
    /// The server itself, for example when a staff member joins.
    System,
}

impl Sender {
    /// The server's name of the writer, which is also the name in databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    /// Returns the writer of this name, or `None` for any other text.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Guest, Self::Staff, Self::System].into_iter().find(|sender| sender.name() == name)
    }
}

/// A message as a server sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerMessage {
    /// The server's number. Numbers grow over all conversations.
    pub id: ServerId,
    /// The number of the conversation, if the message has it.
    pub conversation: Option<ServerId>,
    /// The writer.
    pub sender: Sender,
    /// The writer's staff number.
    pub staff: Option<ServerId>,
    /// The server's time.
    pub at: Timestamp,
    /// True for a guest's message that no staff member has read.
    pub is_unread: bool,
    /// The private part.
    pub content: MessageContent,
}

/// The private part of a message.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageContent {
    /// The text.
    pub text: String,
    /// The writer's name; empty if it is not known.
    pub name: String,
    /// The number of the message that it answers.
    pub reply_to: Option<ServerId>,
    /// True if the writer changed it later.
    pub is_edited: bool,
    /// True if it was deleted. The text is the server's replacement then.
    pub is_deleted: bool,
    /// True for a staff message that the guest has read.
    pub is_read: bool,
    /// The files.
    pub files: Vec<MessageFile>,
}

crate::private::hides!(MessageContent { reply_to, is_edited, is_deleted, is_read, files; text, name });

/// The text that servers give to a message that has only files (contract.md 8.5).
const FILE_SHARED: &str = "[File shared]";

/// Returns the text that a person wrote: empty for a message that has only files.
pub fn written(text: &str, has_files: bool) -> &str {
    if has_files && text == FILE_SHARED { "" } else { text }
}

impl MessageContent {
    /// Returns the text that a person wrote: empty for a message that has only files.
    pub fn written(&self) -> &str {
        written(&self.text, !self.files.is_empty())
    }

    /// Returns true if this is the message without its file that a failed upload of `sent` leaves (contract.md 8.5).
    pub fn is_without_file_of(&self, sent: &Self) -> bool {
        let left = if strip(&sent.text).is_empty() { FILE_SHARED } else { strip(&sent.text) };
        self.files.is_empty() && !self.is_deleted && strip(&self.text) == left
    }

    /// Returns the text in one line, or the name of the first file if there is no text.
    pub fn line(&self, longest: usize) -> String {
        match (self.written(), self.files.first()) {
            ("", Some(file)) => one_line(&file.name, longest),
            (text, _) => one_line(text, longest),
        }
    }
}

impl ServerMessage {
    /// Reads a message of an answer or of an event.
    ///
    /// `staff_name` is not read: the first servers put a wrong text there for guests, and more than the name for staff
    /// (contract.md 8.3).
    ///
    /// # Errors
    /// The missing key.
    pub fn read(data: &Value) -> Result<Self, String> {
        let optional = |key: &str| data[key].as_i64().map(ServerId);
        let sender = data["sender_type"].as_str().and_then(Sender::named).ok_or("it has no sender_type")?;
        let names = match sender {
            Sender::Guest => [&data["guest_name"], &data["sender_name"], &Value::Null],
            _ => [&data["staff_display_name"], &data["staff_info"]["name"], &data["sender_name"]],
        };
        let is_true = |key: &str| data[key].as_bool() == Some(true);
        Ok(Self {
            id: number(data, "id")?,
            conversation: optional("conversation").or_else(|| optional("conversation_id")),
            sender,
            staff: optional("staff").or_else(|| optional("sender_id")).filter(|_| sender == Sender::Staff),
            at: data["timestamp"].as_str().and_then(|at| at.parse().ok()).ok_or("it has no timestamp")?,
            is_unread: sender == Sender::Guest && !is_true("read_by_staff") && !is_true("is_deleted"),
            content: MessageContent {
                text: data["message"].as_str().ok_or("it has no message")?.to_owned(),
                name: names.into_iter().find_map(text).unwrap_or_default(),
                reply_to: optional("reply_to"),
                is_edited: is_true("is_edited"),
                is_deleted: is_true("is_deleted"),
                is_read: sender == Sender::Staff && is_true("read_by_guest"),
                files: data["attachments"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(MessageFile::read)
                    .collect(),
            },
        })
    }
}

/// The content of an event on a channel of the guest chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatEvent {
    /// A message, new or changed. `is_whole` is false if the event leaves out a part of it.
    Message {
        /// The message.
        message: Box<ServerMessage>,
        /// True if the event contains all of it.
        is_whole: bool,
    },
    /// A message was removed.
    Removed(ServerId),
    /// Staff have read guests' messages.
    ReadByStaff(Vec<ServerId>),
    /// The guest has read staff messages.
    ReadByGuest(Vec<ServerId>),
    /// A staff member has taken a conversation over.
    TakenOver {
        /// The conversation.
        conversation: ServerId,
        /// The name of the staff member.
        name: String,
    },
    /// The list of the conversations changed.
    List,
    /// An event that contains nothing new: a delivery says that the hotel has the message, as the message itself does.
    Nothing,
}

impl ChatEvent {
    /// Returns the conversation that the event itself names.
    pub fn conversation(&self) -> Option<ServerId> {
        match self {
            Self::Message { message, .. } => message.conversation,
            Self::TakenOver { conversation, .. } => Some(*conversation),
            _ => None,
        }
    }
}

/// Reads an event on the channel of a conversation or of a room, or on the one of new conversations. Returns `None` for
/// an event that this program does not know, and for one of the chat among staff.
///
/// # Errors
/// The fault of the event, without its values.
pub fn chat_event(name: &str, data: &Value) -> Option<Result<ChatEvent, String>> {
    let whole = |message: Box<ServerMessage>| ChatEvent::Message { message, is_whole: true };
    Some(match name {
        "new-message" | "new-staff-message" | "message-updated" => message(data).map(whole),
        "message-deleted" | "message-removed" => match &data["message"] {
            Value::Object(_) if data["hard_delete"] != true => message(&data["message"]).map(whole),
            _ => number(data, "message_id").map(ChatEvent::Removed),
        },
        "messages-read-by-staff" => ids(&data["message_ids"]).map(ChatEvent::ReadByStaff),
        "messages-read-by-guest" => ids(&data["message_ids"]).map(ChatEvent::ReadByGuest),
        "new-conversation" => Ok(ChatEvent::List),
        // Each of them comes with an event about the message itself.
        "message-delivered" | "conversation-unread" | "conversation-read" => Ok(ChatEvent::Nothing),
        "staff-assigned" => number(data, "conversation_id").map(|conversation| ChatEvent::TakenOver {
            conversation,
            name: text(&data["staff_name"]).unwrap_or_default(),
        }),
        "realtime_event" if data["category"] == "guest_chat" => match data["type"].as_str() {
            Some("message_created") => {
                message(&data["payload"]).map(|message| ChatEvent::Message { message, is_whole: false })
            }
            _ => Ok(ChatEvent::List),
        },
        _ => return None,
    })
}

fn message(data: &Value) -> Result<Box<ServerMessage>, String> {
    ServerMessage::read(data).map(Box::new)
}

fn ids(value: &Value) -> Result<Vec<ServerId>, String> {
    let ids = value.as_array().ok_or("it names no messages")?;
    Ok(ids.iter().filter_map(|id| id.as_i64().map(ServerId)).collect())
}

#[cfg(test)]
#[path = "chat_tests.rs"]
mod tests;
