//! The live connection and its channels, from what the Pusher client tells.
//!
//! The client tells how many channels are confirmed, not which: that is put together here from its notices.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use pusher::wire::Event;
use pusher::{CauseKind, Client, Config, GapCause, Notice, State, Status};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::findings::{count, in_words};
use super::{Diagnostics, Subject};
use crate::api::dialect::Generation;
use crate::desk::views::{Change, ChannelState, ChannelView, Check, Finding, LatencyView, SocketView};
use crate::model::Kind;
use crate::sync::Session;

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

/// What is known of the live connection.
#[derive(Default)]
pub(super) struct Link {
    status: Option<Status>,
    /// The running client's own picture, whose last traffic is always current.
    watch: Option<watch::Receiver<Status>>,
    channels: BTreeMap<String, ChannelView>,
}

impl Diagnostics {
    /// The live connection is followed from now on, with these channels.
    pub fn follow(&self, status: watch::Receiver<Status>, channels: &[&str]) {
        let mut board = self.board();
        board.link = Link { watch: Some(status), ..Link::wanting(channels) };
        drop(board);
        self.changed.notify_one();
    }

    /// A channel belongs to the connection as well, confirmed or not.
    pub fn expect(&self, channel: &str) {
        self.board().link.channel(channel);
        self.changed.notify_one();
    }

    /// A channel is not listened to any more.
    pub fn expect_no_more(&self, channel: &str) {
        self.board().link.channels.remove(channel);
        self.changed.notify_one();
    }

    /// Something came from the Pusher client that is no event: it goes into the log and into the channels' states.
    pub fn note(&self, notice: &Notice) {
        let mut board = self.board();
        board.link.note(notice);
        let Some((what, channel, data)) = happening(notice) else { return };
        let seq = board.log.add_happening(what, channel, data, self.now());
        drop(board);
        self.tell(Change::Live { seq });
    }
}

/// Connects for a moment, for a desk that does not listen by itself, until it is known how the channel stands. Events
/// are not taken in.
pub(super) async fn probe(diagnostics: &Diagnostics, session: &Session, mut config: Config) {
    config.seed = session.environment.seed();
    if session.link().generation.is_none()
        && let Ok(me) = session.api().me().await
        && let Err(error) = session.note_generation(me.generation).await
    {
        tracing::warn!(%error, "how old the server is could not be stored");
    }
    let channel = session.hotel_channel();
    diagnostics.board().link = Link::wanting(&[&channel]);
    let (client, mut events) = Client::start(config, session.environment.clock().clone());
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
                diagnostics.note(&notice);
            }
            if settled {
                return;
            }
        }
    };
    tokio::select! {
        () = listen => {}
        () = session.environment.sleep(PROBE) => {}
    }
}

impl Link {
    fn wanting(channels: &[&str]) -> Self {
        let pending = |name: &&str| ((*name).to_owned(), channel(name));
        Self { channels: channels.iter().map(pending).collect(), ..Self::default() }
    }

    fn channel(&mut self, name: &str) -> &mut ChannelView {
        self.channels.entry(name.to_owned()).or_insert_with(|| channel(name))
    }

    fn note(&mut self, notice: &Notice) {
        match notice {
            Notice::Subscribed { channel } => self.confirm(channel),
            Notice::Gap(gap) => self.confirm(&gap.channel),
            Notice::ChannelFailed(failed) => {
                let channel = self.channel(&failed.channel);
                channel.state = ChannelState::Failed;
                channel.cause = Some(failed.reason.to_string());
            }
            Notice::State(status) => {
                if status.state != State::Connected {
                    // With the connection the confirmations are gone.
                    for channel in self.channels.values_mut() {
                        channel.state = ChannelState::Pending;
                        channel.cause = None;
                    }
                }
                self.status = Some(Status::clone(status));
            }
            // Whatever else there is concerns channels and sign-ins that the desk has not.
            _ => {}
        }
    }

    fn confirm(&mut self, name: &str) {
        let channel = self.channel(name);
        channel.state = ChannelState::Confirmed;
        channel.cause = None;
    }

    pub fn note_event(&mut self, event: &Event) {
        let at = moment(event.received_at);
        let channel = self.channel(&event.channel);
        channel.events = channel.events.saturating_add(1);
        channel.last_event = Some(event.name.clone());
        channel.last_event_at = Some(at);
    }

    /// As the running client tells it, else as it was told last.
    fn status(&self) -> Option<Status> {
        self.watch.as_ref().map(|watch| watch.borrow().clone()).or_else(|| self.status.clone())
    }

    pub fn is_connected(&self) -> bool {
        self.status().is_some_and(|status| status.is_connected())
    }

    pub fn channels(&self) -> Vec<ChannelView> {
        self.channels.values().cloned().collect()
    }

