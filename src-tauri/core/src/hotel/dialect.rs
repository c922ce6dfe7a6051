//! What servers call things: paths, fields, channel and events of the dialects, as data.
//!
//! No one server serves everything that the documents describe (contract.md, "three dialects"). They agree about
//! offers, room types and settings, and differ in their galleries and in the clock. Which gallery a server has is told
//! by what can be read; nothing else in the program asks for a dialect by name.

use serde::{Deserialize, Serialize};

use crate::ids::ServerId;
use crate::resources::{Kind, Voice};

/// How a server keeps its galleries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GalleryDialect {
    /// One flat list, under `gallery/` as the documents write it (contract.md 5.1).
    Flat,
    /// The same under `settings/gallery/`, as the server of that day had it.
    FlatInSettings,
    /// Galleries as objects with pictures as rows (contract.md 5.2).
    Objects,
}

impl GalleryDialect {
    /// All of them, in the order in which a server is asked.
    pub const ALL: [Self; 3] = [Self::Flat, Self::FlatInSettings, Self::Objects];

    /// The folder of the requests about a flat list; none where each gallery has an address of its own.
    pub fn folder(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Flat => Some(&["gallery"]),
            Self::FlatInSettings => Some(&["settings", "gallery"]),
            Self::Objects => None,
        }
    }

    /// It is one list in the settings.
    pub fn is_flat(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// A picture can be taken out again. Of rows no server lets anybody remove one (contract.md 5.2).
    pub fn can_remove(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// New pictures can have a caption.
    pub fn has_captions(self) -> bool {
        matches!(self, Self::Objects)
    }
}

/// How old a server is, as far as what it says of oneself shows it (contract.md 3.2, 9.2). Its channels, and of what
/// events come over them, hang on that; a confirmed subscription says nothing about either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generation {
    /// Those of November 2025, and the one of the documents.
    #[default]
    First,
    /// That of December 2025.
    Between,
    /// That of 2026.
    Current,
}

/// What stands before the slug in the names of channels of the first servers.
const HOTEL: &str = "hotel-";

impl Generation {
    /// Its events tell every change of this resource.
    pub fn sends_every_change_of(self, kind: Kind) -> bool {
        match kind.resource().voice {
            Voice::All => true,
            Voice::First => self == Self::First,
            Voice::None => false,
        }
    }

    /// The clock can be pressed with the sign-in alone.
    pub fn has_clock(self) -> bool {
        self == Self::First
    }

    /// The hotel's public channel, from its slug.
    ///
    /// The documents show `hotel-killarney` where they mean the slug `killarney`; a prefix that is already there
    /// is not put in front again (contract.md 10.1).
    pub fn hotel_channel(self, slug: &str) -> String {
        match self {
            Self::First | Self::Between => format!("{HOTEL}{}", bare_slug(slug)),
            // Those of rooms, bookings and room service carry nothing that this program shows.
            Self::Current => format!("{slug}.attendance"),
        }
    }

    /// The channel over which only this person hears; none for a number that no staff record has.
    pub fn own_channel(self, slug: &str, staff: ServerId) -> Option<String> {
        (staff.0 > 0).then(|| match self {
            Self::First | Self::Between => format!("{slug}-staff-{staff}-chat"),
            Self::Current => format!("{slug}.staff-{staff}-notifications"),
        })
    }
}

/// A slug without the prefix of a channel.
pub fn bare_slug(slug: &str) -> &str {
    slug.strip_prefix(HOTEL).unwrap_or(slug)
}
