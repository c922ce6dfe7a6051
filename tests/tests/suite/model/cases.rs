//! The cases of a property: their choice, and the repeat of a case that failed.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// The number of failures after which a run ends; more would show nothing new.
const ENOUGH: usize = 4;
/// The number of tries to make a failing case smaller.
const SHRINKS: u32 = 40;

/// The choice of the cases of one property. Its seed alone determines a case.
#[derive(Debug, Clone, Copy)]
pub struct Cases {
    /// The name of the test, for the repeat of a case.
    pub test: &'static str,
    /// The number of cases in a normal run.
    pub normal: u64,
    /// The share of all steps for this property, in percent.
    pub percent: u64,
    /// The average number of steps of a case.
    pub steps: u64,
    /// The number of cases that run at the same time.
    pub side_by_side: usize,
    /// The seeds of cases that failed once, which are run first.
    pub failed_once: &'static [u64],
}

impl Cases {
    fn seeds(&self) -> Vec<u64> {
        if let Some(seed) = number("DESK_MODEL_SEED") {
            return vec![seed];
        }
        match number("DESK_MODEL_STEPS") {
            Some(steps) => {
                let first =
                    u64::from(u32::try_from(RandomState::new().hash_one(0) >> 32).unwrap_or_default());
                (first..first + (steps * self.percent).div_ceil(100 * self.steps)).collect()
            }
            None => self.failed_once.iter().copied().chain(0..self.normal).collect(),
        }
    }

    /// Runs the cases.
    ///
    /// # Panics
    /// If a case fails, with its seed.
    pub fn run<S>(&self, strategy: &S, case: impl Fn(&Config, S::Value) + Sync)
    where
        S: Strategy + Sync,
    {
        let seeds = self.seeds();
        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..self.side_by_side.min(seeds.len()) {
                scope.spawn(|| {
                    while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::SeqCst)) {
                        let failure = try_one(*seed, strategy, &case);
                        let mut failures = failures.lock().unwrap();
                        if let Err(failure) = failure {
                            eprintln!("DESK_MODEL_SEED={seed} cargo xtask test {}\n{failure}", self.test);
                            failures.push(*seed);
                        }
                        if failures.len() >= ENOUGH {
                            return;
                        }
                    }
                });
            }
        });
        let failures = failures.into_inner().unwrap();
        let tried = next.into_inner().min(seeds.len());
        assert!(failures.is_empty(), "of {tried} cases those of these seeds failed: {failures:?}");
    }
}

fn try_one<S: Strategy>(seed: u64, strategy: &S, case: impl Fn(&Config, S::Value)) -> Result<(), String> {
    let config = Config {
        cases: 1,
        rng_seed: RngSeed::Fixed(seed),
        max_shrink_iters: SHRINKS,
        failure_persistence: None,
        ..Config::default()
    };
    let tried = TestRunner::new(config.clone()).run(strategy, |steps| {
        case(&config, steps);
        Ok(())
    });
    tried.map_err(|failure| failure.to_string())
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not “{text}”")))
}
