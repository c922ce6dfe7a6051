//! The demo hotel's only access to time.
//!
//! The present time comes from a [`Now`] that the caller passes in at the start; waits (for the delays of a fault plan)
//! happen in [`wait`] and nowhere else. This module also writes the two forms of a date-time on the wire (`contract.md
//! 1.7`).

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// Returns the present moment. Cheap to clone; may be called from any thread.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The computer's own clock.
#[expect(clippy::disallowed_methods, reason = "the seam: every other place is handed a `Now`")]
pub fn system_now() -> Now {
    Arc::new(Timestamp::now)
}

/// Waits in real time, as a slow network or a busy server makes its client wait.
#[expect(clippy::disallowed_methods, reason = "the seam: the delays of a fault plan are real")]
pub(crate) async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Formats a stored moment as a serializer does: `2026-11-20T22:57:00.019773Z`, without the fraction if it is zero.
pub(crate) fn serialized(micros: i64) -> String {
    spelled(from_micros(micros), "Z")
}

/// Formats a moment as in a hand-written payload: `2026-11-20T23:02:47.524367+00:00`.
pub(crate) fn handwritten(moment: Timestamp) -> String {
    spelled(moment, "+00:00")
}

/// Converts a moment to microseconds since the epoch, the form in the store.
pub(crate) fn to_micros(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// Reverses [`to_micros`]; a number outside the calendar becomes the epoch.
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
