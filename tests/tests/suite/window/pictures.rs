//! Pictures at the window: dropped, pasted, replaced while offline, during their upload, and in conflict.

use hotelmate_core::records::Slot;
use std::io::Cursor;

use demo_hotel::{Action, FaultPlan, Rule};
use desk_tests::window::{Fixture, until};
use desk_tests::{TestDesk, picture};

/// Returns a photograph like a camera's JPEG: `size` pixels wide, and so noisy that its file stays large.
fn photograph(size: u32, seed: u32) -> Vec<u8> {
    let mut noise = seed;
    let pixels = image::RgbImage::from_fn(size, size * 2 / 3, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [grain, ..] = (noise >> 24).to_le_bytes();
        let [shade, ..] = (x + y).to_le_bytes();
        image::Rgb([grain, shade, grain ^ shade])
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

const PREPARED: &str = "[data-testid=editor-picture] img";

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_dropped_and_one_that_is_pasted_reach_the_hotel() {
    let fixture = Fixture::set("drop").await;
    let window = fixture.open_signed_in().await;
    window.press("offers-new").await;
    window.fill("editor-title", "Dropped").await;
    window.fill("editor-short_description", "With a picture from the desktop.").await;
    window.drop_file("editor-picture", "walk.jpg", &photograph(300, 1)).await;
    window.until_there(PREPARED).await;
    window.shot("dropped").await;
    window.save().await;
    fixture.until_at_hotel("Dropped", |offer| offer["photo_url"].is_string()).await;

    let before = fixture.at_hotel("Midweek Escape")[0]["photo_url"].clone();
    window.edit("Midweek Escape").await;
    window.paste_picture(&photograph(300, 2)).await;
    window.until_there("[data-testid=editor-photo-keep]").await;
    window.save().await;
    let is_new = |offer: &serde_json::Value| offer["photo_url"].is_string() && offer["photo_url"] != before;
    fixture.until_at_hotel("Midweek Escape", is_new).await;
    window.until_pill("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_shown_until_the_hotel_has_stored_the_picture() {
    let fixture = Fixture::set("upload").await;
    let window = fixture.open_signed_in().await;
    // The hotel needs some time to store the picture.
    let slow = Rule::new(Action::DelayMs(2500)).method("POST").path("*/upload-image/");
    fixture.hotel().set_faults(FaultPlan::of([slow])).unwrap();
    window.edit("Midweek Escape").await;
    window.choose_file("editor-photo-input", &fixture.file("big.jpg", &photograph(1500, 3))).await;
    window.until_there("[data-testid=editor-photo-keep]").await;
    window.save().await;
    window.until_there("[data-testid=upload-bar][aria-valuenow=\"100\"]").await;
    window.shot("storing").await;
    window.until_pill("saved").await;
    window.until_removed("[data-testid=upload-bar]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_replaced_offline_shows_at_once_and_reaches_the_hotel() {
    let mut fixture = Fixture::set("replace").await;
    let window = fixture.open_signed_in().await;
    let before = fixture.at_hotel("Midweek Escape")[0]["photo_url"].clone();
    assert!(before.is_string(), "the offer has a picture to be replaced");
    fixture.close_hotel().await;
    window.edit("Midweek Escape").await;
    window.choose_file("editor-photo-input", &fixture.file("new.png", &picture(200))).await;
    window.until_there("[data-testid=editor-photo-keep]").await;
    let chosen = window
        .run("return document.querySelector('[data-testid=editor-picture]').dataset.picture", vec![])
        .await;
    window.save().await;
    window.until_offer("Midweek Escape", "waiting").await;
    let shown = "
        const image = document.querySelector('[data-testid=offer-card][data-title=\"Midweek Escape\"] img');
        return image?.naturalWidth > 0 && image.src.includes(arguments[0]);";
    window.until("the new picture on the card", shown, vec![chosen.clone()]).await;
    window.shot("offline").await;
    let window = fixture.restart(window).await;
    window.until("the new picture after a restart", shown, vec![chosen]).await;
    fixture.open_hotel().await;
    fixture
        .until_at_hotel("Midweek Escape", |offer| {
            offer["photo_url"].is_string() && offer["photo_url"] != before
        })
        .await;
    window.until_offer("Midweek Escape", "saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_of_pictures_shows_both_and_keeps_theirs_at_hand_after_mine_was_chosen() {
    let mut fixture = Fixture::set("two-pictures").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.edit("Midweek Escape").await;
    window.choose_file("editor-photo-input", &fixture.file("mine.png", &picture(200))).await;
    window.until_there("[data-testid=editor-photo-keep]").await;
    window.save().await;
    window.until_offer("Midweek Escape", "waiting").await;
    fixture.end(window).await;

    fixture.open_hotel().await;
    let colleague = TestDesk::manual(fixture.hotel(), 1).await;
    colleague.desk.sync_until_quiet().await.unwrap();
    let offer = colleague.titled("Midweek Escape").await.unwrap();
    let theirs = colleague.desk.prepare_picture(photograph(600, 4)).await.unwrap();
    colleague.desk.set_picture(offer.local_id, Slot::Photo, Some(theirs.hash)).await.unwrap();
    colleague.desk.sync_until_quiet().await.unwrap();
    let at_hotel = || fixture.at_hotel("Midweek Escape")[0]["photo_url"].clone();
    let their_url = at_hotel();

    let window = fixture.open_window().await;
    window.until_offer("Midweek Escape", "conflict").await;
    window.edit("Midweek Escape").await;
    let drawn = "
        return ['mine', 'theirs'].every((side) =>
            document.querySelector(`[data-testid=conflict-picture-${side}]`)?.naturalWidth > 0);";
    window.until("both pictures", drawn, vec![]).await;
    window.is_accessible("both").await;
    window.press("conflict-mine").await;
    until("my picture at the hotel", async || (at_hotel() != their_url).then_some(())).await;
    let my_url = at_hotel();
    window.until_there("[data-testid=settled] [data-testid=conflict-picture-theirs]").await;
    window.is_accessible("settled").await;
    window.press("settled-theirs").await;
    until("their picture again", async || (at_hotel() != my_url).then_some(())).await;
    window.until_pill("saved").await;
}
