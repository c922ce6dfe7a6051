//! Section F on the pure machine: channels. In `live` the running client sends HTTP requests.

use std::time::Duration;

use pusher::machine::{Input, Priority};
use pusher::{
    AuthAnswer, AuthError, AuthSubject, ChannelFailure, Config, Notice, Secret, SignInFailure, State,
};

use crate::checks::rig::{Rig, authorizing, channel, granted, millis, secs, unavailable};

fn refused() -> AuthError {
    AuthError::Refused { status: Some(403), text: "not your room".into() }
}

fn expired() -> AuthError {
    AuthError::Unauthenticated { text: "token expired".into() }
}

/// Returns the latest failure of a channel.
fn failure(rig: &Rig) -> (&ChannelFailure, bool) {
    let failed = rig.notices.iter().rev().find_map(|notice| match notice {
        Notice::ChannelFailed(failed) => Some((&failed.reason, failed.retrying)),
        _ => None,
    });
    failed.unwrap_or_else(|| panic!("no channel failed: {:?}", rig.story()))
}

/// Lets time pass until a request is sent.
fn wait_for_question(rig: &mut Rig) -> Duration {
    let from = rig.now.mono;
    while rig.asked.is_empty() && rig.now.mono < from + secs(7200) {
        let deadline = rig.machine.deadline().expect("there is something to wait for");
        rig.pass(deadline.saturating_sub(rig.now.mono));
        // The server is alive meanwhile.
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    rig.now.mono - from
}

#[test]
fn check_20_after_4009_the_session_is_renewed_and_everything_is_signed_afresh() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    rig.close(4009);
    assert!(rig.wait_for_attempt() <= secs(1));
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    assert_eq!((rig.renewals.len(), rig.asked.len()), (1, 0));
    rig.renewed(Ok(()));
    assert_eq!(rig.asked[0].1.socket_id, "2.2");
    rig.grant("private-a");
    assert_eq!(rig.sent("sig-2.2-private-a"), 1);
    rig.acknowledge("private-a");
    assert_eq!(rig.story().last().map(String::as_str), Some("gap private-a"));
}

#[test]
fn check_20_a_session_that_cannot_be_renewed_after_4009_may_still_do() {
    for error in [unavailable(), expired(), refused()] {
        let mut rig = Rig::live_authorized(&["private-a"]);
        rig.close(4009);
        rig.wait_for_attempt();
        rig.greet();
        rig.renewed(Err(error));
        rig.grant("private-a");
        assert_eq!(rig.sent("pusher:subscribe"), 1);
    }
}

#[test]
fn check_48_a_fleet_asks_for_authorization_spread_out() {
    let mut questions: Vec<u128> = (0..1000)
        .flat_map(|seed| {
            let names = ["private-a", "private-b", "presence-c"];
            let mut rig = Rig::with(authorizing(seed));
            names.iter().for_each(|name| rig.step(Input::Subscribe(channel(name))));
            rig.step(Input::Connect);
            rig.greet();
            rig.grant_all();
            let start = rig.now.mono;
            rig.close(4200);
            loop {
                rig.wait_for_attempt();
                if rig.now.mono - start >= secs(20) {
                    break;
                }
                rig.refuse();
            }
            rig.forget();
            rig.greet();
            // The authorizer is down at first.
            for _ in 0..3 {
                if rig.asked.is_empty() {
                    wait_for_question(&mut rig);
                }
                while let Some((ticket, _)) = rig.asked.pop() {
                    rig.step(Input::Authorized { ticket, result: Err(unavailable()) });
                }
            }
            rig.questions.iter().map(|(at, _)| (*at - start).as_millis()).collect::<Vec<_>>()
        })
        .collect();
    questions.sort_unstable();
    let busiest = (questions.iter().enumerate())
        .map(|(i, &from)| questions[i..].iter().take_while(|&&at| at < from + 100).count())
        .max()
        .unwrap();
    assert!(busiest <= questions.len() / 20, "{busiest} of {} within 100 ms", questions.len());
}

