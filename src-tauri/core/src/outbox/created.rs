//! The sender's transitions of a create: it left, it made an entity, or it was refused.

use super::transitions::{Transitions, release_held};
use crate::activity::versions;
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::Fields;
use crate::resources::ServerCopy;
use crate::store::entities::{self, DatedCopy, Learned, Tombstone};
use crate::store::{StoreError, Tx, intents, requests};

impl Transitions {
    /// Returns true if the outcome is still open and no person has decided about it.
    pub fn is_open(&self, tx: &Tx<'_>, id: IntentId) -> Result<bool, StoreError> {
        Ok(self.current(tx, id)?.state == IntentState::Unclear)
    }

    /// Stores that the create may have left at an unknown time. It counts as having left just now.
    pub fn left_just_now(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        requests::left_just_now(tx, &self.current(tx, id)?, self.now)
    }

    /// Stores that the hotel has made the entity, and that only its number could be read.
    pub fn made(&self, tx: &mut Tx<'_>, id: IntentId, number: ServerId) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        intent.note.made = Some(number);
        intents::update(tx, &intent)
    }

    /// Stores that the hotel refused the create. The hotel has certainly changed nothing, and a person must decide.
    pub fn refused(&self, tx: &mut Tx<'_>, id: IntentId, trouble: Trouble) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        if matches!(intent.operation, Operation::Create { .. }) {
            // The time of every earlier request is over: otherwise the create would not have been sent again.
            requests::forget_intent(tx, id)?;
            intent.note.known_up_to = None;
            intents::update(tx, &intent)?;
        }
        self.needs_person(tx, id, trouble)
    }

    /// Stores that the hotel made the entity.
    pub fn created(&self, tx: &mut Tx<'_>, id: IntentId, seen: &DatedCopy) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        let learned = entities::weigh(tx, seen)?;
        self.becomes(tx, &intent, &seen.copy, learned)
    }

    /// Stores that the hotel made the entity and that only its number can be read. The sent fields stand for the
    /// entity until it is read.
    pub fn created_as_sent(&self, tx: &mut Tx<'_>, id: IntentId, number: ServerId) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        let kind = entities::known_kind(tx, intent.lane)?;
        let Operation::Create { content } = &intent.operation else { return Ok(()) };
        let copy = ServerCopy::as_sent(kind, number, content, self.now);
        self.becomes(tx, &intent, &copy, Learned::Overtaken)
    }

    /// Stores a person's decision that the create has made this entity of the hotel. The caller need not hold the
    /// lease: no process works on a create that waits for an answer.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] if the question is no longer open, [`StoreError::NotFound`] if the hotel has removed
    /// the entity.
    pub fn adopted(&self, tx: &mut Tx<'_>, id: IntentId, number: ServerId) -> Result<(), StoreError> {
        let intent = intents::get(tx, id)?;
        let asked = match (&intent.note.trouble, intent.state) {
            (Some(Trouble::LooksLike { like }), IntentState::Attention) => like.contains(&number),
            _ => false,
        };
        if !asked {
            return Err(StoreError::TooLate);
        }
        let row = entities::by_server_id(tx, entities::known_kind(tx, intent.lane)?, number)?;
        let row = row.filter(|row| row.tombstone == Tombstone::No).ok_or(StoreError::NotFound("entity"))?;
        let learned = if row.is_unconfirmed { Learned::Overtaken } else { Learned::Read };
        let theirs = row.latest().cloned().ok_or(StoreError::NotFound("entity"))?;
        self.becomes(tx, &intent, &theirs, learned)
    }

    /// Assigns the server's number to the entity of a create. An existing row under that number, held back or already
    /// shown, was this entity all along and is removed. Differences from the intent become a conflict.
    fn becomes(
        &self,
        tx: &mut Tx<'_>,
        intent: &Intent,
        theirs: &ServerCopy,
        learned: Learned,
    ) -> Result<(), StoreError> {
        let (kind, number) = (theirs.kind(), theirs.id());
        if let Some(double) = entities::by_server_id(tx, kind, number)?
            && double.local_id != intent.lane
        {
            for mut other in intents::of_lane(tx, double.local_id)? {
                // The person removed what looked like a second copy, and did not mean this entity with its own edits.
                if matches!(other.operation, Operation::Delete { .. }) && other.is_unsent() {
                    intents::remove(tx, &other)?;
                    continue;
                }
                other.lane = intent.lane;
                intents::update(tx, &other)?;
            }
            versions::hand_over(tx, double.local_id, intent.lane)?;
            entities::remove(tx, double.local_id)?;
        }
        entities::put_base(tx, intent.lane, theirs, None, learned)?;
        requests::forget_intent(tx, intent.id)?;
        intents::remove(tx, intent)?;
        release_held(tx, intent.id)?;
        know_defaults(tx, intent.lane, theirs)?;
        // The entity's create is now known: no other create of this desk may adopt it.
        for mut other in intents::open_creates(tx, kind)? {
            other.note.not_mine.push(number);
            intents::update(tx, &other)?;
        }
        let sent = match &intent.operation {
            Operation::Create { content } => Fields::default().edits_to(content),
            _ => Vec::new(),
        };
        self.compare(tx, intent.lane, &sent, theirs)
    }
}

/// Updates the edits that wait behind a create. The server has filled fields that were empty in the create with its
/// own defaults. The edits started from the empty fields, so such a default is not a colleague's change.
fn know_defaults(tx: &mut Tx<'_>, lane: LocalId, theirs: &ServerCopy) -> Result<(), StoreError> {
    let (table, fields) = (theirs.kind().table(), theirs.fields());
    for mut later in intents::of_lane(tx, lane)? {
        let Operation::Edit { edits } = &mut later.operation else { continue };
        for edit in edits.iter_mut().filter(|edit| Fields::default().holds(&edit.was)) {
            let standing = fields.in_place_of(&edit.was);
            if table.is_default(&standing) {
                edit.was = standing;
            }
        }
        intents::update(tx, &later)?;
    }
    Ok(())
}
