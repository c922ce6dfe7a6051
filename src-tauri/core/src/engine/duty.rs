//! The clock: a wish, never a queued toggle.
//!
//! The server's `clock/` is a toggle without memory (CONTRACT.md 12, trap 7), so it is pressed at most once
//! per wish and never again by itself: read; if it is already so, done; note *sent*; press; read again. If it
//! then still is not as wished, a person is told and decides. Without a network the wish waits in sight
//! for [`LIFETIME`] at most and lapses with a notice.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Base;
use super::connectivity::Connectivity;
use super::leases::Leases;
use super::reader::Reader;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::hotel::ApiError;
use crate::resources::{DutyNotice, Part, Refusal};
use crate::store::duty::StoredWish;
use crate::store::lease::{self, Lease};
use crate::store::meta::{self, Key};
use crate::store::{Store, StoreError, duty, parts};
use crate::views::Change;

/// How long a wish waits for the network.
pub const LIFETIME: Duration = Duration::from_secs(600);
/// A clock may be put right by so much without ending a wish.
const SLACK: SignedDuration = SignedDuration::from_secs(5);
/// How long between two tries while it waits.
const PAUSE: Duration = Duration::from_secs(5);

/// How far a wish has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// It is over: done, lapsed, or told to the person.
    Over,
    /// It waits for the network.
    Waits(DeskError),
}

/// Carries out a wish to be on or off duty.
pub struct DutyTask {
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    reader: Arc<Reader>,
    leases: Arc<Leases>,
    /// Held while a wish is carried out: one press at a time in this process. In it, the monotonic end of the wish that
    /// lapses at that time.
    turn: tokio::sync::Mutex<Option<(Timestamp, Duration)>>,
}

