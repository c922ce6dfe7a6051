//! From a file to the picture that is uploaded.

use std::io::Cursor;

use fast_image_resize::{ResizeAlg, ResizeOptions, Resizer};
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader,
};

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::sniff::Kind;
use crate::error::{DeskError, ErrorCode};

/// How much a picture may be, and how much it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: usize,
    /// Most pixels; checked before anything is decoded.
    pub pixels: u64,
    /// Most memory for decoding, in bytes.
    pub memory: u64,
    /// Longest side of the result, in pixels.
    pub side: u32,
    /// Below this longest side a picture looks coarse on a big display, in pixels.
    pub small_side: u32,
    /// JPEG quality of the result, 1 to 100.
    pub quality: u8,
    /// Largest result, in bytes: the image host refuses more than 10 MiB for good (CONTRACT.md 0, 12 trap 4).
    pub result_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 60 << 20,
            pixels: 100_000_000,
            memory: 1 << 30,
            side: 2560,
            small_side: 1200,
            quality: 85,
            result_bytes: 9 << 20,
        }
    }
}

/// A picture as it will be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The encoded picture, without any metadata.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where there is transparency.
    pub mime: &'static str,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// It will look coarse on a big display.
    pub small_warning: bool,
}

/// Why a file cannot be used as a picture. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the file is larger than {limit_mb} MB")]
    TooManyBytes {
        /// The limit.
        limit_mb: usize,
    },
    /// More pixels than allowed.
    #[error("the picture has {width} x {height} pixels, more than {limit_mp} million")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The limit, in millions.
        limit_mp: u64,
    },
    /// A phone's format that needs a codec we do not carry.
    #[error("HEIC pictures cannot be used")]
    Heic,
    /// A picture of a kind that is not accepted.
    #[error("{kind} pictures cannot be used")]
    OtherKind {
        /// The kind's name.
        kind: &'static str,
    },
    /// Not a picture at all, whatever its name says.
    #[error("the file is not a picture")]
    NotAPicture,
    /// It begins like a picture, but cannot be read to its end.
    #[error("the picture is damaged: {cause}")]
    Damaged {
        /// The decoder's words.
        cause: String,
    },
}

impl From<PictureError> for DeskError {
    fn from(error: PictureError) -> Self {
        let way_out = match &error {
            PictureError::Empty | PictureError::Damaged { .. } => {
                "Copy the picture again, or choose another one."
            }
            PictureError::TooManyBytes { .. } | PictureError::TooManyPixels { .. } => {
                "Make it smaller with a picture program, or choose another one."
            }
            PictureError::Heic => {
                "Save it as JPEG. On an iPhone: Settings, Camera, Formats, Most Compatible."
            }
            PictureError::OtherKind { .. } | PictureError::NotAPicture => {
                "Choose a JPEG, PNG, WebP, GIF, BMP or TIFF picture."
            }
        };
        let text = error.to_string();
        let mut letters = text.chars();
        let sentence = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters);
        Self::new(ErrorCode::BadPicture, sentence.chain(['.']).collect::<String>(), way_out)
    }
}

/// Prepares a picture: decode under limits, upright, no metadata, at most `limits.side`, encoded.
///
/// It takes up to a few hundred milliseconds of computing, so call it on a thread for blocking work. The
/// result depends on the bytes alone.
///
/// # Errors
/// [`PictureError`] with a sentence for the person.
pub fn prepare(bytes: &[u8], limits: &Limits) -> Result<Prepared, PictureError> {
    let format = admitted(bytes, limits)?;
    if format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        return Err(damaged("it ends in the middle"));
    }
    let Decoded { picture, orientation, profile } = decode(bytes, format, limits)?;
    let mut side = limits.side;
    loop {
        let mut small = scaled(&picture, side)?;
        small.apply_orientation(orientation);
        if let Some(profile) = &profile {
            to_srgb(&mut small, profile);
        }
        let (width, height) = (small.width(), small.height());
        let (bytes, mime) = encode(small, limits.quality)?;
        // Noise compresses badly; rather fewer pixels than a refusal by the image host after the upload.
        if bytes.len() > limits.result_bytes && side > 1 {
            side = width.max(height) * 3 / 4;
            continue;
        }
        let small_warning = width.max(height) < limits.small_side;
        return Ok(Prepared { bytes, mime, width, height, small_warning });
    }
}

