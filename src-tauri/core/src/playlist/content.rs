//! The content of a display: the rows of the database as values, without the rules of time.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::html;
use crate::ids::MediaHash;
use crate::records::{Datum, Fields, Slot, Validity};
use crate::resources::{Kind, ServerCopy};
use crate::store::entities::{self, EntityRow, Tombstone};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, pictures};
use crate::views::DisplayTheme;

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) safe_html: String,
    pub(crate) tag: String,
    pub(crate) days: Validity,
    pub(crate) active: bool,
    pub(crate) book_now_url: String,
    pub(crate) picture: Option<MediaHash>,
}

/// A picture of a gallery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) key: String,
    pub(crate) caption: String,
    pub(crate) picture: MediaHash,
}

/// A room type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) price: String,
    pub(crate) currency: String,
    pub(crate) booking_url: String,
    pub(crate) picture: Option<MediaHash>,
}

/// Everything that guests may see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    pub(crate) hotel: String,
    pub(crate) tagline: String,
    pub(crate) welcome: String,
    /// The large pictures.
    pub(crate) heroes: Vec<MediaHash>,
    pub(crate) logo: Option<MediaHash>,
    pub(crate) theme: DisplayTheme,
    pub(crate) amenities: Vec<String>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) images: Vec<Image>,
    pub(crate) rooms: Vec<Room>,
    /// The time of the last complete read.
    pub(crate) as_of: Option<Timestamp>,
}

impl Content {
    /// Reads the content. Pictures that are not in the cache yet are left out.
    pub(crate) fn read(db: &Connection) -> Result<Self, StoreError> {
        let cached = pictures::all(db)?;
        let mut content = Self { as_of: meta::get(db, Key::AsOf(Kind::Branding))?, ..Self::default() };
        for row in shown(db, Kind::Branding)? {
            content.take_hotel(&row, &cached);
        }
        for row in by_place(shown(db, Kind::Offer)?) {
            content.offers.extend(offer(&row, &cached));
        }
        for row in by_place(shown(db, Kind::RoomType)?) {
            content.rooms.extend(room(&row, &cached));
        }
        for row in shown(db, Kind::Gallery)? {
            let Some(ServerCopy::Gallery(gallery)) = row.latest() else { continue };
            content.images.extend(gallery.images.iter().filter_map(|image| {
                let picture = cached.get(&image.url)?.clone();
                Some(Image { key: format!("gallery-{picture}"), caption: image.caption.clone(), picture })
            }));
        }
        Ok(content)
    }

    fn take_hotel(&mut self, row: &EntityRow, cached: &HashMap<String, MediaHash>) {
        let Some(copy) = row.latest() else { return };
        let fields = copy.fields();
        let shown = |name: &str| {
            let shown = copy.record().and_then(|record| record.shown.get(name)).cloned();
            shown.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| fields.text(name))
        };
        let first =
            |texts: &[String]| texts.iter().find(|text| !text.trim().is_empty()).cloned().unwrap_or_default();
        self.hotel = shown("name");
        self.tagline = first(&[shown("tagline"), fields.text("slogan")]);
        self.welcome = first(&[fields.text("welcome_message"), shown("short_description")]);
        let picture = |slot| copy.picture(slot).url.and_then(|url| cached.get(&url).cloned());
        self.heroes = [Slot::HeroImage, Slot::LandingPageImage].into_iter().filter_map(picture).collect();
        self.logo = picture(Slot::Logo);
        self.amenities = match fields.get("amenities") {
            Some(Datum::List(items)) => {
                items.iter().filter(|item| !item.trim().is_empty()).cloned().collect()
            }
            _ => Vec::new(),
        };
        self.theme = DisplayTheme {
            primary: first(&[fields.text("primary_color"), fields.text("main_color")]),
            secondary: fields.text("secondary_color"),
            accent: fields.text("accent_color"),
            background: fields.text("background_color"),
            text: fields.text("text_color"),
        };
    }
}

/// Returns the entities that are not removed, as far as known.
fn shown(db: &Connection, kind: Kind) -> Result<Vec<EntityRow>, StoreError> {
    let mut rows = entities::all(db, kind)?;
    rows.retain(|row| row.tombstone == Tombstone::No);
    Ok(rows)
}

fn fields_of(row: &EntityRow) -> Fields {
    row.latest().map(ServerCopy::fields).unwrap_or_default()
}

fn by_place(mut rows: Vec<EntityRow>) -> Vec<EntityRow> {
    rows.sort_by_key(|row| (fields_of(row).number("sort_order"), row.server_id));
    rows
}

fn photo(row: &EntityRow, cached: &HashMap<String, MediaHash>) -> Option<MediaHash> {
    row.latest()?.picture(Slot::Photo).url.and_then(|url| cached.get(&url).cloned())
}

fn offer(row: &EntityRow, cached: &HashMap<String, MediaHash>) -> Option<Offer> {
    let copy = row.latest()?;
    let fields = copy.fields();
    Some(Offer {
        key: format!("offer-{}", row.local_id),
        title: copy.title(),
        text: fields.text("short_description"),
        safe_html: html::sanitise(&fields.text("details_html")),
        tag: fields.text("tag"),
        days: Kind::Offer.table().days(&fields),
        active: fields.flag("is_active"),
        book_now_url: fields.text("book_now_url"),
        picture: photo(row, cached),
    })
}

fn room(row: &EntityRow, cached: &HashMap<String, MediaHash>) -> Option<Room> {
    let copy = row.latest()?;
    let fields = copy.fields();
    fields.flag("is_active").then(|| Room {
        key: format!("room-{}", row.local_id),
        name: copy.title(),
        text: fields.text("short_description"),
        price: fields.text("starting_price_from"),
        currency: fields.text("currency"),
        booking_url: fields.text("booking_url"),
        picture: photo(row, cached),
    })
}
