//! Turns a file into the picture for the upload.

use std::any::Any;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, RgbaImage};

use super::colour::to_srgb;
use super::edit::{
    Area, PrepareOptions, area_in_file, fitted, is_on_its_side, too_small_for_display, turned,
};
use super::error::PictureError;
use super::head::{Head, Way};
use super::job::Job;
use super::jpeg::{self, JpegRows};
use super::limits::Limits;
use super::rows::{Pixels, PngRows, Rows, WholeRows};
use super::scale::{self, Scaler, Small, Window};

/// A picture that is ready for the upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The encoded picture, without any metadata.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` if there is transparency.
    pub mime: &'static str,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Width and height in pixels of the picture in the file, upright and unedited.
    pub original: (u32, u32),
    /// True if it will look coarse on a big display.
    pub small_warning: bool,
}

/// Prepares a picture with [`prepare_with`], without edits, progress or a way to stop it.
///
/// # Errors
/// [`PictureError`] with a sentence for the person.
pub fn prepare(bytes: &[u8], limits: &Limits) -> Result<Prepared, PictureError> {
    prepare_with(bytes, limits, &PrepareOptions::default(), &Job::new())
}

/// Prepares a picture: decodes it under limits, turns it upright, applies the person's turn and cut, scales it to at
/// most `limits.side`, and encodes it without metadata.
///
/// It takes up to a few hundred milliseconds of computing, so call it on a thread for blocking work; it uses another
/// thread of its own. The result depends on the bytes, the limits and the options alone.
///
/// # Errors
/// [`PictureError`] with a sentence for the person.
pub fn prepare_with(
    bytes: &[u8],
    limits: &Limits,
    options: &PrepareOptions,
    job: &Job,
) -> Result<Prepared, PictureError> {
    let head = Head::of(bytes, limits, job)?;
    let plan = Plan::of(&head, options, limits.side);
    let small = shrink(bytes, &head, &plan, limits, job)?;
    let small = to_srgb(small, head.profile.as_deref(), head.is_inverted);
    let picture = upright(small, plan.orientation)?;
    job.check()?;
    let prepared = encode_below(picture, limits, upright_size(&head))?;
    job.finished();
    Ok(prepared)
}

/// Returns the memory that [`prepare_with`] will need besides the file's own bytes, in bytes. It decodes nothing, but
/// reads through the file, so call it on a thread for blocking work.
///
/// # Errors
/// [`PictureError`] if the file cannot be used at all.
pub fn memory_needed(bytes: &[u8], limits: &Limits, options: &PrepareOptions) -> Result<u64, PictureError> {
    let head = Head::of(bytes, limits, &Job::new())?;
    let plan = Plan::of(&head, options, limits.side);
    let result = (plan.size.0 * plan.size.1 * head.pixels.bytes()) as u64;
    // The result is copied once when it is turned, and once more while it is encoded.
    Ok(head.memory + scale::memory_needed(head.pixels, &plan.window, plan.size) + 2 * result)
}

/// Returns true if these bytes can really be decoded, whatever their first bytes are: a page can begin like a GIF. It
/// decodes, so call it on a thread for blocking work.
pub fn can_be_drawn(bytes: &[u8], limits: &Limits) -> bool {
    // Only the decoding is needed. A small result is faster.
    prepare(bytes, &Limits { side: 64, ..limits.clone() }).is_ok()
}

/// The part that is taken out of a file, in the file's own orientation.
struct Plan {
    /// The eighths of its size at which a JPEG is decoded.
    eighths: u8,
    /// Width and height of the decoded picture.
    decoded: (usize, usize),
    /// The part of the decoded picture that is used.
    window: Window,
    /// Width and height of the result.
    size: (usize, usize),
    /// The turn that is applied to the result.
    orientation: Orientation,
}

impl Plan {
    fn of(head: &Head, options: &PrepareOptions, side: u32) -> Self {
        let orientation = turned(head.orientation, options.turn);
        let whole = (head.width as usize, head.height as usize);
        let wanted = area_in_file(options.crop, orientation, whole);
        let size = fitted((wanted.width, wanted.height), side);
        let eighths = match head.way {
            Way::Jpeg => jpeg::eighths(wanted.width.max(wanted.height), size.0.max(size.1)),
            Way::Png | Way::Whole(_) => 8,
        };
        let decoded = (jpeg::decoded(head.width, eighths), jpeg::decoded(head.height, eighths));
        let window = Window::of(wanted, eighths, decoded);
        Self { eighths, decoded, window, size, orientation }
    }
}

