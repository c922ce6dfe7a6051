//! The picture editor at the window: a picture that is turned and cropped by keyboard reaches the hotel in this form.

use std::io::Cursor;

use desk_tests::TestDesk;
use desk_tests::window::Fixture;
use fantoccini::key::Key;

/// Returns a photograph of 600 x 400 pixels, upright: its upper half is red, the lower one blue.
fn photograph() -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(600, 400, |_, y| {
        if y < 200 { image::Rgb([220, 20, 20]) } else { image::Rgb([20, 20, 220]) }
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// The part inside the frame, as `left,top,width,height` in pixels.
const PART: &str = "[data-testid=crop-frame]";

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_turned_and_cut_by_keyboard_reaches_the_hotel_as_a_square() {
    let fixture = Fixture::set("picture-editor").await;
    let window = fixture.open_signed_in().await;
    let before = fixture.at_hotel("Midweek Escape")[0]["photo_url"].clone();
    window.edit("Midweek Escape").await;
    window.choose_file("editor-photo-input", &fixture.file("walk.jpg", &photograph())).await;
    window.press("editor-photo-edit").await;
    window.until_there(&format!("{PART}[data-part='0,0,600,400']")).await;
    window.until_focus("crop-frame").await;

    window.tab_to("turn-right").await;
    window.key(Key::Enter).await;
    window.until_there(&format!("{PART}[data-part='0,0,400,600']")).await;
    window.tab_to("shape-free").await;
    for _ in ["16:9", "4:3", "1:1"] {
        window.key(Key::Right).await;
    }
    window.until_focus("shape-square").await;
    let square = "
        const [left, top, width, height] = document.querySelector(arguments[0]).dataset.part.split(',').map(Number);
        return left >= 0 && top >= 0 && width === height && width;";
    let side = window.until("a square", square, vec![PART.into()]).await;
    window.tab_to("crop-se").await;
    window.key(Key::Left).await;
    let side = side.as_u64().unwrap() - 6;
    window.until_says("picture-size", &format!("{side} × {side} pixels")).await;
    window.until_says("picture-editor", "This picture is small").await;
    window.is_accessible("square").await;
    window.resize(1366, 768).await;
    window.shot("small-screen").await;

    window.tab_to("picture-use").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=picture-editor]").await;
    window.shot("used").await;
    window.save().await;
    fixture
        .until_at_hotel("Midweek Escape", |offer| {
            offer["photo_url"].is_string() && offer["photo_url"] != before
        })
        .await;

    let colleague = TestDesk::at(fixture.hotel(), 1).await;
    let hash = colleague
        .until("the picture at a colleague's desk", || async {
            colleague.titled("Midweek Escape").await.and_then(|offer| offer.photo().picture)
        })
        .await;
    let (bytes, _) = colleague.desk.media(&hash).await.unwrap();
    let received = image::load_from_memory(&bytes).unwrap().to_rgb8();
    assert_eq!((u64::from(received.width()), u64::from(received.height())), (side, side));
    // A quarter turn to the right moves the bottom to the left.
    let (edge, middle) = (received.width() - 1, received.height() / 2);
    let (left, right) = (received.get_pixel(0, middle), received.get_pixel(edge, middle));
    assert!(left[2] > 150 && left[0] < 80, "the left is blue: {left:?}");
    assert!(right[0] > 150 && right[2] < 80, "the right is red: {right:?}");
}
