//! Offline editing at the window: nothing is lost, nothing is doubled, and a person decides a conflict.

use demo_hotel::DemoHotel;
use desk_tests::window::{Fixture, Window, until};
use desk_tests::{TestDesk, picture};
use hotelmate_core::records::FieldValue;
use serde_json::Value;

/// Returns the titles and tags at the hotel, sorted.
fn titles_and_tags(hotel: &DemoHotel) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> =
        hotel.offers().iter().map(|offer| (text(&offer["title"]), text(&offer["tag"]))).collect();
    all.sort();
    all
}

/// Makes three edits, and a new offer with a photo.
async fn work_offline(fixture: &Fixture, window: &Window) {
    window.change("Midweek Escape", "editor-tag", "Slow").await;
    window.change("Dogs Stay Free", "editor-title", "Dogs and Cats Stay Free").await;
    window.change("Family Days Out", "editor-short_description", "Two nights, park passes, no queues.").await;
    window.press("offers-new").await;
    window.fill("editor-title", "Night Train Package").await;
    window.fill("editor-short_description", "Collected at the station at six.").await;
    window.choose_file("editor-photo-input", &fixture.file("train.png", &picture(90))).await;
    window.until_there("[data-testid=editor-picture] img").await;
    window.save().await;
    window.until_says("status-pill", "waiting").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_edits_and_a_new_offer_survive_a_restart_and_reach_the_hotel_exactly_once() {
    let mut fixture = Fixture::set("train").await;
    let window = fixture.open_signed_in().await;
    let mut expected = titles_and_tags(fixture.hotel());
    fixture.close_hotel().await;
    work_offline(&fixture, &window).await;
    window.shot("before-restart").await;

    let window = fixture.restart(window).await;
    window.until_pill("offline").await;
    window.press("view-list").await;
    for title in ["Midweek Escape", "Dogs and Cats Stay Free", "Family Days Out", "Night Train Package"] {
        window.until_offer(title, "waiting").await;
    }
    window.until_pictures().await;
    window.shot("after-restart").await;
    window.press("rail-attention").await;
    window.until_there("[data-testid=waiting-item]").await;
    window.shot("waiting").await;
    window.press("rail-offers").await;

    fixture.open_hotel().await;
    fixture.until_at_hotel("Night Train Package", |offer| offer["photo_url"].is_string()).await;
    window.until_pill("saved").await;
    window.until_removed("[data-testid=offer-card]:not([data-sync=saved])").await;
    window.shot("saved").await;
    for (title, tag) in &mut expected {
        match title.as_str() {
            "Midweek Escape" => *tag = "Slow".to_owned(),
            "Dogs Stay Free" => *title = "Dogs and Cats Stay Free".to_owned(),
            _ => {}
        }
    }
    expected.push(("Night Train Package".to_owned(), String::new()));
    expected.sort();
    assert_eq!(titles_and_tags(fixture.hotel()), expected);
    fixture
        .until_at_hotel("Family Days Out", |offer| {
            offer["short_description"] == "Two nights, park passes, no queues."
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_with_a_colleague_is_settled_on_the_screen() {
    let mut fixture = Fixture::set("conflict").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-tag", "Mine").await;
    window.change("Dogs Stay Free", "editor-tag", "Mine too").await;
    window.until_says("status-pill", "2 waiting").await;
    fixture.end(window).await;

    // A colleague changes the same fields while this desk is offline.
    fixture.open_hotel().await;
    let colleague = TestDesk::manual(fixture.hotel(), 1).await;
    colleague.desk.sync_until_quiet().await.unwrap();
    for title in ["Midweek Escape", "Dogs Stay Free"] {
        let offer = colleague.titled(title).await.unwrap();
        colleague.edit(offer.local_id, FieldValue::of("tag", "Theirs")).await;
    }
    colleague.desk.sync_until_quiet().await.unwrap();
    let at_hotel = |title, tag| fixture.until_at_hotel(title, move |offer| offer["tag"] == tag);
    at_hotel("Midweek Escape", "Theirs").await;
    at_hotel("Dogs Stay Free", "Theirs").await;

    let window = fixture.open_window().await;
    window.until_offer("Midweek Escape", "conflict").await;
    window.until_offer("Dogs Stay Free", "conflict").await;
    window.shot("marks").await;
    window.press("rail-attention").await;
    window.until_there("[data-testid=attention-item][data-state=conflict]").await;
    window.is_accessible("list").await;
    window.press("rail-offers").await;

    window.edit("Midweek Escape").await;
    window.until_there("[data-testid=conflict-field][data-field=tag]").await;
    window.is_accessible("both-sides").await;
    window.press("conflict-mine").await;
    at_hotel("Midweek Escape", "Mine").await;
    window.until_removed("[data-testid=conflict-field]").await;
    // A choice loses nothing: the colleague's text can still be read and put back, and then this desk's text again.
    window.until_says("settled", "Theirs: Theirs").await;
    window.is_accessible("mine-chosen").await;
    window.press("settled-theirs").await;
    at_hotel("Midweek Escape", "Theirs").await;
    window.until_says("settled", "Yours: Mine").await;
    window.press("settled-mine").await;
    at_hotel("Midweek Escape", "Mine").await;
    window.press("editor-close").await;
    window.edit("Dogs Stay Free").await;
    window.press("conflict-theirs").await;
    window.until_removed("[data-testid=conflict-field]").await;
    window.shot("settled").await;
    window.press("editor-close").await;
    window.until_pill("saved").await;
    at_hotel("Dogs Stay Free", "Theirs").await;
    at_hotel("Midweek Escape", "Mine").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_offline_is_taken_back_and_another_one_reaches_the_hotel() {
    let mut fixture = Fixture::set("delete-offline").await;
    let window = fixture.open_signed_in().await;
    window.press("view-list").await;
    fixture.close_hotel().await;
    let bin =
        |title: &str| format!("[data-testid=offer-card][data-title=\"{title}\"] [data-testid=offer-delete]");
    window.press_at(&bin("Midweek Escape")).await;
    window.until_removed(&bin("Midweek Escape")).await;
    window.until_there("[data-testid=undo-button]").await;
    // A message never covers an offer.
    let clear = "
        const toast = document.querySelector('[data-testid=toast]').getBoundingClientRect();
        return [...document.querySelectorAll('main')].every((one) => one.getBoundingClientRect().bottom <= toast.top);";
    window.until("the message beneath the list", clear, vec![]).await;
    window.shot("undo").await;
    window.press("undo-button").await;
    window.until_there(&bin("Midweek Escape")).await;
    window.press_at(&bin("Dogs Stay Free")).await;
    window.until_removed(&bin("Dogs Stay Free")).await;
    window.until_says("filter-all", "13").await;

    let window = fixture.restart(window).await;
    window.press("view-list").await;
    window.until_offer("Midweek Escape", "saved").await;
    window.until_removed(&bin("Dogs Stay Free")).await;
    fixture.open_hotel().await;
    until("the deletion at the hotel", async || fixture.at_hotel("Dogs Stay Free").is_empty().then_some(()))
        .await;
    window.until_pill("saved").await;
    assert_eq!((fixture.at_hotel("Midweek Escape").len(), fixture.hotel().offers().len()), (1, 13));
}
