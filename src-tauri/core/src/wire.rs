//! How the server writes things, in answers and in events alike.
//!
//! A key that is null counts as absent: some servers write the one where the documents show the other (CONTRACT.md
//! 1.7), and for every field that may be missing the default is the empty value.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error as _;
use serde_json::Value;

use crate::model::{
    Kind, ONLY_ONE, Odd, ServerCopy, ServerGallery, ServerId, ServerImage, ServerPicture, ServerRecord, Slot,
};
use crate::private::Private;

/// Reads an item of a list or an answer.
pub(crate) fn read(kind: Kind, value: &Value) -> Result<ServerCopy, serde_json::Error> {
    match kind {
        Kind::Offer | Kind::RoomType => read_record(kind, value).map(ServerCopy::Record),
        Kind::Branding => read_branding(value).map(ServerCopy::Record),
        Kind::Gallery => read_gallery(value)
            .map(ServerCopy::Gallery)
            .ok_or_else(|| serde_json::Error::custom("a gallery needs an id and images")),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Reads an offer or a room type. Only offers tell when they were made, and all of them do.
pub(crate) fn read_record(kind: Kind, value: &Value) -> Result<ServerRecord, serde_json::Error> {
    let wrong = serde_json::Error::custom::<&str>;
    let table = kind.table();
    let id = value["id"].as_i64().ok_or_else(|| wrong("it has no id"))?;
    let fields = table.read(value).ok_or_else(|| wrong("a field is missing or of another kind"))?;
    if table.odd == Odd::Empty && table.title(&fields).is_empty() {
        return Err(wrong("it has no name"));
    }
    let created_at = value["created_at"].as_str().and_then(|text| text.parse().ok());
    if table.odd == Odd::Unreadable && created_at.is_none() {
        return Err(wrong("it does not tell when it was made"));
    }
    let picture = ServerPicture { path: text(&value["photo"]), url: text(&value["photo_url"]) };
    let pictures = BTreeMap::from([(Slot::Photo, picture)]);
    Ok(ServerRecord { kind, id: ServerId(id), fields, pictures, shown: BTreeMap::new(), created_at })
}

/// Reads the settings as HTTP tells them. The same names mean other things in an event (CONTRACT.md 6.1): see
/// [`SettingsHint`].
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

/// What a `settings-updated` says. A small one has four fields, a large one all of them (CONTRACT.md 0.1); what is not
/// in it has not been said.
#[derive(Clone, PartialEq)]
pub struct SettingsHint(Value);

impl fmt::Debug for SettingsHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SettingsHint").field(&Private(&self.0)).finish()
    }
}

impl SettingsHint {
    /// Reads the event's data.
    pub(crate) fn read(data: &Value) -> Result<Self, String> {
        if data.is_object() { Ok(Self(data.clone())) } else { Err("it is no object".to_owned()) }
    }

    /// Lays it over the branding.
    pub(crate) fn apply_to(&self, base: &mut ServerRecord) {
        let Value::Object(said) = &self.0 else { return };
        for rule in base.kind.table().fields {
            if let Some(value) = said.get(rule.name) {
                base.fields.set(rule.name, rule.shape.told(value).unwrap_or_else(|| rule.shape.empty()));
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

    /// The flat gallery, if it tells of one.
    pub(crate) fn gallery(&self) -> Option<ServerGallery> {
        read_flat_gallery(&self.0)
    }

    /// The galleries of rows, if it tells of them.
    pub(crate) fn galleries(&self) -> Vec<ServerGallery> {
        let galleries = self.0["galleries"].as_array();
        galleries.into_iter().flatten().filter_map(read_gallery).collect()
    }
}

/// The flat gallery in a `gallery` list of addresses. What is no address is not ours to show, and is kept out.
pub(crate) fn read_flat_gallery(object: &Value) -> Option<ServerGallery> {
    let entries = object["gallery"].as_array()?;
    let mut images: Vec<ServerImage> = Vec::new();
    for url in entries.iter().filter_map(text) {
        if images.iter().all(|known| known.name != url) {
            images.push(ServerImage { name: url.clone(), url, caption: String::new() });
        }
    }
    Some(ServerGallery { id: ONLY_ONE, name: String::new(), images })
}

/// A gallery of rows (CONTRACT.md 5.2). The server gives its rows in their order.
pub(crate) fn read_gallery(value: &Value) -> Option<ServerGallery> {
    let images = value["images"].as_array()?;
    Some(ServerGallery {
        id: ServerId(value["id"].as_i64()?),
        name: text(&value["name"]).unwrap_or_default(),
        images: images.iter().filter_map(read_image).collect(),
    })
}

/// A row of a gallery. Right after an upload it has no address yet (CONTRACT.md 5.2).
pub(crate) fn read_image(value: &Value) -> Option<ServerImage> {
    Some(ServerImage {
        name: value["id"].as_i64()?.to_string(),
        url: text(&value["image_url"]).unwrap_or_default(),
        caption: text(&value["caption"]).unwrap_or_default(),
    })
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
