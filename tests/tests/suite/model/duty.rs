//! The clock under the fault plan: two desks of one person press it, also at the same time, while requests and answers
//! are lost, late or refused.
//!
//! A desk presses at most once for each intent, whatever becomes of the press. After the faults have stopped both desks
//! show the hotel's state. The person knows it too: it is the state of the last intent that ended without a question,
//! or the person was asked, or the history says that the clock was pressed elsewhere.

use demo_hotel::{DemoHotel, Dialect, FaultPlan, Options};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::views::{ActivityKind, ActivityQuery, DutyStatus, DutyView};
use proptest::prelude::*;

use crate::model::cases::Cases;
use crate::model::faults::Fault;
use crate::model::steps::Which;
use crate::model::test_desk::TestDesk;

/// A time after which no request that was lost can still be carried out, in seconds.
const LATER: i64 = 180;
/// The number of tries to read the duty at the end.
const LOOKS: usize = 100;
/// The paths of the two ways to press a clock, and of the reads about it.
const PATHS: [&str; 2] = ["*/clock*", "*/me/"];

#[derive(Debug, Clone)]
enum Step {
    Press {
        desk: Which,
        on: bool,
    },
    /// Both desks at the same time.
    PressBoth {
        on: [bool; 2],
    },
    Fault {
        fault: Fault,
        times: u64,
    },
    Heal,
    Restart {
        desk: Which,
    },
    /// The hotel carries out the postponed requests.
    CarryOut,
    /// The wall clock is set.
    Set {
        seconds: i64,
    },
    Later,
}

fn step() -> impl Strategy<Value = Step> {
    let desk = || 0_usize..2;
    prop_oneof![
        8 => (desk(), any::<bool>()).prop_map(|(desk, on)| Step::Press { desk, on }),
        2 => any::<[bool; 2]>().prop_map(|on| Step::PressBoth { on }),
        5 => (prop::sample::select(Fault::ALL), 1_u64..4).prop_map(|(fault, times)| Step::Fault { fault, times }),
        3 => Just(Step::Heal),
        1 => desk().prop_map(|desk| Step::Restart { desk }),
        2 => Just(Step::CarryOut),
        1 => prop::sample::select(&[-86_400_i64, -60, 60, 86_400][..]).prop_map(|seconds| Step::Set { seconds }),
        1 => Just(Step::Later),
    ]
}

struct Run {
    hotel: DemoHotel,
    desks: [TestDesk; 2],
    clock: FastClock,
    /// The number of intents that the desks have accepted.
    intents: usize,
    /// The wanted state of the last intent that ended without a question, while no later one was unclear.
    confirmed: Option<bool>,
}

impl Run {
    async fn start(seed: u64, dialect: Dialect) -> Self {
        let hotel = DemoHotel::start(Options::default().seed(seed).dialect(dialect)).await.unwrap();
        let clock = FastClock::default();
        let desks = [
            TestDesk::take(&hotel, 0, Mode::Manual, &clock, seed).await,
            TestDesk::take(&hotel, 0, Mode::Manual, &clock, seed.wrapping_add(1)).await,
        ];
        for test_desk in &desks {
            test_desk.desk.sync_until_quiet().await.unwrap();
        }
        hotel.reset_requests();
        Self { hotel, desks, clock, intents: 0, confirmed: None }
    }

    fn presses(&self) -> usize {
        let is_press = |path: &str| {
            ["/clock/", "/unrostered-confirm/", "/force-clock-out/"].iter().any(|end| path.ends_with(end))
        };
        let requests = self.hotel.requests();
        requests.iter().filter(|request| request.method == "POST" && is_press(&request.path)).count()
    }

    async fn take(&mut self, step: Step) {
        let before = self.presses();
        match step {
            Step::Press { desk, on } => {
                self.confirmed = self.press(desk, on).await;
                assert!(self.presses() <= before + 1, "one intent presses once");
            }
            Step::PressBoth { on: [first, second] } => {
                let (one, other) = (&self.desks[0].desk, &self.desks[1].desk);
                let both = tokio::join!(one.carry_out_duty(first), other.carry_out_duty(second));
                drop(both);
                self.intents += 2;
                // Which of the two the hotel has carried out last is not known here.
                self.confirmed = None;
            }
            Step::Fault { fault, times } => {
                let rules = PATHS.into_iter().flat_map(|path| fault.rules(path, times, None));
                self.hotel.set_faults(FaultPlan::of(rules)).unwrap();
            }
            Step::Heal => self.hotel.clear_faults(),
            Step::Restart { desk } => {
                self.desks[desk].desk.close().await;
                self.desks[desk].reopen().await;
            }
            Step::CarryOut => self.hotel.carry_out_late().await,
            Step::Set { seconds } => self.clock.set_wall(seconds),
            Step::Later => self.clock.set_wall(LATER),
        }
    }

