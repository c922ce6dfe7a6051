//! Reads and writes frames of the protocol.
//!
//! A frame is a JSON object `{"event", "channel"?, "user_id"?, "data"?}`. The difficult part is `data`: servers send it
//! double-encoded (JSON inside a JSON string), plain, or not at all. It is decoded exactly once and its form is kept
//! (check 83). The frame is parsed in one pass and with a depth limit, so that no nesting can exhaust the stack (check
//! 84).

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::channel::ChannelName;
use crate::secret::{Secret, mask};

/// The `data` of an event, in the form in which it came.
#[derive(Clone, PartialEq, Default, Deserialize)]
#[serde(from = "Value")]
pub enum Data {
    /// The event had no data.
    #[default]
    Missing,
    /// A string that is not JSON, such as `"hello"` or the empty string.
    Text(String),
    /// A string that holds JSON, as servers usually send it.
    Encoded {
        /// The string itself.
        text: String,
        /// The decoded JSON.
        value: Value,
    },
    /// JSON that is not a string: an object, an array, a number, a boolean or null.
    Plain(Value),
}

/// Prints the size only: the content may be private.
impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("Missing"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Encoded { text, .. } => write!(f, "Encoded({} bytes)", text.len()),
            Self::Plain(value) => write!(f, "Plain({} bytes)", value.to_string().len()),
        }
    }
}

impl Data {
    /// Returns the JSON value, whether it came double-encoded or plain.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        match self {
            Self::Encoded { value, .. } | Self::Plain(value) => Some(value),
            Self::Missing | Self::Text(_) => None,
        }
    }

    /// Returns the string, whether or not it holds JSON.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Encoded { text, .. } => Some(text),
            Self::Missing | Self::Plain(_) => None,
        }
    }

    /// Makes the data of a frame, or of a decrypted event.
    pub(crate) fn from_text(text: String) -> Self {
        match serde_json::from_str(&text) {
            Ok(value) => Self::Encoded { text, value },
            Err(_) => Self::Text(text),
        }
    }
}

/// Read in one pass with the frame. A missing field does not come here, so `null` differs from it.
impl From<Value> for Data {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::from_text(text),
            value => Self::Plain(value),
        }
    }
}

/// An event of a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The channel.
    pub channel: ChannelName,
    /// The event's name.
    pub name: String,
    /// The data of the event.
    pub data: Data,
    /// The sender, on presence channels, as the server reports it (check 102).
    pub user_id: Option<String>,
    /// Wall time of its arrival.
    pub received_at: Duration,
}

impl Event {
    /// Returns the event's data as JSON, whether it came double-encoded or plain.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        self.data.json()
    }

    /// Decodes the event's data into a type.
    ///
    /// # Errors
    /// If there is no JSON, or it does not fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(self.json().unwrap_or(&Value::Null))
    }
}

/// An error event of the server, in any of its forms (check 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerError {
    /// The code, if there is one that can be read.
    pub code: Option<i64>,
    /// The message, or an empty text.
    pub message: String,
}

/// A received frame.
pub(crate) struct Frame<'a> {
    pub event: Cow<'a, str>,
    pub channel: Option<Cow<'a, str>>,
    pub user_id: Option<String>,
    pub data: Data,
    /// The frame itself, for the rare error whose fields are beside `data`.
    pub text: &'a str,
}

#[derive(Deserialize)]
struct RawFrame<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow, default)]
    channel: Option<Text<'a>>,
    #[serde(default)]
    user_id: Option<Value>,
    #[serde(default)]
    data: Data,
}

/// Borrowed if it has no escapes; an `Option<Cow<str>>` would always be copied.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> Frame<'a> {
    /// Reads a frame. Returns `None` if it is not one (checks 84, 85).
    pub fn parse(text: &'a str) -> Option<Self> {
        // A struct could also be read from an array, which is not a frame.
        if !text.trim_start().starts_with('{') {
            return None;
        }
        let raw: RawFrame<'a> = serde_json::from_str(text).ok()?;
        Some(Self {
            event: raw.event,
            channel: raw.channel.map(|name| name.0),
            user_id: raw.user_id.as_ref().and_then(id),
            data: raw.data,
            text,
        })
    }

    /// Returns the error in a `pusher:error` or `pusher:subscription_error` frame, in any of the known forms (check
    /// 31).
    pub fn error(&self) -> ServerError {
        let beside: Value = serde_json::from_str(self.text).unwrap_or_default();
        let inside = self.data.json().unwrap_or(&Value::Null);
        let code = [inside, &beside]
            .iter()
            .flat_map(|place| [place.get("code"), place.get("status")])
            .find_map(|code| as_integer(code?));
        let message = [inside, &beside]
            .iter()
            .flat_map(|place| [place.get("message"), place.get("error")])
            .find_map(|message| message?.as_str().map(str::to_owned))
            .or_else(|| inside.as_str().or(self.data.text()).map(str::to_owned))
            .unwrap_or_default();
        ServerError { code, message: mask(message) }
    }
}

