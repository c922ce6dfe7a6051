//! The faults of the hotel, as rules of its fault plan.

use demo_hotel::{Action, FaultPlan, LateCommit, Rule, StatusFault};
use serde_json::json;

/// A time longer than a desk waits for the answer to a write on the fast clock, in milliseconds of real time.
const HANG_MS: u64 = 400;
/// The event that the hotel sends after the commit and before the answer to a write, so a slow event host delays the
/// answer.
const LAST_EVENT: &str = "offers-updated";

/// The longest time, in milliseconds of real time, after which a late request is carried out: half of the time that a
/// desk allows for it, on the fast clock.
const LATE_MS: u64 = 300;

/// A fault of the hotel's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    DropBefore,
    DropAfter,
    TroubleBefore,
    TroubleAfter,
    CutBody,
    TooMany,
    TooManyUntold,
    SlowWrite,
    /// No answer in time; the write is not stored.
    HangBefore,
    /// No answer in time, although the write is stored.
    HangAfter,
    Refused,
    RefusedOtherwise,
    NoSignIn,
    /// An answer as for a lost request, which is carried out later.
    Late,
    /// No answer; the request is carried out later.
    LateInSilence,
    /// The write is stored, and the answer is the copy of another row.
    OtherRow,
    ReadsDrop,
    ReadsCut,
    ReadsTrouble,
    ReadsNoSignIn,
    /// The answer to a read of one row is another row.
    ReadsOtherRow,
}

impl Fault {
    pub const ALL: &[Self] = &[
        Self::DropBefore,
        Self::DropAfter,
        Self::TroubleBefore,
        Self::TroubleAfter,
        Self::CutBody,
        Self::TooMany,
        Self::TooManyUntold,
        Self::SlowWrite,
        Self::HangBefore,
        Self::HangAfter,
        Self::Refused,
        Self::RefusedOtherwise,
        Self::NoSignIn,
        Self::Late,
        Self::LateInSilence,
        Self::OtherRow,
        Self::ReadsDrop,
        Self::ReadsCut,
        Self::ReadsTrouble,
        Self::ReadsNoSignIn,
        Self::ReadsOtherRow,
    ];

    /// Returns true if requests are carried out late.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late | Self::LateInSilence)
    }

    /// Returns true if the answer to a write looks like a failure of the server.
    pub fn is_trouble(self) -> bool {
        matches!(self, Self::TroubleBefore | Self::TroubleAfter | Self::Late | Self::OtherRow)
    }

    /// Returns the rules for requests to these paths. A late request is carried out at the latest after `late_after`
    /// further requests.
    pub fn rules(self, path: &str, times: u64, late_after: Option<u64>) -> Vec<Rule> {
        let page = |code| Action::Status(StatusFault { code, body: None });
        let said = |code, body| Action::Status(StatusFault { code, body: Some(body) });
        match self {
            Self::DropBefore => writes(path, &[Action::DropBeforeCommit], times),
            Self::DropAfter => writes(path, &[Action::DropAfterCommit], times),
            Self::TroubleBefore => writes(path, &[page(500)], times),
            Self::TroubleAfter => {
                writes(path, &[Action::StatusAfterCommit(StatusFault { code: 500, body: None })], times)
            }
            Self::CutBody => writes(path, &[Action::TruncatedBody], times),
            Self::TooMany => writes(path, &[Action::RateLimited { retry_after_s: 1 }], times),
            Self::TooManyUntold => {
                writes(path, &[said(429, json!({"detail": "Request was throttled."}))], times)
            }
            Self::SlowWrite => writes(path, &[Action::DelayMs(20)], times),
            // Only once, because each costs real time.
            Self::HangBefore => writes(path, &[Action::DelayMs(HANG_MS), Action::DropBeforeCommit], 1),
            Self::HangAfter => {
                vec![Rule::new(Action::EventHostHangingMs(HANG_MS)).event(LAST_EVENT).times(1)]
            }
            Self::Refused => writes(path, &[said(400, json!({"title": ["Not like this."]}))], times),
            Self::RefusedOtherwise => writes(path, &[said(422, json!({"error": "Not today."}))], times),
            Self::NoSignIn => writes(path, &[Action::Unauthorized], 1),
            Self::Late => {
                let answer = Some(StatusFault { code: 504, body: None });
                writes(path, &[late(answer, late_after)], times)
            }
            Self::LateInSilence => writes(path, &[late(None, late_after)], times),
            Self::OtherRow => writes(path, &[Action::OtherRow], times),
            Self::ReadsOtherRow => reads(path, Action::OtherRow, times),
            Self::ReadsDrop => reads(path, Action::DropBeforeCommit, times),
            Self::ReadsCut => reads(path, Action::TruncatedBody, times),
            Self::ReadsTrouble => reads(path, page(503), times),
            Self::ReadsNoSignIn => reads(path, Action::Unauthorized, 1),
        }
    }
}

fn late(answer: Option<StatusFault>, after_requests: Option<u64>) -> Action {
    Action::CommitLate(LateCommit { after_ms: LATE_MS, after_requests, answer })
}

fn writes(path: &str, actions: &[Action], times: u64) -> Vec<Rule> {
    let rule = |action: &Action, method| Rule::new(action.clone()).method(method).path(path).times(times);
    actions.iter().flat_map(|action| ["POST", "PATCH", "DELETE"].map(|method| rule(action, method))).collect()
}

fn reads(path: &str, action: Action, times: u64) -> Vec<Rule> {
    vec![Rule::new(action).method("GET").path(path).times(times)]
}

/// A fault of the events.
#[derive(Debug, Clone, Copy)]
pub enum EventFault {
    Lost,
    Doubled,
    Reordered,
    Late,
}

impl EventFault {
    pub fn rule(self, times: u64) -> Rule {
        let action = match self {
            Self::Lost => Action::EventLost,
            Self::Doubled => Action::EventDoubled,
            Self::Reordered => Action::EventReordered,
            Self::Late => Action::EventDelayedMs(15),
        };
        Rule::new(action).times(times)
    }
}

/// An event that affects all connections at once.
#[derive(Debug, Clone, Copy)]
pub enum Break {
    /// The hotel closes its sockets.
    Sockets,
    /// The sockets stay open and transmit nothing any more.
    Silence,
    /// Every connection is cut, with the requests on it.
    Lines,
}

/// The present plan: the last fault of requests, and the last one of events.
#[derive(Default)]
pub struct Plan {
    pub requests: Vec<Rule>,
    pub events: Vec<Rule>,
}

impl Plan {
    pub fn all(&self) -> FaultPlan {
        FaultPlan::of(self.requests.iter().chain(&self.events).cloned())
    }
}
