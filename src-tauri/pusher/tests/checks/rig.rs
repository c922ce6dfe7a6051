//! A machine with its hands on the clock, and a book of what it did.

use std::time::Duration;

use pusher::machine::{Input, LinkEvent, Machine, Now, Output};
use pusher::{Cause, CauseKind, ChannelName, Config, Endpoint, Event, Gap, Notice, Phase, State};

pub const START: Duration = Duration::from_secs(1_800_000_000);

pub fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

pub fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

pub fn channel(name: &str) -> ChannelName {
    ChannelName::parse(name, 164).unwrap()
}

pub fn config(seed: u64) -> Config {
    Config { seed, ..Config::new("key", Endpoint::from_host("ws://hotel.example:6001").unwrap()) }
}

pub struct Rig {
    pub machine: Machine,
    pub now: Now,
    /// When attempts began, by monotonic time.
    pub opens: Vec<Duration>,
    pub urls: Vec<String>,
    pub sent: Vec<String>,
    pub notices: Vec<Notice>,
    pub closes: Vec<u16>,
    /// The generation that has an attempt or a socket, and whether it is a socket by now.
    pub link: Option<(u64, bool)>,
}

impl Rig {
    pub fn new(seed: u64) -> Self {
        Self::with(config(seed))
    }

    pub fn with(config: Config) -> Self {
        let now = Now { mono: secs(7), wall: START };
        Self {
            machine: Machine::new(config, now),
            now,
            opens: Vec::new(),
            urls: Vec::new(),
            sent: Vec::new(),
            notices: Vec::new(),
            closes: Vec::new(),
            link: None,
        }
    }

    /// Greeted, with these channels confirmed and everything before forgotten.
    pub fn live(channels: &[&str]) -> Self {
        let mut rig = Self::new(1);
        for name in channels {
            rig.step(Input::Subscribe(channel(name)));
        }
        rig.step(Input::Connect);
        rig.greet();
        for name in channels {
            rig.acknowledge(name);
        }
        rig.forget();
        rig
    }

    pub fn forget(&mut self) {
        self.sent.clear();
        self.notices.clear();
        self.closes.clear();
        self.opens.clear();
    }

    pub fn step(&mut self, input: Input) {
        let outputs = self.machine.step(input, self.now);
        for output in outputs {
            match output {
                Output::Open { generation, url } => {
                    assert_eq!(self.link, None, "a second link was opened beside the first");
                    self.link = Some((generation, false));
                    self.opens.push(self.now.mono);
                    self.urls.push(url.into());
                }
                Output::Send { generation, text } => {
                    assert_eq!(self.link, Some((generation, true)), "{text} was sent on no socket");
                    self.sent.push(text);
                }
                Output::Close { generation, code } => {
                    assert_eq!(self.link, Some((generation, true)), "no socket to close");
                    self.closes.push(code);
                    self.link = None;
                }
                Output::Drop { generation } => {
                    assert_eq!(self.link.map(|(number, _)| number), Some(generation), "no link to drop");
                    self.link = None;
                }
                Output::Notice(notice) => self.notices.push(notice),
                Output::StateChanged => {}
            }
        }
        let status = self.machine.status();
        let running = matches!(status.state, State::Connecting | State::Connected);
        assert_eq!(running, self.link.is_some(), "the state must match the socket");
    }

    pub fn event(&mut self, event: LinkEvent) {
        let generation = self.machine.status().generation;
        self.step(Input::Link { generation, event });
    }

    pub fn text(&mut self, text: &str) {
        self.event(LinkEvent::Text(text.to_owned()));
    }

    pub fn open(&mut self) {
        let (generation, _) = self.link.expect("an attempt is running");
        self.link = Some((generation, true));
        self.event(LinkEvent::Opened);
    }

    pub fn greet(&mut self) {
        self.greet_with(r#""{\"socket_id\":\"1.1\",\"activity_timeout\":120}""#);
    }

    pub fn greet_with(&mut self, data: &str) {
        if self.link.is_some_and(|(_, socket)| !socket) {
            self.open();
        }
        self.text(&format!(r#"{{"event":"pusher:connection_established","data":{data}}}"#));
    }

    pub fn acknowledge(&mut self, name: &str) {
        self.text(&format!(
            r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{name}","data":"{{}}"}}"#
        ));
    }

    pub fn acknowledge_if_socket(&mut self, name: &str) {
        if self.link.is_some_and(|(_, socket)| socket) && self.state() == State::Connected {
            self.acknowledge(name);
        }
    }

    pub fn publish(&mut self, channel: &str, name: &str) {
        self.text(&format!(r#"{{"event":"{name}","channel":"{channel}","data":"{{}}"}}"#));
    }

    /// The link ends for this cause.
    pub fn fail(&mut self, cause: Cause) {
        if self.link.is_some_and(|(_, socket)| !socket) {
            self.link = None;
        }
        self.event(LinkEvent::Failed(cause));
    }

    pub fn close(&mut self, code: u16) {
        self.fail(Cause::new(Phase::Established, CauseKind::Closed, "closed").with_code(Some(code)));
    }

    pub fn vanish(&mut self) {
        self.fail(Cause::new(Phase::Established, CauseKind::EndOfStream, "gone"));
    }

    pub fn refuse(&mut self) {
        self.fail(Cause::new(Phase::Connect, CauseKind::ConnectionRefused, "nobody home"));
    }

    /// Lets time pass, ringing at every deadline on the way.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now.mono + time;
        while let Some(deadline) = self.machine.deadline().filter(|&deadline| deadline <= end) {
            self.shift(deadline.saturating_sub(self.now.mono));
            self.step(Input::TimerFired);
        }
        self.shift(end - self.now.mono);
    }

    /// Lets time pass until an attempt begins, and says how long that took.
    pub fn wait_for_attempt(&mut self) -> Duration {
        let from = self.now.mono;
        while self.link.is_none() {
            let deadline = self.machine.deadline().expect("an attempt is planned");
            self.pass(deadline.saturating_sub(self.now.mono));
        }
        self.now.mono - from
    }

    pub fn suspend(&mut self, time: Duration) {
        self.now.wall += time;
    }

    pub fn shift(&mut self, time: Duration) {
        self.now.mono += time;
        self.now.wall += time;
    }

    pub fn state(&self) -> State {
        self.machine.status().state
    }

    pub fn cause(&self) -> CauseKind {
        self.machine.status().last_cause.as_ref().expect("there is a cause").kind
    }

    pub fn sent(&self, part: &str) -> usize {
        self.sent.iter().filter(|frame| frame.contains(part)).count()
    }

    pub fn events(&self) -> Vec<&Event> {
        self.notices
            .iter()
            .filter_map(|notice| match notice {
                Notice::Event(event) => Some(event),
                _ => None,
            })
            .collect()
    }

    pub fn gaps(&self) -> Vec<&Gap> {
        self.notices
            .iter()
            .filter_map(|notice| match notice {
                Notice::Gap(gap) => Some(gap),
                _ => None,
            })
            .collect()
    }

    /// What happened, in short words and in order.
    pub fn story(&self) -> Vec<String> {
        self.notices
            .iter()
            .map(|notice| match notice {
                Notice::Event(event) => format!("{}:{}", event.channel, event.name),
                Notice::Subscribed { channel } => format!("subscribed {channel}"),
                Notice::Gap(gap) => format!("gap {}", gap.channel),
                Notice::ChannelFailed(failed) => format!("{} {}", failed.reason.code(), failed.channel),
                Notice::Error(_) => "error".to_owned(),
                Notice::State(_) => "state".to_owned(),
            })
            .collect()
    }
}
