//! The fields of records and what the server takes for each (CONTRACT.md 6.1, 7).

use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

use super::super::address::is_web_address;
use super::super::text::{NUL, has_nul};
use super::super::validate::FieldErrors;
use super::Datum;

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Rule {
    /// The server's name of it.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// It may not be empty.
    pub required: bool,
    /// Longest text in characters; 0 means any.
    pub max: u32,
    /// An empty one is written as `null`: then the hotel's own value shows again (`*_override`).
    #[serde(skip)]
    pub null_when_empty: bool,
    /// It is written as a number.
    #[serde(skip)]
    pub as_number: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line of text.
    Line,
    /// Any text.
    Text,
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
}

const fn rule(name: &'static str, shape: Shape, max: u32) -> Rule {
    Rule { name, shape, required: false, max, null_when_empty: false, as_number: false }
}

const fn needed(name: &'static str, shape: Shape, max: u32) -> Rule {
    Rule { name, shape, required: true, max, null_when_empty: false, as_number: false }
}

/// What stands over the hotel's own value while it is not empty.
const fn over(name: &'static str, shape: Shape, max: u32) -> Rule {
    Rule { name, shape, required: false, max, null_when_empty: true, as_number: false }
}

/// Degrees that the server keeps as a number or null.
const fn degrees(name: &'static str) -> Rule {
    Rule { name, shape: Shape::Coordinate, required: false, max: 0, null_when_empty: true, as_number: true }
}

/// A room type (CONTRACT.md 7).
pub const ROOM_TYPE: &[Rule] = &[
    needed("name", Shape::Line, 200),
    rule("code", Shape::Line, 50),
    rule("short_description", Shape::Text, 0),
    rule("max_occupancy", Shape::Number, 0),
    rule("bed_setup", Shape::Line, 100),
    needed("starting_price_from", Shape::Money, 0),
    needed("currency", Shape::Currency, 3),
    rule("booking_code", Shape::Line, 50),
    rule("booking_url", Shape::Link, 200),
    rule("availability_message", Shape::Line, 100),
    rule("sort_order", Shape::Number, 0),
    rule("is_active", Shape::Flag, 0),
];

/// The hotel's settings as staff write them, of the servers of 2025 (CONTRACT.md 6.1) and of that of 2026 (6.2), which
/// checks nothing itself; which fields there are is seen in the answer. `logo` as a text is left out: it would win over
/// the logo that is uploaded. So are `slug`, `subdomain`, `is_active` and `sort_order`, by which a hotel is found, and
/// what has values of its own that nobody has told us.
pub const BRANDING: &[Rule] = &[
    needed("name", Shape::Line, 200),
    over("name_override", Shape::Line, 255),
    over("tagline_override", Shape::Line, 200),
    rule("tagline", Shape::Line, 200),
    rule("slogan", Shape::Line, 200),
    rule("short_description", Shape::Text, 0),
    rule("long_description", Shape::Text, 0),
    rule("welcome_message", Shape::Text, 0),
    over("address_line_1_override", Shape::Line, 255),
    over("address_line_2_override", Shape::Line, 255),
    over("postal_code_override", Shape::Line, 20),
    over("city_override", Shape::Line, 120),
    over("country_override", Shape::Line, 120),
    over("latitude_override", Shape::Coordinate, 0),
    over("longitude_override", Shape::Coordinate, 0),
    over("phone_override", Shape::Line, 30),
    over("email_override", Shape::Email, 254),
    over("website_url_override", Shape::Link, 200),
    over("booking_url_override", Shape::Link, 200),
    rule("address_line_1", Shape::Line, 255),
    rule("address_line_2", Shape::Line, 255),
    rule("postal_code", Shape::Line, 20),
    rule("city", Shape::Line, 120),
    rule("country", Shape::Line, 120),
    degrees("latitude"),
    degrees("longitude"),
    rule("phone", Shape::Line, 30),
    rule("email", Shape::Email, 254),
    rule("website_url", Shape::Link, 200),
    rule("booking_url", Shape::Link, 200),
    rule("contact_email", Shape::Email, 254),
    rule("contact_phone", Shape::Line, 30),
    rule("contact_address", Shape::Text, 0),
    rule("website", Shape::Link, 200),
    rule("google_maps_link", Shape::Link, 200),
    rule("favicon", Shape::Link, 200),
    rule("amenities", Shape::List, 0),
    rule("tags", Shape::List, 0),
    needed("primary_color", Shape::Colour, 7),
    needed("main_color", Shape::Colour, 7),
    needed("secondary_color", Shape::Colour, 7),
    needed("accent_color", Shape::Colour, 7),
    needed("background_color", Shape::Colour, 7),
    needed("button_color", Shape::Colour, 7),
    needed("button_text_color", Shape::Colour, 7),
    needed("button_hover_color", Shape::Colour, 7),
    needed("text_color", Shape::Colour, 7),
    needed("border_color", Shape::Colour, 7),
    needed("link_color", Shape::Colour, 7),
    needed("link_hover_color", Shape::Colour, 7),
    needed("theme_mode", Shape::Theme, 0),
];

/// Largest whole number of the server's columns.
const LARGEST: u32 = 2_147_483_647;
/// How many sleep in a room type that does not say it.
const OCCUPANCY: u32 = 2;
/// Digits before the point of the largest price that is taken.
const PRICE_DIGITS: usize = 8;

