//! The sender's transitions of an intent before and after its request. Each is one transaction, and each first checks
//! that the sender still holds the lease: after a suspend another process may hold it.

use jiff::Timestamp;

use super::undone::{self, Arrival};
use super::{late, removed};
use crate::activity::judge;
use crate::ids::{IntentId, LocalId};
use crate::model::{Conflict, Intent, IntentState, Note, Operation, Trouble};
use crate::records::{FieldEdit, FieldValue, Slot};
use crate::resources::{ServerCopy, ServerImage, ServerPicture};
use crate::store::entities::{self, DatedCopy, Tombstone};
use crate::store::intents::{self, NewIntent};
use crate::store::lease::{self, Lease};
use crate::store::{StoreError, Tx, galleries, own_work, pictures, requests};

/// The holder of the lease, the time of the step, and fresh keys.
#[derive(Debug, Clone)]
pub struct Transitions {
    /// The holder of the lease.
    pub holder: String,
    /// The time of this step.
    pub now: Timestamp,
    /// The key of a conflict. One step creates at most one.
    pub spare: IntentId,
    /// The key of a question. One step asks at most one.
    pub asking: IntentId,
    /// The key of a correction of late requests. One step makes at most one.
    pub righting: IntentId,
}

impl Transitions {
    /// Returns the intent, if this sender may still act on it.
    pub(super) fn current(&self, tx: &Tx<'_>, id: IntentId) -> Result<Intent, StoreError> {
        if !lease::is_held_by(tx, Lease::Sender, &self.holder)? {
            return Err(StoreError::LeaseLost);
        }
        intents::get(tx, id)
    }

    /// Stores the hotel's copy from before or after a step as the base. Announces a colleague's changes in it, and
    /// asks about own changes that an upload has undone.
    pub(super) fn take_answer(
        &self,
        tx: &mut Tx<'_>,
        intent: &Intent,
        answered: bool,
        seen: &DatedCopy,
    ) -> Result<(), StoreError> {
        let arrival =
            Arrival { since: seen.since, now: self.now, asking: self.asking, righting: self.righting };
        let row = entities::get(tx, intent.lane)?;
        let open = requests::open(tx, intent.lane)?;
        late::compare(tx, &row, &seen.copy, arrival, answered.then_some(&intent.operation))?;
        undone::compare(tx, &row, &seen.copy, arrival)?;
        judge::take_answer(tx, intent, answered, (seen, &open), self.now)
    }

    /// Stores *in flight* before the request leaves (docs/outbox.md). `judged` is the intent that will be sent.
    ///
    /// Returns the number of the request, which is the revision of the departure. Returns `None` if the person has
    /// changed the intent since it was read: then nothing is stored, and the step starts again from the beginning.
    pub fn depart(
        &self,
        tx: &mut Tx<'_>,
        id: IntentId,
        judged: &Operation,
        change: impl FnOnce(&mut Intent),
    ) -> Result<Option<i64>, StoreError> {
        let mut intent = self.current(tx, id)?;
        if intent.operation != *judged {
            return Ok(None);
        }
        change(&mut intent);
        intent.state = IntentState::InFlight;
        intent.note.sent = true;
        intent.note.attempts += 1;
        intent.not_before = 0;
        intents::update(tx, &intent)?;
        Ok(Some(requests::depart(tx, &intent, self.now)?))
    }

    /// Stores that the intent was in flight and that its answer will not arrive any more.
    pub fn outcome_unknown(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        intent.state = IntentState::Unclear;
        intents::update(tx, &intent)
    }

