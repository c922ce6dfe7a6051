//! Removes personal data from events that are shown by default.
//!
//! An event can carry anything: guests' names and messages, addresses, telephone numbers, and any future field of a
//! server. A list of hidden fields would never be complete. So there is a list of visible fields, by name, and each
//! kind of field also has a form for its value: a person's name in `type` does not pass for a code. Every other text is
//! hidden, offers' titles included.
//!
//! Numbers and booleans stay, because they help to find a fault. Only a number that is long enough for a telephone and
//! is in no field of the list is hidden too.

use serde_json::{Map, Value};

/// The text in place of a hidden value.
const MASK: &str = "•••";

/// Amounts that servers write as texts, to avoid floats.
const AMOUNTS: &[&str] = &["starting_price_from", "price", "latitude", "longitude"];

/// Smallest number that may be a telephone number.
const TELEPHONE: f64 = 1e6;

/// Returns a copy of `value` without possibly personal data, and whether something was hidden.
pub fn mask(value: &Value) -> (Value, bool) {
    let mut hidden = false;
    let masked = masked(None, value, &mut hidden);
    (masked, hidden)
}

fn masked(name: Option<&str>, value: &Value, hidden: &mut bool) -> Value {
    let hide = |hidden: &mut bool| {
        *hidden = true;
        Value::from(MASK)
    };
    match value {
        Value::String(text) if may_be_seen(name, text) => value.clone(),
        Value::String(_) => hide(hidden),
        Value::Number(number) => {
            let size = number.as_f64().map_or(f64::MAX, f64::abs);
            let known = name.is_some_and(|name| is_id(name) || AMOUNTS.contains(&name));
            if known || size < TELEPHONE { value.clone() } else { hide(hidden) }
        }
        // The items of a list are checked under the list's name.
        Value::Array(items) => items.iter().map(|item| masked(name, item, hidden)).collect(),
        Value::Object(fields) => Value::Object(object(fields, hidden)),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

fn object(fields: &Map<String, Value>, hidden: &mut bool) -> Map<String, Value> {
    let mut shown = Map::new();
    for (name, value) in fields {
        // A map can have a guest's name as its key.
        let name_shown = if is_identifier(name) {
            name.clone()
        } else {
            *hidden = true;
            format!("{MASK} {}", shown.len() + 1)
        };
        shown.insert(name_shown, masked(Some(name), value, hidden));
    }
    shown
}

fn may_be_seen(name: Option<&str>, text: &str) -> bool {
    text.is_empty() || name.and_then(form_of).is_some_and(|has_form| has_form(text))
}

/// Returns the form of a visible text in a field of this name; `None` if no text may be seen.
fn form_of(name: &str) -> Option<fn(&str) -> bool> {
    match name {
        // Moments and days.
        "timestamp" | "ts" | "at" | "date" | "created_at" | "updated_at" | "edited_at" | "deleted_at"
        | "delivered_at" | "read_at" | "staff_read_at" | "guest_read_at" | "clock_time" | "last_clock_in"
        | "last_clock_out" | "valid_from" | "valid_to" => Some(is_moment),
        // Words out of a fixed set: the event, the kind, the state.
        "action" | "type" | "kind" | "event" | "category" | "status" | "duty_status" | "sender_type"
        | "theme_mode" | "currency" | "hotel_slug" | "department_slug" | "role_slug" | "code" | "phase" => {
            Some(is_code)
        }
        _ if AMOUNTS.contains(&name) => Some(is_amount),
        _ if name.ends_with("_color") => Some(is_colour),
        _ if is_id(name) => Some(is_id_text),
        _ => None,
    }
}

fn is_amount(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|amount| amount.abs() < TELEPHONE)
}

fn is_id(name: &str) -> bool {
    matches!(name, "id" | "uuid" | "image_ids") || name.ends_with("_id")
}

/// Returns true for a short number, or a UUID.
fn is_id_text(text: &str) -> bool {
    let short = text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit());
    short || text.parse::<uuid::Uuid>().is_ok()
}

