//! This client in the scenes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::FutureExt;
use pusher::{Client, Config, Endpoint, Event, Notice, PresenceChange, State, Status, SystemClock, Trouble};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::peers::answers::{Answers, SIGN_IN};
use crate::peers::conversation::{Ends, Scene};
use crate::peers::stage::STAGE;

/// The same wait as in `converse.js`.
const PATIENCE: Duration = Duration::from_millis(2500);

/// Returns the client's deliveries in a scene, line by line.
pub async fn play(scene: &Scene, port: u16) -> Vec<Value> {
    let endpoint = Endpoint::from_host(&format!("ws://127.0.0.1:{port}")).unwrap();
    let answers = Answers::of(scene);
    let config = Config::new(format!("ours.{}", scene.name), endpoint).with_authorizer(answers.clone());
    let (client, mut events) = Client::start(config, SystemClock::shared());
    for name in std::iter::once(STAGE).chain(scene.subscribe.iter().map(String::as_str)) {
        client.subscribe(name).unwrap();
    }
    if let Some(sign_in) = &scene.sign_in {
        client.sign_in(&sign_in.user);
    }
    client.connect();
    let mut reported = Reported::new(scene);
    let over = async {
        while let Some(notice) = events.next().await {
            if reported.take(&notice) {
                return;
            }
            if let Notice::Event(event) = &notice
                && event.name == "speak"
                && !trigger(&client, event).await
            {
                reported.lines.push(json!({ "not_sent": &*event.channel }));
            }
        }
    };
    if timeout(PATIENCE, over).await.is_err() {
        reported.lines.push(json!({"ends": "hangs"}));
    }
    match client.status().counters.malformed {
        0 => {}
        malformed => reported.lines.push(json!({ "malformed": malformed })),
    }
    for name in scene.subscribe.iter().filter(|name| name.starts_with("presence-")) {
        let members = client.members(name).await.unwrap_or_default();
        let table: BTreeMap<String, Value> = members.iter().map(|one| (one.id, one.info)).collect();
        reported.lines.push(json!({ "members": name, "me": members.me(), "table": table }));
    }
    // Notices about the last event may come after it.
    client.members(STAGE).await;
    while let Some(Some(notice)) = events.next().now_or_never() {
        reported.note_trouble(&notice);
    }
    client.disconnect();
    reported.lines.extend(reported.troubles);
    reported.lines.extend(answers.asked());
    reported.lines
}

async fn trigger(client: &Client, speak: &Event) -> bool {
    let wanted = speak.json().cloned().unwrap_or_default();
    let name = wanted["event"].as_str().unwrap_or_default();
    client.trigger(&speak.channel, name, wanted["data"].clone()).await.is_ok()
}

/// The notices so far.
struct Reported<'a> {
    scene: &'a Scene,
    lines: Vec<Value>,
    /// They may come before or after events that wait for a key.
    troubles: Vec<Value>,
    /// Channels, and the sign-in, whose authorization is still open.
    open: BTreeSet<&'a str>,
    connected: bool,
    /// True if the server has finished.
    over: bool,
}

impl<'a> Reported<'a> {
    fn new(scene: &'a Scene) -> Self {
        let sign_in = scene.sign_in.iter().map(|_| SIGN_IN);
        Self {
            scene,
            lines: Vec::new(),
            troubles: Vec::new(),
            open: scene.authorize.keys().map(String::as_str).chain(sign_in).collect(),
            connected: false,
            over: false,
        }
    }

    /// Takes a notice. Returns true if it ends the scene.
    fn take(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::State(status) => {
                self.connected |= status.state == State::Connected;
                return self.connected && left(status, &mut self.lines, self.scene.ends);
            }
            Notice::Event(event) if event.name == "scene-over" => self.over = true,
            Notice::Subscribed { channel } => {
                self.open.remove(&**channel);
            }
            Notice::ChannelFailed(failed) => {
                self.open.remove(&*failed.channel);
            }
            Notice::SignedIn(_) | Notice::SignInFailed { .. } => {
                self.open.remove(SIGN_IN);
            }
            _ => {}
        }
        self.note_trouble(notice);
        self.lines.extend(lines(notice));
        self.over && self.open.is_empty()
    }

    fn note_trouble(&mut self, notice: &Notice) {
        if let Notice::Trouble(Trouble { channel, kind, count }) = notice {
            let mut line = json!({ "trouble": kind, "count": count });
            if let Some(channel) = channel {
                line["channel"] = json!(&**channel);
            }
            self.troubles.push(line);
        }
    }
}

/// Notes the end of a connection. Returns true if it ends the scene.
fn left(status: &Status, lines: &mut Vec<Value>, ends: Ends) -> bool {
    if status.state == State::Connected {
        return false;
    }
    if let Some(cause) = status.last_cause.as_ref().filter(|_| status.state != State::Connecting)
        && let Some(code) = cause.code
    {
        // pusher-js has no place for a cause and reports it as an error event.
        let reason = cause.text.strip_prefix("the server closed the connection").unwrap_or(&cause.text);
        let mut inside = json!({ "code": code });
        if !reason.is_empty() {
            inside["message"] = json!(reason.trim_start_matches(": "));
        }
        lines.push(json!({ "error": inside }));
    }
    if ends == Ends::Closed {
        let then = if status.state == State::Refused { "stays away" } else { "tries again" };
        lines.push(json!({ "ends": then }));
    }
    ends == Ends::Closed
}

fn lines(notice: &Notice) -> Vec<Value> {
    let line = match notice {
        Notice::Event(event) if &*event.channel == STAGE || event.name == "scene-over" => return Vec::new(),
        Notice::Event(event) => event_line(event),
        Notice::Subscribed { channel } => json!({ "subscribed": &**channel }),
        Notice::Gap(gap) => json!({ "gap": &*gap.channel }),
        Notice::ChannelFailed(failed) => json!({ "failed": &*failed.channel }),
        Notice::Presence(change) => return member_lines(change),
        Notice::SignedIn(user) => json!({ "signed_in": user.data }),
        Notice::SignInFailed { .. } => json!({ "sign_in_failed": true }),
        Notice::Error(error) => {
            let mut inside = json!({ "message": error.message });
            if let Some(code) = error.code {
                inside["code"] = json!(code);
            }
            json!({ "error": inside })
        }
        _ => return Vec::new(),
    };
    let of_stage = line["subscribed"] == STAGE || line["gap"] == STAGE;
    if of_stage { Vec::new() } else { vec![line] }
}

fn member_lines(change: &PresenceChange) -> Vec<Value> {
    let kinds = [("joined", &change.joined), ("left", &change.left), ("updated", &change.updated)];
    let lines = kinds.into_iter().flat_map(|(what, members)| {
        members.iter().map(move |one| json!({ what: &*change.channel, "id": one.id, "info": one.info }))
    });
    lines.collect()
}

fn event_line(event: &Event) -> Value {
    let mut line = json!({"event": event.name, "channel": &*event.channel});
    let text = event.data.text().map(|text| json!(text));
    if let Some(data) = event.json().cloned().or(text) {
        line["data"] = data;
    }
    if let Some(user_id) = &event.user_id {
        line["user_id"] = json!(user_id);
    }
    line
}
