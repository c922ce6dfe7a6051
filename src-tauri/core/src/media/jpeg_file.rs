//! Reads the structure of a JPEG file without decoding it (ITU-T T.81, annex B).
//!
//! The decoder paints the missing part of a cut file in grey and reports success. Such a picture must not reach the
//! hotel's page. So the segments are read up to the end mark first; a thumbnail inside has an end mark too.

use image::metadata::Orientation;
use memchr::memchr;

use super::error::PictureError;

/// Limit of scans; no encoder writes so many. Each scan costs a pass over the whole picture, even an empty one.
const MOST_SCANS: u32 = 64;

/// The head of a JPEG file, and the amount of picture data after it.
#[derive(Debug, Default)]
pub(super) struct JpegFile {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Horizontal and vertical sampling of each component.
    sampling: Vec<(u64, u64)>,
    is_progressive: bool,
    /// The turn that the file's metadata asks for.
    pub(super) orientation: Option<Orientation>,
    profile: Vec<(u8, Vec<u8>)>,
    /// True if Adobe's mark is there; then four components are inverted.
    pub(super) has_adobe_mark: bool,
    scans: u32,
    picture_bytes: u64,
}

impl JpegFile {
    /// Reads the segments of a whole file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let cut = || PictureError::damaged("it ends in the middle");
        let mut file = Self::default();
        let mut rest = bytes.get(2..).ok_or_else(cut)?;
        loop {
            let (before, mark) = next_mark(rest).ok_or_else(cut)?;
            if file.scans > 0 {
                file.picture_bytes += before as u64;
            }
            rest = &rest[before + 2..];
            if mark == 0xD9 {
                break;
            }
            let length = rest.first_chunk().map(|pair| usize::from(u16::from_be_bytes(*pair)));
            let body = length.and_then(|length| rest.get(2..length)).ok_or_else(cut)?;
            file.take(mark, body)?;
            rest = &rest[body.len() + 2..];
        }
        file.check()?;
        Ok(file)
    }

    fn take(&mut self, mark: u8, body: &[u8]) -> Result<(), PictureError> {
        match mark {
            // Baseline, extended and progressive, with Huffman codes; tables (C4, C8, CC) are no frames.
            0xC0..=0xC2 => self.take_frame(body, mark == 0xC2)?,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(variety()),
            0xDA => self.scans += 1,
            0xE1 => {
                if let Some(exif) = body.strip_prefix(b"Exif\0\0") {
                    self.orientation = self.orientation.or_else(|| Orientation::from_exif_chunk(exif));
                }
            }
            0xE2 => {
                if let Some([number, _, piece @ ..]) = body.strip_prefix(b"ICC_PROFILE\0") {
                    self.profile.push((*number, piece.to_vec()));
                }
            }
            0xEE => self.has_adobe_mark |= body.starts_with(b"Adobe"),
            _ => {}
        }
        Ok(())
    }

    fn take_frame(&mut self, body: &[u8], is_progressive: bool) -> Result<(), PictureError> {
        let &[precision, h1, h0, w1, w0, count, ref components @ ..] = body else {
            return Err(PictureError::damaged("its head is too short"));
        };
        if precision != 8 || !matches!(count, 1 | 3 | 4) || !self.sampling.is_empty() {
            return Err(variety());
        }
        (self.width, self.height) =
            (u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into());
        self.is_progressive = is_progressive;
        self.sampling = components
            .chunks_exact(3)
            .take(count.into())
            .map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)))
            .collect();
        Ok(())
    }

    fn check(&self) -> Result<(), PictureError> {
        if self.width == 0 || self.height == 0 || self.scans == 0 {
            return Err(PictureError::damaged("it holds no picture"));
        }
        if self.scans > MOST_SCANS {
            return Err(PictureError::damaged("it is written in too many pieces"));
        }
        Ok(())
    }

    /// Returns true if there is not enough data for the size in the head.
    pub(super) fn is_hollow(&self) -> bool {
        // Huffman codes have at least one bit. A block needs one for its mean; unless it is progressive, also one for
        // its end.
        let bits = if self.is_progressive { 1 } else { 2 };
        self.picture_bytes * 8 < self.blocks() * bits
    }

    /// Returns the number of components: 1 grey, 3 colours, 4 inks.
    pub(super) fn components(&self) -> usize {
        self.sampling.len()
    }

    /// Returns the colour profile. Its pieces are numbered, and may come in any order.
    pub(super) fn profile(&mut self) -> Option<Vec<u8>> {
        self.profile.sort_by_key(|(number, _)| *number);
        let profile: Vec<u8> = self.profile.drain(..).flat_map(|(_, piece)| piece).collect();
        (!profile.is_empty()).then_some(profile)
    }

    /// Returns the memory for the data that the decoder cannot decode row by row, in bytes.
    pub(super) fn coefficients(&self) -> u64 {
        let is_in_one_piece = !self.is_progressive && self.scans == 1;
        // Blocks of 64 numbers of 16 bits.
        if is_in_one_piece { 0 } else { self.blocks() * 128 }
    }

    /// Returns the number of blocks of 8 x 8 of all components.
    fn blocks(&self) -> u64 {
        let most = |pick: fn(&(u64, u64)) -> u64| self.sampling.iter().map(pick).max().unwrap_or(1).max(1);
        let (widest, highest) = (most(|s| s.0), most(|s| s.1));
        let blocks = |pixels: u32, part: u64, of: u64| (u64::from(pixels) * part).div_ceil(8 * of);
        self.sampling
            .iter()
            .map(|(across, down)| blocks(self.width, *across, widest) * blocks(self.height, *down, highest))
            .sum()
    }
}

fn variety() -> PictureError {
    PictureError::Variety("JPEG")
}

/// Returns the number of bytes before the next mark, and the mark. FF 00, restart marks and padding belong to the data.
fn next_mark(bytes: &[u8]) -> Option<(usize, u8)> {
    let mut from = 0;
    loop {
        let at = from + memchr(0xFF, bytes.get(from..)?)?;
        match *bytes.get(at + 1)? {
            0xFF => from = at + 1,
            0x00 | 0x01 | 0xD0..=0xD7 => from = at + 2,
            mark => return Some((at, mark)),
        }
    }
}

#[cfg(test)]
#[path = "jpeg_file_tests.rs"]
mod tests;
