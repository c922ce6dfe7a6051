//! The change feed: passes the core's changes to the window, the tray and the notifications.

use hotelmate_core::desk::Desk;
use hotelmate_core::views::Change;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::notify::Notifier;
use crate::shell::Shell;
use crate::{notify, outside, window};

/// The event that carries [`Change`]s to the window.
const EVENT: &str = "desk-change";

/// The largest number of changes that the window gets together.
const TOGETHER: usize = 256;

/// Starts to listen at once, and continues until the desk is closed.
pub(crate) fn start(app: &AppHandle, desk: &Desk) {
    let changes = desk.changes();
    let notifier = notify::start(app, desk);
    window::show_theme(app, desk.settings().value("theme"));
    tauri::async_runtime::spawn(outside::keep_true(app.clone(), desk.clone()));
    tauri::async_runtime::spawn(pass_on_all(app.clone(), desk.clone(), changes, notifier));
}

async fn pass_on_all(app: AppHandle, desk: Desk, mut changes: Receiver<Change>, notifier: Notifier) {
    while let Some((mut together, missed)) = next_changes(&mut changes).await {
        if missed {
            tracing::warn!("the window was too slow for the change feed; it asks for everything again");
            together.retain(|change| !anything_may_have_changed().any(|again| again == *change));
            together.extend(anything_may_have_changed());
        }
        // Once for all of them, since the answer needs the main thread and the database. Before the window gets them,
        // since the state of the window at their arrival decides.
        let is_activity = |change: &Change| matches!(change, Change::Activity { .. });
        let notifies = together.iter().any(is_activity) && notifier.is_wanted().await;
        for change in &together {
            match change {
                Change::Activity { activity } if notifies => notifier.notify(activity),
                Change::Session => notifier.session_changed(),
                Change::Settings => window::show_theme(&app, desk.settings().value("theme")),
                _ => {}
            }
        }
        pass_on(&app, &together);
    }
}

/// Waits for a change, and returns those that are there together, each once, and whether some were missed. Returns
/// `None` once the desk is closed. A burst of a thousand events must not make thousands of messages to the window.
async fn next_changes(changes: &mut Receiver<Change>) -> Option<(Vec<Change>, bool)> {
    let first = match changes.recv().await {
        Ok(change) => Some(change),
        Err(RecvError::Lagged(_)) => None,
        Err(RecvError::Closed) => return None,
    };
    let mut missed = first.is_none();
    let mut together = Vec::from_iter(first);
    while together.len() < TOGETHER {
        match changes.try_recv() {
            Ok(change) if together.contains(&change) => {}
            Ok(change) => together.push(change),
            Err(TryRecvError::Lagged(_)) => missed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    Some((together, missed))
}

fn pass_on(app: &AppHandle, changes: &[Change]) {
    let is_outside = |change: &Change| {
        matches!(
            change,
            Change::Status
                | Change::History
                | Change::Notifications
                | Change::Session
                | Change::People
                | Change::Duty
                | Change::Settings
        )
    };
    if changes.iter().any(is_outside) {
        app.state::<Shell>().status_changed.notify_one();
    }
    if let Err(error) = app.emit_to(window::MAIN, EVENT, changes) {
        tracing::warn!(%error, "the window did not hear of a change");
    }
}

/// Returns the changes that replace missed ones: everything that screens can read again. Moments are not repeated:
/// missed activities are in the history, missed events in the event log.
fn anything_may_have_changed() -> impl Iterator<Item = Change> {
    [Change::Session, Change::People, Change::Settings, Change::Diagnosis]
        .into_iter()
        .chain(Change::in_database())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::broadcast;

    #[tokio::test]
    async fn changes_that_are_there_go_together_and_each_once() {
        let (feed, mut changes) = broadcast::channel(8);
        for change in [Change::Status, Change::Outbox, Change::Status, Change::Live { seq: 1 }] {
            feed.send(change).unwrap();
        }
        let (together, missed) = next_changes(&mut changes).await.unwrap();
        assert_eq!(together, [Change::Status, Change::Outbox, Change::Live { seq: 1 }]);
        assert!(!missed);
        drop(feed);
        assert!(next_changes(&mut changes).await.is_none());
    }

    #[tokio::test]
    async fn missed_changes_are_noticed() {
        let (feed, mut changes) = broadcast::channel(2);
        for seq in 1..=3 {
            feed.send(Change::Live { seq }).unwrap();
        }
        let (together, missed) = next_changes(&mut changes).await.unwrap();
        assert_eq!(together, [Change::Live { seq: 2 }, Change::Live { seq: 3 }]);
        assert!(missed);
    }

    /// Returns true if screens can read the data again. A new kind of change has to be added here, and above.
    fn can_be_asked_for_again(change: &Change) -> bool {
        match change {
            Change::Entities { .. }
            | Change::Capabilities
            | Change::Outbox
            | Change::Drafts
            | Change::Duty
            | Change::Status
            | Change::Session
            | Change::People
            | Change::History
            | Change::Notifications
            | Change::Settings
            | Change::Diagnosis => true,
            Change::Activity { .. }
            | Change::Live { .. }
            | Change::Upload { .. }
            | Change::Preparing { .. } => false,
        }
    }

    #[test]
    fn after_missed_changes_everything_that_can_be_asked_for_again_is() {
        let changes: Vec<Change> = anything_may_have_changed().collect();
        assert!(changes.iter().all(can_be_asked_for_again));
        let different = changes.iter().enumerate().all(|(n, change)| !changes[..n].contains(change));
        assert_eq!((changes.len(), different), (17, true), "each of them once");
    }
}
