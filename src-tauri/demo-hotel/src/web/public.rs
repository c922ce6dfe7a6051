//! The pages for guests without a sign-in at the servers of 2025 (`contract.md 4.7`). The `documents` dialect answers
//! like A0 and the `galleries` dialect like A.

use axum::extract::Path;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::paging;
use super::refusal::Refusal;
use super::settings::{FIELDS, Reader, shown};
use crate::options::Dialect;
use crate::store::offers::Offer;
use crate::store::room_types::RoomType;

/// Hotels on one page of the list.
const PAGE_SIZE: u32 = 10;

/// The settings for guests, without the colours.
const SETTINGS: [&str; 14] = [
    "short_description",
    "long_description",
    "welcome_message",
    "hero_image",
    "amenities",
    "contact_email",
    "contact_phone",
    "contact_address",
    "website",
    "google_maps_link",
    "logo",
    "favicon",
    "slogan",
    "theme_mode",
];
/// The page's fields of the hotel itself, under the names in its settings.
const DETAILS: [&str; 11] = [
    "name",
    "tagline",
    "city",
    "country",
    "address_line_1",
    "address_line_2",
    "postal_code",
    "phone",
    "email",
    "website_url",
    "booking_url",
];
const ROOM_TYPE: [&str; 12] = [
    "id",
    "code",
    "name",
    "short_description",
    "max_occupancy",
    "bed_setup",
    "photo_url",
    "starting_price_from",
    "currency",
    "booking_code",
    "booking_url",
    "availability_message",
];
const THEME: [&str; 6] =
    ["primary_color", "secondary_color", "accent_color", "background_color", "button_color", "theme_mode"];

fn part(whole: &Value, names: impl IntoIterator<Item = &'static str>) -> Map<String, Value> {
    names.into_iter().map(|name| (name.to_owned(), whole[name].clone())).collect()
}

/// Answers a read with the result of `look` for the hotel's id and its settings; refuses other methods.
pub(crate) fn read(
    call: &Call,
    slug: &str,
    look: impl FnOnce(i64, Value) -> Result<Value, Refusal>,
) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let store = &call.app.store;
    let hotel = store.hotel_id(slug)?.ok_or_else(|| Refusal::not_found("Hotel"))?;
    let settings = shown(&call.app, &store.settings(hotel)?, &call.base(), Reader::Http)?;
    ok(look(hotel, settings)?)
}

/// The page with the active offers, expired ones too: their dates are not evaluated.
pub(crate) async fn page(Path(slug): Path<String>, call: Call) -> Outcome {
    let (store, base) = (&call.app.store, call.base());
    let has_numbers = call.app.dialect != Dialect::Documents;
    read(&call, &slug, |hotel, settings| {
        let (offers, rooms): (Vec<Offer>, Vec<RoomType>) = (store.list(hotel)?, store.list(hotel)?);
        let offer = |offer: &Offer| {
            let mut shown = offer.to_public_json(&base);
            if let (false, Some(fields)) = (has_numbers, shown.as_object_mut()) {
                fields.remove("id");
            }
            shown
        };
        let room_type = |room: &RoomType| Value::Object(part(&room.to_json(&base), ROOM_TYPE));
        let detail = |name: &str| (name.to_owned(), settings[format!("{name}_display")].clone());
        let mut page: Map<String, Value> = DETAILS.map(detail).into_iter().collect();
        page.extend(part(&settings, ["short_description", "long_description"]));
        page.extend(["latitude", "longitude"].map(detail));
        for picture in ["hero_image", "landing_page_image", "logo"] {
            page.insert(format!("{picture}_url"), settings[format!("{picture}_display")].clone());
        }
        page.insert("slug".to_owned(), json!(slug));
        page.insert("booking_options".to_owned(), Value::Null);
        page.insert("public_settings".to_owned(), public_settings(&call, &settings));
        let active = rooms.iter().filter(|room| room.is_active).map(room_type);
        page.insert("room_types".to_owned(), active.collect());
        page.insert("offers".to_owned(), offers.iter().filter(|offer| offer.is_active).map(offer).collect());
        page.insert("leisure_activities".to_owned(), json!([]));
        Ok(Value::Object(page))
    })
}

/// The card of a hotel.
pub(crate) async fn card(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |hotel, settings| Ok(card_of(hotel, &slug, &settings)))
}

/// The cards of all hotels.
pub(crate) async fn cards(call: Call) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    let store = &call.app.store;
    let mut cards = Vec::new();
    for (hotel, slug) in store.hotels()? {
        let settings = shown(&call.app, &store.settings(hotel)?, &call.base(), Reader::Http)?;
        let mut card = card_of(hotel, &slug, &settings);
        if call.app.dialect == Dialect::Current {
            card["hero_image_url"] = settings["hero_image_display"].clone();
        }
        cards.push(card);
    }
    paging::page(&call, cards, PAGE_SIZE, Value::clone)
}

fn card_of(hotel: i64, slug: &str, settings: &Value) -> Value {
    json!({
        "id": hotel,
        "name": settings["name_display"],
        "slug": slug,
        "city": settings["city_display"],
        "country": settings["country_display"],
        "short_description": settings["short_description"],
        "logo_url": settings["logo_display"],
        "guest_base_path": format!("/guest/hotels/{slug}/"),
        "staff_base_path": format!("/staff/hotels/{slug}/"),
        "guest_portal_enabled": true,
        "staff_portal_enabled": true,
    })
}

pub(crate) async fn settings(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |_, settings| Ok(public_settings(&call, &settings)))
}

/// Returns the settings for guests. The server of A does not show its gallery to guests.
fn public_settings(call: &Call, settings: &Value) -> Value {
    let colours = FIELDS.colours.iter().map(|(field, _)| field.as_str());
    let gallery = (call.app.dialect == Dialect::Documents).then_some("gallery");
    Value::Object(part(settings, SETTINGS.into_iter().chain(colours).chain(gallery)))
}

pub(crate) async fn theme(Path(slug): Path<String>, call: Call) -> Outcome {
    read(&call, &slug, |_, settings| {
        let mut theme = part(&settings, THEME);
        theme.insert("hotel_slug".to_owned(), json!(slug));
        theme.insert("hotel_name".to_owned(), settings["name_display"].clone());
        Ok(Value::Object(theme))
    })
}
