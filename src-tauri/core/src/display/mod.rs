//! The facade of the reception display: a screen that shows the hotel's page for guests.
//!
//! It needs no account, so there is no token and no person's data on its computer. Its [engine](crate::engine::public)
//! reads the public page into a database of its own, below the folder `display` of the data folder. The
//! [playlist](crate::playlist) is computed from the database, `display.toml` and the time; the page in the window asks
//! for it after each change ([`Display::changes`]) and reports what it shows.

mod editing;
mod status;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, broadcast, watch};
use tokio::task::JoinHandle;

use crate::engine::LocalData;
use crate::engine::follower::pusher_config;
use crate::engine::public::PublicEngine;
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::hotel::{Api, Http};
use crate::ids::MediaHash;
use crate::media::MediaCache;
use crate::playlist::{self, Content, DisplaySettings, Locality};
use crate::private::Secret;
use crate::settings::Settings;
use crate::store::Store;
use crate::views::{Change, DisplayState, DisplayStatus, DisplayView, LiveState, ShownSlide};

pub use status::read_status;

/// The folder of the database, the pictures and the status, in the data folder.
const FOLDER: &str = "display";
const DATABASE: &str = "display.sqlite";
/// The time between two checks of `display.toml`.
const LOOK: Duration = Duration::from_secs(2);
/// The largest interval of the status file's sign of life.
const SIGN_OF_LIFE: SignedDuration = SignedDuration::from_secs(30);
/// The number of wrong PINs after which further ones have to wait.
const TRIES: u32 = 5;
/// The time of that wait.
const PAUSE: Duration = Duration::from_secs(60);
/// The number of broken slides that the status names.
const MOST_BROKEN: usize = 20;
/// The number of changes that the display may lag behind. A slower one reads everything again.
const FEED: usize = 256;

/// A reception display. Clones share it.
#[derive(Clone)]
pub struct Display {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    environment: Environment,
    engine: Arc<PublicEngine>,
    /// The content and faults of `display.toml`.
    file: Mutex<File>,
    /// Notified after the editor has written `display.toml`.
    file_changed: Notify,
    /// The number of the present view.
    changes: watch::Sender<u64>,
    shown: Mutex<Shown>,
    tries: Mutex<Tries>,
    director: Mutex<Option<JoinHandle<()>>>,
}

/// The settings file as it was read last.
#[derive(Default)]
struct File {
    text: Option<String>,
    settings: DisplaySettings,
    fault: Option<String>,
}

/// The page's reports.
struct Shown {
    slide: Option<ShownSlide>,
    since: Timestamp,
    alive_at: Timestamp,
    broken: Vec<String>,
}

/// The wrong PINs in a row, and the monotonic time of the last one.
#[derive(Default)]
struct Tries {
    wrong: u32,
    last: Duration,
}

impl Display {
    /// Opens the display of a data folder and starts to read the hotel.
    ///
    /// # Errors
    /// Code `configuration` if the settings do not name a server and a hotel; else the errors of the folder.
    pub async fn open(settings: Settings) -> Result<Self, DeskError> {
        Self::open_in(settings, Environment::system()).await
    }

