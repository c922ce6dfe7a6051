//! Check 90: the memory that a hostile server can make the client use.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use pusher::{CauseKind, Client, Config, Endpoint, State, SystemClock};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::process;

/// Limit of the client's memory, in kB.
const BOUND: u64 = 4 * 1024;
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes a frame's header: `first` holds the final bit and the kind.
fn header(first: u8, length: u64) -> Vec<u8> {
    [&[first, 127][..], &length.to_be_bytes()].concat()
}

fn text(payload: &str) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap();
    [&[0x81, 126][..], &length.to_be_bytes(), payload.as_bytes()].concat()
}

/// Writes the same few bytes repeatedly, so that the server's part of this process uses no memory itself.
fn pour(tcp: &mut TcpStream, bytes: u64) -> bool {
    let drop = [b'x'; 4096];
    (0..bytes / 4096).all(|_| tcp.write_all(&drop).is_ok())
}

/// Starts a server with blocking sockets that greets one client and then attacks it.
fn serve(attack: fn(&mut TcpStream)) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut tcp, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            tcp.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        let request = String::from_utf8(request).unwrap();
        let key = request.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap();
        let accept = derive_accept_key(key.as_bytes());
        let head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
        write!(tcp, "{head}Sec-WebSocket-Accept: {accept}\r\n\r\n").unwrap();
        let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
        tcp.write_all(&text(greeting)).unwrap();
        attack(&mut tcp);
    });
    port
}

async fn attacked_by(attack: fn(&mut TcpStream)) -> CauseKind {
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{}", serve(attack))).unwrap();
    let (client, _events) = Client::start(Config::new("key", endpoint), SystemClock::shared());
    client.connect();
    let mut status = client.status_watch();
    let waits = status.wait_for(|status| status.state == State::Waiting);
    let cause = timeout(PATIENCE, waits).await.unwrap().unwrap().last_cause.clone();
    cause.unwrap().kind
}

fn sixty_megabytes(tcp: &mut TcpStream) {
    let _ = tcp.write_all(&header(0x81, 60_000_000));
    pour(tcp, 60_000_000);
}

fn four_gigabytes(tcp: &mut TcpStream) {
    let _ = tcp.write_all(&header(0x81, 4 << 30));
    pour(tcp, 60_000_000);
}

fn endless_fragments(tcp: &mut TcpStream) {
    let mut first = 0x01;
    while tcp.write_all(&header(first, 65_536)).is_ok() && pour(tcp, 65_536) {
        first = 0x00;
    }
}

fn endless_empty_fragments(tcp: &mut TcpStream) {
    let _ = tcp.write_all(&header(0x01, 0));
    let empty = header(0x00, 0).repeat(400);
    // They are valid, so the client only has to handle them.
    for _ in 0..2000 {
        let _ = tcp.write_all(&empty);
    }
    let _ = tcp.write_all(&header(0x81, 60_000_000));
}

#[tokio::test(flavor = "current_thread")]
#[expect(clippy::await_holding_lock, reason = "the test's turn lasts to its end")]
async fn check_90_hostile_frames_take_less_than_four_megabytes() {
    let _turn = process::turn();
    // The permanent allocations of the first connection are not part of an attack.
    attacked_by(|tcp| drop(tcp.write_all(&header(0x81, 2_000_000)))).await;
    for (name, attack, expected) in [
        ("60 MB", sixty_megabytes as fn(&mut TcpStream), CauseKind::FrameTooLarge),
        ("4 GB", four_gigabytes, CauseKind::FrameTooLarge),
        ("endless fragments", endless_fragments, CauseKind::FrameTooLarge),
        ("endless empty fragments", endless_empty_fragments, CauseKind::FrameTooLarge),
    ] {
        process::forget_peak();
        let before = process::resident();
        assert_eq!(attacked_by(attack).await, expected, "{name}");
        let grown = process::peak().saturating_sub(before);
        assert!(grown < BOUND, "{name}: {grown} kB");
        println!("{name}: {grown} kB");
    }
}
