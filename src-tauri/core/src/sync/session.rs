//! One signed-in person: what every part of the engine needs, and what is known about the connection.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::Notify;

use super::calm::Losses;
use super::picture_waits::PictureWaits;
use super::spread;
use super::uploads::Uploads;
use crate::api::dialect::Generation;
use crate::api::{Api, ApiError};
use crate::environment::Environment;
use crate::error::DeskError;
use crate::ids::IntentId;
use crate::media::MediaCache;
use crate::model::Account;
use crate::monitor::Monitor;
use crate::outbox::settle::Sender;
use crate::resources::Kind;
use crate::store::Store;
use crate::views::{Change, LiveState};

/// The longest that a hotel is left alone because it asked for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

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
    /// How long after it has left a create can still be carried out.
    pub late_commit: Duration,
    /// When creates left that this process has sent, by the monotonic clock, which nobody sets.
    pub departures: Mutex<HashMap<IntentId, Duration>>,
    /// This process's name in leases.
    pub holder: String,
    /// Something to send.
    pub wake_push: Notify,
    /// Something to read.
    pub wake_pull: Notify,
    /// Nothing tells of changes any more: the next read comes sooner.
    pub wake_poll: Notify,
    /// A loss is held back from the screens, or no longer.
    pub wake_calm: Notify,
    /// Something about the clock.
    pub wake_duty: Notify,
    /// A picture to fetch.
    pub wake_pictures: Notify,
    /// The live connection may be tried at once.
    pub wake_live: Notify,
    /// The system is on another network.
    pub wake_network: Notify,
    /// It is known who one is, or how old the server is: there may be other channels to listen to.
    pub wake_channels: Notify,
    /// This process has the lease of the sender, as far as it knows.
    pub holds_sender_lease: AtomicBool,
    /// When it was last taken or renewed, in milliseconds since the epoch.
    pub sender_lease_at: AtomicI64,
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
    api: Mutex<Api>,
    link: Mutex<Link>,
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

