//! The clock for duty times: an intent, never a queued toggle.
//!
//! The first servers have a toggle without memory (contract.md 12, trap 7), and newer servers one request for each state
//! (9.3). Both are pressed at most once per intent and never again automatically. The steps are: read; stop if the state
//! is already the wanted one; store *sent*; press; read again. If the state is then still not the wanted one, a person
//! gets a notice and decides. Without a network the intent waits visibly for at most [`LIFETIME`] and lapses with a
//! notice.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::connectivity::Connectivity;
use super::leases::Leases;
use super::reader::Reader;
use super::wakes::Wakes;
use super::{Base, apply};
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::hotel::dialect::ClockWay;
use crate::hotel::{ApiError, ClockLog};
use crate::ids::ServerId;
use crate::resources::{Duty, DutyNotice, DutyStatus, Part, Refusal};
use crate::store::duty::StoredDutyIntent;
use crate::store::lease::{self, Lease};
use crate::store::meta::{self, Key};
use crate::store::{Store, StoreError, duty, parts};
use crate::views::Change;

/// The time for which an intent waits for the network.
pub const LIFETIME: Duration = Duration::from_secs(600);
/// The largest change of the wall clock that does not end an intent.
const SLACK: SignedDuration = SignedDuration::from_secs(5);
/// The time between two tries while an intent waits.
const PAUSE: Duration = Duration::from_secs(5);
/// The interval of checks whether an intent is overdue while its press is under way.
const LOOK: Duration = Duration::from_secs(1);
/// The time after the end of an intent in which an answer to its press is still awaited: the longest time of a request.
const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// The progress of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// The intent has ended: carried out, lapsed, or reported to the person.
    Over,
    /// The intent waits for the network.
    Waits(DeskError),
}

/// A press of the clock: the request that leads to the wanted state.
#[derive(Debug, Clone, Copy)]
enum Press {
    /// The other state than the present one.
    Toggle,
    /// Opens a clock log of this person.
    In(ServerId),
    /// Closes this clock log.
    Out(ServerId),
}

/// The way to the wanted state at this server.
enum Ready {
    Press(Press),
    /// The server has no clock.
    NoClock(Refusal),
    /// The person has no clock log that can be closed.
    NoOpenLog,
}

/// Returns true if the server did certainly nothing, and a later press may succeed.
fn was_not_taken(error: &ApiError) -> bool {
    matches!(error, ApiError::Offline { .. } | ApiError::SignInNeeded | ApiError::Busy { .. })
        && !error.may_be_done()
}

/// Carries out an intent to be on or off duty.
pub struct DutyTask {
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    reader: Arc<Reader>,
    leases: Arc<Leases>,
    /// Held while an intent is carried out, so that this process presses once at a time. Contains the wall-clock end
    /// and the monotonic end of the last measured intent.
    turn: tokio::sync::Mutex<Option<(Timestamp, Duration)>>,
}

