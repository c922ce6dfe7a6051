//! Typed ids: a server's number, a local key and a picture's hash cannot be confused.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The local key of an entity. It never changes: it exists before the server knows the entity, and intents name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export, type = "string")]
#[serde(transparent)]
pub struct LocalId(pub Uuid);

impl LocalId {
    /// Returns the key of a part of an entity that the server names: always the same key for the same name.
    pub fn of_part(self, name: &str) -> Self {
        use sha2::{Digest, Sha256};
        let digest = Sha256::new().chain_update(self.0.as_bytes()).chain_update(name).finalize();
        Self(Uuid::from_bytes(std::array::from_fn(|index| digest[index])))
    }
}

/// The key of one intent in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export, type = "string")]
#[serde(transparent)]
pub struct IntentId(pub Uuid);

/// The key of one editor's draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export, type = "string")]
#[serde(transparent)]
pub struct DraftId(pub Uuid);

/// The key of one move of an account to another computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MoveId(pub Uuid);

/// The hotel server's number for an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export, type = "number")]
#[serde(transparent)]
pub struct ServerId(pub i64);

/// SHA-256 of a picture's bytes, in 64 lower-case hex digits: the picture's name in the cache.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[ts(export, type = "string")]
#[serde(transparent)]
pub struct MediaHash(String);

impl MediaHash {
    /// Returns the hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(bytes);
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Returns the 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The error for a text that is not 64 lower-case hex digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a picture's hash: 64 lower-case hex digits are expected")]
pub struct NotAHash;

impl FromStr for MediaHash {
    type Err = NotAHash;

    /// Strict on purpose: the text becomes a file name in the cache, so only hex digits may pass.
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(hex) { Ok(Self(text.to_owned())) } else { Err(NotAHash) }
    }
}

impl<'de> Deserialize<'de> for MediaHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! shown_as_inner {
    ($($id:ident),*) => {$(
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
shown_as_inner!(LocalId, IntentId, DraftId, MoveId, ServerId, MediaHash);

macro_rules! random_uuid {
    ($($id:ident),*) => {$(
        impl $id {
            /// Makes a key from 16 random bytes. They are passed in so that a test can repeat a run.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl FromStr for $id {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}
random_uuid!(LocalId, IntentId, DraftId, MoveId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_refuses_everything_that_could_be_a_path() {
        let good = MediaHash::of(b"picture");
        assert_eq!(good.as_str().parse::<MediaHash>(), Ok(good.clone()));
        for bad in ["", "../../etc/passwd", &good.as_str()[1..], &good.as_str().to_uppercase()] {
            assert_eq!(bad.parse::<MediaHash>(), Err(NotAHash), "{bad}");
        }
    }
}
