//! An offer: its fields, its state on a day, and the unit in which it is merged.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use super::ids::ServerId;
use super::record::{self, Datum, RecordValue};
use super::text::strip;
use super::thing::Field;
use crate::private::Private;

/// What staff write in an offer. Field names are the server's (CONTRACT.md 4.1).
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

/// The server's own default in JSON (CONTRACT.md 4.1).
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

/// An offer as the server showed it last: the base of every merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerOffer {
    /// The server's number.
    pub id: ServerId,
    /// The fields that staff write.
    #[serde(flatten)]
    pub content: OfferContent,
    /// Stored path of the picture: it tells whether the picture changed, and is never sent back (CONTRACT.md 4.4).
    #[serde(default)]
    pub photo: Option<String>,
    /// Where the picture can be read.
    #[serde(default)]
    pub photo_url: Option<String>,
    /// When the server stored the offer. An offer that is resurrected by an upload gets a new one (trap 14).
    pub created_at: Timestamp,
}

/// Both ends of an offer's validity. They make sense only together, so they merge as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Validity {
    /// First day, or open.
    #[ts(type = "string | null")]
    pub from: Option<Date>,
    /// Last day, inclusive, or open.
    #[ts(type = "string | null")]
    pub to: Option<Date>,
}

/// The units of an offer that can change, and clash, on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum OfferField {
    /// `title`
    Title,
    /// `short_description`
    ShortDescription,
    /// `details_text`
    DetailsText,
    /// `details_html`
    DetailsHtml,
    /// `valid_from` and `valid_to`
    Validity,
    /// `tag`
    Tag,
    /// `book_now_url`
    BookNowUrl,
    /// `sort_order`
    SortOrder,
    /// `is_active`
    IsActive,
}

/// One field with a value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum FieldValue {
    /// `title`
    Title(String),
    /// `short_description`
    ShortDescription(String),
    /// `details_text`
    DetailsText(String),
    /// `details_html`
    DetailsHtml(String),
    /// `valid_from` and `valid_to`
    Validity(Validity),
    /// `tag`
    Tag(String),
    /// `book_now_url`
    BookNowUrl(String),
    /// `sort_order`
    SortOrder(u32),
    /// `is_active`
    IsActive(bool),
    /// A field of a record.
    Record(RecordValue),
}

impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Title(_) => "Title",
            Self::ShortDescription(_) => "ShortDescription",
            Self::DetailsText(_) => "DetailsText",
            Self::DetailsHtml(_) => "DetailsHtml",
            Self::Validity(_) => "Validity",
            Self::Tag(_) => "Tag",
            Self::BookNowUrl(_) => "BookNowUrl",
            Self::SortOrder(_) => "SortOrder",
            Self::IsActive(_) => "IsActive",
            Self::Record(_) => "Record",
        };
        let mut shown = f.debug_tuple(name);
        match self {
            Self::Title(text)
            | Self::ShortDescription(text)
            | Self::DetailsText(text)
            | Self::DetailsHtml(text)
            | Self::Tag(text)
            | Self::BookNowUrl(text) => shown.field(&Private(text)),
            Self::Validity(days) => shown.field(days),
            Self::SortOrder(number) => shown.field(number),
            Self::IsActive(active) => shown.field(active),
            Self::Record(value) => shown.field(value),
        };
        shown.finish()
    }
}

/// A wish for one field: what the person saw when they began, and what they want instead.
///
/// `was` is kept with the wish, not looked up later: a colleague's change that arrives in between must
/// count as a change against it, or it would be overwritten unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldEdit {
    /// What stood there when the person began to type.
    pub was: FieldValue,
    /// What they want. Always of the same field as `was`.
    pub now: FieldValue,
}

impl FieldEdit {
    /// The field in question.
    pub fn field(&self) -> Field {
        self.now.field()
    }
}

impl OfferField {
    /// Every field, in the order in which a person reads them.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::ShortDescription,
        Self::DetailsText,
        Self::DetailsHtml,
        Self::Validity,
        Self::Tag,
        Self::BookNowUrl,
        Self::SortOrder,
        Self::IsActive,
    ];
}

impl FieldValue {
    /// The field in question.
    pub fn field(&self) -> Field {
        Field::Offer(match self {
            Self::Record(value) => return Field::Record(value.name.clone()),
            Self::Title(_) => OfferField::Title,
            Self::ShortDescription(_) => OfferField::ShortDescription,
            Self::DetailsText(_) => OfferField::DetailsText,
            Self::DetailsHtml(_) => OfferField::DetailsHtml,
            Self::Validity(_) => OfferField::Validity,
            Self::Tag(_) => OfferField::Tag,
            Self::BookNowUrl(_) => OfferField::BookNowUrl,
            Self::SortOrder(_) => OfferField::SortOrder,
            Self::IsActive(_) => OfferField::IsActive,
        })
    }

    /// The server's names with their values: two for the dates, else one.
    pub fn by_name(&self) -> Vec<(&str, Value)> {
        match self {
            Self::Title(text) => vec![("title", json!(text))],
            Self::ShortDescription(text) => vec![("short_description", json!(text))],
            Self::DetailsText(text) => vec![("details_text", json!(text))],
            Self::DetailsHtml(text) => vec![("details_html", json!(text))],
            Self::Validity(Validity { from, to }) => {
                vec![("valid_from", json!(from)), ("valid_to", json!(to))]
            }
            Self::Tag(text) => vec![("tag", json!(text))],
            Self::BookNowUrl(text) => vec![("book_now_url", json!(text))],
            Self::SortOrder(number) => vec![("sort_order", json!(number))],
            Self::IsActive(active) => vec![("is_active", json!(active))],
            Self::Record(value) => vec![(&value.name, json!(value.value))],
        }
    }

