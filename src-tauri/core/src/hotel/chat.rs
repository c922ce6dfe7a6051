//! Requests of the guest chat (contract.md 8).
//!
//! The identity of the caller decides who wrote a message. The first servers store a message without a valid `Token` as
//! the guest's own (8.4). So these requests send `Token` only, never `Bearer`, and the caller checks the writer in the
//! answer.

use std::time::Duration;

use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};
use url::Url;

use super::client::{Answer, Api, Effect, WRITE, endpoint};
use super::dialect::Generation;
use super::error::ApiError;
use super::pictures::{Progress, Upload};
use crate::ids::ServerId;
use crate::resources::{MessageContent, ServerMessage};

/// Time limit of a file's upload: 50 MB over a slow line.
const FILE: Duration = Duration::from_secs(900);

/// A page of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePage {
    /// The messages, by their numbers.
    pub messages: Vec<ServerMessage>,
    /// True if the server has no message before them.
    pub has_start: bool,
}

/// The messages of one page. The server gives no count and no "more": a shorter page is the last one (contract.md 8.3).
pub const PAGE: usize = 50;

impl Api {
    /// Returns an address of the guest chat.
    pub(super) fn chat(&self, generation: Generation, rest: &[&str]) -> Result<Url, ApiError> {
        match generation {
            Generation::First | Generation::Between => {
                endpoint(self.server(), &[&["api", "chat", self.slug()], rest].concat())
            }
            Generation::Current => self.hotel(&[&["chat"], rest].concat()),
        }
    }

    /// Reads the messages before a number, or the newest ones.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the conversation does not exist, and every transport error.
    pub async fn messages(
        &self,
        generation: Generation,
        conversation: ServerId,
        before: Option<ServerId>,
    ) -> Result<MessagePage, ApiError> {
        let mut url = self.chat(generation, &["conversations", &conversation.to_string(), "messages"])?;
        url.query_pairs_mut().append_pair("limit", &PAGE.to_string());
        if let Some(before) = before {
            url.query_pairs_mut().append_pair("before_id", &before.to_string());
        }
        let answer = self.get(url).await?;
        let rows = answer.json()?;
        let rows = rows.as_array().ok_or_else(|| answer.odd("it is not a list"))?;
        let mut messages = rows
            .iter()
            .map(ServerMessage::read)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|why| answer.odd(why))?;
        messages.sort_by_key(|message| message.id);
        if messages.iter().any(|message| message.conversation.is_some_and(|of| of != conversation)) {
            return Err(answer.odd("a message belongs to another conversation"));
        }
        Ok(MessagePage { has_start: messages.len() < PAGE, messages })
    }

    /// Sends a message. It is never sent again automatically: no server knows a client's number of a message.
    ///
    /// # Errors
    /// [`ApiError::Rejected`], and every transport error.
    pub async fn send_message(
        &self,
        generation: Generation,
        conversation: ServerId,
        text: &str,
        reply_to: Option<ServerId>,
    ) -> Result<ServerMessage, ApiError> {
        let url = self.chat(generation, &["conversations", &conversation.to_string(), "messages", "send"])?;
        let mut body = json!({ "message": text });
        if let Some(reply_to) = reply_to {
            body["reply_to"] = reply_to.0.into();
        }
        let answer = self.write_chat(url, &body).await?;
        let answered = answer.json()?;
        ServerMessage::read(&answered["message"]).map_err(|why| answer.odd(why))
    }

    /// Sends a file with a text, which may be empty. `into` is the number of a message without a file, which an earlier
    /// upload has left, and which gets the file. The request is never repeated automatically.
    ///
    /// # Errors
    /// [`ApiError::Rejected`], after which a message without a file may be at the server (contract.md 8.5),
    /// [`ApiError::Unexpected`] if the stored message has no file, and every transport error.
    pub async fn send_file(
        &self,
        generation: Generation,
        conversation: ServerId,
        (content, into): (&MessageContent, Option<ServerId>),
        file: &Upload,
        progress: Progress,
    ) -> Result<ServerMessage, ApiError> {
        let url =
            self.chat(generation, &["conversations", &conversation.to_string(), "upload-attachment"])?;
        let name = content.files.first().map(|file| file.name.clone()).unwrap_or_default();
        let mut form = Form::new().part("files", file.part(name, &progress));
        match into {
            Some(message) => form = form.text("message_id", message.to_string()),
            None => form = form.text("message", content.text.clone()),
        }
        if let Some(reply_to) = content.reply_to {
            form = form.text("reply_to", reply_to.to_string());
        }
        let request = self.http.request(Method::POST, url, FILE).multipart(form);
        let answer = self.send_as_staff(Effect::Writes, request).await?;
        let sent = ServerMessage::read(&answer.json()?["message"]).map_err(|why| answer.odd(why))?;
        if sent.content.files.is_empty() {
            return Err(answer.odd("the message has no file"));
        }
        Ok(sent)
    }

    /// Removes a message of the signed-in person.
    ///
    /// # Errors
    /// [`ApiError::NotFound`]; [`ApiError::ServerTrouble`] at the newest server, which removes none (contract.md 8.1);
    /// and every transport error.
    pub async fn delete_message(&self, generation: Generation, message: ServerId) -> Result<(), ApiError> {
        let id = message.to_string();
        let mut url = match generation {
            // Without the slug (contract.md 8.1).
            Generation::First | Generation::Between => {
                endpoint(self.server(), &["api", "chat", "messages", &id, "delete"])?
            }
            Generation::Current => self.chat(generation, &["messages", &id, "delete"])?,
        };
        url.query_pairs_mut().append_pair("hard_delete", "true");
        let request = self.http.request(Method::DELETE, url, WRITE);
        self.send_as_staff(Effect::Writes, request).await.map(drop)
    }

    /// Marks the guest's messages of a conversation as read by staff. A repetition changes nothing.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the conversation does not exist, and every transport error.
    pub async fn mark_messages_read(
        &self,
        generation: Generation,
        conversation: ServerId,
    ) -> Result<(), ApiError> {
        let id = conversation.to_string();
        let url = match generation {
            // Without the slug (contract.md 8.1).
            Generation::First | Generation::Between => {
                endpoint(self.server(), &["api", "chat", "conversations", &id, "mark-read"])?
            }
            Generation::Current => self.chat(generation, &["conversations", &id, "mark-read"])?,
        };
        self.write_chat(url, &json!({})).await.map(drop)
    }

    /// Opens the conversation of a room, which may exist already. Returns its number.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such room, and every transport error.
    pub async fn open_conversation(&self, generation: Generation, room: &str) -> Result<ServerId, ApiError> {
        let url = self.chat(generation, &["conversations", "from-room", room])?;
        let answer = self.write_chat(url, &json!({})).await?;
        let number = answer.json()?["conversation_id"].as_i64();
        number.map(ServerId).ok_or_else(|| answer.odd("it has no conversation_id"))
    }

    async fn write_chat(&self, url: Url, body: &Value) -> Result<Answer, ApiError> {
        self.send_as_staff(Effect::Writes, self.http.request(Method::POST, url, WRITE).json(body)).await
    }
}
