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
//! [`open`](Store::open).

pub mod duty;
pub mod facts;
pub mod galleries;
pub mod guests;
pub mod health;
pub mod intents;
pub mod lease;
pub mod meta;
mod open;
pub mod own_work;
pub mod parts;
pub mod pictures;
mod salvage;
pub mod things;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::broadcast;

use crate::desk::views::Change;
use crate::error::{DeskError, ErrorCode};
use crate::private::json_fault;

pub use writer::Tx;

/// Why the database did not do it.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// There is no room on the disk. Nothing was half written.
    #[error("the disk is full")]
    Full,
    /// A row that was named is not there.
    #[error("{0} is not here any more")]
    NotFound(&'static str),
    /// The wish cannot be changed any more.
    #[error("it has been sent already")]
    TooLate,
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
    #[error("the local database could not be brought up to date: {0}")]
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
        let told = match error {
            StoreError::Full => Self::new(
                ErrorCode::DiskFull,
                "There is no room left on the disk, so this could not be stored.",
                "Free some room and try again; nothing was half written.",
            ),
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::TooLate => Self::new(
                ErrorCode::TooLate,
                "It is too late for that: it is already on its way.",
                "Wait a moment and look again.",
            ),
            other => Self::new(
                ErrorCode::Database,
                format!("The local database could not be used ({other})."),
                "Close other copies of the program and start it again. If that does not help, the file can be \
                 set aside; the hotel's data is read again.",
            ),
        };
        told.logged_as(logged)
    }
}

/// What SQLite says. A value that could not be converted may be quoted by who tried, so of that only the place is told.
fn sqlite_fault(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(column, ..) => {
            format!("a stored value cannot be read (column {column})")
        }
        rusqlite::Error::ToSqlConversionFailure(_) => "a value cannot be stored".to_owned(),
        other => other.to_string(),
    }
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
        let (connection, set_aside) = open::open_or_set_aside(path)?;
        let readers = (0..READERS).map(|_| open::reader(path)).collect::<Result<Vec<_>, _>>()?;
        let writer = writer::Writer::start(connection, feed.clone())?;
        let inner = Inner { path: path.to_owned(), writer, readers: Mutex::new(readers), feed };
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

    /// Runs `query` on a reader, away from the asynchronous threads.
    pub async fn read<T, Q>(&self, query: Q) -> Result<T, StoreError>
    where
        T: Send + 'static,
        Q: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            let connection = match inner.take_reader() {
                Some(connection) => connection,
                None => open::reader(&inner.path)?,
            };
            let answer = query(&connection);
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

    /// Closes the writer in order: what was given to it before is still carried out.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.lock_readers().clear();
    }
}

impl Inner {
    fn lock_readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A panic elsewhere cannot leave a list of connections half changed.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_reader(&self) -> Option<Connection> {
        self.lock_readers().pop()
    }

    fn give_back(&self, connection: Connection) {
        let mut readers = self.lock_readers();
        if readers.len() < READERS {
            readers.push(connection);
        }
    }
}
