//! Making up the hotel: Hotel Killarney on the lake, and a neighbour whose rows must stay out of its staff's reach.

mod canvas;
mod gallery;
mod guests;
mod offers;
mod people;
mod rooms;
pub(crate) mod scenes;
mod settings;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::to_micros;
use crate::options::Options;
use crate::store::Store;
use crate::store::pictures::Content;

/// The slug of the hotel.
pub(crate) const SLUG: &str = "killarney";
/// The slug of the other hotel.
pub(crate) const NEIGHBOUR_SLUG: &str = "dingle";

/// Fills an empty store.
pub(crate) fn fill(store: &Store, options: &Options) -> rusqlite::Result<()> {
    let now = (options.now)();
    let seeding = Seeding {
        store,
        seed: options.seed,
        today: options.today.unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date()),
        now_s: now.as_second(),
        now_micros: to_micros(now),
    };
    store.lock().execute_batch("BEGIN")?;
    let killarney = store.add_hotel(SLUG, "Hotel Killarney", &settings::killarney())?;
    let dingle = store.add_hotel(NEIGHBOUR_SLUG, "Dingle Harbour Hotel", &settings::dingle())?;
    people::fill(store, killarney, dingle)?;
    guests::fill(store, killarney, dingle)?;
    settings::fill(&seeding, killarney)?;
    gallery::fill(&seeding, killarney)?;
    rooms::fill(&seeding, killarney)?;
    offers::fill(&seeding, killarney, options.offers)?;
    offers::fill_neighbour(&seeding, dingle)?;
    store.lock().execute_batch("COMMIT")
}

/// What the parts of the seed work with.
struct Seeding<'a> {
    store: &'a Store,
    seed: u64,
    today: Date,
    now_s: i64,
    now_micros: i64,
}

impl Seeding<'_> {
    /// The path of a picture that shows this scene.
    fn picture(&self, scene: u32) -> rusqlite::Result<String> {
        let content = Content::Scene(scene);
        self.store.add_picture(self.seed, self.now_s, image::ImageFormat::Jpeg, &content)
    }

    /// The day so many days from today.
    fn day(&self, offset: i64) -> Option<String> {
        let span = jiff::Span::new().try_days(offset).ok()?;
        self.today.checked_add(span).ok().map(|day| day.to_string())
    }
}
