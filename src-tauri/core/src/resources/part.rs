//! The parts of a hotel that a server may lack, and the result of reading each of them.
//!
//! A single "not found" answer is not conclusive: it may come from a proxy, or from a server that is being updated. A
//! part is *absent* only if it never worked here and two such answers came at least a minute apart. Any other failure
//! is an outage of that part. Each reading checks the part again, and the first different answer removes the mark.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::catalogue::text;

/// The minimum time between two "not found" answers that together count as absence.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// The minimum length of an outage that gets a notice.
const LASTING: SignedDuration = SignedDuration::from_secs(11);

/// A part that a server may have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All entities of a kind, in any form.
    Of(Kind),
    /// The requests that change the flat gallery.
    GalleryChanges,
    /// The clock for duty times.
    Clock,
}

impl Part {
    /// Returns all parts.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().map(Self::Of).chain([Self::GalleryChanges, Self::Clock])
    }

    /// Returns true if the part is read, not only written.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Of(_))
    }

    /// The name in databases. It never changes after a release.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.resource().part,
            Self::GalleryChanges => "part_gallery_changes",
            Self::Clock => "part_clock",
        }
    }

    /// Returns the noun, as in "the offers of this hotel".
    pub fn noun(self) -> String {
        text(&format!("noun-whole-{}", self.name()), &[])
    }
}

/// The way in which a request for a part was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The server says that the part does not exist.
    Absent,
    /// The server denies this person access.
    Forbidden,
    /// The server has it in a form that this program cannot read.
    OtherForm,
    /// The request failed in another way.
    Failed,
}

/// The outage of a part whose last request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// The server's refusal.
    pub refusal: Refusal,
    /// The time of the first such answer.
    pub since: Timestamp,
    /// The time of the last such answer.
    pub last: Timestamp,
    /// The server lacks the part or denies it to this person; this is not an outage.
    pub confirmed: bool,
}

impl Outage {
    /// Returns the outage after another refusal. `may_count` means that the part never worked here and that the
    /// request was authenticated.
    pub fn after(known: Option<Self>, refusal: Refusal, now: Timestamp, may_count: bool) -> Self {
        let begins = Self { refusal, since: now, last: now, confirmed: false };
        match known {
            // Only a successful request for the part itself removes the confirmation.
            Some(known) if known.confirmed => Self { last: now, ..known },
            // The clock was set back since then.
            Some(known) if known.since > now => begins,
            Some(known) if known.refusal == refusal => {
                let apart = now.duration_since(known.since) >= APART;
                Self { last: now, confirmed: may_count && refusal != Refusal::Failed && apart, ..known }
            }
            _ => begins,
        }
    }

    /// Returns true if the outage is long enough for a notice.
    pub fn lasts(&self) -> bool {
        !self.confirmed && self.last.duration_since(self.since) >= LASTING
    }
}

/// The known state of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PartState {
    /// Whether the part has worked here before. If so, no answer makes it absent.
    pub worked: bool,
    /// The outage, if the last request failed.
    pub outage: Option<Outage>,
    /// The number of rows of the last complete reading that this program cannot read.
    pub unreadable: u32,
    /// Whether the server sent another number of rows than it announced, so that missing rows cannot be identified.
    pub miscounted: bool,
}

impl PartState {
    /// Returns the reason why the server lacks the part, or `None` if it has the part or if this is not known.
    pub fn absent(&self) -> Option<Refusal> {
        self.outage.filter(|outage| outage.confirmed).map(|outage| outage.refusal)
    }

    /// Returns true if the last request failed although the server may have the part.
    pub fn is_out(&self) -> bool {
        self.outage.is_some_and(|outage| !outage.confirmed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn after(answers: &[(i64, Refusal, bool)]) -> Outage {
        let mut known = None;
        for (second, refusal, may_count) in answers {
            known = Some(Outage::after(known, *refusal, at(*second), *may_count));
        }
        known.unwrap()
    }

    #[test]
    fn two_such_answers_a_minute_apart_are_believed_and_sooner_ones_are_not() {
        use Refusal::Absent;
        assert!(!after(&[(0, Absent, true)]).confirmed);
        assert!(!after(&[(0, Absent, true), (59, Absent, true)]).confirmed);
        assert!(after(&[(0, Absent, true), (30, Absent, true), (60, Absent, true)]).confirmed);
    }

    #[test]
    fn what_has_worked_before_is_an_outage_however_often_it_is_refused() {
        let outage = after(&[(0, Refusal::Absent, false), (90, Refusal::Absent, false)]);
        assert!(!outage.confirmed && outage.lasts());
    }

    #[test]
    fn another_refusal_in_between_begins_the_count_anew() {
        use Refusal::{Absent, Failed};
        assert!(!after(&[(0, Absent, true), (30, Failed, true), (70, Absent, true)]).confirmed);
        assert!(!after(&[(0, Failed, true), (90, Failed, true)]).confirmed, "a failure is never absence");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_minute_of_it() {
        use Refusal::Absent;
        assert!(!after(&[(100, Absent, true), (0, Absent, true), (59, Absent, true)]).confirmed);
    }

    #[test]
    fn an_absence_stays_until_the_part_itself_says_otherwise() {
        use Refusal::{Absent, Failed};
        let outage = after(&[(0, Absent, true), (60, Absent, true), (90, Failed, true)]);
        assert!(outage.confirmed && outage.refusal == Absent && !outage.lasts());
    }
}
