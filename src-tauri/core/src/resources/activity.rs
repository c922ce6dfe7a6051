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
    const OF_PEOPLE: [Self; 4] =
        [Self::ColleagueOnDuty, Self::ColleagueOffDuty, Self::OwnDutyChanged, Self::GuestMessage];

    /// All of them, those of which nothing is ever heard included.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = Kind::ALL.into_iter().flat_map(|kind| Deed::ALL.map(|deed| Self::Of(kind, deed)));
        of.chain(Self::OF_PEOPLE)
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
        match self {
            Self::Of(kind, deed) => format!("{}_{}", kind.resource().name, deed.name()),
            Self::ColleagueOnDuty => "colleague_on_duty".to_owned(),
            Self::ColleagueOffDuty => "colleague_off_duty".to_owned(),
            Self::OwnDutyChanged => "own_duty_changed".to_owned(),
            Self::GuestMessage => "guest_message".to_owned(),
        }
    }

    /// The one of this name; none for what this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        // The name of versions before 2026-11-23.
        let name = if name == "room_types_changed" { "room_type_changed" } else { name };
        let of = Deed::ALL.into_iter().find_map(|deed| {
            let kind = name.strip_suffix(deed.name())?.strip_suffix('_')?;
            Some(Self::Of(Kind::named(kind)?, deed))
        });
        of.or_else(|| Self::OF_PEOPLE.into_iter().find(|kind| kind.name() == name))
    }
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Created, Self::Updated, Self::Deleted, Self::PictureUpdated, Self::Changed];

    fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::PictureUpdated => "picture_updated",
            Self::Changed => "changed",
        }
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
    /// This desk removed it.
    RemovedHere(About),
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
            Self::RemovedHere(about) => f.debug_tuple("RemovedHere").field(about).finish(),
            Self::PictureTakenOut(about) => f.debug_tuple("PictureTakenOut").field(about).finish(),
            Self::Duty { on_duty, .. } => f.debug_tuple("Duty").field(on_duty).finish(),
            Self::OwnDuty { on_duty } => f.debug_tuple("OwnDuty").field(on_duty).finish(),
            Self::GuestWrote { .. } => f.write_str("GuestWrote"),
        }
    }
}

impl Happening {
    /// This desk did it.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::RemovedHere(_))
    }

    /// Under which heading it stands in the history.
    pub fn kind(&self) -> ActivityKind {
        match self {
            Self::Made(about) => about.was(|deeds| deeds.made.unwrap_or(deeds.changed)),
            Self::Changed(about) | Self::PictureTakenOut(about) => about.was(|deeds| deeds.changed),
            Self::PictureChanged(about) => about.was(|deeds| deeds.picture),
            Self::Removed(about) | Self::RemovedHere(about) => about.was(|deeds| deeds.removed),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_so_is_what_an_earlier_version_wrote() {
        for kind in ActivityKind::all() {
            assert_eq!(ActivityKind::named(&kind.name()), Some(kind));
        }
        let before = ActivityKind::named("room_types_changed");
        assert_eq!(before, Some(ActivityKind::Of(Kind::RoomType, Deed::Changed)));
        for unknown in ["offer", "offer_", "_created", "chat_created", "offer_picture", ""] {
            assert_eq!(ActivityKind::named(unknown), None, "{unknown}");
        }
    }
}
