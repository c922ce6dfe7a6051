//! Section G on the pure machine.

use pusher::machine::{Input, LinkEvent};
use pusher::{GapCause, State};

use crate::checks::rig::{Rig, channel, secs};

#[test]
fn check_82_an_event_arrives_whole() {
    let mut rig = Rig::live(&["news"]);
    rig.text(r#"{"zzz":1,"data":"{\"a\":[1]}","user_id":"u7","event":"made","channel":"news"}"#);
    let events = rig.events();
    let event = events[0];
    assert_eq!((&*event.channel, event.name.as_str()), ("news", "made"));
    assert_eq!((event.user_id.as_deref(), event.received_at), (Some("u7"), rig.now.wall));
    assert_eq!(event.json().unwrap()["a"][0], 1);
}

#[test]
fn check_84_and_85_what_is_no_frame_is_counted_and_the_link_lives() {
    let mut rig = Rig::live(&["news"]);
    let deep = format!(r#"{{"event":"x","channel":"news","data":{}"#, "[".repeat(100_000));
    let wrong =
        ["", "nul", "null", "[]", r#"{"event":7}"#, r#"{"a":1}"#, r#"{"event":"x","event":"y"}"#, &deep];
    for text in wrong {
        rig.text(text);
    }
    assert_eq!(rig.machine.status().counters.malformed, wrong.len() as u64);
    rig.publish("news", "fine");
    assert_eq!((rig.state(), rig.events().len()), (State::Connected, 1));
}

#[test]
fn check_86_internal_events_with_wrong_data_do_no_harm() {
    let mut rig = Rig::live(&["news"]);
    rig.step(Input::Subscribe(channel("b")));
    rig.text(r#"{"event":"pusher_internal:subscription_succeeded"}"#);
    rig.text(r#"{"event":"pusher_internal:subscription_succeeded","channel":"b","data":7}"#);
    rig.text(r#"{"event":"pusher:subscription_error","channel":"b"}"#);
    rig.text(r#"{"event":"pusher:error"}"#);
    rig.text(r#"{"event":"pusher:connection_established","data":"{}"}"#);
    assert_eq!(rig.state(), State::Connected);
    assert_eq!(rig.story(), ["subscribed b", "error"]);
}

#[test]
fn check_87_a_forged_prefix_is_an_ordinary_event() {
    let mut rig = Rig::live(&["news"]);
    rig.publish("news", "pusher:something_else");
    rig.publish("news", "pusher_internal:nonsense");
    assert_eq!(rig.story(), ["news:pusher:something_else", "news:pusher_internal:nonsense"]);
}

#[test]
fn check_88_binary_frames_are_counted_and_ignored() {
    let mut rig = Rig::live(&["news"]);
    rig.event(LinkEvent::Binary);
    assert_eq!((rig.state(), rig.machine.status().counters.binary), (State::Connected, 1));
    assert!(rig.notices.is_empty());
}

#[test]
fn check_94_one_gap_per_channel_stands_before_the_first_new_event() {
    let mut rig = Rig::live(&["a", "b"]);
    rig.pass(secs(5));
    rig.publish("a", "old");
    let alive = rig.now.wall;
    rig.pass(secs(20));
    rig.vanish();
    rig.wait_for_attempt();
    rig.refuse();
    rig.wait_for_attempt();
    rig.greet();
    rig.forget();
    rig.publish("a", "new");
    rig.acknowledge("a");
    rig.acknowledge("b");
    assert_eq!(rig.story(), ["gap a", "a:new", "gap b"]);
    let gap = rig.gaps()[0];
    assert_eq!((gap.from, gap.to, gap.missed), (alive, rig.now.wall, None));
    assert_eq!(gap.cause, GapCause::LinkLost);
}

#[test]
fn check_94_a_link_lost_before_the_acknowledgement_makes_one_longer_gap() {
    let mut rig = Rig::live(&["a"]);
    let alive = rig.machine.status().last_traffic.unwrap();
    rig.vanish();
    for _ in 0..3 {
        rig.wait_for_attempt();
        rig.greet();
        rig.publish("a", "unheard");
        rig.vanish();
    }
    rig.wait_for_attempt();
    rig.greet();
    rig.acknowledge("a");
    assert_eq!(rig.story(), ["gap a"]);
    assert_eq!((rig.gaps()[0].from, rig.gaps()[0].to), (alive, rig.now.wall));
}

#[test]
fn check_94_a_reconnected_channel_that_is_never_confirmed_brings_nothing_before_its_gap() {
    let mut rig = Rig::live(&["a"]);
    let alive = rig.machine.status().last_traffic.unwrap();
    rig.reconnect();
    for _ in 0..300 {
        rig.publish("a", "held");
    }
    for _ in 0..4 {
        rig.pass(secs(10));
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    rig.publish("a", "late");
    assert_eq!(rig.story(), ["not_confirmed a"; 3], "nothing of an unconfirmed channel");
    assert_eq!(rig.machine.status().counters.unrouted, 301);
    rig.acknowledge("a");
    rig.publish("a", "new");
    assert_eq!(rig.story()[3..], ["gap a", "a:new"]);
    assert_eq!((rig.gaps()[0].from, rig.gaps()[0].to, rig.gaps()[0].missed), (alive, rig.now.wall, None));
}

#[test]
fn check_94_what_came_before_a_refusal_lies_in_the_gap_of_the_next_confirmation() {
    let mut rig = Rig::live(&["a"]);
    rig.reconnect();
    rig.publish("a", "held");
    rig.text(r#"{"event":"pusher:subscription_error","channel":"a","data":{"status":500}}"#);
    rig.publish("a", "stray");
    assert_eq!(rig.story(), ["subscription_refused a"]);
    rig.reconnect();
    rig.acknowledge("a");
    assert_eq!(rig.story(), ["subscription_refused a", "gap a"]);
}

#[test]
fn check_95_the_gap_comes_after_the_acknowledgement_and_not_before() {
    let mut rig = Rig::live(&["a"]);
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet();
    assert!(rig.notices.is_empty());
    rig.acknowledge("a");
    assert_eq!(rig.story(), ["gap a"]);
}

#[test]
fn a_user_disconnect_and_a_new_connect_announce_the_gap_between() {
    let mut rig = Rig::live(&["a"]);
    let left = rig.now.wall;
    rig.step(Input::Disconnect);
    rig.pass(secs(600));
    rig.step(Input::Connect);
    rig.greet();
    rig.acknowledge("a");
    assert_eq!((rig.gaps()[0].from, rig.gaps()[0].to), (left, rig.now.wall));
}
