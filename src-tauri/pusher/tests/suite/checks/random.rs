//! Random histories: the machine keeps its promises for all inputs in any order.

use std::time::Duration;

use proptest::prelude::*;
use pusher::machine::{ClientEvent, Input, LinkEvent, Priority};
use pusher::{AuthAnswer, AuthError, Cause, CauseKind, Phase, Secret, State};
use serde_json::json;

use crate::checks::rig::{Rig, authorizing, channel, granted, millis, secs};

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
    /// Answers one of the open requests; `None` grants it.
    Answer(usize, Option<AuthError>),
    Renewed(Option<AuthError>),
    Pass(u64),
    Suspend(u64),
    SetBack(u64),
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES.to_vec())
}

fn auth_error() -> impl Strategy<Value = AuthError> {
    let text = String::new;
    prop_oneof![
        prop::option::weighted(0.3, 0u64..100_000).prop_map(move |after| AuthError::Unavailable {
            status: Some(503),
            text: text(),
            retry_after: after.map(secs),
        }),
        Just(AuthError::Refused { status: Some(403), text: text() }),
        Just(AuthError::Unauthenticated { text: text() }),
        Just(AuthError::BadAnswer { text: text() }),
    ]
}

fn personal_input() -> impl Strategy<Value = Input> {
    let event = |channel_name, name: &str| ClientEvent {
        channel: channel(channel_name),
        name: name.to_owned(),
        data: json!({"a": 1}),
    };
    prop_oneof![
        2 => Just(Input::SignIn(Secret::new("me"))),
        1 => Just(Input::SignIn(Secret::new("other"))),
        1 => Just(Input::SignOut),
        1 => Just(Input::AuthorizeAgain),
        2 => name().prop_map(|n| Input::SubscribeWith(channel(n), Priority::Important)),
        3 => (name(), prop::sample::select(vec!["client-x", "x"]), 0u64..5)
            .prop_map(move |(n, name, ticket)| Input::Trigger { ticket, event: event(n, name) }),
        1 => (0u64..60, prop::option::of(auth_error())).prop_map(|(ticket, error)| Input::Authorized {
            ticket,
            result: error.map_or_else(|| Ok(AuthAnswer::new("key:stale")), Err),
        }),
        1 => (0u64..60).prop_map(|ticket| Input::Renewed { ticket, result: Ok(()) }),
    ]
}

