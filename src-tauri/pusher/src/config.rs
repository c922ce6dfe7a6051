//! What a client is told at its start: where to connect, and every bound it keeps.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::channel::HOSTED_NAME_LIMIT;

/// Settings of one client. The application **secret** has no place in here: a client never needs it
/// (check 78).
#[derive(Clone)]
pub struct Config {
    /// The application key, which is public.
    pub key: String,
    /// Where the server is.
    pub endpoint: Endpoint,
    /// Sent as `client` in the query (check 1).
    pub client_name: String,
    /// Sent as `version` in the query (check 1).
    pub client_version: String,
    /// All waits and deadlines.
    pub timing: Timing,
    /// Start of the random sequence behind every spread wait. Two clients with one seed wait alike.
    pub seed: u64,
    /// The largest frame and message that is read, in bytes (check 90).
    pub max_frame: usize,
    /// How many notices wait for a slow consumer before loss turns into a gap (check 96).
    pub queue: usize,
    /// Longest channel name in characters (check 64).
    pub channel_name_limit: usize,
    /// TLS settings to use in place of the operating system's trust store (check 12).
    pub tls: Option<Arc<rustls::ClientConfig>>,
}

impl Config {
    /// Settings with the defaults of this crate and a random seed.
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
            channel_name_limit: HOSTED_NAME_LIMIT,
            tls: None,
        }
    }

    /// The address to open, over TLS if the endpoint asks for it or `force_tls` is set (check 18).
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
            .field("key", &self.key)
            .field("endpoint", &self.endpoint)
            .field("timing", &self.timing)
            .field("max_frame", &self.max_frame)
            .field("queue", &self.queue)
            .finish_non_exhaustive()
    }
}

/// Where the server is: a cluster of the hosted service, or a host of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
}

/// Why a cluster name or an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// A cluster is a short word such as `eu` or `mt1`.
    #[error("{0:?} is not a cluster name; it should look like eu, mt1 or us2")]
    Cluster(String),
    /// The text is not an address.
    #[error("{address:?} is not an address ({reason}); it should look like wss://host or ws://host:port")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Endpoint {
    /// A cluster of the hosted service, over TLS: `eu` becomes `wss://ws-eu.pusher.com` (check 1).
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

    /// A server of one's own: `ws://host:port` or `wss://host`, with a path prefix if it has one.
    ///
    /// # Errors
    /// [`EndpointError::Address`] if it is not such an address.
    pub fn from_host(address: &str) -> Result<Self, EndpointError> {
        let wrong =
            |reason: &str| EndpointError::Address { address: address.to_owned(), reason: reason.to_owned() };
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

    /// Whether the first attempt goes over TLS.
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

/// Every wait and deadline. The defaults are the bounds that `CONFORMANCE.md` is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// One deadline over name resolution, TCP, TLS, upgrade and greeting (checks 6, 7).
    pub open: Duration,
    /// Head start of each address over the next one (check 9).
    pub address_stagger: Duration,
    /// Silence after which a ping goes out, unless the server asks for less (check 33).
    pub activity: Duration,
    /// How long an idle ping may stay without any answer (check 35).
    pub pong: Duration,
    /// How long a ping after a network change may stay unanswered (check 42).
    pub network_probe: Duration,
    /// How long a ping after a sleep may stay unanswered (check 40).
    pub wake_probe: Duration,
    /// First ceiling of the growing waits (check 47).
    pub backoff_first: Duration,
    /// Last ceiling of the growing waits (check 47).
    pub backoff_cap: Duration,
    /// How long a link must last before waits start small again (check 49).
    pub healthy_after: Duration,
    /// Shortest wait at the slow pace (checks 11, 19).
    pub slow_min: Duration,
    /// Longest wait at the slow pace (checks 11, 19).
    pub slow_max: Duration,
    /// Longest `Retry-After` that is honoured (check 14).
    pub retry_after_max: Duration,
    /// Spread of a reconnect "at once" (checks 22, 35).
    pub at_once_spread: Duration,
    /// Spread of an attempt after the network came back (check 50).
    pub hurry_spread: Duration,
    /// Attempts allowed in any [`Timing::attempt_window`] (checks 23, 24).
    pub attempt_limit: usize,
    /// See [`Timing::attempt_limit`].
    pub attempt_window: Duration,
    /// How long a subscription may stay unconfirmed before it is asked for again (check 57).
    pub ack: Duration,
    /// How often a subscription is asked for on one link (check 57).
    pub ack_attempts: u32,
    /// How long a close handshake may take (check 28).
    pub close: Duration,
    /// How often the clocks are compared (check 40).
    pub tick: Duration,
    /// Unexplained time between two looks at the clock that counts as a sleep (check 40).
    pub sleep_suspected: Duration,
    /// A sleep after which a gap is announced even though the link survived it (check 40).
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
    fn addresses_that_are_none_are_refused_in_words() {
        for wrong in ["127.0.0.1:80", "http://host", "ws://", "wss://user:pw@host", ""] {
            assert!(Endpoint::from_host(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "eu.evil.example/", "e u"] {
            assert!(Endpoint::cluster(wrong).is_err(), "{wrong}");
        }
    }
}
