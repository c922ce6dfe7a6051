//! The clock: a wish, never a queued toggle.
//!
//! The server's `clock/` is a toggle without memory (CONTRACT.md 12, trap 7), so it is pressed at most once
//! per wish and never again by itself: read; if it is already so, done; note *sent*; press; read again. If it
//! then still is not as wished, a person is told and decides. Without a network the wish waits in sight
//! for [`LIFETIME`] at most and lapses with a notice.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;

use super::session::Session;
use crate::api::{ApiError, Me, not_on_staff};
use crate::error::{DeskError, ErrorCode};
use crate::model::Profile;
use crate::resources::{Duty, DutyUpdate, Happening, Part, Refusal};
use crate::store::duty::{Press, StoredWish};
use crate::store::lease::{self, Lease};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, Tx, duty, facts, parts};
use crate::views::Change;

/// How long a wish waits for the network.
pub const LIFETIME: Duration = Duration::from_secs(600);
/// A clock may be put right by so much without ending a wish.
const SLACK: SignedDuration = SignedDuration::from_secs(5);
/// How long between two tries while it waits.
const PAUSE: Duration = Duration::from_secs(5);
/// So far may the hotel's clock be ahead of this computer's.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(15);

/// How far a wish has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// It is over: done, lapsed, or told to the person.
    Over,
    /// It waits for the network.
    Waits(DeskError),
}

impl Session {
    /// Reads `me`, and stores profile and duty.
    pub async fn read_me(&self) -> Result<Me, DeskError> {
        let _turn = self.me_turn.lock().await;
        let asked = self.now();
        let me = match self.connectivity.api().me().await {
            Ok(me) => me,
            Err(error) => {
                self.connectivity.failed(&error);
                let told = not_on_staff(&self.account.hotel_slug, error);
                if told.code == ErrorCode::NotAllowed {
                    self.connectivity.tell(told.clone());
                }
                return Err(told);
            }
        };
        self.connectivity.reached();
        self.connectivity.untell(ErrorCode::NotAllowed);
        self.note_generation(me.generation).await?;
        if me.profile.staff_id != self.account.staff_id {
            self.connectivity.change_link(|link| link.sign_in_needed = true);
            return Err(DeskError::new(
                ErrorCode::SignInNeeded,
                "The sign-in that was passed to the program is another person's.",
                "Sign in as yourself, or name another data folder.",
            ));
        }
        if self.connectivity.link().identity_open {
            self.connectivity.change_link(|link| link.identity_open = false);
            self.wakes.push.notify_one();
            self.wakes.channels.notify_one();
        }
        let (profile, told) = (me.profile.clone(), me.duty);
        let now = self.now();
        self.store
            .write(move |tx| {
                if meta::get::<Profile>(tx, Key::Profile)?.as_ref() != Some(&profile) {
                    meta::set(tx, Key::Profile, &profile)?;
                    tx.changed(Change::Session);
                }
                let Some(told) = told else { return Ok(()) };
                // An event that came in while this was asked may be the newer one: it has its own read.
                if duty::get(tx)?.is_some_and(|known| {
                    known.is_on_duty != told.is_on_duty
                        && asked < known.confirmed_at
                        && known.confirmed_at <= now
                }) {
                    return Ok(());
                }
                take_own(tx, Duty { is_on_duty: told.is_on_duty, since: told.since, confirmed_at: now })
            })
            .await?;
        Ok(me)
    }