#[test]
fn check_52_every_kind_of_channel_and_the_user_are_restored() {
    let names =
        ["news", "private-a", "presence-b", "private-encrypted-c", "private-cache-d", "presence-cache-e"];
    let mut rig = Rig::live_authorized(&names);
    rig.step(Input::SignIn(Secret::new("me")));
    rig.grant_all();
    rig.text(r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"me\"}"}}"#);
    rig.forget();
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    rig.grant_all();
    rig.text(r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"me\"}"}}"#);
    for name in names {
        let asked = format!(r#""channel":"{name}""#);
        assert_eq!(rig.sent(&asked), 1, "{name}");
        rig.acknowledge(name);
    }
    assert_eq!((rig.sent("pusher:signin"), rig.sent("#server-to-user-me")), (1, 1));
    assert_eq!((rig.sent("sig-2.2"), rig.sent("sig-1.1")), (6, 0));
    assert_eq!(rig.gaps().len(), names.len());
}

#[test]
fn check_68_at_most_eight_questions_are_out_and_important_channels_come_first() {
    let mut rig = Rig::with(authorizing(1));
    for n in 0..500 {
        rig.step(Input::Subscribe(channel(&format!("private-{n}"))));
    }
    rig.step(Input::SubscribeWith(channel("private-till"), Priority::Important));
    rig.step(Input::SubscribeWith(channel("private-7"), Priority::Important));
    rig.step(Input::SignIn(Secret::new("me")));
    rig.step(Input::Connect);
    rig.greet();
    let first: Vec<AuthSubject> = rig.questions[..4].iter().map(|(_, subject)| subject.clone()).collect();
    let named = |name: &str| AuthSubject::Channel(channel(name));
    let expected = [AuthSubject::User, named("private-7"), named("private-till"), named("private-0")];
    assert_eq!(first, expected);
    let mut most = 0;
    while let Some((ticket, request)) = (!rig.asked.is_empty()).then(|| rig.asked.remove(0)) {
        most = most.max(rig.asked.len() + 1);
        rig.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
    }
    assert_eq!((most, rig.questions.len()), (8, 502));
    for n in 0..500 {
        rig.acknowledge(&format!("private-{n}"));
    }
    assert_eq!(rig.machine.status().confirmed, 500);
}

#[test]
fn check_71_the_answer_goes_to_the_server_byte_for_byte() {
    let data = "{ \"user_id\" : 7.0,\n\t\"user_info\":{\"b\":1,\"a\":\"\\u00fc\\/\"} }";
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("presence-a")));
    let answer = AuthAnswer { channel_data: Some(Secret::new(data)), ..AuthAnswer::new("key:sig") };
    rig.answer("presence-a", Ok(answer));
    let frame: serde_json::Value = serde_json::from_str(&rig.sent[0]).unwrap();
    assert_eq!(frame["data"]["channel_data"], data);
    assert_eq!(
        (&frame["data"]["auth"], &frame["data"]["channel"]),
        (&"key:sig".into(), &"presence-a".into())
    );
}

#[test]
fn check_72_a_refused_channel_stays_refused_and_the_others_go_on() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.step(Input::Subscribe(channel("private-b")));
    rig.answer("private-a", Err(refused()));
    assert_eq!(failure(&rig), (&ChannelFailure::Authorization(refused()), false));
    assert_eq!(refused().to_string(), "access was refused (403): not your room");
    rig.grant("private-b");
    rig.acknowledge("private-b");
    for _ in 0..3 {
        rig.pass(secs(20));
        rig.reconnect();
        rig.grant("private-b");
        rig.acknowledge("private-b");
        assert!(rig.asked.is_empty(), "asked again: {:?}", rig.asked);
    }
    // A person may request it again, for the channel or with a new session.
    rig.step(Input::AskAgain(channel("private-a")));
    rig.answer("private-a", Err(refused()));
    rig.step(Input::AuthorizeAgain);
    rig.grant("private-a");
    rig.acknowledge("private-a");
    assert_eq!(rig.machine.status().confirmed, 2);
    rig.step(Input::Unsubscribe(channel("private-a")));
    assert_eq!(rig.machine.status().channels, 1);
}

