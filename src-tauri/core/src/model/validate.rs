//! The server's rules for an offer, checked before anything is queued (CONTRACT.md 4.1, 4.5).
//!
//! The sentences are ours, for a receptionist; the rules are the server's. A rule that the server does
//! not have (a last day before the first) is checked here too, since it always is a slip.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::address::is_web_address;
use super::offer::{FieldValue, OfferContent, OfferField, Validity};
use super::text::{NUL, has_nul};
use crate::private::Private;

/// What is wrong, per field name of the server (`valid_to`, not `validity`).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<String>>);

/// The fields only: a server's sentence may quote what was typed.
impl fmt::Debug for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(field, sentences)| (field, Private(sentences)))).finish()
    }
}

impl FieldErrors {
    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, field: &str, sentence: &str) {
        self.0.entry(field.to_owned()).or_default().push(sentence.to_owned());
    }
}

/// Longest title, in characters.
const TITLE: usize = 200;
/// Longest tag, in characters.
const TAG: usize = 50;
/// Longest booking link, in characters.
const LINK: usize = 200;
/// Largest sort order of the server's column.
const SORT_ORDER: u32 = 2_147_483_647;

/// Checks a whole offer.
pub fn validate_offer(content: &OfferContent) -> FieldErrors {
    let mut errors = FieldErrors::default();
    OfferField::ALL.iter().for_each(|field| check(&content.get(*field), &mut errors));
    errors
}

/// Checks one value.
pub fn validate_field(value: &FieldValue) -> FieldErrors {
    let mut errors = FieldErrors::default();
    check(value, &mut errors);
    errors
}

fn check(value: &FieldValue, errors: &mut FieldErrors) {
    let (name, text) = match value {
        FieldValue::Title(text) => ("title", text.as_str()),
        FieldValue::ShortDescription(text) => ("short_description", text.as_str()),
        FieldValue::DetailsText(text) => ("details_text", text.as_str()),
        FieldValue::DetailsHtml(text) => ("details_html", text.as_str()),
        FieldValue::Tag(text) => ("tag", text.as_str()),
        FieldValue::BookNowUrl(text) => ("book_now_url", text.as_str()),
        _ => ("", ""),
    };
    if has_nul(text) {
        errors.add(name, NUL);
    }
    match value.as_stored() {
        FieldValue::Title(text) if text.is_empty() => errors.add("title", "A title is needed."),
        FieldValue::Title(text) if text.chars().count() > TITLE => {
            errors.add("title", "At most 200 characters.");
        }
        FieldValue::ShortDescription(text) if text.is_empty() => {
            errors.add("short_description", "A short description is needed.");
        }
        FieldValue::Tag(text) if text.chars().count() > TAG => errors.add("tag", "At most 50 characters."),
        FieldValue::BookNowUrl(text) if !text.is_empty() => check_link(&text, errors),
        FieldValue::SortOrder(number) if number > SORT_ORDER => {
            errors.add("sort_order", "At most 2147483647.");
        }
        FieldValue::Validity(Validity { from: Some(from), to: Some(to) }) if to < from => {
            errors.add("valid_to", "The last day is before the first.");
        }
        FieldValue::Record(value) => errors.0.extend(value.check().0),
        _ => {}
    }
}

/// Only web addresses: the link is opened by guests, so `javascript:` and its like are refused here.
fn check_link(text: &str, errors: &mut FieldErrors) {
    if text.chars().count() > LINK {
        errors.add("book_now_url", "At most 200 characters.");
    }
    if !is_web_address(text) {
        errors.add("book_now_url", "A web address is needed, for example https://hotel.example/book.");
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn good() -> OfferContent {
        OfferContent {
            title: "Spa".into(),
            short_description: "Two nights".into(),
            ..OfferContent::default()
        }
    }

    fn fields(content: &OfferContent) -> Vec<String> {
        validate_offer(content).0.into_keys().collect()
    }

    #[test]
    fn a_plain_offer_is_accepted() {
        assert!(validate_offer(&good()).is_empty());
    }

    #[test]
    fn blank_texts_are_refused_at_their_field() {
        let blank = OfferContent { title: "  ".into(), short_description: "\n".into(), ..good() };
        assert_eq!(fields(&blank), ["short_description", "title"]);
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        let long = OfferContent { title: "é".repeat(200), tag: "é".repeat(50), ..good() };
        assert!(validate_offer(&long).is_empty());
        let longer = OfferContent { title: "é".repeat(201), tag: "é".repeat(51), ..good() };
        assert_eq!(fields(&longer), ["tag", "title"]);
    }

    #[test]
    fn only_web_addresses_may_be_booking_links() {
        for bad in
            ["javascript:alert(1)", "hotel.example", "https://", "http:// space.example", "data:text/html,x"]
        {
            let offer = OfferContent { book_now_url: bad.into(), ..good() };
            assert_eq!(fields(&offer), ["book_now_url"], "{bad}");
        }
        let offer = OfferContent { book_now_url: "https://hotel.example/book?x=1".into(), ..good() };
        assert!(validate_offer(&offer).is_empty());
    }

    #[test]
    fn what_python_strips_counts_for_nothing() {
        let blank = OfferContent { title: "\u{1c}\u{1f}".into(), ..good() };
        assert_eq!(fields(&blank), ["title"]);
        let padded = OfferContent { title: format!("\u{1e}{}\u{85}", "x".repeat(200)), ..good() };
        assert!(validate_offer(&padded).is_empty());
    }

    #[test]
    fn a_character_that_no_text_of_the_server_may_hold_is_refused_here() {
        let odd = OfferContent { details_text: "a\0b".into(), ..good() };
        assert_eq!(fields(&odd), ["details_text"]);
    }

    #[test]
    fn a_last_day_before_the_first_is_a_slip() {
        let offer =
            OfferContent { valid_from: Some(date(2026, 2, 1)), valid_to: Some(date(2026, 1, 1)), ..good() };
        assert_eq!(fields(&offer), ["valid_to"]);
    }
}
