//! Dropping repeated events (check 93).

use pusher::machine::Input;
use pusher::{Config, Event};

use crate::checks::rig::{Rig, authorizing, channel, config, secs};

fn key(event: &Event) -> Option<String> {
    event.json()?.get("id").map(ToString::to_string)
}

fn publish(rig: &mut Rig, channel: &str, id: u64) {
    rig.publish_data(channel, "made", &format!(r#"{{"id":{id}}}"#));
}

#[test]
fn check_93_without_a_key_nothing_is_dropped() {
    let mut rig = Rig::live(&["news"]);
    (0..3).for_each(|_| publish(&mut rig, "news", 7));
    assert_eq!(rig.events().len(), 3);
    let mut rig = Rig::live_with(config(1).with_duplicate_key(key), &["news"]);
    (0..3).for_each(|_| rig.publish("news", "made"));
    assert_eq!(rig.events().len(), 3);
}

#[test]
fn check_93_the_second_of_two_with_one_key_is_dropped_also_after_a_reconnect() {
    let mut rig = Rig::live_with(config(1).with_duplicate_key(key), &["news", "other"]);
    publish(&mut rig, "news", 7);
    publish(&mut rig, "news", 7);
    publish(&mut rig, "other", 7);
    rig.reconnect();
    rig.acknowledge("news");
    publish(&mut rig, "news", 7);
    publish(&mut rig, "news", 8);
    assert_eq!(rig.story(), ["news:made", "other:made", "gap news", "news:made"]);
    assert_eq!(rig.machine.status().counters.duplicates, 2);
}

#[test]
fn check_93_what_a_fetch_has_brought_is_a_duplicate_when_it_comes_as_an_event() {
    let mut rig = Rig::live_with(config(1).with_duplicate_key(key), &["news"]);
    rig.step(Input::Seen(channel("news"), "7".to_owned()));
    publish(&mut rig, "news", 7);
    publish(&mut rig, "news", 8);
    assert_eq!(rig.events().len(), 1);
}

#[test]
fn check_93_the_window_is_bounded_in_number_and_in_time() {
    let small = Config { duplicate_window: 3, ..config(1).with_duplicate_key(key) };
    let mut rig = Rig::live_with(small, &["news"]);
    for id in [1, 2, 3, 4, 4, 1] {
        publish(&mut rig, "news", id);
    }
    assert_eq!(rig.events().len(), 5);
    let mut rig = Rig::live_with(config(1).with_duplicate_key(key), &["news"]);
    publish(&mut rig, "news", 1);
    for _ in 0..40 {
        rig.pass(secs(15));
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    publish(&mut rig, "news", 1);
    assert_eq!(rig.events().len(), 1);
    rig.pass(secs(1));
    publish(&mut rig, "news", 1);
    assert_eq!(rig.events().len(), 2);
}

#[test]
fn check_93_a_key_that_fails_or_is_enormous_drops_nothing() {
    let broken = |_: &Event| -> Option<String> { panic!("a fault in the program") };
    let mut rig = Rig::live_with(config(1).with_duplicate_key(broken), &["news"]);
    (0..2).for_each(|_| publish(&mut rig, "news", 7));
    assert_eq!(rig.events().len(), 2);
    let enormous = |_: &Event| Some("x".repeat(100_000));
    let mut rig = Rig::live_with(config(1).with_duplicate_key(enormous), &["news"]);
    (0..2).for_each(|_| publish(&mut rig, "news", 7));
    assert_eq!(rig.events().len(), 2);
}

#[test]
fn check_93_another_user_starts_with_an_empty_window() {
    let mut rig = Rig::live_with(authorizing(1).with_duplicate_key(key), &["private-a", "news"]);
    publish(&mut rig, "private-a", 7);
    publish(&mut rig, "news", 7);
    rig.step(Input::SignOut);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.wait_for_attempt();
    rig.greet();
    rig.grant_all();
    rig.acknowledge("private-a");
    rig.acknowledge("news");
    publish(&mut rig, "private-a", 7);
    publish(&mut rig, "news", 7);
    let expected = ["private-a:made", "news:made", "subscribed private-a", "gap news", "private-a:made"];
    assert_eq!(rig.story(), expected);
}
