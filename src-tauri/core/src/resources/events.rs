//! What an event of the hotel's channel says, in words that hold for every resource.

use std::fmt;

use serde_json::Value;

use super::branding::PartialCopy;
use super::duty::{self, DutyUpdate};
use super::{Kind, ServerCopy};
use crate::ids::ServerId;
use crate::private::Private;

/// An event's name, and how its data are read. No name means two things.
pub type EventRule = (&'static str, fn(&Value) -> Result<Said, String>);

/// What an event says.
#[derive(Clone, PartialEq)]
pub enum Said {
    /// This is how it is now.
    Copy(ServerCopy),
    /// Some of it is so now.
    Partly(PartialCopy),
    /// It has another picture.
    Picture {
        /// What it is.
        kind: Kind,
        /// Which.
        id: ServerId,
        /// Its title as it was when the upload began, where the event says it; may be empty.
        title: Option<String>,
        /// Where the new picture is; none when there is none.
        photo_url: Option<String>,
    },
    /// Something about it changed; nobody says what.
    Changed {
        /// What it is.
        kind: Kind,
        /// Which.
        id: ServerId,
    },
    /// It is gone.
    Tombstone {
        /// What it is.
        kind: Kind,
        /// Which.
        id: ServerId,
    },
    /// Something in the list changed.
    List(Kind),
    /// A picture was uploaded for it, and is in its list not yet.
    Uploaded {
        /// What it is.
        kind: Kind,
        /// Which.
        id: ServerId,
        /// Where it is.
        url: String,
    },
    /// Somebody came on or went off duty.
    Duty(DutyUpdate),
}

/// An event that is ours by name, but not by content: what is wrong with it, without its values.
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

/// What an event of this name says; none when no resource declares it.
pub fn said(name: &str, data: &Value) -> Option<Result<Said, Unreadable>> {
    let of_kinds = Kind::ALL.into_iter().flat_map(|kind| kind.resource().events);
    let (_, read) = of_kinds.chain(duty::EVENTS).find(|(known, _)| *known == name)?;
    Some(read(data).map_err(Unreadable))
}

pub(super) fn number(data: &Value, key: &str) -> Result<ServerId, String> {
    data[key].as_i64().map(ServerId).ok_or_else(|| format!("it has no {key}"))
}

pub(super) fn photo_url(data: &Value) -> Option<String> {
    super::copy::text(&data["photo_url"])
}
