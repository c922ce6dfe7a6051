//! The part of the hotel's settings that an event contains.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::copy::{ServerCopy, ServerRecord};
use super::images::{ServerGallery, read_flat_gallery, read_gallery};
use super::values::text;
use super::{Kind, ONLY_ONE};
use crate::ids::ServerId;
use crate::private::Private;
use crate::records::Slot;

/// Returns the values that guests see where staff have not set a value: `city_display` as `city`.
pub(super) fn shown_values(value: &Value) -> BTreeMap<String, String> {
    let pictures = Slot::BRANDING.map(Slot::name);
    let display = |(key, value): (&String, &Value)| {
        let name = key.strip_suffix("_display").filter(|name| !pictures.contains(name))?;
        let value = match value {
            Value::String(text) => text.clone(),
            // The number keeps its notation: a coordinate is not converted to a float.
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((name.to_owned(), value))
    };
    value.as_object().into_iter().flatten().filter_map(display).collect()
}

/// The data of a `settings-updated` event. A small event has four fields, a large one has all of them (contract.md
/// 0.1). A missing field says nothing about its value.
#[derive(Clone, PartialEq)]
pub struct PartialCopy(Value);

impl fmt::Debug for PartialCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PartialCopy").field(&Private(&self.0)).finish()
    }
}

impl PartialCopy {
    /// Reads the event's data.
    pub(super) fn read(data: &Value) -> Result<Self, String> {
        if data.is_object() { Ok(Self(data.clone())) } else { Err("it is no object".to_owned()) }
    }

    /// Returns the entity that the event is about.
    pub fn of(&self) -> (Kind, ServerId) {
        (Kind::Branding, ONLY_ONE)
    }

    /// Returns the entities that must be read to confirm the event.
    pub fn touches(&self) -> Vec<(Kind, ServerId)> {
        let rows = self.galleries().into_iter().map(|gallery| (Kind::Gallery, gallery.id));
        [self.of(), (Kind::Gallery, ONLY_ONE)].into_iter().chain(rows).collect()
    }

    /// Returns whole copies, built from this part and the latest copy.
    pub fn laid_over(&self, latest: &ServerCopy) -> Vec<ServerCopy> {
        let mut branding = latest.clone();
        if let ServerCopy::Record(record) = &mut branding {
            self.apply_to(record);
        }
        let galleries = read_flat_gallery(&self.0).into_iter().chain(self.galleries());
        [branding].into_iter().chain(galleries.map(ServerCopy::Gallery)).collect()
    }

    /// Applies the event's values to a copy of the branding.
    pub(super) fn apply_to(&self, base: &mut ServerRecord) {
        let Value::Object(said) = &self.0 else { return };
        for rule in base.kind.table().fields {
            if let Some(value) = said.get(rule.name) {
                base.fields.set(rule.name, rule.shape.reported(value).unwrap_or_else(|| rule.shape.empty()));
            }
        }
        base.shown.extend(shown_values(&self.0));
        for slot in Slot::BRANDING {
            // In an event the plain name is an address, never a stored path.
            let name = slot.name();
            let display = said.get(&format!("{name}_display")).or_else(|| said.get(name));
            if let Some(url) = display {
                base.pictures.entry(slot).or_default().url = text(url);
            }
        }
    }

    /// Returns the galleries of rows, if the event contains any.
    fn galleries(&self) -> Vec<ServerGallery> {
        let galleries = self.0["galleries"].as_array();
        galleries.into_iter().flatten().filter_map(read_gallery).collect()
    }
}
