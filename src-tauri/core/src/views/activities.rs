//! The activities of colleagues and guests, and the settings of notifications.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::LocalId;
use crate::resources::{ActivityKind, Kind};

/// An activity of a colleague or a guest, stored once. Of the person's own actions only removals are stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Activity {
    /// Grows by one with each activity.
    pub id: i64,
    /// The kind of the activity.
    pub kind: ActivityKind,
    /// The resource that it is about; null for people.
    pub about: Option<Kind>,
    /// The activity in one sentence.
    pub text: String,
    /// The entity that it is about; null if it is no longer here.
    pub entity: Option<LocalId>,
    /// The hotel's time of the activity, if it reports one; else the time at which this desk noticed it.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// True if it is a removal that can be undone.
    pub put_back: bool,
    /// True if this desk did it: it is in the history for its way back, and never new.
    pub own: bool,
}

crate::private::hides!(Activity { id, kind, about, entity, at, put_back, own; text });

/// A query of activities.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(default)]
pub struct ActivityQuery {
    /// Only these kinds; empty means all.
    pub kinds: Vec<ActivityKind>,
    /// Only activities whose sentence contains this text. Upper and lower case are equal.
    pub text: Option<String>,
    /// Only activities older than this one, for the next page.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// The largest number of activities; 100 if null.
    pub limit: Option<u32>,
}

crate::private::hides!(ActivityQuery { kinds, before, limit; text });

/// Activities, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ActivityList {
    /// One page of them.
    pub activities: Vec<Activity>,
    /// True if older activities match the query.
    pub more: bool,
    /// The newest activity that has been seen; zero if none.
    #[ts(type = "number")]
    pub seen: i64,
    /// The number of newer activities, of all kinds.
    pub unseen: u32,
}

/// The longest do-not-disturb, in minutes. A longer one would probably be forgotten.
pub const LONGEST_QUIET: u32 = 7 * 24 * 60;

/// The settings of notifications.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NotificationView {
    /// End of "do not disturb": until then no messages and no sounds; the history continues. Null when it is off.
    #[ts(type = "string | null")]
    pub quiet_until: Option<Timestamp>,
    /// True if a message comes with a short sound. Off until a person wants it.
    pub sounds: bool,
    /// True if the sound of a guest's message is repeated until the message is read.
    pub repeats: bool,
}
