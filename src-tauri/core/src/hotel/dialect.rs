//! What servers call things: paths, fields, channel and events of the dialects, as data.
//!
//! No one server serves everything that the documents describe (CONTRACT.md, "three dialects"). They agree about
//! offers, room types and settings, and differ in their galleries and in the clock. Which gallery a server has is told
//! by what can be read; nothing else in the program asks for a dialect by name.

use serde::{Deserialize, Serialize};

use crate::ids::ServerId;
use crate::resources::{self, Kind};

/// How a server keeps its galleries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GalleryDialect {
    /// One flat list, under `gallery/` as the documents write it (CONTRACT.md 5.1).
    Flat,
    /// The same under `settings/gallery/`, as the server of that day had it.
    FlatInSettings,
    /// Galleries as objects with pictures as rows (CONTRACT.md 5.2).
    Objects,
}

/// The names of a gallery dialect.
#[derive(Debug, PartialEq, Eq)]
pub enum GalleryNames {
    /// A list of addresses in the settings.
    Flat {
        /// The folder of the requests.
        folder: &'static [&'static str],
        /// The last part of the path, the form field, and the answer's field of an upload.
        upload: (&'static str, &'static str, &'static str),
        /// The last part of the path of a new order, and the field of the list there and in the settings.
        reorder: (&'static str, &'static str),
        /// The last part of the path, and the field, of a removal.
        remove: (&'static str, &'static str),
    },
    /// Rows in objects.
    Objects {
        /// The last part of the path, and the form fields of the picture and its caption, of an upload.
        upload: (&'static str, &'static str, &'static str),
        /// The last part of the path, and the field, of a new order.
        reorder: (&'static str, &'static str),
    },
}

const fn flat(folder: &'static [&'static str]) -> GalleryNames {
    GalleryNames::Flat {
        folder,
        upload: ("upload", "image", "url"),
        reorder: ("reorder", "gallery"),
        remove: ("remove", "url"),
    }
}

static FLAT: GalleryNames = flat(&["gallery"]);
static FLAT_IN_SETTINGS: GalleryNames = flat(&["settings", "gallery"]);
static OBJECTS: GalleryNames = GalleryNames::Objects {
    upload: ("upload_image", "image", "caption"),
    reorder: ("reorder_images", "image_ids"),
};

impl GalleryDialect {
    /// All of them, in the order in which a server is asked.
    pub const ALL: [Self; 3] = [Self::Flat, Self::FlatInSettings, Self::Objects];

    /// What it calls things.
    pub fn names(self) -> &'static GalleryNames {
        match self {
            Self::Flat => &FLAT,
            Self::FlatInSettings => &FLAT_IN_SETTINGS,
            Self::Objects => &OBJECTS,
        }
    }

    /// It is one list in the settings.
    pub fn is_flat(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// A picture can be taken out again. Of rows no server lets anybody remove one (CONTRACT.md 5.2).
    pub fn can_remove(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// New pictures can have a caption.
    pub fn has_captions(self) -> bool {
        matches!(self, Self::Objects)
    }
}

/// How old a server is, as far as what it says of oneself shows it (CONTRACT.md 3.2, 9.2). Its channels, and of what
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

/// What hangs on the generation of a server.
#[derive(Debug, PartialEq, Eq)]
pub struct Voice {
    /// What stands before and behind the slug in the name of the hotel's channel.
    hotel: (&'static str, &'static str),
    /// What stands before and behind the staff number in the name of a person's own channel, which begins with the slug.
    own: (&'static str, &'static str),
    /// The clock can be pressed with the sign-in alone.
    pub has_clock: bool,
}

static FIRST: Voice = Voice { hotel: (HOTEL, ""), own: ("-staff-", "-chat"), has_clock: true };
static BETWEEN: Voice = Voice { has_clock: false, hotel: (HOTEL, ""), own: ("-staff-", "-chat") };
/// The channels of rooms, bookings and room service carry nothing that this program shows.
static CURRENT: Voice =
    Voice { hotel: ("", ".attendance"), own: (".staff-", "-notifications"), has_clock: false };

/// What stands before the slug in the names of channels of the first servers.
const HOTEL: &str = "hotel-";

impl Generation {
    /// Its events tell every change of this resource.
    pub fn sends_every_change_of(self, kind: Kind) -> bool {
        match kind.resource().voice {
            resources::Voice::All => true,
            resources::Voice::First => self == Self::First,
            resources::Voice::None => false,
        }
    }

    /// What hangs on it.
    pub fn voice(self) -> &'static Voice {
        match self {
            Self::First => &FIRST,
            Self::Between => &BETWEEN,
            Self::Current => &CURRENT,
        }
    }

    /// The hotel's public channel, from its slug.
    ///
    /// The documents show `hotel-killarney` where they mean the slug `killarney`; a prefix that is already there
    /// is not put in front again (CONTRACT.md 10.1).
    pub fn hotel_channel(self, slug: &str) -> String {
        let (before, behind) = self.voice().hotel;
        if before.is_empty() { format!("{slug}{behind}") } else { format!("{before}{}", bare_slug(slug)) }
    }

    /// The channel over which only this person hears; none for a number that no staff record has.
    pub fn own_channel(self, slug: &str, staff: ServerId) -> Option<String> {
        let (before, behind) = self.voice().own;
        (staff.0 > 0).then(|| format!("{slug}{before}{staff}{behind}", staff = staff.0))
    }
}

/// A slug without the prefix of a channel.
pub fn bare_slug(slug: &str) -> &str {
    slug.strip_prefix(HOTEL).unwrap_or(slug)
}
