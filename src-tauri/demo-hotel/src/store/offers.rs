//! Offers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pictures::photo_url;
use super::rows::Row;
use crate::clock::serialized;

/// A stored offer (`contract.md 4.1`).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Offer {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) hotel_id: i64,
    pub(crate) title: String,
    pub(crate) short_description: String,
    pub(crate) details_text: String,
    pub(crate) details_html: String,
    pub(crate) valid_from: Option<String>,
    pub(crate) valid_to: Option<String>,
    pub(crate) tag: String,
    pub(crate) book_now_url: String,
    pub(crate) photo: Option<String>,
    pub(crate) sort_order: i64,
    pub(crate) is_active: bool,
    /// Microseconds since the epoch.
    pub(crate) created_at: i64,
}

impl Row for Offer {
    const TABLE: &'static str = "offers";
    const ORDER: &'static str = "sort_order, created_at DESC, id DESC";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.hotel_id))
    }

    fn created(&mut self, now: i64) {
        self.created_at = now;
    }
}

impl Offer {
    /// Returns the offer for staff; `base` is the beginning of picture addresses.
    pub(crate) fn to_staff_json(&self, base: &str) -> Value {
        let mut shown = json!(self);
        shown["photo_url"] = json!(self.photo_url(base));
        shown["created_at"] = json!(serialized(self.created_at));
        shown
    }

    /// Returns the offer for guests (`contract.md 4.7`).
    pub(crate) fn to_public_json(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "title": self.title,
            "short_description": self.short_description,
            "details_html": self.details_html,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "tag": self.tag,
            "book_now_url": self.book_now_url,
            "photo_url": self.photo_url(base),
        })
    }

    pub(crate) fn photo_url(&self, base: &str) -> Option<String> {
        photo_url(base, self.photo.as_deref())
    }
}
