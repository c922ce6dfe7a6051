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

/// Makes a self-signed certificate for `name`, and a server that shows it.
pub fn identity(name: &str) -> Identity {
    signed_by_itself(certificate(name))
}

fn expired(name: &str) -> Identity {
    let mut certificate = certificate(name);
    certificate.not_after = rcgen::date_time_ymd(2001, 2, 3);
    signed_by_itself(certificate)
}

fn certificate(name: &str) -> rcgen::CertificateParams {
    let mut certificate = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
    certificate.distinguished_name.push(rcgen::DnType::CommonName, name);
    certificate
}

fn signed_by_itself(certificate: rcgen::CertificateParams) -> Identity {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = certificate.self_signed(&key).unwrap().der().clone();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
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
async fn check_11_an_unknown_wrong_or_expired_certificate_is_told_with_the_reason() {
    let unknown = (identity("localhost"), Some(identity("authority.example")), "UnknownIssuer");
    let wrong_name = (identity("elsewhere.example"), None, "not valid for name");
    let expired = (expired("localhost"), None, "expired");
    for (shown, trusted, reason) in [unknown, wrong_name, expired] {
        let server = Server::start().await;
        let trusted = trusted.as_ref().unwrap_or(&shown);
        let mut subject = Subject::start(config(&server, trusting(&trusted.certificate)));
        let tcp = server.accept_tcp().await;
        assert!(within("the handshake", shown.acceptor.accept(tcp)).await.is_err());
        let cause = subject.reaches(State::Waiting).await.last_cause.unwrap();
        assert_eq!((cause.kind, cause.phase), (CauseKind::Certificate, Phase::Tls));
        assert!(cause.text.contains("certificate") && cause.text.contains(reason), "{}", cause.text);
    }
}

/// Shows its certificate to every client, and greets.
async fn greet(server: &Server, shown: &Identity) -> impl Sized {
    let tcp = server.accept_tcp().await;
    let tls = within("the handshake", shown.acceptor.accept(tcp)).await.unwrap();
    let mut socket = within("the upgrade", tokio_tungstenite::accept_async(tls)).await.unwrap();
    let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
    futures_util::SinkExt::send(&mut socket, greeting.into()).await.unwrap();
    socket
}

#[tokio::test]
async fn check_12_a_certificate_of_a_trusted_authority_is_accepted() {
    let shown = identity("localhost");
    let server = Server::start().await;
    let mut subject = Subject::start(config(&server, trusting(&shown.certificate)));
    let _socket = greet(&server, &shown).await;
    subject.reaches(State::Connected).await;
}

/// Variables of the process set the place of the system's authorities, so the client runs in a process of its own: this
/// test, started again.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn check_12_an_authority_of_the_systems_store_is_accepted_and_another_is_not() {
    /// The address for the client, and the state that it has to reach.
    const TASK: &str = "CHECK_12";
    if let Ok(task) = std::env::var(TASK) {
        let (url, state) = task.split_once(' ').unwrap();
        let endpoint = Endpoint::from_host(url).unwrap();
        let mut subject = Subject::start(Config { endpoint, tls: None, ..Server::start().await.config() });
        let state = if state == "connected" { State::Connected } else { State::Waiting };
        let reached = subject.reaches(state).await;
        let certificate = reached.last_cause.is_some_and(|cause| cause.kind == CauseKind::Certificate);
        assert_eq!(certificate, state == State::Waiting);
        return;
    }
    let (_, module) = module_path!().split_once("::").unwrap();
    let itself =
        format!("{module}::check_12_an_authority_of_the_systems_store_is_accepted_and_another_is_not");
    let shown = identity("localhost");
    let server = Server::start().await;
    let start = |store: &CertificateDer<'static>, name: &str, state: &str| {
        let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&file, pem(store)).unwrap();
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &itself])
            .env(TASK, format!("wss://localhost:{} {state}", server.port()))
            .env("SSL_CERT_FILE", file)
            .env_remove("SSL_CERT_DIR")
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut trusting = start(&shown.certificate, "check-12-this.pem", "connected");
    let socket = greet(&server, &shown).await;
    assert!(trusting.wait().unwrap().success());
    drop(socket);

    let mut other = start(&identity("localhost").certificate, "check-12-other.pem", "refused");
    let tcp = server.accept_tcp().await;
    assert!(within("the handshake", shown.acceptor.accept(tcp)).await.is_err());
    assert!(other.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
fn pem(certificate: &CertificateDer<'static>) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(certificate);
    let lines: Vec<&str> = text.as_bytes().chunks(64).filter_map(|line| str::from_utf8(line).ok()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
