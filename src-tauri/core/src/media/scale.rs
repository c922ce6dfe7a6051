//! Scales while rows come in: only the small copy of a picture is in memory, never the whole picture.
//!
//! The filter reads a few rows above and below each row that it makes. So a strip of the original is kept, and each
//! strip makes some rows of the copy. The result is the same as from the whole picture at once.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::edit::Area;
use super::error::PictureError;
use super::rows::Pixels;

/// The size of the strip of the original, in bytes. A larger strip costs memory, a smaller one costs time, since each
/// strip repeats some rows of its neighbour.
const STRIP: usize = 2 << 20;

/// Rows that the filter (Lanczos, three lobes) reads on each side, at the size of the original or larger.
const LOBES: f64 = 3.0;

/// The part of a decoded picture that is used. Its edges may lie inside pixels: a JPEG that is decoded at a quarter of
/// its size, and whose sides are no multiples of four, ends in the middle of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// The whole pixels that it touches.
    cover: Area,
}

impl Window {
    /// Converts an area of the file into a window of a picture that is decoded at so many eighths and has this size
    /// then.
    pub(super) fn of(area: Area, eighths: u8, decoded: (usize, usize)) -> Self {
        let scaled = |length: usize| (length * usize::from(eighths)) as f64 / 8.0;
        let (left, top) = (scaled(area.left), scaled(area.top));
        let (width, height) = (scaled(area.width), scaled(area.height));
        let cover = |start: f64, length: f64, most: usize| {
            let first = start as usize;
            (first, ((start + length).ceil() as usize).min(most) - first)
        };
        let ((x, across), (y, down)) = (cover(left, width, decoded.0), cover(top, height, decoded.1));
        let cover = Area { left: x, top: y, width: across, height: down };
        Self { left: left - x as f64, top: top - y as f64, width, height, cover }
    }

    /// Returns the number of rows from the top of the picture to the end of the window.
    pub(super) fn bottom(&self) -> usize {
        self.cover.top + self.cover.height
    }

    /// Returns the rows of the window for one row of a copy with so many rows.
    fn ratio(&self, rows: usize) -> f64 {
        self.height / rows as f64
    }
}

/// A picture that has been scaled, not yet turned.
#[derive(Debug)]
pub(super) struct Small {
    pub(super) data: Vec<u8>,
    pub(super) pixels: Pixels,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Takes the rows of a picture from top to bottom and makes a small copy of a part of it.
pub(super) struct Scaler {
    /// Rows of the part for a row of the copy.
    ratio: f64,
    /// Bytes of an incoming row.
    row: usize,
    window: Window,
    small: Small,
    resizer: Resizer,
    how: ResizeOptions,
    /// Rows of the part that are still needed.
    strip: Vec<u8>,
    /// The number of the strip's first row in the part.
    first: usize,
    /// The number of received rows of the whole picture.
    taken: usize,
    /// The number of finished rows of the copy.
    made: usize,
    /// The number of rows that one strip makes.
    step: usize,
}

/// Returns the memory for scaling a part of a picture to so many pixels, in bytes.
pub(super) fn memory_needed(pixels: Pixels, window: &Window, (width, height): (usize, usize)) -> u64 {
    let around = (2.0 * LOBES * window.ratio(height).max(1.0)).ceil() as usize + 2;
    let row = window.cover.width * pixels.bytes();
    let strip = STRIP.max(row) * 2 + around * row;
    // The strip, its convolved copy, and the result.
    (strip * 2 + width * height * pixels.bytes()) as u64
}

impl Scaler {
    /// Makes a scaler for rows of `width` pixels.
    pub(super) fn new(pixels: Pixels, width: usize, window: Window, size: (usize, usize)) -> Self {
        let data = vec![0; size.0 * size.1 * pixels.bytes()];
        let rows = (STRIP / (window.cover.width * pixels.bytes())) as f64;
        Self {
            row: width * pixels.bytes(),
            window,
            small: Small { data, pixels, width: size.0, height: size.1 },
            resizer: Resizer::new(),
            how: ResizeOptions::new()
                .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
                .use_alpha(pixels == Pixels::Rgba),
            strip: Vec::new(),
            first: 0,
            taken: 0,
            made: 0,
            step: ((rows / window.ratio(size.1)) as usize).max(1),
            ratio: window.ratio(size.1),
        }
    }

