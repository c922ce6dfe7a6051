//! Makes the data of the hotel: Hotel Killarney on the lake, and a neighbour whose rows its staff must not reach.
//!
//! The data is in `seed/`: a file of rows for each hotel, and the pictures in them.

use std::collections::BTreeMap;

use image::ImageFormat;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::to_micros;
use crate::options::Options;
use crate::store::Store;
use crate::store::chat::Conversation;
use crate::store::galleries::Gallery;
use crate::store::offers::Offer;
use crate::store::people::{Staff, User};
use crate::store::room_types::RoomType;

/// The slug of the hotel.
pub(crate) const SLUG: &str = "killarney";
/// The slug of the other hotel.
pub(crate) const NEIGHBOUR_SLUG: &str = "dingle";

const HOTELS: [&str; 2] = [include_str!("../seed/killarney.json"), include_str!("../seed/dingle.json")];

/// Pictures of 1200 by 800 under their names in the rows.
const PICTURES: [(&str, &[u8]); 28] = [
    ("boat", include_bytes!("../seed/pictures/boat.jpg")),
    ("dinner", include_bytes!("../seed/pictures/dinner.jpg")),
    ("dusk", include_bytes!("../seed/pictures/dusk.jpg")),
    ("hero", include_bytes!("../seed/pictures/hero.jpg")),
    ("house", include_bytes!("../seed/pictures/house.jpg")),
    ("landing", include_bytes!("../seed/pictures/landing.jpg")),
    ("lough", include_bytes!("../seed/pictures/lough.jpg")),
    ("offer-christmas", include_bytes!("../seed/pictures/offer-christmas.jpg")),
    ("offer-cycling", include_bytes!("../seed/pictures/offer-cycling.jpg")),
    ("offer-dogs", include_bytes!("../seed/pictures/offer-dogs.jpg")),
    ("offer-family", include_bytes!("../seed/pictures/offer-family.jpg")),
    ("offer-harvest", include_bytes!("../seed/pictures/offer-harvest.jpg")),
    ("offer-lake", include_bytes!("../seed/pictures/offer-lake.jpg")),
    ("offer-midweek", include_bytes!("../seed/pictures/offer-midweek.jpg")),
    ("offer-music", include_bytes!("../seed/pictures/offer-music.jpg")),
    ("offer-spa", include_bytes!("../seed/pictures/offer-spa.jpg")),
    ("offer-spring", include_bytes!("../seed/pictures/offer-spring.jpg")),
    ("offer-tea", include_bytes!("../seed/pictures/offer-tea.jpg")),
    ("offer-wedding", include_bytes!("../seed/pictures/offer-wedding.jpg")),
    ("room-fam", include_bytes!("../seed/pictures/room-fam.jpg")),
    ("room-gdn", include_bytes!("../seed/pictures/room-gdn.jpg")),
    ("room-lkv", include_bytes!("../seed/pictures/room-lkv.jpg")),
    ("room-std", include_bytes!("../seed/pictures/room-std.jpg")),
    ("room-tor", include_bytes!("../seed/pictures/room-tor.jpg")),
    ("room-twn", include_bytes!("../seed/pictures/room-twn.jpg")),
    ("shore", include_bytes!("../seed/pictures/shore.jpg")),
    ("table", include_bytes!("../seed/pictures/table.jpg")),
    ("woods", include_bytes!("../seed/pictures/woods.jpg")),
];

const DAY_MICROS: i64 = 86_400_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hotel {
    slug: String,
    name: String,
    /// The hotel's own settings, and those of its staff.
    details: Map<String, Value>,
    #[serde(default)]
    settings: Map<String, Value>,
    staff: Vec<Staff>,
    conversations: Vec<Conversation>,
    #[serde(default)]
    flat_gallery: Vec<String>,
    #[serde(default)]
    galleries: Vec<Gallery>,
    #[serde(default)]
    room_types: Vec<RoomType>,
    offers: Vec<DatedOffer>,
}

