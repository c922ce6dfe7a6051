//! The desk outside its window, on a real session bus: the tray icon with its menu, the badge, native notifications,
//! and the program that continues without its window.

use desk_tests::TestDesk;
use desk_tests::guest::{ROOM_101, writes};
use desk_tests::window::{Desktop, Fixture, Screen, Window};
use fantoccini::key::Key;
use hotelmate_core::records::FieldValue;
use serde_json::json;

use crate::window::main_job::COLLEAGUE;
use crate::window::toasts::tag;

/// Starts a desktop, the program with a signed-in person, and a colleague's desk.
async fn open(fixture: &Fixture) -> (Desktop, Screen, Window, TestDesk) {
    let (desktop, screen) = (fixture.desktop().await, fixture.screen());
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), COLLEAGUE).await;
    colleague.until_live().await;
    (desktop, screen, window, colleague)
}

/// Waits until the program knows whether its window has the focus.
async fn until_knows(window: &Window, in_front: bool) {
    let script = "return document.hasFocus() === arguments[0]";
    window.until("the window's knowledge of its place", script, vec![json!(in_front)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_and_the_badge_tell_the_state_and_how_much_is_unread() {
    let mut fixture = Fixture::set("outside-state").await;
    let (desktop, _, window, colleague) = open(&fixture).await;
    desktop.until_line("All saved").await;
    tag(&colleague, "Midweek Escape", "Quiet days").await;
    desktop.until_line("All saved · 1 new").await;
    // The icon changes after the words, so this may still be the icon for the words before. It has the same mark.
    let saved = desktop.icon().await;
    desktop.until_badges(&[Some(1)]).await;
    window.press("bell").await;
    desktop.until_line("All saved").await;
    desktop.until_badges(&[Some(1), None]).await;
    fixture.close_hotel().await;
    desktop.until_line("Offline").await;
    let offline = desktop.until_icon_is_not(&saved).await;
    assert!(std::path::Path::new(&offline).is_file(), "{offline}");
}

#[tokio::test(flavor = "multi_thread")]
async fn do_not_disturb_is_set_and_ended_in_the_tray_and_holds_notifications_back() {
    let fixture = Fixture::set("outside-quiet").await;
    let (desktop, screen, window, colleague) = open(&fixture).await;
    screen.look_elsewhere();
    until_knows(&window, false).await;
    desktop.until_line("Do not disturb is off").await;
    desktop.choose("Do not disturb for 1 hour").await;
    let end = desktop.until_choice("End do not disturb (until ").await;
    window.press("bell").await;
    window.until_there("[data-testid=quiet-until]").await;
    window.press("history-close").await;
    window.until_removed("[data-testid=history]").await;
    tag(&colleague, "Dogs Stay Free", "Cats too").await;
    window.until_says("bell", "1").await;

    desktop.choose(&end).await;
    desktop.until_line("Do not disturb is off").await;
    tag(&colleague, "Midweek Escape", "Quiet days").await;
    let reported = desktop.until_notifications(1).await;
    assert_eq!(reported.body, "A colleague changed “Midweek Escape”.", "what came before stays untold");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_a_notification_only_while_the_window_is_not_in_front_and_a_click_opens_it() {
    let fixture = Fixture::set("outside-notified").await;
    let (desktop, screen, window, colleague) = open(&fixture).await;
    screen.look_at_window().await;
    until_knows(&window, true).await;
    tag(&colleague, "Dogs Stay Free", "Cats too").await;
    window.until_says("toast", "Dogs Stay Free").await;

    screen.look_elsewhere();
    until_knows(&window, false).await;
    let theirs = colleague.until_titled("Midweek Escape").await;
    colleague.edit(theirs.local_id, FieldValue::of("title", "Tea & <b>Cake</b>")).await;
    let reported = desktop.until_notifications(1).await;
    assert_eq!(reported.body, "A colleague changed “Tea &amp; &lt;b&gt;Cake&lt;/b&gt;”.");
    assert_eq!(
        (reported.program.as_str(), &reported.actions[..]),
        ("HotelMate Desk", &["default".into(), "Open".into()][..])
    );
    desktop.click(&reported, async || window.count("[data-testid=editor-title]").await > 0).await;
    assert_eq!(window.value("editor-title").await, "Tea & <b>Cake</b>");
    screen.until_in_front().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_goes_with_the_person_whom_it_was_for() {
    let fixture = Fixture::set("outside-leaving").await;
    let (desktop, screen, window, colleague) = open(&fixture).await;
    screen.look_elsewhere();
    until_knows(&window, false).await;
    tag(&colleague, "Midweek Escape", "Quiet days").await;
    let reported = desktop.until_notifications(1).await;
    window.press("person").await;
    window.press("sign-out").await;
    window.until_there("[data-testid=signin-username]").await;
    desktop.until_taken_away(&reported).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_lives_on_in_the_tray_until_somebody_quits() {
    let fixture = Fixture::set("outside-closed").await;
    let (desktop, screen, window, colleague) = open(&fixture).await;
    // The program outlives its window only if the desktop shows tray icons.
    desktop.until_line("All saved").await;
    screen.look_at_window().await;
    until_knows(&window, true).await;
    screen.close_window().await;
    until_knows(&window, false).await;
    tag(&colleague, "Midweek Escape", "Quiet days").await;
    let reported = desktop.until_notifications(1).await;
    assert_eq!(reported.body, "A colleague changed “Midweek Escape”.");

    desktop.choose("Show HotelMate Desk").await;
    screen.until_in_front().await;
    window.until_says("offer-card", "Quiet days").await;
    desktop.choose("Quit").await;
    fixture.until_ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_quits_is_asked_before_an_unsent_answer_to_a_guest_is_lost() {
    let mut fixture = Fixture::set_without_keys("outside-quit").await;
    let desktop = fixture.desktop().await;
    writes(fixture.hotel(), ROOM_101, "Is the pool open?").await;
    let window = fixture.open_signed_in().await;
    desktop.until_line("All saved · 1 new").await;
    window.press("rail-chat").await;
    window.press("conversation").await;
    window.until_focus("chat-text").await;
    fixture.close_hotel().await;
    window.keys("Until nine").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=chat-message][data-state=waiting]").await;

    desktop.choose("Quit").await;
    window.until_says("quit", "One text to a guest is not sent yet").await;
    window.until_focus("quit-stay").await;
    window.is_accessible("quit").await;
    window.shots_in_every_size("asks").await;
    window.key(Key::Escape).await;
    window.until_removed("[data-testid=quit]").await;
    window.until_says("chat-message", "Until nine").await;

    desktop.choose("Quit").await;
    window.until_there("[data-testid=quit-sure]").await;
    // The window ends with the press, so the press comes after the answer to the driver.
    let press = "setTimeout(() => document.querySelector('[data-testid=quit-sure]').click(), 50)";
    window.run(press, vec![]).await;
    fixture.until_ended().await;
}
