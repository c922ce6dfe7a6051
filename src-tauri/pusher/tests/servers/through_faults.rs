//! Check 112: whatever the proxy does, in the end the client knows what a direct observer knows, or knows that it does
//! not. `PUSHER_FAULT_SECONDS` makes it longer, `PUSHER_FAULT_SEED` other.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use pusher::{Client, Clock, Config, Notice, SystemClock, Timing};
use serde_json::{Value, json};

use crate::faults::FaultProxy;
use crate::rig::{Publisher, PusherJs, Server, pause, within};

const CHANNELS: [&str; 2] = ["news", "sport"];
const LAST: &str = "last";
const BETWEEN_EVENTS: Duration = Duration::from_millis(25);

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// What one channel brought: events by their number, and the places where something may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    Event(u64),
    Gap,
}

/// Everything faster than by default, so that minutes suffice.
fn impatient(config: Config) -> Config {
    let timing = Timing {
        open: Duration::from_secs(3),
        activity: Duration::from_secs(2),
        pong: Duration::from_secs(1),
        backoff_first: Duration::from_millis(100),
        backoff_cap: Duration::from_secs(1),
        at_once_spread: Duration::from_millis(50),
        attempt_limit: 1000,
        ack: Duration::from_secs(2),
        ..Timing::default()
    };
    Config { timing, ..config }
}

#[tokio::test]
#[ignore = "needs a real server: cargo xtask interop"]
async fn check_112_through_a_fault_proxy_every_missing_event_lies_inside_an_announced_gap() {
    let seconds = setting("PUSHER_FAULT_SECONDS", 60);
    let seed = setting("PUSHER_FAULT_SEED", 112);
    let server = Server::start().await;
    let proxy = FaultProxy::start(server.port, seed).await;
    let (client, mut events) = Client::start(impatient(server.config(proxy.port)), SystemClock::shared());
    for channel in CHANNELS {
        client.subscribe(channel).unwrap();
    }
    client.connect();
    let observer = PusherJs::listen(server.port, &CHANNELS).await;
    let publisher = Publisher::start(&server);
    let (published, observed, heard) =
        tokio::join!(publish(publisher, seconds, &proxy, &client), observe(observer), listen(&mut events));
    println!("seed {seed}, {seconds} s: {published} events on each channel, {:?}", proxy.counts);
    println!("{:?}", client.status().counters);
    for channel in CHANNELS {
        let all = &observed[channel];
        assert_eq!(all.len() as u64, published + 1, "the observer missed something itself");
        compare(channel, all, &heard[channel]);
    }
    assert!(client.status().counters.losses > 0, "the proxy did no harm");
}

/// Publishes until the time is over; then the proxy calms down, and when the client is back the last events are sent.
async fn publish(mut publisher: Publisher, seconds: u64, proxy: &FaultProxy, client: &Client) -> u64 {
    let clock = SystemClock::new();
    let mut number = 0;
    while clock.monotonic() < Duration::from_secs(seconds) {
        publisher.publish(&CHANNELS, "n", &json!({ "n": number })).await.unwrap();
        number += 1;
        pause(BETWEEN_EVENTS).await;
    }
    proxy.calm_down();
    // What was swallowed is noticed, and what broke is joined again.
    pause(Duration::from_secs(6)).await;
    let mut status = client.status_watch();
    let live = status.wait_for(|status| status.is_connected());
    within("the client to be back", live).await.unwrap();
    while client.status().confirmed < CHANNELS.len() {
        pause(Duration::from_millis(50)).await;
    }
    publisher.publish(&CHANNELS, LAST, &json!({ "n": number })).await.unwrap();
    number
}

fn number(data: &Value) -> u64 {
    data["n"].as_u64().unwrap()
}

async fn observe(mut observer: PusherJs) -> BTreeMap<String, Vec<u64>> {
    let mut observed = BTreeMap::<String, Vec<u64>>::new();
    let mut open = CHANNELS.len();
    while open > 0 {
        let (channel, name, data) = observer.event().await;
        observed.entry(channel).or_default().push(number(&data));
        open -= usize::from(name == LAST);
    }
    observed
}

async fn listen(events: &mut pusher::Events) -> BTreeMap<String, Vec<Heard>> {
    let mut heard = BTreeMap::<String, Vec<Heard>>::new();
    let mut open = CHANNELS.len();
    while open > 0 {
        match events.next().await.unwrap() {
            // Before the first confirmation nothing was promised: it asks for a fetch as a gap does.
            Notice::Subscribed { channel } => heard.entry(channel.to_string()).or_default().push(Heard::Gap),
            Notice::Gap(gap) => heard.entry(gap.channel.to_string()).or_default().push(Heard::Gap),
            Notice::Event(event) => {
                let number = number(event.json().unwrap());
                heard.entry(event.channel.to_string()).or_default().push(Heard::Event(number));
                open -= usize::from(event.name == LAST);
            }
            _ => {}
        }
    }
    heard
}

/// Walks through what the client heard: the next event is the next one published, unless a gap stands before it.
fn compare(channel: &str, observed: &[u64], heard: &[Heard]) {
    let mut expected = 0;
    let mut gap = false;
    let mut missing = 0;
    for &one in heard {
        match one {
            Heard::Gap => gap = true,
            Heard::Event(number) => {
                assert!(number >= expected, "{channel}: {number} came after {expected} was due");
                assert!(
                    number == expected || gap,
                    "{channel}: {expected} to {number} is missing without a gap"
                );
                missing += number - expected;
                expected = number + 1;
                gap = false;
            }
        }
    }
    assert_eq!(observed.last(), Some(&(expected - 1)), "{channel}: both must know the last event");
    let gaps = heard.iter().filter(|one| **one == Heard::Gap).count();
    println!("{channel}: {} published, {missing} missing inside {gaps} gaps", observed.len());
}
