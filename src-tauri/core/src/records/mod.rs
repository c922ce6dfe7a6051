//! Records: entities of a hotel whose fields are defined by a table and not by a struct.
//!
//! There are some seventy fields of a dozen shapes, and none of them is named here. One line of a [`Table`] is enough
//! to read a field from the wire, write it, check it, merge it and show it in the form.

mod address;
mod errors;
mod rule;
mod text;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::catalogue::say;
pub use errors::FieldErrors;
pub use rule::{Column, Odd, Rule, Shape};
pub use text::{one_line, strip};
pub use value::{Datum, Field, FieldEdit, FieldValue, Validity};

/// The field by which the hotel orders its lists.
pub const SORT_ORDER: &str = "sort_order";

/// The definition of all records of a kind.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub struct Table {
    /// The fields, in the order of the form.
    pub fields: &'static [Rule],
    /// The places for pictures.
    pub slots: &'static [Slot],
    /// The fields by which a person recognises a record. The first one is its title.
    pub marks: [&'static str; 2],
    /// The reading of a field that an answer lacks, or has in an odd shape.
    #[serde(skip)]
    pub odd: Odd,
    /// True if staff can make and remove records. If not, there is exactly one.
    pub can_be_made: bool,
    /// True if a create sends every field. If not, it sends only those that are not empty, since the server has
    /// defaults.
    #[serde(skip)]
    pub creates_whole: bool,
}

impl Table {
    /// Returns the rule of one field; `None` for a field that this program does not know.
    pub fn rule(&self, name: &str) -> Option<&'static Rule> {
        self.fields.iter().find(|rule| rule.name == name)
    }

    /// Returns the rule of the field to which this name of the server's belongs.
    pub fn rule_of_part(&self, part: &str) -> Option<&'static Rule> {
        self.fields.iter().find(|rule| rule.parts().contains(&part))
    }

    /// Returns a record in which nothing is written yet.
    pub fn blank(&self) -> Fields {
        Fields(self.fields.iter().map(|rule| (rule.name.to_owned(), rule.blank())).collect())
    }

    /// Returns the first and the last day of a record; both open if its table has no days.
    pub fn days(&self, fields: &Fields) -> Validity {
        let rule = self.fields.iter().find(|rule| rule.shape == Shape::Days);
        match rule.and_then(|rule| fields.get(rule.name)) {
            Some(Datum::Days(days)) => *days,
            _ => Validity::default(),
        }
    }

    /// Returns true if the plain texts of a record contain all `words`, which are in lower case.
    pub fn contains(&self, fields: &Fields, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let texts = self.fields.iter().filter(|rule| matches!(rule.shape, Shape::Line | Shape::Text));
        let text: Vec<String> = texts.map(|rule| fields.text(rule.name).to_lowercase()).collect();
        let text = text.join("\n");
        words.iter().all(|word| text.contains(word))
    }

    /// Returns the position of a field in the form. Unknown fields come last.
    pub fn place_of(&self, field: &Field) -> usize {
        self.fields.iter().position(|rule| rule.name == field.0).unwrap_or(usize::MAX)
    }

    /// Reads the fields from the server's object. Returns `None` if the record cannot be read.
    pub fn read(&self, object: &Value) -> Option<Fields> {
        let mut fields = Fields::default();
        for rule in self.fields {
            match (rule.read(object, self.odd), self.odd) {
                (Some(value), _) => fields.set(rule.name, value),
                (None, Odd::Empty) => fields.set(rule.name, rule.shape.empty()),
                (None, Odd::Absent) => {}
                (None, Odd::Unreadable) => return None,
            }
        }
        Some(fields)
    }

    /// Checks a record and returns its faults by field.
    pub fn check(&self, fields: &Fields) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for rule in self.fields {
            match fields.get(rule.name) {
                Some(value) => rule.check(value, &mut errors),
                None if self.odd == Odd::Absent => {}
                None => rule.check(&rule.shape.empty(), &mut errors),
            }
        }
        errors
    }

    /// Checks one value and returns its faults.
    pub fn check_value(&self, value: &FieldValue) -> FieldErrors {
        let mut errors = FieldErrors::default();
        match self.rule(&value.field.0) {
            Some(rule) => rule.check(&value.value, &mut errors),
            None => errors.add(&value.field.0, say!("check-no-field")),
        }
        errors
    }

    /// Returns the value in this program's form: `119` becomes `119.00`, `#1f5f4a` becomes `#1F5F4A`.
    pub fn tidied(&self, value: FieldValue) -> FieldValue {
        match self.rule(&value.field.0) {
            Some(rule) => FieldValue { value: rule.shape.tidy(&value.value.as_stored()), ..value },
            None => value,
        }
    }

    /// Returns both values of an edit in this program's form.
    pub fn tidied_edit(&self, edit: FieldEdit) -> FieldEdit {
        FieldEdit { was: self.tidied(edit.was), now: self.tidied(edit.now) }
    }

    /// Returns the edits that lead to these values, in the order of the table. A value that the server would store as the
    /// present one is left out.
    pub fn edits(&self, was: &Fields, values: impl IntoIterator<Item = FieldValue>) -> Vec<FieldEdit> {
        let differs = values.into_iter().filter(|now| !was.holds(now));
        let mut edits: Vec<_> = differs.map(|now| FieldEdit { was: was.in_place_of(&now), now }).collect();
        edits.sort_by_key(|edit| self.place_of(edit.field()));
        edits
    }

    /// Returns true if the server itself gives a new record this value.
    pub fn is_default(&self, value: &FieldValue) -> bool {
        self.rule(&value.field.0).is_some_and(|rule| rule.is_default(&value.value))
    }

    /// Returns the body of a create.
    pub fn create_of(&self, fields: &Fields) -> Value {
        let stands = |value: &FieldValue| self.creates_whole || value.value != value.value.emptied();
        self.patch_of(fields.values().filter(stands))
    }

    /// Returns the body of an edit. Fields that belong together are sent together, and `null` clears (contract.md 4.3).
    pub fn patch_of(&self, changes: impl IntoIterator<Item = FieldValue>) -> Value {
        let mut patch = Map::new();
        for change in changes {
            patch.extend(self.by_name(&change));
        }
        Value::Object(patch)
    }

    /// Returns the server's names with their values: two for days, else one.
    pub fn by_name(&self, value: &FieldValue) -> Vec<(String, Value)> {
        match self.rule(&value.field.0) {
            Some(rule) => rule.by_name(&value.value),
            None => vec![(value.field.0.clone(), serde_json::to_value(&value.value).unwrap_or_default())],
        }
    }

    /// Returns the title of a record; empty for a kind without one.
    pub fn title(&self, fields: &Fields) -> String {
        fields.text(self.marks[0])
    }
}

