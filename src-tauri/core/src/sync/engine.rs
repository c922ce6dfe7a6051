//! Starting and stopping the tasks of a session.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use pusher::Config;
use tokio::task::JoinSet;

use super::pull::PullError;
use super::session::Session;
use super::spread;
use crate::error::{DeskError, ErrorCode};
use crate::views::{Change, LiveState};

/// How late midnight may be noticed.
const MINUTE: Duration = Duration::from_secs(60);
/// How often another process's commits are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is looked whether the sign-in was renewed.
const SIGN_IN_LOOK: Duration = Duration::from_secs(15 * 60);
/// The first read waits this long for the channel, so that it need not be repeated.
const CHANNEL_FIRST: Duration = Duration::from_millis(1500);

/// A part of the hotel that cannot be had is asked for so often before it counts as away for longer.
const SOON: u32 = 4;
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
        engine.keep("other processes", session, Session::look_for_others);
        engine.keep("day", session, Session::watch_the_day);
        engine.keep("status", session, Session::show_lasting_losses);
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
                session.connectivity.tell(DeskError::new(
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
                () = self.wakes.pull.notified() => {}
                () = self.environment.sleep(CHANNEL_FIRST) => {}
            }
        }
        let mut failures = 0;
        loop {
            let rest = if let Some(wait) = self.connectivity.must_not_read() {
                wait
            } else if self.connectivity.link().sign_in_needed {
                SIGN_IN_LOOK
            } else {
                self.pull_all(&mut failures).await
            };
            self.rest_from_reading(rest).await;
        }
    }

    /// Rests so long, or until something has to be read. A live connection that is lost meanwhile shortens it.
    async fn rest_from_reading(&self, rest: Duration) {
        let mut end = self.environment.monotonic().saturating_add(rest);
        let mut silent = self.next_silent_read();
        loop {
            let now = self.environment.monotonic();
            let next = silent.map_or(end, |silent| silent.min(end));
            tokio::select! {
                () = self.wakes.pull.notified() => return,
                () = self.environment.sleep(next.saturating_sub(now)) => {
                    if self.environment.monotonic() >= end {
                        return;
                    }
                    self.read_silent().await;
                    silent = self.next_silent_read();
                }
                () = self.wakes.poll.notified() => {
                    end = end.min(now + spread::next_read(false, self.environment.chance()));
                }
            }
        }
    }

    /// When what no event tells of is read next: as often as everything is without a live connection.
    fn next_silent_read(&self) -> Option<Duration> {
        if self.connectivity.link().live != Some(LiveState::Live) {
            return None;
        }
        Some(self.environment.monotonic() + spread::next_read(false, self.environment.chance()))
    }

    /// Reads everything once and says how long that lasts. `failures` counts the reads in a row that failed although the
    /// hotel answered: a server that is overloaded must not be asked at a steady pace by all its desks.
    async fn pull_all(&self, failures: &mut u32) -> Duration {
        let mut me = self.read_me().await;
        if let (Err(_), Some(wait)) = (&me, self.connectivity.must_not_read()) {
            return wait;
        }
        // Whatever asked for a read until now, such as the hotel's first answer after an outage, gets it here.
        let _ = self.wakes.pull.notified().now_or_never();
        let read = self.pull_everything().await;
        if me.is_err() && read.is_ok() {
            // The hotel has come back in the meantime: only this is missing, and not everything once more.
            me = self.read_me().await;
        }
        if me.is_ok() {
            self.look_for_clock().await;
        }
        match (&me, &read) {
            (Ok(_), Ok(())) => {
                *failures = 0;
                self.wakes.push.notify_one();
                let is_live = self.connectivity.link().live == Some(LiveState::Live);
                spread::next_read(is_live, self.environment.chance())
            }
            _ => {
                *failures = failures.saturating_add(1);
                let asked = read.as_ref().err().map_or(Duration::ZERO, PullError::pause);
                if let Err(error) = &read {
                    tracing::info!(%error, "the hotel could not be read");
                }
                let mut wait = spread::retry_after(*failures, self.environment.chance());
                // A part that stays away is asked for with the others, no oftener than they are.
                if *failures > SOON && read.as_ref().err().is_some_and(PullError::is_about_a_part) {
                    wait = wait.max(spread::next_read(false, self.environment.chance()));
                }
                self.connectivity.must_not_read().unwrap_or_default().max(asked.saturating_add(wait))
            }
        }
    }

    async fn look_for_others(self: Arc<Self>) {
        loop {
            match self.store.foreign_commit().await {
                Ok(true) => {
                    self.wakes.push.notify_one();
                    self.wakes.duty.notify_one();
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

    use pusher::time::ManualClock;
    use tokio::sync::oneshot;

    use super::*;
    use crate::environment::Environment;
    use crate::sync::test_session;

    fn session(folder: &tempfile::TempDir, clock: &ManualClock) -> Arc<Session> {
        test_session::session(folder, "killarney", Environment::with_seed(clock.shared(), 1))
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
        while session.connectivity.link().notices.is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(session.connectivity.link().notices[0].code, ErrorCode::Unexpected);
        clock.advance(RECOVERY);
        began_again.await.unwrap();
        engine.stop().await;
    }
}
