//! Checks fields like the real server's framework, with its texts (`contract.md 4.5`).

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::body::Input;
use super::refusal::Refusal;

/// The rule of a text field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Text {
    pub(crate) required: bool,
    pub(crate) blank: bool,
    pub(crate) null: bool,
    /// The largest number of characters; 0: no limit.
    pub(crate) max: usize,
}

impl Text {
    /// May be missing and may be empty.
    pub(crate) const OPTIONAL: Self = Self { required: false, blank: true, null: false, max: 0 };
    /// Must be present and not empty.
    pub(crate) const REQUIRED: Self = Self { required: true, blank: false, null: false, max: 0 };

    pub(crate) const fn max(self, max: usize) -> Self {
        Self { max, ..self }
    }

    pub(crate) const fn or_null(self) -> Self {
        Self { null: true, ..self }
    }
}

/// Reads fields and collects their faults.
pub(crate) struct Checker<'a> {
    pub(crate) input: &'a Input,
    /// True if required fields may be missing, as in a PATCH.
    partial: bool,
    wrong: Map<String, Value>,
}

/// The text for a missing field.
const REQUIRED: &str = "This field is required.";
const NOT_NULL: &str = "This field may not be null.";

impl<'a> Checker<'a> {
    pub(crate) fn new(input: &'a Input, partial: bool) -> Self {
        Self { input, partial, wrong: Map::new() }
    }

    /// Fails with the collected texts, if there are any.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Refusal::Fields(self.wrong)) }
    }

    pub(crate) fn refuse<T>(&mut self, field: &str, text: impl Into<String>) -> Option<T> {
        self.wrong.insert(field.to_owned(), json!([text.into()]));
        None
    }

    /// Reads a text that may not be null. Returns `None` if it is not to be changed or is wrong.
    pub(crate) fn text(&mut self, field: &str, rule: Text) -> Option<String> {
        self.nullable_text(field, rule).flatten()
    }

    /// Reads a text; the inner `None` stands for null.
    pub(crate) fn nullable_text(&mut self, field: &str, rule: Text) -> Option<Option<String>> {
        let text = match self.input.values.get(field) {
            None if rule.required && !self.partial => return self.refuse(field, REQUIRED),
            None => return None,
            Some(Value::Null) if rule.null => return Some(None),
            Some(Value::Null) => return self.refuse(field, NOT_NULL),
            Some(Value::String(text)) => strip(text).to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return self.refuse(field, "Not a valid string."),
        };
        if text.is_empty() && !rule.blank {
            return self.refuse(field, "This field may not be blank.");
        }
        if text.contains('\0') {
            return self.refuse(field, "Null characters are not allowed.");
        }
        if rule.max > 0 && text.chars().count() > rule.max {
            return self
                .refuse(field, format!("Ensure this field has no more than {} characters.", rule.max));
        }
        Some(Some(text))
    }

    /// Reads a web address.
    pub(crate) fn url(&mut self, field: &str, rule: Text) -> Option<Option<String>> {
        match self.nullable_text(field, rule)? {
            Some(text) if !text.is_empty() && !is_url(&text) => self.refuse(field, "Enter a valid URL."),
            text => Some(text),
        }
    }

    /// Reads a day; the inner `None` clears it.
    pub(crate) fn date(&mut self, field: &str) -> Option<Option<String>> {
        let wrong = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
        match self.input.values.get(field)? {
            Value::Null => Some(None),
            Value::String(text) if text.is_empty() && self.input.is_form => Some(None),
            Value::String(text) if is_date(text) => Some(Some(text.clone())),
            _ => self.refuse(field, wrong),
        }
    }

    /// Reads a tick box. Browsers leave an unticked box out of a form, so a form without it means `false`.
    pub(crate) fn boolean(&mut self, field: &str) -> Option<bool> {
        let word = match self.input.values.get(field) {
            None => return (self.input.is_form && !self.partial).then_some(false),
            Some(Value::Null) => return self.refuse(field, NOT_NULL),
            Some(Value::Bool(value)) => return Some(*value),
            Some(Value::String(word)) => word.to_lowercase(),
            Some(other) => other.to_string(),
        };
        match word.as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" | "1.0" => Some(true),
            "false" | "f" | "no" | "n" | "off" | "0" | "0.0" => Some(false),
            _ => self.refuse(field, "Must be a valid boolean."),
        }
    }

    /// Reads a whole number of at least `least`.
    pub(crate) fn integer(&mut self, field: &str, least: i64) -> Option<i64> {
        const MOST: i64 = 2_147_483_647;
        let text = match self.input.values.get(field)? {
            Value::Null => return self.refuse(field, NOT_NULL),
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        match whole_number(&text) {
            None => self.refuse(field, "A valid integer is required."),
            Some(number) if number < least => {
                self.refuse(field, format!("Ensure this value is greater than or equal to {least}."))
            }
            Some(number) if number > MOST => {
                self.refuse(field, format!("Ensure this value is less than or equal to {MOST}."))
            }
            Some(number) => Some(number),
        }
    }

    /// Reads one of a few words.
    pub(crate) fn choice(&mut self, field: &str, choices: &[&str]) -> Option<String> {
        let word = match self.input.values.get(field)? {
            Value::Null => return self.refuse(field, NOT_NULL),
            Value::String(word) => word.clone(),
            other => other.to_string(),
        };
        if !choices.contains(&word.as_str()) {
            return self.refuse(field, format!("\"{word}\" is not a valid choice."));
        }
        Some(word)
    }

    /// Reads a decimal and returns it as text with exactly `places` places; the inner `None` stands for null.
    pub(crate) fn decimal(&mut self, field: &str, places: usize, null: bool) -> Option<Option<String>> {
        let text = match self.input.values.get(field)? {
            Value::Null if null => return Some(None),
            Value::Null => return self.refuse(field, NOT_NULL),
            Value::String(text) if text.is_empty() && null => return Some(None),
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        let Some((number, given)) = decimal_number(&text) else {
            return self.refuse(field, "A valid number is required.");
        };
        if given > places as i64 {
            return self
                .refuse(field, format!("Ensure that there are no more than {places} decimal places."));
        }
        Some(Some(format!("{number:.places$}")))
    }
}

/// The change of a picture field by a request (`contract.md 4.4`).
#[derive(Clone, Debug)]
pub(crate) enum PhotoChange {
    Keep,
    Clear,
    /// A text, which counts as a stored path.
    Path(String),
    File(bytes::Bytes),
}

impl PhotoChange {
    /// Returns the value to store if the caller handles files elsewhere.
    pub(crate) fn without_file(self) -> Option<Value> {
        match self {
            Self::Keep | Self::File(_) => None,
            Self::Clear => Some(Value::Null),
            Self::Path(path) => Some(Value::from(path)),
        }
    }
}

impl Checker<'_> {
    /// Reads a picture: a file, nothing, or any text, which counts as a stored path.
    pub(crate) fn photo(&mut self, field: &str) -> PhotoChange {
        if let Some(file) = self.input.files.get(field) {
            return PhotoChange::File(file.clone());
        }
        match self.nullable_text(field, Text::OPTIONAL.or_null().max(255)) {
            None => PhotoChange::Keep,
            Some(None) => PhotoChange::Clear,
            Some(Some(text)) if text.is_empty() => PhotoChange::Clear,
            Some(Some(text)) if text.starts_with("image/upload/") => PhotoChange::Path(text),
            // The trap: a URL counts as the public id of a picture.
            Some(Some(text)) => PhotoChange::Path(format!("image/upload/{text}")),
        }
    }
}

