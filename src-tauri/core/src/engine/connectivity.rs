//! The connection to the hotel: whether it works, how the person is signed in, and when the next attempt is allowed.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::debounce::{Connection, Losses};
use super::spread;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::error::{DeskError, ErrorCode};
use crate::hotel::dialect::Generation;
use crate::hotel::{Api, ApiError};
use crate::ids::ServerId;
use crate::resources::Kind;
use crate::store::Store;
use crate::views::{Change, LiveState};

/// The longest pause that is granted to a hotel that asks for one.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// The known state of the connection to the hotel.
#[derive(Debug, Clone, Default)]
pub struct ConnectivityState {
    /// Whether the last exchange succeeded; `None` before the first.
    pub online: Option<bool>,
    /// Whether the password is needed.
    pub sign_in_needed: bool,
    /// Whether the sign-in came from outside and the hotel has not confirmed yet that it belongs to this person. Until
    /// then nothing is sent, because it would be sent in another person's name, and the person's own channel is not
    /// joined.
    pub identity_open: bool,
    /// The number of consecutive failures to reach the hotel.
    pub failures: u32,
    /// The time before which nothing is tried, in milliseconds since the epoch.
    pub retry_at: i64,
    /// The end of the pause that the hotel asked for, in milliseconds since the epoch.
    pub busy_until: i64,
    /// The kinds whose whole list was read since this process last came online. Their creates may be sent.
    pub walked: HashSet<Kind>,
    /// The conversations whose messages were read since this process last came online, and since the last gap in their
    /// events.
    pub read_conversations: HashSet<ServerId>,
    /// The conversations whose events are wanted.
    pub followed_conversations: BTreeSet<ServerId>,
    /// The rooms whose own channels are wanted too.
    pub followed_rooms: BTreeSet<String>,
    /// The kinds whose last complete reading had an unreadable item.
    pub unreadable: HashSet<Kind>,
    /// The kinds with a mass disappearance that is not accepted yet.
    pub doubted: HashSet<Kind>,
    /// Whether the next reading accepts a mass disappearance, because a person confirmed it.
    pub believe_absences: bool,
    /// Whether this reading accepts a mass disappearance.
    pub believing: bool,
    /// The server's generation; `None` until the server has shown it.
    pub generation: Option<Generation>,
    /// The revision of the database at which this process began. Rows with a later one were stored while it ran.
    pub began_at: i64,
    /// The state of the live connection.
    pub live: Option<LiveState>,
    /// The reason why the live connection is down.
    pub live_cause: Option<String>,
    /// The lost connections and the times of their losses.
    pub losses: Losses,
    /// The monotonic time at which the last successful complete read began.
    pub read_from: Option<Duration>,
    /// The reason why the last complete read failed; `None` after a success.
    pub read_failure: Option<DeskError>,
    /// The number of dropped events about another hotel.
    pub foreign_events: u32,
    /// The notices to show.
    pub notices: Vec<DeskError>,
}

impl ConnectivityState {
    fn known(&self) -> Connection {
        Connection { online: self.online, live: self.live, live_cause: self.live_cause.clone() }
    }

    /// Returns the connection to show at this monotonic time.
    pub fn shown(&self, now: Duration) -> Connection {
        self.losses.shown(self.known(), now)
    }
}

/// The state of the connection, and the access to the hotel.
pub struct Connectivity {
    api: Mutex<Api>,
    state: Mutex<ConnectivityState>,
    environment: Environment,
    /// Announces changes to the screens.
    store: Store,
    wakes: Arc<Wakes>,
}

impl Connectivity {
    /// Creates the connection in an unknown state.
    pub fn new(api: Api, environment: Environment, store: Store, wakes: Arc<Wakes>) -> Self {
        Self { api: Mutex::new(api), state: Mutex::default(), environment, store, wakes }
    }

    /// Returns the access to the hotel.
    pub fn api(&self) -> Api {
        lock(&self.api).clone()
    }

    /// Replaces the sign-in by a new one of the same person. All tasks continue with it.
    pub fn renew(&self, api: Api) {
        *lock(&self.api) = api;
        self.change(|state| {
            state.sign_in_needed = false;
            state.retry_at = 0;
        });
        self.wakes.all();
    }

    /// Returns the present time by the server's clock, as far as its answers have shown it.
    pub fn server_now(&self) -> Timestamp {
        let difference = self.api().server_clock().difference_ms().unwrap_or_default();
        let now = self.environment.now();
        now.checked_add(SignedDuration::from_millis(difference)).unwrap_or(now)
    }

    /// Returns the known state of the connection.
    pub fn state(&self) -> ConnectivityState {
        lock(&self.state).clone()
    }

    /// Announces losses that have lasted to the screens. Runs for ever.
    pub(super) async fn show_lasting_losses(self: Arc<Self>) {
        loop {
            let now = self.environment.monotonic();
            let Some(end) = self.state().losses.held_until(now) else {
                self.wakes.debounce.notified().await;
                continue;
            };
            tokio::select! {
                () = self.environment.sleep(end - now) => self.store.announce(Change::Status),
                () = self.wakes.debounce.notified() => {}
            }
        }
    }

    /// Returns the server's generation, or the first generation until it is known.
    pub fn generation(&self) -> Generation {
        lock(&self.state).generation.unwrap_or_default()
    }

    /// Changes the known state, and notifies the screens if it differs.
    pub fn change(&self, change: impl FnOnce(&mut ConnectivityState)) {
        let now = self.environment.monotonic();
        let mut state = lock(&self.state);
        let before = state.clone();
        change(&mut state);
        let known = state.known();
        state.losses.follow(&before.known(), &known, now);
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

    /// Shows a notice once. It replaces a notice with the same code.
    pub fn notify(&self, notice: DeskError) {
        self.change(|state| {
            state.notices.retain(|known| known.code != notice.code);
            state.notices.push(notice);
        });
    }

    /// Withdraws the notice with this code.
    pub fn withdraw(&self, code: ErrorCode) {
        self.change(|state| state.notices.retain(|known| known.code != code));
    }

    /// Notes that the hotel answered, and wakes everything that waits for the network.
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

    /// Notes a failed exchange, if the error concerns the connection itself.
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
                    state.read_conversations.clear();
                });
            }
            ApiError::Busy { retry_after: Some(pause), .. } => {
                self.reached();
                let busy_until = self.environment.in_ms((*pause).min(LONGEST_PAUSE));
                self.change(|state| state.busy_until = busy_until);
            }
            // Any other answer comes from the hotel.
            _ => self.reached(),
        }
    }

    /// Returns the time until the next attempt is allowed, or `None` if it is allowed now.
    pub fn must_wait(&self) -> Option<Duration> {
        self.rest(self.state().retry_at, spread::LONGEST_WAIT)
    }

    /// Returns the same for reads: they must respect a hotel that asks for a pause, because all desks read at the same
    /// time. Each lane of the outbox has its own wait.
    pub fn must_not_read(&self) -> Option<Duration> {
        self.must_wait().max(self.rest(self.state().busy_until, LONGEST_PAUSE))
    }

    fn rest(&self, until: i64, longest: Duration) -> Option<Duration> {
        let rest = u64::try_from(until - self.environment.now_ms()).ok().filter(|rest| *rest > 0)?;
        let rest = Duration::from_millis(rest);
        // A longer wait was planned before the clock was set back.
        (rest <= longest).then_some(rest)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Values in here are replaced whole, so a panic elsewhere cannot leave them half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
