//! The one seam through which the demo hotel meets time.
//!
//! What time it is comes from a [`Now`] handed in by whoever starts the hotel; waiting (for the delays of a
//! fault plan) happens in [`wait`] and nowhere else. The two spellings of a date-time that the wire knows
//! (`contract.md 1.7`) are made here too.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// Tells the present moment. Cheap to clone; may be called from any thread.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The computer's own clock.
#[expect(clippy::disallowed_methods, reason = "the seam: every other place is handed a `Now`")]
pub fn system_now() -> Now {
    Arc::new(Timestamp::now)
}

/// Waits for real time to pass, as a slow network or a busy server would make its client wait.
#[expect(clippy::disallowed_methods, reason = "the seam: the delays of a fault plan are real")]
pub(crate) async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

/// A stored moment as a serializer writes it: `2026-11-20T22:57:00.019773Z`, the fraction left out when it is zero.
pub(crate) fn serialized(micros: i64) -> String {
    spelled(from_micros(micros), "Z")
}

/// A moment as a hand-written payload has it: `2026-11-20T23:02:47.524367+00:00`.
pub(crate) fn handwritten(moment: Timestamp) -> String {
    spelled(moment, "+00:00")
}

/// Microseconds since the epoch, the form in which the store keeps moments.
pub(crate) fn to_micros(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// The inverse of [`to_micros`]; a number outside the calendar becomes the epoch.
pub(crate) fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}

fn spelled(moment: Timestamp, zone: &str) -> String {
    let seconds = moment.strftime("%Y-%m-%dT%H:%M:%S");
    match moment.as_microsecond().rem_euclid(1_000_000) {
        0 => format!("{seconds}{zone}"),
        micros => format!("{seconds}.{micros:06}{zone}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_has_six_digits_and_is_left_out_when_zero() {
        let whole = Timestamp::from_microsecond(1_795_215_420_000_000).unwrap();
        let broken = Timestamp::from_microsecond(1_795_215_420_019_773).unwrap();
        assert_eq!(serialized(to_micros(whole)), "2026-11-20T22:57:00Z");
        assert_eq!(serialized(to_micros(broken)), "2026-11-20T22:57:00.019773Z");
        assert_eq!(handwritten(broken), "2026-11-20T22:57:00.019773+00:00");
    }
}
