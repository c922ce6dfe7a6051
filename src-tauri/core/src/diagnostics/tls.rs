//! One TLS handshake, judged as the HTTP client judges it, and what came of it in words.

use std::net::SocketAddr;

use futures_util::future::select_ok;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ProtocolVersion};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::catalogue::say;

/// What a handshake came to.
#[derive(Debug)]
pub(super) enum Handshake {
    /// The other side has proven who it is.
    Done {
        /// The version that was agreed on.
        version: Option<ProtocolVersion>,
    },
    /// Nothing answers at the address: there was nobody to prove anything.
    NobodyThere,
    /// It has not proven it, or does not speak TLS. The sentence says which, the way out what to do.
    Refused {
        /// What happened.
        text: String,
        /// What to do.
        way_out: String,
        /// In the words of the TLS library.
        cause: String,
    },
}

/// Connects to whichever address answers first and shakes hands.
pub(super) async fn shake_hands(name: &url::Host<String>, addresses: &[SocketAddr]) -> Handshake {
    let connections = addresses.iter().map(|address| Box::pin(TcpStream::connect(*address)));
    if addresses.is_empty() {
        return Handshake::NobodyThere;
    }
    let Ok((stream, _)) = select_ok(connections).await else { return Handshake::NobodyThere };
    // It reads the system's certificates.
    let config = match tokio::task::spawn_blocking(pusher::platform_tls).await {
        Ok(Ok(config)) => config,
        Ok(Err(error)) => return own_trouble(&error.to_string()),
        Err(error) => return own_trouble(&error.to_string()),
    };
    let name = match name {
        url::Host::Domain(name) => ServerName::try_from(name.clone()),
        url::Host::Ipv4(ip) => Ok(ServerName::IpAddress(std::net::IpAddr::V4(*ip).into())),
        url::Host::Ipv6(ip) => Ok(ServerName::IpAddress(std::net::IpAddr::V6(*ip).into())),
    };
    let name = match name {
        Ok(name) => name,
        Err(error) => return own_trouble(&error.to_string()),
    };
    match TlsConnector::from(config).connect(name, stream).await {
        Ok(stream) => Handshake::Done { version: stream.get_ref().1.protocol_version() },
        Err(error) => {
            let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            let (text, way_out) = in_words(tls);
            Handshake::Refused { text, way_out, cause: error.to_string() }
        }
    }
}

fn own_trouble(cause: &str) -> Handshake {
    Handshake::Refused {
        text: say!("doctor-certificates-unusable"),
        way_out: say!("doctor-certificates-unusable-way-out"),
        cause: cause.to_owned(),
    }
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
        CertificateError::Revoked => (say!("doctor-certificate-revoked"), say!("doctor-tell-server")),
        _ => (say!("doctor-certificate-refused"), say!("doctor-tell-server")),
    }
}
