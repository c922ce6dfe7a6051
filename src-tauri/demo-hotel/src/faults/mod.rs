//! The fault plan: what goes wrong, where, how often.
//!
//! A plan is a list of rules, plain JSON. Each rule says which requests or events it looks at (`match`), which of
//! those it strikes (`from_request`, `times`, `probability`), and what it does (`action`):
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
//! Chance comes from the plan's seed and from how many things a rule has looked at so far, so that the same plan
//! over the same traffic strikes in the same places.
//!
//! Several rules may strike one request. Delays add up and come first. Of the actions before the commit the first
//! in the plan wins, and likewise after it.

pub(crate) mod engine;
pub(crate) mod late;

use serde::{Deserialize, Serialize};

/// Everything that shall go wrong. The empty plan, the default, is a healthy hotel.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// Where chance comes from; without it, the hotel's own seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The rules, in order of precedence.
    pub rules: Vec<Rule>,
}

/// One thing that goes wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What the rule looks at. Empty: everything its action can strike.
    #[serde(default, rename = "match")]
    pub matching: Match,
    /// The first of the matching requests (or events) to strike, counted from 1.
    #[serde(default = "first")]
    pub from_request: u64,
    /// How many times to strike at most; without it there is no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// The chance of striking each time, from 0 to 1.
    #[serde(default = "certain")]
    pub probability: f64,
    /// What happens.
    pub action: Action,
}

fn first() -> u64 {
    1
}

fn certain() -> f64 {
    1.0
}

impl Rule {
    /// A rule that strikes always, and everything its action can strike.
    pub fn new(action: Action) -> Self {
        Self { matching: Match::default(), from_request: 1, times: None, probability: 1.0, action }
    }

    /// Looks at requests of this method only.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.matching.method = Some(method.to_owned());
        self
    }

    /// Looks at requests on this path only; see [`Match::path`] for the pattern.
    #[must_use]
    pub fn path(mut self, pattern: &str) -> Self {
        self.matching.path = Some(pattern.to_owned());
        self
    }

    /// Looks at events of this name only.
    #[must_use]
    pub fn event(mut self, name: &str) -> Self {
        self.matching.event = Some(name.to_owned());
        self
    }

    /// Strikes at most so many times.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes from the n-th matching request (or event) on, counted from 1.
    #[must_use]
    pub fn from_request(mut self, number: u64) -> Self {
        self.from_request = number;
        self
    }

    /// Strikes with this chance each time.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }
}

/// What a rule looks at.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// HTTP method, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path with its query. `*` stands for any run of characters, and the pattern must then cover the whole; a
    /// pattern without `*` may stand anywhere in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Event name, for rules about events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

/// What goes wrong. In JSON a word (`"drop_before_commit"`) or an object with one key (`{"delay_ms": 250}`).
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Waits so many milliseconds: in a write between reading the row and writing it, where the real server waits
    /// for its image host (`contract.md 12`, traps 12 to 14); in a read, before the answer.
    DelayMs(u64),
    /// Closes the connection without an answer; nothing is stored.
    DropBeforeCommit,
    /// Stores, sends the events, and closes the connection without an answer.
    DropAfterCommit,
    /// Answers with this status; nothing is stored.
    Status(StatusFault),
    /// Stores, sends the events, and answers with this status all the same.
    StatusAfterCommit(StatusFault),
    /// Closes the connection without an answer, or answers, and carries the request out later: the work of a server that
    /// goes on behind a proxy that has given up (`contract.md 12`, traps 2 and 3).
    CommitLate(LateCommit),
    /// Stores, sends the events, and answers with another value in one field of the object, or of every object of the
    /// list: a server that is newer than its clients.
    OddField {
        /// The field.
        name: String,
        /// What stands in it.
        value: serde_json::Value,
    },
    /// Stores, sends the events, and answers with the copy of another row of the same list, where there is one.
    OtherRow,
    /// Answers 429 with `Retry-After`; nothing is stored.
    RateLimited {
        /// The seconds in `Retry-After`.
        retry_after_s: u64,
    },
    /// Answers 401 with `WWW-Authenticate: Token`, as for a token that is no longer known; nothing is stored.
    Unauthorized,
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
    /// The event host hangs: the request that causes the event waits so many milliseconds for it, then the event
    /// is lost and the answer is as if nothing had happened (`contract.md 2`; the real time is 5,000).
    EventHostHangingMs(u64),
    /// A new socket is greeted and then closed with this code.
    SocketClose(u16),
    /// A new socket is closed with this code in place of a greeting.
    SocketRefuse(u16),
    /// A new socket is accepted and then nothing is ever said or answered on it.
    SocketSilent,
}

/// An answer made up by the fault plan.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// The HTTP status.
    pub code: u16,
    /// The body. A JSON value is sent as JSON, a text as an HTML page; without it, a server's bare 500 page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

/// A request that is carried out after its answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LateCommit {
    /// The latest time at which it is carried out, in milliseconds after it came.
    pub after_ms: u64,
    /// Carried out before that time if so many further requests have been answered; without it only the time counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_requests: Option<u64>,
    /// What is answered at once; without it the connection is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<StatusFault>,
}

/// Why a fault plan was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum FaultError {
    /// It is not JSON of the right shape.
    #[error("the fault plan is not understood: {0}")]
    Shape(#[from] serde_json::Error),
    /// A rule cannot ever do what it says.
    #[error("rule {number} of the fault plan {problem}")]
    Rule {
        /// The rule's place, counted from 1.
        number: usize,
        /// What is wrong with it.
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
    /// A plan of these rules.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { seed: None, rules: rules.into_iter().collect() }
    }

    /// Reads a plan from its JSON text.
    ///
    /// # Errors
    /// [`FaultError`] when the text is not JSON of a plan, or when a rule could never do what it says.
    pub fn from_json(text: &str) -> Result<Self, FaultError> {
        let plan: Self = serde_json::from_str(text)?;
        plan.check()?;
        Ok(plan)
    }

    /// Refuses rules that could never strike, so that a test with a slip in its plan fails loudly.
    ///
    /// # Errors
    /// [`FaultError::Rule`] naming the first such rule.
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
