//! Several people at one window: the PIN, the switch, the lock, and the card of the handover.

use demo_hotel::{Account, LoggedRequest};
use desk_tests::window::{Fixture, Window};
use serde_json::Value;

/// Chooses a PIN on the card of the handover, and closes the card.
async fn choose_pin(window: &Window, pin: &str) {
    window.until_there("[data-testid=handover]").await;
    window.fill("pin-new", pin).await;
    window.press("pin-save").await;
    window.until_removed("[data-testid=pin-save]").await;
    window.press("handover-close").await;
    window.until_removed("[data-testid=handover]").await;
}

/// Presses the only person of the locked page whose place is `at`, and types the PIN.
async fn unlock(window: &Window, at: usize, secret: &str) {
    window.press_at(&format!("li:nth-child({at}) > [data-testid=lock-person]")).await;
    window.until_focus("prove-secret").await;
    window.keys(&format!("{secret}\u{e007}")).await;
}

/// Chooses a person in the list of people, which asks for the PIN.
async fn choose(window: &Window, person: &Account) {
    window.press("people").await;
    window.press_at(&format!("[data-testid=people-person][data-username='{}']", person.username)).await;
    window.until_focus("prove-secret").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_and_a_pin_lead_to_a_colleague_and_a_lock_hides_everything_and_needs_no_network() {
    let mut fixture = Fixture::set("people").await;
    let window = fixture.open_window().await;
    let [first, second] = [0, 1].map(|user| fixture.hotel().users().swap_remove(user));
    window.sign_in(&first.username, &first.password).await;
    window.until_offers().await;
    choose_pin(&window, "4711").await;

    add(&window, &second).await;
    window.shot("handover").await;
    window.is_accessible("handover").await;
    choose_pin(&window, "080808").await;

    // What waits of the second person is said to the first, after one click and a PIN.
    fixture.close_hotel().await;
    window.change("Dogs Stay Free", "editor-tag", "Of the second").await;
    choose(&window, &first).await;
    window.keys("1111\u{e007}").await;
    window.until_there("[data-testid=prove-dialog] [role=alert]").await;
    window.keys("4711\u{e007}").await;
    window.until_there("[data-testid=handover-other]").await;
    window.until_there("[data-testid=pill-others]").await;
    window.shot("switched").await;

    // The second person's own card leads to it.
    choose(&window, &second).await;
    window.keys("080808\u{e007}").await;
    window.press("handover-waiting").await;
    window.until_there("[data-testid=waiting-list]").await;
    window.shot("own-work").await;

    window.ctrl('l').await;
    window.until_there("[data-testid=lock-screen]").await;
    window.until_removed("[data-testid^=offer]").await;
    window.shot("locked").await;
    window.is_accessible("locked").await;
    let refused = window
        .run_async(
            "const done = arguments[arguments.length - 1];
             window.__TAURI_INTERNALS__.invoke('outbox').then(() => done('answered'), (error) => done(error.code));",
            vec![],
        )
        .await;
    assert_eq!(refused, "locked");

    // A restart does not open the lock, and both people are still here. There is no network.
    let window = fixture.kill_and_restart(window).await;
    window.until_there("[data-testid=lock-screen]").await;
    assert_eq!(window.count("[data-testid=lock-person]").await, 2);
    unlock(&window, 1, "4711").await;
    window.until_there("[data-testid=offer-card]").await;

    fixture.open_hotel().await;
    fixture.until_at_hotel("Dogs Stay Free", |offer| offer["tag"] == "Of the second").await;
    window.until_removed("[data-testid=pill-others]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_pins_ask_for_the_password_also_after_a_restart() {
    let fixture = Fixture::set("wrong-pin").await;
    let window = fixture.open_window().await;
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_offers().await;
    choose_pin(&window, "4711").await;
    window.ctrl('l').await;
    for wrong in ["1000", "1001", "1002"] {
        unlock(&window, 1, wrong).await;
        window.until_there("[data-testid=lock-screen] [role=alert]").await;
        window.press("prove-cancel").await;
    }
    let window = fixture.kill_and_restart(window).await;
    for wrong in ["1003", "1004"] {
        unlock(&window, 1, wrong).await;
        window.until_there("[data-testid=lock-screen] [role=alert]").await;
        window.press("prove-cancel").await;
    }
    unlock(&window, 1, &person.password).await;
    window.until_offers().await;
}

/// Signs a person in beside those who are signed in already.
async fn add(window: &Window, Account { username, password }: &Account) {
    window.press("people").await;
    window.press("people-add").await;
    window.sign_in(username, password).await;
    window.until_offers().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_is_locked_with_the_session_of_the_system_and_keeps_what_was_typed() {
    let fixture = Fixture::set("session-locked").await;
    let logind = fixture.logind().await;
    let window = fixture.open_window().await;
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_offers().await;
    choose_pin(&window, "4711").await;
    window.edit("Midweek Escape").await;
    window.fill("editor-title", "Midweek Escape by Boat").await;
    logind.lock().await;
    window.until_there("[data-testid=lock-screen]").await;
    unlock(&window, 1, "4711").await;
    window.until_says("kept-drafts", "Midweek Escape by Boat").await;

    logind.hint().await;
    window.until_there("[data-testid=lock-screen]").await;
    unlock(&window, 1, "4711").await;
    window.until_offers().await;
    logind.sleep().await;
    window.until_there("[data-testid=lock-screen]").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_presses_the_clock_of_a_colleague_only_with_that_colleagues_pin() {
    let fixture = Fixture::set("command-line").await;
    let window = fixture.open_window().await;
    let [first, second] = [0, 1].map(|user| fixture.hotel().users().swap_remove(user));
    window.sign_in(&first.username, &first.password).await;
    window.until_offers().await;
    choose_pin(&window, "4711").await;
    add(&window, &second).await;
    choose_pin(&window, "080808").await;

    let clock_in = ["--as", &first.username, "clock", "in"];
    for (pin, code, exit) in [(None, "configuration", 2), (Some("080808"), "wrong_pin", 4)] {
        let refused = fixture.run_deskctl(&clock_in, pin).await;
        let reported: Value = serde_json::from_slice(&refused.stderr).unwrap();
        assert_eq!(
            (refused.status.code(), &reported["error"]["code"]),
            (Some(exit), &code.into()),
            "{reported}"
        );
    }
    let is_press = |one: &LoggedRequest| one.method == "POST" && one.path.ends_with("/clock/");
    let presses = || fixture.hotel().requests().iter().filter(|one| is_press(one)).count();
    assert_eq!(presses(), 0);
    let pressed = fixture.run_deskctl(&clock_in, Some("4711")).await;
    let answer: Value = serde_json::from_slice(&pressed.stdout).unwrap();
    assert_eq!((&answer["is_on_duty"], presses()), (&Value::Bool(true), 1), "{answer}");
    // The person whom the window shows needs none.
    assert_eq!(fixture.deskctl(&["clock", "status"]).await["is_on_duty"], false);
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_store_the_window_says_so_and_the_password_opens_the_lock() {
    let fixture = Fixture::set_without_keys("no-keys").await;
    let window = fixture.open_window().await;
    let person = fixture.person();
    window.sign_in(&person.username, &person.password).await;
    window.until_offers().await;
    window.until_says("handover", "This computer has no key store").await;
    assert_eq!(window.count("[data-testid=pin-new]").await, 0);
    window.shot("handover").await;
    window.ctrl('l').await;
    window.press("lock-person").await;
    window.until_says("lock-screen", "no key store that could keep a PIN").await;
    window.until_focus("prove-secret").await;
    window.keys(&format!("{}\u{e007}", person.password)).await;
    window.until_offers().await;
    fixture.end(window).await;
}
