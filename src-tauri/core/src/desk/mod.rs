//! The facade: all queries and commands of the window and the command line, which use nothing else of the core.
//!
//! A [`Desk`] is a data folder with the people who are signed in there; it shows one of them ([`people`]). It opens without a network, and even without a valid
//! sign-in. Then all stored data can be read, and all new intents are stored.

mod accounts;
mod bulk;
mod chat;
mod chat_files;
mod conflicts;
mod copying;
mod diagnostics;
mod display_file;
mod drafts;
mod duty;
mod export;
mod find;
mod galleries;
mod handover;
mod importing;
mod leaving;
mod lock;
mod new_file;
mod notes;
mod notifications;
mod offers;
mod operations;
mod order;
mod outbox;
mod people;
mod pictures;
mod put_back;
mod quick_replies;
mod records;
mod removing;
mod settings;
mod sign_in;
mod status;
mod storage;
mod support;
mod team;
mod versions;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::broadcast;

use crate::account::{Accounts, KeyStore};
use crate::diagnostics::Diagnostics;
use crate::engine::{Engine, capabilities as parts};
use crate::environment::Environment;
use crate::error::{DeskError, ErrorCode, failure};
use crate::hotel::Http;
use crate::ids::DraftId;
use crate::media::{Budget, Jobs};
use crate::outbox::fresh::Fresh;
use crate::settings::Settings;
use crate::store::witness;
use crate::views::Change;
pub use accounts::StoredAccounts;
use people::People;

/// The activity of a desk without a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The application: the desk reads, sends and receives live events by itself.
    Full,
    /// A command line: the desk reads and sends only on request.
    Manual,
}

/// The result of a [`Desk::sync_until_quiet`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SyncReport {
    /// The number of intents that still wait.
    pub waiting: u32,
    /// The number of intents that need a person.
    pub attention: u32,
    /// True if the hotel was reached.
    pub online: bool,
    /// True if the password is needed.
    pub sign_in_needed: bool,
    /// The number of offers on the list.
    pub offers: u32,
    /// True if all of the hotel's data could be read.
    pub complete: bool,
    /// The number of entities of the hotel that this program cannot read.
    pub unreadable: u32,
    /// The parts that the hotel's server does not have, one sentence each.
    pub absent: Vec<String>,
    /// The reason why it is not complete, or empty.
    pub message: String,
}

/// The time for which a deletion can be undone in the application.
const UNDO: Duration = Duration::from_secs(6);
/// The number of changes that a screen may lag behind. A slower screen must read everything again.
const FEED: usize = 1024;

/// A desk. Clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
    /// The draft that is saved through this handle.
    from: Option<DraftId>,
}

struct Inner {
    data_dir: PathBuf,
    settings: RwLock<Arc<Settings>>,
    /// Held while engines are added, replaced or removed.
    engines_turn: tokio::sync::Mutex<()>,
    mode: Mode,
    environment: Environment,
    http: Http,
    keys: KeyStore,
    feed: broadcast::Sender<Change>,
    diagnostics: Arc<Diagnostics>,
    accounts: std::sync::Mutex<Accounts>,
    people: RwLock<People>,
    /// The key of the person who left the desk last.
    last_person: std::sync::Mutex<Option<String>>,
    /// The time of the last input, by two clocks.
    input_at: std::sync::Mutex<(Duration, Duration)>,
    /// Held while a PIN is tried or set, so that tries are counted one after another.
    pin_turn: tokio::sync::Mutex<()>,
    /// The reason why the last sign-in could not be restored.
    why_not: RwLock<Option<DeskError>>,
    /// The failure to remove the data of a person who signed out.
    left_behind: std::sync::Mutex<Option<DeskError>>,
    preparing: Budget,
    /// The preparations that a screen watches.
    picture_jobs: Jobs,
}

impl Desk {
    /// Opens the data folder and restores the sign-ins.
    ///
    /// # Errors
    /// If the folder or the settings cannot be used. An invalid sign-in is not an error.
    pub async fn open(settings: Settings, mode: Mode) -> Result<Self, DeskError> {
        Self::open_in(settings, mode, Environment::system()).await
    }

