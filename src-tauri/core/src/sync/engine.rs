//! Starting and stopping the tasks of a session.

use std::sync::Arc;
use std::time::Duration;

use pusher::Config;
use tokio::task::JoinSet;

use super::session::Session;
use crate::desk::views::Change;

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

/// The running tasks of a session. They stop when it is dropped.
pub struct Engine {
    tasks: JoinSet<()>,
}

impl Engine {
    /// Starts everything.
    pub fn start(session: &Arc<Session>, live: Option<Config>) -> Self {
        let mut tasks = JoinSet::new();
        let has_live = live.is_some();
        if let Some(config) = live {
            tasks.spawn(Arc::clone(session).follow(config));
        }
        tasks.spawn(Arc::clone(session).pull_forever(has_live));
        tasks.spawn(Arc::clone(session).send_forever());
        tasks.spawn(Arc::clone(session).keep_lease());
        tasks.spawn(Arc::clone(session).mind_the_clock());
        tasks.spawn(Arc::clone(session).fetch_pictures_forever());
        tasks.spawn(Arc::clone(session).look_for_others());
        tasks.spawn(Arc::clone(session).watch_the_day());
        Self { tasks }
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
        let offers = self.pull_offers().await;
        match (&me, &offers) {
            (Ok(_), Ok(())) => {
                self.wake_push.notify_one();
                let live = self.link().live == Some(crate::desk::views::LiveState::Live);
                let ceiling = if live { SAFETY_READ } else { POLL };
                ceiling / 2 + self.environment.jitter(ceiling / 2)
            }
            _ => {
                if let Err(error) = offers {
                    tracing::info!(%error, "the offers could not be read");
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
