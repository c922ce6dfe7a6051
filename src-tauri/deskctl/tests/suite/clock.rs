//! `clock status|in|out`.

use serde_json::json;

use crate::test_desk::{Hotel, TestDesk, names};

fn presses(hotel: &Hotel) -> usize {
    let is_press = |path: &str| path.ends_with("/clock/");
    hotel
        .now()
        .requests()
        .iter()
        .filter(|request| request.method == "POST" && is_press(&request.path))
        .count()
}

#[tokio::test]
async fn clocking_in_and_out_is_recorded_by_the_hotel() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let before = test_desk.ask(&["clock", "status"]).await;
    let mut members = names(&before);
    members.sort_unstable();
    assert_eq!(members, ["confirmed_at", "is_on_duty", "since"]);
    assert_eq!(before["is_on_duty"], false);

    let inside = test_desk.ask(&["clock", "in"]).await;
    assert_eq!(inside["is_on_duty"], true);
    assert!(inside["since"].is_string() && inside["confirmed_at"].is_string());
    assert!(hotel.manager().await.me().await.unwrap().duty.unwrap().is_on_duty);
    assert!(test_desk.run(&["clock", "status"]).await.ends(0).out.starts_with("On duty since "));

    assert_eq!(test_desk.ask(&["clock", "out"]).await["is_on_duty"], false);
    assert!(!hotel.manager().await.me().await.unwrap().duty.unwrap().is_on_duty);
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
async fn a_clock_that_cannot_be_pressed_is_not_pressed_and_says_so_in_one_sentence() {
    for hotel in [Hotel::with_galleries().await, Hotel::newest().await] {
        let test_desk = TestDesk::of(&hotel, 1).await;
        test_desk.run(&["clock", "status"]).await.ends(0);
        let refused = test_desk.run(&["clock", "in"]).await;
        assert_ne!(refused.code, 0);
        assert_eq!(presses(&hotel), 0);
        let sentences = ["You were not clocked in", "cannot be pressed"];
        let said = sentences.iter().filter(|sentence| refused.err.contains(**sentence)).count();
        assert_eq!(said, 1, "{}", refused.err);
    }
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
