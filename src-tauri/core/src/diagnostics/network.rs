//! The checks over the network: names, TLS, the server, its clock, the sign-in; names and TLS of the event server.
//!
//! The server is asked at the same time as its name and its certificate are checked: through a proxy it can answer
//! although this computer finds neither. Then the other two are worth a look and no failure.

use std::net::SocketAddr;
use std::time::Duration;

use url::{Host, Url};

use super::findings::in_words;
use super::tls::{Handshake, shake_hands};
use super::{Run, Subject};
use crate::environment::Environment;
use crate::error::{DeskError, ErrorCode};
use crate::hotel::{Answers, Api, ApiError, Reached, ServerClock, reach};
use crate::views::{Check, Finding, FindingState};

/// A name that takes longer to look up.
const RESOLVE: Duration = Duration::from_secs(5);
/// TCP and TLS together.
const SHAKE: Duration = Duration::from_secs(10);
/// An answer of the server.
const ANSWER: Duration = Duration::from_secs(15);
/// Clocks that are less apart agree: nothing in a desk depends on less.
const AGREE_MS: u64 = 30_000;
/// From here on offers are shown on the wrong day and certificates are refused.
const FAR_APART_MS: u64 = 3_600_000;

/// The detail of a server that answered, whatever it said.
const ROUND_TRIP: &str = "Round trip";

/// Which of the two ways out of the house.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Server,
    Live,
}

impl To {
    fn name(self) -> Check {
        if self == Self::Server { Check::NameResolution } else { Check::LiveNameResolution }
    }

    fn tls(self) -> Check {
        if self == Self::Server { Check::Tls } else { Check::LiveTls }
    }

    /// What to do when its name leads nowhere.
    fn look_up(self) -> &'static str {
        match self {
            Self::Server => {
                "Check that this computer is in the network: open any web page in a browser. If that works, check the \
                 server's address in the settings."
            }
            Self::Live => {
                "Check that this computer is in the network: open any web page in a browser. If that works, check \
                 pusher_cluster or pusher_host in desk.toml."
            }
        }
    }

    fn noun(self) -> &'static str {
        if self == Self::Server { "hotel's server" } else { "event server" }
    }
}

/// Name, TLS, server, clock, sign-in.
pub(super) async fn check_server(run: &Run<'_>, subject: &Subject) {
    let api = subject.engine.as_ref().map(|engine| engine.connectivity.api());
    let Some(server) = &subject.server else {
        let unset = "It is not known which server to ask.";
        run.put(Finding::failed(Check::Server, unset, "Sign in, or set “server” in desk.toml."));
        for check in [Check::NameResolution, Check::Tls, Check::ServerClock] {
            run.put(Finding::unknown(check, format!("Not checked: {}", lower(unset))));
        }
        run.put(sign_in(None, subject, false));
        return;
    };
    let clock = api.as_ref().map(|api| api.server_clock().clone()).unwrap_or_default();
    let (way, reached, me) = tokio::join!(
        check_way(run.environment(), To::Server, server),
        reach(&subject.http, server, &clock, ANSWER),
        ask_me(run.environment(), api.as_ref(), subject),
    );
    note_on_link(subject, &reached, me.as_ref());
    let answered = reached.is_ok();
    let blocked = [&way.name, &way.tls].into_iter().find(|finding| finding.has_failed()).cloned();
    let [name, tls] = [way.name, way.tls].map(|finding| if answered { by_proxy(finding) } else { finding });
    run.put(name);
    run.put(tls);
    let server = match (&reached, blocked) {
        (Err(_), Some(blocked)) => {
            Finding::unknown(Check::Server, format!("Not checked: {}", lower(&blocked.text)))
        }
        _ => server_finding(reached.clone()),
    };
    let works = server.state == FindingState::Ok;
    run.put(server);
    run.put(clock_finding(answered, &clock));
    run.put(sign_in(me, subject, works));
}

