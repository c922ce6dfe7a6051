//! The fault plan: the kinds of faults, with their places and numbers.
//!
//! A plan is a list of rules in plain JSON. Each rule has the requests or events that it matches (`match`), the ones of
//! those that it applies to (`from_request`, `times`, `probability`), and its effect (`action`):
//!
//! ```json
//! {"seed": 7, "rules": [
//!   {"match": {"method": "POST", "path": "*/offers/"}, "times": 1, "action": "drop_after_commit"},
//!   {"match": {"path": "/offers/"}, "from_request": 5, "action": "unauthorized"},
//!   {"match": {"path": "*/upload-image/"}, "action": {"delay_ms": 2000}},
//!   {"match": {"event": "offer-created"}, "probability": 0.2, "action": "event_lost"}
//! ]}
//! ```
//!
//! Chance comes from the plan's seed and from the number of requests or events that a rule has matched so far. So the
//! same plan with the same traffic applies in the same places.
//!
//! Several rules may apply to one request. Delays add up and come first. Of the actions before the commit only the
//! first in the plan applies, and likewise of those after it.

pub(crate) mod engine;
pub(crate) mod late;

use serde::{Deserialize, Serialize};

/// All faults of a hotel. The empty plan, the default, is a healthy hotel.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// The seed of chance; the hotel's own if null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The rules, in order of precedence.
    pub rules: Vec<Rule>,
}

/// One fault.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The requests, events or sockets that the rule matches. Empty: all that its action can apply to.
    #[serde(default, rename = "match")]
    pub matching: Match,
    /// The first of the matching requests (or events) that it applies to, counted from 1.
    #[serde(default = "first")]
    pub from_request: u64,
    /// Limit of applications; none if null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// The chance of each application, from 0 to 1.
    #[serde(default = "certain")]
    pub probability: f64,
    /// The effect.
    pub action: Action,
}

fn first() -> u64 {
    1
}

fn certain() -> f64 {
    1.0
}

impl Rule {
    /// Makes a rule that always applies, to everything that its action can apply to.
    pub fn new(action: Action) -> Self {
        Self { matching: Match::default(), from_request: 1, times: None, probability: 1.0, action }
    }

    /// Limits the rule to requests of this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.matching.method = Some(method.to_owned());
        self
    }

    /// Limits the rule to requests on this path; see [`Match::path`] for the pattern.
    #[must_use]
    pub fn path(mut self, pattern: &str) -> Self {
        self.matching.path = Some(pattern.to_owned());
        self
    }

    /// Limits the rule to events of this name.
    #[must_use]
    pub fn event(mut self, name: &str) -> Self {
        self.matching.event = Some(name.to_owned());
        self
    }

    /// Limits the rule to so many applications.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Starts the rule at the n-th matching request (or event), counted from 1.
    #[must_use]
    pub fn from_request(mut self, number: u64) -> Self {
        self.from_request = number;
        self
    }

    /// Sets the chance of each application.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }
}

/// The requests, events or sockets that a rule matches.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// HTTP method, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path with its query. `*` matches any number of characters, and the pattern must then match the whole; a pattern
    /// without `*` may match any part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Event name, for rules about events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

/// The effect of a rule. In JSON a word (`"drop_before_commit"`) or an object with one key (`{"delay_ms": 250}`).
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Waits so many milliseconds: in a write between reading the row and writing it, where the real server waits for
    /// its image host (`contract.md 12`, traps 12 to 14); in a read, before the answer.
    DelayMs(u64),
    /// Closes the connection without an answer; nothing is stored.
    DropBeforeCommit,
    /// Stores, sends the events, and closes the connection without an answer.
    DropAfterCommit,
    /// Answers with this status; nothing is stored.
    Status(StatusFault),
    /// Stores, sends the events, and still answers with this status.
    StatusAfterCommit(StatusFault),
    /// Closes the connection without an answer, or answers, and carries the request out later, like a server behind a
    /// proxy that has given up (`contract.md 12`, traps 2 and 3).
    CommitLate(LateCommit),
    /// Stores, sends the events, and answers with another value in one field of the object, or of every object of the
    /// list, like a server that is newer than its clients.
    OddField {
        /// The field.
        name: String,
        /// The value in it.
        value: serde_json::Value,
    },
    /// Stores, sends the events, and answers with the copy of another row of the same list, if there is one.
    OtherRow,
    /// Answers 429 with `Retry-After`; nothing is stored.
    RateLimited {
        /// The seconds in `Retry-After`.
        retry_after_s: u64,
    },
    /// Answers 401 with `WWW-Authenticate: Token`, as for an unknown token; nothing is stored.
    Unauthorized,
    /// Loses the header `Authorization` before the request is handled, like a wrong proxy. The chat then takes staff for
    /// a guest (`contract.md 8.4`).
    SignInLost,
    /// Stores, and cuts the connection in the middle of the answer's body.
    TruncatedBody,
    /// The event is not delivered.
    EventLost,
    /// The event is delivered twice.
    EventDoubled,
    /// The event is delivered so many milliseconds late, and later ones may overtake it.
    EventDelayedMs(u64),
    /// The event is delivered directly after the next one.
    EventReordered,
    /// The event host hangs: the request that causes the event waits so many milliseconds for it. Then the event is
    /// lost and the answer is the usual one (`contract.md 2`; the real time is 5,000).
    EventHostHangingMs(u64),
    /// A new socket is greeted and then closed with this code.
    SocketClose(u16),
    /// A new socket is closed with this code in place of a greeting.
    SocketRefuse(u16),
    /// A new socket is accepted, and the server never sends or answers anything on it.
    SocketSilent,
}

