//! Offers, for screens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{NoteCounts, NoteKind, RecordView};
use crate::resources::OfferState;

/// The order of a list of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum OfferOrder {
    /// The guests' order: sort order, then newest (contract.md 4.2).
    #[default]
    Hotel,
    /// By title.
    Title,
    /// By end; the earliest comes first, open ends last.
    EndsFirst,
    /// Newest first.
    Newest,
}

/// A screen's query of offers.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(default)]
pub struct OfferQuery {
    /// Words that must all occur in the plain texts. Upper and lower case are equal.
    pub search: String,
    /// Only these states; empty means all.
    pub states: Vec<OfferState>,
    /// Only offers with one of these notes; empty means all.
    pub notes: Vec<NoteKind>,
    /// The order.
    pub order: OfferOrder,
    /// The number of offers to skip.
    pub offset: u32,
    /// The largest number of offers; null means all.
    pub limit: Option<u32>,
}

crate::private::hides!(OfferQuery { states, notes, order, offset, limit; search });

/// The number of offers that match the search, by state (before the state filter).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StateCounts {
    /// Live today.
    pub live: u32,
    /// Begin later.
    pub scheduled: u32,
    /// Over.
    pub expired: u32,
    /// Switched off.
    pub hidden: u32,
}

/// An answer to [`OfferQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfferList {
    /// The requested part.
    pub offers: Vec<RecordView>,
    /// The number of all offers with this filter.
    pub total: u32,
    /// Counts by state.
    pub counts: StateCounts,
    /// The number of offers that match the search, by note (before the filters).
    pub note_counts: NoteCounts,
    /// The time at which the whole list was last read from the hotel; null while it is loading for the first time.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}
