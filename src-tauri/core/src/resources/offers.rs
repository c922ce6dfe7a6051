//! An offer with a name for each of its fields, and its state on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::copy::{read_record, text};
use super::events::{Said, number, photo_url};
use super::{ActivityKinds, Deed, Kind, Place, Resource, ServerCopy, Voice};
use crate::private::json_fault;
use crate::records::{Datum, Fields, Odd, Rule, Shape, Slot, Table, Validity};

/// Offers.
pub(super) static OFFERS: Resource = Resource {
    name: "offer",
    part: "part_offers",
    as_of: "offers_as_of",
    table: &TABLE,
    place: Place::List { path: "offers", upload: "upload-image" },
    read: |item| read_record(Kind::Offer, item).map(ServerCopy::Record),
    state: |fields, today| Some(offer_state(&OfferContent::from(fields), today)),
    activities: ActivityKinds {
        made: Some(Deed::Created),
        changed: Deed::Updated,
        removed: Deed::Deleted,
        picture: Deed::PictureUpdated,
    },
    voice: Voice::All,
    events: &[
        ("offer-created", |data| copy(data)),
        ("offer-updated", |data| copy(data)),
        ("offer-deleted", |data| Ok(Said::Tombstone { kind: Kind::Offer, id: number(data, "offer_id")? })),
        // Two of them have no order among themselves (trap 20).
        ("offer-image-updated", |data| {
            let (id, title) = (number(data, "offer_id")?, text(&data["offer_title"]).unwrap_or_default());
            Ok(Said::Picture { kind: Kind::Offer, id, title: Some(title), photo_url: photo_url(data) })
        }),
        // Follows each of the above, and is the only sign when the content is large (traps 17, 18).
        ("offers-updated", |_| Ok(Said::List(Kind::Offer))),
    ],
};

/// The own echo comes too, and before the answer to the request (trap 16).
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

/// An offer (contract.md 4.1). Its texts may have several lines: the server takes them.
const FIELDS: &[Rule] = &[
    Rule::needed("title", Shape::Text, 200),
    Rule::needed("short_description", Shape::Text, 0),
    Rule::new("details_html", Shape::Html, 0),
    Rule::new("details_text", Shape::Text, 0),
    Rule::days("validity", "valid_from", "valid_to"),
    Rule::new("tag", Shape::Text, 50),
    Rule::new("book_now_url", Shape::Link, 200),
    Rule::new("sort_order", Shape::Number, 0),
    Rule::new("is_active", Shape::Flag, 0),
];

/// What staff write in an offer. Field names are the server's (contract.md 4.1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfferContent {
    /// 1 to 200 characters after trimming.
    pub title: String,
    /// Not blank.
    pub short_description: String,
    /// Plain text; may be empty.
    #[serde(default)]
    pub details_text: String,
    /// Unsanitised, from any staff account: never shown without `html::sanitise`.
    #[serde(default)]
    pub details_html: String,
    /// First day on which the offer holds, in the hotel's zone.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_from: Option<Date>,
    /// Last day on which the offer holds, inclusive, in the hotel's zone.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_to: Option<Date>,
    /// At most 50 characters; may be empty.
    #[serde(default)]
    pub tag: String,
    /// A URL of at most 200 characters, or empty.
    #[serde(default)]
    pub book_now_url: String,
    /// Lower comes first.
    #[serde(default)]
    pub sort_order: u32,
    /// False hides the offer from guests.
    #[serde(default = "shown")]
    pub is_active: bool,
}

crate::private::hides!(OfferContent { valid_from, valid_to, sort_order, is_active; title, short_description, details_text, details_html, tag, book_now_url });

/// The server's own default in JSON (contract.md 4.1).
fn shown() -> bool {
    true
}

impl Default for OfferContent {
    fn default() -> Self {
        Self {
            title: String::new(),
            short_description: String::new(),
            details_text: String::new(),
            details_html: String::new(),
            valid_from: None,
            valid_to: None,
            tag: String::new(),
            book_now_url: String::new(),
            sort_order: 0,
            is_active: true,
        }
    }
}

