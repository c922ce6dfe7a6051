//! What a sender notes about a create: that it left, what it made, and that it was refused.

use super::transitions::{Transitions, release_held};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::records::Fields;
use crate::resources::ServerCopy;
use crate::store::entities::{self, DatedCopy, Learned, Tombstone};
use crate::store::{StoreError, Tx, intents, requests};

impl Transitions {
    /// Its outcome still is open: no person has decided about it meanwhile.
    pub fn is_open(&self, tx: &Tx<'_>, id: IntentId) -> Result<bool, StoreError> {
        Ok(self.current(tx, id)?.state == IntentState::Unclear)
    }

    /// It may have left, and nobody knows when: it counts as having left just now.
    pub fn left_just_now(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        requests::left_just_now(tx, &self.current(tx, id)?, self.now)
    }

    /// The hotel has made the entity, and only its number could be read.
    pub fn made(&self, tx: &mut Tx<'_>, id: IntentId, number: ServerId) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        intent.note.made = Some(number);
        intents::update(tx, &intent)
    }

    /// The hotel said no: it certainly did nothing, and a person must look.
    pub fn refused(&self, tx: &mut Tx<'_>, id: IntentId, trouble: Trouble) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        if matches!(intent.operation, Operation::Create { .. }) {
            // Any earlier try is out of time: it would not have been sent again otherwise.
            requests::forget_intent(tx, id)?;
            intent.note.known_up_to = None;
            intents::update(tx, &intent)?;
        }
        self.needs_person(tx, id, trouble)
    }

    /// The hotel made the entity.
    pub fn created(&self, tx: &mut Tx<'_>, id: IntentId, seen: &DatedCopy) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        let learned = entities::weigh(tx, seen)?;
        self.becomes(tx, &intent, &seen.copy, learned)
    }

    /// The hotel made the entity, and all that can be read of it is its number. What was sent stands for it until a
    /// read says more.
    pub fn created_as_sent(&self, tx: &mut Tx<'_>, id: IntentId, number: ServerId) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        let kind = entities::known_kind(tx, intent.lane)?;
        let Operation::Create { content } = &intent.operation else { return Ok(()) };
        let copy = ServerCopy::as_sent(kind, number, content, self.now);
        self.becomes(tx, &intent, &copy, Learned::Overtaken)
    }

    /// A person says that this entity of the hotel is what the create has made. Nobody has to hold the lease for that:
    /// a create that is a question is not worked on.
    ///
    /// # Errors
    /// [`StoreError::TooLate`] when that is not the question any more, [`StoreError::NotFound`] when the hotel has
    /// removed it.
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

    /// The entity of a create is this one of the hotel: its row gets the server's number. A row that was held back, or
    /// shown already, under that number was this entity all along and goes. What differs from the intent is a conflict.
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
                other.lane = intent.lane;
                intents::update(tx, &other)?;
            }
            entities::remove(tx, double.local_id)?;
        }
        entities::put_base(tx, intent.lane, theirs, None, learned)?;
        requests::forget_intent(tx, intent.id)?;
        intents::remove(tx, intent)?;
        release_held(tx, intent.id)?;
        know_defaults(tx, intent.lane, theirs)?;
        // It has its maker: no other create of this desk may be taken for that.
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

/// What was left empty in a create has the server's own default now. An edit that waits behind the create was wished of
/// the empty field: the default is no colleague's change.
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
