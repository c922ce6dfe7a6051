//! The only access to time.
//!
//! The rest of this crate, and programs built on it, get a [`Clock`] and never ask the operating system. Two times are
//! kept apart on purpose: **monotonic** time measures waits and never jumps; **wall** time is for people and logs, and
//! may jump. A difference between the two shows that the machine was asleep.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use futures_util::future::BoxFuture;

/// A source of time. Tests replace it with a clock that they move by hand.
pub trait Clock: Send + Sync + 'static {
    /// Returns the time since a fixed start. Never goes back; may or may not stand still during suspend, depending on
    /// the operating system.
    fn monotonic(&self) -> Duration;

    /// Returns the time since the Unix epoch. May jump in both directions.
    fn wall(&self) -> Duration;

    /// Completes when monotonic time has advanced by `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// A shared clock.
pub type SharedClock = Arc<dyn Clock>;

/// The operating system's clocks and tokio's timer.
#[derive(Debug, Clone)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Makes a clock whose monotonic time starts at zero now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the seam")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }

    /// Makes the same clock as a [`SharedClock`].
    #[must_use]
    pub fn shared() -> SharedClock {
        Arc::new(Self::new())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the seam")]
    fn wall(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the seam")]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A clock that stands still until it is moved by hand. Clones share one time.
///
/// ```
/// use std::time::Duration;
/// use pusher::{Clock, ManualClock};
///
/// let clock = ManualClock::new(Duration::from_secs(1_800_000_000));
/// clock.advance(Duration::from_secs(5));
/// clock.suspend(Duration::from_secs(60));
/// assert_eq!(clock.monotonic(), Duration::from_secs(5));
/// assert_eq!(clock.wall(), Duration::from_secs(1_800_000_065));
/// ```
#[derive(Clone)]
pub struct ManualClock {
    hands: Arc<Mutex<Hands>>,
}

struct Hands {
    monotonic: Duration,
    wall: Duration,
    next_id: u64,
    /// Ordered by deadline, so that sleeps complete in the order in which they end.
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
}

impl ManualClock {
    /// Makes a clock that shows `wall` (since the Unix epoch), with monotonic time zero.
    #[must_use]
    pub fn new(wall: Duration) -> Self {
        let hands = Hands { monotonic: Duration::ZERO, wall, next_id: 0, sleepers: BTreeMap::new() };
        Self { hands: Arc::new(Mutex::new(hands)) }
    }

    /// Returns this clock as a [`SharedClock`]; the handle can still move it.
    #[must_use]
    pub fn shared(&self) -> SharedClock {
        Arc::new(self.clone())
    }

    /// Advances both clocks and completes every sleep that ends by then.
    pub fn advance(&self, by: Duration) {
        let due: Vec<Waker> = {
            let mut hands = self.hands();
            hands.monotonic += by;
            hands.wall += by;
            let now = hands.monotonic;
            hands.sleepers.range_mut(..=(now, u64::MAX)).filter_map(|(_, waker)| waker.take()).collect()
        };
        for waker in due {
            waker.wake();
        }
    }

    /// Simulates a sleep of the machine: wall time passes, monotonic time does not, no sleep completes.
    pub fn suspend(&self, asleep: Duration) {
        self.hands().wall += asleep;
    }

    /// Sets the wall clock back.
    pub fn set_wall_back(&self, by: Duration) {
        let mut hands = self.hands();
        hands.wall = hands.wall.saturating_sub(by);
    }

    /// Returns the number of running sleeps.
    #[must_use]
    pub fn sleepers(&self) -> usize {
        self.hands().sleepers.len()
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        // Each change is complete, so a panic elsewhere cannot leave it half done.
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hands = self.hands();
        f.debug_struct("ManualClock")
            .field("monotonic", &hands.monotonic)
            .field("wall", &hands.wall)
            .field("sleepers", &hands.sleepers.len())
            .finish()
    }
}

impl Clock for ManualClock {
    fn monotonic(&self) -> Duration {
        self.hands().monotonic
    }

    fn wall(&self) -> Duration {
        self.hands().wall
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut hands = self.hands();
        let key = (hands.monotonic.saturating_add(duration), hands.next_id);
        hands.next_id += 1;
        hands.sleepers.insert(key, None);
        drop(hands);
        Box::pin(ManualSleep { clock: self.clone(), key })
    }
}

struct ManualSleep {
    clock: ManualClock,
    key: (Duration, u64),
}

impl Future for ManualSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut hands = self.clock.hands();
        if hands.monotonic >= self.key.0 {
            hands.sleepers.remove(&self.key);
            return Poll::Ready(());
        }
        hands.sleepers.insert(self.key, Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for ManualSleep {
    fn drop(&mut self) {
        self.clock.hands().sleepers.remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_manual_sleep_ends_when_monotonic_time_has_passed_it() {
        let clock = ManualClock::new(SECOND);
        let mut sleep = clock.sleep(2 * SECOND);
        clock.advance(SECOND);
        assert!((&mut sleep).now_or_never().is_none());
        clock.advance(SECOND);
        assert!(sleep.now_or_never().is_some());
    }

    #[test]
    fn suspending_moves_the_wall_and_wakes_nobody() {
        let clock = ManualClock::new(SECOND);
        let sleep = clock.sleep(2 * SECOND);
        clock.suspend(600 * SECOND);
        assert_eq!((clock.monotonic(), clock.wall()), (Duration::ZERO, 601 * SECOND));
        assert!(sleep.now_or_never().is_none());
    }

    #[test]
    fn a_dropped_manual_sleep_leaves_nothing_behind() {
        let clock = ManualClock::new(SECOND);
        let sleep = clock.sleep(SECOND);
        assert_eq!(clock.sleepers(), 1);
        drop(sleep);
        assert_eq!(clock.sleepers(), 0);
    }

    #[test]
    fn the_wall_can_be_set_back_without_touching_monotonic_time() {
        let clock = ManualClock::new(100 * SECOND);
        clock.advance(SECOND);
        clock.set_wall_back(50 * SECOND);
        assert_eq!((clock.monotonic(), clock.wall()), (SECOND, 51 * SECOND));
    }
}
