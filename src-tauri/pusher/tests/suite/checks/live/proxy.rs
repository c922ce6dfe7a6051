//! Check 13: a scripted proxy on the loopback, and servers whose names only that proxy resolves.

use std::process::Command;
use std::sync::Arc;

use futures_util::SinkExt;
use pusher::{
    Cause, CauseKind, Client, Clock, Config, Endpoint, Phase, Proxy, ProxyServer, State, SystemClock,
};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use super::{Peer, Server, Subject, read_head, tls, within};
use crate::checks::rig::secs;

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n";
const GREETING: &str = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;

/// Makes settings for a server behind this proxy.
fn behind(proxy: &Server, address: &str, credentials: &str) -> Config {
    let server = ProxyServer::parse(&format!("http://{credentials}127.0.0.1:{}", proxy.port())).unwrap();
    Config { proxy: Proxy::Server(server), ..Config::new("key", Endpoint::from_host(address).unwrap()) }
}

/// Accepts a request for a tunnel.
async fn tunnel(proxy: &Server) -> (String, TcpStream) {
    let mut tcp = proxy.accept_tcp().await;
    let request = read_head(&mut tcp).await;
    tcp.write_all(ESTABLISHED).await.unwrap();
    (request, tcp)
}

/// Returns the cause of the client's wait, after the proxy has given this answer.
async fn refused_with(answer: &str, credentials: &str) -> (Subject, Cause) {
    let proxy = Server::start().await;
    let mut subject = Subject::start(behind(&proxy, "ws://hotel.invalid", credentials));
    proxy.answer(answer).await;
    let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
    (subject, cause)
}

#[tokio::test]
async fn check_13_a_proxy_without_credentials_is_asked_for_a_tunnel() {
    let proxy = Server::start().await;
    let mut subject = Subject::start(behind(&proxy, "ws://hotel.invalid:6001", ""));
    subject.client.subscribe("news").unwrap();
    let (request, tcp) = tunnel(&proxy).await;
    assert_eq!(request, "CONNECT hotel.invalid:6001 HTTP/1.1\r\nHost: hotel.invalid:6001\r\n\r\n");
    let socket = within("the upgrade", tokio_tungstenite::accept_async(tcp)).await.unwrap();
    let mut peer = Peer { socket, uri: String::new() };
    peer.greet().await;
    peer.confirm("news").await;
    peer.publish("news", "through").await;
    subject.reported().await;
    subject.hears("through").await;
}

#[tokio::test]
async fn check_13_credentials_go_to_the_proxy_and_not_to_the_server() {
    let proxy = Server::start().await;
    let _subject = Subject::start(behind(&proxy, "ws://hotel.invalid", "mary:se%20cret@"));
    let (request, mut tcp) = tunnel(&proxy).await;
    assert!(request.starts_with("CONNECT hotel.invalid:80 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nProxy-Authorization: Basic bWFyeTpzZSBjcmV0\r\n"), "{request}");
    let upgrade = read_head(&mut tcp).await;
    assert!(upgrade.starts_with("GET /app/key?") && !upgrade.contains("Basic"), "{upgrade}");
}

#[tokio::test]
async fn check_13_tls_goes_through_the_tunnel_to_the_server() {
    let proxy = Server::start().await;
    let shown = tls::identity("hotel.invalid");
    let config =
        Config { tls: Some(tls::trusting(&shown.certificate)), ..behind(&proxy, "wss://hotel.invalid", "") };
    let mut subject = Subject::start(config);
    let (request, tcp) = tunnel(&proxy).await;
    assert!(request.starts_with("CONNECT hotel.invalid:443 HTTP/1.1\r\n"), "{request}");
    let tls = within("the handshake", shown.acceptor.accept(tcp)).await.unwrap();
    let mut socket = within("the upgrade", tokio_tungstenite::accept_async(tls)).await.unwrap();
    socket.send(Message::text(GREETING)).await.unwrap();
    subject.reaches(State::Connected).await;
}

#[tokio::test]
async fn check_13_a_proxy_can_be_reached_over_tls() {
    let proxy = Server::start().await;
    let shown = tls::identity("localhost");
    let server = ProxyServer::parse(&format!("https://localhost:{}", proxy.port())).unwrap();
    let mut subject = Subject::start(Config {
        proxy: Proxy::Server(server),
        tls: Some(tls::trusting(&shown.certificate)),
        ..Config::new("key", Endpoint::from_host("ws://hotel.invalid").unwrap())
    });
    let tcp = proxy.accept_tcp().await;
    let mut tls = within("the handshake", shown.acceptor.accept(tcp)).await.unwrap();
    read_head(&mut tls).await;
    tls.write_all(ESTABLISHED).await.unwrap();
    let mut socket = within("the upgrade", tokio_tungstenite::accept_async(tls)).await.unwrap();
    socket.send(Message::text(GREETING)).await.unwrap();
    subject.reaches(State::Connected).await;
}

