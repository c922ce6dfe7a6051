//! A thousand desks after an outage of their server: their connections and requests are spread over time.
//!
//! Only the deciding code runs here: the socket's own state machine with the desk's own settings, and the desk's own
//! planning of reads and retries. Time is a number, so a thousand desks take a second.

use std::time::Duration;

use hotelmate_core::engine::follower::pusher_config;
use hotelmate_core::engine::spread::{self, Need, Reads};
use hotelmate_core::ids::ServerId;
use hotelmate_core::resources::Kind;
use hotelmate_core::settings::Settings;
use pusher::machine::{Input, LinkEvent, Machine, Now, Output};
use pusher::{Cause, CauseKind, ChannelName, Config, Notice, Phase};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const DESKS: u64 = 1000;
/// A twentieth of all desks.
const BOUND: usize = 50;
const CHANNEL: &str = "hotel-killarney";
/// The time for which the desks were idle before.
const REST: Duration = Duration::from_secs(100);

/// The way in which the event server went away.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// In order: it asks its clients to come back.
    Restart,
    /// Without an announcement.
    Crash,
    /// It did not go away.
    None,
}

/// The outage, which begins at [`REST`].
#[derive(Debug, Clone, Copy)]
struct Outage {
    events: Ending,
    /// The time for which sockets are refused.
    events_back: Duration,
    /// The time for which the hotel does not answer.
    hotel_back: Duration,
    /// Whether a colleague edits an offer at the beginning.
    edit: bool,
}

/// The times of one desk's actions since the outage began.
#[derive(Debug, Default)]
struct Deeds {
    /// The socket was connected again.
    connected: Vec<Duration>,
    /// A try to open a socket was refused.
    refused: Vec<Duration>,
    /// A whole read began that the hotel answered.
    read: Vec<Duration>,
    /// The hotel answered a read of one entity or of `me`.
    asked: Vec<Duration>,
    /// The hotel did not answer a request.
    failed: Vec<Duration>,
}

/// One desk: it plans as `engine::follower`, `engine::reader` and `engine::tasks` do, without the requests themselves.
struct Desk {
    machine: Machine,
    random: StdRng,
    now: Duration,
    reads: Reads,
    failures: u32,
    /// The hotel is not asked before this time.
    retry_at: Duration,
    /// A whole read waits for that time.
    wants_read: bool,
    last_read: Option<Duration>,
    is_live: bool,
    outage: Outage,
    deeds: Deeds,
}

fn config(seed: u64) -> Config {
    let mut settings = Settings::load_with(Some(std::env::temp_dir()), |_| None).unwrap();
    settings.pusher_key = Some("key".to_owned());
    settings.pusher_host = Some("ws://hotel.example:6001".to_owned());
    Config { seed, ..pusher_config(&settings).unwrap().unwrap() }
}

impl Desk {
    fn at_rest(seed: u64, config: Config, outage: Outage) -> Self {
        let machine = Machine::new(config, at(Duration::ZERO));
        let mut desk = Self {
            machine,
            random: StdRng::seed_from_u64(seed ^ 0x5eed),
            now: Duration::ZERO,
            reads: Reads::default(),
            failures: 0,
            retry_at: Duration::ZERO,
            wants_read: false,
            last_read: None,
            is_live: false,
            outage,
            deeds: Deeds::default(),
        };
        desk.step(Input::Subscribe(ChannelName::parse(CHANNEL, 164).unwrap()));
        desk.step(Input::Connect);
        desk.run_until(REST);
        desk.deeds = Deeds::default();
        assert!(desk.is_live && desk.reads.due().is_none());
        desk
    }

    fn chance(&mut self) -> f64 {
        self.random.random()
    }

    fn need(&mut self, need: Need) {
        let chance = self.chance();
        self.reads.need(need, self.now, chance);
    }

    fn since_outage(&self) -> Duration {
        self.now.saturating_sub(REST)
    }

    fn is_away(&self, back: Duration) -> bool {
        self.now >= REST && self.now < REST + back
    }

