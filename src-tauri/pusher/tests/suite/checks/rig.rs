//! A machine with a clock that the test moves, and a record of its outputs.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, pending};
use pusher::machine::{Input, LinkEvent, Machine, Now, Output};
use pusher::{
    AuthAnswer, AuthError, AuthRequest, AuthSubject, Authorizer, Cause, CauseKind, ChannelName, Config,
    Endpoint, Event, Gap, Notice, Phase, Secret, State, TriggerError,
};

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

/// The authorizer of the settings; on the pure machine the test gives the answers.
struct AskedByTheTest;

impl Authorizer for AskedByTheTest {
    fn authorize(&self, _request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
        pending().boxed()
    }
}

pub fn authorizing(seed: u64) -> Config {
    config(seed).with_authorizer(AskedByTheTest)
}

/// Returns the answer of a server that signs every request.
pub fn granted(request: &AuthRequest) -> AuthAnswer {
    let mut answer = match &request.subject {
        AuthSubject::Channel(channel) => AuthAnswer::new(format!("key:sig-{}-{channel}", request.socket_id)),
        AuthSubject::User => AuthAnswer::new(format!("key:sig-{}", request.socket_id)),
    };
    answer.channel_data = Some(Secret::new(r#"{"user_id":"me"}"#));
    answer.user_data = Some(Secret::new(r#"{"id":"me"}"#));
    // Thirty-two zero bytes.
    answer.shared_secret = Some(Secret::new(format!("{}=", "A".repeat(43))));
    answer
}

/// Returns a temporary failure.
pub fn unavailable() -> AuthError {
    AuthError::Unavailable { status: Some(503), text: "down".into(), retry_after: None }
}

pub struct Rig {
    pub machine: Machine,
    pub now: Now,
    /// The begin of attempts, by monotonic time.
    pub opens: Vec<Duration>,
    pub urls: Vec<String>,
    pub sent: Vec<String>,
    pub notices: Vec<Notice>,
    pub closes: Vec<u16>,
    /// The generation of the attempt or socket, and true if it is a socket.
    pub link: Option<(u64, bool)>,
    /// Open requests to the authorizer.
    pub asked: Vec<(u64, AuthRequest)>,
    /// Times and subjects of all requests so far.
    pub questions: Vec<(Duration, AuthSubject)>,
    pub renewals: Vec<u64>,
    /// The results of client events.
    pub triggered: Vec<(u64, Result<(), TriggerError>)>,
    pub users_changed: usize,
    /// The times at which client events were sent, by monotonic time.
    client_events: Vec<Duration>,
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
            asked: Vec::new(),
            questions: Vec::new(),
            renewals: Vec::new(),
            triggered: Vec::new(),
            users_changed: 0,
            client_events: Vec::new(),
        }
    }

    /// Makes a rig that is greeted, with these channels confirmed and earlier outputs forgotten.
    pub fn live(channels: &[&str]) -> Self {
        Self::live_with(config(1), channels)
    }

    /// Makes the same rig with an authorizer.
    pub fn live_authorized(channels: &[&str]) -> Self {
        Self::live_with(authorizing(1), channels)
    }

    pub fn live_with(config: Config, channels: &[&str]) -> Self {
        let mut rig = Self::with(config);
        for name in channels {
            rig.step(Input::Subscribe(channel(name)));
        }
        rig.step(Input::Connect);
        rig.greet();
        rig.grant_all();
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
        self.questions.clear();
        self.triggered.clear();
    }

    pub fn step(&mut self, input: Input) {
        // The request is then no longer open.
        match &input {
            Input::Authorized { ticket, .. } => self.asked.retain(|(out, _)| out != ticket),
            Input::Renewed { ticket, .. } => self.renewals.retain(|out| out != ticket),
            _ => {}
        }
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
                    let own = self.machine.status().socket_id.as_ref().map(|id| format!("sig-{id}"));
                    let strange = text.contains("sig-") && !own.is_some_and(|own| text.contains(&own));
                    assert!(!strange, "a signature for another connection was sent: {text}");
                    if text.starts_with(r#"{"event":"client-"#) {
                        let ten_before = self.client_events.len().checked_sub(10);
                        let rested =
                            ten_before.is_none_or(|at| self.now.mono >= self.client_events[at] + secs(1));
                        assert!(rested, "more than ten client events in a second");
                        self.client_events.push(self.now.mono);
                    }
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
                Output::Authorize { ticket, request } => {
                    assert_eq!(Some(&request.socket_id), self.machine.status().socket_id.as_ref());
                    self.questions.push((self.now.mono, request.subject.clone()));
                    self.asked.push((ticket, request));
                }
                Output::RenewSession { ticket } => self.renewals.push(ticket),
                Output::Cancel { ticket } => {
                    self.asked.retain(|&(out, _)| out != ticket);
                    self.renewals.retain(|&out| out != ticket);
                }
                Output::Triggered { ticket, result } => self.triggered.push((ticket, result)),
                Output::UserChanged => self.users_changed += 1,
                Output::Notice(notice) => self.notices.push(notice),
                Output::StateChanged => {}
                other => panic!("{other:?} is not known to the rig"),
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

    /// Answers the request about this channel.
    pub fn answer(&mut self, name: &str, result: Result<AuthAnswer, AuthError>) {
        let subject = AuthSubject::Channel(channel(name));
        let at = self.asked.iter().position(|(_, request)| request.subject == subject);
        let (ticket, _) = self.asked.remove(at.unwrap_or_else(|| panic!("{name} is not asked for")));
        self.step(Input::Authorized { ticket, result });
    }

    pub fn grant(&mut self, name: &str) {
        let subject = AuthSubject::Channel(channel(name));
        let request = self.asked.iter().find(|(_, request)| request.subject == subject);
        let answer = granted(&request.unwrap_or_else(|| panic!("{name} is not asked for")).1);
        self.answer(name, Ok(answer));
    }

    /// Answers the request about the user.
    pub fn answer_user(&mut self, result: Result<AuthAnswer, AuthError>) {
        let at = self.asked.iter().position(|(_, request)| request.subject == AuthSubject::User);
        let (ticket, _) = self.asked.remove(at.expect("the user is asked for"));
        self.step(Input::Authorized { ticket, result });
    }

    /// Grants all requests until there are no more.
    pub fn grant_all(&mut self) {
        while let Some((ticket, request)) = self.asked.pop() {
            self.step(Input::Authorized { ticket, result: Ok(granted(&request)) });
        }
    }

    pub fn renewed(&mut self, result: Result<(), AuthError>) {
        let ticket = self.renewals.pop().expect("the session is being renewed");
        self.step(Input::Renewed { ticket, result });
    }

    pub fn reconnect(&mut self) {
        self.vanish();
        self.wait_for_attempt();
        self.greet();
    }

    pub fn publish_data(&mut self, channel: &str, name: &str, data: &str) {
        self.text(&format!(r#"{{"event":"{name}","channel":"{channel}","data":{data}}}"#));
    }

    pub fn publish(&mut self, channel: &str, name: &str) {
        self.text(&format!(r#"{{"event":"{name}","channel":"{channel}","data":"{{}}"}}"#));
    }

    /// Ends the link for this cause.
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

    /// Lets time pass, and steps at every deadline on the way.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now.mono + time;
        while let Some(deadline) = self.machine.deadline().filter(|&deadline| deadline <= end) {
            self.shift(deadline.saturating_sub(self.now.mono));
            self.step(Input::TimerFired);
        }
        self.shift(end - self.now.mono);
    }

    /// Lets time pass until an attempt begins, and returns the time that it took.
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

    /// Returns the events in short words and in order.
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
                Notice::Presence(change) => {
                    let ids = |sign: &str, members: &[pusher::Member]| -> String {
                        members.iter().map(|member| format!(" {sign}{}", member.id)).collect()
                    };
                    let (joined, left) = (ids("+", &change.joined), ids("-", &change.left));
                    format!("members {}{joined}{left}{}", change.channel, ids("~", &change.updated))
                }
                Notice::SignedIn(user) => format!("signed in {}", user.id),
                Notice::SignInFailed { reason, retrying } => format!("{} {retrying}", reason.code()),
                Notice::SessionExpired => "session expired".to_owned(),
                Notice::Trouble(trouble) => {
                    let channel = trouble.channel.as_ref().map_or("-", |channel| channel.as_str());
                    format!("{:?} {channel} {}", trouble.kind, trouble.count)
                }
                other => panic!("{other:?} is not known to the rig"),
            })
            .collect()
    }
}
