//! The person's choices before a sign-out, and the results.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The treatment of waiting intents at sign-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum SignOutChoice {
    /// Refuse the sign-out if anything waits.
    IfNothingWaits,
    /// Keep them for the next sign-in.
    Keep,
    /// Discard them.
    Discard,
}

/// A file with the waiting intents, for another person or program.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExportedFile {
    /// Its full path.
    pub file: String,
    /// The number of entries in it.
    pub entries: u32,
}

crate::private::hides!(ExportedFile { entries; file });

/// The result of sending everything before a sign-out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SendReport {
    /// The number of intents that have not reached the hotel, including one about the clock.
    pub left: u32,
    /// The reason, in one sentence; empty if nothing is left.
    pub reason: String,
}

crate::private::hides!(SendReport { left; reason });
