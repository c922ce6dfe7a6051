//! The server's rules for a field of a record (contract.md 4.1, 6.1, 7).

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

use super::address::is_web_address;
use super::errors::FieldErrors;
use super::text::has_nul;
use super::value::{Datum, Validity};
use crate::catalogue::{say, text};

/// The rule of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Rule {
    /// The server's name of the field. For days, this program's name of both fields together.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// True if it may not be empty.
    pub required: bool,
    /// Longest text in characters; 0 means any length.
    pub max: u32,
    /// True if an empty value is written as `null`: then the hotel's own value shows again (`*_override`).
    #[serde(skip)]
    pub null_when_empty: bool,
    /// True if the value is written as a number.
    #[serde(skip)]
    pub as_number: bool,
    /// The server's names of the first and the last day; null for other shapes.
    pub days: Option<(&'static str, &'static str)>,
    /// Its column in a form.
    pub column: Column,
    /// True if it needs the whole width of its column.
    pub wide: bool,
    /// The server's own value in a new record without one; null if that is the empty value.
    #[serde(skip)]
    pub default: Option<u32>,
}

/// A column of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The wide one.
    Main,
    /// The narrow one beside it.
    Side,
}

/// The shape of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line of text.
    Line,
    /// Any text.
    Text,
    /// Formatted text, unsanitised: never shown without `html::sanitise`.
    Html,
    /// A web address.
    Link,
    /// An e-mail address.
    Email,
    /// `#RRGGBB`.
    Colour,
    /// A decimal number with two decimals, as a text.
    Money,
    /// Three capital letters.
    Currency,
    /// A coordinate in degrees with at most six decimals, as a text.
    Coordinate,
    /// A whole number.
    Number,
    /// On or off.
    Flag,
    /// `light`, `dark` or `custom`.
    Theme,
    /// Several lines.
    List,
    /// A first and a last day.
    Days,
}

/// The reading of a field that an answer lacks, or has in an odd shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// The whole record cannot be read: a value that guests see must not be guessed.
    Unreadable,
    /// The field counts as empty: one field is not worth the loss of all others.
    Empty,
    /// The field is missing, and neither shown nor written: servers differ in their fields.
    Absent,
}

impl Rule {
    /// Makes a field that may be empty. `max` counts characters; 0 means any number of them.
    pub const fn new(name: &'static str, shape: Shape, max: u32) -> Self {
        Self {
            name,
            shape,
            required: false,
            max,
            null_when_empty: false,
            as_number: false,
            days: None,
            column: Column::Main,
            wide: shape.is_wide(),
            default: None,
        }
    }

    /// Puts the field into the narrow column of a form.
    pub const fn aside(self) -> Self {
        Self { column: Column::Side, ..self }
    }

    /// Gives the field the whole width of its column.
    pub const fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// Makes a field that may not be empty.
    pub const fn needed(name: &'static str, shape: Shape, max: u32) -> Self {
        Self { required: true, ..Self::new(name, shape, max) }
    }

    /// Makes a field that replaces the hotel's own value while it is not empty.
    pub const fn over(name: &'static str, shape: Shape, max: u32) -> Self {
        Self { null_when_empty: true, ..Self::new(name, shape, max) }
    }

    /// Makes a field of degrees, which the server stores as a number or null.
    pub const fn degrees(name: &'static str) -> Self {
        Self { as_number: true, ..Self::over(name, Shape::Coordinate, 0) }
    }

    /// Makes a field of a first and a last day, which the server stores in two fields.
    pub const fn days(name: &'static str, first: &'static str, last: &'static str) -> Self {
        Self { days: Some((first, last)), ..Self::new(name, Shape::Days, 0) }
    }

    /// Makes a number that the server sets to `default` if a new record does not have it.
    pub const fn number_or(name: &'static str, default: u32) -> Self {
        Self { default: Some(default), ..Self::new(name, Shape::Number, 0) }
    }
}

/// Largest whole number of the server's columns.
const LARGEST: u32 = 2_147_483_647;
/// Digits before the point of the largest price that is accepted.
const PRICE_DIGITS: usize = 8;

impl Shape {
    /// Returns true if a value of this shape needs the whole width of a column.
    const fn is_wide(self) -> bool {
        matches!(self, Self::Text | Self::Html | Self::List | Self::Theme | Self::Days)
    }

