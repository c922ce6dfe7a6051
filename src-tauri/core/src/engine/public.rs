//! The engine of a guest's view of a hotel, which needs no sign-in: the reception display.
//!
//! It reads the hotel's page for guests every minute, and soon after each event of the hotel's public channel. An event
//! is applied at once. Guests see active offers only, so an offer that an event switches off is hidden before any read.
//! Nothing is sent, and events about people are not stored.
//!
//! Some pages give offers no numbers (contract.md 4.7), while events name them by number. There an offer is known by its
//! title, and the number of an event leads to it once an event has named both.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use pusher::{Client, Config, Events, Notice};
use tokio::sync::Notify;

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
use crate::resources::{Kind, PublicPage, Said, ServerCopy, number_of_title};
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
/// The time after which a client that has ended is replaced.
const RECOVERY: Duration = Duration::from_secs(5);
/// Fewer missing entities than this are never a mass disappearance.
const FEW: usize = 5;
/// The time for which a mass disappearance must last before it is believed. There is no person to confirm it.
const LASTS: Duration = Duration::from_secs(55);

/// The state that only this process knows.
#[derive(Default)]
struct Known {
    /// Whether the page gives offers their numbers.
    has_numbers: bool,
    /// The numbers of events, and the numbers by which these offers are known here.
    numbers: HashMap<ServerId, ServerId>,
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
    known: Mutex<Known>,
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
            known: Mutex::new(Known { has_numbers: true, ..Known::default() }),
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
        self.known().has_numbers = page.has_numbers;
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
                notice = events.next() => match notice {
                    Some(notice) => self.take_notice(notice, channel).await,
                    None => return,
                },
                () = self.wakes.network.notified() => client.network_changed(),
            }
        }
    }

    async fn take_notice(&self, notice: Notice, channel: &str) {
        match notice {
            Notice::Event(event) if *event.channel == *channel => self.take_event(&event).await,
            Notice::Subscribed { .. } | Notice::Gap(_) => self.needed.notify_one(),
            Notice::State(status) => {
                self.show_live(status.state.into(), status.last_cause.as_ref().map(ToString::to_string));
            }
            Notice::ChannelFailed(failed) if !failed.retrying => {
                self.show_live(LiveState::Refused, Some(failed.reason.to_string()));
            }
            _ => {}
        }
    }

    fn show_live(&self, live: LiveState, cause: Option<String>) {
        self.connectivity.change(|state| (state.live, state.live_cause) = (Some(live), cause));
    }

    async fn take_event(&self, event: &pusher::Event) {
        let nothing = serde_json::Value::Null;
        let data = event.json().unwrap_or(&nothing);
        if events::names_another_hotel(data, &self.hotel) {
            return;
        }
        for said in events::read(&event.name, data) {
            // The presses of the clock are on the same channel. They are about people, and are not for guests.
            if matches!(said, Ok(Said::Duty(_))) {
                continue;
            }
            let title = data["offer_title"].as_str().map(str::to_owned);
            let taken = match said {
                Ok(said) => self.take_in(said, title).await.map_err(|error| error.to_string()),
                Err(unreadable) => Err(unreadable.0),
            };
            if let Err(why) = taken {
                tracing::warn!(event = ?event.name, why, "an event cannot be read or stored");
            }
            self.needed.notify_one();
            self.wakes.pictures.notify_one();
        }
    }

    /// Applies an event. `title` is the title of an offer that the event names beside its number.
    async fn take_in(&self, said: Said, title: Option<String>) -> Result<(), StoreError> {
        let how = Applying { source: Source::Event, notify: false, now: self.environment.now() };
        let environment = self.environment.clone();
        match said {
            Said::Copy(theirs) if SHOWN.contains(&theirs.kind()) => self.take_copy(theirs, how).await,
            Said::Partly(theirs) => {
                self.store.write(move |tx| apply::partial(tx, &environment, how, &theirs)).await.map(drop)
            }
            Said::Picture { kind, id, title, photo_url } if SHOWN.contains(&kind) => {
                let id = self.known_number(kind, id, title.as_deref()).await?;
                let picture = move |tx: &mut Tx<'_>| apply::unconfirmed_picture(tx, how, kind, id, photo_url);
                self.store.write(picture).await.map(drop)
            }
            Said::Tombstone { kind, id } if SHOWN.contains(&kind) => {
                let id = self.known_number(kind, id, title.as_deref()).await?;
                self.store.write(move |tx| apply::unconfirmed_removal(tx, kind, id)).await
            }
            // The read that follows brings the rest.
            _ => Ok(()),
        }
    }

    /// Applies a whole copy. One that is switched off is hidden at once, however old the event may be: the page decides
    /// soon.
    async fn take_copy(&self, theirs: ServerCopy, how: Applying) -> Result<(), StoreError> {
        let (kind, title) = (theirs.kind(), theirs.title());
        let id = self.known_number(kind, theirs.id(), Some(&title)).await?;
        let environment = self.environment.clone();
        let is_off = theirs.record().is_some_and(|record| !record.fields.flag("is_active"));
        self.store
            .write(move |tx| {
                if is_off {
                    return apply::unconfirmed_removal(tx, kind, id);
                }
                let mut theirs = theirs;
                let row = entities::by_server_id(tx, kind, id)?;
                if let ServerCopy::Record(record) = &mut theirs {
                    record.id = id;
                    let before = row.as_ref().and_then(|row| row.latest()).and_then(ServerCopy::record);
                    // The page gives the order, which its numbers replace.
                    if let Some(place) = before.and_then(|before| before.fields.get("sort_order")) {
                        record.fields.set("sort_order", place.clone());
                    }
                }
                apply::copy(tx, &environment, how, &theirs).map(drop)
            })
            .await
    }

    /// Returns the number by which the entity of an event is known here.
    async fn known_number(
        &self,
        kind: Kind,
        id: ServerId,
        title: Option<&str>,
    ) -> Result<ServerId, StoreError> {
        if kind != Kind::Offer || self.known().has_numbers {
            return Ok(id);
        }
        let known = self.known().numbers.get(&id).copied();
        if let Some(known) = known
            && self.store.read(move |db| entities::by_server_id(db, kind, known)).await?.is_some()
        {
            return Ok(known);
        }
        let Some(title) = title else { return Ok(id) };
        let by_title = number_of_title(title, 0);
        self.known().numbers.insert(id, by_title);
        Ok(by_title)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the time of the last complete read.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn as_of(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.read(|db| meta::get(db, Key::AsOf(Kind::Branding))).await
    }
}

/// The reason why the page was not read.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Store(#[from] StoreError),
}
