//! One change of many records.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::LocalId;
use crate::records::{FieldEdit, FieldValue};

/// A change that is made on each of several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum BulkChange {
    /// Sets a field to this value.
    Set {
        /// The value.
        value: FieldValue,
    },
    /// Moves the days on which the record is valid. An open end stays open.
    MoveDays {
        /// The number of days; negative for earlier days.
        days: i32,
    },
    /// Deletes the record.
    Delete,
}

/// The effect of a [`BulkChange`] on one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BulkEffect {
    /// The record.
    pub id: LocalId,
    /// The edit that undoes the change; null after a deletion.
    pub back: Option<FieldEdit>,
}

/// The effects of a [`BulkChange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BulkDone {
    /// The changed records. Records that already had the value, or that are gone, are left out.
    pub effects: Vec<BulkEffect>,
    /// The end of the time in which deletions can still be undone; null if nothing was deleted, or if there is no such
    /// time.
    #[ts(type = "string | null")]
    pub undo_until: Option<Timestamp>,
}