    /// Lets the intent wait. The hotel was reached, but the intent did not arrive, or its outcome is unknown.
    pub fn postpone(&self, tx: &mut Tx<'_>, id: IntentId, later: Postponed) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        if intent.state == IntentState::InFlight && later.answered {
            requests::refused(tx, intent.id)?;
        } else if intent.state == IntentState::InFlight && intent.operation.uploads() {
            // An upload takes time: the server has received all of it only now.
            requests::left_just_now(tx, &intent, self.now)?;
        }
        intent.state = later.state;
        intent.not_before = later.not_before;
        intent.note.trouble = Some(later.trouble);
        if intent.state == IntentState::Waiting && !intent.operation.may_leave_empty_row() {
            intent.note.known_up_to = None;
        }
        if later.counts {
            intent.note.attempts += 1;
        }
        if later.failed {
            intent.note.failures += 1;
        }
        intents::update(tx, &intent)?;
        if intent.state == IntentState::Waiting {
            release_held(tx, intent.id)?;
        }
        Ok(())
    }

    /// Stores that a person must decide.
    pub fn needs_person(&self, tx: &mut Tx<'_>, id: IntentId, trouble: Trouble) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        if intent.state == IntentState::InFlight {
            requests::refused(tx, intent.id)?;
        }
        intent.state = IntentState::Attention;
        intent.not_before = 0;
        if trouble == Trouble::DeletedThere {
            entities::set_tombstone(tx, intent.lane, Tombstone::Confirmed)?;
        }
        intent.note.trouble = Some(trouble);
        intents::update(tx, &intent)?;
        release_held(tx, intent.id)
    }

    /// Removes the intent, because the hotel has all of it.
    pub fn done(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        intents::remove(tx, &intent)
    }

    /// Stores that the hotel changed the fields or the picture.
    pub fn edited(&self, tx: &mut Tx<'_>, id: IntentId, seen: &DatedCopy) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        // After a lost answer a picture can also be recognised by its bytes.
        if intent.state == IntentState::InFlight || matches!(intent.operation, Operation::SetPicture { .. }) {
            requests::confirmed(tx, &intent, Some(&seen.copy), self.now)?;
        }
        self.take_answer(tx, &intent, true, seen)?;
        undone::show_to_deletions(tx, &intent, &seen.copy)?;
        intents::remove(tx, &intent)?;
        match &intent.operation {
            Operation::Edit { edits } => self.compare(tx, intent.lane, edits, &seen.copy),
            Operation::SetPicture { slot, was, .. } => {
                picture_follows(tx, &intent, *slot, was.as_deref(), &seen.copy)
            }
            _ => Ok(()),
        }
    }

    /// Stores the hotel's copy as the base and moves the conflicting edits out of the intent, so that the others can
    /// be sent. An intent without remaining edits is done. Does nothing if the person has changed the intent since it
    /// was `judged`; [`depart`](Self::depart) notices that.
    pub fn merged(
        &self,
        tx: &mut Tx<'_>,
        judged: &Intent,
        seen: &DatedCopy,
        merge: &super::merge::Merge,
    ) -> Result<(), StoreError> {
        let mut intent = self.current(tx, judged.id)?;
        if intent.operation != judged.operation {
            return Ok(());
        }
        self.take_answer(tx, &intent, false, seen)?;
        undone::show_to_deletions(tx, &intent, &seen.copy)?;
        self.conflicts(tx, intent.lane, intent.created_at, merge.conflict.clone())?;
        if merge.send.is_empty() {
            return intents::remove(tx, &intent);
        }
        intent.operation = Operation::Edit { edits: merge.send.clone() };
        intents::update(tx, &intent)
    }

    /// Stores that another person has changed the picture meanwhile.
    pub fn picture_conflict(
        &self,
        tx: &mut Tx<'_>,
        id: IntentId,
        seen: &DatedCopy,
    ) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        self.take_answer(tx, &intent, false, seen)?;
        let Operation::SetPicture { slot, .. } = &intent.operation else { return Ok(()) };
        let theirs = seen.copy.picture(*slot);
        intent.state = IntentState::Conflict;
        intent.note.conflict = Some(Conflict {
            theirs: Vec::new(),
            photo: theirs.mark().map(str::to_owned),
            photo_url: theirs.url,
            at: self.now,
        });
        intents::update(tx, &intent)
    }

    /// Removes an upload that a person stopped before it was complete. Later intents about the same picture are
    /// removed too. A message keeps its text and its file, and the person decides about both.
    pub fn withdrawn(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        requests::refused(tx, id)?;
        if matches!(intent.operation, Operation::Say { .. }) {
            return self.needs_person(tx, id, Trouble::Stopped);
        }
        intents::remove(tx, &intent)?;
        let Operation::AddImage { image, .. } = &intent.operation else { return Ok(()) };
        for later in intents::of_lane(tx, intent.lane)? {
            if later.operation.image_step().is_some_and(|step| step.image() == image) {
                intents::remove(tx, &later)?;
            }
        }
        Ok(())
    }

    /// Stores that the picture is uploaded, with the hotel's name for it. The next step is its position in the
    /// gallery.
    pub fn image_uploaded(
        &self,
        tx: &mut Tx<'_>,
        id: IntentId,
        image: ServerImage,
    ) -> Result<(), StoreError> {
        let mut intent = self.current(tx, id)?;
        requests::confirmed(tx, &intent, None, self.now)?;
        let Operation::AddImage { image: key, picture, uploaded, .. } = &mut intent.operation else {
            return Ok(());
        };
        galleries::claim(tx, intent.lane, &image.name, *key)?;
        // The uploaded picture is the one that the hotel shows, so it need not be fetched.
        if !image.url.is_empty() {
            pictures::set_source(tx, &image.url, picture)?;
        }
        *uploaded = Some(image);
        intent.state = IntentState::Waiting;
        intent.note = Note { sent: true, ..Note::default() };
        intents::update(tx, &intent)
    }

    /// Stores that a step on a gallery is done. Does nothing if the person has changed the intent since it was
    /// `judged`.
    pub fn image_done(&self, tx: &mut Tx<'_>, judged: &Intent) -> Result<(), StoreError> {
        let intent = self.current(tx, judged.id)?;
        if intent.operation != judged.operation {
            return Ok(());
        }
        if intent.state == IntentState::InFlight {
            requests::confirmed(tx, &intent, None, self.now)?;
        }
        intents::remove(tx, &intent)?;
        match &intent.operation {
            Operation::AddImage { image, picture, .. } => {
                galleries::note_added(tx, *image, picture, self.now)
            }
            Operation::RemoveImage { image } => galleries::forget_added(tx, *image),
            _ => Ok(()),
        }
    }

    /// Removes the lane and the row, because the hotel no longer has the entity, as intended.
    pub fn deleted(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
        let intent = self.current(tx, id)?;
        let row = entities::get(tx, intent.lane)?;
        let lane = intents::of_lane(tx, intent.lane)?;
        removed::remember(tx, &row, &lane, self.now)?;
        lane.iter().try_for_each(|other| intents::remove(tx, other))?;
        if let Some(number) = row.server_id {
            own_work::remember_removal(tx, row.kind, number, self.now)?;
        }
        entities::remove(tx, intent.lane)
    }

    /// Handles a deletion whose time has come. Returns true if nothing must be sent because the hotel never had the
    /// entity. Otherwise the lane's other intents stay until the hotel has confirmed: a refused deletion must not lose
    /// a text.
    pub fn delete_comes_due(&self, tx: &mut Tx<'_>, id: IntentId) -> Result<bool, StoreError> {
        let intent = self.current(tx, id)?;
        let row = entities::get(tx, intent.lane)?;
        if row.server_id.is_some() {
            return Ok(false);
        }
        let lane = intents::of_lane(tx, intent.lane)?;
        removed::remember(tx, &row, &lane, self.now)?;
        lane.iter().try_for_each(|other| intents::remove(tx, other))?;
        intents::drop_empty_row(tx, intent.lane)?;
        Ok(true)
    }

    /// Compares an answer with the sent values (trap 5). A difference becomes a conflict: unsaved values are never
    /// reported as saved, and the person's text is kept.
    pub(super) fn compare(
        &self,
        tx: &mut Tx<'_>,
        lane: LocalId,
        sent: &[FieldEdit],
        answer: &ServerCopy,
    ) -> Result<(), StoreError> {
        let fields = answer.fields();
        let kept = |edit: &FieldEdit| fields.in_place_of(&edit.now);
        let different = sent.iter().filter(|edit| !fields.holds(&edit.now));
        let different = different.map(|edit| (edit.clone(), kept(edit))).collect();
        self.conflicts(tx, lane, self.now, different)
    }

    /// Moves conflicting edits into an intent of their own, together with the later waiting edits of the same fields:
    /// there is one conflict per field.
    fn conflicts(
        &self,
        tx: &mut Tx<'_>,
        lane: LocalId,
        wanted_at: Timestamp,
        conflict: Vec<(FieldEdit, FieldValue)>,
    ) -> Result<(), StoreError> {
        if conflict.is_empty() {
            return Ok(());
        }
        let (mut mine, theirs): (Vec<FieldEdit>, Vec<FieldValue>) = conflict.into_iter().unzip();
        for mut intent in intents::of_lane(tx, lane)? {
            let open = matches!(intent.state, IntentState::Waiting | IntentState::Conflict);
            let Operation::Edit { edits } = &mut intent.operation else { continue };
            if !open || !edits.iter().any(|edit| mine.iter().any(|known| known.field() == edit.field())) {
                continue;
            }
            edits.retain(|edit| match mine.iter_mut().find(|known| known.field() == edit.field()) {
                // The older conflict about the field is replaced. A newer intent contains the person's current value.
                Some(_) if intent.state == IntentState::Conflict => false,
                Some(known) if edit.was.as_stored() == known.now.as_stored() => {
                    known.now = edit.now.clone();
                    false
                }
                _ => true,
            });
            if edits.is_empty() {
                intents::remove(tx, &intent)?;
            } else {
                intents::update(tx, &intent)?;
            }
        }
        let mut intent = NewIntent::waiting(self.spare, lane, Operation::Edit { edits: mine }, wanted_at);
        intent.state = IntentState::Conflict;
        intent.note.conflict = Some(Conflict { theirs, photo: None, photo_url: None, at: self.now });
        intents::add(tx, &intent)
    }
}

