use std::net::Ipv4Addr;

use pusher::time::ManualClock;
use pusher::{Client, Endpoint, SystemClock};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};

use super::*;
use crate::engine::test_engine;
use crate::error::ErrorCode;
use crate::hotel::dialect::Generation;
use crate::views::{EventOutcome, ReloadCause};

/// Returns a desk without a signed-in person.
fn subject(server: &str) -> Subject {
    Subject {
        engine: None,
        why_not: None,
        server: Some(server.parse().unwrap()),
        http: Http::with_clock(SystemClock::shared()).unwrap(),
        live: Ok(None),
        by_itself: true,
    }
}

fn diagnostics() -> Arc<Diagnostics> {
    Diagnostics::start(Environment::system(), broadcast::channel(64).0)
}

async fn checked(subject: &Subject) -> Diagnosis {
    let diagnostics = diagnostics();
    diagnostics.run_checks(subject).await;
    let diagnosis = diagnostics.diagnosis(subject).await;
    assert!(!diagnosis.running && diagnosis.checked_at.is_some());
    diagnosis
}

fn finding(diagnosis: &Diagnosis, check: Check) -> &Finding {
    let mut found = diagnosis.findings.iter().filter(|finding| finding.check == check);
    let finding = found.next().expect("each check has a line");
    assert!(found.next().is_none(), "and only one");
    finding
}

#[track_caller]
fn assert_finding(diagnosis: &Diagnosis, check: Check, state: FindingState, says: &str) {
    let finding = finding(diagnosis, check);
    assert_eq!(finding.state, state, "{finding:?}");
    assert!(finding.text.contains(says), "{finding:?}");
    let must_act = matches!(state, FindingState::Warning | FindingState::Failed);
    assert!(!must_act || finding.way_out.is_some(), "{finding:?}");
}

#[tokio::test]
async fn a_page_that_was_loaded_again_is_told_of_with_its_cause_whoever_signs_in() {
    let diagnostics = diagnostics();
    (0..25).for_each(|_| diagnostics.note_reload(ReloadCause::Silent));
    diagnostics.note_reload(ReloadCause::Died);
    diagnostics.begin(None);
    let reloads = diagnostics.diagnosis(&subject("https://hotel.example")).await.reloads;
    assert_eq!((reloads.len(), reloads[19].cause), (20, ReloadCause::Died));
}

#[tokio::test]
async fn a_name_that_leads_nowhere_fails_alone_and_what_follows_from_it_says_so() {
    let subject = subject("https://no-such-hotel.invalid");
    let diagnosis = checked(&subject).await;
    assert_finding(&diagnosis, Check::NameResolution, FindingState::Failed, "no-such-hotel.invalid");
    assert_finding(&diagnosis, Check::Tls, FindingState::Unknown, "Not checked");
    assert_finding(&diagnosis, Check::Server, FindingState::Unknown, "Not checked. The name");
    assert_finding(&diagnosis, Check::ServerClock, FindingState::Unknown, "Not checked");
    assert_eq!(diagnosis.findings.iter().filter(|finding| finding.has_failed()).count(), 1);
}

/// Starts a server with a self-signed certificate.
async fn self_signed(name: &str) -> u16 {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move { drop(acceptor.accept(stream).await) });
        }
    });
    port
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_told_as_such() {
    let port = self_signed("localhost").await;
    let endpoint = Endpoint::from_host(&format!("wss://localhost:{port}")).unwrap();
    let subject = Subject {
        live: Ok(Some(Config::new("key", endpoint))),
        ..subject(&format!("https://localhost:{port}"))
    };
    let diagnosis = checked(&subject).await;
    assert_finding(&diagnosis, Check::NameResolution, FindingState::Ok, "resolves");
    assert_finding(
        &diagnosis,
        Check::Tls,
        FindingState::Failed,
        "no secure connection to the hotel’s server",
    );
    assert_finding(&diagnosis, Check::Server, FindingState::Unknown, "no secure connection");
    assert_finding(
        &diagnosis,
        Check::LiveTls,
        FindingState::Failed,
        "no secure connection to the event server",
    );
}

