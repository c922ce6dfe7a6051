//! Every decision, and nothing else: no socket, no task, no clock.
//!
//! [`Machine::step`] takes one [`Input`] and the time, and answers with the [`Output`]s to carry out in
//! order. Afterwards [`Machine::deadline`] says by when it wants to be stepped again even if nothing
//! happens. Randomness comes from a seed, so that the same inputs at the same times give the same
//! outputs for ever: that is what makes the hard cases testable in microseconds.
//!
//! A connection goes `Off -> Opening -> Live`, and on any loss `Waiting -> Opening` again, or `Refused`.
//! Each attempt has a **generation**; whatever is reported for an older one is thrown away (check 16).
//!
//! | concern | where |
//! |---|---|
//! | opening, losing, refusing | this file |
//! | how long to wait | `backoff` |
//! | pings, sleeps, network changes | `liveness` |
//! | subscriptions, gaps, events | `channels` |

mod backoff;
mod channels;
mod liveness;

use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use url::Url;

use crate::channel::ChannelName;
use crate::config::Config;
use crate::notice::{Notice, ServerError};
use crate::status::{Cause, CauseKind, Phase, State, Status};
use crate::wire::{self, Frame, Greeting};

use backoff::{Backoff, Verdict};
use channels::Channels;
use liveness::Probe;

/// After how many hang-ups before the greeting the key is suspected (check 15).
const SUSPICIOUS_HANG_UPS: u32 = 3;

/// The time at which something happened, by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Monotonic time; all waits are measured by it.
    pub mono: Duration,
    /// Time since the Unix epoch, for reports.
    pub wall: Duration,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The user wants a connection.
    Connect,
    /// The user wants none.
    Disconnect,
    /// The user does not want to wait (checks 17, 50).
    RetryNow,
    /// The operating system reports another network (checks 42, 50).
    NetworkChanged,
    /// The operating system reports that the machine woke up (checks 40, 50).
    WakeNotice,
    /// A channel is wanted.
    Subscribe(ChannelName),
    /// A channel is no longer wanted.
    Unsubscribe(ChannelName),
    /// The deadline passed.
    TimerFired,
    /// Events could not be handed over because the consumer was too slow.
    Overflowed(u64),
    /// Something happened to a link.
    Link {
        /// Which link.
        generation: u64,
        /// What happened to it.
        event: LinkEvent,
    },
}

/// Something that happened to a link.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkEvent {
    /// Opening has come this far.
    Progress(Phase),
    /// The upgrade is done; the greeting is awaited.
    Opened,
    /// A text frame arrived.
    Text(String),
    /// A binary frame arrived.
    Binary,
    /// A ping or pong of the WebSocket protocol arrived (and was answered below).
    Control,
    /// The link ended, or never came about.
    Failed(Cause),
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Open a link. There is none at this moment.
    Open {
        /// The number to report it under.
        generation: u64,
        /// Where to; the scheme says whether over TLS.
        url: Url,
    },
    /// Send a text frame.
    Send {
        /// On which link.
        generation: u64,
        /// The frame.
        text: String,
    },
    /// Close the link politely, but do not wait for it.
    Close {
        /// Which link.
        generation: u64,
        /// WebSocket close code.
        code: u16,
    },
    /// Let the link go without a word: nobody listens any more.
    Drop {
        /// Which link.
        generation: u64,
    },
    /// Tell the consumer.
    Notice(Notice),
    /// [`Machine::status`] says something new.
    StateChanged,
}

#[derive(Debug)]
enum Link {
    Off,
    Refused,
    Waiting {
        until: Duration,
        /// Whether good news about the network may cut the wait short.
        cuttable: bool,
    },
    Opening {
        deadline: Duration,
        phase: Phase,
        /// An error event that came instead of the greeting; the close that follows may have no code.
        announced: Option<ServerError>,
    },
    Live(Live),
}

#[derive(Debug)]
struct Live {
    since: Duration,
    /// Silence after which a ping goes out.
    idle: Duration,
    last_frame: Duration,
    last_frame_wall: Duration,
    probe: Option<Probe>,
    /// Wall time at which a long sleep began, until the link is proven.
    slept_from: Option<Duration>,
}

/// The state machine of one client.
#[derive(Debug)]
pub struct Machine {
    config: Config,
    rng: StdRng,
    link: Link,
    generation: u64,
    force_tls: bool,
    backoff: Backoff,
    /// Attempts in a row that the server ended before greeting, without saying why.
    hang_ups: u32,
    channels: Channels,
    status: Status,
    seen: Now,
    out: Vec<Output>,
}

