//! Requests authorization over HTTP, as the protocol documents it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use url::Url;

use super::{AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer};
use crate::secret::{Secret, mask};
use crate::time::SharedClock;

/// Largest answer that is read, in bytes. A presence answer is a few kilobytes.
const LARGEST_ANSWER: usize = 64 * 1024;
/// Largest part of a refusal's text that is passed on, in characters.
const LONGEST_TEXT: usize = 200;
/// Shortest part of a header that is searched for in a refusal's text, in characters.
const SHORTEST_SECRET: usize = 8;
/// Time for which an idle connection is kept. Servers close them after a few seconds.
const IDLE: Duration = Duration::from_secs(15);
/// Limit of idle connections: as many as requests run at a time by default, so that each finds a connection (check 68).
const CONNECTIONS: usize = 8;

/// Header names and values.
pub type Headers = Vec<(String, Secret)>;

/// The program's session with its own server.
pub trait HttpSession: Send + Sync + 'static {
    /// Returns the headers with the credentials, looked up for every request (check 70).
    fn headers(&self) -> BoxFuture<'_, Result<Headers, AuthError>>;

    /// Renews the session, like [`Authorizer::renew`].
    fn renew(&self) -> BoxFuture<'_, Result<(), AuthError>> {
        async { Ok(()) }.boxed()
    }
}

/// A session that is a function which returns the headers.
impl<F> HttpSession for F
where
    F: Fn() -> Headers + Send + Sync + 'static,
{
    fn headers(&self) -> BoxFuture<'_, Result<Headers, AuthError>> {
        async move { Ok(self()) }.boxed()
    }
}

/// Asks an HTTP endpoint: a form-encoded POST of `socket_id` and `channel_name`, answered with JSON.
///
/// 401 is [`AuthError::Unauthenticated`]; 408, 425, 429, 5xx and failures of the network are
/// [`AuthError::Unavailable`] with the server's `Retry-After`; every other 4xx is [`AuthError::Refused`].
/// Redirects are not followed: the headers are for this address only.
///
/// ```
/// # fn token() -> String { "t".to_owned() }
/// use pusher::{Config, Endpoint, HttpAuthorizer, Secret, SystemClock};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let authorizer = HttpAuthorizer::new("https://hotel.example/pusher/auth".parse()?, SystemClock::shared())?
///     .with_user_endpoint("https://hotel.example/pusher/user-auth".parse()?)
///     .with_session(|| vec![("Authorization".to_owned(), Secret::new(format!("Token {}", token())))]);
/// let config = Config::new("app-key", Endpoint::cluster("eu")?).with_authorizer(authorizer);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct HttpAuthorizer {
    client: Client,
    clock: SharedClock,
    channels: Url,
    users: Option<Url>,
    session: Arc<dyn HttpSession>,
}

impl HttpAuthorizer {
    /// Sends the requests for channels to `channels`, over connections of its own. The operating system's trust store
    /// decides about certificates; `clock` reads a `Retry-After` that is a date. If the process has no default provider
    /// of cryptography for rustls yet, it installs `ring`.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] if the trust store cannot be used.
    pub fn new(channels: Url, clock: SharedClock) -> Result<Self, AuthError> {
        // An error means that a provider is already installed, which is enough.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .pool_max_idle_per_host(CONNECTIONS)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| transport(&error))?;
        Ok(Self::with_client(client, channels, clock))
    }

    /// Uses an existing HTTP client of the program. That client should not follow redirects.
    #[must_use]
    pub fn with_client(client: Client, channels: Url, clock: SharedClock) -> Self {
        Self { client, clock, channels, users: None, session: Arc::new(Vec::new) }
    }

    /// Sends sign-in requests to `users` (check 79). Without it, sign-ins fail.
    #[must_use]
    pub fn with_user_endpoint(self, users: Url) -> Self {
        Self { users: Some(users), ..self }
    }

    /// Sends the headers of `session` with every request.
    #[must_use]
    pub fn with_session(self, session: impl HttpSession) -> Self {
        Self { session: Arc::new(session), ..self }
    }

