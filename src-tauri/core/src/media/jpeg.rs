//! JPEG with libjpeg-turbo's code, row by row: only a few rows are in memory at a time. A picture that is much too
//! large is decoded at a half, a quarter or an eighth of its size, which skips most of the work.
//!
//! The library reports a broken file by unwinding, so callers of both directions catch it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mozjpeg::decompress::DecompressStarted;
use mozjpeg::{ColorSpace, Compress, Decompress};

use super::error::PictureError;
use super::job::{Job, Watched};
use super::rows::{Pixels, Rows};

/// Returns the eighths of its size at which a picture is decoded, so that its longer side has at least `side` pixels.
/// Only powers of two are fast.
pub(super) fn eighths(longest: usize, side: usize) -> u8 {
    [1, 2, 4].into_iter().find(|eighths| longest * usize::from(*eighths) >= side * 8).unwrap_or(8)
}

/// Converts a length of the file into decoded pixels.
pub(super) fn decoded(length: u32, eighths: u8) -> usize {
    (length as usize * usize::from(eighths)).div_ceil(8)
}

/// An open JPEG file.
pub(super) struct JpegRows<'a>(DecompressStarted<Watched<'a>>);

impl<'a> JpegRows<'a> {
    /// Begins to decode. Unwinds if the file is broken.
    pub(super) fn open(
        bytes: &'a [u8],
        pixels: Pixels,
        eighths: u8,
        job: &'a Job,
    ) -> Result<Self, PictureError> {
        let mut jpeg =
            Decompress::builder().from_reader(Watched::new(bytes, job)).map_err(PictureError::damaged)?;
        jpeg.scale(eighths);
        let colours = match pixels {
            Pixels::Cmyk => ColorSpace::JCS_CMYK,
            Pixels::Rgba => ColorSpace::JCS_EXT_RGBA,
            Pixels::Rgb => ColorSpace::JCS_RGB,
        };
        jpeg.to_colorspace(colours).map(Self).map_err(PictureError::damaged)
    }

    /// Returns width and height of the decoded picture.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.0.width(), self.0.height())
    }
}

impl Rows for JpegRows<'_> {
    fn read(&mut self, rows: &mut [u8]) -> Result<(), PictureError> {
        self.0.read_scanlines_into(rows).map(drop).map_err(PictureError::damaged)
    }
}

/// Encodes as baseline JPEG, 4:2:0.
pub(super) fn encode(
    pixels: &[u8],
    layout: Pixels,
    (width, height): (usize, usize),
    quality: u8,
) -> Result<Vec<u8>, PictureError> {
    let colours = match layout {
        Pixels::Rgb => ColorSpace::JCS_RGB,
        _ => ColorSpace::JCS_EXT_RGBX,
    };
    let encoded = catch_unwind(AssertUnwindSafe(|| {
        let mut jpeg = Compress::new(colours);
        // Not mozjpeg's own settings, which take four times as long and look no better.
        jpeg.set_fastest_defaults();
        jpeg.set_size(width, height);
        jpeg.set_quality(quality.into());
        jpeg.set_chroma_sampling_pixel_sizes((2, 2), (2, 2));
        let mut jpeg = jpeg.start_compress(Vec::new())?;
        jpeg.write_scanlines(pixels)?;
        jpeg.finish()
    }));
    match encoded {
        Ok(bytes) => bytes.map_err(PictureError::damaged),
        Err(cause) => Err(broken(&*cause)),
    }
}

/// Converts the message of a library that unwound.
pub(super) fn broken(cause: &(dyn std::any::Any + Send)) -> PictureError {
    let words = cause.downcast_ref::<String>().map_or("it cannot be decoded", String::as_str);
    PictureError::damaged(words.trim_start_matches("libjpeg fatal error: "))
}
