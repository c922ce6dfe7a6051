//! The change feed: passes the core's changes to the window, the tray and the notifications.

use hotelmate_core::desk::Desk;
use hotelmate_core::views::Change;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::notify::Notifier;
use crate::shell::Shell;
use crate::{notify, outside, window};

/// The event that carries a [`Change`] to the window.
const EVENT: &str = "desk-change";

/// Starts to listen at once, and continues until the desk is closed.
pub(crate) fn start(app: &AppHandle, desk: &Desk) {
    let changes = desk.changes();
    let notifier = notify::start(app, desk);
    window::show_theme(app, desk.settings().value("theme"));
    tauri::async_runtime::spawn(outside::keep_true(app.clone(), desk.clone()));
    tauri::async_runtime::spawn(pass_on_all(app.clone(), desk.clone(), changes, notifier));
}

async fn pass_on_all(app: AppHandle, desk: Desk, mut changes: Receiver<Change>, notifier: Notifier) {
    loop {
        match changes.recv().await {
            Ok(change) => {
                // Before the window gets it: the state of the window at the activity's arrival decides about a
                // notification.
                match &change {
                    Change::Activity { activity } => notifier.notify(activity).await,
                    Change::Session => notifier.session_changed(),
                    Change::Settings => window::show_theme(&app, desk.settings().value("theme")),
                    _ => {}
                }
                pass_on(&app, change);
            }
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(
                    missed,
                    "the window was too slow for the change feed; it asks for everything again"
                );
                notifier.session_changed();
                window::show_theme(&app, desk.settings().value("theme"));
                anything_may_have_changed().for_each(|change| pass_on(&app, change));
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn pass_on(app: &AppHandle, change: Change) {
    if let Change::Status
    | Change::Notifications
    | Change::Session
    | Change::People
    | Change::Duty
    | Change::Settings = &change
    {
        app.state::<Shell>().status_changed.notify_one();
    }
    if let Err(error) = app.emit_to(window::MAIN, EVENT, change) {
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
        assert_eq!((changes.len(), different), (16, true), "each of them once");
    }
}
