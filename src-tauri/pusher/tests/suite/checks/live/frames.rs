//! Section G.

use std::time::Duration;

use futures_util::SinkExt;
use pusher::{CauseKind, Config, GapCause, Notice, State};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;

use super::{Peer, Server, Subject};

/// Makes a server's text frame, or a part of one.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        length @ 0..126 => bytes.push(u8::try_from(length).unwrap()),
        length => {
            bytes.push(126);
            bytes.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    bytes.extend(payload);
    bytes
}

#[tokio::test]
async fn check_88_a_binary_frame_is_ignored() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    peer.socket.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    peer.publish("news", "after").await;
    subject.hears("after").await;
    assert_eq!(subject.client.status().counters.binary, 1);
}

/// Returns the close code of the client.
async fn leaves_with(peer: &mut Peer) -> u16 {
    loop {
        match peer.next().await {
            Some(Message::Close(Some(frame))) => return frame.code.into(),
            Some(_) => {}
            None => panic!("the client left without a close frame"),
        }
    }
}

#[tokio::test]
async fn check_89_invalid_utf8_closes_with_1007_and_reconnects() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    peer.raw(&frame(0x81, &[b'"', 0xff, 0xfe, b'"'])).await;
    assert_eq!(leaves_with(&mut peer).await, 1007);
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::InvalidUtf8);
    subject.passes_into(State::Connecting).await;
    server.accept_and_greet().await.confirm("news").await;
}

#[tokio::test]
async fn check_90_a_frame_that_announces_four_gigabytes_is_refused_by_its_header() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    let mut header = vec![0x81, 127];
    header.extend(4_294_967_296u64.to_be_bytes());
    peer.raw(&header).await;
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::FrameTooLarge);
}

#[tokio::test]
async fn check_90_a_frame_just_over_the_limit_is_refused_and_one_below_is_not() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    let event = |size: usize| format!(r#"{{"event":"big","channel":"news","data":"{}"}}"#, "x".repeat(size));
    peer.send(&event(1_000_000)).await;
    subject.hears("big").await;
    let too_big = event(1_100_000);
    // The client hangs up in the middle, so sending may fail.
    let _ = peer.socket.send(Message::text(too_big)).await;
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::FrameTooLarge);
}

#[tokio::test]
async fn check_90_an_endless_run_of_fragments_is_cut_at_the_limit() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    let part = [b'x'; 60_000];
    peer.raw(&frame(0x01, &part)).await;
    let mut sent = part.len();
    while sent < 100 * part.len() && peer.socket.get_mut().write_all(&frame(0x00, &part)).await.is_ok() {
        sent += part.len();
    }
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::FrameTooLarge);
}

#[tokio::test]
async fn check_91_fragments_with_pings_in_between_make_one_event() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    let text = br#"{"event":"split","channel":"news","data":"{}"}"#;
    let mut bytes = frame(0x01, &text[..7]);
    for part in text[7..text.len() - 3].chunks(5) {
        bytes.extend(frame(0x89, b"hi"));
        bytes.extend(frame(0x00, part));
    }
    bytes.extend(frame(0x80, &text[text.len() - 3..]));
    for byte in bytes {
        peer.raw(&[byte]).await;
    }
    subject.hears("split").await;
}

#[tokio::test]
async fn check_91_two_hundred_events_in_one_segment_keep_their_order() {
    let server = Server::start().await;
    let (mut subject, mut peer) = Subject::live(&server, "news").await;
    let bytes: Vec<u8> = (0..200)
        .flat_map(|n| frame(0x81, format!(r#"{{"event":"e{n}","channel":"news"}}"#).as_bytes()))
        .collect();
    peer.raw(&bytes).await;
    for n in 0..200 {
        subject.hears(&format!("e{n}")).await;
    }
}

#[tokio::test]
async fn check_92_and_98_twenty_thousand_events_arrive_in_order() {
    let server = Server::start().await;
    let config = Config { queue: 20_000, ..server.config() };
    let (mut subject, mut peer) = Subject::live_with(&server, config, "news").await;
    let sender = tokio::spawn(async move {
        for n in 0..20_000 {
            peer.socket.feed(Message::text(format!(r#"{{"event":"e{n}","channel":"news"}}"#))).await.unwrap();
        }
        peer.socket.flush().await.unwrap();
        peer
    });
    for n in 0..20_000 {
        subject.hears(&format!("e{n}")).await;
    }
    drop(sender.await.unwrap());
}

#[tokio::test(flavor = "current_thread")]
async fn check_98_a_burst_does_not_overflow_the_queue_of_a_consumer_on_the_same_thread() {
    let server = Server::start().await;
    let config = Config { queue: 256, ..server.config() };
    let (mut subject, peer) = Subject::live_with(&server, config, "news").await;
    let burst = frame(0x81, br#"{"event":"x","channel":"news"}"#).repeat(8000);
    let mut tcp = peer.socket.into_inner().into_std().unwrap();
    tcp.set_nonblocking(false).unwrap();
    let (written, all_is_written) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        std::io::Write::write_all(&mut tcp, &burst).unwrap();
        written.send(tcp)
    });
    // The client's thread pauses until the system holds the whole burst, or can hold no more.
    let _open = all_is_written.recv_timeout(Duration::from_secs(2));
    for _ in 0..8000 {
        subject.hears("x").await;
    }
}

#[tokio::test]
async fn check_96_a_slow_consumer_gets_a_gap_with_the_exact_count() {
    let server = Server::start().await;
    let config = Config { queue: 16, ..server.config() };
    let (mut subject, mut peer) = Subject::live_with(&server, config, "news").await;
    for _ in 0..1000 {
        peer.publish("news", "x").await;
    }
    peer.send(r#"{"event":"pusher:ping"}"#).await;
    peer.expect("pusher:pong").await;
    let mut received = 0;
    let gap = loop {
        match subject.reported().await {
            Notice::Event(_) => received += 1,
            Notice::Gap(gap) => break gap,
            other => panic!("{other:?}"),
        }
    };
    assert!(received <= 16, "{received} events were kept");
    assert_eq!((gap.missed, gap.cause), (Some(1000 - received), GapCause::Overflow));
    assert_eq!(subject.client.status().counters.overflowed, 1000 - received);
    peer.publish("news", "after").await;
    subject.hears("after").await;
    assert!(subject.client.status().is_connected());
}
