//! Section D on the pure machine.

use std::time::Duration;

use pusher::machine::Input;
use pusher::{Config, State, Timing};

use crate::checks::rig::{Rig, channel, config, millis, secs};

/// Returns the waits after repeated refusals.
fn waits(seed: u64, count: usize) -> Vec<Duration> {
    let mut rig = Rig::new(seed);
    rig.step(Input::Connect);
    (0..count)
        .map(|_| {
            rig.refuse();
            rig.wait_for_attempt()
        })
        .collect()
}

#[test]
fn check_46_an_outage_of_eight_hours_heals_by_itself() {
    let mut rig = Rig::live(&["news"]);
    let end = rig.now.mono + secs(8 * 3600);
    rig.vanish();
    while rig.now.mono < end {
        rig.wait_for_attempt();
        rig.refuse();
    }
    rig.wait_for_attempt();
    assert!(rig.now.mono - end <= secs(60));
    rig.greet();
    rig.acknowledge("news");
    assert_eq!(rig.story().last().map(String::as_str), Some("gap news"));
}

#[test]
fn check_47_backoff_doubles_with_full_jitter() {
    let all: Vec<Vec<Duration>> = (0..400).map(|seed| waits(seed, 8)).collect();
    // The limit on attempts per minute may lengthen later waits, so only the first ones are purely random.
    for (step, ceiling) in [1, 2, 4, 8, 16, 30, 30].into_iter().enumerate() {
        let ceiling = secs(ceiling);
        let rolled: Vec<Duration> = all.iter().map(|waits| waits[step]).collect();
        assert!(rolled.iter().all(|&wait| wait <= ceiling), "step {step}");
        for part in 0..4u32 {
            let share = rolled
                .iter()
                .filter(|&&wait| wait >= ceiling * part / 4 && wait < ceiling * (part + 1) / 4)
                .count();
            assert!((60..=140).contains(&share), "step {step}: {share} of 400 in quarter {part}");
        }
    }
}

#[test]
fn check_47_one_seed_gives_one_sequence() {
    assert_eq!(waits(7, 6), waits(7, 6));
    assert_ne!(waits(7, 6), waits(8, 6));
}

/// Returns how many of a thousand clients with this timing come back in the busiest tenth of a second after the server
/// has closed all connections and was out for this time.
fn busiest_tenth(timing: &Timing, outage: Duration) -> usize {
    let mut returns: Vec<Duration> = (0..1000)
        .map(|seed| {
            let mut rig = Rig::with(Config { timing: timing.clone(), ..config(seed) });
            rig.step(Input::Connect);
            rig.greet();
            let start = rig.now.mono;
            rig.close(4200);
            loop {
                rig.wait_for_attempt();
                if rig.now.mono - start >= outage {
                    break rig.now.mono - start;
                }
                rig.refuse();
            }
        })
        .collect();
    returns.sort_unstable();
    let within = |i: usize| returns[i..].iter().take_while(|&&at| at < returns[i] + millis(100)).count();
    (0..returns.len()).map(within).max().unwrap()
}

/// The bound with the defaults: 5 % from three seconds on. If the server is back sooner, the clients that were to
/// reconnect at once (check 22) come in the 400 ms of their spread, or in the first second of the waits (check 47).
#[test]
fn check_48_a_fleet_comes_back_spread_out_after_three_seconds_and_longer() {
    let bounds = [(0, 300), (500, 180), (1000, 160), (2000, 100), (3000, 50), (20_000, 50), (50_000, 50)];
    for (outage, bound) in bounds {
        let busiest = busiest_tenth(&Timing::default(), millis(outage));
        assert!(busiest <= bound, "{busiest} of 1000 within 100 ms after {outage} ms");
    }
}

#[test]
fn check_48_a_fleet_with_long_first_waits_comes_back_spread_out_after_any_outage() {
    let timing = Timing { at_once_spread: secs(8), backoff_first: secs(8), ..Timing::default() };
    for outage in [0, 500, 1000, 2000, 3000, 20_000, 50_000] {
        let busiest = busiest_tenth(&timing, millis(outage));
        assert!(busiest <= 50, "{busiest} of 1000 within 100 ms after {outage} ms");
    }
}

