//! The state that all parts of a running hotel share.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::task::JoinSet;

use crate::clock::Now;
use crate::digest::derived;
use crate::faults::engine::Faults;
use crate::faults::late::Late;
use crate::hub::Hub;
use crate::options::Dialect;
use crate::requests::RequestLog;
use crate::seed::SLUG;
use crate::store::Store;
use crate::store::offers::Offer;
use crate::store::room_types::RoomType;

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
    /// The number of envelopes so far, so that no two have the same `event_id`.
    pub(crate) envelopes: AtomicU64,
    /// The pause after each piece of a request's body, in milliseconds.
    pub(crate) line_pause_ms: AtomicU64,
}

impl App {
    /// Returns the rows of the list to which a path belongs, as the staff's HTTP requests show them and in their order.
    pub(crate) fn rows_of(&self, path: &str) -> Vec<Value> {
        let base = &self.url;
        self.seen(SLUG, "rows", |hotel| {
            if path.contains("/offers/") {
                let offers = self.store.list(hotel)?;
                return Ok(offers.iter().map(|offer: &Offer| offer.to_staff_json(base)).collect());
            }
            if path.contains("/room-types/") {
                return Ok(self
                    .store
                    .list(hotel)?
                    .iter()
                    .map(|room: &RoomType| room.to_json(base))
                    .collect());
            }
            Ok(Vec::new())
        })
    }

    /// Reads the rows of a hotel. If they cannot be read, logs it and returns nothing.
    pub(crate) fn seen<T: Default>(
        &self,
        slug: &str,
        what: &str,
        look: impl FnOnce(i64) -> rusqlite::Result<T>,
    ) -> T {
        let hotel = self.store.hotel_id(slug);
        hotel.and_then(|hotel| hotel.map_or(Ok(T::default()), look)).unwrap_or_else(|error| {
            tracing::error!(%error, what, "could not be read");
            T::default()
        })
    }
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
