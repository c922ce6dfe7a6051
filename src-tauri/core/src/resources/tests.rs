use serde_json::json;

use super::*;
use crate::records::{Datum, FieldErrors, FieldValue, Fields, Validity};

/// Returns the table that has a field of this name.
fn table_of(name: &str) -> &'static Table {
    let tables = [Kind::RoomType, Kind::Branding].map(Kind::table);
    tables.into_iter().find(|table| table.rule(name).is_some()).unwrap()
}

fn written(name: &str, value: &str) -> Value {
    table_of(name).patch_of([FieldValue::of(name, value)])[name].clone()
}

#[test]
fn a_price_is_kept_as_text_with_two_decimals_and_never_as_a_float() {
    for (wire, read) in [
        (json!("119.00"), "119.00"),
        (json!(119), "119.00"),
        (json!("0.1"), "0.10"),
        (json!("12345678.99"), "12345678.99"),
    ] {
        let record = Kind::RoomType.table().read(&json!({"starting_price_from": wire})).unwrap();
        assert_eq!(record.text("starting_price_from"), read);
    }
}

#[test]
fn every_shape_refuses_what_the_server_would_refuse() {
    for (name, bad) in [
        ("primary_color", "#fff"),
        ("primary_color", ""),
        ("theme_mode", "blue"),
        ("email_override", "nope"),
        ("website", "javascript:alert(1)"),
        ("latitude_override", "52.1234567"),
        ("latitude_override", "north"),
        ("starting_price_from", "12,50"),
        ("starting_price_from", ""),
        ("starting_price_from", "1e3"),
        ("currency", "EURO"),
        ("name", " "),
        ("slogan", "two\nlines"),
    ] {
        let errors = table_of(name).check_value(&FieldValue::of(name, bad));
        assert!(errors.0.contains_key(name), "{name}: {bad}");
    }
}

#[test]
fn good_values_pass() {
    for (name, good) in [
        ("primary_color", "#1f5f4a"),
        ("theme_mode", "dark"),
        ("email_override", ""),
        ("website", "https://hotel.example"),
        ("latitude_override", "-9.497222"),
        ("starting_price_from", "119"),
        ("currency", "eur"),
    ] {
        let errors = table_of(name).check_value(&FieldValue::of(name, good));
        assert_eq!(errors, FieldErrors::default(), "{name}: {good}");
    }
}

#[test]
fn an_emptied_override_is_written_as_null_and_an_emptied_text_as_empty() {
    assert_eq!(written("tagline_override", " "), json!(null));
    assert_eq!(written("slogan", " "), json!(""));
}

#[test]
fn values_that_mean_the_same_are_written_the_same() {
    let tidied =
        |name: &str, value: &str| table_of(name).tidied(FieldValue::of(name, value)).value.text().to_owned();
    assert_eq!(tidied("starting_price_from", " 119.5 "), "119.50");
    assert_eq!(tidied("primary_color", "#1f5f4a"), "#1F5F4A");
    assert_eq!(tidied("latitude_override", "52.100000"), "52.1");
}

/// The settings of the server of 2026-05 (contract.md 6.2).
fn current() -> Value {
    json!({"id": 1, "name": "Hotel Killarney", "slug": "killarney", "subdomain": "killarney", "is_active": true,
        "sort_order": 0, "tagline": "Between the lakes", "short_description": "84 rooms", "long_description": "",
        "city": "Killarney", "latitude": 52.043611, "longitude": null, "email": "nope", "hotel_type": "resort",
        "tags": ["family"], "main_color": "not-a-colour-at-all", "secondary_color": "#c7a252", "hero_image": null})
}

#[test]
fn the_branding_has_the_fields_that_its_server_has_and_no_others() {
    let fields = Kind::Branding.table().read(&current()).unwrap();
    let names: Vec<&str> = fields.0.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "city",
            "email",
            "latitude",
            "long_description",
            "longitude",
            "main_color",
            "name",
            "secondary_color",
            "short_description",
            "tagline",
            "tags"
        ]
    );
    assert_eq!((fields.text("latitude").as_str(), fields.text("longitude").as_str()), ("52.043611", ""));
    assert_eq!(
        (fields.text("main_color").as_str(), fields.text("secondary_color").as_str()),
        ("not-a-colour-at-all", "#C7A252")
    );
}

#[test]
fn a_field_of_an_odd_shape_is_not_here_and_is_not_written_over() {
    let fields =
        Kind::Branding.table().read(&json!({"name": "A", "tags": "not a list", "phone": {"a": 1}})).unwrap();
    assert_eq!(fields.0.keys().collect::<Vec<_>>(), ["name"]);
}

#[test]
fn what_a_server_does_not_check_is_checked_here() {
    let read = Kind::Branding.table().read(&current()).unwrap();
    let errors = Kind::Branding.table().check(&read);
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["email", "main_color"], "and nothing that is not there");
    for (name, bad) in [
        ("name", ""),
        ("phone", "0123456789012345678901234567890"),
        ("main_color", "#fff"),
        ("website_url", "killarney"),
        ("latitude", "north"),
        ("tagline", &"x".repeat(201)),
    ] {
        let errors = table_of(name).check_value(&FieldValue::of(name, bad));
        assert!(errors.0.contains_key(name), "{name}: {bad}");
    }
}

#[test]
fn what_decides_where_a_hotel_is_found_is_never_written() {
    for name in ["slug", "subdomain", "is_active", "sort_order", "id", "hotel_type"] {
        assert!(Kind::Branding.table().rule(name).is_none(), "{name}");
    }
}

