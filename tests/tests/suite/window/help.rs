//! The help in the window: by keyboard alone, without a network, before a sign-in, and in both languages.

use demo_hotel::Account;
use desk_tests::window::Fixture;
use fantoccini::key::Key;

#[tokio::test(flavor = "multi_thread")]
async fn the_help_is_searched_and_read_by_keyboard_alone_without_a_network() {
    let mut fixture = Fixture::set("help").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.until_pill("offline").await;
    window.key(Key::F1).await;
    window.until_focus("help-search").await;
    window.is_accessible("help").await;
    window.keys("emoji").await;
    window.key(Key::Enter).await;
    window.until_focus("help-entry").await;
    window.until_says("help-article", "Answer a guest").await;
    window.shot("page").await;
    window.is_accessible("help-page").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=help]").await;
    // The palette finds each page.
    window.ctrl('k').await;
    window.until_focus("palette-search").await;
    window.keys("Clock in and out").await;
    window.key(Key::Enter).await;
    window.until_focus("help-article").await;
    window.until_says("help-article", "Clock in and out").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_before_the_sign_in_opens_the_help_on_its_code() {
    let fixture = Fixture::set("help-code").await;
    let window = fixture.open_window().await;
    let Account { username, .. } = fixture.person();
    window.sign_in(&username, "not-the-password").await;
    window.until_there("[data-testid=help-link]").await;
    window.tab_to("help-link").await;
    window.key(Key::Enter).await;
    window.until_focus("help-article").await;
    window.until_says("help-article", "wrong_password").await;
    window.shot("code").await;
    window.is_accessible("help-code").await;
    window.key(Key::Escape).await;
    window.until_focus("help-link").await;
    let german = ["settings", "set", "language", "de"];
    assert!(fixture.run_deskctl(&german, None).await.status.success());
    assert!(fixture.run_deskctl(&["settings", "set", "text_size", "200"], None).await.status.success());
    window.until("German", "return document.documentElement.lang === 'de'", vec![]).await;
    window.key(Key::F1).await;
    window.until_focus("help-search").await;
    window.until_says("help", "Fehlercodes").await;
    window.keys("wrong_password").await;
    window.key(Key::Enter).await;
    window.until_focus("help-entry").await;
    window.shot("german-200").await;
    fixture.end(window).await;
}
