//! Signing out: what waits is sent, kept or thrown away as the person says, and never in silence.

use std::time::Duration;

use rusqlite::Connection;

use super::Desk;
use super::sign_in::has_set_aside;
use crate::catalogue::say;
use crate::engine::Engine;
use crate::error::{DeskError, failure};
use crate::outbox::{lanes, queue};
use crate::store::{StoreError, Tx, drafts, duty, intents};
use crate::views::{Change, SendReport, SignOutChoice};

/// What is planned further ahead than this is not waited for by somebody who wants to go home.
const HORIZON: Duration = Duration::from_secs(12);
/// So long without any progress is a standstill, whatever its cause.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked even when nothing is announced.
const PULSE: Duration = Duration::from_millis(250);

/// What has not reached the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Left {
    moving: u32,
    attention: u32,
    /// An intent about the clock.
    clock: bool,
    /// What is typed and not saved. It waits for a person, never for the hotel.
    drafts: u32,
    /// Something can be sent now or soon.
    can_go: bool,
}

impl Left {
    fn total(self) -> u32 {
        self.moving + self.attention + u32::from(self.clock)
    }

    /// Nothing is lost with the account's folder.
    fn is_nothing(self) -> bool {
        self.total() + self.drafts == 0
    }
}

impl Desk {
    /// Sends what waits, without any further wait, until nothing is left or nothing more can be done now.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database. That something is left is no error: the report says why.
    pub async fn send_now(&self) -> Result<SendReport, DeskError> {
        let engine = self.engine()?;
        let mut feed = self.changes();
        engine.hurry().await;
        let (mut known, mut since) = (None, engine.now());
        loop {
            let left = left(&engine).await?;
            if known != Some(left) {
                (known, since) = (Some(left), engine.now());
            }
            let waited = engine.now().duration_since(since).unsigned_abs();
            if left.total() == 0 {
                return Ok(SendReport { left: 0, reason: String::new() });
            }
            if let Some(reason) = standstill(&engine, left, waited) {
                return Ok(SendReport { left: left.total(), reason });
            }
            tokio::select! {
                // Too slow for the feed or at its end: the pulse looks as well.
                Ok(_) = feed.recv() => {}
                () = engine.environment.sleep(PULSE) => {}
            }
        }
    }

    /// Signs the person out. What waits, an intent about the clock included, is never thrown away in silence.
    ///
    /// # Errors
    /// [`ErrorCode::StillWaiting`] when something waits and the choice was not made.
    pub async fn sign_out(&self, choice: SignOutChoice) -> Result<(), DeskError> {
        let engine = self.engine()?;
        if choice == SignOutChoice::IfNothingWaits
            && let Some(why_not) = still_waiting(left(&engine).await?)
        {
            return Err(why_not);
        }
        self.forget_sign_in(&engine).await;
        let discard = choice == SignOutChoice::Discard;
        // Not by removing the folder alone: it may have to stay, and what is discarded must not be sent later.
        let discarded = if discard { engine.store.write(discard_all).await } else { Ok(()) };
        // Shared computers: what nothing waits for does not stay for the next person. A database that was set
        // aside does: nobody has looked into it yet. What cannot be counted is kept.
        let folder = self.accounts().folder_of(&engine.account);
        let stays = has_set_aside(&folder);
        let (now, horizon, undone) =
            (engine.environment.now_ms(), engine.environment.in_ms(HORIZON), discarded.is_err());
        let goes = engine
            .store
            .mark_for_removal(move |db| Ok(!stays && (undone || left_in(db, now, horizon)?.is_nothing())));
        let goes = match goes.await {
            Ok(goes) => goes,
            // In another process, at the same time.
            Err(StoreError::SignedOutElsewhere) => true,
            Err(error) => {
                tracing::warn!(%error, "the account's data stays in its folder");
                self.say_left_behind();
                false
            }
        };
        self.put_away(&engine).await;
        self.accounts().leave(&engine.account)?;
        self.signed_out();
        // With the folder everything is gone anyway.
        if goes { Ok(()) } else { Ok(discarded?) }
    }

    /// Takes the sign-in out of the key store and stops what acts with it.
    async fn forget_sign_in(&self, engine: &Engine) {
        if let Err(error) = self.inner.keys.delete(&engine.account).await {
            // There may be none; and what cannot be deleted now is replaced by the next sign-in.
            tracing::info!(%error, "the sign-in could not be taken out of the key store");
        }
        self.stop_acting(engine).await;
    }

    /// From here on no command is accepted; what was accepted until now counts.
    pub(super) async fn stop_acting(&self, engine: &Engine) {
        self.inner.active.write().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        engine.stop().await;
        self.inner.diagnostics.begin();
    }

    fn signed_out(&self) {
        *self.inner.why_not.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        self.inner.announce(Change::Session);
    }
}

/// Why nobody can sign out as if nothing waited, if so.
fn still_waiting(left: Left) -> Option<DeskError> {
    match (left.total(), left.drafts) {
        (0, 0) => None,
        (0, drafts) => Some(failure!(StillWaiting, "error-drafts-not-saved", count = drafts)),
        (waits, _) => Some(failure!(StillWaiting, "error-still-waiting", count = waits)),
    }
}

async fn left(engine: &Engine) -> Result<Left, StoreError> {
    let now = engine.environment.now_ms();
    let horizon = engine.environment.in_ms(HORIZON);
    engine.store.read(move |db| left_in(db, now, horizon)).await
}

fn left_in(db: &Connection, now: i64, horizon: i64) -> Result<Left, StoreError> {
    let counts = intents::counts(db)?;
    let turns = lanes::turns(&intents::queue(db)?, &Default::default(), now);
    let soon = turns.next.is_some_and(|next| next <= horizon);
    Ok(Left {
        moving: counts.waiting + counts.in_flight,
        attention: counts.attention,
        clock: duty::intent(db)?.is_some(),
        drafts: drafts::count(db)?,
        can_go: counts.in_flight > 0 || !turns.now.is_empty() || soon,
    })
}

/// Why nothing goes on, if so.
fn standstill(engine: &Engine, left: Left, waited: Duration) -> Option<String> {
    let state = engine.connectivity.state();
    // Since the waits were cut, a planned one means that a try has failed.
    let offline = state.online == Some(false) && state.retry_at > 0;
    let reason = if state.sign_in_needed {
        say!("leaving-sign-in-needed")
    } else if offline {
        say!("leaving-offline")
    } else if left.moving == 0 && !left.clock {
        say!("leaving-needs-person")
    } else if !left.can_go && !left.clock {
        say!("leaving-has-to-wait")
    } else if waited > PATIENCE {
        say!("leaving-no-answer")
    } else {
        return None;
    };
    Some(reason)
}

fn discard_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for intent in intents::all(tx)? {
        intents::remove(tx, &intent)?;
        queue::drop_empty_row(tx, intent.lane)?;
    }
    drafts::clear(tx)?;
    duty::clear_intent(tx)
}
