//! Section E on the pure machine.

use pusher::machine::Input;
use pusher::{ChannelFailure, GapCause, Notice, State};

use crate::checks::rig::{Rig, channel, secs};

#[test]
fn check_55_and_56_two_users_share_one_subscription() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Subscribe(channel("news")));
    assert_eq!(rig.sent("pusher:subscribe"), 1);
    rig.acknowledge("news");
    rig.step(Input::Unsubscribe(channel("news")));
    assert_eq!(rig.sent("pusher:unsubscribe"), 0);
    rig.publish("news", "x");
    assert_eq!(rig.events().len(), 1);
    rig.step(Input::Unsubscribe(channel("news")));
    assert_eq!(rig.sent("pusher:unsubscribe"), 1);
}

#[test]
fn check_56_a_failure_in_between_loses_no_count() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.text(r#"{"event":"pusher:subscription_error","channel":"news","data":{"status":500}}"#);
    rig.step(Input::Subscribe(channel("news")));
    assert_eq!(rig.sent("pusher:subscribe"), 2, "whoever comes later asks again");
    rig.acknowledge("news");
    rig.step(Input::Unsubscribe(channel("news")));
    rig.publish("news", "x");
    assert_eq!((rig.sent("pusher:unsubscribe"), rig.events().len()), (0, 1), "the first one still listens");
    rig.step(Input::Unsubscribe(channel("news")));
    assert_eq!((rig.sent("pusher:unsubscribe"), rig.machine.status().channels), (1, 0));
}

#[test]
fn check_59_asking_again_is_for_what_has_failed_and_is_no_intent_of_its_own() {
    let mut rig = Rig::live(&["news"]);
    for name in ["news", "never-wanted"] {
        rig.step(Input::AskAgain(channel(name)));
    }
    assert_eq!((rig.sent.len(), rig.machine.status().channels), (0, 1));
    rig.reconnect();
    rig.text(r#"{"event":"pusher:subscription_error","channel":"news","data":{"status":500}}"#);
    for _ in 0..3 {
        rig.step(Input::AskAgain(channel("news")));
    }
    assert_eq!(rig.sent("pusher:subscribe"), 2, "once at the greeting and once more");
    rig.acknowledge("news");
    rig.step(Input::Unsubscribe(channel("news")));
    assert_eq!((rig.sent("pusher:unsubscribe"), rig.machine.status().channels), (1, 0));
}

#[test]
fn check_57_an_unanswered_subscribe_is_reported_and_repeated_a_few_times() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    for _ in 0..12 {
        rig.pass(secs(10));
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    assert_eq!(rig.sent("pusher:subscribe"), 3);
    let retrying: Vec<bool> = rig
        .notices
        .iter()
        .map(|notice| match notice {
            Notice::ChannelFailed(failed) if failed.reason == ChannelFailure::NotConfirmed => failed.retrying,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(retrying, [true, true, false]);
    rig.acknowledge("news");
    assert_eq!(rig.story().last().map(String::as_str), Some("subscribed news"));
}

#[test]
fn check_58_an_error_without_a_channel_belongs_to_the_only_pending_one() {
    let error = r#"{"event":"pusher:error","data":{"code":4009,"message":"no"}}"#;
    let mut rig = Rig::live(&["other"]);
    rig.step(Input::Subscribe(channel("news")));
    rig.text(error);
    assert_eq!(rig.story(), ["subscription_refused news"]);
    let mut two = Rig::live(&[]);
    two.step(Input::Subscribe(channel("a")));
    two.step(Input::Subscribe(channel("b")));
    two.text(error);
    assert_eq!(two.story(), ["error"]);
}

#[test]
fn check_59_a_refused_channel_can_be_tried_again_without_a_reconnect() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.text(r#"{"event":"pusher:subscription_error","channel":"news","data":{"type":"x","error":"full","status":500}}"#);
    let Some(Notice::ChannelFailed(failed)) = rig.notices.last() else { panic!("{:?}", rig.notices) };
    assert_eq!(failed.reason, ChannelFailure::Refused { code: Some(500), message: "full".into() });
    rig.step(Input::AskAgain(channel("news")));
    assert_eq!(rig.sent("pusher:subscribe"), 2);
    rig.acknowledge("news");
    rig.step(Input::Unsubscribe(channel("news")));
    assert_eq!((rig.state(), rig.machine.status().channels), (State::Connected, 0));
}

#[test]
fn check_60_stray_acknowledgements_do_no_harm() {
    let mut rig = Rig::live(&["news"]);
    rig.acknowledge("news");
    rig.acknowledge("never-asked");
    assert_eq!((rig.notices.len(), rig.sent.len()), (0, 0));
    rig.step(Input::Unsubscribe(channel("news")));
    rig.acknowledge("news");
    assert_eq!((rig.notices.len(), rig.sent("pusher:unsubscribe")), (0, 1));
}

#[test]
fn check_60_the_answer_to_a_cancelled_subscription_triggers_an_unsubscribe() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Unsubscribe(channel("news")));
    rig.publish("news", "x");
    rig.acknowledge("news");
    assert_eq!((rig.notices.len(), rig.sent("pusher:unsubscribe")), (0, 1));
}

#[test]
fn check_60_a_cancelled_subscription_can_be_revived_before_its_answer() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Unsubscribe(channel("news")));
    rig.step(Input::Subscribe(channel("news")));
    rig.acknowledge("news");
    assert_eq!(rig.story(), ["subscribed news"]);
    assert_eq!((rig.sent("pusher:subscribe"), rig.sent("pusher:unsubscribe")), (1, 0));
}

