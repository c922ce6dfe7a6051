use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use moxcms::ColorProfile;
use mozjpeg::ColorSpace;

use super::*;

fn middle(file: &[u8]) -> [u8; 3] {
    let [red, green, blue, _] = shown(&prepared(file)).get_pixel(10, 10).0;
    [red, green, blue]
}

fn p3() -> Vec<u8> {
    ColorProfile::new_display_p3().encode().expect("encodes")
}

#[test]
fn colours_of_a_wide_profile_are_brought_to_srgb() {
    let picture = RgbImage::from_pixel(20, 20, Rgb([200, 100, 100]));
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(p3()).expect("png has profiles");
    encoder.write_image(&picture, 20, 20, ExtendedColorType::Rgb8).expect("encodes");
    for file in [png, with_profile(&jpeg(&picture, None), &p3())] {
        let red = middle(&file)[0];
        assert!(red > 205, "the same red needs a higher number in sRGB than in P3, but it is {red}");
    }
}

#[test]
fn a_grey_profile_is_respected() {
    // A linear profile: the middle of its scale is far brighter in sRGB.
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().expect("encodes");
    let grey = jpeg_of(&[128; 400], ColorSpace::JCS_GRAYSCALE, (20, 20), Style::Baseline);
    let [red, green, blue] = middle(&with_profile(&grey, &linear));
    assert!(red > 180 && red.abs_diff(green) < 3 && red.abs_diff(blue) < 3, "{red} {green} {blue}");
}

#[test]
fn inks_become_the_colours_that_they_print() {
    // Magenta and yellow give red; a little black makes it darker. Adobe's programs invert inks and mark the file.
    let plain = jpeg_of(&[0, 255, 255, 60].repeat(400), ColorSpace::JCS_CMYK, (20, 20), Style::Baseline);
    let inverted = jpeg_of(&[255, 0, 0, 195].repeat(400), ColorSpace::JCS_CMYK, (20, 20), Style::Baseline);
    let has_mark = |file: &[u8]| contains(file, b"Adobe");
    assert!(has_mark(&inverted), "the encoder writes the mark");
    let at = plain.windows(5).position(|five| five == b"Adobe").expect("the mark");
    // The same file without the mark.
    let unmarked = [&plain[..at - 4], &plain[at + 12..]].concat();
    assert!(!has_mark(&unmarked));
    for file in [unmarked, inverted] {
        let colour = middle(&file);
        assert!(is_near(&image::Rgba([colour[0], colour[1], colour[2], 255]), [195, 0, 0]), "{colour:?}");
    }
}

#[test]
fn a_broken_profile_leaves_the_colours() {
    let picture = jpeg(&RgbImage::from_pixel(20, 20, Rgb([200, 100, 100])), None);
    let mut broken = p3();
    broken.truncate(200);
    for profile in [broken, b"no profile".to_vec()] {
        assert_eq!(middle(&with_profile(&picture, &profile)), middle(&picture));
    }
}

#[test]
fn a_profile_of_the_wrong_kind_leaves_the_colours() {
    let grey = ColorProfile::new_gray_with_gamma(1.0).encode().expect("encodes");
    let inks = jpeg_of(&[255, 0, 0, 195].repeat(400), ColorSpace::JCS_CMYK, (20, 20), Style::Baseline);
    assert_eq!(middle(&with_profile(&inks, &grey)), middle(&inks));
    assert_eq!(middle(&with_profile(&inks, &p3())), middle(&inks));
}
