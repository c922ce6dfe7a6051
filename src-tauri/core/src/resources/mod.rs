//! The resources of a hotel: one file for each resource, and one variant of [`Kind`].
//!
//! A [`Resource`] is a declaration. It consists of data and of functions that access neither a database nor the
//! network: the fields, the location at the server, the readers of answers and events, and the names of a colleague's
//! changes. The rest of the core asks a [`Kind`] for its declaration and does not name individual resources.

mod activity;
mod branding;
mod chat;
mod chat_file;
mod copy;
mod duty;
mod events;
mod galleries;
mod images;
mod offers;
mod part;
mod partial_copy;
mod public;
mod room_types;
mod said;
mod team;
mod values;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::catalogue::text;
use crate::ids::ServerId;
use crate::records::{Fields, Table};
pub use activity::{About, ActivityKind, ActivityKinds, Deed, Happening};
pub use chat::{ChatEvent, MessageContent, Sender, ServerMessage, chat_event, room, written};
pub use chat_file::{MAX_FILE_BYTES, MessageFile, NewFile, file_type, safe_name};
pub use copy::{ServerCopy, ServerPicture, ServerRecord};
pub use duty::{Duty, DutyNotice, DutyStatus, DutyUpdate};
pub use events::said;
pub use images::{ImageStep, ServerGallery, ServerImage, read_flat_gallery, read_gallery, read_image};
pub use offers::{OfferState, offer_state};
pub use part::{Outage, Part, PartState, Refusal};
pub use partial_copy::PartialCopy;
pub use public::{PublicPage, number_of_title, read_public_page};
pub use said::{EventRule, Said, Unreadable};

/// The number of the single entity of its kind, which has no number at the server.
pub const ONLY_ONE: ServerId = ServerId(0);

/// The kinds of entities of which the desk keeps a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An offer (contract.md 4).
    Offer,
    /// A room type (contract.md 7).
    RoomType,
    /// The hotel's settings, a single entity (contract.md 6).
    Branding,
    /// A gallery (contract.md 5).
    Gallery,
    /// A person of the team (contract.md 9.4).
    Staff,
    /// A conversation with a guest (contract.md 8.2).
    Conversation,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Offer, Self::RoomType, Self::Branding, Self::Gallery, Self::Staff, Self::Conversation];

    /// Returns the declaration of the resource.
    pub fn resource(self) -> &'static Resource {
        match self {
            Self::Offer => &offers::OFFERS,
            Self::RoomType => &room_types::ROOM_TYPES,
            Self::Branding => &branding::BRANDING,
            Self::Gallery => &galleries::GALLERIES,
            Self::Staff => &team::TEAM,
            Self::Conversation => &chat::CONVERSATIONS,
        }
    }

    /// Returns the table of the fields and pictures of its records.
    pub fn table(self) -> &'static Table {
        self.resource().table
    }

    /// Returns the noun for one entity inside a sentence.
    pub fn one(self) -> String {
        text(&format!("noun-one-{}", self.resource().name), &[])
    }

    /// Returns the plural noun.
    pub fn many(self) -> String {
        text(&format!("noun-many-{}", self.resource().name), &[])
    }

    /// Returns the count with its noun.
    pub fn counted(self, count: u32) -> String {
        text(&format!("noun-counted-{}", self.resource().name), &[("count", count.into())])
    }

    /// Returns the kind of this name, or `None` if this version does not know it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.resource().name == name)
    }
}

/// The declaration of a resource.
pub struct Resource {
    /// The name in databases, logs and file names. It never changes after a release.
    pub name: &'static str,
    /// The name under which the database stores whether the server has this resource.
    pub part: &'static str,
    /// The name under which the database stores the time of the last complete reading.
    pub as_of: &'static str,
    /// The fields and pictures of the records.
    pub table: &'static Table,
    /// The location of the resource at the server.
    pub location: Location,
    /// The way in which changes are sent.
    pub send: Send,
    /// True if the copies contain personal data. The database then stores them sealed (`vault.rs`).
    pub is_private: bool,
    /// Reads an entity from an item of a list or from an answer.
    pub read: fn(&Value) -> Result<ServerCopy, serde_json::Error>,
    /// Returns the state of an entity for guests on a day in the hotel's time zone, or `None` if it has no state to
    /// report.
    pub state: fn(&Fields, Date) -> Option<OfferState>,
    /// The order of records with the same `sort_order`.
    pub ties: Ties,
    /// The deeds under which a colleague's changes are recorded; `None` if they are not.
    pub activities: Option<ActivityKinds>,
    /// The servers on which every change has an event.
    pub voice: Voice,
    /// The events about this resource.
    pub events: &'static [EventRule],
}

/// Returns the state of an entity without dates: guests see it unless staff have switched it off.
fn hidden_or_none(fields: &Fields, _today: Date) -> Option<OfferState> {
    (!fields.flag("is_active")).then_some(OfferState::Hidden)
}

/// The order of records with the same `sort_order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// The newest record is first (contract.md 4.2).
    Newest,
    /// Records are ordered by name (contract.md 7).
    Name,
}

/// The way in which changes of a resource are sent. It alone determines which operations the outbox accepts and how
/// the sender executes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// Reads the entity, merges field by field, and sends the differences. After a lost answer the entity is read and
    /// compared before anything is sent again.
    Merge,
    /// Reads the list, applies one step to it, and sends the list. A repeated step changes nothing, so it is sent
    /// again after a lost answer.
    Steps,
    /// Sends a new message of the entity, and never repeats the request automatically. After a lost answer the
    /// messages are read; if they do not contain it, a person decides.
    Once,
    /// Sends nothing: the resource can only be read.
    Never,
}

/// The servers on which every change of a resource has an event (contract.md 12, trap 23). On other servers the
/// resource is read as often as without a live connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// All servers.
    All,
    /// The servers of November 2025.
    First,
    /// No server: some changes have no event.
    None,
}

/// The location of a resource under `/api/staff/hotel/{slug}/`.
#[derive(Debug, Clone, Copy)]
pub enum Location {
    /// A list of records with numbers.
    List {
        /// The path of the list.
        path: &'static str,
        /// The last part of the path to which a record's picture is uploaded.
        upload: &'static str,
    },
    /// A single entity without a number. Its pictures are fields of it.
    One {
        /// The path of the entity.
        path: &'static str,
        /// Reads the second entity that the same answer contains, if there is one.
        brings: fn(&Value) -> Option<ServerCopy>,
    },
    /// A list of numbered entities with requests of its own; on other servers a single entity that comes with another
    /// resource.
    Own {
        /// The path of the list.
        path: &'static str,
        /// The other resource, whose location is [`One`](Self::One).
        comes_with: Kind,
        /// The path of the list on servers that store it in a form that this program cannot read.
        other_form: &'static str,
    },
    /// The list of the hotel's people, which is outside of the hotel's zone. One person has no address.
    Staff {
        /// The path of the list. Some servers want the hotel's slug after it once more.
        path: &'static str,
    },
    /// The list of the guest chat, whose zone depends on the server's generation. One conversation has no address.
    Chat {
        /// The path of the list.
        path: &'static str,
    },
}

impl Location {
    /// Returns true if single entities have addresses, so that one of them can be read.
    pub fn has_addresses(self) -> bool {
        !matches!(self, Self::Staff { .. } | Self::Chat { .. })
    }
}

#[cfg(test)]
mod tests;
