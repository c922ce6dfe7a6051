//! The feed of one account's changes.
//!
//! Several accounts can be open on a desk, and screens show at most one. The changes of the shown account go to the
//! screens. Of the others, screens get only [`Change::People`], which names no account and carries no data, so a screen
//! cannot take one person's change for another's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::broadcast;

use crate::views::Change;

/// The feed of one account. Clones share it.
#[derive(Clone)]
pub struct Feed {
    screens: broadcast::Sender<Change>,
    is_shown: Arc<AtomicBool>,
}

impl Feed {
    /// Makes the feed of an account that is not shown yet.
    pub fn hidden(screens: broadcast::Sender<Change>) -> Self {
        Self { screens, is_shown: Arc::default() }
    }

    /// Shows or hides the account.
    pub fn show(&self, is_shown: bool) {
        self.is_shown.store(is_shown, Ordering::SeqCst);
    }

    /// Sends a change to the screens. A feed without a receiver is not an error.
    pub fn send(&self, change: Change) {
        if self.is_shown.load(Ordering::SeqCst) {
            let _ = self.screens.send(change);
        } else if changes_counts(&change) {
            let _ = self.screens.send(Change::People);
        }
    }
}

/// The feed of the only account of a program.
impl From<broadcast::Sender<Change>> for Feed {
    fn from(screens: broadcast::Sender<Change>) -> Self {
        let feed = Self::hidden(screens);
        feed.show(true);
        feed
    }
}

/// Returns true if the change can change the counts that are shown of a person in the background.
fn changes_counts(change: &Change) -> bool {
    matches!(
        change,
        Change::Outbox | Change::Duty | Change::Status | Change::History | Change::Activity { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hidden_account_screens_learn_only_that_a_count_may_have_changed() {
        let (screens, mut changes) = broadcast::channel(8);
        let feed = Feed::hidden(screens);
        feed.send(Change::Drafts);
        feed.send(Change::Outbox);
        assert_eq!(changes.try_recv().unwrap(), Change::People);
        assert!(changes.try_recv().is_err());
        feed.show(true);
        feed.send(Change::Outbox);
        assert_eq!(changes.try_recv().unwrap(), Change::Outbox);
    }
}
