//! The hotel's data: one SQLite database, in a file or in memory.
//!
//! A row is read and written whole, like the real server's object mapper does. That causes traps 12 to 14 of
//! `contract.md 12`, and it is kept on purpose.

pub(crate) mod chat;
pub(crate) mod clock_logs;
pub(crate) mod galleries;
pub(crate) mod offers;
pub(crate) mod people;
pub(crate) mod pictures;
pub(crate) mod room_types;
pub(crate) mod rows;
pub(crate) mod settings;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

/// The tables. A file belongs to one version of the demo hotel and is not migrated.
const SCHEMA: &str = include_str!("schema.sql");
/// Changes with the schema, so that a file of another version is refused instead of misread.
const SCHEMA_VERSION: i64 = 6;

/// The database with its only connection.
#[derive(Debug)]
pub(crate) struct Store(Mutex<Connection>);

/// The reason why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An error of SQLite.
    #[error("the hotel's data could not be opened: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was made by another version.
    #[error(
        "the data file is of version {0}, this program reads version {SCHEMA_VERSION}; start with a new file"
    )]
    Version(i64),
}

impl Store {
    /// Opens the file, or memory, and makes the tables if there are none.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, StoreError> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "normal")?;
        match connection.pragma_query_value(None, "user_version", |row| row.get(0))? {
            0_i64 => {
                connection.execute_batch(SCHEMA)?;
                connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            SCHEMA_VERSION => {}
            other => return Err(StoreError::Version(other)),
        }
        Ok(Self(Mutex::new(connection)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn hotel_id(&self, slug: &str) -> rusqlite::Result<Option<i64>> {
        self.lock().query_row("SELECT id FROM hotels WHERE slug = ?1", [slug], |row| row.get(0)).optional()
    }

    /// Returns number and slug of all hotels.
    pub(crate) fn hotels(&self) -> rusqlite::Result<Vec<(i64, String)>> {
        let connection = self.lock();
        let mut statement = connection.prepare("SELECT id, slug FROM hotels ORDER BY slug")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    pub(crate) fn is_empty(&self) -> rusqlite::Result<bool> {
        self.lock().query_row("SELECT NOT EXISTS (SELECT 1 FROM hotels)", [], |row| row.get(0))
    }

    pub(crate) fn add_hotel(&self, slug: &str, base: &serde_json::Value) -> rusqlite::Result<i64> {
        let insert =
            "INSERT INTO hotels (slug, base, settings, gallery) VALUES (?1, ?2, '{}', '[]') RETURNING id";
        self.lock().query_row(insert, params![slug, base.to_string()], |row| row.get(0))
    }
}
