//! Authorization: the requests to a program's server whether this connection may see a channel, or belongs to a user.
//!
//! The server of the program signs; the client never knows the application secret. The program implements the request:
//! an [`Authorizer`] in the settings (or `HttpAuthorizer`, behind the feature `http`). [`machine`](crate::machine)
//! decides the time and number of requests, how many run at a time, the time limit, and the meaning of an answer. So an
//! authorizer neither repeats requests nor limits their time.
//!
//! ```
//! use futures_util::FutureExt;
//! use futures_util::future::BoxFuture;
//! use pusher::{AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer};
//!
//! /// Sends requests over an existing connection of the program.
//! struct OverOurOwnLine;
//!
//! impl Authorizer for OverOurOwnLine {
//!     fn authorize(&self, request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
//!         async move {
//!             let body = match &request.subject {
//!                 AuthSubject::Channel(channel) => format!("{} {channel}", request.socket_id),
//!                 AuthSubject::User => request.socket_id.clone(),
//!             };
//!             # fn ask(_body: String) -> Vec<u8> { br#"{"auth":"key:signature"}"#.to_vec() }
//!             AuthAnswer::parse(&ask(body))
//!         }
//!         .boxed()
//!     }
//! }
//! ```

#[cfg(feature = "http")]
mod http;

use std::fmt;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;

use crate::channel::ChannelName;
use crate::secret::Secret;

#[cfg(feature = "http")]
pub use http::{Headers, HttpAuthorizer, HttpSession};

/// One request to the program's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthRequest {
    /// The connection to which the answer applies, and no other.
    pub socket_id: String,
    /// The permission that is requested.
    pub subject: AuthSubject,
}

/// A permission for a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthSubject {
    /// To subscribe to this channel.
    Channel(ChannelName),
    /// To be the signed-in user (check 79).
    User,
}

/// The program's access to its own server.
///
/// Both calls run on tasks of their own. They are dropped when their answer is no longer wanted: after
/// [`Timing::authorize`](crate::Timing::authorize), on the loss of the link, and when the channel is left.
pub trait Authorizer: Send + Sync + 'static {
    /// Sends one request. Credentials such as a session token must be looked up each time (check 70).
    fn authorize(&self, request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>>;

    /// Renews the session of the program with its server, such as an expired token. Called once after
    /// [`AuthError::Unauthenticated`], for any number of channels, and after the server has closed with 4009 (checks
    /// 20, 73). Without an implementation, requests are simply repeated.
    fn renew(&self) -> BoxFuture<'static, Result<(), AuthError>> {
        async { Ok(()) }.boxed()
    }
}

/// The answer of the program's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthAnswer {
    /// `key:signature`.
    pub auth: Secret,
    /// On presence channels: the user's member data. Passed on byte for byte (check 71).
    pub channel_data: Option<Secret>,
    /// On sign-in: the user's data. Passed on byte for byte.
    pub user_data: Option<Secret>,
    /// On encrypted channels: the key, 32 bytes in base64 (check 103).
    pub shared_secret: Option<Secret>,
}

impl AuthAnswer {
    /// Makes an answer with a signature and nothing else.
    #[must_use]
    pub fn new(auth: impl Into<Secret>) -> Self {
        Self { auth: auth.into(), channel_data: None, user_data: None, shared_secret: None }
    }

    /// Reads the documented JSON answer.
    ///
    /// # Errors
    /// [`AuthError::BadAnswer`] if it has another form (check 76).
    pub fn parse(body: &[u8]) -> Result<Self, AuthError> {
        let bad = |text: &str| AuthError::BadAnswer { text: text.to_owned() };
        let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
        let answer: Value = match start {
            None => return Err(bad("the answer is empty")),
            Some(b'<') => return Err(bad("the answer is a web page")),
            Some(_) => serde_json::from_slice(body).map_err(|_| bad("the answer is not JSON"))?,
        };
        let field = |name: &str| match answer.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(Secret::new(text.as_str()))),
            Some(_) => Err(bad(&format!("`{name}` in the answer is not a text"))),
        };
        Ok(Self {
            auth: field("auth")?.ok_or_else(|| bad("there is no `auth` in the answer"))?,
            channel_data: field("channel_data")?,
            user_data: field("user_data")?,
            shared_secret: field("shared_secret")?,
        })
    }
}

