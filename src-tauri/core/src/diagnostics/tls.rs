//! Makes one TLS handshake with the same rules as the HTTP client, and describes the result.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::select_ok;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ProtocolVersion};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Host;

use crate::catalogue::say;
use crate::environment::Environment;
use crate::views::{Check, Finding};

/// The longest time for TCP and TLS together.
const SHAKE: Duration = Duration::from_secs(10);

/// The reason why the server has not proven its identity.
enum Unproven {
    /// No server answers at the address.
    NobodyThere,
    /// The server cannot prove its identity, or does not speak TLS.
    Refused {
        /// The text and the way out.
        words: (String, String),
        /// The message of the TLS library.
        cause: String,
    },
}

/// Returns whether a server proves its identity. `server` is its noun inside a sentence.
pub(super) async fn finding(
    environment: &Environment,
    check: Check,
    server: &str,
    host: &Host<String>,
    addresses: &[SocketAddr],
) -> Finding {
    let proven = tokio::select! {
        proven = shake_hands(host, addresses) => proven,
        () = environment.sleep(SHAKE) => Err(Unproven::NobodyThere),
    };
    match proven {
        Ok(version) => Finding::ok(check, say!("doctor-tls-valid", server = server))
            .with_some(say!("doctor-figure-version"), version.and_then(|version| version.as_str())),
        Err(Unproven::NobodyThere) => Finding::unknown(check, say!("doctor-tls-silent", server = server)),
        Err(Unproven::Refused { words: (why, way_out), cause }) => {
            let text = say!("doctor-tls-refused", server = server, why = why);
            Finding::failed(check, text, way_out).with(say!("doctor-figure-cause"), cause)
        }
    }
}

/// Connects to the address that answers first, makes the handshake and returns the agreed version.
async fn shake_hands(
    host: &Host<String>,
    addresses: &[SocketAddr],
) -> Result<Option<ProtocolVersion>, Unproven> {
    let connections = addresses.iter().map(|address| Box::pin(TcpStream::connect(*address)));
    if addresses.is_empty() {
        return Err(Unproven::NobodyThere);
    }
    let (stream, _) = select_ok(connections).await.map_err(|_| Unproven::NobodyThere)?;
    // This reads the system's certificates.
    let config = tokio::task::spawn_blocking(pusher::platform_tls).await;
    let config = config.map_err(own_trouble)?.map_err(own_trouble)?;
    let name = match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(own_trouble)?,
        Host::Ipv4(ip) => ServerName::from(*ip),
        Host::Ipv6(ip) => ServerName::from(*ip),
    };
    match TlsConnector::from(config).connect(name, stream).await {
        Ok(stream) => Ok(stream.get_ref().1.protocol_version()),
        Err(error) => {
            let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            Err(Unproven::Refused { words: in_words(tls), cause: error.to_string() })
        }
    }
}

fn own_trouble(cause: impl ToString) -> Unproven {
    let words = (say!("doctor-certificates-unusable"), say!("doctor-certificates-unusable-way-out"));
    Unproven::Refused { words, cause: cause.to_string() }
}

fn in_words(error: Option<&rustls::Error>) -> (String, String) {
    let Some(rustls::Error::InvalidCertificate(reason)) = error else {
        return (say!("doctor-no-tls"), say!("doctor-no-tls-way-out"));
    };
    match reason {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            (say!("doctor-certificate-date"), say!("doctor-certificate-date-way-out"))
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            (say!("doctor-certificate-name"), say!("doctor-certificate-name-way-out"))
        }
        CertificateError::UnknownIssuer => {
            (say!("doctor-certificate-issuer"), say!("doctor-certificate-issuer-way-out"))
        }
        CertificateError::Revoked => (say!("doctor-certificate-revoked"), say!("doctor-ask-server")),
        _ => (say!("doctor-certificate-refused"), say!("doctor-ask-server")),
    }
}
