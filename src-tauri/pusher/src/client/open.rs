//! Opens a WebSocket: name resolution, a race of addresses, a proxy if needed, TLS, and the upgrade.
//!
//! There is no deadline here. The machine has one for all steps, the greeting included (check 7), and dropping the
//! future stops the present step.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream::FuturesUnordered;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::handshake::client::Response;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use url::{Host, Url};

use super::link::{Link, Socket, Stream};
use super::proxy::Via;
use crate::config::Proxy;
use crate::status::{Cause, CauseKind, Phase};
use crate::time::SharedClock;

/// Frames of this protocol are small; a large buffer would be kept for months.
const READ_BUFFER: usize = 16 * 1024;
const WRITE_BUFFER: usize = 4 * 1024;
/// Enough for hundreds of subscriptions at once. A peer that needs more has stopped reading.
const WRITE_LIMIT: usize = 512 * 1024;

/// The phase of an attempt, readable while it runs.
#[derive(Debug, Default)]
pub(super) struct Progress(Mutex<Phase>);

impl Progress {
    fn reach(&self, phase: Phase) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = phase;
    }

    pub fn phase(&self) -> Phase {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The settings that all attempts share.
#[derive(Clone)]
pub(super) struct Opener {
    pub clock: SharedClock,
    pub stagger: Duration,
    pub max_frame: usize,
    pub proxy: Proxy,
    pub tls: Option<Arc<rustls::ClientConfig>>,
}

impl Opener {
    /// Runs one attempt.
    pub async fn open(self, url: Url, progress: Arc<Progress>) -> Result<Box<Link>, Cause> {
        let stream = match Via::choose(&self.proxy, &url)? {
            None => self.dial(&url, &progress).await?,
            Some(via) => {
                let mut stream = self.dial(&via.url, &progress).await?;
                progress.reach(Phase::Proxy);
                if via.url.scheme() == "https" {
                    stream = self.secure(&via.url, stream).await?;
                }
                via.tunnel(&mut *stream, &url).await?;
                stream
            }
        };
        let stream = if url.scheme() == "wss" {
            progress.reach(Phase::Tls);
            self.secure(&url, stream).await?
        } else {
            stream
        };
        progress.reach(Phase::Upgrade);
        Ok(Box::new(Link::new(self.upgrade(&url, stream).await?)))
    }

    /// Opens TCP to the host in an address.
    async fn dial(&self, url: &Url, progress: &Progress) -> Result<Box<dyn Stream>, Cause> {
        let addresses = resolve(url).await?;
        progress.reach(Phase::Connect);
        let tcp = race(addresses, TcpStream::connect, || self.clock.sleep(self.stagger)).await?;
        // Frames are small and urgent.
        let _ = tcp.set_nodelay(true);
        Ok(Box::new(tcp))
    }

    async fn secure(&self, url: &Url, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, Cause> {
        let failed = |text: String| Cause::new(Phase::Tls, CauseKind::Tls, text);
        let name = match url.host() {
            Some(Host::Domain(name)) => {
                ServerName::try_from(name.to_owned()).map_err(|error| failed(error.to_string()))?
            }
            Some(Host::Ipv4(ip)) => ServerName::IpAddress(std::net::IpAddr::V4(ip).into()),
            Some(Host::Ipv6(ip)) => ServerName::IpAddress(std::net::IpAddr::V6(ip).into()),
            None => return Err(failed("the address names no host".to_owned())),
        };
        let config = match &self.tls {
            Some(config) => Arc::clone(config),
            None => platform_tls().map_err(|error| failed(error.to_string()))?,
        };
        match TlsConnector::from(config).connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(tls_cause(&error)),
        }
    }

    async fn upgrade(&self, url: &Url, stream: Box<dyn Stream>) -> Result<Socket, Cause> {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_write_buffer_size(WRITE_LIMIT)
            .max_message_size(Some(self.max_frame))
            .max_frame_size(Some(self.max_frame));
        match client_async_with_config(url.as_str(), stream, Some(config)).await {
            Ok((socket, _)) => Ok(socket),
            Err(error) => Err(self.upgrade_cause(&error)),
        }
    }

    fn upgrade_cause(&self, error: &Error) -> Cause {
        let of = |kind, text: String| Cause::new(Phase::Upgrade, kind, text);
        match error {
            Error::Http(response) => {
                let status = response.status();
                let text = match status.as_u16() {
                    300..=399 => "the server redirects elsewhere, which is not followed".to_owned(),
                    404 => "the server does not know this address or key".to_owned(),
                    200 => "a web page answered instead of the server (a captive portal?)".to_owned(),
                    _ => format!("the server answered {status}"),
                };
                Cause {
                    retry_after: self.retry_after(response),
                    ..of(CauseKind::HttpStatus, text).with_code(Some(status.as_u16()))
                }
            }
            Error::Io(error) => Cause::of_io(Phase::Upgrade, error),
            Error::Protocol(ProtocolError::HandshakeIncomplete) => {
                of(CauseKind::EndOfStream, "the server hung up during the upgrade".to_owned())
            }
            other => of(CauseKind::WebSocketProtocol, other.to_string()),
        }
    }

    /// Reads seconds or a date (check 14).
    fn retry_after(&self, response: &Response) -> Option<Duration> {
        let value = response.headers().get("retry-after")?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(date.saturating_sub(self.clock.wall()))
    }
}

/// Connects to the addresses in a race, each with a head start over the next one (check 9). A failure starts the next
/// one at once.
async fn race<T, Connecting, HeadStart>(
    mut waiting: VecDeque<SocketAddr>,
    connect: impl Fn(SocketAddr) -> Connecting,
    head_start: impl Fn() -> HeadStart,
) -> Result<T, Cause>
where
    Connecting: Future<Output = io::Result<T>>,
    HeadStart: Future<Output = ()> + Unpin,
{
    let mut running = FuturesUnordered::new();
    let mut last_error = None;
    loop {
        if let Some(address) = waiting.pop_front() {
            running.push(connect(address));
        }
        if running.is_empty() {
            break;
        }
        let result = if waiting.is_empty() {
            running.next().await
        } else {
            match select(running.next(), head_start()).await {
                Either::Left((result, _)) => result,
                Either::Right(_) => continue,
            }
        };
        match result {
            Some(Ok(stream)) => return Ok(stream),
            Some(Err(error)) => last_error = Some(error),
            None => {}
        }
    }
    Err(match last_error {
        Some(error) => Cause::of_io(Phase::Connect, &error),
        None => Cause::new(Phase::Resolve, CauseKind::NameResolution, "the host name has no address"),
    })
}

/// Makes TLS settings with the operating system's trust store, private authorities included (check 12).
///
/// # Errors
/// If the operating system's trust store cannot be used.
pub fn platform_tls() -> Result<Arc<rustls::ClientConfig>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Resolves the name at each attempt (check 8). Orders the addresses so that the two families alternate, beginning with
/// the one that the system prefers.
async fn resolve(url: &Url) -> Result<VecDeque<SocketAddr>, Cause> {
    let failed = |text: String| Cause::new(Phase::Resolve, CauseKind::NameResolution, text);
    let port = url.port_or_known_default().unwrap_or(443);
    let addresses: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
        Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
        Some(Host::Domain(name)) => tokio::net::lookup_host((name, port))
            .await
            .map_err(|error| failed(format!("the name {name} could not be resolved: {error}")))?
            .collect(),
        None => return Err(failed("the address names no host".to_owned())),
    };
    Ok(take_turns(addresses))
}

