//! Time and random numbers, passed in: a test can move the clock, suspend the machine and repeat a run.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pusher::time::{SharedClock, SystemClock};
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

use crate::ids::{IntentId, LocalId, MoveId};

/// The core's source of time and random numbers.
#[derive(Clone)]
pub struct Environment {
    clock: SharedClock,
    random: Arc<Mutex<StdRng>>,
}

impl Environment {
    /// The real clock and real random numbers.
    pub fn system() -> Self {
        Self::with_seed(SystemClock::shared(), rand::random())
    }

    /// A given clock, and random numbers that repeat for the same seed.
    pub fn with_seed(clock: SharedClock, seed: u64) -> Self {
        Self { clock, random: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    /// The clock.
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// Returns the time of day on this machine.
    pub fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH.checked_add(self.clock.wall()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Returns the time of day in milliseconds since the epoch.
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Returns the time `wait` from now, in milliseconds since the epoch.
    pub fn in_ms(&self, wait: Duration) -> i64 {
        self.now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX))
    }

    /// Completes after `duration`.
    pub async fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }

    /// Returns the time since a fixed start. It never goes back.
    pub fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }

    /// Returns a random number from 0 up to 1, evenly distributed.
    pub fn chance(&self) -> f64 {
        self.lock().random()
    }

    /// Returns a random time between zero and `ceiling`, evenly distributed (full jitter).
    pub fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling.mul_f64(self.chance())
    }

    /// Makes a new local id.
    pub fn local_id(&self) -> LocalId {
        LocalId::from_random(self.bytes())
    }

    /// Makes a new intent id.
    pub fn intent_id(&self) -> IntentId {
        IntentId::from_random(self.bytes())
    }

    /// Makes a new key of a move.
    pub fn move_id(&self) -> MoveId {
        MoveId::from_random(self.bytes())
    }

    /// Returns a seed for another generator.
    pub fn seed(&self) -> u64 {
        self.lock().next_u64()
    }

    /// Returns a random salt for a hash.
    pub fn salt(&self) -> [u8; 16] {
        self.bytes()
    }

    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.lock().fill_bytes(&mut bytes);
        bytes
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, StdRng> {
        // Each change of the generator is complete, so a panic elsewhere cannot leave it half changed.
        self.random.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