#[tokio::test]
async fn a_server_that_hangs_up_instead_of_shaking_hands_speaks_no_tls() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let diagnosis = checked(&subject(&format!("https://127.0.0.1:{port}"))).await;
    assert_finding(&diagnosis, Check::NameResolution, FindingState::Ok, "127.0.0.1 (no DNS needed)");
    assert_finding(&diagnosis, Check::Tls, FindingState::Failed, "does not speak TLS");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_by_the_clock_of_the_environment() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let clock = ManualClock::new(Duration::from_secs(1_800_000_000));
    let environment = Environment::with_seed(clock.shared(), 1);
    let diagnostics = Diagnostics::start(environment, broadcast::channel(64).0);
    let subject = Subject {
        http: Http::with_clock(clock.shared()).unwrap(),
        ..subject(&format!("https://127.0.0.1:{port}"))
    };
    let mut kept_open = Vec::new();
    let checks = diagnostics.run_checks(&subject);
    tokio::pin!(checks);
    loop {
        tokio::select! {
            biased;
            () = &mut checks => break,
            accepted = listener.accept() => kept_open.push(accepted.unwrap()),
            // Both connections wait for an answer that never comes.
            () = tokio::task::yield_now(), if kept_open.len() >= 2 => clock.advance(Duration::from_secs(1)),
        }
    }
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Tls, FindingState::Unknown, "does not answer");
    assert_finding(&diagnosis, Check::Server, FindingState::Failed, "no answer in time");
}

#[tokio::test]
async fn another_web_site_is_no_hotelmate_server() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nHello";
            let _ = stream.write_all(page.as_bytes()).await;
        }
    });
    let diagnosis = checked(&subject(&format!("http://127.0.0.1:{port}"))).await;
    assert_finding(&diagnosis, Check::Tls, FindingState::Ok, "on this computer");
    assert_finding(&diagnosis, Check::Server, FindingState::Failed, "no HotelMate server");
    assert_finding(&diagnosis, Check::ServerClock, FindingState::Unknown, "does not tell the time");
}

#[tokio::test]
async fn an_unencrypted_way_out_of_the_house_is_a_warning() {
    // TEST-NET-1 is not routed; the checks end by their own clock.
    let clock = ManualClock::new(Duration::from_secs(1_800_000_000));
    let environment = Environment::with_seed(clock.shared(), 1);
    let diagnostics = Diagnostics::start(environment, broadcast::channel(64).0);
    let endpoint = Endpoint::from_host("ws://192.0.2.1:6001").unwrap();
    let subject = Subject {
        http: Http::with_clock(clock.shared()).unwrap(),
        live: Ok(Some(Config::new("key", endpoint))),
        ..subject("http://192.0.2.1")
    };
    let checks = diagnostics.run_checks(&subject);
    tokio::pin!(checks);
    while tokio::select! {
        () = &mut checks => false,
        () = tokio::task::yield_now() => true,
    } {
        clock.advance(Duration::from_millis(100));
    }
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Tls, FindingState::Warning, "not encrypted");
    assert_finding(&diagnosis, Check::LiveTls, FindingState::Warning, "not encrypted");
}

#[tokio::test]
async fn without_server_sign_in_and_live_events_the_lines_say_so() {
    let subject = Subject { server: None, ..subject("http://127.0.0.1:9") };
    let diagnosis = checked(&subject).await;
    assert_finding(&diagnosis, Check::Server, FindingState::Failed, "No server is set");
    assert_finding(&diagnosis, Check::SignIn, FindingState::Unknown, "Nobody is signed in");
    assert_finding(&diagnosis, Check::Socket, FindingState::Warning, "not set up");
    for check in [Check::LiveNameResolution, Check::LiveTls, Check::Channels] {
        assert_finding(&diagnosis, check, FindingState::Unknown, "Live events are not set up");
    }
    for check in [Check::Outbox, Check::Database, Check::Cache] {
        assert_finding(&diagnosis, check, FindingState::Unknown, "nobody is signed in");
    }
    let order: Vec<Check> = diagnosis.findings.iter().map(|finding| finding.check).collect();
    assert_eq!(order, Check::ALL);
}

