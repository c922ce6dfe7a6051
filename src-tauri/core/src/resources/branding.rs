//! What the hotel says about itself, and how it looks: its settings. There is one of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error as _;
use serde_json::Value;

use super::copy::text;
use super::events::Said;
use super::galleries::{read_flat_gallery, read_gallery};
use super::{
    ActivityKinds, Kind, Location, ONLY_ONE, Resource, Send, ServerCopy, ServerGallery, ServerPicture,
    ServerRecord, Ties, Voice, hidden_or_none,
};
use crate::ids::ServerId;
use crate::private::Private;
use crate::records::{Odd, Rule, Shape, Slot, Table};

/// The branding.
pub(super) static BRANDING: Resource = Resource {
    name: "branding",
    part: "part_branding",
    as_of: "branding_as_of",
    table: &TABLE,
    location: Location::One {
        path: "settings",
        brings: |value| read_flat_gallery(value).map(ServerCopy::Gallery),
    },
    send: Send::Merge,
    read: |settings| read_branding(settings).map(ServerCopy::Record),
    state: hidden_or_none,
    ties: Ties::Name,
    activities: ActivityKinds { made: None, ..ActivityKinds::ALIKE },
    voice: Voice::First,
    events: &[("settings-updated", |data| PartialCopy::read(data).map(Said::Partly))],
};

static TABLE: Table = Table {
    fields: FIELDS,
    slots: &Slot::BRANDING,
    marks: ["name", "name"],
    odd: Odd::Absent,
    can_be_made: false,
    creates_whole: false,
};

/// The hotel's settings as staff write them, of the servers of 2025 (contract.md 6.1) and of that of 2026 (6.2), which
/// checks nothing itself; which fields there are is seen in the answer. `logo` as a text is left out: it would win over
/// the logo that is uploaded. So are `slug`, `subdomain`, `is_active` and `sort_order`, by which a hotel is found, and
/// what has values of its own that nobody has told us.
const FIELDS: &[Rule] = &[
    Rule::needed("name", Shape::Line, 200).wide(),
    Rule::over("name_override", Shape::Line, 255),
    Rule::over("tagline_override", Shape::Line, 200),
    Rule::new("tagline", Shape::Line, 200),
    Rule::new("slogan", Shape::Line, 200),
    Rule::new("short_description", Shape::Text, 0),
    Rule::new("long_description", Shape::Text, 0),
    Rule::new("welcome_message", Shape::Text, 0),
    Rule::over("address_line_1_override", Shape::Line, 255),
    Rule::over("address_line_2_override", Shape::Line, 255),
    Rule::over("postal_code_override", Shape::Line, 20),
    Rule::over("city_override", Shape::Line, 120),
    Rule::over("country_override", Shape::Line, 120),
    Rule::over("latitude_override", Shape::Coordinate, 0),
    Rule::over("longitude_override", Shape::Coordinate, 0),
    Rule::over("phone_override", Shape::Line, 30),
    Rule::over("email_override", Shape::Email, 254),
    Rule::over("website_url_override", Shape::Link, 200),
    Rule::over("booking_url_override", Shape::Link, 200),
    Rule::new("address_line_1", Shape::Line, 255),
    Rule::new("address_line_2", Shape::Line, 255),
    Rule::new("postal_code", Shape::Line, 20),
    Rule::new("city", Shape::Line, 120),
    Rule::new("country", Shape::Line, 120),
    Rule::degrees("latitude"),
    Rule::degrees("longitude"),
    Rule::new("phone", Shape::Line, 30),
    Rule::new("email", Shape::Email, 254),
    Rule::new("website_url", Shape::Link, 200),
    Rule::new("booking_url", Shape::Link, 200),
    Rule::new("contact_email", Shape::Email, 254),
    Rule::new("contact_phone", Shape::Line, 30),
    Rule::new("contact_address", Shape::Text, 0),
    Rule::new("website", Shape::Link, 200),
    Rule::new("google_maps_link", Shape::Link, 200),
    Rule::new("favicon", Shape::Link, 200),
    Rule::new("amenities", Shape::List, 0),
    Rule::new("tags", Shape::List, 0),
    Rule::needed("primary_color", Shape::Colour, 7),
    Rule::needed("main_color", Shape::Colour, 7),
    Rule::needed("secondary_color", Shape::Colour, 7),
    Rule::needed("accent_color", Shape::Colour, 7),
    Rule::needed("background_color", Shape::Colour, 7),
    Rule::needed("button_color", Shape::Colour, 7),
    Rule::needed("button_text_color", Shape::Colour, 7),
    Rule::needed("button_hover_color", Shape::Colour, 7),
    Rule::needed("text_color", Shape::Colour, 7),
    Rule::needed("border_color", Shape::Colour, 7),
    Rule::needed("link_color", Shape::Colour, 7),
    Rule::needed("link_hover_color", Shape::Colour, 7),
    Rule::needed("theme_mode", Shape::Theme, 0),
];

