//! The state of the live connection and its channels, as the Pusher client reports it.
//!
//! The client reports the number of confirmed channels, not their names. This module collects the names from its
//! notices.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use pusher::wire::Event;
use pusher::{GapCause, Notice, State, Status};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::catalogue::say;
use crate::views::{ChannelState, ChannelView, SocketView};

/// The known state of the live connection.
#[derive(Clone, Default)]
pub struct Link {
    status: Option<Status>,
    /// The running client's own status, in which the last traffic is always current.
    watch: Option<watch::Receiver<Status>>,
    channels: BTreeMap<String, ChannelView>,
}

impl Link {
    /// Makes a connection that is to have these channels. `watch` is the running client's own status, if it runs.
    pub(super) fn wanting(watch: Option<watch::Receiver<Status>>, channels: &[&str]) -> Self {
        let pending = |name: &&str| ((*name).to_owned(), channel(name));
        Self { channels: channels.iter().map(pending).collect(), watch, status: None }
    }

    /// Returns the channel of this name. Adds it to the connection if it is missing.
    pub(super) fn channel(&mut self, name: &str) -> &mut ChannelView {
        self.channels.entry(name.to_owned()).or_insert_with(|| channel(name))
    }

    /// Removes a channel from the connection.
    pub(super) fn drop_channel(&mut self, name: &str) {
        self.channels.remove(name);
    }

    /// Applies a notice that is not an event.
    pub(super) fn note(&mut self, notice: &Notice) {
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
                    // The confirmations end with the connection.
                    for channel in self.channels.values_mut() {
                        channel.state = ChannelState::Pending;
                        channel.cause = None;
                    }
                }
                self.status = Some(Status::clone(status));
            }
            // All other notices concern channels and sign-ins that the desk does not use.
            _ => {}
        }
    }

    fn confirm(&mut self, name: &str) {
        let channel = self.channel(name);
        channel.state = ChannelState::Confirmed;
        channel.cause = None;
    }

    /// Notes an event.
    pub(super) fn note_event(&mut self, event: &Event) {
        let at = moment(event.received_at);
        let channel = self.channel(&event.channel);
        channel.events = channel.events.saturating_add(1);
        channel.last_event = Some(event.name.clone());
        channel.last_event_at = Some(at);
    }

    /// Returns the running client's status, else the last reported one.
    pub fn status(&self) -> Option<Status> {
        self.watch.as_ref().map(|watch| watch.borrow().clone()).or_else(|| self.status.clone())
    }

    /// Returns true if the connection is up.
    pub fn is_connected(&self) -> bool {
        self.status().is_some_and(|status| status.is_connected())
    }

    /// Returns true if a channel is confirmed.
    pub fn is_confirmed(&self, channel: &str) -> bool {
        self.channels.get(channel).is_some_and(|channel| channel.state == ChannelState::Confirmed)
    }

    /// Returns the channels, by name.
    pub fn channels(&self) -> Vec<ChannelView> {
        self.channels.values().cloned().collect()
    }

    /// Returns the view for screens; `None` before the first try.
    pub fn socket_view(&self) -> Option<SocketView> {
        let status = self.status()?;
        Some(SocketView {
            state: status.state.into(),
            since: moment(status.since),
            last_cause: status.last_cause.as_ref().map(ToString::to_string),
            next_try: status.next_attempt_at.map(moment),
            // The client counts attempts until a connection has lasted. For a person the count ends when it is up.
            attempt: if status.is_connected() { 0 } else { status.attempt },
            connections: u32::try_from(status.counters.connections).unwrap_or(u32::MAX),
            last_traffic: status.last_traffic.map(moment),
        })
    }
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

/// Returns the line of the event log for a notice: its sentence, its channel and its data.
pub(super) fn happening(notice: &Notice) -> Option<(String, Option<String>, Value)> {
    let on = |channel: &str| Some(channel.to_owned());
    Some(match notice {
        Notice::Event(_) => return None,
        Notice::Subscribed { channel } => (say!("live-channel-confirmed"), on(channel), Value::Null),
        Notice::Gap(gap) => {
            let what = match gap.cause {
                GapCause::LinkLost => say!("live-gap-replaced"),
                GapCause::Overflow => say!("live-gap-overflow"),
                GapCause::Slept => say!("live-gap-slept"),
            };
            let from = moment(gap.from).to_string();
            let data = json!({"from": from, "to": moment(gap.to).to_string(), "missed": gap.missed});
            (what, on(&gap.channel), data)
        }
        Notice::ChannelFailed(failed) => {
            let data = json!({"code": failed.reason.code(), "asked_again": failed.retrying});
            (say!("live-channel-failed", cause = failed.reason.to_string()), on(&failed.channel), data)
        }
        Notice::Error(error) => {
            (say!("live-error"), None, json!({"code": error.code, "message": error.message}))
        }
        Notice::State(status) => state_happening(status),
        _ => return None,
    })
}

fn state_happening(status: &Status) -> (String, Option<String>, Value) {
    let cause = status.last_cause.as_ref();
    let what = match (status.state, cause.map(ToString::to_string)) {
        (State::Off, _) => say!("live-off"),
        (State::Connecting, _) => say!("live-connecting"),
        (State::Connected, _) => say!("live-connected"),
        (State::Waiting, None) => say!("live-waiting"),
        (State::Waiting, Some(cause)) => say!("live-waiting-since", cause = cause),
        (State::Refused, None) => say!("live-refused"),
        (State::Refused, Some(cause)) => say!("live-refused-since", cause = cause),
    };
    let is_down = matches!(status.state, State::Waiting | State::Refused);
    let data = match cause.filter(|_| is_down) {
        Some(cause) => json!({
            "phase": cause.phase, "kind": cause.kind, "code": cause.code, "attempt": status.attempt,
            "next_attempt": status.next_attempt_at.map(|at| moment(at).to_string()),
        }),
        None => Value::Null,
    };
    (what, None, data)
}

/// Converts the client's clock into a point in time.
pub fn moment(wall: Duration) -> Timestamp {
    let ms = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
