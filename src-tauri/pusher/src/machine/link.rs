//! The links, one after the other: opening, greeting, loss, refusal.

use std::time::Duration;

use super::Machine;
use super::backoff::{self, Plan};
use super::io::{LinkEvent, Now, Output};
use crate::status::{Cause, CauseKind, Phase, State};
use crate::wire::{self, Frame, Greeting, ServerError};

/// The number of hang-ups before the greeting after which the key may be wrong (check 15).
const SUSPICIOUS_HANG_UPS: u32 = 3;

/// The close code for a sign-in or an authorized subscription that the server expected and did not get (check 20).
const NOT_AUTHORIZED_IN_TIME: u16 = 4009;

#[derive(Debug)]
pub(super) enum Link {
    Off,
    Refused,
    Waiting {
        until: Duration,
        /// True if good news about the network may shorten the wait.
        cuttable: bool,
    },
    Opening {
        deadline: Duration,
        phase: Phase,
        /// An error event in place of the greeting; the close that follows may have no code.
        announced: Option<ServerError>,
    },
    Live(Live),
}

#[derive(Debug)]
pub(super) struct Live {
    pub since: Duration,
    /// Silence after which a ping goes out.
    pub idle: Duration,
    pub last_frame: Duration,
    pub last_frame_wall: Duration,
    pub probe: Option<Probe>,
    /// The number of sent pings without a pong.
    pub pongs_owed: u32,
    /// Wall time at which a long sleep began, until the link is proven.
    pub slept_from: Option<Duration>,
}

/// A ping without an answer yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe {
    pub sent: Duration,
    pub sent_wall: Duration,
    pub deadline: Duration,
    /// True if only a pong, or a fresh frame, counts.
    pub strict: bool,
}

impl Machine {
    /// Starts the first attempt, or one that a person asked for after a refusal. Earlier failures do not count.
    pub(super) fn start_afresh(&mut self, now: Now) {
        self.backoff.start_over();
        self.backoff.opened(now.mono, &self.config.timing);
        self.hang_ups = 0;
        self.status.attempt = 0;
        self.open(now);
    }

    pub(super) fn open(&mut self, now: Now) {
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

    pub(super) fn disconnect(&mut self, now: Now) {
        match self.link {
            Link::Off => return,
            Link::Opening { phase: Phase::Greeting, .. } | Link::Live(_) => {
                self.out.push(Output::Close { generation: self.generation, code: 1000 });
            }
            Link::Opening { .. } => self.out.push(Output::Drop { generation: self.generation }),
            Link::Waiting { .. } | Link::Refused => {}
        }
        self.forget_link(now);
        self.link = Link::Off;
        self.status.attempt = 0;
        self.enter(State::Off, now);
    }

    pub(super) fn link_event(&mut self, event: LinkEvent, now: Now) {
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
            pongs_owed: 0,
            slept_from: None,
        });
        self.hang_ups = 0;
        self.status.counters.connections += 1;
        self.status.socket_id = Some(greeting.socket_id);
        self.enter(State::Connected, now);
        self.ask_to_sign_in();
        self.subscribe_all(now);
    }

    /// Handles a missing greeting after the deadline.
    pub(super) fn not_greeted(&mut self, now: Now) {
        let Link::Opening { phase, .. } = self.link else { return };
        let text = format!("no greeting within {} s", self.config.timing.open.as_secs());
        self.out.push(Output::Drop { generation: self.generation });
        self.lost(Cause::new(phase, CauseKind::OpenTimeout, text), now);
    }

    pub(super) fn check_health(&mut self, now: Now) {
        if let Link::Live(live) = &self.link
            && now.mono.saturating_sub(live.since) >= self.config.timing.healthy_after
        {
            self.backoff.healthy();
            self.status.attempt = 0;
        }
    }

    /// Handles the end of the link, and removes its remains.
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
        self.lost(cause, now);
    }

    /// Counts hang-ups before the greeting. They are suspicious only in a row: a failure of another kind in between has
    /// another reason (check 15).
    fn count_hang_ups(&mut self, cause: &mut Cause) {
        let hung_up = matches!(cause.kind, CauseKind::Closed | CauseKind::EndOfStream | CauseKind::Reset);
        if cause.phase != Phase::Greeting || !hung_up || cause.code.is_some() {
            self.hang_ups = 0;
            return;
        }
        self.hang_ups += 1;
        if self.hang_ups >= SUSPICIOUS_HANG_UPS {
            cause.kind = CauseKind::RejectedBeforeGreeting;
            cause.text = "rejected before the greeting: check key and cluster".to_owned();
        }
    }

    /// Forgets all state of the link, and the requests for it.
    pub(super) fn forget_link(&mut self, now: Now) {
        let since = self.last_frame_wall(now);
        self.channels.link_lost(since);
        self.cancel_authorizations();
        self.user.link_lost();
        self.drop_client_events();
    }

    /// Handles the loss of the link. Announces it at once (check 29) and plans the next step.
    pub(super) fn lost(&mut self, mut cause: Cause, now: Now) {
        self.count_hang_ups(&mut cause);
        if matches!(self.link, Link::Live(_)) {
            self.check_health(now);
            self.status.counters.losses += 1;
        }
        self.forget_link(now);
        if cause.code == Some(NOT_AUTHORIZED_IN_TIME) {
            self.authorization.doubt_session();
        }
        let plan = self.plan(&cause);
        self.status.last_cause = Some(cause);
        let Some(wait) = self.backoff.wait(&plan, now.mono, &self.config.timing, &mut self.rng) else {
            self.link = Link::Refused;
            return self.enter(State::Refused, now);
        };
        self.wait(wait.until, wait.cuttable, now);
    }

    pub(super) fn wait(&mut self, until: Duration, cuttable: bool, now: Now) {
        self.link = Link::Waiting { until, cuttable };
        self.enter(State::Waiting, now);
        self.status.next_attempt_at = Some(now.wall + until.saturating_sub(now.mono));
    }

    fn plan(&mut self, cause: &Cause) -> Plan {
        let tls = self.force_tls || self.config.endpoint.is_tls();
        if cause.code == Some(4000) && !tls {
            self.force_tls = true;
            return Plan::AtOnce;
        }
        backoff::plan(cause, &self.config.timing)
    }

    /// Returns the time since which events may be missing if the link is lost now: the last moment at which it was
    /// certainly alive.
    fn last_frame_wall(&self, now: Now) -> Duration {
        match &self.link {
            Link::Live(live) => live.last_frame_wall,
            _ => now.wall,
        }
    }
}
