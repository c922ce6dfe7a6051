//! The parts of a hotel that a server may not have, and what reading each of them came to.
//!
//! One answer “there is none” says little: it may be a proxy's page, or a server that is just being changed. A part is
//! *absent* only when it never worked here and two such answers came a minute apart; everything else is an outage of
//! that part. The mark is asked anew with every reading, and goes with the first answer that says otherwise.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::catalogue::text;

/// So far apart are two answers that are believed together.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// An outage that is over sooner is not worth a notice.
const LASTING: SignedDuration = SignedDuration::from_secs(11);

/// What a server may have or not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of a kind, of whichever shape.
    Of(Kind),
    /// The requests that change the flat gallery.
    GalleryChanges,
    /// The clock that is pressed.
    Clock,
}

impl Part {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().map(Self::Of).chain([Self::GalleryChanges, Self::Clock])
    }

    /// It is read, and not only written.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Of(_))
    }

    /// Kept in databases: never changed once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.resource().part,
            Self::GalleryChanges => "part_gallery_changes",
            Self::Clock => "part_clock",
        }
    }

    /// What it is called, as in “the offers of this hotel”.
    pub fn noun(self) -> String {
        text(&format!("noun-whole-{}", self.name()), &[])
    }
}

/// How a part was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The server says that there is none.
    Absent,
    /// The server does not let this person have it.
    Forbidden,
    /// The server has it in a form that this program cannot read.
    OtherForm,
    /// It failed in another way.
    Failed,
}

/// A part that did not work when it was last asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// How the server refused it.
    pub refusal: Refusal,
    /// The first such answer.
    pub since: Timestamp,
    /// The last one.
    pub last: Timestamp,
    /// It is no outage: the server has no such part, or not for this person.
    pub confirmed: bool,
}

impl Outage {
    /// What another refusal makes of it. `may_count`: the part never worked here, and the server knew the person when
    /// it was asked.
    pub fn after(known: Option<Self>, refusal: Refusal, now: Timestamp, may_count: bool) -> Self {
        let begins = Self { refusal, since: now, last: now, confirmed: false };
        match known {
            // Only the part itself says otherwise.
            Some(known) if known.confirmed => Self { last: now, ..known },
            // The clock was set back meanwhile.
            Some(known) if known.since > now => begins,
            Some(known) if known.refusal == refusal => {
                let apart = now.duration_since(known.since) >= APART;
                Self { last: now, confirmed: may_count && refusal != Refusal::Failed && apart, ..known }
            }
            _ => begins,
        }
    }

    /// It is worth a notice.
    pub fn lasts(&self) -> bool {
        !self.confirmed && self.last.duration_since(self.since) >= LASTING
    }
}

/// What is known of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PartState {
    /// It has worked here before: then no answer makes it absent.
    pub worked: bool,
    /// It did not when it was last asked for.
    pub outage: Option<Outage>,
    /// Rows of the last whole reading that this program cannot read.
    pub unreadable: u32,
    /// The server gives another number of rows than it says: nobody can tell what is missing.
    pub miscounted: bool,
}

impl PartState {
    /// Why the server does not have it at all; none where it has it, or where nobody knows.
    pub fn absent(&self) -> Option<Refusal> {
        self.outage.filter(|outage| outage.confirmed).map(|outage| outage.refusal)
    }

    /// It could not be had when it was last asked for, and the server may well have it.
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
