//! What is typed and not saved yet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{DraftId, LocalId};
use crate::resources::Kind;

/// What stands in one editor, to be kept until it is saved or discarded.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Draft {
    /// Its key, which the screen makes.
    pub id: DraftId,
    /// What kind of thing it is about.
    pub about: Kind,
    /// The entity; null for a new one.
    pub entity: Option<LocalId>,
    /// What it is called.
    pub title: String,
    /// What was typed, as the screen keeps it: nobody else reads it.
    pub content: String,
    /// Grows with each change of the content: an older one never replaces a newer one.
    pub version: u32,
}

crate::private::hides!(Draft { id, about, entity, version; title, content });

/// A draft that was kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DraftView {
    /// What was typed.
    #[serde(flatten)]
    #[ts(flatten)]
    pub draft: Draft,
    /// When.
    #[ts(type = "string")]
    pub saved_at: Timestamp,
    /// What it is about is still there; true for a new entity.
    pub there: bool,
}

crate::private::hides!(DraftView { draft, saved_at, there; });