/// Sets a value, if there is one.
pub(crate) fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// Removes the same characters from both ends as Python's `strip`.
fn strip(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter))
}

/// Returns a decimal and its number of written places, with zeros and an exponent.
fn decimal_number(text: &str) -> Option<(f64, i64)> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let written = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some((number, i64::try_from(written).ok()? - exponent.parse::<i64>().ok()?))
}

fn whole_number(text: &str) -> Option<i64> {
    let text = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    text.parse().ok()
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

/// Returns true if the real server accepts this as a web address: a known scheme and a host with a dot or `localhost`.
fn is_url(text: &str) -> bool {
    let Ok(address) = url::Url::parse(text) else { return false };
    let host = address.host_str().unwrap_or_default();
    let known = ["http", "https", "ftp", "ftps"].contains(&address.scheme());
    let dotted = host.contains('.') && !host.ends_with('.') && !host.contains('_');
    let named = host == "localhost" || host.starts_with('[') || dotted;
    known && named && text.contains("://") && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_need_a_scheme_and_a_real_host() {
        assert!(is_url("https://killarney.example/offers?x=1"));
        assert!(is_url("http://localhost:8000/book"));
        for wrong in [
            "killarney.example",
            "https://my_hotel.example",
            "javascript:alert(1)",
            "https://killarney",
            "https:killarney.example",
            "x",
        ] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_place_a_decimal_is_written_with_counts() {
        assert_eq!(decimal_number("119"), Some((119.0, 0)));
        assert_eq!(decimal_number("119.50"), Some((119.5, 2)));
        assert_eq!(decimal_number("1e-7"), Some((1e-7, 7)));
        assert_eq!(decimal_number("1.5e3"), Some((1500.0, -2)));
        for wrong in ["NaN", "inf", "-Infinity", "1e999", "", "1,5"] {
            assert_eq!(decimal_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_may_end_in_zeros_after_the_point() {
        assert_eq!(whole_number("3.00"), Some(3));
        assert_eq!(whole_number("3.5"), None);
        assert_eq!(whole_number("true"), None);
    }
}