/// An answer of the fault plan.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// The HTTP status.
    pub code: u16,
    /// The body. A JSON value is sent as JSON, a text as an HTML page; null gives a server's bare 500 page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

/// A request that is carried out after its answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LateCommit {
    /// The latest time at which it is carried out, in milliseconds after its arrival.
    pub after_ms: u64,
    /// Carried out earlier after so many further requests have been answered; if null, only the time counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_requests: Option<u64>,
    /// The immediate answer; if null, the connection is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<StatusFault>,
}

/// The reason why a fault plan was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum FaultError {
    /// The text is not JSON of the right form.
    #[error("the fault plan is not understood: {0}")]
    Shape(#[from] serde_json::Error),
    /// A rule can never apply.
    #[error("rule {number} of the fault plan {problem}")]
    Rule {
        /// The rule's position, counted from 1.
        number: usize,
        /// The fault of the rule.
        problem: &'static str,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Request,
    Event,
    Socket,
}

impl Action {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::EventLost
            | Self::EventDoubled
            | Self::EventDelayedMs(_)
            | Self::EventReordered
            | Self::EventHostHangingMs(_) => Kind::Event,
            Self::SocketClose(_) | Self::SocketRefuse(_) | Self::SocketSilent => Kind::Socket,
            _ => Kind::Request,
        }
    }
}

impl FaultPlan {
    /// Makes a plan of these rules.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { seed: None, rules: rules.into_iter().collect() }
    }

    /// Reads a plan from its JSON text.
    ///
    /// # Errors
    /// [`FaultError`] if the text is not JSON of a plan, or if a rule can never apply.
    pub fn from_json(text: &str) -> Result<Self, FaultError> {
        let plan: Self = serde_json::from_str(text)?;
        plan.check()?;
        Ok(plan)
    }

    /// Refuses rules that can never apply, so that a test with a mistake in its plan fails.
    ///
    /// # Errors
    /// [`FaultError::Rule`] with the first such rule.
    pub fn check(&self) -> Result<(), FaultError> {
        for (index, rule) in self.rules.iter().enumerate() {
            if let Some(problem) = rule.problem() {
                return Err(FaultError::Rule { number: index + 1, problem });
            }
        }
        Ok(())
    }
}

impl Rule {
    fn problem(&self) -> Option<&'static str> {
        let by_request = self.matching.method.is_some() || self.matching.path.is_some();
        let code = match &self.action {
            Action::Status(fault) | Action::StatusAfterCommit(fault) => Some(fault.code),
            Action::CommitLate(late) => late.answer.as_ref().map(|answer| answer.code),
            _ => None,
        };
        if code.is_some_and(|code| !(200..=599).contains(&code)) {
            Some("answers with a status outside 200 to 599")
        } else if !(0.0..=1.0).contains(&self.probability) {
            Some("has a probability outside 0 to 1")
        } else if self.from_request == 0 {
            Some("counts requests from 0; the first is 1")
        } else if self.action.kind() == Kind::Event && by_request {
            Some("is about events but matches a method or path")
        } else if self.action.kind() != Kind::Event && self.matching.event.is_some() {
            Some("matches an event but is not about events")
        } else {
            None
        }
    }
}