fn is_moment(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
        || text.parse::<jiff::civil::DateTime>().is_ok()
        || text.parse::<jiff::civil::Date>().is_ok()
}

/// Returns true for a code: `offer-created`, `EUR`.
fn is_code(text: &str) -> bool {
    let currency = text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase());
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.:".contains(c);
    // Telephone numbers and door codes are made of digits and signs too.
    let telephone = !text.contains(|c: char| c.is_ascii_lowercase());
    currency || text.len() <= 40 && text.chars().all(word) && !telephone
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() <= 8 && hex.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Returns true for a name that a programmer would give to a field.
fn is_identifier(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_guests_message_is_hidden_and_what_a_fault_is_found_by_is_not() {
        let message = json!({
            "id": 45, "conversation": 7, "room_number": 101, "sender_type": "guest", "staff": null,
            "guest_name": "Mary O'Brien", "message": "Could we have two more towels?",
            "timestamp": "2026-11-20T22:57:00.019773Z", "status": "delivered", "is_read": false,
            "staff_info": {"name": "Aoife Byrne", "role": "Receptionist"},
            "attachments": [{"id": 3, "file_name": "passport mary.jpg"}], "phone": 353871234567u64,
        });
        let (masked, hidden) = mask(&message);
        assert!(hidden);
        let expected = json!({
            "id": 45, "conversation": 7, "room_number": 101, "sender_type": "guest", "staff": null,
            "guest_name": MASK, "message": MASK,
            "timestamp": "2026-11-20T22:57:00.019773Z", "status": "delivered", "is_read": false,
            "staff_info": {"name": MASK, "role": MASK},
            "attachments": [{"id": 3, "file_name": MASK}], "phone": MASK,
        });
        assert_eq!(masked, expected);
    }

    #[test]
    fn what_holds_nothing_personal_stays_as_it_is() {
        let sync = json!({"action": "sync", "timestamp": null, "meta": {"hotel_slug": "killarney",
            "event_id": "6f2b0b9a-9a07-4b37-9d0b-0a8a52f9c1ab", "ts": "2026-11-20T22:57:00+00:00"},
            "main_color": "#0a3D62", "starting_price_from": "129.00", "currency": "EUR", "tag": ""});
        assert_eq!(mask(&sync), (sync, false));
    }

    const PERSONAL: [&str; 6] = [
        "Mary O'Brien",
        "mary.obrien@guest.example",
        "+353 87 123 4567",
        "0871234567890",
        "Könnten wir zwei Handtücher haben?",
        "Zimmer 101, bitte nicht stören",
    ];

    /// Names of fields: some on the list, some not on it, and some personal themselves.
    fn name() -> impl Strategy<Value = String> {
        let forms = "timestamp ts at date created_at updated_at edited_at deleted_at delivered_at read_at \
            staff_read_at guest_read_at clock_time last_clock_in last_clock_out valid_from valid_to action type \
            kind event category status duty_status sender_type theme_mode currency hotel_slug department_slug \
            role_slug code phase id guest_id main_color message name";
        let listed: Vec<&str> = forms.split_whitespace().chain([AMOUNTS, &PERSONAL].concat()).collect();
        prop_oneof![proptest::sample::select(listed).prop_map(str::to_owned), "[a-z_]{1,8}"]
    }

    fn payload() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            proptest::sample::select(PERSONAL.to_vec()).prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((name(), inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_personal_is_left_wherever_it_stands(value in payload()) {
            let (masked, hidden) = mask(&value);
            let (shown, whole) = (masked.to_string(), value.to_string());
            for personal in PERSONAL {
                prop_assert!(!shown.contains(personal), "{} in {}", personal, shown);
                prop_assert!(hidden || !whole.contains(personal));
            }
        }
    }
}
