//! One TLS handshake, judged as the HTTP client judges it, and what came of it in words.

use std::net::SocketAddr;

use futures_util::future::select_ok;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ProtocolVersion};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

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
        way_out: &'static str,
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
        text: "This computer cannot check certificates.".to_owned(),
        way_out: "Bring the operating system and its certificates up to date.",
        cause: cause.to_owned(),
    }
}

fn in_words(error: Option<&rustls::Error>) -> (String, &'static str) {
    const ASK: &str = "Tell the people who run the server.";
    let Some(rustls::Error::InvalidCertificate(reason)) = error else {
        return (
            "It hung up, or does not speak TLS, while the encryption was agreed on.".to_owned(),
            "Check the address in the settings; if it is right, something in the network stands in between: tell \
             the people who look after it.",
        );
    };
    let (text, way_out) = match reason {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => (
            "Its certificate is not valid at the present time.",
            "Look at this computer's date first; if that is right, tell the people who run the server.",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            "Its certificate is made out to another name.",
            "Check the address in the settings, and that no sign-in page of the network is in between.",
        ),
        CertificateError::UnknownIssuer => (
            "Its certificate comes from an authority that this computer does not trust.",
            "A sign-in page of the network, a virus scanner or a proxy may stand in between: open any web page in a \
             browser first. If the hotel has an authority of its own, it has to be installed on this computer.",
        ),
        CertificateError::Revoked => ("Its certificate was withdrawn.", ASK),
        _ => ("Its certificate is not accepted.", ASK),
    };
    (text.to_owned(), way_out)
}
