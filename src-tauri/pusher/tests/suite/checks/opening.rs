//! Section A on the pure machine.

use pusher::machine::{Input, LinkEvent};
use pusher::{Cause, CauseKind, Phase, State};

use crate::checks::rig::{Rig, channel, secs};

#[test]
fn check_02_nothing_is_sent_before_the_greeting() {
    let mut rig = Rig::new(1);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Connect);
    rig.open();
    rig.pass(secs(5));
    assert_eq!((rig.state(), rig.sent.len()), (State::Connecting, 0));
    rig.greet();
    assert_eq!((rig.state(), rig.sent("pusher:subscribe")), (State::Connected, 1));
}

#[test]
fn check_03_a_greeting_is_accepted_in_both_encodings() {
    for data in
        [r#""{\"socket_id\":\"9.9\",\"activity_timeout\":5}""#, r#"{"socket_id":"9.9","activity_timeout":5}"#]
    {
        let mut rig = Rig::new(1);
        rig.step(Input::Connect);
        rig.greet_with(data);
        assert_eq!(rig.machine.status().socket_id.as_deref(), Some("9.9"), "{data}");
    }
}

#[test]
fn check_04_a_greeting_without_a_sensible_activity_timeout_gets_our_own() {
    for timeout in [
        "",
        r#","activity_timeout":0"#,
        r#","activity_timeout":-4"#,
        r#","activity_timeout":"x""#,
        r#","activity_timeout":1e18"#,
    ] {
        let mut rig = Rig::new(1);
        rig.step(Input::Connect);
        rig.greet_with(&format!(r#"{{"socket_id":"1.1"{timeout}}}"#));
        rig.pass(secs(29));
        assert_eq!((rig.state(), rig.sent("pusher:ping")), (State::Connected, 0), "{timeout}");
        rig.pass(secs(1));
        assert_eq!(rig.sent("pusher:ping"), 1, "{timeout}");
    }
}

#[test]
fn check_05_garbage_instead_of_a_greeting_is_closed_and_retried() {
    let garbage = [
        LinkEvent::Text("hello".into()),
        LinkEvent::Text(r#"{"event":"news","channel":"a"}"#.into()),
        LinkEvent::Text(r#"{"event":"pusher:connection_established","data":"{}"}"#.into()),
        LinkEvent::Binary,
    ];
    for first in garbage {
        let mut rig = Rig::new(1);
        rig.step(Input::Connect);
        rig.open();
        rig.event(first.clone());
        assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::BadGreeting), "{first:?}");
        assert_eq!(rig.closes, [1002], "{first:?}");
        assert!(rig.wait_for_attempt() <= secs(1), "{first:?}");
    }
}

#[test]
fn check_06_a_silent_server_is_given_up_after_ten_seconds() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.open();
    rig.pass(secs(9));
    assert_eq!(rig.state(), State::Connecting);
    rig.pass(secs(1));
    assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::OpenTimeout));
    assert_eq!(rig.machine.status().last_cause.as_ref().unwrap().phase, Phase::Greeting);
}

#[test]
fn check_07_one_deadline_covers_every_phase_of_opening() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    for phase in [Phase::Resolve, Phase::Connect, Phase::Tls, Phase::Upgrade] {
        rig.event(LinkEvent::Progress(phase));
        rig.pass(secs(2));
    }
    rig.open();
    rig.pass(secs(1));
    assert_eq!(rig.state(), State::Connecting);
    rig.pass(secs(1));
    assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::OpenTimeout));
}

#[test]
fn check_08_a_name_that_does_not_resolve_is_reported_and_retried() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.fail(Cause::new(Phase::Resolve, CauseKind::NameResolution, "no such name"));
    assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::NameResolution));
    rig.wait_for_attempt();
    rig.greet();
    assert_eq!(rig.state(), State::Connected);
}

#[test]
fn check_10_a_refused_attempt_waits_no_longer_than_its_step() {
    for outage in [2, 20, 50] {
        let mut rig = Rig::live(&["news"]);
        let end = rig.now.mono + secs(outage);
        rig.vanish();
        loop {
            rig.wait_for_attempt();
            if rig.now.mono >= end {
                break;
            }
            rig.refuse();
        }
        assert!(rig.now.mono - end <= secs(30), "outage of {outage} s");
        rig.greet();
        assert_eq!(rig.sent("pusher:subscribe"), 1);
    }
}