    async fn ask(self, request: AuthRequest) -> Result<AuthAnswer, AuthError> {
        let (address, form) = match (request.subject, self.users) {
            (AuthSubject::Channel(channel), _) => (
                self.channels,
                vec![("socket_id", request.socket_id), ("channel_name", channel.as_str().to_owned())],
            ),
            (AuthSubject::User, Some(users)) => (users, vec![("socket_id", request.socket_id)]),
            (AuthSubject::User, None) => {
                let text = "no address for signing in is set".to_owned();
                return Err(AuthError::Refused { status: None, text });
            }
        };
        let headers = self.session.headers().await?;
        let mut post = self.client.post(address).header(ACCEPT, "application/json").form(&form);
        for (name, value) in &headers {
            let name = HeaderName::try_from(name.as_str()).map_err(|_| header_error(name))?;
            let mut value = HeaderValue::try_from(value.expose()).map_err(|_| header_error(name.as_str()))?;
            value.set_sensitive(true);
            post = post.header(name, value);
        }
        let response = post.send().await.map_err(|error| transport(&error))?;
        let status = response.status();
        let retry_after = retry_after(&response, &self.clock);
        let body = read(response).await;
        if status.is_success() {
            return AuthAnswer::parse(&body?);
        }
        let text = body.map(|body| text_of(&body, &headers)).unwrap_or_default();
        Err(match status {
            StatusCode::UNAUTHORIZED => AuthError::Unauthenticated { text },
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
                AuthError::Unavailable { status: Some(status.as_u16()), text, retry_after }
            }
            status if status.is_server_error() => {
                AuthError::Unavailable { status: Some(status.as_u16()), text, retry_after }
            }
            status if status.is_client_error() => AuthError::Refused { status: Some(status.as_u16()), text },
            status => {
                AuthError::BadAnswer { text: format!("status {}, which is not followed", status.as_u16()) }
            }
        })
    }
}

impl Authorizer for HttpAuthorizer {
    fn authorize(&self, request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
        self.clone().ask(request).boxed()
    }

    fn renew(&self) -> BoxFuture<'static, Result<(), AuthError>> {
        let session = Arc::clone(&self.session);
        async move { session.renew().await }.boxed()
    }
}

impl fmt::Debug for HttpAuthorizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAuthorizer").field("host", &self.channels.host_str()).finish_non_exhaustive()
    }
}

fn header_error(name: &str) -> AuthError {
    AuthError::Refused { status: None, text: format!("the header {name:?} cannot be sent") }
}

/// The address may hold a token, so it is left out.
fn transport(error: &reqwest::Error) -> AuthError {
    AuthError::unavailable(match error {
        error if error.is_connect() => "no connection to it",
        error if error.is_timeout() => "no answer in time",
        error if error.is_builder() => "the request cannot be built",
        _ => "the connection to it broke",
    })
}

/// Reads the body up to the limit and no further (check 76).
async fn read(mut response: Response) -> Result<Vec<u8>, AuthError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| transport(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            let text = format!("it is longer than {} kB", LARGEST_ANSWER / 1024);
            return Err(AuthError::BadAnswer { text });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Reads seconds or a date.
fn retry_after(response: &Response, clock: &SharedClock) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(date.saturating_sub(clock.wall()))
}

/// Returns a refusal's text in one line, without the sent headers (check 78).
fn text_of(body: &[u8], headers: &Headers) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.starts_with('<') {
        return String::new();
    }
    let said = serde_json::from_str::<serde_json::Value>(text).ok().and_then(|said| {
        let sentence = ["message", "detail", "error"].iter().find_map(|name| said.get(name)?.as_str());
        sentence.map(str::to_owned)
    });
    let mut text = said.unwrap_or_else(|| text.to_owned());
    for (_, value) in headers {
        for part in value.expose().split_whitespace().filter(|part| part.len() >= SHORTEST_SECRET) {
            text = text.replace(part, "(hidden)");
        }
    }
    mask(text).chars().take(LONGEST_TEXT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_78_a_refusal_that_quotes_the_token_is_passed_on_without_it() {
        let headers = vec![("Authorization".to_owned(), Secret::new("Token 0123456789-planted"))];
        let body = br#"{"detail":"the token 0123456789-planted\nis not known"}"#;
        assert_eq!(text_of(body, &headers), "the token (hidden) is not known");
        assert_eq!(text_of(b"<html>", &headers), "");
        assert_eq!(text_of("ü".repeat(300).as_bytes(), &headers).chars().count(), 200);
    }
}
