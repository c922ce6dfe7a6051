//! The task that reads the hotel. It reads everything after a start, after a gap and at intervals; the entities of an
//! event at once; and the kinds without events more often.
//!
//! The other tasks request reads ([`Reader::need`]) and continue. Only the sender reads on its own, because the answer
//! decides which request it sends.

mod chat;
mod me;
mod parts;
mod pull;
mod silent;
mod team;
mod walk;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use rusqlite::Connection;

use super::Base;
use super::connectivity::Connectivity;
use super::spread::{self, Need, Reads};
use super::wakes::Wakes;
use crate::account::Account;
use crate::environment::Environment;
use crate::ids::ServerId;
use crate::resources::Kind;
use crate::store::{Store, entities, galleries};
use crate::views::LiveState;
pub use pull::PullError;

/// The time between two checks whether the sign-in was renewed.
const SIGN_IN_LOOK: Duration = Duration::from_secs(15 * 60);
/// The first read waits this long for the channel, so that it need not be repeated.
const CHANNEL_FIRST: Duration = Duration::from_millis(1500);
/// The number of failures after which an unavailable part of the hotel counts as unavailable for longer.
const SOON: u32 = 4;
/// The largest number of entities that are read one by one. More are read with everything else, in fewer requests.
const ONE_BY_ONE: usize = 20;
/// The time for which an upload that is in no list is looked for.
const RECENT: Duration = Duration::from_secs(60);

/// Reads the hotel for one account.
pub struct Reader {
    account: Account,
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    /// The reads that the events so far ask for.
    planned: Mutex<Reads>,
    /// Held during a read of `me`, so that a later read never gets the older answer.
    me_turn: tokio::sync::Mutex<()>,
}