/// An offer with days counted from today. On every day, seven of Hotel Killarney's 14 offers are live, three are still
/// to come, two are over and two are hidden.
#[derive(Clone, Deserialize)]
struct DatedOffer {
    from_in_days: Option<i64>,
    to_in_days: Option<i64>,
    #[serde(flatten)]
    offer: Offer,
}

/// Fills an empty store.
pub(crate) fn fill(store: &Store, options: &Options) -> rusqlite::Result<()> {
    let now = (options.now)();
    let today = options.today.unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date());
    store.lock().execute_batch("BEGIN")?;
    let mut seeding = Seeding {
        store,
        hotel_id: 0,
        seed: options.seed,
        today,
        now_s: now.as_second(),
        now_micros: to_micros(now),
        pictures: BTreeMap::new(),
    };
    for text in HOTELS {
        let mut hotel: Hotel = serde_json::from_str(text)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let is_main = hotel.slug == SLUG;
        let more = |count: usize| if is_main { count } else { 0 };
        hotel.staff.extend((1..=more(options.staff)).map(generated));
        seeding.fill(hotel, more(options.offers))?;
    }
    // An administrator without a staff profile: signing in fails with a 500 (contract.md 3.1).
    let mut administrator = User {
        username: "admin".to_owned(),
        password: "admin-demo".to_owned(),
        email: "admin@hotelmate.example".to_owned(),
        is_active: true,
        is_superuser: true,
        ..User::default()
    };
    store.save(&mut administrator, to_micros(now))?;
    store.lock().execute_batch("COMMIT")
}

/// Makes a person. Every third one is on duty.
fn generated(number: usize) -> Staff {
    const NAMES: [&str; 6] = ["Ciara", "Declan", "Eimear", "Fergus", "Grainne", "Hugh"];
    let is_on_duty = number.is_multiple_of(3);
    Staff {
        user: User {
            username: format!("staff{number}"),
            password: format!("staff{number}-demo"),
            ..User::default()
        },
        first_name: NAMES[number % NAMES.len()].to_owned(),
        last_name: format!("Number{number}"),
        department: number as i64 % 6 + 1,
        role: number as i64 % 7 + 1,
        phone_number: format!("+353 64 555 {number:04}"),
        access_level: "regular_staff".to_owned(),
        is_on_duty,
        last_clock_in: is_on_duty.then_some(1_700_000_000_000_000 + number as i64),
        ..Staff::default()
    }
}

/// The shared state of the seeding.
struct Seeding<'a> {
    store: &'a Store,
    /// The hotel that is being filled.
    hotel_id: i64,
    seed: u64,
    today: Date,
    now_s: i64,
    now_micros: i64,
    /// The paths of the stored pictures, by name.
    pictures: BTreeMap<String, String>,
}

