//! Section B on the pure machine.

use pusher::machine::Input;
use pusher::{CauseKind, Notice, State};

use crate::checks::rig::{Rig, channel, millis, secs};

#[test]
fn check_17_final_codes_stop_until_a_person_tries_again() {
    for code in [4001, 4003, 4005, 4006, 4007, 4008] {
        let mut rig = Rig::live(&[]);
        rig.close(code);
        assert_eq!(rig.state(), State::Refused, "{code}");
        assert_eq!(rig.machine.status().last_cause.as_ref().unwrap().code, Some(code));
        rig.step(Input::NetworkChanged);
        rig.step(Input::WakeNotice);
        assert_eq!(rig.machine.deadline(), None, "{code}");
        rig.step(Input::RetryNow);
        assert_eq!(rig.state(), State::Connecting, "{code}");
    }
}

#[test]
fn check_17_a_refusal_before_the_greeting_counts_as_well() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.open();
    rig.text(r#"{"event":"pusher:error","data":{"code":4001,"message":"unknown application"}}"#);
    assert_eq!(rig.state(), State::Connecting);
    rig.vanish();
    let status = rig.machine.status();
    assert_eq!(status.state, State::Refused);
    assert_eq!(status.last_cause.as_ref().unwrap().text, "unknown application");
}

#[test]
fn check_18_tls_only_leads_to_tls_once_and_then_to_a_refusal() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.greet();
    rig.close(4000);
    assert!(rig.wait_for_attempt() < millis(500));
    assert!(rig.urls.last().unwrap().starts_with("wss://hotel.example:6001/"), "{:?}", rig.urls);
    rig.open();
    rig.close(4000);
    assert_eq!(rig.state(), State::Refused);
}

#[test]
fn check_19_over_quota_is_retried_in_minutes() {
    let mut rig = Rig::live(&[]);
    for _ in 0..5 {
        rig.close(4004);
        rig.step(Input::NetworkChanged);
        let wait = rig.wait_for_attempt();
        assert!((secs(60)..=secs(180)).contains(&wait), "{wait:?}");
        rig.open();
    }
}

#[test]
fn check_20_4009_is_retried_with_back_off() {
    let mut rig = Rig::live(&[]);
    rig.close(4009);
    assert_eq!(rig.state(), State::Waiting);
    assert!(rig.wait_for_attempt() <= secs(1));
}

#[test]
fn check_21_4100_waits_a_second_and_more() {
    let mut rig = Rig::live(&[]);
    let mut longest = secs(0);
    for _ in 0..12 {
        rig.close(4100);
        let wait = rig.wait_for_attempt();
        assert!((secs(1)..=secs(60)).contains(&wait), "{wait:?}");
        longest = longest.max(wait);
        rig.greet();
    }
    assert!(longest > secs(8), "the waits must grow, the longest was {longest:?}");
}

#[test]
fn check_22_4200_after_health_reconnects_at_once() {
    let mut rig = Rig::live(&[]);
    for _ in 0..3 {
        for _ in 0..3 {
            rig.pass(secs(25));
            rig.text(r#"{"event":"pusher:pong"}"#);
        }
        rig.close(4200);
        let wait = rig.wait_for_attempt();
        assert!(wait < millis(500), "{wait:?}");
        rig.greet();
    }
}

#[test]
fn check_23_a_4200_storm_is_bounded() {
    for seed in 0..500 {
        let mut rig = Rig::new(seed);
        let end = rig.now.mono + secs(60);
        rig.step(Input::Connect);
        while rig.now.mono < end {
            rig.greet();
            rig.close(4200);
            rig.wait_for_attempt();
        }
        let attempts = rig.opens.iter().filter(|&&at| at < end).count();
        assert!(attempts <= 10, "{attempts} attempts with seed {seed}");
    }
}

#[test]
fn check_24_a_4200_storm_before_the_greeting_is_bounded() {
    for seed in 0..500 {
        let mut rig = Rig::new(seed);
        let end = rig.now.mono + secs(60);
        rig.step(Input::Connect);
        while rig.now.mono < end {
            rig.open();
            rig.close(4200);
            rig.wait_for_attempt();
        }
        let attempts = rig.opens.iter().filter(|&&at| at < end).count();
        assert!(attempts <= 10, "{attempts} attempts with seed {seed}");
    }
}

#[test]
fn check_25_and_26_other_codes_are_retried_with_back_off() {
    for code in [4300, 4302, 4399, 4400, 4999, 3000, 1000, 1001, 1011] {
        let mut rig = Rig::live(&[]);
        rig.close(code);
        assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::Closed), "{code}");
        assert!(rig.wait_for_attempt() <= secs(1), "{code}");
    }
}

#[test]
fn check_26_restarting_servers_are_given_longer() {
    for code in [1012, 1013] {
        let mut rig = Rig::live(&[]);
        rig.close(code);
        let wait = rig.wait_for_attempt();
        assert!((secs(2)..=secs(10)).contains(&wait), "{code}: {wait:?}");
    }
}

#[test]
fn check_29_the_state_is_honest_in_the_same_step() {
    let mut rig = Rig::live(&["news"]);
    rig.vanish();
    let status = rig.machine.status();
    assert_eq!(status.state, State::Waiting);
    assert_eq!((status.socket_id.as_deref(), status.confirmed), (None, 0));
}

#[test]
fn check_30_an_error_event_ends_nothing() {
    let mut rig = Rig::live(&["news"]);
    rig.text(r#"{"event":"pusher:error","data":{"code":4001,"message":"no"}}"#);
    assert_eq!(rig.state(), State::Connected);
    let Some(Notice::Error(error)) = rig.notices.first() else { panic!("{:?}", rig.notices) };
    assert_eq!((error.code, error.message.as_str()), (Some(4001), "no"));
}

#[test]
fn check_32_a_user_disconnect_is_final_and_clean() {
    let mut rig = Rig::live(&["news"]);
    rig.step(Input::Subscribe(channel("pending")));
    rig.step(Input::Disconnect);
    assert_eq!((rig.state(), rig.closes.as_slice()), (State::Off, [1000].as_slice()));
    assert_eq!(rig.machine.deadline(), None);
    rig.pass(secs(3600));
    rig.step(Input::NetworkChanged);
    rig.step(Input::WakeNotice);
    rig.step(Input::RetryNow);
    assert_eq!((rig.state(), rig.opens.len()), (State::Off, 0));
}

#[test]
fn check_32_a_disconnect_while_waiting_cancels_the_attempt() {
    let mut rig = Rig::live(&[]);
    rig.vanish();
    rig.step(Input::Disconnect);
    assert_eq!((rig.state(), rig.machine.deadline()), (State::Off, None));
    assert_eq!(rig.machine.status().next_attempt_at, None);
}