    /// Calls [`open`](Self::open) with the given time and chance.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_in(
        settings: Settings,
        mode: Mode,
        environment: Environment,
    ) -> Result<Self, DeskError> {
        let accounts = Accounts::load(&settings.data_dir);
        let (feed, _) = broadcast::channel(FEED);
        let inner = Inner {
            mode,
            http: Http::with_clock(Arc::clone(environment.clock()))?,
            diagnostics: Diagnostics::start(environment.clone(), feed.clone()),
            keys: KeyStore,
            feed,
            accounts: std::sync::Mutex::new(accounts),
            people: RwLock::default(),
            last_person: std::sync::Mutex::default(),
            input_at: std::sync::Mutex::new(lock::moment(&environment)),
            pin_turn: tokio::sync::Mutex::default(),
            environment,
            why_not: RwLock::new(None),
            left_behind: std::sync::Mutex::default(),
            preparing: Budget::default(),
            picture_jobs: Jobs::default(),
            data_dir: settings.data_dir.clone(),
            settings: RwLock::new(Arc::new(settings)),
            engines_turn: tokio::sync::Mutex::default(),
        };
        let desk = Self { inner: Arc::new(inner), from: None };
        desk.remove_marked().await;
        if let Err(error) = desk.restore().await {
            tracing::info!(%error, "the last sign-in could not be taken up");
            *desk.inner.why_not.write().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        desk.lock_when_idle();
        desk.follow_settings();
        Ok(desk)
    }

    /// Stops every task and closes the database in order.
    pub async fn close(&self) {
        self.note_leaving().await;
        let _turn = self.inner.engines_turn.lock().await;
        for engine in self.engines() {
            engine.stop().await;
            self.remove_person(&engine);
            self.put_away(&engine).await;
        }
    }

    /// Returns the desk's environment, for callers that wait by its clock.
    pub fn environment(&self) -> &Environment {
        &self.inner.environment
    }

    /// Returns the data folder.
    pub fn data_dir(&self) -> &Path {
        &self.inner.data_dir
    }

    /// Returns the feed of changes. Screens then read the changed data again.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.feed.subscribe()
    }

    /// Returns the number of events about another hotel that were dropped since the sign-in.
    pub fn foreign_events(&self) -> u32 {
        self.engine().map_or(0, |engine| engine.connectivity.state().foreign_events)
    }

    /// Ends every wait.
    pub async fn try_now(&self) {
        for engine in self.engines() {
            engine.hurry().await;
        }
    }

    /// Called when the system reports another network: failed requests are tried again.
    pub async fn network_changed(&self) {
        for engine in self.engines() {
            engine.network_changed().await;
        }
    }

    /// Accepts a mass disappearance that a notice reported, and reads the list again.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`].
    pub async fn accept_absences(&self) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.believe_absences();
        Ok(())
    }

    /// Reads and sends until no more can be done now.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database. The hotel's failures are in the report.
    pub async fn sync_until_quiet(&self) -> Result<SyncReport, DeskError> {
        let engine = self.engine()?;
        let mut message = String::new();
        let read = async {
            engine.reader.read_me().await?;
            let read = engine.reader.read_everything().await;
            engine.reader.look_for_clock().await;
            read.map_err(|error| engine.connectivity.state().read_failure.unwrap_or_else(|| (&error).into()))
        };
        let read = read.await;
        let known = engine.store.read(crate::store::parts::all).await?;
        let complete = read.is_ok();
        if let Err(error) = read {
            let has_ended = error.message == failure!(SignInNeeded, "error-sign-in-needed").message;
            message = if has_ended { self.sign_in_ended() } else { error }.message;
        } else if let Some(unreadable) = parts::unreadable(&known) {
            message = unreadable.message;
        }
        let doubted = engine
            .connectivity
            .state()
            .notices
            .into_iter()
            .find(|notice| notice.code == ErrorCode::MassAbsence);
        if let Some(doubted) = doubted {
            message = doubted.message;
        }
        if engine.store.read(witness::has_gone_back).await? {
            message = failure!(Restored, "error-restored").message;
        }
        let counts = engine.sender.drain().await?;
        let state = engine.connectivity.state();
        let offers = self.offers(crate::views::OfferQuery { limit: Some(0), ..Default::default() }).await?;
        Ok(SyncReport {
            waiting: counts.waiting + counts.in_flight,
            attention: counts.attention,
            online: state.online == Some(true),
            sign_in_needed: state.sign_in_needed,
            offers: offers.total,
            complete,
            unreadable: parts::count_unreadable(&known),
            absent: parts::all_absent(&known),
            message,
        })
    }

    /// Returns the engine of the shown person.
    fn engine(&self) -> Result<Arc<Engine>, DeskError> {
        if let Some(person) = self.shown() {
            return Ok(person.engine);
        }
        let why_not = self.inner.why_not.read().unwrap_or_else(PoisonError::into_inner).clone();
        Err(match why_not {
            Some(why_not) => why_not,
            None if self.is_locked() => failure!(Locked, "error-locked"),
            None => DeskError::signed_out(),
        })
    }

    fn fresh(&self) -> Fresh {
        fresh(&self.inner.environment)
    }

    /// Returns the time to undo a deletion. Only a person in the window needs it; a script does not.
    fn undo_time(&self) -> Duration {
        match self.inner.mode {
            Mode::Full => UNDO,
            Mode::Manual => Duration::ZERO,
        }
    }
}

/// Returns new keys and the time of a command.
fn fresh(environment: &Environment) -> Fresh {
    Fresh {
        local: environment.local_id(),
        first: environment.intent_id(),
        second: environment.intent_id(),
        now: environment.now(),
    }
}

/// Runs a slow calculation, or work with files, outside of the asynchronous threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|cause| failure!(Unexpected, "error-work-ended", cause = cause.to_string()))?
}
