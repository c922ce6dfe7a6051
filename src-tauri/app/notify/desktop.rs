//! One native notification, from its showing to its click.
//!
//! Linux: a click anywhere on it is the action `default`; how long the desktop keeps it is the desktop's matter, and
//! a click works as long as the program runs. On Wayland the desktop may only announce the window in place of raising it:
//! the token that would allow it is not passed on by `notify-rust`. Windows: a click counts while the banner is shown; later,
//! in the notification centre, nobody is told. macOS: the system itself brings the program to the front at a click.

use hotelmate_core::desk::views::Fact;
use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Emitter};
use tokio::sync::oneshot;

use super::PATIENCE;
use crate::window;

/// The event that tells the window what to open.
const OPEN: &str = "desk-open";

/// Says that a notification is superseded: it is taken away, where the system can do that.
pub(super) type Supersede = oneshot::Sender<()>;

/// The desktop's notification service.
#[derive(Default)]
pub(super) struct Desktop {
    /// Whether it reads the text as markup: asked once, by a call that blocks for as long as the service is frozen.
    #[cfg(target_os = "linux")]
    markup: Markup,
}

#[cfg(target_os = "linux")]
#[derive(Default)]
enum Markup {
    #[default]
    Unknown,
    Asked(tokio::task::JoinHandle<bool>),
    Known(bool),
}

/// What is shown, and what a click on it opens.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) fact: Option<Fact>,
}

/// A click: the window comes to the front and opens what the fact is about.
fn opened(app: &AppHandle, fact: Option<&Fact>) {
    window::bring_to_front(app);
    if let Some(fact) = fact
        && let Err(error) = app.emit_to(window::MAIN, OPEN, fact)
    {
        tracing::warn!(%error, "the window did not hear of a click on a notification");
    }
}

fn is_click(response: &NotificationResponse) -> bool {
    matches!(response, NotificationResponse::Default | NotificationResponse::Action(_))
}

fn notification(title: &str) -> Notification {
    let mut notification = Notification::new();
    notification.appname("HotelMate Desk").summary(title).icon("hotelmate-desk");
    notification
}

#[cfg(target_os = "linux")]
impl Desktop {
    /// Shows it and returns once the desktop has it, or does not take it; the click is waited for beside.
    pub(super) async fn show(&mut self, app: &AppHandle, shown: Shown) -> Option<Supersede> {
        let (supersede, superseded) = oneshot::channel();
        let handle = match tokio::time::timeout(PATIENCE, self.raise(&shown)).await {
            Ok(Ok(handle)) => handle,
            Ok(Err(error)) => {
                tracing::info!(%error, "no native notification");
                return None;
            }
            Err(_) => {
                tracing::warn!(
                    "the desktop's notification service does not answer; this is only in the list"
                );
                return None;
            }
        };
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let mut clicked = false;
            tokio::select! {
                () = handle.wait_for_action_async(|response| clicked = is_click(response)) => {}
                // Also when whoever holds the other end is gone.
                _ = superseded => {
                    let _ = tokio::time::timeout(PATIENCE, handle.close_async()).await;
                }
            }
            if clicked {
                opened(&app, shown.fact.as_ref());
            }
        });
        Some(supersede)
    }

    async fn raise(&mut self, shown: &Shown) -> notify_rust::error::Result<notify_rust::NotificationHandle> {
        let body = if self.reads_markup().await { escape(&shown.body) } else { shown.body.clone() };
        notification(&shown.title)
            .body(&body)
            .action("default", "Open")
            // Sounds are the window's matter.
            .hint(notify_rust::Hint::SuppressSound(true))
            .hint(notify_rust::Hint::DesktopEntry("HotelMate Desk".to_owned()))
            .show_async()
            .await
    }

    /// Given up by the caller, the question goes on, and is not put a second time.
    async fn reads_markup(&mut self) -> bool {
        let is_markup = |can: Vec<String>| can.iter().any(|one| one == "body-markup");
        let ask = move || notify_rust::get_capabilities().is_ok_and(is_markup);
        if let Markup::Unknown = self.markup {
            self.markup = Markup::Asked(tokio::task::spawn_blocking(ask));
        }
        match &mut self.markup {
            Markup::Asked(asked) => {
                let known = asked.await.unwrap_or(true);
                self.markup = Markup::Known(known);
                known
            }
            Markup::Known(known) => *known,
            Markup::Unknown => true,
        }
    }
}

/// The body may be read as markup here, and what colleagues and guests write must not become links or pictures.
#[cfg(target_os = "linux")]
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(not(target_os = "linux"))]
impl Desktop {
    /// Shows it on a thread of its own, which waits for the click. Without a sound of its name a notification is silent
    /// here.
    pub(super) async fn show(&mut self, app: &AppHandle, shown: Shown) -> Option<Supersede> {
        use std::sync::atomic::{AtomicUsize, Ordering};

        /// Threads that wait for a click; a click on what is shown beyond them opens nothing.
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
                    Ok(()) if clicked => opened(&app, shown.fact.as_ref()),
                    Ok(()) => {}
                    // On macOS it is only now that it is shown, or refused.
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
        // Neither system takes one away again.
        None
    }
}

#[cfg(target_os = "windows")]
fn own_identity(notification: &mut Notification, identifier: &str) {
    // Windows shows nothing for an identity that no installed shortcut has; a program that is run from its build
    // folder borrows the default one.
    if !cfg!(debug_assertions) {
        notification.app_id(identifier);
    }
}

#[cfg(target_os = "macos")]
fn own_identity(_notification: &mut Notification, identifier: &str) {
    if let Err(error) = notify_rust::set_application(identifier) {
        tracing::debug!(%error, "notifications appear under another program's name");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_colleagues_words_never_become_markup() {
        assert_eq!(escape("<b>Tea & cake</b>"), "&lt;b&gt;Tea &amp; cake&lt;/b&gt;");
    }
}
