//! `clock status|in|out`.

use serde_json::json;

use crate::test_desk::{Hotel, TestDesk, names};

/// Returns the number of presses of the clock, by all requests that press one.
fn presses(hotel: &Hotel) -> usize {
    let ends = ["/clock/", "/unrostered-confirm/", "/force-clock-out/"];
    let is_press = |path: &str| ends.iter().any(|end| path.ends_with(end));
    let requests = hotel.now().requests();
    requests.iter().filter(|request| request.method == "POST" && is_press(&request.path)).count()
}

#[tokio::test]
async fn clocking_in_and_out_is_recorded_by_the_hotel() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let before = test_desk.ask(&["clock", "status"]).await;
    let mut members = names(&before);
    members.sort_unstable();
    assert_eq!(members, ["confirmed_at", "is_on_duty", "since", "status"]);
    assert_eq!(before["is_on_duty"], false);

    let inside = test_desk.ask(&["clock", "in"]).await;
    assert_eq!(inside["is_on_duty"], true);
    assert!(inside["since"].is_string() && inside["confirmed_at"].is_string());
    assert!(hotel.manager().await.me().await.unwrap().duty.unwrap().status.is_on_duty());
    assert!(test_desk.run(&["clock", "status"]).await.ends(0).out.starts_with("On duty since "));

    assert_eq!(test_desk.ask(&["clock", "out"]).await["is_on_duty"], false);
    assert!(!hotel.manager().await.me().await.unwrap().duty.unwrap().status.is_on_duty());
}

#[tokio::test]
async fn clocking_in_twice_presses_the_toggle_once() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.run(&["clock", "in"]).await.ends(0);
    assert_eq!(test_desk.ask(&["clock", "in"]).await["is_on_duty"], true);
    assert_eq!(presses(&hotel), 1);
}

#[tokio::test]
async fn at_the_newest_server_a_clock_in_says_that_it_may_need_approval() {
    let hotel = Hotel::newest().await;
    let test_desk = TestDesk::of(&hotel, 1).await;
    let inside = test_desk.run(&["clock", "in"]).await.ends(0);
    assert!(inside.out.starts_with("On duty since "), "{}", inside.out);
    assert!(inside.err.contains("A manager may have to approve it"), "{}", inside.err);
    hotel.now().set_break("rory", true);
    let reported = test_desk.ask(&["clock", "status"]).await;
    assert_eq!((&reported["status"], &reported["is_on_duty"]), (&json!("on_break"), &json!(true)));
    let said = test_desk.run(&["clock", "status"]).await.ends(0).out;
    assert!(said.starts_with("On a break, and on duty since "), "{said}");
    assert_eq!(test_desk.ask(&["clock", "out"]).await["status"], "off_duty");
    assert_eq!(presses(&hotel), 2);
}

#[tokio::test]
async fn a_clock_that_cannot_be_pressed_is_not_pressed_and_says_so_in_one_sentence() {
    let hotel = Hotel::with_galleries().await;
    let test_desk = TestDesk::of(&hotel, 1).await;
    test_desk.run(&["clock", "status"]).await.ends(0);
    let refused = test_desk.run(&["clock", "in"]).await;
    assert_ne!(refused.code, 0);
    assert_eq!(presses(&hotel), 0);
    assert_eq!(refused.err.matches("You were not clocked in").count(), 1, "{}", refused.err);
}

#[tokio::test]
async fn without_a_network_the_last_state_is_told_and_nothing_is_pressed_later() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.run(&["clock", "in"]).await.ends(0);
    hotel.stop().await;
    let reported = test_desk.ask(&["clock", "status"]).await;
    assert_eq!(reported["is_on_duty"], true);
    assert!(reported["confirmed_at"].is_string());
    assert_eq!(test_desk.run(&["--json", "clock", "out"]).await.ends(3).error()["code"], "offline");
    hotel.start_again().await;
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(presses(&hotel), 0);
    assert_eq!(test_desk.ask(&["clock", "status"]).await["is_on_duty"], json!(true));
}
