//! Pictures: what is uploaded, and what is kept.
//!
//! [`prepare`] turns whatever a person drops on the window into the picture that will be uploaded: decoded
//! under limits, turned upright, freed of metadata, scaled and encoded. The result depends on the bytes
//! alone, so the same file always gets the same [`MediaHash`](crate::model::MediaHash). [`MediaCache`] keeps
//! pictures under that hash: the prepared ones until they are uploaded, and those of the hotel for screens.

mod cache;
mod prepare;
mod sniff;

pub use cache::{CacheError, MediaCache};
pub use prepare::{Limits, PictureError, Prepared, can_be_drawn, prepare};
