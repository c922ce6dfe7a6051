//! Pictures of the hotel that are damaged on this computer, and pictures that are changed before they are sent.

use std::fs;
use std::path::{Path, PathBuf};

use demo_hotel::{DemoHotel, Options};
use desk_tests::{TestDesk, large_picture, offer, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::MediaHash;
use hotelmate_core::media::{Crop, Job, PrepareOptions, Turn};
use hotelmate_core::records::Slot;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::PictureJob;

/// Returns the file of a picture, somewhere below a folder.
fn file_of(folder: &Path, hash: &MediaHash) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).find_map(|path| {
        let is_it = path.file_stem().and_then(|stem| stem.to_str()) == Some(hash.as_str());
        if path.is_dir() { file_of(&path, hash) } else { is_it.then_some(path) }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_picture_is_not_shown_and_is_fetched_again() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let hash = test_desk
        .until("a picture of the hotel", || async {
            test_desk.offers().await.into_iter().find_map(|offer| offer.photo().picture)
        })
        .await;
    let (sound, _) = test_desk.desk.media(&hash).await.unwrap();
    let file = file_of(&test_desk.folder(), &hash).expect("it lies on the disk");
    let mut damaged = sound.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xFF;
    fs::write(&file, damaged).unwrap();
    let refused = test_desk.desk.media(&hash).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    let again =
        test_desk.until("the picture again", || async { test_desk.desk.media(&hash).await.ok() }).await;
    assert_eq!(again.0, sound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_was_turned_and_cut_is_uploaded_like_that() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Turned"), None).await.unwrap();
    test_desk.until_saved().await;
    // 160 x 120 on its side is 120 x 160; the upper half of that is 120 x 80.
    let options = PrepareOptions { turn: Turn::Right, crop: Some(Crop::new(0.0, 0.0, 1.0, 0.5).unwrap()) };
    let job = Job::new();
    let prepared = test_desk.desk.prepare_edited_picture(picture(200), options, &job).await.unwrap();
    assert_eq!((prepared.width, prepared.height, job.progress()), (120, 80, 1.0));
    test_desk.desk.set_picture(id, Slot::Photo, Some(prepared.hash.clone())).await.unwrap();
    test_desk.until_saved().await;
    let shown = test_desk.record(id).await.photo().picture;
    assert_eq!(shown, Some(prepared.hash));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preparation_that_a_person_stops_ends_with_its_own_code_and_a_later_one_works() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let wanted = PictureJob { job: "mine".to_owned(), options: PrepareOptions::default() };
    // The picture is so large that the job is stopped before its end.
    let (stopped, ()) =
        tokio::join!(test_desk.desk.prepare_picture_job(large_picture(), wanted.clone()), async {
            test_desk.desk.cancel_picture("mine");
        });
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled);
    let prepared = test_desk.desk.prepare_picture_job(picture(200), wanted).await.unwrap();
    assert_eq!((prepared.original_width, prepared.original_height), (160, 120));
}
