//! The states of a room: loading, shown, unreadable, or not on this server. The status pill agrees with each.

use demo_hotel::{Account, Action, Dialect, FaultPlan, Rule, StatusFault};
use desk_tests::window::{Fixture, Window};
use serde_json::json;

/// The rooms that show content of the hotel.
const ROOMS: [&str; 4] = ["offers", "gallery", "branding", "rooms"];

/// Starts the program and signs in, without waiting for anything.
async fn sign_in(fixture: &Fixture) -> Window {
    let window = fixture.open_window().await;
    let Account { username, password } = fixture.person();
    window.sign_in(&username, &password).await;
    window.until_there("[data-testid=rail-offers]").await;
    window
}

async fn open(window: &Window, room: &str) {
    window.press(&format!("rail-{room}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_fail_at_the_first_reading_are_said_in_each_room_with_the_reason_and_another_try() {
    let fixture = Fixture::set("unreadable").await;
    let failed =
        |path| Rule::new(Action::Status(StatusFault { code: 500, body: None })).method("GET").path(path);
    let lists = ["*/offers/*", "*/room-types/*", "*/settings/"].map(failed);
    fixture.hotel().set_faults(FaultPlan::of(lists)).unwrap();
    let window = sign_in(&fixture).await;
    for room in ROOMS {
        open(&window, room).await;
        window.until_there(&format!("[data-testid={room}-failed]")).await;
        window.until_says(&format!("{room}-failed"), "The hotel’s server does not give its").await;
        window.until_says(&format!("{room}-failed"), "Try again").await;
        window.until_pill("unknown").await;
        window.until_says("status-pill", "Not all could be read").await;
        window.is_accessible(room).await;
    }
    open(&window, "offers").await;
    window.until_there("[data-testid=offers-failed] > button").await;
    fixture.hotel().clear_faults();
    // The list is also read again by itself, and the button may be gone before the driver has moved its pointer there.
    window.run("document.querySelector('[data-testid=offers-failed] > button')?.click()", vec![]).await;
    window.until_offers().await;
    for room in ROOMS {
        open(&window, room).await;
        window.until_removed(&format!("[data-testid={room}-failed]")).await;
    }
    window.until_pill("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_newest_server_the_rooms_that_it_lacks_say_so_and_the_others_are_there() {
    let fixture = Fixture::set_at("newest", Dialect::Current).await;
    let window = sign_in(&fixture).await;
    window.shot("first").await;
    open(&window, "branding").await;
    window.until_there("[data-testid=editor-title], [data-testid^=field], input").await;
    window.shot("branding").await;
    for room in ["offers", "gallery", "rooms"] {
        open(&window, room).await;
        window.shot(room).await;
    }
}

/// From now on, notes each pair of the pill and the age of the list that were on the screen at the same time.
const WATCH: &str = "
    window.__pairs = new Set();
    const look = () => {
        const pill = document.querySelector('[data-testid=status-pill]');
        const aged = document.querySelector('[data-testid=as-of]') !== null;
        const tone = ['good', 'busy', 'warn', 'bad'].find((tone) => pill?.classList.contains(tone));
        window.__pairs.add(`${tone} ${aged}`);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    look();";

#[tokio::test(flavor = "multi_thread")]
async fn the_pill_and_the_age_of_the_list_never_contradict_each_other() {
    let mut fixture = Fixture::set("one-truth").await;
    let window = fixture.open_signed_in().await;
    window.run(WATCH, vec![]).await;
    fixture.close_hotel().await;
    window.until_pill("unknown").await;
    window.until_says("status-pill", "Checking").await;
    window.shot("checking").await;
    window.until_pill("offline").await;
    window.until_there("[data-testid=as-of]").await;
    window.shot("offline").await;
    fixture.open_hotel().await;
    window.press("status-pill").await;
    window.until_pill("saved").await;
    window.until_removed("[data-testid=as-of]").await;
    window.until_there("[data-testid=status-pill].good").await;
    window.shot("back").await;
    let pairs = window.run("return [...window.__pairs].sort()", vec![]).await;
    for pair in pairs.as_array().unwrap() {
        let known = [json!("good false"), json!("busy false"), json!("warn true")];
        assert!(known.contains(pair), "tone and age together: {pairs}");
    }
}