    /// Notes a wish, in place of an earlier one that has not left.
    pub async fn wish_duty(&self, on_duty: bool) -> Result<(), StoreError> {
        let until = self.now() + LIFETIME;
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
    pub async fn cancel_duty_wish(&self) -> Result<(), StoreError> {
        self.store
            .write(|tx| match duty::wish(tx)? {
                Some(wish) if wish.sent => Err(StoreError::TooLate),
                _ => duty::clear_wish(tx),
            })
            .await
    }

    /// Carries wishes out for ever.
    pub async fn mind_the_clock(self: Arc<Self>) {
        loop {
            let rest = match self.carry_out_wish().await {
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
    pub async fn carry_out_wish(&self) -> Result<Course, DeskError> {
        let mut turn = self.clock_turn.lock().await;
        let Some(wish) = self.store.read(duty::wish).await? else { return Ok(Course::Over) };
        let end =
            turn.filter(|(until, _)| *until == wish.until).map_or_else(|| self.end_of(wish), |(_, end)| end);
        *turn = Some((wish.until, end));
        if !wish.sent && self.has_lapsed(wish, end) {
            return self.over(wish, Some(lapsed(wish))).await;
        }
        if !self.leases.hold(Lease::Clock).await? {
            return Ok(Course::Waits(DeskError::new(
                ErrorCode::TooLate,
                "Another window of this program is just pressing the clock.",
                "Look again in a moment.",
            )));
        }
        let me = match self.read_me().await {
            Ok(me) => me,
            Err(error) => return self.not_reached(wish, end, error).await,
        };
        let Some(told) = me.duty else {
            let notice = "This hotel's server does not tell who is on duty.";
            return self.over(wish, Some(notice.into())).await;
        };
        if told.is_on_duty == wish.on_duty {
            return self.over(wish, None).await;
        }
        if wish.sent {
            return self.over(wish, Some(unclear(wish))).await;
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
                let clock = self.part_refused(Part::Clock, Refusal::Absent).await?;
                let notice = clock.absent().is_none().then(|| not_taken(wish));
                return self.over(wish, notice).await;
            }
            Err(error) => {
                let told: DeskError = error.into();
                return self.over(wish, Some(told.message)).await;
            }
        }
        match self.read_me().await {
            Ok(me) if me.duty.as_ref().is_some_and(|told| told.is_on_duty == wish.on_duty) => {
                self.over(wish, None).await
            }
            Ok(_) => self.over(wish, Some(unclear(wish))).await,
            // It stays as sent; the next try only reads.
            Err(error) => Ok(Course::Waits(error)),
        }
    }

    /// When a wish ends by the monotonic clock, which nobody sets.
    fn end_of(&self, wish: StoredWish) -> Duration {
        let left = Duration::try_from(wish.until.duration_since(self.now())).unwrap_or_default();
        self.environment.monotonic().saturating_add(left.min(LIFETIME))
    }

    /// Its time is over. A wall clock that is set back cannot prolong it: in this process the monotonic clock counts too,
    /// and a wish that would last longer than any was made before the clock was set back.
    fn has_lapsed(&self, wish: StoredWish, end: Duration) -> bool {
        let left = wish.until.duration_since(self.now());
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
        let text = if wish.sent { unclear(wish) } else { lapsed(wish) };
        self.over(wish, Some(text)).await
    }

    /// Notes that the press may have left, before it leaves: after a crash it is asked about, never pressed
    /// again. False when the wish was taken back or changed while the hotel was read, or when another process
    /// presses the clock by now: then nothing may leave.
    async fn note_sent(&self, wish: StoredWish, end: Duration) -> Result<bool, StoreError> {
        let (holder, now, lapsed) = (self.leases.holder.clone(), self.now(), self.has_lapsed(wish, end));
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
    async fn over(&self, wish: StoredWish, notice: Option<String>) -> Result<Course, DeskError> {
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

    /// A live event about somebody's clock. True when it changed one's own, which a read has to confirm.
    pub async fn duty_event(&self, update: DutyUpdate) -> Result<bool, StoreError> {
        let staff = self.account.staff_id;
        let now = self.now();
        self.store
            .write(move |tx| {
                let user = meta::get::<Profile>(tx, Key::Profile)?.and_then(|profile| profile.user_id);
                let mine = update.staff_id == Some(staff) || (user.is_some() && update.user_id == user);
                // The channel proves nothing: a time far ahead would make every later press look old.
                let at = update.clock_time.filter(|at| at.duration_since(now) <= TOLERANCE);
                let press = Press { is_on_duty: update.is_on_duty, at };
                let who = match (mine, update.staff_id, update.user_id) {
                    (true, ..) => "me".to_owned(),
                    (_, Some(staff), _) => format!("staff {}", staff.0),
                    (_, None, user) => format!("user {}", user.map_or(0, |user| user.0)),
                };
                let last = duty::last_press(tx, &who)?;
                // It came late, or once more.
                let own = duty::get(tx)?.filter(|_| mine).and_then(|duty| duty.since);
                let newest = last.and_then(|last| last.at).max(own);
                let is_old = press.at.is_some() && press.at <= newest;
                if is_old {
                    return Ok(mine && duty::get(tx)?.is_some_and(|duty| duty.is_on_duty != press.is_on_duty));
                }
                duty::note_press(tx, &who, press)?;
                if mine {
                    let differs = duty::get(tx)?.is_none_or(|duty| duty.is_on_duty != press.is_on_duty);
                    if differs {
                        let duty = Duty { is_on_duty: press.is_on_duty, since: press.at, confirmed_at: now };
                        take_own(tx, duty)?;
                    }
                    return Ok(differs);
                }
                if last.is_none_or(|last| last.is_on_duty != press.is_on_duty) {
                    let name = format!("{} {}", update.first_name, update.last_name).trim().to_owned();
                    let happening = Happening::Duty { name, on_duty: press.is_on_duty };
                    // When it was pressed, and not when that was heard of.
                    let pressed = press.at.map_or(now, |at| at.min(now));
                    facts::add(tx, &happening, None, None, pressed)?;
                }
                Ok(false)
            })
            .await
    }
}

/// Stores my duty. A change that I did not wish for here was made elsewhere, and is told; what the first reading brings
/// is none.
fn take_own(tx: &mut Tx<'_>, told: Duty) -> Result<(), StoreError> {
    let before = duty::get(tx)?;
    let wished = duty::wish(tx)?.is_some_and(|wish| wish.on_duty == told.is_on_duty);
    duty::set(tx, &told)?;
    if before.is_none_or(|before| before.is_on_duty == told.is_on_duty) || wished {
        return Ok(());
    }
    let happening = Happening::OwnDuty { on_duty: told.is_on_duty };
    facts::add(tx, &happening, None, None, told.confirmed_at)
}

fn word(on_duty: bool) -> &'static str {
    if on_duty { "clock in" } else { "clock out" }
}

fn unclear(wish: StoredWish) -> String {
    format!(
        "It is not clear whether the hotel took your {}. Look at the button and press it again if it is wrong.",
        word(wish.on_duty)
    )
}

fn not_taken(wish: StoredWish) -> String {
    format!(
        "The hotel's server took no {}: it says that there is no clock. Try again in a minute.",
        word(wish.on_duty)
    )
}

fn lapsed(wish: StoredWish) -> String {
    format!(
        "The hotel could not be reached for 10 minutes, so your {} was not carried out.",
        word(wish.on_duty)
    )
}
