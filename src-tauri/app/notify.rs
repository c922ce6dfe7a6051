//! Native notifications for what colleagues do while the window is not in front.
//!
//! A frozen notification service hangs its callers, so the calls are made apart from everything else, one at a time,
//! and what comes meanwhile is told together afterwards.

use std::time::Duration;

use hotelmate_core::desk::views::Fact;
use notify_rust::Notification;
use tauri::AppHandle;
use tokio::sync::mpsc;

/// After this time the service counts as frozen.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many facts wait for a frozen service; later ones are only in the list of facts.
const BACKLOG: usize = 64;

/// How many sentences one notification holds.
const SENTENCES: usize = 4;

/// Starts the teller; [`tell`] gives it its facts.
pub(crate) fn start(app: &AppHandle) -> mpsc::Sender<Fact> {
    let (sender, receiver) = mpsc::channel(BACKLOG);
    tauri::async_runtime::spawn(tell_all(app.config().identifier.clone(), receiver));
    sender
}

/// Tells a fact on the desktop, as soon as the service takes it.
pub(crate) fn tell(teller: &mpsc::Sender<Fact>, fact: &Fact) {
    if teller.try_send(fact.clone()).is_err() {
        tracing::warn!(fact = fact.id, "the desktop takes no notifications; this one is only in the list");
    }
}

async fn tell_all(identifier: String, mut facts: mpsc::Receiver<Fact>) {
    let mut together = Vec::new();
    while facts.recv_many(&mut together, BACKLOG).await > 0 {
        let (title, body) = words(&together);
        together.clear();
        let identifier = identifier.clone();
        let mut showing = tokio::task::spawn_blocking(move || show(&identifier, &title, &body));
        let shown = match tokio::time::timeout(PATIENCE, &mut showing).await {
            Ok(shown) => shown,
            Err(_) => {
                tracing::warn!(
                    "the desktop's notification service does not answer; notifications wait for it"
                );
                showing.await
            }
        };
        if let Ok(Err(error)) = shown {
            tracing::info!(%error, "no native notification");
        }
    }
}

/// Title and text for facts that are told together.
fn words(facts: &[Fact]) -> (String, String) {
    let mut lines: Vec<&str> = facts.iter().take(SENTENCES).map(|fact| fact.text.as_str()).collect();
    let rest = facts.len().saturating_sub(SENTENCES);
    let more = format!("and {rest} more");
    if rest > 0 {
        lines.push(&more);
    }
    ("HotelMate Desk".to_owned(), lines.join("\n"))
}

fn show(identifier: &str, title: &str, body: &str) -> notify_rust::error::Result<()> {
    let mut notification = Notification::new();
    notification.appname("HotelMate Desk").summary(title).icon("hotelmate-desk");
    platform(&mut notification, identifier, body);
    notification.show().map(drop)
}

/// The body may be read as markup here, and colleagues' words must not become links or pictures.
#[cfg(target_os = "linux")]
fn platform(notification: &mut Notification, _identifier: &str, body: &str) {
    let is_markup =
        notify_rust::get_capabilities().is_ok_and(|can| can.iter().any(|one| one == "body-markup"));
    notification.body(&if is_markup { escape(body) } else { body.to_owned() });
}

#[cfg(target_os = "windows")]
fn platform(notification: &mut Notification, identifier: &str, body: &str) {
    notification.body(body);
    // Windows shows nothing for an identity that no installed shortcut has; a program that is run from its build
    // folder borrows the default one.
    if !cfg!(debug_assertions) {
        notification.app_id(identifier);
    }
}

#[cfg(target_os = "macos")]
fn platform(notification: &mut Notification, identifier: &str, body: &str) {
    notification.body(body);
    if let Err(error) = notify_rust::set_application(identifier) {
        tracing::debug!(%error, "notifications appear under another program's name");
    }
}

#[cfg(target_os = "linux")]
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use hotelmate_core::desk::views::FactKind;

    use super::*;

    fn fact(text: &str) -> Fact {
        let at = "2026-11-01T09:00:00Z".parse().unwrap();
        Fact { id: 1, kind: FactKind::OfferUpdated, text: text.to_owned(), offer: None, at }
    }

    #[test]
    fn many_facts_become_one_notification_that_counts_the_rest() {
        let facts: Vec<Fact> = (1..=6).map(|n| fact(&format!("Fact {n}."))).collect();
        assert_eq!(words(&facts).1, "Fact 1.\nFact 2.\nFact 3.\nFact 4.\nand 2 more");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_colleagues_words_never_become_markup() {
        assert_eq!(escape("<b>Tea & cake</b>"), "&lt;b&gt;Tea &amp; cake&lt;/b&gt;");
    }
}
