//! The waits before an address that gave no picture is asked again.
//!
//! Each address has its own wait, which doubles from some seconds to an hour. The attempts never stop: an image host
//! comes back, the sign-in page of a network goes away. The waits are kept in memory, so each start of the program
//! asks once more.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The longest wait after the first failure.
const FIRST: Duration = Duration::from_secs(10);
/// The longest wait.
pub(super) const LONGEST: Duration = Duration::from_secs(3600);

/// The waits of an engine. Times are monotonic.
#[derive(Debug, Default)]
pub struct Waits {
    waits: Mutex<HashMap<String, Wait>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Wait {
    /// The number of failures in a row.
    failures: u32,
    /// The address is not asked before this time.
    until: Duration,
}

impl Waits {
    /// Notes that an address gave no picture. `chance`, between 0 and 1, spreads the waits of many addresses and desks.
    pub fn failed(&self, address: &str, now: Duration, chance: f64) {
        let mut waits = self.lock();
        let wait = waits.entry(address.to_owned()).or_default();
        wait.failures = wait.failures.saturating_add(1);
        let ceiling = FIRST.saturating_mul(1 << (wait.failures - 1).min(16)).min(LONGEST);
        wait.until = now.saturating_add(ceiling / 2 + (ceiling / 2).mul_f64(chance));
    }

    /// Returns true if the wait of this address is over.
    pub fn may_ask(&self, address: &str, now: Duration) -> bool {
        self.lock().get(address).is_none_or(|wait| wait.until <= now)
    }

    /// Forgets all other addresses. Returns the earliest time at which one of these may be asked again.
    pub fn keep(&self, wanted: &HashSet<&str>) -> Option<Duration> {
        let mut waits = self.lock();
        waits.retain(|address, _| wanted.contains(address.as_str()));
        waits.values().map(|wait| wait.until).min()
    }

    /// Ends every wait, because a person pressed “try now” or the computer is on another network.
    pub fn end(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Wait>> {
        // The values in here are replaced whole, so a panic elsewhere cannot leave an entry half changed.
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://images.example/a.jpg";

    #[test]
    fn waits_grow_from_seconds_to_an_hour_and_never_further() {
        let waits = Waits::default();
        let mut grown = Vec::new();
        for _ in 0..20 {
            waits.failed(ADDRESS, Duration::ZERO, 1.0);
            grown.push(waits.keep(&HashSet::from([ADDRESS])).unwrap().as_secs());
        }
        assert_eq!(grown[..4], [10, 20, 40, 80]);
        assert_eq!(grown[19], 3600);
    }

    #[test]
    fn even_the_shortest_wait_is_one() {
        let waits = Waits::default();
        waits.failed(ADDRESS, Duration::ZERO, 0.0);
        assert!(!waits.may_ask(ADDRESS, Duration::from_secs(4)));
        assert!(waits.may_ask(ADDRESS, Duration::from_secs(5)));
    }

    #[test]
    fn an_address_that_nothing_shows_any_more_is_forgotten() {
        let waits = Waits::default();
        waits.failed(ADDRESS, Duration::ZERO, 1.0);
        assert_eq!(waits.keep(&HashSet::new()), None);
        assert!(waits.may_ask(ADDRESS, Duration::ZERO));
    }
}
