//! Native notifications for activities of colleagues and guests while the window is not in front.
//!
//! The window in front shows activities itself; during do-not-disturb they are only in the history. A frozen
//! notification service blocks its callers, so one separate task makes the calls, one at a time.

mod desktop;
mod gathering;

use std::collections::VecDeque;
use std::time::Duration;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::Activity;
use tauri::AppHandle;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::window;
use desktop::{Desktop, Shown, Supersede};
use gathering::{Bundle, Gathering};

/// Time after which the service counts as frozen.
const PATIENCE: Duration = Duration::from_secs(5);

/// Limit of activities that wait for a frozen service; later ones are only in the history.
const BACKLOG: usize = 1024;

/// Limit of sentences in one notification.
const SENTENCES: usize = 4;

/// Limit of notifications on the desktop: older ones are removed.
const STANDING: usize = 3;

/// The input of the notification task, in order.
enum Notice {
    Activity(Activity),
    /// A person has signed in or out.
    Session,
}

/// The sender to the notification task.
pub(crate) struct Notifier {
    app: AppHandle,
    desk: Desk,
    notices: mpsc::Sender<Notice>,
}

/// Starts the notification task.
pub(crate) fn start(app: &AppHandle, desk: &Desk) -> Notifier {
    let (notices, receiver) = mpsc::channel(BACKLOG);
    tauri::async_runtime::spawn(notify_all(app.clone(), desk.clone(), receiver));
    Notifier { app: app.clone(), desk: desk.clone(), notices }
}

impl Notifier {
    /// Returns true if activities that arrive now belong on the desktop: not while the window is in front, which shows
    /// them itself, and not during do-not-disturb, even if that ends before a notification would be shown.
    pub(crate) async fn is_wanted(&self) -> bool {
        !window::is_in_front(&self.app) && !wants_quiet(&self.desk).await
    }

    /// Shows an activity on the desktop, soon.
    pub(crate) fn notify(&self, activity: &Activity) {
        if self.notices.try_send(Notice::Activity(activity.clone())).is_err() {
            tracing::warn!(
                activity = activity.id,
                "the desktop takes no notifications; this one is only in the list"
            );
        }
    }

    /// Removes shown and waiting notifications after a sign-in or sign-out: they are not for the next person.
    pub(crate) fn session_changed(&self) {
        // If the queue is full, the task notices the change before the next notification.
        let _ = self.notices.try_send(Notice::Session);
    }
}

async fn notify_all(app: AppHandle, desk: Desk, mut notices: mpsc::Receiver<Notice>) {
    let mut gathering = Gathering::default();
    let mut desktop = Desktop::default();
    let mut standing: VecDeque<Supersede> = VecDeque::new();
    let mut whose = who(&desk).await;
    loop {
        let due = gathering.due();
        tokio::select! {
            notices = notices.recv() => match notices {
                Some(Notice::Activity(activity)) => gathering.add(activity, Instant::now()),
                Some(Notice::Session) => {
                    let now = who(&desk).await;
                    if whose != now {
                        whose = now;
                        gathering = Gathering::default();
                        // Dropping the sender of a notification removes it from the desktop.
                        standing.clear();
                    }
                }
                None => return,
            },
            () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                let bundle = gathering.take();
                // A person who came back meanwhile sees it in the window; during do-not-disturb it is not shown.
                // After another sign-in, or a sign-out, it is not for that person.
                if wants_quiet(&desk).await || whose != who(&desk).await || window::is_in_front(&app) {
                    continue;
                }
                let (title, body) = words(&bundle);
                standing.extend(desktop.show(&app, Shown { title, body, activity: bundle.newest }).await);
                while standing.len() > STANDING {
                    if let Some(oldest) = standing.pop_front() {
                        // A notification that was clicked or closed is gone already.
                        let _ = oldest.send(());
                    }
                }
            }
        }
    }
}

/// Returns true during do-not-disturb, and without a sign-in.
async fn wants_quiet(desk: &Desk) -> bool {
    desk.notifications().await.map_or(true, |now| now.quiet_until.is_some())
}

/// Returns the account whose activities are shown.
async fn who(desk: &Desk) -> Option<(String, String)> {
    desk.session().await.map(|session| (session.server, session.username))
}

/// Returns title and text for activities that are shown together. A repeated sentence is shown once.
fn words(bundle: &Bundle) -> (String, String) {
    let mut lines: Vec<(&str, usize)> = Vec::new();
    for activity in &bundle.activities {
        match lines.iter_mut().find(|(text, _)| *text == activity.text) {
            Some((_, times)) => *times += 1,
            None => lines.push((&activity.text, 1)),
        }
    }
    let named: usize = lines.iter().take(SENTENCES).map(|(_, times)| times).sum();
    let rest = bundle.count.saturating_sub(named);
    let mut lines: Vec<String> = lines
        .into_iter()
        .take(SENTENCES)
        .map(|(text, times)| say!("notification-sentence", text = text, times = times))
        .collect();
    if rest > 0 {
        lines.push(say!("notification-more", count = rest));
    }
    (say!("shell-name"), lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use hotelmate_core::views::ActivityKind;

    use super::*;

    fn bundle(texts: &[&str], count: usize) -> Bundle {
        let at = "2026-11-01T09:00:00Z".parse().unwrap();
        let activity = |text: &&str| Activity {
            id: 1,
            kind: ActivityKind::ColleagueOnDuty,
            about: None,
            text: (*text).to_owned(),
            entity: None,
            at,
            put_back: false,
            own: false,
        };
        Bundle { activities: texts.iter().map(activity).collect(), newest: None, count }
    }

    #[test]
    fn many_activities_become_one_notification_that_counts_the_rest() {
        let texts = ["One.", "Two.", "Three.", "Four.", "Five.", "Six."];
        assert_eq!(words(&bundle(&texts, 300)).1, "One.\nTwo.\nThree.\nFour.\nand 296 more");
    }

    #[test]
    fn a_sentence_that_comes_several_times_is_told_once_with_its_number() {
        let texts = ["A.", "A.", "B.", "A."];
        assert_eq!(words(&bundle(&texts, 4)).1, "A. (3 times)\nB.");
    }
}
