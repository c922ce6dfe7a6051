//! The local database: the state that screens show and everything else writes.
//!
//! There is one direction. A command, an answer or an event becomes one transaction; after its commit the
//! [`Change`]s that it collected go out on the feed; screens ask again. Nothing is announced before it is
//! stored, and nothing that is announced can still be rolled back.
//!
//! * One *writer* thread owns the only connection that may write. Work for it is a closure over a [`Tx`].
//! * *Readers* are `query_only` connections. In WAL mode they never wait for the writer.
//! * `synchronous=FULL`: when an edit was accepted it survives a power cut.
//! * A second process may have the same file open. Its commits show as a new `data_version`; see
//!   [`Store::foreign_commit`]. Which of the processes may send is told by the [`lease`].
//!
//! A file that does not open, or whose check fails, is set aside under a new name and never deleted; see
//! [`open`](Store::open). Who may do that, and who may remove an account, is told by [`removal`].

pub mod columns;
pub mod drafts;
pub mod duty;
pub mod entities;
pub mod galleries;
pub mod health;
pub mod intents;
pub mod lease;
pub mod meta;
mod open;
pub mod own_work;
pub mod parts;
pub mod pictures;
pub mod removal;
pub mod requests;
mod rowids;
mod salvage;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::broadcast;

use crate::error::{DeskError, failure};
use crate::private::json_fault;
use crate::views::Change;

use removal::InUse;
pub use writer::Tx;

/// Why the database did not do it.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// There is no room on the disk. Nothing was half written.
    #[error("the disk is full")]
    Full,
    /// The data folder may not be written.
    #[error("the data folder may not be written")]
    ReadOnly,
    /// A row that was named is not there.
    #[error("{0} is not here any more")]
    NotFound(&'static str),
    /// The intent cannot be changed any more.
    #[error("it has been sent already")]
    TooLate,
    /// Somebody signed this person out in another process, and the account is to be removed.
    #[error("somebody signed out in another process")]
    SignedOutElsewhere,
    /// Another process opens or removes the account, and does not come to an end.
    #[error("another process is opening or removing the account")]
    Busy,
    /// Another process holds the lease.
    #[error("another process sends for this account")]
    LeaseLost,
    /// One row was to be changed, and it was not there: what was acknowledged would be lost.
    #[error("a row that was to be changed is not there ({0} rows)")]
    NotOneRow(usize),
    /// SQLite says otherwise.
    #[error("the local database failed: {}", sqlite_fault(.0))]
    Sqlite(rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error("the local database could not be brought up to date: {}", migration_fault(.0))]
    Migration(#[from] rusqlite_migration::Error),
    /// A stored value could not be written or read as JSON.
    #[error("a stored value cannot be read: {}", json_fault(.0))]
    Json(#[from] serde_json::Error),
    /// The file or its folder.
    #[error("the data folder cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// The store is closed.
    #[error("the local database is closed")]
    Closed,
}

/// As in a sentence: what is stored may stand in the errors of the libraries below.
impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StoreError {
    /// The same failure once more, for another one whom it concerns.
    fn again(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::ReadOnly => Self::ReadOnly,
            Self::SignedOutElsewhere => Self::SignedOutElsewhere,
            Self::Sqlite(rusqlite::Error::SqliteFailure(code, text)) => {
                Self::Sqlite(rusqlite::Error::SqliteFailure(*code, text.clone()))
            }
            other => Self::Io(std::io::Error::other(other.to_string())),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            StoreError::Full => failure!(DiskFull, "error-disk-full"),
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::TooLate => failure!(TooLate, "error-too-late"),
            StoreError::SignedOutElsewhere => failure!(SignedOut, "error-signed-out-elsewhere"),
            StoreError::NotOneRow(_) => failure!(Database, "error-not-stored"),
            StoreError::ReadOnly => failure!(Database, "error-database-read-only"),
            StoreError::Migration(rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            )) => failure!(Database, "error-database-newer"),
            other => failure!(Database, "error-database", cause = in_words(&other)),
        };
        failed.logged_as(logged)
    }
}

/// Why the database cannot be used, for people: what it was asked for says nothing to them.
fn in_words(error: &StoreError) -> String {
    use rusqlite::ErrorCode as Code;
    let error = match error {
        StoreError::Sqlite(error) => error,
        StoreError::Migration(rusqlite_migration::Error::RusqliteError { err, .. }) => err,
        StoreError::Migration(_) => return "it could not be brought up to date".to_owned(),
        other => return other.to_string(),
    };
    match error.sqlite_error_code() {
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => "another copy of the program is using it",
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => "it is damaged",
        Some(Code::ReadOnly | Code::PermissionDenied) => "it may not be written",
        Some(Code::CannotOpen) => "it cannot be opened",
        Some(Code::SystemIoFailure) => "the disk failed",
        Some(Code::OutOfMemory) => "there is not enough memory",
        _ => "it gave an answer that was not expected",
    }
    .to_owned()
}

