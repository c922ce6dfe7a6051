//! axe-core on every screen, in the light and in the dark.

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use desk_tests::window::Fixture;
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_has_a_serious_barrier_in_the_light() {
    tour(Fixture::set("light").await, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_has_a_serious_barrier_in_the_dark() {
    tour(Fixture::set_dark("dark").await, true).await;
}

#[expect(clippy::too_many_lines, reason = "one walk through every screen")]
async fn tour(mut fixture: Fixture, dark: bool) {
    let window = fixture.open_window().await;
    window.until_there("[data-testid=signin-submit]").await;
    let is_dark = window.run("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    assert_eq!(is_dark, json!(dark), "the looks that this test is about");
    window.is_accessible("sign-in").await;
    window.press("signin-submit").await;
    window.until_there("[role=alert]").await;
    window.is_accessible("sign-in-refused").await;
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_offers().await;
    window.is_accessible("cards").await;
    window.press("view-list").await;
    window.is_accessible("list").await;
    window.press("view-cards").await;
    window.fill("offers-search", "no such offer").await;
    window.until_there("[data-testid=offers-nothing]").await;
    window.is_accessible("nothing-found").await;
    window.key(Key::Escape).await;
    window.until_offer("Midweek Escape", "saved").await;
    for (button, screen) in [("status-pill", "pill"), ("bell", "bell"), ("person", "person")] {
        window.press(button).await;
        window.until_there(".panel").await;
        window.is_accessible(screen).await;
        window.key(Key::Escape).await;
        window.until_removed(".panel").await;
    }

    window.press("offers-new").await;
    window.press("editor-save").await;
    window.until_there("[data-testid=error-title]").await;
    window.is_accessible("editor-errors").await;
    window.press("editor-close").await;
    window.edit("Two Nights by the Lake").await;
    window.until_there("[data-testid=editor-details_html] li").await;
    window.is_accessible("editor").await;
    window.press("editor-valid_from-calendar").await;
    window.is_accessible("calendar").await;
    window.key(Key::Escape).await;
    window.fill("editor-tag", "Changed").await;
    window.press("editor-close").await;
    window.until_there("[data-testid=leave-dialog]").await;
    window.is_accessible("leave-dialog").await;
    window.press("leave-dialog-sure").await;
    window.until_removed("[data-testid=editor]").await;

    window.keys("?").await;
    window.until_there("[data-testid=shortcuts]").await;
    window.is_accessible("shortcuts").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=shortcuts]").await;

    window.press("rail-attention").await;
    window.until_there("[data-testid=attention-clear]").await;
    window.is_accessible("attention-clear").await;
    window.press("rail-offers").await;
    let refusal =
        StatusFault { code: 400, body: Some(json!({ "tag": ["The hotel does not want this tag."] })) };
    fixture.hotel().set_faults(FaultPlan::of([Rule::new(Action::Status(refusal)).method("PATCH")])).unwrap();
    window.change("Midweek Escape", "editor-tag", "Refused").await;
    window.until_offer("Midweek Escape", "attention").await;
    window.press("rail-attention").await;
    window.until_says("attention-item", "does not want this tag").await;
    window.is_accessible("attention").await;
    window.press("attention-discard").await;
    window.until_there("[data-testid=discard-dialog]").await;
    window.is_accessible("discard-dialog").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=discard-dialog]").await;
    window.press("person").await;
    window.press("sign-out").await;
    window.until_there("[data-testid=sign-out-dialog]").await;
    window.is_accessible("sign-out-dialog").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=sign-out-dialog]").await;

    window.press("rail-offers").await;
    fixture.hotel().clear_faults();
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-tag", "Offline").await;
    window.until_pill("offline").await;
    window.is_accessible("offline").await;
}