#[test]
fn check_73_an_expired_session_is_renewed_once_for_all_and_the_questions_repeated_once() {
    let names: Vec<String> = (0..20).map(|n| format!("private-{n}")).collect();
    let mut rig = Rig::live_authorized(&[]);
    names.iter().for_each(|name| rig.step(Input::Subscribe(channel(name))));
    for _ in 0..8 {
        let (ticket, _) = rig.asked.pop().unwrap();
        rig.step(Input::Authorized { ticket, result: Err(expired()) });
    }
    assert_eq!((rig.renewals.len(), rig.asked.len(), rig.questions.len()), (1, 0, 8));
    rig.renewed(Ok(()));
    rig.grant_all();
    assert_eq!((rig.renewals.len(), rig.sent("pusher:subscribe"), rig.questions.len()), (0, 20, 28));
    assert!(rig.notices.is_empty(), "{:?}", rig.story());
}

#[test]
fn check_73_a_session_that_stays_expired_asks_for_a_person_and_nobody_else() {
    let mut rig = Rig::live_authorized(&[]);
    for n in 0..20 {
        rig.step(Input::Subscribe(channel(&format!("private-{n}"))));
    }
    while let Some((ticket, _)) = rig.asked.pop() {
        rig.step(Input::Authorized { ticket, result: Err(expired()) });
        if !rig.renewals.is_empty() && rig.asked.is_empty() {
            rig.renewed(Ok(()));
        }
    }
    assert!(rig.questions.len() <= 16, "{} questions", rig.questions.len());
    assert_eq!(rig.story().iter().filter(|line| *line == "session expired").count(), 1);
    assert_eq!(rig.story().iter().filter(|line| line.starts_with("auth_unauthenticated")).count(), 20);
    assert_eq!(failure(&rig).0.to_string(), "the session has expired; sign in again: token expired");
    let before = rig.questions.len();
    rig.reconnect();
    rig.step(Input::Subscribe(channel("private-new")));
    rig.pass(secs(20));
    assert_eq!((rig.questions.len(), rig.renewals.len()), (before, 0));
    rig.step(Input::AuthorizeAgain);
    rig.grant_all();
    assert_eq!(rig.sent("pusher:subscribe"), 21);
}

#[test]
fn check_73_a_renewal_that_fails_for_good_asks_for_a_person_and_one_that_may_pass_is_repeated() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.answer("private-a", Err(expired()));
    rig.renewed(Err(unavailable()));
    assert!(rig.notices.is_empty() && rig.renewals.is_empty());
    while rig.renewals.is_empty() {
        rig.pass(millis(100));
    }
    rig.renewed(Err(refused()));
    assert_eq!(rig.story(), ["auth_unauthenticated private-a", "session expired"]);
}

#[test]
fn check_73_one_channel_that_is_never_allowed_does_not_end_the_session() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.step(Input::Subscribe(channel("private-odd")));
    rig.grant("private-a");
    rig.answer("private-odd", Err(expired()));
    rig.step(Input::Subscribe(channel("private-b")));
    rig.renewed(Ok(()));
    rig.grant("private-b");
    rig.answer("private-odd", Err(expired()));
    assert_eq!(rig.story(), ["auth_unauthenticated private-odd"]);
    rig.step(Input::Subscribe(channel("private-c")));
    rig.grant("private-c");
    assert!(rig.renewals.is_empty());
}

