//! The process's HTTP client, the token, and the processing of a request up to its answer.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use pusher::time::{SharedClock, SystemClock};
use reqwest::header::{ALLOW, AUTHORIZATION, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use url::Url;

use super::error::ApiError;
use super::server_clock::ServerClock;
use crate::account::Token;

/// Time limit for DNS, TCP and TLS together.
const CONNECT: Duration = Duration::from_secs(10);
/// Time limit of a read, from the first byte sent to the last byte received.
pub(super) const READ: Duration = Duration::from_secs(30);
/// Time limit of a write. The server publishes events inside the request, up to 5 s each (contract.md 12, trap 10).
pub(super) const WRITE: Duration = Duration::from_secs(60);
/// Time limit of an upload, long enough for a slow line.
pub(super) const UPLOAD: Duration = Duration::from_secs(180);
/// Time after which an idle connection is closed. Servers close theirs after a few seconds; a connection that this
/// client closes first cannot fail under a write.
const IDLE: Duration = Duration::from_secs(15);
/// Largest answer that is read, in bytes. One careless offer can make a list page of 60 MB (contract.md 1.6).
const LARGEST_ANSWER: usize = 96 << 20;

/// The process's HTTP client: connection pool, trust store, time limits. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    clock: SharedClock,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}

impl Http {
    /// Makes the client. The operating system's trust store decides about certificates.
    ///
    /// # Errors
    /// [`ApiError::Unexpected`] if the operating system's trust store cannot be used.
    pub fn new() -> Result<Self, ApiError> {
        Self::with_clock(SystemClock::shared())
    }

    /// Makes the client with a clock that measures the time limits of requests.
    ///
    /// # Errors
    /// The errors of [`new`](Self::new).
    pub fn with_clock(clock: SharedClock) -> Result<Self, ApiError> {
        // An error means that a provider is already installed, which is enough.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(concat!("HotelMate-Desk/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .tcp_keepalive(IDLE)
            .build()
            .map_err(|error| ApiError::from_transport(&error))?;
        Ok(Self { client, clock })
    }

    /// Starts to measure the time of an answer.
    pub(super) fn stopwatch(&self) -> Stopwatch<'_> {
        Stopwatch { clock: &self.clock, sent: self.clock.wall(), start: self.clock.monotonic() }
    }

    /// Makes a request that [`exchange`](Self::exchange) gives up after `limit`.
    pub(super) fn request(&self, method: Method, url: Url, limit: Duration) -> RequestBuilder {
        self.client.request(method, url).timeout(limit)
    }

    /// Sends the request and reads the answer with `read`, both within the request's limit. This client's clock
    /// measures the limit, not the clock inside the HTTP library.
    pub(super) async fn exchange<T, F>(
        &self,
        request: RequestBuilder,
        read: impl FnOnce(Response) -> F,
    ) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let mut request = request.build().map_err(|error| ApiError::from_transport(&error))?;
        let limit = request.timeout_mut().take().unwrap_or(READ);
        let work = async {
            let sent = self.client.execute(request).await;
            read(sent.map_err(|error| ApiError::from_transport(&error))?).await
        };
        tokio::select! {
            answer = work => answer,
            () = self.clock.sleep(limit) => Err(ApiError::Unclear { cause: "no answer in time".to_owned() }),
        }
    }
}

/// The measurement of an answer's time.
#[derive(Clone, Copy)]
pub(super) struct Stopwatch<'a> {
    clock: &'a SharedClock,
    sent: Duration,
    start: Duration,
}

impl Stopwatch<'_> {
    /// Call it when the head of the answer is here. Returns the time that the answer took, and notes the server's time
    /// in the headers.
    pub(super) fn note(&self, server: &ServerClock, headers: &HeaderMap) -> Duration {
        let round_trip = self.clock.monotonic().saturating_sub(self.start);
        server.note(self.sent, round_trip, headers);
        round_trip
    }
}

