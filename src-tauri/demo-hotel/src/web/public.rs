//! What guests read without signing in (`contract.md 4.7` and `6.1`).

use axum::extract::Path;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::refusal::Refusal;
use super::settings::{FIELDS, Reader, shown};
use crate::store::offers::Offer;
use crate::store::room_types::RoomType;

/// Answers a read with what `look` makes of the hotel's id and its settings; nothing else is allowed here.
fn read(call: &Call, slug: &str, look: impl FnOnce(i64, Value) -> Result<Value, Refusal>) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let store = &call.app.store;
    let hotel = store.hotel_id(slug)?.ok_or_else(|| Refusal::not_found("Hotel"))?;
    let settings = shown(&call.app, &store.settings(hotel)?, &call.base(), Reader::Http)?;
    ok(look(hotel, settings)?)
}

/// The page with the active offers, expired ones too: nobody looks at their dates.
pub(crate) async fn page(Path(slug): Path<String>, call: Call) -> Outcome {
    let (store, base) = (&call.app.store, call.base());
    read(&call, &slug, |hotel, settings| {
        let (offers, rooms): (Vec<Offer>, Vec<RoomType>) = (store.list(hotel)?, store.list(hotel)?);
        let active = offers.iter().filter(|offer| offer.is_active);
        Ok(json!({
            "id": hotel,
            "slug": slug,
            "name": settings["name_display"],
            "tagline": settings["tagline_display"],
            "city": settings["city_display"],
            "country": settings["country_display"],
            "short_description": settings["short_description"],
            "long_description": settings["long_description"],
            "hero_image_url": settings["hero_image_display"],
            "logo_url": settings["logo_display"],
            "offers": active.map(|offer| offer.to_public_json(&base)).collect::<Vec<_>>(),
            "room_types": rooms.iter().filter(|room| room.is_active)
                .map(|room| room.to_json(&base)).collect::<Vec<_>>(),
        }))
    })
}

pub(crate) async fn card(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |hotel, settings| {
        Ok(json!({
            "id": hotel,
            "slug": slug,
            "name": settings["name_display"],
            "tagline": settings["tagline_display"],
            "city": settings["city_display"],
            "country": settings["country_display"],
            "short_description": settings["short_description"],
            "logo_url": settings["logo_display"],
        }))
    })
}

pub(crate) async fn settings(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |_, settings| Ok(settings))
}

pub(crate) async fn theme(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |_, settings| {
        let fields = FIELDS.colours.iter().map(|(field, _)| field.as_str()).chain(["theme_mode"]);
        Ok(Value::Object(
            fields.map(|field| (field.to_owned(), settings[field].clone())).collect::<Map<_, _>>(),
        ))
    })
}
