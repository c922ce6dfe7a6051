//! Certificates, with an authority made for the test.

use std::sync::Arc;

use pusher::{CauseKind, Config, Endpoint, Phase, State};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

use super::{Server, Subject, within};

pub struct Identity {
    pub certificate: CertificateDer<'static>,
    pub acceptor: TlsAcceptor,
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A self-signed certificate for `name`, and a server that shows it.
pub fn identity(name: &str) -> Identity {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    Identity { certificate, acceptor: TlsAcceptor::from(Arc::new(config)) }
}

pub fn trusting(certificate: &CertificateDer<'static>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

fn config(server: &Server, tls: Arc<ClientConfig>) -> Config {
    let endpoint = Endpoint::from_host(&format!("wss://localhost:{}", server.port())).unwrap();
    Config { endpoint, tls: Some(tls), ..server.config() }
}

#[tokio::test]
async fn check_11_an_unknown_or_wrong_certificate_is_told_as_such() {
    let unknown = identity("localhost");
    let wrong_name = identity("elsewhere.example");
    let itself = wrong_name.certificate.clone();
    for (shown, trusted) in [(unknown, identity("localhost").certificate), (wrong_name, itself)] {
        let server = Server::start().await;
        let mut subject = Subject::start(config(&server, trusting(&trusted)));
        let tcp = server.accept_tcp().await;
        assert!(within("the handshake", shown.acceptor.accept(tcp)).await.is_err());
        let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
        assert_eq!((cause.kind, cause.phase), (CauseKind::Certificate, Phase::Tls));
        assert!(cause.text.contains("certificate"), "{}", cause.text);
    }
}

#[tokio::test]
async fn check_12_a_certificate_of_a_trusted_authority_is_accepted() {
    let shown = identity("localhost");
    let server = Server::start().await;
    let mut subject = Subject::start(config(&server, trusting(&shown.certificate)));
    let tcp = server.accept_tcp().await;
    let tls = within("the handshake", shown.acceptor.accept(tcp)).await.unwrap();
    let mut socket = within("the upgrade", tokio_tungstenite::accept_async(tls)).await.unwrap();
    let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
    futures_util::SinkExt::send(&mut socket, greeting.into()).await.unwrap();
    subject.reaches(State::Connected).await;
}
