//! Recorded payloads, and the payloads of the documents (contract.md 4.6, 9.1, 10.2).

use serde_json::json;

use super::*;
use crate::hotel::dialect;
use crate::ids::ServerId;
use crate::resources::ONLY_ONE;
use crate::resources::{Kind, ServerCopy};

fn full_offer() -> Value {
    json!({"id": 14, "title": "Spa Weekend", "short_description": "Two nights", "details_text": "", "details_html": "",
        "valid_from": "2026-01-31", "valid_to": null, "tag": "New", "book_now_url": "", "photo": null, "photo_url": null,
        "sort_order": 0, "is_active": false, "created_at": "2026-11-20T22:57:00.019773Z"})
}

fn event(name: &str, data: Value) -> Said {
    read(name, &data).pop().expect("one of ours").expect("readable")
}

#[test]
fn each_generation_of_servers_has_channels_of_its_own() {
    use crate::hotel::dialect::Generation::{Between, Current, First};
    let of = |generation: dialect::Generation| {
        (generation.hotel_channel("killarney"), generation.own_channel("killarney", ServerId(3)).unwrap())
    };
    let earlier = ("hotel-killarney".to_owned(), "killarney-staff-3-chat".to_owned());
    assert_eq!((of(First), of(Between)), (earlier.clone(), earlier));
    assert_eq!(
        of(Current),
        ("killarney.attendance".to_owned(), "killarney.staff-3-notifications".to_owned())
    );
    assert_eq!(First.hotel_channel("hotel-killarney"), "hotel-killarney");
    assert_eq!(First.own_channel("killarney", ServerId(0)), None);
    let clock = |generation: dialect::Generation| generation.clock_channel("killarney", ServerId(3));
    let logs = Some("attendance-killarney-staff-3".to_owned());
    assert_eq!([First, Between, Current].map(clock), [None, logs.clone(), logs]);
}

#[test]
fn a_created_offer_comes_whole_even_when_it_is_hidden() {
    let created = event("offer-created", json!({"action": "created", "offer": full_offer()}));
    let Said::Copy(ServerCopy::Record(offer)) = created else { panic!("created") };
    assert_eq!(
        (offer.id, offer.fields.text("title").as_str(), offer.fields.get("is_active")),
        (ServerId(14), "Spa Weekend", Some(&false.into()))
    );
}

#[test]
fn an_update_is_read_with_or_without_timestamp_and_action() {
    let bare = event("offer-updated", json!({"offer": full_offer()}));
    let mut other = full_offer();
    other["created_at"] = json!("2026-11-20T22:57:00.019773+00:00");
    let data = json!({"offer": other, "action": "updated", "timestamp": "2025-11-25 12:00:00+00:00"});
    assert_eq!(event("offer-updated", data), bare);
    assert!(matches!(bare, Said::Copy(_)));
}

#[test]
fn a_deletion_names_the_offer() {
    let data = json!({"action": "deleted", "offer_id": 14, "offer_title": "Spa Weekend"});
    assert_eq!(event("offer-deleted", data), Said::Tombstone { kind: Kind::Offer, id: ServerId(14) });
}

#[test]
fn a_picture_comes_without_a_time() {
    let url = "https://images.example/v1/a.jpg";
    let data = json!({"action": "image-updated", "offer_id": 14, "offer_title": "Spa", "photo_url": url});
    let picture = |title: &str, photo_url| Said::Picture {
        kind: Kind::Offer,
        id: ServerId(14),
        title: Some(title.to_owned()),
        photo_url,
    };
    assert_eq!(event("offer-image-updated", data), picture("Spa", Some(url.to_owned())));
    let removed = json!({"offer_id": 14, "photo_url": null});
    assert_eq!(event("offer-image-updated", removed), picture("", None));
}

#[test]
fn the_companion_event_needs_no_content() {
    assert_eq!(event("offers-updated", json!({"action": "sync"})), Said::List(Kind::Offer));
    assert_eq!(event("offers-updated", Value::Null), Said::List(Kind::Offer));
}

#[test]
fn a_payload_that_cannot_be_read_is_still_a_sign() {
    for (name, data) in [
        ("offer-created", json!({"action": "created"})),
        ("offer-updated", json!({"offer": {"id": "x"}})),
        ("offer-deleted", json!({"offer_title": "Spa"})),
        ("offer-image-updated", json!("text")),
        ("clock-status-updated", json!({"staff_id": 3})),
        ("clock-status-updated", json!({"is_on_duty": true})),
        ("gallery-image-uploaded", json!({"public_id": "a"})),
        ("gallery-reordered", json!({"gallery": "none"})),
        ("gallery-updated", json!({})),
        ("settings-updated", json!([])),
        ("room-type-image-updated", json!({"photo_url": "x"})),
    ] {
        let [Err(Unreadable(why))] = &read(name, &data)[..] else { panic!("{name} was read") };
        assert!(!why.is_empty());
    }
}

#[test]
fn gallery_settings_and_room_type_events_are_read_as_the_servers_send_them() {
    let uploaded = event("gallery-image-uploaded", json!({"url": "https://h/a.jpg", "public_id": "a"}));
    assert_eq!(
        uploaded,
        Said::Uploaded { kind: Kind::Gallery, id: ONLY_ONE, url: "https://h/a.jpg".to_owned() }
    );
    let ordered = event("gallery-reordered", json!({"gallery": ["https://h/a.jpg"]}));
    let Said::Copy(ServerCopy::Gallery(gallery)) = ordered else { panic!("an order") };
    assert_eq!(gallery.images.len(), 1);
    let updated = json!({"gallery_id": 4, "gallery_name": "Spa", "action": "image_added", "image_count": 4});
    assert_eq!(event("gallery-updated", updated), Said::Changed { kind: Kind::Gallery, id: ServerId(4) });
    let picture = json!({"room_type_id": 2, "photo_url": "https://h/r.jpg", "timestamp": null});
    let expected = Said::Picture {
        kind: Kind::RoomType,
        id: ServerId(2),
        title: None,
        photo_url: Some("https://h/r.jpg".to_owned()),
    };
    assert_eq!(event("room-type-image-updated", picture), expected);
    assert!(matches!(event("settings-updated", json!({"slogan": "x"})), Said::Partly(_)));
}

#[test]
fn events_of_others_are_none_of_ours() {
    for name in ["new-guest-message", "pusher:error", ""] {
        assert_eq!(read(name, &json!({})), [], "{name}");
    }
}
