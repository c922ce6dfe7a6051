//! Files with a head that claims a size and almost no data, and real files to be cut.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};

/// Returns a picture like a photo: smooth, with a grain.
fn picture(width: u32, height: u32) -> RgbImage {
    let mut state = 1u32;
    RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 28) as u8;
        Rgb([(x * 200 / width) as u8 + grain, (y * 200 / height) as u8 + grain, 60 + grain])
    })
}

pub fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut picture = picture(width, height);
    if format == ImageFormat::Gif {
        // Only 64 colours: choosing 256 of thousands would take a minute.
        picture.iter_mut().for_each(|channel| *channel &= 0xC0);
    }
    encoded(&picture.into(), format)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

pub fn progressive(width: u32, height: u32) -> Vec<u8> {
    let mut jpeg = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    jpeg.set_fastest_defaults();
    jpeg.set_size(width as usize, height as usize);
    jpeg.set_progressive_mode();
    jpeg.set_chroma_sampling_pixel_sizes((1, 1), (1, 1));
    let mut jpeg = jpeg.start_compress(Vec::new()).unwrap();
    jpeg.write_scanlines(&picture(width, height)).unwrap();
    jpeg.finish().unwrap()
}

pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    let length = u32::try_from(body.len()).unwrap();
    [length.to_be_bytes().as_slice(), &named, &crc(&named).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

fn png_head(width: u32, height: u32, interlaced: bool) -> Vec<u8> {
    let head =
        [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, u8::from(interlaced)]].concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &head)].concat()
}

/// Returns a PNG of colours with almost no data.
pub fn png(width: u32, height: u32, interlaced: bool) -> Vec<u8> {
    let start = png_head(width, height, interlaced);
    [start, chunk(b"IDAT", &zeros(1000)), chunk(b"IEND", b"")].concat()
}

/// Returns a PNG of colours around the given compressed data.
pub fn png_around(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    [png_head(width, height, false), chunk(b"IDAT", data), chunk(b"IEND", b"")].concat()
}

pub fn with_chunk(png: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&png[..33], chunk, &png[33..]].concat()
}

/// Returns at least this number of zeros, compressed: the data of an encoded black picture.
pub fn zeros(count: usize) -> Vec<u8> {
    let width = 10_000.min(count);
    let black = GrayImage::new(u32::try_from(width).unwrap(), u32::try_from(count.div_ceil(width)).unwrap());
    let mut file = Vec::new();
    // Without a filter each row begins with a zero as well.
    let encoder = image::codecs::png::PngEncoder::new_with_quality(
        &mut file,
        image::codecs::png::CompressionType::Fast,
        image::codecs::png::FilterType::NoFilter,
    );
    black.write_with_encoder(encoder).unwrap();
    let (mut rest, mut data) = (&file[8..], Vec::new());
    while let Some(length) = rest.first_chunk().map(|four| u32::from_be_bytes(*four) as usize) {
        if &rest[4..8] == b"IDAT" {
            data.extend_from_slice(&rest[8..8 + length]);
        }
        rest = &rest[12 + length..];
    }
    data
}

/// Returns a whole small JPEG whose head has been changed.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = photo(16, 16, ImageFormat::Jpeg);
    let frame = file.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

/// Returns a whole small GIF on a huge canvas.
pub fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut file = photo(16, 16, ImageFormat::Gif);
    file[6..8].copy_from_slice(&width.to_le_bytes());
    file[8..10].copy_from_slice(&height.to_le_bytes());
    file
}

/// Returns a small lossless WebP whose head has been changed.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut file = photo(16, 16, ImageFormat::WebP);
    // After "VP8L", its length and its signature, the head has each side less one in 14 bits.
    let at = file.windows(4).position(|four| four == b"VP8L").unwrap() + 9;
    let sides = (width - 1) | (height - 1) << 14;
    let flags = u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) & 0xF000_0000;
    file[at..at + 4].copy_from_slice(&(sides | flags).to_le_bytes());
    file
}

/// Returns a run-length encoded bitmap: a few bytes may stand for any number of pixels.
pub fn bmp(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"BM\0\0\0\0\0\0\0\0\x3e\0\0\0\x28\0\0\0".to_vec();
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([1, 0, 8, 0, 1, 0, 0, 0]);
    file.extend([0; 8]);
    file.extend(0u32.to_le_bytes());
    file.extend([2, 0, 0, 0, 2, 0, 0, 0]);
    file.extend([0, 0, 0, 0, 255, 255, 255, 0]);
    // The data is only "end of bitmap".
    file.extend([0, 1]);
    file
}

/// Returns a small TIFF whose width and height have been changed.
pub fn tiff(width: u32, height: u32) -> Vec<u8> {
    let mut file = photo(16, 16, ImageFormat::Tiff);
    let entries = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_le_bytes(file[entries..entries + 2].try_into().unwrap()));
    for entry in (0..count).map(|number| entries + 2 + 12 * number) {
        let value = match u16::from_le_bytes(file[entry..entry + 2].try_into().unwrap()) {
            256 => width,
            257 | 278 => height,
            _ => continue,
        };
        // The value is written as a long, whatever its type was.
        file[entry + 2..entry + 4].copy_from_slice(&4u16.to_le_bytes());
        file[entry + 8..entry + 12].copy_from_slice(&value.to_le_bytes());
    }
    file
}
