//! The words for states in answers for people. In English they are the names in JSON, with spaces.

use hotelmate_core::catalogue::text;
use hotelmate_core::resources::OfferState;
use hotelmate_core::views::{FindingState, IntentState, LiveState, Pill, SyncMark};
use serde::Serialize;

use crate::text::word;

/// Returns the state of an offer; empty if it has none.
pub fn offer(state: Option<OfferState>) -> String {
    state.map_or_else(String::new, |state| text(&format!("deskctl-state-offer-{}", key(state)), &[]))
}

/// Returns the state of an entity's changes.
pub fn sync(mark: SyncMark) -> String {
    text(&format!("deskctl-state-sync-{}", key(mark)), &[])
}

/// Returns the state of an entry of the outbox.
pub fn entry(state: IntentState) -> String {
    text(&format!("deskctl-state-entry-{}", key(state)), &[])
}

/// Returns the result of a check.
pub fn finding(state: FindingState) -> String {
    text(&format!("deskctl-state-finding-{}", key(state)), &[])
}

/// Returns the state of the desk.
pub fn desk(pill: Pill) -> String {
    text(&format!("deskctl-state-desk-{}", key(pill)), &[])
}

/// Returns the state of the live connection.
pub fn live(state: LiveState) -> String {
    text(&format!("deskctl-state-live-{}", key(state)), &[])
}

fn key(state: impl Serialize) -> String {
    word(state).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_each_state_has_its_name_in_json() {
        for state in [OfferState::Live, OfferState::Scheduled, OfferState::Expired, OfferState::Hidden] {
            assert_eq!(offer(Some(state)), word(state));
        }
        for mark in [SyncMark::Saved, SyncMark::Waiting, SyncMark::Conflict, SyncMark::Attention] {
            assert_eq!(sync(mark), word(mark));
        }
        for state in [
            IntentState::Waiting,
            IntentState::InFlight,
            IntentState::Unclear,
            IntentState::Conflict,
            IntentState::Attention,
        ] {
            assert_eq!(entry(state), word(state));
        }
        for state in [FindingState::Ok, FindingState::Warning, FindingState::Failed, FindingState::Unknown] {
            assert_eq!(finding(state), word(state));
        }
        for pill in [
            Pill::Offline,
            Pill::Locked,
            Pill::SignInNeeded,
            Pill::Attention,
            Pill::Saving,
            Pill::Waiting,
            Pill::Unknown,
            Pill::Saved,
        ] {
            assert_eq!(desk(pill), word(pill));
        }
        for state in [LiveState::Off, LiveState::Connecting, LiveState::Live, LiveState::Refused] {
            assert_eq!(live(state), word(state));
        }
        assert_eq!(offer(None), "");
    }
}
