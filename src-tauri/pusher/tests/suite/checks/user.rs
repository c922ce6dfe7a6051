//! Signing in and out, on the pure machine.

use pusher::machine::Input;
use pusher::{AuthAnswer, AuthError, Data, Notice, Secret, SignIn, SignInFailure, State};

use crate::checks::rig::{Rig, authorizing, channel, granted, secs, unavailable};

const SUCCESS: &str = r#"{"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"me\\\",\\\"name\\\":\\\"A\\\"}\"}"}"#;

fn sign_in(rig: &mut Rig, id: &str) {
    rig.step(Input::SignIn(Secret::new(id)));
}

fn authorize_user(rig: &mut Rig) {
    let request = rig.asked.iter().find(|(_, request)| request.subject == pusher::AuthSubject::User);
    let answer = granted(&request.expect("the user is asked for").1);
    rig.answer_user(Ok(answer));
}

/// Makes a rig signed in as `me`, with the user's channel confirmed.
fn signed_in() -> Rig {
    let mut rig = Rig::live_authorized(&["news", "private-a", "presence-b"]);
    sign_in(&mut rig, "me");
    authorize_user(&mut rig);
    rig.text(SUCCESS);
    rig.acknowledge("#server-to-user-me");
    rig
}

#[test]
fn check_79_signing_in_follows_the_greeting_and_is_repeated_on_every_connection() {
    let mut rig = Rig::with(authorizing(1));
    sign_in(&mut rig, "me");
    rig.step(Input::Connect);
    for round in 1..=3 {
        rig.greet();
        assert_eq!(rig.machine.status().sign_in, SignIn::Pending);
        authorize_user(&mut rig);
        assert_eq!(
            rig.sent(r#""pusher:signin","data":{"auth":"key:sig-1.1","user_data":"{\"id\":\"me\"}"}"#),
            round
        );
        assert_eq!(rig.sent("#server-to-user-me"), round - 1);
        rig.text(SUCCESS);
        assert_eq!(rig.machine.status().sign_in, SignIn::In);
        assert_eq!(rig.sent("#server-to-user-me"), round);
        rig.acknowledge("#server-to-user-me");
        rig.publish("#server-to-user-me", "for-you");
        rig.vanish();
        assert_eq!(rig.machine.status().sign_in, SignIn::Pending);
        rig.wait_for_attempt();
    }
    let story: Vec<String> = rig.story();
    assert_eq!(story[..3], ["signed in me", "subscribed #server-to-user-me", "#server-to-user-me:for-you"]);
    assert_eq!(story[3..6], ["signed in me", "gap #server-to-user-me", "#server-to-user-me:for-you"]);
    let Notice::SignedIn(user) = &rig.notices[0] else { panic!("{story:?}") };
    assert_eq!(user.data["name"], "A");
}

#[test]
fn check_79_nobody_else_than_was_asked_for_is_signed_in() {
    let other = AuthAnswer { user_data: Some(r#"{"id":"other"}"#.into()), ..AuthAnswer::new("key:sig") };
    let mut rig = Rig::live_authorized(&[]);
    sign_in(&mut rig, "me");
    rig.answer_user(Ok(other));
    assert_eq!((rig.sent.len(), rig.machine.status().sign_in), (0, SignIn::Failed));
    assert_eq!(rig.story(), ["sign_in_other_user false"]);
    // The server confirms another user.
    let mut rig = Rig::live_authorized(&[]);
    sign_in(&mut rig, "7");
    let numeric = AuthAnswer { user_data: Some(r#"{"id":7}"#.into()), ..AuthAnswer::new("key:sig") };
    rig.answer_user(Ok(numeric));
    rig.text(SUCCESS);
    assert_eq!((rig.story(), rig.sent("#server-to-user")), (vec!["sign_in_other_user false".to_owned()], 0));
}

#[test]
fn check_80_a_refused_sign_in_is_reported_and_the_channels_go_on() {
    let mut rig = Rig::live_authorized(&["news", "private-a"]);
    sign_in(&mut rig, "me");
    authorize_user(&mut rig);
    rig.text(r#"{"event":"pusher:error","data":{"code":4009,"message":"Connection not authorized"}}"#);
    let Some(Notice::SignInFailed { reason, retrying }) = rig.notices.last() else {
        panic!("{:?}", rig.story())
    };
    let message = "Connection not authorized".to_owned();
    assert_eq!((reason, *retrying), (&SignInFailure::Refused { code: Some(4009), message }, false));
    rig.publish("private-a", "x");
    rig.publish("news", "y");
    assert_eq!(
        (rig.state(), rig.events().len(), rig.machine.status().sign_in),
        (State::Connected, 2, SignIn::Failed)
    );
    sign_in(&mut rig, "me");
    authorize_user(&mut rig);
    rig.text(SUCCESS);
    assert_eq!(rig.machine.status().sign_in, SignIn::In);
}

#[test]
fn check_80_a_sign_in_without_an_answer_is_reported_after_ten_seconds() {
    let mut rig = Rig::live_authorized(&["private-a"]);
    sign_in(&mut rig, "me");
    authorize_user(&mut rig);
    rig.pass(secs(9));
    assert!(rig.notices.is_empty());
    rig.pass(secs(1));
    assert_eq!(rig.story(), ["sign_in_not_confirmed false"]);
    assert_eq!((rig.state(), rig.machine.status().confirmed), (State::Connected, 1));
}

#[test]
fn check_80_a_late_authorization_of_the_user_is_not_used_on_the_next_connection() {
    let mut rig = Rig::live_authorized(&[]);
    sign_in(&mut rig, "me");
    let (ticket, request) = rig.asked[0].clone();
    rig.vanish();
    rig.wait_for_attempt();
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    rig.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
    assert!(rig.sent.is_empty());
    authorize_user(&mut rig);
    assert_eq!(rig.sent(r#""auth":"key:sig-2.2""#), 1);
}

#[test]
fn check_80_trouble_that_may_pass_is_retried_and_a_refusal_is_not() {
    let mut rig = Rig::live_authorized(&[]);
    sign_in(&mut rig, "me");
    rig.answer_user(Err(unavailable()));
    assert_eq!(rig.story(), ["auth_unavailable true"]);
    rig.pass(secs(2));
    rig.answer_user(Err(AuthError::Refused { status: Some(403), text: String::new() }));
    rig.reconnect();
    assert_eq!((rig.asked.len(), rig.machine.status().sign_in), (0, SignIn::Failed));
    rig.step(Input::AuthorizeAgain);
    authorize_user(&mut rig);
}

#[test]
fn check_80_answers_that_name_nobody_do_no_harm() {
    for data in
        ["{}", r#"{"user_data":7}"#, r#"{"user_data":"{"}"#, r#"{"user_data":"{\"id\":null}"}"#, "null"]
    {
        let mut rig = Rig::live_authorized(&[]);
        sign_in(&mut rig, "me");
        authorize_user(&mut rig);
        rig.text(&format!(r#"{{"event":"pusher:signin_success","data":{data}}}"#));
        assert_eq!(
            (rig.state(), rig.story()),
            (State::Connected, vec!["sign_in_refused false".into()]),
            "{data}"
        );
    }
    let mut rig = Rig::live_authorized(&[]);
    rig.text(SUCCESS);
    assert_eq!((rig.story().len(), rig.machine.status().sign_in), (0, SignIn::Out));
}

#[test]
fn check_81_signing_out_replaces_the_connection_and_forgets_everything_personal() {
    let mut rig = signed_in();
    rig.step(Input::Subscribe(channel("private-pending")));
    rig.forget();
    rig.step(Input::SignOut);
    assert_eq!((rig.closes.as_slice(), rig.users_changed), ([1000].as_slice(), 1));
    assert_eq!((rig.asked.len(), rig.machine.status().channels), (0, 1));
    assert_eq!(rig.machine.status().sign_in, SignIn::Out);
    assert!(rig.machine.members("presence-b").is_none());
    assert!(rig.wait_for_attempt() <= secs(1));
    rig.greet();
    rig.acknowledge("news");
    for personal in ["private-a", "presence-b", "#server-to-user-me"] {
        rig.acknowledge(personal);
        rig.publish(personal, "for-a");
    }
    assert_eq!((rig.questions.len(), rig.sent.len(), rig.story()), (0, 1, vec!["gap news".into()]));
}

#[test]
fn check_81_signing_another_user_in_signs_the_first_one_out() {
    let mut rig = signed_in();
    let stale = {
        rig.step(Input::Subscribe(channel("private-pending")));
        rig.asked[0].clone()
    };
    rig.forget();
    sign_in(&mut rig, "b");
    assert_eq!((rig.closes.as_slice(), rig.users_changed), ([1000].as_slice(), 1));
    rig.wait_for_attempt();
    rig.greet_with(r#"{"socket_id":"2.2"}"#);
    rig.step(Input::Authorized { ticket: stale.0, result: Ok(granted(&stale.1)) });
    let answer = AuthAnswer { user_data: Some(r#"{"id":"b"}"#.into()), ..AuthAnswer::new("key:of-b") };
    rig.answer_user(Ok(answer));
    rig.text(r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"b\"}"}}"#);
    rig.publish("#server-to-user-me", "for-a");
    assert_eq!((rig.sent("server-to-user-b"), rig.sent("server-to-user-me")), (1, 0));
    assert_eq!((rig.sent("private-"), rig.sent("presence-"), rig.events().len()), (0, 0, 0));
}

#[test]
fn check_81_signing_out_without_a_connection_forgets_as_well() {
    let mut rig = signed_in();
    rig.forget();
    rig.step(Input::Disconnect);
    rig.step(Input::SignOut);
    assert_eq!((rig.state(), rig.machine.status().channels, rig.users_changed), (State::Off, 1, 1));
    rig.step(Input::Connect);
    rig.greet();
    assert!(rig.questions.is_empty());
}

#[test]
fn signing_in_twice_asks_once() {
    let mut rig = signed_in();
    rig.forget();
    sign_in(&mut rig, "me");
    assert_eq!((rig.asked.len(), rig.sent.len(), rig.closes.len()), (0, 0, 0));
}

#[test]
fn events_of_the_user_keep_their_data() {
    let mut rig = signed_in();
    rig.publish_data("#server-to-user-me", "x", r#""plain""#);
    assert_eq!(rig.events()[0].data, Data::Text("plain".into()));
}
