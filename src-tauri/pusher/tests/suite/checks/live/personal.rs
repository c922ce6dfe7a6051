//! Sections F and H over real sockets: users, presence, client events.

use pusher::{CauseKind, Config, Headers, Notice, SignIn, State, Timing, TriggerError};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::endpoint::Authority;
use super::{Peer, Server, Subject, within};
use crate::checks::rig::channel;
use crate::checks::sign;

/// Makes a client with a confirmed private channel.
async fn on_private(server: &Server, authority: &Authority, config: Config) -> (Subject, Peer) {
    let mut subject = Subject::start(config);
    subject.client.subscribe("private-a").unwrap();
    let mut peer = server.accept_and_greet().await;
    let auth = authority.asked().await.allow().await;
    peer.confirm_authorized("private-a", &auth, "{}").await;
    assert_eq!(subject.reported().await, Notice::Subscribed { channel: channel("private-a") });
    (subject, peer)
}

#[tokio::test]
async fn check_79_a_user_signs_in_over_http_and_is_told_things_on_a_channel_of_its_own() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, Headers::new));
    subject.client.sign_in("12345");
    let mut peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    assert_eq!((question.request.as_str(), question.form.len()), ("POST /users HTTP/1.1", 1));
    let data = r#"{"id":"12345"}"#;
    let auth = sign::user(question.socket_id(), data);
    question.answer("200 OK", &json!({"auth": auth, "user_data": data}).to_string()).await;
    peer.expect(&format!(r#""pusher:signin","data":{{"auth":"{auth}","user_data":"{{\"id\":\"12345\"}}""#))
        .await;
    let success = json!({"event": "pusher:signin_success", "data": json!({"user_data": data}).to_string()});
    peer.send(&success.to_string()).await;
    let Notice::SignedIn(user) = subject.reported().await else { panic!("nobody is signed in") };
    assert_eq!((user.id.as_str(), subject.client.status().sign_in), ("12345", SignIn::In));
    peer.confirm("#server-to-user-12345").await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    peer.publish("#server-to-user-12345", "for-you").await;
    subject.hears("for-you").await;
}

#[tokio::test]
async fn check_81_after_a_user_change_nothing_of_the_first_user_reaches_the_second() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let config = authority.config(&server, Headers::new);
    let (mut subject, mut peer) = on_private(&server, &authority, config).await;
    // Some of these are already at the consumer, some on the way.
    for _ in 0..100 {
        peer.publish("private-a", "for-a").await;
    }
    subject.hears("for-a").await;
    subject.client.sign_out();
    for _ in 0..100 {
        // The client may have left.
        let event = r#"{"event":"for-a","channel":"private-a","data":"{}"}"#;
        let _ = peer.socket.get_mut().try_write(b"");
        let _ = futures_util::SinkExt::send(&mut peer.socket, Message::text(event)).await;
    }
    subject.client.subscribe("private-b").unwrap();
    loop {
        match peer.next().await {
            Some(Message::Close(Some(frame))) => break assert_eq!(u16::from(frame.code), 1000),
            Some(_) => {}
            None => panic!("the client left without a word"),
        }
    }
    subject.passes_into(State::Connecting).await;
    let mut peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    assert_eq!(question.form["channel_name"], "private-b");
    let auth = question.allow().await;
    peer.confirm_authorized("private-b", &auth, "{}").await;
    peer.publish("private-a", "for-a").await;
    peer.publish("private-b", "for-b").await;
    assert_eq!(subject.reported().await, Notice::Subscribed { channel: channel("private-b") });
    subject.hears("for-b").await;
}

#[tokio::test]
async fn check_100_and_101_the_members_can_be_read_at_any_time() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let mut subject = Subject::start(authority.config(&server, Headers::new));
    subject.client.subscribe("presence-room").unwrap();
    assert!(subject.client.members("presence-room").await.is_none());
    let mut peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    let data = r#"{"user_id":10,"user_info":{"name":"Mr. Pusher"}}"#;
    let auth = sign::presence("1.1", "presence-room", data);
    question.answer("200 OK", &json!({"auth": auth, "channel_data": data}).to_string()).await;
    let table = json!({"presence": {"ids": ["10"], "hash": {"10": {"name": "Mr. Pusher"}}, "count": 1}});
    peer.confirm_authorized("presence-room", &auth, &json!(table.to_string()).to_string()).await;
    assert!(matches!(subject.reported().await, Notice::Subscribed { .. }));
    let Notice::Presence(change) = subject.reported().await else { panic!("the table is missing") };
    assert_eq!((change.joined.len(), change.joined[0].id.as_str()), (1, "10"));
    let members = subject.client.members("presence-room").await.unwrap();
    assert_eq!((members.me(), members.is_stale()), (Some("10"), false));
    drop(peer);
    subject.reaches(State::Waiting).await;
    let members = subject.client.members("presence-room").await.unwrap();
    assert_eq!((members.len(), members.is_stale()), (1, true));
}

#[tokio::test]
async fn check_106_a_client_event_is_sent_or_refused_with_the_reason() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let config = authority.config(&server, Headers::new);
    let (subject, mut peer) = on_private(&server, &authority, config).await;
    let client = &subject.client;
    assert_eq!(client.trigger("private-a", "client-x", json!({"a": 1})).await, Ok(()));
    peer.expect(r#"{"event":"client-x","channel":"private-a","data":{"a":1}}"#).await;
    assert_eq!(client.trigger("private-a", "x", json!({})).await, Err(TriggerError::Name));
    assert!(matches!(client.trigger("a b", "client-x", json!({})).await, Err(TriggerError::Channel(_))));
    client.disconnect();
    assert_eq!(client.trigger("private-a", "client-x", json!({})).await, Err(TriggerError::NotConnected));
}

#[tokio::test]
async fn check_108_a_stalled_socket_bounds_what_is_sent_and_nothing_is_repeated() {
    let (server, authority) = (Server::start().await, Authority::start().await);
    let timing = Timing { client_event_limit: 1_000_000, ..Timing::default() };
    let config = Config { timing, ..authority.config(&server, Headers::new) };
    let (mut subject, stalled) = on_private(&server, &authority, config).await;
    let data = json!("x".repeat(10_000));
    let mut sent = 0;
    let error = loop {
        let sending = subject.client.trigger("private-a", "client-x", data.clone());
        match within("an answer", sending).await {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        // The buffers of the operating system take some megabytes, the client's half of one.
        assert!(sent < 3000, "{sent} events went nowhere");
    };
    assert_eq!(error, TriggerError::Stalled);
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::WriteStalled);
    drop(stalled);
    subject.passes_into(State::Connecting).await;
    let mut peer = server.accept_and_greet().await;
    let auth = authority.asked().await.allow().await;
    peer.confirm_authorized("private-a", &auth, "{}").await;
    assert!(matches!(subject.reported().await, Notice::Gap(_)));
    peer.send(r#"{"event":"pusher:ping"}"#).await;
    peer.expect("pusher:pong").await;
}
