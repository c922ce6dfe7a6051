//! What a hotel has: one file a resource, and one line for each in [`Kind`].
//!
//! A [`Resource`] declares itself by data and by functions that touch neither a database nor the network: its fields,
//! where it lies at the server, how its answers and its events are read, and what a colleague's change of it is called.
//! The rest of the core asks a [`Kind`] for its declaration, and names none of them.

mod activity;
mod branding;
mod copy;
mod duty;
mod events;
mod galleries;
mod offers;
mod part;
mod room_types;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::catalogue::text;
use crate::records::{Fields, Table};
pub use activity::{About, ActivityKind, ActivityKinds, Deed, Happening};
pub use branding::PartialCopy;
pub use copy::{ONLY_ONE, ServerCopy, ServerPicture, ServerRecord};
pub use duty::{Duty, DutyNotice, DutyStatus, DutyUpdate};
pub use events::{EventRule, Said, Unreadable, said};
pub use galleries::{ImageStep, ServerGallery, ServerImage, read_flat_gallery, read_gallery, read_image};
pub use offers::{OfferState, offer_state};
pub use part::{Outage, Part, PartState, Refusal};

/// The resources of which a copy is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An offer (contract.md 4).
    Offer,
    /// A room type (contract.md 7).
    RoomType,
    /// The hotel's settings; there is one of them (contract.md 6).
    Branding,
    /// A gallery (contract.md 5).
    Gallery,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Offer, Self::RoomType, Self::Branding, Self::Gallery];

    /// What it declares.
    pub fn resource(self) -> &'static Resource {
        match self {
            Self::Offer => &offers::OFFERS,
            Self::RoomType => &room_types::ROOM_TYPES,
            Self::Branding => &branding::BRANDING,
            Self::Gallery => &galleries::GALLERIES,
        }
    }

    /// The fields and pictures of its records.
    pub fn table(self) -> &'static Table {
        self.resource().table
    }

    /// What one of them is called inside of a sentence.
    pub fn one(self) -> String {
        text(&format!("noun-one-{}", self.resource().name), &[])
    }

    /// What several of them are called.
    pub fn many(self) -> String {
        text(&format!("noun-many-{}", self.resource().name), &[])
    }

    /// So many of them.
    pub fn counted(self, count: u32) -> String {
        text(&format!("noun-counted-{}", self.resource().name), &[("count", count.into())])
    }

    /// The one of this name; none for what this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.resource().name == name)
    }
}

/// What a resource declares.
pub struct Resource {
    /// Kept in databases, logs and file names: never changed once released.
    pub name: &'static str,
    /// The name under which it is kept what the server has of it.
    pub part: &'static str,
    /// The name under which it is kept when all of it was last read.
    pub as_of: &'static str,
    /// The fields and pictures of its records.
    pub table: &'static Table,
    /// Where it lies at the server.
    pub location: Location,
    /// The manner in which its changes are sent.
    pub send: Send,
    /// Reads an item of a list or an answer.
    pub read: fn(&Value) -> Result<ServerCopy, serde_json::Error>,
    /// What one is to a guest on a day in the hotel's zone; none where there is nothing to say of it.
    pub state: fn(&Fields, Date) -> Option<OfferState>,
    /// The order of records with the same `sort_order`.
    pub ties: Ties,
    /// What a colleague's change of it is.
    pub activities: ActivityKinds,
    /// Of which servers events tell every change of it.
    pub voice: Voice,
    /// The events that tell of it.
    pub events: &'static [EventRule],
}

/// The state of what has no dates: guests see it unless staff have switched it off.
fn hidden_or_none(fields: &Fields, _today: Date) -> Option<OfferState> {
    (!fields.flag("is_active")).then_some(OfferState::Hidden)
}

/// The order of records with the same `sort_order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// The newest comes first (contract.md 4.2).
    Newest,
    /// By name (contract.md 7).
    Name,
}

/// The manner in which changes of a resource are sent. It alone decides which operations the outbox accepts, and how the
/// sender carries them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// Reads the entity, merges field by field, and sends what differs. After a lost answer the entity is read and
    /// compared before anything is sent again.
    Merge,
    /// Reads the list, applies one step to it, and sends the list. A repeated step changes nothing, so it is sent again
    /// after a lost answer.
    Steps,
    /// Sends a new entity, and never sends it again by itself. After a lost answer the list is read; if it does not show
    /// the entity, a person decides.
    Once,
    /// Sends nothing: the resource can only be read.
    Never,
}

/// Of which servers events tell every change of a resource (contract.md 12, trap 23). Otherwise it is read as often as
/// if nobody listened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Of all.
    All,
    /// Of those of November 2025.
    First,
    /// Of none: some of its changes have no event.
    None,
}

/// Where a resource lies under `/api/staff/hotel/{slug}/`.
#[derive(Debug, Clone, Copy)]
pub enum Location {
    /// A list of records with numbers.
    List {
        /// The path of the list.
        path: &'static str,
        /// The last part of the path to which a record's picture is uploaded.
        upload: &'static str,
    },
    /// There is one, without a number. Its pictures are fields of it.
    One {
        /// Its path.
        path: &'static str,
        /// What else the same answer tells, if it does.
        brings: fn(&Value) -> Option<ServerCopy>,
    },
    /// It is kept as a list of numbered ones, with requests of its own; or there is one, which comes with another
    /// resource.
    Own {
        /// The path of the list.
        path: &'static str,
        /// That resource, whose place is [`One`](Self::One).
        comes_with: Kind,
        /// The path at which servers list it that keep it in a form which this program cannot read.
        other_form: &'static str,
    },
}

#[cfg(test)]
mod tests;