#[test]
fn check_74_trouble_that_may_pass_is_retried_with_growing_spread_waits_on_the_same_socket() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    for round in 0..10 {
        rig.answer("private-a", Err(unavailable()));
        assert_eq!(failure(&rig), (&ChannelFailure::Authorization(unavailable()), true));
        let wait = wait_for_question(&mut rig);
        let ceiling = secs(1 << round).min(secs(30));
        assert!(wait >= ceiling / 2 && wait <= ceiling + millis(100), "round {round}: {wait:?}");
    }
    rig.grant("private-a");
    rig.acknowledge("private-a");
    assert_eq!((rig.state(), rig.opens.len(), rig.machine.status().confirmed), (State::Connected, 0, 1));
    let waits = |seed| {
        let mut rig = Rig::live_with(authorizing(seed), &[]);
        rig.step(Input::Subscribe(channel("private-a")));
        (0..4)
            .map(|_| {
                rig.answer("private-a", Err(unavailable()));
                wait_for_question(&mut rig)
            })
            .collect::<Vec<_>>()
    };
    assert_ne!(waits(1), waits(2));
}

#[test]
fn check_74_retry_after_holds_for_every_channel() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    let busy = AuthError::Unavailable { status: Some(429), text: String::new(), retry_after: Some(secs(40)) };
    rig.answer("private-a", Err(busy));
    rig.step(Input::Subscribe(channel("private-b")));
    let wait = wait_for_question(&mut rig);
    assert!((secs(40)..=millis(41_100)).contains(&wait), "{wait:?}");
}

#[test]
fn check_74_an_authorizer_in_trouble_meets_a_handful_of_questions_and_not_a_storm() {
    let mut rig = Rig::with(authorizing(1));
    for n in 0..500 {
        rig.step(Input::Subscribe(channel(&format!("private-{n}"))));
    }
    rig.step(Input::Connect);
    rig.greet();
    let start = rig.now.mono;
    while rig.now.mono < start + secs(600) {
        wait_for_question(&mut rig);
        while let Some((ticket, _)) = rig.asked.pop() {
            rig.step(Input::Authorized { ticket, result: Err(unavailable()) });
        }
    }
    assert!(rig.questions.len() <= 60, "{} questions in ten minutes", rig.questions.len());
    wait_for_question(&mut rig);
    rig.grant_all();
    // Channels with failed requests still have their own waits.
    for _ in 0..30 {
        rig.pass(secs(1));
        rig.grant_all();
    }
    rig.sent.sort_unstable();
    rig.sent.dedup();
    assert_eq!(rig.sent("pusher:subscribe"), 500);
}

#[test]
fn check_75_a_question_without_an_answer_is_cancelled_and_repeated() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    let (ticket, request) = rig.asked[0].clone();
    rig.pass(secs(10));
    assert!(rig.asked.is_empty(), "it was not cancelled");
    assert!(failure(&rig).1);
    rig.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
    assert_eq!((rig.sent("pusher:subscribe"), rig.machine.status().counters.stale_answers), (0, 1));
    assert!(wait_for_question(&mut rig) <= secs(1));
    rig.grant("private-a");
    assert_eq!(rig.sent("pusher:subscribe"), 1);
}

#[test]
fn check_75_a_renewal_without_an_answer_is_cancelled_and_repeated() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.answer("private-a", Err(expired()));
    let ticket = rig.renewals[0];
    rig.pass(secs(12));
    assert_ne!(rig.renewals, [ticket]);
    rig.step(Input::Renewed { ticket, result: Ok(()) });
    assert_eq!(rig.machine.status().counters.stale_answers, 1);
}

