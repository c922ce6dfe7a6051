//! Offers, row by row.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::clock::{from_micros, serialized};
use crate::web::pictures::photo_url;

/// An offer as it is stored (`CONTRACT.md 4.1`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) id: i64,
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

const COLUMNS: &str = "id, hotel_id, title, short_description, details_text, details_html, valid_from, valid_to, \
                       tag, book_now_url, photo, sort_order, is_active, created_at";

impl Offer {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            hotel_id: row.get(1)?,
            title: row.get(2)?,
            short_description: row.get(3)?,
            details_text: row.get(4)?,
            details_html: row.get(5)?,
            valid_from: row.get(6)?,
            valid_to: row.get(7)?,
            tag: row.get(8)?,
            book_now_url: row.get(9)?,
            photo: row.get(10)?,
            sort_order: row.get(11)?,
            is_active: row.get(12)?,
            created_at: row.get(13)?,
        })
    }

    /// The offer as staff see it; `base` is the address picture URLs start with.
    pub(crate) fn to_staff_json(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "title": self.title,
            "short_description": self.short_description,
            "details_text": self.details_text,
            "details_html": self.details_html,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "tag": self.tag,
            "book_now_url": self.book_now_url,
            "photo": self.photo,
            "photo_url": self.photo_url(base),
            "sort_order": self.sort_order,
            "is_active": self.is_active,
            "created_at": serialized(from_micros(self.created_at)),
        })
    }

    /// The offer as guests see it (`CONTRACT.md 4.7`).
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

impl Store {
    /// All offers of a hotel in the order of the list: `sort_order`, then the newest first.
    pub(crate) fn offers(&self, hotel_id: i64) -> rusqlite::Result<Vec<Offer>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM offers WHERE hotel_id = ?1 ORDER BY sort_order, created_at DESC, id DESC"
        ))?;
        statement.query_map([hotel_id], Offer::from_row)?.collect()
    }

    /// One page of [`Store::offers`].
    pub(crate) fn offers_page(&self, hotel_id: i64, skip: u32, take: u32) -> rusqlite::Result<Vec<Offer>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM offers WHERE hotel_id = ?1 \
             ORDER BY sort_order, created_at DESC, id DESC LIMIT ?3 OFFSET ?2"
        ))?;
        statement.query_map(params![hotel_id, skip, take], Offer::from_row)?.collect()
    }

    pub(crate) fn offers_count(&self, hotel_id: i64) -> rusqlite::Result<u32> {
        self.lock().query_row("SELECT count(*) FROM offers WHERE hotel_id = ?1", [hotel_id], |row| row.get(0))
    }

    pub(crate) fn offer(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Offer>> {
        self.lock()
            .query_row(
                &format!("SELECT {COLUMNS} FROM offers WHERE hotel_id = ?1 AND id = ?2"),
                [hotel_id, id],
                Offer::from_row,
            )
            .optional()
    }

    /// Writes the whole row. A new offer (id 0) gets an id; one that was deleted since it was read comes back
    /// under its id; both get `now` as their `created_at`.
    pub(crate) fn save_offer(&self, offer: &mut Offer, now: i64) -> rusqlite::Result<()> {
        let connection = self.lock();
        let o = &*offer;
        let updated = connection.execute(
            "UPDATE offers SET hotel_id = ?2, title = ?3, short_description = ?4, details_text = ?5, \
             details_html = ?6, valid_from = ?7, valid_to = ?8, tag = ?9, book_now_url = ?10, photo = ?11, \
             sort_order = ?12, is_active = ?13, created_at = ?14 WHERE id = ?1",
            params![
                o.id,
                o.hotel_id,
                o.title,
                o.short_description,
                o.details_text,
                o.details_html,
                o.valid_from,
                o.valid_to,
                o.tag,
                o.book_now_url,
                o.photo,
                o.sort_order,
                o.is_active,
                o.created_at
            ],
        )?;
        if updated > 0 {
            return Ok(());
        }
        let id = (offer.id != 0).then_some(offer.id);
        offer.created_at = now;
        let o = &*offer;
        connection.execute(
            &format!(
                "INSERT INTO offers ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)"
            ),
            params![
                id,
                o.hotel_id,
                o.title,
                o.short_description,
                o.details_text,
                o.details_html,
                o.valid_from,
                o.valid_to,
                o.tag,
                o.book_now_url,
                o.photo,
                o.sort_order,
                o.is_active,
                o.created_at
            ],
        )?;
        offer.id = connection.last_insert_rowid();
        Ok(())
    }

    pub(crate) fn delete_offer(&self, id: i64) -> rusqlite::Result<()> {
        self.lock().execute("DELETE FROM offers WHERE id = ?1", [id]).map(drop)
    }
}
