//! The model test: two desks at one hotel under the whole fault plan.
//!
//! Random steps (intents, syncs, syncs that are cut off in the middle, restarts, clocks that jump, sign-ins that
//! end, a hotel that fails in every way it can) are followed by calm: the faults stop, a person enters the
//! password where it is asked for, and both desks sync until nothing moves. In a part of the cases the desks are
//! those of the application: they listen, read and send by themselves while events are lost, doubled, late and
//! out of order, and after the calm nobody presses anything.
//!
//! *Safety*, after every step: what a person wished last is what their own screen shows, until the hotel
//! has taken it; and the intents of one desk about one field come to the hotel in their order.
//!
//! *Liveness*, after the calm: nothing waits any more; every accepted intent has been at the hotel, or was
//! replaced by a newer one of the same person, or is listed for a person to decide; every create is there
//! exactly once; both screens show what the hotel has; both databases are sound.
//!
//! `DESK_MODEL_CASES` sets the number of cases; with it they are drawn anew each time, without it the same ones
//! are tried in every run. A failing seed is kept beside this file and tried first.

mod account;
mod faults;
mod gallery;
mod machine;
mod persistence;
mod steps;
mod test_desk;
mod verdict;

use proptest::test_runner::{Config, RngSeed, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use machine::{Steps, TwoDesks};
use persistence::Seeds;

/// Cases in a normal run: of desks that move when asked, and of desks that work by themselves. `cargo xtask test long`
/// tries some twenty times as many.
const NORMAL: [u32; 2] = [96, 16];
/// Cases that run side by side: much of each one's time is spent waiting for its clock.
const SIDE_BY_SIDE: [u32; 2] = [4, 2];

/// Tries this property's share of all cases.
fn try_cases<const LIVE: bool>() {
    let asked: Option<u32> = std::env::var("DESK_MODEL_CASES").ok().and_then(|text| text.parse().ok());
    let (normal, workers) = (NORMAL[usize::from(LIVE)], SIDE_BY_SIDE[usize::from(LIVE)]);
    let cases = asked.map_or(normal, |all| (all * normal).div_ceil(NORMAL[0] + NORMAL[1]));
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let share = cases / workers + u32::from(worker < cases % workers);
            let config = Config {
                cases: share,
                rng_seed: match asked {
                    Some(_) => RngSeed::Random,
                    None => RngSeed::Fixed(u64::from(worker)),
                },
                max_shrink_iters: 40,
                failure_persistence: Some(Box::new(Seeds::of(LIVE, worker == 0))),
                ..Config::default()
            };
            scope.spawn(move || {
                let steps = Steps::<LIVE>::sequential_strategy(60..75);
                let run = TestRunner::new(config.clone()).run(&steps, |(start, steps, seen)| {
                    TwoDesks::<LIVE>::test_sequential(config.clone(), start, steps, seen);
                    Ok(())
                });
                if let Err(failure) = run {
                    panic!("{failure}");
                }
            });
        }
    });
}

#[test]
fn no_intent_is_lost_or_doubled_whatever_fails() {
    try_cases::<false>();
}

#[test]
fn desks_that_work_by_themselves_lose_and_double_nothing_whatever_becomes_of_the_events() {
    try_cases::<true>();
}
