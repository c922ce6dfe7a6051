//! The findings about the live connection and its channels, from the observations of the monitor.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use pusher::{CauseKind, Client, Config, Notice, State, Status};

use super::Subject;
use super::findings::in_words;
use crate::catalogue::say;
use crate::engine::Engine;
use crate::environment::Environment;
use crate::hotel::dialect::Generation;
use crate::monitor::Monitor;
use crate::monitor::link::{Link, moment};
use crate::resources::Kind;
use crate::views::{ChannelState, Check, Finding, LatencyView};
use crate::words::in_a_row;

/// The time for which a command line waits for the channel.
const PROBE: Duration = Duration::from_secs(8);
/// The delay from the hotel from which events count as late, in milliseconds.
const LATE_MS: i32 = 5_000;
/// The delay on the screen from which a person has to wait, in milliseconds.
const SLOW_MS: u32 = 1_000;
/// The number of attempts up to which a lost connection will probably be back soon.
const FEW_ATTEMPTS: u32 = 2;

/// Connects for a short time, for a desk without a live connection, until the state of each channel is known. No event
/// is stored.
pub(super) async fn probe(monitor: &Monitor, engine: &Engine, mut config: Config) {
    config.seed = engine.environment.seed();
    // The server may have changed since the last reading, and then has other channels.
    if let Ok(me) = engine.connectivity.api().me().await
        && let Err(error) = engine.reader.note_generation(me.generation).await
    {
        tracing::warn!(%error, "how old the server is could not be stored");
    }
    if let Err(error) = engine.chat.choose_followed(None).await {
        tracing::warn!(%error, "the conversations could not be read");
    }
    let mut open: BTreeSet<String> = engine.follower.chat_channels();
    open.insert(engine.follower.hotel_channel());
    monitor.follow(None, &open.iter().map(String::as_str).collect::<Vec<_>>());
    let (client, mut events) = Client::start(config, engine.environment.clock().clone());
    // A name that breaks the rules stays unconfirmed.
    open.retain(|channel| client.subscribe(channel).is_ok());
    client.connect();
    let listen = async {
        while !open.is_empty()
            && let Some(notice) = events.next().await
        {
            let is_refused = match &notice {
                Notice::Subscribed { channel } => {
                    open.remove(&**channel);
                    false
                }
                Notice::ChannelFailed(failed) => {
                    open.remove(&*failed.channel);
                    false
                }
                Notice::State(status) => status.state == State::Refused,
                _ => false,
            };
            if !matches!(notice, Notice::Event(_)) {
                monitor.note(&notice);
            }
            if is_refused {
                return;
            }
        }
    };
    tokio::select! {
        () = listen => {}
        () = engine.environment.sleep(PROBE) => {}
    }
}

/// Connects for a short time with settings that are not saved yet, without a sign-in, and returns the finding.
pub(super) async fn try_socket(environment: &Environment, mut config: Config) -> Finding {
    config.seed = environment.seed();
    let (client, mut events) = Client::start(config, environment.clock().clone());
    client.connect();
    let mut last = None;
    let listen = async {
        while let Some(notice) = events.next().await {
            let Notice::State(status) = notice else { continue };
            let is_settled = status.is_connected() || status.state == State::Refused;
            last = Some(status);
            if is_settled {
                return;
            }
        }
    };
    tokio::select! {
        () = listen => {}
        () = environment.sleep(PROBE) => {}
    }
    match last {
        Some(status) if status.is_connected() => Finding::ok(Check::Socket, say!("doctor-socket-up")),
        Some(status) => not_connected(&status),
        None => Finding::unknown(Check::Socket, say!("doctor-socket-first")),
    }
}

/// Returns the finding about the live connection.
pub(super) fn socket_finding(link: &Link, subject: &Subject, checked: &BTreeMap<Check, Finding>) -> Finding {
    let check = Check::Socket;
    match &subject.live {
        Ok(Some(_)) => {}
        Ok(None) => {
            return Finding::warning(
                check,
                say!("doctor-socket-not-set"),
                say!("doctor-socket-not-set-way-out"),
            );
        }
        Err(error) => return Finding::failed(check, &error.message, &error.way_out),
    }
    if subject.unopened().is_some() {
        return super::local::not_opened(check);
    }
    if subject.engine.is_none() {
        return Finding::unknown(check, say!("doctor-socket-signed-out"));
    }
    let Some(status) = link.status() else {
        return Finding::unknown(check, say!("doctor-socket-untried"));
    };
    let above = [Check::LiveNameResolution, Check::LiveTls];
    let blocked = above.iter().any(|before| checked.get(before).is_some_and(Finding::has_failed));
    let finding = if status.is_connected() {
        Finding::ok(check, say!("doctor-socket-up"))
    } else if blocked {
        Finding::unknown(check, say!("doctor-socket-above"))
    } else {
        not_connected(&status)
    };
    finding
        .with(say!("doctor-figure-since"), moment(status.since))
        .with_some(say!("doctor-figure-last-cause"), status.last_cause.as_ref())
        .with_some(say!("doctor-figure-next-attempt"), status.next_attempt_at.map(moment))
        .with(say!("doctor-figure-attempts"), status.attempt)
        .with(say!("doctor-figure-connections"), status.counters.connections)
        .with_some(say!("doctor-figure-last-traffic"), status.last_traffic.map(moment))
}

