use serde_json::json;

use super::*;

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

#[test]
fn a_price_is_kept_as_text_with_two_decimals_and_never_as_a_float() {
    for (wire, read) in [
        (json!("119.00"), "119.00"),
        (json!(119), "119.00"),
        (json!("0.1"), "0.10"),
        (json!("12345678.99"), "12345678.99"),
    ] {
        let record = Fields::read(RecordKind::RoomType, &json!({"starting_price_from": wire}));
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
        let value = RecordValue { name: name.to_owned(), value: text(bad) };
        assert!(value.check().0.contains_key(name), "{name}: {bad}");
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
        let value = RecordValue { name: name.to_owned(), value: text(good) };
        assert_eq!(value.check(), FieldErrors::default(), "{name}: {good}");
    }
}

#[test]
fn an_emptied_override_is_written_as_null_and_an_emptied_text_as_empty() {
    let written = |name: &str| RecordValue { name: name.to_owned(), value: text(" ") }.to_json();
    assert_eq!(written("tagline_override"), json!(null));
    assert_eq!(written("slogan"), json!(""));
}

#[test]
fn values_that_mean_the_same_are_written_the_same() {
    let tidied = |name: &str, value: &str| {
        RecordValue { name: name.to_owned(), value: text(value) }.tidied().value.text().to_owned()
    };
    assert_eq!(tidied("starting_price_from", " 119.5 "), "119.50");
    assert_eq!(tidied("primary_color", "#1f5f4a"), "#1F5F4A");
    assert_eq!(tidied("latitude_override", "52.100000"), "52.1");
}

#[test]
fn a_field_with_the_same_name_in_both_kinds_has_the_same_rule() {
    for rule in RecordKind::RoomType.rules() {
        if let Some(other) = RecordKind::Branding.rule(rule.name) {
            assert_eq!(rule, other);
        }
    }
}

/// The settings of the server of 2026-05 (CONTRACT.md 6.2).
fn current() -> Value {
    json!({"id": 1, "name": "Hotel Killarney", "slug": "killarney", "subdomain": "killarney", "is_active": true,
        "sort_order": 0, "tagline": "Between the lakes", "short_description": "84 rooms", "long_description": "",
        "city": "Killarney", "latitude": 52.043611, "longitude": null, "email": "nope", "hotel_type": "resort",
        "tags": ["family"], "main_color": "not-a-colour-at-all", "secondary_color": "#c7a252", "hero_image": null})
}

#[test]
fn the_branding_has_the_fields_that_its_server_has_and_no_others() {
    let fields = Fields::read(RecordKind::Branding, &current());
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
        Fields::read(RecordKind::Branding, &json!({"name": "A", "tags": "not a list", "phone": {"a": 1}}));
    assert_eq!(fields.0.keys().collect::<Vec<_>>(), ["name"]);
}

#[test]
fn what_a_server_does_not_check_is_checked_here() {
    let read = Fields::read(RecordKind::Branding, &current());
    let errors = read.check(RecordKind::Branding);
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["email", "main_color"], "and nothing that is not there");
    for (name, bad) in [
        ("name", ""),
        ("phone", "0123456789012345678901234567890"),
        ("main_color", "#fff"),
        ("website_url", "killarney"),
        ("latitude", "north"),
        ("tagline", &"x".repeat(201)),
    ] {
        let value = RecordValue { name: name.to_owned(), value: text(bad) };
        assert!(value.check().0.contains_key(name), "{name}: {bad}");
    }
}

#[test]
fn what_decides_where_a_hotel_is_found_is_never_written() {
    for name in ["slug", "subdomain", "is_active", "sort_order", "id", "hotel_type"] {
        assert!(RecordKind::Branding.rule(name).is_none(), "{name}");
    }
}

#[test]
fn degrees_of_the_newest_server_are_numbers() {
    let written = |value: &str| RecordValue { name: "latitude".to_owned(), value: text(value) }.to_json();
    assert_eq!(
        (written("52.043611"), written("-9.5"), written(" ")),
        (json!(52.043611), json!(-9.5), json!(null))
    );
}

#[test]
fn a_typed_value_becomes_one_of_the_fields_shape_or_a_sentence() {
    let typed = |name: &str, text: &str| {
        let rule = RecordKind::RoomType.rule(name).or(RecordKind::Branding.rule(name)).unwrap();
        rule.typed(text)
    };
    assert_eq!(typed("max_occupancy", " 3 "), Ok(Datum::Number(3)));
    assert_eq!(typed("is_active", "false"), Ok(Datum::Flag(false)));
    assert_eq!(typed("starting_price_from", "119"), Ok(Datum::Text("119".to_owned())));
    assert_eq!(typed("amenities", "Sauna\n\n Pool "), Ok(Datum::List(vec!["Sauna".into(), "Pool".into()])));
    assert!(typed("max_occupancy", "-1").is_err());
    assert!(typed("is_active", "perhaps").is_err());
}
