//! One signed-in person: what every part of the engine needs, and what is known about the connection.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::connectivity::Connectivity;
use super::departures::Departures;
use super::leases::Leases;
use super::picture_waits::PictureWaits;
use super::uploads::Uploads;
use super::wakes::Wakes;
use crate::api::Api;
use crate::environment::Environment;
use crate::media::MediaCache;
use crate::model::Account;
use crate::monitor::Monitor;
use crate::outbox::settle::Sender;
use crate::store::Store;

/// A signed-in person at a hotel. Clones of the [`Arc`] share it.
pub struct Session {
    /// Who, where.
    pub account: Account,
    /// The account's database.
    pub store: Store,
    /// The account's pictures.
    pub media: MediaCache,
    /// Time and chance.
    pub environment: Environment,
    /// The hotel's zone.
    pub time_zone: TimeZone,
    /// When creates left.
    pub departures: Departures,
    /// What this process alone may do.
    pub leases: Leases,
    /// What wakes the tasks.
    pub wakes: Arc<Wakes>,
    /// The way to the hotel.
    pub connectivity: Connectivity,
    /// What is told about the live connection.
    pub monitor: Arc<Monitor>,
    /// Pictures on their way up.
    pub uploads: Uploads,
    /// Addresses that gave no picture.
    pub picture_waits: PictureWaits,
    /// Held while it is asked who one is, so that a later question never gets the older answer.
    pub me_turn: tokio::sync::Mutex<()>,
    /// Held while a wish about the clock is carried out: one press at a time in this process. In it, the monotonic end of
    /// the wish that lapses at that time.
    pub clock_turn: tokio::sync::Mutex<Option<(Timestamp, Duration)>>,
}

/// What an account keeps on this computer.
pub struct Kept {
    /// Its database.
    pub store: Store,
    /// Its pictures.
    pub media: MediaCache,
}

/// What the settings say about the hotel.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Its zone.
    pub time_zone: TimeZone,
    /// How long after it has left a create can still be carried out.
    pub late_commit: Duration,
}

impl From<TimeZone> for Terms {
    fn from(time_zone: TimeZone) -> Self {
        Self { time_zone, late_commit: crate::settings::LATE_COMMIT }
    }
}

impl Session {
    /// Puts a session together.
    pub fn new(
        account: Account,
        Kept { store, media }: Kept,
        environment: Environment,
        terms: impl Into<Terms>,
        api: Api,
        monitor: Arc<Monitor>,
    ) -> Arc<Self> {
        let Terms { time_zone, late_commit } = terms.into();
        let wakes = Arc::<Wakes>::default();
        Arc::new(Self {
            connectivity: Connectivity::new(api, environment.clone(), store.clone(), Arc::clone(&wakes)),
            leases: Leases::new(store.clone(), environment.clone()),
            departures: Departures::new(late_commit, environment.clone()),
            account,
            store,
            media,
            environment,
            time_zone,
            monitor,
            uploads: Uploads::default(),
            picture_waits: PictureWaits::default(),
            clock_turn: tokio::sync::Mutex::new(None),
            me_turn: tokio::sync::Mutex::new(()),
            wakes,
        })
    }

    /// Now, as a sender notes it.
    pub fn sender(&self) -> Sender {
        Sender {
            holder: self.leases.holder.clone(),
            now: self.environment.now(),
            spare: self.environment.intent_id(),
            asking: self.environment.intent_id(),
        }
    }

    /// The present time.
    pub fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// A wait after `failures` failures in a row: full jitter under a ceiling that doubles from one second.
    pub fn backoff(&self, failures: u32, longest: Duration) -> Duration {
        let ceiling = Duration::from_secs(1 << failures.saturating_sub(1).min(10)).min(longest);
        self.environment.jitter(ceiling)
    }

    /// Cuts every wait short: a person pressed "try now".
    pub async fn hurry(&self) {
        self.connectivity.change_link(|link| (link.retry_at, link.busy_until) = (0, 0));
        self.wakes.live.notify_one();
        self.cut_waits().await;
    }

    /// Another network: what could not be reached is tried again. What a server has asked for, such as to be left
    /// alone, still holds.
    pub async fn network_changed(&self) {
        self.connectivity.change_link(|link| link.retry_at = 0);
        self.wakes.network.notify_one();
        self.cut_waits().await;
    }

    async fn cut_waits(&self) {
        self.picture_waits.end();
        let settled = self.environment.in_ms(super::push::SETTLING);
        // The wait of a row is only a wish of ours; if it cannot be cut now, it ends by itself.
        if let Err(error) = self.store.write(move |tx| crate::store::intents::cut_waits(tx, settled)).await {
            tracing::warn!(%error, "waits could not be cut");
        }
        self.wakes.all();
    }
}
