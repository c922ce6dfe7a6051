//! One native notification, from its display to its click.
//!
//! Linux: a click anywhere on it is the action `default`; the desktop decides how long it stays, and a click works as
//! long as the program runs. On Wayland the desktop may only announce the window in place of raising it, because
//! `notify-rust` does not pass on the necessary token. Windows: a click counts while the banner is shown; a later
//! click, in the notification centre, is not reported. macOS: the system itself brings the program to the front at a
//! click.

#[cfg(not(target_os = "windows"))]
use hotelmate_core::catalogue::say;
use hotelmate_core::views::Activity;
use tauri::{AppHandle, Emitter};
use tokio::sync::oneshot;

use super::PATIENCE;
use crate::window;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
pub(super) use linux::Desktop;
#[cfg(target_os = "macos")]
pub(super) use macos::Desktop;
#[cfg(target_os = "windows")]
pub(super) use windows::Desktop;

/// The event with the activity that the window has to open.
const OPEN: &str = "desk-open";

/// The signal that a notification is superseded. It is then removed, if the system can do that.
pub(super) type Supersede = oneshot::Sender<()>;

/// The content of a notification, and the activity that a click opens.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) activity: Option<Activity>,
}

/// Handles a click: the window comes to the front and opens the activity's entity.
fn opened(app: &AppHandle, activity: Option<&Activity>) {
    window::bring_to_front(app);
    if let Some(activity) = activity
        && let Err(error) = app.emit_to(window::MAIN, OPEN, activity)
    {
        tracing::warn!(%error, "the window did not hear of a click on a notification");
    }
}

#[cfg(not(target_os = "windows"))]
fn is_click(response: &notify_rust::NotificationResponse) -> bool {
    use notify_rust::NotificationResponse::{Action, Default};
    matches!(response, Default | Action(_))
}

#[cfg(not(target_os = "windows"))]
fn notification(title: &str) -> notify_rust::Notification {
    let mut notification = notify_rust::Notification::new();
    notification.appname(&say!("shell-name")).summary(title).icon("hotelmate-desk");
    notification
}
