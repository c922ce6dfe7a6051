//! The rotation of a display: a pure function of the content, the settings and the moment.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::content::{Content, Image, Offer, Room};
use super::hours::moment;
use super::qr;
use super::settings::DisplaySettings;
use crate::views::{DisplayPart, Slide};

/// The rotation at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rotation {
    pub(crate) slides: Vec<Slide>,
    /// Whether the display is outside of its hours.
    pub(crate) dark: bool,
    /// The next moment at which the same content may give another rotation.
    pub(crate) until: Timestamp,
}

/// Returns the rotation. Days and hours are those of the hotel's zone.
pub(crate) fn rotation(
    content: &Content,
    settings: &DisplaySettings,
    now: Timestamp,
    zone: &TimeZone,
) -> Rotation {
    let local = now.to_zoned(zone.clone()).datetime();
    let until = next_edge(settings, now, local.date(), zone);
    if settings.hours.day_of(local).is_none() {
        return Rotation { slides: Vec::new(), dark: true, until };
    }
    let is_on = |part| settings.part(part).on;
    let mut slides = Vec::new();
    if is_on(DisplayPart::Welcome) {
        slides.extend(welcome(content, settings));
    }
    let mut offers = Vec::new();
    if is_on(DisplayPart::Offers) {
        offers.extend(content.offers.iter().filter_map(|one| offer(one, settings, local)));
    }
    let mut between = Vec::new();
    if is_on(DisplayPart::Gallery) {
        between.extend(content.images.iter().map(|one| image(one, settings)));
    }
    if is_on(DisplayPart::Rooms) {
        between.extend(content.rooms.iter().map(|one| room(one, settings)));
    }
    if is_on(DisplayPart::Amenities) && !content.amenities.is_empty() {
        let items = content.amenities.clone();
        let picture = content.heroes.last().cloned();
        between.push(Slide { items, picture, ..blank("amenities", DisplayPart::Amenities, settings) });
    }
    slides.extend(mixed(offers, between));
    Rotation { slides, dark: false, until }
}

/// Returns both lists in their orders, each spread evenly over the whole.
fn mixed(first: Vec<Slide>, second: Vec<Slide>) -> Vec<Slide> {
    const WHOLE: usize = 1_000_000;
    let placed = |slides: Vec<Slide>| {
        let count = slides.len();
        // The middle of the share of the rotation that belongs to a slide.
        let place = move |number: usize| (2 * number + 1) * WHOLE / (2 * count);
        slides.into_iter().enumerate().map(move |(number, slide)| (place(number), slide)).collect::<Vec<_>>()
    };
    let mut all = [placed(first), placed(second)].concat();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, slide)| slide).collect()
}

/// Returns the next edge of any hours, or the next midnight.
fn next_edge(settings: &DisplaySettings, now: Timestamp, today: Date, zone: &TimeZone) -> Timestamp {
    let midnight = today.tomorrow().ok().and_then(|day| moment(day, Time::midnight(), zone));
    let hours = std::iter::once(&settings.hours).chain(settings.offers.iter().map(|offer| &offer.hours));
    let edges = hours.flat_map(|hours| hours.edges(today, zone)).chain(midnight);
    edges.filter(|edge| *edge > now).min().unwrap_or_else(|| now.checked_add(24.hours()).unwrap_or(now))
}

fn blank(key: &str, part: DisplayPart, settings: &DisplaySettings) -> Slide {
    Slide {
        key: key.to_owned(),
        part,
        seconds: settings.part(part).seconds,
        title: String::new(),
        text: String::new(),
        safe_html: String::new(),
        tag: String::new(),
        from: None,
        to: None,
        price: String::new(),
        currency: String::new(),
        items: Vec::new(),
        picture: None,
        qr: None,
    }
}

fn welcome(content: &Content, settings: &DisplaySettings) -> Option<Slide> {
    let is_known = !content.hotel.is_empty() || !content.heroes.is_empty();
    is_known.then(|| Slide {
        title: content.hotel.clone(),
        tag: content.tagline.clone(),
        text: content.welcome.clone(),
        picture: content.heroes.first().cloned(),
        ..blank("welcome", DisplayPart::Welcome, settings)
    })
}

/// Returns the slide of an offer that is valid now. A time after midnight that belongs to hours of the evening before
/// counts for that day.
fn offer(offer: &Offer, settings: &DisplaySettings, now: jiff::civil::DateTime) -> Option<Slide> {
    let own = settings.offer(&offer.title);
    let day = match own {
        Some(own) if !own.on => return None,
        Some(own) => own.hours.day_of(now)?,
        None => now.date(),
    };
    let begun = offer.days.from.is_none_or(|first| first <= day);
    let ended = offer.days.to.is_some_and(|last| last < day);
    if !offer.active || !begun || ended {
        return None;
    }
    let slide = blank(&offer.key, DisplayPart::Offers, settings);
    Some(Slide {
        seconds: own.and_then(|own| own.seconds).unwrap_or(slide.seconds),
        title: offer.title.clone(),
        text: offer.text.clone(),
        safe_html: offer.safe_html.clone(),
        tag: offer.tag.clone(),
        from: offer.days.from,
        to: offer.days.to,
        picture: offer.picture.clone(),
        qr: settings.qr.then(|| qr::of(&offer.book_now_url)).flatten(),
        ..slide
    })
}

fn image(image: &Image, settings: &DisplaySettings) -> Slide {
    Slide {
        title: image.caption.clone(),
        picture: Some(image.picture.clone()),
        ..blank(&image.key, DisplayPart::Gallery, settings)
    }
}

fn room(room: &Room, settings: &DisplaySettings) -> Slide {
    Slide {
        title: room.name.clone(),
        text: room.text.clone(),
        price: room.price.clone(),
        currency: room.currency.clone(),
        picture: room.picture.clone(),
        qr: settings.qr.then(|| qr::of(&room.booking_url)).flatten(),
        ..blank(&room.key, DisplayPart::Rooms, settings)
    }
}

#[cfg(test)]
#[path = "rotation_tests.rs"]
mod tests;