/// Reads the settings as HTTP tells them. The same names mean other things in an event (contract.md 6.1): see
/// [`PartialCopy`].
fn read_branding(value: &Value) -> Result<ServerRecord, serde_json::Error> {
    if !value.is_object() {
        return Err(serde_json::Error::custom("the settings are no object"));
    }
    let is_known = is_known_branding(value);
    let pictures = Slot::BRANDING.into_iter().filter(|_| is_known);
    let fields = Kind::Branding.table().read(value).filter(|_| is_known);
    Ok(ServerRecord {
        kind: Kind::Branding,
        id: ONLY_ONE,
        fields: fields.unwrap_or_default(),
        pictures: pictures.filter_map(|slot| Some((slot, branding_picture(slot, value)?))).collect(),
        shown: shown_values(value),
        created_at: None,
    })
}

/// The settings of the servers of 2025, or of that of 2026. What the same names mean in any other nobody has told us.
fn is_known_branding(settings: &Value) -> bool {
    let of_2025 =
        |key: &String| key.ends_with("_override") || key.ends_with("_display") || key == "primary_color";
    let keys = settings.as_object();
    keys.is_some_and(|keys| {
        keys.keys().any(of_2025) || (keys.contains_key("main_color") && keys.contains_key("name"))
    })
}

/// The picture in a place of the branding; none where the server has no such place.
fn branding_picture(slot: Slot, settings: &Value) -> Option<ServerPicture> {
    let name = slot.name();
    let at = |key: String| settings.get(key);
    let shown = [at(format!("{name}_display")), at(format!("{name}_url"))];
    let plain = settings.get(name);
    if shown == [None, None] {
        // The server of 2026 has addresses only.
        return Some(ServerPicture { path: None, url: text(plain?) });
    }
    // The text of `logo` is no stored path: a logo that is uploaded leaves it empty.
    let path = plain.filter(|_| slot != Slot::Logo).and_then(text);
    Some(ServerPicture { path, url: shown.into_iter().flatten().find_map(text) })
}

/// What guests see where staff wrote nothing over it: `city_display` as `city`.
fn shown_values(value: &Value) -> BTreeMap<String, String> {
    let pictures = Slot::BRANDING.map(Slot::name);
    let display = |(key, value): (&String, &Value)| {
        let name = key.strip_suffix("_display").filter(|name| !pictures.contains(name))?;
        let value = match value {
            Value::String(text) => text.clone(),
            // As it was written: no float is made of a coordinate.
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((name.to_owned(), value))
    };
    value.as_object().into_iter().flatten().filter_map(display).collect()
}

/// What a `settings-updated` says. A small one has four fields, a large one all of them (contract.md 0.1); what is not
/// in it has not been said.
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

    /// What it is about.
    pub fn of(&self) -> (Kind, ServerId) {
        (Kind::Branding, ONLY_ONE)
    }

    /// What has to be read to confirm it.
    pub fn touches(&self) -> Vec<(Kind, ServerId)> {
        let rows = self.galleries().into_iter().map(|gallery| (Kind::Gallery, gallery.id));
        [self.of(), (Kind::Gallery, ONLY_ONE)].into_iter().chain(rows).collect()
    }

    /// Whole copies, made of this and of the latest one.
    pub fn laid_over(&self, latest: &ServerCopy) -> Vec<ServerCopy> {
        let mut branding = latest.clone();
        if let ServerCopy::Record(record) = &mut branding {
            self.apply_to(record);
        }
        let galleries = read_flat_gallery(&self.0).into_iter().chain(self.galleries());
        [branding].into_iter().chain(galleries.map(ServerCopy::Gallery)).collect()
    }

    /// Lays it over the branding.
    fn apply_to(&self, base: &mut ServerRecord) {
        let Value::Object(said) = &self.0 else { return };
        for rule in base.kind.table().fields {
            if let Some(value) = said.get(rule.name) {
                base.fields.set(rule.name, rule.shape.reported(value).unwrap_or_else(|| rule.shape.empty()));
            }
        }
        base.shown.extend(shown_values(&self.0));
        for slot in Slot::BRANDING {
            // Here the plain name is an address, never a stored path.
            let name = slot.name();
            let display = said.get(&format!("{name}_display")).or_else(|| said.get(name));
            if let Some(url) = display {
                base.pictures.entry(slot).or_default().url = text(url);
            }
        }
    }

    /// The galleries of rows, if it tells of them.
    fn galleries(&self) -> Vec<ServerGallery> {
        let galleries = self.0["galleries"].as_array();
        galleries.into_iter().flatten().filter_map(read_gallery).collect()
    }
}

#[cfg(test)]
#[path = "branding_tests.rs"]
mod tests;
