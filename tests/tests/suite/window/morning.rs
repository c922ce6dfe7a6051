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
    for (size, width, height) in [("small", 1000, 700), ("large", 2560, 1440), ("usual", 1366, 768)] {
        window.resize(width, height).await;
        window.until_steady().await;
        window.shot(&format!("palette-{size}")).await;
    }
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