#[test]
fn check_49_waits_fall_back_only_after_a_minute_of_health() {
    let ceiling = |lasting: Duration| {
        (0..100)
            .map(|seed| {
                let mut rig = Rig::new(seed);
                rig.step(Input::Connect);
                for _ in 0..7 {
                    rig.greet();
                    rig.pass(lasting);
                    rig.text(r#"{"event":"pusher:pong"}"#);
                    rig.pass(lasting);
                    rig.vanish();
                    rig.wait_for_attempt();
                }
                rig.greet();
                rig.pass(lasting);
                rig.text(r#"{"event":"pusher:pong"}"#);
                rig.pass(lasting);
                rig.vanish();
                rig.wait_for_attempt()
            })
            .max()
            .unwrap()
    };
    assert!(ceiling(secs(1)) > secs(20));
    assert!(ceiling(secs(30)) <= secs(1));
}

#[test]
fn check_50_good_news_cuts_the_wait() {
    for news in [Input::NetworkChanged, Input::WakeNotice, Input::RetryNow] {
        let mut rig = Rig::new(3);
        rig.step(Input::Connect);
        for _ in 0..7 {
            rig.refuse();
            rig.wait_for_attempt();
        }
        rig.refuse();
        rig.pass(millis(1));
        rig.step(news.clone());
        if rig.link.is_none() {
            let wait = rig.wait_for_attempt();
            assert!(wait <= secs(1), "{news:?}: {wait:?}");
        }
    }
}

#[test]
fn check_50_a_sleep_cuts_the_wait() {
    let mut rig = Rig::new(3);
    rig.step(Input::Connect);
    for _ in 0..7 {
        rig.refuse();
        rig.wait_for_attempt();
    }
    rig.refuse();
    rig.suspend(secs(600));
    let wait = rig.wait_for_attempt();
    assert!(wait <= secs(2), "{wait:?}");
}

#[test]
fn check_51_the_new_socket_id_replaces_the_old() {
    let mut rig = Rig::live(&[]);
    rig.vanish();
    assert_eq!(rig.machine.status().socket_id, None);
    rig.wait_for_attempt();
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    assert_eq!(rig.machine.status().socket_id.as_deref(), Some("2.2"));
}

#[test]
fn check_52_every_channel_is_restored_once_and_in_order() {
    let mut rig = Rig::live(&["b", "a", "cache-c"]);
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet();
    let expected: Vec<String> = ["b", "a", "cache-c"]
        .iter()
        .map(|name| format!(r#"{{"event":"pusher:subscribe","data":{{"channel":"{name}"}}}}"#))
        .collect();
    assert_eq!(rig.sent, expected);
}

#[test]
fn check_53_unsubscribed_while_pending_stays_unsubscribed() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Unsubscribe(channel("news")));
    rig.vanish();
    rig.wait_for_attempt();
    rig.forget();
    rig.greet();
    assert_eq!((rig.sent.len(), rig.machine.status().channels), (0, 0));
}

#[test]
fn check_54_the_status_tells_the_whole_story() {
    let mut rig = Rig::live(&["news"]);
    rig.publish("news", "x");
    let last_traffic = rig.now.wall;
    rig.pass(secs(10));
    rig.vanish();
    let status = rig.machine.status().clone();
    assert_eq!((status.state, status.since), (State::Waiting, rig.now.wall));
    assert_eq!(status.last_traffic, Some(last_traffic));
    assert_eq!(status.attempt, 1);
    let cause = status.last_cause.unwrap();
    assert_eq!((cause.phase, cause.text.as_str()), (pusher::Phase::Established, "gone"));
    let next = status.next_attempt_at.unwrap();
    let wait = rig.wait_for_attempt();
    assert_eq!(rig.now.wall, next, "announced after {wait:?}");
    assert_eq!(rig.machine.status().attempt, 2);
    let counters = rig.machine.status().counters;
    assert_eq!((counters.attempts, counters.connections, counters.losses, counters.events), (2, 1, 1, 1));
}
