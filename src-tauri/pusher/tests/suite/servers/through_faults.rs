//! Check 112: for any faults of the proxy, in the end the client has the data of a direct observer, or knows that some
//! is missing. `PUSHER_FAULT_SECONDS` lengthens it, `PUSHER_FAULT_SEED` changes the faults.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use pusher::{Client, Clock, Config, Notice, SystemClock, Timing};
use serde_json::{Value, json};

use crate::servers::faults::FaultProxy;
use crate::servers::rig::{Publisher, PusherJs, Server, pause, within};

const CHANNELS: [&str; 2] = ["news", "sport"];
const LAST: &str = "last";
const BETWEEN_EVENTS: Duration = Duration::from_millis(25);

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// Added to the measured difference between the clocks of a publisher and of a client on the same machine.
const MARGIN: Duration = Duration::from_millis(500);

/// The deliveries of one channel: events by their number, and the places where something may be missing. Wall times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    Event { number: u64, at: Duration },
    Gap { from: Duration, to: Duration },
}

/// Makes settings that are faster than the defaults, so that minutes suffice.
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
    println!("seed {seed}, {seconds} s: {} events on each channel, {:?}", published.len(), proxy.counts);
    println!("{:?}", client.status().counters);
    for channel in CHANNELS {
        let all = &observed[channel];
        assert_eq!(all.len(), published.len(), "the observer missed something itself");
        compare(channel, &published, &heard[channel]);
    }
    assert!(client.status().counters.losses > 0, "the proxy did no harm");
}

/// Publishes until the time is over. Then the proxy stops its faults, and when the client is back the last events are
/// sent. Returns the wall time of each event, by its number.
async fn publish(
    mut publisher: Publisher,
    seconds: u64,
    proxy: &FaultProxy,
    client: &Client,
) -> Vec<Duration> {
    let clock = SystemClock::new();
    let mut times = Vec::new();
    while clock.monotonic() < Duration::from_secs(seconds) {
        let number = times.len();
        times.push(clock.wall());
        publisher.publish(&CHANNELS, "n", &json!({ "n": number })).await.unwrap();
        pause(BETWEEN_EVENTS).await;
    }
    proxy.calm_down();
    // Lost data is noticed, and broken connections are replaced.
    pause(Duration::from_secs(6)).await;
    let mut status = client.status_watch();
    let live = status.wait_for(|status| status.is_connected());
    within("the client to be back", live).await.unwrap();
    while client.status().confirmed < CHANNELS.len() {
        pause(Duration::from_millis(50)).await;
    }
    let number = times.len();
    times.push(clock.wall());
    publisher.publish(&CHANNELS, LAST, &json!({ "n": number })).await.unwrap();
    times
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
    let clock = SystemClock::new();
    let mut heard = BTreeMap::<String, Vec<Heard>>::new();
    let mut open = CHANNELS.len();
    while open > 0 {
        match events.next().await.unwrap() {
            // Before the first confirmation nothing was promised: the notice asks for a fetch, as a gap does.
            Notice::Subscribed { channel } => {
                let gap = Heard::Gap { from: Duration::ZERO, to: clock.wall() };
                heard.entry(channel.to_string()).or_default().push(gap);
            }
            Notice::Gap(gap) => {
                let (from, to) = (gap.from, gap.to);
                heard.entry(gap.channel.to_string()).or_default().push(Heard::Gap { from, to });
            }
            Notice::Event(event) => {
                let number = number(event.json().unwrap());
                let one = Heard::Event { number, at: event.received_at };
                heard.entry(event.channel.to_string()).or_default().push(one);
                open -= usize::from(event.name == LAST);
            }
            _ => {}
        }
    }
    heard
}

/// Walks through the client's deliveries: the next event is the next one published, or each missing one was published
/// inside one of the gaps before it. `published` has the wall time of each event, by its number.
fn compare(channel: &str, published: &[Duration], heard: &[Heard]) {
    let time = |number: u64| published[usize::try_from(number).unwrap()];
    // Missing events were sent after the last frame that came. That one was late by no more than the slowest of all.
    let lags = heard.iter().map(|one| match one {
        Heard::Event { number, at } => at.saturating_sub(time(*number)),
        Heard::Gap { .. } => Duration::ZERO,
    });
    let slack = lags.max().unwrap_or_default() + MARGIN;
    let (mut expected, mut missing, mut all_gaps) = (0, 0, 0);
    let mut gaps = Vec::new();
    for &one in heard {
        match one {
            Heard::Gap { from, to } => gaps.push((from, to)),
            Heard::Event { number, .. } => {
                assert!(number >= expected, "{channel}: {number} came after {expected} was due");
                for lost in expected..number {
                    let at = time(lost);
                    let reported = gaps.iter().any(|&(from, to)| from <= at + slack && at <= to + MARGIN);
                    assert!(reported, "{channel}: {lost}, published at {at:?}, lies in none of {gaps:?}");
                }
                missing += number - expected;
                all_gaps += gaps.len();
                expected = number + 1;
                gaps.clear();
            }
        }
    }
    assert_eq!(expected, published.len() as u64, "{channel}: both must know the last event");
    println!("{channel}: {expected} published, {missing} missing inside {all_gaps} gaps, slack {slack:?}");
}

/// Ten events, one a second from 100 s on; each is received at once.
fn ten_events(missing: std::ops::Range<u64>, gap: Heard) -> (Vec<Duration>, Vec<Heard>) {
    let published: Vec<Duration> = (100..110).map(Duration::from_secs).collect();
    let mut heard: Vec<Heard> =
        (0..10).map(|number| Heard::Event { number, at: Duration::from_secs(100 + number) }).collect();
    heard.splice(usize::try_from(missing.start).unwrap()..usize::try_from(missing.end).unwrap(), [gap]);
    (published, heard)
}

fn gap(from: u64, to: u64) -> Heard {
    Heard::Gap { from: Duration::from_secs(from), to: Duration::from_secs(to) }
}

#[test]
fn the_comparison_accepts_what_is_missing_inside_a_gap() {
    let (published, heard) = ten_events(3..6, gap(102, 106));
    compare("news", &published, &heard);
}

#[test]
#[should_panic(expected = "3, published at 103s, lies in none of")]
fn the_comparison_notices_a_gap_that_begins_too_late() {
    let (published, heard) = ten_events(3..6, gap(105, 106));
    compare("news", &published, &heard);
}

#[test]
#[should_panic(expected = "5, published at 105s, lies in none of")]
fn the_comparison_notices_a_gap_that_ends_too_early() {
    let (published, heard) = ten_events(3..6, gap(102, 104));
    compare("news", &published, &heard);
}
