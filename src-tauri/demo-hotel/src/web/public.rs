//! What guests read without signing in (`CONTRACT.md 4.7` and `6.1`).

use axum::extract::Path;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::refusal::Refusal;
use super::settings::{COLOURS, Reader, shown};
use crate::store::Hotel;

fn found(call: &Call, slug: &str) -> Result<Hotel, Refusal> {
    call.app.store.hotel(slug)?.ok_or_else(|| Refusal::not_found("Hotel"))
}

/// The page with the active offers, expired ones too: nobody looks at their dates.
pub(crate) async fn page(Path(slug): Path<String>, call: Call) -> Outcome {
    let hotel = found(&call, &slug)?;
    if call.verb() != "GET" {
        return call.other_method("GET, HEAD, OPTIONS");
    }
    let base = call.base();
    let store = &call.app.store;
    let settings = shown(&store.settings(hotel.id)?, &base, Reader::Http);
    let offers = store.offers(hotel.id)?;
    let active = offers.iter().filter(|offer| offer.is_active);
    ok(json!({
        "id": hotel.id,
        "slug": hotel.slug,
        "name": settings["name_display"],
        "tagline": settings["tagline_display"],
        "city": settings["city_display"],
        "country": settings["country_display"],
        "short_description": settings["short_description"],
        "long_description": settings["long_description"],
        "hero_image_url": settings["hero_image_display"],
        "logo_url": settings["logo_display"],
        "offers": active.map(|offer| offer.to_public_json(&base)).collect::<Vec<_>>(),
        "room_types": store.room_types(hotel.id)?.iter().filter(|room| room.is_active)
            .map(|room| room.to_json(&base)).collect::<Vec<_>>(),
    }))
}

pub(crate) async fn card(Path(slug): Path<String>, call: Call) -> Outcome {
    let hotel = found(&call, &slug)?;
    if call.verb() != "GET" {
        return call.other_method("GET, HEAD, OPTIONS");
    }
    let settings = shown(&call.app.store.settings(hotel.id)?, &call.base(), Reader::Http);
    ok(json!({
        "id": hotel.id,
        "slug": hotel.slug,
        "name": settings["name_display"],
        "tagline": settings["tagline_display"],
        "city": settings["city_display"],
        "country": settings["country_display"],
        "short_description": settings["short_description"],
        "logo_url": settings["logo_display"],
    }))
}

pub(crate) async fn settings(Path(slug): Path<String>, call: Call) -> Outcome {
    let hotel = found(&call, &slug)?;
    if call.verb() != "GET" {
        return call.other_method("GET, HEAD, OPTIONS");
    }
    ok(shown(&call.app.store.settings(hotel.id)?, &call.base(), Reader::Http))
}

pub(crate) async fn theme(Path(slug): Path<String>, call: Call) -> Outcome {
    let hotel = found(&call, &slug)?;
    if call.verb() != "GET" {
        return call.other_method("GET, HEAD, OPTIONS");
    }
    let settings = shown(&call.app.store.settings(hotel.id)?, &call.base(), Reader::Http);
    let fields = COLOURS.into_iter().map(|(field, _)| field).chain(["theme_mode"]);
    ok(Value::Object(fields.map(|field| (field.to_owned(), settings[field].clone())).collect::<Map<_, _>>()))
}
