//! Earlier versions of an offer with the keyboard alone: compared with the present one, and brought back by the form.

use desk_tests::picture;
use desk_tests::window::{Fixture, Window};
use fantoccini::key::Key;

const TITLE: &str = "Midweek Escape";

async fn open_offer(window: &Window, title: &str) {
    window.ctrl('k').await;
    window.until_focus("palette-search").await;
    window.keys(title).await;
    window.until_says("palette-choice", title).await;
    window.key(Key::Enter).await;
    window.until_focus("editor-title").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_version_is_compared_and_brought_back_with_the_keyboard_alone() {
    let fixture = Fixture::set("versions").await;
    let window = fixture.open_signed_in().await;
    window.until_pictures().await;
    let offers = fixture.deskctl(&["offers", "list", "--search", TITLE]).await;
    let id = offers[0]["id"].to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.jpg");
    std::fs::write(&file, picture(200)).unwrap();
    fixture.deskctl(&["offers", "photo", &id, file.to_str().unwrap()]).await;
    fixture
        .deskctl(&["offers", "edit", &id, "--title", "Midweek", "--tag", "New", "--valid-to", "2027-05-01"])
        .await;
    fixture.until_at_hotel("Midweek", |offer| offer["tag"] == "New").await;
    window.until_pill("saved").await;

    open_offer(&window, "Midweek").await;
    window.tab_to("versions-open").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=version]").await;
    for (size, width, height) in [("small", 1000, 700), ("large", 2560, 1440), ("usual", 1366, 768)] {
        window.resize(width, height).await;
        window.until_steady().await;
        window.shot(&format!("versions-{size}")).await;
    }
    window.is_accessible("versions").await;
    // The oldest version has all of it.
    let is_last = "return document.activeElement === [...document.querySelectorAll('summary')].at(-1)";
    while window.run(is_last, vec![]).await != true {
        window.key(Key::Tab).await;
    }
    window.key(Key::Enter).await;
    window.until_steady().await;
    window.shot("versions-oldest").await;
    window.tab_to("version-use").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=versions]").await;
    window.until_focus("editor-title").await;
    assert_eq!(window.value("editor-title").await, TITLE);
    window.until_toast("The form now holds the version").await;
    window.until_steady().await;
    window.shot("version-in-the-form").await;
    window.ctrl('s').await;
    window.until_removed("[data-testid=editor]").await;
    fixture.until_at_hotel(TITLE, |offer| offer["tag"] != "New" && !offer["photo_url"].is_null()).await;
    fixture.end(window).await;
}