#[test]
fn degrees_of_the_newest_server_are_numbers() {
    let degrees = |value| written("latitude", value);
    assert_eq!(
        (degrees("52.043611"), degrees("-9.5"), degrees(" ")),
        (json!(52.043611), json!(-9.5), json!(null))
    );
}

#[test]
fn a_typed_value_becomes_one_of_the_fields_shape_or_a_sentence() {
    let typed = |name: &str, text: &str| table_of(name).rule(name).unwrap().typed(text);
    assert_eq!(typed("max_occupancy", " 3 "), Ok(Datum::Number(3)));
    assert_eq!(typed("is_active", "false"), Ok(Datum::Flag(false)));
    assert_eq!(typed("starting_price_from", "119"), Ok(Datum::Text("119".to_owned())));
    assert_eq!(typed("amenities", "Sauna\n\n Pool "), Ok(Datum::List(vec!["Sauna".into(), "Pool".into()])));
    assert!(typed("max_occupancy", "-1").is_err());
    assert!(typed("is_active", "perhaps").is_err());
}

fn good() -> Fields {
    Kind::Offer.table().blank().with("title", "Spa").with("short_description", "Two nights")
}

fn wrong(offer: &Fields) -> Vec<String> {
    Kind::Offer.table().check(offer).0.into_keys().collect()
}

#[test]
fn a_plain_offer_is_accepted() {
    assert!(wrong(&good()).is_empty());
}

#[test]
fn blank_texts_are_refused_at_their_field() {
    let blank = good().with("title", "  ").with("short_description", "\n");
    assert_eq!(wrong(&blank), ["short_description", "title"]);
}

#[test]
fn limits_count_characters_not_bytes() {
    let long = good().with("title", "é".repeat(200)).with("tag", "é".repeat(50));
    assert!(wrong(&long).is_empty());
    let longer = good().with("title", "é".repeat(201)).with("tag", "é".repeat(51));
    assert_eq!(wrong(&longer), ["tag", "title"]);
}

#[test]
fn only_web_addresses_may_be_booking_links() {
    for bad in
        ["javascript:alert(1)", "hotel.example", "https://", "http:// space.example", "data:text/html,x"]
    {
        let offer = good().with("book_now_url", bad);
        assert_eq!(wrong(&offer), ["book_now_url"], "{bad}");
    }
    let offer = good().with("book_now_url", "https://hotel.example/book?x=1");
    assert!(wrong(&offer).is_empty());
}

#[test]
fn what_python_strips_counts_for_nothing() {
    let blank = good().with("title", "\u{1c}\u{1f}");
    assert_eq!(wrong(&blank), ["title"]);
    let padded = good().with("title", format!("\u{1e}{}\u{85}", "x".repeat(200)));
    assert!(wrong(&padded).is_empty());
}

#[test]
fn a_character_that_no_text_of_the_server_may_hold_is_refused_here() {
    let odd = good().with("details_text", "a\0b");
    assert_eq!(wrong(&odd), ["details_text"]);
}

#[test]
fn a_last_day_before_the_first_is_a_slip() {
    let offer = good().with(
        "validity",
        Validity { from: Some(jiff::civil::date(2026, 2, 1)), to: Some(jiff::civil::date(2026, 1, 1)) },
    );
    assert_eq!(wrong(&offer), ["valid_to"]);
}

#[test]
fn of_two_likenesses_the_one_with_nothing_else_in_it_is_the_closer_one() {
    let tagged = |tag: &str| good().with("tag", tag);
    let mine = tagged("");
    assert!(mine.common_with(&tagged("")) > mine.common_with(&tagged("Changed by a colleague")));
}

#[test]
fn an_offer_with_a_field_of_an_odd_shape_cannot_be_read_and_one_without_dates_can() {
    let read = |offer: Value| Kind::Offer.table().read(&offer);
    let plain = json!({"title": "Spa", "short_description": "Two nights", "valid_from": null});
    assert_eq!(read(plain.clone()), Some(good()));
    for (name, odd) in [("title", json!(null)), ("valid_to", json!("soon")), ("sort_order", json!(-1))] {
        let mut offer = plain.clone();
        offer[name] = odd;
        assert_eq!(read(offer), None, "{name}");
    }
}

#[test]
fn a_day_is_set_under_its_own_name_and_leaves_the_other_one() {
    let table = Kind::Offer.table();
    let rule = table.rule_of_part("valid_to").unwrap();
    assert_eq!((rule.name, table.rule_of_part("valid_from")), ("validity", Some(rule)));
    let day = |day| Some(jiff::civil::date(2026, 1, day));
    let from = rule.with_day(None, "valid_from", day(1));
    let both = rule.with_day(Some(&from), "valid_to", day(2));
    assert_eq!(table.days(&table.blank().with("validity", both)), Validity { from: day(1), to: day(2) });
    assert_eq!(Kind::RoomType.table().days(&Fields::default()), Validity::default());
}

#[test]
fn a_search_looks_into_all_plain_texts_and_into_no_others() {
    let table = Kind::Offer.table();
    let offer = good().with("tag", "Warm").with("details_html", "<p>strong</p>");
    let has = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        table.contains(&offer, &words)
    };
    assert!(has(&["spa", "warm"]) && has(&[]) && !has(&["spa", "cold"]) && !has(&["strong"]));
}
