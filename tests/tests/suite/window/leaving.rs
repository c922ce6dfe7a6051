//! Signing out while changes wait: each of the choices, in the real window. None of them is silent.

use desk_tests::window::{Fixture, Window};
use serde_json::json;

/// Makes two changes and an intent about the clock that cannot reach the hotel, and opens the question at the sign-out.
async fn ask(fixture: &mut Fixture, window: &Window) {
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-tag", "Slow").await;
    window.change("Dogs Stay Free", "editor-tag", "Cats too").await;
    window.until_says("status-pill", "2 waiting").await;
    window.press("clock-button").await;
    window.until_there("[data-testid=clock-cancel]").await;
    press_sign_out(window).await;
}

async fn press_sign_out(window: &Window) {
    window.press("person").await;
    window.press("sign-out").await;
    window.until_there("[data-testid=sign-out-dialog]").await;
}

fn tag(fixture: &Fixture, title: &str) -> String {
    fixture.at_hotel(title)[0]["tag"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_first_says_what_stayed_and_signs_out_only_when_nothing_did() {
    let mut fixture = Fixture::set("leave-send").await;
    let window = fixture.open_signed_in().await;
    ask(&mut fixture, &window).await;
    window.until_says("sign-out-list", "Midweek Escape").await;
    window.until_says("sign-out-list", "Clock In").await;
    window.is_accessible("question").await;
    window.press("sign-out-send").await;
    window.until_says("sign-out-stayed", "3 changes could not be sent. You are still signed in.").await;
    window.until_says("sign-out-stayed", "cannot be reached").await;
    window.shot("stayed").await;

    fixture.open_hotel().await;
    window.press("sign-out-send").await;
    window.until_there("[data-testid=signin-submit]").await;
    window.shot("signed-out").await;
    assert_eq!(
        (tag(&fixture, "Midweek Escape"), tag(&fixture, "Dogs Stay Free")),
        ("Slow".into(), "Cats too".into())
    );
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_there("[data-testid=clock-button][data-duty=on]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_sent_at_the_next_sign_in() {
    let mut fixture = Fixture::set("leave-keep").await;
    let window = fixture.open_signed_in().await;
    let person = fixture.person();
    ask(&mut fixture, &window).await;
    window.press("sign-out-keep").await;
    window.until_there("[data-testid=signin-submit]").await;
    fixture.open_hotel().await;
    assert_ne!(tag(&fixture, "Midweek Escape"), "Slow");
    window.sign_in(&person.username, &person.password).await;
    fixture.until_at_hotel("Midweek Escape", |offer| offer["tag"] == "Slow").await;
    fixture.until_at_hotel("Dogs Stay Free", |offer| offer["tag"] == "Cats too").await;
    window.until_there("[data-testid=clock-button][data-duty=on]").await;
    window.until_pill("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_discarded_is_shown_first_and_never_reaches_the_hotel() {
    let mut fixture = Fixture::set("leave-discard").await;
    let window = fixture.open_signed_in().await;
    let person = fixture.person();
    let before = fixture.hotel().offers();
    ask(&mut fixture, &window).await;
    window.press("sign-out-discard").await;
    window.until_says("sign-out-list", "What you wrote in the tag is lost").await;
    window.until_says("sign-out-list", "You will not be clocked in").await;
    window.until_says("sign-out-discard-sure", "Discard 3 changes").await;
    window.is_accessible("what-is-lost").await;
    window.press("sign-out-discard-sure").await;
    window.until_there("[data-testid=signin-submit]").await;
    fixture.open_hotel().await;
    window.sign_in(&person.username, &person.password).await;
    window.until_offers().await;
    window.until_there("[data-testid=clock-button][data-duty=off]").await;
    assert_eq!(fixture.hotel().offers(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_at_the_sign_out_is_a_file_with_everything_and_changes_nothing() {
    let mut fixture = Fixture::set("leave-export").await;
    let window = fixture.open_signed_in().await;
    ask(&mut fixture, &window).await;
    window.press("sign-out-export").await;
    window.until_says("exported", "2 entries written to").await;
    window.shot("exported").await;
    let script = "return document.querySelector('[data-testid=exported]').dataset.file";
    let file = window.until("the file's name", script, vec![]).await;
    let file = std::path::Path::new(file.as_str().unwrap());
    assert_eq!(file.parent(), Some(fixture.downloads().as_path()));
    let written = fixture.downloaded(file.file_name().unwrap().to_str().unwrap()).await;
    let titles: Vec<_> = written["entries"].as_array().unwrap().iter().map(|entry| &entry["title"]).collect();
    assert_eq!(titles, [&json!("Midweek Escape"), &json!("Dogs Stay Free")]);
    assert_eq!(written["entries"][0]["changes"][0]["now"], "Slow");
    assert_eq!(written["clock"]["on_duty"], true);

    // The command line reads the same file, and finds that it would change nothing.
    let plan = fixture.deskctl(&["offers", "import", file.to_str().unwrap(), "--dry-run"]).await;
    assert_eq!((&plan["new"], &plan["changed"], &plan["unchanged"]), (&json!(0), &json!(0), &json!(2)));
    window.press("sign-out-cancel").await;
    window.until_removed("[data-testid=sign-out-dialog]").await;
    window.until_says("status-pill", "2 waiting").await;
}
