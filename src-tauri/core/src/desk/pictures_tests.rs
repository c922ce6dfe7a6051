use tokio::sync::broadcast::error::TryRecvError;

use super::*;
use crate::desk::Mode;
use crate::environment::Environment;
use crate::error::ErrorCode;
use crate::settings::Settings;

async fn desk(folder: &tempfile::TempDir) -> Desk {
    let settings = Settings::load_with(Some(folder.path().to_owned()), |_| None).expect("settings");
    Desk::open_in(settings, Mode::Manual, Environment::system()).await.expect("opens")
}

/// Returns a job whose picture is done.
fn done() -> Job {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 4).write_to(&mut file, image::ImageFormat::Png).expect("writes");
    let (limits, job) = (crate::media::Limits::default(), Job::new());
    crate::media::prepare_with(&file.into_inner(), &limits, &PrepareOptions::default(), &job)
        .expect("prepares");
    job
}

#[tokio::test(start_paused = true)]
async fn a_screen_is_told_how_far_a_picture_is_whenever_that_has_changed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = desk(&folder).await;
    let mut feed = desk.changes();
    let job = done();
    let notifying = desk.notify_progress("mine", &job);
    let _ = tokio::time::timeout(10 * REPORTED_EVERY, notifying).await;
    let change = Change::Preparing { job: "mine".to_owned(), done: 1000 };
    assert_eq!(feed.try_recv(), Ok(change));
    assert_eq!(feed.try_recv(), Err(TryRecvError::Empty));
}

#[test]
fn a_job_from_a_screen_is_read_with_its_options() {
    let text = r#"{"job":"7","options":{"turn":"left","crop":null}}"#;
    let wanted = PictureJob::parse(text).expect("is right");
    let options = PrepareOptions { turn: crate::media::Turn::Left, crop: None };
    assert_eq!(wanted, PictureJob { job: "7".to_owned(), options });
}

#[test]
fn a_job_whose_part_lies_outside_is_refused_as_a_bad_picture() {
    let text = r#"{"job":"7","options":{"turn":"none","crop":{"left":0.5,"top":0,"width":0.6,"height":1}}}"#;
    let error = PictureJob::parse(text).expect_err("reaches outside");
    assert_eq!(error.code, ErrorCode::BadPicture);
    assert!(error.message.contains("not inside the picture"), "{error}");
}
