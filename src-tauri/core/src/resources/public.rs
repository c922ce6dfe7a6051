//! The hotel's page for guests, in the forms of both server generations (contract.md 4.7).
//!
//! The servers of 2025 send one flat object with offers, room types and settings. Those of 2026 send the hotel and a
//! list of sections, in which galleries and cards nest. A card is the closest to an offer there (4.8), and is read
//! as one without dates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::copy::read_shown_record;
use super::images::{read_flat_gallery, read_gallery};
use super::values::text;
use super::{Kind, ServerCopy};
use crate::ids::{MediaHash, ServerId};
use crate::private::json_fault;
use crate::records::Slot;

/// The content of a hotel's page for guests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPage {
    /// The copies of everything on the page that the desk knows.
    pub copies: Vec<ServerCopy>,
    /// The kinds of which this page has all entities that guests may see.
    pub whole: BTreeSet<Kind>,
    /// Whether the offers have the numbers that events name. Some servers leave them out.
    pub has_numbers: bool,
}

/// Reads a page. Returns `None` if it has none of the known forms.
pub fn read_public_page(page: &Value) -> Option<PublicPage> {
    if page["sections"].is_array() && page["hotel"].is_object() {
        return Some(of_sections(page));
    }
    (page["slug"].is_string() && page["public_settings"].is_object()).then(|| flat(page))
}

/// Returns the number by which an offer without a number is known here: its title decides, and the count of earlier
/// offers with the same title. It is above every number of a server.
pub fn number_of_title(title: &str, earlier: usize) -> ServerId {
    const ABOVE: i64 = 1 << 60;
    let hash = MediaHash::of(format!("{earlier} {}", title.trim()).as_bytes());
    let digits = i64::from_str_radix(&hash.as_str()[..14], 16).unwrap_or_default();
    ServerId(ABOVE | digits)
}

/// Reads the page of the servers of 2025.
fn flat(page: &Value) -> PublicPage {
    let mut read = Reading::default();
    let mut settings = page["public_settings"].as_object().cloned().unwrap_or_default();
    // The stored path of the settings is no address.
    settings.remove("hero_image");
    for name in ["short_description", "long_description"] {
        let is_empty = settings.get(name).and_then(text).is_none();
        if let Some(of_page) = page.get(name).filter(|_| is_empty) {
            settings.insert(name.to_owned(), of_page.clone());
        }
    }
    let gallery = read_flat_gallery(&page["public_settings"]);
    read.branding(page, settings);
    if let Some(gallery) = gallery {
        read.whole.insert(Kind::Gallery);
        read.copies.push(ServerCopy::Gallery(gallery));
    }
    read.records(Kind::Offer, page["offers"].as_array());
    read.records(Kind::RoomType, page["room_types"].as_array());
    read.page()
}

/// Reads the page of the servers of 2026.
fn of_sections(page: &Value) -> PublicPage {
    let mut read = Reading::default();
    let settings = page["hotel"].as_object().cloned().unwrap_or_default();
    read.branding(&page["hotel"], settings);
    let sections = page["sections"].as_array().into_iter().flatten();
    let mut sections: Vec<&Value> = sections.filter(|section| section["is_active"] != json!(false)).collect();
    sections.sort_by_key(|section| section["position"].as_i64());
    let all_of =
        |name: &str| -> Vec<&Value> { sections.iter().flat_map(|section| sorted(&section[name])).collect() };
    for gallery in all_of("galleries") {
        let mut gallery = gallery.clone();
        let images: Vec<Value> = sorted(&gallery["images"]).into_iter().cloned().collect();
        gallery["images"] = Value::Array(images);
        read.copies.extend(read_gallery(&gallery).map(ServerCopy::Gallery));
    }
    let cards: Vec<Value> =
        all_of("lists").into_iter().flat_map(|list| sorted(&list["cards"])).map(offer_of).collect();
    read.records(Kind::Offer, Some(&cards));
    read.whole.insert(Kind::Gallery);
    read.page()
}

/// Returns the rows of a list in the order of their `sort_order`.
fn sorted(list: &Value) -> Vec<&Value> {
    let mut rows: Vec<&Value> = list.as_array().into_iter().flatten().collect();
    rows.sort_by_key(|row| row["sort_order"].as_i64());
    rows
}

/// Returns a card in the form of an offer.
fn offer_of(card: &Value) -> Value {
    let texts = [&card["subtitle"], &card["description"]].into_iter().filter_map(text);
    json!({
        "id": card["id"],
        "title": card["title"],
        "short_description": texts.collect::<Vec<_>>().join("\n"),
        "photo_url": card["image_url"],
    })
}

#[derive(Default)]
struct Reading {
    copies: Vec<ServerCopy>,
    whole: BTreeSet<Kind>,
    lacks_numbers: bool,
}

impl Reading {
    /// Reads the hotel itself, as the settings that the branding knows. `about` has its values under the plain names.
    fn branding(&mut self, about: &Value, mut settings: Map<String, Value>) {
        for (name, value) in about.as_object().into_iter().flatten() {
            if value.is_string() || value.is_number() {
                settings.insert(format!("{name}_display"), value.clone());
            }
        }
        for name in Slot::BRANDING.map(Slot::name) {
            let url =
                [format!("{name}_url"), name.to_owned()].iter().find_map(|key| text(&about[key.as_str()]));
            settings.remove(name);
            settings.insert(format!("{name}_display"), json!(url));
        }
        match (Kind::Branding.resource().read)(&Value::Object(settings)) {
            Ok(copy) => {
                self.whole.insert(Kind::Branding);
                self.copies.push(copy);
            }
            Err(error) => tracing::warn!(why = json_fault(&error), "the hotel's own values cannot be read"),
        }
    }

    /// Reads a list in the order of the page. A row that cannot be read is left out, and the list then counts as
    /// incomplete.
    fn records(&mut self, kind: Kind, rows: Option<&Vec<Value>>) {
        let Some(rows) = rows else { return };
        let mut is_whole = true;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            let mut row = row.clone();
            let id = row["id"].as_i64().map(ServerId).unwrap_or_else(|| {
                self.lacks_numbers |= kind == Kind::Offer;
                let title = text(&row["title"]).unwrap_or_default();
                let earlier = seen.entry(title.clone()).or_default();
                *earlier += 1;
                number_of_title(&title, *earlier - 1)
            });
            if let Some(fields) = row.as_object_mut() {
                fields.insert("sort_order".to_owned(), json!(place));
            }
            match read_shown_record(kind, id, &row) {
                Ok(record) => self.copies.push(ServerCopy::Record(record)),
                Err(error) => {
                    is_whole = false;
                    tracing::warn!(
                        why = json_fault(&error),
                        ?kind,
                        "a row of the public page cannot be read"
                    );
                }
            }
        }
        if is_whole {
            self.whole.insert(kind);
        }
    }

    fn page(self) -> PublicPage {
        PublicPage { copies: self.copies, whole: self.whole, has_numbers: !self.lacks_numbers }
    }
}

#[cfg(test)]
#[path = "public_tests.rs"]
mod tests;
