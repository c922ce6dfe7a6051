//! The running client against a scripted server that misbehaves on purpose, over real loopback sockets. Waits of the
//! client run on a clock moved by hand; the tests wait for the condition itself, with a deadline.

mod authorization;
mod closing;
pub mod endpoint;
mod frames;
mod opening;
mod personal;
mod proxy;
mod tls;

use std::future::Future;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use pusher::{Client, Config, Endpoint, Events, ManualClock, Notice, State, Status};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

use crate::checks::rig::{START, secs};

/// Time limit of each step of a test.
const PATIENCE: Duration = Duration::from_secs(20);

pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// A server that a test controls step by step.
pub struct Server {
    listener: TcpListener,
}

impl Server {
    pub async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub fn port(&self) -> u16 {
        self.listener.local_addr().unwrap().port()
    }

    pub fn endpoint(&self) -> Endpoint {
        Endpoint::from_host(&format!("ws://127.0.0.1:{}", self.port())).unwrap()
    }

    pub fn config(&self) -> Config {
        Config { seed: 1, ..Config::new("key", self.endpoint()) }
    }

    pub async fn accept_tcp(&self) -> TcpStream {
        within("a TCP connection", self.listener.accept()).await.unwrap().0
    }

    /// Returns true if no connection waits to be accepted.
    pub async fn is_alone(&self) -> bool {
        timeout(Duration::from_millis(50), self.listener.accept()).await.is_err()
    }

    pub async fn accept(&self) -> Peer {
        let tcp = self.accept_tcp().await;
        let mut uri = String::new();
        #[expect(clippy::result_large_err, reason = "the signature is the library's")]
        let note = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            uri = request.uri().to_string();
            Ok(response)
        };
        let socket = within("the upgrade", tokio_tungstenite::accept_hdr_async(tcp, note)).await.unwrap();
        Peer { socket, uri }
    }

    pub async fn accept_and_greet(&self) -> Peer {
        let mut peer = self.accept().await;
        peer.greet().await;
        peer
    }

    /// Answers the next request with this, instead of upgrading.
    pub async fn answer(&self, response: &str) {
        let mut tcp = self.accept_tcp().await;
        read_head(&mut tcp).await;
        tcp.write_all(response.as_bytes()).await.unwrap();
        tcp.shutdown().await.unwrap();
    }
}

/// Reads a request up to its empty line.
pub async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(within("the request", stream.read_u8()).await.unwrap());
    }
    String::from_utf8(request).unwrap()
}

/// The server's end of a connection.
pub struct Peer {
    pub socket: WebSocketStream<TcpStream>,
    pub uri: String,
}

impl Peer {
    pub async fn send(&mut self, text: &str) {
        within("room to send", self.socket.send(Message::text(text))).await.unwrap();
    }

    pub async fn greet(&mut self) {
        self.greet_as("1.1").await;
    }

    pub async fn greet_as(&mut self, socket_id: &str) {
        let data = format!(r#"{{\"socket_id\":\"{socket_id}\",\"activity_timeout\":120}}"#);
        self.send(&format!(r#"{{"event":"pusher:connection_established","data":"{data}"}}"#)).await;
    }

    pub async fn publish(&mut self, channel: &str, name: &str) {
        self.send(&format!(r#"{{"event":"{name}","channel":"{channel}","data":"{{}}"}}"#)).await;
    }

    pub async fn next(&mut self) -> Option<Message> {
        within("a frame", self.socket.next()).await.and_then(Result::ok)
    }

    pub async fn expect(&mut self, part: &str) {
        let frame = self.next().await.expect("a frame");
        let text = frame.to_text().expect("text");
        assert!(text.contains(part), "{text} instead of {part}");
    }

    /// Reads a subscription and confirms it.
    pub async fn confirm(&mut self, channel: &str) {
        self.expect(&format!(r#"pusher:subscribe","data":{{"channel":"{channel}""#)).await;
        let event = "pusher_internal:subscription_succeeded";
        self.send(&format!(r#"{{"event":"{event}","channel":"{channel}","data":"{{}}"}}"#)).await;
    }

    /// Reads a subscription with its signature, and confirms it with this data.
    pub async fn confirm_authorized(&mut self, channel: &str, auth: &str, data: &str) {
        let frame = self.next().await.expect("a frame");
        let text = frame.to_text().expect("text");
        assert!(text.contains(&format!(r#""channel":"{channel}","auth":"{auth}""#)), "{text}");
        let event = "pusher_internal:subscription_succeeded";
        self.send(&format!(r#"{{"event":"{event}","channel":"{channel}","data":{data}}}"#)).await;
    }

    /// Sends bytes past the WebSocket library.
    pub async fn raw(&mut self, bytes: &[u8]) {
        self.socket.get_mut().write_all(bytes).await.unwrap();
    }
}

/// A client on a clock moved by hand.
pub struct Subject {
    pub client: Client,
    pub events: Events,
    pub clock: ManualClock,
    status: watch::Receiver<Status>,
}

impl Subject {
    pub fn start(config: Config) -> Self {
        let clock = ManualClock::new(START);
        let (client, events) = Client::start(config, clock.shared());
        client.connect();
        Self { status: client.status_watch(), client, events, clock }
    }

    /// Connects to `server`, with one channel confirmed and announced.
    pub async fn live(server: &Server, channel: &str) -> (Self, Peer) {
        Self::live_with(server, server.config(), channel).await
    }

    pub async fn live_with(server: &Server, config: Config, channel: &str) -> (Self, Peer) {
        let mut subject = Self::start(config);
        subject.client.subscribe(channel).unwrap();
        let mut peer = server.accept_and_greet().await;
        peer.confirm(channel).await;
        assert_eq!(
            subject.reported().await,
            Notice::Subscribed { channel: crate::checks::rig::channel(channel) }
        );
        (subject, peer)
    }

    pub async fn reaches(&mut self, state: State) -> Status {
        let what = format!("the state {state:?}");
        within(&what, self.status.wait_for(|status| status.state == state)).await.unwrap().clone()
    }

    /// Moves the clock until the state is reached.
    pub async fn passes_into(&mut self, state: State) -> Status {
        for _ in 0..2000 {
            let wait = self.status.wait_for(|status| status.state == state);
            if let Ok(status) = timeout(Duration::from_millis(10), wait).await {
                return status.unwrap().clone();
            }
            self.clock.advance(Duration::from_millis(250));
        }
        panic!("waited in vain for {state:?}, but {:?}", self.client.status());
    }

    /// Moves the clock in small steps.
    pub fn advance(&self, seconds: u64) {
        for _ in 0..seconds {
            self.clock.advance(secs(1));
        }
    }

    /// Returns the next notice that is not about the state.
    pub async fn reported(&mut self) -> Notice {
        loop {
            match within("a notice", self.events.next()).await.expect("the client runs") {
                Notice::State(_) => {}
                notice => return notice,
            }
        }
    }

    pub async fn hears(&mut self, name: &str) {
        match self.reported().await {
            Notice::Event(event) => assert_eq!(event.name, name),
            other => panic!("{other:?} instead of {name}"),
        }
    }
}
