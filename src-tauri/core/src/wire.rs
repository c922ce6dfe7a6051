//! How the server writes things, in answers and in events alike.

use serde_json::Value;

use crate::model::ServerOffer;

/// Reads an offer. A key that is null counts as absent: some servers write the one where the documents show
/// the other (CONTRACT.md 1.7), and for every field that may be missing the default is the empty value.
pub(crate) fn read_offer(mut value: Value) -> Result<ServerOffer, serde_json::Error> {
    if let Value::Object(object) = &mut value {
        object.retain(|_, field| !field.is_null());
    }
    serde_json::from_value(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn null_and_absent_mean_the_same() {
        let bare =
            json!({"id": 1, "title": "Spa", "short_description": "x", "created_at": "2026-01-01T10:00:00Z"});
        let mut nulls = bare.clone();
        for key in ["details_text", "tag", "book_now_url", "valid_from", "photo", "photo_url", "sort_order"] {
            nulls[key] = Value::Null;
        }
        let (bare, nulls) = (read_offer(bare).expect("bare"), read_offer(nulls).expect("nulls"));
        assert_eq!(bare, nulls);
        assert!(bare.content.is_active, "shown unless the server says otherwise");
    }

    #[test]
    fn an_offer_without_a_title_is_not_an_offer() {
        assert!(read_offer(json!({"id": 1})).is_err());
    }
}
