//! Section A.

use pusher::{CauseKind, Clock, Config, Endpoint, Phase, State};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::{Server, Subject};
use crate::checks::rig::{START, secs};

#[tokio::test]
async fn check_01_the_request_names_key_protocol_client_and_version() {
    let server = Server::start().await;
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{}/prefix", server.port())).unwrap();
    let config = Config {
        client_name: "desk".into(),
        client_version: "1.2".into(),
        ..Config::new("the-key", endpoint)
    };
    let _subject = Subject::start(config);
    let peer = server.accept().await;
    assert_eq!(peer.uri, "/prefix/app/the-key?protocol=7&client=desk&version=1.2");
}

#[tokio::test]
async fn check_06_an_upgraded_socket_that_stays_silent_is_given_up() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    let _peer = server.accept().await;
    let status = subject.passes_into(State::Waiting).await;
    let cause = status.last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::OpenTimeout, Phase::Greeting));
    assert!(subject.clock.wall() - START <= secs(11));
}

#[tokio::test]
async fn check_07_a_server_that_never_answers_the_upgrade_is_given_up() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    let _silent = server.accept_tcp().await;
    let cause = subject.passes_into(State::Waiting).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::OpenTimeout, Phase::Upgrade));
}

#[tokio::test]
async fn check_07_a_server_that_drips_headers_is_given_up() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    let mut slow = server.accept_tcp().await;
    for byte in b"HTTP/1.1" {
        slow.write_u8(*byte).await.unwrap();
        subject.clock.advance(secs(1));
    }
    let cause = subject.passes_into(State::Waiting).await.last_cause.unwrap();
    assert_eq!(cause.kind, CauseKind::OpenTimeout);
    assert!(subject.clock.wall() - START <= secs(11));
}

#[tokio::test]
async fn check_08_a_name_that_does_not_exist_is_told_as_such() {
    let endpoint = Endpoint::from_host("ws://no-such-host.invalid").unwrap();
    let mut subject = Subject::start(Config::new("key", endpoint));
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::NameResolution, Phase::Resolve));
    assert!(cause.text.contains("no-such-host.invalid"), "{}", cause.text);
}

#[tokio::test]
async fn check_10_a_server_that_comes_back_is_found_again() {
    let server = Server::start().await;
    let (config, port) = (server.config(), server.port());
    drop(server);
    let mut subject = Subject::start(config);
    subject.client.subscribe("news").unwrap();
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::ConnectionRefused, Phase::Connect));
    let server = Server { listener: TcpListener::bind(("127.0.0.1", port)).await.unwrap() };
    subject.passes_into(State::Connecting).await;
    let mut peer = server.accept_and_greet().await;
    peer.confirm("news").await;
    subject.reaches(State::Connected).await;
}

#[tokio::test]
async fn check_14_an_http_answer_is_reported_with_its_status() {
    for (head, code) in [
        ("404 Not Found", 404),
        ("401 Unauthorized", 401),
        ("403 Forbidden", 403),
        ("200 OK", 200),
        ("302 Found\r\nLocation: ws://127.0.0.1:1/", 302),
    ] {
        let server = Server::start().await;
        let mut subject = Subject::start(server.config());
        server.answer(&format!("HTTP/1.1 {head}\r\nContent-Length: 2\r\n\r\nno")).await;
        let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
        assert_eq!((cause.kind, cause.code), (CauseKind::HttpStatus, Some(code)), "{head}");
    }
}

#[tokio::test]
async fn check_14_retry_after_is_read_as_seconds_and_as_a_date() {
    // The clock of the tests starts at 2027-01-15 08:00:00.
    for (header, expected) in [("120", secs(120)), ("Fri, 15 Jan 2027 08:01:00 GMT", secs(60))] {
        let server = Server::start().await;
        let mut subject = Subject::start(server.config());
        server.answer(&format!("HTTP/1.1 503 Busy\r\nRetry-After: {header}\r\n\r\n")).await;
        let status = subject.reaches(State::Waiting).await;
        assert_eq!(status.last_cause.unwrap().retry_after, Some(expected), "{header}");
        let next = status.next_attempt_at.unwrap();
        assert!(next >= START + expected && next <= START + expected + secs(1), "{header}");
    }
}

#[tokio::test]
async fn check_15_hang_ups_after_the_upgrade_end_in_a_hint() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    for _ in 0..3 {
        subject.passes_into(State::Connecting).await;
        drop(server.accept().await);
        subject.reaches(State::Waiting).await;
    }
    let cause = subject.client.status().last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::RejectedBeforeGreeting, Phase::Greeting));
    assert!(cause.text.contains("check key and cluster"), "{}", cause.text);
}

#[tokio::test]
async fn check_16_connecting_twice_makes_one_connection() {
    let server = Server::start().await;
    let mut subject = Subject::start(server.config());
    subject.client.connect();
    subject.client.clone().connect();
    let _peer = server.accept_and_greet().await;
    subject.reaches(State::Connected).await;
    subject.client.connect();
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn check_09_every_address_of_a_name_is_tried() {
    // On most machines `localhost` has an IPv6 address as well, at which no server listens here.
    let server = Server::start().await;
    let endpoint = Endpoint::from_host(&format!("ws://localhost:{}", server.port())).unwrap();
    let mut subject = Subject::start(Config { endpoint, ..server.config() });
    let _peer = server.accept_and_greet().await;
    subject.reaches(State::Connected).await;
}