/// Reads an id, which servers write as a text or as a number (check 100).
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn as_integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// The content of the greeting.
#[derive(Debug, PartialEq)]
pub(crate) struct Greeting {
    pub socket_id: String,
    /// The activity time that the server asks for, if it is a usable one (check 4).
    pub activity: Option<Duration>,
}

impl Greeting {
    pub fn parse(data: &Data) -> Option<Self> {
        let data = data.json()?;
        let socket_id = data.get("socket_id")?.as_str().filter(|id| !id.is_empty())?.to_owned();
        let activity = data
            .get("activity_timeout")
            .and_then(Value::as_f64)
            .filter(|seconds| (1.0..=86_400.0).contains(seconds))
            .map(Duration::from_secs_f64);
        Some(Self { socket_id, activity })
    }
}

#[derive(Serialize)]
struct Outgoing<'a, D> {
    event: &'a str,
    data: D,
}

#[derive(Default, Serialize)]
struct Subscription<'a> {
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_data: Option<&'a str>,
}

#[derive(Serialize)]
struct SignIn<'a> {
    auth: &'a str,
    user_data: &'a str,
}

#[derive(Serialize)]
struct ClientEvent<'a> {
    event: &'a str,
    channel: &'a str,
    data: &'a Value,
}

#[derive(Serialize)]
struct Empty {}

fn write(frame: &impl Serialize) -> String {
    // Plain structs of text cannot fail to serialise.
    serde_json::to_string(frame).unwrap_or_default()
}

pub(crate) fn subscribe(channel: &str) -> String {
    write(&Outgoing { event: "pusher:subscribe", data: Subscription { channel, ..Default::default() } })
}

/// The texts are copied unchanged and never parsed in between (check 71).
pub(crate) fn subscribe_authorized(channel: &str, auth: &Secret, channel_data: Option<&Secret>) -> Secret {
    let (auth, channel_data) = (Some(auth.expose()), channel_data.map(Secret::expose));
    let data = Subscription { channel, auth, channel_data };
    Secret::new(write(&Outgoing { event: "pusher:subscribe", data }))
}

pub(crate) fn sign_in(auth: &Secret, user_data: &Secret) -> String {
    let data = SignIn { auth: auth.expose(), user_data: user_data.expose() };
    write(&Outgoing { event: "pusher:signin", data })
}

pub(crate) fn client_event(channel: &str, event: &str, data: &Value) -> String {
    write(&ClientEvent { event, channel, data })
}

pub(crate) fn unsubscribe(channel: &str) -> String {
    write(&Outgoing { event: "pusher:unsubscribe", data: Subscription { channel, ..Default::default() } })
}

pub(crate) fn ping() -> String {
    write(&Outgoing { event: "pusher:ping", data: Empty {} })
}

