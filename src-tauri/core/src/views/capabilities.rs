//! What this hotel's server can do, as screens see it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::resources::Kind;

/// What can be done with one part of the hotel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Capability {
    /// It can be read.
    pub read: bool,
    /// It can be changed.
    pub write: bool,
    /// Why not, in plain words; null where everything can be done.
    pub reason: Option<String>,
}

/// What this hotel's server can do. Only what works is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Capabilities {
    /// False until the server has answered once.
    pub known: bool,
    /// What can be done with each resource.
    pub resources: BTreeMap<Kind, Capability>,
    /// Taking a picture out of a gallery.
    pub gallery_removal: Capability,
    /// Captions of new pictures.
    pub captions: Capability,
}

impl Capabilities {
    /// What can be done with this resource.
    pub fn of(&self, kind: Kind) -> &Capability {
        static NOTHING: Capability = Capability { read: false, write: false, reason: None };
        self.resources.get(&kind).unwrap_or(&NOTHING)
    }
}
