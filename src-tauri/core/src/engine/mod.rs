//! The engine of one account. From sign-in to sign-out it moves all data between the hotel and the local database.
//!
//! An [`Engine`] consists of parts that communicate only through the database. Each has one purpose and the tools for
//! it:
//!
//! * [`reader`](self::reader) reads lists, single entities and the signed-in person, at the start, after every gap,
//!   and at intervals;
//! * [`sender`](self::sender) sends the outbox, several lanes in parallel;
//! * [`follower`](self::follower) stores live events at once;
//! * [`chat`](self::chat) keeps the guests' conversations up to date;
//! * [`duty`](self::duty) carries out an intent to be on or off duty;
//! * [`pictures`](self::pictures) downloads the hotel's pictures.
//!
//! They share the connection to the hotel ([`connectivity`](self::connectivity)), the exclusive rights of one process
//! ([`leases`](self::leases)), and wake-ups without a message ([`wakes`](self::wakes)). [`apply`](self::apply) stores
//! the hotel's copies from every source; [`spread`](self::spread) chooses the times of requests, so that many desks
//! never ask at the same time; [`capabilities`](self::capabilities) lists the parts that this server does not have;
//! [`debounce`](self::debounce) decides how an outage is shown.
//!
//! [`public`](self::public) is the engine of a guest's view, for the reception display: it only reads.
//!
//! There is no global state: several engines run in one process, each for its account. The state of each is in its
//! database, so a task that fails reports the reason and starts again; none ends by itself.

pub mod apply;
pub mod capabilities;
pub mod chat;
pub mod connectivity;
pub mod debounce;
pub mod duty;
pub mod follower;
mod leases;
mod open_requests;
pub mod pictures;
pub mod public;
pub mod reader;
mod sender;
pub mod spread;
mod tasks;
#[cfg(test)]
pub(crate) mod test_engine;
mod wakes;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pusher::Config;

use crate::account::Account;
use crate::environment::Environment;
use crate::error::ErrorCode;
use crate::hotel::Api;
use crate::media::{MediaCache, Previews};
use crate::model::Intent;
use crate::monitor::Monitor;
use crate::outbox::transitions::Transitions;
use crate::settings;
use crate::store::{Store, StoreError, Tx, intents};
use chat::ChatTask;
use connectivity::Connectivity;
use duty::DutyTask;
use follower::Follower;
use leases::Leases;
use open_requests::OpenRequests;
use pictures::Pictures;
use reader::Reader;
use sender::Sender;
use tasks::Tasks;
use wakes::Wakes;

/// The data of an account on this computer.
pub struct LocalData {
    /// The account's database.
    pub store: Store,
    /// The account's pictures.
    pub media: MediaCache,
}

/// The settings about the hotel.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The hotel's zone.
    pub time_zone: TimeZone,
    /// The time after which a create that has left can no longer be carried out.
    pub late_commit: Duration,
    /// The time for which messages of guests are kept on this computer.
    pub chat_kept: Duration,
}

impl From<TimeZone> for Terms {
    fn from(time_zone: TimeZone) -> Self {
        Self { time_zone, late_commit: settings::LATE_COMMIT, chat_kept: settings::CHAT_KEPT }
    }
}

/// The engine of one account.
pub struct Engine {
    /// The person and the hotel.
    pub account: Account,
    /// The account's database.
    pub store: Store,
    /// The account's pictures.
    pub media: MediaCache,
    /// The source of time and chance.
    pub environment: Environment,
    /// The hotel's zone.
    pub time_zone: TimeZone,
    /// The connection to the hotel.
    pub connectivity: Arc<Connectivity>,
    /// The part that reads the hotel.
    pub reader: Arc<Reader>,
    /// The part that sends the outbox.
    pub sender: Arc<Sender>,
    /// The part that follows live events.
    pub follower: Arc<Follower>,
    /// The part that keeps the guests' conversations up to date.
    pub chat: Arc<ChatTask>,
    /// The part that carries out an intent to be on or off duty.
    pub duty: Arc<DutyTask>,
    /// The part that downloads pictures.
    pub pictures: Arc<Pictures>,
    /// The guests' pictures that were shown last, in memory only.
    pub previews: Previews,
    leases: Arc<Leases>,
    open_requests: Arc<OpenRequests>,
    wakes: Arc<Wakes>,
    tasks: Mutex<Option<Tasks>>,
}

