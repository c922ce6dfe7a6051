//! The value of a field in a record, and an edit to another value.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::text::strip;
use crate::private::Private;

/// The name of a field: the unit of merging. It is the server's name, except for values that merge together
/// (`validity`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct Field(pub String);

impl From<&str> for Field {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A first and a last day, both inclusive. They are meaningful only together, so they merge as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Validity {
    /// First day; null if open.
    #[ts(type = "string | null")]
    pub from: Option<Date>,
    /// Last day, inclusive; null if open.
    #[ts(type = "string | null")]
    pub to: Option<Date>,
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
    /// A text; empty if there is none. Money and coordinates are texts too, to avoid floats.
    Text(String),
    /// Several texts in their order.
    List(Vec<String>),
    /// A first and a last day.
    Days(Validity),
}

impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => Private(text).fmt(f),
            Self::List(texts) => Private(texts).fmt(f),
            Self::Days(days) => days.fmt(f),
        }
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Datum {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Validity> for Datum {
    fn from(days: Validity) -> Self {
        Self::Days(days)
    }
}

impl Datum {
    /// Returns the value as the server stores it: it trims every text (contract.md 4.1) and drops empty entries. So an
    /// intent that differs only in outer white space is already fulfilled.
    pub fn as_stored(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(strip(text).to_owned()),
            Self::List(texts) => Self::List(
                texts.iter().map(|text| strip(text).to_owned()).filter(|text| !text.is_empty()).collect(),
            ),
            other => other.clone(),
        }
    }

    /// Returns the empty value of the same shape. A flag is on by default (contract.md 4.1, 7).
    pub fn emptied(&self) -> Self {
        match self {
            Self::Flag(_) => Self::Flag(true),
            Self::Number(_) => Self::Number(0),
            Self::Text(_) => Self::Text(String::new()),
            Self::List(_) => Self::List(Vec::new()),
            Self::Days(_) => Self::Days(Validity::default()),
        }
    }

    /// Returns the text; empty for other shapes.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

/// One field with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldValue {
    /// The field.
    pub field: Field,
    /// The value of the field.
    pub value: Datum,
}

impl FieldValue {
    /// Makes a value for a field.
    pub fn of(field: &str, value: impl Into<Datum>) -> Self {
        Self { field: Field::from(field), value: value.into() }
    }

    /// Returns it as the server stores it.
    pub fn as_stored(&self) -> Self {
        Self { field: self.field.clone(), value: self.value.as_stored() }
    }

    /// Returns true for a text of nothing but white space: such a text identifies nothing.
    pub fn is_empty_text(&self) -> bool {
        matches!(&self.value, Datum::Text(text) if strip(text).is_empty())
    }
}

/// An edit of one field: the value that the person saw when they began, and the value that they want instead.
///
/// `was` is stored with the intent and not looked up later. A colleague's change that arrives in between must count as
/// a change against it, or it would be overwritten unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldEdit {
    /// The value when the person began to type.
    pub was: FieldValue,
    /// The value that the person wants. Always of the same field as `was`.
    pub now: FieldValue,
}

impl FieldEdit {
    /// The field in question.
    pub fn field(&self) -> &Field {
        &self.now.field
    }
}
