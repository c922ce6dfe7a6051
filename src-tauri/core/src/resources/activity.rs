//! What happens at the hotel: what colleagues do, and what guests write.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::Kind;
use crate::private::hides;

/// Under which heading something stands in the history. Kept in databases by its [`name`](Self::name).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(
    export,
    type = "`${string}_${'created' | 'updated' | 'deleted' | 'picture_updated' | 'changed'}` | 'colleague_on_duty' | \
            'colleague_off_duty' | 'own_duty_changed' | 'guest_message'"
)]
pub enum ActivityKind {
    /// A colleague did this to one of these.
    Of(Kind, Deed),
    /// A colleague came on duty.
    ColleagueOnDuty,
    /// A colleague went off duty.
    ColleagueOffDuty,
    /// My own duty changed elsewhere.
    OwnDutyChanged,
    /// A guest wrote, and waits for an answer.
    GuestMessage,
}

/// What a colleague did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Made it.
    Created,
    /// Changed its fields.
    Updated,
    /// Removed it.
    Deleted,
    /// Changed a picture of it.
    PictureUpdated,
    /// Any of these: of most resources they are not told apart.
    Changed,
}

impl ActivityKind {
    /// All of them, those of which nothing is ever heard included.
    pub fn all() -> impl Iterator<Item = Self> {
        let deeds = [Deed::Created, Deed::Updated, Deed::Deleted, Deed::PictureUpdated, Deed::Changed];
        let of = Kind::ALL.into_iter().flat_map(move |kind| deeds.map(|deed| Self::Of(kind, deed)));
        of.chain([Self::ColleagueOnDuty, Self::ColleagueOffDuty, Self::OwnDutyChanged, Self::GuestMessage])
    }

    /// The resource that it is about; none for people.
    pub fn about(self) -> Option<Kind> {
        match self {
            Self::Of(kind, _) => Some(kind),
            _ => None,
        }
    }

    /// Its name in databases and on the command line: `offer_created`.
    pub fn name(self) -> String {
        let deed = match self {
            Self::ColleagueOnDuty => return "colleague_on_duty".to_owned(),
            Self::ColleagueOffDuty => return "colleague_off_duty".to_owned(),
            Self::OwnDutyChanged => return "own_duty_changed".to_owned(),
            Self::GuestMessage => return "guest_message".to_owned(),
            Self::Of(_, Deed::Created) => "created",
            Self::Of(_, Deed::Updated) => "updated",
            Self::Of(_, Deed::Deleted) => "deleted",
            Self::Of(_, Deed::PictureUpdated) => "picture_updated",
            Self::Of(_, Deed::Changed) => "changed",
        };
        let kind = self.about().map_or("", |kind| kind.resource().name);
        format!("{kind}_{deed}")
    }

    /// The one of this name; none for what this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        // The name of versions before 2026-11-23.
        let name = if name == "room_types_changed" { "room_type_changed" } else { name };
        Self::all().find(|kind| kind.name() == name)
    }
}

impl Serialize for ActivityKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for ActivityKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| {
            let names: Vec<String> = Self::all().map(Self::name).collect();
            D::Error::custom(format!("unknown kind {name}, expected one of {}", names.join(", ")))
        })
    }
}

/// What a colleague's change of a resource is called.
pub struct ActivityKinds {
    /// One was made; none where they were always there.
    pub made: Option<Deed>,
    /// Its fields were changed.
    pub changed: Deed,
    /// It was removed.
    pub removed: Deed,
    /// A picture of it was changed. Where that is the same as a change, one of the two is told.
    pub picture: Deed,
}

impl ActivityKinds {
    /// They are not told apart.
    pub(super) const ALIKE: Self = Self {
        made: Some(Deed::Changed),
        changed: Deed::Changed,
        removed: Deed::Changed,
        picture: Deed::Changed,
    };
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
            Self::Made(about) => about.was(|deeds| deeds.made.unwrap_or(deeds.changed)),
            Self::Changed(about) | Self::PictureTakenOut(about) => about.was(|deeds| deeds.changed),
            Self::PictureChanged(about) => about.was(|deeds| deeds.picture),
            Self::Removed(about) => about.was(|deeds| deeds.removed),
            Self::Duty { on_duty: true, .. } => ActivityKind::ColleagueOnDuty,
            Self::Duty { on_duty: false, .. } => ActivityKind::ColleagueOffDuty,
            Self::OwnDuty { .. } => ActivityKind::OwnDutyChanged,
            Self::GuestWrote { .. } => ActivityKind::GuestMessage,
        }
    }
}

impl About {
    fn was(&self, deed: impl FnOnce(&ActivityKinds) -> Deed) -> ActivityKind {
        ActivityKind::Of(self.kind, deed(&self.kind.resource().activities))
    }
}
