//! Pictures: what is uploaded, and what is kept.
//!
//! [`prepare`] turns whatever a person drops on the window into the picture that will be uploaded: decoded
//! under limits, turned upright, freed of metadata, scaled and encoded. The result depends on the bytes and
//! the person's [`PrepareOptions`] alone, so the same file always gets the same
//! [`MediaHash`](crate::ids::MediaHash). A [`Budget`] bounds the memory of several at once, and a [`Job`] is one
//! of them seen from outside. [`MediaCache`] keeps pictures under their hash: the prepared ones until they are
//! uploaded, and those of the hotel for screens.
//!
//! The way of a picture: `sniff` tells its kind, `head` refuses what may not be decoded, `rows` and `jpeg` decode row
//! by row, `scale` makes the small copy while they do, `colour` brings it to sRGB, `prepare` turns and encodes it.

mod budget;
mod cache;
mod colour;
mod edit;
mod error;
mod head;
mod job;
mod jpeg;
mod jpeg_file;
mod prepare;
mod rows;
mod scale;
mod sniff;
#[cfg(test)]
mod test_files;
mod whole;

pub use budget::{Budget, MEMORY, Share};
pub use cache::{CacheError, MediaCache, Usage};
pub use edit::{Crop, DISPLAY_SIDE, PrepareOptions, Turn, too_small_for_display};
pub use error::PictureError;
pub use job::{Job, Jobs, Listed, TIME_LIMIT};
pub use prepare::{Limits, Prepared, can_be_drawn, memory_needed, prepare, prepare_with};
