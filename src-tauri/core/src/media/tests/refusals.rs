use image::{DynamicImage, ImageFormat};

use super::*;
use crate::error::{DeskError, ErrorCode};
use crate::media::{PictureError, PrepareOptions, can_be_drawn, memory_needed};

fn refusal(bytes: &[u8]) -> Option<PictureError> {
    prepare(bytes, &Limits::default()).err()
}

#[test]
fn an_empty_file_is_called_empty() {
    assert_eq!(refusal(b""), Some(PictureError::Empty));
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let limits = Limits { file_bytes: 1 << 20, ..Limits::default() };
    let refused = prepare(&vec![0; (1 << 20) + 1], &limits);
    assert_eq!(refused, Err(PictureError::TooManyBytes(1)));
}

#[test]
fn a_claim_of_too_many_pixels_is_refused_before_it_is_decoded() {
    let too_many = PictureError::TooManyPixels { width: 60_000, height: 60_000, limit_mp: 100 };
    assert_eq!(refusal(&png_claim(60_000, 60_000)), Some(too_many));
}

#[test]
fn a_jpeg_whose_size_has_no_data_behind_it_is_refused() {
    let mut claim = jpeg(&quarters(16, 16), None);
    let frame = claim.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    claim[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    assert_eq!(refusal(&claim), Some(PictureError::Hollow { width: 10_000, height: 10_000 }));
}

#[test]
fn a_picture_that_is_cut_off_is_damaged_at_every_kind() {
    let picture = DynamicImage::from(waves(200, 200));
    for format in KINDS {
        let whole = encoded(&picture, format);
        assert!(prepare(&whole, &Limits::default()).is_ok(), "{format:?}");
        for length in [whole.len() / 2, whole.len() * 9 / 10, whole.len() - 3] {
            let cut = refusal(&whole[..length]);
            assert!(matches!(cut, Some(PictureError::Damaged { .. })), "{format:?}, {length}: {cut:?}");
        }
    }
}

#[test]
fn a_jpeg_that_is_cut_off_is_damaged_even_with_a_whole_thumbnail_inside() {
    let thumbnail = jpeg(&quarters(8, 8), None);
    let whole = jpeg(&quarters(200, 200), Some(&[exif(1), thumbnail].concat()));
    assert!(prepare(&whole, &Limits::default()).is_ok());
    for length in [whole.len() / 2, whole.len() - 1, 900, 3] {
        let cut = refusal(&whole[..length]);
        assert!(matches!(cut, Some(PictureError::Damaged { .. })), "{length} bytes: {cut:?}");
    }
}

#[test]
fn the_bytes_count_and_not_what_they_claim_to_be() {
    let html = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
    for file in [html.as_slice(), b"%PDF-1.7 ...", b"BM is how this text begins", b"PK\x03\x04 a zip"] {
        assert_eq!(refusal(file), Some(PictureError::NotAPicture), "{}", file.escape_ascii());
    }
}

#[test]
fn a_phone_format_gets_its_own_way_out() {
    assert_eq!(refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), Some(PictureError::Heic));
    let error = DeskError::from(PictureError::Heic);
    let words = (error.code, error.message.as_str());
    assert_eq!(words, (ErrorCode::BadPicture, "HEIC pictures cannot be used."));
    assert!(error.way_out.contains("JPEG"));
}

#[test]
fn drawings_and_avif_are_named() {
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(refusal(svg), Some(PictureError::OtherKind("SVG")));
    let avif = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00";
    assert_eq!(refusal(avif), Some(PictureError::OtherKind("AVIF")));
}

#[test]
fn a_jpeg_that_only_laboratories_write_is_refused_in_words() {
    let mut lossless = jpeg(&quarters(16, 16), None);
    let frame = lossless.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    lossless[frame + 1] = 0xC3;
    assert_eq!(refusal(&lossless), Some(PictureError::Variety("JPEG")));
    let error = DeskError::from(PictureError::Variety("JPEG"));
    assert_eq!(error.message, "This variety of JPEG picture cannot be used.");
}

#[test]
fn only_a_picture_that_is_decoded_as_a_whole_needs_memory_for_its_size() {
    let needed = |file: &[u8]| {
        memory_needed(file, &Limits::default(), &PrepareOptions::default()).expect("a picture") >> 20
    };
    let photo = waves(3000, 2400);
    let rows = [jpeg(&photo, None), encoded(&photo.clone().into(), ImageFormat::Png)];
    for file in rows {
        // The result (2,560 x 2,048) three times, and the strips.
        assert!((40..60).contains(&needed(&file)), "{} MB", needed(&file));
    }
    let whole = needed(&encoded(&photo.into(), ImageFormat::Bmp));
    assert!((60..80).contains(&whole), "{whole} MB");
}

#[test]
fn more_memory_than_allowed_is_refused_before_it_is_taken() {
    let file = encoded(&waves(1000, 1000).into(), ImageFormat::Bmp);
    let limits = Limits { memory: 2 << 20, ..Limits::default() };
    assert_eq!(prepare(&file, &limits), Err(PictureError::TooMuchMemory { needed_mb: 2, limit_mb: 2 }));
    assert!(!can_be_drawn(&file, &limits));
}
