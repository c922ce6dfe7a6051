//! The engine of a guest's view of a hotel, which needs no sign-in: the reception display.
//!
//! It reads the hotel's page for guests every minute, and soon after each event of the hotel's public channel. An event
//! is applied at once. Guests see active offers only, so an offer that an event switches off is hidden before any read.
//! Nothing is sent, and events about people are not stored.

mod contents;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pusher::{Client, Config, Events, Notice};
use tokio::sync::Notify;

use self::contents::{Content, Numbers};
use super::apply::{self, Applying, Source};
use super::connectivity::Connectivity;
use super::pictures::Pictures;
use super::tasks::Tasks;
use super::wakes::Wakes;
use super::{Base, LocalData};
use crate::environment::Environment;
use crate::hotel::dialect::Generation;
use crate::hotel::{Api, ApiError, events};
use crate::ids::ServerId;
use crate::media::MediaCache;
use crate::resources::{Kind, PublicPage, Said, ServerCopy};
use crate::store::entities;
use crate::store::meta::{self, Key};
use crate::store::{Store, StoreError, Tx};
use crate::views::LiveState;

/// The kinds that the page shows.
pub const SHOWN: [Kind; 4] = [Kind::Branding, Kind::Offer, Kind::Gallery, Kind::RoomType];
/// The time from one read to the next while nothing happens. Galleries and room types have no event for each change.
const EVERY: Duration = Duration::from_secs(60);
/// The time over which the reads after an event are spread, so that a change is on the screen within a second.
const SOON: Duration = Duration::from_millis(600);
/// The largest number of notices that are handled together.
const TOGETHER: usize = 256;
/// The time after which a client that has ended is replaced.
const RECOVERY: Duration = Duration::from_secs(5);
/// Fewer missing entities than this are never a mass disappearance.
const FEW: usize = 5;
/// The time for which a mass disappearance must last before it is believed. There is no person to confirm it.
const LASTS: Duration = Duration::from_secs(55);

/// The state that only this process knows.
#[derive(Default)]
struct Known {
    /// The numbers by which offers are known here.
    numbers: Numbers,
    /// The number of entities on the last page that was believed. Where the page gives no numbers, an offer with a new
    /// title is another one: a page of new titles is as long as before, and misses nothing.
    listed: HashMap<Kind, usize>,
    /// The entities that the page misses in large numbers, and the monotonic time since when.
    doubted: HashMap<Kind, (BTreeSet<ServerId>, Duration)>,
}

/// The engine of a guest's view.
pub struct PublicEngine {
    hotel: String,
    /// The database. It contains only what guests may see.
    pub store: Store,
    /// The pictures.
    pub media: MediaCache,
    /// The source of time and chance.
    pub environment: Environment,
    /// The connection to the hotel.
    pub connectivity: Arc<Connectivity>,
    /// The part that downloads pictures.
    pub pictures: Arc<Pictures>,
    wakes: Arc<Wakes>,
    /// Notified when the page has to be read soon.
    needed: Notify,
    known: Arc<Mutex<Known>>,
    tasks: Mutex<Option<Tasks>>,
}

impl PublicEngine {
    /// Creates an engine. Its tasks do not run before it is [started](Self::start).
    pub fn new(
        hotel: String,
        LocalData { store, media }: LocalData,
        environment: Environment,
        api: Api,
    ) -> Arc<Self> {
        let wakes = Arc::<Wakes>::default();
        let connectivity =
            Arc::new(Connectivity::new(api, environment.clone(), store.clone(), Arc::clone(&wakes)));
        let base = Base { store, environment, connectivity, wakes };
        let pictures = Arc::new(Pictures::new(base.clone(), media.clone()));
        let Base { store, environment, connectivity, wakes } = base;
        Arc::new(Self {
            hotel,
            store,
            media,
            environment,
            connectivity,
            pictures,
            wakes,
            needed: Notify::new(),
            known: Arc::default(),
            tasks: Mutex::default(),
        })
    }

