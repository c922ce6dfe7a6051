//! The earlier versions of a record: the hotel's copies that later copies have replaced, for 90 days.
//!
//! A version is stored in the transaction that replaces the base. Events only write hints, so each change makes one
//! version, when a read or an answer confirms it. No server says who made a change, so a version knows only whether
//! requests of this desk explain its end.
//!
//! The place in the hotel's order is no part of a version, because one move changes the numbers of many records.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use super::way_back::oldest_offered;
use crate::ids::{LocalId, MediaHash};
use crate::records::{FieldEdit, Fields, SORT_ORDER, Slot};
use crate::resources::{Kind, Send, ServerCopy};
use crate::store::columns::{json, number};
use crate::store::{StoreError, Tx, pictures};

/// The number of versions that are kept of each record.
const KEPT: u32 = 50;

/// The content of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The fields without the place in the order.
    pub fields: Fields,
    /// The pictures that it had.
    pub pictures: BTreeMap<Slot, OldPicture>,
}

/// A picture of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldPicture {
    /// The address at which the server showed it.
    pub url: String,
    /// The cached picture. It stays in the cache as long as the version. `None` if the cache did not have it.
    pub hash: Option<MediaHash>,
}

/// A stored version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The number, which rises with the time.
    pub number: i64,
    /// The time at which this desk learned that the version was replaced.
    pub until: Timestamp,
    /// True if this desk replaced it.
    pub is_own: bool,
    /// The content.
    pub content: Content,
}

/// The differences between two copies that make a version.
pub(super) struct Differences {
    /// The fields that both copies have, with different values.
    pub edits: Vec<FieldEdit>,
    /// The places whose picture changed.
    pub slots: Vec<Slot>,
}

/// Returns true if earlier versions of this kind are kept: staff edit its fields, and it has no personal data.
fn are_kept(kind: Kind) -> bool {
    kind.resource().send == Send::Merge && !kind.resource().is_private
}

/// Returns the differences that make a version of `base` when `next` replaces it, or `None` if there are none.
pub(super) fn differences(base: &ServerCopy, next: &ServerCopy) -> Option<Differences> {
    if !are_kept(base.kind()) {
        return None;
    }
    let mut edits = base.fields().differences(&next.fields());
    edits.retain(|edit| edit.field().0 != SORT_ORDER && edit.was.as_stored() != edit.now.as_stored());
    let changed = |slot: &Slot| base.picture(*slot).url != next.picture(*slot).url;
    let slots: Vec<Slot> = base.kind().table().slots.iter().copied().filter(changed).collect();
    (!edits.is_empty() || !slots.is_empty()).then_some(Differences { edits, slots })
}

/// Stores the replaced copy as a version, and deletes the versions that are too old or too many.
pub(super) fn add(
    tx: &Tx<'_>,
    entity: LocalId,
    replaced: &ServerCopy,
    is_own: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO version (entity, content, until, own) VALUES (?1, ?2, ?3, ?4)",
        (
            entity.to_string(),
            serde_json::to_string(&content_of(tx, replaced)?)?,
            now.as_millisecond(),
            is_own,
        ),
    )?;
    tx.any_rows("DELETE FROM version WHERE until < ?1", [oldest_offered(now).as_millisecond()])?;
    tx.any_rows(
        "DELETE FROM version WHERE entity = ?1 AND number <=
            (SELECT number FROM version WHERE entity = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
        (entity.to_string(), KEPT),
    )?;
    Ok(())
}

fn content_of(db: &Connection, copy: &ServerCopy) -> Result<Content, StoreError> {
    let mut fields = copy.fields();
    fields.0.remove(SORT_ORDER);
    let mut held = BTreeMap::new();
    for slot in copy.places() {
        if let Some(url) = copy.picture(slot).url {
            let hash = pictures::of_source(db, &url)?;
            held.insert(slot, OldPicture { url, hash });
        }
    }
    Ok(Content { fields, pictures: held })
}

/// Returns the versions of a record that are not too old, newest first.
pub fn list(connection: &Connection, entity: LocalId, now: Timestamp) -> Result<Vec<Version>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, until, own, content FROM version WHERE entity = ?1 AND until >= ?2 ORDER BY number DESC",
    )?;
    let rows = statement
        .query_map((entity.to_string(), oldest_offered(now).as_millisecond()), read_version)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// Returns one version of a record.
///
/// # Errors
/// [`StoreError::NotFound`] if the record has no version with this number, or if it is too old.
pub fn get(
    connection: &Connection,
    entity: LocalId,
    number: i64,
    now: Timestamp,
) -> Result<Version, StoreError> {
    let versions = list(connection, entity, now)?;
    versions.into_iter().find(|version| version.number == number).ok_or(StoreError::NotFound("version"))
}

/// Gives the versions of one record to another, which is the same entity.
pub fn hand_over(tx: &Tx<'_>, from: LocalId, to: LocalId) -> Result<(), StoreError> {
    tx.any_rows("UPDATE version SET entity = ?2 WHERE entity = ?1", (from.to_string(), to.to_string()))?;
    Ok(())
}

/// Reads a row. Returns `None` for a content that cannot be read.
fn read_version(row: &Row<'_>) -> rusqlite::Result<Option<Version>> {
    let content: Option<Content> = json(row, 3)?;
    let until = Timestamp::from_millisecond(number(row, 1)?).ok();
    let (number, is_own) = (number(row, 0)?, number(row, 2)? != 0);
    Ok(content.zip(until).map(|(content, until)| Version { number, until, is_own, content }))
}
