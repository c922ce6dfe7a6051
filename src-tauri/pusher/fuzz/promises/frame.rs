//! Any text can be read as a frame without harm, and the resulting event is the same as a plain JSON parser finds in
//! the text.

use std::time::Duration;

use pusher::machine::{Input, LinkEvent, Machine, Now, Output};
use pusher::{ChannelName, Config, Data, Endpoint, Event, Notice, State};
use serde_json::{Value, json};

const CHANNEL: &str = "news";
const NOW: Now = Now { mono: Duration::from_secs(7), wall: Duration::from_secs(1_800_000_000) };

/// Reads bytes as a frame: unchanged, and their content as each kind of frame that is read differently. A broken
/// promise panics.
pub fn frame(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    greeted(text);
    if let Some(event) = received(text) {
        check(&event, text);
    }
    let Ok(whole @ Value::Object(_)) = serde_json::from_str(text) else { return };
    greeted(&renamed(&whole, "pusher:connection_established"));
    received(&renamed(&whole, "pusher:error"));
    let text = renamed(&whole, "x");
    let event = received(&text).expect("an event of a channel that is subscribed comes out");
    check(&event, &text);
}

/// Returns the frame as another one of the channel.
fn renamed(whole: &Value, name: &str) -> String {
    let mut renamed = whole.clone();
    renamed["event"] = json!(name);
    renamed["channel"] = json!(CHANNEL);
    renamed.to_string()
}

/// Compares an event with the result of a plain JSON parser.
fn check(event: &Event, text: &str) {
    // A skipped field may hold a value that is nested too deeply for a tree of values.
    let Ok(whole) = serde_json::from_str::<Value>(text) else { return };
    let name = match whole["event"].as_str() {
        // It reaches the program under its public name.
        Some("pusher_internal:subscription_count") => Some("pusher:subscription_count"),
        name => name,
    };
    assert_eq!(name, Some(&*event.name));
    assert_eq!(whole["channel"], *event.channel.as_str());
    let data = whole.get("data");
    match &event.data {
        Data::Missing => assert_eq!(data, None),
        Data::Plain(value) => assert!(!value.is_string() && data == Some(value)),
        Data::Text(text) => {
            assert_eq!(data.and_then(Value::as_str), Some(&**text));
            assert!(serde_json::from_str::<Value>(text).is_err());
        }
        Data::Encoded { text, value } => {
            assert_eq!(data.and_then(Value::as_str), Some(&**text));
            assert_eq!(serde_json::from_str::<Value>(text).ok().as_ref(), Some(value));
        }
    }
}

/// Makes a machine with a socket that was not greeted yet.
fn opened() -> Machine {
    // Both texts are fixed and valid, so the two calls cannot fail.
    let endpoint = Endpoint::from_host("ws://hotel.example:6001").expect("a fixed text");
    let mut machine = Machine::new(Config { seed: 1, ..Config::new("key", endpoint) }, NOW);
    machine.step(Input::Subscribe(ChannelName::parse(CHANNEL, 164).expect("a fixed text")), NOW);
    machine.step(Input::Connect, NOW);
    happen(&mut machine, LinkEvent::Opened);
    machine
}

fn happen(machine: &mut Machine, event: LinkEvent) -> Vec<Output> {
    let generation = machine.status().generation;
    machine.step(Input::Link { generation, event }, NOW)
}

/// Gives the text to a machine as the server's first frame.
fn greeted(text: &str) {
    let mut machine = opened();
    happen(&mut machine, LinkEvent::Text(text.to_owned()));
    let status = machine.status();
    let named = status.socket_id.as_ref().is_some_and(|id| !id.is_empty());
    assert_eq!(named, status.state == State::Connected);
}

/// Returns the event that results from the text on a confirmed channel.
fn received(text: &str) -> Option<Event> {
    let mut machine = opened();
    for text in [
        r#"{"event":"pusher:connection_established","data":{"socket_id":"1.1"}}"#.to_owned(),
        format!(r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{CHANNEL}"}}"#),
    ] {
        happen(&mut machine, LinkEvent::Text(text));
    }
    let outputs = happen(&mut machine, LinkEvent::Text(text.to_owned()));
    let mut events = outputs.into_iter().filter_map(|output| match output {
        Output::Notice(Notice::Event(event)) => Some(event),
        _ => None,
    });
    let event = events.next();
    assert!(events.next().is_none(), "one frame is one event at most");
    event
}
