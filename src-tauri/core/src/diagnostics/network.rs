//! The checks over the network: names, TLS, the server, its clock, the sign-in; names and TLS of the event server.
//!
//! The server is asked at the same time as its name and its certificate are checked. Through a proxy it can answer
//! although this computer can resolve or verify neither. Then the other two findings are warnings, not failures.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use url::{Host, Url};

use super::findings::in_words;
use super::{Run, Subject, tls};
use crate::catalogue::say;
use crate::environment::Environment;
use crate::error::{DeskError, ErrorCode};
use crate::hotel::{Answers, Api, ApiError, Http, Reached, ServerClock, reach};
use crate::views::{Check, Finding, FindingState, KnownHotel, ServerTrial};

/// The longest time for resolving a name.
const RESOLVE: Duration = Duration::from_secs(5);
/// The longest time for an answer of the server.
const ANSWER: Duration = Duration::from_secs(15);
/// The number of hotels that are named; the others are counted.
const NAMES: usize = 5;
/// The difference below which two clocks agree, in milliseconds. No function of a desk depends on less.
const AGREE_MS: u64 = 30_000;
/// The difference from which offers are shown on the wrong day and certificates are refused, in milliseconds.
const FAR_APART_MS: u64 = 3_600_000;

/// One of the two servers to reach, and its noun.
struct To {
    name: Check,
    tls: Check,
    noun: String,
    /// The way out if its name cannot be resolved.
    look_up: String,
    /// The text and the way out if the connection is not encrypted.
    open: (String, String),
}

impl To {
    fn server() -> Self {
        Self {
            name: Check::NameResolution,
            tls: Check::Tls,
            noun: say!("doctor-hotel-server"),
            look_up: say!("doctor-name-way-out"),
            open: (say!("doctor-open"), say!("doctor-open-way-out")),
        }
    }

    fn live() -> Self {
        Self {
            name: Check::LiveNameResolution,
            tls: Check::LiveTls,
            noun: say!("doctor-event-server"),
            look_up: say!("doctor-live-name-way-out"),
            open: (say!("doctor-live-open"), say!("doctor-live-open-way-out")),
        }
    }
}

/// Checks name, TLS, server, clock and sign-in.
pub(super) async fn check_server(run: &Run<'_>, subject: &Subject) {
    let api = subject.engine.as_ref().map(|engine| engine.connectivity.api());
    let Some(server) = &subject.server else {
        let unset = say!("doctor-no-server");
        run.put(Finding::failed(Check::Server, &unset, say!("doctor-no-server-way-out")));
        for check in [Check::NameResolution, Check::Tls, Check::ServerClock] {
            run.put(Finding::unknown(check, say!("doctor-not-checked", why = unset.as_str())));
        }
        run.put(sign_in(None, subject, false));
        return;
    };
    let clock = api.as_ref().map(|api| api.server_clock().clone()).unwrap_or_default();
    let environment = &run.diagnostics.environment;
    let ((findings, reached), me) = tokio::join!(
        reach_server(environment, &subject.http, server, (&clock, api.is_some())),
        ask_me(environment, api.as_ref(), subject),
    );
    note_on_link(subject, &reached, me.as_ref());
    let works = |finding: &Finding| finding.check == Check::Server && finding.state == FindingState::Ok;
    let works = findings.iter().any(works);
    findings.into_iter().for_each(|finding| run.put(finding));
    run.put(sign_in(me, subject, works));
}

/// Checks a server to which no person is signed in yet, and reads the hotels that it lists.
pub(super) async fn try_server(environment: &Environment, http: &Http, server: &Url) -> ServerTrial {
    let (mut findings, reached) =
        reach_server(environment, http, server, (&ServerClock::default(), false)).await;
    let is_one = reached.is_ok_and(|reached| reached.what == Answers::HotelMate);
    let api = Api::public(http.clone(), server.clone(), String::new());
    // A server without that list can still be signed in to.
    let hotels = if is_one { api.hotels().await.unwrap_or_default() } else { Vec::new() };
    let answer = findings.iter_mut().find(|finding| finding.check == Check::Server);
    if let (Some(answer), false) = (answer, hotels.is_empty()) {
        answer.text = say!("doctor-server-knows", hotels = names(&hotels));
    }
    ServerTrial { findings, hotels }
}

fn names(hotels: &[KnownHotel]) -> String {
    let first = hotels.iter().take(NAMES).map(|hotel| format!("{} ({})", hotel.name, hotel.slug));
    let names = first.collect::<Vec<_>>().join(", ");
    match hotels.len().saturating_sub(NAMES) {
        0 => names,
        rest => say!("doctor-server-knows-more", hotels = names, count = rest),
    }
}

