//! The steps, and their random choice.

use proptest::prelude::*;

use crate::model::faults::{Break, EventFault, Fault};

/// The index of one of the two desks.
pub type Which = usize;

/// One step. `nth` selects an existing item modulo their number, so every step is possible in every state.
#[derive(Debug, Clone)]
pub enum Step {
    Create {
        desk: Which,
        picture: bool,
    },
    Twin {
        desk: Which,
        nth: usize,
    },
    Edit {
        desk: Which,
        nth: usize,
        field: Field,
    },
    Picture {
        desk: Which,
        nth: usize,
    },
    Delete {
        desk: Which,
        nth: usize,
    },
    Quiesce {
        desk: Which,
        mine: bool,
    },
    Discard {
        desk: Which,
    },
    Retry {
        desk: Which,
    },
    Sync {
        desk: Which,
    },
    CutSync {
        desk: Which,
        after_ms: u64,
    },
    Restart {
        desk: Which,
    },
    Jump {
        seconds: i64,
    },
    Fail {
        fault: Fault,
        times: u64,
    },
    /// The hotel revokes the sign-in of the desk's person.
    Revoke {
        desk: Which,
    },
    /// The person enters the password, if the desk asks for it.
    SignIn {
        desk: Which,
    },
    /// Events have faults from now on. Only desks with a live connection receive them.
    Garble {
        fault: EventFault,
        times: u64,
    },
    /// The hotel carries out the postponed requests.
    CarryOut,
    /// An event that affects every open connection.
    Break {
        how: Break,
    },
    Debounce,
}

impl Step {
    /// Returns the desk of the step.
    pub fn desk(&self) -> Option<Which> {
        match self {
            Self::Create { desk, .. }
            | Self::Twin { desk, .. }
            | Self::Edit { desk, .. }
            | Self::Picture { desk, .. }
            | Self::Delete { desk, .. }
            | Self::Quiesce { desk, .. }
            | Self::Discard { desk }
            | Self::Retry { desk }
            | Self::Sync { desk }
            | Self::CutSync { desk, .. }
            | Self::Restart { desk }
            | Self::Revoke { desk }
            | Self::SignIn { desk } => Some(*desk),
            Self::Jump { .. }
            | Self::Fail { .. }
            | Self::Garble { .. }
            | Self::CarryOut
            | Self::Break { .. }
            | Self::Debounce => None,
        }
    }
}

/// The fields that the model edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    Title,
    Tag,
    Text,
}

/// Steps of manual desks.
pub fn manual_step() -> BoxedStrategy<Step> {
    let sync = desk().prop_map(|desk| Step::Sync { desk });
    prop_oneof![6 => sync, 34 => any_step()].boxed()
}

/// Steps of desks that read, listen and send by themselves.
pub fn live_step() -> BoxedStrategy<Step> {
    let fault = prop_oneof![
        Just(EventFault::Lost),
        Just(EventFault::Doubled),
        Just(EventFault::Reordered),
        Just(EventFault::Late),
    ];
    let garble = (fault, 1..8_u64).prop_map(|(fault, times)| Step::Garble { fault, times });
    let how = prop_oneof![Just(Break::Sockets), Just(Break::Silence), Just(Break::Lines)];
    let cut = how.prop_map(|how| Step::Break { how });
    prop_oneof![34 => any_step(), 5 => garble, 2 => cut].boxed()
}

fn desk() -> std::ops::Range<Which> {
    0..2
}

fn nth() -> std::ops::Range<usize> {
    0..50
}

fn any_step() -> BoxedStrategy<Step> {
    let field = prop_oneof![Just(Field::Title), Just(Field::Tag), Just(Field::Text)];
    let fault = proptest::sample::select(Fault::ALL);
    let seconds = proptest::sample::select(&[-86_400_i64, -60, 60, 86_400][..]);
    prop_oneof![
        8 => (desk(), prop::bool::weighted(0.1)).prop_map(|(desk, picture)| Step::Create { desk, picture }),
        // Only on one desk: if two desks make equal offers while an answer is lost, their rows cannot be distinguished,
        // because the server does not say who made a row.
        2 => nth().prop_map(|nth| Step::Twin { desk: 0, nth }),
        20 => (desk(), nth(), field).prop_map(|(desk, nth, field)| Step::Edit { desk, nth, field }),
        2 => (desk(), nth()).prop_map(|(desk, nth)| Step::Picture { desk, nth }),
        2 => (desk(), nth()).prop_map(|(desk, nth)| Step::Delete { desk, nth }),
        4 => (desk(), any::<bool>()).prop_map(|(desk, mine)| Step::Quiesce { desk, mine }),
        3 => desk().prop_map(|desk| Step::Discard { desk }),
        3 => desk().prop_map(|desk| Step::Retry { desk }),
        6 => (desk(), 1..40_u64).prop_map(|(desk, after_ms)| Step::CutSync { desk, after_ms }),
        2 => desk().prop_map(|desk| Step::Restart { desk }),
        2 => seconds.prop_map(|seconds| Step::Jump { seconds }),
        8 => (fault, 1..4_u64).prop_map(|(fault, times)| Step::Fail { fault, times }),
        1 => desk().prop_map(|desk| Step::Revoke { desk }),
        3 => desk().prop_map(|desk| Step::SignIn { desk }),
        4 => Just(Step::CarryOut),
        2 => Just(Step::Debounce),
    ]
    .boxed()
}
