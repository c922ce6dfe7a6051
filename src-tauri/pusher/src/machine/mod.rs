//! All decisions of the client, as a state machine without a socket, a task or a clock.
//!
//! [`Machine::step`] takes one [`Input`] and the time, and returns the [`Output`]s to carry out in order. Afterwards
//! [`Machine::deadline`] returns the time by which it must be stepped again even if nothing happens. Randomness comes
//! from a seed, so that the same inputs at the same times always give the same outputs: so the hard cases can be tested
//! in microseconds.
//!
//! A connection goes `Off -> Opening -> Live`, and on any loss `Waiting -> Opening` again, or `Refused`. Each attempt
//! has a **generation**; reports about an older one are ignored (check 16). Each request to the authorizer has a
//! **ticket**, which ends with the generation at the latest, so that no answer is used on another link than its own
//! (check 77).
//!
//! | concern | where |
//! |---|---|
//! | opening, losing, refusing | `link` |
//! | waits | `backoff` |
//! | pings, sleeps, network changes | `liveness` |
//! | subscriptions and gaps | `channels` |
//! | events that wait for an answer | `backlog` |
//! | frames and events | `frames` |
//! | requests for authorization, and their repetition | `authorization`, `job` |
//! | signing in and out | `user` |
//! | keys and decryption | `encryption` |
//! | sending client events | `client_events` |
//! | repeated events | `duplicates` |

mod authorization;
mod backlog;
mod backoff;
mod channels;
mod client_events;
mod duplicates;
mod encryption;
mod frames;
mod io;
mod job;
mod link;
mod liveness;
mod user;

use std::fmt;
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::config::Config;
use crate::notice::Notice;
use crate::presence::Members;
use crate::status::{State, Status};
use crate::wire::ServerError;

use authorization::Authorization;
use backoff::Backoff;
use channels::Channels;
use client_events::ClientEvents;
use duplicates::Duplicates;
use link::{Link, Live};
use user::SigningIn;

pub use io::{ClientEvent, Input, LinkEvent, Now, Output, Priority, TriggerError};

/// The state machine of one client.
pub struct Machine {
    config: Config,
    rng: StdRng,
    link: Link,
    generation: u64,
    force_tls: bool,
    backoff: Backoff,
    /// Attempts in a row that the server ended before greeting, without a reason.
    hang_ups: u32,
    channels: Channels,
    authorization: Authorization,
    user: SigningIn,
    client_events: ClientEvents,
    duplicates: Duplicates,
    status: Status,
    seen: Now,
    out: Vec<Output>,
}

impl Machine {
    /// Makes a machine that is off.
    #[must_use]
    pub fn new(config: Config, now: Now) -> Self {
        Self {
            rng: StdRng::seed_from_u64(config.seed),
            link: Link::Off,
            generation: 0,
            force_tls: false,
            backoff: Backoff::default(),
            hang_ups: 0,
            channels: Channels::default(),
            authorization: Authorization::default(),
            user: SigningIn::default(),
            client_events: ClientEvents::default(),
            duplicates: Duplicates::default(),
            status: Status::new(now.wall),
            seen: now,
            out: Vec::new(),
            config,
        }
    }

    /// Returns the whole status (check 54).
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Returns the members of a presence channel; `None` before the first answer and on other channels (check 100).
    #[must_use]
    pub fn members(&self, channel: &str) -> Option<&Members> {
        self.channels.members(channel)
    }

