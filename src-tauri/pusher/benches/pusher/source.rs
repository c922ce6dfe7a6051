//! The server: sends the number of events in the key, as fast as the client takes them or at a steady pace.

use std::io::Write;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use pusher::{Clock, SystemClock};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

use crate::client::monotonic;
use crate::{CHANNEL, EVENT_BYTES};

/// Prints its port and serves until it is ended.
#[tokio::main(flavor = "current_thread")]
pub async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    std::io::stdout().flush().unwrap();
    loop {
        let (tcp, _) = listener.accept().await.unwrap();
        // A client that has all its events hangs up.
        let _ = connection(tcp).await;
    }
}

/// The key is `EVENTS` or `EVENTS.A_SECOND`.
async fn connection(tcp: TcpStream) -> Option<()> {
    tcp.set_nodelay(true).ok()?;
    let mut key = String::new();
    #[expect(clippy::result_large_err, reason = "the signature is the library's")]
    let note = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        key = request.uri().path().trim_start_matches("/app/").to_owned();
        Ok(response)
    };
    let mut socket = tokio_tungstenite::accept_hdr_async(tcp, note).await.ok()?;
    let data = r#"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"#;
    let greeting = format!(r#"{{"event":"pusher:connection_established","data":"{data}"}}"#);
    socket.send(Message::text(greeting)).await.ok()?;
    while !socket.next().await?.ok()?.to_text().ok()?.contains("pusher:subscribe") {}
    let event = "pusher_internal:subscription_succeeded";
    let acknowledgement = format!(r#"{{"event":"{event}","channel":"{CHANNEL}","data":"{{}}"}}"#);
    socket.send(Message::text(acknowledgement)).await.ok()?;
    let (events, pace) = match key.split_once('.') {
        Some((events, pace)) => (events.parse().ok()?, pace.parse().ok()?),
        None => (key.parse().ok()?, 0),
    };
    let tcp = socket.get_mut();
    match pace {
        0 => flood(tcp, events).await?,
        pace => steadily(tcp, events, pace).await?,
    }
    while socket.next().await?.is_ok() {}
    None
}

async fn flood(tcp: &mut TcpStream, events: usize) -> Option<()> {
    const AT_ONCE: usize = 500;
    let many = frame(0).repeat(AT_ONCE);
    for _ in 0..events / AT_ONCE {
        tcp.write_all(&many).await.ok()?;
    }
    tcp.write_all(&frame(0).repeat(events % AT_ONCE)).await.ok()
}

async fn steadily(tcp: &mut TcpStream, events: usize, a_second: u32) -> Option<()> {
    let clock = SystemClock::new();
    let mut due = clock.monotonic();
    for _ in 0..events {
        due += Duration::from_secs(1) / a_second;
        clock.sleep(due.saturating_sub(clock.monotonic())).await;
        tcp.write_all(&frame(monotonic())).await.ok()?;
    }
    Some(())
}

/// Makes an event as a server's text frame, of the same size for every time in it (in nanoseconds).
fn frame(at: u64) -> Vec<u8> {
    let start = format!(
        r#"{{"event":"offer-updated","channel":"{CHANNEL}","data":"{{\"action\":\"updated\",\"id\":48213,\"at\":{at},\"title\":\""#
    );
    let end = r#"\"}"}"#;
    let filling = "x".repeat(EVENT_BYTES - start.len() - end.len());
    let mut bytes = vec![0x81, 126];
    bytes.extend(u16::try_from(EVENT_BYTES).unwrap().to_be_bytes());
    bytes.extend(format!("{start}{filling}{end}").as_bytes());
    bytes
}