/// Name and TLS of the event server.
pub(super) async fn check_live(run: &Run<'_>, subject: &Subject) {
    let not_set = match &subject.live {
        Ok(Some(config)) => match Url::parse(&config.endpoint.to_string()) {
            Ok(url) => {
                let way = check_way(run.environment(), To::Live, &url).await;
                run.put(way.name);
                run.put(way.tls);
                return;
            }
            Err(_) => "the address of the live events is wrong.",
        },
        Ok(None) => "live events are not set up.",
        Err(_) => "the settings of the live events are wrong.",
    };
    for check in [Check::LiveNameResolution, Check::LiveTls] {
        run.put(Finding::unknown(check, format!("Not checked: {not_set}")));
    }
}

/// What the checks say counts for the rest of the desk too: the status pill says the same once it has lasted.
fn note_on_link(subject: &Subject, reached: &Result<Reached, ApiError>, me: Option<&Result<(), ApiError>>) {
    let Some(engine) = &subject.engine else { return };
    match (me, reached) {
        (Some(Ok(())), _) => engine.connectivity.reached(),
        (Some(Err(error)), _) | (None, Err(error)) => engine.connectivity.failed(error),
        (None, Ok(_)) => {}
    }
}

/// The way to a server: its name and its proof.
struct Way {
    name: Finding,
    tls: Finding,
}

async fn check_way(environment: &Environment, to: To, url: &Url) -> Way {
    let noun = to.noun();
    let Some(host) = url.host().map(|host| host.to_owned()) else {
        let wrong = format!("The address of the {noun} names no computer.");
        let way_out = "Correct the address in the settings.";
        return Way {
            name: Finding::failed(to.name(), wrong, way_out),
            tls: Finding::unknown(to.tls(), "Not checked: the address is wrong."),
        };
    };
    let port = url.port_or_known_default().unwrap_or(443);
    let (name, addresses) = resolve(environment, to, &host, port).await;
    let encrypted = matches!(url.scheme(), "https" | "wss");
    let tls = if name.has_failed() {
        Finding::unknown(to.tls(), "Not checked: the name leads to no address.")
    } else if encrypted {
        tls_finding(environment, to, &host, &addresses).await
    } else if addresses.iter().all(|address| address.ip().is_loopback()) {
        Finding::ok(to.tls(), format!("The {noun} is on this computer; nothing needs to be encrypted."))
    } else {
        unencrypted(to)
    };
    Way { name, tls }
}

fn unencrypted(to: To) -> Finding {
    let (text, way_out) = match to {
        To::Server => (
            "The way to the hotel's server is not encrypted: others in the network can read along, passwords included.",
            "Ask the people who run the server for an address that begins with https://, and set that.",
        ),
        To::Live => (
            "The way to the event server is not encrypted: others in the network can read along.",
            "Ask the people who run it for an address that begins with wss://, and set that.",
        ),
    };
    Finding::warning(to.tls(), text, way_out)
}

async fn resolve(
    environment: &Environment,
    to: To,
    host: &Host<String>,
    port: u16,
) -> (Finding, Vec<SocketAddr>) {
    let noun = to.noun();
    let name = match host {
        Host::Domain(name) => name,
        Host::Ipv4(ip) => return (number(to), vec![(*ip, port).into()]),
        Host::Ipv6(ip) => return (number(to), vec![(*ip, port).into()]),
    };
    let failed = |why: &str| Finding::failed(to.name(), format!("{why} ({name})."), to.look_up());
    let looked_up = tokio::select! {
        looked_up = tokio::net::lookup_host((name.as_str(), port)) => looked_up,
        () = environment.sleep(RESOLVE) => {
            let late = failed(&format!("Nobody has told in time where the name of the {noun} leads"));
            return (late, Vec::new());
        }
    };
    let addresses: Vec<SocketAddr> = match looked_up {
        Ok(addresses) => addresses.collect(),
        Err(error) => {
            let unknown = failed(&format!("The name of the {noun} leads to no address"));
            return (unknown.with("Cause", error), Vec::new());
        }
    };
    if addresses.is_empty() {
        return (failed(&format!("The name of the {noun} leads to no address")), addresses);
    }
    let list = addresses.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>().join(", ");
    let found = Finding::ok(to.name(), format!("The name of the {noun} leads to an address."));
    (found.with("Name", name).with("Addresses", list), addresses)
}

fn number(to: To) -> Finding {
    Finding::ok(
        to.name(),
        format!("The {} has a number for an address; no name has to be looked up.", to.noun()),
    )
}

