//! Picture files for the tests. Encoders make them, and code here puts together those that no encoder writes.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba};
use mozjpeg::{ColorSpace, Compress};

pub(super) const RED: [u8; 3] = [220, 20, 20];
pub(super) const GREEN: [u8; 3] = [20, 220, 20];
pub(super) const BLUE: [u8; 3] = [20, 20, 220];
pub(super) const GREY: [u8; 3] = [128, 128, 128];

/// The kinds that are accepted.
pub(super) const KINDS: [ImageFormat; 6] = [
    ImageFormat::Jpeg,
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
    ImageFormat::Bmp,
    ImageFormat::Tiff,
];

/// Red at the top left, green at the top right, blue at the bottom left, grey at the bottom right.
pub(super) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => GREY,
        })
    })
}

/// A picture with detail in both directions, like a photo.
pub(super) fn waves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |a: f32, b: f32| ((x as f32 * a + y as f32 * b).sin() * 90.0 + 128.0) as u8;
        Rgb([wave(0.05, 0.02), wave(0.01, 0.07), wave(0.03, -0.04)])
    })
}

/// Noise, which no codec can compress.
pub(super) fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    })
}

pub(super) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("encodes");
    file.into_inner()
}

/// The encoding of a JPEG.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Baseline,
    Progressive,
}

/// Makes a JPEG of rows in these colours.
pub(super) fn jpeg_of(pixels: &[u8], colours: ColorSpace, size: (u32, u32), style: Style) -> Vec<u8> {
    let mut jpeg = Compress::new(colours);
    jpeg.set_fastest_defaults();
    if colours == ColorSpace::JCS_CMYK {
        jpeg.set_color_space(ColorSpace::JCS_CMYK);
    }
    jpeg.set_size(size.0 as usize, size.1 as usize);
    jpeg.set_quality(95.0);
    if style == Style::Progressive {
        jpeg.set_progressive_mode();
    }
    let mut jpeg = jpeg.start_compress(Vec::new()).expect("begins");
    jpeg.write_scanlines(pixels).expect("encodes");
    jpeg.finish().expect("ends")
}

/// Makes a baseline JPEG, with a block of EXIF data if one is given.
pub(super) fn jpeg(picture: &RgbImage, exif: Option<&[u8]>) -> Vec<u8> {
    let file = jpeg_of(picture, ColorSpace::JCS_RGB, picture.dimensions(), Style::Baseline);
    match exif {
        Some(exif) => with_segment(&file, 0xE1, &[b"Exif\0\0", exif].concat()),
        None => file,
    }
}

/// Returns the same JPEG with another segment right after its first mark.
pub(super) fn with_segment(jpeg: &[u8], mark: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a segment fits into 65,533 bytes");
    [&jpeg[..2], &[0xFF, mark], &length.to_be_bytes(), body, &jpeg[2..]].concat()
}

/// Returns the same JPEG with a colour profile, in pieces, as long profiles need it.
pub(super) fn with_profile(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = profile.chunks(60_000).collect();
    let count = u8::try_from(pieces.len()).expect("few pieces");
    // The first piece is put last: the order follows the numbers, not the positions.
    (1..).zip(&pieces).fold(jpeg.to_vec(), |file, (number, piece)| {
        with_segment(&file, 0xE2, &[b"ICC_PROFILE\0", [number, count].as_slice(), piece].concat())
    })
}

/// Makes a TIFF block with an orientation and a GPS latitude reference, as phones write it.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II\x2a\x00\x08\x00\x00\x00\x02\x00".to_vec();
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    };
    entry(0x0112, 3, 1, u32::from(orientation));
    entry(0x8825, 4, 1, 38);
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(b"\x01\x00\x01\x00\x02\x00\x02\x00\x00\x00N\x00\x00\x00\x00\x00\x00\x00GPS-52.0599N");
    tiff
}

/// Returns the same PNG with another chunk right after its head.
pub(super) fn with_chunk(png: &[u8], name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let head = 8 + 25;
    [&png[..head], &chunk(name, body), &png[head..]].concat()
}

/// Makes a chunk of a PNG.
pub(super) fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    let length = u32::try_from(body.len()).expect("a short chunk");
    [length.to_be_bytes().as_slice(), &named, &crc(&named).to_be_bytes()].concat()
}

/// Makes a PNG with a head and an end, and no data.
pub(super) fn png_claim(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &head), &chunk(b"IDAT", b""), &chunk(b"IEND", b"")]
        .concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

/// Makes an animation of these pictures.
pub(super) fn animated_gif(frames: &[RgbImage]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut file);
    let frames = frames.iter().map(|frame| image::Frame::new(DynamicImage::from(frame.clone()).into_rgba8()));
    encoder.encode_frames(frames).expect("encodes");
    drop(encoder);
    file
}

/// Makes an animation of these pictures, put together by the container's specification.
pub(super) fn animated_webp(frames: &[RgbImage]) -> Vec<u8> {
    let part = |name: &[u8; 4], body: &[u8]| {
        let mut part =
            [name.as_slice(), &u32::try_from(body.len()).expect("short").to_le_bytes(), body].concat();
        part.resize(part.len().next_multiple_of(2), 0);
        part
    };
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let (width, height) = frames[0].dimensions();
    let canvas = [vec![0x02, 0, 0, 0], three(width - 1), three(height - 1)].concat();
    let mut body = [b"WEBP".as_slice(), &part(b"VP8X", &canvas), &part(b"ANIM", &[0; 6])].concat();
    for frame in frames {
        // The picture's own chunk follows the container's head (12 bytes).
        let picture = &encoded(&frame.clone().into(), ImageFormat::WebP)[12..];
        let place = [vec![0; 6], three(width - 1), three(height - 1), three(100), vec![0]].concat();
        body.extend(part(b"ANMF", &[place.as_slice(), picture].concat()));
    }
    part(b"RIFF", &body)
}

pub(super) fn is_near(pixel: &Rgba<u8>, colour: [u8; 3]) -> bool {
    pixel.0.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 30)
}

pub(super) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