    /// Starts the tasks. `live` is the source of the events.
    pub fn start(self: &Arc<Self>, live: Option<Config>) {
        let mut tasks = Tasks::none(self.environment.clone(), Arc::clone(&self.connectivity));
        if let Some(config) = live {
            tasks.keep("live events", self, move |engine| engine.follow(config.clone()));
        }
        tasks.keep("reading", self, |engine| engine.read_forever());
        tasks.keep("pictures", &self.pictures, |pictures| pictures.fetch_forever());
        tasks.keep("status", &self.connectivity, |connectivity| connectivity.show_lasting_losses());
        *self.tasks.lock().unwrap_or_else(PoisonError::into_inner) = Some(tasks);
    }

    /// Stops the tasks, waits for their end, and closes the database.
    pub async fn close(&self) {
        let tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(tasks) = tasks {
            tasks.stop().await;
        }
        self.store.close().await;
    }

    /// Tries everything again at once, because the system is on another network.
    pub fn network_changed(&self) {
        self.connectivity.change(|state| state.retry_at = 0);
        self.pictures.end_waits();
        self.wakes.network.notify_one();
        self.needed.notify_one();
    }

    async fn read_forever(self: Arc<Self>) {
        loop {
            if let Err(error) = self.read().await {
                tracing::info!(%error, "the hotel's page could not be read");
            }
            let wait = self.connectivity.must_wait().unwrap_or(EVERY);
            tokio::select! {
                () = self.needed.notified() => self.environment.sleep(self.environment.jitter(SOON)).await,
                () = self.environment.sleep(wait) => {}
            }
        }
    }

    /// Reads the page once and applies it.
    async fn read(&self) -> Result<(), ReadError> {
        let since = self.store.read(entities::revision).await?;
        let page = match self.connectivity.api().public_page().await {
            Ok(page) => page,
            Err(error) => {
                self.connectivity.failed(&error);
                return Err(error.into());
            }
        };
        self.connectivity.reached();
        self.take_page(page, since).await?;
        self.wakes.pictures.notify_one();
        Ok(())
    }

    async fn take_page(&self, page: PublicPage, since: i64) -> Result<(), StoreError> {
        let mut absent = Vec::new();
        for kind in page.whole.iter().copied() {
            absent.extend(self.absent(kind, &page, since).await?.into_iter().map(|id| (kind, id)));
        }
        self.known().numbers.are_the_hotels = page.has_numbers;
        let (environment, now) = (self.environment.clone(), self.environment.now());
        let how = Applying { source: Source::Read { since }, notify: false, now };
        self.store
            .write(move |tx| {
                for copy in &page.copies {
                    apply::copy(tx, &environment, how, copy)?;
                }
                for gone in absent {
                    apply::removal(tx, &environment, how, gone)?;
                }
                entities::forget_old_removals(tx)?;
                SHOWN.into_iter().try_for_each(|kind| meta::set(tx, Key::AsOf(kind), &now))
            })
            .await
    }

    /// Returns the entities of a kind that are not on the page any more. If many are missing and the page lists fewer
    /// than half as many as before, they count only if a second read, a minute later, misses the same ones.
    async fn absent(&self, kind: Kind, page: &PublicPage, since: i64) -> Result<Vec<ServerId>, StoreError> {
        let there: BTreeSet<ServerId> =
            page.copies.iter().filter(|copy| copy.kind() == kind).map(ServerCopy::id).collect();
        let rows = self.store.read(move |db| entities::all(db, kind)).await?;
        let known = rows.iter().filter_map(|row| row.server_id).count();
        let old = rows.iter().filter(|row| row.revision <= since).filter_map(|row| row.server_id);
        let absent: BTreeSet<ServerId> = old.filter(|id| !there.contains(id)).collect();
        let now = self.environment.monotonic();
        let mut known_here = self.known();
        let listed = known_here.listed.get(&kind).copied().unwrap_or(known);
        let is_short = absent.len() > FEW && there.len() * 2 < listed;
        let doubted = known_here.doubted.get(&kind).filter(|(before, _)| *before == absent);
        match doubted.map(|(_, at)| now.saturating_sub(*at) >= LASTS) {
            Some(false) if is_short => Ok(Vec::new()),
            None if is_short => {
                tracing::warn!(?kind, missing = absent.len(), listed, "the page misses most of them");
                known_here.doubted.insert(kind, (absent, now));
                Ok(Vec::new())
            }
            _ => {
                known_here.doubted.remove(&kind);
                known_here.listed.insert(kind, there.len());
                Ok(absent.into_iter().collect())
            }
        }
    }