#[test]
fn check_11_a_bad_certificate_is_retried_slowly_and_never_in_plain_text() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    for _ in 0..5 {
        rig.fail(Cause::new(Phase::Tls, CauseKind::Certificate, "expired"));
        let wait = rig.wait_for_attempt();
        assert!((secs(60)..=secs(180)).contains(&wait), "{wait:?}");
    }
    let mut tls = Rig::with(pusher::Config {
        endpoint: pusher::Endpoint::cluster("eu").unwrap(),
        ..crate::checks::rig::config(1)
    });
    tls.step(Input::Connect);
    tls.fail(Cause::new(Phase::Tls, CauseKind::Certificate, "expired"));
    tls.wait_for_attempt();
    assert!(tls.urls.iter().all(|url| url.starts_with("wss://ws-eu.pusher.com/app/key?")), "{:?}", tls.urls);
}

#[test]
fn check_14_retry_after_is_honoured_even_when_the_network_changes() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    let busy = Cause::new(Phase::Upgrade, CauseKind::HttpStatus, "busy").with_code(Some(503));
    rig.fail(Cause { retry_after: Some(secs(40)), ..busy });
    rig.step(Input::NetworkChanged);
    let wait = rig.wait_for_attempt();
    assert!((secs(40)..=secs(41)).contains(&wait), "{wait:?}");
}

#[test]
fn check_14_a_retry_after_of_nothing_does_not_keep_the_waits_short() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    let waits: Vec<_> = (0..40)
        .map(|_| {
            let busy = Cause::new(Phase::Upgrade, CauseKind::HttpStatus, "busy").with_code(Some(503));
            rig.fail(Cause { retry_after: Some(secs(0)), ..busy });
            rig.wait_for_attempt()
        })
        .collect();
    let mean = waits[10..].iter().sum::<std::time::Duration>() / 30;
    assert!(mean >= secs(10), "waits of half a minute are spread around {mean:?}");
    assert!(waits.iter().all(|&wait| wait <= secs(61)), "{waits:?}");
}

#[test]
fn check_15_repeated_hang_ups_before_the_greeting_name_key_and_cluster() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    let mut latest = secs(0);
    for round in 1..=12 {
        rig.open();
        rig.vanish();
        let suspected = rig.cause() == CauseKind::RejectedBeforeGreeting;
        assert_eq!(suspected, round >= 3, "round {round}");
        latest = latest.max(rig.wait_for_attempt());
    }
    let text = &rig.machine.status().last_cause.as_ref().unwrap().text;
    assert!(text.contains("key") && text.contains("cluster"), "{text}");
    assert!(latest > secs(8), "the waits must grow, the longest was {latest:?}");
}

#[test]
fn check_15_only_hang_ups_in_a_row_make_the_key_suspect() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    let others: [fn(&mut Rig); 3] = [
        |rig| rig.refuse(),
        |rig| {
            rig.open();
            rig.text("hello");
        },
        |rig| rig.pass(secs(10)),
    ];
    for other in others {
        for _ in 0..2 {
            rig.open();
            rig.vanish();
            assert_ne!(rig.cause(), CauseKind::RejectedBeforeGreeting);
            rig.wait_for_attempt();
        }
        other(&mut rig);
        rig.wait_for_attempt();
    }
}

#[test]
fn check_16_connecting_twice_opens_one_link_and_a_late_one_is_ignored() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.step(Input::Connect);
    rig.step(Input::RetryNow);
    assert_eq!(rig.opens.len(), 1);
    let old = rig.machine.status().generation;
    rig.pass(secs(10));
    rig.wait_for_attempt();
    rig.step(Input::Link { generation: old, event: LinkEvent::Opened });
    let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
    rig.step(Input::Link { generation: old, event: LinkEvent::Text(greeting.into()) });
    assert_eq!((rig.state(), rig.opens.len()), (State::Connecting, 2));
}
