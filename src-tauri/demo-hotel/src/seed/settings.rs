//! What the hotels say about themselves.

use serde_json::{Value, json};

use super::Seeding;
use super::scenes;

pub(super) fn killarney() -> Value {
    json!({
        "name": "Hotel Killarney",
        "tagline": "Between the lakes and the mountains",
        "city": "Killarney",
        "country": "Ireland",
        "address_line_1": "Muckross Road",
        "address_line_2": "",
        "postal_code": "V93 HK26",
        "latitude": 52.043_611,
        "longitude": -9.497_222,
        "phone": "+353 64 555 0100",
        "email": "stay@hotelkillarney.example",
        "website_url": "https://hotelkillarney.example",
        "booking_url": "https://hotelkillarney.example/book",
    })
}

pub(super) fn dingle() -> Value {
    json!({
        "name": "Dingle Harbour Hotel",
        "tagline": "Where the road ends and the sea begins",
        "city": "Dingle",
        "country": "Ireland",
        "address_line_1": "Strand Street",
        "address_line_2": "",
        "postal_code": "V92 DH08",
        "latitude": 52.139_722,
        "longitude": -10.270_833,
        "phone": "+353 66 555 0100",
        "email": "hello@dingleharbour.example",
        "website_url": "https://dingleharbour.example",
        "booking_url": "https://dingleharbour.example/book",
    })
}

/// The settings of Hotel Killarney.
pub(super) fn fill(seeding: &Seeding<'_>, hotel_id: i64) -> rusqlite::Result<()> {
    let store = seeding.store;
    let mut settings = store.settings(hotel_id)?;
    let hero = seeding.picture(scenes::HERO)?;
    let landing = seeding.picture(scenes::LANDING)?;
    settings.base.insert("hero_image".to_owned(), json!(hero));
    settings.base.insert("landing_page_image".to_owned(), json!(landing));
    let own = json!({
        "hero_image": hero,
        "landing_page_image": landing,
        "short_description": "A family-run hotel of 84 rooms at the gates of Killarney National Park.",
        "long_description": "Three generations of the O'Sullivan family have looked after guests here, five minutes \
            from the town and one gate away from the park. Wake to the lakes, walk to Torc Waterfall before breakfast, \
            and come back to a turf fire, a proper pint and music in the bar most nights of the week.",
        "welcome_message": "Céad míle fáilte. Tell us what you need and we will see to it.",
        "contact_email": "stay@hotelkillarney.example",
        "contact_phone": "+353 64 555 0100",
        "contact_address": "Muckross Road, Killarney, Co. Kerry, V93 HK26",
        "website": "https://hotelkillarney.example",
        "google_maps_link": "https://maps.example/hotel-killarney",
        "slogan": "Between the lakes and the mountains",
        "amenities": ["Free Wi-Fi", "Free parking", "Indoor pool", "Sauna and steam room", "Restaurant",
            "Bar with live music", "Bicycle hire", "Electric car charging", "Family rooms", "Dogs welcome"],
        "primary_color": "#1F5F4A", "secondary_color": "#C7A252", "accent_color": "#B4532A",
        "background_color": "#FBFAF6", "button_color": "#1F5F4A", "button_text_color": "#FFFFFF",
        "button_hover_color": "#174937", "text_color": "#22302B", "border_color": "#DAD6C8",
        "link_color": "#1F5F4A", "link_hover_color": "#174937",
        "theme_mode": "light",
        "updated_at": seeding.now_micros,
    });
    if let Value::Object(own) = own {
        settings.own = own;
    }
    store.save_settings(&settings)
}
