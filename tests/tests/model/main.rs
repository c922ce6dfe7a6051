//! The model test: two desks at one hotel under the whole fault plan.
//!
//! Random steps (wishes, syncs, syncs that are cut off in the middle, restarts, clocks that jump, a hotel that
//! fails in every way it can) are followed by calm: the faults stop, and both desks sync until nothing moves.
//!
//! *Safety*, after every step: what a person wished last is what their own screen shows, until the hotel
//! has taken it.
//!
//! *Liveness*, after the calm: nothing waits any more; every accepted wish has been at the hotel, or was
//! replaced by a newer one of the same person, or is listed for a person to decide; every create is there
//! exactly once; both screens show what the hotel has; both databases are sound.
//!
//! `DESK_MODEL_CASES` sets the number of cases; with it they are drawn anew each time, without it the same ones
//! are tried in every run. A failing seed is kept beside this file and tried first.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod account;
mod machine;
mod steps;

use proptest::test_runner::{Config, FileFailurePersistence, RngSeed};
use proptest_state_machine::prop_state_machine;

use machine::TwoDesks;

/// Cases in a normal run.
const NORMAL: u32 = 128;

fn config(seed: u64) -> Config {
    let asked: Option<u32> = std::env::var("DESK_MODEL_CASES").ok().and_then(|text| text.parse().ok());
    Config {
        // Two tests run side by side; together they try this many.
        cases: asked.unwrap_or(NORMAL) / 2,
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(seed) },
        max_shrink_iters: 40,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/model/regressions.txt"
        )))),
        ..Config::default()
    }
}

prop_state_machine! {
    #![proptest_config(config(1))]

    #[test]
    fn no_wish_is_lost_or_doubled_whatever_fails(sequential 60..75 => TwoDesks);
}

prop_state_machine! {
    #![proptest_config(config(2))]

    #[test]
    fn no_wish_is_lost_or_doubled_whatever_fails_once_more(sequential 60..75 => TwoDesks);
}
