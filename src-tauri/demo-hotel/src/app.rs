//! The state that all parts of a running hotel share.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

use crate::channels::Hub;
use crate::clock::Now;
use crate::digest::derived;
use crate::faults::engine::Faults;
use crate::faults::late::Late;
use crate::options::Dialect;
use crate::requests::RequestLog;
use crate::store::Store;

/// A running hotel, for request handlers.
pub(crate) type Shared = Arc<App>;

pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) hub: Hub,
    pub(crate) faults: Faults,
    pub(crate) late: Late,
    pub(crate) requests: RequestLog,
    pub(crate) tasks: Tasks,
    pub(crate) now: Now,
    pub(crate) channels_app: ChannelsApp,
    pub(crate) seed: u64,
    pub(crate) dialect: Dialect,
    /// The hotel's own address, `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// The pause after each piece of a request's body, in milliseconds.
    pub(crate) line_pause_ms: AtomicU64,
}

/// The Pusher application in which the hotel publishes.
#[derive(Clone, Debug)]
pub(crate) struct ChannelsApp {
    pub(crate) app_id: String,
    pub(crate) key: String,
    pub(crate) secret: String,
}

impl ChannelsApp {
    pub(crate) fn derived(seed: u64) -> Self {
        Self {
            app_id: (100_000 + seed % 900_000).to_string(),
            key: derived(seed, "channels key", 20),
            secret: derived(seed, "channels secret", 20),
        }
    }
}

/// The work behind connections. It continues after a client hangs up (`contract.md 12`, trap 2), and ends with the
/// hotel.
pub(crate) struct Tasks(Mutex<Option<JoinSet<()>>>);

impl Default for Tasks {
    fn default() -> Self {
        Self(Mutex::new(Some(JoinSet::new())))
    }
}

impl Tasks {
    /// Starts work. Drops it unstarted after the hotel has ended.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(tasks) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            while tasks.try_join_next().is_some() {}
            tasks.spawn(work);
        }
    }

    /// Aborts all work, as a crash would, and accepts no more.
    pub(crate) async fn end(&self) {
        let tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut tasks) = tasks {
            tasks.shutdown().await;
        }
    }
}
