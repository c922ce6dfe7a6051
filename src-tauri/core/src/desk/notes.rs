//! The notes on an offer, for a manager's morning: its days, its picture, changes by colleagues.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::ids::LocalId;
use crate::resources::{Kind, OfferState};
use crate::views::{NoteCounts, NoteKind, OfferNote, RecordView};

/// The number of days before its last or first day from which an offer ends or starts soon.
const SOON: i32 = 7;

/// Returns the notes on an offer on `today`, a day in the hotel's zone. `changed` has the offers that a colleague
/// changed since the person looked at the activities.
pub(super) fn of_offer(offer: &RecordView, today: Date, changed: &HashSet<LocalId>) -> Vec<OfferNote> {
    let days = Kind::Offer.table().days(&offer.fields);
    let until = |day: Option<Date>| {
        let left = today.until(day?).ok()?.get_days();
        (0..=SOON).contains(&left).then_some(left.unsigned_abs())
    };
    let is = |state| offer.state == Some(state);
    let with_days = |kind, days: Option<u32>| days.map(|days| OfferNote { kind, days: Some(days) });
    let plain = |kind, applies: bool| applies.then_some(OfferNote { kind, days: None });
    let photo = offer.photo();
    let lacks_picture = photo.picture.is_none() && photo.url.is_none();
    let ends = is(OfferState::Live).then(|| until(days.to)).flatten();
    let starts = is(OfferState::Scheduled).then(|| until(days.from)).flatten();
    [
        with_days(NoteKind::EndsSoon, ends),
        with_days(NoteKind::StartsSoon, starts),
        plain(NoteKind::NoPicture, is(OfferState::Live) && lacks_picture),
        plain(NoteKind::Changed, changed.contains(&offer.local_id)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Counts the offers with each note.
pub(super) fn count(offers: &[RecordView]) -> NoteCounts {
    let mut counts = NoteCounts::default();
    for note in offers.iter().flat_map(|offer| &offer.notes) {
        *counts.of(note.kind) += 1;
    }
    counts
}
