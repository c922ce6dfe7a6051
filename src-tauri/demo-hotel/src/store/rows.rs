//! Rows, which are read and written whole.

use rusqlite::types::Type;
use rusqlite::{Params, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Store;

/// A kind of row: a table of JSON objects, with their ids and the ids of their owners.
pub(crate) trait Row: Serialize + DeserializeOwned {
    const TABLE: &'static str;
    /// The order of the list, in SQL.
    const ORDER: &'static str = "id";

    /// Returns its id, which is 0 before it is stored, and the id of its owner, if it has one.
    fn ids(&mut self) -> (&mut i64, Option<&mut i64>);

    /// Called when the row is new to its table.
    fn created(&mut self, _now: i64) {}
}

impl Store {
    /// Returns the rows that match a condition in SQL.
    pub(crate) fn rows<R: Row>(&self, condition: &str, parameters: impl Params) -> rusqlite::Result<Vec<R>> {
        let connection = self.lock();
        let query = format!("SELECT id, owner, row FROM {} WHERE {condition}", R::TABLE);
        let mut statement = connection.prepare_cached(&query)?;
        let rows = statement.query_map(parameters, |columns| {
            let text: String = columns.get(2)?;
            let mut row: R = serde_json::from_str(&text)
                .map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, error.into()))?;
            let (id, owner) = row.ids();
            *id = columns.get(0)?;
            if let Some(owner) = owner {
                *owner = columns.get(1)?;
            }
            Ok(row)
        })?;
        rows.collect()
    }

    /// Returns all rows of an owner, in the order of the list.
    pub(crate) fn list<R: Row>(&self, owner: i64) -> rusqlite::Result<Vec<R>> {
        self.rows(&format!("owner = ?1 ORDER BY {}", R::ORDER), [owner])
    }

    /// Returns one page of [`Store::list`].
    pub(crate) fn page<R: Row>(&self, owner: i64, skip: u32, take: u32) -> rusqlite::Result<Vec<R>> {
        let condition = format!("owner = ?1 ORDER BY {} LIMIT ?3 OFFSET ?2", R::ORDER);
        self.rows(&condition, params![owner, skip, take])
    }

    pub(crate) fn count<R: Row>(&self, owner: i64) -> rusqlite::Result<u32> {
        let query = format!("SELECT count(*) FROM {} WHERE owner = ?1", R::TABLE);
        self.lock().query_row(&query, [owner], |row| row.get(0))
    }

    /// Returns the row of this owner with this id.
    pub(crate) fn find<R: Row>(&self, owner: i64, id: i64) -> rusqlite::Result<Option<R>> {
        Ok(self.rows("owner = ?1 AND id = ?2", [owner, id])?.pop())
    }

    /// Writes the whole row. A new one (id 0) gets an id; one that was deleted since it was read comes back under its
    /// id. Both are created at `now`.
    ///
    /// # Errors
    /// A violated constraint if a name is taken or the owner is gone.
    pub(crate) fn save<R: Row>(&self, row: &mut R, now: i64) -> rusqlite::Result<()> {
        let text = |row: &R| {
            serde_json::to_string(row).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
        };
        let (table, (id, owner)) = (R::TABLE, row.ids());
        let (id, owner) = (*id, owner.copied());
        let connection = self.lock();
        let update = format!("UPDATE {table} SET row = ?2 WHERE id = ?1");
        if connection.execute(&update, params![id, text(row)?])? > 0 {
            return Ok(());
        }
        row.created(now);
        let insert = format!("INSERT INTO {table} (id, owner, row) VALUES (nullif(?1, 0), ?2, ?3)");
        connection.execute(&insert, params![id, owner, text(row)?])?;
        *row.ids().0 = connection.last_insert_rowid();
        Ok(())
    }

    pub(crate) fn delete<R: Row>(&self, id: i64) -> rusqlite::Result<()> {
        let delete = format!("DELETE FROM {} WHERE id = ?1", R::TABLE);
        self.lock().execute(&delete, [id]).map(drop)
    }
}
