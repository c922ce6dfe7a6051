//! The hotel's settings: its description and its appearance. There is exactly one such entity.

use serde::de::Error as _;
use serde_json::Value;

use super::images::read_flat_gallery;
use super::partial_copy::{PartialCopy, shown_values};
use super::said::Said;
use super::values::text;
use super::{
    ActivityKinds, Kind, Location, ONLY_ONE, Resource, Send, ServerCopy, ServerPicture, ServerRecord, Ties,
    Voice, hidden_or_none,
};
use crate::records::{Odd, Rule, Shape, Slot, Table};

/// The declaration of the branding.
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
    is_private: false,
    read: |settings| read_branding(settings).map(ServerCopy::Record),
    state: hidden_or_none,
    ties: Ties::Name,
    activities: Some(ActivityKinds { made: None, ..ActivityKinds::ALIKE }),
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

/// The fields of the hotel's settings that staff write, for the servers of 2025 (contract.md 6.1) and the server of
/// 2026 (6.2), which validates nothing itself. The answer shows which fields the server has. `logo` as a text is
/// omitted, because it would override the uploaded logo. `slug`, `subdomain`, `is_active` and `sort_order` are
/// omitted, because the hotel is found by them. Fields with an undocumented set of values are omitted too.
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

/// Reads the settings from an HTTP answer. The same names have other meanings in an event (contract.md 6.1): see
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

/// Returns true for the settings of the servers of 2025 and of the server of 2026. The meaning of the same names in
/// any other form is not documented.
fn is_known_branding(settings: &Value) -> bool {
    let of_2025 =
        |key: &String| key.ends_with("_override") || key.ends_with("_display") || key == "primary_color";
    let keys = settings.as_object();
    keys.is_some_and(|keys| {
        keys.keys().any(of_2025) || (keys.contains_key("main_color") && keys.contains_key("name"))
    })
}

/// Returns the picture in a slot of the branding, or `None` if the server has no such slot.
fn branding_picture(slot: Slot, settings: &Value) -> Option<ServerPicture> {
    let name = slot.name();
    let at = |key: String| settings.get(key);
    let shown = [at(format!("{name}_display")), at(format!("{name}_url"))];
    let plain = settings.get(name);
    if shown == [None, None] {
        // The server of 2026 sends only addresses.
        return Some(ServerPicture { path: None, url: text(plain?) });
    }
    // The text of `logo` is not a stored path: an uploaded logo leaves it empty.
    let path = plain.filter(|_| slot != Slot::Logo).and_then(text);
    Some(ServerPicture { path, url: shown.into_iter().flatten().find_map(text) })
}

#[cfg(test)]
#[path = "branding_tests.rs"]
mod tests;
