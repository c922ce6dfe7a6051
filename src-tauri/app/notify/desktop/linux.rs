//! The desktop's notification service on the session bus.

use hotelmate_core::catalogue::say;
use tauri::AppHandle;
use tokio::sync::oneshot;

use super::{PATIENCE, Shown, Supersede, is_click, notification, opened};

/// The desktop's notification service.
#[derive(Default)]
pub(in crate::notify) struct Desktop {
    /// Whether the service reads the text as markup. Asked once, because the call blocks while the service is frozen.
    markup: Markup,
}

#[derive(Default)]
enum Markup {
    #[default]
    Unknown,
    Asked(tokio::task::JoinHandle<bool>),
    Known(bool),
}

impl Desktop {
    /// Shows it, and returns when the desktop has accepted or refused it. A separate task waits for the click.
    pub(in crate::notify) async fn show(&mut self, app: &AppHandle, shown: Shown) -> Option<Supersede> {
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
                // Also after the sender was dropped.
                _ = superseded => {
                    let _ = tokio::time::timeout(PATIENCE, handle.close_async()).await;
                }
            }
            if clicked {
                opened(&app, shown.activity.as_ref());
            }
        });
        Some(supersede)
    }

    async fn raise(&mut self, shown: &Shown) -> notify_rust::error::Result<notify_rust::NotificationHandle> {
        let body = if self.reads_markup().await { escape(&shown.body) } else { shown.body.clone() };
        notification(&shown.title)
            .body(&body)
            .action("default", &say!("notification-open"))
            // The window plays the sounds.
            .hint(notify_rust::Hint::SuppressSound(true))
            .hint(notify_rust::Hint::DesktopEntry("HotelMate Desk".to_owned()))
            .show_async()
            .await
    }

    /// Returns whether the service reads markup. The query continues after the caller has given up, and is not
    /// repeated.
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

/// Escapes the text. The service may read it as markup, and the texts of colleagues and guests must not become links or
/// pictures.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleagues_words_never_become_markup() {
        assert_eq!(escape("<b>Tea & cake</b>"), "&lt;b&gt;Tea &amp; cake&lt;/b&gt;");
    }
}
