//! The model test: two desks at one hotel under the whole fault plan.
//!
//! Random steps (intents, syncs, syncs that are cut off in the middle, restarts, clocks that jump, sign-ins that end, a
//! hotel that fails in every possible way) are followed by a quiet time: the faults stop, a person enters the password
//! where it is needed, and both desks sync until nothing changes. In some of the cases the desks are those of the
//! application: they listen, read and send by themselves while events are lost, doubled, late and out of order, and in
//! the quiet time no person presses anything.
//!
//! *Safety*, after every step: a person's screen shows the person's last value until the hotel has accepted it, and the
//! intents of one desk about one field reach the hotel in their order.
//!
//! *Liveness*, after the quiet time: nothing waits any more; every accepted intent has been at the hotel, or was
//! replaced by a newer one of the same person, or is listed for a person to decide; every create is there exactly once;
//! both screens show the hotel's content; both databases are sound.
//!
//! Every case has a number, its seed. By default every run has the same cases, and begins with those that failed once.
//! `DESK_MODEL_STEPS` is the total number of steps, in cases that are drawn anew each time; `DESK_MODEL_SEED` runs one
//! case again, whose seed a failing run prints.

mod account;
mod cases;
mod chat;
mod duty;
mod faults;
mod gallery;
mod machine;
mod people;
mod steps;
mod test_desk;
mod verdict;

use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use cases::Cases;
use machine::{Steps, TwoDesks};

/// Cases of manual desks. Each spends much of its time waiting for its clock.
const MANUAL: Cases = Cases {
    test: "no_intent_is_lost_or_doubled_whatever_fails",
    normal: 96,
    percent: 65,
    steps: 67,
    side_by_side: 4,
    failed_once: &[],
};

/// Cases of desks that work by themselves.
const LIVE: Cases = Cases {
    test: "desks_that_work_by_themselves_lose_and_double_nothing_whatever_becomes_of_the_events",
    normal: 16,
    percent: 10,
    side_by_side: 2,
    ..MANUAL
};

fn try_cases<const LIVE: bool>(cases: &Cases) {
    let steps = Steps::<LIVE>::sequential_strategy(60..75);
    cases.run(&steps, |config, (start, steps, seen)| {
        TwoDesks::<LIVE>::test_sequential(config.clone(), start, steps, seen);
    });
}

#[test]
fn no_intent_is_lost_or_doubled_whatever_fails() {
    try_cases::<false>(&MANUAL);
}

#[test]
fn desks_that_work_by_themselves_lose_and_double_nothing_whatever_becomes_of_the_events() {
    try_cases::<true>(&LIVE);
}
