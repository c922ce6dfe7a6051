//! The guest chat: conversations, messages, and what staff write.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use super::Desk;
use crate::account::Profile;
use crate::catalogue::say;
use crate::engine::reader::PullError;
use crate::error::{DeskError, failure};
use crate::hotel::ApiError;
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState};
use crate::outbox::chat::{self, Typed};
use crate::outbox::words;
use crate::records::{one_line, strip};
use crate::resources::{Kind, MAX_FILE_BYTES, MessageFile, NewFile, Part, Sender, file_type};
use crate::store::conversations::{self, Handler, Handling};
use crate::store::entities::{self, EntityRow, Tombstone};
use crate::store::messages::{self, MessageRow, Overview};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, Tx, intents, parts};
use crate::views::{
    AttachmentView, ConversationList, ConversationView, FoundMessage, HandlerView, MessageList, MessageState,
    MessageView, QuotedMessage,
};
use crate::words::absent;

/// The number of characters of a text in a list or a quotation.
const EXCERPT: usize = 160;
/// The largest number of results of a search.
const FOUND: usize = 100;

impl Desk {
    /// Returns the conversations of the hotel, the one with the newest message first.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn conversations(&self) -> Result<ConversationList, DeskError> {
        let engine = self.engine()?;
        let reason = engine.chat.kept_until_exit();
        let kept_until_exit = reason.map(|reason| say!("chat-kept-until-exit", cause = reason));
        let list = engine.store.read(|db| {
            let overviews = messages::overviews(db)?;
            let all = intents::all(db)?;
            let rows = entities::all(db, Kind::Conversation)?;
            let mut conversations = Vec::with_capacity(rows.len());
            for row in rows.iter().filter(|row| row.tombstone == Tombstone::No) {
                let overview = overviews.get(&row.local_id).cloned().unwrap_or_default();
                conversations.extend(conversation(db, row, &overview, &all)?);
            }
            conversations.sort_by(|one, other| {
                other.last_at.cmp(&one.last_at).then_with(|| by_room(&one.room).cmp(&by_room(&other.room)))
            });
            let unavailable = parts::get(db, Part::Of(Kind::Conversation))?.absent();
            Ok(ConversationList {
                unread: conversations.iter().filter(|one| !one.is_muted).map(|one| one.unread).sum(),
                conversations,
                as_of: meta::get(db, Key::AsOf(Kind::Conversation))?,
                unavailable: unavailable.map(|why| absent(Part::Of(Kind::Conversation), why)),
                kept_until_exit: None,
            })
        });
        Ok(ConversationList { kept_until_exit, ..list.await? })
    }

    /// Returns the newest messages of a conversation, oldest first.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound), or the local database.
    pub async fn messages(&self, conversation: LocalId, limit: u32) -> Result<MessageList, DeskError> {
        let engine = self.engine()?;
        let me = engine.account.staff_id;
        Ok(engine.store.read(move |db| list(db, conversation, limit, me)).await?)
    }

    /// Reads older messages of a conversation from the hotel. Does nothing if the oldest message is here.
    ///
    /// # Errors
    /// Those of the hotel.
    pub async fn read_older_messages(&self, conversation: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.reader.read_older_messages(conversation).await.map_err(|error| DeskError::from(&error))
    }

    /// Notes the conversation that a person looks at now: it is read again, and its messages are marked as read.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut).
    pub async fn show_conversation(&self, conversation: Option<LocalId>) -> Result<(), DeskError> {
        self.engine()?.chat.show(conversation);
        Ok(())
    }

    /// Mutes a conversation for the shown person on this computer, or ends that. Its messages are still here.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound), or the local database.
    pub async fn mute_conversation(&self, conversation: LocalId, mute: bool) -> Result<(), DeskError> {
        let write = move |tx: &mut Tx<'_>| {
            entities::get(tx, conversation)?;
            conversations::set_muted(tx, conversation, mute)
        };
        Ok(self.engine()?.store.write(write).await?)
    }

    /// Reads the list of the conversations from the hotel now.
    ///
    /// # Errors
    /// Those of the hotel.
    pub async fn refresh_conversations(&self) -> Result<(), DeskError> {
        let engine = self.engine()?;
        // The address of the list depends on the server's generation, which the answer about the person shows.
        if engine.connectivity.state().generation.is_none() {
            engine.reader.read_me().await?;
        }
        engine.reader.read_conversations().await.map_err(|error| DeskError::from(&error))
    }

    /// Reads the newest messages of a conversation from the hotel now.
    ///
    /// # Errors
    /// Those of the hotel.
    pub async fn refresh_messages(&self, conversation: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let row = engine.store.read(move |db| entities::get(db, conversation)).await?;
        let Some(number) = row.server_id else { return Ok(()) };
        engine.reader.read_messages(number).await.map_err(|error| DeskError::from(&error))
    }

    /// Queues a message behind the earlier ones of its conversation.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) for an empty text, [`NotFound`](crate::error::ErrorCode::NotFound)
    /// for a conversation that is not here, or the local database.
    pub async fn say(
        &self,
        conversation: LocalId,
        text: String,
        reply_to: Option<ServerId>,
    ) -> Result<IntentId, DeskError> {
        self.say_with(conversation, text, reply_to, None).await
    }

    /// Queues a message with a file. Its text may be empty.
    ///
    /// # Errors
    /// Those of [`check_file`](Self::check_file) and of [`say`](Self::say).
    pub async fn say_with_file(
        &self,
        conversation: LocalId,
        text: String,
        reply_to: Option<ServerId>,
        file: NewFile,
    ) -> Result<IntentId, DeskError> {
        self.check_file(&file.name, file.bytes.len() as u64)?;
        self.say_with(conversation, text, reply_to, Some(file)).await
    }

    /// Checks whether the hotel's server takes a file of this name and size.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) with the reason.
    pub fn check_file(&self, name: &str, bytes: u64) -> Result<(), DeskError> {
        match file_type(name) {
            _ if bytes > MAX_FILE_BYTES as u64 => Err(failure!(Invalid, "error-file-too-large", name = name)),
            _ if bytes == 0 => Err(failure!(Invalid, "error-file-empty", name = name)),
            None => Err(failure!(Invalid, "error-file-type", name = name)),
            Some(_) => Ok(()),
        }
    }

    async fn say_with(
        &self,
        conversation: LocalId,
        text: String,
        reply_to: Option<ServerId>,
        file: Option<NewFile>,
    ) -> Result<IntentId, DeskError> {
        if file.is_none() && strip(&text).is_empty() {
            return Err(failure!(Invalid, "error-message-empty"));
        }
        let engine = self.engine()?;
        let (id, now, staff) =
            (engine.environment.intent_id(), engine.environment.now(), engine.account.staff_id);
        self.queue(&engine, move |tx| {
            let name = meta::get::<Profile>(tx, Key::Profile)?
                .map(|profile| format!("{} {}", profile.first_name, profile.last_name).trim().to_owned())
                .unwrap_or_default();
            chat::say(tx, id, conversation, Typed { text, reply_to, staff, name, file }, now)
        })
        .await?;
        Ok(id)
    }

    /// Opens the conversation with a room. Makes it at the hotel if there is none.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::ErrorCode::Invalid) if the hotel has no such room, and those of the hotel.
    pub async fn open_room_chat(&self, room: &str) -> Result<LocalId, DeskError> {
        let engine = self.engine()?;
        let room = strip(room).to_owned();
        let wanted = room.clone();
        let known = engine.store.read(move |db| {
            let rows = entities::all(db, Kind::Conversation)?;
            let is_it = |row: &&EntityRow| {
                row.latest().is_some_and(|copy| copy.fields().text("room_number") == wanted)
            };
            Ok(rows.iter().find(is_it).map(|row| row.local_id))
        });
        if let Some(known) = known.await? {
            return Ok(known);
        }
        let (api, generation) = (engine.connectivity.api(), engine.connectivity.generation());
        let number = api.open_conversation(generation, &room).await.map_err(|error| match error {
            ApiError::NotFound | ApiError::Rejected { .. } => {
                failure!(Invalid, "error-no-such-room", room = room)
            }
            other => other.into(),
        })?;
        engine.reader.read_conversations().await.map_err(|error: PullError| DeskError::from(&error))?;
        let row = engine.store.read(move |db| entities::by_server_id(db, Kind::Conversation, number)).await?;
        Ok(row.ok_or(StoreError::NotFound("conversation"))?.local_id)
    }

    /// Returns the messages on this computer that contain these words, newest first. Upper and lower case are equal.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn find_messages(&self, words: &str) -> Result<Vec<FoundMessage>, DeskError> {
        let wanted = strip(words).to_lowercase();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let engine = self.engine()?;
        Ok(engine.store.read(move |db| find(db, &wanted)).await?)
    }
}

