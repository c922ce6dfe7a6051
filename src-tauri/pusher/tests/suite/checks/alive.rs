//! Section C on the pure machine.

use std::time::Duration;

use pusher::machine::{Input, LinkEvent};
use pusher::{CauseKind, GapCause, State};

use crate::checks::rig::{Rig, START, millis, secs};

const PING: &str = "pusher:ping";
const PONG: &str = r#"{"event":"pusher:pong"}"#;

#[test]
fn check_33_silence_brings_out_exactly_one_ping() {
    let mut rig = Rig::live(&[]);
    rig.pass(secs(29));
    assert_eq!(rig.sent(PING), 0);
    rig.pass(secs(5));
    assert_eq!(rig.sent(PING), 1);
}

#[test]
fn check_33_a_server_that_asks_for_less_gets_less() {
    let mut rig = Rig::new(1);
    rig.step(Input::Connect);
    rig.greet_with(r#"{"socket_id":"1.1","activity_timeout":8}"#);
    rig.pass(secs(8));
    assert_eq!(rig.sent(PING), 1);
}

#[test]
fn check_34_any_frame_answers_a_ping() {
    for frame in [LinkEvent::Control, LinkEvent::Binary, LinkEvent::Text("{".into())] {
        let mut rig = Rig::live(&[]);
        rig.pass(secs(35));
        rig.event(frame.clone());
        rig.pass(secs(20));
        assert_eq!((rig.state(), rig.sent(PING)), (State::Connected, 1), "{frame:?}");
    }
}

#[test]
fn check_35_an_unanswered_ping_drops_the_link_and_reconnects_at_once() {
    let mut rig = Rig::live(&[]);
    rig.pass(secs(39));
    assert_eq!(rig.state(), State::Connected);
    rig.pass(secs(1));
    assert_eq!(rig.cause(), CauseKind::PingTimeout);
    assert!(rig.wait_for_attempt() < millis(500));
}

#[test]
fn check_36_a_dead_link_is_noticed_within_45_seconds() {
    let mut rig = Rig::live(&[]);
    let mut passed = Duration::ZERO;
    while rig.state() == State::Connected {
        rig.pass(millis(100));
        passed += millis(100);
    }
    assert!(passed <= secs(45), "{passed:?}");
}

#[test]
fn check_37_a_ping_of_the_server_is_answered_whatever_its_data() {
    for data in ["", r#","data":{}"#, r#","data":"{}""#, r#","data":null"#] {
        let mut rig = Rig::live(&[]);
        rig.text(&format!(r#"{{"event":"pusher:ping"{data}}}"#));
        assert_eq!(rig.sent("pusher:pong"), 1, "{data}");
    }
}

#[test]
fn check_39_a_pong_without_data_is_accepted() {
    let mut rig = Rig::live(&[]);
    rig.pass(secs(35));
    rig.text(PONG);
    rig.pass(secs(29));
    assert_eq!((rig.state(), rig.machine.status().counters.malformed), (State::Connected, 0));
}

#[test]
fn check_40_after_a_sleep_a_dead_link_is_replaced_within_five_seconds() {
    let mut rig = Rig::live(&["news"]);
    rig.suspend(secs(300));
    let woke = rig.now.mono;
    while rig.link.is_some() {
        rig.pass(millis(100));
    }
    rig.wait_for_attempt();
    assert!(rig.now.mono - woke <= secs(5), "{:?}", rig.now.mono - woke);
    rig.greet();
    rig.acknowledge("news");
    let gap = rig.gaps()[0];
    assert!(gap.from <= START && gap.to >= START + secs(300), "{gap:?}");
}

#[test]
fn check_40_after_a_long_sleep_a_proven_link_still_announces_the_gap() {
    let mut rig = Rig::live(&["news"]);
    rig.suspend(secs(300));
    rig.pass(secs(1));
    assert_eq!((rig.sent(PING), rig.gaps().len()), (1, 0));
    rig.text(PONG);
    assert_eq!(rig.gaps()[0].cause, GapCause::Slept);
    assert!(rig.gaps()[0].to - rig.gaps()[0].from >= secs(300));
    rig.pass(secs(20));
    assert_eq!((rig.state(), rig.gaps().len()), (State::Connected, 1));
}

#[test]
fn check_40_a_sleep_during_which_monotonic_time_went_on_is_noticed_too() {
    let mut rig = Rig::live(&["news"]);
    rig.shift(secs(20));
    rig.step(Input::TimerFired);
    assert_eq!(rig.sent(PING), 1);
    rig.pass(secs(3));
    assert_eq!(rig.cause(), CauseKind::PingTimeout);
}

#[test]
fn check_40_frames_that_lay_in_a_buffer_prove_nothing() {
    let mut rig = Rig::live(&["news"]);
    rig.suspend(secs(300));
    rig.pass(secs(1));
    rig.publish("news", "old");
    rig.pass(secs(3));
    assert_eq!(rig.cause(), CauseKind::PingTimeout);
}

#[test]
fn check_40_a_pong_to_a_ping_from_before_the_sleep_proves_nothing() {
    for ask_before in [Input::TimerFired, Input::NetworkChanged] {
        let mut rig = Rig::live(&["news"]);
        rig.pass(secs(30));
        rig.step(ask_before);
        let before = rig.sent(PING);
        rig.suspend(secs(300));
        rig.step(Input::WakeNotice);
        assert!(rig.sent(PING) > before, "a ping of its own");
        for _ in 0..before {
            rig.text(PONG);
        }
        assert_eq!(rig.gaps().len(), 0, "what lay in the buffer proves nothing");
        rig.pass(secs(3));
        assert_eq!((rig.state(), rig.cause()), (State::Waiting, CauseKind::PingTimeout));
    }
}

#[test]
fn check_40_the_pong_to_the_ping_after_the_sleep_proves_the_link() {
    let mut rig = Rig::live(&["news"]);
    rig.pass(secs(30));
    rig.suspend(secs(300));
    rig.step(Input::WakeNotice);
    while rig.gaps().is_empty() {
        assert!(rig.sent(PING) > 0, "each pong has its ping");
        rig.sent.pop();
        rig.text(PONG);
    }
    rig.pass(secs(20));
    assert_eq!((rig.state(), rig.gaps().len()), (State::Connected, 1));
}

#[test]
fn check_41_a_clock_set_back_changes_nothing() {
    let mut rig = Rig::live(&["news"]);
    rig.now.wall -= secs(3600);
    rig.pass(secs(29));
    assert_eq!((rig.state(), rig.sent(PING)), (State::Connected, 0));
    rig.pass(secs(1));
    assert_eq!(rig.sent(PING), 1);
    rig.text(PONG);
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet();
    rig.acknowledge("news");
    assert!(rig.gaps()[0].from <= rig.gaps()[0].to);
}

#[test]
fn check_41_a_clock_set_forward_costs_one_ping() {
    let mut rig = Rig::live(&["news"]);
    rig.suspend(secs(3600));
    rig.pass(secs(1));
    rig.text(PONG);
    rig.pass(secs(29));
    assert_eq!((rig.state(), rig.sent(PING)), (State::Connected, 1));
}

#[test]
fn check_42_a_network_change_is_answered_with_a_short_probe() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::NetworkChanged);
    rig.step(Input::NetworkChanged);
    assert_eq!(rig.sent(PING), 1);
    rig.pass(secs(4));
    assert_eq!(rig.state(), State::Connected);
    rig.pass(secs(1));
    assert_eq!(rig.cause(), CauseKind::PingTimeout);
}

#[test]
fn check_44_three_days_of_reconnects_leave_nothing_behind() {
    let mut rig = Rig::live(&["a", "b"]);
    for _ in 0..1000 {
        rig.pass(secs(25));
        rig.text(PONG);
        rig.vanish();
        rig.wait_for_attempt();
        rig.greet();
        rig.acknowledge("a");
        rig.acknowledge("b");
        rig.forget();
    }
    let status = rig.machine.status();
    assert_eq!((status.channels, status.confirmed), (2, 2));
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet();
    assert_eq!(rig.sent("pusher:subscribe"), 2);
}

#[test]
fn check_45_an_idle_hour_costs_little_traffic() {
    let mut rig = Rig::live(&[]);
    let end = rig.now.mono + secs(3600);
    let mut answered = 0;
    let mut bytes = 0;
    while rig.now.mono < end {
        rig.pass(secs(1));
        while answered < rig.sent(PING) {
            rig.text(PONG);
            answered += 1;
            bytes += PONG.len();
        }
    }
    bytes += rig.sent.iter().map(String::len).sum::<usize>();
    assert!(bytes < 20_000, "{bytes} bytes");
}
