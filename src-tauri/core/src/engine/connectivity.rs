//! The way to the hotel: whether it answers, who one is to it, and when it may be asked again.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::debounce::Losses;
use super::spread;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::error::{DeskError, ErrorCode};
use crate::hotel::dialect::Generation;
use crate::hotel::{Api, ApiError};
use crate::resources::Kind;
use crate::store::Store;
use crate::views::{Change, LiveState};

/// The longest that a hotel is left alone because it asked for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// What is known about the way to the hotel.
#[derive(Debug, Clone, Default)]
pub struct ConnectivityState {
    /// The last talk worked; unknown before the first.
    pub online: Option<bool>,
    /// The password is needed.
    pub sign_in_needed: bool,
    /// The sign-in came from outside, and the hotel has not said yet that it is this person's. Until then
    /// nothing is sent: it would be sent as somebody else. Nor is the person's own channel listened to.
    pub identity_open: bool,
    /// Failures to reach the hotel in a row.
    pub failures: u32,
    /// Nothing is tried before, in milliseconds since the epoch.
    pub retry_at: i64,
    /// Until when the hotel asks to be left alone, in milliseconds since the epoch.
    pub busy_until: i64,
    /// Kinds whose whole list was read since this process last came online: a create may be sent.
    pub walked: HashSet<Kind>,
    /// Kinds whose last whole reading met something that cannot be read.
    pub unreadable: HashSet<Kind>,
    /// Kinds of which a mass disappearance is not believed.
    pub doubted: HashSet<Kind>,
    /// A mass disappearance is to be believed in the next reading, because a person said so.
    pub believe_absences: bool,
    /// It is believed in this reading.
    pub believing: bool,
    /// How old the server is; none before it has told.
    pub generation: Option<Generation>,
    /// The live connection.
    pub live: Option<LiveState>,
    /// Why the live connection is down.
    pub live_cause: Option<String>,
    /// What of this was lost, and when.
    pub losses: Losses,
    /// Monotonic time at which the last whole read began that came to its end.
    pub read_from: Option<Duration>,
    /// Why the last whole read did not succeed; none after one that did.
    pub read_failure: Option<DeskError>,
    /// Events about another hotel, which were dropped.
    pub foreign_events: u32,
    /// Things to tell.
    pub notices: Vec<DeskError>,
}

/// What is known of it, and the one way to ask.
pub struct Connectivity {
    api: Mutex<Api>,
    state: Mutex<ConnectivityState>,
    environment: Environment,
    /// Where screens are told of a change.
    store: Store,
    wakes: Arc<Wakes>,
}

impl Connectivity {
    /// Nothing is known yet.
    pub fn new(api: Api, environment: Environment, store: Store, wakes: Arc<Wakes>) -> Self {
        Self { api: Mutex::new(api), state: Mutex::default(), environment, store, wakes }
    }

    /// The way to ask the hotel.
    pub fn api(&self) -> Api {
        lock(&self.api).clone()
    }

    /// A new sign-in of the same person: everything goes on with it.
    pub fn renew(&self, api: Api) {
        *lock(&self.api) = api;
        self.change(|state| {
            state.sign_in_needed = false;
            state.retry_at = 0;
        });
        self.wakes.all();
    }

    /// What is known about the connection.
    pub fn state(&self) -> ConnectivityState {
        lock(&self.state).clone()
    }

    /// Tells screens of losses that have lasted, for ever.
    pub(super) async fn show_lasting_losses(self: Arc<Self>) {
        loop {
            let now = self.environment.monotonic();
            let Some(end) = self.state().held_until(now) else {
                self.wakes.debounce.notified().await;
                continue;
            };
            tokio::select! {
                () = self.environment.sleep(end - now) => self.store.announce(Change::Status),
                () = self.wakes.debounce.notified() => {}
            }
        }
    }

    /// How old the server is, as far as it has told; the first ones until then.
    pub fn generation(&self) -> Generation {
        lock(&self.state).generation.unwrap_or_default()
    }

    /// Changes what is known about the connection; screens are told when it differs.
    pub fn change(&self, change: impl FnOnce(&mut ConnectivityState)) {
        let now = self.environment.monotonic();
        let mut state = lock(&self.state);
        let before = state.clone();
        change(&mut state);
        Losses::follow(&before, &mut state, now);
        let shown = |state: &ConnectivityState| {
            (state.shown(now), state.sign_in_needed, state.notices.clone(), state.read_failure.clone())
        };
        let differs = shown(&before) != shown(&state);
        let session = before.sign_in_needed != state.sign_in_needed;
        if before.losses != state.losses {
            self.wakes.debounce.notify_one();
        }
        drop(state);
        if differs {
            self.store.announce(Change::Status);
        }
        if session {
            self.store.announce(Change::Session);
        }
    }

    /// Shows a notice once; one of the same code takes its place.
    pub fn notify(&self, notice: DeskError) {
        self.change(|state| {
            state.notices.retain(|known| known.code != notice.code);
            state.notices.push(notice);
        });
    }

    /// Takes the notice of a code back.
    pub fn withdraw(&self, code: ErrorCode) {
        self.change(|state| state.notices.retain(|known| known.code != code));
    }

    /// The hotel answered: whatever waited for the network goes on.
    pub fn reached(&self) {
        let state = self.state();
        if state.online == Some(true) && state.failures == 0 {
            return;
        }
        self.change(|state| {
            state.online = Some(true);
            state.failures = 0;
            state.retry_at = 0;
        });
        self.wakes.all();
    }

    /// A talk failed in a way that says something about the connection itself.
    pub fn failed(&self, error: &ApiError) {
        match error {
            ApiError::SignInNeeded => self.change(|state| {
                state.online = Some(true);
                state.sign_in_needed = true;
            }),
            ApiError::Offline { .. } | ApiError::Unclear { .. } => {
                let failures = self.state().failures.saturating_add(1);
                let retry_at =
                    self.environment.in_ms(spread::retry_after(failures, self.environment.chance()));
                self.change(|state| {
                    state.online = Some(false);
                    state.failures = failures;
                    state.retry_at = retry_at;
                    state.walked.clear();
                });
            }
            ApiError::Busy { retry_after: Some(pause), .. } => {
                self.reached();
                let busy_until = self.environment.in_ms((*pause).min(LONGEST_PAUSE));
                self.change(|state| state.busy_until = busy_until);
            }
            // Any other answer came from the hotel.
            _ => self.reached(),
        }
    }

    /// Time until the connection may be tried, or `None` when it may be tried now.
    pub fn must_wait(&self) -> Option<Duration> {
        self.rest(self.state().retry_at, spread::LONGEST_WAIT)
    }

    /// The same for reading: what all desks do at once has to respect a hotel that asks to be left alone. What is sent
    /// has a wait of its own in each lane.
    pub fn must_not_read(&self) -> Option<Duration> {
        self.must_wait().max(self.rest(self.state().busy_until, LONGEST_PAUSE))
    }

    fn rest(&self, until: i64, longest: Duration) -> Option<Duration> {
        let rest = u64::try_from(until - self.environment.now_ms()).ok().filter(|rest| *rest > 0)?;
        let rest = Duration::from_millis(rest);
        // A longer one was planned by a clock that has since been set back.
        (rest <= longest).then_some(rest)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Values in here are replaced whole, so a panic elsewhere cannot leave them half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