    /// Returns the monotonic time by which to step again; `None` while nothing can become due.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let tick = self.seen.mono + self.config.timing.tick;
        let due = match &self.link {
            Link::Off | Link::Refused => return None,
            Link::Waiting { until, .. } => *until,
            Link::Opening { deadline, .. } => *deadline,
            Link::Live(live) => [
                self.channels.next_ack,
                self.channels.next_rekey,
                self.next_authorization(),
                self.user.deadline(),
                self.next_client_event(),
            ]
            .into_iter()
            .flatten()
            .fold(live.due(), Duration::min),
        };
        Some(due.min(tick))
    }

    /// Takes an input and returns the outputs to carry out, in order.
    pub fn step(&mut self, input: Input, now: Now) -> Vec<Output> {
        let away = self.time_away(now);
        self.seen = now;
        self.apply(input, now);
        self.run_due(now);
        if let Some(away) = away {
            self.woke(away, now);
        }
        self.ask_authorizer(now);
        self.status.channels = self.channels.wanted();
        self.status.confirmed = self.channels.confirmed;
        self.status.sign_in = self.user.status();
        std::mem::take(&mut self.out)
    }

    fn apply(&mut self, input: Input, now: Now) {
        match input {
            Input::Connect => match self.link {
                Link::Off | Link::Refused => self.start_afresh(now),
                Link::Waiting { .. } | Link::Opening { .. } | Link::Live(_) => {}
            },
            Input::RetryNow => match self.link {
                Link::Refused => self.start_afresh(now),
                Link::Waiting { .. } => self.open(now),
                Link::Live(_) => self.probe(self.config.timing.network_probe, now),
                Link::Off | Link::Opening { .. } => {}
            },
            Input::Disconnect => self.disconnect(now),
            Input::NetworkChanged => self.good_news(self.config.timing.network_probe, now),
            Input::WakeNotice => self.good_news(self.config.timing.wake_probe, now),
            Input::Subscribe(name) => self.subscribe(name, Priority::Normal, now),
            Input::SubscribeWith(name, priority) => self.subscribe(name, priority, now),
            Input::Unsubscribe(name) => self.unsubscribe(&name),
            Input::AskAgain(name) => self.ask_again(&name, now),
            Input::SignIn(id) => self.sign_in(id, now),
            Input::SignOut => self.sign_out(now),
            Input::AuthorizeAgain => self.authorize_again(now),
            Input::Authorized { ticket, result } => self.authorization_answered(ticket, result, now),
            Input::Renewed { ticket, result } => self.session_renewed(ticket, result, now),
            Input::Trigger { ticket, event } => self.trigger(ticket, event, now),
            Input::Seen(channel, key) => self.note_seen(&channel, key, now),
            Input::Overflowed(count) => self.status.counters.overflowed += count,
            Input::TimerFired => {}
            Input::Link { generation, event } if generation == self.generation => self.link_event(event, now),
            Input::Link { .. } => {}
        }
    }

    fn run_due(&mut self, now: Now) {
        match &self.link {
            Link::Off | Link::Refused => {}
            Link::Waiting { until, .. } if now.mono >= *until => {
                self.backoff.opened(now.mono, &self.config.timing);
                self.open(now);
            }
            Link::Opening { deadline, .. } if now.mono >= *deadline => self.not_greeted(now),
            Link::Waiting { .. } | Link::Opening { .. } => {}
            Link::Live(_) => {
                self.check_health(now);
                self.run_liveness(now);
                // Liveness may just have ended the link, and its subscriptions.
                if matches!(self.link, Link::Live(_)) {
                    self.run_ack_deadlines(now);
                    self.run_authorization_deadlines(now);
                    self.run_rekey_deadlines(now);
                    self.run_sign_in_deadline(now);
                    self.run_client_events(now);
                }
            }
        }
    }

    fn enter(&mut self, state: State, now: Now) {
        if self.status.state != state {
            self.status.since = now.wall;
        }
        self.status.state = state;
        self.status.next_attempt_at = None;
        if state != State::Connected {
            self.status.socket_id = None;
        }
        self.status.sign_in = self.user.status();
        self.out.push(Output::StateChanged);
    }

    fn report(&mut self, error: ServerError) {
        self.status.last_error = Some(error.clone());
        self.notice(Notice::Error(error));
    }

    fn notice(&mut self, notice: Notice) {
        self.out.push(Output::Notice(notice));
    }

    fn send(&mut self, text: String) {
        self.out.push(Output::Send { generation: self.generation, text });
    }
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine")
            .field("config", &self.config)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