async fn tls_finding(
    environment: &Environment,
    to: To,
    host: &Host<String>,
    addresses: &[SocketAddr],
) -> Finding {
    let noun = to.noun();
    let handshake = tokio::select! {
        handshake = shake_hands(host, addresses) => handshake,
        () = environment.sleep(SHAKE) => Handshake::NobodyThere,
    };
    match handshake {
        Handshake::Done { version } => {
            let done = Finding::ok(to.tls(), format!("The {noun} has proven who it is."));
            done.with_some("Version", version.and_then(|version| version.as_str()))
        }
        Handshake::NobodyThere => {
            Finding::unknown(to.tls(), format!("Not checked: nothing answers at the address of the {noun}."))
        }
        Handshake::Refused { text, way_out, cause } => {
            let text = format!("The {noun} could not prove who it is. {text}");
            Finding::failed(to.tls(), text, way_out).with("Cause", cause)
        }
    }
}

/// The server answers all the same: something stands in between and finds it.
fn by_proxy(finding: Finding) -> Finding {
    if !finding.has_failed() {
        return finding;
    }
    Finding {
        state: FindingState::Warning,
        text: format!("{} The server answers all the same, through a proxy.", finding.text),
        way_out: Some("Nothing needs doing as long as the server answers.".to_owned()),
        ..finding
    }
}

fn server_finding(reached: Result<Reached, ApiError>) -> Finding {
    let reached = match reached {
        Ok(reached) => reached,
        Err(error) => {
            let error = DeskError::from(error);
            return Finding::failed(Check::Server, error.message, error.way_out);
        }
    };
    let finding = match reached.what {
        Answers::HotelMate => Finding::ok(Check::Server, "The hotel's server answers."),
        Answers::Trouble => Finding::failed(
            Check::Server,
            format!("The hotel's server has a problem of its own ({}).", reached.status),
            "Wait a little; if it stays, tell the people who run the server.",
        ),
        Answers::SomethingElse => Finding::failed(
            Check::Server,
            format!("Something answers that is no HotelMate server ({}).", reached.status),
            "Open any web page in a browser: the network may want a sign-in of its own. Otherwise check the server's \
             address in the settings.",
        ),
    };
    finding.with(ROUND_TRIP, format!("{} ms", reached.round_trip.as_millis()))
}

fn clock_finding(answered: bool, clock: &ServerClock) -> Finding {
    let check = Check::ServerClock;
    if !answered {
        return Finding::unknown(check, "Not checked: the hotel's server did not answer.");
    }
    let Some(difference) = clock.difference_ms() else {
        return Finding::unknown(check, "Not checked: the hotel's server does not tell the time.");
    };
    let apart = difference.unsigned_abs();
    let side = if difference > 0 { "behind" } else { "ahead of" };
    let text = format!("This computer's clock is {} {side} the hotel's server.", in_words(apart));
    let way_out = "Switch on automatic time in the system settings.";
    let finding = match apart {
        0..AGREE_MS => Finding::ok(check, "This computer's clock agrees with the hotel's server."),
        AGREE_MS..FAR_APART_MS => Finding::warning(check, text, way_out),
        _ => Finding::failed(check, text, way_out),
    };
    finding
        .with("Difference", format!("{difference} ms"))
        .with_some("Uncertain by", clock.uncertainty_ms().map(|uncertain| format!("{uncertain} ms")))
}

/// Whether the sign-in holds; `None` when nobody is signed in or there is nothing to ask with.
async fn ask_me(
    environment: &Environment,
    api: Option<&Api>,
    subject: &Subject,
) -> Option<Result<(), ApiError>> {
    let api = api?;
    if subject.engine.as_ref()?.connectivity.link().sign_in_needed {
        return None;
    }
    let late = || ApiError::Unclear { cause: "no answer in time".to_owned() };
    Some(tokio::select! {
        me = api.me() => me.map(drop),
        () = environment.sleep(ANSWER) => Err(late()),
    })
}

