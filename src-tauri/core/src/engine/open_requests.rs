//! The time for which the server can still carry out a request whose answer was lost.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::environment::Environment;
use crate::ids::LocalId;
use crate::model::{Intent, IntentState, Operation, SentRequest};
use crate::store::requests::OpenRequest;

/// The time that the hotel gets to finish after a lost answer, before it is read.
pub(super) const SETTLING: Duration = Duration::from_secs(2);

/// The departure times of this process's requests, by the monotonic clock, which cannot be set. For requests of
/// earlier processes the database has the time by the wall clock.
pub struct OpenRequests {
    times: Mutex<Times>,
    /// The time after its departure for which a request can still be carried out.
    pub late_commit: Duration,
    environment: Environment,
}

#[derive(Default)]
struct Times {
    left: HashMap<i64, Duration>,
    /// The time before which an entity is not read again.
    rests: HashMap<LocalId, Duration>,
}

/// The work that the open requests need now.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The requests whose time is over, not yet stored as such.
    pub over: Vec<i64>,
    /// The entities that must be read.
    pub entities: Vec<LocalId>,
    /// The time until the next work.
    pub next: Option<Duration>,
}

impl OpenRequests {
    /// Creates the record of a process without requests.
    pub fn new(late_commit: Duration, environment: Environment) -> Self {
        Self { times: Mutex::default(), late_commit, environment }
    }

    /// Returns the time until the next look for a request's effect. The waits double, and the last look comes when the
    /// request's time is over.
    pub fn next_look(&self, open_for: Duration) -> Duration {
        let rest = self.late_commit.saturating_sub(open_for).saturating_add(Duration::from_millis(1));
        open_for.max(SETTLING).min(rest)
    }

    /// Returns the time since this request left. Returns `None` if it is not known, or if the clock has been set back
    /// since: then the request counts as having left just now.
    pub fn open_for(&self, departure: SentRequest) -> Option<Duration> {
        if let Some(at) = self.times().left.get(&departure.request) {
            return Some(self.environment.monotonic().saturating_sub(*at));
        }
        let passed = self.environment.now_ms() - departure.left_at;
        u64::try_from(passed).ok().map(Duration::from_millis)
    }

    /// Returns true if the server can no longer carry out this create. A complete list then shows its entity, if it
    /// was made.
    pub fn is_past_settling(&self, intent: &Intent) -> bool {
        matches!(intent.operation, Operation::Create { .. })
            && intent.state == IntentState::Unclear
            && intent
                .open
                .and_then(|departure| self.open_for(departure))
                .is_some_and(|open_for| open_for >= self.late_commit)
    }

    /// Notes that a request leaves now.
    pub fn left(&self, request: i64) {
        let now = self.environment.monotonic();
        let longest = self.late_commit.saturating_mul(2);
        let mut times = self.times();
        // The wall clock is sufficient for older requests.
        times.left.retain(|_, at| now.saturating_sub(*at) < longest);
        times.left.insert(request, now);
    }

    /// Notes that an entity could not be read, or that the read was not conclusive.
    pub fn rest(&self, entity: LocalId, wait: Duration) {
        let until = self.environment.monotonic() + wait;
        self.times().rests.insert(entity, until);
    }

    /// Returns the work that these requests need now, and the time until the next work.
    pub fn due(&self, open: &[OpenRequest]) -> Due {
        let now = self.environment.monotonic();
        let mut due = Due::default();
        let sooner = |next: Option<Duration>, wait: Duration| Some(next.map_or(wait, |next| next.min(wait)));
        for request in open {
            if !request.is_over {
                let departure = SentRequest { request: request.request, left_at: request.left_at };
                let open_for = self.open_for(departure).unwrap_or_else(|| {
                    self.left(request.request);
                    Duration::ZERO
                });
                if open_for < self.late_commit {
                    due.next = sooner(due.next, self.late_commit - open_for);
                    continue;
                }
                due.over.push(request.request);
            }
            let rests = self.times().rests.get(&request.entity).copied().unwrap_or_default();
            if rests > now {
                due.next = sooner(due.next, rests - now);
            } else if !due.entities.contains(&request.entity) {
                due.entities.push(request.entity);
            }
        }
        self.times().rests.retain(|_, until| *until > now);
        due
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
