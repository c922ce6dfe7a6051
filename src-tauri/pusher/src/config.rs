//! The settings of a client: the server's address, and all limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio_tungstenite::tungstenite::http::Uri;
use url::Url;

use crate::auth::Authorizer;
use crate::channel::HOSTED_NAME_LIMIT;
use crate::wire::Event;

/// A function that returns a key of the entity of an event and its version; see [`Config::duplicate_key`].
pub type DuplicateKey = Arc<dyn Fn(&Event) -> Option<String> + Send + Sync>;

/// Settings of one client. They never contain the application **secret**: a client does not need it (check 78).
#[derive(Clone)]
pub struct Config {
    /// The application key, which is public.
    pub key: String,
    /// The server's address.
    pub endpoint: Endpoint,
    /// Sent as `client` in the query (check 1).
    pub client_name: String,
    /// Sent as `version` in the query (check 1).
    pub client_version: String,
    /// All waits and deadlines.
    pub timing: Timing,
    /// Seed of the random sequence behind every spread wait. Two clients with the same seed wait alike.
    pub seed: u64,
    /// The largest frame and message that is read, in bytes (check 90).
    pub max_frame: usize,
    /// The number of notices that wait for a slow consumer before loss turns into a gap (check 96).
    pub queue: usize,
    /// The bytes of the waiting notices, approximately; one notice always fits (check 96).
    pub queue_bytes: usize,
    /// Longest channel name in characters (check 64).
    pub channel_name_limit: usize,
    /// The authorizer of private, presence and encrypted channels and of sign-ins. Without one they are refused.
    pub authorizer: Option<Arc<dyn Authorizer>>,
    /// The number of authorizations that are requested at the same time (check 68).
    pub parallel_authorizations: usize,
    /// Largest data of a client event, in bytes of JSON (check 106).
    pub client_event_size: usize,
    /// A function that returns the same key for two events of a channel that are one and the same, or `None` for an
    /// event that is never dropped. The second of two events with one key within the window is dropped (check 93).
    /// Without this function nothing is dropped. It runs between two frames, so it should be quick.
    pub duplicate_key: Option<DuplicateKey>,
    /// Largest number of keys that are remembered (check 93).
    pub duplicate_window: usize,
    /// The use of a proxy (check 13).
    pub proxy: Proxy,
    /// TLS settings to use in place of the operating system's trust store (check 12).
    pub tls: Option<Arc<rustls::ClientConfig>>,
}

impl Config {
    /// Makes settings with the defaults of this crate and a random seed.
    #[must_use]
    pub fn new(key: impl Into<String>, endpoint: Endpoint) -> Self {
        Self {
            key: key.into(),
            endpoint,
            client_name: "hotelmate-pusher".to_owned(),
            client_version: env!("CARGO_PKG_VERSION").to_owned(),
            timing: Timing::default(),
            seed: rand::random(),
            max_frame: 1024 * 1024,
            queue: 4096,
            queue_bytes: 16 * 1024 * 1024,
            channel_name_limit: HOSTED_NAME_LIMIT,
            authorizer: None,
            parallel_authorizations: 8,
            client_event_size: 10 * 1024,
            duplicate_key: None,
            duplicate_window: 1024,
            proxy: Proxy::default(),
            tls: None,
        }
    }

    /// Returns the same settings with this authorizer.
    #[must_use]
    pub fn with_authorizer(self, authorizer: impl Authorizer) -> Self {
        Self { authorizer: Some(Arc::new(authorizer)), ..self }
    }

    /// Returns the same settings with a [`Config::duplicate_key`].
    #[must_use]
    pub fn with_duplicate_key(self, key: impl Fn(&Event) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { duplicate_key: Some(Arc::new(key)), ..self }
    }

    /// Returns the address to open, over TLS if the endpoint asks for it or `force_tls` is set (check 18).
    pub(crate) fn target(&self, force_tls: bool) -> Url {
        let mut url = self.endpoint.base.clone();
        if force_tls && url.scheme() == "ws" {
            // Both are special schemes, between which a change always succeeds.
            let _ = url.set_scheme("wss");
        }
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("app").push(&self.key);
        }
        url.query_pairs_mut()
            .append_pair("protocol", "7")
            .append_pair("client", &self.client_name)
            .append_pair("version", &self.client_version);
        url
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("endpoint", &self.endpoint)
            .field("proxy", &self.proxy)
            .field("timing", &self.timing)
            .field("max_frame", &self.max_frame)
            .field("queue", &self.queue)
            .field("queue_bytes", &self.queue_bytes)
            .finish_non_exhaustive()
    }
}

/// The server's address: a cluster of the hosted service, or another host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
}

