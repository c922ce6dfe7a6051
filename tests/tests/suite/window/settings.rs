//! Set-up and settings in the window: a new computer, a computer that is set for its users, languages and looks.

use demo_hotel::Account;
use std::path::Path;

use desk_tests::window::{Fixture, SIZES, Window, until};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Returns the names of the elements whose text does not fit and is not meant to be shortened.
const CUT: &str =
    "return [...document.querySelectorAll('button, label, h1, h2, h3, summary, legend, option, a, th')]
    .filter((one) => one.offsetParent && !one.closest('.unseen') && one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).textOverflow !== 'ellipsis')
    .map((one) => one.textContent.trim().slice(0, 60))";

/// Returns the parts of the page that scroll sideways, or cut their content at the right, and those past the window's
/// right edge. Typed text may be longer than its field, and text that ends in "…" is meant to.
const SIDEWAYS: &str = "const style = (one) => getComputedStyle(one);
    const isShortened = (one) => one && (style(one).textOverflow === 'ellipsis' || isShortened(one.parentElement));
    const cuts = (one) => style(one).overflowX !== 'visible' || style(one).contain === 'content';
    const isWide = (one) => cuts(one) && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
    const isPast = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    return [...document.querySelectorAll('html, body, body :not(svg *, .unseen, input, textarea, select)')]
        .filter((one) => one.getClientRects().length && (isWide(one) || isPast(one)) && !isShortened(one))
        .map((one) => `${one.tagName} ${one.dataset.testid ?? one.className}: ${one.scrollWidth} of ${one.clientWidth}`)
        .slice(0, 8)";

const ROOMS: [&str; 8] =
    ["offers", "gallery", "branding", "rooms", "chat", "team", "attention", "diagnostics"];

async fn fits(window: &Window, what: &str) {
    window.until_steady().await;
    window.shot(what).await;
    assert_eq!(window.run(CUT, vec![]).await, json!([]), "{what}: texts that are cut");
    assert_eq!(window.run(SIDEWAYS, vec![]).await, json!([]), "{what}: parts that scroll sideways");
}

/// Opens each room, and checks that no part of it scrolls sideways or is cut at the right.
async fn rooms_fit(window: &Window, what: &str) {
    let mut wide = Vec::new();
    for room in ROOMS {
        window.press(&format!("rail-{room}")).await;
        window.until_steady().await;
        window.shot(&format!("{what}-{room}")).await;
        let parts = window.run(SIDEWAYS, vec![]).await;
        if parts != json!([]) {
            wide.push((room, parts));
        }
    }
    assert!(wide.is_empty(), "{what}: parts that scroll sideways: {wide:#?}");
}

/// Checks that other parts leave an element at least this space, in rem.
async fn has_space(window: &Window, id: &str, side: &str) {
    const ENOUGH: f64 = 4.0;
    window.until_there(&format!("[data-testid={id}]")).await;
    window.until_steady().await;
    let space = "const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        return document.querySelector(`[data-testid=${arguments[0]}]`)[arguments[1]] / rem";
    let space = window.run(space, vec![json!(id), json!(side)]).await.as_f64().unwrap();
    assert!(space >= ENOUGH, "{id} has a {side} of {space} rem");
}

/// Does the same as [`fits`] in a small window and on a big screen.
async fn fits_in_every_size(window: &Window, what: &str) {
    for (size, width, height) in SIZES {
        window.resize(width, height).await;
        fits(window, &format!("{what}-{size}")).await;
    }
}

