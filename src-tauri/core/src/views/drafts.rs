//! Drafts: typed and unsaved content.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{DraftId, LocalId};
use crate::resources::Kind;

/// The content of one editor, stored until it is saved or discarded.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Draft {
    /// Its key, which the screen makes.
    pub id: DraftId,
    /// The resource of its entity.
    pub about: Kind,
    /// The entity; null for a new one.
    pub entity: Option<LocalId>,
    /// Its title.
    pub title: String,
    /// The typed content, in a form that only the screen reads.
    pub content: String,
    /// Grows with each change of the content: an older draft never replaces a newer one.
    pub version: u32,
}

crate::private::hides!(Draft { id, about, entity, version; title, content });

/// A stored draft.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DraftView {
    /// The draft itself.
    #[serde(flatten)]
    #[ts(flatten)]
    pub draft: Draft,
    /// The time at which it was stored.
    #[ts(type = "string")]
    pub saved_at: Timestamp,
    /// True if its entity still exists, or if it is for a new entity.
    pub there: bool,
}

crate::private::hides!(DraftView { draft, saved_at, there; });
