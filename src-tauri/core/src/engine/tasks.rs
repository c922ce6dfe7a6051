//! Starting and stopping the tasks of an engine.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use jiff::tz::TimeZone;
use pusher::Config;
use tokio::task::JoinSet;

use super::Engine;
use super::connectivity::Connectivity;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::error::failure;
use crate::resources::Kind;
use crate::store::Store;
use crate::views::Change;

/// The longest delay with which midnight is noticed.
const MINUTE: Duration = Duration::from_secs(60);
/// The time between two checks for another process's commits.
const LOOK: Duration = Duration::from_secs(1);
/// The time after which a task that panicked begins again.
const RECOVERY: Duration = Duration::from_secs(5);

/// The running tasks of an engine. They stop when it is dropped.
pub(super) struct Tasks {
    running: JoinSet<()>,
    environment: Environment,
    connectivity: Arc<Connectivity>,
}

impl Tasks {
    /// Makes a set without a task.
    pub(super) fn none(environment: Environment, connectivity: Arc<Connectivity>) -> Self {
        Self { running: JoinSet::new(), environment, connectivity }
    }

    /// Starts every task.
    pub(super) fn start(engine: &Engine, live: Option<Config>) -> Self {
        let mut tasks = Self::none(engine.environment.clone(), Arc::clone(&engine.connectivity));
        let has_live = live.is_some();
        if let Some(config) = live {
            tasks.keep("live events", &engine.follower, move |follower| follower.follow(config.clone()));
        }
        tasks.keep("reading", &engine.reader, move |reader| reader.read_forever(has_live));
        tasks.keep("sending", &engine.sender, |sender| sender.send_forever());
        tasks.keep("lease", &engine.leases, |leases| leases.keep());
        tasks.keep("guest chat", &engine.chat, |chat| chat.follow_forever());
        tasks.keep("duty", &engine.duty, |duty| duty.carry_out_forever());
        tasks.keep("pictures", &engine.pictures, |pictures| pictures.fetch_forever());
        tasks.keep("status", &engine.connectivity, |connectivity| connectivity.show_lasting_losses());
        let schedule = Arc::new(Schedule {
            store: engine.store.clone(),
            environment: engine.environment.clone(),
            time_zone: engine.time_zone.clone(),
            wakes: Arc::clone(&engine.wakes),
        });
        tasks.keep("other processes", &schedule, |schedule| schedule.look_for_others());
        tasks.keep("day", &schedule, |schedule| schedule.watch_the_day());
        tasks
    }

    /// Runs a task for ever. A panic is a bug, and the task begins again: its state is in the database, and one bug
    /// must not end the sending of the texts that people typed.
    pub(super) fn keep<P, F, T>(&mut self, name: &'static str, part: &Arc<P>, task: F)
    where
        P: Send + Sync + 'static,
        F: Fn(Arc<P>) -> T + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (part, environment) = (Arc::clone(part), self.environment.clone());
        let connectivity = Arc::clone(&self.connectivity);
        self.running.spawn(async move {
            while AssertUnwindSafe(task(Arc::clone(&part))).catch_unwind().await.is_err() {
                tracing::error!(name, "a task of the engine panicked and begins again");
                connectivity.notify(failure!(Unexpected, "error-part-failed", name = name));
                environment.sleep(RECOVERY).await;
            }
        });
    }

    /// Stops every task and waits for its end.
    pub(super) async fn stop(mut self) {
        self.running.shutdown().await;
    }
}

/// The periodic checks for changes that no wake-up announces.
struct Schedule {
    store: Store,
    environment: Environment,
    /// The hotel's zone.
    time_zone: TimeZone,
    wakes: Arc<Wakes>,
}

impl Schedule {
    /// Wakes the tasks after a commit of another process of this account, which may have queued an intent.
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

    /// Announces the hotel's midnight: an offer may begin or end although it has not changed.
    async fn watch_the_day(self: Arc<Self>) {
        let today = || self.environment.now().to_zoned(self.time_zone.clone()).date();
        let mut shown = today();
        loop {
            self.environment.sleep(MINUTE).await;
            if today() != shown {
                shown = today();
                Kind::ALL.into_iter().for_each(|kind| self.store.announce(Change::any(kind)));
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
    use crate::engine::test_engine;
    use crate::error::ErrorCode;

    #[tokio::test]
    async fn a_task_that_panics_is_told_of_and_begins_again() {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Duration::ZERO);
        let environment = Environment::with_seed(clock.shared(), 1);
        let engine = test_engine::engine(&folder, "killarney", environment.clone());
        let connectivity = Arc::clone(&engine.connectivity);
        let mut tasks = Tasks { running: JoinSet::new(), environment, connectivity };
        let panicked = AtomicBool::new(false);
        let (again, began_again) = oneshot::channel();
        let again = std::sync::Mutex::new(Some(again));
        tasks.keep("test", &engine, move |_| {
            let first = !panicked.swap(true, Ordering::Relaxed);
            let again = again.lock().unwrap().take_if(|_| !first);
            async move {
                assert!(!first, "a bug");
                again.unwrap().send(()).unwrap();
            }
        });
        while engine.connectivity.state().notices.is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(engine.connectivity.state().notices[0].code, ErrorCode::Unexpected);
        clock.advance(RECOVERY);
        began_again.await.unwrap();
        tasks.stop().await;
    }
}