const NAMES: [&str; 7] =
    ["a", "b", "cache-c", "private-p", "presence-r", "private-encrypted-e", "presence-cache-s"];

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
        "pusher_internal:subscription_succeeded",
        "pusher_internal:member_added",
        "pusher_internal:member_removed",
        "pusher:signin_success",
        "x",
    ]);
    let data = prop::sample::select(vec![
        "null",
        "7",
        "\"\"",
        "{}",
        r#"{"code":4009}"#,
        r#"{"code":4301}"#,
        "[[]]",
        "{",
        r#"{"user_id":"1","user_info":{"name":"A"}}"#,
        r#"{"user_id":2}"#,
        r#"{"presence":{"ids":["1"],"hash":{"1":{}}}}"#,
        r#"{"presence":{"ids":7}}"#,
        r#"{"user_data":"{\"id\":\"me\"}"}"#,
        // It has the right form, and no key opens it.
        r#"{"nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","ciphertext":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
    ]);
    prop_oneof![
        3 => prop::sample::select(vec![
            Input::Connect, Input::RetryNow, Input::NetworkChanged, Input::WakeNotice, Input::TimerFired,
            Input::Overflowed(3),
        ]).prop_map(Act::Do),
        1 => Just(Act::Do(Input::Disconnect)),
        3 => name().prop_map(|n| Act::Do(Input::Subscribe(channel(n)))),
        2 => name().prop_map(|n| Act::Do(Input::Unsubscribe(channel(n)))),
        1 => name().prop_map(|n| Act::Do(Input::AskAgain(channel(n)))),
        4 => personal_input().prop_map(Act::Do),
        4 => (0usize..9, prop::option::weighted(0.6, auth_error()))
            .prop_map(|(which, error)| Act::Answer(which, error)),
        1 => prop::option::of(auth_error()).prop_map(Act::Renewed),
        4 => Just(Act::Open),
        6 => Just(Act::Greet),
        3 => name().prop_map(Act::Acknowledge),
        3 => name().prop_map(Act::Publish),
        4 => (words, name(), data).prop_map(|(word, name, data)| {
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

/// Greets. Every connection has a different name, so that a signature for another one is noticed.
fn greet(rig: &mut Rig) {
    let generation = rig.machine.status().generation;
    rig.greet_with(&format!(r#"{{"socket_id":"{generation}.1"}}"#));
}

/// Plays one act. The rig itself fails on a second link, on a frame sent without a socket, and on a signature made for
/// another connection.
fn play(rig: &mut Rig, act: Act) {
    let running = rig.link.is_some();
    let socket = rig.link.is_some_and(|(_, socket)| socket);
    match act {
        Act::Do(input) => rig.step(input),
        Act::Open if running && !socket => rig.open(),
        Act::Greet if running => greet(rig),
        Act::Answer(which, error) if !rig.asked.is_empty() => {
            let (ticket, request) = rig.asked.remove(which % rig.asked.len());
            let result = error.map_or_else(|| Ok(granted(&request)), Err);
            rig.step(Input::Authorized { ticket, result });
        }
        Act::Renewed(error) if !rig.renewals.is_empty() => rig.renewed(error.map_or(Ok(()), Err)),
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

/// Returns true for an act of a person, which may come at any rate.
fn is_personal(act: &Act) -> bool {
    matches!(
        act,
        Act::Do(
            Input::Connect
                | Input::RetryNow
                | Input::Disconnect
                | Input::SignIn(_)
                | Input::SignOut
                | Input::AuthorizeAgain
        )
    )
}

/// Returns the most attempts in a minute. Automatic attempts must not exceed the limit.
fn busiest_minute(times: &[Duration]) -> usize {
    times
        .iter()
        .enumerate()
        .map(|(i, &from)| times[i..].iter().take_while(|&&at| at < from + secs(60)).count())
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
        let mut rig = Rig::with(authorizing(seed));
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
        // Without refusals and waits that the server ordered, this takes about half a minute.
        prop_assert!(rig.now.mono - from <= secs(70), "{:?}", rig.now.mono - from);
        greet(&mut rig);
        prop_assert_eq!(rig.state(), State::Connected);
        rig.step(Input::AuthorizeAgain);
        rig.grant_all();
        rig.text(r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"me\"}"}}"#);
        let wanted = rig.machine.status().channels;
        for name in NAMES.into_iter().chain(["#server-to-user-me"]) {
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
        let mut rig = Rig::with(authorizing(seed));
        rig.step(Input::Connect);
        for act in acts {
            if !is_personal(&act) {
                play(&mut rig, act);
            }
        }
        prop_assert!(busiest_minute(&rig.opens) <= 10, "{:?}", rig.opens);
    }

    #[test]
    fn an_authorizer_in_trouble_never_meets_a_storm(
        seed: u64,
        acts in prop::collection::vec(act(), 0..200),
    ) {
        let mut rig = Rig::with(authorizing(seed));
        for n in 0..50 {
            rig.step(Input::Subscribe(channel(&format!("private-{n}"))));
        }
        rig.step(Input::SignIn(Secret::new("me")));
        rig.step(Input::Connect);
        for act in acts {
            match act {
                Act::Answer(which, _) => {
                    let down = AuthError::unavailable("down");
                    play(&mut rig, Act::Answer(which, Some(down)));
                }
                act if is_personal(&act) => {}
                act => play(&mut rig, act),
            }
        }
        let times: Vec<Duration> = rig.questions.iter().map(|(at, _)| *at).collect();
        // Ten links with at most eight open requests each, and the waits between.
        prop_assert!(busiest_minute(&times) <= 100, "{} questions", busiest_minute(&times));
        prop_assert!(rig.asked.len() <= 8);
    }

    #[test]
    fn every_event_on_a_channel_comes_after_its_signal(
        seed: u64,
        acts in prop::collection::vec(act(), 0..150),
    ) {
        let mut rig = Rig::with(authorizing(seed));
        rig.step(Input::Subscribe(channel("a")));
        rig.step(Input::Connect);
        for act in acts {
            let before = rig.machine.status().counters.losses;
            match act {
                // Leaving has rules of its own, with tests of their own.
                Act::Do(Input::Unsubscribe(_) | Input::Disconnect) => {}
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
