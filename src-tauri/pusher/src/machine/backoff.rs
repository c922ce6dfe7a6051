//! How long to wait after a link was lost, by cause.
//!
//! The ceiling doubles with every attempt and falls back only after a link has lasted (checks 47, 49);
//! the wait is spread evenly over everything below it, so that a thousand clients of one server do not
//! come back together (check 48). One reconnect "at once" is granted per healthy period; a server that
//! asks for it again and again gets the growing waits (checks 22 to 24). Besides, no more than
//! [`Timing::attempt_limit`] attempts fall into any [`Timing::attempt_window`], whatever the dice say.

use std::collections::VecDeque;
use std::time::Duration;

use rand::{Rng, RngExt};

use crate::config::Timing;
use crate::status::{Cause, CauseKind};

/// With how many attempts left in the window waits begin to be paced.
const ATTEMPTS_SHARED: usize = 2;

/// What a cause leads to: a wait before it is rolled, or none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plan {
    /// Repeating cannot help (check 17).
    Refuse,
    /// Under half a second, if this healthy period still has its one such reconnect.
    AtOnce,
    /// The growing, spread waits.
    Grow {
        /// Added in front.
        floor: Duration,
        /// The ceiling is at least this.
        ceiling: Duration,
    },
    /// Minutes, spread (checks 11, 19). Good news about the network counts only where the network may
    /// have been the reason.
    Slow { cuttable: bool },
    /// What the server asked for, but no less than the growing waits, spread a little to the later side (check 14): a
    /// server that asks for no wait again and again is not asked every few seconds.
    RetryAfter(Duration),
}

/// A wait that was rolled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wait {
    pub until: Duration,
    pub cuttable: bool,
}

const GROW: Plan = Plan::Grow { floor: Duration::ZERO, ceiling: Duration::ZERO };

/// What `cause` leads to, apart from the switch to TLS.
pub(super) fn plan(cause: &Cause, timing: &Timing) -> Plan {
    if let Some(asked) = cause.retry_after {
        return Plan::RetryAfter(asked.min(timing.retry_after_max));
    }
    match (cause.kind, cause.code) {
        (CauseKind::Certificate, _) => Plan::Slow { cuttable: true },
        (CauseKind::PingTimeout, _) => Plan::AtOnce,
        // The address or the key is wrong, or something in between answers for the server.
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
        // Over quota, and codes of the same family that nobody has documented.
        4002 | 4004 | 4010..=4099 => Plan::Slow { cuttable: false },
        4100..=4199 => Plan::Grow { floor: timing.backoff_floor, ceiling: Duration::ZERO },
        4200..=4299 => Plan::AtOnce,
        // Restarting, or asked to come back later.
        1012 | 1013 => Plan::Grow { floor: 2 * timing.backoff_floor, ceiling: 8 * timing.backoff_floor },
        _ => GROW,
    }
}

/// The memory behind the waits.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
    at_once_used: bool,
    /// Monotonic times of the latest attempts, oldest first.
    recent: VecDeque<Duration>,
}

impl Backoff {
    /// A link has lasted long enough to trust the server again.
    pub fn healthy(&mut self) {
        self.failures = 0;
        self.at_once_used = false;
    }

    /// A person starts over.
    pub fn start_over(&mut self) {
        self.failures = 0;
        self.recent.clear();
    }

    /// An attempt begins, other than one that a person did not want to wait for.
    pub fn opened(&mut self, mono: Duration, timing: &Timing) {
        self.recent.push_back(mono);
        while self.recent.len() > timing.attempt_limit {
            self.recent.pop_front();
        }
    }

    /// Rolls the wait after a failure, if there is one.
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

    /// The time of an attempt that good news brought forward (check 50). It may use up the window down to
    /// the last attempt.
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

    /// The least wait that keeps the limit on attempts in a window (checks 23, 24). It is zero until the
    /// dice have used up most of the window's attempts; what is left of the window is then shared among
    /// those that remain, so that no single wait becomes long and no fleet is released at one moment.
    fn pace(&self, mono: Duration, timing: &Timing) -> Duration {
        let left = self.left(mono, timing);
        if left > ATTEMPTS_SHARED {
            return Duration::ZERO;
        }
        let oldest = self.inside(mono, timing).next().unwrap_or_default();
        let window_left = (oldest + timing.attempt_window).saturating_sub(mono);
        window_left / u32::try_from(left + 1).unwrap_or(u32::MAX)
    }

    /// How many attempts the window still has room for.
    fn left(&self, mono: Duration, timing: &Timing) -> usize {
        timing.attempt_limit.saturating_sub(self.inside(mono, timing).count())
    }

    fn inside(&self, mono: Duration, timing: &Timing) -> impl Iterator<Item = Duration> {
        let window = timing.attempt_window;
        self.recent.iter().copied().filter(move |&at| mono < at + window)
    }
}

/// A time spread evenly from zero to `ceiling`.
pub(super) fn below(ceiling: Duration, rng: &mut impl Rng) -> Duration {
    ceiling.mul_f64(rng.random::<f64>())
}
