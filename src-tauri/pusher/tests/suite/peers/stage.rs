//! The server that plays the same conversation to each client, word for word.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::peers::conversation::{Conversation, Ends, Scene, Step};

/// The channel that every client joins, and on which the end of a scene is announced.
pub const STAGE: &str = "stage";

/// Time limit of the frames that a scene expects from a client.
const PATIENCE: Duration = Duration::from_secs(5);

type Socket = WebSocketStream<TcpStream>;

/// The frames of clients, by client and scene.
type Heard = Arc<Mutex<HashMap<String, Vec<Value>>>>;

pub struct Stage {
    pub port: u16,
    heard: Heard,
}

impl Stage {
    pub async fn open(conversation: &Conversation) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let scenes: HashMap<String, Scene> =
            conversation.scenes.iter().map(|scene| (scene.name.clone(), scene.clone())).collect();
        let heard = Heard::default();
        tokio::spawn(accept(listener, scenes, Arc::clone(&heard)));
        Self { port, heard }
    }

    /// Returns the frames that a client (`ours` or `js`) sent in a scene.
    pub fn heard(&self, who: &str, scene: &str) -> Vec<Value> {
        self.heard.lock().unwrap().remove(&format!("{who}.{scene}")).unwrap_or_default()
    }
}

async fn accept(listener: TcpListener, scenes: HashMap<String, Scene>, heard: Heard) {
    let mut connections: HashMap<String, usize> = HashMap::new();
    while let Ok((tcp, _)) = listener.accept().await {
        let mut key = String::new();
        #[expect(clippy::result_large_err, reason = "the signature is the library's")]
        let note = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            key = request.uri().path().trim_start_matches("/app/").to_owned();
            Ok(response)
        };
        let Ok(socket) = tokio_tungstenite::accept_hdr_async(tcp, note).await else { continue };
        let scene = key.split_once('.').and_then(|(_, name)| scenes.get(name));
        let number = connections.entry(key.clone()).or_default();
        if let Some(scene) = scene
            && let Some(steps) = scene.connections.get(*number)
        {
            let is_last = *number + 1 == scene.connections.len() && scene.ends == Ends::Said;
            let play = Play { socket, key: key.clone(), heard: Arc::clone(&heard), here: Vec::new() };
            tokio::spawn(play.run(steps.clone(), is_last));
        }
        *number += 1;
    }
}

/// One connection.
struct Play {
    socket: Socket,
    key: String,
    heard: Heard,
    /// Frames of this connection that were not waited for yet.
    here: Vec<Value>,
}

impl Play {
    async fn run(mut self, steps: Vec<Step>, is_last: bool) {
        for step in steps {
            if self.step(step).await.is_none() {
                return;
            }
        }
        if is_last {
            let _ = self.send(&json!({"event": "scene-over", "channel": STAGE})).await;
        }
        // The client leaves; its frames until then count.
        while self.next().await.is_some() {}
    }

    async fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Greet { greet } => {
                let usual = || json!(r#"{"socket_id":"1.1","activity_timeout":120}"#);
                let data = greet.unwrap_or_else(usual);
                self.send(&json!({"event": "pusher:connection_established", "data": data})).await?;
                self.confirm(STAGE, json!("{}")).await
            }
            Step::Confirm { confirm, with } => {
                self.confirm(&confirm, with.unwrap_or_else(|| json!("{}"))).await
            }
            Step::Send { send } => self.send(&send).await,
            Step::Text { text } => self.socket.feed(Message::text(text)).await.ok(),
            Step::Binary { binary } => self.socket.feed(Message::binary(binary)).await.ok(),
            Step::Expect { expect } => self.expect(|frame| frame["event"] == expect.as_str()).await,
            Step::Close { close, reason } => {
                let frame = close.map(|code| CloseFrame { code: code.into(), reason: reason.into() });
                self.socket.close(frame).await.ok()
            }
        }
    }

    /// Sends a frame. The frames between two waits go out at once: after an exception pusher-js drops the rest of the
    /// data that it has read, and its amount must not depend on chance.
    async fn send(&mut self, frame: &Value) -> Option<()> {
        self.socket.feed(Message::text(frame.to_string())).await.ok()
    }

    async fn confirm(&mut self, channel: &str, data: Value) -> Option<()> {
        let asked = |frame: &Value| {
            frame["event"] == "pusher:subscribe" && frame["data"]["channel"].as_str() == Some(channel)
        };
        self.expect(asked).await?;
        let event = "pusher_internal:subscription_succeeded";
        self.send(&json!({"event": event, "channel": channel, "data": data})).await
    }

    /// Waits for a frame, unless it came during an earlier wait. Each frame counts once.
    async fn expect(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<()> {
        timeout(PATIENCE, async {
            loop {
                if let Some(at) = self.here.iter().position(&wanted) {
                    self.here.remove(at);
                    return Some(());
                }
                self.next().await?;
            }
        })
        .await
        .ok()?
    }

    /// Notes the next frame of the client.
    async fn next(&mut self) -> Option<()> {
        self.socket.flush().await.ok()?;
        loop {
            if let Message::Text(text) = self.socket.next().await?.ok()? {
                let frame: Value = serde_json::from_str(&text).unwrap_or_else(|_| json!(text.as_str()));
                self.heard.lock().unwrap().entry(self.key.clone()).or_default().push(frame.clone());
                self.here.push(frame);
                return Some(());
            }
        }
    }
}
