//! Section F over real sockets: channels.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pusher::{AuthError, ChannelFailure, Headers, HttpSession, Notice, Secret};

use super::endpoint::Authority;
use super::{Server, Subject};
use crate::checks::rig::secs;
use crate::checks::sign;

/// Returns no headers.
fn nobody() -> Headers {
    Headers::new()
}

/// Returns the failure of the next channel, and whether it is tried again.
async fn failure(subject: &mut Subject) -> (AuthError, bool) {
    match subject.reported().await {
        Notice::ChannelFailed(failed) => match failed.reason {
            ChannelFailure::Authorization(error) => (error, failed.retrying),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn check_70_the_question_is_a_form_with_the_programs_headers_of_now() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let asked = AtomicUsize::new(0);
    let session = move || {
        let token = format!("Token {}", asked.fetch_add(1, Ordering::SeqCst));
        vec![("Authorization".to_owned(), Secret::new(token))]
    };
    let mut subject = Subject::start(authority.config(&server, session));
    subject.client.subscribe("private-a=b").unwrap();
    let mut peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    assert_eq!(question.request, "POST /channels HTTP/1.1");
    assert_eq!(question.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(question.headers["accept"], "application/json");
    assert_eq!(question.headers["authorization"], "Token 0");
    let form: Vec<(&str, &str)> = question.form.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(form, [("channel_name", "private-a=b"), ("socket_id", "1.1")]);
    let auth = question.allow().await;
    peer.confirm_authorized("private-a=b", &auth, "{}").await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    subject.client.subscribe("private-second").unwrap();
    assert_eq!(authority.asked().await.headers["authorization"], "Token 1");
}

#[tokio::test]
async fn check_68_five_hundred_private_channels_need_eight_connections() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    for n in 0..500 {
        subject.client.subscribe(&format!("private-{n}")).unwrap();
    }
    let counted = authority.sign_everything();
    let mut peer = server.accept_and_greet().await;
    for n in 0..500 {
        // Answers may overtake one another.
        let frame = peer.next().await.expect("a frame").into_text().unwrap();
        let frame: serde_json::Value = serde_json::from_str(&frame).unwrap();
        let name = frame["data"]["channel"].as_str().unwrap();
        assert_eq!(frame["data"]["auth"], sign::channel("1.1", name), "{n}");
        let event = "pusher_internal:subscription_succeeded";
        peer.send(&format!(r#"{{"event":"{event}","channel":"{name}","data":"{{}}"}}"#)).await;
    }
    for _ in 0..500 {
        assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    }
    let (connections, most) =
        (counted.connections.load(Ordering::SeqCst), counted.most_at_once.load(Ordering::SeqCst));
    assert!(connections <= 8 && most <= 8, "{connections} connections, {most} at once");
    assert_eq!(counted.questions.load(Ordering::SeqCst), 500);
}

#[tokio::test]
async fn check_72_a_403_is_told_with_its_text_and_not_repeated() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    subject.client.subscribe("private-a").unwrap();
    let mut peer = server.accept_and_greet().await;
    authority.asked().await.answer("403 Forbidden", r#"{"detail":"not your room"}"#).await;
    let refused = AuthError::Refused { status: Some(403), text: "not your room".into() };
    assert_eq!(failure(&mut subject).await, (refused, false));
    subject.client.subscribe("private-b").unwrap();
    let auth = authority.asked().await.allow().await;
    peer.confirm_authorized("private-b", &auth, "{}").await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    assert_eq!(subject.client.status().counters.authorizations, 2);
}

struct Renewable(Arc<AtomicUsize>);

impl HttpSession for Renewable {
    fn headers(&self) -> BoxFuture<'_, Result<Headers, AuthError>> {
        let token = format!("token-{}", self.0.load(Ordering::SeqCst));
        async move { Ok(vec![("x-token".to_owned(), Secret::new(token))]) }.boxed()
    }

    fn renew(&self) -> BoxFuture<'_, Result<(), AuthError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        async { Ok(()) }.boxed()
    }
}

#[tokio::test]
async fn check_73_a_401_renews_the_session_and_asks_once_more() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let renewals = Arc::new(AtomicUsize::new(0));
    let mut subject = Subject::start(authority.config(&server, Renewable(Arc::clone(&renewals))));
    subject.client.subscribe("private-a").unwrap();
    let mut peer = server.accept_and_greet().await;
    authority.asked().await.answer("401 Unauthorized", "").await;
    let question = authority.asked().await;
    assert_eq!(question.headers["x-token"], "token-1");
    let auth = question.allow().await;
    peer.confirm_authorized("private-a", &auth, "{}").await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, Renewable(Arc::clone(&renewals))));
    subject.client.subscribe("private-a").unwrap();
    let _peer = server.accept_and_greet().await;
    authority.asked().await.answer("401 Unauthorized", "").await;
    authority.asked().await.answer("401 Unauthorized", "no").await;
    let expired = AuthError::Unauthenticated { text: "no".into() };
    assert_eq!(failure(&mut subject).await, (expired, false));
    assert_eq!(subject.reported().await, Notice::SessionExpired);
    assert_eq!(renewals.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn check_74_trouble_of_the_endpoint_is_retried_without_dropping_the_socket() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    subject.client.subscribe("private-a").unwrap();
    let mut peer = server.accept_and_greet().await;
    for status in [500, 502, 503, 429, 408] {
        authority.asked().await.answer(&format!("{status} Trouble"), "<html>").await;
        let (error, retrying) = failure(&mut subject).await;
        let expected =
            AuthError::Unavailable { status: Some(status), text: String::new(), retry_after: None };
        assert_eq!((error, retrying), (expected, true));
        subject.advance(30);
        // The client may have sent a ping meanwhile.
        peer.send(r#"{"event":"pusher:pong"}"#).await;
    }
    authority.asked().await.answer_with("503 Busy", "Retry-After: 7", "").await;
    let (error, _) = failure(&mut subject).await;
    assert!(matches!(error, AuthError::Unavailable { retry_after: Some(wait), .. } if wait == secs(7)));
    subject.advance(30);
    peer.send(r#"{"event":"pusher:pong"}"#).await;
    // The server hangs up without an answer.
    drop(authority.asked().await);
    let (error, retrying) = failure(&mut subject).await;
    assert!(retrying && error.to_string().contains("broke"), "{error}");
    subject.advance(30);
    let auth = authority.asked().await.allow().await;
    loop {
        let frame = peer.next().await.expect("the same socket").into_text().unwrap();
        if frame.contains("pusher:subscribe") {
            assert!(frame.contains(&auth));
            break;
        }
    }
    assert_eq!(subject.client.status().counters.attempts, 1);
}

#[tokio::test]
async fn check_74_nobody_at_the_address_of_the_endpoint_is_retried() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let config = authority.config(&server, nobody);
    drop(authority);
    let mut subject = Subject::start(config);
    subject.client.subscribe("private-a").unwrap();
    let _peer = server.accept_and_greet().await;
    let (error, retrying) = failure(&mut subject).await;
    assert!(retrying, "{error}");
    assert_eq!(error, AuthError::unavailable("no connection to it"));
}

#[tokio::test]
async fn check_75_an_endpoint_that_hangs_is_given_up_after_ten_seconds() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    subject.client.subscribe("private-a").unwrap();
    let _peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    subject.advance(9);
    subject.advance(1);
    assert!(failure(&mut subject).await.1);
    question.abandoned().await;
    subject.advance(2);
    authority.asked().await;
}

