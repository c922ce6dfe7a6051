use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba};
use moxcms::ColorProfile;
use mozjpeg::ColorSpace;

use super::*;
use crate::media::{Crop, Job, PictureError, PrepareOptions, Turn, can_be_drawn, prepare_with};

#[test]
fn every_exif_orientation_comes_out_upright() {
    // The positions of the stored top left (red) and top right (green): EXIF 2.32, tag 0x0112. Clockwise from the top
    // left; of the stored picture these are red, green, grey and blue.
    let upright = [
        [RED, GREEN, GREY, BLUE],
        [GREEN, RED, BLUE, GREY],
        [GREY, BLUE, RED, GREEN],
        [BLUE, GREY, GREEN, RED],
        [RED, BLUE, GREY, GREEN],
        [BLUE, RED, GREEN, GREY],
        [GREY, GREEN, RED, BLUE],
        [GREEN, GREY, BLUE, RED],
    ];
    for (orientation, expected) in (1u16..).zip(upright) {
        let result = prepared(&jpeg(&quarters(80, 40), Some(&exif(orientation))));
        let size = if orientation < 5 { (80, 40) } else { (40, 80) };
        assert_eq!((result.width, result.height), size, "orientation {orientation}");
        assert_eq!(corners(&result), expected, "orientation {orientation}");
    }
}

#[test]
fn the_orientation_of_a_large_photo_and_of_a_png_counts_too() {
    let photo = prepared(&jpeg(&quarters(6000, 400), Some(&exif(6))));
    assert_eq!((photo.width, photo.height, corners(&photo)), (171, 2560, [BLUE, RED, GREEN, GREY]));
    let png = encoded(&quarters(80, 40).into(), ImageFormat::Png);
    let turned = prepared(&with_chunk(&png, b"eXIf", &exif(8)));
    assert_eq!((turned.width, turned.height, corners(&turned)), (40, 80, [GREEN, GREY, BLUE, RED]));
}

