use serde_json::json;

use super::*;

fn branding(value: Value) -> ServerRecord {
    read_branding(&value).expect("settings")
}

#[test]
fn the_same_names_differ_in_meaning_in_an_answer_and_in_an_event() {
    let mut base = branding(json!({
        "hero_image": "image/upload/v1/a.jpg", "hero_image_display": "https://host/a.jpg",
        "logo": "", "logo_display": "https://host/logo.png", "slogan": "Old",
    }));
    assert_eq!(base.pictures[&Slot::HeroImage].path.as_deref(), Some("image/upload/v1/a.jpg"));
    assert_eq!(
        base.pictures[&Slot::Logo],
        ServerPicture { path: None, url: Some("https://host/logo.png".into()) }
    );
    let event = json!({
        "hero_image": "https://host/b.jpg", "hero_image_display": "https://host/b.jpg",
        "logo": "https://host/new.png", "logo_display": "https://host/new.png", "slogan": "New",
    });
    PartialCopy::read(&event).expect("event").apply_to(&mut base);
    let hero = &base.pictures[&Slot::HeroImage];
    assert_eq!(hero.url.as_deref(), Some("https://host/b.jpg"));
    assert_eq!(hero.path.as_deref(), Some("image/upload/v1/a.jpg"), "the path comes with the next read");
    assert_eq!(base.pictures[&Slot::Logo].url.as_deref(), Some("https://host/new.png"));
    assert_eq!(base.fields.text("slogan"), "New");
}

#[test]
fn what_a_small_event_does_not_say_stays_as_it_was() {
    let mut base =
        branding(json!({"slogan": "Kept", "primary_color": "#1F5F4A", "city_display": "Killarney"}));
    let small = json!({"hero_image": null, "hero_image_display": null, "gallery": [], "updated_at": "x"});
    PartialCopy::read(&small).expect("event").apply_to(&mut base);
    assert_eq!(base.fields.text("slogan"), "Kept");
    assert_eq!(base.fields.text("primary_color"), "#1F5F4A");
    assert_eq!(base.shown["city"], "Killarney");
}

#[test]
fn a_flat_gallery_keeps_each_address_once_and_nothing_that_is_none() {
    let object = json!({"gallery": ["https://h/a.jpg", 7, "https://h/b.jpg", "https://h/a.jpg", null, ""]});
    let names: Vec<String> =
        read_flat_gallery(&object).expect("a gallery").images.into_iter().map(|image| image.name).collect();
    assert_eq!(names, ["https://h/a.jpg", "https://h/b.jpg"]);
    assert_eq!(read_flat_gallery(&json!({"galleries": []})), None);
}

#[test]
fn settings_of_a_shape_that_nobody_knows_have_nothing_that_could_be_written() {
    let strange =
        branding(json!({"title": "Hotel", "email": "a@b.example", "city": "Killarney", "logo": "x.jpg"}));
    assert!(strange.fields.0.is_empty() && strange.pictures.is_empty(), "{strange:?}");
}

#[test]
fn the_newest_server_sends_addresses_where_others_send_stored_paths() {
    let base = branding(json!({"name": "Hotel", "main_color": "#1F5F4A", "logo": null,
        "hero_image": "https://host/hero.jpg", "landing_page_image": "https://host/landing.jpg"}));
    let hero = &base.pictures[&Slot::HeroImage];
    assert_eq!(
        (hero.mark(), hero.url.as_deref()),
        (Some("https://host/hero.jpg"), Some("https://host/hero.jpg"))
    );
    assert_eq!(base.pictures[&Slot::Logo], ServerPicture::default());
    let without = branding(json!({"name": "Hotel", "main_color": "#1F5F4A", "hero_image": null}));
    assert_eq!(without.pictures.keys().collect::<Vec<_>>(), [&Slot::HeroImage], "absent is not empty");
}