impl Engine {
    /// Creates an engine. Its tasks do not run before it is [started](Self::start).
    pub fn new(
        account: Account,
        LocalData { store, media }: LocalData,
        environment: Environment,
        terms: impl Into<Terms>,
        api: Api,
        monitor: Arc<Monitor>,
    ) -> Arc<Self> {
        let Terms { time_zone, late_commit, chat_kept } = terms.into();
        let wakes = Arc::<Wakes>::default();
        let connectivity =
            Arc::new(Connectivity::new(api, environment.clone(), store.clone(), Arc::clone(&wakes)));
        let leases = Arc::new(Leases::new(store.clone(), environment.clone()));
        let open_requests = Arc::new(OpenRequests::new(late_commit, environment.clone()));
        let base = Base { store, environment, connectivity, wakes };
        let reader = Arc::new(Reader::new(account.clone(), base.clone()));
        let sender = Sender::new(
            base.clone(),
            media.clone(),
            Arc::clone(&reader),
            Arc::clone(&leases),
            Arc::clone(&open_requests),
        );
        let duty = DutyTask::new(base.clone(), Arc::clone(&reader), Arc::clone(&leases));
        let chat = Arc::new(ChatTask::new(base.clone(), Arc::clone(&reader), chat_kept));
        let follower =
            Follower::new(account.clone(), base.clone(), monitor, Arc::clone(&reader), Arc::clone(&chat));
        let pictures = Pictures::new(base.clone(), media.clone());
        let Base { store, environment, connectivity, wakes } = base;
        Arc::new(Self {
            account,
            store,
            media,
            environment,
            time_zone,
            connectivity,
            reader,
            sender: Arc::new(sender),
            follower: Arc::new(follower),
            chat,
            duty: Arc::new(duty),
            pictures: Arc::new(pictures),
            previews: Previews::default(),
            leases,
            open_requests,
            wakes,
            tasks: Mutex::default(),
        })
    }

    /// Returns an engine of the same account on the same open database, with other settings about the hotel. This
    /// engine has to be stopped before, and is not used afterwards. The new one takes over the state of the process: the
    /// sign-in, the notices, the pauses, the shown conversation, and the reason why the key of the chat is not stored.
    pub async fn renewed(&self, terms: Terms, monitor: Arc<Monitor>) -> Result<Arc<Self>, StoreError> {
        self.release().await;
        let local = LocalData { store: self.store.clone(), media: self.media.clone() };
        let api = self.connectivity.api();
        let renewed = Self::new(self.account.clone(), local, self.environment.clone(), terms, api, monitor);
        renewed.reader.begin().await?;
        let before = self.connectivity.state();
        renewed.connectivity.change(|state| {
            state.sign_in_needed = before.sign_in_needed;
            state.identity_open = before.identity_open;
            state.believe_absences = before.believe_absences;
            (state.retry_at, state.busy_until, state.failures) =
                (before.retry_at, before.busy_until, before.failures);
            // A fault of the settings may be over.
            state.notices.extend(
                before.notices.iter().filter(|notice| notice.code != ErrorCode::Configuration).cloned(),
            );
        });
        renewed.chat.show(self.chat.looked_at());
        if let Some(reason) = self.chat.kept_until_exit() {
            renewed.chat.keep_until_exit(reason.to_owned());
        }
        Ok(renewed)
    }

    /// Starts the tasks. `live` is the source of the events.
    pub fn start(&self, live: Option<Config>) {
        *self.tasks.lock().unwrap_or_else(PoisonError::into_inner) = Some(Tasks::start(self, live));
    }

    /// Stops the tasks and waits for their end.
    pub async fn stop(&self) {
        let tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(tasks) = tasks {
            tasks.stop().await;
        }
    }

    /// Gives the leases to other processes of this account, and closes the database.
    pub async fn close(&self) {
        self.release().await;
        self.store.close().await;
    }

    async fn release(&self) {
        if let Err(error) = self.leases.release().await {
            tracing::info!(%error, "the lease ends by itself");
        }
    }

    /// The present time.
    pub fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// Returns today's date in the hotel's zone.
    pub fn today(&self) -> Date {
        self.now().to_zoned(self.time_zone.clone()).date()
    }

    /// Changes the outbox in one transaction, and wakes the sender.
    ///
    /// # Errors
    /// The errors of `write` and of the database.
    pub async fn queue<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let done = self.store.write(write).await?;
        self.wakes.push.notify_one();
        Ok(done)
    }

    /// Wakes the task that fetches pictures, because the shown pictures may have changed.
    pub fn look_for_pictures(&self) {
        self.wakes.pictures.notify_one();
    }

    /// Returns the transitions by which a person's command changes the outbox now.
    pub fn transitions(&self) -> Transitions {
        self.sender.transitions()
    }

    /// Returns true if the server has had enough time to carry this create out or to refuse it.
    pub fn is_past_settling(&self, intent: &Intent) -> bool {
        self.open_requests.is_past_settling(intent)
    }

    /// Accepts a mass disappearance, because a person confirmed it, and reads everything again.
    pub fn believe_absences(&self) {
        self.connectivity.change(|state| state.believe_absences = true);
        self.wakes.pull.notify_one();
    }

    /// Ends every wait, because a person pressed "try now".
    pub async fn hurry(&self) {
        self.connectivity.change(|state| (state.retry_at, state.busy_until) = (0, 0));
        self.wakes.live.notify_one();
        self.cut_waits().await;
    }

    /// Tries again everything that failed without a connection, because the system is on another network. A pause that
    /// a server has asked for still applies.
    pub async fn network_changed(&self) {
        self.connectivity.change(|state| state.retry_at = 0);
        self.wakes.network.notify_one();
        self.cut_waits().await;
    }

    async fn cut_waits(&self) {
        self.pictures.end_waits();
        let settled = self.environment.in_ms(open_requests::SETTLING);
        // The wait of a row is only the desk's own plan. If it cannot be shortened now, it ends by itself.
        if let Err(error) = self.store.write(move |tx| intents::cut_waits(tx, settled)).await {
            tracing::warn!(%error, "waits could not be cut");
        }
        self.wakes.all();
    }
}

/// The fields that all parts of an engine share.
#[derive(Clone)]
struct Base {
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
}
