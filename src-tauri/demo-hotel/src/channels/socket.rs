//! Protocol 7 over a WebSocket at `/app/{key}`.

use std::borrow::Cow;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, OriginalUri, Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use super::is_channel_name;
use super::signed::sign;
use crate::app::Shared;
use crate::faults::Action;
use crate::hub::Outgoing;
use crate::link::Link;

/// The quiet time after which a client has to send a ping, as in the greeting.
const ACTIVITY_TIMEOUT: Duration = Duration::from_secs(120);
/// The wait for an answer to the server's own ping before it closes with 4201.
const PONG_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
pub(crate) struct Wanted {
    protocol: Option<String>,
}

pub(crate) async fn connect(
    State(app): State<Shared>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
    OriginalUri(uri): OriginalUri,
    ConnectInfo(link): ConnectInfo<Link>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let fault = app.faults.socket(&uri.to_string());
    let refusal = refusal(&app, &key, wanted.protocol.as_deref());
    upgrade.on_upgrade(move |mut socket| async move {
        match (fault, refusal) {
            // Kept open without a frame until the connection is cut.
            (Some(Action::SocketSilent), _) => link.ended().await,
            (Some(Action::SocketRefuse(code)), _) => {
                close(&mut socket, code, "refused by the fault plan").await
            }
            (_, Some((code, reason))) => {
                let error = json!({"event": "pusher:error", "data": {"code": code, "message": reason}});
                if say(&mut socket, error.to_string()).await {
                    close(&mut socket, code, reason).await;
                }
            }
            (Some(Action::SocketClose(code)), None) => serve(&app, socket, &link, Some(code)).await,
            (_, None) => serve(&app, socket, &link, None).await,
        }
    })
}

fn refusal(app: &Shared, key: &str, protocol: Option<&str>) -> Option<(u16, &'static str)> {
    if key != app.channels_app.key {
        return Some((4001, "Could not find app by key"));
    }
    match protocol {
        None => Some((4008, "No protocol version supplied")),
        Some("7") => None,
        Some(_) => Some((4007, "Unsupported protocol version")),
    }
}

/// Serves one client until either side ends the connection.
async fn serve(app: &Shared, mut socket: WebSocket, link: &Link, close_with: Option<u16>) {
    let (outbox, mut outgoing) = unbounded_channel();
    let id = app.hub.open(app.seed, outbox);
    let inner = json!({"socket_id": id, "activity_timeout": ACTIVITY_TIMEOUT.as_secs()}).to_string();
    let greeting = json!({"event": "pusher:connection_established", "data": inner});
    if say(&mut socket, greeting.to_string()).await {
        match close_with {
            Some(code) => close(&mut socket, code, "closed by the fault plan").await,
            None => {
                if let Ended::Silenced = converse(app, &mut socket, &id, &mut outgoing).await {
                    // It receives nothing any more, so it does not count as a listener.
                    app.hub.close(&id);
                    link.ended().await;
                }
            }
        }
    }
    app.hub.close(&id);
}

/// The end of a conversation.
enum Ended {
    Closed,
    Silenced,
}

async fn converse(
    app: &Shared,
    socket: &mut WebSocket,
    id: &str,
    outgoing: &mut UnboundedReceiver<Outgoing>,
) -> Ended {
    let mut pinged = false;
    loop {
        let patience = if pinged { PONG_TIMEOUT } else { ACTIVITY_TIMEOUT };
        tokio::select! {
            // The hub's messages go first, so that their order is the order of the hub.
            biased;
            item = outgoing.recv() => match item {
                Some(Outgoing::Text(text)) => {
                    if !say(socket, text).await {
                        return Ended::Closed;
                    }
                }
                Some(Outgoing::Close { code, reason }) => {
                    close(socket, code, reason).await;
                    return Ended::Closed;
                }
                Some(Outgoing::Silence) => return Ended::Silenced,
                None => return Ended::Closed,
            },
            heard = timeout(patience, socket.recv()) => match heard {
                Ok(Some(Ok(Message::Text(text)))) => {
                    pinged = false;
                    if !hear(app, socket, id, &text).await {
                        return Ended::Closed;
                    }
                }
                // The library answers WebSocket pings itself; binary frames are not part of the protocol.
                Ok(Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_)))) => pinged = false,
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => return Ended::Closed,
                Err(_) if pinged => {
                    close(socket, 4201, "Pong reply not received in time").await;
                    return Ended::Closed;
                }
                Err(_) => {
                    pinged = true;
                    if !say(socket, json!({"event": "pusher:ping", "data": "{}"}).to_string()).await {
                        return Ended::Closed;
                    }
                }
            },
        }
    }
}

