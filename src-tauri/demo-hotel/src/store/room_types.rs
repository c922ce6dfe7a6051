//! Room types, row by row.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::web::pictures::photo_url;

/// A room type as it is stored (`CONTRACT.md 7`).
#[derive(Clone, Debug, Default)]
pub(crate) struct RoomType {
    pub(crate) id: i64,
    pub(crate) hotel_id: i64,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) short_description: String,
    pub(crate) max_occupancy: i64,
    pub(crate) bed_setup: String,
    pub(crate) photo: Option<String>,
    pub(crate) starting_price_from: String,
    pub(crate) currency: String,
    pub(crate) booking_code: String,
    pub(crate) booking_url: String,
    pub(crate) availability_message: String,
    pub(crate) sort_order: i64,
    pub(crate) is_active: bool,
}

const COLUMNS: &str = "id, hotel_id, code, name, short_description, max_occupancy, bed_setup, photo, \
                       starting_price_from, currency, booking_code, booking_url, availability_message, sort_order, \
                       is_active";

impl RoomType {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            hotel_id: row.get(1)?,
            code: row.get(2)?,
            name: row.get(3)?,
            short_description: row.get(4)?,
            max_occupancy: row.get(5)?,
            bed_setup: row.get(6)?,
            photo: row.get(7)?,
            starting_price_from: row.get(8)?,
            currency: row.get(9)?,
            booking_code: row.get(10)?,
            booking_url: row.get(11)?,
            availability_message: row.get(12)?,
            sort_order: row.get(13)?,
            is_active: row.get(14)?,
        })
    }

    pub(crate) fn to_json(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "code": self.code,
            "name": self.name,
            "short_description": self.short_description,
            "max_occupancy": self.max_occupancy,
            "bed_setup": self.bed_setup,
            "photo": self.photo,
            "photo_url": photo_url(base, self.photo.as_deref()),
            "starting_price_from": self.starting_price_from,
            "currency": self.currency,
            "booking_code": self.booking_code,
            "booking_url": self.booking_url,
            "availability_message": self.availability_message,
            "sort_order": self.sort_order,
            "is_active": self.is_active,
        })
    }
}

impl Store {
    /// All room types of a hotel in the order of the list: `sort_order`, then name.
    pub(crate) fn room_types(&self, hotel_id: i64) -> rusqlite::Result<Vec<RoomType>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM room_types WHERE hotel_id = ?1 ORDER BY sort_order, name"
        ))?;
        statement.query_map([hotel_id], RoomType::from_row)?.collect()
    }

    pub(crate) fn room_type(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<RoomType>> {
        self.lock()
            .query_row(
                &format!("SELECT {COLUMNS} FROM room_types WHERE hotel_id = ?1 AND id = ?2"),
                [hotel_id, id],
                RoomType::from_row,
            )
            .optional()
    }

    /// Writes the whole row; a new one (id 0) gets an id, one deleted meanwhile comes back.
    pub(crate) fn save_room_type(&self, room: &mut RoomType) -> rusqlite::Result<()> {
        let connection = self.lock();
        let id = (room.id != 0).then_some(room.id);
        let r = &*room;
        connection.execute(
            &format!(
                "INSERT OR REPLACE INTO room_types ({COLUMNS}) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
            ),
            params![
                id,
                r.hotel_id,
                r.code,
                r.name,
                r.short_description,
                r.max_occupancy,
                r.bed_setup,
                r.photo,
                r.starting_price_from,
                r.currency,
                r.booking_code,
                r.booking_url,
                r.availability_message,
                r.sort_order,
                r.is_active
            ],
        )?;
        room.id = connection.last_insert_rowid();
        Ok(())
    }

    pub(crate) fn delete_room_type(&self, id: i64) -> rusqlite::Result<()> {
        self.lock().execute("DELETE FROM room_types WHERE id = ?1", [id]).map(drop)
    }
}
