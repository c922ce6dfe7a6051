//! The facts that a person or a program needs at a hotel: its address, its users, its rooms, its events.

use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::{App, ChannelsApp};
use crate::options::Dialect;
use crate::seed::SLUG;
use crate::store::chat::Conversation;
use crate::store::people::Staff;

/// A user who can sign in.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Account {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

/// A room whose guests can write.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct GuestRoom {
    /// The number of the room.
    pub room_number: i64,
    /// The PIN with which its guests open the chat.
    pub pin: String,
    /// The number of its conversation.
    pub conversation: i64,
    /// The token in the link of the guest's booking; only the server of 2026-05 has such links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guest_token: Option<String>,
    /// The address of the page on which a person writes as its guest.
    pub page: String,
}

/// The access to the hotel's events.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PusherInfo {
    /// The application's id, for publishing.
    pub app_id: String,
    /// The application's key, for listening.
    pub key: String,
    /// The application's secret, for publishing.
    pub secret: String,
    /// The address of the sockets: `ws://127.0.0.1:PORT`.
    pub host: String,
}

impl App {
    pub(crate) fn accounts(&self, slug: &str) -> Vec<Account> {
        let account = |Staff { user, .. }| Account { username: user.username, password: user.password };
        self.seen(slug, "accounts", |hotel| {
            Ok(self.store.staff_of_hotel(hotel)?.into_iter().map(account).collect())
        })
    }

    pub(crate) fn rooms(&self) -> Vec<GuestRoom> {
        let room = |conversation: Conversation| {
            let guest_token = self.guest_token(&conversation);
            let query = guest_token.as_ref().map(|token| format!("?token={token}")).unwrap_or_default();
            GuestRoom {
                room_number: conversation.room_number,
                pin: conversation.pin(),
                conversation: conversation.id,
                guest_token,
                page: format!("{}/guest/{SLUG}/{}{query}", self.url, conversation.room_number),
            }
        };
        self.seen(SLUG, "rooms", |hotel| Ok(self.store.list(hotel)?.into_iter().map(room).collect()))
    }

    fn guest_token(&self, conversation: &Conversation) -> Option<String> {
        (self.dialect == Dialect::Current).then(|| conversation.guest_token(self.seed))?
    }

    pub(crate) fn pusher(&self) -> PusherInfo {
        let ChannelsApp { app_id, key, secret } = self.channels_app.clone();
        PusherInfo { app_id, key, secret, host: self.url.replacen("http", "ws", 1) }
    }

    pub(crate) fn about(&self) -> Value {
        let dialect = self.dialect.to_possible_value();
        json!({
            "url": self.url,
            "slug": SLUG,
            "dialect": dialect.as_ref().map(|value| value.get_name()),
            "users": self.accounts(SLUG),
            "rooms": self.rooms(),
            "pusher": self.pusher(),
        })
    }
}
