//! What happens at the hotel: what colleagues do, and what guests write.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Kind;
use crate::private::hides;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A colleague made an offer.
    OfferCreated,
    /// A colleague changed an offer.
    OfferUpdated,
    /// A colleague removed an offer.
    OfferDeleted,
    /// A colleague changed an offer's picture.
    OfferPictureUpdated,
    /// A colleague added, changed or removed a room type.
    RoomTypesChanged,
    /// A colleague changed the branding.
    BrandingChanged,
    /// A colleague changed a gallery.
    GalleryChanged,
    /// A colleague came on duty.
    ColleagueOnDuty,
    /// A colleague went off duty.
    ColleagueOffDuty,
    /// My own duty changed elsewhere.
    OwnDutyChanged,
    /// A guest wrote, and waits for an answer.
    GuestMessage,
}

/// What a colleague's change of a resource is.
pub struct ActivityKinds {
    /// One was made; none where they were always there.
    pub made: Option<ActivityKind>,
    /// Its fields were changed.
    pub changed: ActivityKind,
    /// It was removed.
    pub removed: ActivityKind,
    /// A picture of it was changed. Where that is the same as a change, one of the two is told.
    pub picture: ActivityKind,
}

impl ActivityKinds {
    /// All of it is the same.
    pub(super) const fn all(kind: ActivityKind) -> Self {
        Self { made: Some(kind), changed: kind, removed: kind, picture: kind }
    }
}

/// Something that happened, as it is kept: what it was, and its parameters. How it is said stands in the catalogue.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// A colleague made one.
    Made(About),
    /// A colleague changed its fields.
    Changed(About),
    /// A colleague changed a picture of it.
    PictureChanged(About),
    /// A colleague removed it.
    Removed(About),
    /// A colleague took out a picture that this desk put in.
    PictureTakenOut(About),
    /// Somebody came on or went off duty.
    Duty {
        /// Their name; may be empty.
        name: String,
        /// On duty now.
        on_duty: bool,
    },
    /// The person themselves was clocked in or out elsewhere.
    OwnDuty {
        /// On duty now.
        on_duty: bool,
    },
    /// A guest wrote.
    GuestWrote {
        /// The room's number, where it is known.
        room: Option<String>,
        /// The text in one line; empty where it is a file alone.
        text: String,
    },
}

/// What a colleague did something to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it is.
    pub kind: Kind,
    /// Its title at that time; may be empty.
    pub title: String,
}

hides!(About { kind; title });

impl fmt::Debug for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Made(about) => f.debug_tuple("Made").field(about).finish(),
            Self::Changed(about) => f.debug_tuple("Changed").field(about).finish(),
            Self::PictureChanged(about) => f.debug_tuple("PictureChanged").field(about).finish(),
            Self::Removed(about) => f.debug_tuple("Removed").field(about).finish(),
            Self::PictureTakenOut(about) => f.debug_tuple("PictureTakenOut").field(about).finish(),
            Self::Duty { on_duty, .. } => f.debug_tuple("Duty").field(on_duty).finish(),
            Self::OwnDuty { on_duty } => f.debug_tuple("OwnDuty").field(on_duty).finish(),
            Self::GuestWrote { .. } => f.write_str("GuestWrote"),
        }
    }
}

impl Happening {
    /// Under which heading it stands in the history.
    pub fn kind(&self) -> ActivityKind {
        match self {
            Self::Made(about) => about.activities().made.unwrap_or(about.activities().changed),
            Self::Changed(about) | Self::PictureTakenOut(about) => about.activities().changed,
            Self::PictureChanged(about) => about.activities().picture,
            Self::Removed(about) => about.activities().removed,
            Self::Duty { on_duty: true, .. } => ActivityKind::ColleagueOnDuty,
            Self::Duty { on_duty: false, .. } => ActivityKind::ColleagueOffDuty,
            Self::OwnDuty { .. } => ActivityKind::OwnDutyChanged,
            Self::GuestWrote { .. } => ActivityKind::GuestMessage,
        }
    }
}

impl About {
    fn activities(&self) -> &'static ActivityKinds {
        &self.kind.resource().activities
    }
}
