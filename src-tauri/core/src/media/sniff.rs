//! What a file is, by its first bytes. Its name and what a server calls it count for nothing.

/// A kind of file that is worth telling apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
    Tiff,
    /// HEIC and HEIF: what phones make.
    Heic,
    Avif,
    Svg,
    Unknown,
}

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            // "BM" alone begins many texts; the four bytes after the size are reserved and zero.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Self::Bmp,
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Self::Tiff,
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Self::of_brand(brand),
            _ if looks_like_svg(bytes) => Self::Svg,
            _ => Self::Unknown,
        }
    }

    fn of_brand(brand: &[u8]) -> Self {
        match brand.get(..4) {
            Some(b"avif" | b"avis") => Self::Avif,
            Some(b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1") => Self::Heic,
            _ => Self::Unknown,
        }
    }

    /// Name ending and content type of the kinds that every web view shows; `None` for all others.
    pub(super) fn shown_as(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Jpeg => Some(("jpg", "image/jpeg")),
            Self::Png => Some(("png", "image/png")),
            Self::WebP => Some(("webp", "image/webp")),
            Self::Gif => Some(("gif", "image/gif")),
            _ => None,
        }
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")
}
