//! Random histories: whatever comes in whatever order, the machine keeps its promises.

use std::time::Duration;

use proptest::prelude::*;
use pusher::machine::{Input, LinkEvent};
use pusher::{Cause, CauseKind, Phase, State};

use crate::rig::{Rig, channel, millis, secs};

#[derive(Debug, Clone)]
enum Act {
    Do(Input),
    Open,
    Greet,
    Acknowledge(&'static str),
    Publish(&'static str),
    Text(String),
    Binary,
    Fail(CauseKind, Option<u16>, Option<u64>),
    Pass(u64),
    Suspend(u64),
    SetBack(u64),
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "cache-c"])
}

fn act() -> impl Strategy<Value = Act> {
    let kinds = vec![
        CauseKind::NameResolution,
        CauseKind::ConnectionRefused,
        CauseKind::Certificate,
        CauseKind::HttpStatus,
        CauseKind::Closed,
        CauseKind::EndOfStream,
        CauseKind::Reset,
        CauseKind::InvalidUtf8,
        CauseKind::FrameTooLarge,
    ];
    let codes = prop_oneof![Just(None), (1000u16..1016).prop_map(Some), (3990u16..4320).prop_map(Some)];
    let words = prop::sample::select(vec![
        "pusher:ping",
        "pusher:pong",
        "pusher:error",
        "pusher:connection_established",
        "pusher:subscription_error",
        "pusher_internal:subscription_count",
        "x",
    ]);
    let data = prop::sample::select(vec!["null", "7", "\"\"", "{}", r#"{"code":4009}"#, "[[]]", "{"]);
    prop_oneof![
        3 => prop::sample::select(vec![
            Input::Connect, Input::RetryNow, Input::NetworkChanged, Input::WakeNotice, Input::TimerFired,
            Input::Overflowed(3),
        ]).prop_map(Act::Do),
        1 => Just(Act::Do(Input::Disconnect)),
        3 => name().prop_map(|n| Act::Do(Input::Subscribe(channel(n)))),
        2 => name().prop_map(|n| Act::Do(Input::Unsubscribe(channel(n)))),
        4 => Just(Act::Open),
        6 => Just(Act::Greet),
        3 => name().prop_map(Act::Acknowledge),
        3 => name().prop_map(Act::Publish),
        2 => (words, name(), data).prop_map(|(word, name, data)| {
            Act::Text(format!(r#"{{"event":"{word}","channel":"{name}","data":{data}}}"#))
        }),
        1 => ".{0,40}".prop_map(Act::Text),
        1 => Just(Act::Binary),
        4 => (prop::sample::select(kinds), codes, prop::option::weighted(0.1, 0u64..100_000))
            .prop_map(|(kind, code, after)| Act::Fail(kind, code, after)),
        5 => (0u64..90_000).prop_map(Act::Pass),
        1 => (0u64..10_000).prop_map(Act::Suspend),
        1 => (0u64..10_000).prop_map(Act::SetBack),
    ]
}

/// The rig itself fails on a second link, and on a frame sent where there is no socket.
fn play(rig: &mut Rig, act: Act) {
    let running = rig.link.is_some();
    let socket = rig.link.is_some_and(|(_, socket)| socket);
    match act {
        Act::Do(input) => rig.step(input),
        Act::Open if running && !socket => rig.open(),
        Act::Greet if running => rig.greet(),
        Act::Acknowledge(name) if socket => rig.acknowledge(name),
        Act::Publish(name) if socket => rig.publish(name, "x"),
        Act::Text(text) if socket => rig.text(&text),
        Act::Binary if socket => rig.event(LinkEvent::Binary),
        Act::Fail(kind, code, after) if running => {
            let cause = Cause::new(Phase::Connect, kind, "random").with_code(code);
            rig.fail(Cause { retry_after: after.map(secs), ..cause });
        }
        Act::Pass(time) => rig.pass(millis(time)),
        Act::Suspend(time) => rig.suspend(secs(time)),
        Act::SetBack(time) => rig.now.wall = rig.now.wall.saturating_sub(secs(time)),
        _ => {}
    }
}

/// No minute sees more automatic attempts than the limit.
fn busiest_minute(opens: &[Duration]) -> usize {
    opens
        .iter()
        .enumerate()
        .map(|(i, &from)| opens[i..].iter().take_while(|&&at| at < from + secs(60)).count())
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_history_ends_connected_once_the_network_heals(
        seed: u64,
        acts in prop::collection::vec(act(), 0..120),
    ) {
        let mut rig = Rig::new(seed);
        for act in acts {
            play(&mut rig, act);
        }
        rig.step(Input::Connect);
        rig.step(Input::RetryNow);
        if rig.link.is_some() && rig.state() == State::Connected {
            rig.vanish();
        }
        let from = rig.now.mono;
        rig.wait_for_attempt();
        // Refusals and server-ordered waits aside, this is a matter of half a minute.
        prop_assert!(rig.now.mono - from <= secs(70), "{:?}", rig.now.mono - from);
        rig.greet();
        prop_assert_eq!(rig.state(), State::Connected);
        let wanted = rig.machine.status().channels;
        for name in ["a", "b", "cache-c"] {
            rig.acknowledge(name);
        }
        let status = rig.machine.status();
        prop_assert!(status.confirmed <= wanted);
        prop_assert_eq!(status.channels, status.confirmed);
    }

    #[test]
    fn no_history_without_a_person_makes_a_storm(
        seed: u64,
        acts in prop::collection::vec(act(), 0..200),
    ) {
        let mut rig = Rig::new(seed);
        rig.step(Input::Connect);
        for act in acts {
            match act {
                Act::Do(Input::Connect | Input::RetryNow | Input::Disconnect) => {}
                act => play(&mut rig, act),
            }
        }
        prop_assert!(busiest_minute(&rig.opens) <= 10, "{:?}", rig.opens);
    }

    #[test]
    fn every_event_on_a_channel_comes_after_its_signal(
        seed: u64,
        acts in prop::collection::vec(act(), 0..150),
    ) {
        let mut rig = Rig::new(seed);
        rig.step(Input::Subscribe(channel("a")));
        rig.step(Input::Connect);
        for act in acts {
            let before = rig.machine.status().counters.losses;
            match act {
                // Leaving and refusing channels has rules of its own, tested by themselves.
                Act::Do(Input::Unsubscribe(_) | Input::Disconnect) | Act::Text(_) => {}
                // So has a server that never acknowledges.
                Act::Pass(time) => {
                    rig.pass(millis(time.min(9_000)));
                    rig.acknowledge_if_socket("a");
                }
                act => play(&mut rig, act),
            }
            if rig.machine.status().counters.losses > before {
                rig.notices.push(pusher::Notice::Error(pusher::ServerError { code: None, message: String::new() }));
            }
        }
        let mut signalled = false;
        for line in rig.story() {
            match line.as_str() {
                "error" => signalled = false,
                "subscribed a" | "gap a" => signalled = true,
                "a:x" => prop_assert!(signalled, "{:?}", rig.story()),
                _ => {}
            }
        }
    }
}