fn take_turns(addresses: Vec<SocketAddr>) -> VecDeque<SocketAddr> {
    let prefer_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|a| a.is_ipv6() == prefer_v6);
    let mut second = second.into_iter();
    let mut turns = VecDeque::new();
    for address in first {
        turns.push_back(address);
        turns.extend(second.next());
    }
    turns.extend(second);
    turns
}

/// Distinguishes a certificate that was not accepted from other failures (check 11).
fn tls_cause(error: &io::Error) -> Cause {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(reason)) => Cause::new(
            Phase::Tls,
            CauseKind::Certificate,
            format!("the server's certificate was not accepted: {reason}"),
        ),
        Some(other) => Cause::new(Phase::Tls, CauseKind::Tls, other.to_string()),
        None => Cause::of_io(Phase::Tls, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Clock, ManualClock};
    use futures_util::FutureExt;
    use std::cell::RefCell;
    use std::future::{pending, ready};

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn check_09_address_families_take_turns() {
        let order = take_turns(addresses(&["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1"]));
        assert_eq!(order, addresses(&["[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"]));
    }

    #[test]
    fn check_09_addresses_that_stay_silent_cost_a_head_start_each() {
        let clock = ManualClock::new(Duration::ZERO);
        let [silent, alive] = [1, 2].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        let connect = |address| match address == alive {
            true => ready(Ok(address)).left_future(),
            false => pending().right_future(),
        };
        let mut race = Box::pin(race([silent, silent, alive].into(), connect, || {
            clock.sleep(Duration::from_millis(250))
        }));
        assert!((&mut race).now_or_never().is_none());
        clock.advance(Duration::from_millis(250));
        assert!((&mut race).now_or_never().is_none());
        clock.advance(Duration::from_millis(250));
        assert_eq!(race.now_or_never(), Some(Ok(alive)));
    }

    #[test]
    fn check_09_a_refused_address_starts_the_next_one_at_once() {
        let tried = RefCell::new(Vec::new());
        let connect = |address: SocketAddr| {
            tried.borrow_mut().push(address.port());
            ready(Err::<(), _>(io::Error::from(io::ErrorKind::ConnectionRefused)))
        };
        let order = [1, 2, 3].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        let result = race(order.into(), connect, || Box::pin(pending())).now_or_never();
        assert_eq!(result.unwrap().unwrap_err().kind, CauseKind::ConnectionRefused);
        assert_eq!(tried.into_inner(), [1, 2, 3]);
    }
}