/// Orders rooms by their numbers, and those without a number by their names behind them.
fn by_room(room: &str) -> (u64, String) {
    (room.parse().unwrap_or(u64::MAX), room.to_owned())
}

fn conversation(
    db: &Connection,
    row: &EntityRow,
    overview: &Overview,
    intents: &[Intent],
) -> Result<Option<ConversationView>, StoreError> {
    let Some(copy) = row.latest() else { return Ok(None) };
    let fields = copy.fields();
    let newest = match overview.newest {
        0 => None,
        key => messages::by_key(db, key)?,
    };
    let listed: Option<Timestamp> = fields.text("last_message_time").parse().ok();
    // The hotel's list can be newer than the messages here, and older. Times of messages are stored in milliseconds.
    let is_newer = |at: Timestamp| listed.is_none_or(|listed| at.as_millisecond() >= listed.as_millisecond());
    let here = newest.filter(|newest| newest.intent.is_some() || is_newer(newest.at));
    let unread = if here.is_some() { overview.unread } else { overview.unread.max(fields.number("unread")) };
    let mine = intents.iter().filter(|intent| intent.lane == row.local_id);
    let (asked, waiting): (Vec<&Intent>, Vec<&Intent>) = mine.partition(|intent| intent.needs_person());
    let count = |intents: Vec<&Intent>| u32::try_from(intents.len()).unwrap_or(u32::MAX);
    let Handling { handler, is_muted } = conversations::handling(db, row.local_id)?;
    Ok(Some(ConversationView {
        id: row.local_id,
        room: fields.text("room_number"),
        guest: fields.text("guest_name"),
        last_text: match &here {
            Some(newest) => newest.content.clone().unwrap_or_default().line(EXCERPT),
            None => one_line(&fields.text("last_message"), EXCERPT),
        },
        last_sender: here.as_ref().map(|newest| newest.sender),
        last_at: here.map(|newest| newest.at).or(listed),
        unread,
        unanswered_since: overview.unanswered_since,
        waiting: count(waiting),
        attention: count(asked),
        handler: handler.map(|Handler { name, is_me, has_answered }| HandlerView {
            name,
            is_me,
            has_answered,
        }),
        is_muted,
    }))
}

