//! Checks 109 and 110: published events arrive, and the clients find a server that comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use pusher::{Clock, GapCause, Notice, State, SystemClock};
use serde_json::json;

use crate::servers::rig::{Ours, Publisher, PusherJs, Server, pause};

#[tokio::test]
#[ignore = "needs a real server: cargo xtask interop"]
async fn check_109_what_the_official_library_publishes_reaches_us_and_pusher_js_alike() {
    const CHANNELS: [&str; 2] = ["news", "cache-weather"];
    let server = Server::start().await;
    let mut publisher = Publisher::start(&server);
    let mut ours = Ours::listen(server.config(server.port), &CHANNELS).await;
    let mut theirs = PusherJs::listen(server.port, &CHANNELS).await;
    // The empty cache reports this to both.
    assert_eq!(ours.event().await.1, "pusher:cache_miss");
    let forms = [
        json!({"text": "Céad míle fáilte \u{1f340}", "nested": {"list": [1, 2.5, null, true]}}),
        json!([1, "two", {"three": 3}]),
        json!("a plain text"),
        json!("{\"looks\":\"like JSON\"}"),
        json!({}),
        json!([]),
        json!({"big": "x".repeat(9000)}),
        json!({"quotes": "\" \\ \n \u{2028}"}),
    ];
    for (n, data) in forms.iter().enumerate() {
        let channel = CHANNELS[n % CHANNELS.len()];
        let name = format!("event-{n}");
        publisher.publish(&[channel], &name, data).await.unwrap();
        let (heard, other) = (ours.event().await, theirs.event().await);
        assert_eq!(heard, other, "both must hear the same");
        let expected = data.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(data.clone());
        assert_eq!(heard, (channel.to_owned(), name, expected));
    }
    publisher.publish(&CHANNELS, "both", &json!(1)).await.unwrap();
    let both = |mut reported: Vec<_>| {
        reported.sort_by_key(|(channel, ..): &(String, _, _)| channel.clone());
        reported
    };
    let heard = both(vec![ours.event().await, ours.event().await]);
    assert_eq!(heard, both(vec![theirs.event().await, theirs.event().await]));
}

/// The way in which a server stops.
#[derive(Debug, Clone, Copy)]
enum End {
    InOrder,
    Hard,
}

#[tokio::test]
#[ignore = "needs a real server: cargo xtask interop"]
async fn check_110_after_a_restart_every_channel_is_back_within_the_step_with_one_gap() {
    let outages = [2, 20, 50].map(Duration::from_secs);
    let cases = outages.into_iter().flat_map(|outage| [(End::InOrder, outage), (End::Hard, outage)]);
    for line in join_all(cases.map(|(end, outage)| restart(end, outage))).await {
        println!("{line}");
    }
}

/// Runs one outage. Returns the time for which each client was disconnected after it.
async fn restart(end: End, outage: Duration) -> String {
    const CHANNELS: [&str; 3] = ["news", "sport", "cache-weather"];
    /// Time for connecting, greeting and subscribing, on a busy machine.
    const HANDSHAKE: Duration = Duration::from_secs(3);
    let clock = SystemClock::new();
    let mut server = Server::start().await;
    let mut ours = Ours::listen(server.config(server.port), &CHANNELS).await;
    let mut theirs = PusherJs::listen(server.port, &CHANNELS).await;
    let down = clock.monotonic();
    match end {
        End::InOrder => server.stop().await,
        End::Hard => server.kill().await,
    }
    pause(outage.saturating_sub(clock.monotonic() - down)).await;
    server.start_again().await;
    let back = clock.monotonic();
    // The bound of check 10: the present wait, which is never longer than half a minute.
    let status = ours.client.status();
    let planned = status.next_attempt_at.filter(|_| status.state == State::Waiting);
    let wait = planned.map_or(Duration::ZERO, |at| at.saturating_sub(clock.wall()));
    assert!(wait <= Duration::from_secs(30), "{end:?} {outage:?}: planned in {wait:?}");
    let mut gaps = BTreeSet::new();
    while gaps.len() < CHANNELS.len() {
        match ours.reported().await {
            Notice::Gap(gap) => {
                assert_eq!(gap.cause, GapCause::LinkLost);
                assert!(gap.to - gap.from >= outage - Duration::from_millis(100), "{gap:?}");
                assert!(gaps.insert(gap.channel.clone()), "a second gap for {}", gap.channel);
            }
            Notice::Event(event) if event.name == "pusher:cache_miss" => {}
            Notice::Error(error) => println!("{end:?} {outage:?}: the server said {error:?}"),
            other => panic!("{end:?} {outage:?}: {other:?}"),
        }
    }
    let deaf = clock.monotonic() - back;
    assert!(deaf <= wait + HANDSHAKE, "{end:?} {outage:?}: deaf for {deaf:?}, {wait:?} was planned");
    // Only the published event comes.
    Publisher::start(&server).publish(&["news"], "after", &json!({})).await.unwrap();
    while ours.event().await.1 == "pusher:cache_miss" {}
    theirs.is_subscribed().await;
    let theirs = clock.monotonic() - back;
    let seconds = Duration::as_secs_f64;
    format!(
        "{end:?}, {} s away: ours was deaf for {:.1} s, pusher-js for {:.1} s",
        outage.as_secs(),
        seconds(&deaf),
        seconds(&theirs)
    )
}
