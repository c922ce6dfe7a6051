//! The document itself never scrolls, regardless of the screen's content.

use desk_tests::window::Fixture;
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_makes_the_document_scroll() {
    let fixture = Fixture::set("whole").await;
    let window = fixture.open_signed_in().await;
    for (width, height) in [(1366, 768), (1000, 700)] {
        window.resize(width, height).await;
        for room in ["offers", "gallery", "branding", "rooms", "attention", "diagnostics"] {
            window.press(&format!("rail-{room}")).await;
            window.until_there("main h1").await;
            window.until_steady().await;
        }
        // A jump to a section of the branding scrolls only its form.
        window.press("rail-branding").await;
        window.until_there("[data-testid=branding] nav .chip").await;
        let chips = window.count("[data-testid=branding] nav .chip").await;
        assert!(chips > 3, "{chips} sections");
        for place in 1..=chips {
            window.press_at(&format!("[data-testid=branding] nav .chip:nth-child({place})")).await;
        }
        let moved = "return document.querySelector('[data-testid=branding] .form').scrollTop > 0
            || document.querySelector('[data-testid=branding] .body').scrollTop > 0";
        assert_eq!(window.run(moved, vec![]).await, json!(true), "the form did not go to its last section");
        window.shot(&format!("branding-{width}")).await;
        window.press("rail-offers").await;
        window.edit("Two Nights by the Lake").await;
        window.until_steady().await;
        window.key(Key::Escape).await;
        window.until_removed("[data-testid=editor]").await;
        window.until_steady().await;
    }
}
