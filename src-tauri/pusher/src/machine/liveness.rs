//! Is the link alive, and has the machine been asleep?
//!
//! Silence for the agreed time brings out one ping (check 33); any frame answers it (check 34); no frame
//! in time means that the link is dead, however well writes go (checks 35, 36).
//!
//! A sleep shows as time that nobody can account for: the machine is stepped at least once a tick, so
//! two looks at the clocks that lie much further apart mean that the process did not run. Depending on
//! the operating system only wall time, or monotonic time as well, goes on during a sleep; whichever of
//! the two advanced more is believed. A wall clock set forward looks the same and costs one ping; a wall
//! clock set back says nothing (check 41).
//!
//! After a sleep or a network change the link is **probed**: frames that lay in a buffer all the while
//! prove nothing, so only the pong counts, or frames arriving well after the ping. A pong to an earlier ping may
//! lie in that buffer as well. Pongs have no names but come in the order of the pings, so the link is
//! proven once every ping sent on it has had its pong.

use std::time::Duration;

use super::{Link, Live, Machine, Now, Output};
use crate::notice::GapCause;
use crate::status::{Cause, CauseKind, Phase};
use crate::wire;

/// Frames this long after a ping cannot have lain in a local buffer.
const FRESH: Duration = Duration::from_secs(1);

/// A ping under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe {
    sent: Duration,
    sent_wall: Duration,
    deadline: Duration,
    /// Whether only a pong, or a fresh frame, counts.
    strict: bool,
}

impl Live {
    pub(super) fn due(&self) -> Duration {
        match self.probe {
            Some(probe) => probe.deadline,
            None => self.last_frame + self.idle,
        }
    }

    fn ping(&mut self, deadline: Duration, strict: bool, now: Now) {
        self.pongs_owed = self.pongs_owed.saturating_add(1);
        self.probe = Some(Probe { sent: now.mono, sent_wall: now.wall, deadline, strict });
    }
}

impl Probe {
    /// Whether it was sent this very moment, by both clocks: a sleep may hide from either.
    fn is_of(&self, now: Now) -> bool {
        now.mono < self.sent + FRESH && now.wall < self.sent_wall + FRESH
    }
}

impl Machine {
    /// How long the process seems not to have run, if it was long.
    pub(super) fn time_away(&self, now: Now) -> Option<Duration> {
        if matches!(self.link, Link::Off | Link::Refused) {
            return None;
        }
        let wall = now.wall.saturating_sub(self.seen.wall);
        let mono = now.mono.saturating_sub(self.seen.mono);
        let away = wall.max(mono).saturating_sub(self.config.timing.tick);
        (away > self.config.timing.sleep_suspected).then_some(away)
    }

    /// The process was away: whatever was believed about the network is old.
    pub(super) fn woke(&mut self, away: Duration, now: Now) {
        self.status.counters.sleeps += 1;
        if away >= self.config.timing.sleep_gap
            && let Link::Live(live) = &mut self.link
        {
            live.slept_from.get_or_insert(now.wall.saturating_sub(away));
        }
        self.good_news(self.config.timing.wake_probe, now);
    }

    /// The network may have changed for the better, or under our feet (checks 40, 42, 50).
    pub(super) fn good_news(&mut self, proof_within: Duration, now: Now) {
        match self.link {
            Link::Live(_) => self.probe(proof_within, now),
            Link::Waiting { until, cuttable: true } => {
                let sooner = self.backoff.hurry(now.mono, &self.config.timing, &mut self.rng);
                if sooner < until {
                    self.wait(sooner, true, now);
                }
            }
            Link::Waiting { .. } | Link::Off | Link::Refused | Link::Opening { .. } => {}
        }
    }

    /// Demands a proof of life within `within`, or sooner if it was demanded already. A ping from before may be
    /// answered by what lies in a buffer, so only one of this moment is made to serve.
    pub(super) fn probe(&mut self, within: Duration, now: Now) {
        let Link::Live(live) = &mut self.link else { return };
        let mut deadline = now.mono + within;
        if let Some(probe) = &mut live.probe {
            deadline = deadline.min(probe.deadline);
            if probe.is_of(now) {
                probe.deadline = deadline;
                probe.strict = true;
                return;
            }
        }
        live.ping(deadline, true, now);
        self.send_ping();
    }

    fn send_ping(&mut self) {
        self.status.counters.pings += 1;
        self.send(wire::ping());
    }

    /// A frame arrived, whatever it was.
    pub(super) fn heard(&mut self, now: Now) {
        self.status.last_traffic = Some(now.wall);
        if let Link::Live(live) = &mut self.link {
            live.last_frame = now.mono;
            live.last_frame_wall = now.wall;
            if live.probe.is_some_and(|probe| !probe.strict) {
                live.probe = None;
            }
        }
    }

    /// A pong arrived: the link is proven if it is that to the latest ping.
    pub(super) fn pong(&mut self, now: Now) {
        let Link::Live(live) = &mut self.link else { return };
        live.pongs_owed = live.pongs_owed.saturating_sub(1);
        if live.pongs_owed == 0 {
            self.proven(now);
        }
    }

    fn proven(&mut self, now: Now) {
        let Link::Live(live) = &mut self.link else { return };
        live.probe = None;
        live.pongs_owed = 0;
        let Some(from) = live.slept_from.take() else { return };
        for channel in self.channels.confirmed_names() {
            self.gap(channel, from, None, GapCause::Slept, now);
        }
    }

    pub(super) fn run_liveness(&mut self, now: Now) {
        let Link::Live(live) = &mut self.link else { return };
        if now.mono < live.due() {
            return;
        }
        match live.probe {
            None => {
                let deadline = now.mono + self.config.timing.pong;
                // A pong that has not come by now does not come any more.
                live.pongs_owed = 0;
                live.ping(deadline, false, now);
                self.send_ping();
            }
            Some(probe) if live.last_frame > probe.sent + FRESH => self.proven(now),
            Some(probe) => {
                let silence = now.mono.saturating_sub(probe.sent).as_secs();
                let text = format!("no answer to a ping for {silence} s");
                self.out.push(Output::Drop { generation: self.generation });
                self.lost(Cause::new(Phase::Established, CauseKind::PingTimeout, text), now);
            }
        }
    }
}
