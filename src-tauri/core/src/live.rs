//! Live events as typed facts.
//!
//! Events come over a public channel and prove nothing: they are hints, applied for speed and confirmed by
//! reading (CONTRACT.md 12, trap 25). So a payload is read as leniently as it can be understood: with or
//! without `timestamp` and `action`, with `Z` or `+00:00`. One that cannot be understood is still a sign
//! that something changed, and is told as [`LiveEvent::Unreadable`].

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::api::dialect::{self, Event, bare_slug};
use crate::model::{DutyUpdate, Kind, ServerGallery, ServerId, ServerRecord};
use crate::private::{Private, json_fault};
use crate::wire::{self, SettingsHint};

/// Whether an event's data name another hotel than the one with this slug. Few events name a hotel at all: a gallery
/// does (`hotel_slug`), and so does the envelope of newer servers (CONTRACT.md 2).
pub fn names_another_hotel(data: &Value, slug: &str) -> bool {
    let is_other = |named: &Value| named.as_str().is_some_and(|named| bare_slug(named) != bare_slug(slug));
    match data {
        Value::Object(fields) => {
            fields.get("hotel_slug").is_some_and(is_other)
                || fields.get("hotel").is_some_and(|hotel| is_other(&hotel["slug"]))
                || fields.values().any(|value| names_another_hotel(value, slug))
        }
        Value::Array(items) => items.iter().any(|item| names_another_hotel(item, slug)),
        _ => false,
    }
}

/// What an event says. The own echo comes too, and before the answer to the request (trap 16).
#[derive(Clone, PartialEq)]
pub enum LiveEvent {
    /// `offer-created`
    OfferCreated(ServerRecord),
    /// `offer-updated`
    OfferUpdated(ServerRecord),
    /// `offer-deleted`
    OfferDeleted {
        /// Which.
        id: ServerId,
        /// Its title; may be empty.
        title: String,
    },
    /// `offer-image-updated`. Two of them have no order among themselves (trap 20).
    OfferPicture {
        /// Which.
        id: ServerId,
        /// Its title; may be empty.
        title: String,
        /// Where the new picture is; `None` when there is none.
        photo_url: Option<String>,
    },
    /// `offers-updated`: follows each of the above, and is the only sign when the content is large (traps 17, 18).
    OffersChanged,
    /// `clock-status-updated`
    Duty(DutyUpdate),
    /// `gallery-image-uploaded`: a picture that is in no gallery yet.
    ImageUploaded {
        /// Where it is.
        url: String,
    },
    /// `gallery-reordered`: the flat gallery as it was written.
    GalleryReordered(ServerGallery),
    /// `gallery-updated`: something about this gallery; neither pictures nor order are told (CONTRACT.md 5.2).
    GalleryUpdated {
        /// Which.
        id: ServerId,
    },
    /// `settings-updated`, small or large.
    SettingsUpdated(SettingsHint),
    /// `room-type-image-updated`; its timestamp is always null (CONTRACT.md 7).
    RoomTypePicture {
        /// Which.
        id: ServerId,
        /// Where the new picture is; `None` when there is none.
        photo_url: Option<String>,
    },
    /// One of ours by name, but not by content.
    Unreadable {
        /// The event's name.
        event: String,
        /// What was wrong with it, without its values.
        why: String,
    },
}

impl fmt::Debug for LiveEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfferCreated(offer) => f.debug_tuple("OfferCreated").field(offer).finish(),
            Self::OfferUpdated(offer) => f.debug_tuple("OfferUpdated").field(offer).finish(),
            Self::OfferDeleted { id, title } => {
                f.debug_struct("OfferDeleted").field("id", id).field("title", &Private(title)).finish()
            }
            Self::OfferPicture { id, title, .. } => {
                f.debug_struct("OfferPicture").field("id", id).field("title", &Private(title)).finish()
            }
            Self::OffersChanged => f.write_str("OffersChanged"),
            Self::Duty(update) => f.debug_tuple("Duty").field(update).finish(),
            Self::ImageUploaded { url } => {
                f.debug_struct("ImageUploaded").field("url", &Private(url)).finish()
            }
            Self::GalleryReordered(gallery) => f.debug_tuple("GalleryReordered").field(gallery).finish(),
            Self::GalleryUpdated { id } => f.debug_struct("GalleryUpdated").field("id", id).finish(),
            Self::SettingsUpdated(hint) => f.debug_tuple("SettingsUpdated").field(hint).finish(),
            Self::RoomTypePicture { id, .. } => f.debug_struct("RoomTypePicture").field("id", id).finish(),
            Self::Unreadable { event, why } => {
                f.debug_struct("Unreadable").field("event", event).field("why", why).finish()
            }
        }
    }
}