impl DutyTask {
    pub(super) fn new(base: Base, reader: Arc<Reader>, leases: Arc<Leases>) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self { store, environment, connectivity, wakes, reader, leases, turn: tokio::sync::Mutex::default() }
    }

    /// Stores an intent. Replaces an earlier one that has not been sent.
    pub async fn set_intent(&self, on_duty: bool) -> Result<(), StoreError> {
        let until = self.environment.now() + LIFETIME;
        self.store
            .write(move |tx| {
                if duty::intent(tx)?.is_some_and(|intent| intent.sent) {
                    return Err(StoreError::TooLate);
                }
                meta::clear(tx, Key::DutyNotice)?;
                duty::set_intent(tx, StoredDutyIntent { on_duty, until, sent: false })
            })
            .await?;
        self.wakes.duty.notify_one();
        Ok(())
    }

    /// Withdraws an intent that has not been sent.
    pub async fn cancel(&self) -> Result<(), StoreError> {
        self.store
            .write(|tx| match duty::intent(tx)? {
                Some(intent) if intent.sent => Err(StoreError::TooLate),
                _ => duty::clear_intent(tx),
            })
            .await
    }

    /// Ends an intent whose press has left without an answer, by a read. Another intent stays as it is.
    ///
    /// # Errors
    /// Those of the hotel and of the local database.
    pub async fn end_sent(&self) -> Result<(), DeskError> {
        match self.store.read(duty::intent).await? {
            Some(intent) if intent.sent => self.carry_out().await.map(drop),
            _ => Ok(()),
        }
    }

    /// Carries out intents for ever.
    pub async fn carry_out_forever(self: Arc<Self>) {
        loop {
            let rest = match self.carry_out().await {
                Ok(Course::Over) => Duration::from_secs(600),
                Ok(Course::Waits(_)) => PAUSE,
                Err(error) => {
                    tracing::warn!(%error, "the intent of duty could not be carried out");
                    PAUSE
                }
            };
            tokio::select! {
                () = self.wakes.duty.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Tries once to carry out the present intent.
    pub async fn carry_out(&self) -> Result<Course, DeskError> {
        let mut turn = self.turn.lock().await;
        let Some(intent) = self.store.read(duty::intent).await? else { return Ok(Course::Over) };
        let end = turn
            .filter(|(until, _)| *until == intent.until)
            .map_or_else(|| self.end_of(intent), |(_, end)| end);
        *turn = Some((intent.until, end));
        let on_duty = intent.on_duty;
        if !intent.sent && self.has_lapsed(intent, end) {
            return self.over(intent, Some(DutyNotice::Lapsed { on_duty })).await;
        }
        if !self.leases.hold(Lease::Clock).await? {
            return Ok(Course::Waits(failure!(TooLate, "error-clock-elsewhere")));
        }
        let me = match self.reader.read_me().await {
            Ok(me) => me,
            Err(error) => return self.not_reached(intent, end, error).await,
        };
        let Some(reported) = me.duty else {
            return self.over(intent, Some(DutyNotice::NotReported)).await;
        };
        if reported.status.is_on_duty() == on_duty {
            let hint = intent.sent.then(|| self.hint(on_duty)).flatten();
            return self.over(intent, hint).await;
        }
        if intent.sent {
            return self.over(intent, Some(DutyNotice::Unclear { on_duty })).await;
        }
        match self.press_for(on_duty, me.profile.staff_id).await {
            Ok(Ready::Press(press)) => self.press(intent, end, press).await,
            Ok(Ready::NoClock(refusal)) => self.no_clock(intent, refusal).await,
            Ok(Ready::NoOpenLog) => self.no_open_log(intent, end).await,
            Err(error) => self.not_reached(intent, end, error).await,
        }
    }

    /// Finds out how to press the clock for this state at this server.
    async fn press_for(&self, on_duty: bool, staff: ServerId) -> Result<Ready, DeskError> {
        if let Some(refusal) = self.missing_clock().await? {
            return Ok(Ready::NoClock(refusal));
        }
        match self.connectivity.generation().clock_way() {
            ClockWay::Toggle => Ok(Ready::Press(Press::Toggle)),
            ClockWay::Logs if on_duty => Ok(Ready::Press(Press::In(staff))),
            ClockWay::Logs => match self.connectivity.api().own_log(staff, true).await {
                Ok(Some(log)) => Ok(Ready::Press(Press::Out(log.id))),
                Ok(None) => Ok(Ready::NoOpenLog),
                Err(ApiError::NotHere) => Ok(Ready::NoClock(Refusal::Absent)),
                Err(error) => {
                    self.connectivity.failed(&error);
                    Err(error.into())
                }
            },
        }
    }

    /// Presses the clock once, and ends the intent by what the hotel says then.
    async fn press(
        &self,
        intent: StoredDutyIntent,
        end: Duration,
        press: Press,
    ) -> Result<Course, DeskError> {
        if !self.note_sent(intent, end).await? {
            if self.has_lapsed(intent, end) {
                return self.over(intent, Some(DutyNotice::Lapsed { on_duty: intent.on_duty })).await;
            }
            self.wakes.duty.notify_one();
            return Ok(Course::Over);
        }
        let refusal = match self.send(press, intent).await {
            Ok(recorded) => {
                self.note_recorded(recorded).await?;
                None
            }
            Err(error) if was_not_taken(&error) => {
                self.connectivity.failed(&error);
                self.store.write(move |tx| duty::set_intent(tx, intent)).await?;
                return self.not_reached(intent, end, error.into()).await;
            }
            Err(error @ (ApiError::NotHere | ApiError::NotFound)) => {
                tracing::info!(%error, "no clock was found");
                return self.no_clock(intent, Refusal::Absent).await;
            }
            Err(error) => Some(error),
        };
        let me = match self.reader.read_me().await {
            Ok(me) => me,
            // The intent stays marked as sent; the next try only reads.
            Err(error) => return Ok(Course::Waits(error)),
        };
        let on_duty = intent.on_duty;
        let is_wanted = me.duty.is_some_and(|reported| reported.status.is_on_duty() == on_duty);
        let notice = match refusal {
            // A refusal because it is so already is none.
            Some(error) if !is_wanted && !error.may_be_done() => {
                Some(DutyNotice::Refused { on_duty, cause: error.in_words() })
            }
            _ if !is_wanted => Some(DutyNotice::Unclear { on_duty }),
            Some(ApiError::Rejected { .. }) => None,
            _ => self.hint(on_duty),
        };
        self.over(intent, notice).await
    }

    /// Returns the hint that belongs to a press of this desk that has led to the wanted state.
    fn hint(&self, on_duty: bool) -> Option<DutyNotice> {
        let is_unrostered = on_duty && self.connectivity.generation().clock_way() == ClockWay::Logs;
        is_unrostered.then_some(DutyNotice::NeedsApproval)
    }

    /// Sends a press. Returns the log that the server recorded, where the answer has one. A press that is overdue is
    /// given up: a computer that sleeps while the connection is being made would press hours later.
    async fn send(&self, press: Press, intent: StoredDutyIntent) -> Result<Option<ClockLog>, ApiError> {
        let api = self.connectivity.api();
        let sent = async {
            match press {
                // The read that follows has the time that the server stored.
                Press::Toggle => api.toggle_clock().await.map(|_| None),
                Press::In(staff) => api.clock_in(staff).await.map(Some),
                Press::Out(log) => api.clock_out(log).await.map(Some),
            }
        };
        tokio::select! {
            answer = sent => answer,
            () = self.is_overdue(intent) => {
                Err(ApiError::Unclear { cause: "the computer slept while the clock was pressed".to_owned() })
            }
        }
    }

    /// Resolves when the intent is overdue.
    async fn is_overdue(&self, intent: StoredDutyIntent) {
        while self.environment.now().duration_since(intent.until) <= GRACE {
            self.environment.sleep(LOOK).await;
        }
    }

    /// Stores a press that the hotel has confirmed, with the time that its server recorded.
    async fn note_recorded(&self, recorded: Option<ClockLog>) -> Result<(), StoreError> {
        let now = self.environment.now();
        self.store
            .write(move |tx| {
                if let Some(log) = recorded {
                    let (status, since) = match log.time_out {
                        Some(out) => (DutyStatus::OffDuty, Some(out)),
                        None => (DutyStatus::OnDuty, log.time_in),
                    };
                    apply::duty::take_own(tx, Duty { status, since, confirmed_at: now })?;
                }
                parts::note_works(tx, Part::Clock)
            })
            .await
    }

    /// Returns the refusal of the clock by this server, if the clock has never worked here. Returns `None` if the clock
    /// can be pressed. On a server without a clock a toggle would reach another route (contract.md 9).
    async fn missing_clock(&self) -> Result<Option<Refusal>, DeskError> {
        if self.reader.part(Part::Clock).await?.worked {
            return Ok(None);
        }
        match self.connectivity.api().has_clock(self.connectivity.generation().clock_way()).await {
            // A server that does not support the check says nothing about the clock.
            Ok(Ok(()) | Err(Refusal::Failed)) => Ok(None),
            Ok(Err(refusal)) => Ok(Some(refusal)),
            Err(error) => {
                self.connectivity.failed(&error);
                Err(error.into())
            }
        }
    }

    /// Ends an intent to clock out that found no open log. The log may have been closed after the first read.
    async fn no_open_log(&self, intent: StoredDutyIntent, end: Duration) -> Result<Course, DeskError> {
        match self.reader.read_me().await {
            Ok(me) => {
                let is_off_duty = me.duty.is_some_and(|reported| !reported.status.is_on_duty());
                self.over(intent, (!is_off_duty).then_some(DutyNotice::NoOpenLog)).await
            }
            Err(error) => self.not_reached(intent, end, error).await,
        }
    }

    async fn no_clock(&self, intent: StoredDutyIntent, refusal: Refusal) -> Result<Course, DeskError> {
        let clock = self.reader.part_refused(Part::Clock, refusal).await?;
        let notice = clock.absent().is_none().then_some(DutyNotice::NotTaken { on_duty: intent.on_duty });
        self.over(intent, notice).await
    }

    /// Returns the end of an intent by the monotonic clock, which cannot be set.
    fn end_of(&self, intent: StoredDutyIntent) -> Duration {
        let left =
            Duration::try_from(intent.until.duration_since(self.environment.now())).unwrap_or_default();
        self.environment.monotonic().saturating_add(left.min(LIFETIME))
    }

    /// Returns true if the intent's time is over. A wall clock that is set back cannot prolong it: in this process the
    /// monotonic clock counts too, and an intent with more time left than any can have was made before the clock was
    /// set back.
    fn has_lapsed(&self, intent: StoredDutyIntent, end: Duration) -> bool {
        let left = intent.until.duration_since(self.environment.now());
        let longest = SignedDuration::try_from(LIFETIME).unwrap_or(SignedDuration::ZERO) + SLACK;
        left <= SignedDuration::ZERO || left > longest || self.environment.monotonic() >= end
    }

    async fn not_reached(
        &self,
        intent: StoredDutyIntent,
        end: Duration,
        error: DeskError,
    ) -> Result<Course, DeskError> {
        if !self.has_lapsed(intent, end) {
            return Ok(Course::Waits(error));
        }
        let on_duty = intent.on_duty;
        let notice =
            if intent.sent { DutyNotice::Unclear { on_duty } } else { DutyNotice::Lapsed { on_duty } };
        self.over(intent, Some(notice)).await
    }

    /// Stores, before the press leaves, that it may have left: after a crash the hotel is read and the clock is never
    /// pressed again. Returns false if the intent was withdrawn or changed while the hotel was read, or if another
    /// process now presses the clock. Then nothing may leave.
    async fn note_sent(&self, intent: StoredDutyIntent, end: Duration) -> Result<bool, StoreError> {
        let (holder, now, lapsed) =
            (self.leases.holder.clone(), self.environment.now(), self.has_lapsed(intent, end));
        self.store
            .write(move |tx| {
                let mine = lease::hold(tx, Lease::Clock, &holder, now)?;
                if !mine || lapsed || duty::intent(tx)? != Some(intent) {
                    return Ok(false);
                }
                duty::set_intent(tx, StoredDutyIntent { sent: true, ..intent })?;
                Ok(true)
            })
            .await
    }

    /// Ends this intent, but no newer one.
    async fn over(&self, intent: StoredDutyIntent, notice: Option<DutyNotice>) -> Result<Course, DeskError> {
        self.store
            .write(move |tx| {
                match notice {
                    Some(notice) => meta::set(tx, Key::DutyNotice, &notice)?,
                    None => meta::clear(tx, Key::DutyNotice)?,
                }
                let same = |now: StoredDutyIntent| (now.on_duty, now.until) == (intent.on_duty, intent.until);
                if duty::intent(tx)?.is_some_and(same) {
                    duty::clear_intent(tx)?;
                }
                tx.changed(Change::Duty);
                Ok(())
            })
            .await?;
        Ok(Course::Over)
    }
}
