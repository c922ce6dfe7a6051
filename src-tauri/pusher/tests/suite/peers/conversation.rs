//! `peers/conversation.json` as types.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Returns the folder of the files that are shared with other clients.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers")
}

pub fn file() -> PathBuf {
    folder().join("conversation.json")
}

#[derive(Debug, Deserialize)]
pub struct Conversation {
    pub scenes: Vec<Scene>,
}

impl Conversation {
    pub fn read() -> Self {
        serde_json::from_str(&std::fs::read_to_string(file()).unwrap()).unwrap()
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Scene {
    pub name: String,
    pub subscribe: Vec<String>,
    /// The answers of the program's server about each channel.
    #[serde(default)]
    pub authorize: BTreeMap<String, Vec<Value>>,
    pub sign_in: Option<SignIn>,
    #[serde(default)]
    pub ends: Ends,
    /// The server's steps on the first connection, the second, and so on.
    pub connections: Vec<Vec<Step>>,
}

/// The user to be signed in, and the answer of the program's server.
#[derive(Debug, Clone, Deserialize)]
pub struct SignIn {
    pub user: String,
    pub answers: Vec<Value>,
}

/// The sign by which a client knows that a scene is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// An event on the channel `stage`.
    #[default]
    Said,
    /// An event `scene-over` among its steps.
    Itself,
    /// The end of its connection.
    Closed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Step {
    Greet {
        #[serde(deserialize_with = "Option::deserialize")]
        greet: Option<Value>,
    },
    Confirm {
        confirm: String,
        #[serde(default, deserialize_with = "present")]
        with: Option<Value>,
    },
    Send {
        send: Value,
    },
    Text {
        text: String,
    },
    Binary {
        binary: Vec<u8>,
    },
    Expect {
        expect: String,
    },
    Close {
        #[serde(deserialize_with = "Option::deserialize")]
        close: Option<u16>,
        #[serde(default)]
        reason: String,
    },
}

/// Distinguishes `null` from a missing field.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
