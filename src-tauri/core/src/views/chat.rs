//! The guest chat, for screens and scripts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{DeskError, failure};
use crate::ids::{DraftId, IntentId, LocalId, MediaHash, ServerId};
use crate::resources::Sender;

/// The conversations of the hotel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConversationList {
    /// The conversations; the one with the newest message is first.
    pub conversations: Vec<ConversationView>,
    /// The unread messages of guests in all conversations that are not muted.
    pub unread: u32,
    /// The time of the last complete reading; null if the list was never read.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// The reason why there is no guest chat here; null if there is one.
    pub unavailable: Option<String>,
    /// The reason why the texts are kept only while the program runs; null if they are kept longer.
    pub kept_until_exit: Option<String>,
}

/// One conversation with a guest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConversationView {
    /// Its local key.
    pub id: LocalId,
    /// The room's number.
    pub room: String,
    /// The guest's name; empty if the hotel does not know it.
    pub guest: String,
    /// The newest text in one line; empty if there is none.
    pub last_text: String,
    /// The writer of the newest message; null if there is none, or if it is not known.
    pub last_sender: Option<Sender>,
    /// The time of the newest message.
    #[ts(type = "string | null")]
    pub last_at: Option<Timestamp>,
    /// The guest's messages that no staff member has read.
    pub unread: u32,
    /// The time since which the guest waits for an answer; null if the last word is the hotel's.
    #[ts(type = "string | null")]
    pub unanswered_since: Option<Timestamp>,
    /// The messages of this desk that wait or are on their way.
    pub waiting: u32,
    /// The messages of this desk that need a person.
    pub attention: u32,
    /// The staff member who answers; null if it is not known.
    pub handler: Option<HandlerView>,
    /// True if its messages are announced neither with a message nor with a sound here.
    pub is_muted: bool,
}

crate::private::hides!(ConversationView { id, last_sender, last_at, unread, unanswered_since, waiting, attention, handler, is_muted; room, guest, last_text });

/// The staff member who answers a conversation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandlerView {
    /// The name.
    pub name: String,
    /// True for the signed-in person.
    pub is_me: bool,
    /// True for the writer of the last answer; false for a colleague who took the conversation over after it.
    pub has_answered: bool,
}

crate::private::hides!(HandlerView { is_me, has_answered; name });

/// The newest messages of a conversation, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MessageList {
    /// The messages.
    pub messages: Vec<MessageView>,
    /// True if older messages are here or may be at the hotel.
    pub has_older: bool,
}

/// One message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MessageView {
    /// Its key on this desk. It stays the same when the hotel stores the message.
    pub key: u32,
    /// The hotel's number; null until the hotel has it.
    pub id: Option<ServerId>,
    /// The writer.
    pub sender: Sender,
    /// True if the signed-in person wrote it.
    pub is_mine: bool,
    /// The writer's name; empty if it is not known.
    pub name: String,
    /// The text.
    pub text: String,
    /// The hotel's time; for a message that the hotel does not have yet, the time of typing.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The state on its way. A guest's message is always at the hotel.
    pub state: MessageState,
    /// The reason why it does not continue, in words; empty if there is none.
    pub reason: String,
    /// The intent that sends it; null once the hotel has it. A retry and a discard name it.
    pub intent: Option<IntentId>,
    /// True if the writer changed it later.
    pub is_edited: bool,
    /// True if it was deleted; the text is then the hotel's replacement.
    pub is_deleted: bool,
    /// The message that it answers.
    pub reply_to: Option<QuotedMessage>,
    /// The files.
    pub attachments: Vec<AttachmentView>,
}

crate::private::hides!(MessageView { key, id, sender, is_mine, at, state, intent, is_edited, is_deleted, reply_to, attachments; name, text, reason });

/// The state of a message on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// It waits for its turn or for the network.
    Waiting,
    /// It is on its way, or its outcome is being read.
    Sending,
    /// The hotel has it.
    AtHotel,
    /// The other side has read it: the guest a staff message, or staff a guest's.
    Read,
    /// A person has to decide.
    Attention,
}

/// A quoted message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QuotedMessage {
    /// The hotel's number.
    pub id: ServerId,
    /// The writer's name; empty if the message is not here.
    pub name: String,
    /// Its text in one line; empty if the message is not here.
    pub text: String,
}

crate::private::hides!(QuotedMessage { id; name, text });

/// A file of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AttachmentView {
    /// The file's name.
    pub name: String,
    /// The size in bytes; 0 if it is not known.
    pub bytes: u32,
    /// True if it is a picture.
    pub is_picture: bool,
    /// The name under which the screen gets the picture; null for other files, and until a read has confirmed it.
    pub preview: Option<MediaHash>,
    /// True if it can be opened with another program: it is of a kind that is no program itself.
    pub can_open: bool,
}

crate::private::hides!(AttachmentView { bytes, is_picture, preview, can_open; name });

/// A message that contains the words of a search.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FoundMessage {
    /// The conversation.
    pub conversation: LocalId,
    /// The message's key on this desk.
    pub key: u32,
    /// The part of the text around the words, in one line.
    pub text: String,
    /// The time of the message.
    #[ts(type = "string")]
    pub at: Timestamp,
}

crate::private::hides!(FoundMessage { conversation, key, at; text });

/// A screen's message with a file, without the file's bytes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FileMessage {
    /// The conversation.
    pub conversation: LocalId,
    /// The text, which may be empty.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<ServerId>,
    /// The draft that it comes from.
    pub draft: Option<DraftId>,
    /// The file's name.
    pub name: String,
}

crate::private::hides!(FileMessage { conversation, reply_to, draft; text, name });

impl FileMessage {
    /// Parses the body of a screen's request: this message as JSON in one line, and the file's bytes behind it.
    ///
    /// # Errors
    /// [`Unexpected`](crate::error::ErrorCode::Unexpected) if the body has another form.
    pub fn parse(body: &[u8]) -> Result<(Self, &[u8]), DeskError> {
        let incomplete = || failure!(Unexpected, "error-file-incomplete");
        let end = body.iter().position(|byte| *byte == b'\n').ok_or_else(incomplete)?;
        let message = serde_json::from_slice(&body[..end]).map_err(|_| incomplete())?;
        Ok((message, &body[end + 1..]))
    }
}

/// A prepared answer. The screen fills in `{guest}` and `{room}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QuickReply {
    /// The name under which a person finds it.
    pub title: String,
    /// The text.
    pub text: String,
}