    fn step(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for output in self.machine.step(input, at(self.now)) {
                match output {
                    Output::Open { generation, .. } => inputs = self.answer(generation),
                    Output::Notice(Notice::Gap(_)) => self.need(Need::Everything),
                    Output::Notice(Notice::State(_)) | Output::StateChanged => self.note_state(),
                    _ => {}
                }
            }
        }
    }

    /// Returns the event server's answers to an attempt, last one first. Pings need no answer here, because none are
    /// requested.
    fn answer(&mut self, generation: u64) -> Vec<Input> {
        let link = |event| Input::Link { generation, event };
        if self.is_away(self.outage.events_back) {
            self.deeds.refused.push(self.since_outage());
            let cause = Cause::new(Phase::Connect, CauseKind::ConnectionRefused, "nobody home");
            return vec![link(LinkEvent::Failed(cause))];
        }
        self.deeds.connected.push(self.since_outage());
        let greeting = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#;
        let confirmed = format!(
            r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{CHANNEL}","data":"{{}}"}}"#
        );
        vec![
            link(LinkEvent::Text(confirmed)),
            link(LinkEvent::Text(greeting.to_owned())),
            link(LinkEvent::Opened),
        ]
    }

    fn note_state(&mut self) {
        let is_live = self.machine.status().is_connected();
        if self.is_live && !is_live {
            self.need(Need::Me);
        }
        self.is_live = is_live;
    }

    /// Asks the hotel, if it may be asked. Returns true if it answered.
    fn ask(&mut self, is_whole: bool) -> bool {
        let when = self.since_outage();
        if self.is_away(self.outage.hotel_back) {
            self.failures += 1;
            let chance = self.chance();
            self.retry_at = self.now + spread::retry_after(self.failures, chance);
            self.deeds.failed.push(when);
            return false;
        }
        if is_whole {
            self.deeds.read.push(when);
            self.last_read = Some(self.now);
        } else {
            self.deeds.asked.push(when);
        }
        // The first answer after an outage asks for a whole read.
        self.wants_read = !is_whole && std::mem::take(&mut self.failures) > 0;
        self.failures = 0;
        self.retry_at = self.now;
        true
    }

    fn take_due_reads(&mut self) {
        let reads = self.reads.take();
        if reads.wants_everything(self.last_read) {
            // As in the session: the read is spread already, so it does not wait for the end of a retry's wait.
            (self.wants_read, self.retry_at) = (true, self.now);
            return;
        }
        for _ in 0..usize::from(reads.me) + reads.entities.len() {
            if !self.ask(false) {
                self.wants_read = true;
                return;
            }
        }
    }

    fn run_until(&mut self, end: Duration) {
        loop {
            let read_at = self.wants_read.then(|| self.retry_at.max(self.now));
            let times = [self.machine.deadline(), self.reads.due(), read_at];
            let next = times.into_iter().flatten().min().unwrap_or(end);
            if next > end {
                self.now = end;
                return;
            }
            self.now = next.max(self.now);
            if read_at.is_some_and(|at| at <= self.now) {
                // As in the engine: a whole read that fails is tried again at the end of the wait.
                self.wants_read = !self.ask(true);
            } else if self.reads.due().is_some_and(|at| at <= self.now) {
                self.take_due_reads();
            } else {
                self.step(Input::TimerFired);
                if self.is_live && self.machine.status().counters.pings > 0 {
                    let generation = self.machine.status().generation;
                    let pong = LinkEvent::Text(r#"{"event":"pusher:pong"}"#.to_owned());
                    self.step(Input::Link { generation, event: pong });
                }
            }
        }
    }

    fn go_through(mut self) -> Deeds {
        let lost = |kind, code| {
            let cause = Cause::new(Phase::Established, kind, "gone").with_code(code);
            LinkEvent::Failed(cause)
        };
        let ending = match self.outage.events {
            Ending::Restart => Some(lost(CauseKind::Closed, Some(4200))),
            Ending::Crash => Some(lost(CauseKind::EndOfStream, None)),
            Ending::None => None,
        };
        if let Some(event) = ending {
            let generation = self.machine.status().generation;
            self.step(Input::Link { generation, event });
        }
        if self.outage.edit {
            self.need(Need::Entity(Kind::Offer, ServerId(1)));
        }
        let back = self.outage.events_back.max(self.outage.hotel_back);
        self.run_until(REST + back + Duration::from_secs(120));
        self.deeds
    }
}