/// The reason and the schedule of a postponed intent.
#[derive(Debug, Clone)]
pub struct Postponed {
    /// `Waiting` if the intent certainly did not arrive, otherwise `Unclear`.
    pub state: IntentState,
    /// The time of the next attempt, in milliseconds since the epoch.
    pub not_before: i64,
    /// The reason for waiting.
    pub trouble: Trouble,
    /// Whether this counts as an attempt (a departure has counted already).
    pub counts: bool,
    /// Whether the server failed during the write itself.
    pub failed: bool,
    /// Whether the last request was answered: then the server will not carry it out later.
    pub answered: bool,
}

/// Updates a newer picture intent that was added while this one was in flight. It could not contain the path of this
/// picture. The person saw the picture that this one replaced, and the newer picture shall replace this one.
fn picture_follows(
    tx: &mut Tx<'_>,
    done: &Intent,
    slot: Slot,
    seen: Option<&str>,
    answer: &ServerCopy,
) -> Result<(), StoreError> {
    // Between the two intents an event or an answer may have given the same picture another name.
    let replaced =
        ServerPicture { path: done.note.photo_before.clone(), url: done.note.photo_before_url.clone() };
    for mut later in intents::of_lane(tx, done.lane)? {
        if let Operation::SetPicture { slot: place, was, .. } = &mut later.operation
            && *place == slot
            && later.state == IntentState::Waiting
            && (was.as_deref() == seen || replaced.has_mark(was.as_deref()))
        {
            *was = answer.picture(slot).mark().map(str::to_owned);
            intents::update(tx, &later)?;
        }
    }
    Ok(())
}

/// Shows the rows that were held back for a create that did not make them.
pub(super) fn release_held(tx: &mut Tx<'_>, intent: IntentId) -> Result<(), StoreError> {
    for row in entities::held_for(tx, intent)? {
        entities::release(tx, row.local_id)?;
    }
    Ok(())
}