impl Seeding<'_> {
    fn fill(&mut self, hotel: Hotel, more_offers: usize) -> rusqlite::Result<()> {
        self.hotel_id = self.store.add_hotel(&hotel.slug, &Value::Object(hotel.details))?;
        self.staff(hotel.staff, &hotel.slug, &hotel.name)?;
        for mut guest in hotel.conversations {
            (guest.hotel_id, guest.hotel_slug) = (self.hotel_id, hotel.slug.clone());
            self.store.save(&mut guest, self.now_micros)?;
            guest.booking = Some(guest.id);
            self.store.save(&mut guest, self.now_micros)?;
        }
        self.settings(hotel.settings)?;
        self.galleries(hotel.flat_gallery, hotel.galleries, &hotel.slug)?;
        for mut room in hotel.room_types {
            room.hotel_id = self.hotel_id;
            room.photo = self.stored(room.photo)?;
            self.store.save(&mut room, self.now_micros)?;
        }
        self.offers(&hotel.offers, more_offers)
    }

    fn staff(&self, people: Vec<Staff>, hotel_slug: &str, hotel_name: &str) -> rusqlite::Result<()> {
        for mut person in people {
            person.user.is_active = true;
            self.store.save(&mut person.user, self.now_micros)?;
            person = Staff {
                id: person.user.id,
                hotel_id: self.hotel_id,
                hotel_slug: hotel_slug.to_owned(),
                hotel_name: hotel_name.to_owned(),
                is_active: true,
                ..person
            };
            self.store.save(&mut person, self.now_micros)?;
        }
        Ok(())
    }

    /// Stores the settings that staff have made.
    fn settings(&mut self, own: Map<String, Value>) -> rusqlite::Result<()> {
        if own.is_empty() {
            return Ok(());
        }
        let mut settings = self.store.settings(self.hotel_id)?;
        settings.own = own;
        settings.own.insert("updated_at".to_owned(), json!(self.now_micros));
        for field in ["hero_image", "landing_page_image"] {
            let path = self.stored(settings.own.get(field).and_then(Value::as_str).map(str::to_owned))?;
            settings.base.insert(field.to_owned(), json!(path));
            settings.own.insert(field.to_owned(), json!(path));
        }
        self.store.save_settings(&settings)
    }

    /// Stores the flat gallery, and the same pictures as galleries for the dialect that has them.
    fn galleries(&mut self, flat: Vec<String>, galleries: Vec<Gallery>, slug: &str) -> rusqlite::Result<()> {
        let paths: rusqlite::Result<Vec<Value>> =
            flat.into_iter().map(|name| Ok(json!(self.stored(Some(name))?))).collect();
        self.store.save_flat_gallery(self.hotel_id, &paths?)?;
        for mut gallery in galleries {
            (gallery.hotel_id, gallery.hotel_slug) = (self.hotel_id, slug.to_owned());
            (gallery.is_active, gallery.updated_at) = (true, self.now_micros);
            self.store.save(&mut gallery, self.now_micros)?;
            for mut image in gallery.images {
                image.gallery_id = gallery.id;
                image.image = self.stored(Some(image.image))?.unwrap_or_default();
                self.store.save(&mut image, self.now_micros)?;
            }
        }
        Ok(())
    }

    /// Stores the offers, and after them so many generated ones.
    fn offers(&mut self, offers: &[DatedOffer], generated: usize) -> rusqlite::Result<()> {
        for (place, offer) in (0..).zip(offers) {
            let photo = self.stored(offer.offer.photo.clone())?;
            self.save_offer(Offer { photo, ..self.dated(offer) }, place)?;
        }
        for (number, offer) in (1..).zip(offers.iter().cycle().take(generated)) {
            let offer = self.dated(offer);
            let title = format!("{} (No. {number})", offer.title);
            let sort_order = offers.len() as i64 + number;
            self.save_offer(Offer { title, sort_order, photo: None, ..offer }, number % 300)?;
        }
        Ok(())
    }

    fn dated(&self, DatedOffer { from_in_days, to_in_days, offer }: &DatedOffer) -> Offer {
        let day = |days: Option<i64>| self.today.checked_add(days?.days()).ok().map(|day| day.to_string());
        Offer {
            hotel_id: self.hotel_id,
            valid_from: day(*from_in_days),
            valid_to: day(*to_in_days),
            details_text: plain(&offer.details_html),
            ..offer.clone()
        }
    }

    /// Stores an offer as if it was made so many days ago.
    fn save_offer(&self, mut offer: Offer, days_ago: i64) -> rusqlite::Result<()> {
        // Not on the second, so that moments have six digits, as most do.
        let made_at = self.now_micros - days_ago * DAY_MICROS - 13 * 3_600_000_000 - 19_773;
        self.store.save(&mut offer, made_at)
    }

    /// Returns the path of the picture of this name.
    fn stored(&mut self, name: Option<String>) -> rusqlite::Result<Option<String>> {
        let Some((name, bytes)) = PICTURES.iter().find(|(known, _)| name.as_deref() == Some(*known)) else {
            return Ok(None);
        };
        if let Some(path) = self.pictures.get(*name) {
            return Ok(Some(path.clone()));
        }
        let path = self.store.add_picture(self.seed, self.now_s, ImageFormat::Jpeg, bytes)?;
        self.pictures.insert((*name).to_owned(), path.clone());
        Ok(Some(path))
    }
}

/// Returns the text of the seed's own markup, in which every `<` opens a tag.
fn plain(html: &str) -> String {
    let words = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).trim());
    words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