#[tokio::test]
async fn a_failed_sign_in_says_why_and_quotes_no_server() {
    let quoted = "The server says: Seán may not.";
    for (code, message, state, reported) in [
        (ErrorCode::KeyStore, "The key store is locked.", FindingState::Failed, "The key store is locked."),
        (ErrorCode::NotAllowed, quoted, FindingState::Failed, "does not count you among the staff"),
        (ErrorCode::ServerTrouble, quoted, FindingState::Unknown, "has a problem of its own"),
        (ErrorCode::Offline, "Not there.", FindingState::Unknown, "cannot be reached"),
        (ErrorCode::DiskFull, "No room.", FindingState::Unknown, "the local database cannot be opened"),
    ] {
        let why_not = DeskError { code, message: message.to_owned(), ..DeskError::signed_out() };
        let subject = Subject { why_not: Some(why_not), ..subject("http://127.0.0.1:9") };
        let diagnosis = checked(&subject).await;
        assert_finding(&diagnosis, Check::SignIn, state, reported);
        let reported = serde_json::to_string(&diagnosis).unwrap();
        assert!(!reported.contains("Seán"), "{reported}");
    }
}

#[tokio::test]
async fn changes_are_announced_at_most_twice_a_second() {
    let clock = ManualClock::new(Duration::from_secs(1_800_000_000));
    let (feed, mut changes) = broadcast::channel(1024);
    let diagnostics = Diagnostics::start(Environment::with_seed(clock.shared(), 1), feed);
    let mut announced = 0;
    for _ in 0..40 {
        diagnostics.begin(None);
        for _ in 0..5 {
            tokio::task::yield_now().await;
        }
        clock.advance(Duration::from_millis(50));
        while let Ok(change) = changes.try_recv() {
            assert_eq!(change, Change::Diagnosis);
            announced += 1;
        }
    }
    assert!((3..=4).contains(&announced), "{announced} in two seconds");
}

#[tokio::test]
async fn what_is_found_about_somebody_who_has_left_is_not_shown_to_the_next_one() {
    let diagnostics = diagnostics();
    let subject = subject("http://127.0.0.1:9");
    let run = Run::begin(&diagnostics);
    diagnostics.begin(None);
    run.put(Finding::ok(Check::Server, "The hotel's server answers."));
    run.end();
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Server, FindingState::Unknown, "Not checked yet");
    assert_eq!((diagnosis.running, diagnosis.checked_at), (false, None));
}

/// Returns a person at a hotel whose server cannot be reached, at a desk that does nothing by itself.
fn somebody(folder: &tempfile::TempDir, diagnostics: &Arc<Diagnostics>) -> Subject {
    let nobody = Subject { by_itself: false, ..subject("http://127.0.0.1:9") };
    let engine = test_engine::engine_with(folder, "killarney", Environment::system(), diagnostics.monitor());
    engine.connectivity.change(|state| state.generation = Some(Generation::First));
    Subject { engine: Some(engine), ..nobody }
}

