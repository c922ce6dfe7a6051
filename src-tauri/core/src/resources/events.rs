//! What an event of the hotel's channel says, in words that hold for every resource.

use std::fmt;

use serde_json::Value;

use super::branding::PartialCopy;
use super::duty::{self, DutyUpdate};
use super::{Kind, ServerCopy};
use crate::ids::ServerId;
use crate::private::Private;

/// An event's name, and how its data are read. Several resources may declare the same name: each reads its part.
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

/// Returns what an event of this name says to each resource that declares it; nothing when none does.
pub fn said(name: &str, data: &Value) -> Vec<Result<Said, Unreadable>> {
    let of_kinds = Kind::ALL.into_iter().flat_map(|kind| kind.resource().events);
    said_by(of_kinds.chain(duty::EVENTS), name, data)
}

fn said_by<'a>(
    rules: impl Iterator<Item = &'a EventRule>,
    name: &str,
    data: &Value,
) -> Vec<Result<Said, Unreadable>> {
    rules.filter(|(known, _)| *known == name).map(|(_, read)| read(data).map_err(Unreadable)).collect()
}

pub(super) fn number(data: &Value, key: &str) -> Result<ServerId, String> {
    data[key].as_i64().map(ServerId).ok_or_else(|| format!("it has no {key}"))
}

pub(super) fn photo_url(data: &Value) -> Option<String> {
    super::copy::text(&data["photo_url"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_resource_that_declares_an_event_hears_it_and_one_that_cannot_read_it_keeps_it_from_no_other() {
        let staff: &[EventRule] = &[("staff-updated", |_| Ok(Said::List(Kind::RoomType)))];
        let duty: &[EventRule] =
            &[("staff-updated", |data| number(data, "id").map(|id| Said::Changed { kind: Kind::Offer, id }))];
        let heard = |name, data| said_by(staff.iter().chain(duty), name, &data);
        let list = Ok(Said::List(Kind::RoomType));
        let changed = Ok(Said::Changed { kind: Kind::Offer, id: ServerId(7) });
        assert_eq!(heard("staff-updated", json!({"id": 7})), [list.clone(), changed]);
        assert_eq!(heard("staff-updated", json!({})), [list, Err(Unreadable("it has no id".to_owned()))]);
        assert_eq!(heard("weather", json!({})), []);
    }
}
