//! The earlier values of an entity's fields. They distinguish a late event from a new change.
//!
//! Nothing in an offer, a room type or a flat gallery says which of two copies is newer (contract.md 12, traps 11 and
//! 20), and events can come late, twice, or after a read that had newer data. But a late event only brings back values
//! that were here before. So the last few values of each field are remembered, as short marks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::records::FieldValue;
use crate::resources::ServerCopy;

/// The number of values of a field that are remembered. Bursts are shorter.
const REMEMBERED: usize = 8;

/// The marks of each field's earlier values, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Past(BTreeMap<String, Vec<String>>);

/// A field in which two copies differ.
struct Difference {
    field: String,
    before: String,
    after: String,
}

impl Past {
    /// Remembers the values that the step from one copy to the next replaces.
    ///
    /// Private values are not remembered: a mark of a short text can be guessed. Their kinds have no events with copies.
    pub fn note(&mut self, before: &ServerCopy, after: &ServerCopy) {
        if after.kind().resource().is_private {
            return;
        }
        for Difference { field, before, .. } in differences(before, after) {
            let marks = self.0.entry(field).or_default();
            marks.retain(|mark| *mark != before);
            marks.push(before);
            if marks.len() > REMEMBERED {
                marks.remove(0);
            }
        }
    }

    /// Returns true if all values that this copy would change were here before: it may be late.
    pub fn may_be_late(&self, base: &ServerCopy, theirs: &ServerCopy) -> bool {
        self.all(base, theirs, |marks, mark| marks.contains(mark))
    }

    /// Returns true if all values that this copy would change were here just before the base.
    pub fn is_step_back(&self, base: &ServerCopy, theirs: &ServerCopy) -> bool {
        self.all(base, theirs, |marks, mark| marks.last() == Some(mark))
    }

    fn all(
        &self,
        base: &ServerCopy,
        theirs: &ServerCopy,
        was_so: impl Fn(&Vec<String>, &String) -> bool,
    ) -> bool {
        let differences = differences(base, theirs);
        let was_so = |one: &Difference| self.0.get(&one.field).is_some_and(|marks| was_so(marks, &one.after));
        !differences.is_empty() && differences.iter().all(was_so)
    }
}

fn differences(before: &ServerCopy, after: &ServerCopy) -> Vec<Difference> {
    let value = |value: &FieldValue| mark(&value.as_stored());
    let mut found: Vec<Difference> = before
        .fields()
        .differences(&after.fields())
        .iter()
        .map(|edit| Difference {
            field: edit.field().0.clone(),
            before: value(&edit.was),
            after: value(&edit.now),
        })
        .collect();
    let mut compare = |field: &str, before: String, after: String| {
        if before != after {
            found.push(Difference { field: format!("({field})"), before, after });
        }
    };
    match (before, after) {
        (ServerCopy::Gallery(before), ServerCopy::Gallery(after)) => {
            compare("gallery", mark(before), mark(after));
        }
        _ => compare("pictures", mark(&before.picture_urls()), mark(&after.picture_urls())),
    }
    found
}

/// Returns a short mark of a value. Two marks that are equal by chance only delay an activity until the next read.
fn mark(value: &impl Serialize) -> String {
    let text = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ServerId;
    use crate::resources::Kind;

    fn copy(title: &str, tag: &str) -> ServerCopy {
        let offer = Kind::Offer.table().blank().with("title", title).with("tag", tag);
        ServerCopy::as_sent(Kind::Offer, ServerId(7), &offer, jiff::Timestamp::UNIX_EPOCH)
    }

    fn past_of(copies: &[ServerCopy]) -> Past {
        let mut past = Past::default();
        copies.windows(2).for_each(|pair| past.note(&pair[0], &pair[1]));
        past
    }

    #[test]
    fn only_what_brings_back_nothing_but_old_values_may_be_late() {
        let past = past_of(&[copy("a", "x"), copy("b", "x"), copy("b", "y")]);
        let base = copy("b", "y");
        assert!(past.may_be_late(&base, &copy("a", "x")));
        // A colleague's change that was sent before this desk's change of another field.
        assert!(past.may_be_late(&base, &copy("b", "x")));
        assert!(!past.may_be_late(&base, &copy("a", "z")));
        assert!(!past.may_be_late(&base, &base));
    }

    #[test]
    fn a_step_back_is_one_to_the_value_before_and_to_none_older() {
        let past = past_of(&[copy("a", ""), copy("b", ""), copy("c", "")]);
        assert!(past.is_step_back(&copy("c", ""), &copy("b", "")));
        assert!(!past.is_step_back(&copy("c", ""), &copy("a", "")));
    }

    #[test]
    fn no_more_is_remembered_than_a_burst_is_long() {
        let copies: Vec<_> = (0..30).map(|n| copy(&n.to_string(), "")).collect();
        let past = past_of(&copies);
        assert!(!past.may_be_late(&copies[29], &copies[20]));
        assert!(past.may_be_late(&copies[29], &copies[21]));
    }
}