/// Decodes on a separate thread, and scales the rows that it delivers.
fn shrink(bytes: &[u8], head: &Head, plan: &Plan, limits: &Limits, job: &Job) -> Result<Small, PictureError> {
    let mut scaler = Scaler::new(head.pixels, plan.decoded.0, plan.window, plan.size);
    thread::scope(|scope| {
        let (to_scaler, decoded) = sync_channel::<Vec<u8>>(2);
        let decoder =
            scope.spawn(move || decode(open(bytes, head, plan, limits, job)?, head.pixels, plan, &to_scaler));
        let scaled = decoded.iter().try_for_each(|rows| scaler.take(&rows));
        // A decoder that waits with more rows notices that they are no longer needed.
        drop(decoded);
        let outcome = decoder.join().unwrap_or_else(|cause: Box<dyn Any + Send>| Err(jpeg::broken(&*cause)));
        // A stop of the job makes the decoder fail too; the reason of the stop is the better error.
        job.check()?;
        outcome.and(scaled)
    })?;
    scaler.finish()
}

fn open<'a>(
    bytes: &'a [u8],
    head: &Head,
    plan: &Plan,
    limits: &Limits,
    job: &'a Job,
) -> Result<Box<dyn Rows + 'a>, PictureError> {
    Ok(match head.way {
        Way::Png => Box::new(PngRows::open(bytes, job)?),
        Way::Whole(format) => Box::new(WholeRows::open(bytes, format, head.pixels, limits.memory, job)?),
        Way::Jpeg => {
            let rows = JpegRows::open(bytes, head.pixels, plan.eighths, job)?;
            if rows.size() != plan.decoded {
                return Err(PictureError::damaged("it has two sizes"));
            }
            Box::new(rows)
        }
    })
}

/// The size of the pieces in which rows are handed over, in bytes.
const PIECE: usize = 512 << 10;

fn decode(
    mut rows: Box<dyn Rows + '_>,
    pixels: Pixels,
    plan: &Plan,
    to_scaler: &SyncSender<Vec<u8>>,
) -> Result<(), PictureError> {
    let row = plan.decoded.0 * pixels.bytes();
    let rows_a_piece = (PIECE / row).max(1);
    // The rows below are not used.
    let mut left = plan.window.bottom();
    while left > 0 {
        let count = rows_a_piece.min(left);
        let mut piece = vec![0; count * row];
        rows.read(&mut piece)?;
        left -= count;
        if to_scaler.send(piece).is_err() {
            break;
        }
    }
    Ok(())
}

/// Returns the size of the picture in the file, upright.
fn upright_size(head: &Head) -> (u32, u32) {
    if is_on_its_side(head.orientation) { (head.height, head.width) } else { (head.width, head.height) }
}

/// Turns a scaled picture upright.
fn upright(small: Small, orientation: Orientation) -> Result<DynamicImage, PictureError> {
    let Small { data, pixels, width, height } = small;
    let (width, height) = (scale::number(width)?, scale::number(height)?);
    let picture = match pixels {
        Pixels::Rgba => RgbaImage::from_raw(width, height, data).map(DynamicImage::from),
        Pixels::Rgb | Pixels::Cmyk => RgbImage::from_raw(width, height, data).map(DynamicImage::from),
    };
    let mut picture = picture.ok_or_else(|| PictureError::damaged("it ends in the middle"))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Encodes the picture, at a smaller size if the result is too large.
fn encode_below(
    mut picture: DynamicImage,
    limits: &Limits,
    original: (u32, u32),
) -> Result<Prepared, PictureError> {
    loop {
        let (width, height) = (picture.width(), picture.height());
        let (bytes, mime) = encode(&picture, limits.quality)?;
        // Noise compresses badly. Fewer pixels are better than a refusal by the image host after the upload.
        if bytes.len() > limits.result_bytes && width.max(height) > 1 {
            picture = smaller(&picture, width.max(height) * 3 / 4)?;
            continue;
        }
        let small_warning = too_small_for_display(width, height);
        return Ok(Prepared { bytes, mime, width, height, original, small_warning });
    }
}

fn smaller(picture: &DynamicImage, side: u32) -> Result<DynamicImage, PictureError> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = if picture.color().has_alpha() { Pixels::Rgba } else { Pixels::Rgb };
    let area = Area { left: 0, top: 0, width, height };
    let window = Window::of(area, 8, (width, height));
    let mut scaler = Scaler::new(pixels, width, window, fitted((width, height), side));
    scaler.take(picture.as_bytes())?;
    upright(scaler.finish()?, Orientation::NoTransforms)
}

/// Encodes as PNG if at least one pixel is transparent, else as JPEG.
fn encode(picture: &DynamicImage, quality: u8) -> Result<(Vec<u8>, &'static str), PictureError> {
    let (width, height) = (picture.width(), picture.height());
    if let DynamicImage::ImageRgba8(pixels) = picture
        && pixels.chunks_exact(4).any(|pixel| pixel[3] < u8::MAX)
    {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new(&mut bytes);
        encoder
            .write_image(pixels, width, height, ExtendedColorType::Rgba8)
            .map_err(PictureError::damaged)?;
        return Ok((bytes, "image/png"));
    }
    let layout = if picture.color().has_alpha() { Pixels::Rgba } else { Pixels::Rgb };
    let size = (width as usize, height as usize);
    Ok((jpeg::encode(picture.as_bytes(), layout, size, quality)?, "image/jpeg"))
}
