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
