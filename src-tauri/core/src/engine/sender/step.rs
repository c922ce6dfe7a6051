//! Processes one intent from its turn to its end.
//!
//! Every path has the same structure: read the hotel's copy, decide, store *in flight*, send, store the answer. After
//! a crash between any two of these steps, the next start can continue from the stored row.

use std::time::Duration;

use super::Sender;
use super::uploads::Failed;
use crate::engine::open_requests::SETTLING;
use crate::engine::reader::PullError;
use crate::hotel::{ApiError, PictureHostError};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::outbox::late;
use crate::outbox::merge::{Merge, merge};
use crate::outbox::transitions::Postponed;
use crate::records::{Field, FieldEdit, FieldErrors, FieldValue};
use crate::resources::{self, Kind, Location, ONLY_ONE};
use crate::store::entities::{self, DatedCopy};
use crate::store::{StoreError, intents, requests};

/// The longest wait between two looks at a list that cannot be read completely.
const LONGEST_LOOK: Duration = Duration::from_secs(600);
/// The longest wait of one lane between two attempts.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The number of identical server failures without effect after which a person is asked (trap 4).
const PATIENCE: u32 = 3;

/// The reason why an intent stopped before its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    /// A read failed: nothing was sent.
    #[error("reading: {0}")]
    Reading(ApiError),
    /// A write failed.
    #[error("writing: {0}")]
    Writing(ApiError),
    /// A write was refused without effect, and the read that determines the reason failed: the write is repeated.
    #[error("reading before writing in another way: {0}")]
    NotSent(ApiError),
    /// A write succeeded, and the read that must follow it failed.
    #[error("reading after writing: {0}")]
    Unconfirmed(ApiError),
    /// An upload got no answer. The hotel may still be reachable: its server waits for the picture host. So the next
    /// read decides.
    #[error("uploading: {0}")]
    UploadLost(String),
    /// The picture host could not be asked whether its picture is this desk's. This says nothing about the hotel.
    #[error(transparent)]
    PictureHost(PictureHostError),
    /// The hotel no longer has the entity.
    #[error("the thing was removed at the hotel")]
    DeletedThere,
    /// The prepared picture is gone.
    #[error("the prepared picture is not in the cache")]
    PictureLost,
    /// The picture is larger than the hotel's server accepts.
    #[error("the picture is too large for the server")]
    PictureTooLarge,
    /// The server failed repeatedly in the same way.
    #[error("the server keeps failing: {0}")]
    KeepsFailing(String),
    /// The server no longer has the field: it would ignore the value.
    #[error("the server has no field \u{201c}{}\u{201d} any more", .0.0)]
    FieldGone(Field),
    /// The list could not be read to its end, although the server answers. Nothing was sent.
    #[error("the list cannot be read to its end")]
    ListMoves,
    /// The intent must wait for another one.
    #[error("its turn has not come")]
    NotYet,
    /// A create whose answer was lost can still be carried out.
    #[error("it may still be carried out")]
    StillOpen {
        /// The time until the next look.
        wait: Duration,
    },
    /// The list that should contain the entity of a create cannot be read completely.
    #[error("the list cannot be read whole")]
    Unsettled,
    /// The answer to a message was lost, and the hotel does not show it. It is sent only once.
    #[error("it is not sent again by itself")]
    NotAgain,
    /// The text of a message cannot be read any more.
    #[error("its text is lost")]
    TextLost,
    /// A create whose answer was lost made nothing, or one of several similar entities.
    #[error("the hotel has things that are like it")]
    LooksLike(Vec<ServerId>),
    /// A person stopped the upload before it was complete: the hotel cannot have it.
    #[error("stopped by a person")]
    Stopped,
    /// A colleague wrote at the same time, and the step must be repeated.
    #[error("a colleague wrote at the same time")]
    Overwritten,
    /// The local database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Sender {
    /// Returns the wait after `failures` consecutive failures: full jitter below a ceiling that doubles from one
    /// second.
    pub(super) fn backoff(&self, failures: u32, longest: Duration) -> Duration {
        let ceiling = Duration::from_secs(1 << failures.saturating_sub(1).min(10)).min(longest);
        self.environment.jitter(ceiling)
    }

    /// Processes one intent as far as possible now. The database contains its state afterwards.
    ///
    /// # Errors
    /// Only the errors of the local database. Errors of the hotel become the intent's state.
    pub async fn carry_out(&self, id: IntentId) -> Result<(), StoreError> {
        let intent = match self.store.read(move |db| intents::get(db, id)).await {
            Ok(intent) => intent,
            // The intent was withdrawn since it was selected.
            Err(StoreError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let intent = &intent;
        let lane = intent.lane;
        let kind = match self.store.read(move |db| entities::kind_of(db, lane)).await? {
            Some(kind) if intent.operation != Operation::Unreadable => kind,
            _ => return self.store.write(move |tx| intents::needs_newer_program(tx, id)).await,
        };
        if !matches!(intent.state, IntentState::Waiting | IntentState::Unclear) {
            return Ok(());
        }
        let result = match kind.resource().send {
            resources::Send::Merge => self.merge(intent, kind).await,
            resources::Send::Steps => self.change_gallery(intent, kind).await,
            resources::Send::Once => self.say(intent).await,
            resources::Send::Never => Ok(()),
        };
        let noted = match result {
            Ok(()) => {
                self.connectivity.reached();
                self.clear_doubt(intent.lane).await
            }
            Err(stop) => self.stopped(intent, stop).await,
        };
        match noted {
            // The person withdrew the intent, a parallel read completed it, or another process took over and reads
            // before it repeats.
            Err(StoreError::NotFound(_) | StoreError::LeaseLost) => Ok(()),
            other => other,
        }
    }

    /// Processes one intent about a record.
    async fn merge(&self, intent: &Intent, kind: Kind) -> Result<(), Stop> {
        match &intent.operation {
            Operation::Create { .. } => self.create(intent, kind).await,
            Operation::Edit { .. } => self.edit(intent).await,
            Operation::SetPicture { slot, picture, was } => {
                self.set_picture(intent, *slot, picture.as_ref(), was.as_deref()).await
            }
            Operation::Delete { .. } => self.delete(intent).await,
            _ => Err(Stop::NotYet),
        }
    }

    /// Reads the entity if a copy arrived between request and answer, because it is not known which of the two is
    /// newer.
    async fn clear_doubt(&self, lane: LocalId) -> Result<(), StoreError> {
        let row = match self.store.read(move |db| entities::get(db, lane)).await {
            Ok(row) => row,
            Err(StoreError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        if let (true, Some(id)) = (row.is_unconfirmed, row.server_id)
            && self.reader.confirm(row.kind, id, true).await.is_err()
        {
            self.wakes.pull.notify_one();
        }
        Ok(())
    }

    /// Stores that a person must decide about an intent, and the reason.
    async fn ask(&self, id: IntentId, trouble: Trouble) -> Result<(), StoreError> {
        self.note(move |outbox, tx| outbox.needs_person(tx, id, trouble)).await
    }

    async fn stopped(&self, intent: &Intent, stop: Stop) -> Result<(), StoreError> {
        let id = intent.id;
        if let Stop::Reading(error) | Stop::Writing(error) | Stop::NotSent(error) | Stop::Unconfirmed(error) =
            &stop
        {
            self.connectivity.failed(error);
        }
        let not_had = matches!(stop, Stop::Reading(ApiError::NotHere | ApiError::Forbidden { .. }));
        if not_had
            && intent.state == IntentState::Waiting
            && let Some(missing) = self.reader.no_such_part(intent.lane).await?
        {
            return self.ask(id, Trouble::NoSuchPart { missing: Some(missing) }).await;
        }
        if not_had && intent.state == IntentState::Waiting {
            return self.wait_for_part(intent).await;
        }
        let failed =
            matches!(stop, Stop::Writing(ApiError::ServerTrouble { .. } | ApiError::OtherRow { .. }));
        let refused = matches!(&stop, Stop::Writing(error) if !error.may_be_done());
        let answered = refused || matches!(stop, Stop::NotSent(_) | Stop::Overwritten);
        let wait = self.backoff(intent.note.attempts + 1, LONGEST_WAIT);
        // A read changes nothing, so an unclear intent stays unclear, and the others simply wait.
        let (state, counts, verdict) = match stop {
            Stop::Store(error) => return Err(error),
            Stop::NotYet => return Ok(()),
            Stop::Stopped => return self.note(move |outbox, tx| outbox.withdrawn(tx, id)).await,
            Stop::DeletedThere => return self.ask(id, Trouble::DeletedThere).await,
            Stop::PictureLost => return self.ask(id, Trouble::PictureLost).await,
            Stop::PictureTooLarge => return self.ask(id, Trouble::PictureTooLarge).await,
            Stop::PictureHost(error) => return self.looked_in_vain(intent, &error).await,
            Stop::KeepsFailing(message) => return self.ask(id, Trouble::ServerTrouble { message }).await,
            Stop::FieldGone(field) => return self.ask(id, Trouble::FieldGone { field }).await,
            Stop::LooksLike(like) => return self.ask_about(id, Trouble::LooksLike { like }).await,
            Stop::NotAgain => return self.ask_about(id, Trouble::NotAgain).await,
            Stop::TextLost => return self.ask(id, Trouble::TextLost).await,
            Stop::StillOpen { wait } => return self.look_later(intent, wait, Trouble::Unclear).await,
            Stop::Unsettled => {
                let wait = self.backoff(intent.note.attempts + 1, LONGEST_LOOK).max(SETTLING);
                return self.look_later(intent, wait, Trouble::Unsettled).await;
            }
            Stop::Overwritten => (IntentState::Waiting, true, Verdict::Later(Trouble::Overwritten, wait)),
            Stop::ListMoves => (intent.state, true, Verdict::Later(Trouble::ListMoves, wait)),
            Stop::Reading(error) => (intent.state, true, judge_read(error, wait)),
            Stop::NotSent(error) => (IntentState::Waiting, false, judge_read(error, wait)),
            Stop::UploadLost(_) => (IntentState::Unclear, false, Verdict::Later(Trouble::Unclear, wait)),
            // The first attempt of a create stays open, whatever the outcome of a later one is.
            Stop::Writing(error) if error.may_be_done() || intent.may_be_made() => {
                (IntentState::Unclear, false, judge(error, wait))
            }
            Stop::Writing(error) => (IntentState::Waiting, false, judge(error, wait)),
            Stop::Unconfirmed(ApiError::SignInNeeded) => {
                (IntentState::Unclear, false, judge(ApiError::SignInNeeded, wait))
            }
            Stop::Unconfirmed(_) => (IntentState::Unclear, false, Verdict::Later(Trouble::Unclear, wait)),
        };
        let (trouble, mut wait) = match verdict {
            Verdict::Later(trouble, wait) => (trouble, wait),
            Verdict::Refused(trouble) => return self.refuse(id, refused, trouble).await,
        };
        if state == IntentState::Unclear {
            wait = wait.max(SETTLING);
        }
        let not_before = self.environment.in_ms(wait);
        let later = Postponed { state, not_before, trouble, counts, failed, answered };
        self.note(move |outbox, tx| outbox.postpone(tx, id, later)).await
    }

    /// Lets an intent wait whose part of the hotel was refused, while the part does not count as absent yet. A second
    /// such answer counts if it comes a minute later, so the wait after the second one is never shorter.
    async fn wait_for_part(&self, intent: &Intent) -> Result<(), StoreError> {
        let wait = match intent.note.attempts {
            0 => self.backoff(1, LONGEST_WAIT),
            _ => LONGEST_WAIT,
        };
        let later = Postponed {
            state: IntentState::Waiting,
            not_before: self.environment.in_ms(wait),
            trouble: Trouble::NoSuchPart { missing: None },
            counts: true,
            failed: false,
            answered: false,
        };
        let id = intent.id;
        self.note(move |outbox, tx| outbox.postpone(tx, id, later)).await
    }

    /// Stores that `judged` leaves now, unless the person has changed the intent meanwhile. Returns the revision.
    pub(super) async fn depart(
        &self,
        intent: &Intent,
        judged: Operation,
        change: impl FnOnce(&mut Intent) + Send + 'static,
    ) -> Result<i64, Stop> {
        let id = intent.id;
        let left = self.note(move |outbox, tx| outbox.depart(tx, id, &judged, change)).await?;
        let request = left.ok_or(Stop::NotYet)?;
        self.left(request);
        Ok(request)
    }

    async fn edit(&self, intent: &Intent) -> Result<(), Stop> {
        let Operation::Edit { edits } = &intent.operation else { return Err(Stop::NotYet) };
        let id = intent.id;
        let current = self.read_current(intent).await?;
        let (kind, server_id) = (current.copy.kind(), current.copy.id());
        let theirs = current.copy.fields();
        if let Some(absent) = edits.iter().map(FieldEdit::field).find(|field| !theirs.has(field)) {
            return Err(Stop::FieldGone(absent.clone()));
        }
        let lane = intent.lane;
        let own = self.store.read(move |db| requests::of_entity(db, lane)).await?;
        let merged: Merge = merge(edits, &theirs, &late::own_values(&own));
        if intent.state == IntentState::Unclear
            && !merged.send.is_empty()
            && let Some(message) = kept_failing(intent)
        {
            return Err(Stop::KeepsFailing(message));
        }
        let (judged, to_send) = (intent.clone(), merged.send.clone());
        // One transaction, so that exactly the edits that the merge left depart.
        let left = self
            .note(move |outbox, tx| {
                outbox.merged(tx, &judged, &current, &merged)?;
                if merged.send.is_empty() {
                    return Ok(Some(0));
                }
                outbox.depart(tx, id, &Operation::Edit { edits: merged.send }, |_| {})
            })
            .await?;
        let since = left.ok_or(Stop::NotYet)?;
        if to_send.is_empty() {
            return Ok(());
        }
        self.left(since);
        let changes: Vec<FieldValue> = to_send.into_iter().map(|edit| edit.now).collect();
        let copy = self.connectivity.api().edit(kind, server_id, &changes).await.map_err(writing)?;
        let seen = DatedCopy { copy, since };
        Ok(self.note(move |outbox, tx| outbox.edited(tx, id, &seen)).await?)
    }

    /// Reads the hotel's current copy.
    pub(super) async fn read_current(&self, intent: &Intent) -> Result<DatedCopy, Stop> {
        let lane = intent.lane;
        let (row, since) =
            self.store.read(move |db| Ok((entities::get(db, lane)?, entities::revision(db)?))).await?;
        let server_id: ServerId = match (row.server_id, row.kind) {
            (Some(id), _) => id,
            // A single entity always exists, even before it was first read here.
            (None, kind) if matches!(kind.resource().location, Location::One { .. }) => ONLY_ONE,
            // Only an intent that was salvaged without its entity has no row to refer to.
            (None, _) => return Err(Stop::DeletedThere),
        };
        match self.connectivity.api().entity(row.kind, server_id).await {
            Ok(copy) => Ok(DatedCopy { copy, since }),
            Err(ApiError::NotFound) => Err(Stop::DeletedThere),
            Err(error) => Err(Stop::Reading(error)),
        }
    }
}

/// The consequence of an error for its intent.
enum Verdict {
    /// The intent is tried again after this time.
    Later(Trouble, Duration),
    /// A person must decide.
    Refused(Trouble),
}

/// Judges a failed read. Nothing was sent after it, so nothing was refused. `wait` is the time to the next attempt.
fn judge_read(error: ApiError, wait: Duration) -> Verdict {
    match error {
        // A login page of the network, or a refusal by a proxy.
        error @ (ApiError::Forbidden { .. } | ApiError::NotHere | ApiError::Unexpected { .. }) => {
            Verdict::Later(Trouble::NotRead { message: error.in_words() }, wait)
        }
        error => judge(error, wait),
    }
}

/// Judges a failed write. `wait` is the time to the next attempt.
fn judge(error: ApiError, wait: Duration) -> Verdict {
    match error {
        ApiError::Offline { .. } => Verdict::Later(Trouble::Offline, wait),
        ApiError::Unclear { .. } => Verdict::Later(Trouble::Unclear, wait),
        ApiError::Busy { retry_after, .. } => {
            Verdict::Later(Trouble::Busy, wait.max(retry_after.unwrap_or_default()))
        }
        ApiError::ServerTrouble { message, .. } => Verdict::Later(Trouble::ServerTrouble { message }, wait),
        ApiError::OtherRow { .. } => Verdict::Later(Trouble::OtherRow, wait),
        // The whole queue pauses; the intent itself is not at fault.
        ApiError::SignInNeeded | ApiError::WrongPassword => {
            Verdict::Later(Trouble::SignInNeeded, Duration::ZERO)
        }
        ApiError::Forbidden { message } => Verdict::Refused(Trouble::Forbidden { message }),
        ApiError::Rejected { fields, message } => Verdict::Refused(Trouble::Rejected { fields, message }),
        ApiError::TooLarge => {
            Verdict::Refused(Trouble::Rejected { fields: FieldErrors::default(), message: String::new() })
        }
        error @ (ApiError::NotFound | ApiError::NotHere | ApiError::Unexpected { .. }) => {
            Verdict::Refused(Trouble::Unexpected { message: error.in_words() })
        }
    }
}

/// Returns true if the hotel refuses a write for good.
pub(super) fn is_refused(error: &ApiError) -> bool {
    matches!(judge(error.clone(), Duration::ZERO), Verdict::Refused(_))
}

pub(super) fn reading(error: PullError) -> Stop {
    match error {
        PullError::Api(error) => Stop::Reading(error),
        PullError::Store(error) => Stop::Store(error),
        PullError::Moving | PullError::Repeating => Stop::ListMoves,
    }
}

pub(super) fn writing(error: ApiError) -> Stop {
    match error {
        ApiError::NotFound => Stop::DeletedThere,
        other => Stop::Writing(other),
    }
}

pub(super) fn uploading(failed: Failed) -> Stop {
    match failed {
        Failed::Stopped => Stop::Stopped,
        Failed::Cut(cause) | Failed::Api(ApiError::Unclear { cause }) => Stop::UploadLost(cause),
        Failed::Api(ApiError::TooLarge) => Stop::PictureTooLarge,
        Failed::Api(error) => writing(error),
    }
}

/// Returns the server's message if this write has failed so often that repeating it is useless.
pub(super) fn kept_failing(intent: &Intent) -> Option<String> {
    let reason = match &intent.note.trouble {
        Some(Trouble::ServerTrouble { message }) => message.clone(),
        _ => String::new(),
    };
    (intent.note.failures >= PATIENCE).then_some(reason)
}