/// The reason why a cluster name or an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// A cluster is a short word such as `eu` or `mt1`.
    #[error("{0:?} is not a cluster name; it should look like eu, mt1 or us2")]
    Cluster(String),
    /// The text is not an address.
    #[error("{address:?} is not an address ({reason}); it should look like wss://host or ws://host:port")]
    Address {
        /// The given text, unless it may hold a secret.
        address: String,
        /// The fault of the text.
        reason: String,
    },
    /// The text is not the address of an HTTP proxy. It is not repeated, since it may hold a password.
    #[error(
        "that is not the address of an HTTP proxy; it should look like http://host:port or http://user:password@host:port"
    )]
    Proxy,
}

impl Endpoint {
    /// Makes the address of a cluster of the hosted service, over TLS: `eu` becomes `wss://ws-eu.pusher.com` (check 1).
    ///
    /// # Errors
    /// [`EndpointError::Cluster`] if the name has characters that no cluster has.
    pub fn cluster(name: &str) -> Result<Self, EndpointError> {
        let plausible = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let wrong = || EndpointError::Cluster(name.to_owned());
        if !plausible {
            return Err(wrong());
        }
        let base = Url::parse(&format!("wss://ws-{name}.pusher.com")).map_err(|_| wrong())?;
        Ok(Self { base })
    }

    /// Makes the address of a self-hosted server: `ws://host:port` or `wss://host`, with an optional path prefix.
    ///
    /// # Errors
    /// [`EndpointError::Address`] if it is not such an address.
    pub fn from_host(address: &str) -> Result<Self, EndpointError> {
        // The part after a user's name, or after a question mark, may be a secret.
        let shown = if address.contains(['@', '?']) { "what was given" } else { address };
        let wrong =
            |reason: &str| EndpointError::Address { address: shown.to_owned(), reason: reason.to_owned() };
        let mut base = Url::parse(address.trim()).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(base.scheme(), "ws" | "wss") {
            return Err(wrong("it must start with ws:// or wss://"));
        }
        if base.host().is_none() {
            return Err(wrong("it names no host"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong("it must not carry a user name or password"));
        }
        base.set_query(None);
        base.set_fragment(None);
        Ok(Self { base })
    }

    /// Returns true if the first attempt goes over TLS.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.base.scheme() == "wss"
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base.as_str().trim_end_matches('/'))
    }
}

/// The use of a proxy.
#[derive(Debug, Clone, Default)]
pub enum Proxy {
    /// The proxy of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), or of the settings of
    /// Windows and macOS, read at every attempt.
    #[default]
    System,
    /// No proxy, whatever the system's settings are.
    Direct,
    /// This proxy, whatever the system's settings are.
    Server(ProxyServer),
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("as the system says"),
            Self::Direct => f.write_str("directly"),
            Self::Server(server) => write!(f, "through {}", server.intercept.uri()),
        }
    }
}

/// An HTTP proxy, with or without credentials. `Debug` never shows the credentials.
#[derive(Debug, Clone)]
pub struct ProxyServer {
    intercept: Intercept,
}

impl ProxyServer {
    /// Reads `http://host:port`, `https://host:port` (TLS up to the proxy) or `http://user:password@host:port`. Special
    /// characters are written as `%40`.
    ///
    /// # Errors
    /// [`EndpointError::Proxy`] if it is not such an address.
    pub fn parse(address: &str) -> Result<Self, EndpointError> {
        let anywhere = Uri::from_static("https://anywhere.invalid");
        Matcher::builder()
            .all(address.trim())
            .build()
            .intercept(&anywhere)
            .filter(|intercept| matches!(intercept.uri().scheme_str(), Some("http" | "https")))
            .map(|intercept| Self { intercept })
            .ok_or(EndpointError::Proxy)
    }

    pub(crate) fn intercept(&self) -> &Intercept {
        &self.intercept
    }
}

