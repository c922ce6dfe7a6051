//! Finds the kind of a file from its first bytes. Its name and the server's content type are ignored.

use image::ImageFormat;

use super::error::PictureError;

/// Returns the kind of a picture, or the reason why this kind is refused.
pub(super) fn format_of(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(ImageFormat::Gif),
        // Many texts begin with "BM"; the four bytes after the size are reserved and zero.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Ok(ImageFormat::Bmp),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(ImageFormat::Tiff),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Err(refusal_of_brand(brand)),
        _ if looks_like_svg(bytes) => Err(PictureError::OtherKind("SVG")),
        _ => Err(PictureError::NotAPicture),
    }
}

/// Returns the error for a brand of the HEIF container. Phones write HEIC and HEIF.
fn refusal_of_brand(brand: &[u8]) -> PictureError {
    match brand.get(..4) {
        Some(b"avif" | b"avis") => PictureError::OtherKind("AVIF"),
        Some(b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
            PictureError::Heic
        }
        _ => PictureError::NotAPicture,
    }
}

/// Returns file ending and content type of the kinds that every web view shows; `None` for all others.
pub(super) fn shown_as(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match format_of(bytes).ok()? {
        ImageFormat::Jpeg => Some(("jpg", "image/jpeg")),
        ImageFormat::Png => Some(("png", "image/png")),
        ImageFormat::WebP => Some(("webp", "image/webp")),
        ImageFormat::Gif => Some(("gif", "image/gif")),
        _ => None,
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")
}
