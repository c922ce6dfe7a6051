//! Offers, as screens see them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SyncMark;
use crate::ids::{LocalId, MediaHash, ServerId};
use crate::resources::{OfferContent, OfferState};

/// One offer as a person sees it: base and pending intents together. Field names are the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfferView {
    /// Our own key, for good.
    pub local_id: LocalId,
    /// The server's number; null until the hotel has it.
    pub id: Option<ServerId>,
    /// The fields.
    #[serde(flatten)]
    pub content: OfferContent,
    /// The server's stored path of the picture.
    pub photo: Option<String>,
    /// Where the server shows the picture.
    pub photo_url: Option<String>,
    /// The picture in the local cache, as `media:` serves it; null while it is not here.
    pub picture: Option<MediaHash>,
    /// When the hotel stored it.
    #[ts(type = "string | null")]
    pub created_at: Option<Timestamp>,
    /// Live, scheduled, expired or hidden, in the hotel's zone.
    pub state: OfferState,
    /// How far it has come.
    pub sync: SyncMark,
}

/// How a list of offers is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum OfferOrder {
    /// As guests see it: sort order, then newest (contract.md 4.2).
    #[default]
    Hotel,
    /// By title.
    Title,
    /// What ends first comes first; open ends last.
    EndsFirst,
    /// Newest first.
    Newest,
}

/// Which offers a screen asks for.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(default)]
pub struct OfferQuery {
    /// Words that must all occur in the title, texts or tag; upper and lower case alike.
    pub search: String,
    /// Only these states; empty means all.
    pub states: Vec<OfferState>,
    /// The order.
    pub order: OfferOrder,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most; null means all.
    pub limit: Option<u32>,
}

crate::private::hides!(OfferQuery { states, order, offset, limit; search });

/// How many offers match the search, by state (before the state filter).
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
    /// The asked-for part.
    pub offers: Vec<OfferView>,
    /// How many there are in all with this filter.
    pub total: u32,
    /// Counts by state.
    pub counts: StateCounts,
    /// When the whole list was last read from the hotel; null when never: then the list is still loading.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}
