//! What an edit of an offer changes.

use hotelmate_core::records::{FieldEdit, Fields};
use hotelmate_core::resources::{Kind, OfferContent};

/// Only what differs, and not what differs merely in outer white space, which the server cuts off.
pub fn differences(was: &OfferContent, now: &OfferContent) -> Vec<FieldEdit> {
    let [was, now] = [was, now].map(|offer| Fields::from(offer.clone()));
    let mut edits = was.edits_to(&now);
    edits.sort_by_key(|edit| Kind::Offer.table().place_of(edit.field()));
    edits.retain(|edit| edit.was.as_stored() != edit.now.as_stored());
    edits
}