/// True when these bytes can really be drawn, whatever their first ones promise: a page can begin like a GIF.
/// It decodes, so call it on a thread for blocking work.
pub fn can_be_drawn(bytes: &[u8], limits: &Limits) -> bool {
    admitted(bytes, limits).and_then(|format| decode(bytes, format, limits)).is_ok()
}

/// The format of a file that is neither empty nor too large.
fn admitted(bytes: &[u8], limits: &Limits) -> Result<ImageFormat, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(PictureError::TooManyBytes { limit_mb: limits.file_bytes >> 20 });
    }
    format_of(bytes)
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

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged { cause: error.to_string() }
}

/// A picture as it lies in the file: RGB or RGBA, 8 bits a channel.
struct Decoded {
    picture: DynamicImage,
    orientation: Orientation,
    /// Colours other than sRGB, as phones and cameras write them.
    profile: Option<ColorProfile>,
}

/// Decodes the first picture of the file.
fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<Decoded, PictureError> {
    let mut memory = image::Limits::default();
    memory.max_alloc = Some(limits.memory);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(memory);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let too_large = || PictureError::TooManyPixels { width, height, limit_mp: limits.pixels / 1_000_000 };
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(too_large());
    }
    // Broken metadata is no reason to refuse a picture that can be seen.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok())
        .filter(|profile| profile.color_space == DataColorSpace::Rgb && decoder.color_type().has_color());
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| match error {
        ImageError::Limits(_) => too_large(),
        other => damaged(other),
    })?;
    let picture = match picture {
        plain @ (DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_)) => plain,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    };
    Ok(Decoded { picture, orientation, profile })
}

/// True when the JPEG runs to its end mark. The decoder paints what is missing of a cut file in grey, and
/// nobody wants that on the hotel's page. The segments are walked, since a thumbnail inside has an end too.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        // Picture data and padding run up to the next mark; FF 00 and the restart marks belong to them.
        let Some(at) = rest
            .windows(2)
            .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF))
        else {
            return false;
        };
        if rest[at + 1] == 0xD9 {
            return true;
        }
        let Some(&[high, low]) = rest.get(at + 2..at + 4) else { return false };
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(at + 2 + length..).unwrap_or_default();
    }
}

/// A copy whose longer side is at most `side`; never larger than the original.
fn scaled(picture: &DynamicImage, side: u32) -> Result<DynamicImage, PictureError> {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    if longest <= side {
        return Ok(picture.clone());
    }
    // At least one pixel remains of the shorter side, however thin the picture is.
    let part = |length: u32| {
        let exact = (u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    let mut small = DynamicImage::new(part(width), part(height), picture.color());
    let how = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(fast_image_resize::FilterType::Lanczos3))
        .use_alpha(picture.color().has_alpha());
    Resizer::new().resize(picture, &mut small, &how).map_err(damaged)?;
    Ok(small)
}

/// Brings the colours to sRGB, since the profile goes with the rest of the metadata. A profile that cannot be
/// used leaves the colours as they are, which is what a viewer without colour management shows.
fn to_srgb(picture: &mut DynamicImage, profile: &ColorProfile) {
    let (layout, pixels): (_, &mut [u8]) = match picture {
        DynamicImage::ImageRgb8(pixels) => (Layout::Rgb, pixels),
        DynamicImage::ImageRgba8(pixels) => (Layout::Rgba, pixels),
        _ => return,
    };
    let before = pixels.to_vec();
    let how = TransformOptions::default();
    let changed = profile
        .create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, how)
        .and_then(|transform| transform.transform(&before, pixels));
    if let Err(error) = changed {
        tracing::debug!(%error, "a picture's colour profile cannot be used");
        pixels.copy_from_slice(&before);
    }
}

/// PNG where at least one pixel lets the ground through, else JPEG.
fn encode(picture: DynamicImage, quality: u8) -> Result<(Vec<u8>, &'static str), PictureError> {
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    if let DynamicImage::ImageRgba8(pixels) = &picture
        && pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX)
    {
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(pixels, width, height, ExtendedColorType::Rgba8).map_err(damaged)?;
        return Ok((bytes, "image/png"));
    }
    // Only a picture of more than 65,535 pixels a side does not fit, and the limits are far below.
    let side = |length: u32| u16::try_from(length).map_err(damaged);
    jpeg_encoder::Encoder::new(&mut bytes, quality)
        .encode(&picture.into_rgb8(), side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb)
        .map_err(damaged)?;
    Ok((bytes, "image/jpeg"))
}

#[cfg(test)]
#[path = "prepare_tests.rs"]
mod tests;
