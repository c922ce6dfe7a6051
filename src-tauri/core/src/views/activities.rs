//! What colleagues did and guests wrote, and how a person is told of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::LocalId;
use crate::resources::{ActivityKind, Kind};

/// Something that a colleague did or a guest wrote, once per activity. Of one's own actions only removals are in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Activity {
    /// Grows by one with each activity.
    pub id: i64,
    /// What happened.
    pub kind: ActivityKind,
    /// The resource that it is about; null for people.
    pub about: Option<Kind>,
    /// In one sentence.
    pub text: String,
    /// What it is about, where that is still here.
    pub entity: Option<LocalId>,
    /// When it happened, where the hotel tells that; else when it was noticed here.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// It is about a removal that can be made good.
    pub put_back: bool,
    /// This desk did it: it is in the history for its way back, and never new.
    pub own: bool,
}

crate::private::hides!(Activity { id, kind, about, entity, at, put_back, own; text });

/// Which activities to list.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(default)]
pub struct ActivityQuery {
    /// Only these kinds; empty means all.
    pub kinds: Vec<ActivityKind>,
    /// Only activities whose sentence holds this text, whatever its case.
    pub text: Option<String>,
    /// Only activities older than this one, for the next page.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// How many at most; 100 if null.
    pub limit: Option<u32>,
}

crate::private::hides!(ActivityQuery { kinds, before, limit; text });

/// Activities, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ActivityList {
    /// One page of them.
    pub activities: Vec<Activity>,
    /// There are older ones that fit the query.
    pub more: bool,
    /// The newest activity that somebody has looked at; zero if none.
    #[ts(type = "number")]
    pub seen: i64,
    /// How many are newer than that, of all kinds.
    pub unseen: u32,
}

/// How a person is told of activities.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NotificationView {
    /// Do not disturb until then: no messages, no sounds; the history goes on. Null when nothing is held back.
    #[ts(type = "string | null")]
    pub quiet_until: Option<Timestamp>,
    /// A short sound comes with a message. Off until a person wants it.
    pub sounds: bool,
}
