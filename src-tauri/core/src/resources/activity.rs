//! Activities at the hotel: changes made by colleagues and messages from guests.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::Kind;
use crate::private::hides;

/// The category of an activity in the history. Databases store its [`name`](Self::name).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(
    export,
    type = "`${string}_${'created' | 'updated' | 'deleted' | 'picture_updated' | 'changed'}` | 'colleague_on_duty' | \
            'colleague_off_duty' | 'own_duty_changed' | 'guest_message'"
)]
pub enum ActivityKind {
    /// A colleague changed an entity of this kind.
    Of(Kind, Deed),
    /// A colleague came on duty.
    ColleagueOnDuty,
    /// A colleague went off duty.
    ColleagueOffDuty,
    /// The person's own duty changed elsewhere.
    OwnDutyChanged,
    /// A guest sent a message that needs an answer.
    GuestMessage,
}

/// The type of a change that a colleague made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// The entity was created.
    Created,
    /// The fields of the entity were changed.
    Updated,
    /// The entity was removed.
    Deleted,
    /// A picture of the entity was changed.
    PictureUpdated,
    /// Any of the above: most resources do not distinguish them.
    Changed,
}

impl ActivityKind {
    const OF_PEOPLE: [Self; 4] =
        [Self::ColleagueOnDuty, Self::ColleagueOffDuty, Self::OwnDutyChanged, Self::GuestMessage];

    /// Returns all activity kinds, including those that no event ever announces.
    pub fn all() -> impl Iterator<Item = Self> {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.resource().activities.is_some());
        let of = kinds.flat_map(|kind| Deed::ALL.map(|deed| Self::Of(kind, deed)));
        of.chain(Self::OF_PEOPLE)
    }

    /// Returns the resource that the activity is about, or `None` if it is about people.
    pub fn about(self) -> Option<Kind> {
        match self {
            Self::Of(kind, _) => Some(kind),
            _ => None,
        }
    }

    /// The name in databases and on the command line, such as `offer_created`.
    pub fn name(self) -> String {
        match self {
            Self::Of(kind, deed) => format!("{}_{}", kind.resource().name, deed.name()),
            Self::ColleagueOnDuty => "colleague_on_duty".to_owned(),
            Self::ColleagueOffDuty => "colleague_off_duty".to_owned(),
            Self::OwnDutyChanged => "own_duty_changed".to_owned(),
            Self::GuestMessage => "guest_message".to_owned(),
        }
    }

    /// Returns the activity kind of this name, or `None` if this version does not know it.
    pub fn named(name: &str) -> Option<Self> {
        let of = Deed::ALL.into_iter().find_map(|deed| {
            let kind = name.strip_suffix(deed.name())?.strip_suffix('_')?;
            Some(Self::Of(Kind::named(kind)?, deed))
        });
        of.or_else(|| Self::OF_PEOPLE.into_iter().find(|kind| kind.name() == name))
    }
}

impl Deed {
    /// All deeds.
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

/// The deeds under which a colleague's changes of a resource are recorded.
pub struct ActivityKinds {
    /// An entity was created. `None` where the entities always existed.
    pub made: Option<Deed>,
    /// The fields were changed.
    pub changed: Deed,
    /// The entity was removed.
    pub removed: Deed,
    /// A picture was changed. Where this equals `changed`, only one of the two is announced.
    pub picture: Deed,
}

impl ActivityKinds {
    /// All changes are recorded alike.
    pub(super) const ALIKE: Self = Self {
        made: Some(Deed::Changed),
        changed: Deed::Changed,
        removed: Deed::Changed,
        picture: Deed::Changed,
    };
}

/// A stored activity: its type and its parameters. The catalogue contains the wording.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// A colleague created an entity.
    Made(About),
    /// A colleague changed the fields of an entity.
    Changed(About),
    /// A colleague changed a picture of an entity.
    PictureChanged(About),
    /// A colleague removed an entity.
    Removed(About),
    /// This desk removed an entity.
    RemovedHere(About),
    /// A colleague removed a picture that this desk had added.
    PictureTakenOut(About),
    /// A person came on or went off duty.
    Duty {
        /// The person's name; may be empty.
        name: String,
        /// Whether the person is on duty now.
        on_duty: bool,
    },
    /// The person at this desk was clocked in or out elsewhere.
    OwnDuty {
        /// Whether the person is on duty now.
        on_duty: bool,
    },
    /// A guest sent a message.
    GuestWrote {
        /// The room's number, if it is known.
        room: Option<String>,
        /// The text in one line; empty if the message is only a file.
        text: String,
    },
}

/// The entity that an activity is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The kind of the entity.
    pub kind: Kind,
    /// The entity's title at that time; may be empty.
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
    /// Returns true if the activity contains a guest's text. The database then stores it sealed (`vault.rs`).
    pub fn is_private(&self) -> bool {
        matches!(self, Self::GuestWrote { .. })
    }

    /// Returns true if this desk caused the activity.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::RemovedHere(_))
    }

    /// Returns the category of the activity in the history.
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
        ActivityKind::Of(self.kind, self.kind.resource().activities.as_ref().map_or(Deed::Changed, deed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in ActivityKind::all() {
            assert_eq!(ActivityKind::named(&kind.name()), Some(kind));
        }
        for unknown in ["offer", "offer_", "_created", "chat_created", "offer_picture", ""] {
            assert_eq!(ActivityKind::named(unknown), None, "{unknown}");
        }
    }
}
