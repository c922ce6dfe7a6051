//! HTTP proxies: the choice of one, and the tunnel through it (check 13).
//!
//! The system's settings are read at every attempt, since a portable computer changes networks. The environment goes
//! first (`HTTPS_PROXY` for `wss`, `HTTP_PROXY` for `ws`, `ALL_PROXY`, `NO_PROXY`), then the settings of Windows and
//! macOS. Connections to this computer never use the system's proxy, as in browsers.

use std::time::Duration;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::http::Uri;
use url::{Host, Url};

use super::link::Stream;
use crate::config::Proxy;
use crate::secret::Secret;
use crate::status::{Cause, CauseKind, Phase};

/// Longest answer of a proxy, in bytes. A longer one fails.
const LONGEST_ANSWER: usize = 16 * 1024;
/// Wait after wrong credentials: many directories lock accounts after repeated failures.
const AFTER_407: Duration = Duration::from_secs(60);

/// A proxy to use.
#[derive(Debug)]
pub(super) struct Via {
    /// Its address, without credentials.
    pub url: Url,
    /// A `Proxy-Authorization` value.
    authorization: Option<Secret>,
}

impl Via {
    /// Returns the proxy for an address; `None` for a direct connection.
    pub fn choose(proxy: &Proxy, target: &Url) -> Result<Option<Self>, Cause> {
        let intercept = match proxy {
            Proxy::Direct => None,
            Proxy::Server(server) => Some(server.intercept().clone()),
            Proxy::System if is_this_computer(target) => None,
            Proxy::System => http_address(target).and_then(|uri| Matcher::from_system().intercept(&uri)),
        };
        intercept.map(|intercept| Self::of(&intercept)).transpose()
    }

    fn of(intercept: &Intercept) -> Result<Self, Cause> {
        let unusable = |text: String| Cause::new(Phase::Proxy, CauseKind::ProxyRefused, text);
        let url = Url::parse(&intercept.uri().to_string())
            .map_err(|error| unusable(format!("the proxy's address cannot be read: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unusable(format!(
                "the system names a proxy of the kind {}, which is not supported; an HTTP proxy is",
                url.scheme()
            )));
        }
        let header = intercept.basic_auth().and_then(|value| value.to_str().ok());
        Ok(Self { url, authorization: header.map(Secret::new) })
    }

    /// Asks the proxy to connect `stream` with the server.
    pub async fn tunnel(&self, stream: &mut dyn Stream, target: &Url) -> Result<(), Cause> {
        let host = target.host_str().unwrap_or_default();
        let place = format!("{host}:{}", target.port_or_known_default().unwrap_or(443));
        let mut request = format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n");
        if let Some(value) = &self.authorization {
            request.push_str("Proxy-Authorization: ");
            request.push_str(value.expose());
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        let broken = |error| Cause::of_io(Phase::Proxy, &error);
        stream.write_all(request.as_bytes()).await.map_err(broken)?;
        stream.flush().await.map_err(broken)?;
        let mut answer = Vec::new();
        // Byte by byte, since the data after the answer belongs to the server.
        while !answer.ends_with(b"\r\n\r\n") {
            if answer.len() == LONGEST_ANSWER {
                return Err(no_proxy("the proxy's answer has no end"));
            }
            answer.push(stream.read_u8().await.map_err(broken)?);
        }
        match status(&answer) {
            Some(200..=299) => Ok(()),
            Some(code) => Err(self.refused(code)),
            None => Err(no_proxy("what answers at the proxy's address is no HTTP proxy")),
        }
    }

    fn refused(&self, code: u16) -> Cause {
        if code != 407 {
            let text = "the proxy does not connect with the server";
            return Cause::new(Phase::Proxy, CauseKind::ProxyRefused, text).with_code(Some(code));
        }
        let text = match self.authorization {
            None => "the proxy asks for a user name and password",
            Some(_) => "the proxy did not accept the user name and password",
        };
        let cause = Cause::new(Phase::Proxy, CauseKind::ProxyAuthentication, text).with_code(Some(code));
        Cause { retry_after: Some(AFTER_407), ..cause }
    }
}

fn no_proxy(text: &str) -> Cause {
    Cause::new(Phase::Proxy, CauseKind::ProxyRefused, text)
}

/// Returns the code in `HTTP/1.1 200 Connection established`.
fn status(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\r').next()?;
    let rest = std::str::from_utf8(line).ok()?.strip_prefix("HTTP/1.")?;
    rest.split(' ').nth(1)?.parse().ok()
}

fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Converts the address: rules for proxies use `http` and `https` only.
fn http_address(url: &Url) -> Option<Uri> {
    let scheme = if url.scheme() == "wss" { "https" } else { "http" };
    format!("{scheme}://{}/", url.host_str()?).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ProxyServer;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn check_13_the_systems_proxy_is_never_asked_for_this_computer() {
        for own in ["ws://127.0.0.1:6001", "ws://[::1]:6001", "ws://localhost", "wss://desk.localhost"] {
            assert!(is_this_computer(&url(own)), "{own}");
        }
        assert!(!is_this_computer(&url("wss://ws-eu.pusher.com")));
    }

    #[test]
    fn check_13_credentials_are_never_shown() {
        let server = ProxyServer::parse("http://mary:pl%20ugh@proxy.example:3128").unwrap();
        let proxy = Proxy::Server(server);
        let via = Via::choose(&proxy, &url("wss://ws-eu.pusher.com")).unwrap().unwrap();
        assert_eq!(via.url.as_str(), "http://proxy.example:3128/");
        // "mary:pl ugh" in base64.
        let Some(value) = &via.authorization else { panic!("no credentials") };
        assert_eq!(value.expose(), "Basic bWFyeTpwbCB1Z2g=");
        let shown = format!("{proxy:?} {via:?} {}", proxy.clone());
        for secret in ["mary", "pl ugh", "pl%20ugh", "bWFy"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn check_13_a_proxy_of_another_kind_is_told_as_such() {
        let target: Uri = "http://hotel.example".parse().unwrap();
        let socks = Matcher::builder().all("socks5://proxy.example:1080").build().intercept(&target).unwrap();
        let cause = Via::of(&socks).unwrap_err();
        assert_eq!((cause.kind, cause.phase), (CauseKind::ProxyRefused, Phase::Proxy));
        assert!(cause.text.contains("socks5"), "{}", cause.text);
    }

    #[test]
    fn check_13_the_proxys_answer_is_read_strictly() {
        assert_eq!(status(b"HTTP/1.1 200 Connection established\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 407\r\nProxy-Authenticate: Basic\r\n\r\n"), Some(407));
        assert_eq!(status(b"SSH-2.0-OpenSSH\r\n\r\n"), None);
        assert_eq!(status(b"HTTP/1.1 no\r\n\r\n"), None);
    }
}
