//! The steps, and how they are drawn.

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use proptest::prelude::*;

/// Which of the two desks.
pub type Which = usize;

/// One step. `nth` picks among what is there, so that every step makes sense in every state.
#[derive(Debug, Clone)]
pub enum Step {
    Create { desk: Which, picture: bool },
    Twin { desk: Which, nth: usize },
    Edit { desk: Which, nth: usize, field: Field },
    Picture { desk: Which, nth: usize },
    Delete { desk: Which, nth: usize },
    Settle { desk: Which, mine: bool },
    Discard { desk: Which },
    Retry { desk: Which },
    Sync { desk: Which },
    CutSync { desk: Which, after_ms: u64 },
    Restart { desk: Which },
    Jump { seconds: i64 },
    Fail { fault: Fault, times: u64 },
    Calm,
}

/// The fields that the model edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    Title,
    Tag,
    Text,
}

/// What the hotel does wrong. Each strikes the writes, some the reads too.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    DropBefore,
    DropAfter,
    TroubleBefore,
    TroubleAfter,
    CutBody,
    TooMany,
    SlowWrite,
    ReadsFail,
}

impl Fault {
    pub fn plan(self, times: u64) -> FaultPlan {
        let trouble = || StatusFault { code: 500, body: None };
        let action = match self {
            Self::DropBefore => Action::DropBeforeCommit,
            Self::DropAfter => Action::DropAfterCommit,
            Self::TroubleBefore => Action::Status(trouble()),
            Self::TroubleAfter => Action::StatusAfterCommit(trouble()),
            Self::CutBody => Action::TruncatedBody,
            Self::TooMany => Action::RateLimited { retry_after_s: 1 },
            Self::SlowWrite => Action::DelayMs(20),
            Self::ReadsFail => return FaultPlan::of([read(Action::DropBeforeCommit, times)]),
        };
        FaultPlan::of(
            ["POST", "PATCH", "DELETE"]
                .map(|method| Rule::new(action.clone()).method(method).path("*/offers/*").times(times)),
        )
    }
}

fn read(action: Action, times: u64) -> Rule {
    Rule::new(action).method("GET").path("*/offers/*").times(times)
}

pub fn any_step() -> BoxedStrategy<Step> {
    let desk = 0..2_usize;
    let nth = 0..50_usize;
    let field = prop_oneof![Just(Field::Title), Just(Field::Tag), Just(Field::Text)];
    let fault = prop_oneof![
        Just(Fault::DropBefore),
        Just(Fault::DropAfter),
        Just(Fault::TroubleBefore),
        Just(Fault::TroubleAfter),
        Just(Fault::CutBody),
        Just(Fault::TooMany),
        Just(Fault::SlowWrite),
        Just(Fault::ReadsFail),
    ];
    prop_oneof![
        4 => (desk.clone(), prop::bool::weighted(0.1)).prop_map(|(desk, picture)| Step::Create { desk, picture }),
        // On one desk only: two desks that make the very same offer while an answer is lost cannot be told
        // apart, since no server here says who made a row.
        1 => nth.clone().prop_map(|nth| Step::Twin { desk: 0, nth }),
        10 => (desk.clone(), nth.clone(), field).prop_map(|(desk, nth, field)| Step::Edit { desk, nth, field }),
        1 => (desk.clone(), nth.clone()).prop_map(|(desk, nth)| Step::Picture { desk, nth }),
        1 => (desk.clone(), nth).prop_map(|(desk, nth)| Step::Delete { desk, nth }),
        2 => (desk.clone(), any::<bool>()).prop_map(|(desk, mine)| Step::Settle { desk, mine }),
        1 => desk.clone().prop_map(|desk| Step::Discard { desk }),
        1 => desk.clone().prop_map(|desk| Step::Retry { desk }),
        6 => desk.clone().prop_map(|desk| Step::Sync { desk }),
        3 => (desk.clone(), 1..40_u64).prop_map(|(desk, after_ms)| Step::CutSync { desk, after_ms }),
        1 => desk.prop_map(|desk| Step::Restart { desk }),
        1 => prop_oneof![Just(-86_400_i64), Just(-60), Just(60), Just(86_400)]
            .prop_map(|seconds| Step::Jump { seconds }),
        4 => (fault, 1..4_u64).prop_map(|(fault, times)| Step::Fail { fault, times }),
        1 => Just(Step::Calm),
    ]
    .boxed()
}