    /// Follows the hotel's public channel for ever. A client that ends by itself has met a bug of its own, and another
    /// one takes its place.
    async fn follow(self: Arc<Self>, mut config: Config) {
        // The later servers publish nothing about their page.
        let channel = Generation::First.hotel_channel(&self.hotel);
        loop {
            config.seed = self.environment.seed();
            let (client, mut events) = Client::start(config.clone(), Arc::clone(self.environment.clock()));
            if let Err(error) = client.subscribe(&channel) {
                self.show_live(LiveState::Refused, Some(error.to_string()));
                return;
            }
            client.connect();
            self.take_notices(&client, &mut events, &channel).await;
            tracing::error!("the live connection failed and begins again");
            self.environment.sleep(RECOVERY).await;
        }
    }

    async fn take_notices(&self, client: &Client, events: &mut Events, channel: &str) {
        loop {
            tokio::select! {
                notices = events.next_together(TOGETHER) => match notices {
                    Some(notices) => self.take_together(notices, channel).await,
                    None => return,
                },
                () = self.wakes.network.notified() => client.network_changed(),
            }
        }
    }

    /// Handles notices. The contents of the events among them are stored in one transaction. One transaction for each
    /// would take seconds for a burst, and meanwhile show titles that a read has already replaced.
    async fn take_together(&self, notices: impl IntoIterator<Item = Notice>, channel: &str) {
        let mut contents = Vec::new();
        for notice in notices {
            match notice {
                Notice::Event(event) if *event.channel == *channel => contents.extend(self.contents(&event)),
                Notice::Subscribed { .. } | Notice::Gap(_) => self.needed.notify_one(),
                Notice::State(status) => {
                    let cause = status.last_cause.as_ref().map(ToString::to_string);
                    self.show_live(status.state.into(), cause);
                }
                Notice::ChannelFailed(failed) if !failed.retrying => {
                    self.show_live(LiveState::Refused, Some(failed.reason.to_string()));
                }
                _ => {}
            }
        }
        if !contents.is_empty() {
            self.take_contents(contents).await;
        }
    }

    fn show_live(&self, live: LiveState, cause: Option<String>) {
        self.connectivity.change(|state| (state.live, state.live_cause) = (Some(live), cause));
    }

    /// Returns the contents of an event that guests may see. An event that cannot be read has none: the page is read.
    fn contents(&self, event: &pusher::Event) -> Vec<Content> {
        let nothing = serde_json::Value::Null;
        let data = event.json().unwrap_or(&nothing);
        if events::names_another_hotel(data, &self.hotel) {
            return Vec::new();
        }
        let title = data["offer_title"].as_str().map(str::to_owned);
        let mut contents = Vec::new();
        for said in events::read(&event.name, data) {
            match said {
                // The presses of the clock are on the same channel. They are about people, and are not for guests.
                Ok(Said::Duty(_)) => {}
                Ok(said) => contents.push(Content { said, title: title.clone() }),
                Err(unreadable) => {
                    tracing::warn!(event = ?event.name, why = unreadable.0, "an event cannot be read");
                    self.needed.notify_one();
                }
            }
        }
        contents
    }

    /// Stores the contents of events in their order, and plans the read that confirms them.
    async fn take_contents(&self, contents: Vec<Content>) {
        let (environment, known) = (self.environment.clone(), Arc::clone(&self.known));
        let how = Applying { source: Source::Event, notify: false, now: self.environment.now() };
        let apply = move |tx: &mut Tx<'_>| {
            let numbers = &mut locked(&known).numbers;
            contents.into_iter().try_for_each(|content| content.apply(tx, &environment, how, numbers))
        };
        if let Err(error) = self.store.write(apply).await {
            tracing::warn!(%error, "events cannot be stored");
        }
        self.needed.notify_one();
        self.wakes.pictures.notify_one();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        locked(&self.known)
    }

    /// Returns the time of the last complete read.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn as_of(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.read(|db| meta::get(db, Key::AsOf(Kind::Branding))).await
    }
}

fn locked(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The reason why the page was not read.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests;
