//! Live events as typed facts.
//!
//! Events come over a public channel and prove nothing: they are hints, applied for speed and confirmed by
//! reading (CONTRACT.md 12, trap 25). So a payload is read as leniently as it can be understood: with or
//! without `timestamp` and `action`, with `Z` or `+00:00`. One that cannot be understood is still a sign
//! that something changed, and is told as [`LiveEvent::Unreadable`].

use jiff::Timestamp;
use serde_json::Value;

use crate::model::{DutyUpdate, ServerId, ServerOffer};
use crate::wire;

/// The hotel's public channel, from its slug.
///
/// The documents show `hotel-killarney` where they mean the slug `killarney`; a prefix that is already there
/// is not put in front again (CONTRACT.md 10.1).
pub fn hotel_channel(slug: &str) -> String {
    if slug.starts_with("hotel-") { slug.to_owned() } else { format!("hotel-{slug}") }
}

/// What an event says. The own echo comes too, and before the answer to the request (trap 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveEvent {
    /// `offer-created`
    OfferCreated(ServerOffer),
    /// `offer-updated`
    OfferUpdated(ServerOffer),
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
    /// One of ours by name, but not by content.
    Unreadable {
        /// The event's name.
        event: String,
        /// What was wrong with it.
        why: String,
    },
}

impl LiveEvent {
    /// The event is about offers, so their list is to be read again.
    pub fn is_about_offers(&self) -> bool {
        match self {
            Self::Duty(_) => false,
            Self::Unreadable { event, .. } => event.starts_with("offer"),
            _ => true,
        }
    }
}

/// Reads an event of the hotel's channel; `None` when it is none of ours.
pub fn read(name: &str, data: &Value) -> Option<LiveEvent> {
    let read = match name {
        "offer-created" => offer(data).map(LiveEvent::OfferCreated),
        "offer-updated" => offer(data).map(LiveEvent::OfferUpdated),
        "offer-deleted" => named(data).map(|(id, title)| LiveEvent::OfferDeleted { id, title }),
        "offer-image-updated" => named(data).map(|(id, title)| LiveEvent::OfferPicture {
            id,
            title,
            photo_url: data["photo_url"].as_str().filter(|url| !url.is_empty()).map(str::to_owned),
        }),
        "offers-updated" => Ok(LiveEvent::OffersChanged),
        "clock-status-updated" => duty(data).map(LiveEvent::Duty),
        _ => return None,
    };
    Some(read.unwrap_or_else(|why| LiveEvent::Unreadable { event: name.to_owned(), why }))
}

fn offer(data: &Value) -> Result<ServerOffer, String> {
    let offer = data.get("offer").ok_or("it has no offer")?;
    wire::read_offer(offer.clone()).map_err(|error| error.to_string())
}

fn named(data: &Value) -> Result<(ServerId, String), String> {
    let id = data["offer_id"].as_i64().ok_or("it has no offer_id")?;
    Ok((ServerId(id), text(data, "offer_title")))
}

/// Read by hand and not by `serde`: an odd time or a missing name must not cost the one fact that matters.
fn duty(data: &Value) -> Result<DutyUpdate, String> {
    let number = |key: &str| data[key].as_i64().map(ServerId);
    // `duty_status` is the newer field and knows breaks; a person on a break is on duty (CONTRACT.md 9.2).
    let is_on_duty = match data["duty_status"].as_str() {
        Some("on_duty" | "on_break") => true,
        Some("off_duty") => false,
        _ => data["is_on_duty"].as_bool().ok_or("it has no is_on_duty")?,
    };
    let update = DutyUpdate {
        user_id: number("user_id"),
        staff_id: number("staff_id"),
        is_on_duty,
        clock_time: data["clock_time"].as_str().and_then(|text| text.parse::<Timestamp>().ok()),
        first_name: text(data, "first_name"),
        last_name: text(data, "last_name"),
    };
    if update.user_id.is_none() && update.staff_id.is_none() {
        return Err("it names nobody".to_owned());
    }
    Ok(update)
}

fn text(data: &Value, key: &str) -> String {
    data[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
