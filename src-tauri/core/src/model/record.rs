//! Records: things of the hotel whose fields stand in a table and not in a struct: room types, and what the hotel
//! says about itself (its *branding*).
//!
//! They have some sixty fields of a dozen shapes. One line of [`rules`] makes a field known to everything: to
//! reading and writing it on the wire, to checking it, to merging it, and to the form on the screen.

mod rules;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::text::strip;
use super::validate::FieldErrors;
use crate::private::Private;
pub use rules::{Rule, Shape};

/// What kind of thing a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A room type (CONTRACT.md 7).
    RoomType,
    /// What the hotel says about itself, and how it looks; there is one (CONTRACT.md 6).
    Branding,
}

impl RecordKind {
    /// Its fields, in the order in which a person reads them.
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::RoomType => rules::ROOM_TYPE,
            Self::Branding => rules::BRANDING,
        }
    }

    /// The rule of one field; none for a field that this program does not know.
    pub fn rule(self, name: &str) -> Option<&'static Rule> {
        self.rules().iter().find(|rule| rule.name == name)
    }
}

/// The value of one field of a record.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(untagged)]
pub enum Datum {
    /// On or off.
    Flag(bool),
    /// A whole number.
    Number(u32),
    /// A text; empty where there is none. Money and coordinates are texts too: no float ever holds them.
    Text(String),
    /// Several texts in their order.
    List(Vec<String>),
}

impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => Private(text).fmt(f),
            Self::List(texts) => Private(texts).fmt(f),
        }
    }
}

impl Datum {
    /// As the server will hold it: without outer white space and without empty entries.
    pub fn as_stored(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(strip(text).to_owned()),
            Self::List(texts) => Self::List(
                texts.iter().map(|text| strip(text).to_owned()).filter(|text| !text.is_empty()).collect(),
            ),
            other => other.clone(),
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

/// The fields of a record by the server's names. A field that is not here has its shape's empty value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Datum>);

impl Fields {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Datum {
        let empty = || {
            let rule = rule_of(name);
            rule.map_or(Datum::Text(String::new()), |rule| rule.shape.empty())
        };
        self.0.get(name).cloned().unwrap_or_else(empty)
    }

    /// The text of a field; empty where it is none.
    pub fn text(&self, name: &str) -> String {
        self.get(name).text().to_owned()
    }

    /// Puts a value in its place.
    pub fn set(&mut self, name: &str, value: Datum) {
        self.0.insert(name.to_owned(), value);
    }

    /// Reads the fields of `kind` from the server's object. Of a room type, what is absent, null or of an odd shape
    /// counts as empty: a field that cannot be read is not worth the loss of all others. Of the branding, servers have
    /// different fields: one that is absent or cannot be read is not here either, and so neither shown nor written.
    pub fn read(kind: RecordKind, object: &Value) -> Self {
        let read = |rule: &Rule| {
            let told = object.get(rule.name).and_then(|value| rule.shape.told(value));
            let value = told.or_else(|| (kind == RecordKind::RoomType).then(|| rule.shape.empty()))?;
            Some((rule.name.to_owned(), value))
        };
        Self(kind.rules().iter().filter_map(read).collect())
    }

    /// What is wrong with it, by field. The branding has the fields that its server has.
    pub fn check(&self, kind: RecordKind) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let is_here = |rule: &&Rule| kind == RecordKind::RoomType || self.0.contains_key(rule.name);
        for rule in kind.rules().iter().filter(is_here) {
            rule.check(&self.get(rule.name), &mut errors);
        }
        errors
    }
}

/// A field of a record with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecordValue {
    /// The server's name of the field.
    pub name: String,
    /// Its value.
    pub value: Datum,
}

impl RecordValue {
    /// As the server will hold it.
    pub fn as_stored(&self) -> Self {
        Self { name: self.name.clone(), value: self.value.as_stored() }
    }

    /// As this program writes it: `119` becomes `119.00`, `#1f5f4a` becomes `#1F5F4A`.
    pub fn tidied(&self) -> Self {
        let value = match rule_of(&self.name) {
            Some(rule) => rule.shape.tidy(&self.value.as_stored()),
            None => self.value.clone(),
        };
        Self { name: self.name.clone(), value }
    }

    /// What is wrong with it.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        match rule_of(&self.name) {
            Some(rule) => rule.check(&self.value, &mut errors),
            None => errors.add(&self.name, "This field is not known here."),
        }
        errors
    }

    /// The value for a request.
    pub fn to_json(&self) -> Value {
        match rule_of(&self.name) {
            Some(rule) => rule.to_json(&self.value),
            None => serde_json::to_value(&self.value).unwrap_or_default(),
        }
    }
}

/// The rule of a field of either kind; where both have it, it is the same one.
pub(super) fn rule_of(name: &str) -> Option<&'static Rule> {
    RecordKind::RoomType.rule(name).or_else(|| RecordKind::Branding.rule(name))
}

/// A place for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The one picture of an offer or a room type.
    #[default]
    Photo,
    /// The large picture of the hotel.
    HeroImage,
    /// The picture of the hotel's landing page.
    LandingPageImage,
    /// The hotel's logo.
    Logo,
}

impl Slot {
    /// The places of the branding.
    pub const BRANDING: [Self; 3] = [Self::HeroImage, Self::LandingPageImage, Self::Logo];

    /// The server's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::HeroImage => "hero_image",
            Self::LandingPageImage => "landing_page_image",
            Self::Logo => "logo",
        }
    }

    /// The server keeps the branding's pictures twice, and can only replace them (CONTRACT.md 6.1).
    pub fn can_be_empty(self) -> bool {
        self == Self::Photo
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
