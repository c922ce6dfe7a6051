//! `doctor`: the checklist, and its exit code.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::test_desk::{Hotel, TestDesk};

/// The line of one check.
fn line<'a>(answer: &'a Value, check: &str) -> &'a Value {
    let lines = answer["findings"].as_array().expect("findings");
    lines.iter().find(|line| line["check"] == check).expect("a line for each check")
}

#[tokio::test]
async fn a_desk_at_which_all_is_well_is_sound_and_its_live_connection_was_tried() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let answer = test_desk.ask(&["doctor"]).await;
    assert_eq!(answer["sound"], true, "{answer:#}");
    for check in ["server", "server_clock", "sign_in", "socket", "channels", "outbox", "database", "cache"] {
        assert_eq!(line(&answer, check)["state"], "ok", "{:#}", line(&answer, check));
    }
    assert_eq!(answer["channels"][0]["name"], "hotel-killarney");
    assert_eq!((&answer["running"], &answer["channels"][0]["state"]), (&json!(false), &json!("confirmed")));
    let hung_up = async {
        while hotel.now().listeners("hotel-killarney") > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), hung_up).await.expect("it hangs up");
}

#[tokio::test]
async fn what_failed_ends_with_a_code_of_its_own_and_says_what_to_do() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    hotel.stop().await;
    let run = test_desk.run(&["doctor"]).await.ends(9);
    let server = run.out.lines().find(|line| line.contains("  server  ")).expect("a line");
    assert!(server.starts_with("failed") && server.contains("Check the network"), "{}", run.out);
    let sign_in = run.out.lines().find(|line| line.contains("  sign in  ")).expect("a line");
    assert!(sign_in.starts_with("unknown"), "{}", run.out);
    let lists = run.out.lines().find(|line| line.contains("  lists  ")).expect("a line");
    assert!(lists.starts_with("unknown") && lists.contains("Not checked"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 16, "a heading, and one line a check");
}

#[tokio::test]
async fn the_doctor_sends_nothing_and_says_what_waits() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Waits").await;
    let answer = test_desk.ask(&["doctor"]).await;
    assert_eq!(line(&answer, "outbox")["state"], "warning", "{answer:#}");
    assert!(hotel.titled("Waits").is_empty());
}

#[tokio::test]
async fn without_a_sign_in_the_server_is_checked_all_the_same() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let answer = test_desk.ask(&["doctor"]).await;
    assert_eq!(
        (&line(&answer, "server")["state"], &line(&answer, "sign_in")["state"]),
        (&json!("ok"), &json!("unknown"))
    );
    assert_eq!(answer["socket"], Value::Null);
}

#[tokio::test]
async fn no_token_and_no_key_stand_in_the_answer() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let run = test_desk.run(&["--json", "doctor"]).await.ends(0);
    for secret in [TestDesk::token_of(&hotel).await, hotel.now().pusher().key, hotel.now().pusher().secret] {
        assert!(!run.out.contains(&secret) && !run.err.contains(&secret));
    }
}