impl DutyTask {
    pub(super) fn new(base: Base, reader: Arc<Reader>, leases: Arc<Leases>) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self { store, environment, connectivity, wakes, reader, leases, turn: tokio::sync::Mutex::default() }
    }

    /// Notes a wish, in place of an earlier one that has not left.
    pub async fn wish(&self, on_duty: bool) -> Result<(), StoreError> {
        let until = self.environment.now() + LIFETIME;
        self.store
            .write(move |tx| {
                if duty::wish(tx)?.is_some_and(|wish| wish.sent) {
                    return Err(StoreError::TooLate);
                }
                meta::clear(tx, Key::DutyNotice)?;
                duty::set_wish(tx, StoredWish { on_duty, until, sent: false })
            })
            .await?;
        self.wakes.duty.notify_one();
        Ok(())
    }

    /// Takes a wish back that has not left.
    pub async fn cancel(&self) -> Result<(), StoreError> {
        self.store
            .write(|tx| match duty::wish(tx)? {
                Some(wish) if wish.sent => Err(StoreError::TooLate),
                _ => duty::clear_wish(tx),
            })
            .await
    }

    /// Carries wishes out for ever.
    pub async fn carry_out_forever(self: Arc<Self>) {
        loop {
            let rest = match self.carry_out().await {
                Ok(Course::Over) => Duration::from_secs(600),
                Ok(Course::Waits(_)) => PAUSE,
                Err(error) => {
                    tracing::warn!(%error, "the clock could not be minded");
                    PAUSE
                }
            };
            tokio::select! {
                () = self.wakes.duty.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// One try at the present wish.
    pub async fn carry_out(&self) -> Result<Course, DeskError> {
        let mut turn = self.turn.lock().await;
        let Some(wish) = self.store.read(duty::wish).await? else { return Ok(Course::Over) };
        let end =
            turn.filter(|(until, _)| *until == wish.until).map_or_else(|| self.end_of(wish), |(_, end)| end);
        *turn = Some((wish.until, end));
        let on_duty = wish.on_duty;
        if !wish.sent && self.has_lapsed(wish, end) {
            return self.over(wish, Some(DutyNotice::Lapsed { on_duty })).await;
        }
        if !self.leases.hold(Lease::Clock).await? {
            return Ok(Course::Waits(failure!(TooLate, "error-clock-elsewhere")));
        }
        let me = match self.reader.read_me().await {
            Ok(me) => me,
            Err(error) => return self.not_reached(wish, end, error).await,
        };
        let Some(told) = me.duty else {
            return self.over(wish, Some(DutyNotice::NotTold)).await;
        };
        if told.is_on_duty == wish.on_duty {
            return self.over(wish, None).await;
        }
        if wish.sent {
            return self.over(wish, Some(DutyNotice::Unclear { on_duty })).await;
        }
        if !self.note_sent(wish, end).await? {
            self.wakes.duty.notify_one();
            return Ok(Course::Over);
        }
        match self.connectivity.api().toggle_clock().await {
            Ok(_) => self.store.write(|tx| parts::note_works(tx, Part::Clock)).await?,
            Err(ApiError::Unclear { .. } | ApiError::ServerTrouble { .. }) => {}
            Err(error @ (ApiError::Offline { .. } | ApiError::Busy { .. } | ApiError::SignInNeeded)) => {
                self.connectivity.failed(&error);
                self.store.write(move |tx| duty::set_wish(tx, wish)).await?;
                return self.not_reached(wish, end, error.into()).await;
            }
            Err(error @ (ApiError::NotHere | ApiError::NotFound)) => {
                tracing::info!(%error, "no clock was found");
                let clock = self.reader.part_refused(Part::Clock, Refusal::Absent).await?;
                let notice = clock.absent().is_none().then_some(DutyNotice::NotTaken { on_duty });
                return self.over(wish, notice).await;
            }
            Err(error) => {
                let cause = error.in_words();
                return self.over(wish, Some(DutyNotice::Refused { on_duty, cause })).await;
            }
        }
        match self.reader.read_me().await {
            Ok(me) if me.duty.as_ref().is_some_and(|told| told.is_on_duty == wish.on_duty) => {
                self.over(wish, None).await
            }
            Ok(_) => self.over(wish, Some(DutyNotice::Unclear { on_duty })).await,
            // It stays as sent; the next try only reads.
            Err(error) => Ok(Course::Waits(error)),
        }
    }

    /// When a wish ends by the monotonic clock, which nobody sets.
    fn end_of(&self, wish: StoredWish) -> Duration {
        let left = Duration::try_from(wish.until.duration_since(self.environment.now())).unwrap_or_default();
        self.environment.monotonic().saturating_add(left.min(LIFETIME))
    }

    /// Its time is over. A wall clock that is set back cannot prolong it: in this process the monotonic clock counts too,
    /// and a wish that would last longer than any was made before the clock was set back.
    fn has_lapsed(&self, wish: StoredWish, end: Duration) -> bool {
        let left = wish.until.duration_since(self.environment.now());
        let longest = SignedDuration::try_from(LIFETIME).unwrap_or(SignedDuration::ZERO) + SLACK;
        left <= SignedDuration::ZERO || left > longest || self.environment.monotonic() >= end
    }

    async fn not_reached(
        &self,
        wish: StoredWish,
        end: Duration,
        error: DeskError,
    ) -> Result<Course, DeskError> {
        if !self.has_lapsed(wish, end) {
            return Ok(Course::Waits(error));
        }
        let on_duty = wish.on_duty;
        let notice = if wish.sent { DutyNotice::Unclear { on_duty } } else { DutyNotice::Lapsed { on_duty } };
        self.over(wish, Some(notice)).await
    }

    /// Notes that the press may have left, before it leaves: after a crash it is asked about, never pressed
    /// again. False when the wish was taken back or changed while the hotel was read, or when another process
    /// presses the clock by now: then nothing may leave.
    async fn note_sent(&self, wish: StoredWish, end: Duration) -> Result<bool, StoreError> {
        let (holder, now, lapsed) =
            (self.leases.holder.clone(), self.environment.now(), self.has_lapsed(wish, end));
        self.store
            .write(move |tx| {
                let mine = lease::hold(tx, Lease::Clock, &holder, now)?;
                if !mine || lapsed || duty::wish(tx)? != Some(wish) {
                    return Ok(false);
                }
                duty::set_wish(tx, StoredWish { sent: true, ..wish })?;
                Ok(true)
            })
            .await
    }

    /// Ends this wish, and no newer one.
    async fn over(&self, wish: StoredWish, notice: Option<DutyNotice>) -> Result<Course, DeskError> {
        self.store
            .write(move |tx| {
                match notice {
                    Some(notice) => meta::set(tx, Key::DutyNotice, &notice)?,
                    None => meta::clear(tx, Key::DutyNotice)?,
                }
                let same = |now: StoredWish| (now.on_duty, now.until) == (wish.on_duty, wish.until);
                if duty::wish(tx)?.is_some_and(same) {
                    duty::clear_wish(tx)?;
                }
                tx.changed(Change::Duty);
                Ok(())
            })
            .await?;
        Ok(Course::Over)
    }
}
