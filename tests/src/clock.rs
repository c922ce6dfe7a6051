//! A clock that runs fast and can be set, for tests in which hours of back-off must pass; and one that stands still
//! unless it is moved by hand, for tests that count what happens in a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use demo_hotel::DemoHotel;
use pusher::time::{Clock, ManualClock, SystemClock};
use tokio::time::timeout;

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

/// The simulated time of one move while things go on.
pub const STEP: Duration = Duration::from_millis(250);
/// How long a hotel that nobody asks anything is looked at before the clock is moved on. This is real time: real
/// sockets and files need some.
const LOOK: Duration = Duration::from_millis(3);
/// So many looks in a row have to find nothing.
const LOOKS: usize = 4;
/// An answer that does not come within so many looks was lost on the way.
const PATIENCE: usize = 400;

/// A clock that is moved by hand, in steps, each of which waits until the hotel has answered what it was asked.
#[derive(Clone, Debug)]
pub struct Hands {
    /// The clock.
    pub clock: ManualClock,
}

impl Default for Hands {
    fn default() -> Self {
        Self { clock: ManualClock::new(SystemClock::new().wall()) }
    }
}

impl Hands {
    /// Lets time pass.
    pub async fn pass(&self, hotel: &DemoHotel, time: Duration) {
        self.pass_in_steps(hotel, time, STEP).await;
    }

    /// Lets time pass in steps of another length: long ones where nothing can be answered anyway.
    pub async fn pass_in_steps(&self, hotel: &DemoHotel, time: Duration, step: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let now = step.min(left);
            self.clock.advance(now);
            left -= now;
            quiesce(hotel).await;
        }
    }

    /// Lets time pass until `look` finds something, and says how much that took; `None` when `limit` was not enough.
    pub async fn pass_until<F>(
        &self,
        hotel: &DemoHotel,
        limit: Duration,
        mut look: impl FnMut() -> F,
    ) -> Option<Duration>
    where
        F: Future<Output = bool>,
    {
        let mut passed = Duration::ZERO;
        loop {
            if look().await {
                return Some(passed);
            }
            if passed >= limit {
                return None;
            }
            self.pass(hotel, STEP).await;
            passed += STEP;
        }
    }
}

/// Waits until the hotel has answered everything and is asked nothing more for a moment.
pub async fn quiesce(hotel: &DemoHotel) {
    let (mut last, mut quiet) = (usize::MAX, 0);
    for _ in 0..PATIENCE {
        let requests = hotel.requests();
        let is_quiet = requests.len() == last && requests.iter().all(|request| request.status.is_some());
        last = requests.len();
        quiet = if is_quiet { quiet + 1 } else { 0 };
        if quiet >= LOOKS {
            return;
        }
        // Nothing ever comes of this: it is a moment in which sockets and files get on.
        let _ = timeout(LOOK, std::future::pending::<()>()).await;
    }
}