#[tokio::test]
async fn check_76_answers_that_are_none_fail_their_channel_with_the_cause() {
    let bad = [
        ("200 OK", "<!doctype html><p>Please sign in", "the answer is a web page"),
        ("200 OK", "", "the answer is empty"),
        ("200 OK", "{}", "there is no `auth` in the answer"),
        ("200 OK", r#"{"auth":7}"#, "`auth` in the answer is not a text"),
        ("302 Found", "", "status 302, which is not followed"),
    ];
    for (status, body, cause) in bad {
        let (server, authority) = (Server::start().await, Authority::start().await);
        let mut subject = Subject::start(authority.config(&server, nobody));
        subject.client.subscribe("private-a").unwrap();
        let _peer = server.accept_and_greet().await;
        authority.asked().await.answer_with(status, "Location: http://127.0.0.1:9/", body).await;
        assert_eq!(failure(&mut subject).await, (AuthError::BadAnswer { text: cause.into() }, false));
        assert!(subject.client.status().is_connected());
    }
}

#[tokio::test]
async fn check_76_an_answer_without_an_end_is_read_up_to_a_limit() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    subject.client.subscribe("private-a").unwrap();
    let _peer = server.accept_and_greet().await;
    let written = tokio::spawn(authority.asked().await.answer_for_ever());
    let (error, retrying) = failure(&mut subject).await;
    assert_eq!((error, retrying), (AuthError::BadAnswer { text: "it is longer than 64 kB".into() }, false));
    // The buffers of the two sockets come on top.
    assert!(written.await.unwrap() < 40 << 20);
}

#[tokio::test]
async fn check_77_an_answer_that_comes_after_a_reconnect_is_never_sent() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, nobody));
    subject.client.subscribe("private-a").unwrap();
    let peer = server.accept_and_greet().await;
    let stale = authority.asked().await;
    drop(peer);
    subject.reaches(pusher::State::Waiting).await;
    subject.passes_into(pusher::State::Connecting).await;
    let mut peer = server.accept().await;
    peer.greet_as("2.2").await;
    let question = authority.asked().await;
    assert_eq!((stale.socket_id(), question.socket_id()), ("1.1", "2.2"));
    stale.allow().await;
    let auth = question.allow().await;
    assert_eq!(auth, sign::channel("2.2", "private-a"));
    peer.confirm_authorized("private-a", &auth, "{}").await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
}

#[tokio::test]
async fn without_an_authorizer_a_private_channel_is_refused_on_the_spot() {
    let server = Server::start().await;
    let subject = Subject::start(server.config());
    let error = subject.client.subscribe("presence-a").unwrap_err();
    assert_eq!(error.code(), "channel_needs_authorizer");
    let words =
        "presence channels need authorization, but no authorizer is set in the settings of the client";
    assert_eq!(error.to_string(), words);
}