const VALIDITY: &str = "validity";

impl From<&Fields> for OfferContent {
    fn from(fields: &Fields) -> Self {
        let flag = |name: &str| !matches!(fields.get(name), Some(Datum::Flag(false)));
        let days = match fields.get(VALIDITY) {
            Some(Datum::Days(days)) => *days,
            _ => Validity::default(),
        };
        Self {
            title: fields.text("title"),
            short_description: fields.text("short_description"),
            details_text: fields.text("details_text"),
            details_html: fields.text("details_html"),
            valid_from: days.from,
            valid_to: days.to,
            tag: fields.text("tag"),
            book_now_url: fields.text("book_now_url"),
            sort_order: fields.number("sort_order"),
            is_active: flag("is_active"),
        }
    }
}

impl From<OfferContent> for Fields {
    fn from(offer: OfferContent) -> Self {
        let days = Validity { from: offer.valid_from, to: offer.valid_to };
        let values: [(&str, Datum); 9] = [
            ("title", offer.title.into()),
            ("short_description", offer.short_description.into()),
            ("details_text", offer.details_text.into()),
            ("details_html", offer.details_html.into()),
            (VALIDITY, days.into()),
            ("tag", offer.tag.into()),
            ("book_now_url", offer.book_now_url.into()),
            ("sort_order", offer.sort_order.into()),
            ("is_active", offer.is_active.into()),
        ];
        Self(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// What an offer is to a guest on a given day. The server does not compute it (trap 37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// Guests can use it today.
    Live,
    /// It begins on a later day.
    Scheduled,
    /// Its last day is over.
    Expired,
    /// Switched off by staff, whatever its dates.
    Hidden,
}

/// The state of an offer on `today`, a day in the hotel's own zone. The last day is inclusive.
///
/// A range that ends before it begins is accepted by the server (contract.md 4.1). It never holds on any
/// day, so it is expired once its end is past, and scheduled never.
pub fn offer_state(content: &OfferContent, today: Date) -> OfferState {
    if !content.is_active {
        OfferState::Hidden
    } else if content.valid_to.is_some_and(|last| last < today) {
        OfferState::Expired
    } else if content.valid_from.is_some_and(|first| today < first) {
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

    fn valid(from: Option<Date>, to: Option<Date>) -> OfferContent {
        OfferContent { valid_from: from, valid_to: to, ..OfferContent::default() }
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
        let mut offer = valid(None, Some(date(2020, 1, 1)));
        offer.is_active = false;
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
    fn an_offer_becomes_fields_and_an_offer_again() {
        let full = OfferContent {
            title: "a".into(),
            short_description: "b".into(),
            details_text: "c".into(),
            details_html: "d".into(),
            valid_from: Some(date(2026, 1, 1)),
            valid_to: Some(date(2026, 1, 2)),
            tag: "e".into(),
            book_now_url: "f".into(),
            sort_order: 7,
            is_active: false,
        };
        assert_eq!(OfferContent::from(&Fields::from(full.clone())), full);
        assert_eq!(OfferContent::from(&Fields::default()), OfferContent::default());
    }

    #[test]
    fn edits_name_only_what_differs_and_keep_both_dates_together() {
        let before = Fields::from(valid(Some(date(2026, 1, 1)), Some(date(2026, 2, 1))));
        let after = Fields::from(OfferContent { tag: "New".into(), ..valid(Some(date(2026, 1, 1)), None) });
        let edits = before.edits_to(&after);
        let names: Vec<&str> = edits.iter().map(|edit| edit.field().0.as_str()).collect();
        assert_eq!(names, ["tag", "validity"]);
        let mut rebuilt = before.clone();
        edits.into_iter().for_each(|edit| rebuilt.put(edit.now));
        assert_eq!(rebuilt, after);
    }
}
