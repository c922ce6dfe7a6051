//! The connection as screens show it: an outage of a few seconds is not shown.
//!
//! The known connection changes at once. The screen shows a loss only after [`HOLD`]. Until then it
//! shows that the hotel is being checked, and the previous state of the live connection. Only the loss of a working
//! connection is held back: a connection that never worked, was refused or was switched off is shown as it is.
//! Sending, reading and diagnostics use the known connection.

use std::time::Duration;

use super::spread::FIRST_WAIT;
use crate::views::LiveState;

/// The time for which a loss is not shown. It covers the first wait, the two additional seconds for a server that
/// announces its restart (1012, 1013), and the handshake after them. The loss of a server that is back at once is
/// never shown.
pub const HOLD: Duration = FIRST_WAIT.saturating_add(Duration::from_secs(3));

/// Losses within this time count as one outage, from the first loss on.
const PIECES: Duration = Duration::from_secs(60);

/// A lost connection, with monotonic times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Loss {
    /// Whether the connection is lost now.
    lasts: bool,
    /// The beginning of the outage, and the time of the last loss.
    times: Option<(Duration, Duration)>,
}

impl Loss {
    fn begin(&mut self, now: Duration) {
        let begun = match self.times {
            Some((begun, latest)) if now.saturating_sub(latest) < PIECES => begun,
            _ => now,
        };
        *self = Self { lasts: true, times: Some((begun, now)) };
    }

    fn begun(self) -> Option<Duration> {
        self.times.filter(|_| self.lasts).map(|(begun, _)| begun)
    }
}

/// The connection, as it is known or as screens show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// Whether the hotel can be reached; `None` before the first exchange, and while a loss is held back.
    pub online: Option<bool>,
    /// The state of the live connection.
    pub live: Option<LiveState>,
    /// The reason why the live connection is down.
    pub live_cause: Option<String>,
}

/// The lost connections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Losses {
    hotel: Loss,
    live: Loss,
}

impl Losses {
    /// Updates the losses from a change of the known connection.
    pub fn follow(&mut self, before: &Connection, after: &Connection, now: Duration) {
        match (before.online, after.online) {
            (Some(true), Some(false)) => self.hotel.begin(now),
            (_, Some(false)) => {}
            _ => self.hotel.lasts = false,
        }
        match (before.live, after.live) {
            (Some(LiveState::Live), Some(LiveState::Connecting)) => self.live.begin(now),
            (_, Some(LiveState::Connecting)) => {}
            _ => self.live.lasts = false,
        }
    }

    /// Returns the connection to show at this monotonic time.
    pub fn shown(&self, known: Connection, now: Duration) -> Connection {
        let is_held = |lost: Option<Duration>| lost.is_some_and(|lost| now < lost + HOLD);
        let online = if is_held(self.hotel.begun()) { None } else { known.online };
        if is_held(self.live.begun()) {
            return Connection { online, live: Some(LiveState::Live), live_cause: None };
        }
        Connection { online, ..known }
    }

    /// Returns the time at which a held-back loss must be shown, if there is one.
    pub fn held_until(&self, now: Duration) -> Option<Duration> {
        let begun = [self.hotel.begun(), self.live.begun()];
        let ends = begun.into_iter().flatten().map(|lost| lost + HOLD);
        ends.filter(|end| now < *end).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// The known connection and its losses.
    #[derive(Clone, Default)]
    struct State {
        known: Connection,
        losses: Losses,
    }

    impl State {
        fn shown(&self, now: Duration) -> Connection {
            self.losses.shown(self.known.clone(), now)
        }

        fn held_until(&self, now: Duration) -> Option<Duration> {
            self.losses.held_until(now)
        }
    }

    fn working() -> Connection {
        Connection { online: Some(true), live: Some(LiveState::Live), live_cause: None }
    }

    fn live() -> State {
        State { known: working(), losses: Losses::default() }
    }

    fn changed(from: &State, now: Duration, change: impl FnOnce(&mut Connection)) -> State {
        let mut to = from.clone();
        change(&mut to.known);
        to.losses.follow(&from.known, &to.known, now);
        to
    }

    fn lose(known: &mut Connection) {
        (known.online, known.live) = (Some(false), Some(LiveState::Connecting));
        known.live_cause = Some("gone".to_owned());
    }

    #[test]
    fn every_server_that_is_back_at_once_is_back_before_its_loss_would_be_shown() {
        let timing = crate::engine::spread::timing();
        // 1012 and 1013 have the longest wait: twice the floor, and then a random time (`pusher`, checks 22 to 26).
        let longest = 2 * timing.backoff_floor + timing.backoff_first.max(timing.at_once_spread);
        assert!(HOLD >= longest + SECOND, "{longest:?}");
    }

    #[test]
    fn an_outage_in_pieces_is_shown_although_no_piece_is_long() {
        let lost = changed(&live(), SECOND, lose);
        let back = changed(&lost, 5 * SECOND, |known| known.online = Some(true));
        assert_eq!(back.shown(5 * SECOND).online, Some(true), "its end is shown at once");
        let again = changed(&back, 8 * SECOND, |known| known.online = Some(false));
        assert_eq!(again.shown(SECOND + HOLD).online, Some(false));
        let healed = changed(&again, 12 * SECOND, |known| known.online = Some(true));
        let later = changed(&healed, 8 * SECOND + PIECES, |known| known.online = Some(false));
        assert_eq!(later.shown(7 * SECOND + PIECES + HOLD).online, None, "a new outage");
    }

    #[test]
    fn a_loss_is_shown_once_it_has_lasted() {
        let lost = changed(&live(), SECOND, lose);
        assert_eq!(lost.shown(HOLD), Connection { online: None, ..live().shown(HOLD) });
        assert_eq!(lost.held_until(HOLD), Some(SECOND + HOLD));
        let end = SECOND + HOLD;
        let cause = Some("gone".to_owned());
        assert_eq!(
            lost.shown(end),
            Connection { online: Some(false), live: Some(LiveState::Connecting), live_cause: cause }
        );
        assert_eq!(lost.held_until(end), None);
    }

    #[test]
    fn a_loss_counts_from_its_beginning_however_often_it_is_told_again() {
        let lost = changed(&live(), SECOND, lose);
        let again = changed(&lost, 3 * SECOND, |known| known.live_cause = Some("refused".to_owned()));
        assert_eq!(again.held_until(3 * SECOND), Some(SECOND + HOLD));
    }

    #[test]
    fn a_recovery_ends_the_hold() {
        let lost = changed(&live(), SECOND, lose);
        let back = changed(&lost, 2 * SECOND, |known| *known = working());
        assert_eq!((back.held_until(2 * SECOND), back.shown(2 * SECOND)), (None, live().shown(SECOND)));
        assert_eq!(back.shown(2 * SECOND).online, Some(true));
    }

    #[test]
    fn what_never_stood_or_was_refused_is_shown_at_once() {
        let first = changed(&State::default(), SECOND, lose);
        assert_eq!(first.shown(SECOND).live, Some(LiveState::Connecting));
        assert_eq!(first.shown(SECOND).online, Some(false));
        let refused = changed(&live(), SECOND, |known| known.live = Some(LiveState::Refused));
        assert_eq!(refused.shown(SECOND).live, Some(LiveState::Refused));
    }
}