/// Returns the finding about the channels' confirmations.
pub(super) fn channels_finding(link: &Link, subject: &Subject) -> Finding {
    let check = Check::Channels;
    if subject.unopened().is_some() {
        return super::local::not_opened(check);
    }
    if !link.is_connected() {
        let why = match (&subject.live, &subject.engine) {
            (Ok(Some(_)), Some(_)) => say!("doctor-channels-down"),
            (Ok(Some(_)), None) => say!("doctor-signed-out"),
            _ => say!("doctor-live-not-set"),
        };
        return Finding::unknown(check, say!("doctor-channels-unconfirmed", why = why));
    }
    // A server confirms every channel, even one on which it sends nothing (contract.md 13).
    let is_unknown = |engine: &Arc<Engine>| engine.connectivity.state().generation.is_none();
    if subject.engine.as_ref().is_some_and(is_unknown) {
        return Finding::unknown(check, say!("doctor-channels-server-unknown"));
    }
    let channels = link.channels();
    let in_state = |state| channels.iter().filter(move |channel| channel.state == state);
    if let Some(failed) = in_state(ChannelState::Failed).next() {
        let cause = failed.cause.as_deref().unwrap_or_default();
        let text = say!("doctor-channel-failed", name = failed.name.as_str(), cause = cause);
        return Finding::failed(check, text, say!("doctor-channel-failed-way-out"));
    }
    if let Some(pending) = in_state(ChannelState::Pending).next() {
        let text = say!("doctor-channel-pending", name = pending.name.as_str());
        return Finding::warning(check, text, say!("doctor-channel-pending-way-out"));
    }
    let names = channels.iter().map(|channel| channel.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut text = say!("doctor-channels-confirmed", count = channels.len());
    if let Some(silent) = subject.engine.as_ref().and_then(|engine| silence(engine.connectivity.generation()))
    {
        text = format!("{text} {silent}");
    }
    Finding::ok(check, text).with(say!("doctor-figure-names"), names)
}

/// Returns a note that not every change has an event although the channel is confirmed, or `None` if every change has
/// one.
fn silence(generation: Generation) -> Option<String> {
    let silent = Kind::ALL.into_iter().filter(|kind| !generation.sends_every_change_of(*kind));
    let names = in_a_row(silent.map(Kind::many).collect())?;
    Some(match generation {
        Generation::First => say!("doctor-channels-partial", names = names),
        Generation::Between | Generation::Current => say!("doctor-channels-silent", names = names),
    })
}

fn not_connected(status: &Status) -> Finding {
    let check = Check::Socket;
    let Some(cause) = &status.last_cause else {
        return Finding::unknown(check, say!("doctor-socket-first"));
    };
    let way_out = match (cause.kind, cause.code) {
        (CauseKind::Closed, Some(4001 | 4005..=4007)) | (CauseKind::HttpStatus, Some(404)) => {
            say!("doctor-socket-settings-way-out")
        }
        (CauseKind::Closed, Some(4003 | 4004)) => say!("doctor-socket-account-way-out"),
        (CauseKind::Certificate, _) => say!("doctor-socket-certificate-way-out"),
        _ => say!("doctor-socket-network-way-out"),
    };
    let cause = cause.to_string();
    match status.state {
        State::Refused => Finding::failed(check, say!("doctor-socket-refused", cause = cause), way_out),
        _ if status.attempt <= FEW_ATTEMPTS => {
            Finding::warning(check, say!("doctor-socket-lost", cause = cause), way_out)
        }
        _ => Finding::failed(check, say!("doctor-socket-failed", cause = cause), way_out),
    }
}

/// Returns the finding about the delays of events. Earlier events count only while the hotel's server works.
pub(super) fn latency_finding(link: &Link, latency: Option<&LatencyView>, server_works: bool) -> Finding {
    let check = Check::Latency;
    if !server_works {
        return Finding::unknown(check, say!("doctor-server-needed"));
    }
    if !link.is_connected() {
        return Finding::unknown(check, say!("doctor-latency-down"));
    }
    let Some(latency) = latency else {
        return Finding::unknown(check, say!("doctor-latency-none"));
    };
    let finding = match (latency.hotel_ms, latency.shown_ms) {
        (Some(hotel), _) if hotel > LATE_MS => Finding::warning(
            check,
            say!("doctor-latency-late", time = in_words(u64::from(hotel.unsigned_abs()))),
            say!("doctor-latency-late-way-out"),
        ),
        (_, Some(shown)) if shown > SLOW_MS => Finding::warning(
            check,
            say!("doctor-latency-slow", time = in_words(u64::from(shown))),
            say!("doctor-latency-slow-way-out"),
        ),
        _ => Finding::ok(check, say!("doctor-latency-fine")),
    };
    let ms = |ms: u32| format!("{ms} ms");
    finding
        .with(say!("doctor-figure-events"), latency.events)
        .with_some(say!("doctor-figure-from-hotel"), latency.hotel_ms.map(|hotel| format!("{hotel} ms")))
        .with(say!("doctor-figure-to-database"), ms(latency.stored_ms))
        .with_some(say!("doctor-figure-to-screen"), latency.shown_ms.map(ms))
        .with_some(say!("doctor-figure-slowest"), latency.slowest_shown_ms.map(ms))
}
