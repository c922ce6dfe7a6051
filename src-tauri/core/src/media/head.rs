//! Finds the kind of a file and the cost of decoding it, before anything is decoded.
//!
//! Files that are no picture, are cut off or claim to be huge are refused here, within milliseconds and without memory
//! for the claimed size.

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageFormat};

use super::error::PictureError;
use super::job::Job;
use super::jpeg_file::JpegFile;
use super::limits::Limits;
use super::rows::{Pixels, PngRows, decoder_of};
use super::sniff::format_of;
use super::whole::is_whole;

/// From this size on, in bytes of memory, a picture that is decoded as a whole must have some data.
const LARGE: u64 = 64 << 20;
/// Limit of the bytes of memory for one byte of the file. The strongest real compression is flat colour in PNG, at
/// 1032.
const LARGEST_RATIO: u64 = 1000;

/// The way in which a file is decoded.
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
    /// The format of its decoded rows.
    pub(super) pixels: Pixels,
    /// The turn that makes it upright.
    pub(super) orientation: Orientation,
    /// The ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// True if the inks of a picture of four inks are stored inverted.
    pub(super) is_inverted: bool,
    /// Memory for decoding any part of it, in bytes.
    pub(super) memory: u64,
}

impl Head {
    /// Reads the head of a file. Fails if it may not or cannot be decoded.
    pub(super) fn of(bytes: &[u8], limits: &Limits, job: &Job) -> Result<Self, PictureError> {
        if bytes.is_empty() {
            return Err(PictureError::Empty);
        }
        if bytes.len() > limits.file_bytes {
            return Err(PictureError::TooManyBytes(limits.file_bytes >> 20));
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
        let rows = PngRows::open(bytes, job)?;
        let (info, pixels) = (rows.info(), rows.pixels());
        // An interlaced picture is decoded as a whole, since its rows come in another order.
        let bytes_of_channel = if info.bit_depth == png::BitDepth::Sixteen { 2 } else { 1 };
        let whole = u64::from(width) * u64::from(height) * pixels.bytes() as u64 * bytes_of_channel;
        let (way, memory) =
            if info.interlaced { (Way::Whole(ImageFormat::Png), whole) } else { (Way::Png, 0) };
        let orientation = info.exif_metadata.as_deref().and_then(Orientation::from_exif_chunk);
        Ok(Self {
            way,
            width,
            height,
            pixels,
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            profile: info.icc_profile.as_deref().map(<[u8]>::to_vec),
            is_inverted: false,
            memory,
        })
    }

    fn of_whole(bytes: &[u8], format: ImageFormat, limits: &Limits, job: &Job) -> Result<Self, PictureError> {
        let mut decoder = decoder_of(bytes, format, limits.memory, job)?;
        let ((width, height), colours) = (decoder.dimensions(), decoder.color_type());
        limits.admit(width, height)?;
        let bytes_a_pixel = u64::from(colours.bytes_per_pixel()) + beside(format, colours);
        Ok(Self {
            way: Way::Whole(format),
            width,
            height,
            pixels: if colours.has_alpha() { Pixels::Rgba } else { Pixels::Rgb },
            // Broken metadata is no reason to refuse a picture that can be seen.
            orientation: decoder.orientation().unwrap_or(Orientation::NoTransforms),
            profile: decoder.icc_profile().ok().flatten(),
            is_inverted: false,
            memory: u64::from(width) * u64::from(height) * bytes_a_pixel,
        })
    }
}

/// Returns the bytes a pixel that a decoder needs besides the decoded picture, as measured in `tests/bombs.rs`.
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

/// Reads width and height from the first chunk of a PNG.
fn png_size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four));
    number(16).zip(number(20)).ok_or_else(|| PictureError::damaged("it ends in the middle"))
}
