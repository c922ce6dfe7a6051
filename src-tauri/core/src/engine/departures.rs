//! When creates left that this process has sent, and how long they can still be carried out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::sender::SETTLING;
use crate::environment::Environment;
use crate::ids::IntentId;
use crate::model::{Intent, IntentState, Operation};

/// The departures of an engine. What left before this process began stands with the intent.
pub struct Departures {
    /// By the monotonic clock, which nobody sets.
    left: Mutex<HashMap<IntentId, Duration>>,
    /// How long after it has left a create can still be carried out.
    pub late_commit: Duration,
    environment: Environment,
}

impl Departures {
    /// Nothing has left yet.
    pub fn new(late_commit: Duration, environment: Environment) -> Self {
        Self { left: Mutex::default(), late_commit, environment }
    }

    /// The waits between two looks double, and the last look comes when the time is over.
    pub fn next_look(&self, open_for: Duration) -> Duration {
        let rest = self.late_commit.saturating_sub(open_for).saturating_add(Duration::from_millis(1));
        open_for.max(SETTLING).min(rest)
    }

    /// How long ago this create left last. None when nobody knows, or when the clock has been set back since: then it
    /// counts as having left just now.
    pub fn open_for(&self, intent: &Intent) -> Option<Duration> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = left.get(&intent.id) {
            return Some(self.environment.monotonic().saturating_sub(*at));
        }
        let passed = self.environment.now_ms() - intent.note.left_at?;
        u64::try_from(passed).ok().map(Duration::from_millis)
    }

    /// The server can have no part in this create any more that a whole list would not show.
    pub fn is_past_settling(&self, intent: &Intent) -> bool {
        matches!(intent.operation, Operation::Create { .. })
            && intent.state == IntentState::Unclear
            && self.open_for(intent).is_some_and(|open_for| open_for >= self.late_commit)
    }

    /// Notes when a create left, and says what was noted before.
    pub fn left(&self, id: IntentId, at: Option<Duration>) -> Option<Duration> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        match at {
            Some(at) => left.insert(id, at),
            None => left.remove(&id),
        }
    }
}
