//! A manager's morning with the keyboard alone: Ctrl+K, a copy of an offer, notes as filters.

use desk_tests::window::Fixture;
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_found_copied_and_filtered_with_the_keyboard_alone() {
    let fixture = Fixture::set("morning").await;
    let window = fixture.open_signed_in().await;
    window.ctrl('k').await;
    window.until_focus("palette-search").await;
    window.keys("midweek").await;
    window.until_says("palette-choice", "Midweek Escape").await;
    window.shots_in_every_size("palette").await;
    window.is_accessible("palette").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=editor]").await;
    assert_eq!(window.value("editor-title").await, "Midweek Escape");
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=editor]").await;

    window.tab_to("offer-duplicate").await;
    let copied = "return document.activeElement.closest('[data-title]').dataset.title";
    let title = window.run(copied, vec![]).await;
    let title = title.as_str().unwrap();
    window.key(Key::Enter).await;
    window.until_there("[data-testid=editor]").await;
    assert_eq!(window.value("editor-title").await, format!("{title} (copy)"));
    window.until_steady().await;
    window.shot("copy").await;
    window.ctrl('s').await;
    window.until_removed("[data-testid=editor]").await;
    let copy =
        fixture.until_at_hotel(&format!("{title} (copy)"), |offer| !offer["photo_url"].is_null()).await;
    assert_eq!(copy["is_active"], json!(true));

    // The chips come before the list.
    window.keys("/").await;
    window.until_focus("offers-search").await;
    window.tab_to("note-ends_soon").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=offer-note][data-note=ends_soon]").await;
    let one = "return document.querySelectorAll('[data-testid=offer-card]').length === 1";
    window.until("one offer", one, vec![]).await;
    window.shot("ends-soon").await;
    window.is_accessible("ends-soon").await;
    window.press("view-list").await;
    window.until_steady().await;
    window.shot("ends-soon-list").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_offers_are_hidden_moved_and_put_back_without_a_network_by_the_keyboard_alone() {
    let mut fixture = Fixture::set("several").await;
    let window = fixture.open_signed_in().await;
    let hidden = "[data-testid=offer-card][data-state=hidden]";
    let before = window.count(hidden).await;
    window.until_pictures().await;

    window.tab_to("offer-edit").await;
    window.keys("x").await;
    window.until_says("chosen-count", "1 chosen").await;
    window.until_steady().await;
    window.shot("chosen-one").await;
    window.is_accessible("chosen").await;
    window.ctrl('a').await;
    window.until_removed("[data-testid=chosen-all]").await;
    fixture.close_hotel().await;
    window.keys("c").await;
    window.tab_to("chosen-hide").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=chosen-bar]").await;
    window.until_focus("offer-edit").await;
    window.until_steady().await;
    assert_eq!(window.count(hidden).await, window.count("[data-testid=offer-card]").await);
    window.shot("all-hidden").await;
    window.key(Key::F8).await;
    window.until_focus("undo-button").await;
    window.key(Key::Enter).await;
    window
        .until(
            "the offers as before",
            &format!("return document.querySelectorAll('{hidden}').length === {before}"),
            vec![],
        )
        .await;
    assert_eq!(fixture.deskctl(&["outbox", "list"]).await, json!([]), "nothing is left to send");

    window.tab_to("offer-edit").await;
    window.keys("x").await;
    window.keys("c").await;
    window.tab_to("chosen-move").await;
    window.key(Key::Enter).await;
    window.until_focus("move-days-number").await;
    window.is_accessible("move-days").await;
    window.until_steady().await;
    window.shot("move-days").await;
    window.key(Key::Enter).await;
    window.until_toast("moved").await;

    fixture.open_hotel().await;
    window.until_pill("saved").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_offers_are_deleted_and_put_back_by_the_keyboard_alone() {
    let fixture = Fixture::set("several-deleted").await;
    let window = fixture.open_signed_in().await;
    let number = fixture.deskctl(&["offers", "list"]).await.as_array().unwrap().len();
    window.press("view-list").await;
    window.tab_to("offer-edit").await;
    window.keys("x").await;
    window.key(Key::Down).await;
    window.keys("X").await;
    window.until_says("chosen-count", "2 chosen").await;
    window.until_steady().await;
    window.shot("chosen-list").await;
    window.key(Key::Delete).await;
    window
        .until(
            "two deleted places",
            "return document.querySelectorAll('[data-testid=deleted]').length === 2",
            vec![],
        )
        .await;
    window.shot("two-deleted").await;
    window.key(Key::F8).await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=deleted]").await;
    window.until_pill("saved").await;
    assert_eq!(fixture.deskctl(&["offers", "list"]).await.as_array().unwrap().len(), number);
    fixture.end(window).await;
}
