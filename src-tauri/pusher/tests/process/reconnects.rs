//! Check 44: the resources after many reconnects.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use pusher::{Client, Config, Endpoint, Events, ManualClock, Notice, State};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::process;

/// A reconnect every three minutes for 72 hours.
const RECONNECTS: usize = 1440;
const FIRST: usize = 100;
const CHANNELS: [&str; 3] = ["news", "sport", "cache-weather"];
const PATIENCE: Duration = Duration::from_secs(20);

/// Greets, confirms, publishes, and ends each connection in another way.
async fn serve(listener: TcpListener) {
    for turn in 0.. {
        let (tcp, _) = listener.accept().await.unwrap();
        tcp.set_nodelay(true).unwrap();
        let mut socket = tokio_tungstenite::accept_async(tcp).await.unwrap();
        let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
        socket.send(Message::text(greeting)).await.unwrap();
        for channel in CHANNELS {
            socket.next().await.unwrap().unwrap();
            for (event, data) in [("pusher_internal:subscription_succeeded", "{}"), ("x", "[1,2,3]")] {
                let frame = format!(r#"{{"event":"{event}","channel":"{channel}","data":"{data}"}}"#);
                socket.send(Message::text(frame)).await.unwrap();
            }
        }
        match turn % 3 {
            0 => drop(socket),
            1 => {
                let frame = CloseFrame { code: 4100.into(), reason: "over capacity".into() };
                socket.close(Some(frame)).await.unwrap();
            }
            _ => {
                socket.close(None).await.unwrap();
                while socket.next().await.is_some_and(|message| message.is_ok()) {}
            }
        }
    }
}

/// Runs until every channel has had its event on this connection and the connection is gone.
async fn one_connection(client: &Client, events: &mut Events, clock: &ManualClock) {
    let mut heard = 0;
    loop {
        // Real time passes for the sockets only; the client's waits end as soon as they begin.
        match timeout(Duration::from_millis(1), events.next()).await {
            Err(_) => clock.advance(Duration::from_secs(1)),
            Ok(Some(Notice::Event(_))) => heard += 1,
            Ok(Some(Notice::State(status))) if status.state == State::Waiting => {
                assert_eq!(heard, CHANNELS.len());
                // Like after minutes of health, so that the waits stay short.
                return client.retry_now();
            }
            Ok(_) => {}
        }
    }
}

#[tokio::test(flavor = "current_thread")]
#[expect(clippy::await_holding_lock, reason = "the test's turn lasts to its end")]
async fn check_44_reconnects_over_sockets_leave_no_handles_threads_or_memory_behind() {
    let _turn = process::turn();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{}", listener.local_addr().unwrap().port()));
    let server = tokio::spawn(serve(listener));
    let clock = ManualClock::new(Duration::from_secs(1_800_000_000));
    let (client, mut events) = Client::start(Config::new("key", endpoint.unwrap()), clock.shared());
    for channel in CHANNELS {
        client.subscribe(channel).unwrap();
    }
    client.connect();
    let mut after_first = (0, 0, 0);
    for turn in 1..=RECONNECTS {
        timeout(PATIENCE, one_connection(&client, &mut events, &clock)).await.unwrap();
        if turn == FIRST {
            after_first = (process::handles(), process::threads(), process::resident());
        }
    }
    let (handles, threads, memory) = after_first;
    let now = (process::handles(), process::threads(), process::resident());
    println!("after {FIRST}: {after_first:?}, after {RECONNECTS}: {now:?} (handles, threads, kB)");
    // A connection that is just opening may or may not have its sockets yet.
    assert!(now.0 <= handles + 4, "{handles} handles became {}", now.0);
    // The system's resolver and the test runner may start and end a thread.
    assert!(now.1 <= threads + 1, "{threads} threads became {}", now.1);
    assert!(now.2 <= memory + 1024, "{memory} kB became {}", now.2);
    server.abort();
}
