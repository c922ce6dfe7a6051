//! The diagnostics screen shows the reason of a failure, and the support file contains no secret.

use desk_tests::TestDesk;
use desk_tests::window::{Fixture, Window};
use hotelmate_core::records::FieldValue;

use crate::window::main_job::COLLEAGUE;

async fn open(window: &Window) {
    window.press("rail-diagnostics").await;
    window.until_there("[data-testid=diagnostics]").await;
}

async fn until_finding(window: &Window, check: &str, state: &str) {
    window.until_there(&format!("[data-testid=finding][data-check={check}][data-state={state}]")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_of_a_healthy_desk_is_made_and_said() {
    let fixture = Fixture::set("diagnostics-well").await;
    let window = fixture.open_signed_in().await;
    open(&window).await;
    for check in
        ["server", "server_clock", "sign_in", "lists", "socket", "channels", "outbox", "database", "cache"]
    {
        until_finding(&window, check, "ok").await;
    }
    assert_eq!(window.count("[data-testid=finding]").await, 15, "one line for each check");
    // Without an event there is no speed to measure; the desk works all the same.
    until_finding(&window, "latency", "unknown").await;
    window.until_there("[data-testid=verdict][data-state=ok]").await;
    window.until_says("verdict", "Everything works.").await;
    window.is_accessible("checks").await;
    window.shot("checks").await;
    window.press("tab-connection").await;
    window.until_there("[data-testid=channel]").await;
    window.is_accessible("connection").await;
    window.shot("connection").await;
    window.resize(2560, 1440).await;
    window.shot("connection-large").await;
    window.press("tab-checks").await;
    window.shot("checks-large").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_out_of_reach_is_a_failed_line_with_a_way_out_and_heals() {
    let mut fixture = Fixture::set_dark("diagnostics-away").await;
    let window = fixture.open_signed_in().await;
    open(&window).await;
    until_finding(&window, "server", "ok").await;
    fixture.close_hotel().await;
    window.press("check-again").await;
    until_finding(&window, "server", "failed").await;
    window.until_there("[data-testid=verdict][data-state=failed]").await;
    for check in ["sign_in", "lists", "latency"] {
        until_finding(&window, check, "unknown").await;
    }
    window.is_accessible("failed").await;
    window.shot("failed").await;
    window.resize(2560, 1440).await;
    window.shot("failed-large").await;
    fixture.open_hotel().await;
    // The socket would connect again by itself, but perhaps only after the time limit of this test.
    window.press("status-pill").await;
    window.press("check-again").await;
    until_finding(&window, "server", "ok").await;
    until_finding(&window, "socket", "ok").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_in_the_log_masked_until_revealed_and_its_way_to_the_screen_is_timed() {
    let fixture = Fixture::set("diagnostics-events").await;
    let window = fixture.open_signed_in().await;
    open(&window).await;
    window.press("tab-events").await;
    let colleague = TestDesk::at(fixture.hotel(), COLLEAGUE).await;
    colleague.until_live().await;
    let theirs = colleague.titled("Midweek Escape").await.unwrap();
    colleague.edit(theirs.local_id, FieldValue::of("title", "Midweek Escape for Three")).await;

    let timed = "const row = [...document.querySelectorAll('[data-testid=event][data-outcome=applied]')]
        .find((row) => row.innerText.includes('offer-updated'));
      return row && /\\d/.test(row.cells[7].innerText) && row.dataset.seq";
    let seq = window.until("the event with its time to the screen", timed, vec![]).await;
    window.press_at(&format!("[data-testid=event][data-seq=\"{}\"] button", seq.as_str().unwrap())).await;
    window.until_there("[data-testid=event-data]").await;
    let data = "return document.querySelector('[data-testid=event-data] pre').innerText";
    let masked = window.run(data, vec![]).await;
    assert!(!masked.as_str().unwrap().contains("for Three"), "{masked}");
    window.is_accessible("event-masked").await;
    window.shot("event").await;
    window.press("event-reveal").await;
    window.until_says("event-data", "Midweek Escape for Three").await;
    window.is_accessible("event-revealed").await;
    window.resize(2560, 1440).await;
    window.shot("revealed-large").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_support_file_is_written_into_the_downloads_without_what_was_typed() {
    let mut fixture = Fixture::set("diagnostics-support").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-tag", "Planted words").await;
    window.until_says("status-pill", "1 waiting").await;
    open(&window).await;
    window.press("support-save").await;
    let script = "return document.querySelector('[data-testid=exported]')?.dataset.file";
    let file = window.until("the file's name", script, vec![]).await;
    let file = std::path::PathBuf::from(file.as_str().unwrap());
    assert_eq!(file.parent(), Some(fixture.downloads().as_path()));
    window.is_accessible("written").await;
    window.shot("written").await;
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(&bytes[..2], b"PK", "a zip");
}