/// What is known about the way to the hotel.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// The last talk worked; unknown before the first.
    pub online: Option<bool>,
    /// The password is needed.
    pub sign_in_needed: bool,
    /// The sign-in came from outside, and the hotel has not said yet that it is this person's. Until then
    /// nothing is sent: it would be sent as somebody else. Nor is the person's own channel listened to.
    pub identity_open: bool,
    /// Failures to reach the hotel in a row.
    pub failures: u32,
    /// Nothing is tried before, in milliseconds since the epoch.
    pub retry_at: i64,
    /// Until when the hotel asks to be left alone, in milliseconds since the epoch.
    pub busy_until: i64,
    /// Kinds whose whole list was read since this process last came online: a create may be sent.
    pub walked: HashSet<Kind>,
    /// Kinds whose last whole reading met something that cannot be read.
    pub unreadable: HashSet<Kind>,
    /// Kinds of which a mass disappearance is not believed.
    pub doubted: HashSet<Kind>,
    /// A mass disappearance is to be believed in the next reading, because a person said so.
    pub believe_absences: bool,
    /// It is believed in this reading.
    pub believing: bool,
    /// How old the server is; none before it has told.
    pub generation: Option<Generation>,
    /// The live connection.
    pub live: Option<LiveState>,
    /// Why the live connection is down.
    pub live_cause: Option<String>,
    /// What of this was lost, and when.
    pub losses: Losses,
    /// Monotonic time at which the last whole read began that came to its end.
    pub read_from: Option<Duration>,
    /// Events about another hotel, which were dropped.
    pub foreign_events: u32,
    /// Things to tell.
    pub notices: Vec<DeskError>,
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
        Arc::new(Self {
            account,
            store,
            media,
            holder: environment.intent_id().to_string(),
            environment,
            time_zone,
            late_commit,
            departures: Mutex::default(),
            wake_push: Notify::new(),
            wake_pull: Notify::new(),
            wake_poll: Notify::new(),
            wake_calm: Notify::new(),
            wake_duty: Notify::new(),
            wake_pictures: Notify::new(),
            wake_live: Notify::new(),
            wake_network: Notify::new(),
            wake_channels: Notify::new(),
            holds_sender_lease: AtomicBool::new(false),
            sender_lease_at: AtomicI64::new(0),
            monitor,
            uploads: Uploads::default(),
            picture_waits: PictureWaits::default(),
            clock_turn: tokio::sync::Mutex::new(None),
            me_turn: tokio::sync::Mutex::new(()),
            api: Mutex::new(api),
            link: Mutex::new(Link::default()),
        })
    }

    /// The way to ask the hotel.
    pub fn api(&self) -> Api {
        lock(&self.api).clone()
    }

    /// A new sign-in of the same person: everything goes on with it.
    pub fn renew(&self, api: Api) {
        *lock(&self.api) = api;
        self.change_link(|link| {
            link.sign_in_needed = false;
            link.retry_at = 0;
        });
        self.wake_all();
    }

    /// Now, as a sender notes it.
    pub fn sender(&self) -> Sender {
        Sender {
            holder: self.holder.clone(),
            now: self.environment.now(),
            spare: self.environment.intent_id(),
            asking: self.environment.intent_id(),
        }
    }

    /// The present time.
    pub fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// The present time in milliseconds since the epoch.
    pub fn now_ms(&self) -> i64 {
        self.environment.now().as_millisecond()
    }

    /// Milliseconds since the epoch, `wait` from now.
    pub fn in_ms(&self, wait: Duration) -> i64 {
        self.now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX))
    }

    /// What is known about the connection.
    pub fn link(&self) -> Link {
        lock(&self.link).clone()
    }

    /// Changes what is known about the connection; screens are told when it differs.
    pub fn change_link(&self, change: impl FnOnce(&mut Link)) {
        let now = self.environment.monotonic();
        let mut link = lock(&self.link);
        let before = link.clone();
        change(&mut link);
        Losses::follow(&before, &mut link, now);
        let shown = |link: &Link| (link.shown(now), link.sign_in_needed, link.notices.clone());
        let differs = shown(&before) != shown(&link);
        let session = before.sign_in_needed != link.sign_in_needed;
        if before.losses != link.losses {
            self.wake_calm.notify_one();
        }
        drop(link);
        if differs {
            self.store.announce(Change::Status);
        }
        if session {
            self.store.announce(Change::Session);
        }
    }

    /// Tells a thing once; a notice of the same code takes its place.
    pub fn tell(&self, notice: DeskError) {
        self.change_link(|link| {
            link.notices.retain(|known| known.code != notice.code);
            link.notices.push(notice);
        });
    }

    /// Takes the notice of a code back.
    pub fn untell(&self, code: crate::error::ErrorCode) {
        self.change_link(|link| link.notices.retain(|known| known.code != code));
    }

    /// The hotel answered: whatever waited for the network goes on.
    pub fn reached(&self) {
        let link = self.link();
        if link.online == Some(true) && link.failures == 0 {
            return;
        }
        self.change_link(|link| {
            link.online = Some(true);
            link.failures = 0;
            link.retry_at = 0;
        });
        self.wake_all();
    }

    /// A talk failed in a way that says something about the connection itself.
    pub fn failed(&self, error: &ApiError) {
        match error {
            ApiError::SignInNeeded => self.change_link(|link| {
                link.online = Some(true);
                link.sign_in_needed = true;
            }),
            ApiError::Offline { .. } | ApiError::Unclear { .. } => {
                let failures = self.link().failures.saturating_add(1);
                let retry_at = self.in_ms(spread::retry_after(failures, self.environment.chance()));
                self.change_link(|link| {
                    link.online = Some(false);
                    link.failures = failures;
                    link.retry_at = retry_at;
                    link.walked.clear();
                });
            }
            ApiError::Busy { retry_after: Some(pause), .. } => {
                self.reached();
                let busy_until = self.in_ms((*pause).min(LONGEST_PAUSE));
                self.change_link(|link| link.busy_until = busy_until);
            }
            // Any other answer came from the hotel.
            _ => self.reached(),
        }
    }

    /// A wait after `failures` failures in a row: full jitter under a ceiling that doubles from one second.
    pub fn backoff(&self, failures: u32, longest: Duration) -> Duration {
        let ceiling = Duration::from_secs(1 << failures.saturating_sub(1).min(10)).min(longest);
        self.environment.jitter(ceiling)
    }

    /// Time until the connection may be tried, or `None` when it may be tried now.
    pub fn must_wait(&self) -> Option<Duration> {
        self.rest(self.link().retry_at, spread::LONGEST_WAIT)
    }

    /// The same for reading: what all desks do at once has to respect a hotel that asks to be left alone. What is sent
    /// has a wait of its own in each lane.
    pub fn must_not_read(&self) -> Option<Duration> {
        self.must_wait().max(self.rest(self.link().busy_until, LONGEST_PAUSE))
    }

    fn rest(&self, until: i64, longest: Duration) -> Option<Duration> {
        let rest = u64::try_from(until - self.now_ms()).ok().filter(|rest| *rest > 0)?;
        let rest = Duration::from_millis(rest);
        // A longer one was planned by a clock that has since been set back.
        (rest <= longest).then_some(rest)
    }

    /// Cuts every wait short: a person pressed "try now".
    pub async fn hurry(&self) {
        self.change_link(|link| (link.retry_at, link.busy_until) = (0, 0));
        self.wake_live.notify_one();
        self.cut_waits().await;
    }

    /// Another network: what could not be reached is tried again. What a server has asked for, such as to be left
    /// alone, still holds.
    pub async fn network_changed(&self) {
        self.change_link(|link| link.retry_at = 0);
        self.wake_network.notify_one();
        self.cut_waits().await;
    }

    async fn cut_waits(&self) {
        self.picture_waits.end();
        let settled = self.in_ms(super::push::SETTLING);
        // The wait of a row is only a wish of ours; if it cannot be cut now, it ends by itself.
        if let Err(error) = self.store.write(move |tx| crate::store::intents::cut_waits(tx, settled)).await {
            tracing::warn!(%error, "waits could not be cut");
        }
        self.wake_all();
    }

    fn wake_all(&self) {
        self.wake_push.notify_one();
        self.wake_pull.notify_one();
        self.wake_duty.notify_one();
        self.wake_pictures.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Values in here are replaced whole, so a panic elsewhere cannot leave them half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
