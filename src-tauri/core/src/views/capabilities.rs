//! The capabilities of this hotel's server, for screens.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::resources::Kind;

/// The capability of one part of the hotel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Capability {
    /// True if it can be read.
    pub read: bool,
    /// True if it can be changed.
    pub write: bool,
    /// The reason why not, in plain words; null if everything is possible.
    pub reason: Option<String>,
}

/// The capabilities of this hotel's server. Screens show only the parts that work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Capabilities {
    /// False until the server has answered once.
    pub known: bool,
    /// The capability of each resource.
    pub resources: BTreeMap<Kind, Capability>,
    /// Removing a picture from a gallery.
    pub gallery_removal: Capability,
    /// Captions of new pictures.
    pub captions: Capability,
}

impl Capabilities {
    /// Returns the capability of this resource.
    pub fn of(&self, kind: Kind) -> &Capability {
        static NOTHING: Capability = Capability { read: false, write: false, reason: None };
        self.resources.get(&kind).unwrap_or(&NOTHING)
    }
}
