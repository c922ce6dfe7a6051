//! Messages to guests, from the typing to the hotel.
//!
//! No server stores a client's number of a message. If an answer is lost, the messages of the conversation are read:
//! the sent one has this person's staff number, the same text, and a number above the highest one that was known when
//! it left. A message that another intent of this desk has made is none of the candidates, so two equal texts stay two.
//! A message that arrives after the person was asked is recognised in the same way.

use super::transitions::Transitions;
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::strip;
use crate::resources::{MessageContent, MessageFile, NewFile, ServerMessage};
use crate::store::intents::{self, NewIntent};
use crate::store::{StoreError, Tx, message_files, messages, requests};

/// A message that a person has typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// The number of the message that it answers.
    pub reply_to: Option<ServerId>,
    /// The staff number of the writer.
    pub staff: ServerId,
    /// The name of the writer.
    pub name: String,
    /// The file.
    pub file: Option<NewFile>,
}

crate::private::hides!(Typed { reply_to, staff, file; text, name });

/// Queues a message behind the earlier ones of its conversation.
pub fn say(
    tx: &mut Tx<'_>,
    id: IntentId,
    conversation: LocalId,
    typed: Typed,
    now: jiff::Timestamp,
) -> Result<(), StoreError> {
    let Typed { text, reply_to, staff, name, file } = typed;
    let with_file = file.is_some();
    let mut content = MessageContent { text, name, reply_to, ..MessageContent::default() };
    if let Some(NewFile { name, bytes }) = file {
        message_files::put(tx, id, &bytes)?;
        content.files.push(MessageFile::unsent(name, bytes.len()));
    }
    messages::add_unsent(tx, (conversation, id), staff, &content, now)?;
    intents::add(tx, &NewIntent::waiting(id, conversation, Operation::Say { reply_to, with_file }, now))
}

/// Returns true if the hotel's message can be this one: the same text, and files of the same sizes.
pub fn is_same(sent: &MessageContent, there: &MessageContent) -> bool {
    let sizes = |content: &MessageContent| content.files.iter().map(|file| file.bytes).collect::<Vec<_>>();
    strip(sent.written()) == strip(there.written()) && sizes(sent) == sizes(there)
}

/// Returns the messages that an upload has left at the hotel without a file (contract.md 8.5): this person's with the same
/// text, above the highest number that was known when it first left.
pub fn empty_rows(
    db: &rusqlite::Connection,
    intent: &Intent,
    (staff, sent): (ServerId, &MessageContent),
) -> Result<Vec<ServerId>, StoreError> {
    let Some(after) = intent.note.known_up_to else { return Ok(Vec::new()) };
    let made = messages::not_made_here(db, intent.lane, staff, after)?;
    let is_empty = |there: &MessageContent| there.is_without_file_of(sent);
    let rows = made.into_iter().filter(|row| row.content.as_ref().is_some_and(is_empty));
    Ok(rows.filter_map(|row| row.server_id).collect())
}

/// Returns true if the server stored a message as a guest's. Then no message may leave before a person has decided.
pub fn is_stopped(tx: &rusqlite::Connection) -> Result<bool, StoreError> {
    Ok(intents::all(tx)?.iter().any(|intent| intent.note.trouble == Some(Trouble::AsGuest)))
}

/// Recognises the messages of this desk whose answers were lost among those of the hotel, and ends their intents.
///
/// While a message is in flight, its event can be here before its answer. Another message of the same text could take it
/// for its own, so nothing is recognised until the answer is here, or counts as lost.
pub fn recognise(tx: &mut Tx<'_>, conversation: LocalId, staff: ServerId) -> Result<(), StoreError> {
    let lane = intents::of_lane(tx, conversation)?;
    if lane.iter().any(|intent| intent.state == IntentState::InFlight) {
        return Ok(());
    }
    for intent in lane.iter().filter(|intent| is_lost(intent)) {
        let Some(sent) = messages::of_intent(tx, intent.id)?.and_then(|row| row.content) else { continue };
        let after = intent.note.known_up_to.unwrap_or_default();
        let made = messages::not_made_here(tx, conversation, staff, after)?;
        let same =
            made.into_iter().find(|row| row.content.as_ref().is_some_and(|content| is_same(&sent, content)));
        if let Some((id, content)) = same.and_then(|row| Some((row.server_id?, row.content?))) {
            messages::belongs_to(tx, intent.id, id, &content)?;
            requests::forget_intent(tx, intent.id)?;
            intents::remove(tx, intent)?;
        }
    }
    Ok(())
}

/// Returns true for a message that has left and whose answer will not come any more.
fn is_lost(intent: &Intent) -> bool {
    matches!(intent.operation, Operation::Say { .. })
        && intent.open.is_some()
        && matches!(intent.state, IntentState::Unclear | IntentState::Attention)
}

impl Transitions {
    /// Stores the hotel's answer to a message, and ends its intent.
    pub fn said(&self, tx: &mut Tx<'_>, id: IntentId, message: &ServerMessage) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        messages::was_sent(tx, id, message)?;
        requests::confirmed(tx, &intent, None, self.now)?;
        intents::remove(tx, &intent)?;
        // Nothing was recognised while this message was in flight.
        match message.staff {
            Some(staff) => recognise(tx, intent.lane, staff),
            None => Ok(()),
        }
    }

    /// Stores that the server took this message for a guest's.
    pub fn said_as_guest(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        requests::forget_intent(tx, id)?;
        self.needs_person(tx, id, Trouble::AsGuest)
    }
}
