//! Three-way merge, per field: the value that the person saw, the value that the person wants, and the hotel's current
//! value.

use crate::records::{FieldEdit, FieldValue, Fields};

/// The outcome of a merge. Edits whose value the hotel already has are in neither list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merge {
    /// The edits of fields that only this desk changed. They must be sent.
    pub send: Vec<FieldEdit>,
    /// The edits of fields that both sides changed to different values, each with the hotel's value. A person must
    /// choose.
    pub conflict: Vec<(FieldEdit, FieldValue)>,
}

/// Merges `edits` with the hotel's current content. Values are compared as the server stores them. `own` contains the
/// values that this desk sent recently: if the hotel has one of them, an earlier request was late and no colleague has
/// changed the field.
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