fn list(db: &Connection, conversation: LocalId, limit: u32, me: ServerId) -> Result<MessageList, StoreError> {
    entities::get(db, conversation)?;
    let lane = intents::of_lane(db, conversation)?;
    let rows = messages::newest(db, conversation, limit)?;
    let cursor = conversations::cursor(db, conversation)?;
    let has_more = messages::count(db, conversation)? > u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let texts: HashMap<ServerId, &MessageRow> =
        rows.iter().filter_map(|row| Some((row.server_id?, row))).collect();
    let intent_of = |row: &MessageRow| row.intent.and_then(|id| lane.iter().find(|intent| intent.id == id));
    let echo = rows.iter().find_map(|row| echo_of(row, intent_of(row)?, &rows));
    let mut shown = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(content) = row.content.clone().or_else(|| row.intent.is_some().then(Default::default))
        else {
            continue;
        };
        if echo == Some(row.key) {
            continue;
        }
        let intent = intent_of(row);
        let is_confirmed = row.is_own || row.server_id.is_some_and(|id| id.0 <= cursor.complete_to);
        let quoted = match content.reply_to {
            Some(id) => Some(quotation(db, id, &texts)?),
            None => None,
        };
        shown.push(MessageView {
            key: u32::try_from(row.key).unwrap_or(u32::MAX),
            id: row.server_id,
            sender: row.sender,
            is_mine: row.sender == Sender::Staff && row.staff == Some(me),
            text: content.written().to_owned(),
            name: content.name,
            at: row.at,
            state: state(row, intent, content.is_read),
            reason: intent.map(|intent| words::reason(intent, Some(Kind::Conversation))).unwrap_or_default(),
            intent: row.intent,
            is_edited: content.is_edited,
            is_deleted: content.is_deleted,
            reply_to: quoted,
            attachments: content.files.into_iter().map(|file| attachment(file, is_confirmed)).collect(),
        });
    }
    let has_older = has_more || !cursor.has_start;
    Ok(MessageList { messages: shown, has_older })
}