async fn finding(window: &Window, list: &str, check: &str, state: &str) {
    window.until_there(&format!("[data-testid={list}] [data-check={check}][data-state={state}]")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_computer_is_set_up_without_a_file() {
    let fixture = Fixture::set_new("setup").await;
    let (hotel, pusher) = (fixture.hotel().url(), fixture.hotel().pusher());
    let window = fixture.open_window().await;
    window.until_focus("connection-server").await;
    fits_in_every_size(&window, "empty").await;
    window.is_accessible("setup").await;
    // No program listens there.
    window.fill("connection-server", "http://127.0.0.1:9").await;
    finding(&window, "server-findings", "server", "failed").await;
    fits(&window, "wrong-server").await;
    window.fill("connection-server", &hotel).await;
    finding(&window, "server-findings", "server", "ok").await;
    window.fill("connection-pusher_key", "another-key").await;
    window.fill("connection-pusher_host", &pusher.host).await;
    window.press("test-live").await;
    finding(&window, "live-findings", "socket", "failed").await;
    fits_in_every_size(&window, "wrong-key").await;
    window.is_accessible("setup-findings").await;
    window.fill("connection-pusher_key", &pusher.key).await;
    window.press("test-live").await;
    finding(&window, "live-findings", "socket", "ok").await;
    window.press("setup-continue").await;
    let Account { username, password } = fixture.person();
    window.sign_in(&username, &password).await;
    window.until_offers().await;
    let server = fixture.deskctl(&["settings", "get", "server"]).await;
    assert_eq!((&server["value"], &server["source"]), (&json!(format!("{hotel}/")), &json!("own")));
    // The live connection stands without a restart.
    let live = fixture.deskctl(&["settings", "get", "pusher_key"]).await;
    assert_eq!(live["value"], json!(pusher.key));
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_computer_becomes_a_reception_display_without_a_file_and_without_a_sign_in() {
    let fixture = Fixture::set_new("display-set-up").await;
    let (hotel, slug) = (fixture.hotel().url(), fixture.hotel().slug().to_owned());
    let window = fixture.open_window().await;
    window.until_focus("connection-server").await;
    window.keys(&hotel).await;
    finding(&window, "server-findings", "server", "ok").await;
    window.tab_to("setup-display").await;
    window.key(Key::Enter).await;
    window.until_focus("connection-hotel").await;
    window.until_says("setup-missing", "short name").await;
    fits_in_every_size(&window, "asks-for-the-hotel").await;
    window.is_accessible("display-set-up").await;
    window.keys(&slug).await;
    window.tab_to("setup-display").await;
    window.key(Key::Enter).await;
    window.until_focus("signin-username").await;
    until("the display", async || {
        // There is no status before the display has written one.
        let status = fixture.run_deskctl(&["display", "status"], None).await;
        let status: Value = serde_json::from_slice(&status.stdout).ok()?;
        (status["state"] == "showing").then_some(())
    })
    .await;
    fixture.end_display().await;
    // The connection can be seen and changed before a sign-in.
    window.tab_to("signin-connection").await;
    window.key(Key::Enter).await;
    window.until_focus("connection-server").await;
    assert_eq!(window.value("connection-hotel").await, slug);
    finding(&window, "server-findings", "server", "ok").await;
    fits(&window, "connection").await;
    window.tab_to("setup-back").await;
    window.key(Key::Enter).await;
    window.until_focus("signin-username").await;
    fits(&window, "sign-in").await;
    for (setting, value) in [("language", "de"), ("text_size", "200")] {
        assert!(fixture.run_deskctl(&["settings", "set", setting, value], None).await.status.success());
    }
    window.until("German", "return document.documentElement.lang === 'de'", vec![]).await;
    fits_in_every_size(&window, "sign-in-german-200").await;
    window.press("signin-connection").await;
    finding(&window, "server-findings", "server", "ok").await;
    fits_in_every_size(&window, "connection-german-200").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_set_up_works_with_the_keyboard_alone_and_without_a_network() {
    let mut fixture = Fixture::set_new("offline-set-up").await;
    let hotel = fixture.hotel().url();
    fixture.close_hotel().await;
    let window = fixture.open_window().await;
    window.until_focus("connection-server").await;
    window.keys(&hotel).await;
    finding(&window, "server-findings", "server", "failed").await;
    window.shot("no-network").await;
    window.tab_to("setup-continue").await;
    window.key(Key::Enter).await;
    // The address is kept, and the sign-in says what is wrong.
    let kept = "return document.querySelector('[data-testid=signin-server]')?.value === arguments[0]";
    window.until("the kept address", kept, vec![json!(format!("{hotel}/"))]).await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_is_set_after_the_sign_out_that_it_needs() {
    let fixture = Fixture::set_new("other-server").await;
    let window = fixture.open_window().await;
    window.until_focus("connection-server").await;
    window.fill("connection-server", &fixture.hotel().url()).await;
    finding(&window, "server-findings", "server", "ok").await;
    window.press("setup-continue").await;
    let Account { username, password } = fixture.person();
    window.sign_in(&username, &password).await;
    window.until_offers().await;
    window.close_handover().await;
    window.press("rail-settings").await;
    window.fill("connection-server", "http://127.0.0.1:9").await;
    window.press("connection-save").await;
    window.until_focus("other-server-stay").await;
    window.is_accessible("other-server").await;
    window.shots_in_every_size("asks").await;
    window.press("other-server-sure").await;
    let new = "return document.querySelector('[data-testid=signin-server]')?.value === arguments[0]";
    window.until("the new server", new, vec![json!("http://127.0.0.1:9/")]).await;
    let set = fixture.deskctl(&["settings", "get", "server"]).await;
    assert_eq!(set["value"], "http://127.0.0.1:9/");
    fixture.end(window).await;
}

async fn licences_are_listed(window: &Window) {
    window.press("to-licences").await;
    window.until_there("[data-testid=licences]").await;
    window.tab_to("licences-search").await;
    window.keys("keyring").await;
    window
        .until(
            "the found part",
            "return document.querySelector('[data-testid=licences] dd') !== null",
            vec![],
        )
        .await;
    window.until_steady().await;
    window.shot("licences").await;
    window.is_accessible("licences").await;
    window.press("licences-close").await;
    window.until_removed("[data-testid=licences]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_apply_at_once_in_both_languages_and_at_every_text_size() {
    let fixture = Fixture::set("settings").await;
    let window = fixture.open_signed_in().await;
    window.press("rail-settings").await;
    window.until_there("[data-testid=settings]").await;
    fits_in_every_size(&window, "english").await;
    window.is_accessible("settings").await;
    licences_are_listed(&window).await;
    window.choose("setting-theme", "dark").await;
    window.until("dark", "return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    fits(&window, "dark").await;
    window.is_accessible("settings-dark").await;
    window.choose("setting-language", "de").await;
    window.until_says("settings", "Einstellungen").await;
    window.until_focus("setting-language").await;
    window.choose("setting-region", "AT").await;
    window.until_says("below-region", "24. Dez. 2026").await;
    fits(&window, "german-dark").await;
    window.choose("setting-theme", "light").await;
    window.choose("setting-density", "compact").await;
    window.until("density", "return document.documentElement.dataset.density === 'compact'", vec![]).await;
    for room in ["offers", "rooms"] {
        window.press(&format!("rail-{room}")).await;
        fits(&window, &format!("compact-{room}")).await;
    }
    window.press("rail-settings").await;
    window.choose("setting-density", "comfortable").await;
    window.until("light", "return !matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    window.resize(1366, 768).await;
    fits(&window, "german-1366").await;
    rooms_fit(&window, "german").await;
    window.press("rail-settings").await;
    window.choose("setting-text_size", "200").await;
    fits_in_every_size(&window, "german-200").await;
    rooms_fit(&window, "german-200").await;
    window.press("rail-offers").await;
    window.press("view-list").await;
    fits(&window, "german-200-offers-list").await;
    window.press("rail-chat").await;
    window.press_at("[data-testid=conversation]").await;
    has_space(&window, "chat-text", "clientWidth").await;
    has_space(&window, "chat-messages-none", "clientHeight").await;
    fits(&window, "german-200-conversation").await;
    window.press("bell").await;
    has_space(&window, "history-list", "clientHeight").await;
    fits(&window, "german-200-history").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=history-list]").await;
    window.press("rail-settings").await;
    window.is_accessible("settings-200").await;
    let read = fixture.deskctl(&["settings", "get", "language"]).await;
    assert_eq!(read["value"], "de");
    // A change by another program reaches the open window.
    let reset = fixture.run_deskctl(&["settings", "reset", "text_size"], None).await;
    assert!(reset.status.success());
    let scale = "return document.documentElement.style.getPropertyValue('--text-scale') === '1'";
    window.until("the usual text size", scale, vec![]).await;
    window.choose("setting-language", "en").await;
    window.until_says("settings", "Settings").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_of_the_computer_is_shown_and_locked() {
    let fixture = Fixture::set("settings-locked").await;
    let window = fixture.open_signed_in().await;
    window.press("rail-settings").await;
    window.until_says("connection", "Set for this computer").await;
    let locked = "return document.querySelector('[data-testid=connection-server]').readOnly";
    assert_eq!(window.run(locked, vec![]).await, json!(true));
    window.shot("locked").await;
    let refused = fixture.run_deskctl(&["settings", "set", "server", "https://other.example"], None).await;
    assert!(!refused.status.success());
    let failure: Value = serde_json::from_slice(&refused.stderr).unwrap();
    assert_eq!(failure["error"]["code"], "not_allowed");
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_training_runs_at_a_hotel_of_its_own_and_ends_with_its_window() {
    let fixture = Fixture::set_new("training").await;
    let window = fixture.open_training().await;
    window.until_there("[data-testid=training]").await;
    window.until_there("[data-testid=signin-submit]").await;
    // The sign-in is filled in.
    window.press("signin-submit").await;
    window.until_offers().await;
    fits_in_every_size(&window, "offers").await;
    window.is_accessible("training").await;
    let [hotel] = fixture.demo_hotels()[..] else { panic!("one hotel runs") };
    // The window is gone after the press, so the press comes after the answer to this call.
    let press = "setTimeout(() => document.querySelector('[data-testid=leave-training]').click(), 50)";
    window.run(press, vec![]).await;
    fixture.until_ended().await;
    let is_gone = async || (!Path::new(&format!("/proc/{hotel}/exe")).exists()).then_some(());
    until("the end of the hotel", is_gone).await;
}