    pub fn socket_view(&self) -> Option<SocketView> {
        let status = self.status()?;
        Some(SocketView {
            state: status.state.into(),
            since: moment(status.since),
            last_cause: status.last_cause.as_ref().map(ToString::to_string),
            next_try: status.next_attempt_at.map(moment),
            // The client counts on until a connection has lasted; for a person the count ends when it stands.
            attempt: if status.is_connected() { 0 } else { status.attempt },
            connections: u32::try_from(status.counters.connections).unwrap_or(u32::MAX),
            last_traffic: status.last_traffic.map(moment),
        })
    }

    pub fn socket_finding(&self, subject: &Subject, checked: &BTreeMap<Check, Finding>) -> Finding {
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
        if subject.session.is_none() {
            return Finding::unknown(check, "There is no live connection while nobody is signed in.");
        }
        let Some(status) = self.status() else {
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

    pub fn channels_finding(&self, subject: &Subject) -> Finding {
        let check = Check::Channels;
        if !self.is_connected() {
            let why = match (&subject.live, &subject.session) {
                (Ok(Some(_)), Some(_)) => "the live connection does not stand.",
                (Ok(Some(_)), None) => "nobody is signed in.",
                _ => "live events are not set up.",
            };
            return Finding::unknown(check, format!("Not confirmed: {why}"));
        }
        let in_state = |state| self.channels.values().filter(move |channel| channel.state == state);
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
        let number = u64::try_from(self.channels.len()).unwrap_or(u64::MAX);
        let verb = if number == 1 { "is" } else { "are" };
        let names = self.channels.keys().cloned().collect::<Vec<_>>().join(", ");
        let mut text = format!("{} {verb} confirmed.", count(number, "channel"));
        if let Some(silent) = subject.session.as_ref().and_then(|session| silence(session.generation())) {
            text = format!("{text} {silent}");
        }
        Finding::ok(check, text).with("Names", names)
    }
}

/// That a confirmed channel does not mean events about everything; none where that is a matter of single changes.
fn silence(generation: Generation) -> Option<String> {
    let silent = generation.voice().silent;
    let names: Vec<&str> = silent
        .iter()
        .map(|kind| match kind {
            Kind::Offer => "offers",
            Kind::RoomType => "room types",
            Kind::Branding => "the branding",
            Kind::Gallery => "galleries",
        })
        .collect();
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

fn channel(name: &str) -> ChannelView {
    ChannelView {
        name: name.to_owned(),
        state: ChannelState::Pending,
        cause: None,
        last_event: None,
        last_event_at: None,
        events: 0,
    }
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

/// A line of the event log: what happened, on which channel, and what is known about it.
fn happening(notice: &Notice) -> Option<(String, Option<String>, Value)> {
    let on = |channel: &str| Some(channel.to_owned());
    Some(match notice {
        Notice::Event(_) => return None,
        Notice::Subscribed { channel } => ("Channel confirmed".to_owned(), on(channel), Value::Null),
        Notice::Gap(gap) => {
            let why = match gap.cause {
                GapCause::LinkLost => "the connection was replaced",
                GapCause::Overflow => "too many came at once",
                GapCause::Slept => "the computer slept",
            };
            let from = moment(gap.from).to_string();
            let data = json!({"from": from, "to": moment(gap.to).to_string(), "missed": gap.missed});
            (format!("Events may be missing: {why}"), on(&gap.channel), data)
        }
        Notice::ChannelFailed(failed) => {
            let data = json!({"code": failed.reason.code(), "asked_again": failed.retrying});
            (format!("Channel not confirmed: {}", failed.reason), on(&failed.channel), data)
        }
        Notice::Error(error) => (
            "The event server reports an error".to_owned(),
            None,
            json!({"code": error.code, "message": error.message}),
        ),
        Notice::State(status) => state_happening(status),
        _ => return None,
    })
}

fn state_happening(status: &Status) -> (String, Option<String>, Value) {
    let cause = status.last_cause.as_ref();
    let why = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
    let what = match status.state {
        State::Off => "Not connected".to_owned(),
        State::Connecting => "Connecting".to_owned(),
        State::Connected => "Connected".to_owned(),
        State::Waiting => format!("No connection{why}"),
        State::Refused => format!("Connection refused{why}"),
    };
    let told = matches!(status.state, State::Waiting | State::Refused);
    let data = match cause.filter(|_| told) {
        Some(cause) => json!({
            "phase": cause.phase, "kind": cause.kind, "code": cause.code, "attempt": status.attempt,
            "next_attempt": status.next_attempt_at.map(|at| moment(at).to_string()),
        }),
        None => Value::Null,
    };
    (what, None, data)
}

fn moment(wall: Duration) -> Timestamp {
    let ms = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
