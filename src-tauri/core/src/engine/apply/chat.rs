//! Stores the messages of guests' conversations, from reads and events.
//!
//! A guest's message that is new here becomes an activity, once, from whichever source it comes first. The first read
//! of a conversation adds those of the last minutes only.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::activity;
use crate::hotel::MessagePage;
use crate::hotel::guests::excerpt;
use crate::ids::{LocalId, ServerId};
use crate::outbox::chat;
use crate::resources::{ChatEvent, Happening, Kind, Sender, ServerMessage};
use crate::store::conversations::{self, Cursor, Handler};
use crate::store::entities::{self, EntityRow};
use crate::store::messages;
use crate::store::{StoreError, Tx};

/// The age up to which a message in the first read of a conversation is announced.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// The staff number of the signed-in person, and the present time.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    /// The staff number.
    pub staff: ServerId,
    /// The present time.
    pub now: Timestamp,
}

/// The newest messages of a conversation, as a read brought them.
#[derive(Debug)]
pub struct Newest {
    /// The pages, from the newest to older ones.
    pub pages: Vec<MessagePage>,
    /// False if messages are missing between the pages and those that are here already.
    pub joins: bool,
    /// The key of the newest row when the read began.
    pub began_at: i64,
}

/// Stores the newest messages of a conversation.
pub fn newest(
    tx: &mut Tx<'_>,
    here: Here,
    conversation: &EntityRow,
    read: &Newest,
) -> Result<(), StoreError> {
    let Newest { pages, joins, began_at } = read;
    let lane = conversation.local_id;
    let known = conversations::cursor(tx, lane)?;
    let there: Vec<&ServerMessage> = pages.iter().flat_map(|page| &page.messages).collect();
    let numbers: Vec<ServerId> = there.iter().map(|message| message.id).collect();
    let (lowest, highest) = (numbers.iter().min(), numbers.iter().max());
    let has_start = pages.last().is_some_and(|page| page.has_start);
    if let (Some(lowest), Some(highest)) = (lowest, highest) {
        let from = if has_start { 0 } else { lowest.0 };
        messages::remove_missing(tx, lane, (from, highest.0), &numbers)?;
        if !*joins {
            messages::forget_before(tx, lane, lowest.0)?;
        }
    } else if has_start {
        messages::remove_missing(tx, lane, (0, known.complete_to), &[])?;
    }
    // A row with a later key came by an event while the answer was on its way.
    messages::remove_unconfirmed(
        tx,
        lane,
        highest.map_or(known.complete_to, |highest| highest.0),
        *began_at,
    )?;
    let is_first = known.complete_to == 0;
    for message in &there {
        let is_new = message.id.0 > known.complete_to && (!is_first || is_fresh(message, here.now));
        put(tx, here, conversation, message, is_new)?;
    }
    let answers = there.iter().filter(|message| message.sender == Sender::Staff);
    if let Some(last) = answers.max_by_key(|message| message.id).filter(|last| last.id.0 > known.complete_to)
    {
        conversations::set_handler(tx, lane, answered_by(last, here))?;
    }
    let complete_to = highest.map_or(known.complete_to, |highest| highest.0.max(known.complete_to));
    let has_start = has_start || (*joins && known.has_start);
    conversations::set_cursor(tx, lane, Cursor { complete_to, has_start })?;
    if complete_to != known.complete_to {
        // The pictures of messages that are confirmed now can be shown.
        entities::announce(tx, lane)?;
    }
    chat::recognise(tx, lane, here.staff)
}

/// Returns the writer of a staff message, who is the handler from now on.
fn answered_by(message: &ServerMessage, here: Here) -> Handler {
    let is_me = message.staff == Some(here.staff);
    Handler { name: message.content.name.clone(), is_me, has_answered: true }
}

/// Returns true if a message is so new that a guest may still wait at the desk's first look at the conversation.
fn is_fresh(message: &ServerMessage, now: Timestamp) -> bool {
    now.duration_since(message.at) <= FRESH
}

/// Stores a page of older messages.
pub fn older(tx: &mut Tx<'_>, conversation: LocalId, page: &MessagePage) -> Result<(), StoreError> {
    for message in &page.messages {
        messages::put(tx, conversation, message)?;
    }
    if let Some(highest) = page.messages.last() {
        let lowest = page.messages.first().filter(|_| !page.has_start).map_or(0, |lowest| lowest.id.0);
        let numbers: Vec<ServerId> = page.messages.iter().map(|message| message.id).collect();
        messages::remove_missing(tx, conversation, (lowest, highest.id.0), &numbers)?;
    }
    let cursor = conversations::cursor(tx, conversation)?;
    conversations::set_cursor(
        tx,
        conversation,
        Cursor { has_start: cursor.has_start || page.has_start, ..cursor },
    )?;
    entities::announce(tx, conversation)
}