    /// Returns the value of a missing field.
    pub fn empty(self) -> Datum {
        match self {
            Self::Number => Datum::Number(0),
            // The server's own default (contract.md 7).
            Self::Flag => Datum::Flag(true),
            Self::List => Datum::List(Vec::new()),
            Self::Days => Datum::Days(Validity::default()),
            _ => Datum::Text(String::new()),
        }
    }

    /// Converts the server's value; returns `None` if it does not fit this shape. Null is the empty value. Money and
    /// coordinates come as texts or as numbers (contract.md 1.7).
    pub fn reported(self, value: &Value) -> Option<Datum> {
        if value.is_null() {
            return Some(self.empty());
        }
        let read = match (self, value) {
            (Self::Number, Value::Number(number)) => {
                number.as_u64().and_then(|number| u32::try_from(number).ok()).map(Datum::Number)
            }
            (Self::Flag, Value::Bool(on)) => Some(Datum::Flag(*on)),
            (Self::List, Value::Array(entries)) => Some(Datum::List(
                entries.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect(),
            )),
            (Self::Number | Self::Flag | Self::List | Self::Days, _) => None,
            (_, Value::String(text)) => Some(Datum::Text(text.clone())),
            // The digits are kept as text, to avoid floats.
            (_, Value::Number(number)) => Some(Datum::Text(number.to_string())),
            _ => None,
        };
        read.map(|value| self.tidy(&value))
    }

    /// Returns the value in its only form, so that equal values compare equal.
    pub fn tidy(self, value: &Datum) -> Datum {
        let Datum::Text(text) = value else { return value.clone() };
        Datum::Text(match self {
            Self::Money => with_cents(text).unwrap_or_else(|| text.clone()),
            Self::Coordinate => without_zeros(text),
            Self::Colour if is_colour(text) => text.to_ascii_uppercase(),
            Self::Currency => text.to_ascii_uppercase(),
            _ => text.clone(),
        })
    }
}

impl Rule {
    /// Returns the server's names of the field: two for days, else one.
    pub fn parts(&self) -> Vec<&'static str> {
        self.days.map_or_else(|| vec![self.name], |(first, last)| vec![first, last])
    }

    /// Returns `days` with another day under this name of the server's; none opens that end.
    pub fn with_day(&self, days: Option<&Datum>, part: &str, day: Option<Date>) -> Datum {
        let days = if let Some(Datum::Days(days)) = days { *days } else { Validity::default() };
        Datum::Days(if self.days.is_some_and(|(first, _)| first == part) {
            Validity { from: day, ..days }
        } else {
            Validity { to: day, ..days }
        })
    }

    /// Returns the value in a new record.
    pub fn blank(&self) -> Datum {
        self.default.map_or_else(|| self.shape.empty(), Datum::Number)
    }

    /// Parses a value that a person types on a command line; a list has one entry a line.
    ///
    /// # Errors
    /// A sentence if the text is not a value of this field.
    pub fn typed(&self, text: &str) -> Result<Datum, String> {
        match self.shape {
            Shape::Number => text.trim().parse().map(Datum::Number).map_err(|_| say!("check-typed-number")),
            Shape::Flag => text.trim().parse().map(Datum::Flag).map_err(|_| say!("check-typed-flag")),
            Shape::List => Ok(Datum::List(text.lines().map(str::to_owned).collect()).as_stored()),
            _ => Ok(Datum::Text(text.to_owned())),
        }
    }

    /// Reads the field's value from the server's object; returns `None` if it is odd. `odd` decides whether a missing
    /// field counts as empty or as odd.
    pub fn read(&self, object: &Value, odd: Odd) -> Option<Datum> {
        let Some((first, last)) = self.days else {
            return match (object.get(self.name), odd) {
                (None, Odd::Absent) => None,
                (None | Some(Value::Null), Odd::Unreadable) if self.required => None,
                (value, _) => self.shape.reported(value.unwrap_or(&Value::Null)),
            };
        };
        let day = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(text)) => text.parse().ok().map(Some),
            Some(_) => None,
        };
        Some(Datum::Days(Validity { from: day(first)?, to: day(last)? }))
    }

    /// Returns true if this is the server's own value in a new record.
    pub fn is_default(&self, value: &Datum) -> bool {
        *value == self.shape.empty() || self.default.is_some_and(|own| *value == Datum::Number(own))
    }

    /// Adds the faults of the value, under the server's names.
    pub fn check(&self, value: &Datum, errors: &mut FieldErrors) {
        let value = self.shape.tidy(&value.as_stored());
        let is_empty = matches!(&value, Datum::Text(text) if text.is_empty());
        if is_empty {
            if self.required {
                errors.add(self.name, say!("check-needed"));
            }
            return;
        }
        if self.max > 0 && value.text().chars().count() > self.max as usize {
            errors.add(self.name, say!("check-too-long", max = self.max));
        }
        if has_nul(value.text()) {
            errors.add(self.name, say!("check-nul"));
        }
        if let Some(sentence) = self.shape.fault(&value) {
            errors.add(self.days.map_or(self.name, |(_, last)| last), sentence);
        }
    }

    /// Returns the server's names with their values: two for days, else one.
    pub fn by_name(&self, value: &Datum) -> Vec<(String, Value)> {
        match (self.days, value) {
            (Some((first, last)), Datum::Days(days)) => {
                vec![(first.to_owned(), json!(days.from)), (last.to_owned(), json!(days.to))]
            }
            _ => vec![(self.name.to_owned(), self.written(value))],
        }
    }

    fn written(&self, value: &Datum) -> Value {
        match self.shape.tidy(&value.as_stored()) {
            Datum::Text(text) if text.is_empty() && self.null_when_empty => Value::Null,
            // A text that is not a number is sent unchanged.
            Datum::Text(text) if self.as_number => {
                text.parse::<serde_json::Number>().map_or_else(|_| json!(text), Value::Number)
            }
            value => json!(value),
        }
    }
}

