//! Offers as files in the window: an export, its change in another program, and its import.

use std::fs;

use desk_tests::window::Fixture;
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_list_is_changed_elsewhere_and_imported_after_its_plan_was_shown() {
    let fixture = Fixture::set("transfer").await;
    let window = fixture.open_signed_in().await;
    window.tab_to("offers-file").await;
    window.key(Key::Enter).await;
    window.until_focus("export-csv").await;
    window.key(Key::Enter).await;
    let written = "return document.querySelector('[data-testid=exported]')?.dataset.file ?? null";
    let file = window.until("the written file", written, vec![]).await;
    let text = fs::read_to_string(file.as_str().unwrap()).unwrap();
    assert!(text.starts_with("id,local_id,title"), "{text}");

    let wrong = fixture.file("wrong.csv", b"title,short_description,sort_order\nNew one,Good,soon\n");
    window.choose_file("import-file", &wrong).await;
    window.until_says("import-wrong", "Row 2: A whole number is expected, 0 or more.").await;
    window.until_steady().await;
    window.shot("wrong").await;

    let changed = text.replacen("Midweek Escape", "Midweek Rest", 1) + &new_row(&text);
    let changed = fixture.file("changed.csv", changed.as_bytes());
    window.choose_file("import-file", &changed).await;
    window.until_says("import-total", "1 new, 1 changed, 13 the same.").await;
    window.until_steady().await;
    window.shot("plan").await;
    window.is_accessible("transfer").await;
    assert_eq!(fixture.deskctl(&["outbox", "list"]).await, json!([]), "nothing yet");
    window.tab_to("import-do").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=transfer]").await;
    window.until_pill("saved").await;
    fixture.until_at_hotel("Midweek Rest", |_| true).await;
    fixture.until_at_hotel("Breakfast in bed", |_| true).await;
    fixture.end(window).await;
}

/// Returns a row of a new offer, with an empty cell in every other column.
fn new_row(text: &str) -> String {
    let cell = |name: &str| match name {
        "title" => "Breakfast in bed",
        "short_description" => "Until eleven",
        _ => "",
    };
    let heading = text.lines().next().unwrap();
    heading.split(',').map(cell).collect::<Vec<_>>().join(",") + "\n"
}
