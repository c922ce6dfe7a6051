//! Client events, on the pure machine.

use pusher::machine::{ClientEvent, Input};
use pusher::{ChannelKind, Config, Timing, TriggerError};
use serde_json::{Value, json};

use crate::checks::rig::{Rig, authorizing, channel, millis, secs};

fn trigger_with(rig: &mut Rig, name: &str, event: &str, data: Value) -> Option<Result<(), TriggerError>> {
    let ticket = rig.triggered.len() as u64 + 1000;
    rig.step(Input::Trigger {
        ticket,
        event: ClientEvent { channel: channel(name), name: event.into(), data },
    });
    rig.triggered.iter().find(|(answered, _)| *answered == ticket).map(|(_, result)| result.clone())
}

fn trigger(rig: &mut Rig, name: &str, event: &str) -> Option<Result<(), TriggerError>> {
    trigger_with(rig, name, event, json!({}))
}

#[test]
fn check_106_what_breaks_the_rules_is_refused_with_the_reason() {
    let mut rig = Rig::live_authorized(&["news", "private-a", "private-encrypted-b", "presence-c"]);
    assert_eq!(trigger(&mut rig, "private-a", "typing"), Some(Err(TriggerError::Name)));
    assert_eq!(
        trigger(&mut rig, "private-a", &format!("client-{}", "x".repeat(194))),
        Some(Err(TriggerError::Name))
    );
    assert_eq!(
        trigger(&mut rig, "news", "client-x"),
        Some(Err(TriggerError::Kind { kind: ChannelKind::Public }))
    );
    let encrypted = TriggerError::Kind { kind: ChannelKind::Encrypted };
    assert_eq!(trigger(&mut rig, "private-encrypted-b", "client-x"), Some(Err(encrypted.clone())));
    assert_eq!(
        encrypted.to_string(),
        "encrypted channels carry no client events; private and presence channels do"
    );
    assert_eq!(trigger(&mut rig, "private-other", "client-x"), Some(Err(TriggerError::NotSubscribed)));
    rig.step(Input::Subscribe(channel("private-pending")));
    rig.grant("private-pending");
    assert_eq!(trigger(&mut rig, "private-pending", "client-x"), Some(Err(TriggerError::NotSubscribed)));
    let large = json!("x".repeat(10 * 1024));
    assert_eq!(
        trigger_with(&mut rig, "private-a", "client-x", large),
        Some(Err(TriggerError::TooLarge { size: 10 * 1024 + 2, limit: 10 * 1024 }))
    );
    assert_eq!(rig.sent("client-"), 0);
    assert_eq!(trigger_with(&mut rig, "presence-c", "client-x", json!({"a": 1})), Some(Ok(())));
    assert_eq!(rig.sent.last().unwrap(), r#"{"event":"client-x","channel":"presence-c","data":{"a":1}}"#);
    rig.vanish();
    assert_eq!(trigger(&mut rig, "private-a", "client-x"), Some(Err(TriggerError::NotConnected)));
}

#[test]
fn check_107_more_than_ten_a_second_wait_for_their_turn_and_far_more_are_refused() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    let results: Vec<_> = (0..40).map(|_| trigger(&mut rig, "private-a", "client-x")).collect();
    assert_eq!(results.iter().filter(|result| **result == Some(Ok(()))).count(), 10);
    assert_eq!(results.iter().filter(|result| **result == Some(Err(TriggerError::TooMany))).count(), 10);
    assert_eq!(rig.sent("client-x"), 10);
    rig.pass(millis(999));
    assert_eq!(rig.sent("client-x"), 10);
    rig.pass(millis(1));
    assert_eq!(rig.sent("client-x"), 20);
    rig.pass(secs(1));
    assert_eq!(
        (rig.sent("client-x"), rig.triggered.iter().filter(|(_, result)| result.is_ok()).count()),
        (30, 30)
    );
}

#[test]
fn check_107_no_second_sees_more_than_ten_and_none_overtakes() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    let mut sent = Vec::new();
    for n in 0..200 {
        trigger_with(&mut rig, "private-a", "client-x", json!(n));
        rig.pass(millis(37));
        while sent.len() < rig.sent("client-x") {
            sent.push(rig.now.mono);
        }
    }
    for (i, &from) in sent.iter().enumerate() {
        let busy = sent[i..].iter().take_while(|&&at| at < from + millis(960)).count();
        assert!(busy <= 10, "{busy} within a second");
    }
    let numbers: Vec<i64> = (rig.sent.iter().filter(|frame| frame.contains("client-x")))
        .map(|frame| serde_json::from_str::<Value>(frame).unwrap()["data"].as_i64().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
}

#[test]
fn check_107_the_servers_rate_limit_is_reported_and_makes_a_pause() {
    for named in ["", r#","channel":"private-a""#] {
        let mut rig = Rig::live_authorized(&["private-a"]);
        rig.step(Input::Subscribe(channel("news")));
        rig.text(&format!(
            r#"{{"event":"pusher:error"{named},"data":{{"code":4301,"message":"slow down"}}}}"#
        ));
        let about = if named.is_empty() { "-" } else { "private-a" };
        assert_eq!(rig.story(), [format!("ClientEventRate {about} 1")]);
        assert_eq!(rig.machine.status().last_error.as_ref().unwrap().message, "slow down");
        assert_eq!(trigger(&mut rig, "private-a", "client-x"), None);
        rig.pass(secs(1));
        assert_eq!(rig.sent("client-x"), 1);
    }
    let words = pusher::TroubleKind::ClientEventRate.to_string();
    assert_eq!(words, "client events were dropped by the server's rate limit");
}

#[test]
fn check_108_what_waits_for_its_turn_is_not_sent_on_the_next_connection() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    for _ in 0..15 {
        trigger(&mut rig, "private-a", "client-x");
    }
    rig.reconnect();
    assert_eq!(rig.triggered.iter().filter(|(_, result)| *result == Err(TriggerError::LinkLost)).count(), 5);
    rig.grant_all();
    rig.acknowledge("private-a");
    rig.pass(secs(10));
    assert_eq!(rig.sent("client-x"), 10);
}

#[test]
fn check_108_what_waits_for_a_channel_that_is_left_is_not_sent() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    for _ in 0..11 {
        trigger(&mut rig, "private-a", "client-x");
    }
    rig.step(Input::Unsubscribe(channel("private-a")));
    rig.pass(secs(2));
    assert_eq!(rig.triggered.last().unwrap().1, Err(TriggerError::NotSubscribed));
    assert_eq!(rig.sent("client-x"), 10);
}

#[test]
fn the_pace_can_be_set() {
    let timing = Timing { client_event_limit: 1, client_event_queue: 1, ..Timing::default() };
    let mut rig = Rig::live_with(Config { timing, ..authorizing(1) }, &["private-a"]);
    let results: Vec<_> = (0..3).map(|_| trigger(&mut rig, "private-a", "client-x")).collect();
    assert_eq!(results, [Some(Ok(())), None, Some(Err(TriggerError::TooMany))]);
}
