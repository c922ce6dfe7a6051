//! What servers call things: paths, fields, channel and events of the dialects, as data.
//!
//! No one server serves everything that the documents describe (CONTRACT.md, "three dialects"). They agree about
//! offers, room types and settings, and differ in their galleries and in the clock. A desk asks once which of these
//! its server knows ([`Api::probe`](super::Api::probe)) and remembers the answer; nothing else in the program asks
//! for a dialect by name.

use serde::{Deserialize, Serialize};

/// Where a kind of thing lies under `/api/staff/hotel/{slug}/`, and where its picture goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// The list's path.
    pub list: &'static str,
    /// The last part of the path to which a picture is uploaded; none where a picture is a field of the thing itself.
    pub upload: Option<&'static str>,
}

/// Offers (CONTRACT.md 4.2).
pub const OFFERS: Resource = Resource { list: "offers", upload: Some("upload-image") };
/// Room types (CONTRACT.md 7).
pub const ROOM_TYPES: Resource = Resource { list: "room-types", upload: Some("upload-image") };
/// The settings (CONTRACT.md 6).
pub const SETTINGS: Resource = Resource { list: "settings", upload: None };

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
        /// The list's path.
        list: &'static str,
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
    list: "galleries",
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

    /// A picture can be taken out again. Of rows no server lets anybody remove one (CONTRACT.md 5.2).
    pub fn can_remove(self) -> bool {
        !matches!(self, Self::Objects)
    }

    /// New pictures can have a caption.
    pub fn has_captions(self) -> bool {
        matches!(self, Self::Objects)
    }
}

/// What stands before the slug in the name of the hotel's channel.
pub const CHANNEL: &str = "hotel-";

/// What stands before and behind the staff number in the name of a person's own channel, which begins with the slug
/// (CONTRACT.md 8.4, A).
pub const PERSONAL_CHANNEL: (&str, &str) = ("-staff-", "-chat");

/// The event of a person's own channel that tells of a guest's message (CONTRACT.md 8.4, A).
pub const GUEST_WROTE: &str = "new-guest-message";

/// What an event of the hotel's channel is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An offer was made.
    OfferCreated,
    /// An offer was changed.
    OfferUpdated,
    /// An offer was removed.
    OfferDeleted,
    /// An offer has another picture.
    OfferPicture,
    /// Follows each of the above.
    OffersChanged,
    /// Somebody came on or went off duty.
    Duty,
    /// A picture was uploaded for the flat gallery; it is not in it yet.
    ImageUploaded,
    /// The flat gallery was written anew.
    GalleryReordered,
    /// Something in a gallery of rows changed; the event does not say what.
    GalleryUpdated,
    /// The settings were changed.
    SettingsUpdated,
    /// A room type has another picture.
    RoomTypePicture,
}

/// The events of all dialects. No name means two things.
const EVENTS: [(&str, Event); 11] = [
    ("offer-created", Event::OfferCreated),
    ("offer-updated", Event::OfferUpdated),
    ("offer-deleted", Event::OfferDeleted),
    ("offer-image-updated", Event::OfferPicture),
    ("offers-updated", Event::OffersChanged),
    ("clock-status-updated", Event::Duty),
    ("gallery-image-uploaded", Event::ImageUploaded),
    ("gallery-reordered", Event::GalleryReordered),
    ("gallery-updated", Event::GalleryUpdated),
    ("settings-updated", Event::SettingsUpdated),
    ("room-type-image-updated", Event::RoomTypePicture),
];

/// What an event of this name is about; none for one that is not ours.
pub fn event(name: &str) -> Option<Event> {
    EVENTS.iter().find(|(known, _)| *known == name).map(|(_, event)| *event)
}
