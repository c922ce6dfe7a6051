//! The notes on offers, for screens.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The offer is live, and its last day comes soon.
    EndsSoon,
    /// The offer is scheduled, and its first day comes soon.
    StartsSoon,
    /// The offer is live and has no picture.
    NoPicture,
    /// A colleague changed it since the person looked at the activities.
    Changed,
}

/// A note on an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfferNote {
    /// Its kind.
    pub kind: NoteKind,
    /// The days until the day in question, for those about a day; zero is today.
    pub days: Option<u32>,
}

/// The number of offers that match the search, by note (before the filters).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NoteCounts {
    /// End soon.
    pub ends_soon: u32,
    /// Start soon.
    pub starts_soon: u32,
    /// Live without a picture.
    pub no_picture: u32,
    /// Changed by a colleague.
    pub changed: u32,
}

impl NoteCounts {
    /// Returns the count of one note.
    pub fn of(&mut self, kind: NoteKind) -> &mut u32 {
        match kind {
            NoteKind::EndsSoon => &mut self.ends_soon,
            NoteKind::StartsSoon => &mut self.starts_soon,
            NoteKind::NoPicture => &mut self.no_picture,
            NoteKind::Changed => &mut self.changed,
        }
    }
}
