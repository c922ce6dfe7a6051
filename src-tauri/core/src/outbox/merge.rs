//! Three-way merge, per field: what I saw, what I want, what stands at the hotel now.

use crate::records::{FieldEdit, FieldValue, Fields};

/// The outcome of a merge. Edits that are already so at the hotel are in neither list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merge {
    /// Only I changed these: they are to be sent.
    pub send: Vec<FieldEdit>,
    /// Both changed these, to different values: a person must choose. Theirs stands beside mine.
    pub conflict: Vec<(FieldEdit, FieldValue)>,
}

/// Merges `edits` with the hotel's present content. Values are compared as the server stores them. `own`: what this desk
/// has sent a short time ago. Where that stands, an earlier try came late, and nobody else wrote.
pub fn merge(edits: &[FieldEdit], theirs: &Fields, own: &[FieldValue]) -> Merge {
    let mut merge = Merge::default();
    for edit in edits {
        let standing = theirs.in_place_of(&edit.now);
        if standing.as_stored() == edit.now.as_stored() {
            continue;
        }
        if standing.as_stored() == edit.was.as_stored() {
            merge.send.push(edit.clone());
        } else if own.iter().any(|own| own.as_stored() == standing.as_stored()) {
            merge.send.push(FieldEdit { was: standing, now: edit.now.clone() });
        } else {
            merge.conflict.push((edit.clone(), standing));
        }
    }
    merge
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::records::{Fields, Validity};
    use crate::resources::Kind;

    fn title(was: &str, now: &str) -> FieldEdit {
        FieldEdit { was: FieldValue::of("title", was), now: FieldValue::of("title", now) }
    }

    fn hotel(title: &str) -> Fields {
        Kind::Offer.table().blank().with("title", title)
    }

    #[test]
    fn what_only_i_changed_is_sent() {
        let merged = merge(&[title("A", "B")], &hotel("A"), &[]);
        assert_eq!(merged, Merge { send: vec![title("A", "B")], conflict: vec![] });
    }

    #[test]
    fn what_is_already_so_is_not_sent_again() {
        assert_eq!(merge(&[title("A", " B ")], &hotel("B"), &[]), Merge::default());
    }

    #[test]
    fn what_both_changed_differently_conflicts() {
        let merged = merge(&[title("A", "B")], &hotel("C"), &[]);
        assert_eq!(merged.conflict, [(title("A", "B"), FieldValue::of("title", "C"))]);
        assert!(merged.send.is_empty());
    }

    #[test]
    fn a_conflict_in_one_field_does_not_hold_up_another() {
        let tag = FieldEdit { was: FieldValue::of("tag", ""), now: FieldValue::of("tag", "New") };
        let merged = merge(&[title("A", "B"), tag.clone()], &hotel("C"), &[]);
        assert_eq!(merged.send, [tag]);
        assert_eq!(merged.conflict.len(), 1);
    }

    #[test]
    fn the_two_dates_merge_as_one() {
        let range = |from, to| FieldValue::of("validity", Validity { from, to });
        let (first, last) = (date(2026, 1, 1), date(2026, 2, 1));
        let edit = FieldEdit { was: range(None, None), now: range(Some(first), None) };
        let theirs = Kind::Offer.table().blank().with("validity", Validity { from: None, to: Some(last) });
        assert_eq!(merge(&[edit], &theirs, &[]).conflict.len(), 1);
    }
}
