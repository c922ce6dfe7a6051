//! The sections of the page of the server of 2026-05: galleries and cards (`contract.md 4.7`, `5.3`). They show the
//! same rows as the galleries and offers of the earlier servers.

use axum::extract::Path;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::current::{Tier, not_permitted, tier};
use super::paging::page;
use super::{flat_settings, public};
use crate::clock::serialized;
use crate::store::galleries::{Gallery, Image};
use crate::store::offers::Offer;
use crate::store::pictures::photo_url;

const PAGE_SIZE: u32 = 10;
/// The numbers of the two sections.
const GALLERY: i64 = 1;
const CARDS: i64 = 2;
/// The page's fields of the hotel, under the names of its settings.
const HOTEL: [&str; 18] = [
    "id",
    "name",
    "slug",
    "tagline",
    "city",
    "country",
    "address_line_1",
    "address_line_2",
    "postal_code",
    "latitude",
    "longitude",
    "phone",
    "email",
    "website_url",
    "booking_url",
    "short_description",
    "long_description",
    "hotel_type",
];

/// Returns the galleries, for people with the right to build the page.
pub(crate) async fn containers(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if tier(&staff) < Tier::Super {
        return Err(not_permitted("super_staff_admin"));
    }
    call.only("GET, HEAD, OPTIONS")?;
    let base = call.base();
    page(&call, call.app.store.galleries(staff.hotel_id)?, PAGE_SIZE, |gallery| container(gallery, &base))
}

/// Returns the page for guests.
pub(crate) async fn hotel_page(Path(slug): Path<String>, call: Call) -> Outcome {
    let (store, base) = (&call.app.store, call.base());
    public::read(&call, &slug, |hotel, _| {
        let settings = flat_settings::shown(&store.settings(hotel)?, &base);
        let mut about: serde_json::Map<String, Value> =
            HOTEL.map(|name| (name.to_owned(), settings[name].clone())).into_iter().collect();
        about.insert("hero_image_url".to_owned(), settings["hero_image"].clone());
        about.insert("logo_url".to_owned(), settings["logo"].clone());
        about.insert("tags".to_owned(), settings["tags"].clone());
        about.insert("preset".to_owned(), Value::Null);
        let galleries: Vec<Value> =
            store.galleries(hotel)?.iter().map(|gallery| container(gallery, &base)).collect();
        let offers: Vec<Offer> = store.list(hotel)?;
        let mut gallery = section(hotel, GALLERY, "Gallery", ("gallery", "gallery"));
        gallery["galleries"] = json!(galleries);
        let mut cards = section(hotel, CARDS, "Offers", ("list", "cards_list"));
        cards["lists"] = json!([list(&offers, &base)]);
        Ok(json!({"hotel": about, "sections": [gallery, cards]}))
    })
}

pub(crate) async fn presets(call: Call) -> Outcome {
    call.only("GET, HEAD, OPTIONS")?;
    ok(json!({"presets": [], "grouped": {}}))
}

fn section(hotel: i64, id: i64, name: &str, (kind, element): (&str, &str)) -> Value {
    let built = serialized(0);
    json!({
        "id": id,
        "hotel": hotel,
        "position": id - 1,
        "is_active": true,
        "name": name,
        "style_variant": 1,
        "section_type": kind,
        "element": {"id": id, "element_type": element, "title": "", "subtitle": "", "body": "", "image_url": "",
            "settings": {}, "items": []},
        "hero_data": null,
        "galleries": [],
        "lists": [],
        "news_items": [],
        "rooms_data": null,
        "created_at": built,
        "updated_at": built,
    })
}

fn container(gallery: &Gallery, base: &str) -> Value {
    let image = |image: &Image| {
        json!({
            "id": image.id,
            "gallery": gallery.id,
            "image": image.image,
            "image_url": photo_url(base, Some(&image.image)),
            "caption": image.caption,
            "alt_text": image.alt_text,
            "image_style_preset": null,
            "sort_order": image.display_order,
            "created_at": serialized(image.uploaded_at),
            "updated_at": serialized(image.uploaded_at),
        })
    };
    json!({
        "id": gallery.id,
        "section": GALLERY,
        "name": gallery.name,
        "style_variant": 1,
        "sort_order": gallery.display_order,
        "images": gallery.images.iter().map(image).collect::<Vec<_>>(),
        "image_count": gallery.images.len(),
        "created_at": serialized(gallery.created_at),
        "updated_at": serialized(gallery.updated_at),
    })
}

fn list(offers: &[Offer], base: &str) -> Value {
    let card = |offer: &Offer| {
        json!({
            "id": offer.id,
            "list_container": 1,
            "title": offer.title,
            "subtitle": "",
            "description": offer.short_description,
            "image": offer.photo,
            "image_url": offer.photo_url(base),
            "style_preset": null,
            "sort_order": offer.sort_order,
            "created_at": serialized(offer.created_at),
            "updated_at": serialized(offer.created_at),
        })
    };
    let cards: Vec<Value> = offers.iter().filter(|offer| offer.is_active).map(card).collect();
    json!({
        "id": 1,
        "section": CARDS,
        "title": "Offers",
        "style_variant": 1,
        "sort_order": 0,
        "card_count": cards.len(),
        "cards": cards,
        "created_at": serialized(0),
        "updated_at": serialized(0),
    })
}
