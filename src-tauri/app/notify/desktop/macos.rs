//! The notification centre of macOS.

use notify_rust::{Notification, NotificationResponse};
use tauri::AppHandle;
use tokio::sync::oneshot;

use super::{PATIENCE, Shown, Supersede, is_click, notification, opened};

/// The system's notification centre.
#[derive(Default)]
pub(in crate::notify) struct Desktop;

impl Desktop {
    /// Shows it on a thread of its own, which waits for the click. Without a named sound a notification is silent here.
    pub(in crate::notify) async fn show(&mut self, app: &AppHandle, shown: Shown) -> Option<Supersede> {
        use std::sync::atomic::{AtomicUsize, Ordering};

        /// Limit of threads that wait for a click; a click on further notifications opens nothing.
        const WAITING: usize = 4;
        static WAITS: AtomicUsize = AtomicUsize::new(0);

        let mut notification = notification(&shown.title);
        notification.body(&shown.body);
        own_identity(&mut notification, &app.config().identifier);
        let app = app.clone();
        let (taken, known) = oneshot::channel();
        let waiter = std::thread::Builder::new().name("notification".to_owned()).spawn(move || {
            let shows = notification.show();
            let _ = taken.send(shows.as_ref().err().map(ToString::to_string));
            let Ok(handle) = shows else { return };
            if WAITS.fetch_add(1, Ordering::Relaxed) < WAITING {
                let mut clicked = false;
                let heard =
                    handle.wait_for_response(|response: &NotificationResponse| clicked = is_click(response));
                match heard {
                    Ok(()) if clicked => opened(&app, shown.activity.as_ref()),
                    Ok(()) => {}
                    // macOS shows or refuses it only now.
                    Err(error) => tracing::info!(%error, "no native notification"),
                }
            }
            WAITS.fetch_sub(1, Ordering::Relaxed);
        });
        match (waiter, tokio::time::timeout(PATIENCE, known).await) {
            (Ok(_), Ok(Ok(None))) => {}
            (Ok(_), Ok(Ok(Some(error)))) => tracing::info!(error, "no native notification"),
            _ => tracing::warn!("the system takes no notifications; this is only in the list"),
        }
        // The system cannot remove a notification.
        None
    }
}

fn own_identity(_notification: &mut Notification, identifier: &str) {
    if let Err(error) = notify_rust::set_application(identifier) {
        tracing::debug!(%error, "notifications appear under another program's name");
    }
}