    /// As this program writes it; see [`RecordValue::tidied`].
    pub fn tidied(self) -> Self {
        match self {
            Self::Record(value) => Self::Record(value.tidied()),
            other => other,
        }
    }

    /// It is a text of nothing but white space: nothing can be recognised by it.
    pub fn is_empty_text(&self) -> bool {
        match self {
            Self::Title(text)
            | Self::ShortDescription(text)
            | Self::DetailsText(text)
            | Self::DetailsHtml(text)
            | Self::Tag(text)
            | Self::BookNowUrl(text) => strip(text).is_empty(),
            Self::Record(RecordValue { value: Datum::Text(text), .. }) => strip(text).is_empty(),
            _ => false,
        }
    }

    /// It is what the server itself puts where a new record has no value.
    pub fn is_default_of_server(&self) -> bool {
        match self {
            Self::Record(RecordValue { name, value }) => {
                record::rule_of(name).is_some_and(|rule| rule.is_default(value))
            }
            _ => false,
        }
    }

    /// The value as the server will hold it: it trims every text (CONTRACT.md 4.1), so a wish that
    /// differs only in outer white space is already fulfilled.
    pub fn as_stored(&self) -> Self {
        let trim = |text: &String| strip(text).to_owned();
        match self {
            Self::Title(text) => Self::Title(trim(text)),
            Self::ShortDescription(text) => Self::ShortDescription(trim(text)),
            Self::DetailsText(text) => Self::DetailsText(trim(text)),
            Self::DetailsHtml(text) => Self::DetailsHtml(trim(text)),
            Self::Tag(text) => Self::Tag(trim(text)),
            Self::BookNowUrl(text) => Self::BookNowUrl(trim(text)),
            Self::Record(value) => Self::Record(value.as_stored()),
            other => other.clone(),
        }
    }
}

impl OfferContent {
    /// The value of one field.
    pub fn get(&self, field: OfferField) -> FieldValue {
        match field {
            OfferField::Title => FieldValue::Title(self.title.clone()),
            OfferField::ShortDescription => FieldValue::ShortDescription(self.short_description.clone()),
            OfferField::DetailsText => FieldValue::DetailsText(self.details_text.clone()),
            OfferField::DetailsHtml => FieldValue::DetailsHtml(self.details_html.clone()),
            OfferField::Validity => {
                FieldValue::Validity(Validity { from: self.valid_from, to: self.valid_to })
            }
            OfferField::Tag => FieldValue::Tag(self.tag.clone()),
            OfferField::BookNowUrl => FieldValue::BookNowUrl(self.book_now_url.clone()),
            OfferField::SortOrder => FieldValue::SortOrder(self.sort_order),
            OfferField::IsActive => FieldValue::IsActive(self.is_active),
        }
    }

    /// Puts one value in its place.
    pub fn set(&mut self, value: FieldValue) {
        match value {
            FieldValue::Title(text) => self.title = text,
            FieldValue::ShortDescription(text) => self.short_description = text,
            FieldValue::DetailsText(text) => self.details_text = text,
            FieldValue::DetailsHtml(text) => self.details_html = text,
            FieldValue::Validity(Validity { from, to }) => (self.valid_from, self.valid_to) = (from, to),
            FieldValue::Tag(text) => self.tag = text,
            FieldValue::BookNowUrl(text) => self.book_now_url = text,
            FieldValue::SortOrder(number) => self.sort_order = number,
            FieldValue::IsActive(active) => self.is_active = active,
            // Of another kind of thing: it has no place here.
            FieldValue::Record(_) => {}
        }
    }

    /// The fields in which `other` differs, as edits from `self` to `other`.
    pub fn edits_to(&self, other: &Self) -> Vec<FieldEdit> {
        OfferField::ALL
            .iter()
            .map(|field| FieldEdit { was: self.get(*field), now: other.get(*field) })
            .filter(|edit| edit.was != edit.now)
            .collect()
    }

    /// The content as the server will hold it after its own trimming.
    pub fn as_stored(&self) -> Self {
        let mut stored = self.clone();
        for field in OfferField::ALL {
            stored.set(self.get(field).as_stored());
        }
        stored
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
/// A range that ends before it begins is accepted by the server (CONTRACT.md 4.1). It never holds on any
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

    #[test]
    fn edits_name_only_what_differs_and_keep_both_dates_together() {
        let before = valid(Some(date(2026, 1, 1)), Some(date(2026, 2, 1)));
        let mut after = before.clone();
        after.valid_to = None;
        after.tag = "New".into();
        let edits = before.edits_to(&after);
        assert_eq!(
            edits.iter().map(FieldEdit::field).collect::<Vec<_>>(),
            [Field::Offer(OfferField::Validity), Field::Offer(OfferField::Tag)]
        );
        let mut rebuilt = before.clone();
        edits.into_iter().for_each(|edit| rebuilt.set(edit.now));
        assert_eq!(rebuilt, after);
    }

    #[test]
    fn every_field_can_be_read_and_put_back() {
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
        let mut copy = OfferContent::default();
        OfferField::ALL.iter().for_each(|field| copy.set(full.get(*field)));
        assert_eq!(copy, full);
    }
}
