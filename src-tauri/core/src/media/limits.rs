//! How large a picture may be, and how large it becomes.

use super::error::PictureError;

/// Memory for all pictures that are being prepared, in bytes, without the bytes of the files. One picture may take all
/// of it, so this is also the limit for a single picture.
pub const MEMORY: u64 = 512 << 20;

/// The largest picture file that is taken, in bytes.
pub const MAX_PICTURE_BYTES: usize = 60 << 20;

/// The limits of a file and of its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: usize,
    /// Most pixels; checked before anything is decoded.
    pub pixels: u64,
    /// Most memory for decoding, in bytes; checked before anything is decoded.
    pub memory: u64,
    /// Longest side of the result, in pixels.
    pub side: u32,
    /// JPEG quality of the result, 1 to 100.
    pub quality: u8,
    /// Largest result, in bytes: the image host refuses more than 10 MiB for good (contract.md 0, 12 trap 4).
    pub result_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: MAX_PICTURE_BYTES,
            pixels: 100_000_000,
            memory: MEMORY,
            side: 2560,
            quality: 85,
            result_bytes: 9 << 20,
        }
    }
}

impl Limits {
    /// Refuses a picture of more pixels than allowed.
    pub(super) fn admit(&self, width: u32, height: u32) -> Result<(), PictureError> {
        if u64::from(width) * u64::from(height) > self.pixels {
            return Err(PictureError::TooManyPixels { width, height, limit_mp: self.pixels / 1_000_000 });
        }
        if width == 0 || height == 0 {
            return Err(PictureError::damaged("it holds no picture"));
        }
        Ok(())
    }
}
