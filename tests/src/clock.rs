//! A clock that runs fast and can be set, for tests in which hours of back-off must pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use pusher::time::{Clock, SystemClock};

/// How much faster than the real one it runs unless told otherwise.
const SPEED: u32 = 200;

/// The fast clock. Clones share its hands.
#[derive(Clone)]
pub struct FastClock {
    real: SystemClock,
    speed: u32,
    start: Duration,
    /// What the wall clock was set forward (or back) by hand, in seconds.
    set: Arc<AtomicI64>,
}

impl Default for FastClock {
    fn default() -> Self {
        Self::of_speed(SPEED)
    }
}

impl FastClock {
    /// A clock that runs so many times as fast as the real one.
    pub fn of_speed(speed: u32) -> Self {
        let real = SystemClock::new();
        Self { start: real.wall(), real, speed, set: Arc::new(AtomicI64::new(0)) }
    }

    /// Sets the wall clock forward, or back.
    pub fn set_wall(&self, by_seconds: i64) {
        self.set.fetch_add(by_seconds, Ordering::SeqCst);
    }
}

impl Clock for FastClock {
    fn monotonic(&self) -> Duration {
        self.real.monotonic() * self.speed
    }

    fn wall(&self) -> Duration {
        let shown = self.start + self.monotonic();
        let set = self.set.load(Ordering::SeqCst);
        let by = Duration::from_secs(set.unsigned_abs());
        if set < 0 { shown.saturating_sub(by) } else { shown + by }
    }

    fn sleep(&self, duration: Duration) -> futures_util::future::BoxFuture<'static, ()> {
        self.real.sleep(duration / self.speed)
    }
}