impl Shape {
    /// The value of a field that is not there.
    pub fn empty(self) -> Datum {
        match self {
            Self::Number => Datum::Number(0),
            // The server's own default (CONTRACT.md 7).
            Self::Flag => Datum::Flag(true),
            Self::List => Datum::List(Vec::new()),
            _ => Datum::Text(String::new()),
        }
    }

    /// A value as the server wrote it; none where it cannot be one of this shape. Null is the empty value. Money and
    /// coordinates come as texts or as numbers (CONTRACT.md 1.7).
    pub fn told(self, value: &Value) -> Option<Datum> {
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
            (Self::Number | Self::Flag | Self::List, _) => None,
            (_, Value::String(text)) => Some(Datum::Text(text.clone())),
            // Written by hand as it stands: no float is made of it.
            (_, Value::Number(number)) => Some(Datum::Text(number.to_string())),
            _ => None,
        };
        read.map(|value| self.tidy(&value))
    }

    /// The same, where what is no such value counts as empty.
    pub fn read(self, value: &Value) -> Datum {
        self.told(value).unwrap_or_else(|| self.empty())
    }

    /// One way to write each value, so that equal ones compare equal.
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
    /// Reads a value as a person types it on a command line; a list has one entry a line.
    ///
    /// # Errors
    /// A sentence where the text is no value of this field at all.
    pub fn typed(&self, text: &str) -> Result<Datum, &'static str> {
        match self.shape {
            Shape::Number => {
                text.trim().parse().map(Datum::Number).map_err(|_| "A whole number is needed, for example 3.")
            }
            Shape::Flag => text.trim().parse().map(Datum::Flag).map_err(|_| "true or false is needed."),
            Shape::List => Ok(Datum::List(text.lines().map(str::to_owned).collect()).as_stored()),
            _ => Ok(Datum::Text(text.to_owned())),
        }
    }

    /// The server's own value where a new record has none: the empty one, save for how many sleep in a room.
    pub fn is_default(&self, value: &Datum) -> bool {
        let own = match self.name {
            "max_occupancy" => Some(Datum::Number(OCCUPANCY)),
            _ => None,
        };
        *value == self.shape.empty() || own.as_ref() == Some(value)
    }

    /// Adds what is wrong with the value.
    pub fn check(&self, value: &Datum, errors: &mut FieldErrors) {
        let value = self.shape.tidy(&value.as_stored());
        let is_empty = matches!(&value, Datum::Text(text) if text.is_empty());
        if is_empty {
            if self.required {
                errors.add(self.name, "This is needed.");
            }
            return;
        }
        if self.max > 0 && value.text().chars().count() > self.max as usize {
            errors.add(self.name, &format!("At most {} characters.", self.max));
        }
        if has_nul(value.text()) {
            errors.add(self.name, NUL);
        }
        if let Some(sentence) = self.shape.fault(&value) {
            errors.add(self.name, sentence);
        }
    }

    /// The value for a request.
    pub fn to_json(&self, value: &Datum) -> Value {
        match self.shape.tidy(&value.as_stored()) {
            Datum::Text(text) if text.is_empty() && self.null_when_empty => Value::Null,
            // As it was typed: what is no number goes as the text that it is.
            Datum::Text(text) if self.as_number => {
                text.parse::<serde_json::Number>().map_or_else(|_| json!(text), Value::Number)
            }
            value => json!(value),
        }
    }
}

impl Shape {
    /// What is wrong with a value that is not empty.
    fn fault(self, value: &Datum) -> Option<&'static str> {
        let text = value.text();
        let (fine, sentence) = match (self, value) {
            (Self::Number, Datum::Number(number)) => (*number <= LARGEST, "At most 2147483647."),
            (Self::Flag, Datum::Flag(_)) | (Self::List, Datum::List(_)) => (true, ""),
            (Self::Number | Self::Flag | Self::List, _) => (false, "This is not a value of this field."),
            (_, Datum::Flag(_) | Datum::Number(_) | Datum::List(_)) => {
                (false, "This is not a value of this field.")
            }
            (Self::Line, _) => (!text.contains(['\n', '\r']), "One line only."),
            (Self::Text, _) => (true, ""),
            (Self::Link, _) => {
                (is_web_address(text), "A web address is needed, for example https://hotel.example/book.")
            }
            (Self::Email, _) => {
                (is_email(text), "An e-mail address is needed, for example stay@hotel.example.")
            }
            (Self::Colour, _) => (is_colour(text), "A colour is needed, for example #3498DB."),
            (Self::Money, _) => (with_cents(text).is_some(), "A price is needed, for example 119.00."),
            (Self::Currency, _) => (is_currency(text), "Three letters, for example EUR."),
            (Self::Coordinate, _) => {
                (is_coordinate(text), "Degrees with at most six decimals, for example 52.043611.")
            }
            (Self::Theme, _) => (["light", "dark", "custom"].contains(&text), "Light, dark or custom."),
        };
        (!fine).then_some(sentence)
    }
}

/// What the server takes for an e-mail address, roughly; it has the last word.
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

/// `119`, `119.5` and `119.50` as `119.50`, by letters and not by arithmetic.
fn with_cents(text: &str) -> Option<String> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let fits = !whole.is_empty() && whole.len() <= PRICE_DIGITS && cents.len() <= 2;
    (fits && all_digits(whole) && all_digits(cents)).then(|| format!("{whole}.{cents:0<2}"))
}

/// `52.10` and `52.1` are the same place.
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
