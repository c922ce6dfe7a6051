//! The live connection and its channels: what is wrong with them, from what was seen of them.

use std::collections::BTreeMap;
use std::time::Duration;

use pusher::{CauseKind, Client, Config, Notice, State, Status};

use super::Subject;
use super::findings::{count, in_words};
use crate::engine::Engine;
use crate::hotel::dialect::Generation;
use crate::monitor::Monitor;
use crate::monitor::link::{Link, moment};
use crate::resources::Kind;
use crate::views::{ChannelState, Check, Finding, LatencyView};

/// How long a command line waits for the channel.
const PROBE: Duration = Duration::from_secs(8);
/// Slower than this from the hotel, events are late.
const LATE_MS: i32 = 5_000;
/// Slower than this on the screen, a person waits.
const SLOW_MS: u32 = 1_000;
/// A connection that was lost so few attempts ago is probably about to come back.
const FEW_ATTEMPTS: u32 = 2;

const SETTINGS: &str = "Correct pusher_key, and pusher_cluster or pusher_host, in desk.toml.";
const FROM_OUTSIDE: &str =
    "Check the network: a proxy or firewall has to let WebSockets pass. It is tried again by itself.";

/// Connects for a moment, for a desk that does not listen by itself, until it is known how the channel stands. Events
/// are not taken in.
pub(super) async fn probe(monitor: &Monitor, engine: &Engine, mut config: Config) {
    config.seed = engine.environment.seed();
    if engine.connectivity.link().generation.is_none()
        && let Ok(me) = engine.connectivity.api().me().await
        && let Err(error) = engine.reader.note_generation(me.generation).await
    {
        tracing::warn!(%error, "how old the server is could not be stored");
    }
    let channel = engine.follower.hotel_channel();
    monitor.follow(None, &[&channel]);
    let (client, mut events) = Client::start(config, engine.environment.clock().clone());
    if client.subscribe(&channel).is_err() {
        return;
    }
    client.connect();
    let listen = async {
        while let Some(notice) = events.next().await {
            let settled = match &notice {
                Notice::Subscribed { .. } | Notice::ChannelFailed(_) => true,
                Notice::State(status) => status.state == State::Refused,
                _ => false,
            };
            if !matches!(notice, Notice::Event(_)) {
                monitor.note(&notice);
            }
            if settled {
                return;
            }
        }
    };
    tokio::select! {
        () = listen => {}
        () = engine.environment.sleep(PROBE) => {}
    }
}

/// Whether the live connection stands.
pub(super) fn socket_finding(link: &Link, subject: &Subject, checked: &BTreeMap<Check, Finding>) -> Finding {
    let check = Check::Socket;
    match &subject.live {
        Ok(Some(_)) => {}
        Ok(None) => {
            return Finding::warning(
                check,
                "Live events are not set up: what colleagues change comes with the next reading, up to a minute \
                 later.",
                "If the hotel has live events, set pusher_key and pusher_cluster in desk.toml.",
            );
        }
        Err(error) => return Finding::failed(check, &error.message, &error.way_out),
    }
    if subject.engine.is_none() {
        return Finding::unknown(check, "There is no live connection while nobody is signed in.");
    }
    let Some(status) = link.status() else {
        return Finding::unknown(check, "The live connection was not tried yet.");
    };
    if status.is_connected() {
        return with_figures(Finding::ok(check, "The live connection stands."), &status);
    }
    for before in [Check::LiveNameResolution, Check::LiveTls] {
        if checked.get(&before).is_some_and(Finding::has_failed) {
            let text = "The live connection cannot be made: see the failed line above.";
            return with_figures(Finding::unknown(check, text), &status);
        }
    }
    with_figures(not_connected(&status), &status)
}

