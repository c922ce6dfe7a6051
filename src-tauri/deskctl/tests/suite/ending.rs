//! The end of the program at the system's request.

use std::time::Duration;

use demo_hotel::{Action, FaultPlan, Rule};
use serde_json::json;

use crate::test_desk::{Hotel, TestDesk};

/// The longest wait for a result that takes milliseconds on an idle machine.
const DEADLINE: Duration = Duration::from_secs(30);
/// A time longer than any test waits.
const NEVER_MS: u64 = 3_600_000;

/// SIGTERM stands for all of them: on Windows only a console can send the others.
#[tokio::test]
async fn a_sync_that_is_told_to_end_leaves_in_order_and_keeps_what_was_on_its_way() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("On its way").await;
    hotel.now().set_faults(FaultPlan::of([Rule::new(Action::DelayMs(NEVER_MS)).method("POST")])).unwrap();
    hotel.now().reset_requests();
    let mut sync = test_desk.command(&["sync"]).spawn().unwrap();
    tokio::time::timeout(DEADLINE, async {
        while !hotel.now().requests().iter().any(|request| request.method == "POST") {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the offer leaves");
    let reported =
        std::process::Command::new("kill").args(["-TERM", &sync.id().unwrap().to_string()]).status();
    assert!(reported.unwrap().success());
    let ended = tokio::time::timeout(DEADLINE, sync.wait()).await.expect("it ends in time").unwrap();
    assert_eq!(ended.code(), Some(130));
    let waiting = test_desk.ask(&["outbox", "list"]).await;
    assert_eq!(waiting.as_array().map(Vec::len), Some(1), "{waiting}");
    assert_ne!(waiting[0]["state"], json!("done"));
}

/// A pipe holds 64 kB; this one is full from the start.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_watcher_whose_reader_has_stopped_reading_ends_when_it_is_told_to() {
    use std::io::Write;

    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (_unread, mut full) = std::io::pipe().unwrap();
    full.write_all(&[b' '; 65_536]).unwrap();
    let mut watch = test_desk.command(&["watch"]).stdout(full).spawn().unwrap();
    tokio::time::timeout(DEADLINE, async {
        while hotel.now().listeners("hotel-killarney") == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it listens");
    let reported =
        std::process::Command::new("kill").args(["-TERM", &watch.id().unwrap().to_string()]).status();
    assert!(reported.unwrap().success());
    let ended = tokio::time::timeout(DEADLINE, watch.wait()).await.expect("it ends in time").unwrap();
    assert_eq!(ended.code(), Some(0));
}
