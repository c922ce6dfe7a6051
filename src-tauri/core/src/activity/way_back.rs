//! The way back from a removal: an entry of the history holds all data that is needed to undo it.
//!
//! A picture that a colleague removed from a gallery goes back to its place. A removed record is created again from its
//! last fields and its picture: the hotel never gives a number twice (contract.md 12, trap 14). The offer ends after 90
//! days, or after it was used.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::ids::{LocalId, MediaHash};
use crate::records::{Fields, Slot};
use crate::resources::Kind;
use crate::store::columns::json;
use crate::store::{StoreError, Tx};
use crate::views::Change;

/// Time for which a removal can be undone, and for which earlier versions are kept.
const OFFERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A removal that can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum WayBack {
    /// A picture that a colleague removed from a gallery.
    Image(RemovedImage),
    /// A record.
    Record(RemovedRecord),
}

/// A picture that a colleague removed from a gallery.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedImage {
    /// The gallery.
    pub gallery: LocalId,
    /// Our key of it.
    pub image: LocalId,
    /// The prepared picture.
    pub picture: MediaHash,
    /// Its caption.
    pub caption: String,
    /// The picture before it; none means that it was the first.
    pub after: Option<LocalId>,
}

/// A removed record, with the content that the person saw last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedRecord {
    /// The resource.
    pub kind: Kind,
    /// The fields.
    pub fields: Fields,
    /// The pictures that were in the cache at that time.
    pub pictures: BTreeMap<Slot, MediaHash>,
}

crate::private::hides!(RemovedImage { gallery, image, picture, after; caption });

impl RemovedRecord {
    /// Returns the name of the record.
    pub fn title(&self) -> String {
        self.kind.table().title(&self.fields)
    }
}

/// Returns the way back that an activity offers.
///
/// # Errors
/// [`StoreError::NotFound`] if it offers none any more.
pub fn get(connection: &Connection, activity: i64) -> Result<WayBack, StoreError> {
    let held = connection
        .query_row("SELECT put_back FROM activity WHERE id = ?1", [activity], |row| json(row, 0))
        .optional()?
        .flatten();
    held.ok_or(StoreError::NotFound("removal"))
}

/// Withdraws the offer in the transaction that uses it, so that two presses use it once.
///
/// # Errors
/// [`StoreError::NotFound`] when it was used meanwhile.
pub fn withdraw(tx: &mut Tx<'_>, activity: i64) -> Result<(), StoreError> {
    get(tx, activity)?;
    tx.one_row("UPDATE activity SET put_back = NULL WHERE id = ?1", [activity])?;
    tx.changed(Change::History);
    Ok(())
}

/// Returns the time of the oldest removals and versions that are still offered.
pub(super) fn oldest_offered(now: Timestamp) -> Timestamp {
    now.saturating_sub(OFFERED).unwrap_or(Timestamp::MIN)
}

/// Withdraws the offers that are too old.
pub(super) fn expire(tx: &Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.any_rows(
        "UPDATE activity SET put_back = NULL WHERE put_back IS NOT NULL AND at < ?1",
        [oldest_offered(now).as_millisecond()],
    )?;
    Ok(())
}
