//! Encrypted channels, on the pure machine.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crypto_secretbox::aead::{Aead, KeyInit};
use crypto_secretbox::{Nonce, XSalsa20Poly1305};
use pusher::machine::Input;
use pusher::{AuthAnswer, AuthError, Data, GapCause, Secret, State};
use serde_json::json;

use crate::checks::rig::{Rig, channel, secs, unavailable};

const ROOMS: &str = "private-encrypted-rooms";

fn answer(key: u8) -> AuthAnswer {
    let shared_secret = Some(Secret::new(BASE64_STANDARD.encode([key; 32])));
    AuthAnswer { shared_secret, ..AuthAnswer::new("key:sig") }
}

/// Encrypts like the server libraries: a random nonce, everything in base64.
fn seal(key: u8, text: &str) -> String {
    let nonce: [u8; 24] = rand::random();
    let secretbox = XSalsa20Poly1305::new(&[key; 32].into());
    let ciphertext = secretbox.encrypt(Nonce::from_slice(&nonce), text.as_bytes()).unwrap();
    let sealed =
        json!({"nonce": BASE64_STANDARD.encode(nonce), "ciphertext": BASE64_STANDARD.encode(ciphertext)});
    json!(sealed.to_string()).to_string()
}

/// Makes a rig with a confirmed channel, whose key consists of this byte.
fn rooms(key: u8) -> Rig {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel(ROOMS)));
    rig.answer(ROOMS, Ok(answer(key)));
    rig.acknowledge(ROOMS);
    rig.forget();
    rig
}

fn publish(rig: &mut Rig, name: &str, key: u8) {
    rig.publish_data(ROOMS, name, &seal(key, "{}"));
}

#[test]
fn check_103_an_event_of_the_official_library_is_opened() {
    // Made by the npm package pusher 5.3.4: the answer of `authorizeChannel` and the body of `trigger`.
    let body = br#"{"auth":"app-key:9597bd1c52a8bde5b2c24fb988783916e68479267f32ed821aa08ec4cfae5a85","shared_secret":"PMNb8r3eoal+lTfO9gNhp2hM0qo7OENXEhky5SHPEJA="}"#;
    let data = r#"{"nonce":"p6R15WxmF712zD04fBj9Cr/lamo3atIW","ciphertext":"84aulNVsdTco7xwY36IrUU9fFPWnCfUaJzUdi1NWh8KWE4tsSQkv3zpLDpof"}"#;
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel(ROOMS)));
    rig.answer(ROOMS, AuthAnswer::parse(body));
    rig.acknowledge(ROOMS);
    rig.publish_data(ROOMS, "changed", &json!(data).to_string());
    rig.publish_data(ROOMS, "changed", data);
    for event in rig.events() {
        assert_eq!(
            (event.name.as_str(), event.json()),
            ("changed", Some(&json!({"room": 7, "name": "Zimmer ü"})))
        );
    }
    assert_eq!((rig.events().len(), rig.sent("shared_secret")), (2, 0));
}

#[test]
fn check_103_what_was_sealed_is_decoded_once_like_any_other() {
    let mut rig = rooms(1);
    for text in ["hello", "\"{}\"", "7"] {
        rig.publish_data(ROOMS, "x", &seal(1, text));
    }
    let data: Vec<&Data> = rig.events().iter().map(|event| &event.data).collect();
    assert_eq!(*data[0], Data::Text("hello".into()));
    assert_eq!(*data[1], Data::Encoded { text: "\"{}\"".into(), value: json!("{}") });
    assert_eq!(*data[2], Data::Encoded { text: "7".into(), value: json!(7) });
}

#[test]
fn check_103_events_before_the_acknowledgement_are_opened_after_it() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel(ROOMS)));
    rig.answer(ROOMS, Ok(answer(1)));
    publish(&mut rig, "early", 1);
    rig.acknowledge(ROOMS);
    let expected = ["subscribed private-encrypted-rooms", "private-encrypted-rooms:early"];
    assert_eq!(rig.story(), expected);
}

#[test]
fn check_104_a_changed_key_is_fetched_once_and_the_order_is_kept() {
    let mut rig = rooms(1);
    publish(&mut rig, "before", 1);
    for n in 0..100 {
        publish(&mut rig, &format!("new-{n}"), 2);
    }
    publish(&mut rig, "straggler", 1);
    rig.publish_data(ROOMS, "plain", "{}");
    assert_eq!((rig.questions.len(), rig.events().len()), (1, 1));
    rig.answer(ROOMS, Ok(answer(2)));
    publish(&mut rig, "after", 2);
    let names: Vec<&str> = rig.events().iter().map(|event| event.name.as_str()).collect();
    let news: Vec<String> = (0..100).map(|n| format!("new-{n}")).collect();
    let expected: Vec<&str> =
        ["before"].into_iter().chain(news.iter().map(String::as_str)).chain(["after"]).collect();
    assert_eq!(names, expected);
    let troubles: Vec<String> = rig.story().into_iter().filter(|line| line.ends_with(" 1")).collect();
    assert_eq!(
        troubles,
        ["Undecryptable private-encrypted-rooms 1", "NotEncrypted private-encrypted-rooms 1"]
    );
    assert_eq!((rig.sent.len(), rig.machine.status().counters.unreadable), (0, 2));
}

