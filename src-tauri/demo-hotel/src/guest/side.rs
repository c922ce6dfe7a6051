//! The guest's side of a server: the paths and the channel, which differ between servers (`contract.md 8.8`).

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pusher::{AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer};
use serde_json::{Value, json};

use super::error::GuestError;
use super::http::{Http, accepted};

/// The access of a guest to the chat.
pub(super) struct Side {
    /// With the session, where the server has one.
    pub(super) http: Http,
    pub(super) list: String,
    pub(super) send: String,
    pub(super) mark_read: String,
    pub(super) channel: String,
    /// The path that signs the subscription of a private channel.
    pub(super) authorise: Option<String>,
}

impl Side {
    /// Gives the PIN of the room, as at the servers of 2025.
    pub(super) async fn by_pin(http: Http, slug: &str, room: i64, pin: &str) -> Result<Self, GuestError> {
        let path = format!("/api/chat/{slug}/messages/room/{room}/validate-chat-pin/");
        let answer = http.post(&path, &json!({"pin": pin})).await?;
        if answer.status == 401 {
            return Err(GuestError::Pin { room, pin: pin.to_owned() });
        }
        let session = &accepted(answer, &path)?["session_data"];
        let conversation = text(session, "conversation_id", &path)?;
        let zone = format!("/api/chat/{slug}/conversations/{conversation}/messages/");
        Ok(Self {
            http,
            list: zone.clone(),
            send: format!("{zone}send/"),
            mark_read: format!("/api/chat/conversations/{conversation}/mark-read/"),
            channel: text(session, "pusher_channel", &path)?,
            authorise: None,
        })
    }

    /// Opens the link of a booking, as at the server of 2026-05.
    pub(super) async fn by_booking(http: Http, slug: &str, token: &str) -> Result<Self, GuestError> {
        let zone = format!("/api/guest/hotel/{slug}/chat");
        let path = format!("{zone}/context?token={token}");
        let context = accepted(http.get(&path).await?, &path)?;
        let conversation = context["conversation_id"].as_i64();
        let conversation = conversation.ok_or_else(|| GuestError::Unreadable { path: path.clone() })?;
        Ok(Self {
            http: http.with_session(text(&context, "chat_session", &path)?),
            list: format!("{zone}/messages"),
            send: format!("{zone}/messages"),
            mark_read: format!("{zone}/conversations/{conversation}/mark_read/"),
            channel: text(&context, "channel_name", &path)?,
            authorise: Some(text(&context["pusher"], "auth_endpoint", &path)?),
        })
    }

    /// Returns the newest messages, oldest first.
    pub(super) async fn messages(&self, limit: usize) -> Result<Vec<Value>, GuestError> {
        let path = format!("{}?limit={limit}", self.list);
        let mut answer = accepted(self.http.get(&path).await?, &path)?;
        // A bare list, or an object with it.
        let list = if answer.is_array() { answer } else { answer["messages"].take() };
        match list {
            Value::Array(messages) => Ok(messages),
            _ => Err(GuestError::Unreadable { path }),
        }
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<(), GuestError> {
        accepted(self.http.post(path, body).await?, path).map(drop)
    }
}

fn text(object: &Value, name: &str, path: &str) -> Result<String, GuestError> {
    let text = object[name].as_str().map(str::to_owned);
    text.ok_or_else(|| GuestError::Unreadable { path: path.to_owned() })
}

/// Asks the hotel to sign the subscription of a private channel.
pub(super) struct Signer {
    pub(super) http: Http,
    pub(super) path: String,
}

impl Authorizer for Signer {
    fn authorize(&self, request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
        let (http, path) = (self.http.clone(), self.path.clone());
        async move {
            let AuthSubject::Channel(channel) = request.subject else {
                return Err(AuthError::Refused { status: None, text: "guests do not sign in".to_owned() });
            };
            let body = json!({"socket_id": request.socket_id, "channel_name": channel.to_string()});
            let answer = http.post(&path, &body).await.and_then(|answer| accepted(answer, &path));
            match answer {
                Ok(answer) => AuthAnswer::parse(answer.to_string().as_bytes()),
                Err(error) => {
                    let text = error.to_string();
                    Err(AuthError::Unavailable { status: None, text, retry_after: None })
                }
            }
        }
        .boxed()
    }
}
