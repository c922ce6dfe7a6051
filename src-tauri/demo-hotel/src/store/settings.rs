//! A hotel's settings and its flat gallery, stored as JSON.

use rusqlite::params;
use serde_json::{Map, Value};

use super::Store;

/// The data of a hotel besides its rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) hotel_id: i64,
    pub(crate) slug: String,
    /// The hotel's own settings.
    pub(crate) base: Map<String, Value>,
    /// The settings of staff.
    pub(crate) own: Map<String, Value>,
    /// The flat gallery (`contract.md 5.1`), as the last writer sent it.
    pub(crate) gallery: Vec<Value>,
}

fn object(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

impl Store {
    pub(crate) fn settings(&self, hotel_id: i64) -> rusqlite::Result<Settings> {
        self.lock().query_row(
            "SELECT base, settings, gallery, slug FROM hotels WHERE id = ?1",
            [hotel_id],
            |row| {
                let (base, own, gallery): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(Settings {
                    hotel_id,
                    slug: row.get(3)?,
                    base: object(&base),
                    own: object(&own),
                    gallery: serde_json::from_str(&gallery).unwrap_or_default(),
                })
            },
        )
    }

    /// Writes everything but the gallery, which has requests of its own.
    pub(crate) fn save_settings(&self, settings: &Settings) -> rusqlite::Result<()> {
        let base = Value::Object(settings.base.clone()).to_string();
        let own = Value::Object(settings.own.clone()).to_string();
        self.lock()
            .execute(
                "UPDATE hotels SET base = ?2, settings = ?3 WHERE id = ?1",
                params![settings.hotel_id, base, own],
            )
            .map(drop)
    }

    pub(crate) fn save_flat_gallery(&self, hotel_id: i64, gallery: &[Value]) -> rusqlite::Result<()> {
        let gallery = Value::Array(gallery.to_vec()).to_string();
        self.lock()
            .execute("UPDATE hotels SET gallery = ?2 WHERE id = ?1", params![hotel_id, gallery])
            .map(drop)
    }
}
