//! A clock that runs fast and can be set, for tests in which hours of back-off must pass; and one that stands still
//! unless it is moved by hand, for tests that count the requests or events of a period.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use demo_hotel::DemoHotel;
use pusher::time::{Clock, ManualClock, SystemClock};
use tokio::time::timeout;

/// The default speed, as a multiple of the real clock's.
const SPEED: u32 = 200;

/// The fast clock. Clones share its settings.
#[derive(Clone)]
pub struct FastClock {
    real: SystemClock,
    speed: u32,
    start: Duration,
    /// The seconds by which the wall clock was set forward (or back) by hand.
    set: Arc<AtomicI64>,
}

impl Default for FastClock {
    fn default() -> Self {
        Self::of_speed(SPEED)
    }
}

impl FastClock {
    /// Creates a clock that runs this many times as fast as the real one.
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

/// The simulated time of one step.
pub const STEP: Duration = Duration::from_millis(250);
/// The real time for which an idle hotel is watched before the clock moves on: real sockets and files need some.
const LOOK: Duration = Duration::from_millis(3);
/// The number of looks in a row that have to find the hotel idle.
const LOOKS: usize = 4;
/// The number of looks after which a missing answer counts as lost on the way.
const PATIENCE: usize = 400;

/// A clock that is moved by hand, in steps. After each step it waits until the hotel has answered every request.
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
    /// Lets this time pass.
    pub async fn pass(&self, hotel: &DemoHotel, time: Duration) {
        self.pass_in_steps(hotel, time, STEP).await;
    }

    /// Lets this time pass in steps of another length: long ones where no request can be answered.
    pub async fn pass_in_steps(&self, hotel: &DemoHotel, time: Duration, step: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let now = step.min(left);
            self.clock.advance(now);
            left -= now;
            quiesce(hotel).await;
        }
    }

    /// Lets time pass until `look` returns true. Returns the time that passed, or `None` if `limit` was not enough.
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

/// Waits until the hotel has answered everything and gets no more requests for a moment.
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
        // This future never completes: it gives sockets and files a moment to go on.
        let _ = timeout(LOOK, std::future::pending::<()>()).await;
    }
}
