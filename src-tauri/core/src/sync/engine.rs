//! Starting and stopping the tasks of a session.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use pusher::Config;
use tokio::task::JoinSet;

use super::session::Session;
use crate::desk::views::Change;
use crate::error::{DeskError, ErrorCode};

/// How late midnight may be noticed.
const MINUTE: Duration = Duration::from_secs(60);
/// How often another process's commits are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// A whole read at least this often, even if nothing says that it is needed.
const SAFETY_READ: Duration = Duration::from_secs(15 * 60);
/// The same without a live connection.
const POLL: Duration = Duration::from_secs(60);
/// The first read waits this long for the channel, so that it need not be repeated.
const CHANNEL_FIRST: Duration = Duration::from_millis(1500);

/// A task that panicked begins again after this long.
const RECOVERY: Duration = Duration::from_secs(5);

/// The running tasks of a session. They stop when it is dropped.
pub struct Engine {
    tasks: JoinSet<()>,
}

impl Engine {
    /// Starts everything.
    pub fn start(session: &Arc<Session>, live: Option<Config>) -> Self {
        let mut engine = Self { tasks: JoinSet::new() };
        let has_live = live.is_some();
        if let Some(config) = live {
            engine.keep("live events", session, move |session| session.follow(config.clone()));
        }
        engine.keep("reading", session, move |session| session.pull_forever(has_live));
        engine.keep("sending", session, Session::send_forever);
        engine.keep("lease", session, Session::keep_lease);
        engine.keep("clock", session, Session::mind_the_clock);
        engine.keep("pictures", session, Session::fetch_pictures_forever);
        engine.keep("galleries", session, Session::watch_galleries);
        engine.keep("other processes", session, Session::look_for_others);
        engine.keep("day", session, Session::watch_the_day);
        engine
    }

    /// Runs a task for ever. One that panics has a bug, and begins again: everything that it knew is in the
    /// database, and one bug must not end the sending of what people typed.
    fn keep<F, T>(&mut self, name: &'static str, session: &Arc<Session>, task: F)
    where
        F: Fn(Arc<Session>) -> T + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let session = Arc::clone(session);
        self.tasks.spawn(async move {
            while AssertUnwindSafe(task(Arc::clone(&session))).catch_unwind().await.is_err() {
                tracing::error!(name, "a task of the engine panicked and begins again");
                session.tell(DeskError::new(
                    ErrorCode::Unexpected,
                    format!("A part of the program ({name}) failed and was started again."),
                    "Nothing is lost. If it happens again, tell the people who look after this program.",
                ));
                session.environment.sleep(RECOVERY).await;
            }
        });
    }

    /// Stops everything and waits for it.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

impl Session {
    async fn pull_forever(self: Arc<Self>, has_live: bool) {
        if has_live {
            tokio::select! {
                () = self.wake_pull.notified() => {}
                () = self.environment.sleep(CHANNEL_FIRST) => {}
            }
        }
        loop {
            let rest = if let Some(wait) = self.must_wait() {
                wait
            } else if self.link().sign_in_needed {
                SAFETY_READ
            } else {
                self.pull_all().await
            };
            tokio::select! {
                () = self.wake_pull.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Reads everything once and says how long that lasts.
    async fn pull_all(&self) -> Duration {
        let me = self.read_me().await;
        if me.is_ok() {
            self.learn_abilities().await;
        }
        let read = self.pull_everything().await;
        match (&me, &read) {
            (Ok(_), Ok(())) => {
                self.wake_push.notify_one();
                let live = self.link().live == Some(crate::desk::views::LiveState::Live);
                let ceiling = if live { SAFETY_READ } else { POLL };
                ceiling / 2 + self.environment.jitter(ceiling / 2)
            }
            _ => {
                if let Err(error) = read {
                    tracing::info!(%error, "the hotel could not be read");
                }
                self.must_wait().unwrap_or(Duration::from_secs(5))
            }
        }
    }

    async fn look_for_others(self: Arc<Self>) {
        loop {
            match self.store.foreign_commit().await {
                Ok(true) => {
                    self.wake_push.notify_one();
                    self.wake_duty.notify_one();
                    self.wake_galleries.notify_one();
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the database could not be looked at"),
            }
            self.environment.sleep(LOOK).await;
        }
    }

    /// At the hotel's midnight offers become live or expire, although nothing about them has changed.
    async fn watch_the_day(self: Arc<Self>) {
        let today = || self.now().to_zoned(self.time_zone.clone()).date();
        let mut shown = today();
        loop {
            self.environment.sleep(MINUTE).await;
            if today() != shown {
                shown = today();
                self.store.announce(Change::Offers { ids: None });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use jiff::tz::TimeZone;
    use pusher::time::ManualClock;
    use tokio::sync::{broadcast, oneshot};

    use super::*;
    use crate::api::{Api, Http, Token};
    use crate::environment::Environment;
    use crate::media::MediaCache;
    use crate::model::{Account, ServerId};
    use crate::store::Store;

    fn session(folder: &tempfile::TempDir, clock: &ManualClock) -> Arc<Session> {
        let server: url::Url = "http://127.0.0.1:9".parse().unwrap();
        let account = Account {
            server: server.clone(),
            hotel_slug: "killarney".into(),
            hotel_name: "Killarney".into(),
            staff_id: ServerId(1),
            username: "nora".into(),
        };
        let store = Store::open(&folder.path().join("desk.sqlite"), broadcast::channel(8).0).unwrap().store;
        let media = MediaCache::open(folder.path().join("media")).unwrap();
        let api = Api::new(Http::new().unwrap(), server, account.hotel_slug.clone(), Token::new(""));
        let environment = Environment::with_seed(clock.shared(), 1);
        Session::new(account, store, media, environment, TimeZone::UTC, api)
    }

    #[tokio::test]
    async fn a_task_that_panics_is_told_of_and_begins_again() {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Duration::ZERO);
        let session = session(&folder, &clock);
        let mut engine = Engine { tasks: JoinSet::new() };
        let panicked = AtomicBool::new(false);
        let (again, began_again) = oneshot::channel();
        let again = std::sync::Mutex::new(Some(again));
        engine.keep("test", &session, move |_| {
            let first = !panicked.swap(true, Ordering::Relaxed);
            let again = again.lock().unwrap().take_if(|_| !first);
            async move {
                assert!(!first, "a bug");
                again.unwrap().send(()).unwrap();
            }
        });
        while session.link().notices.is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(session.link().notices[0].code, ErrorCode::Unexpected);
        clock.advance(RECOVERY);
        began_again.await.unwrap();
        engine.stop().await;
    }
}
