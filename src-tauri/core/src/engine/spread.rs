//! The times at which a desk asks the hotel, spread so that many desks never ask together.
//!
//! A thousand desks receive the same event and lose the same server at the same moment. Pure functions of a chance
//! between 0 and 1 plan here what they do next. `tests/tests/suite/fleet.rs` runs these very functions, and the
//! socket's own machine with [`timing`], for a thousand desks at once. Its bound: no tenth of a second holds more than
//! a twentieth of them. One even spread over about 3.5 seconds would hold it. But a desk that finds the server still
//! away waits again, and these second waves fall into the first ones. [`SPREAD`] and [`FIRST_WAIT`] are the shortest
//! round numbers that hold it with room to spare.

use std::collections::BTreeSet;
use std::time::Duration;

use pusher::Timing;

use crate::ids::ServerId;
use crate::resources::Kind;

/// The length of a burst of events.
pub const BURST: Duration = Duration::from_millis(400);
/// The time over which requests are spread that many desks would make at the same moment.
pub const SPREAD: Duration = Duration::from_secs(6);
/// The time over which the first wait after a loss, of the live connection and of the hotel, is spread.
pub const FIRST_WAIT: Duration = Duration::from_secs(8);
/// The longest wait between two tries to reach the hotel.
pub const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// The longest time between two whole reads, even if nothing asks for one.
const SAFETY_READ: Duration = Duration::from_secs(15 * 60);
/// The same without a live connection.
const POLL: Duration = Duration::from_secs(60);

/// Returns the waits of the live connection. They begin with [`FIRST_WAIT`]: a server that restarts closes all its
/// clients' connections at once, and is back before a shorter first wait is over.
pub fn timing() -> Timing {
    Timing { at_once_spread: FIRST_WAIT, backoff_first: FIRST_WAIT, ..Timing::default() }
}

/// Returns the wait after `failures` failures in a row to reach the hotel: full jitter under a ceiling that doubles.
pub fn retry_after(failures: u32, chance: f64) -> Duration {
    let doubled = 1_u32 << failures.saturating_sub(1).min(10);
    FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT).mul_f64(chance)
}

/// Returns the time from one whole read to the next while nothing happens.
pub fn next_read(is_live: bool, chance: f64) -> Duration {
    let ceiling = if is_live { SAFETY_READ } else { POLL };
    ceiling / 2 + (ceiling / 2).mul_f64(chance)
}

/// A part of the hotel that has to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// One entity that an event names.
    Entity(Kind, ServerId),
    /// Everything: it is not known what was missed.
    Everything,
    /// The signed-in person. The answer also shows whether the hotel can be reached at all.
    Me,
}

/// The reads that became necessary, and the time at which they are due. Times are monotonic.
#[derive(Debug, Default)]
pub struct Reads {
    /// The entities to be read one by one.
    pub entities: BTreeSet<(Kind, ServerId)>,
    /// The time since which everything must be read. A read that began later is sufficient.
    pub everything: Option<Duration>,
    /// Whether the signed-in person must be read.
    pub me: bool,
    due: Option<Duration>,
}

impl Reads {
    /// Adds a need. The first one of a burst sets the time for all: an endless stream must not put the reads off for
    /// ever.
    pub fn need(&mut self, need: Need, now: Duration, chance: f64) {
        match need {
            Need::Entity(kind, id) => drop(self.entities.insert((kind, id))),
            Need::Everything => self.everything = Some(now),
            Need::Me => self.me = true,
        }
        self.due.get_or_insert(now + BURST + SPREAD.mul_f64(chance));
    }

    /// Makes the planned reads due now.
    pub fn hurry(&mut self, now: Duration) {
        self.due = Some(now);
    }

    /// Returns the time at which to read, if a read is planned.
    pub fn due(&self) -> Option<Duration> {
        self.due
    }

    /// Returns whether everything still has to be read, given that the last whole read began at `last`.
    pub fn wants_everything(&self, last: Option<Duration>) -> bool {
        self.everything.is_some_and(|since| last.is_none_or(|last| last <= since))
    }

    /// Returns the planned reads and plans none.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_is_read_together_at_the_time_that_its_first_event_set() {
        let mut reads = Reads::default();
        reads.need(Need::Entity(Kind::Offer, ServerId(1)), SECOND, 0.5);
        reads.need(Need::Everything, 2 * SECOND, 0.9);
        assert_eq!(reads.due(), Some(SECOND + BURST + SPREAD / 2));
        let due = reads.take();
        assert_eq!((due.entities.len(), due.everything), (1, Some(2 * SECOND)));
        assert_eq!(reads.due(), None);
    }

    #[test]
    fn a_whole_read_that_began_after_the_gap_has_closed_it() {
        let mut reads = Reads::default();
        assert!(!reads.wants_everything(None));
        reads.need(Need::Everything, 5 * SECOND, 0.0);
        assert!(reads.wants_everything(None));
        assert!(reads.wants_everything(Some(5 * SECOND)), "nobody knows which of the two was first");
        assert!(!reads.wants_everything(Some(6 * SECOND)));
        reads.need(Need::Everything, 7 * SECOND, 0.0);
        assert!(reads.wants_everything(Some(6 * SECOND)));
    }

    #[test]
    fn waits_for_the_hotel_double_to_half_a_minute() {
        let ceilings: Vec<u64> = (1..=5).map(|failures| retry_after(failures, 1.0).as_secs()).collect();
        assert_eq!(ceilings, [8, 16, 30, 30, 30]);
        assert_eq!(retry_after(u32::MAX, 0.0), Duration::ZERO);
    }

    #[test]
    fn without_events_the_hotel_is_read_every_minute_and_with_them_every_quarter_of_an_hour() {
        assert_eq!((next_read(false, 0.0), next_read(false, 1.0)), (30 * SECOND, 60 * SECOND));
        assert_eq!((next_read(true, 0.0), next_read(true, 1.0)), (450 * SECOND, 900 * SECOND));
    }
}