#[tokio::test]
async fn check_13_a_407_is_a_cause_of_its_own_and_not_repeated_in_haste() {
    let answer =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
    for (credentials, word) in [("", "asks for a user name"), ("mary:wrong@", "did not accept")] {
        let (subject, cause) = refused_with(answer, credentials).await;
        assert_eq!(
            (cause.kind, cause.phase, cause.code),
            (CauseKind::ProxyAuthentication, Phase::Proxy, Some(407))
        );
        assert!(cause.text.contains(word), "{}", cause.text);
        let next = subject.client.status().next_attempt_at.unwrap();
        assert!(next - subject.clock.wall() >= secs(60), "{next:?}");
    }
}

#[tokio::test]
async fn check_13_other_refusals_of_the_proxy_are_not_taken_for_the_servers() {
    let (_subject, cause) = refused_with("HTTP/1.1 502 Bad Gateway\r\n\r\n", "").await;
    assert_eq!((cause.kind, cause.phase, cause.code), (CauseKind::ProxyRefused, Phase::Proxy, Some(502)));
    let (_subject, cause) = refused_with("220 mail.example ESMTP\r\n\r\n", "").await;
    assert_eq!((cause.kind, cause.code), (CauseKind::ProxyRefused, None));
    let endless = format!("HTTP/1.1 200 OK\r\n{}", "X: y\r\n".repeat(4000));
    let (_subject, cause) = refused_with(&format!("{endless}\r\n"), "").await;
    assert_eq!((cause.kind, cause.code), (CauseKind::ProxyRefused, None));
}

#[tokio::test]
async fn check_13_a_silent_proxy_falls_under_the_one_deadline() {
    let proxy = Server::start().await;
    let mut subject = Subject::start(behind(&proxy, "ws://hotel.invalid", ""));
    let _silent = proxy.accept_tcp().await;
    let cause = subject.passes_into(State::Waiting).await.last_cause.unwrap();
    assert_eq!((cause.kind, cause.phase), (CauseKind::OpenTimeout, Phase::Proxy));
}

/// Set in the child process, which has an environment of its own.
const CHILD: &str = "PUSHER_TEST_IN_AN_ENVIRONMENT";

/// A program cannot change its own environment while it runs, so this test runs itself again with another one.
#[tokio::test]
async fn check_13_the_environment_names_the_proxy_and_its_exceptions() {
    if std::env::var_os(CHILD).is_some() {
        return in_the_environment().await;
    }
    let proxy = Server::start().await;
    let address = format!("http://mary:cret@127.0.0.1:{}", proxy.port());
    let (_, module) = module_path!().split_once("::").unwrap();
    let itself = format!("{module}::check_13_the_environment_names_the_proxy_and_its_exceptions");
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", &itself, "--test-threads=1"]).env(CHILD, "1");
    for name in ["ALL_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    child
        .env("HTTP_PROXY", &address)
        .env("HTTPS_PROXY", "http://127.0.0.1:1")
        .env("NO_PROXY", ".direct.invalid");
    let child = tokio::task::spawn_blocking(move || child.output().unwrap());
    let (request, _tcp) = tunnel(&proxy).await;
    assert!(request.starts_with("CONNECT hotel.invalid:80 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("Proxy-Authorization: Basic bWFyeTpjcmV0\r\n"), "{request}");
    let output = within("the other process", child).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// One server through the proxy, one with TLS through another proxy (which does not exist), one directly, and this
/// computer.
async fn in_the_environment() {
    let own = Server::start().await;
    let start = |address: &str| {
        let config = Config::new("key", Endpoint::from_host(address).unwrap());
        let (client, events) = Client::start(config, Arc::new(SystemClock::new()) as Arc<dyn Clock>);
        client.connect();
        (client, events)
    };
    let cause = async |client: &Client| {
        let mut status = client.status_watch();
        let waits = status.wait_for(|status| status.last_cause.is_some());
        within("a cause", waits).await.unwrap().last_cause.clone().unwrap()
    };
    let (through, _) = start("ws://hotel.invalid");
    // The proxy hangs up when it has seen the request.
    let (secure, _) = start("wss://hotel.invalid");
    assert_eq!(cause(&secure).await.kind, CauseKind::ConnectionRefused);
    let (direct, _) = start("ws://hotel.direct.invalid");
    assert_eq!(cause(&direct).await.kind, CauseKind::NameResolution);
    let (_here, _) = start(&format!("ws://127.0.0.1:{}", own.port()));
    own.accept_and_greet().await;
    drop(through);
}