/// The effect that a request can have at the server. It decides the meaning of an unreadable answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The request changes nothing: an odd answer is only odd.
    Reads,
    /// The request may have changed something: an odd answer leaves the outcome unknown.
    Writes,
}

/// A complete 2xx answer.
pub(super) struct Answer {
    status: StatusCode,
    body: Bytes,
    effect: Effect,
    /// The header `Allow`.
    allow: Option<String>,
}

impl Answer {
    /// Returns the methods in `Allow`, in capitals, or `None` if the answer has no such header.
    pub(super) fn verbs(&self) -> Option<Vec<String>> {
        let allow = self.allow.as_ref()?;
        Some(allow.split(',').map(|verb| verb.trim().to_ascii_uppercase()).collect())
    }

    /// Reads the body as JSON.
    ///
    /// A body that ends in the middle is a cut answer. Any other text is not an answer of HotelMate; after a write, the
    /// outcome is then still unknown.
    pub(super) fn json(&self) -> Result<Value, ApiError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            if error.is_eof() {
                ApiError::Unclear { cause: "the answer was cut".to_owned() }
            } else {
                self.odd("it is not JSON")
            }
        })
    }

    /// Returns the error for an unexpected answer.
    pub(super) fn odd(&self, why: impl fmt::Display) -> ApiError {
        match self.effect {
            Effect::Writes => ApiError::Unclear { cause: format!("the answer was unreadable: {why}") },
            Effect::Reads => ApiError::Unexpected { status: self.status.as_u16(), message: why.to_string() },
        }
    }
}

/// Reads an answer to its end. Returns the error that its status means, if it is not a 2xx.
pub(super) async fn finish(response: Response, effect: Effect) -> Result<Answer, ApiError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = read_body(response, LARGEST_ANSWER).await;
    if status.is_success() {
        return match (body, effect) {
            (Ok(body), _) => {
                let allow = headers.get(ALLOW).and_then(|value| value.to_str().ok()).map(str::to_owned);
                Ok(Answer { status, body, effect, allow })
            }
            (Err(ApiError::Unexpected { message, .. }), Effect::Writes) => {
                Err(ApiError::Unclear { cause: message })
            }
            (Err(error), _) => Err(error),
        };
    }
    // The status is sufficient: a truncated error page does not make the outcome less clear.
    Err(ApiError::from_answer(status, &headers, &body.unwrap_or_default()))
}

