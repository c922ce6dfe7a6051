//! `watch`: live activities as JSON lines.

use std::time::Duration;

use hotelmate_core::records::FieldValue;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::time::timeout;

use crate::test_desk::{Hotel, TestDesk, change};

/// The longest wait for a result that takes milliseconds on an idle machine.
const DEADLINE: Duration = Duration::from_secs(30);

struct Watcher {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watcher {
    fn start(test_desk: &TestDesk, args: &[&str]) -> Self {
        let mut child = test_desk.command(&[&["watch"], args].concat()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    async fn next(&mut self) -> Option<Value> {
        let line = timeout(DEADLINE, self.lines.next_line()).await.expect("a line in time").unwrap()?;
        Some(serde_json::from_str(&line).expect("a line of JSON"))
    }

    /// Reads lines until one is the wanted one.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.next().await.expect("the watcher goes on");
            if wanted(&line) {
                return line;
            }
        }
    }

    async fn exit_code(mut self) -> Option<i32> {
        timeout(DEADLINE, self.child.wait()).await.expect("an end in time").unwrap().code()
    }
}

/// Waits until the hotel sees a listener: then the live connection is open. The condition is asked for, not slept for.
async fn listened_to(hotel: &Hotel, watcher: &mut Watcher) {
    while hotel.now().listeners("hotel-killarney") == 0 {
        watcher.next().await.expect("the watcher goes on");
    }
}

#[tokio::test]
async fn a_watcher_sees_what_a_colleague_does() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let (id, _) = hotel.first_offer();
    let local_id = test_desk.show(&id).await["local_id"].clone();
    let mut watcher = Watcher::start(&test_desk, &[]);
    assert_eq!(watcher.next().await.unwrap(), json!({"topic": "status"}));
    listened_to(&hotel, &mut watcher).await;
    change(&hotel.colleague().await, &id, FieldValue::of("title", "Seen from afar")).await;
    let line = watcher.until(|line| line["topic"] == "activity").await;
    assert_eq!(
        (&line["activity"]["kind"], &line["activity"]["entity"]),
        (&json!("offer_updated"), &local_id)
    );
    assert!(line["activity"]["text"].as_str().unwrap().contains("Seen from afar"));
    assert_eq!(test_desk.show(&id).await["fields"]["title"], "Seen from afar");
}

#[tokio::test]
async fn a_watcher_stops_after_so_many_lines() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let mut watcher = Watcher::start(&test_desk, &["--count", "2"]);
    assert!(watcher.next().await.is_some());
    assert!(watcher.next().await.is_some());
    assert_eq!(watcher.next().await, None);
    assert_eq!(watcher.exit_code().await, Some(0));
}

#[tokio::test]
async fn a_watcher_stops_when_its_time_is_over() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    assert_eq!(Watcher::start(&test_desk, &["--for", "0"]).exit_code().await, Some(0));
}

#[tokio::test]
async fn a_watcher_stops_when_nobody_reads_any_more() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let mut watcher = Watcher::start(&test_desk, &[]);
    listened_to(&hotel, &mut watcher).await;
    let Watcher { child, lines } = watcher;
    drop(lines);
    let (id, _) = hotel.first_offer();
    change(&hotel.colleague().await, &id, FieldValue::of("tag", "Unseen")).await;
    let output = timeout(DEADLINE, child.wait_with_output()).await.expect("an end in time").unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[cfg(unix)]
#[tokio::test]
async fn a_watcher_that_is_told_to_stop_gives_its_place_back_at_once() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    for signal in ["-INT", "-TERM"] {
        let mut watcher = Watcher::start(&test_desk, &[]);
        listened_to(&hotel, &mut watcher).await;
        let pid = watcher.child.id().unwrap().to_string();
        tokio::process::Command::new("kill").args([signal, &pid]).status().await.unwrap();
        assert_eq!(watcher.exit_code().await, Some(0), "{signal}");
        // Otherwise this would have to wait for the sender's lease to run out.
        test_desk.add("Sent at once").await;
        timeout(Duration::from_secs(5), test_desk.run(&["sync"])).await.expect("no wait").ends(0);
    }
}
