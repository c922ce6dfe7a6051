//! The hotel's galleries, as screens see them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OutboxItem, SyncMark};
use crate::ids::{LocalId, MediaHash};

/// All galleries. A server with the flat gallery of the documents has exactly one, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GalleriesView {
    /// In the hotel's order.
    pub galleries: Vec<GalleryView>,
    /// When they were last read from the hotel; null when never: then they are still loading.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
}

/// One gallery: base and pending intents together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct GalleryView {
    /// Our own key, for good.
    pub local_id: LocalId,
    /// Its name; empty for the flat gallery.
    pub name: String,
    /// Its pictures in their order.
    pub images: Vec<ImageView>,
    /// How far it has come.
    pub sync: SyncMark,
    /// What of it still waits or needs attention.
    pub pending: Vec<OutboxItem>,
    /// A removal that can still be undone.
    pub undo: Vec<RemovedImage>,
}

crate::private::hides!(GalleryView { local_id, images, sync, pending, undo; name });

/// One picture of a gallery.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImageView {
    /// Our own key, for good: also from before the upload.
    pub local_id: LocalId,
    /// The picture in the local cache; null while it is not here.
    pub picture: Option<MediaHash>,
    /// Where the server shows it; null until it is uploaded.
    pub url: Option<String>,
    /// Its caption; empty where there is none, or where the server knows none.
    pub caption: String,
    /// How far it has come.
    pub sync: SyncMark,
}

crate::private::hides!(ImageView { local_id, picture, sync; url, caption });

/// A picture that is about to be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RemovedImage {
    /// The picture's key.
    pub image: LocalId,
    /// Until when it can be undone.
    #[ts(type = "string")]
    pub until: Timestamp,
}

/// A prepared picture on its way into a gallery.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewImage {
    /// The prepared picture.
    pub picture: MediaHash,
    /// Its caption; only where the server has captions.
    pub caption: String,
}

crate::private::hides!(NewImage { picture; caption });