/// The reason why there is no authorization. The texts are for people and hold no secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AuthError {
    /// The session with the program's server has expired, such as HTTP 401 (check 73).
    #[error("the session has expired; sign in again{}", said(.text))]
    Unauthenticated {
        /// The server's text.
        text: String,
    },
    /// A refusal that lasts for this session, such as HTTP 403 (check 72).
    #[error("access was refused{}{}", coded(*.status), said(.text))]
    Refused {
        /// The HTTP status, if there is one.
        status: Option<u16>,
        /// The server's text.
        text: String,
    },
    /// The server cannot be reached or has a fault; a repetition may succeed (checks 74, 75).
    #[error("the authorization server cannot answer now{}{}", coded(*.status), said(.text))]
    Unavailable {
        /// The HTTP status, if there is one.
        status: Option<u16>,
        /// The fault.
        text: String,
        /// The wait that the server asked for.
        retry_after: Option<Duration>,
    },
    /// The answer cannot be used (check 76).
    #[error("the authorization server gave an answer that cannot be used{}", said(.text))]
    BadAnswer {
        /// The fault of the answer.
        text: String,
    },
}

fn said(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

fn coded(status: Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(" ({status})"))
}

impl AuthError {
    /// Makes an [`AuthError::Unavailable`] without an HTTP status.
    #[must_use]
    pub fn unavailable(text: impl Into<String>) -> Self {
        Self::Unavailable { status: None, text: text.into(), retry_after: None }
    }

    /// Returns a stable code for logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated { .. } => "auth_unauthenticated",
            Self::Refused { .. } => "auth_refused",
            Self::Unavailable { .. } => "auth_unavailable",
            Self::BadAnswer { .. } => "auth_bad_answer",
        }
    }
}

/// The user who is signed in, as the server reports (check 79).
#[derive(Clone, PartialEq)]
pub struct User {
    /// The user's id.
    pub id: String,
    /// The whole `user_data`, including the id.
    pub data: Value,
}

impl User {
    /// Reads `user_data`. Returns `None` without a usable id.
    pub(crate) fn parse(user_data: &str) -> Option<Self> {
        let data: Value = serde_json::from_str(user_data).ok()?;
        let id = crate::wire::id(data.get("id")?)?;
        Some(Self { id, data })
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(body: &str) -> String {
        AuthAnswer::parse(body.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn check_76_what_is_no_answer_is_told_apart() {
        let about = "the authorization server gave an answer that cannot be used: ";
        assert_eq!(error(""), format!("{about}the answer is empty"));
        assert_eq!(error(" <!doctype html>"), format!("{about}the answer is a web page"));
        assert_eq!(error("{"), format!("{about}the answer is not JSON"));
        for body in ["{}", "[]", "7", r#""text""#, r#"{"auth":null}"#] {
            assert_eq!(error(body), format!("{about}there is no `auth` in the answer"), "{body}");
        }
        for body in [r#"{"auth":7}"#, r#"{"auth":""}"#, r#"{"auth":{}}"#] {
            assert_eq!(error(body), format!("{about}`auth` in the answer is not a text"), "{body}");
        }
        let numeric = r#"{"auth":"k:s","channel_data":{"user_id":1}}"#;
        assert_eq!(error(numeric), format!("{about}`channel_data` in the answer is not a text"));
    }

    #[test]
    fn check_71_channel_data_is_kept_as_it_came() {
        let body = r#"{"auth":"k:s","channel_data":"{ \"user_id\" : 1.0,\n\"x\":\"\\u00fc\" }"}"#;
        let answer = AuthAnswer::parse(body.as_bytes()).unwrap();
        assert_eq!(answer.channel_data.unwrap().expose(), "{ \"user_id\" : 1.0,\n\"x\":\"\\u00fc\" }");
    }
}