    /// Takes the next rows.
    pub(super) fn take(&mut self, rows: &[u8]) -> Result<(), PictureError> {
        let (cover, bytes) = (self.window.cover, self.small.pixels.bytes());
        for row in rows.chunks_exact(self.row) {
            if (cover.top..cover.top + cover.height).contains(&self.taken) {
                self.strip.extend_from_slice(&row[cover.left * bytes..(cover.left + cover.width) * bytes]);
            }
            self.taken += 1;
        }
        while self.made < self.small.height && self.has_rows_for_a_step() {
            self.make()?;
        }
        Ok(())
    }

    /// Returns the small picture, when all rows of the part have come in.
    pub(super) fn finish(self) -> Result<Small, PictureError> {
        if self.made < self.small.height {
            return Err(PictureError::damaged("it ends in the middle"));
        }
        Ok(self.small)
    }

    /// Returns the rows on each side that the filter may read.
    fn reach(&self) -> f64 {
        LOBES * self.ratio.max(1.0) + 1.0
    }

    /// Returns the start of a row of the copy, in rows of the part.
    fn place(&self, row: usize) -> f64 {
        self.window.top + row as f64 * self.ratio
    }

    fn end_of_step(&self) -> usize {
        (self.made + self.step).min(self.small.height)
    }

    fn has_rows_for_a_step(&self) -> bool {
        let cover = self.window.cover;
        let needed = (self.place(self.end_of_step()) + self.reach()).ceil() as usize;
        self.taken.saturating_sub(cover.top).min(cover.height) >= needed.min(cover.height)
    }

    /// Makes the next rows of the copy.
    fn make(&mut self) -> Result<(), PictureError> {
        let (end, pixels, across) = (self.end_of_step(), self.small.pixels, self.window.cover.width);
        let (row_in, row_out) = (across * pixels.bytes(), self.small.width * pixels.bytes());
        let rows = self.strip.len() / row_in;
        let top = self.place(self.made) - self.first as f64;
        let height = (self.place(end) - self.place(self.made)).min(rows as f64 - top);
        let width = self.window.width.min(across as f64 - self.window.left);
        let kind = match pixels {
            Pixels::Rgb => PixelType::U8x3,
            Pixels::Rgba | Pixels::Cmyk => PixelType::U8x4,
        };
        let from = ImageRef::new(number(across)?, number(rows)?, &self.strip, kind)
            .map_err(PictureError::damaged)?;
        let into = &mut self.small.data[self.made * row_out..end * row_out];
        let mut to = Image::from_slice_u8(number(self.small.width)?, number(end - self.made)?, into, kind)
            .map_err(PictureError::damaged)?;
        let how = self.how.crop(self.window.left, top, width, height);
        self.resizer.resize(&from, &mut to, &how).map_err(PictureError::damaged)?;
        self.made = end;
        self.forget(row_in);
        Ok(())
    }

    /// Drops the rows that no later row of the copy needs.
    fn forget(&mut self, row_in: usize) {
        let keep = (self.place(self.made) - self.reach()).floor().max(0.0) as usize;
        let over = keep.saturating_sub(self.first).min(self.strip.len() / row_in);
        self.strip.drain(..over * row_in);
        self.first += over;
    }
}

/// Converts a length into the type of the picture libraries.
pub(super) fn number(length: usize) -> Result<u32, PictureError> {
    u32::try_from(length).map_err(PictureError::damaged)
}

#[cfg(test)]
#[path = "scale_tests.rs"]
mod tests;
