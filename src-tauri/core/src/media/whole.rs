//! Checks whether a file is complete. It reads only the structure, so that a cut file costs no decoding.
//!
//! Only formats with lengths in their structure are checked. For TIFF, whose pieces can be anywhere, the decoder finds
//! the fault.

use image::ImageFormat;

/// Returns false if the file is certainly cut off.
pub(super) fn is_whole(bytes: &[u8], format: ImageFormat) -> bool {
    match format {
        ImageFormat::Png => png(bytes).is_some(),
        ImageFormat::Gif => gif(bytes).is_some(),
        ImageFormat::WebP => webp(bytes).unwrap_or(false),
        ImageFormat::Bmp => bmp(bytes).unwrap_or(false),
        _ => true,
    }
}

/// Reads the chunks up to the one that ends the file.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let name = rest.get(4..8)?;
        rest = rest.get(12usize.checked_add(length)?..)?;
        if name == b"IEND" {
            return Some(());
        }
    }
}

/// Reads the blocks up to the end of the first picture. Later pictures of an animation are not needed.
fn gif(bytes: &[u8]) -> Option<()> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let mut rest = bytes.get(13 + colours(*bytes.get(10)?)..)?;
    loop {
        let (is_picture, blocks) = match *rest.first()? {
            0x21 => (false, 2),
            0x2C => (true, 11 + colours(*rest.get(9)?)),
            // The end without a picture, or a block that the decoder has to check.
            _ => return Some(()),
        };
        rest = rest.get(blocks..)?;
        loop {
            let length = usize::from(*rest.first()?);
            rest = rest.get(1 + length..)?;
            if length == 0 {
                break;
            }
        }
        if is_picture {
            return Some(());
        }
    }
}

/// Compares the file with the length in the container. Some writers leave out the last padding byte.
fn webp(bytes: &[u8]) -> Option<bool> {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
    Some(bytes.len() + 1 >= 8usize.checked_add(length)?)
}

/// Compares the file with the rows of an uncompressed bitmap. The decoder checks a compressed one.
fn bmp(bytes: &[u8]) -> Option<bool> {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|four| i32::from_le_bytes(*four));
    let start = u64::try_from(number(10)?).ok()?;
    if number(14)? < 40 {
        return Some(true);
    }
    let (width, height) = (number(18)?.unsigned_abs(), number(22)?.unsigned_abs());
    let bits = u16::from_le_bytes(*bytes.get(28..)?.first_chunk()?);
    let is_plain = matches!(number(30)?, 0 | 3);
    let row = (u64::from(width) * u64::from(bits)).div_ceil(32) * 4;
    let needed = start.saturating_add(row.saturating_mul(u64::from(height)));
    Some(!is_plain || bytes.len() as u64 >= needed)
}
