//! The sign-out: the person sends, keeps or discards the waiting intents; none is lost silently.

use std::time::Duration;

use rusqlite::Connection;

use super::Desk;
use super::sign_in::has_set_aside;
use crate::catalogue::say;
use crate::engine::Engine;
use crate::error::{DeskError, failure};
use crate::outbox::lanes;
use crate::store::{StoreError, Tx, drafts, duty, intents, messages};
use crate::views::{Change, SendReport, SignOutChoice};

/// A sign-out does not wait for an attempt that is planned later than this.
const HORIZON: Duration = Duration::from_secs(12);
/// After this time without progress, sending counts as stopped, for any reason.
const PATIENCE: Duration = Duration::from_secs(30);
/// The interval of checks when no change is announced.
const PULSE: Duration = Duration::from_millis(250);

/// The intents and drafts that have not reached the hotel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) moving: u32,
    pub(super) attention: u32,
    /// True if there is an intent about the clock.
    pub(super) clock: bool,
    /// Unsaved drafts. They wait for a person, never for the hotel.
    pub(super) drafts: u32,
    /// True if an intent can be sent now or soon.
    can_go: bool,
}

impl Left {
    pub(super) fn total(self) -> u32 {
        self.moving + self.attention + u32::from(self.clock)
    }

    /// Returns true if no data is lost with the account's folder.
    fn is_nothing(self) -> bool {
        self.total() + self.drafts == 0
    }
}

impl Desk {
    /// Sends the waiting intents without further waits, until none is left or no more can be sent now.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database. Remaining intents are not an error: the report contains the
    /// reason.
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
                // If the feed is too slow or closed, the pulse triggers the check.
                Ok(_) = feed.recv() => {}
                () = engine.environment.sleep(PULSE) => {}
            }
        }
    }

    /// Signs the shown person out. The other people stay signed in, and none of them is shown. Waiting intents, including one about the clock, are never discarded silently.
    ///
    /// # Errors
    /// [`ErrorCode::StillWaiting`] if intents or drafts wait and no choice was made.
    pub async fn sign_out(&self, choice: SignOutChoice) -> Result<(), DeskError> {
        let _turn = self.inner.engines_turn.lock().await;
        let engine = self.engine()?;
        if choice == SignOutChoice::IfNothingWaits
            && let Some(why_not) = still_waiting(left(&engine).await?)
        {
            return Err(why_not);
        }
        self.forget_sign_in(&engine).await;
        let discard = choice == SignOutChoice::Discard;
        // Removing the folder is not sufficient: it may have to stay, and a discarded intent must not be sent later.
        let discarded = if discard { engine.store.write(discard_all).await } else { Ok(()) };
        // On a shared computer, data without waiting intents must not stay for the next person. A database that was set
        // aside stays, because its content was not checked yet. If the count fails, the data stays.
        let folder = self.accounts().folder_of(&engine.account);
        let stays = has_set_aside(&folder);
        let (now, horizon, undone) =
            (engine.environment.now_ms(), engine.environment.in_ms(HORIZON), discarded.is_err());
        let goes = engine
            .store
            .mark_for_removal(move |db| Ok(!stays && (undone || left_in(db, now, horizon)?.is_nothing())));
        let goes = match goes.await {
            Ok(goes) => goes,
            // Another process signs out at the same time.
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
        // If the folder is removed, a failed discard does not matter.
        if goes { Ok(()) } else { Ok(discarded?) }
    }

    /// Signs everyone out and discards all of their data, at the end of a training.
    pub async fn end_training(&self) {
        for person in self.everyone() {
            self.show(Some(person.id()));
            if let Err(error) = self.sign_out(SignOutChoice::Discard).await {
                tracing::warn!(%error, "a sign-in of the training stays");
            }
        }
    }

    /// Returns the number of texts to guests that end with the program, because the key store cannot keep their key:
    /// waiting messages and drafts of all signed-in people.
    pub async fn lost_at_exit(&self) -> u32 {
        let mut lost = 0;
        for person in self.everyone() {
            if person.engine.chat.kept_until_exit().is_some() {
                // Texts that cannot be counted cannot be read either.
                lost += person.engine.store.read(messages::unsent).await.unwrap_or(0);
            }
        }
        lost
    }

    /// Removes the sign-in from the key store and stops the tasks that use it.
    async fn forget_sign_in(&self, engine: &Engine) {
        if let Err(error) = self.inner.keys.delete(&engine.account).await {
            // There may be none. If it cannot be deleted now, the next sign-in replaces it.
            tracing::info!(%error, "the sign-in could not be taken out of the key store");
        }
        if let Err(error) = self.inner.keys.delete_pin(&engine.account).await {
            tracing::info!(%error, "the PIN could not be taken out of the key store");
        }
        if let Err(error) = self.inner.keys.delete_chat_key(&engine.account).await {
            tracing::info!(%error, "the key of the guest chat could not be taken out of the key store");
        }
        self.stop_acting(engine).await;
    }

    /// Refuses further commands. Commands accepted before this still count.
    pub(super) async fn stop_acting(&self, engine: &Engine) {
        self.remove_person(engine);
        engine.stop().await;
    }

    fn signed_out(&self) {
        *self.inner.why_not.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        self.inner.announce(Change::Session);
    }
}

/// Returns the failure for a sign-out with waiting intents or drafts, if there are any.
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

/// Counts what is left in a database. `horizon` is the latest time of an attempt that is soon.
pub(super) fn left_in(db: &Connection, now: i64, horizon: i64) -> Result<Left, StoreError> {
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

/// Returns the reason why no more can be sent, if there is one.
fn standstill(engine: &Engine, left: Left, waited: Duration) -> Option<String> {
    let state = engine.connectivity.state();
    // All waits were ended before, so a planned one means that an attempt has failed.
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
        intents::drop_empty_row(tx, intent.lane)?;
    }
    drafts::clear(tx)?;
    duty::clear_intent(tx)
}
