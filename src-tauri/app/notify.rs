//! Native notifications for what colleagues do and guests write while the window is not in front.
//!
//! In front, the window tells it itself; while nobody is to be disturbed, only the history does. A frozen notification
//! service holds up whoever calls it, so the calls are made apart from everything else, one at a time.

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

/// After this time the service counts as frozen.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many activities wait for a frozen service; later ones are only in the history.
const BACKLOG: usize = 1024;

/// How many sentences one notification holds.
const SENTENCES: usize = 4;

/// How many notifications may stand on the desktop: older ones are taken away.
const STANDING: usize = 3;

/// What the teller hears of, in order.
enum Notice {
    Activity(Activity),
    /// Somebody has signed in or out.
    Session,
}

/// The way to what tells on the desktop.
pub(crate) struct Notifier {
    app: AppHandle,
    desk: Desk,
    notices: mpsc::Sender<Notice>,
}

/// Starts the teller.
pub(crate) fn start(app: &AppHandle, desk: &Desk) -> Notifier {
    let (notices, receiver) = mpsc::channel(BACKLOG);
    tauri::async_runtime::spawn(notify_all(app.clone(), desk.clone(), receiver));
    Notifier { app: app.clone(), desk: desk.clone(), notices }
}

impl Notifier {
    /// Tells an activity on the desktop, soon. What comes while the window is in front is told by the window, and what
    /// comes while nobody is to be disturbed only by the history, also when that ends before it would be told.
    pub(crate) async fn notify(&self, activity: &Activity) {
        if window::is_in_front(&self.app) || wants_quiet(&self.desk).await {
            return;
        }
        if self.notices.try_send(Notice::Activity(activity.clone())).is_err() {
            tracing::warn!(
                activity = activity.id,
                "the desktop takes no notifications; this one is only in the list"
            );
        }
    }

    /// What stands there or waits for its turn is none of the next person's business.
    pub(crate) fn session_changed(&self) {
        // Where it does not get through, it is noticed before the next notification.
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
                        // Whatever loses its other end here is taken away.
                        standing.clear();
                    }
                }
                None => return,
            },
            () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                let bundle = gathering.take();
                // Whoever came back meanwhile sees it in the window; whoever wants quiet has it.
                // Where somebody else has signed in, or nobody, it is none of their business.
                if wants_quiet(&desk).await || whose != who(&desk).await || window::is_in_front(&app) {
                    continue;
                }
                let (title, body) = words(&bundle);
                standing.extend(desktop.show(&app, Shown { title, body, activity: bundle.newest }).await);
                while standing.len() > STANDING {
                    if let Some(oldest) = standing.pop_front() {
                        // One that was clicked or closed needs no telling.
                        let _ = oldest.send(());
                    }
                }
            }
        }
    }
}

/// Whether nobody is to be disturbed; so it is where nobody is signed in.
async fn wants_quiet(desk: &Desk) -> bool {
    desk.notifications().await.map_or(true, |now| now.quiet_until.is_some())
}

/// The account whose activities are told.
async fn who(desk: &Desk) -> Option<(String, String)> {
    desk.session().await.map(|session| (session.server, session.username))
}

/// Title and text for activities that are told together. The same sentence is told once.
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
