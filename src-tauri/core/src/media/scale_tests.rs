use image::{Rgba, RgbaImage};

use super::super::test_files::waves;
use super::*;

/// Scales the whole picture at once with the library.
fn at_once(data: &[u8], pixels: Pixels, width: usize, area: Area, size: (usize, usize)) -> Vec<u8> {
    let kind = if pixels == Pixels::Rgb { PixelType::U8x3 } else { PixelType::U8x4 };
    let cut: Vec<u8> = data
        .chunks_exact(width * pixels.bytes())
        .skip(area.top)
        .take(area.height)
        .flat_map(|row| &row[area.left * pixels.bytes()..][..area.width * pixels.bytes()])
        .copied()
        .collect();
    let from = ImageRef::new(number(area.width).unwrap(), number(area.height).unwrap(), &cut, kind).unwrap();
    let mut to = Image::new(number(size.0).unwrap(), number(size.1).unwrap(), kind);
    let how = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(pixels == Pixels::Rgba);
    Resizer::new().resize(&from, &mut to, &how).unwrap();
    to.into_vec()
}

fn in_strips(data: &[u8], pixels: Pixels, width: usize, area: Area, size: (usize, usize)) -> Vec<u8> {
    let height = data.len() / width / pixels.bytes();
    let mut scaler = Scaler::new(pixels, width, Window::of(area, 8, (width, height)), size);
    // Small steps: an error would show as a seam.
    scaler.step = 7;
    for rows in data.chunks(11 * width * pixels.bytes()) {
        scaler.take(rows).expect("scales");
    }
    scaler.finish().expect("complete").data
}

fn furthest(one: &[u8], other: &[u8]) -> u8 {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

#[test]
fn strips_give_the_same_picture_as_the_whole_at_once() {
    let picture = waves(331, 257);
    for (area, size) in [
        (Area { left: 0, top: 0, width: 331, height: 257 }, (100, 78)),
        (Area { left: 30, top: 17, width: 200, height: 151 }, (199, 150)),
        (Area { left: 330, top: 256, width: 1, height: 1 }, (1, 1)),
        (Area { left: 0, top: 100, width: 331, height: 3 }, (331, 3)),
        (Area { left: 0, top: 0, width: 40, height: 30 }, (60, 45)),
    ] {
        let expected = at_once(&picture, Pixels::Rgb, 331, area, size);
        let made = in_strips(&picture, Pixels::Rgb, 331, area, size);
        assert!(furthest(&made, &expected) <= 1, "{area:?} to {size:?}: {}", furthest(&made, &expected));
    }
}

#[test]
fn the_colour_of_what_cannot_be_seen_does_not_shine_through() {
    let glass =
        RgbaImage::from_fn(
            200,
            200,
            |x, _| if x < 100 { Rgba([255, 0, 0, 0]) } else { Rgba([0, 0, 255, 255]) },
        );
    let area = Area { left: 0, top: 0, width: 200, height: 200 };
    let made = in_strips(&glass, Pixels::Rgba, 200, area, (50, 50));
    assert!(made.chunks_exact(4).all(|pixel| pixel[3] < 8 || pixel[0] < 3), "red at the edge");
}

#[test]
fn missing_rows_are_reported() {
    let area = Area { left: 0, top: 0, width: 10, height: 10 };
    let mut scaler = Scaler::new(Pixels::Rgb, 10, Window::of(area, 8, (10, 10)), (5, 5));
    scaler.take(&[0; 9 * 30]).expect("takes");
    assert!(scaler.finish().is_err());
}

#[test]
fn an_edge_inside_of_a_pixel_is_kept() {
    // 9 pixels decoded at a quarter: the third decoded pixel stands for one pixel only.
    let window = Window::of(Area { left: 1, top: 0, width: 8, height: 8 }, 2, (3, 2));
    assert_eq!(window.cover, Area { left: 0, top: 0, width: 3, height: 2 });
    assert_eq!((window.left, window.width, window.height), (0.25, 2.0, 2.0));
}