/// Checks name, TLS, server and clock, and returns the server's answer beside the findings. A server to which no person
/// is signed in promises nothing that is kept and sent later.
async fn reach_server(
    environment: &Environment,
    http: &Http,
    server: &Url,
    (clock, is_signed_in): (&ServerClock, bool),
) -> (Vec<Finding>, Result<Reached, ApiError>) {
    let failure_of = |error: ApiError| if is_signed_in { error.into() } else { error.before_sign_in(server) };
    let (way, reached) =
        tokio::join!(check_way(environment, To::server(), server), reach(http, server, clock, ANSWER));
    let answered = reached.is_ok();
    let blocked = way.iter().find(|finding| finding.has_failed()).cloned();
    let answers = match (&reached, blocked) {
        (Err(_), Some(blocked)) => {
            Finding::unknown(Check::Server, say!("doctor-not-checked", why = blocked.text))
        }
        _ => server_finding(reached.clone().map_err(failure_of)),
    };
    let way = way.into_iter().map(|finding| if answered { by_proxy(finding) } else { finding });
    (way.chain([answers, clock_finding(answered, clock)]).collect(), reached)
}

/// Returns the findings about the name and TLS of an event server.
pub(super) async fn try_live(environment: &Environment, endpoint: &pusher::Endpoint) -> Vec<Finding> {
    match Url::parse(&endpoint.to_string()) {
        Ok(url) => check_way(environment, To::live(), &url).await.into(),
        Err(_) => {
            let wrong = Finding::failed(Check::LiveNameResolution, say!("doctor-live-address-wrong"), "");
            vec![Finding { way_out: Some(say!("doctor-address-way-out")), ..wrong }]
        }
    }
}

/// Checks name and TLS of the event server.
pub(super) async fn check_live(run: &Run<'_>, subject: &Subject) {
    let not_set = match &subject.live {
        Ok(Some(config)) => match Url::parse(&config.endpoint.to_string()) {
            Ok(url) => {
                return check_way(&run.diagnostics.environment, To::live(), &url)
                    .await
                    .into_iter()
                    .for_each(|f| run.put(f));
            }
            Err(_) => say!("doctor-live-address-wrong"),
        },
        Ok(None) => say!("doctor-live-not-set"),
        Err(_) => say!("doctor-live-settings-wrong"),
    };
    for check in [Check::LiveNameResolution, Check::LiveTls] {
        run.put(Finding::unknown(check, say!("doctor-not-checked", why = not_set.as_str())));
    }
}

/// Passes the results to the connection's state: the status pill shows a failure too, once it has lasted.
fn note_on_link(subject: &Subject, reached: &Result<Reached, ApiError>, me: Option<&Result<(), ApiError>>) {
    let Some(engine) = &subject.engine else { return };
    match (me, reached) {
        (Some(Ok(())), _) => engine.connectivity.reached(),
        (Some(Err(error)), _) | (None, Err(error)) => engine.connectivity.failed(error),
        (None, Ok(_)) => {}
    }
}

/// Checks the name and the certificate of a server.
async fn check_way(environment: &Environment, to: To, url: &Url) -> [Finding; 2] {
    let server = to.noun.as_str();
    let Some(host) = url.host().map(|host| host.to_owned()) else {
        let wrong = say!("doctor-address-wrong", server = server);
        let unknown = Finding::unknown(to.tls, say!("doctor-not-checked", why = wrong.as_str()));
        return [Finding::failed(to.name, wrong, say!("doctor-address-way-out")), unknown];
    };
    let port = url.port_or_known_default().unwrap_or(443);
    let (name, addresses) = resolve(environment, &to, &host, port).await;
    let encrypted = matches!(url.scheme(), "https" | "wss");
    let tls = if name.has_failed() {
        Finding::unknown(to.tls, say!("doctor-tls-no-address"))
    } else if encrypted {
        tls::finding(environment, to.tls, server, &host, &addresses).await
    } else if addresses.iter().all(|address| address.ip().is_loopback()) {
        Finding::ok(to.tls, say!("doctor-tls-here", server = server))
    } else {
        Finding::warning(to.tls, to.open.0, to.open.1)
    };
    [name, tls]
}

