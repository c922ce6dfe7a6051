//! The content of the events on the hotel's channel, in types that are common to all resources.

use std::fmt;

use serde_json::Value;

use super::Kind;
use super::copy::ServerCopy;
use super::duty::DutyUpdate;
use super::partial_copy::PartialCopy;
use crate::ids::ServerId;
use crate::private::Private;

/// An event's name and the function that reads its data. Several resources may declare the same name; each reads its
/// own part.
pub type EventRule = (&'static str, fn(&Value) -> Result<Said, String>);

/// The content of an event.
#[derive(Clone, PartialEq)]
pub enum Said {
    /// The complete current state of an entity.
    Copy(ServerCopy),
    /// A part of the current state of an entity.
    Partly(PartialCopy),
    /// The entity has another picture.
    Picture {
        /// The kind of the entity.
        kind: Kind,
        /// The server's number of the entity.
        id: ServerId,
        /// The entity's title when the upload began, if the event contains it; may be empty.
        title: Option<String>,
        /// The address of the new picture; `None` if there is no picture.
        photo_url: Option<String>,
    },
    /// The entity changed in a way that the event does not specify.
    Changed {
        /// The kind of the entity.
        kind: Kind,
        /// The server's number of the entity.
        id: ServerId,
    },
    /// The entity was removed.
    Tombstone {
        /// The kind of the entity.
        kind: Kind,
        /// The server's number of the entity.
        id: ServerId,
    },
    /// The list of this kind changed.
    List(Kind),
    /// A picture was uploaded for the entity, but is not in its list yet.
    Uploaded {
        /// The kind of the entity.
        kind: Kind,
        /// The server's number of the entity.
        id: ServerId,
        /// The address of the picture.
        url: String,
    },
    /// A person came on or went off duty.
    Duty(DutyUpdate),
}

/// An event with a known name and unexpected content. Describes the error without the event's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Copy(copy) => f.debug_tuple("Copy").field(copy).finish(),
            Self::Partly(copy) => f.debug_tuple("Partly").field(copy).finish(),
            Self::Picture { kind, id, title, photo_url } => f
                .debug_struct("Picture")
                .field("kind", kind)
                .field("id", id)
                .field("title", &Private(title))
                .field("photo_url", &Private(photo_url))
                .finish(),
            Self::Changed { kind, id } => f.debug_tuple("Changed").field(kind).field(id).finish(),
            Self::Tombstone { kind, id } => f.debug_tuple("Tombstone").field(kind).field(id).finish(),
            Self::List(kind) => f.debug_tuple("List").field(kind).finish(),
            Self::Uploaded { kind, id, url } => f
                .debug_struct("Uploaded")
                .field("kind", kind)
                .field("id", id)
                .field("url", &Private(url))
                .finish(),
            Self::Duty(update) => f.debug_tuple("Duty").field(update).finish(),
        }
    }
}