/// Reads a body to its end. Fails if it has more than `limit` bytes.
pub(super) async fn read_body(mut response: Response, limit: usize) -> Result<Bytes, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| ApiError::from_transport(&error))? {
        if body.len() + chunk.len() > limit {
            let message = format!("the answer is larger than {} MB", limit >> 20);
            return Err(ApiError::Unexpected { status: response.status().as_u16(), message });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Joins path segments to the server's origin, with the final slash that every path has (contract.md 1.1).
pub(super) fn endpoint(server: &Url, segments: &[&str]) -> Result<Url, ApiError> {
    let mut url = server.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.path_segments_mut()
        .map_err(|()| ApiError::local("the server's address is not a web address"))?
        .pop_if_empty()
        .extend(segments)
        .push("");
    Ok(url)
}

/// One person's access to one hotel's server, or a guest's. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct Api {
    pub(super) http: Http,
    server: Arc<Url>,
    hotel: Arc<str>,
    /// `None` for a guest, who can only read the public page.
    token: Option<Token>,
    /// True after the server named `Bearer` once. From then on the client uses that form.
    bearer: Arc<AtomicBool>,
    /// True if this server has `me` at the path of the newer servers.
    pub(super) newer_me: Arc<AtomicBool>,
    /// True if this server has the list of the staff under the hotel's slug once, and not twice.
    pub(super) short_staff_path: Arc<AtomicBool>,
    /// True if this server has the page for guests at the path of the newer servers.
    pub(super) newer_page: Arc<AtomicBool>,
    server_clock: ServerClock,
}

impl Api {
    /// Makes the access. `server` is the origin, `hotel` the slug.
    pub fn new(http: Http, server: Url, hotel: String, token: Token) -> Self {
        Self { token: Some(token), ..Self::public(http, server, hotel) }
    }

    /// Makes the access of a guest, who has no token. `server` is the origin, `hotel` the slug.
    pub fn public(http: Http, server: Url, hotel: String) -> Self {
        Self {
            http,
            server: Arc::new(server),
            hotel: hotel.into(),
            token: None,
            bearer: Arc::new(AtomicBool::new(false)),
            newer_me: Arc::new(AtomicBool::new(true)),
            short_staff_path: Arc::new(AtomicBool::new(false)),
            newer_page: Arc::new(AtomicBool::new(false)),
            server_clock: ServerClock::default(),
        }
    }

    /// The server's clock, as its answers show it.
    pub fn server_clock(&self) -> &ServerClock {
        &self.server_clock
    }

    /// The hotel's slug.
    pub(super) fn slug(&self) -> &str {
        &self.hotel
    }

    /// The server's origin.
    pub fn server(&self) -> &Url {
        &self.server
    }

    /// Returns an address `{base}/api/staff/{slug}/...`, in the person's own zone.
    pub(super) fn own(&self, rest: &[&str]) -> Result<Url, ApiError> {
        endpoint(&self.server, &[&["api", "staff", &self.hotel], rest].concat())
    }

    /// Returns an address `{base}/api/staff/hotel/{slug}/...`, in the hotel's zone.
    pub(super) fn hotel(&self, rest: &[&str]) -> Result<Url, ApiError> {
        endpoint(&self.server, &[&["api", "staff", "hotel", &self.hotel], rest].concat())
    }

    /// Sends the request that `make` builds, with the token. Builds it a second time only to change `Token` to
    /// `Bearer`.
    pub(super) async fn send(
        &self,
        effect: Effect,
        make: impl Fn() -> RequestBuilder,
    ) -> Result<Answer, ApiError> {
        loop {
            let bearer = self.bearer.load(Ordering::Relaxed);
            let request = make().header(AUTHORIZATION, self.credentials(bearer)?);
            let watch = self.http.stopwatch();
            let read = |response: Response| async move {
                watch.note(&self.server_clock, response.headers());
                let refused = response.status() == StatusCode::UNAUTHORIZED;
                if refused && !bearer && wants_bearer(response.headers()) {
                    return Ok(None);
                }
                finish(response, effect).await.map(Some)
            };
            match self.http.exchange(request, read).await? {
                Some(answer) => return Ok(answer),
                None => self.bearer.store(true, Ordering::Relaxed),
            }
        }
    }

    /// Sends a request once, with the token in the form `Token`. The first servers take any other form for a guest
    /// (contract.md 8.4).
    pub(super) async fn send_as_staff(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, ApiError> {
        let request = request.header(AUTHORIZATION, self.credentials(false)?);
        let watch = self.http.stopwatch();
        let read = |response: Response| async move {
            watch.note(&self.server_clock, response.headers());
            finish(response, effect).await
        };
        self.http.exchange(request, read).await
    }

    pub(super) fn credentials(&self, bearer: bool) -> Result<HeaderValue, ApiError> {
        let scheme = if bearer { "Bearer" } else { "Token" };
        // The server never issued a token that cannot be written in a header.
        let token = self.token.as_ref().ok_or(ApiError::SignInNeeded)?;
        let mut value = HeaderValue::from_str(&format!("{scheme} {}", token.expose()))
            .map_err(|_| ApiError::SignInNeeded)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Returns true if `WWW-Authenticate` names `Bearer` and not `Token` as well.
fn wants_bearer(headers: &HeaderMap) -> bool {
    let names = |scheme: &str| {
        headers
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|text| text.split([',', ' ']).any(|word| word.eq_ignore_ascii_case(scheme)))
    };
    names("Bearer") && !names("Token")
}