impl Shape {
    /// Returns the fault of a value that is not empty.
    fn fault(self, value: &Datum) -> Option<String> {
        let typed = value.text();
        let (fine, name) = match (self, value) {
            (Self::Number, Datum::Number(number)) => (*number <= LARGEST, "number"),
            (Self::Flag, Datum::Flag(_)) | (Self::List, Datum::List(_)) => (true, ""),
            (Self::Days, Datum::Days(Validity { from: Some(from), to: Some(to) })) => (from <= to, "days"),
            (Self::Days, Datum::Days(_)) => (true, ""),
            (Self::Number | Self::Flag | Self::List | Self::Days, _)
            | (_, Datum::Flag(_) | Datum::Number(_) | Datum::List(_) | Datum::Days(_)) => (false, "other"),
            (Self::Line, _) => (!typed.contains(['\n', '\r']), "line"),
            (Self::Text | Self::Html, _) => (true, ""),
            (Self::Link, _) => (is_web_address(typed), "link"),
            (Self::Email, _) => (is_email(typed), "email"),
            (Self::Colour, _) => (is_colour(typed), "colour"),
            (Self::Money, _) => (with_cents(typed).is_some(), "money"),
            (Self::Currency, _) => (is_currency(typed), "currency"),
            (Self::Coordinate, _) => (is_coordinate(typed), "coordinate"),
            (Self::Theme, _) => (["light", "dark", "custom"].contains(&typed), "theme"),
        };
        (!fine).then(|| text(&format!("check-{name}"), &[("max", LARGEST.into())]))
    }
}

/// Returns true if the server probably accepts the e-mail address. The server decides.
fn is_email(text: &str) -> bool {
    let whole = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace) && !part.contains('@');
    text.split_once('@').is_some_and(|(name, host)| whole(name) && whole(host) && host.contains('.'))
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Formats `119`, `119.5` and `119.50` as `119.50`, with text operations and not with arithmetic.
fn with_cents(text: &str) -> Option<String> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let fits = !whole.is_empty() && whole.len() <= PRICE_DIGITS && cents.len() <= 2;
    (fits && all_digits(whole) && all_digits(cents)).then(|| format!("{whole}.{cents:0<2}"))
}

/// Removes the zeros at the end: `52.10` and `52.1` are the same place.
fn without_zeros(text: &str) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    }
}

fn is_coordinate(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let written = !whole.is_empty() && whole.len() <= 3 && rest.len() <= 6;
    written && all_digits(whole) && all_digits(rest) && whole.parse().is_ok_and(|degrees: u32| degrees <= 180)
}
