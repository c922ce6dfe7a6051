//! The gallery at the window: pictures are dropped, moved, removed and made the hero, also while the hotel is
//! unreachable.

use std::io::Cursor;
use std::time::Duration;

use desk_tests::TestDesk;
use desk_tests::picture;
use desk_tests::window::{Fixture, Window, until};
use fantoccini::key::Key;
use serde_json::json;

const IMAGE: &str = "[data-testid=gallery-image]";

fn at_hotel(fixture: &Fixture) -> Vec<String> {
    fixture.hotel().gallery().iter().map(|url| url.as_str().unwrap().to_owned()).collect()
}

async fn open_gallery(window: &Window, pictures: usize) {
    window.press("rail-gallery").await;
    until_shown(window, pictures).await;
}

/// Waits until this number of pictures of the gallery is on the screen and drawn.
async fn until_shown(window: &Window, pictures: usize) {
    let script = "
        const tiles = [...document.querySelectorAll(arguments[0])];
        const drawn = tiles.every((tile) => {
            tile.scrollIntoView();
            const image = tile.querySelector('img');
            return image && image.complete && image.naturalWidth > 0;
        });
        return tiles.length === arguments[1] && drawn;";
    window.until(&format!("{pictures} pictures"), script, vec![json!(IMAGE), json!(pictures)]).await;
}

/// Returns the keys of the pictures on the screen, in their order.
async fn keys(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((tile) => tile.dataset.id)";
    let keys = window.run(script, vec![json!(IMAGE)]).await;
    keys.as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect()
}

fn tile(key: &str, control: &str) -> String {
    format!("{IMAGE}[data-id=\"{key}\"] [data-testid={control}]")
}

async fn until_order(window: &Window, wanted: &[String]) {
    let script = "
        const shown = [...document.querySelectorAll(arguments[0])].map((tile) => tile.dataset.id);
        return JSON.stringify(shown) === JSON.stringify(arguments[1]);";
    window.until("the order of the pictures", script, vec![json!(IMAGE), json!(wanted)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_dropped_moved_and_removed_offline_and_all_of_it_reaches_the_hotel() {
    let mut fixture = Fixture::set("gallery").await;
    let window = fixture.open_signed_in().await;
    let before = at_hotel(&fixture);
    open_gallery(&window, before.len()).await;
    window.is_accessible("grid").await;
    fixture.close_hotel().await;

    window.drop_file("gallery", "sauna.jpg", &picture(10)).await;
    until_shown(&window, before.len() + 1).await;
    window.drop_file("gallery", "bar.jpg", &picture(20)).await;
    until_shown(&window, before.len() + 2).await;
    let old = keys(&window).await;
    let last = old.len() - 1;
    // The last picture moves before the one that was dropped first, by keyboard.
    window
        .run("document.querySelector(arguments[0]).focus()", vec![json!(tile(&old[last], "gallery-move"))])
        .await;
    window.alt(Key::Left).await;
    let mut wanted = old.clone();
    wanted.swap(last, last - 1);
    until_order(&window, &wanted).await;
    window.until_says("gallery-moved", &format!("{last}")).await;
    // One picture is removed and put back, another one stays removed.
    window.press_at(&tile(&old[0], "gallery-remove")).await;
    until_order(&window, &wanted[1..]).await;
    window.press("undo-button").await;
    until_order(&window, &wanted).await;
    window.press_at(&tile(&old[1], "gallery-remove")).await;
    wanted.remove(1);
    until_order(&window, &wanted).await;
    window.until_pill("offline").await;
    window.is_accessible("offline").await;

    let window = fixture.restart(window).await;
    open_gallery(&window, before.len() + 1).await;
    until_order(&window, &wanted).await;
    fixture.open_hotel().await;
    until("the gallery at the hotel", async || {
        let there = at_hotel(&fixture);
        let kept: Vec<&String> = there.iter().filter(|url| before.contains(url)).collect();
        let expected: Vec<&String> = before.iter().filter(|url| **url != before[1]).collect();
        (there.len() == before.len() + 1 && kept == expected).then_some(())
    })
    .await;
    window.until_pill("saved").await;
    window.until_removed(&format!("{IMAGE}:not([data-sync=saved])")).await;
    until_order(&window, &wanted).await;
    window.resize(1366, 768).await;
    window.shot("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_dragged_chosen_as_hero_and_seen_by_a_colleague() {
    let fixture = Fixture::set("hero").await;
    let window = fixture.open_signed_in().await;
    let before = at_hotel(&fixture);
    open_gallery(&window, before.len()).await;
    let colleague = TestDesk::at(fixture.hotel(), 1).await;
    colleague.until_live().await;
    let old = keys(&window).await;
    window
        .drag(&format!("{IMAGE}[data-id=\"{}\"]", old[2]), &format!("{IMAGE}[data-id=\"{}\"]", old[0]))
        .await;
    let wanted: Vec<String> = [&old[2], &old[0], &old[1]].into_iter().chain(&old[3..]).cloned().collect();
    until_order(&window, &wanted).await;
    colleague
        .until("the order at a colleague's desk", || async {
            let galleries = colleague.desk.galleries().await.unwrap().galleries;
            let urls: Vec<_> = galleries[0].images.iter().filter_map(|image| image.url.clone()).collect();
            (urls[..2] == [before[2].clone(), before[0].clone()]).then_some(())
        })
        .await;
    let hero = fixture.hotel().settings()["hero_image_display"].clone();
    window.press_at(&tile(&old[0], "gallery-hero")).await;
    window.until_there("[role=dialog]").await;
    window.is_accessible("hero-dialog").await;
    window.press("hero-dialog-sure").await;
    until("another hero at the hotel", async || {
        (fixture.hotel().settings()["hero_image_display"] != hero).then_some(())
    })
    .await;
    window.until_pill("saved").await;
}

/// Returns a picture that does not compress well.
fn noise() -> Vec<u8> {
    let mut state = 1_u32;
    let pixels = image::RgbaImage::from_fn(1800, 1800, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgba((state >> 1).to_be_bytes())
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_over_a_slow_line_shows_how_far_it_is_and_can_be_stopped() {
    let fixture = Fixture::set("slow-line").await;
    let window = fixture.open_signed_in().await;
    let before = at_hotel(&fixture);
    open_gallery(&window, before.len()).await;
    fixture.hotel().slow_line(Duration::from_secs(30));
    window.choose_file("gallery-input", &fixture.file("noise.png", &noise())).await;
    let between = "
        const bar = document.querySelector('[data-testid=upload-bar]');
        const share = Number(bar?.getAttribute('aria-valuenow'));
        return share > 0 && share < 100;";
    window.until("an upload on its way", between, vec![]).await;
    window.shot("under-way").await;
    window.press("upload-stop").await;
    fixture.hotel().slow_line(Duration::ZERO);
    until_shown(&window, before.len()).await;
    window.until_pill("saved").await;
    assert_eq!(at_hotel(&fixture), before);
}
