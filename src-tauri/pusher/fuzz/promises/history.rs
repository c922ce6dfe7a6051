//! Any history of a client keeps its promises: the machine runs in a simulated world in which each piece of the bytes
//! is one event.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, pending};
use pusher::machine::{ClientEvent, Input, LinkEvent, Machine, Now, Output};
use pusher::{
    AuthAnswer, AuthError, AuthRequest, Authorizer, Cause, CauseKind, ChannelKind, ChannelName, Config,
    Endpoint, Notice, Phase, State,
};
use serde_json::json;

const NAMES: [&str; 7] =
    ["news", "stage", "cache-news", "cache-empty", "private-desk", "presence-desk", "private-encrypted-desk"];
const KINDS: [CauseKind; 12] = [
    CauseKind::NameResolution,
    CauseKind::ConnectionRefused,
    CauseKind::Certificate,
    CauseKind::ProxyAuthentication,
    CauseKind::HttpStatus,
    CauseKind::Closed,
    CauseKind::Closed,
    CauseKind::EndOfStream,
    CauseKind::Reset,
    CauseKind::InvalidUtf8,
    CauseKind::FrameTooLarge,
    CauseKind::WriteStalled,
];

/// The remaining bytes; zeros after the last one.
struct Script<'a>(&'a [u8]);

impl Script<'_> {
    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    fn number(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::from(self.byte()) % from.len()].clone()
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.number()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn name(&mut self) -> &'static str {
        self.pick(&NAMES)
    }
}

/// The authorizer of the settings; the script gives the answers.
struct AskedByTheScript;

impl Authorizer for AskedByTheScript {
    fn authorize(&self, _request: AuthRequest) -> BoxFuture<'static, Result<AuthAnswer, AuthError>> {
        pending().boxed()
    }
}

/// The situations that a history reached, and their numbers.
pub type Reached = BTreeMap<&'static str, u64>;

struct World {
    machine: Machine,
    now: Now,
    /// The generation of the attempt or socket, and true if it is a socket.
    link: Option<(u64, bool)>,
    /// The begin of the latest automatic attempts.
    attempts: VecDeque<Duration>,
    asked_for: bool,
    /// Requests to the authorizer, answered or not; true for one about the session.
    questions: Vec<(u64, bool)>,
    /// The requests that wait for their answer.
    out: BTreeSet<u64>,
    reached: Reached,
}

/// Plays a history. The promises: there is one link at a time; nothing is sent without a socket; the state fits the
/// link; gaps do not run backwards; the attempts in a minute are limited; a request is made for the present link and
/// cancelled only while it is out; and time always goes on.
pub fn history(bytes: &[u8]) -> Reached {
    let Ok(endpoint) = Endpoint::from_host("ws://hotel.example:6001") else { return Reached::new() };
    let mut script = Script(bytes);
    let now = Now { mono: Duration::from_secs(7), wall: Duration::from_secs(1_800_000_000) };
    let config = Config { seed: script.byte().into(), ..Config::new("key", endpoint) };
    let config = config.with_authorizer(AskedByTheScript);
    let machine = Machine::new(config, now);
    let mut world = World {
        machine,
        now,
        link: None,
        attempts: VecDeque::new(),
        asked_for: false,
        questions: Vec::new(),
        out: BTreeSet::new(),
        reached: Reached::new(),
    };
    while !script.0.is_empty() {
        world.happen(&mut script);
    }
    world.reached
}

