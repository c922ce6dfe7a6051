//! Sections B and C.

use futures_util::SinkExt;
use pusher::{CauseKind, Clock, GapCause, Notice, State};
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::{Server, Subject, within};
use crate::checks::rig::{START, secs};

fn close(code: u16, reason: &'static str) -> Message {
    Message::Close(Some(CloseFrame { code: code.into(), reason: reason.into() }))
}

#[tokio::test]
async fn check_17_a_final_code_stops_the_client_and_is_told() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    peer.socket.send(close(4001, "no such app")).await.unwrap();
    let cause = subject.reaches(State::Refused).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.code), (CauseKind::Closed, Some(4001)));
    assert!(cause.text.contains("no such app"), "{}", cause.text);
    subject.advance(600);
    assert!(server.is_alone().await);
    subject.client.retry_now();
    let _peer = server.accept_and_greet().await;
    subject.reaches(State::Connected).await;
}

#[tokio::test]
async fn check_22_and_94_after_4200_the_channel_is_back_with_a_gap() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    peer.socket.send(close(4200, "")).await.unwrap();
    subject.reaches(State::Waiting).await;
    subject.passes_into(State::Connecting).await;
    assert!(subject.clock.wall() - START <= secs(1));
    let mut peer = server.accept_and_greet().await;
    peer.expect("pusher:subscribe").await;
    peer.publish("news", "first").await;
    peer.send(r#"{"event":"pusher_internal:subscription_succeeded","channel":"news"}"#).await;
    let Notice::Gap(gap) = subject.reported().await else { panic!("the gap comes first") };
    assert_eq!((gap.cause, &*gap.channel), (GapCause::LinkLost, "news"));
    subject.hears("first").await;
}

#[tokio::test]
async fn check_54_every_change_is_told_and_wakes_who_watches() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    let mut watch = subject.client.status_watch();
    subject.client.subscribe("news").unwrap();
    within("the wish", watch.wait_for(|status| status.channels == 1)).await.unwrap();
    let mut peer = server.accept_and_greet().await;
    peer.confirm("news").await;
    within("the confirmation", watch.wait_for(|status| status.confirmed == 1)).await.unwrap();
    subject.client.unsubscribe("news");
    within("the end of it", watch.wait_for(|status| status.channels == 0)).await.unwrap();
    drop(peer);
    within("the loss", watch.wait_for(|status| status.state == State::Waiting)).await.unwrap();
    subject.client.disconnect();
    let mut reported = Vec::new();
    while reported.last() != Some(&State::Off) {
        match within("a notice", subject.events.next()).await.unwrap() {
            Notice::State(status) => {
                let reason = status.last_cause.is_some() && status.next_attempt_at.is_some();
                assert_eq!(reason, status.state == State::Waiting, "{status:?}");
                reported.push(status.state);
            }
            notice => assert!(matches!(notice, Notice::Subscribed { .. }), "{notice:?}"),
        }
    }
    assert_eq!(reported, [State::Connecting, State::Connected, State::Waiting, State::Off]);
}

#[tokio::test]
async fn check_27_the_ways_to_end_are_told_apart() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    peer.socket.send(Message::Close(None)).await.unwrap();
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.code), (CauseKind::Closed, None));

    let (mut subject, peer) = Subject::live(&Server::start().await, "news").await;
    drop(peer);
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::EndOfStream);

    let (mut subject, mut peer) = Subject::live(&Server::start().await, "news").await;
    peer.raw(&[0x81, 20, b'{']).await;
    peer.socket.get_ref().set_zero_linger().unwrap();
    drop(peer);
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::Reset);
}

#[tokio::test]
async fn check_28_a_peer_that_never_answers_the_close_is_dropped() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    subject.client.disconnect();
    subject.reaches(State::Off).await;
    // Reads past the WebSocket library, which would answer.
    let tcp = peer.socket.get_mut();
    let mut frame = [0; 8];
    within("the close frame", tcp.read_exact(&mut frame)).await.unwrap();
    assert_eq!(frame[0], 0x88);
    subject.advance(2);
    assert_eq!(within("the end", tcp.read(&mut frame)).await.unwrap(), 0);
}

#[tokio::test]
async fn check_29_a_killed_socket_is_noticed_without_any_timer() {
    let server = Server::start().await;
    let (mut subject, peer) = Subject::live(&server, "news").await;
    drop(peer);
    let status = subject.reaches(State::Waiting).await;
    assert_eq!(status.socket_id, None);
}

#[tokio::test]
async fn check_32_a_user_disconnect_closes_with_1000() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    subject.client.disconnect();
    match peer.next().await {
        Some(Message::Close(Some(frame))) => assert_eq!(u16::from(frame.code), 1000),
        other => panic!("{other:?}"),
    }
    subject.reaches(State::Off).await;
    subject.advance(120);
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn dropping_every_handle_closes_the_link_and_ends_the_events() {
    let server = Server::start().await;
    let (subject, mut peer) = Subject::live(&server, "news").await;
    let Subject { client, mut events, .. } = subject;
    drop(client);
    assert!(matches!(peer.next().await, Some(Message::Close(_))));
    drop(peer);
    while within("the end", events.next()).await.is_some() {}
}

#[tokio::test]
async fn check_35_and_36_a_server_gone_deaf_is_noticed_and_replaced() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    subject.advance(30);
    peer.expect("pusher:ping").await;
    subject.passes_into(State::Waiting).await;
    assert!(subject.clock.wall() - START <= secs(45));
    assert_eq!(subject.client.status().last_cause.unwrap().kind, CauseKind::PingTimeout);
    subject.passes_into(State::Connecting).await;
    server.accept_and_greet().await.confirm("news").await;
    assert!(matches!(subject.reported().await, Notice::Gap(_)));
}

#[tokio::test]
async fn check_37_a_ping_is_answered_while_the_consumer_is_blocked() {
    let server = Server::start().await;
    let (_not_reading, mut peer) = Subject::live(&server, "news").await;
    for _ in 0..10_000 {
        peer.publish("news", "flood").await;
    }
    peer.send(r#"{"event":"pusher:ping"}"#).await;
    peer.expect("pusher:pong").await;
}

#[tokio::test]
async fn check_38_a_websocket_ping_is_answered_with_its_payload() {
    let server = Server::start().await;
    let (_subject, mut peer) = Subject::live(&server, "news").await;
    let ping = Message::Ping(b"payload".to_vec().into());
    peer.socket.send(ping).await.unwrap();
    assert_eq!(peer.next().await, Some(Message::Pong(b"payload".to_vec().into())));
}

#[tokio::test]
async fn check_40_after_a_sleep_the_link_is_proven_within_seconds() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    subject.clock.suspend(secs(300));
    subject.advance(1);
    peer.expect("pusher:ping").await;
    peer.send(r#"{"event":"pusher:pong"}"#).await;
    let Notice::Gap(gap) = subject.reported().await else { panic!("a gap is due") };
    assert_eq!(gap.cause, GapCause::Slept);
}

#[tokio::test]
async fn check_42_a_network_change_is_probed_and_a_dead_link_replaced() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    subject.client.network_changed();
    peer.expect("pusher:ping").await;
    subject.passes_into(State::Waiting).await;
    assert!(subject.clock.wall() - START <= secs(6));
}