fn attachment(file: MessageFile, is_confirmed: bool) -> AttachmentView {
    AttachmentView {
        preview: (is_confirmed && file.is_picture).then(|| file.id()),
        can_open: file_type(&file.name).is_some(),
        name: file.name,
        bytes: file.bytes,
        is_picture: file.is_picture,
    }
}

/// Returns the key of the row that an event made of the message that an intent is sending. Its event comes before its
/// answer (contract.md 12, trap 16), and the own row stays on the screen.
fn echo_of(row: &MessageRow, intent: &Intent, rows: &[MessageRow]) -> Option<i64> {
    let (after, content) = (intent.note.known_up_to?, row.content.as_ref()?);
    let is_echo = |other: &&MessageRow| {
        !other.is_own
            && other.staff == row.staff
            && other.server_id.is_some_and(|id| id.0 > after)
            && other.content.as_ref().is_some_and(|other| chat::is_same(content, other))
    };
    rows.iter().find(is_echo).filter(|_| intent.state == IntentState::InFlight).map(|echo| echo.key)
}

fn state(row: &MessageRow, intent: Option<&Intent>, is_read: bool) -> MessageState {
    match (intent.map(|intent| intent.state), row.sender) {
        (Some(IntentState::Waiting), _) => MessageState::Waiting,
        (Some(IntentState::InFlight | IntentState::Unclear), _) => MessageState::Sending,
        (Some(IntentState::Attention | IntentState::Conflict), _) => MessageState::Attention,
        (None, Sender::Guest) if !row.is_unread => MessageState::Read,
        (None, _) if is_read => MessageState::Read,
        (None, _) => MessageState::AtHotel,
    }
}

fn quotation(
    db: &Connection,
    id: ServerId,
    texts: &HashMap<ServerId, &MessageRow>,
) -> Result<QuotedMessage, StoreError> {
    let found = match texts.get(&id) {
        Some(row) => row.content.clone(),
        None => messages::find(db, id)?.and_then(|row| row.content),
    };
    let content = found.unwrap_or_default();
    Ok(QuotedMessage { id, text: content.line(EXCERPT), name: content.name })
}

fn find(db: &Connection, wanted: &str) -> Result<Vec<FoundMessage>, StoreError> {
    let mut found = Vec::new();
    for (conversation, row) in messages::all(db)? {
        let Some(content) = row.content else { continue };
        let text = one_line(&content.text, usize::MAX);
        let Some(at) = text.to_lowercase().find(wanted) else { continue };
        // Lower case can have another length. The excerpt begins a little before the words.
        let skipped =
            text.char_indices().take_while(|(index, _)| *index < at).count().saturating_sub(EXCERPT / 4);
        let text: String = text.chars().skip(skipped).collect();
        found.push(FoundMessage {
            conversation,
            key: u32::try_from(row.key).unwrap_or(u32::MAX),
            text: one_line(&text, EXCERPT),
            at: row.at,
        });
        if found.len() == FOUND {
            break;
        }
    }
    Ok(found)
}
