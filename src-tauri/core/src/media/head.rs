//! What a file is and what it would cost to decode it, found out before anything is decoded.
//!
//! This is where a file that is no picture, is cut off, or claims to be huge ends: within milliseconds, and without
//! memory for what it claims.

use image::metadata::Orientation;
use image::{ColorType, ImageFormat};

use super::error::PictureError;
use super::job::Job;
use super::jpeg_file::JpegFile;
use super::prepare::Limits;
use super::rows::{Pixels, PngRows, whole_head};
use super::sniff::Kind;
use super::whole::is_whole;

/// From this size on a picture that is decoded as a whole must have some data behind it, in bytes of memory.
const LARGE: u64 = 64 << 20;
/// So many bytes of memory may stand behind one byte of the file. The strongest real compression is flat colour in
/// PNG, at 1032.
const LARGEST_RATIO: u64 = 1000;

/// How a file is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Row by row, scaled in the decoder.
    Jpeg,
    /// Row by row.
    Png,
    /// All at once.
    Whole(ImageFormat),
}

/// The head of a picture that may be decoded.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) way: Way,
    pub(super) width: u32,
    pub(super) height: u32,
    /// What its rows are decoded to.
    pub(super) pixels: Pixels,
    /// How it must be turned to be upright.
    pub(super) orientation: Orientation,
    /// An ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// The inks of a picture of four inks are stored inverted.
    pub(super) is_inverted: bool,
    /// Memory that decoding takes, whatever part of it is wanted, in bytes.
    pub(super) memory: u64,
}

impl Head {
    /// Looks at a file, and refuses it if it may not or cannot be decoded.
    pub(super) fn of(bytes: &[u8], limits: &Limits, job: &Job) -> Result<Self, PictureError> {
        if bytes.is_empty() {
            return Err(PictureError::Empty);
        }
        if bytes.len() > limits.file_bytes {
            return Err(PictureError::TooManyBytes { limit_mb: limits.file_bytes >> 20 });
        }
        let format = format_of(bytes)?;
        if !is_whole(bytes, format) {
            return Err(PictureError::damaged("it ends in the middle"));
        }
        let head = match format {
            ImageFormat::Jpeg => Self::of_jpeg(bytes, limits)?,
            ImageFormat::Png => Self::of_png(bytes, limits, job)?,
            other => Self::of_whole(bytes, other, limits, job)?,
        };
        if head.memory > LARGE && head.memory / LARGEST_RATIO > bytes.len() as u64 {
            return Err(PictureError::Hollow { width: head.width, height: head.height });
        }
        if head.memory > limits.memory {
            return Err(PictureError::TooMuchMemory {
                needed_mb: head.memory >> 20,
                limit_mb: limits.memory >> 20,
            });
        }
        Ok(head)
    }

    fn of_jpeg(bytes: &[u8], limits: &Limits) -> Result<Self, PictureError> {
        let mut file = JpegFile::read(bytes)?;
        limits.admit(file.width, file.height)?;
        if file.is_hollow() {
            return Err(PictureError::Hollow { width: file.width, height: file.height });
        }
        Ok(Self {
            way: Way::Jpeg,
            width: file.width,
            height: file.height,
            pixels: if file.components() == 4 { Pixels::Cmyk } else { Pixels::Rgb },
            orientation: file.orientation.unwrap_or(Orientation::NoTransforms),
            profile: file.profile(),
            is_inverted: file.has_adobe_mark,
            memory: file.coefficients(),
        })
    }

    fn of_png(bytes: &[u8], limits: &Limits, job: &Job) -> Result<Self, PictureError> {
        let (width, height) = png_size(bytes)?;
        limits.admit(width, height)?;
        let head = PngRows::open(bytes, job)?.head();
        let channels = head.pixels.bytes() as u64;
        let pixels = u64::from(width) * u64::from(height);
        Ok(Self {
            // The rows of an interlaced picture come in another order.
            way: if head.is_interlaced { Way::Whole(ImageFormat::Png) } else { Way::Png },
            width: head.size.0,
            height: head.size.1,
            pixels: head.pixels,
            orientation: head.orientation.unwrap_or(Orientation::NoTransforms),
            profile: head.profile,
            is_inverted: false,
            memory: if head.is_interlaced { pixels * channels * u64::from(head.depth) / 8 } else { 0 },
        })
    }

    fn of_whole(bytes: &[u8], format: ImageFormat, limits: &Limits, job: &Job) -> Result<Self, PictureError> {
        let head = whole_head(bytes, format, limits.memory, job)?;
        let (width, height) = head.size;
        limits.admit(width, height)?;
        let pixels = u64::from(width) * u64::from(height);
        Ok(Self {
            way: Way::Whole(format),
            width,
            height,
            pixels: if head.colours.has_alpha() { Pixels::Rgba } else { Pixels::Rgb },
            orientation: head.orientation.unwrap_or(Orientation::NoTransforms),
            profile: head.profile,
            is_inverted: false,
            memory: pixels * (u64::from(head.colours.bytes_per_pixel()) + beside(format, head.colours)),
        })
    }
}

/// Bytes a pixel that a decoder needs beside the decoded picture: measured, see `tests/bombs.rs`.
fn beside(format: ImageFormat, colours: ColorType) -> u64 {
    match format {
        // The planes of the lossy codec.
        ImageFormat::WebP => 2,
        // The first picture is drawn on a canvas.
        ImageFormat::Gif => 1,
        // The decoder's own copy.
        ImageFormat::Tiff => colours.bytes_per_pixel().into(),
        _ => 0,
    }
}

/// Width and height as the first chunk of a PNG tells them.
fn png_size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four));
    number(16).zip(number(20)).ok_or_else(|| PictureError::damaged("it ends in the middle"))
}

fn format_of(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    match Kind::of(bytes) {
        Kind::Jpeg => Ok(ImageFormat::Jpeg),
        Kind::Png => Ok(ImageFormat::Png),
        Kind::WebP => Ok(ImageFormat::WebP),
        Kind::Gif => Ok(ImageFormat::Gif),
        Kind::Bmp => Ok(ImageFormat::Bmp),
        Kind::Tiff => Ok(ImageFormat::Tiff),
        Kind::Heic => Err(PictureError::Heic),
        Kind::Avif => Err(PictureError::OtherKind { kind: "AVIF" }),
        Kind::Svg => Err(PictureError::OtherKind { kind: "SVG" }),
        Kind::Unknown => Err(PictureError::NotAPicture),
    }
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
