//! The names that servers use, as data: paths, fields, channels and events of the dialects.
//!
//! No server has everything that the documents describe (contract.md, "three dialects"). The servers agree about
//! offers, room types and settings, and differ in their galleries and in the clock. The program finds the gallery form
//! and the age of a server by reading; nothing in it depends on the name of a dialect.

use serde::{Deserialize, Serialize};

use crate::ids::ServerId;
use crate::resources::{Kind, Voice};

/// The form in which a server keeps its galleries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GalleryDialect {
    /// One flat list, under `gallery/` as in the documents (contract.md 5.1).
    Flat,
    /// The same list under `settings/gallery/`, as in the server of the documents' date.
    FlatInSettings,
    /// Galleries as objects, with pictures as rows (contract.md 5.2).
    Objects,
}

impl GalleryDialect {
    /// All forms, in the order in which a server is asked for them.
    pub const ALL: [Self; 3] = [Self::Flat, Self::FlatInSettings, Self::Objects];

    /// Returns the path of the requests about a flat list, or `None` if each gallery has an address of its own.
    pub fn folder(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Flat => Some(&["gallery"]),
            Self::FlatInSettings => Some(&["settings", "gallery"]),
            Self::Objects => None,
        }
    }

    /// Returns true if the gallery is one list in the settings.
    pub fn is_flat(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// Returns true if the server can remove a picture from the gallery. No server removes rows (contract.md 5.2).
    pub fn can_remove(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// Returns true if new pictures can have a caption.
    pub fn has_captions(self) -> bool {
        matches!(self, Self::Objects)
    }
}

/// The age of a server, as its answer about the person shows it (contract.md 3.2, 9.2). The names of its channels and
/// the events on them depend on it. A confirmed subscription proves neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generation {
    /// The servers of November 2025, and the server of the documents.
    #[default]
    First,
    /// The server of December 2025.
    Between,
    /// The server of 2026.
    Current,
}

/// The way in which a server's clock is pressed without a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockWay {
    /// One request that changes the state into the other one (contract.md 9.5).
    Toggle,
    /// Two requests: one opens a clock log, and one closes it (contract.md 9.2, 9.3). A repetition changes nothing.
    Logs,
}

/// The prefix of the slug in the channel names of the first servers.
const HOTEL: &str = "hotel-";

impl Generation {
    /// Returns true if the server sends an event for every change of this resource.
    pub fn sends_every_change_of(self, kind: Kind) -> bool {
        match kind.resource().voice {
            Voice::All => true,
            Voice::First => self == Self::First,
            Voice::None => false,
        }
    }

    /// Returns the way in which the clock is pressed with the sign-in alone. The server may still not have it.
    pub fn clock_way(self) -> ClockWay {
        match self {
            Self::First => ClockWay::Toggle,
            Self::Between | Self::Current => ClockWay::Logs,
        }
    }

    /// Returns the name of the hotel's public channel.
    ///
    /// The documents show `hotel-killarney` where they mean the slug `killarney`. A prefix that is already there is not
    /// added again (contract.md 10.1).
    pub fn hotel_channel(self, slug: &str) -> String {
        match self {
            Self::First | Self::Between => format!("{HOTEL}{}", bare_slug(slug)),
            // The channels of rooms, bookings and room service carry nothing that this program shows.
            Self::Current => format!("{slug}.attendance"),
        }
    }

    /// Returns the name of the person's own channel, or `None` for a number that no staff record has.
    pub fn own_channel(self, slug: &str, staff: ServerId) -> Option<String> {
        (staff.0 > 0).then(|| match self {
            Self::First | Self::Between => format!("{slug}-staff-{staff}-chat"),
            Self::Current => format!("{slug}.staff-{staff}-notifications"),
        })
    }

    /// Returns the name of the channel with the events of a conversation (contract.md 8.4).
    pub fn conversation_channel(self, slug: &str, conversation: ServerId) -> String {
        format!("{slug}{BEFORE_CONVERSATION}{conversation}{AFTER_CONVERSATION}")
    }

    /// Returns the name of the channel that the guest of a room hears (contract.md 8.4), or `None` if staff cannot join
    /// it.
    pub fn room_channel(self, slug: &str, room: &str) -> Option<String> {
        match self {
            Self::First | Self::Between => Some(format!("{slug}{BEFORE_ROOM}{room}{AFTER_CONVERSATION}")),
            Self::Current => None,
        }
    }

    /// Returns the name of the channel that announces new conversations, or `None` if the server has none.
    pub fn new_conversations_channel(self, slug: &str) -> Option<String> {
        match self {
            Self::First | Self::Between => Some(format!("{slug}-new-conversation")),
            Self::Current => None,
        }
    }

    /// Returns the name of the channel with a manager's decisions about the person's clock logs (contract.md 9.3), or
    /// `None` where there is none.
    pub fn clock_channel(self, slug: &str, staff: ServerId) -> Option<String> {
        let has_logs = self.clock_way() == ClockWay::Logs && staff.0 > 0;
        has_logs.then(|| format!("attendance-{slug}-staff-{staff}"))
    }
}

const BEFORE_CONVERSATION: &str = "-conversation-";
const BEFORE_ROOM: &str = "-room-";
const AFTER_CONVERSATION: &str = "-chat";

/// Returns the conversation of a channel, or `None` for another channel.
pub fn conversation_of(slug: &str, channel: &str) -> Option<ServerId> {
    let number = channel.strip_prefix(slug)?.strip_prefix(BEFORE_CONVERSATION)?;
    number.strip_suffix(AFTER_CONVERSATION)?.parse().ok().map(ServerId)
}

/// Returns true for the channel that the guest of a room hears.
pub fn is_of_room(slug: &str, channel: &str) -> bool {
    let room = channel.strip_prefix(slug).and_then(|rest| rest.strip_prefix(BEFORE_ROOM));
    room.is_some_and(|room| room.ends_with(AFTER_CONVERSATION))
}

/// Returns the slug without the prefix of a channel.
pub fn bare_slug(slug: &str) -> &str {
    slug.strip_prefix(HOTEL).unwrap_or(slug)
}