async fn resolve(
    environment: &Environment,
    to: &To,
    host: &Host<String>,
    port: u16,
) -> (Finding, Vec<SocketAddr>) {
    let (check, server) = (to.name, to.noun.as_str());
    let name = match host {
        Host::Domain(name) => name.as_str(),
        Host::Ipv4(ip) => return number(to, (*ip, port).into()),
        Host::Ipv6(ip) => return number(to, (*ip, port).into()),
    };
    let unknown =
        || Finding::failed(check, say!("doctor-name-unknown", server = server, name = name), &to.look_up);
    let looked_up = tokio::select! {
        looked_up = tokio::net::lookup_host((name, port)) => looked_up,
        () = environment.sleep(RESOLVE) => {
            let late = say!("doctor-name-late", server = server, name = name);
            return (Finding::failed(check, late, &to.look_up), Vec::new());
        }
    };
    let addresses: Vec<SocketAddr> = match looked_up {
        Ok(addresses) => addresses.collect(),
        Err(error) => return (unknown().with(say!("doctor-figure-cause"), error), Vec::new()),
    };
    if addresses.is_empty() {
        return (unknown(), addresses);
    }
    let list = addresses.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>().join(", ");
    let found = Finding::ok(check, say!("doctor-name-found", server = server));
    (found.with(say!("doctor-figure-name"), name).with(say!("doctor-figure-addresses"), list), addresses)
}

/// Returns the finding for an address that needs no lookup.
fn number(to: &To, address: SocketAddr) -> (Finding, Vec<SocketAddr>) {
    let text = say!("doctor-name-number", server = to.noun.as_str(), address = address.ip().to_string());
    (Finding::ok(to.name, text), vec![address])
}

/// Turns a failure into a warning, because the server answers through a proxy.
fn by_proxy(finding: Finding) -> Finding {
    if !finding.has_failed() {
        return finding;
    }
    Finding {
        state: FindingState::Warning,
        text: say!("doctor-by-proxy", found = finding.text),
        way_out: Some(say!("doctor-by-proxy-way-out")),
        ..finding
    }
}

fn server_finding(reached: Result<Reached, DeskError>) -> Finding {
    let reached = match reached {
        Ok(reached) => reached,
        Err(error) => return Finding::error(Check::Server, error),
    };
    let (check, status) = (Check::Server, reached.status.to_string());
    let finding = match reached.what {
        Answers::HotelMate => Finding::ok(check, say!("doctor-server-answers")),
        Answers::Trouble => Finding::failed(
            check,
            say!("doctor-server-trouble", status = status),
            say!("doctor-server-trouble-way-out"),
        ),
        Answers::SomethingElse => Finding::failed(
            check,
            say!("doctor-server-other", status = status),
            say!("doctor-server-other-way-out"),
        ),
    };
    finding.with(say!("doctor-figure-round-trip"), format!("{} ms", reached.round_trip.as_millis()))
}

fn clock_finding(answered: bool, clock: &ServerClock) -> Finding {
    let check = Check::ServerClock;
    if !answered {
        return Finding::unknown(check, say!("doctor-server-silent"));
    }
    let Some(difference) = clock.difference_ms() else {
        return Finding::unknown(check, say!("doctor-clock-untold"));
    };
    let apart = difference.unsigned_abs();
    let side = if difference > 0 { "behind" } else { "ahead" };
    let text = say!("doctor-clock-apart", side = side, apart = in_words(apart));
    let way_out = say!("doctor-clock-way-out");
    let finding = match apart {
        0..AGREE_MS => Finding::ok(check, say!("doctor-clock-agrees")),
        AGREE_MS..FAR_APART_MS => Finding::warning(check, text, way_out),
        _ => Finding::failed(check, text, way_out),
    };
    finding.with(say!("doctor-figure-difference"), format!("{difference} ms")).with_some(
        say!("doctor-figure-uncertain"),
        clock.uncertainty_ms().map(|uncertain| format!("{uncertain} ms")),
    )
}

/// Checks the sign-in with a request; `None` if no person is signed in or if there is no server.
async fn ask_me(
    environment: &Environment,
    api: Option<&Api>,
    subject: &Subject,
) -> Option<Result<(), ApiError>> {
    let api = api?;
    if subject.engine.as_ref()?.connectivity.state().sign_in_needed {
        return None;
    }
    Some(tokio::select! {
        me = api.me() => me.map(drop),
        () = environment.sleep(ANSWER) => Err(ApiError::Unclear { cause: "no answer in time".to_owned() }),
    })
}