#[test]
fn check_104_a_key_fetched_in_vain_is_followed_by_quiet() {
    let mut rig = rooms(1);
    for n in 0..600 {
        publish(&mut rig, "forged", 9);
        publish(&mut rig, &format!("good-{n}"), 1);
        if !rig.asked.is_empty() {
            rig.answer(ROOMS, Ok(answer(1)));
        }
        rig.pass(secs(1));
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    assert!(rig.questions.len() <= 10, "{} questions in ten minutes", rig.questions.len());
    assert_eq!((rig.events().len(), rig.machine.status().counters.unreadable), (600, 600));
}

#[test]
fn check_104_an_authorizer_that_fails_holds_no_event_back_for_long() {
    for error in [unavailable(), AuthError::Refused { status: Some(403), text: String::new() }] {
        let mut rig = rooms(1);
        publish(&mut rig, "forged", 9);
        publish(&mut rig, "good", 1);
        rig.answer(ROOMS, Err(error));
        let expected = ["private-encrypted-rooms:good", "Undecryptable private-encrypted-rooms 1"];
        assert_eq!(rig.story(), expected);
        assert_eq!(rig.machine.status().confirmed, 1);
    }
    let mut rig = rooms(1);
    publish(&mut rig, "forged", 9);
    publish(&mut rig, "good", 1);
    rig.pass(secs(10));
    assert_eq!((rig.events().len(), rig.asked.len()), (1, 0));
}

#[test]
fn check_104_what_does_not_fit_while_a_key_is_fetched_becomes_a_counted_gap() {
    let mut rig = rooms(1);
    for _ in 0..300 {
        publish(&mut rig, "x", 2);
    }
    rig.answer(ROOMS, Ok(answer(2)));
    assert_eq!(rig.events().len(), 256);
    assert_eq!((rig.gaps()[0].missed, rig.gaps()[0].cause), (Some(44), GapCause::Overflow));
}

#[test]
fn check_104_events_that_wait_when_the_link_is_lost_lie_in_the_gap() {
    let mut rig = rooms(1);
    rig.pass(secs(3));
    let first = rig.now.wall;
    publish(&mut rig, "x", 2);
    rig.pass(secs(3));
    publish(&mut rig, "y", 2);
    rig.reconnect();
    rig.answer(ROOMS, Ok(answer(2)));
    rig.acknowledge(ROOMS);
    assert_eq!((rig.gaps()[0].from, rig.events().len()), (first, 0));
}

#[test]
fn check_105_what_is_not_sealed_is_never_delivered() {
    let plain = ["{}", "null", "7", r#""hello""#, r#"{"room":7}"#, r#""{\"room\":7}""#];
    let damaged =
        [r#"{"nonce":"AAAA","ciphertext":"AAAA"}"#, r#"{"nonce":"AAAA"}"#, r#"{"nonce":1,"ciphertext":2}"#];
    for (kind, all) in [("NotEncrypted", &plain[..]), ("BadCiphertext", &damaged[..])] {
        for data in all {
            let mut rig = rooms(1);
            rig.publish_data(ROOMS, "x", data);
            rig.publish_data(ROOMS, "pusher:forged", data);
            let line = format!("{kind} private-encrypted-rooms 1");
            assert_eq!(rig.story(), [line.as_str(), line.as_str()], "{data}");
            assert_eq!((rig.state(), rig.asked.len()), (State::Connected, 0));
        }
    }
    let mut rig = rooms(1);
    rig.text(&format!(r#"{{"event":"x","channel":"{ROOMS}"}}"#));
    assert_eq!(rig.story(), ["NotEncrypted private-encrypted-rooms 1"]);
}

#[test]
fn check_105_what_the_server_itself_says_is_not_sealed() {
    let mut rig = rooms(1);
    rig.publish(ROOMS, "pusher:cache_miss");
    rig.publish_data(ROOMS, "pusher_internal:subscription_count", r#"{"subscription_count":3}"#);
    let names: Vec<&str> = rig.events().iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["pusher:cache_miss", "pusher:subscription_count"]);
}
