//! Nothing secret is shown or written (check 78): the tests plant secrets and then search for them.

use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex};

use futures_util::SinkExt;
use pusher::machine::{Input, LinkEvent, Machine, Now, Output};
use pusher::{AuthAnswer, AuthRequest, ClientEvent, Config, HttpAuthorizer, Notice, Secret, SystemClock};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tracing_subscriber::fmt::MakeWriter;

use crate::checks::live::endpoint::Authority;
use crate::checks::live::{Server, Subject};
use crate::checks::rig::{START, authorizing, channel, secs};

const TOKEN: &str = "planted-token-3f9a";
const SIGNATURE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const SHARED_SECRET: &str = "cGxhbnRlZC1zaGFyZWQtc2VjcmV0LTMyLWJ5dGVzISE=";
const PERSON: &str = "Planted Person";

fn answer() -> AuthAnswer {
    AuthAnswer {
        auth: Secret::new(format!("key:{SIGNATURE}")),
        channel_data: Some(Secret::new(json!({"user_id": "u", "user_info": {"name": PERSON}}).to_string())),
        user_data: Some(Secret::new(json!({"id": "u", "name": PERSON}).to_string())),
        shared_secret: Some(Secret::new(SHARED_SECRET)),
    }
}

fn nothing_secret_in(text: &str) {
    for secret in [TOKEN, SIGNATURE, SHARED_SECRET, PERSON, "planted-shared-secret"] {
        assert!(!text.contains(secret), "{secret} is shown in {text}");
    }
    // Nor as a list of bytes.
    let bytes = format!("{:?}", b"planted");
    assert!(!text.contains(bytes.trim_matches(['[', ']'])), "bytes are shown in {text}");
}

fn hides(what: &impl Debug) -> String {
    let shown = format!("{what:?} {what:#?}");
    nothing_secret_in(&shown);
    shown
}

/// Checks every type that secrets go through.
struct Watched {
    machine: Machine,
    now: Now,
    asked: Vec<(u64, AuthRequest)>,
    seen: String,
}

impl Watched {
    fn step(&mut self, input: Input) {
        self.seen += &hides(&input);
        for output in self.machine.step(input, self.now) {
            self.seen += &hides(&output);
            match output {
                Output::Authorize { ticket, request } => self.asked.push((ticket, request)),
                Output::Notice(notice) => self.seen += &hides(&notice),
                _ => {}
            }
        }
        self.seen += &hides(&self.machine);
        self.seen += &hides(self.machine.status());
        nothing_secret_in(&serde_json::to_string(self.machine.status()).unwrap());
    }

    fn text(&mut self, text: &serde_json::Value) {
        let generation = self.machine.status().generation;
        self.step(Input::Link { generation, event: LinkEvent::Text(text.to_string()) });
    }
}

