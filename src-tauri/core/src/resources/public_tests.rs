use super::*;

fn shown(copies: &[ServerCopy], kind: Kind) -> Vec<String> {
    copies.iter().filter(|copy| copy.kind() == kind).map(ServerCopy::title).collect()
}

fn page_of_2025() -> Value {
    json!({
        "slug": "killarney", "name": "Hotel Killarney", "tagline": "Where the lakes begin",
        "hero_image_url": "https://images.example/hero.jpg", "landing_page_image_url": null,
        "logo_url": "https://images.example/logo.png", "short_description": "By the lake.", "latitude": null,
        "public_settings": {
            "short_description": "", "welcome_message": "Welcome.", "hero_image": "image/upload/hero",
            "gallery": ["https://images.example/a.jpg"], "amenities": ["Pool", "Sauna"], "logo": "",
            "primary_color": "#3b82f6", "theme_mode": "light",
        },
        "room_types": [{"id": 2, "code": "LAKE", "name": "Lake view", "starting_price_from": "169.00",
            "currency": "EUR", "photo_url": null}],
        "offers": [
            {"title": "Spa day", "short_description": "Pool.", "valid_from": null, "valid_to": "2026-08-16",
                "photo_url": "https://images.example/spa.jpg"},
            {"title": "Spa day", "short_description": "Sauna."},
        ],
        "leisure_activities": [],
    })
}

#[test]
fn the_page_of_2025_gives_offers_without_numbers_rooms_a_gallery_and_the_hotels_own_values() {
    let page = read_public_page(&page_of_2025()).unwrap();
    assert!(!page.has_numbers);
    assert_eq!(shown(&page.copies, Kind::Offer), ["Spa day", "Spa day"]);
    let numbers: Vec<ServerId> =
        page.copies.iter().filter(|copy| copy.kind() == Kind::Offer).map(ServerCopy::id).collect();
    assert_eq!(numbers, [number_of_title("Spa day", 0), number_of_title("Spa day", 1)], "each its own");
    assert_eq!(shown(&page.copies, Kind::RoomType), ["Lake view"]);
    let branding = page.copies.iter().find_map(|copy| copy.record().filter(|own| own.kind == Kind::Branding));
    let branding = branding.unwrap();
    assert_eq!(branding.shown["name"], "Hotel Killarney");
    assert_eq!(branding.fields.text("short_description"), "By the lake.", "the page's own text counts");
    assert_eq!(branding.fields.text("primary_color").to_uppercase(), "#3B82F6");
    assert_eq!(branding.pictures[&Slot::HeroImage].url.as_deref(), Some("https://images.example/hero.jpg"));
    assert_eq!(page.whole, BTreeSet::from([Kind::Offer, Kind::RoomType, Kind::Branding, Kind::Gallery]));
}

#[test]
fn a_page_without_a_gallery_says_nothing_about_galleries() {
    let mut page = page_of_2025();
    page["public_settings"].as_object_mut().unwrap().remove("gallery");
    assert!(!read_public_page(&page).unwrap().whole.contains(&Kind::Gallery));
}

#[test]
fn a_row_that_cannot_be_read_makes_its_list_incomplete_and_no_other() {
    let mut page = page_of_2025();
    page["offers"][0]["title"] = Value::Null;
    let page = read_public_page(&page).unwrap();
    assert_eq!(shown(&page.copies, Kind::Offer), ["Spa day"]);
    assert!(!page.whole.contains(&Kind::Offer) && page.whole.contains(&Kind::RoomType));
}

#[test]
fn the_page_of_2026_gives_cards_as_offers_and_galleries_in_their_order() {
    let section = |position: i64, active: bool, galleries: Value, cards: Value| {
        json!({"position": position, "is_active": active, "galleries": galleries,
            "lists": [{"id": 1, "sort_order": 0, "cards": cards}]})
    };
    let image = |id: i64, place: i64| json!({"id": id, "image_url": format!("https://images.example/{id}.jpg"), "caption": format!("Room {id}"), "sort_order": place});
    let page = json!({
        "hotel": {"id": 1, "name": "Hotel Killarney", "slug": "killarney", "hero_image": "https://images.example/hero.jpg",
            "logo_url": "https://images.example/logo.png", "tags": ["Family"]},
        "sections": [
            section(1, true, json!([]), json!([{"id": 9, "title": "Autumn", "subtitle": "", "description": "Two nights.", "image_url": null}])),
            section(2, false, json!([]), json!([{"id": 10, "title": "Hidden", "description": "x"}])),
            section(0, true, json!([{"id": 4, "name": "Rooms", "images": [image(2, 1), image(1, 0)]}]), json!([])),
        ],
    });
    let page = read_public_page(&page).unwrap();
    assert!(page.has_numbers);
    assert_eq!(shown(&page.copies, Kind::Offer), ["Autumn"]);
    let gallery = page.copies.iter().find_map(|copy| match copy {
        ServerCopy::Gallery(gallery) => Some(gallery),
        ServerCopy::Record(_) => None,
    });
    assert_eq!(gallery.unwrap().order(), ["1", "2"]);
    let branding = page.copies.iter().find(|copy| copy.kind() == Kind::Branding).unwrap();
    let url = |slot| branding.picture(slot).url;
    assert_eq!(url(Slot::HeroImage).as_deref(), Some("https://images.example/hero.jpg"));
    assert_eq!(url(Slot::Logo).as_deref(), Some("https://images.example/logo.png"));
    assert!(!page.whole.contains(&Kind::RoomType), "it has no room types, which says nothing about them");
}

#[test]
fn another_page_is_none() {
    assert_eq!(read_public_page(&json!({"detail": "Sign in to this network"})), None);
    assert_eq!(read_public_page(&json!([1])), None);
}
