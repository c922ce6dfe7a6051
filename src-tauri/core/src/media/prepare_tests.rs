use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 220, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const GREY: [u8; 3] = [128, 128, 128];

/// Red at the top left, green at the top right, blue at the bottom left, grey at the bottom right.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => GREY,
        })
    })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("encodes");
    file.into_inner()
}

fn jpeg(picture: &RgbImage, exif: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    if let Some(exif) = exif {
        encoder.add_exif_metadata(exif).expect("exif fits");
    }
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture, width, height, jpeg_encoder::ColorType::Rgb).expect("encodes");
    bytes
}

/// A TIFF block with an orientation and a GPS latitude reference, as phones write it.
fn exif(orientation: u16) -> Vec<u8> {
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

fn shown(prepared: &Prepared) -> RgbaImage {
    image::load_from_memory(&prepared.bytes).expect("the result can be shown").into_rgba8()
}

fn is_near(pixel: &Rgba<u8>, colour: [u8; 3]) -> bool {
    pixel.0.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 30)
}

fn prepared(bytes: &[u8]) -> Prepared {
    prepare(bytes, &Limits::default()).expect("prepares")
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn every_exif_orientation_comes_out_upright() {
    // Where the stored top left (red) and top right (green) belong: EXIF 2.32, tag 0x0112.
    let corners = [
        ("tl", "tr"),
        ("tr", "tl"),
        ("br", "bl"),
        ("bl", "br"),
        ("tl", "bl"),
        ("tr", "br"),
        ("br", "tr"),
        ("bl", "tl"),
    ];
    for (orientation, (red, green)) in (1u16..).zip(corners) {
        let result = prepared(&jpeg(&quarters(80, 40), Some(&exif(orientation))));
        let expected = if orientation < 5 { (80, 40) } else { (40, 80) };
        assert_eq!((result.width, result.height), expected, "orientation {orientation}");
        let picture = shown(&result);
        let at = |corner: &str| {
            let x = if corner.ends_with('l') { 4 } else { picture.width() - 5 };
            let y = if corner.starts_with('t') { 4 } else { picture.height() - 5 };
            picture.get_pixel(x, y)
        };
        assert!(is_near(at(red), RED), "orientation {orientation}: red at {red}");
        assert!(is_near(at(green), GREEN), "orientation {orientation}: green at {green}");
    }
}

#[test]
fn where_the_photo_was_taken_is_not_uploaded() {
    let original = jpeg(&quarters(40, 40), Some(&exif(1)));
    assert!(contains(&original, b"GPS-52.0599N"), "the original has it");
    let result = prepared(&original);
    assert!(!contains(&result.bytes, b"GPS-52.0599N") && !contains(&result.bytes, b"Exif"));
}

#[test]
fn a_large_photo_is_scaled_and_keeps_its_shape() {
    let result = prepared(&jpeg(&quarters(3840, 300), None));
    assert_eq!((result.width, result.height), (2560, 200));
    assert!(!result.small_warning);
    assert!(is_near(shown(&result).get_pixel(10, 10), RED));
}

#[test]
fn a_thin_picture_keeps_at_least_one_pixel() {
    let result = prepared(&encoded(&RgbImage::new(9000, 1).into(), ImageFormat::Png));
    assert_eq!((result.width, result.height), (2560, 1));
}

#[test]
fn a_small_picture_is_not_blown_up_but_warned_about() {
    let result = prepared(&jpeg(&quarters(300, 200), None));
    assert_eq!((result.width, result.height, result.small_warning), (300, 200, true));
}

#[test]
fn transparency_is_kept_as_png() {
    let glass = RgbaImage::from_fn(60, 60, |x, _| Rgba([10, 200, 10, if x < 30 { 0 } else { 255 }]));
    let result = prepared(&encoded(&glass.into(), ImageFormat::Png));
    assert_eq!(result.mime, "image/png");
    let picture = shown(&result);
    assert_eq!((picture.get_pixel(5, 5)[3], picture.get_pixel(55, 5)[3]), (0, 255));
}

#[test]
fn an_alpha_channel_without_transparency_becomes_jpeg() {
    let solid = RgbaImage::from_pixel(60, 60, Rgba([10, 200, 10, 255]));
    assert_eq!(prepared(&encoded(&solid.into(), ImageFormat::Png)).mime, "image/jpeg");
}

#[test]
fn every_accepted_kind_becomes_the_same_picture() {
    let picture = DynamicImage::from(quarters(64, 64));
    let kinds = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::Tiff,
    ];
    for format in kinds {
        let result = prepared(&encoded(&picture, format));
        assert_eq!(result.mime, "image/jpeg", "{format:?}");
        let picture = shown(&result);
        assert!(is_near(picture.get_pixel(8, 8), RED), "{format:?}");
        assert!(is_near(picture.get_pixel(56, 8), GREEN), "{format:?}");
    }
}

#[test]
fn deep_and_grey_pictures_are_accepted() {
    let deep = image::ImageBuffer::<Rgb<u16>, _>::from_pixel(20, 20, Rgb([65535, 0, 0]));
    assert!(is_near(shown(&prepared(&encoded(&deep.into(), ImageFormat::Png))).get_pixel(9, 9), [255, 0, 0]));
    let grey = image::GrayImage::from_pixel(20, 20, image::Luma([128]));
    assert!(is_near(shown(&prepared(&encoded(&grey.into(), ImageFormat::Jpeg))).get_pixel(9, 9), GREY));
}

