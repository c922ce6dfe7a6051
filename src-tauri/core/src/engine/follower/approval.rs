//! A manager's decisions about the person's clock logs, which come over a channel of their own (contract.md 9.3).

use super::{Follower, Need};
use crate::resources::DutyNotice;
use crate::store::Tx;
use crate::store::meta::{self, Key};
use crate::views::{Change, EventOutcome};

impl Follower {
    /// Reads the own clock again after a decision, and returns the outcome. An approval removes the notice that one may
    /// be needed. Its content is not used: the channel is public.
    pub(super) async fn take_decision(&self, name: &str) -> EventOutcome {
        let is_approval = match name {
            "clocklog-approved" => true,
            "clocklog-rejected" => false,
            _ => return EventOutcome::Unknown,
        };
        self.reader.need(Need::Me);
        let needs_none = |tx: &mut Tx<'_>| {
            if meta::get(tx, Key::DutyNotice)? == Some(DutyNotice::NeedsApproval) {
                meta::clear(tx, Key::DutyNotice)?;
                tx.changed(Change::Duty);
            }
            Ok(())
        };
        match is_approval {
            true => match self.store.write(needs_none).await {
                Ok(()) => EventOutcome::Applied,
                Err(error) => {
                    tracing::warn!(%error, "an approval could not be stored");
                    EventOutcome::Unreadable
                }
            },
            false => EventOutcome::Applied,
        }
    }
}