#[test]
fn where_the_photo_was_taken_is_not_uploaded() {
    let profile = ColorProfile::new_display_p3().encode().expect("encodes");
    let photo = with_profile(&jpeg(&quarters(40, 40), Some(&exif(1))), &profile);
    let photo = with_segment(&photo, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:GPSLatitude>52.0599N");
    let photo = with_segment(&photo, 0xFE, b"a comment from 52.0599N");
    let glass = RgbaImage::from_pixel(40, 40, Rgba([9, 9, 9, 99]));
    let png = with_chunk(&encoded(&glass.into(), ImageFormat::Png), b"eXIf", &exif(1));
    let png = with_chunk(&png, b"tEXt", b"Location\0 52.0599N");
    for file in [photo, png] {
        assert!(contains(&file, b"GPS-52.0599N"), "the original has it");
        let result = prepared(&file);
        for left in [b"52.0599".as_slice(), b"GPS", b"Exif", b"eXIf", b"tEXt", b"ICC_PROFILE", b"adobe"] {
            assert!(!contains(&result.bytes, left), "{} in {}", left.escape_ascii(), result.mime);
        }
    }
}

#[test]
fn a_large_photo_is_scaled_and_keeps_its_shape() {
    let result = prepared(&jpeg(&quarters(3840, 300), None));
    assert_eq!((result.width, result.height), (2560, 200));
    assert!(!result.small_warning);
    assert!(is_near(shown(&result).get_pixel(10, 10), RED));
}

#[test]
fn a_photo_that_is_decoded_at_a_part_of_its_size_looks_the_same() {
    // Decoded at a half, a quarter and an eighth; and whole, for comparison.
    let limits = Limits { side: 200, ..Limits::default() };
    for (width, height) in [(400, 300), (801, 603), (1777, 999)] {
        let picture = waves(width, height);
        let by_parts = prepare(&jpeg(&picture, None), &limits).expect("prepares");
        let whole = prepare(&encoded(&picture.into(), ImageFormat::Png), &limits).expect("prepares");
        assert_eq!((by_parts.width, by_parts.height), (whole.width, whole.height));
        let (one, other) = (shown(&by_parts), shown(&whole));
        let apart: u64 = one.iter().zip(other.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        let mean = apart as f64 / one.len() as f64;
        assert!(mean < 2.0, "{width} x {height}: {mean} levels apart on average");
    }
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
fn a_turn_goes_on_top_of_what_the_camera_says() {
    let photo = jpeg(&quarters(80, 40), Some(&exif(6)));
    let turned = |turn| {
        let options = PrepareOptions { turn, crop: None };
        let result = prepare_with(&photo, &Limits::default(), &options, &Job::new()).expect("prepares");
        ((result.width, result.height), corners(&result))
    };
    assert_eq!(turned(Turn::None), ((40, 80), [BLUE, RED, GREEN, GREY]));
    assert_eq!(turned(Turn::Right), ((80, 40), [GREY, BLUE, RED, GREEN]));
    assert_eq!(turned(Turn::Half), ((40, 80), [GREEN, GREY, BLUE, RED]));
    assert_eq!(turned(Turn::Left), ((80, 40), [RED, GREEN, GREY, BLUE]));
}

#[test]
fn the_size_of_the_original_is_told_upright_and_without_edits() {
    let crop = Crop::new(0.0, 0.0, 0.5, 0.5).expect("inside");
    let options = PrepareOptions { turn: Turn::Right, crop: Some(crop) };
    for (orientation, size) in [(1, (3000, 40)), (6, (40, 3000))] {
        let photo = jpeg(&quarters(3000, 40), Some(&exif(orientation)));
        let result = prepare_with(&photo, &Limits::default(), &options, &Job::new()).expect("prepares");
        assert_eq!(result.original, size, "orientation {orientation}");
    }
}

#[test]
fn what_is_cut_out_is_what_was_seen() {
    // Upright, this photo has blue at its top left; the quarter at its bottom right is green.
    let photo = jpeg(&quarters(80, 40), Some(&exif(6)));
    let crop = Crop::new(0.5, 0.5, 0.5, 0.5).expect("inside");
    let options = PrepareOptions { turn: Turn::None, crop: Some(crop) };
    let result = prepare_with(&photo, &Limits::default(), &options, &Job::new()).expect("prepares");
    assert_eq!((result.width, result.height), (20, 40));
    assert_eq!(corners(&result), [GREEN; 4]);
}

#[test]
fn a_part_is_scaled_from_all_the_pixels_that_the_photo_has_there() {
    // A fifth of the width still has 1,200 pixels: cut first, then scaled, so nothing is lost.
    let photo = jpeg(&waves(6000, 200), None);
    let crop = Crop::new(0.4, 0.0, 0.2, 1.0).expect("inside");
    let options =
        PrepareOptions { turn: Turn::Left, crop: Some(Crop::new(0.0, 0.4, 1.0, 0.2).expect("inside")) };
    for (options, size) in
        [(PrepareOptions { turn: Turn::None, crop: Some(crop) }, (1200, 200)), (options, (200, 1200))]
    {
        let result = prepare_with(&photo, &Limits::default(), &options, &Job::new()).expect("prepares");
        assert_eq!((result.width, result.height), size);
        assert!(result.small_warning, "1,200 pixels are few for a display");
    }
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
    let result = prepared(&encoded(&solid.into(), ImageFormat::Png));
    assert_eq!(result.mime, "image/jpeg");
    assert!(is_near(shown(&result).get_pixel(30, 30), [10, 200, 10]));
}

#[test]
fn every_accepted_kind_becomes_the_same_picture() {
    let picture = DynamicImage::from(quarters(64, 64));
    for format in KINDS {
        let result = prepared(&encoded(&picture, format));
        assert_eq!(result.mime, "image/jpeg", "{format:?}");
        assert_eq!(corners(&result), [RED, GREEN, GREY, BLUE], "{format:?}");
    }
}

#[test]
fn a_progressive_jpeg_gives_the_same_picture_as_a_plain_one() {
    let picture = waves(900, 700);
    let [plain, progressive] = [Style::Baseline, Style::Progressive]
        .map(|style| prepared(&jpeg_of(&picture, ColorSpace::JCS_RGB, picture.dimensions(), style)));
    assert_eq!(plain, progressive);
}

#[test]
fn the_first_picture_of_an_animation_is_taken() {
    let frames = [quarters(64, 64), RgbImage::from_pixel(64, 64, Rgb(BLUE))];
    for animation in [animated_gif(&frames), animated_webp(&frames)] {
        let result = prepared(&animation);
        assert_eq!(corners(&result), [RED, GREEN, GREY, BLUE], "{}", animation[..6].escape_ascii());
    }
}

#[test]
fn deep_grey_and_interlaced_pictures_are_accepted() {
    let deep = image::ImageBuffer::<Rgb<u16>, _>::from_pixel(20, 20, Rgb([65535, 0, 0]));
    let deep = DynamicImage::from(deep);
    for format in [ImageFormat::Png, ImageFormat::Tiff] {
        assert!(
            is_near(shown(&prepared(&encoded(&deep, format))).get_pixel(9, 9), [255, 0, 0]),
            "{format:?}"
        );
    }
    let grey = image::GrayImage::from_pixel(20, 20, image::Luma([128]));
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let file = encoded(&grey.clone().into(), format);
        assert!(is_near(shown(&prepared(&file)).get_pixel(9, 9), GREY), "{format:?}");
    }
    let veil = image::GrayAlphaImage::from_pixel(20, 20, image::LumaA([128, 200]));
    let veil = shown(&prepared(&encoded(&veil.into(), ImageFormat::Png)));
    assert_eq!(veil.get_pixel(9, 9), &Rgba([128, 128, 128, 200]));
}

#[test]
fn the_same_file_always_gives_the_same_bytes() {
    let file = jpeg(&quarters(3000, 100), Some(&exif(6)));
    assert_eq!(prepared(&file), prepared(&file));
}

#[test]
fn a_result_that_the_image_host_would_refuse_is_made_smaller() {
    let limits = Limits { result_bytes: 20_000, ..Limits::default() };
    let result = prepare(&jpeg(&noise(400, 300), None), &limits).expect("prepares");
    let (bytes, width) = (result.bytes.len(), result.width);
    assert!(bytes <= 20_000 && width < 400, "{width} px, {bytes} bytes");
}

#[test]
fn a_preparation_that_is_stopped_says_why() {
    let photo = jpeg(&waves(900, 700), None);
    let run = |job: &Job| {
        prepare_with(&photo, &Limits::default(), &PrepareOptions::default(), job).map(|result| result.width)
    };
    let job = Job::new();
    assert_eq!(run(&job), Ok(900));
    assert_eq!(job.progress(), 1.0);
    let cancelled = Job::new();
    cancelled.cancel();
    assert_eq!(run(&cancelled), Err(PictureError::Cancelled));
    let slow = Job::new();
    slow.time_is_over();
    assert_eq!(run(&slow), Err(PictureError::TooSlow(20)));
}

#[test]
fn a_picture_with_flipped_bits_is_shown_or_refused_but_never_a_crash() {
    let picture = DynamicImage::from(quarters(24, 16));
    // Small limits: a size that a flipped bit claims must not make the test slow.
    let limits = Limits { pixels: 1_000_000, memory: 16 << 20, ..Limits::default() };
    let profile = ColorProfile::new_display_p3().encode().expect("encodes");
    let progressive = jpeg_of(&quarters(24, 16), ColorSpace::JCS_RGB, (24, 16), Style::Progressive);
    let files = KINDS.map(|format| encoded(&picture, format));
    let files = files.into_iter().chain([with_profile(&progressive, &profile)]);
    let mut state = 7u32;
    for whole in files {
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 8) as usize % bytes.len();
                bytes[at] ^= 1 << (state >> 29);
            }
            if let Ok(result) = prepare(&bytes, &limits) {
                assert!(image::load_from_memory(&result.bytes).is_ok(), "{:?}", &whole[..4]);
            }
        }
    }
}

#[test]
fn a_page_that_begins_like_a_picture_cannot_be_drawn() {
    let limits = Limits::default();
    assert!(!can_be_drawn(b"GIF89a<script>alert(1)</script><p>not a picture at all</p>", &limits));
    assert!(!can_be_drawn(b"<html>", &limits));
    assert!(can_be_drawn(&jpeg(&quarters(300, 200), None), &limits));
}