impl World {
    fn happen(&mut self, script: &mut Script<'_>) {
        match script.byte() % 28 {
            0 => self.ask(Input::Connect),
            1 => self.ask(Input::Disconnect),
            2 => self.ask(Input::RetryNow),
            3 => self.step(Input::NetworkChanged),
            4 => self.step(Input::WakeNotice),
            5 => self.step(Input::TimerFired),
            6 => self.operation(script.name(), Input::Subscribe),
            7 => self.operation(script.name(), Input::Unsubscribe),
            8 => self.open(),
            9 => {
                let text = script.text();
                self.text(text);
            }
            10 => self.greet(),
            11 => self.say("pusher_internal:subscription_succeeded", script.name()),
            12 => self.say("x", script.name()),
            13 => self.on_socket(LinkEvent::Binary),
            14 => self.on_socket(LinkEvent::Control),
            15 => self.fail(script),
            16 => self.pass(Duration::from_millis(u64::from(script.number()) * 10)),
            17 => self.now.wall += Duration::from_secs(script.number().into()),
            19 => self.answer(script),
            20 => self.step(Input::SignIn("rory".into())),
            21 => self.step(Input::SignOut),
            22 => self.say("pusher_internal:member_added", script.name()),
            18 => self.now.wall = self.now.wall.saturating_sub(Duration::from_secs(script.number().into())),
            24 => self.operation(script.name(), Input::AskAgain),
            25 => self.step(Input::AuthorizeAgain),
            26 => self.trigger(script.name()),
            27 => self
                .text(r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"rory\"}"}}"#.into()),
            _ => {
                // An event of an old link.
                let old = self.machine.status().generation.wrapping_sub(1);
                self.step(Input::Link { generation: old, event: LinkEvent::Text("{}".to_owned()) });
            }
        }
    }

    /// Gives an input of a person, who may cause any number of attempts.
    fn ask(&mut self, input: Input) {
        self.asked_for = true;
        self.step(input);
        self.asked_for = false;
        // It resets the count.
        self.attempts.clear();
    }

    fn operation(&mut self, name: &str, input: fn(ChannelName) -> Input) {
        if let Ok(name) = ChannelName::parse(name, 164) {
            self.step(input(name));
        }
    }

    fn trigger(&mut self, name: &str) {
        if let Ok(channel) = ChannelName::parse(name, 164) {
            let event = ClientEvent { channel, name: "client-x".to_owned(), data: json!({}) };
            self.step(Input::Trigger { ticket: 1, event });
        }
    }

    /// Gives an answer of the authorizer, perhaps for the second time, or after it was cancelled.
    fn answer(&mut self, script: &mut Script<'_>) {
        if self.questions.is_empty() {
            return;
        }
        let (ticket, is_session) = script.pick(&self.questions);
        let failed = match script.byte() % 4 {
            0 => Some(AuthError::Unauthenticated { text: String::new() }),
            1 => Some(AuthError::Refused { status: Some(403), text: String::new() }),
            2 => Some(AuthError::Unavailable { status: None, text: String::new(), retry_after: None }),
            _ => None,
        };
        let word = match (self.out.remove(&ticket), &failed) {
            (false, _) => "answered late",
            (true, None) => "granted",
            (true, Some(_)) => "not granted",
        };
        self.note(word);
        self.step(match (is_session, failed) {
            (true, failed) => Input::Renewed { ticket, result: failed.map_or(Ok(()), Err) },
            (false, Some(failed)) => Input::Authorized { ticket, result: Err(failed) },
            (false, None) => {
                let answer = AuthAnswer {
                    channel_data: Some(r#"{"user_id":"1"}"#.into()),
                    user_data: Some(r#"{"id":"rory"}"#.into()),
                    shared_secret: Some("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".into()),
                    ..AuthAnswer::new("key:signature")
                };
                Input::Authorized { ticket, result: Ok(answer) }
            }
        });
    }

    fn open(&mut self) {
        if let Some((generation, false)) = self.link {
            self.link = Some((generation, true));
            self.event(LinkEvent::Opened);
        }
    }

    fn greet(&mut self) {
        self.open();
        let data = r#"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"#;
        self.text(format!(r#"{{"event":"pusher:connection_established","data":"{data}"}}"#));
    }

    fn say(&mut self, event: &str, channel: &str) {
        self.text(format!(r#"{{"event":"{event}","channel":"{channel}","data":"{{}}"}}"#));
    }

    fn text(&mut self, text: String) {
        self.on_socket(LinkEvent::Text(text));
    }

    fn on_socket(&mut self, event: LinkEvent) {
        if matches!(self.link, Some((_, true))) {
            self.event(event);
        }
    }

    fn fail(&mut self, script: &mut Script<'_>) {
        let kind = script.pick(&KINDS);
        let code = Some(script.number()).filter(|code| *code > 0);
        let Some((_, is_socket)) = self.link else { return };
        if !is_socket {
            self.link = None;
        }
        let cause = Cause::new(Phase::Connect, kind, "fuzzed").with_code(code);
        self.event(LinkEvent::Failed(cause));
    }

    /// Lets time pass, and steps the machine at each deadline.
    fn pass(&mut self, time: Duration) {
        let end = self.now.mono + time;
        while let Some(due) = self.machine.deadline().filter(|due| *due <= end) {
            let ahead = due.saturating_sub(self.now.mono);
            self.advance(ahead);
            self.step(Input::TimerFired);
            let next = self.machine.deadline();
            assert!(next.is_none_or(|next| next > self.now.mono), "the deadline {next:?} does not move on");
        }
        self.advance(end.saturating_sub(self.now.mono));
    }

    fn advance(&mut self, time: Duration) {
        self.now.mono += time;
        self.now.wall += time;
    }

    fn event(&mut self, event: LinkEvent) {
        let generation = self.machine.status().generation;
        self.step(Input::Link { generation, event });
    }

    fn step(&mut self, input: Input) {
        for output in self.machine.step(input, self.now) {
            self.obey(output);
        }
        let status = self.machine.status();
        let running = matches!(status.state, State::Connecting | State::Connected);
        assert_eq!(running, self.link.is_some(), "the state must fit the link");
        assert!(status.confirmed <= status.channels);
        assert_eq!(status.next_attempt_at.is_some(), status.state == State::Waiting);
    }

    fn obey(&mut self, output: Output) {
        match output {
            Output::Open { generation, .. } => {
                assert_eq!(self.link, None, "a second link beside the first");
                self.link = Some((generation, false));
                self.note_attempt();
            }
            Output::Send { generation, text } => {
                assert_eq!(self.link, Some((generation, true)), "{text} is sent on no socket");
                if text.contains("key:signature") {
                    self.note("signature sent");
                }
            }
            Output::Close { generation, .. } => {
                assert_eq!(self.link, Some((generation, true)), "no socket to close");
                self.link = None;
            }
            Output::Drop { generation } => {
                assert_eq!(self.link.map(|(number, _)| number), Some(generation), "no link to drop");
                self.link = None;
            }
            Output::Notice(Notice::Gap(gap)) => assert!(gap.from <= gap.to, "{gap:?}"),
            Output::Authorize { ticket, request } => {
                assert_eq!(Some(&request.socket_id), self.machine.status().socket_id.as_ref());
                self.ask_script("asked", ticket, false);
            }
            Output::RenewSession { ticket } => self.ask_script("renewal asked", ticket, true),
            Output::Cancel { ticket } => {
                assert!(self.out.remove(&ticket), "{ticket} is not out");
                self.note("cancelled");
            }
            Output::Triggered { result: Ok(()), .. } => self.note("client event sent"),
            Output::Notice(Notice::SignedIn(_)) => self.note("signed in"),
            Output::Notice(Notice::SessionExpired) => self.note("session expired"),
            Output::Notice(Notice::Presence(_)) => self.note("members told"),
            Output::Notice(Notice::Event(event)) if event.channel.kind() == ChannelKind::Encrypted => {
                self.note("event opened");
            }
            _ => {}
        }
    }

    fn ask_script(&mut self, word: &'static str, ticket: u64, is_session: bool) {
        assert!(self.out.insert(ticket), "{ticket} is out already");
        self.questions.push((ticket, is_session));
        self.note(word);
    }

    fn note(&mut self, word: &'static str) {
        *self.reached.entry(word).or_default() += 1;
    }

    fn note_attempt(&mut self) {
        if self.asked_for {
            return;
        }
        self.attempts.push_back(self.now.mono);
        let minute_ago = self.now.mono.saturating_sub(Duration::from_secs(60));
        while self.attempts.front().is_some_and(|at| *at <= minute_ago) {
            self.attempts.pop_front();
        }
        assert!(self.attempts.len() <= 10, "a storm: {:?}", self.attempts);
    }
}