fn at(mono: Duration) -> Now {
    Now { mono, wall: Duration::from_secs(1_800_000_000) + mono }
}

/// Returns the actions of the fleet in this outage.
fn fleet(outage: Outage) -> Vec<Deeds> {
    let config = config(0);
    let desk = |seed| Desk::at_rest(seed, Config { seed, ..config.clone() }, outage);
    (0..DESKS).map(|seed| desk(seed).go_through()).collect()
}

/// Returns the largest number of these times in any 100 ms.
fn busiest(times: impl Iterator<Item = Duration>) -> usize {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let in_window = |from: usize| {
        times[from..].iter().take_while(|at| **at < times[from] + Duration::from_millis(100)).count()
    };
    (0..times.len()).map(in_window).max().unwrap_or_default()
}

/// Fails if any 100 ms holds more than a twentieth of the desks, for each kind of action.
fn assert_spread(outage: Outage, deeds: &[Deeds]) {
    type Pick = fn(&Deeds) -> &Vec<Duration>;
    let kinds: [(&str, Pick); 5] = [
        ("connections", |deeds| &deeds.connected),
        ("refused connections", |deeds| &deeds.refused),
        ("whole reads", |deeds| &deeds.read),
        ("single reads", |deeds| &deeds.asked),
        ("failed requests", |deeds| &deeds.failed),
    ];
    let counted = kinds.map(|(what, pick)| {
        let busiest = busiest(deeds.iter().flat_map(|deeds| pick(deeds).iter().copied()));
        assert!(busiest <= BOUND, "{outage:?}: {busiest} {what} of {DESKS} desks within 100 ms");
        (what, busiest)
    });
    println!("{outage:?}: at most {counted:?}");
}

const LENGTHS: [u64; 8] = [0, 500, 2_000, 4_000, 8_000, 15_000, 30_000, 600_000];

#[test]
fn a_thousand_desks_come_back_to_an_event_server_and_read_spread_out() {
    for length in LENGTHS.map(Duration::from_millis) {
        for events in [Ending::Restart, Ending::Crash] {
            let outage = Outage { events, events_back: length, hotel_back: Duration::ZERO, edit: false };
            let deeds = fleet(outage);
            assert_spread(outage, &deeds);
            assert!(
                deeds.iter().all(|deeds| (deeds.connected.len(), deeds.read.len()) == (1, 1)),
                "{outage:?}"
            );
        }
    }
}

#[test]
fn a_thousand_desks_come_back_to_a_hotel_that_was_away_with_its_events() {
    for length in LENGTHS.map(Duration::from_millis) {
        let outage = Outage { events: Ending::Crash, events_back: length, hotel_back: length, edit: false };
        let deeds = fleet(outage);
        assert_spread(outage, &deeds);
        assert!(deeds.iter().all(|deeds| deeds.connected.len() == 1), "{outage:?}");
        assert!(deeds.iter().all(|deeds| (1..=2).contains(&deeds.read.len())), "{outage:?}");
    }
}

#[test]
fn a_thousand_desks_whose_hotel_alone_is_away_when_they_want_to_confirm_an_edit_retry_spread_out() {
    for length in LENGTHS.map(Duration::from_millis) {
        let outage =
            Outage { events: Ending::None, events_back: Duration::ZERO, hotel_back: length, edit: true };
        let deeds = fleet(outage);
        assert_spread(outage, &deeds);
        assert!(deeds.iter().all(|deeds| deeds.asked.len() + deeds.read.len() == 1), "{outage:?}");
    }
}

#[test]
fn one_edit_is_confirmed_by_a_thousand_desks_spread_out() {
    let none = Duration::ZERO;
    let outage = Outage { events: Ending::None, events_back: none, hotel_back: none, edit: true };
    let deeds = fleet(outage);
    assert_spread(outage, &deeds);
    assert!(deeds.iter().all(|deeds| (deeds.asked.len(), deeds.read.len()) == (1, 0)));
    let last = deeds.iter().flat_map(|deeds| &deeds.asked).max().unwrap();
    assert!(*last <= spread::BURST + spread::SPREAD, "the last confirms after {last:?}");
}