/// Whether its channels are confirmed.
pub(super) fn channels_finding(link: &Link, subject: &Subject) -> Finding {
    let check = Check::Channels;
    if !link.is_connected() {
        let why = match (&subject.live, &subject.engine) {
            (Ok(Some(_)), Some(_)) => "the live connection does not stand.",
            (Ok(Some(_)), None) => "nobody is signed in.",
            _ => "live events are not set up.",
        };
        return Finding::unknown(check, format!("Not confirmed: {why}"));
    }
    let channels = link.channels();
    let in_state = |state| channels.iter().filter(move |channel| channel.state == state);
    if let Some(failed) = in_state(ChannelState::Failed).next() {
        let cause = failed.cause.clone().unwrap_or_default();
        return Finding::failed(
            check,
            format!("The channel {} was not confirmed: {cause}.", failed.name),
            "Tell the people who run the event server. Until then changes come with the next reading.",
        );
    }
    if let Some(pending) = in_state(ChannelState::Pending).next() {
        return Finding::warning(
            check,
            format!("The channel {} is not confirmed yet.", pending.name),
            "Wait a few seconds; it is asked for again by itself.",
        );
    }
    let number = u64::try_from(channels.len()).unwrap_or(u64::MAX);
    let verb = if number == 1 { "is" } else { "are" };
    let names = channels.iter().map(|channel| channel.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut text = format!("{} {verb} confirmed.", count(number, "channel"));
    if let Some(silent) = subject.engine.as_ref().and_then(|engine| silence(engine.connectivity.generation()))
    {
        text = format!("{text} {silent}");
    }
    Finding::ok(check, text).with("Names", names)
}

/// That a confirmed channel does not mean events about everything; none where that is a matter of single changes.
fn silence(generation: Generation) -> Option<String> {
    let silent: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !generation.tells_all_of(*kind)).collect();
    let names: Vec<&str> = silent.iter().map(|kind| kind.resource().nouns.many).collect();
    let (last, others) = names.split_last()?;
    let names =
        if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
    Some(match generation {
        Generation::First => format!(
            "Not every change of {names} has an event, so they are read about every minute all the same."
        ),
        Generation::Between | Generation::Current => format!(
            "No events can come over these channels about {names}: this server sends none. They are read about every \
             minute instead."
        ),
    })
}

fn with_figures(finding: Finding, status: &Status) -> Finding {
    finding
        .with("Since", moment(status.since))
        .with_some("Last cause", status.last_cause.as_ref())
        .with_some("Next attempt", status.next_attempt_at.map(moment))
        .with("Attempts", status.attempt)
        .with("Connections", status.counters.connections)
        .with_some("Last traffic", status.last_traffic.map(moment))
}

fn not_connected(status: &Status) -> Finding {
    let check = Check::Socket;
    let Some(cause) = &status.last_cause else {
        return Finding::unknown(check, "The live connection is being made for the first time.");
    };
    let way_out = match (cause.kind, cause.code) {
        (CauseKind::Closed, Some(4001 | 4005..=4007)) | (CauseKind::HttpStatus, Some(404)) => SETTINGS,
        (CauseKind::Closed, Some(4003 | 4004)) => {
            "Tell the people who run the event server: the account there is closed or over its limit."
        }
        (CauseKind::Certificate, _) => {
            "Look at this computer's date, and whether a sign-in page of the network or a virus scanner is in between."
        }
        _ => FROM_OUTSIDE,
    };
    match status.state {
        State::Refused => {
            Finding::failed(check, format!("The event server refuses the live connection: {cause}."), way_out)
        }
        _ if status.attempt <= FEW_ATTEMPTS => {
            let text = format!("The live connection was lost and is being made again: {cause}.");
            Finding::warning(check, text, way_out)
        }
        _ => Finding::failed(check, format!("The live connection cannot be made: {cause}."), way_out),
    }
}

/// How long events took, in a finding.
pub(super) fn latency_finding(latency: Option<&LatencyView>) -> Finding {
    let check = Check::Latency;
    let Some(latency) = latency else {
        return Finding::unknown(check, "No event has come yet since the program started.");
    };
    let finding = match (latency.hotel_ms, latency.shown_ms) {
        (Some(hotel), _) if hotel > LATE_MS => Finding::warning(
            check,
            format!("Events of the hotel arrive {} late.", in_words(u64::from(hotel.unsigned_abs()))),
            "Check the network; if other programs are quick, tell the people who run the server.",
        ),
        (_, Some(shown)) if shown > SLOW_MS => Finding::warning(
            check,
            format!("Events take {} from their arrival to the screen.", in_words(u64::from(shown))),
            "Close other programs: this computer is too busy.",
        ),
        _ => Finding::ok(check, "Events come without delay."),
    };
    let ms = |ms: u32| format!("{ms} ms");
    finding
        .with("Events", latency.events)
        .with_some("From the hotel", latency.hotel_ms.map(|hotel| format!("{hotel} ms")))
        .with("To the database", ms(latency.stored_ms))
        .with_some("To the screen", latency.shown_ms.map(ms))
        .with_some("Slowest to the screen", latency.slowest_shown_ms.map(ms))
}