    /// Calls [`open`](Self::open) with the given time and chance.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_in(settings: Settings, environment: Environment) -> Result<Self, DeskError> {
        let (server, hotel) = settings.public_hotel()?;
        let live = pusher_config(&settings)?;
        let folder = settings.data_dir.join(FOLDER);
        let (feed, changed) = broadcast::channel(FEED);
        let path = folder.join(DATABASE);
        let opened = tokio::task::spawn_blocking(move || Store::open(&path, feed)).await;
        let opened = opened.map_err(|_| crate::store::StoreError::Closed).and_then(|opened| opened)?;
        let media = MediaCache::open(folder.join("media"))?;
        let api = Api::public(Http::with_clock(Arc::clone(environment.clock()))?, server, hotel.clone());
        let data = LocalData { store: opened.store, media };
        let engine = PublicEngine::new(hotel, data, environment.clone(), api);
        let now = environment.now();
        let inner = Inner {
            settings,
            environment,
            engine,
            file: Mutex::default(),
            file_changed: Notify::new(),
            changes: watch::Sender::new(0),
            shown: Mutex::new(Shown { slide: None, since: now, alive_at: now, broken: Vec::new() }),
            tries: Mutex::default(),
            director: Mutex::default(),
        };
        let display = Self { inner: Arc::new(inner) };
        display.look_at_file();
        display.inner.engine.start(live);
        let director = tokio::spawn(display.clone().direct(changed));
        *lock(&display.inner.director) = Some(director);
        Ok(display)
    }

    /// Ends every task, and notes in the status that the display has ended.
    pub async fn close(&self) {
        if let Some(director) = lock(&self.inner.director).take() {
            director.abort();
        }
        self.write_status(DisplayState::Ended, 0).await;
        self.inner.engine.close().await;
    }

    /// Returns the number of the present view, which changes with it.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    /// Returns the name of the wanted monitor, if the settings name one.
    pub fn monitor(&self) -> Option<String> {
        lock(&self.inner.file).settings.monitor.clone()
    }

    /// Tries the hotel again at once, because the system is on another network.
    pub fn network_changed(&self) {
        self.inner.engine.network_changed();
    }

    /// Returns everything that the display shows now.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn view(&self) -> Result<DisplayView, DeskError> {
        Ok(self.compute().await?.0)
    }

    /// Returns the view, and the next moment at which time alone may change it.
    async fn compute(&self) -> Result<(DisplayView, Timestamp), DeskError> {
        let content = self.inner.engine.store.read(Content::read).await?;
        let now = self.inner.environment.now();
        let file = lock(&self.inner.file);
        Ok(playlist::view(content, &file.settings, now, &self.locality()))
    }

    fn locality(&self) -> Locality<'_> {
        let settings = &self.inner.settings;
        Locality { zone: &settings.time_zone, language: settings.language.tag(), locale: &settings.locale }
    }

    /// Returns the bytes and the type of a cached picture.
    ///
    /// # Errors
    /// Code `not_found` if it is not in the cache.
    pub async fn media(&self, hash: MediaHash) -> Result<(Vec<u8>, String), DeskError> {
        let (media, now) = (self.inner.engine.media.clone(), self.inner.environment.now());
        let wanted = hash.clone();
        let found = tokio::task::spawn_blocking(move || media.get(&wanted, now)).await;
        match found {
            Ok(Ok(Some((bytes, kind)))) => Ok((bytes, kind.to_owned())),
            Ok(Err(error)) => Err(error.into()),
            Ok(Ok(None)) | Err(_) => {
                // It is fetched again.
                self.inner.engine.pictures.forget(&hash).await?;
                Err(DeskError::not_found("the picture"))
            }
        }
    }

    /// Notes the slide that the page shows now.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn note_shown(&self, key: Option<String>) -> Result<(), DeskError> {
        let (view, _) = self.compute().await?;
        let slide = key.and_then(|key| view.slides.iter().find(|slide| slide.key == key));
        let slide = slide.map(|slide| ShownSlide {
            key: slide.key.clone(),
            part: slide.part,
            title: slide.title.clone(),
        });
        let now = self.inner.environment.now();
        {
            let mut shown = lock(&self.inner.shown);
            if shown.slide != slide {
                shown.since = now;
            }
            if let Some(slide) = &slide {
                shown.broken.retain(|broken| *broken != slide.key);
            }
            (shown.slide, shown.alive_at) = (slide, now);
        }
        self.write_status(state_of(&view), view.slides.len()).await;
        Ok(())
    }

    /// Notes a slide that the page cannot show. Its picture is fetched again.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn note_broken(&self, key: String) -> Result<(), DeskError> {
        let (view, _) = self.compute().await?;
        let Some(slide) = view.slides.iter().find(|slide| slide.key == key) else { return Ok(()) };
        tracing::warn!(key, "the page cannot show a slide, and skips it");
        {
            let mut shown = lock(&self.inner.shown);
            if !shown.broken.contains(&key) && shown.broken.len() < MOST_BROKEN {
                shown.broken.push(key);
            }
        }
        if let Some(picture) = &slide.picture {
            self.inner.engine.pictures.forget(picture).await?;
        }
        self.write_status(state_of(&view), view.slides.len()).await;
        Ok(())
    }

    /// Notes a sign of life of the page.
    pub async fn note_alive(&self) {
        let now = self.inner.environment.now();
        let is_due = now.duration_since(lock(&self.inner.shown).alive_at) >= SIGN_OF_LIFE;
        if is_due {
            lock(&self.inner.shown).alive_at = now;
            if let Ok((view, _)) = self.compute().await {
                self.write_status(state_of(&view), view.slides.len()).await;
            }
        }
    }

    /// Returns true if these digits are the PIN, or if there is none. After five wrong ones in a row a minute has to
    /// pass.
    ///
    /// # Errors
    /// Code `not_allowed` during that minute.
    pub fn try_pin(&self, digits: &Secret) -> Result<bool, DeskError> {
        let Some(pin) = self.pin() else { return Ok(true) };
        let now = self.inner.environment.monotonic();
        let mut tries = lock(&self.inner.tries);
        if tries.wrong >= TRIES && now.saturating_sub(tries.last) < PAUSE {
            return Err(failure!(NotAllowed, "error-display-pin-pause"));
        }
        if pin == *digits {
            *tries = Tries::default();
            return Ok(true);
        }
        tries.wrong = if tries.wrong >= TRIES { 1 } else { tries.wrong + 1 };
        tries.last = now;
        Ok(false)
    }

    /// Announces a new view after each change of the data, of the file, or by time alone. Runs for ever.
    async fn direct(self, mut changed: broadcast::Receiver<Change>) {
        let mut last: Option<DisplayView> = None;
        loop {
            let until = match self.compute().await {
                Ok((view, until)) => {
                    if last.as_ref() != Some(&view) {
                        last = Some(view);
                        self.inner.changes.send_modify(|number| *number += 1);
                    }
                    until
                }
                Err(error) => {
                    tracing::warn!(%error, "the display cannot be computed");
                    self.inner.environment.now()
                }
            };
            self.until_something_changes(&mut changed, until).await;
        }
    }

    /// Returns after a change of the data or of the file, or at the given moment, and at the latest after half a minute.
    async fn until_something_changes(&self, changed: &mut broadcast::Receiver<Change>, until: Timestamp) {
        let environment = &self.inner.environment;
        let latest = environment.now().checked_add(SIGN_OF_LIFE).unwrap_or(until).min(until);
        loop {
            let rest = Duration::try_from(latest.duration_since(environment.now())).unwrap_or_default();
            if rest.is_zero() {
                // A moment that has passed while the view was computed must not make this loop busy.
                return environment.sleep(Duration::from_millis(200)).await;
            }
            tokio::select! {
                change = changed.recv() => match change {
                    Ok(Change::Entities { .. }) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Closed) => environment.sleep(LOOK).await,
                },
                () = self.inner.file_changed.notified() => return,
                () = environment.sleep(rest.min(LOOK)) => {
                    if self.look_at_file() {
                        return;
                    }
                }
            }
        }
    }

    /// Reads `display.toml` if it changed. Returns true then. After a fault the last good content stays.
    fn look_at_file(&self) -> bool {
        let path = self.path();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                tracing::warn!(%error, "display.toml cannot be read");
                return false;
            }
        };
        let mut file = lock(&self.inner.file);
        if file.text.as_ref() == Some(&text) {
            return false;
        }
        match DisplaySettings::read(&text, &path) {
            Ok(settings) => (file.settings, file.fault) = (settings, None),
            Err(error) => {
                tracing::warn!("display.toml is wrong: {error}");
                file.fault = Some(error.message);
            }
        }
        file.text = Some(text);
        true
    }

    /// Returns the PIN that is in effect.
    fn pin(&self) -> Option<Secret> {
        lock(&self.inner.file).settings.pin.clone()
    }

    /// Returns the place of `display.toml`.
    fn path(&self) -> PathBuf {
        self.inner.settings.data_dir.join(playlist::FILE)
    }

    async fn write_status(&self, state: DisplayState, slides: usize) {
        let data_as_of = self.inner.engine.as_of().await.unwrap_or_default();
        let known = self.inner.engine.connectivity.state();
        let settings_fault = lock(&self.inner.file).fault.clone();
        let status = {
            let shown = lock(&self.inner.shown);
            DisplayStatus {
                running: state != DisplayState::Ended,
                state,
                slide: shown.slide.clone().filter(|_| state == DisplayState::Showing),
                since: shown.since,
                alive_at: shown.alive_at,
                slides: u32::try_from(slides).unwrap_or(u32::MAX),
                broken: shown.broken.clone(),
                data_as_of,
                online: known.online,
                live: Some(known.live.unwrap_or(LiveState::Off)),
                settings_fault,
            }
        };
        status::write(&self.inner.settings.data_dir, &status);
    }
}

fn state_of(view: &DisplayView) -> DisplayState {
    match view {
        DisplayView { dark: true, .. } => DisplayState::Dark,
        DisplayView { slides, .. } if slides.is_empty() => DisplayState::Waiting,
        _ => DisplayState::Showing,
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is complete, so a panic elsewhere cannot leave it half done.
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
