//! Pictures: preparation for the upload, and the cache.
//!
//! [`prepare`] turns a file that a person drops on the window into the picture for the upload: decoded under limits,
//! turned upright, freed of metadata, scaled and encoded. The result depends on the bytes and the person's
//! [`PrepareOptions`] alone, so the same file always gets the same [`MediaHash`](crate::ids::MediaHash). A [`Budget`]
//! limits the memory of several preparations at once, and a [`Job`] controls one of them. [`MediaCache`] keeps pictures
//! under their hash: the prepared ones until they are uploaded, and the hotel's pictures for screens.
//!
//! The steps: `sniff` finds the kind, `head` refuses files that may not be decoded, `rows` and `jpeg` decode row by
//! row, `scale` makes the small copy meanwhile, `colour` converts it to sRGB, `prepare` turns and encodes it.

mod budget;
mod cache;
mod colour;
mod edit;
mod error;
mod head;
mod job;
mod jpeg;
mod jpeg_file;
mod limits;
mod prepare;
mod previews;
mod rows;
mod scale;
mod sniff;
#[cfg(test)]
mod test_files;
#[cfg(test)]
mod tests;
mod whole;

pub use budget::{Budget, Share};
pub use cache::{CacheError, MediaCache, Usage};
pub use edit::{Crop, DISPLAY_SIDE, PrepareOptions, Turn, too_small_for_display};
pub use error::PictureError;
pub use job::{Job, Jobs, Listed, TIME_LIMIT};
pub use limits::{Limits, MAX_PICTURE_BYTES, MEMORY};
pub use prepare::{Prepared, can_be_drawn, memory_needed, prepare, prepare_with};
pub use previews::{Preview, Previews};
