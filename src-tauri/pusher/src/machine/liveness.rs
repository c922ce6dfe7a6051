//! Checks whether the link is alive, and whether the machine has been asleep.
//!
//! After silence for the agreed time one ping goes out (check 33); any frame answers it (check 34). Without a frame in
//! time the link is dead, even if writes succeed (checks 35, 36).
//!
//! A sleep shows as unexplained time: the machine is stepped at least once a tick, so two readings of the clocks that
//! are much further apart mean that the process did not run. During a sleep, some operating systems stop monotonic time
//! and others do not; the larger of the two differences counts. A wall clock set forward looks the same and costs one
//! ping; a wall clock set back is ignored (check 41).
//!
//! After a sleep or a network change the link is **probed**: frames from a buffer prove nothing, so only the pong
//! counts, or frames that arrive well after the ping. A pong to an earlier ping may be in that buffer as well. Pongs
//! have no names but come in the order of the pings, so the link is proven when every ping sent on it has had its pong.

use std::time::Duration;

use super::link::Probe;
use super::{Link, Live, Machine, Now, Output};
use crate::notice::GapCause;
use crate::status::{Cause, CauseKind, Phase};
use crate::wire;

/// Frames this long after a ping cannot come from a local buffer.
const FRESH: Duration = Duration::from_secs(1);

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
    /// Returns true if it was sent at this very moment, by both clocks: either clock may hide a sleep.
    fn is_of(&self, now: Now) -> bool {
        now.mono < self.sent + FRESH && now.wall < self.sent_wall + FRESH
    }
}

impl Machine {
    /// Returns the time for which the process seems not to have run, if it was long.
    pub(super) fn time_away(&self, now: Now) -> Option<Duration> {
        if matches!(self.link, Link::Off | Link::Refused) {
            return None;
        }
        let wall = now.wall.saturating_sub(self.seen.wall);
        let mono = now.mono.saturating_sub(self.seen.mono);
        let away = wall.max(mono).saturating_sub(self.config.timing.tick);
        (away > self.config.timing.sleep_suspected).then_some(away)
    }

    /// Handles a sleep: all knowledge about the network is old.
    pub(super) fn woke(&mut self, away: Duration, now: Now) {
        self.status.counters.sleeps += 1;
        if away >= self.config.timing.sleep_gap
            && let Link::Live(live) = &mut self.link
        {
            live.slept_from.get_or_insert(now.wall.saturating_sub(away));
        }
        self.good_news(self.config.timing.wake_probe, now);
    }

    /// Handles a change of the network, which may be better or a different one (checks 40, 42, 50).
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

    /// Demands a proof of life within `within`, or sooner if it was demanded already. An earlier ping may be answered
    /// by a frame from a buffer, so only a ping of this moment is reused.
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

    /// Notes a frame of any kind.
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

    /// Notes a pong. The link is proven if it answers the latest ping.
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
                // A pong that has not come by now will not come.
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
