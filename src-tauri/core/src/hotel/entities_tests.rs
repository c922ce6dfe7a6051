use jiff::civil::date;

use super::*;
use crate::records::{Datum, Fields, Validity};

fn patch_of(kind: Kind, changes: &[FieldValue]) -> Value {
    kind.table().patch_of(changes.iter().cloned())
}

#[test]
fn a_change_sends_only_its_fields() {
    let changes =
        [FieldValue::of("title", "Spa"), FieldValue::of("is_active", false), FieldValue::of("sort_order", 3)];
    assert_eq!(patch_of(Kind::Offer, &changes), json!({"title": "Spa", "is_active": false, "sort_order": 3}));
}

#[test]
fn texts_and_dates_can_be_cleared() {
    let open = Validity { from: Some(date(2026, 1, 31)), to: None };
    let changes = [
        FieldValue::of("tag", ""),
        FieldValue::of("book_now_url", ""),
        FieldValue::of("details_text", ""),
        FieldValue::of("details_html", ""),
        FieldValue::of("short_description", "x"),
        FieldValue::of("validity", open),
    ];
    let expected = json!({"tag": "", "book_now_url": "", "details_text": "", "details_html": "",
        "short_description": "x", "valid_from": "2026-01-31", "valid_to": null});
    assert_eq!(patch_of(Kind::Offer, &changes), expected);
}

#[test]
fn a_new_offer_never_carries_a_picture_field() {
    let body = Kind::Offer.table().create_of(&Kind::Offer.table().blank());
    assert!(body.get("photo").is_none() && body.get("photo_url").is_none());
    assert_eq!(body["is_active"], json!(true), "always said: form and JSON have different defaults");
}

#[test]
fn an_offer_that_cannot_be_read_costs_only_itself() {
    let good =
        json!({"id": 1, "title": "Spa", "short_description": "x", "created_at": "2026-01-01T10:00:00Z"});
    let page = Page { count: 2, more: false, items: vec![good, json!({"id": 2})] };
    let page = EntityPage::read(Kind::Offer, page);
    assert_eq!((page.entities.len(), page.unreadable, page.count), (1, 1, 2));
}

#[test]
fn a_record_sends_its_fields_in_the_shapes_of_the_server() {
    let value = |name: &str, value| FieldValue::of(name, value);
    let changes =
        [value("starting_price_from", Datum::Text("119".into())), value("max_occupancy", Datum::Number(2))];
    let expected = json!({"starting_price_from": "119.00", "max_occupancy": 2});
    assert_eq!(patch_of(Kind::RoomType, &changes), expected);
    let changes = [
        value("tagline_override", Datum::Text(String::new())),
        value("amenities", Datum::List(vec!["Sauna".into(), " ".into()])),
    ];
    let expected = json!({"tagline_override": null, "amenities": ["Sauna"]});
    assert_eq!(patch_of(Kind::Branding, &changes), expected);
}

#[test]
fn a_new_record_sends_what_was_filled_in() {
    let mut fields = Fields::default();
    fields.set("name", Datum::Text("Torc Suite".into()));
    fields.set("code", Datum::Text(String::new()));
    assert_eq!(Kind::RoomType.table().create_of(&fields), json!({"name": "Torc Suite"}));
}