/// Handles one frame from the client. Returns `false` if the client is gone.
async fn hear(app: &Shared, socket: &mut WebSocket, id: &str, text: &str) -> bool {
    let Ok(frame) = serde_json::from_str::<Value>(text) else {
        return complain(socket, Some(4000), "The message is not JSON".into()).await;
    };
    let channel = channel_of(&frame);
    match frame["event"].as_str().unwrap_or_default() {
        "pusher:ping" => say(socket, json!({"event": "pusher:pong", "data": "{}"}).to_string()).await,
        "pusher:pong" => true,
        "pusher:subscribe" => subscribe(app, socket, id, &channel, &auth_of(&frame)).await,
        "pusher:unsubscribe" => {
            app.hub.unsubscribe(id, &channel);
            true
        }
        "pusher:signin" => complain(socket, Some(4009), "This hotel has no user authentication".into()).await,
        event if event.starts_with("client-") => {
            let reason = "Client events are only for private and presence channels, and this hotel has none";
            complain(socket, None, reason.into()).await
        }
        event => complain(socket, None, format!("Unsupported event {event:?}").into()).await,
    }
}

async fn subscribe(app: &Shared, socket: &mut WebSocket, id: &str, channel: &str, auth: &str) -> bool {
    if !is_channel_name(channel) {
        return complain(socket, Some(4300), format!("Invalid channel name {channel:?}").into()).await;
    }
    let is_private = channel.starts_with("private-");
    if channel.starts_with("presence-") || (is_private && auth != expected_auth(app, id, channel)) {
        // Only the guests of the server of 2026-05 can have a valid signature (contract.md 2, 8.6).
        let text =
            if auth.is_empty() { "The channel needs a signature" } else { "The signature is not valid" };
        let detail = json!({"type": "AuthError", "error": text, "status": 401});
        let error =
            json!({"event": "pusher:subscription_error", "channel": channel, "data": detail.to_string()});
        return say(socket, error.to_string()).await;
    }
    if app.hub.subscribe(id, channel) {
        return true;
    }
    complain(socket, None, format!("Existing subscription to channel {channel}").into()).await
}

/// Returns the signature with which a socket may subscribe to a private channel.
fn expected_auth(app: &Shared, id: &str, channel: &str) -> String {
    let signature = sign(&app.channels_app.secret, &format!("{id}:{channel}"));
    format!("{}:{signature}", app.channels_app.key)
}

/// Returns the channel of a frame.
fn channel_of(frame: &Value) -> String {
    text_in(frame, "channel")
}

/// Returns the signature of a subscription.
fn auth_of(frame: &Value) -> String {
    text_in(frame, "auth")
}

/// Returns a text of a frame's data, which is an object or, from some clients, the text of one.
fn text_in(frame: &Value, name: &str) -> String {
    let data = match &frame["data"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        data => data.clone(),
    };
    data[name].as_str().unwrap_or_default().to_owned()
}

async fn complain(socket: &mut WebSocket, code: Option<u16>, message: Cow<'static, str>) -> bool {
    let error = json!({"event": "pusher:error", "data": {"code": code, "message": message}});
    say(socket, error.to_string()).await
}

/// Sends a text frame. Returns `false` if the client is gone.
async fn say(socket: &mut WebSocket, text: String) -> bool {
    socket.send(Message::Text(text.into())).await.is_ok()
}

/// Sends a close frame and waits a reasonable time for the client's own close frame.
async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        let farewell = async { while let Some(Ok(_)) = socket.recv().await {} };
        if timeout(Duration::from_secs(2), farewell).await.is_err() {
            tracing::debug!(code, "the client did not answer the close frame");
        }
    }
}
