//! Room types.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pictures::photo_url;
use super::rows::Row;

/// A stored room type (`contract.md 7`).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct RoomType {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) hotel_id: i64,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) short_description: String,
    pub(crate) max_occupancy: i64,
    pub(crate) bed_setup: String,
    pub(crate) photo: Option<String>,
    /// Two decimals, as on the wire.
    pub(crate) starting_price_from: String,
    pub(crate) currency: String,
    pub(crate) booking_code: String,
    pub(crate) booking_url: String,
    pub(crate) availability_message: String,
    pub(crate) sort_order: i64,
    pub(crate) is_active: bool,
}

impl Row for RoomType {
    const TABLE: &'static str = "room_types";
    const ORDER: &'static str = "sort_order, name";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.hotel_id))
    }
}

impl RoomType {
    pub(crate) fn to_json(&self, base: &str) -> Value {
        let mut shown = json!(self);
        shown["photo_url"] = json!(photo_url(base, self.photo.as_deref()));
        shown
    }
}