impl Reader {
    pub(super) fn new(account: Account, base: Base) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self {
            account,
            store,
            environment,
            connectivity,
            wakes,
            planned: Mutex::default(),
            me_turn: tokio::sync::Mutex::default(),
        }
    }

    fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// Plans a read at a random moment, so that many desks do not ask together. When the time has come, the reader
    /// checks whether the read is still needed.
    pub fn need(&self, need: Need) {
        let (now, chance) = (self.environment.monotonic(), self.environment.chance());
        self.plan(|reads| reads.need(need, now, chance));
    }

    /// Makes the planned reads due now. Only this desk has planned them, so they need not be spread over many desks.
    pub fn read_soon(&self) {
        let now = self.environment.monotonic();
        self.plan(|reads| reads.hurry(now));
    }

    fn plan<T>(&self, change: impl FnOnce(&mut Reads) -> T) -> T {
        // A plan is replaced whole, so a panic elsewhere cannot leave it half changed.
        let changed = change(&mut self.planned.lock().unwrap_or_else(PoisonError::into_inner));
        self.wakes.planned.notify_one();
        changed
    }

    /// Returns the time of the next planned read, by the monotonic clock.
    pub(super) fn due(&self) -> Option<Duration> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner).due()
    }

    /// Reads for ever. `has_live` is true if events will come.
    pub async fn read_forever(self: Arc<Self>, has_live: bool) {
        if has_live {
            tokio::select! {
                () = self.wakes.pull.notified() => {}
                () = self.environment.sleep(CHANNEL_FIRST) => {}
            }
        }
        let mut failures = 0;
        loop {
            let rest = if let Some(wait) = self.connectivity.must_not_read() {
                wait
            } else if self.connectivity.state().sign_in_needed {
                SIGN_IN_LOOK
            } else {
                self.read_all(&mut failures).await
            };
            self.rest_from_reading(rest).await;
        }
    }

    /// Waits for this time, or until everything has to be read. Meanwhile reads what is planned and what no event
    /// announces. The loss of the live connection shortens the wait.
    async fn rest_from_reading(&self, rest: Duration) {
        let mut end = self.environment.monotonic().saturating_add(rest);
        let mut silent = self.next_silent_read();
        loop {
            let now = self.environment.monotonic();
            let due = self.due();
            let next = [Some(end), silent, due].into_iter().flatten().min().unwrap_or(end);
            tokio::select! {
                () = self.wakes.pull.notified() => return,
                () = self.environment.sleep(next.saturating_sub(now)) => {
                    let now = self.environment.monotonic();
                    if now >= end {
                        return;
                    }
                    if due.is_some_and(|due| now >= due) && !self.read_planned().await {
                        return;
                    }
                    if silent.is_some_and(|silent| now >= silent) {
                        self.read_silent().await;
                        silent = self.next_silent_read();
                    }
                }
                () = self.wakes.planned.notified() => {}
                () = self.wakes.poll.notified() => {
                    end = end.min(now + spread::next_read(false, self.environment.chance()));
                }
            }
        }
    }

    /// Returns the time of the next read of the kinds that no event announces. They are read as often as everything is
    /// without a live connection.
    fn next_silent_read(&self) -> Option<Duration> {
        if self.connectivity.state().live != Some(LiveState::Live) {
            return None;
        }
        Some(self.environment.monotonic() + spread::next_read(false, self.environment.chance()))
    }

    /// Reads everything once. Returns the time until the next such read. `failures` counts the reads in a row that
    /// failed although the hotel answered: the desks of an overloaded server must not ask at a steady pace.
    async fn read_all(&self, failures: &mut u32) -> Duration {
        let mut me = self.read_me().await;
        if let (Err(_), Some(wait)) = (&me, self.connectivity.must_not_read()) {
            return wait;
        }
        // This read serves every wake-up so far, such as the one of the hotel's first answer after an outage.
        let _ = self.wakes.pull.notified().now_or_never();
        let read = self.read_everything().await;
        if me.is_err() && read.is_ok() {
            // The hotel has come back in the meantime. Only `me` is missing, and not everything once more.
            me = self.read_me().await;
        }
        if me.is_ok() {
            self.look_for_clock().await;
        }
        match (&me, &read) {
            (Ok(_), Ok(())) => {
                *failures = 0;
                self.wakes.push.notify_one();
                let is_live = self.connectivity.state().live == Some(LiveState::Live);
                spread::next_read(is_live, self.environment.chance())
            }
            _ => {
                *failures = failures.saturating_add(1);
                let asked = read.as_ref().err().map_or(Duration::ZERO, PullError::pause);
                if let Err(error) = &read {
                    tracing::info!(%error, "the hotel could not be read");
                }
                let mut wait = spread::retry_after(*failures, self.environment.chance());
                // A part that stays away is read with the others, and no more often.
                if *failures > SOON && read.as_ref().err().is_some_and(PullError::is_about_a_part) {
                    wait = wait.max(spread::next_read(false, self.environment.chance()));
                }
                self.connectivity.must_not_read().unwrap_or_default().max(asked.saturating_add(wait))
            }
        }
    }

    /// Carries out the planned reads. Returns false if everything has to be read instead.
    async fn read_planned(&self) -> bool {
        let reads = self.plan(Reads::take);
        if reads.wants_everything(self.connectivity.state().read_from) || reads.entities.len() > ONE_BY_ONE {
            // The read is spread already, and where events come the hotel can be reached: no retry's wait is added to
            // it.
            self.connectivity.change(|state| state.retry_at = 0);
            return false;
        }
        if self.connectivity.must_not_read().is_some() {
            // The hotel cannot be reached, or asks for a pause: the complete read after that wait brings everything.
            return false;
        }
        if reads.me
            && let Err(error) = self.read_me().await
        {
            tracing::info!(%error, "the hotel could not be asked who one is");
            return false;
        }
        for (kind, id) in reads.entities {
            // If a read fails, the list brings everything once the hotel can be read again.
            if !self.needs_no_read(kind, id).await && self.confirm(kind, id, true).await.is_err() {
                return false;
            }
        }
        true
    }

    /// Returns true if the entity need not be read any more. Usually the answer to this desk's own write has come, and
    /// the event was its echo.
    async fn needs_no_read(&self, kind: Kind, id: ServerId) -> bool {
        let since = self.now() - RECENT;
        let settled = move |db: &Connection| {
            let row = entities::by_server_id(db, kind, id)?;
            let stands =
                row.is_none_or(|row| !row.is_unconfirmed && row.tombstone == entities::Tombstone::No);
            // Usually an order follows an upload and brings the list. Without an order only a read brings it.
            Ok(stands && !galleries::has_unlisted_upload(db, (kind, id), since)?)
        };
        self.store.read(settled).await.unwrap_or(false)
    }
}
