//! Applies a fault plan to requests, events and sockets.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{Action, FaultPlan, Kind, Match, Rule};

/// The active plan, with the counts of its rules.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    in_force: Mutex<InForce>,
}

#[derive(Debug, Default)]
struct InForce {
    plan: FaultPlan,
    counts: Vec<Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    seen: u64,
    struck: u64,
}

/// The faults of one request.
#[derive(Debug, Default)]
pub(crate) struct RequestVerdict {
    pub(crate) delay: Duration,
    /// True if the request loses its sign-in.
    pub(crate) sign_in_lost: bool,
    /// The action in place of the request's work.
    pub(crate) before: Option<Action>,
    /// The action on the answer after the work.
    pub(crate) after: Option<Action>,
}

/// The faults of one event.
#[derive(Debug, Default)]
pub(crate) struct EventVerdict {
    pub(crate) hang: Option<Duration>,
    pub(crate) lost: bool,
    pub(crate) doubled: bool,
    pub(crate) late: Option<Duration>,
    pub(crate) reordered: bool,
}

impl Faults {
    pub(crate) fn new(seed: u64, plan: FaultPlan) -> Self {
        let faults = Self { seed, in_force: Mutex::default() };
        faults.set(plan);
        faults
    }

    /// Activates a plan, with all counts at zero.
    pub(crate) fn set(&self, plan: FaultPlan) {
        let counts = vec![Count::default(); plan.rules.len()];
        *self.in_force.lock().unwrap_or_else(PoisonError::into_inner) = InForce { plan, counts };
    }

    pub(crate) fn plan(&self) -> FaultPlan {
        self.in_force.lock().unwrap_or_else(PoisonError::into_inner).plan.clone()
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestVerdict {
        let mut verdict = RequestVerdict::default();
        for action in self.strikes(Kind::Request, |rule| rule.takes_request(method, path)) {
            match action {
                Action::DelayMs(time) => verdict.delay += Duration::from_millis(time),
                Action::SignInLost => verdict.sign_in_lost = true,
                Action::DropBeforeCommit
                | Action::Status(_)
                | Action::CommitLate(_)
                | Action::RateLimited { .. }
                | Action::Unauthorized => drop(verdict.before.get_or_insert(action)),
                after => drop(verdict.after.get_or_insert(after)),
            }
        }
        verdict
    }

    pub(crate) fn event(&self, name: &str) -> EventVerdict {
        let mut verdict = EventVerdict::default();
        for action in
            self.strikes(Kind::Event, |rule| rule.event.as_deref().is_none_or(|wanted| wanted == name))
        {
            match action {
                Action::EventLost => verdict.lost = true,
                Action::EventDoubled => verdict.doubled = true,
                Action::EventDelayedMs(time) => verdict.late = Some(Duration::from_millis(time)),
                Action::EventReordered => verdict.reordered = true,
                Action::EventHostHangingMs(time) => verdict.hang = Some(Duration::from_millis(time)),
                _ => {}
            }
        }
        verdict
    }

    /// Returns the action on a new socket.
    pub(crate) fn socket(&self, path: &str) -> Option<Action> {
        self.strikes(Kind::Socket, |rule| rule.takes_request("GET", path)).into_iter().next()
    }

    fn strikes(&self, kind: Kind, takes: impl Fn(&Match) -> bool) -> Vec<Action> {
        let mut in_force = self.in_force.lock().unwrap_or_else(PoisonError::into_inner);
        let InForce { plan, counts } = &mut *in_force;
        let seed = plan.seed.unwrap_or(self.seed);
        plan.rules
            .iter()
            .zip(counts)
            .enumerate()
            .filter(|(_, (rule, _))| rule.action.kind() == kind && takes(&rule.matching))
            .filter_map(|(index, (rule, count))| {
                count.seen += 1;
                rule.strikes(*count, chance(seed, index, count.seen)).then(|| {
                    count.struck += 1;
                    rule.action.clone()
                })
            })
            .collect()
    }
}

/// Returns a number in 0..1 that depends only on the arguments.
fn chance(seed: u64, rule: usize, seen: u64) -> f64 {
    let mixed = seed ^ (rule as u64).rotate_left(48) ^ seen.rotate_left(16);
    StdRng::seed_from_u64(mixed).random()
}

impl Rule {
    fn strikes(&self, count: Count, chance: f64) -> bool {
        count.seen >= self.from_request
            && self.times.is_none_or(|times| count.struck < times)
            && chance < self.probability
    }
}

impl Match {
    fn takes_request(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_deref().is_none_or(|pattern| covers(pattern, path))
    }
}

fn covers(pattern: &str, path: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return path.contains(pattern) };
    let Some(mut left) = path.strip_prefix(head) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let tail = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_and_the_rest_must_fit() {
        assert!(covers("*/offers/", "/api/staff/hotel/killarney/offers/"));
        assert!(!covers("*/offers/", "/api/staff/hotel/killarney/offers/3/"));
        assert!(covers("/api/*/offers/*/upload-image/", "/api/staff/offers/3/upload-image/"));
        assert!(covers("/offers/", "/api/offers/3/?x=1"));
        assert!(!covers("/apis*", "/api/offers/"));
    }

    #[test]
    fn a_rule_strikes_from_its_first_request_and_so_many_times() {
        let rule = Rule::new(Action::Unauthorized).path("/offers/").from_request(3).times(2);
        let faults = Faults::new(1, FaultPlan::of([rule]));
        let struck: Vec<bool> = (0..6).map(|_| faults.request("GET", "/offers/").before.is_some()).collect();
        assert_eq!(struck, [false, false, true, true, false, false]);
    }

    #[test]
    fn the_same_seed_strikes_in_the_same_places() {
        let strikes = |seed| -> Vec<bool> {
            let plan = FaultPlan::of([Rule::new(Action::EventLost).probability(0.5)]);
            let faults = Faults::new(seed, plan);
            (0..64).map(|_| faults.event("offer-created").lost).collect()
        };
        assert_eq!(strikes(7), strikes(7));
        assert_ne!(strikes(7), strikes(8));
        let count = strikes(7).iter().filter(|struck| **struck).count();
        assert!((16..48).contains(&count), "{count} of 64 at one half");
    }

    #[test]
    fn a_rule_that_could_never_strike_is_refused() {
        let plan = FaultPlan::from_json(r#"{"rules":[{"match":{"event":"x"},"action":{"delay_ms":1}}]}"#);
        assert_eq!(
            plan.unwrap_err().to_string(),
            "rule 1 of the fault plan matches an event but is not about events"
        );
    }
}