/// Starts an event server that sends a greeting, and answers each subscription with this event.
async fn event_server(answer: &'static str) -> Config {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        // The first connections come from the network checks; only one of them is a WebSocket.
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { continue };
            let inner = json!({"socket_id": "1.1", "activity_timeout": 120}).to_string();
            let greeting = json!({"event": "pusher:connection_established", "data": inner}).to_string();
            socket.send(greeting.into()).await.unwrap();
            while let Some(Ok(message)) = socket.next().await {
                let asked: Value = serde_json::from_str(message.to_text().unwrap()).unwrap_or_default();
                if asked["event"] != "pusher:subscribe" {
                    continue;
                }
                let detail = json!({"type": "AuthError", "error": "Not today", "status": 403}).to_string();
                let channel = &asked["data"]["channel"];
                let answer = json!({"event": answer, "channel": channel, "data": detail}).to_string();
                socket.send(answer.into()).await.unwrap();
            }
        }
    });
    Config::new("key", Endpoint::from_host(&format!("ws://127.0.0.1:{port}")).unwrap())
}

#[tokio::test]
async fn a_channel_that_is_refused_fails_although_the_connection_stands() {
    let (folder, diagnostics) = (tempfile::tempdir().unwrap(), diagnostics());
    let config = event_server("pusher:subscription_error").await;
    let subject = Subject { live: Ok(Some(config)), ..somebody(&folder, &diagnostics) };
    diagnostics.run_checks(&subject).await;
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Socket, FindingState::Ok, "is up");
    assert_finding(&diagnosis, Check::Channels, FindingState::Failed, "Not today");
    assert_eq!(diagnosis.channels[0].state, crate::views::ChannelState::Failed);
    let log = diagnostics.monitor().event_log(0, None);
    let refused = log.entries.iter().find(|entry| entry.event.starts_with("Channel not confirmed")).unwrap();
    assert_eq!(
        (refused.outcome, refused.channel.as_deref()),
        (EventOutcome::Connection, Some("hotel-killarney"))
    );
}

#[tokio::test]
async fn a_channel_that_is_confirmed_is_told_with_its_name() {
    let (folder, diagnostics) = (tempfile::tempdir().unwrap(), diagnostics());
    let config = event_server("pusher_internal:subscription_succeeded").await;
    let subject = Subject { live: Ok(Some(config)), ..somebody(&folder, &diagnostics) };
    diagnostics.run_checks(&subject).await;
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Channels, FindingState::Ok, "channels are confirmed");
}

#[tokio::test]
async fn a_channel_is_not_called_sound_before_the_server_has_told_which_ones_it_uses() {
    let (folder, diagnostics) = (tempfile::tempdir().unwrap(), diagnostics());
    let config = event_server("pusher_internal:subscription_succeeded").await;
    let subject = Subject { live: Ok(Some(config)), ..somebody(&folder, &diagnostics) };
    subject.engine.as_ref().unwrap().connectivity.change(|state| state.generation = None);
    diagnostics.run_checks(&subject).await;
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::Socket, FindingState::Ok, "is up");
    assert_finding(&diagnosis, Check::Channels, FindingState::Unknown, "has not told yet");
}

#[tokio::test]
async fn a_name_of_the_event_server_that_leads_nowhere_is_the_one_failure_of_the_live_lines() {
    let (folder, diagnostics) = (tempfile::tempdir().unwrap(), diagnostics());
    let endpoint = Endpoint::from_host("wss://no-such-events.invalid").unwrap();
    let live = Ok(Some(Config::new("key", endpoint)));
    let clock = ManualClock::new(Duration::ZERO);
    let subject = Subject { live, by_itself: true, ..somebody(&folder, &diagnostics) };
    let status = Client::start(subject.live.clone().unwrap().unwrap(), clock.shared()).0.status_watch();
    diagnostics.monitor().follow(Some(status), &["hotel-killarney"]);
    diagnostics.run_checks(&subject).await;
    let diagnosis = diagnostics.diagnosis(&subject).await;
    assert_finding(&diagnosis, Check::LiveNameResolution, FindingState::Failed, "no-such-events.invalid");
    assert_finding(&diagnosis, Check::LiveTls, FindingState::Unknown, "Not checked");
    assert_finding(&diagnosis, Check::Socket, FindingState::Unknown, "failed line above");
    assert_finding(&diagnosis, Check::Channels, FindingState::Unknown, "is down");
}