/// The read that an event needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// The conversation is not known here: the list has to be read.
    List,
    /// The messages of a conversation have to be read, from the newest one back to this number.
    Messages {
        /// The conversation.
        conversation: ServerId,
        /// The oldest message to read.
        back_to: ServerId,
    },
    /// The event changed nothing.
    Nothing,
}

/// Applies an event about a conversation that is known here. Returns the read that has to confirm it.
pub fn event(tx: &mut Tx<'_>, here: Here, row: &EntityRow, event: &ChatEvent) -> Result<Confirm, StoreError> {
    let Some(conversation) = row.server_id else { return Ok(Confirm::List) };
    let lane = row.local_id;
    match event {
        // The message names another conversation than its channel.
        ChatEvent::Message { message, .. }
            if message.conversation.is_some_and(|named| named != conversation) =>
        {
            Ok(Confirm::List)
        }
        ChatEvent::Message { message, .. } => {
            let is_new = message.id.0 > conversations::cursor(tx, lane)?.complete_to;
            let known = messages::find(tx, message.id)?;
            // An older message that is not here is read when a person looks for it.
            if is_new || known.is_some() {
                let mut message = message.clone();
                // An address in an event proves nothing. The read that confirms the event brings the files.
                if let Some(content) = known.and_then(|known| known.content) {
                    message.content.files = content.files;
                }
                put(tx, here, row, &message, is_new)?;
                if message.sender == Sender::Staff {
                    if is_new {
                        conversations::set_handler(tx, lane, answered_by(&message, here))?;
                    }
                    chat::recognise(tx, lane, here.staff)?;
                }
            }
            Ok(Confirm::Messages { conversation, back_to: message.id })
        }
        ChatEvent::Removed(id) => {
            messages::remove(tx, lane, *id)?;
            Ok(Confirm::Messages { conversation, back_to: *id })
        }
        ChatEvent::ReadByStaff(ids) => were_read(tx, row, ids, Sender::Staff),
        ChatEvent::ReadByGuest(ids) => were_read(tx, row, ids, Sender::Guest),
        ChatEvent::TakenOver { name, .. } => {
            conversations::take_over(tx, lane, name)?;
            Ok(Confirm::Nothing)
        }
        ChatEvent::List => Ok(Confirm::List),
        ChatEvent::Nothing => Ok(Confirm::Nothing),
    }
}

fn were_read(
    tx: &mut Tx<'_>,
    conversation: &EntityRow,
    ids: &[ServerId],
    reader: Sender,
) -> Result<Confirm, StoreError> {
    messages::were_read(tx, conversation.local_id, ids, reader)?;
    let lowest = conversation.server_id.zip(ids.iter().min().copied());
    Ok(lowest.map_or(Confirm::Nothing, |(conversation, back_to)| Confirm::Messages { conversation, back_to }))
}

fn put(
    tx: &mut Tx<'_>,
    here: Here,
    conversation: &EntityRow,
    message: &ServerMessage,
    notify: bool,
) -> Result<(), StoreError> {
    let is_new = messages::put(tx, conversation.local_id, message)?;
    if is_new && notify && message.is_unread {
        let room = conversation.latest().map(|copy| copy.fields().text("room_number"));
        let happening = Happening::GuestWrote {
            room: room.filter(|room| !room.is_empty()),
            text: excerpt(message.content.written()),
        };
        activity::guests::add_once(tx, message.id, &happening, Some(conversation.local_id), here.now)?;
    }
    Ok(())
}

/// Returns the conversations whose messages have to be read, with the revisions of their rows: those with unread messages
/// that are not here, and those in which the hotel's list shows a newer message.
pub fn to_read(db: &rusqlite::Connection) -> Result<BTreeMap<ServerId, i64>, StoreError> {
    let newest = messages::newest_times(db)?;
    let rows = entities::all(db, Kind::Conversation)?;
    let wanted = |row: &EntityRow| {
        let fields = row.base.as_ref()?.fields();
        let last: Option<Timestamp> = fields.text("last_message_time").parse().ok();
        let is_due = match newest.get(&row.local_id) {
            Some(here) => last.is_some_and(|last| last.as_millisecond() > here.as_millisecond()),
            None => fields.number("unread") > 0,
        };
        Some((row.server_id?, row.revision)).filter(|_| is_due)
    };
    Ok(rows.iter().filter_map(wanted).collect())
}
