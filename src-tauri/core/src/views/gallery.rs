//! The hotel's galleries, for screens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OutboxItem, SyncMark};
use crate::ids::{LocalId, MediaHash};

/// All galleries. A server with the flat gallery of the documents has exactly one, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GalleriesView {
    /// The galleries, in the hotel's order.
    pub galleries: Vec<GalleryView>,
    /// The time at which they were last read from the hotel; null while they are loading for the first time.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}

/// One gallery: base and pending intents together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GalleryView {
    /// Its local key, which never changes.
    pub local_id: LocalId,
    /// Its name; empty for the flat gallery.
    pub name: String,
    /// Its pictures in their order.
    pub images: Vec<ImageView>,
    /// The state of its changes.
    pub sync: SyncMark,
    /// Its intents that wait or need attention.
    pub pending: Vec<OutboxItem>,
    /// The removals that can still be undone.
    pub undo: Vec<RemovedImage>,
}

crate::private::hides!(GalleryView { local_id, images, sync, pending, undo; name });

/// One picture of a gallery.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImageView {
    /// Its local key, which never changes: it exists before the upload.
    pub local_id: LocalId,
    /// The picture in the local cache; null while the cache does not have it.
    pub picture: Option<MediaHash>,
    /// The address at which the server shows it; null until it is uploaded.
    pub url: Option<String>,
    /// Its caption; empty if there is none, or if the server has no captions.
    pub caption: String,
    /// The state of its changes.
    pub sync: SyncMark,
}

crate::private::hides!(ImageView { local_id, picture, sync; url, caption });

/// A picture that is about to be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RemovedImage {
    /// The picture's key.
    pub image: LocalId,
    /// End of the time in which it can be undone.
    #[ts(type = "string")]
    pub until: Timestamp,
}

/// A prepared picture that is to be added to a gallery.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewImage {
    /// The prepared picture.
    pub picture: MediaHash,
    /// Its caption; only for a server with captions.
    pub caption: String,
}

crate::private::hides!(NewImage { picture; caption });