/// All waits and deadlines. The defaults are the limits that `CONFORMANCE.md` is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// One deadline for name resolution, TCP, TLS, upgrade and greeting (checks 6, 7).
    pub open: Duration,
    /// Head start of each address over the next one (check 9).
    pub address_stagger: Duration,
    /// Silence after which a ping goes out, unless the server asks for less (check 33).
    pub activity: Duration,
    /// Time limit of an idle ping without any answer (check 35).
    pub pong: Duration,
    /// Time limit of the answer to a ping after a network change (check 42).
    pub network_probe: Duration,
    /// Time limit of the answer to a ping after a sleep (check 40).
    pub wake_probe: Duration,
    /// Shortest wait if the server asks for one (checks 14, 21, 26).
    pub backoff_floor: Duration,
    /// First ceiling of the growing waits (check 47).
    pub backoff_first: Duration,
    /// Last ceiling of the growing waits (check 47).
    pub backoff_cap: Duration,
    /// Time that a link must last before waits start small again (check 49).
    pub healthy_after: Duration,
    /// Shortest wait at the slow pace (checks 11, 19).
    pub slow_min: Duration,
    /// Longest wait at the slow pace (checks 11, 19).
    pub slow_max: Duration,
    /// Longest `Retry-After` that is accepted (check 14).
    pub retry_after_max: Duration,
    /// Spread of a reconnect "at once" (checks 22, 35). If hundreds of clients may lose one server at the same moment,
    /// 8 s here and in [`Timing::backoff_first`] keep them apart even after a short outage (check 48).
    pub at_once_spread: Duration,
    /// Spread of an attempt after the network came back (check 50).
    pub hurry_spread: Duration,
    /// The number of attempts that are allowed in any [`Timing::attempt_window`] (checks 23, 24).
    pub attempt_limit: usize,
    /// See [`Timing::attempt_limit`].
    pub attempt_window: Duration,
    /// Time limit of a subscription's confirmation, after which it is requested again (check 57).
    pub ack: Duration,
    /// The number of requests for a subscription on one link (check 57).
    pub ack_attempts: u32,
    /// Time limit of an authorization or a renewal of the session (check 75).
    pub authorize: Duration,
    /// Time in which no other key is fetched for an encrypted channel after one that did not help; it doubles with each
    /// such key (check 104).
    pub rekey_quiet: Duration,
    /// The number of client events that may be sent in any [`Timing::client_event_window`] (check 107).
    pub client_event_limit: usize,
    /// See [`Timing::client_event_limit`].
    pub client_event_window: Duration,
    /// The number of client events that wait for their turn; further ones are refused (check 107).
    pub client_event_queue: usize,
    /// Time for which the key of an event is remembered (check 93).
    pub duplicates: Duration,
    /// Time limit of a close handshake (check 28).
    pub close: Duration,
    /// Interval at which the clocks are compared (check 40).
    pub tick: Duration,
    /// Unexplained time between two readings of the clock that counts as a sleep (check 40).
    pub sleep_suspected: Duration,
    /// Shortest sleep after which a gap is announced although the link survived it (check 40).
    pub sleep_gap: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        const fn secs(n: u64) -> Duration {
            Duration::from_secs(n)
        }
        Self {
            open: secs(10),
            address_stagger: Duration::from_millis(250),
            activity: secs(30),
            pong: secs(10),
            network_probe: secs(5),
            wake_probe: secs(3),
            backoff_floor: secs(1),
            backoff_first: secs(1),
            backoff_cap: secs(30),
            healthy_after: secs(60),
            slow_min: secs(60),
            slow_max: secs(180),
            retry_after_max: secs(3600),
            at_once_spread: Duration::from_millis(400),
            hurry_spread: Duration::from_millis(500),
            attempt_limit: 10,
            attempt_window: secs(60),
            ack: secs(10),
            ack_attempts: 3,
            authorize: secs(10),
            rekey_quiet: secs(5),
            client_event_limit: 10,
            client_event_window: secs(1),
            client_event_queue: 20,
            duplicates: secs(600),
            close: secs(2),
            tick: secs(1),
            sleep_suspected: secs(4),
            sleep_gap: secs(60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(endpoint: Endpoint) -> Config {
        Config { client_name: "c".into(), client_version: "1".into(), ..Config::new("a key/1", endpoint) }
    }

    #[test]
    fn check_01_a_cluster_becomes_the_documented_address() {
        let url = config(Endpoint::cluster("eu").unwrap()).target(false);
        assert_eq!(url.as_str(), "wss://ws-eu.pusher.com/app/a%20key%2F1?protocol=7&client=c&version=1");
    }

    #[test]
    fn check_01_a_host_keeps_its_port_and_path_prefix() {
        let url = config(Endpoint::from_host("ws://127.0.0.1:6001/live/").unwrap()).target(false);
        assert_eq!(url.as_str(), "ws://127.0.0.1:6001/live/app/a%20key%2F1?protocol=7&client=c&version=1");
    }

    #[test]
    fn check_18_forcing_tls_changes_the_scheme_and_the_default_port() {
        let url = config(Endpoint::from_host("ws://hotel.example").unwrap()).target(true);
        assert_eq!((url.scheme(), url.port_or_known_default()), ("wss", Some(443)));
    }

    #[test]
    fn check_13_a_proxy_is_an_http_address() {
        for right in ["http://proxy.example:3128", "https://proxy.example", "proxy.example:3128"] {
            assert!(ProxyServer::parse(right).is_ok(), "{right}");
        }
        for wrong in ["", "socks5://proxy.example", "ftp://proxy.example", "http://", "/path", "a b"] {
            assert_eq!(ProxyServer::parse(wrong).unwrap_err(), EndpointError::Proxy, "{wrong}");
        }
    }

    #[test]
    fn addresses_that_are_none_are_refused_in_words() {
        for wrong in ["127.0.0.1:80", "http://host", "ws://", "wss://user:pw@host", ""] {
            assert!(Endpoint::from_host(wrong).is_err(), "{wrong}");
        }
        for secret in ["wss://desk:s3cret@push.example", "https://push.example?token=s3cret", "desk:s3cret@"]
        {
            let error = Endpoint::from_host(secret).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        }
        for wrong in ["", "eu.evil.example/", "e u"] {
            assert!(Endpoint::cluster(wrong).is_err(), "{wrong}");
        }
    }
}