fn sign_in(me: Option<Result<(), ApiError>>, subject: &Subject, server_works: bool) -> Finding {
    let check = Check::SignIn;
    let Some(engine) = &subject.engine else { return nobody_signed_in(subject) };
    match me {
        Some(Ok(())) => Finding::ok(check, say!("doctor-sign-in-valid")),
        _ if engine.connectivity.state().sign_in_needed => sign_in_ended(),
        Some(Err(ApiError::Forbidden { .. } | ApiError::NotFound)) => not_staff(),
        Some(Err(error)) if server_works => {
            let error = DeskError::from(error.without_words());
            Finding::warning(check, say!("doctor-sign-in-unclear", why = error.message), error.way_out)
        }
        _ => Finding::unknown(check, say!("doctor-server-silent")),
    }
}

fn not_staff() -> Finding {
    Finding::failed(Check::SignIn, say!("doctor-not-staff"), say!("doctor-not-staff-way-out"))
}

fn sign_in_ended() -> Finding {
    Finding::failed(Check::SignIn, say!("doctor-sign-in-ended"), say!("doctor-sign-in-ended-way-out"))
}

fn nobody_signed_in(subject: &Subject) -> Finding {
    let check = Check::SignIn;
    match &subject.why_not {
        // The support file contains the findings, but must not contain the server's message.
        Some(why) => match why.code {
            ErrorCode::Offline => Finding::unknown(check, say!("doctor-sign-in-offline")),
            ErrorCode::ServerTrouble => Finding::unknown(check, say!("doctor-sign-in-trouble")),
            ErrorCode::NotAllowed => not_staff(),
            code if code.is_about_database() => super::local::not_opened(check),
            _ => Finding::failed(check, &why.message, &why.way_out),
        },
        None => Finding {
            way_out: Some(say!("doctor-signed-out-way-out")),
            ..Finding::unknown(check, say!("doctor-signed-out"))
        },
    }
}

/// Returns an unknown finding for a check that succeeded while the server still answered, if the server is now out of
/// reach.
pub(super) fn outdated(all: &BTreeMap<Check, Finding>, check: Check, subject: &Subject) -> Option<Finding> {
    let works = |check: Check| all.get(&check).is_some_and(|finding| finding.state == FindingState::Ok);
    let is_offline =
        subject.engine.as_ref().is_some_and(|engine| engine.connectivity.state().online == Some(false));
    let needs_server =
        matches!(check, Check::NameResolution | Check::Tls | Check::ServerClock | Check::SignIn);
    (needs_server && is_offline && works(Check::Server) && works(check))
        .then(|| Finding::unknown(check, say!("doctor-not-since")))
}

/// Returns a newer observation than the last check's finding, if there is one.
pub(super) fn since(
    checked: Option<&Finding>,
    check: Check,
    subject: &Subject,
    live_stands: bool,
) -> Option<Finding> {
    let not_ok = |finding: &Finding| finding.state != FindingState::Ok;
    let online = subject.engine.as_ref().and_then(|engine| engine.connectivity.state().online);
    // Every answer has a round trip in its details, including an unexpected one. That the server can be reached now
    // does not contradict an unexpected answer.
    let answered = |finding: &Finding| finding.check == Check::Server && !finding.details.is_empty();
    let silent = |finding: &Finding| {
        matches!(finding.state, FindingState::Failed | FindingState::Unknown) && !answered(finding)
    };
    let was_silent = checked.is_some_and(silent);
    match (check, subject.engine.as_ref()) {
        (Check::SignIn, None) => Some(nobody_signed_in(subject)),
        (Check::SignIn, Some(engine)) if engine.connectivity.state().sign_in_needed => Some(sign_in_ended()),
        // The sign-in has been renewed since.
        (Check::SignIn, Some(_)) if checked == Some(&sign_in_ended()) => {
            Some(Finding::ok(check, say!("doctor-sign-in-again")))
        }
        // A request with this sign-in was answered.
        (Check::SignIn, Some(_)) if online == Some(true) && checked.is_none_or(not_ok) => {
            let holds = checked.is_none_or(|finding| finding.state == FindingState::Unknown);
            holds.then(|| Finding::ok(check, say!("doctor-sign-in-valid")))
        }
        (Check::NameResolution | Check::Tls | Check::Server, _) if online == Some(true) && was_silent => {
            Some(Finding::ok(check, say!("doctor-answered-since")))
        }
        (Check::Server, _) if online == Some(true) && checked.is_none() => {
            Some(Finding::ok(check, say!("doctor-server-answers")))
        }
        (Check::Server, _) if online == Some(false) && checked.is_none_or(|finding| !not_ok(finding)) => {
            Some(Finding::failed(check, say!("doctor-silent-since"), say!("doctor-silent-since-way-out")))
        }
        (Check::LiveNameResolution | Check::LiveTls, _) if live_stands && was_silent => {
            Some(Finding::ok(check, say!("doctor-connected-since")))
        }
        _ => None,
    }
}
