//! What a person chooses, and is told, before they sign out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happens to waiting intents at sign-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SignOutChoice {
    /// Refuse when anything waits.
    IfNothingWaits,
    /// Keep them for my next sign-in.
    Keep,
    /// Throw them away.
    Discard,
}

/// A file with what waits, for another person or program.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExportedFile {
    /// Its full name.
    pub file: String,
    /// How many entries are in it.
    pub entries: u32,
}

crate::private::hides!(ExportedFile { entries; file });

/// What came of sending everything before a sign-out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SendReport {
    /// What has still not reached the hotel, an intent about the clock included.
    pub left: u32,
    /// Why, in one sentence; empty when nothing is left.
    pub reason: String,
}

crate::private::hides!(SendReport { left; reason });