#[test]
fn the_same_file_always_gives_the_same_bytes() {
    let file = jpeg(&quarters(3000, 100), Some(&exif(6)));
    assert_eq!(prepared(&file), prepared(&file));
}

#[test]
fn colours_of_a_wide_profile_are_brought_to_srgb() {
    let mut encoder_bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut encoder_bytes);
    encoder
        .set_icc_profile(ColorProfile::new_display_p3().encode().expect("encodes"))
        .expect("png has profiles");
    let picture = RgbImage::from_pixel(20, 20, Rgb([200, 100, 100]));
    encoder.write_image(&picture, 20, 20, ExtendedColorType::Rgb8).expect("encodes");
    let red = shown(&prepared(&encoder_bytes)).get_pixel(10, 10).0[0];
    assert!(red > 205, "the same red needs a higher number in sRGB than in P3, but it is {red}");
}

#[test]
fn a_result_that_the_image_host_would_refuse_is_made_smaller() {
    let limits = Limits { result_bytes: 20_000, ..Limits::default() };
    let mut state = 1u32;
    let noise = RgbImage::from_fn(400, 300, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let result = prepare(&jpeg(&noise, None), &limits).expect("prepares");
    assert!(
        result.bytes.len() <= 20_000 && result.width < 400,
        "{} px, {} bytes",
        result.width,
        result.bytes.len()
    );
}

#[test]
fn a_bomb_is_refused_before_it_is_decoded() {
    // Only a header: a decoder that believed it would ask for 10 GB.
    let mut bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    bomb.extend(60_000u32.to_be_bytes());
    bomb.extend(60_000u32.to_be_bytes());
    bomb.extend([8, 2, 0, 0, 0]);
    bomb.extend(crc(&bomb[12..29]).to_be_bytes());
    bomb.extend(b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e");
    let refused = prepare(&bomb, &Limits::default());
    assert_eq!(refused, Err(PictureError::TooManyPixels { width: 60_000, height: 60_000, limit_mp: 100 }));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn an_empty_file_is_called_empty() {
    assert_eq!(prepare(b"", &Limits::default()), Err(PictureError::Empty));
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let limits = Limits { file_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(prepare(&vec![0; (1 << 20) + 1], &limits), Err(PictureError::TooManyBytes { limit_mb: 1 }));
}

#[test]
fn a_picture_that_is_cut_off_is_damaged_at_every_kind() {
    let picture = DynamicImage::from(quarters(200, 200));
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff]
    {
        let whole = encoded(&picture, format);
        let cut = prepare(&whole[..whole.len() / 2], &Limits::default());
        assert!(matches!(cut, Err(PictureError::Damaged { .. })), "{format:?}");
    }
}

#[test]
fn a_jpeg_that_is_cut_off_is_damaged_even_with_a_whole_thumbnail_inside() {
    let thumbnail = jpeg(&quarters(8, 8), None);
    let whole = jpeg(&quarters(200, 200), Some(&[exif(1), thumbnail].concat()));
    assert!(prepare(&whole, &Limits::default()).is_ok());
    for length in [whole.len() / 2, whole.len() - 1, 900, 3] {
        let cut = prepare(&whole[..length], &Limits::default()).map(|result| result.width);
        assert!(matches!(cut, Err(PictureError::Damaged { .. })), "{length} bytes: {cut:?}");
    }
}

#[test]
fn the_bytes_count_and_not_what_they_claim_to_be() {
    let html = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
    assert_eq!(prepare(html, &Limits::default()), Err(PictureError::NotAPicture));
    assert_eq!(prepare(b"%PDF-1.7 ...", &Limits::default()), Err(PictureError::NotAPicture));
    assert_eq!(prepare(b"BM is how this text begins", &Limits::default()), Err(PictureError::NotAPicture));
}

#[test]
fn a_picture_with_flipped_bits_is_shown_or_refused_but_never_a_crash() {
    let picture = DynamicImage::from(quarters(24, 16));
    let kinds = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::Tiff,
    ];
    // Small limits: what a flipped size claims must not make the test slow.
    let limits = Limits { pixels: 1_000_000, memory: 16 << 20, ..Limits::default() };
    let mut state = 7u32;
    for format in kinds {
        let whole = encoded(&picture, format);
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 8) as usize % bytes.len();
                bytes[at] ^= 1 << (state >> 29);
            }
            if let Ok(result) = prepare(&bytes, &limits) {
                assert!(image::load_from_memory(&result.bytes).is_ok(), "{format:?}");
            }
        }
    }
}

#[test]
fn a_phone_format_gets_its_own_way_out() {
    let heic = prepare(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", &Limits::default());
    assert_eq!(heic, Err(PictureError::Heic));
    let error = DeskError::from(PictureError::Heic);
    assert_eq!(
        (error.code, error.message.as_str()),
        (ErrorCode::BadPicture, "HEIC pictures cannot be used.")
    );
    assert!(error.way_out.contains("JPEG"));
}

#[test]
fn drawings_and_avif_are_named() {
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(prepare(svg, &Limits::default()), Err(PictureError::OtherKind { kind: "SVG" }));
    let avif = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00";
    assert_eq!(prepare(avif, &Limits::default()), Err(PictureError::OtherKind { kind: "AVIF" }));
}

#[test]
fn a_page_that_begins_like_a_picture_cannot_be_drawn() {
    let limits = Limits::default();
    assert!(!can_be_drawn(b"GIF89a<script>alert(1)</script><p>not a picture at all</p>", &limits));
    assert!(!can_be_drawn(b"<html>", &limits));
}