pub(crate) fn pong() -> String {
    write(&Outgoing { event: "pusher:pong", data: Empty {} })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn data(json: &str) -> Data {
        Frame::parse(&format!(r#"{{"event":"e","channel":"c","data":{json}}}"#)).unwrap().data
    }

    #[test]
    fn check_82_unknown_fields_and_key_order_do_not_matter() {
        let frame = Frame::parse(r#"{"x":[1],"data":"{}","user_id":7,"channel":"c","event":"e"}"#).unwrap();
        assert_eq!((&*frame.event, frame.channel.as_deref()), ("e", Some("c")));
        assert_eq!(frame.user_id.as_deref(), Some("7"));
    }

    #[test]
    fn check_83_every_form_of_data_stays_distinguishable() {
        assert_eq!(Frame::parse(r#"{"event":"e"}"#).unwrap().data, Data::Missing);
        assert_eq!(data("null"), Data::Plain(Value::Null));
        assert_eq!(data("0"), Data::Plain(json!(0)));
        assert_eq!(data("false"), Data::Plain(json!(false)));
        assert_eq!(data("[1]"), Data::Plain(json!([1])));
        assert_eq!(data(r#"{"a":1}"#), Data::Plain(json!({"a": 1})));
        assert_eq!(data(r#""""#), Data::Text(String::new()));
        assert_eq!(data(r#""hello""#), Data::Text("hello".into()));
        assert_eq!(data(r#""null""#), Data::Encoded { text: "null".into(), value: Value::Null });
        assert_eq!(data(r#""{}""#), Data::Encoded { text: "{}".into(), value: json!({}) });
    }

    #[test]
    fn check_83_data_is_decoded_once_and_not_twice() {
        let inner = r#""{\"a\":1}""#;
        let outer = serde_json::to_string(inner).unwrap();
        assert_eq!(data(&outer).json(), Some(&json!("{\"a\":1}")));
    }

    #[test]
    fn check_84_what_is_not_a_frame_is_told_apart() {
        let deep = format!(r#"{{"event":"e","data":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let deep_elsewhere = format!(r#"{{"event":"e","x":{}}}"#, "[".repeat(100_000));
        for wrong in [
            "",
            "{",
            "null",
            "[]",
            r#"["e","c"]"#,
            "hello",
            r#"{"event":"e","event":"f"}"#,
            &deep,
            &deep_elsewhere,
            r#"{"event":"e"} {}"#,
        ] {
            assert!(Frame::parse(wrong).is_none(), "{:.40}", wrong);
        }
    }

    #[test]
    fn check_84_deep_nesting_inside_a_string_stays_text() {
        let deep = "[".repeat(100_000);
        assert_eq!(data(&serde_json::to_string(&deep).unwrap()), Data::Text(deep));
    }

    #[test]
    fn check_85_a_missing_or_wrong_event_name_is_no_frame() {
        for wrong in [r#"{"channel":"c"}"#, r#"{"event":7}"#, r#"{"event":null}"#, r#"{"event":{}}"#] {
            assert!(Frame::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn check_31_errors_are_read_in_every_known_shape() {
        let error = |text: &str| {
            let error = Frame::parse(text).unwrap().error();
            (error.code, error.message)
        };
        let e = r#""event":"pusher:error""#;
        assert_eq!(
            error(&format!(r#"{{{e},"data":{{"code":4001,"message":"no"}}}}"#)),
            (Some(4001), "no".into())
        );
        assert_eq!(error(&format!(r#"{{{e},"data":{{"code":null,"message":"no"}}}}"#)), (None, "no".into()));
        assert_eq!(
            error(&format!(r#"{{{e},"data":"{{\"code\":\"4009\",\"message\":\"no\"}}"}}"#)),
            (Some(4009), "no".into())
        );
        assert_eq!(error(&format!(r#"{{{e},"code":4009,"message":"no"}}"#)), (Some(4009), "no".into()));
        assert_eq!(error(&format!(r#"{{{e},"data":"plain"}}"#)), (None, "plain".into()));
        assert_eq!(error(&format!(r#"{{{e},"data":[1]}}"#)), (None, String::new()));
        assert_eq!(error(&format!("{{{e}}}")), (None, String::new()));
    }

    #[test]
    fn check_03_and_04_greetings_are_read_with_tolerance() {
        let greeting = |data: &Value| Greeting::parse(&Data::deserialize(data).unwrap());
        let seconds = |n| Some(Duration::from_secs(n));
        let id = |activity| Some(Greeting { socket_id: "1.2".into(), activity });
        assert_eq!(greeting(&json!(r#"{"socket_id":"1.2","activity_timeout":120}"#)), id(seconds(120)));
        assert_eq!(greeting(&json!({"socket_id": "1.2", "activity_timeout": 7})), id(seconds(7)));
        for odd in [json!(0), json!(-1), json!("120"), json!(1e300), Value::Null] {
            assert_eq!(greeting(&json!({"socket_id": "1.2", "activity_timeout": odd})), id(None));
        }
        assert_eq!(greeting(&json!({"activity_timeout": 120})), None);
        assert_eq!(greeting(&json!("no")), None);
    }

    #[test]
    fn check_55_frames_sent_have_the_documented_form() {
        assert_eq!(subscribe("a"), r#"{"event":"pusher:subscribe","data":{"channel":"a"}}"#);
        let data = Secret::new(r#"{"user_id": 1}"#);
        assert_eq!(
            subscribe_authorized("presence-a", &Secret::new("k:s"), Some(&data)).expose(),
            r#"{"event":"pusher:subscribe","data":{"channel":"presence-a","auth":"k:s","channel_data":"{\"user_id\": 1}"}}"#
        );
        assert_eq!(
            sign_in(&Secret::new("k:s"), &Secret::new("{}")),
            r#"{"event":"pusher:signin","data":{"auth":"k:s","user_data":"{}"}}"#
        );
        assert_eq!(unsubscribe("a"), r#"{"event":"pusher:unsubscribe","data":{"channel":"a"}}"#);
        assert_eq!(ping(), r#"{"event":"pusher:ping","data":{}}"#);
        assert_eq!(pong(), r#"{"event":"pusher:pong","data":{}}"#);
    }
}
