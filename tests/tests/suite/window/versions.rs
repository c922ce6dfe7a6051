//! Earlier versions: compared with the present record, and brought back by the form with the keyboard alone.

use desk_tests::picture;
use desk_tests::window::{Fixture, Window};
use fantoccini::key::Key;

const TITLE: &str = "Midweek Escape";

async fn open_record(window: &Window, title: &str) {
    window.ctrl('k').await;
    window.until_focus("palette-search").await;
    window.keys(title).await;
    window.until_says("palette-choice", title).await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=editor]").await;
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

    open_record(&window, "Midweek").await;
    window.until_focus("editor-title").await;
    window.tab_to("versions-open").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=version]").await;
    window.shots_in_every_size("versions").await;
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

#[tokio::test(flavor = "multi_thread")]
async fn earlier_versions_of_the_branding_and_of_room_types_are_read_in_german_and_in_large_text() {
    let fixture = Fixture::set("versions-german").await;
    let window = fixture.open_signed_in().await;
    fixture.deskctl(&["branding", "edit", "--set", "slogan=Where the lake begins"]).await;
    let rooms = fixture.deskctl(&["rooms", "list"]).await;
    let id = rooms[0]["id"].to_string();
    fixture.deskctl(&["rooms", "edit", &id, "--set", "name=Panorama with a balcony"]).await;
    window.until_pill("saved").await;
    for (setting, value) in [("language", "de"), ("text_size", "200")] {
        assert!(fixture.run_deskctl(&["settings", "set", setting, value], None).await.status.success());
    }
    window.until("German", "return document.documentElement.lang === 'de'", vec![]).await;
    window.press("rail-branding").await;
    window.until_there("[data-testid=branding]").await;
    window.until_steady().await;
    window.shot("branding").await;
    window.press("versions-open").await;
    window.until_there("[data-testid=version]").await;
    window.until_steady().await;
    window.shot("of-branding").await;
    window.is_accessible("versions-of-branding").await;
    window.key(Key::Escape).await;
    window.until_focus("versions-open").await;
    open_record(&window, "Panorama").await;
    window.press_at("[data-testid=editor] [data-testid=versions-open]").await;
    window.until_there("[data-testid=version]").await;
    window.until_steady().await;
    window.shot("of-a-room").await;
    assert!(fixture.run_deskctl(&["settings", "reset", "text_size"], None).await.status.success());
    let scale = "return document.documentElement.style.getPropertyValue('--text-scale') === '1'";
    window.until("the usual text size", scale, vec![]).await;
    window.key(Key::Escape).await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=editor]").await;
    window.press("rail-branding").await;
    window.until_steady().await;
    window.shot("branding-usual-text").await;
    fixture.end(window).await;
}
