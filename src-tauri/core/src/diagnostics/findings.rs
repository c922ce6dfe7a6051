//! Builds findings: a state, a sentence, a way out.

use crate::catalogue::say;
use crate::error::DeskError;
use crate::views::{Check, Detail, Finding, FindingState};

impl Check {
    /// All checks, in the order in which a person would work through them.
    pub const ALL: [Self; 15] = [
        Self::NameResolution,
        Self::Tls,
        Self::Server,
        Self::ServerClock,
        Self::SignIn,
        Self::Lists,
        Self::LiveNameResolution,
        Self::LiveTls,
        Self::Socket,
        Self::Channels,
        Self::Chat,
        Self::Latency,
        Self::Outbox,
        Self::Database,
        Self::Cache,
    ];
}

impl Finding {
    fn new(check: Check, state: FindingState, text: impl Into<String>) -> Self {
        Self { check, state, text: text.into(), way_out: None, details: Vec::new() }
    }

    pub(super) fn ok(check: Check, text: impl Into<String>) -> Self {
        Self::new(check, FindingState::Ok, text)
    }

    pub(super) fn warning(check: Check, text: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { way_out: Some(way_out.into()), ..Self::new(check, FindingState::Warning, text) }
    }

    pub(super) fn failed(check: Check, text: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { way_out: Some(way_out.into()), ..Self::new(check, FindingState::Failed, text) }
    }

    /// Creates a finding of a check that was not made, with the reason.
    pub(super) fn unknown(check: Check, text: impl Into<String>) -> Self {
        Self::new(check, FindingState::Unknown, text)
    }

    /// Creates a failed finding with the text of this error.
    pub(super) fn error(check: Check, error: impl Into<DeskError>) -> Self {
        let error = error.into();
        Self::failed(check, error.message, error.way_out)
    }

    pub(super) fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.details.push(Detail { name: name.into(), value: value.to_string() });
        self
    }

    /// Adds a detail, if it has a value.
    pub(super) fn with_some(self, name: impl Into<String>, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.state == FindingState::Failed
    }
}

/// Formats a duration for people: `4 minutes`.
pub(super) fn in_words(milliseconds: u64) -> String {
    let seconds = milliseconds.saturating_add(500) / 1000;
    match seconds {
        0..=119 => say!("doctor-seconds", count = seconds),
        120..=7199 => say!("doctor-minutes", count = (seconds + 30) / 60),
        7200..=172_799 => say!("doctor-hours", count = (seconds + 1800) / 3600),
        _ => say!("doctor-days", count = (seconds + 43_200) / 86_400),
    }
}

/// Formats a number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=1_048_575 => format!("{} kB", bytes.div_ceil(1024)),
        1_048_576..=10_737_418_239 => format!("{} MB", bytes >> 20),
        _ => format!("{} GB", bytes >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_the_unit_in_which_a_person_thinks_of_it() {
        let said = [0, 1000, 59_400, 239_700, 7_200_000, 172_800_000].map(in_words);
        assert_eq!(said, ["0 seconds", "1 second", "59 seconds", "4 minutes", "2 hours", "2 days"]);
    }
}
