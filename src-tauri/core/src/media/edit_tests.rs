use super::*;

const ALL: [Orientation; 8] = [
    Orientation::NoTransforms,
    Orientation::FlipHorizontal,
    Orientation::Rotate180,
    Orientation::FlipVertical,
    Orientation::Rotate90FlipH,
    Orientation::Rotate90,
    Orientation::Rotate270FlipH,
    Orientation::Rotate270,
];

/// A picture in which every pixel is different.
fn numbered(width: u32, height: u32) -> image::DynamicImage {
    image::GrayImage::from_fn(width, height, |x, y| image::Luma([u8::try_from(y * width + x).unwrap()]))
        .into()
}

fn oriented(mut picture: image::DynamicImage, orientation: Orientation) -> image::DynamicImage {
    picture.apply_orientation(orientation);
    picture
}

#[test]
fn a_turn_after_an_orientation_is_the_same_as_both_one_after_the_other() {
    for orientation in ALL {
        for (turn, then) in [
            (Turn::None, Orientation::NoTransforms),
            (Turn::Right, Orientation::Rotate90),
            (Turn::Half, Orientation::Rotate180),
            (Turn::Left, Orientation::Rotate270),
        ] {
            let one_after_the_other = oriented(oriented(numbered(5, 3), orientation), then);
            let at_once = oriented(numbered(5, 3), turned(orientation, turn));
            assert_eq!(at_once, one_after_the_other, "{orientation:?}, {turn:?}");
        }
    }
}

#[test]
fn cutting_the_file_and_turning_is_the_same_as_turning_and_cutting() {
    let crop = Crop::new(0.25, 0.5, 0.5, 0.25).expect("inside");
    for orientation in ALL {
        let seen = oriented(numbered(16, 8), orientation);
        let (width, height) = (seen.width(), seen.height());
        let expected = seen.crop_imm(width / 4, height / 2, width / 2, height / 4);
        let area = area_in_file(Some(crop), orientation, (16, 8));
        let [left, top, width, height] =
            [area.left, area.top, area.width, area.height].map(|length| u32::try_from(length).unwrap());
        let cut = numbered(16, 8).crop_imm(left, top, width, height);
        assert_eq!(oriented(cut, orientation), expected, "{orientation:?}");
    }
}

#[test]
fn the_smallest_part_is_a_pixel_inside_the_picture() {
    let crop = Crop::new(0.9999, 0.9999, 0.0001, 0.0001).expect("inside");
    let area = area_in_file(Some(crop), Orientation::NoTransforms, (10, 10));
    assert_eq!(area, Area { left: 9, top: 9, width: 1, height: 1 });
}

#[test]
fn a_part_that_is_empty_outside_or_no_number_is_none() {
    for (left, top, width, height) in [
        (0.0, 0.0, 0.0, 1.0),
        (0.0, 0.0, 1.0, -0.5),
        (0.6, 0.0, 0.5, 1.0),
        (-0.1, 0.0, 0.5, 1.0),
        (f64::NAN, 0.0, 1.0, 1.0),
        (0.0, 0.0, f64::INFINITY, 1.0),
    ] {
        assert_eq!(
            Crop::new(left, top, width, height),
            Err(PictureError::BadCrop),
            "{left} {width} {height}"
        );
    }
}

#[test]
fn what_rounding_lets_stick_out_is_no_mistake() {
    let crop = Crop::new(1.0 / 3.0, -1e-9, 2.0 / 3.0 + 1e-9, 1.0).expect("inside");
    let area = area_in_file(Some(crop), Orientation::NoTransforms, (3000, 10));
    assert_eq!(area, Area { left: 1000, top: 0, width: 2000, height: 10 });
}

#[test]
fn a_picture_is_fitted_with_its_shape_and_never_blown_up() {
    assert_eq!(fitted((6000, 4000), 2560), (2560, 1707));
    assert_eq!(fitted((4000, 6000), 2560), (1707, 2560));
    assert_eq!(fitted((2560, 10), 2560), (2560, 10));
    assert_eq!(fitted((100_000, 1), 2560), (2560, 1));
}

#[test]
fn a_picture_is_too_small_when_the_smallest_display_would_blow_it_up() {
    assert!(too_small_for_display(1279, 720) && too_small_for_display(720, 1279));
    assert!(!too_small_for_display(1280, 720) && !too_small_for_display(720, 1280));
}

#[test]
fn a_part_from_a_screen_is_taken_only_when_it_lies_inside() {
    let read = |text: &str| serde_json::from_str::<PrepareOptions>(text);
    let inside = r#"{"turn":"right","crop":{"left":0.25,"top":0,"width":0.75,"height":1}}"#;
    let crop = Some(Crop::new(0.25, 0.0, 0.75, 1.0).expect("inside"));
    assert_eq!(read(inside).expect("is right"), PrepareOptions { turn: Turn::Right, crop });
    let outside = r#"{"turn":"right","crop":{"left":0.5,"top":0,"width":0.75,"height":1}}"#;
    let error = read(outside).expect_err("reaches outside").to_string();
    assert!(error.starts_with(&PictureError::BadCrop.to_string()), "{error}");
}
