//! Turns decisions that a sender cannot make into questions to a person.

use super::transitions::Transitions;
use super::undone;
use crate::ids::IntentId;
use crate::model::{IntentState, Trouble};
use crate::records::{Field, FieldEdit, SORT_ORDER, Slot};
use crate::resources::ServerCopy;
use crate::store::entities::{self, DatedCopy};
use crate::store::{StoreError, Tx, intents};

/// The number of times the picture host is asked before a person is.
const LOOKS: u32 = 3;

impl Transitions {
    /// Compares the hotel's copy with the copy that the person saw when they removed the entity. Returns true if a
    /// colleague has changed it since: then the person is asked. A change of the order does not count. A removal
    /// without a copy (the entity was never read here) is compared with the stored base.
    pub fn changed_since(&self, tx: &mut Tx<'_>, id: IntentId, now: &DatedCopy) -> Result<bool, StoreError> {
        let mut intent = self.current(tx, id)?;
        let before = match intent.note.seen.take() {
            Some(seen) => Some(seen),
            None => entities::get(tx, intent.lane)?.base,
        };
        self.take_answer(tx, &intent, false, now)?;
        let Some(before) = before else { return Ok(false) };
        let (fields, picture) = changes(&before, &now.copy);
        if fields.is_empty() && !picture {
            return Ok(false);
        }
        intent.state = IntentState::Attention;
        intent.not_before = 0;
        // The question shows this copy: removing the entity all the same refers to it.
        intent.note.seen = Some(now.copy.clone());
        intent.note.trouble = Some(Trouble::ChangedSince { fields, picture });
        intents::update(tx, &intent)?;
        Ok(true)
    }

    /// Handles an upload whose answer was lost while the picture host cannot be asked whether the shown picture is
    /// this desk's. Nothing is sent again until this is known.
    pub fn looked_in_vain(
        &self,
        tx: &mut Tx<'_>,
        id: IntentId,
        not_before: i64,
        message: String,
    ) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        intent.note.looks += 1;
        intent.note.attempts += 1;
        intent.note.trouble = Some(Trouble::PictureHost { message });
        if intent.note.looks < LOOKS {
            intent.not_before = not_before;
        } else {
            intent.state = IntentState::Attention;
            intent.not_before = 0;
        }
        intents::update(tx, &intent)
    }
}

/// Returns the fields in which two copies differ, without the order, and whether the picture differs.
fn changes(before: &ServerCopy, after: &ServerCopy) -> (Vec<Field>, bool) {
    let edits = before.fields().edits_to(&after.fields());
    let differs = edits.iter().filter(|edit| edit.was.as_stored() != edit.now.as_stored());
    let fields = differs.map(FieldEdit::field).filter(|field| field.0 != SORT_ORDER).cloned().collect();
    (fields, undone::is_other_picture(before, after, Slot::Photo))
}