impl Machine {
    /// A machine that is off.
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
            status: Status::new(now.wall),
            seen: now,
            out: Vec::new(),
            config,
        }
    }

    /// The whole picture (check 54).
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Monotonic time by which to step again; `None` while nothing can become due.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let tick = self.seen.mono + self.config.timing.tick;
        let due = match &self.link {
            Link::Off | Link::Refused => return None,
            Link::Waiting { until, .. } => *until,
            Link::Opening { deadline, .. } => *deadline,
            Link::Live(live) => {
                let ack = self.channels.next_ack().unwrap_or(Duration::MAX);
                live.due().min(ack)
            }
        };
        Some(due.min(tick))
    }

    /// Takes in what happened and says what to do, in order.
    pub fn step(&mut self, input: Input, now: Now) -> Vec<Output> {
        let away = self.time_away(now);
        self.seen = now;
        self.apply(input, now);
        self.run_due(now);
        if let Some(away) = away {
            self.woke(away, now);
        }
        self.status.channels = self.channels.wanted();
        self.status.confirmed = self.channels.confirmed();
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
            Input::Subscribe(name) => self.subscribe(name, now),
            Input::Unsubscribe(name) => self.unsubscribe(&name),
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
            Link::Opening { deadline, phase, .. } if now.mono >= *deadline => {
                let text = format!("no greeting within {} s", self.config.timing.open.as_secs());
                let cause = Cause::new(*phase, CauseKind::OpenTimeout, text);
                self.out.push(Output::Drop { generation: self.generation });
                self.lost(cause, now);
            }
            Link::Waiting { .. } | Link::Opening { .. } => {}
            Link::Live(_) => {
                self.check_health(now);
                self.run_liveness(now);
                self.run_ack_deadlines(now);
            }
        }
    }

    /// The first attempt, or one that a person asked for after a refusal: nothing of the past counts.
    fn start_afresh(&mut self, now: Now) {
        self.backoff.start_over();
        self.backoff.opened(now.mono, &self.config.timing);
        self.hang_ups = 0;
        self.status.attempt = 0;
        self.open(now);
    }

    fn open(&mut self, now: Now) {
        self.generation += 1;
        let url = self.config.target(self.force_tls);
        self.out.push(Output::Open { generation: self.generation, url });
        self.link = Link::Opening {
            deadline: now.mono + self.config.timing.open,
            phase: Phase::Resolve,
            announced: None,
        };
        self.status.generation = self.generation;
        self.status.attempt = self.status.attempt.saturating_add(1);
        self.status.counters.attempts += 1;
        self.enter(State::Connecting, now);
    }

    fn disconnect(&mut self, now: Now) {
        match self.link {
            Link::Off => return,
            Link::Opening { phase: Phase::Greeting, .. } | Link::Live(_) => {
                self.out.push(Output::Close { generation: self.generation, code: 1000 });
            }
            Link::Opening { .. } => self.out.push(Output::Drop { generation: self.generation }),
            Link::Waiting { .. } | Link::Refused => {}
        }
        let since = self.last_frame_wall(now);
        self.channels.link_lost(since);
        self.link = Link::Off;
        self.status.attempt = 0;
        self.enter(State::Off, now);
    }

    fn link_event(&mut self, event: LinkEvent, now: Now) {
        if !matches!(self.link, Link::Opening { .. } | Link::Live(_)) {
            return;
        }
        match event {
            LinkEvent::Progress(reached) => self.reached(reached),
            LinkEvent::Opened => self.reached(Phase::Greeting),
            LinkEvent::Text(text) => {
                self.status.counters.frames += 1;
                self.heard(now);
                match self.link {
                    Link::Opening { .. } => self.text_before_greeting(&text, now),
                    _ => self.text(&text, now),
                }
            }
            LinkEvent::Binary => {
                self.status.counters.binary += 1;
                self.heard(now);
                if matches!(self.link, Link::Opening { .. }) {
                    self.bad_greeting("a binary frame came instead of a greeting", now);
                }
            }
            LinkEvent::Control => self.heard(now),
            LinkEvent::Failed(cause) => self.link_failed(cause, now),
        }
    }

    fn reached(&mut self, reached: Phase) {
        if let Link::Opening { phase, .. } = &mut self.link {
            *phase = reached;
        }
    }

    fn text_before_greeting(&mut self, text: &str, now: Now) {
        let Some(frame) = Frame::parse(text) else {
            self.status.counters.malformed += 1;
            return self.bad_greeting("the server's first frame is not of this protocol", now);
        };
        match &*frame.event {
            "pusher:connection_established" => match Greeting::parse(&frame.data) {
                Some(greeting) => self.greeted(greeting, now),
                None => self.bad_greeting("the greeting names no socket id", now),
            },
            "pusher:error" => {
                let error = frame.error();
                if let Link::Opening { announced, .. } = &mut self.link {
                    *announced = Some(error.clone());
                }
                self.report(error);
            }
            "pusher:ping" => self.send(wire::pong()),
            _ => self.bad_greeting("another event came before the greeting", now),
        }
    }

    fn bad_greeting(&mut self, text: &str, now: Now) {
        self.out.push(Output::Close { generation: self.generation, code: 1002 });
        self.lost(Cause::new(Phase::Greeting, CauseKind::BadGreeting, text), now);
    }

    fn greeted(&mut self, greeting: Greeting, now: Now) {
        let idle = self.config.timing.activity;
        self.link = Link::Live(Live {
            since: now.mono,
            idle: greeting.activity.map_or(idle, |asked| asked.min(idle)),
            last_frame: now.mono,
            last_frame_wall: now.wall,
            probe: None,
            slept_from: None,
        });
        self.hang_ups = 0;
        self.status.counters.connections += 1;
        self.status.socket_id = Some(greeting.socket_id);
        self.enter(State::Connected, now);
        self.subscribe_all(now);
    }

    fn check_health(&mut self, now: Now) {
        if let Link::Live(live) = &self.link
            && now.mono.saturating_sub(live.since) >= self.config.timing.healthy_after
        {
            self.backoff.healthy();
            self.status.attempt = 0;
        }
    }

    /// The link ended below us; what is left of it must go as well.
    fn link_failed(&mut self, mut cause: Cause, now: Now) {
        let (phase, announced) = match &self.link {
            Link::Opening { phase, announced, .. } => (*phase, announced.clone()),
            _ => (Phase::Established, None),
        };
        let socket_exists = matches!(phase, Phase::Greeting | Phase::Established);
        if socket_exists {
            cause.phase = phase;
            self.out.push(match cause.kind {
                CauseKind::Closed => Output::Close { generation: self.generation, code: 1000 },
                CauseKind::InvalidUtf8 => Output::Close { generation: self.generation, code: 1007 },
                CauseKind::FrameTooLarge => Output::Close { generation: self.generation, code: 1009 },
                CauseKind::WebSocketProtocol => Output::Close { generation: self.generation, code: 1002 },
                _ => Output::Drop { generation: self.generation },
            });
        }
        let said_why = cause.code.is_some();
        if let (Some(error), false) = (announced, said_why) {
            cause.code = error.code.and_then(|code| u16::try_from(code).ok());
            cause.text = error.message;
        }
        let hung_up = matches!(cause.kind, CauseKind::Closed | CauseKind::EndOfStream | CauseKind::Reset);
        if phase == Phase::Greeting && hung_up && cause.code.is_none() {
            self.hang_ups += 1;
            if self.hang_ups >= SUSPICIOUS_HANG_UPS {
                cause.kind = CauseKind::RejectedBeforeGreeting;
                cause.text = "rejected before the greeting: check key and cluster".to_owned();
            }
        }
        self.lost(cause, now);
    }

    /// The link is gone. Tells the world at once (check 29) and plans what comes next.
    fn lost(&mut self, cause: Cause, now: Now) {
        if matches!(self.link, Link::Live(_)) {
            self.check_health(now);
            self.status.counters.losses += 1;
        }
        let since = self.last_frame_wall(now);
        self.channels.link_lost(since);
        let verdict = self.verdict(&cause);
        self.status.last_cause = Some(cause);
        let wait = match verdict {
            Verdict::Refuse => {
                self.link = Link::Refused;
                return self.enter(State::Refused, now);
            }
            Verdict::Wait(plan) => self.backoff.wait(&plan, now.mono, &self.config.timing, &mut self.rng),
        };
        self.wait(wait.until, wait.cuttable, now);
    }

    fn wait(&mut self, until: Duration, cuttable: bool, now: Now) {
        self.link = Link::Waiting { until, cuttable };
        self.enter(State::Waiting, now);
        self.status.next_attempt_at = Some(now.wall + until.saturating_sub(now.mono));
    }

    fn verdict(&mut self, cause: &Cause) -> Verdict {
        let tls = self.force_tls || self.config.endpoint.is_tls();
        if cause.code == Some(4000) && !tls {
            self.force_tls = true;
            return Verdict::at_once();
        }
        backoff::verdict(cause, &self.config.timing)
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
        self.out.push(Output::StateChanged);
    }

    fn report(&mut self, error: ServerError) {
        self.status.last_error = Some(error.clone());
        self.out.push(Output::Notice(Notice::Error(error)));
    }

    fn send(&mut self, text: String) {
        self.out.push(Output::Send { generation: self.generation, text });
    }

    /// Since when events may be missing if the link is lost now: the last moment at which it was
    /// certainly alive.
    fn last_frame_wall(&self, now: Now) -> Duration {
        match &self.link {
            Link::Live(live) => live.last_frame_wall,
            _ => now.wall,
        }
    }
}