/// Reads an event of the hotel's channel; `None` when it is none of ours.
pub fn read(name: &str, data: &Value) -> Option<LiveEvent> {
    let (name, data) = opened(name, data);
    let photo_url = || data["photo_url"].as_str().filter(|url| !url.is_empty()).map(str::to_owned);
    let read = match dialect::event(name)? {
        Event::OfferCreated => offer(data).map(LiveEvent::OfferCreated),
        Event::OfferUpdated => offer(data).map(LiveEvent::OfferUpdated),
        Event::OfferDeleted => named(data).map(|(id, title)| LiveEvent::OfferDeleted { id, title }),
        Event::OfferPicture => {
            named(data).map(|(id, title)| LiveEvent::OfferPicture { id, title, photo_url: photo_url() })
        }
        Event::OffersChanged => Ok(LiveEvent::OffersChanged),
        Event::Duty => duty(data).map(LiveEvent::Duty),
        Event::ImageUploaded => match text(data, "url") {
            url if url.is_empty() => Err("it has no url".to_owned()),
            url => Ok(LiveEvent::ImageUploaded { url }),
        },
        Event::GalleryReordered => wire::read_flat_gallery(data)
            .map(LiveEvent::GalleryReordered)
            .ok_or_else(|| "it has no gallery".to_owned()),
        Event::GalleryUpdated => number(data, "gallery_id").map(|id| LiveEvent::GalleryUpdated { id }),
        Event::SettingsUpdated => SettingsHint::read(data).map(LiveEvent::SettingsUpdated),
        Event::RoomTypePicture => {
            number(data, "room_type_id").map(|id| LiveEvent::RoomTypePicture { id, photo_url: photo_url() })
        }
    };
    Some(read.unwrap_or_else(|why| LiveEvent::Unreadable { event: name.to_owned(), why }))
}

/// What is in the envelope of newer servers (CONTRACT.md 2); without one, the event itself.
fn opened<'a>(name: &'a str, data: &'a Value) -> (&'a str, &'a Value) {
    match (data["category"].is_string(), &data["payload"]) {
        (true, payload @ Value::Object(_)) => (data["type"].as_str().unwrap_or(name), payload),
        _ => (name, data),
    }
}

fn offer(data: &Value) -> Result<ServerRecord, String> {
    let offer = data.get("offer").ok_or("it has no offer")?;
    wire::read_record(Kind::Offer, offer).map_err(|error| json_fault(&error))
}

fn named(data: &Value) -> Result<(ServerId, String), String> {
    Ok((number(data, "offer_id")?, text(data, "offer_title")))
}

fn number(data: &Value, key: &str) -> Result<ServerId, String> {
    data[key].as_i64().map(ServerId).ok_or_else(|| format!("it has no {key}"))
}

/// Read by hand and not by `serde`: an odd time or a missing name must not cost the one fact that matters.
fn duty(data: &Value) -> Result<DutyUpdate, String> {
    let number = |key: &str| data[key].as_i64().map(ServerId);
    // `duty_status` is the newer field and knows breaks; a person on a break is on duty (CONTRACT.md 9.2).
    let is_on_duty = match data["duty_status"].as_str() {
        Some("on_duty" | "on_break") => true,
        Some("off_duty") => false,
        _ => data["is_on_duty"]
            .as_bool()
            .or_else(|| after(data["action"].as_str()?))
            .ok_or("it has no duty")?,
    };
    let moment = |key: &str| data[key].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let (first_name, last_name) = match (text(data, "first_name"), text(data, "last_name")) {
        // Newer servers write the name in one.
        (first, last) if first.is_empty() && last.is_empty() => (text(data, "staff_name"), last),
        names => names,
    };
    let update = DutyUpdate {
        user_id: number("user_id"),
        staff_id: number("staff_id"),
        is_on_duty,
        clock_time: moment("clock_time").or_else(|| moment("timestamp")),
        first_name,
        last_name,
    };
    if update.user_id.is_none() && update.staff_id.is_none() {
        return Err("it names nobody".to_owned());
    }
    Ok(update)
}

/// Whether a person is on duty after an action of theirs.
fn after(action: &str) -> Option<bool> {
    match action {
        "clock_in" | "start_break" | "end_break" => Some(true),
        "clock_out" => Some(false),
        _ => None,
    }
}

fn text(data: &Value, key: &str) -> String {
    data[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