#[test]
fn check_78_no_public_type_shows_a_secret() {
    hides(&answer());
    hides(&Secret::new(TOKEN));
    hides(&AuthAnswer::parse(format!(r#"{{"auth":7,"x":"{SIGNATURE}"}}"#).as_bytes()));
    let event =
        ClientEvent { channel: channel("private-a"), name: "client-x".into(), data: json!({"name": PERSON}) };
    hides(&event);
    let url = format!("https://hotel.example/auth?token={TOKEN}").parse().unwrap();
    let http = HttpAuthorizer::new(url, SystemClock::shared())
        .unwrap()
        .with_session(|| vec![("Authorization".to_owned(), Secret::new(TOKEN))]);
    hides(&http);
    hides(&authorizing(1).with_authorizer(http));

    let now = Now { mono: secs(1), wall: START };
    let machine = Machine::new(authorizing(1), now);
    let mut watched = Watched { machine, now, asked: Vec::new(), seen: String::new() };
    for name in ["presence-room", "private-encrypted-a", "private-b"] {
        watched.step(Input::Subscribe(channel(name)));
    }
    watched.step(Input::SignIn(Secret::new("u")));
    watched.step(Input::Connect);
    watched.step(Input::Link { generation: 1, event: LinkEvent::Opened });
    watched.text(&json!({"event": "pusher:connection_established", "data": {"socket_id": "1.1"}}));
    while let Some((ticket, request)) = watched.asked.pop() {
        hides(&request);
        watched.step(Input::Authorized { ticket, result: Ok(answer()) });
    }
    let user = json!({"user_data": json!({"id": "u", "name": PERSON}).to_string()});
    watched.text(&json!({"event": "pusher:signin_success", "data": user}));
    let acknowledged = "pusher_internal:subscription_succeeded";
    let table = json!({"presence": {"hash": {"u": {"name": PERSON}}}});
    watched.text(&json!({"event": acknowledged, "channel": "presence-room", "data": table}));
    watched.text(&json!({"event": acknowledged, "channel": "private-encrypted-a", "data": {}}));
    hides(&watched.machine.members("presence-room").unwrap());
    let joined = json!({"user_id": "v", "user_info": {"name": PERSON}});
    let added = "pusher_internal:member_added";
    watched.text(&json!({"event": added, "channel": "presence-room", "data": joined}));
    watched.step(Input::Trigger {
        ticket: 1,
        event: ClientEvent { channel: channel("presence-room"), ..event },
    });
    // Servers quote the signature that they refuse.
    let message = format!("Invalid signature: got key:{SIGNATURE}");
    watched.text(&json!({"event": "pusher:error", "data": {"code": 4009, "message": message}}));
    for part in ["Presence", "SignedIn", "got key:(hidden)", "Triggered(1, Ok(()))", "Refused"] {
        assert!(watched.seen.contains(part), "{part} was not looked at");
    }
}

/// Everything that is traced.
#[derive(Clone, Default)]
struct Book(Arc<Mutex<Vec<u8>>>);

impl io::Write for Book {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Book {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn check_78_nothing_secret_is_traced_or_told_while_running() {
    let book = Book::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(book.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let (server, authority) = (Server::start().await, Authority::start().await);
    let session = || vec![("Authorization".to_owned(), Secret::new(format!("Token {TOKEN}")))];
    let mut subject = Subject::start(authority.config(&server, session));
    subject.client.subscribe("presence-room").unwrap();
    let mut peer = server.accept_and_greet().await;
    let question = authority.asked().await;
    assert_eq!(question.headers["authorization"], format!("Token {TOKEN}"));
    let data = answer().channel_data.unwrap();
    let body = json!({"auth": format!("key:{SIGNATURE}"), "channel_data": data.expose()});
    question.answer("200 OK", &body.to_string()).await;
    let table = json!({"presence": {"hash": {"u": {"name": PERSON}}}}).to_string();
    peer.confirm_authorized("presence-room", &format!("key:{SIGNATURE}"), &table).await;
    for _ in 0..2 {
        hides(&subject.reported().await);
    }
    subject.client.subscribe("private-b").unwrap();
    let body = json!({"detail": format!("the token {TOKEN} and key:{SIGNATURE} are wrong")});
    authority.asked().await.answer("403 Forbidden", &body.to_string()).await;
    let Notice::ChannelFailed(failed) = subject.reported().await else { panic!("it was refused") };
    assert!(hides(&failed).contains("the token (hidden) and key:(hidden) are wrong"));
    let reason = format!("bad signature {SIGNATURE}").into();
    let close = Message::Close(Some(CloseFrame { code: 4100.into(), reason }));
    peer.socket.send(close).await.unwrap();
    let status = subject.reaches(pusher::State::Waiting).await;
    assert!(hides(&status).contains("bad signature (hidden)"));
    hides(&subject.client);
    hides(&subject.events);
    hides(&subject.client.status());
    let traced = String::from_utf8(book.0.lock().unwrap().clone()).unwrap();
    assert!(traced.contains("Connected"), "nothing was traced: {traced}");
    nothing_secret_in(&traced);
}

#[test]
fn check_78_there_is_no_place_for_the_application_secret() {
    // Every field is listed, so that a new one does not compile until its author has decided about it: no name is that
    // of a secret, and each field that may hold text is public, or asks the program's own server.
    let Config {
        key: _,
        endpoint: _,
        client_name: _,
        client_version: _,
        timing: _,
        seed: _,
        max_frame: _,
        queue: _,
        queue_bytes: _,
        channel_name_limit: _,
        authorizer: _,
        parallel_authorizations: _,
        client_event_size: _,
        duplicate_key: _,
        duplicate_window: _,
        proxy: _,
        tls: _,
    } = authorizing(1);
}
