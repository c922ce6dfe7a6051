//! The change feed: what the core changed, told to the window, the tray and the notifications.

use hotelmate_core::desk::Desk;
use hotelmate_core::desk::views::{Change, Fact};
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use crate::shell::Shell;
use crate::{notify, tray, window};

/// The event that carries a [`Change`] to the window.
const EVENT: &str = "desk-change";

/// Begins to listen at once, and goes on until the desk is closed.
pub(crate) fn start(app: &AppHandle, desk: &Desk) {
    let changes = desk.changes();
    let notices = notify::start(app);
    tauri::async_runtime::spawn(tray::show_status(app.clone(), desk.clone()));
    tauri::async_runtime::spawn(pass_on_all(app.clone(), changes, notices));
}

async fn pass_on_all(app: AppHandle, mut changes: Receiver<Change>, notices: mpsc::Sender<Fact>) {
    loop {
        match changes.recv().await {
            Ok(change) => pass_on(&app, &notices, change),
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(
                    missed,
                    "the window was too slow for the change feed; it asks for everything again"
                );
                anything_may_have_changed().into_iter().for_each(|change| pass_on(&app, &notices, change));
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn pass_on(app: &AppHandle, notices: &mpsc::Sender<Fact>, change: Change) {
    match &change {
        Change::Status => app.state::<Shell>().status_changed.notify_one(),
        Change::Fact { fact } if !window::is_in_front(app) => notify::tell(notices, fact),
        _ => {}
    }
    if let Err(error) = app.emit_to(window::MAIN, EVENT, change) {
        tracing::warn!(%error, "the window did not hear of a change");
    }
}

/// What stands for changes that were missed: every list is asked for again. Missed facts are not repeated as
/// toasts; they are in the list of facts.
fn anything_may_have_changed() -> [Change; 5] {
    [Change::Session, Change::Status, Change::Offers { ids: None }, Change::Outbox, Change::Duty]
}
