//! Live events: the hotel that they belong to, and the content of their envelope.
//!
//! Events come over a public channel and prove nothing. They are hints, applied for speed and confirmed by a read
//! (contract.md 12, trap 25). So a payload is read leniently: with or without `timestamp` and `action`, with `Z` or
//! `+00:00`. A payload that cannot be read is still a sign that something changed, and is [`Unreadable`].

use serde_json::Value;

use crate::hotel::dialect::bare_slug;
use crate::resources::{self, Said, Unreadable};

/// Returns true if an event's data names another hotel than the one with this slug. Few events name a hotel: a gallery
/// does (`hotel_slug`), and so does the envelope of newer servers (contract.md 2).
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

/// Reads an event of the hotel's channel, for each resource that declares it. Empty if no resource does.
pub fn read(name: &str, data: &Value) -> Vec<Result<Said, Unreadable>> {
    let (name, data) = opened(name, data);
    resources::said(name, data)
}

/// Returns the name and data inside the envelope of newer servers (contract.md 2), or the event itself if it has no
/// envelope.
fn opened<'a>(name: &'a str, data: &'a Value) -> (&'a str, &'a Value) {
    match (data["category"].is_string(), &data["payload"]) {
        (true, payload @ Value::Object(_)) => (data["type"].as_str().unwrap_or(name), payload),
        _ => (name, data),
    }
}

#[cfg(test)]
#[path = "events_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "duty_events_tests.rs"]
mod duty_tests;
