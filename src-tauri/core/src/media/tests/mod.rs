//! Whole preparations of pictures.

mod colour;
mod refusals;
mod results;

use image::RgbaImage;

use super::test_files::*;
use super::{Limits, Prepared, prepare};

fn shown(prepared: &Prepared) -> RgbaImage {
    image::load_from_memory(&prepared.bytes).expect("the result can be shown").into_rgba8()
}

/// Returns the colours near the corners, clockwise from the top left.
fn corners(prepared: &Prepared) -> [[u8; 3]; 4] {
    let picture = shown(prepared);
    let (right, bottom) = (picture.width() - 5, picture.height() - 5);
    [(4, 4), (right, 4), (right, bottom), (4, bottom)].map(|(x, y)| {
        let pixel = picture.get_pixel(x, y);
        [RED, GREEN, BLUE, GREY].into_iter().find(|colour| is_near(pixel, *colour)).unwrap_or_default()
    })
}

fn prepared(bytes: &[u8]) -> Prepared {
    prepare(bytes, &Limits::default()).expect("prepares")
}
