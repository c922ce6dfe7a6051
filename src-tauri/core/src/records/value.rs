//! Values: what stands in one field of a record, and the intent for another value.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::text::strip;
use crate::private::Private;

/// The name of a field: the unit of merging. It is the server's, but for what makes sense only together (`validity`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct Field(pub String);

impl From<&str> for Field {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A first and a last day, both inclusive. They make sense only together, so they merge as one.
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
    /// As the server will hold it: it trims every text (contract.md 4.1) and drops empty entries. So an intent that
    /// differs only in outer white space is already fulfilled.
    pub fn as_stored(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(strip(text).to_owned()),
            Self::List(texts) => Self::List(
                texts.iter().map(|text| strip(text).to_owned()).filter(|text| !text.is_empty()).collect(),
            ),
            other => other.clone(),
        }
    }

    /// What a field of the same shape holds where nothing was said: a flag is on (contract.md 4.1, 7).
    pub fn emptied(&self) -> Self {
        match self {
            Self::Flag(_) => Self::Flag(true),
            Self::Number(_) => Self::Number(0),
            Self::Text(_) => Self::Text(String::new()),
            Self::List(_) => Self::List(Vec::new()),
            Self::Days(_) => Self::Days(Validity::default()),
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

/// One field with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldValue {
    /// The field.
    pub field: Field,
    /// What stands in it.
    pub value: Datum,
}

impl FieldValue {
    /// A value for a field.
    pub fn of(field: &str, value: impl Into<Datum>) -> Self {
        Self { field: Field::from(field), value: value.into() }
    }

    /// As the server will hold it.
    pub fn as_stored(&self) -> Self {
        Self { field: self.field.clone(), value: self.value.as_stored() }
    }

    /// It is a text of nothing but white space: nothing can be recognised by it.
    pub fn is_empty_text(&self) -> bool {
        matches!(&self.value, Datum::Text(text) if strip(text).is_empty())
    }
}

/// An intent for one field: what the person saw when they began, and what they want instead.
///
/// `was` is kept with the intent, not looked up later: a colleague's change that arrives in between must
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
    pub fn field(&self) -> &Field {
        &self.now.field
    }
}
