//! The measured programs: this client, and a loop that only reads and parses.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};
use pusher::{Client, Clock, Config, Endpoint, Notice, State, SystemClock};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use crate::CHANNEL;

/// Returns nanoseconds of the clock that all processes share. In Node it is `process.hrtime`.
pub fn monotonic() -> u64 {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC).unwrap();
    u64::try_from(now.num_nanoseconds()).unwrap()
}

/// Returns the processor time of this process so far, in microseconds.
fn cpu() -> i64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    usage.user_time().num_microseconds() + usage.system_time().num_microseconds()
}

/// Returns the resident memory in bytes; 0 if the system does not report it.
fn resident() -> u64 {
    let reported = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    reported.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

/// Counts events and prints the result at the end, like `count.js`.
struct Count {
    wanted: usize,
    seen: usize,
    start: i64,
    early: u64,
    late: Vec<f64>,
}

impl Count {
    fn of(wanted: usize) -> Self {
        Self { wanted, seen: 0, start: 0, early: 0, late: Vec::new() }
    }

    /// Takes an event's data. Returns true if it was the last event.
    fn take(&mut self, data: &Value) -> bool {
        if self.seen == 0 {
            self.start = cpu();
        }
        self.seen += 1;
        let at = data["at"].as_u64().expect("the time of sending");
        if at > 0 {
            self.late.push((monotonic() - at) as f64 / 1000.0);
        }
        if self.seen == self.wanted.div_ceil(10) {
            self.early = resident();
        }
        self.seen == self.wanted
    }

    fn print(&self) {
        let (cpu_us, end) = (cpu() - self.start, resident());
        let sum = json!({
            "events": self.seen, "cpu_us": cpu_us, "early": self.early, "end": end, "late": self.late
        });
        println!("{sum}");
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn ours(port: &str, key: &str, events: usize) {
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{port}")).unwrap();
    let (client, mut notices) = Client::start(Config::new(key, endpoint), SystemClock::shared());
    client.subscribe(CHANNEL).unwrap();
    client.connect();
    let mut count = Count::of(events);
    while let Some(notice) = notices.next().await {
        match notice {
            Notice::Event(event) if count.take(event.json().expect("JSON")) => return count.print(),
            Notice::Gap(gap) => panic!("events were lost: {gap:?}"),
            _ => {}
        }
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn bare(port: &str, key: &str, events: usize) {
    let (mut socket, _) = connect_async(format!("ws://127.0.0.1:{port}/app/{key}?protocol=7")).await.unwrap();
    let subscribe = json!({"event": "pusher:subscribe", "data": {"channel": CHANNEL}});
    socket.send(Message::text(subscribe.to_string())).await.unwrap();
    let mut count = Count::of(events);
    while let Some(Ok(message)) = socket.next().await {
        let frame: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
        let data: Value = serde_json::from_str(frame["data"].as_str().unwrap()).unwrap();
        if frame["event"] == "offer-updated" && count.take(&data) {
            return count.print();
        }
    }
}

/// Stays connected for so many seconds and prints the cost.
#[tokio::main(flavor = "current_thread")]
pub async fn idle(port: &str, seconds: u32) {
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{port}")).unwrap();
    let (client, _notices) = Client::start(Config::new("0", endpoint), SystemClock::shared());
    client.subscribe(CHANNEL).unwrap();
    client.connect();
    let mut status = client.status_watch();
    status.wait_for(|status| status.state == State::Connected).await.unwrap();
    let start = cpu();
    SystemClock::new().sleep(Duration::from_secs(seconds.into())).await;
    println!("{}", json!({ "cpu_us": cpu() - start }));
}
