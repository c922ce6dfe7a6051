//! Offers, and the state of an offer on a given day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::copy::read_record;
use super::said::Said;
use super::values::{number, photo_url, text};
use super::{ActivityKinds, Deed, Kind, Location, Resource, Send, ServerCopy, Ties, Voice};
use crate::private::json_fault;
use crate::records::{Fields, Odd, Rule, Shape, Slot, Table};

/// The declaration of the offers.
pub(super) static OFFERS: Resource = Resource {
    name: "offer",
    part: "part_offers",
    as_of: "offers_as_of",
    table: &TABLE,
    location: Location::List { path: "offers", upload: "upload-image" },
    send: Send::Merge,
    is_private: false,
    read: |item| read_record(Kind::Offer, item).map(ServerCopy::Record),
    state: |fields, today| Some(offer_state(fields, today)),
    ties: Ties::Newest,
    activities: Some(ActivityKinds {
        made: Some(Deed::Created),
        changed: Deed::Updated,
        removed: Deed::Deleted,
        picture: Deed::PictureUpdated,
    }),
    voice: Voice::All,
    events: &[
        ("offer-created", |data| copy(data)),
        ("offer-updated", |data| copy(data)),
        ("offer-deleted", |data| Ok(Said::Tombstone { kind: Kind::Offer, id: number(data, "offer_id")? })),
        // Two such events have no guaranteed order (trap 20).
        ("offer-image-updated", |data| {
            let (id, title) = (number(data, "offer_id")?, text(&data["offer_title"]).unwrap_or_default());
            Ok(Said::Picture { kind: Kind::Offer, id, title: Some(title), photo_url: photo_url(data) })
        }),
        // Follows each of the events above, and is the only event when the content is large (traps 17, 18).
        ("offers-updated", |_| Ok(Said::List(Kind::Offer))),
    ],
};

/// Reads the event's copy of the offer. The desk also receives the event of its own request, before the answer (trap
/// 16).
fn copy(data: &Value) -> Result<Said, String> {
    let offer = data.get("offer").ok_or("it has no offer")?;
    let copy = (Kind::Offer.resource().read)(offer).map_err(|error| json_fault(&error))?;
    Ok(Said::Copy(copy))
}

static TABLE: Table = Table {
    fields: FIELDS,
    slots: &[Slot::Photo],
    marks: ["title", "short_description"],
    odd: Odd::Unreadable,
    can_be_made: true,
    creates_whole: true,
};

/// The fields of an offer (contract.md 4.1). The server accepts several lines in its texts.
const FIELDS: &[Rule] = &[
    Rule::needed("title", Shape::Text, 200),
    Rule::needed("short_description", Shape::Text, 0),
    Rule::new("details_html", Shape::Html, 0),
    Rule::new("details_text", Shape::Text, 0),
    Rule::days("validity", "valid_from", "valid_to").aside(),
    Rule::new("tag", Shape::Text, 50).aside(),
    Rule::new("book_now_url", Shape::Link, 200).aside(),
    Rule::new("sort_order", Shape::Number, 0).aside(),
    Rule::new("is_active", Shape::Flag, 0).aside(),
];

/// The state of an offer for guests on a given day. The server does not compute it (trap 37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// Guests can use the offer today.
    Live,
    /// The offer begins on a later day.
    Scheduled,
    /// The offer's last day is over.
    Expired,
    /// Staff switched the offer off, whatever its dates are.
    Hidden,
}

/// Returns the state of an offer on `today`, a day in the hotel's own time zone. The last day is inclusive.
///
/// The server accepts a range that ends before it begins (contract.md 4.1). Such an offer is never valid: it is
/// expired once its end is past, and never scheduled.
pub fn offer_state(fields: &Fields, today: Date) -> OfferState {
    let days = TABLE.days(fields);
    if !fields.flag("is_active") {
        OfferState::Hidden
    } else if days.to.is_some_and(|last| last < today) {
        OfferState::Expired
    } else if days.from.is_some_and(|first| today < first) {
        OfferState::Scheduled
    } else {
        OfferState::Live
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::records::Validity;

    fn valid(from: Option<Date>, to: Option<Date>) -> Fields {
        TABLE.blank().with("validity", Validity { from, to })
    }

    #[test]
    fn an_offer_lives_through_its_last_day_and_expires_on_the_next() {
        let offer = valid(Some(date(2026, 11, 1)), Some(date(2026, 11, 30)));
        assert_eq!(offer_state(&offer, date(2026, 10, 31)), OfferState::Scheduled);
        assert_eq!(offer_state(&offer, date(2026, 11, 1)), OfferState::Live);
        assert_eq!(offer_state(&offer, date(2026, 11, 30)), OfferState::Live);
        assert_eq!(offer_state(&offer, date(2026, 12, 1)), OfferState::Expired);
    }

    #[test]
    fn an_offer_that_is_switched_off_is_hidden_whatever_its_dates() {
        let offer = valid(None, Some(date(2020, 1, 1))).with("is_active", false);
        assert_eq!(offer_state(&offer, date(2026, 1, 1)), OfferState::Hidden);
    }

    fn read_offer(value: &Value) -> Result<crate::resources::ServerRecord, serde_json::Error> {
        read_record(Kind::Offer, value)
    }

    #[test]
    fn null_and_absent_mean_the_same() {
        let bare =
            json!({"id": 1, "title": "Spa", "short_description": "x", "created_at": "2026-01-01T10:00:00Z"});
        let mut nulls = bare.clone();
        for key in ["details_text", "tag", "book_now_url", "valid_from", "photo", "photo_url", "sort_order"] {
            nulls[key] = Value::Null;
        }
        let (bare, nulls) = (read_offer(&bare).expect("bare"), read_offer(&nulls).expect("nulls"));
        assert_eq!(bare, nulls);
        assert_eq!(
            bare.fields.get("is_active"),
            Some(&true.into()),
            "shown unless the server says otherwise"
        );
    }

    #[test]
    fn an_offer_without_a_title_is_not_an_offer() {
        assert!(read_offer(&json!({"id": 1})).is_err());
    }

    #[test]
    fn edits_name_only_what_differs_and_keep_both_dates_together() {
        let before = valid(Some(date(2026, 1, 1)), Some(date(2026, 2, 1)));
        let after = valid(Some(date(2026, 1, 1)), None).with("tag", "New");
        let edits = before.edits_to(&after);
        let names: Vec<&str> = edits.iter().map(|edit| edit.field().0.as_str()).collect();
        assert_eq!(names, ["tag", "validity"]);
        let mut rebuilt = before.clone();
        edits.into_iter().for_each(|edit| rebuilt.put(edit.now));
        assert_eq!(rebuilt, after);
    }
}
