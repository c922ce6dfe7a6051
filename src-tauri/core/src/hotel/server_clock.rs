//! The difference between this computer's clock and the server's, measured from the `Date` of every answer.
//!
//! `Date` has whole seconds only, and an answer takes some time. So one answer gives bounds and not a value: the
//! server wrote its time after this program sent the request and before it received the answer. Every further answer
//! narrows the bounds, since its second begins at another moment. Bounds that contradict each other mean that one of
//! the clocks was set; then only the newest answer counts.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{AGE, DATE, HeaderMap};

use super::error::http_date;

/// Precision of `Date`, in milliseconds.
const A_SECOND: i64 = 1000;

/// The bounds of the difference, server minus this computer, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    low: i64,
    high: i64,
}

/// The known difference to the server's clock. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct ServerClock(Arc<Mutex<Option<Bounds>>>);

impl ServerClock {
    /// The server's clock minus this computer's, in milliseconds: positive if this computer is behind. `None` before
    /// the first answer with a time.
    pub fn difference_ms(&self) -> Option<i64> {
        self.bounds().map(|bounds| bounds.low.midpoint(bounds.high))
    }

    /// The possible error of [`difference_ms`](Self::difference_ms), in milliseconds.
    pub fn uncertainty_ms(&self) -> Option<i64> {
        self.bounds().map(|bounds| (bounds.high - bounds.low) / 2)
    }

    /// Notes an answer to a request that was sent at `sent` by the wall clock and took `round_trip`.
    pub(super) fn note(&self, sent: Duration, round_trip: Duration, headers: &HeaderMap) {
        // The `Date` of a cached answer is older: it is the time at which the cache asked the server.
        if headers.contains_key(AGE) {
            return;
        }
        let date = headers.get(DATE).and_then(|value| http_date(value.to_str().ok()?));
        let Some(date) = date.map(jiff::Timestamp::as_millisecond) else { return };
        let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4);
        let new = Bounds { low: date - ms(sent + round_trip) - 1, high: date + A_SECOND - ms(sent) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let narrowed = known.map(|old| Bounds { low: old.low.max(new.low), high: old.high.min(new.high) });
        *known = Some(narrowed.filter(|bounds| bounds.low <= bounds.high).unwrap_or(new));
    }

    fn bounds(&self) -> Option<Bounds> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes an answer to a request that left at `sent_ms` after the epoch and was back `took_ms` later.
    fn answer(clock: &ServerClock, sent_ms: u64, took_ms: u64, date: &str) {
        let headers = HeaderMap::from_iter([(DATE, date.parse().unwrap())]);
        clock.note(Duration::from_millis(sent_ms), Duration::from_millis(took_ms), &headers);
    }

    #[test]
    fn one_answer_gives_the_difference_with_the_round_trip_halved() {
        let clock = ServerClock::default();
        assert_eq!(clock.difference_ms(), None);
        answer(&clock, 10_000, 400, "Thu, 01 Jan 1970 00:04:10 GMT");
        let difference = clock.difference_ms().unwrap();
        assert!((difference - 240_300).abs() <= 1, "{difference}");
        assert!(clock.uncertainty_ms().unwrap() <= 701);
    }

    #[test]
    fn further_answers_make_it_more_exact() {
        let clock = ServerClock::default();
        // The server is 240.25 s ahead.
        answer(&clock, 10_000, 0, "Thu, 01 Jan 1970 00:04:10 GMT");
        answer(&clock, 10_700, 0, "Thu, 01 Jan 1970 00:04:10 GMT");
        answer(&clock, 10_800, 0, "Thu, 01 Jan 1970 00:04:11 GMT");
        assert!((clock.difference_ms().unwrap() - 240_250).abs() <= 51);
        assert!(clock.uncertainty_ms().unwrap() <= 51);
    }

    #[test]
    fn a_clock_that_was_set_is_measured_anew() {
        let clock = ServerClock::default();
        answer(&clock, 10_000, 0, "Thu, 01 Jan 1970 00:04:10 GMT");
        answer(&clock, 250_500, 0, "Thu, 01 Jan 1970 00:04:10 GMT");
        assert!(clock.difference_ms().unwrap().abs() <= 1000);
    }

    #[test]
    fn an_answer_out_of_a_cache_tells_no_time() {
        let clock = ServerClock::default();
        let mut headers = HeaderMap::from_iter([(DATE, "Thu, 01 Jan 1970 00:04:10 GMT".parse().unwrap())]);
        headers.insert(AGE, "60".parse().unwrap());
        clock.note(Duration::ZERO, Duration::ZERO, &headers);
        assert_eq!(clock.difference_ms(), None);
    }
}