    /// Presses and returns the wanted state if the desk says without a question that it is reached.
    async fn press(&mut self, desk: Which, on: bool) -> Option<bool> {
        self.desks[desk].sign_in_if_asked().await;
        let outcome = self.desks[desk].desk.carry_out_duty(on).await;
        if !matches!(&outcome, Err(error) if error.code == ErrorCode::TooLate) {
            self.intents += 1;
        }
        let view = outcome.ok()?;
        let is_reached = view.intent.is_none() && view.status.map(DutyStatus::is_on_duty) == Some(on);
        assert!(
            is_reached || view.notice.is_some(),
            "it ended without its state and without a question: {view:?}"
        );
        is_reached.then_some(on)
    }

    async fn judge(&mut self) {
        self.hotel.clear_faults();
        self.hotel.carry_out_late().await;
        let presses = self.presses();
        assert!(presses <= self.intents, "{presses} presses of {} intents", self.intents);
        let there = colleague(&self.hotel, 0).await.me().await.unwrap().duty.unwrap().status.is_on_duty();
        for test_desk in &self.desks {
            test_desk.sign_in_if_asked().await;
            // An intent whose answer was lost ends with this read.
            let view = read_duty(&test_desk.desk).await;
            let shown = view.status.map(DutyStatus::is_on_duty);
            assert_eq!((view.intent.is_some(), shown), (false, Some(there)), "{view:?}");
        }
        if self.confirmed.is_some_and(|confirmed| confirmed != there) {
            assert!(self.is_explained().await, "the hotel has {there}, and no person can see why");
        }
        assert!(self.presses() == presses, "nothing is pressed afterwards");
    }

    /// Returns true if a desk asks the person, or its history says that the clock was pressed elsewhere.
    async fn is_explained(&self) -> bool {
        for test_desk in &self.desks {
            let asks = test_desk.desk.duty().await.unwrap().notice.is_some();
            let history = test_desk.desk.activities(ActivityQuery::default()).await.unwrap();
            if asks || history.activities.iter().any(|one| one.kind == ActivityKind::OwnDutyChanged) {
                return true;
            }
        }
        false
    }
}

/// Reads the duty from the hotel. On a busy machine an answer can be too late for the fast clock, and the desk then shows
/// the state of the last read.
async fn read_duty(desk: &Desk) -> DutyView {
    let before = desk.duty().await.unwrap().confirmed_at;
    for _ in 0..LOOKS {
        let view = desk.refresh_duty().await.unwrap();
        if view.confirmed_at != before {
            return view;
        }
    }
    panic!("the hotel has not answered {LOOKS} times");
}

const TOGGLE: Cases = Cases {
    test: "a_clock_that_toggles_is_pressed_once_an_intent_whatever_fails",
    normal: 40,
    percent: 5,
    steps: 20,
    side_by_side: 2,
    failed_once: &[],
};
const TWO_REQUESTS: Cases =
    Cases { test: "the_newest_servers_clock_is_pressed_once_an_intent_whatever_fails", ..TOGGLE };

fn try_cases(cases: &Cases, dialect: Dialect) {
    let steps = (any::<u64>(), prop::collection::vec(step(), 12..28));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    cases.run(&steps, |_, (seed, steps)| {
        runtime.block_on(async {
            let mut run = Run::start(seed, dialect).await;
            for step in steps {
                run.take(step).await;
            }
            run.judge().await;
        });
    });
}

#[test]
fn a_clock_that_toggles_is_pressed_once_an_intent_whatever_fails() {
    try_cases(&TOGGLE, Dialect::Documents);
}

#[test]
fn the_newest_servers_clock_is_pressed_once_an_intent_whatever_fails() {
    try_cases(&TWO_REQUESTS, Dialect::Current);
}
