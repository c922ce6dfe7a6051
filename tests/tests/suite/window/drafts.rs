//! Unsaved texts survive a killed program and a killed page.

use desk_tests::picture;
use desk_tests::window::{Fixture, until};

/// Waits until a stored draft contains this text, as `deskctl` reads it from outside.
async fn until_kept(fixture: &Fixture, text: &str) {
    until(&format!("a draft with “{text}”"), async || {
        let kept = fixture.deskctl(&["drafts", "list", "--text"]).await;
        kept.to_string().contains(text).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_program_was_killed_is_continued_and_reaches_the_hotel() {
    let fixture = Fixture::set("draft-killed").await;
    let window = fixture.open_signed_in().await;
    window.edit("Midweek Escape").await;
    window.choose_file("editor-photo-input", &fixture.file("train.png", &picture(40))).await;
    window.until_there("[data-testid=editor-picture] img").await;
    window.fill("editor-title", "Midweek Escape by Train").await;
    until_kept(&fixture, "by Train").await;

    let window = fixture.kill_and_restart(window).await;
    window.until_says("kept-drafts", "Midweek Escape by Train").await;
    window.until_says("kept-drafts", "Continue where you were, ").await;
    window.until_offers().await;
    assert_eq!(window.count("[data-testid=editor]").await, 0, "nothing opens by itself");
    window.is_accessible("offered").await;

    // The editor of the same offer offers the draft too, and shows the hotel's values until a person continues the
    // draft.
    window.edit("Midweek Escape").await;
    window.until_there("[data-testid=kept-here]").await;
    assert_eq!(window.value("editor-title").await, "Midweek Escape");
    window.is_accessible("in-the-editor").await;
    window.press_at("[data-testid=kept-here] [data-testid=draft-continue]").await;
    window.until_removed("[data-testid=kept-here]").await;
    window.until_there("[data-testid=editor-picture] img").await;
    assert_eq!(window.value("editor-title").await, "Midweek Escape by Train");
    window.shot("continued").await;
    window.save().await;
    fixture.until_at_hotel("Midweek Escape by Train", |offer| offer["photo_url"].is_string()).await;
    window.until_removed("[data-testid=kept-draft]").await;
    assert_eq!(fixture.deskctl(&["drafts", "list"]).await, serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_was_killed_comes_back_by_itself_and_what_was_typed_is_still_kept() {
    let fixture = Fixture::set("draft-page-killed").await;
    let window = fixture.open_signed_in().await;
    window.press("offers-new").await;
    window.fill("editor-title", "Lake Swim at Dawn").await;
    until_kept(&fixture, "Lake Swim at Dawn").await;
    let before = fixture.page_processes();
    fixture.kill_page();
    // The WebDriver session has ended with the page, so the rest is checked from outside.
    until("another page", async || {
        let now = fixture.page_processes();
        (!now.is_empty() && now.iter().all(|id| !before.contains(id))).then_some(())
    })
    .await;
    until_kept(&fixture, "Lake Swim at Dawn").await;
}