#[test]
fn check_76_an_answer_that_cannot_be_used_fails_its_channel_only() {
    let bad = [
        ("private-a", Err(AuthError::BadAnswer { text: "the answer is a web page".into() })),
        ("presence-a", Ok(AuthAnswer::new("key:sig"))),
        ("private-encrypted-a", Ok(AuthAnswer::new("key:sig"))),
        (
            "private-encrypted-a",
            Ok(AuthAnswer { shared_secret: Some("c2hvcnQ=".into()), ..AuthAnswer::new("key:sig") }),
        ),
    ];
    for (name, answer) in bad {
        let mut rig = Rig::live_authorized(&[]);
        rig.step(Input::Subscribe(channel(name)));
        rig.step(Input::Subscribe(channel("private-b")));
        rig.answer(name, answer);
        let (reason, retrying) = failure(&rig);
        assert_eq!((reason.code(), retrying), ("auth_bad_answer", false), "{name}");
        assert_eq!(rig.sent("pusher:subscribe"), 0);
        rig.grant("private-b");
        rig.acknowledge("private-b");
        // An acknowledgement without a request confirms nothing.
        rig.acknowledge(name);
        assert_eq!((rig.state(), rig.machine.status().confirmed), (State::Connected, 1));
        // The next connection requests it again.
        rig.reconnect();
        rig.grant(name);
    }
}

#[test]
fn check_77_an_answer_for_an_older_connection_is_thrown_away() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    let (ticket, request) = rig.asked[0].clone();
    rig.vanish();
    assert!(rig.asked.is_empty(), "it was not cancelled");
    rig.wait_for_attempt();
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    rig.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
    assert_eq!((rig.sent.len(), rig.machine.status().counters.stale_answers), (0, 1));
    rig.grant("private-a");
    assert_eq!((rig.sent("sig-2.2-private-a"), rig.sent("sig-1.1")), (1, 0));
}

#[test]
fn check_77_an_answer_for_a_channel_left_meanwhile_is_thrown_away() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    let (ticket, request) = rig.asked[0].clone();
    rig.step(Input::Unsubscribe(channel("private-a")));
    rig.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
    assert_eq!((rig.sent.len(), rig.asked.len(), rig.machine.status().channels), (0, 0, 0));
}

#[test]
fn check_32_a_disconnect_cancels_what_is_being_asked() {
    let mut rig = Rig::live_authorized(&["presence-a"]);
    rig.step(Input::Subscribe(channel("private-b")));
    rig.step(Input::SignIn(Secret::new("me")));
    rig.step(Input::Disconnect);
    assert_eq!((rig.asked.len(), rig.machine.deadline()), (0, None));
}

#[test]
fn check_57_an_unconfirmed_private_channel_is_asked_for_again_with_the_same_signature() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    rig.grant("private-a");
    for _ in 0..4 {
        rig.pass(secs(10));
        rig.text(r#"{"event":"pusher:pong"}"#);
    }
    assert_eq!((rig.sent("sig-1.1-private-a"), rig.questions.len()), (3, 1));
}

#[test]
fn check_58_only_what_needs_authorization_can_be_unauthorized() {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel("news")));
    rig.step(Input::Subscribe(channel("private-a")));
    rig.grant("private-a");
    rig.text(r#"{"event":"pusher:error","data":{"code":4009,"message":"bad signature"}}"#);
    assert_eq!(rig.story(), ["subscription_refused private-a"]);
}

#[test]
fn without_an_authorizer_private_channels_and_sign_ins_fail_with_the_reason() {
    let mut rig = Rig::live(&[]);
    rig.step(Input::Subscribe(channel("private-a")));
    let (reason, retrying) = failure(&rig);
    assert!(reason.to_string().contains("no authorizer") && !retrying, "{reason}");
    rig.step(Input::SignIn(Secret::new("me")));
    let Some(Notice::SignInFailed { reason, .. }) = rig.notices.last() else { panic!("{:?}", rig.story()) };
    assert_eq!(*reason, SignInFailure::NoAuthorizer);
}

#[test]
fn the_number_of_parallel_questions_can_be_set() {
    let mut rig = Rig::live_with(Config { parallel_authorizations: 2, ..authorizing(1) }, &[]);
    for n in 0..5 {
        rig.step(Input::Subscribe(channel(&format!("private-{n}"))));
    }
    assert_eq!(rig.asked.len(), 2);
}