/// The fields of a record by their names. A missing field counts as empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Datum>);

impl Fields {
    /// Returns the value of a field, or `None` if it is missing.
    pub fn get(&self, name: &str) -> Option<&Datum> {
        self.0.get(name)
    }

    /// Returns the text of a field; empty if it has none.
    pub fn text(&self, name: &str) -> String {
        self.get(name).map(Datum::text).unwrap_or_default().to_owned()
    }

    /// Returns the number of a field; zero if it has none.
    pub fn number(&self, name: &str) -> u32 {
        match self.get(name) {
            Some(Datum::Number(number)) => *number,
            _ => 0,
        }
    }

    /// Returns the flag of a field; true if it has none (contract.md 4.1, 7).
    pub fn flag(&self, name: &str) -> bool {
        !matches!(self.get(name), Some(Datum::Flag(false)))
    }

    /// Returns the fields with this value in one of them.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Datum>) -> Self {
        self.set(name, value.into());
        self
    }

    /// Sets the value of a field.
    pub fn set(&mut self, name: &str, value: Datum) {
        self.0.insert(name.to_owned(), value);
    }

    /// Sets the value of a field.
    pub fn put(&mut self, value: FieldValue) {
        self.0.insert(value.field.0, value.value);
    }

    /// Returns every present field with its value.
    pub fn values(&self) -> impl Iterator<Item = FieldValue> {
        self.0.iter().map(|(name, value)| FieldValue::of(name, value.clone()))
    }

    /// Returns the present value of the field of `value`, or the empty value of its shape if the field is missing.
    pub fn in_place_of(&self, value: &FieldValue) -> FieldValue {
        let standing = self.get(&value.field.0).cloned().unwrap_or_else(|| value.value.emptied());
        FieldValue { field: value.field.clone(), value: standing }
    }

    /// Returns true if the field is present. A missing field has no value, not an empty one.
    pub fn has(&self, field: &Field) -> bool {
        self.0.contains_key(&field.0)
    }

    /// Returns the fields in which `other` differs, as edits from `self` to `other`.
    pub fn edits_to(&self, other: &Self) -> Vec<FieldEdit> {
        let here = self.values().map(|was| FieldEdit { now: other.in_place_of(&was), was });
        let new = other.values().filter(|now| !self.has(&now.field));
        let new = new.map(|now| FieldEdit { was: self.in_place_of(&now), now });
        let mut edits: Vec<FieldEdit> = here.chain(new).filter(|edit| edit.was != edit.now).collect();
        edits.sort_by(|one, other| one.field().cmp(other.field()));
        edits
    }

    /// Returns the fields that are present in both and differ, as edits from `self` to `other`.
    pub fn differences(&self, other: &Self) -> Vec<FieldEdit> {
        let mut edits = self.edits_to(other);
        edits.retain(|edit| self.has(edit.field()) && other.has(edit.field()));
        edits
    }

    /// Returns the number of fields that are equal as the server would store them. A field that is empty in both counts
    /// too, so that of two similar records the one without further values is the closer one.
    pub fn common_with(&self, theirs: &Self) -> usize {
        let names: BTreeSet<&String> = self.0.keys().chain(theirs.0.keys()).collect();
        let value = |name: &&String| {
            self.get(name)
                .or(theirs.get(name))
                .map(|value| self.in_place_of(&FieldValue::of(name, value.clone())))
        };
        names.iter().filter_map(value).filter(|mine| theirs.holds(mine)).count()
    }

    /// Returns true if the field has this value, compared as the server would store it.
    pub fn holds(&self, value: &FieldValue) -> bool {
        self.in_place_of(value).as_stored() == value.as_stored()
    }

    /// Returns the fields as the server stores them, after its own trimming.
    pub fn as_stored(&self) -> Self {
        Self(self.0.iter().map(|(name, value)| (name.clone(), value.as_stored())).collect())
    }
}

/// A place for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The only picture of an offer or a room type.
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

    /// Returns the server's name of the place.
    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::HeroImage => "hero_image",
            Self::LandingPageImage => "landing_page_image",
            Self::Logo => "logo",
        }
    }

    /// Returns true if the picture can be removed. The server stores the branding's pictures twice, and can only
    /// replace them (contract.md 6.1).
    pub fn can_be_empty(self) -> bool {
        self == Self::Photo
    }
}
