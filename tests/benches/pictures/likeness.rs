//! The likeness of a result to a copy that was scaled from all pixels (structural similarity, Wang and others 2004).

use image::imageops::{FilterType, resize};
use image::{GrayImage, ImageReader};

/// The side of a window, in pixels.
const WINDOW: u32 = 8;
/// The distance between the starts of two windows, in pixels.
const STEP: u32 = 4;

/// Returns the likeness. Equal pictures have 1.
pub(crate) fn of(photo: &str, result: &str) -> f64 {
    let result = read(result);
    let reference = resize(&read(photo), result.width(), result.height(), FilterType::Lanczos3);
    let (mut sum, mut count) = (0.0, 0.0);
    for y in (0..=result.height() - WINDOW).step_by(STEP as usize) {
        for x in (0..=result.width() - WINDOW).step_by(STEP as usize) {
            sum += window(&reference, &result, x, y);
            count += 1.0;
        }
    }
    sum / count
}

/// Returns the brightness of a picture.
fn read(file: &str) -> GrayImage {
    let reader = ImageReader::open(file).expect("the picture is there");
    reader.with_guessed_format().expect("it has a format").decode().expect("it can be decoded").into_luma8()
}

fn window(one: &GrayImage, other: &GrayImage, left: u32, top: u32) -> f64 {
    let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for y in top..top + WINDOW {
        for x in left..left + WINDOW {
            let (p, q) = (f64::from(one.get_pixel(x, y).0[0]), f64::from(other.get_pixel(x, y).0[0]));
            a += p;
            b += q;
            aa += p * p;
            bb += q * q;
            ab += p * q;
        }
    }
    let count = f64::from(WINDOW * WINDOW);
    let (mean_a, mean_b) = (a / count, b / count);
    let (var_a, var_b) = (aa / count - mean_a * mean_a, bb / count - mean_b * mean_b);
    let common = ab / count - mean_a * mean_b;
    let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
    ((2.0 * mean_a * mean_b + c1) * (2.0 * common + c2))
        / ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2))
}
