//! The waits after a lost link, by cause.
//!
//! The ceiling doubles with every attempt and is reset only after a link has lasted (checks 47, 49). The wait is spread
//! evenly over everything below it, so that a thousand clients of one server do not come back together (check 48). One
//! reconnect "at once" is granted per healthy period; a server that asks for it repeatedly gets the growing waits
//! (checks 22 to 24). In addition, no more than [`Timing::attempt_limit`] attempts fall into any
//! [`Timing::attempt_window`], whatever the random numbers are.

use std::collections::VecDeque;
use std::time::Duration;

use rand::{Rng, RngExt};

use crate::config::Timing;
use crate::status::{Cause, CauseKind};

/// The number of attempts left in the window at which waits begin to be paced.
const ATTEMPTS_SHARED: usize = 2;

/// The consequence of a cause: a wait without its random part, or none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plan {
    /// Repeating cannot help (check 17).
    Refuse,
    /// Under half a second, if this healthy period has not used its only such reconnect.
    AtOnce,
    /// The growing, spread waits.
    Grow {
        /// Added in front.
        floor: Duration,
        /// The ceiling is at least this.
        ceiling: Duration,
    },
    /// Minutes, spread (checks 11, 19). Good news about the network shortens the wait only if the network may have been
    /// the reason.
    Slow { cuttable: bool },
    /// The wait that the server asked for, but no less than the growing waits, spread a little to the later side (check
    /// 14): a server that repeatedly asks for no wait is not asked every few seconds.
    RetryAfter(Duration),
}

/// A wait with its random part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wait {
    pub until: Duration,
    pub cuttable: bool,
}

const GROW: Plan = Plan::Grow { floor: Duration::ZERO, ceiling: Duration::ZERO };

/// Returns the consequence of `cause`, apart from the switch to TLS.
pub(super) fn plan(cause: &Cause, timing: &Timing) -> Plan {
    if let Some(asked) = cause.retry_after {
        return Plan::RetryAfter(asked.min(timing.retry_after_max));
    }
    match (cause.kind, cause.code) {
        (CauseKind::Certificate, _) => Plan::Slow { cuttable: true },
        (CauseKind::PingTimeout, _) => Plan::AtOnce,
        // The address or the key is wrong, or a program in between answers for the server.
        (CauseKind::HttpStatus, Some(400..=499)) => {
            Plan::Grow { floor: timing.backoff_floor, ceiling: timing.backoff_cap }
        }
        (CauseKind::HttpStatus, _) => GROW,
        (_, Some(code)) => close_code(code, timing),
        _ => GROW,
    }
}

fn close_code(code: u16, timing: &Timing) -> Plan {
    match code {
        4000 | 4001 | 4003 | 4005..=4008 => Plan::Refuse,
        4009 => GROW,
        // Over quota, and undocumented codes of the same family.
        4002 | 4004 | 4010..=4099 => Plan::Slow { cuttable: false },
        4100..=4199 => Plan::Grow { floor: timing.backoff_floor, ceiling: Duration::ZERO },
        4200..=4299 => Plan::AtOnce,
        // Restarting, or the server asked for a later attempt.
        1012 | 1013 => Plan::Grow { floor: 2 * timing.backoff_floor, ceiling: 8 * timing.backoff_floor },
        _ => GROW,
    }
}

/// The data behind the waits.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
    at_once_used: bool,
    /// Monotonic times of the latest attempts, oldest first.
    recent: VecDeque<Duration>,
}

impl Backoff {
    /// Notes that a link has lasted long enough to trust the server again.
    pub fn healthy(&mut self) {
        self.failures = 0;
        self.at_once_used = false;
    }

    /// Resets the waits after a person's action.
    pub fn start_over(&mut self) {
        self.failures = 0;
        self.recent.clear();
    }

    /// Notes the begin of an attempt. Attempts that a person started instead of waiting do not count.
    pub fn opened(&mut self, mono: Duration, timing: &Timing) {
        self.recent.push_back(mono);
        while self.recent.len() > timing.attempt_limit {
            self.recent.pop_front();
        }
    }

    /// Chooses the wait after a failure, if there is one.
    pub fn wait(&mut self, plan: &Plan, mono: Duration, timing: &Timing, rng: &mut impl Rng) -> Option<Wait> {
        let pace = self.pace(mono, timing);
        let (wait, cuttable) = match *plan {
            Plan::Refuse => return None,
            Plan::AtOnce if !self.at_once_used => {
                self.at_once_used = true;
                (pace + below(timing.at_once_spread, rng), true)
            }
            Plan::AtOnce => (self.grow(pace, Duration::ZERO, timing, rng), true),
            Plan::Grow { floor, ceiling } => (floor + self.grow(pace, ceiling, timing, rng), true),
            Plan::Slow { cuttable } => {
                let spread = timing.slow_max.saturating_sub(timing.slow_min);
                (timing.slow_min + below(spread, rng), cuttable)
            }
            Plan::RetryAfter(asked) => {
                let grown = self.grow(pace, Duration::ZERO, timing, rng);
                (asked.max(grown) + below(timing.backoff_first, rng), false)
            }
        };
        Some(Wait { until: mono + wait, cuttable })
    }

    /// Returns the time of an attempt that good news brought forward (check 50). It may use up the window down to the
    /// last attempt.
    pub fn hurry(&self, mono: Duration, timing: &Timing, rng: &mut impl Rng) -> Duration {
        let pace =
            if self.left(mono, timing) >= ATTEMPTS_SHARED { Duration::ZERO } else { self.pace(mono, timing) };
        mono + pace + below(timing.hurry_spread, rng)
    }

    fn grow(&mut self, pace: Duration, at_least: Duration, timing: &Timing, rng: &mut impl Rng) -> Duration {
        let doubled = 2u32.saturating_pow(self.failures);
        let ceiling = timing.backoff_first.saturating_mul(doubled).max(at_least).min(timing.backoff_cap);
        self.failures = self.failures.saturating_add(1);
        pace + below(ceiling.saturating_sub(pace).max(timing.backoff_first), rng)
    }

    /// Returns the shortest wait that keeps the limit on attempts in a window (checks 23, 24). It is zero until most of
    /// the window's attempts are used. Then the remaining attempts share the rest of the window, so that no single wait
    /// becomes long and not all clients are released at one moment.
    fn pace(&self, mono: Duration, timing: &Timing) -> Duration {
        let left = self.left(mono, timing);
        if left > ATTEMPTS_SHARED {
            return Duration::ZERO;
        }
        let oldest = self.inside(mono, timing).next().unwrap_or_default();
        let window_left = (oldest + timing.attempt_window).saturating_sub(mono);
        window_left / u32::try_from(left + 1).unwrap_or(u32::MAX)
    }

    /// Returns the number of attempts that the window still allows.
    fn left(&self, mono: Duration, timing: &Timing) -> usize {
        timing.attempt_limit.saturating_sub(self.inside(mono, timing).count())
    }

    fn inside(&self, mono: Duration, timing: &Timing) -> impl Iterator<Item = Duration> {
        let window = timing.attempt_window;
        self.recent.iter().copied().filter(move |&at| mono < at + window)
    }
}

/// Returns a random time from zero to `ceiling`, evenly distributed.
pub(super) fn below(ceiling: Duration, rng: &mut impl Rng) -> Duration {
    ceiling.mul_f64(rng.random::<f64>())
}