/// What SQLite says. A value that could not be converted may be quoted by who tried, so of that only the place is told.
fn sqlite_fault(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(column, ..) => {
            format!("a stored value cannot be read (column {column})")
        }
        rusqlite::Error::ToSqlConversionFailure(_) => "a value cannot be stored".to_owned(),
        other => match other.sqlite_error() {
            // Its own words may quote what it was asked for.
            Some(code) if !matches!(other, rusqlite::Error::SqliteFailure(..)) => code.to_string(),
            _ => other.to_string(),
        },
    }
}

fn migration_fault(error: &rusqlite_migration::Error) -> String {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => sqlite_fault(err),
        other => other.to_string(),
    }
}

/// The path with something behind its name.
fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// How many readers are kept open.
const READERS: usize = 3;

/// A handle to one account's database. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    writer: writer::Writer,
    readers: Mutex<Vec<Connection>>,
    /// `None` once closed; whoever reads keeps it until the end.
    in_use: Mutex<Option<Arc<InUse>>>,
    feed: broadcast::Sender<Change>,
}

/// An opened store, and what had to be done to open it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// A damaged file that was set aside, with its new place.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens (or makes) the database at `path` and brings its schema up to date. Changes go to `feed`.
    ///
    /// # Errors
    /// Only when no usable database can be made there at all: a damaged one is set aside and replaced.
    pub fn open(path: &Path, feed: broadcast::Sender<Change>) -> Result<Opened, StoreError> {
        let (connection, set_aside, in_use) = open::open_or_set_aside(path)?;
        let in_use = Arc::new(in_use);
        let readers = (0..READERS).map(|_| open::reader(path)).collect::<Result<Vec<_>, _>>()?;
        let open = writer::Open { connection, path: path.to_owned(), in_use: Arc::clone(&in_use) };
        let writer = writer::Writer::start(open, feed.clone())?;
        let (readers, in_use) = (Mutex::new(readers), Mutex::new(Some(in_use)));
        let inner = Inner { path: path.to_owned(), writer, readers, in_use, feed };
        Ok(Opened { store: Self { inner: Arc::new(inner) }, set_aside })
    }

    /// Runs `work` in one transaction. Its changes are announced after the commit; on an error everything
    /// is rolled back and nothing is announced.
    pub async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.writer.run(work).await
    }

    /// Runs `query` on a reader, away from the asynchronous threads. All that it asks for is of one moment: what is
    /// written meanwhile is not seen.
    pub async fn read<T, Q>(&self, query: Q) -> Result<T, StoreError>
    where
        T: Send + 'static,
        Q: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let in_use = inner.in_use()?;
        tokio::task::spawn_blocking(move || {
            let _in_use = in_use;
            let connection = match inner.take_reader() {
                Some(connection) => connection,
                None => open::reader(&inner.path)?,
            };
            let answer =
                connection.unchecked_transaction().map_err(StoreError::from).and_then(|now| query(&now));
            inner.give_back(connection);
            answer
        })
        .await
        .map_err(|_| StoreError::Closed)?
    }

    /// Announces a change that is in no table, such as the progress of an upload.
    pub fn announce(&self, change: Change) {
        // No receiver is no error: nobody looks.
        let _ = self.inner.feed.send(change);
    }

    /// True when another process has committed since the last call. Announces it as a change of everything.
    pub async fn foreign_commit(&self) -> Result<bool, StoreError> {
        self.inner.writer.foreign_commit().await
    }

    /// Marks the account for removal if `may_go` says so, in one transaction: what another process stores comes before
    /// the look, or is refused with [`StoreError::SignedOutElsewhere`]. [`removal::carry_out`] removes it.
    pub async fn mark_for_removal<G>(&self, may_go: G) -> Result<bool, StoreError>
    where
        G: FnOnce(&Connection) -> Result<bool, StoreError> + Send + 'static,
    {
        let path = self.inner.path.clone();
        self.write(move |tx| {
            let goes = may_go(tx)?;
            if goes {
                removal::mark(&path)?;
            }
            Ok(goes)
        })
        .await
    }

    /// Somebody signed out, and the account is to be removed: nothing is stored in it any more.
    pub fn is_marked_for_removal(&self) -> bool {
        removal::is_marked(&self.inner.path)
    }

    /// Closes everything in order: what was given to the writer before is still carried out.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.lock_readers().clear();
        self.inner.in_use.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Inner {
    fn lock_readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A panic elsewhere cannot leave a list of connections half changed.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the files where they are for as long as it is held.
    fn in_use(&self) -> Result<Arc<InUse>, StoreError> {
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)
    }

    fn take_reader(&self) -> Option<Connection> {
        self.lock_readers().pop()
    }

    fn give_back(&self, connection: Connection) {
        let is_open = self.in_use().is_ok();
        let mut readers = self.lock_readers();
        if is_open && readers.len() < READERS {
            readers.push(connection);
        }
    }
}