fn sign_in(me: Option<Result<(), ApiError>>, subject: &Subject, server_works: bool) -> Finding {
    let check = Check::SignIn;
    let Some(engine) = &subject.engine else { return nobody_signed_in(subject) };
    match me {
        Some(Ok(())) => Finding::ok(check, "The sign-in holds."),
        _ if engine.connectivity.link().sign_in_needed => sign_in_ended(),
        Some(Err(ApiError::Forbidden { .. } | ApiError::NotFound)) => not_staff(),
        Some(Err(error)) if server_works => {
            let error = DeskError::from(error.without_words());
            Finding::warning(
                check,
                format!("The sign-in could not be checked. {}", error.message),
                error.way_out,
            )
        }
        _ => Finding::unknown(check, "Not checked: the hotel's server did not answer."),
    }
}

fn not_staff() -> Finding {
    Finding::failed(
        Check::SignIn,
        "The hotel's server does not count you among the staff of this hotel.",
        "Check the hotel: hotel in desk.toml, or DESK_HOTEL. If it is right, sign out and in again, or ask a manager.",
    )
}

fn sign_in_ended() -> Finding {
    Finding::failed(Check::SignIn, "Your sign-in has ended.", "Enter your password again; nothing is lost.")
}

fn nobody_signed_in(subject: &Subject) -> Finding {
    let check = Check::SignIn;
    match &subject.why_not {
        // The findings stand in the support file, and what the server said may not.
        Some(why) => match why.code {
            ErrorCode::Offline => {
                Finding::unknown(check, "Not checked: the hotel's server could not be reached.")
            }
            ErrorCode::ServerTrouble => {
                Finding::unknown(check, "Not checked: the hotel's server has a problem of its own.")
            }
            ErrorCode::NotAllowed => not_staff(),
            _ => Finding::failed(check, &why.message, &why.way_out),
        },
        None => Finding {
            way_out: Some("Sign in.".to_owned()),
            ..Finding::unknown(check, "Nobody is signed in.")
        },
    }
}

/// What has shown itself since the last checks, or without any: newer than what they found.
pub(super) fn since(
    checked: Option<&Finding>,
    check: Check,
    subject: &Subject,
    live_stands: bool,
) -> Option<Finding> {
    let not_ok = |finding: &Finding| finding.state != FindingState::Ok;
    let online = subject.engine.as_ref().and_then(|engine| engine.connectivity.link().online);
    // An odd answer is one too: that the server can be reached says nothing against it.
    let answered = |finding: &Finding| finding.details.iter().any(|detail| detail.name == ROUND_TRIP);
    let silent = |finding: &Finding| {
        matches!(finding.state, FindingState::Failed | FindingState::Unknown) && !answered(finding)
    };
    let was_silent = checked.is_some_and(silent);
    match (check, subject.engine.as_ref()) {
        (Check::SignIn, None) => Some(nobody_signed_in(subject)),
        (Check::SignIn, Some(engine)) if engine.connectivity.link().sign_in_needed => Some(sign_in_ended()),
        // It has been renewed since.
        (Check::SignIn, Some(_)) if checked == Some(&sign_in_ended()) => {
            Some(Finding::ok(check, "You have signed in again since the last check."))
        }
        // It was answered with this sign-in.
        (Check::SignIn, Some(_)) if online == Some(true) && checked.is_none_or(not_ok) => {
            let holds = checked.is_none_or(|finding| finding.state == FindingState::Unknown);
            holds.then(|| Finding::ok(check, "The sign-in holds."))
        }
        (Check::NameResolution | Check::Tls | Check::Server, _) if online == Some(true) && was_silent => {
            Some(Finding::ok(
                check,
                "It did not work at the last check; since then the hotel's server has answered.",
            ))
        }
        (Check::Server, _) if online == Some(true) && checked.is_none() => {
            Some(Finding::ok(check, "The hotel's server answers."))
        }
        (Check::Server, _) if online == Some(false) && checked.is_none_or(|finding| !not_ok(finding)) => {
            Some(Finding::failed(
                check,
                "The hotel's server did not answer when it was last asked.",
                "Run the checks: they tell where the way ends.",
            ))
        }
        (Check::LiveNameResolution | Check::LiveTls, _) if live_stands && was_silent => {
            Some(Finding::ok(check, "It did not work at the last check; since then the connection was made."))
        }
        _ => None,
    }
}

/// A sentence within another one.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
