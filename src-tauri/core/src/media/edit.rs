//! The edits of a person before an upload, as pure geometry: first turn the picture, then cut a part out.
//!
//! Everything here is arithmetic on sizes and fractions; no pixel is touched.

use image::metadata::Orientation;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::error::PictureError;

/// A picture whose longer side is shorter than this, in pixels, looks coarse on a reception display: even the smallest
/// display in use (1280 x 720) has to enlarge it.
pub const DISPLAY_SIDE: u32 = 1280;

/// The turn that a person applies to a picture, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// No turn.
    #[default]
    None,
    /// A quarter to the right.
    Right,
    /// A half turn.
    Half,
    /// A quarter to the left.
    Left,
}

/// A part of a picture, in fractions of its width and height as it is seen: upright and turned. It is never empty and
/// lies inside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(try_from = "Claimed")]
pub struct Crop {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// A [`Crop`] from a screen, before it is checked.
#[derive(Deserialize)]
struct Claimed {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl TryFrom<Claimed> for Crop {
    type Error = PictureError;

    fn try_from(part: Claimed) -> Result<Self, PictureError> {
        Self::new(part.left, part.top, part.width, part.height)
    }
}

impl Crop {
    /// Makes the part that begins at `left` and `top` and has this width and height, each between 0 and 1.
    ///
    /// # Errors
    /// [`PictureError::BadCrop`] if it is empty or reaches outside.
    pub fn new(left: f64, top: f64, width: f64, height: f64) -> Result<Self, PictureError> {
        // A screen computes with pixels and rounds. An excess smaller than this is not an error.
        const SLACK: f64 = 1e-6;
        let is_inside = |start: f64, length: f64| {
            start >= -SLACK && length > SLACK && start + length <= 1.0 + SLACK && length.is_finite()
        };
        if !is_inside(left, width) || !is_inside(top, height) {
            return Err(PictureError::BadCrop);
        }
        let (left, top) = (left.max(0.0), top.max(0.0));
        Ok(Self { left, top, width: width.min(1.0 - left), height: height.min(1.0 - top) })
    }

    fn whole() -> Self {
        Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 }
    }
}

/// The edits to apply to a picture before the upload. The default is none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct PrepareOptions {
    /// The first edit: a turn, applied after the turn of the metadata.
    pub turn: Turn,
    /// The second edit: this part is cut out.
    pub crop: Option<Crop>,
}

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Returns true if a picture of this size will look coarse on a reception display.
pub fn too_small_for_display(width: u32, height: u32) -> bool {
    width.max(height) < DISPLAY_SIDE
}

/// Every orientation is an optional mirror left and right, followed by a number of quarters clockwise. First those that
/// do not mirror, by quarters, then those that do.
const ORIENTATIONS: [Orientation; 8] = [
    Orientation::NoTransforms,
    Orientation::Rotate90,
    Orientation::Rotate180,
    Orientation::Rotate270,
    Orientation::FlipHorizontal,
    Orientation::Rotate270FlipH,
    Orientation::FlipVertical,
    Orientation::Rotate90FlipH,
];

/// Returns whether an orientation mirrors, and its number of quarters.
fn parts(orientation: Orientation) -> (bool, usize) {
    let place = ORIENTATIONS.iter().position(|known| *known == orientation).unwrap_or_default();
    (place >= 4, place % 4)
}

/// Returns true if the orientation swaps width and height.
pub(super) fn is_on_its_side(orientation: Orientation) -> bool {
    parts(orientation).1 % 2 == 1
}

/// Combines the file's own orientation with a person's turn.
pub(super) fn turned(orientation: Orientation, turn: Turn) -> Orientation {
    let (is_mirrored, quarters) = parts(orientation);
    // The variants of `Turn` are in the order of their quarters.
    ORIENTATIONS[usize::from(is_mirrored) * 4 + (quarters + turn as usize) % 4]
}

/// Converts a part that was chosen on the upright picture into the pixels of the file. It has at least one pixel.
pub(super) fn area_in_file(
    crop: Option<Crop>,
    orientation: Orientation,
    (width, height): (usize, usize),
) -> Area {
    let (is_mirrored, quarters) = parts(orientation);
    let mut part = crop.unwrap_or_else(Crop::whole);
    for _ in 0..quarters {
        // Turns back by a quarter: the present left side was the bottom.
        part = Crop {
            left: part.top,
            top: 1.0 - part.left - part.width,
            width: part.height,
            height: part.width,
        };
    }
    if is_mirrored {
        part.left = 1.0 - part.left - part.width;
    }
    let (left, width) = span(part.left, part.width, width);
    let (top, height) = span(part.top, part.height, height);
    Area { left, top, width, height }
}

/// Returns the first pixel and the number of pixels of a stretch, from fractions of `pixels`.
fn span(start: f64, length: f64, pixels: usize) -> (usize, usize) {
    // Pictures are far smaller than 2^52, where the conversion loses digits; negative fractions become 0.
    let first = ((start * pixels as f64).round() as usize).min(pixels.saturating_sub(1));
    let end = (((start + length) * pixels as f64).round() as usize).clamp(first + 1, pixels.max(first + 1));
    (first, end - first)
}

/// Returns the size with the same shape whose longer side is at most `side`. It is never larger than the original, and
/// each side has at least one pixel.
pub(super) fn fitted((width, height): (usize, usize), side: u32) -> (usize, usize) {
    let (longest, side) = (width.max(height), side as usize);
    if longest <= side {
        return (width, height);
    }
    let part = |length: usize| ((length * side + longest / 2) / longest).max(1);
    (part(width), part(height))
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