#[test]
fn check_61_events_before_the_acknowledgement_follow_it_in_order() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.publish("news", "one");
    rig.publish("news", "two");
    assert!(rig.notices.is_empty());
    rig.acknowledge("news");
    rig.publish("news", "three");
    assert_eq!(rig.story(), ["subscribed news", "news:one", "news:two", "news:three"]);
}

#[test]
fn check_61_too_many_events_before_the_acknowledgement_become_a_counted_gap() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("news")));
    for _ in 0..300 {
        rig.publish("news", "x");
    }
    rig.acknowledge("news");
    assert_eq!(rig.events().len(), 256);
    assert_eq!((rig.gaps()[0].missed, rig.gaps()[0].cause), (Some(44), GapCause::Overflow));
}

#[test]
fn check_62_events_of_channels_not_joined_are_counted_and_dropped() {
    let mut rig = Rig::live(&["news"]);
    rig.publish("other", "x");
    rig.step(Input::Unsubscribe(channel("news")));
    rig.publish("news", "x");
    assert_eq!((rig.notices.len(), rig.machine.status().counters.unrouted), (0, 2));
}

#[test]
fn check_63_leaving_offline_sends_nothing_later() {
    let mut rig = Rig::live(&["news"]);
    rig.vanish();
    rig.step(Input::Unsubscribe(channel("news")));
    rig.wait_for_attempt();
    rig.greet();
    assert!(rig.sent.is_empty(), "{:?}", rig.sent);
}

#[test]
fn check_65_an_intent_made_offline_is_carried_out_at_the_greeting() {
    let mut rig = Rig::new(1);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Connect);
    rig.refuse();
    rig.wait_for_attempt();
    rig.greet();
    rig.acknowledge("news");
    assert_eq!(rig.story(), ["subscribed news"]);
}

#[test]
fn check_66_a_cache_channel_brings_its_event_or_says_that_it_is_empty_before_and_after_a_reconnect() {
    let names = ["cache-news", "cache-empty"];
    let mut rig = Rig::live(&[]);
    names.iter().for_each(|name| rig.step(Input::Subscribe(channel(name))));
    for signal in ["subscribed", "gap"] {
        rig.acknowledge("cache-news");
        rig.publish("cache-news", "cached");
        rig.acknowledge("cache-empty");
        rig.text(r#"{"event":"pusher:cache_miss","channel":"cache-empty"}"#);
        let expected = [
            format!("{signal} cache-news"),
            "cache-news:cached".to_owned(),
            format!("{signal} cache-empty"),
            "cache-empty:pusher:cache_miss".to_owned(),
        ];
        assert_eq!(rig.story(), expected);
        rig.reconnect();
        rig.forget();
    }
}

#[test]
fn check_66_what_a_cache_channel_brings_before_its_acknowledgement_follows_it() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("cache-news")));
    rig.publish("cache-news", "cached");
    rig.acknowledge("cache-news");
    rig.reconnect();
    rig.text(r#"{"event":"pusher:cache_miss","channel":"cache-news"}"#);
    rig.acknowledge("cache-news");
    let expected =
        ["subscribed cache-news", "cache-news:cached", "gap cache-news", "cache-news:pusher:cache_miss"];
    assert_eq!(rig.story(), expected);
}

#[test]
fn check_67_and_86_a_subscription_count_keeps_zero_and_refuses_text() {
    let mut rig = Rig::live(&["news"]);
    for count in ["7", "0", r#""many""#, "-1"] {
        rig.text(&format!(
            r#"{{"event":"pusher_internal:subscription_count","channel":"news","data":"{{\"subscription_count\":{}}}"}}"#,
            count.replace('"', "\\\"")
        ));
    }
    rig.text(r#"{"event":"pusher_internal:subscription_count","channel":"news"}"#);
    let counts: Vec<_> = rig
        .events()
        .iter()
        .map(|event| {
            assert_eq!(event.name, "pusher:subscription_count");
            event.json().and_then(|data| data["subscription_count"].as_u64())
        })
        .collect();
    assert_eq!(counts, [Some(7), Some(0), None]);
    assert_eq!(rig.machine.status().counters.malformed, 2);
}

#[test]
fn check_68_five_hundred_public_channels_are_restored() {
    let names: Vec<String> = (0..500).map(|n| format!("room-{n}")).collect();
    let mut rig = Rig::live(&names.iter().map(String::as_str).collect::<Vec<_>>());
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet();
    for name in &names {
        rig.acknowledge(name);
    }
    assert_eq!((rig.machine.status().confirmed, rig.gaps().len()), (500, 500));
}
