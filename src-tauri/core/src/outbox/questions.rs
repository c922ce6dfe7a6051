//! What a sender cannot decide: it becomes a question to a person.

use super::settle::Sender;
use crate::model::{Intent, IntentId, IntentState, Trouble};
use crate::store::{StoreError, Tx, intents};

/// So often the host of a picture is asked before a person is.
const LOOKS: u32 = 3;

impl Sender {
    /// The answer of an upload was lost, and the host of the pictures cannot be asked whether what it shows is ours.
    /// Nothing is sent again before somebody knows.
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

/// A person wants it looked for once more. It may have arrived, so that it is no new try.
pub(super) fn look_again(tx: &mut Tx<'_>, mut intent: Intent) -> Result<(), StoreError> {
    intent.state = IntentState::Unclear;
    intent.not_before = 0;
    intent.note.looks = 0;
    intents::update(tx, &intent)
}
