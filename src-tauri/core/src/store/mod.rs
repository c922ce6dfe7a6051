//! The local database: the state that screens show and all other code writes.
//!
//! Data flows in one direction. A command, an answer or an event becomes one transaction. After its commit the
//! collected [`Change`]s are sent on the feed, and screens read again. A change is announced only after it is stored,
//! and an announced change is never rolled back.
//!
//! * One *writer* thread owns the only connection that may write. A job for it is a closure over a [`Tx`].
//! * *Readers* are `query_only` connections. In WAL mode they never wait for the writer.
//! * `synchronous=FULL`: an accepted edit survives a power cut.
//! * A second process may have the same file open. Its commits appear as a new `data_version`; see
//!   [`Store::foreign_commit`]. The [`lease`] decides which process may send.
//!
//! If a file does not open or its check fails, it is renamed and never deleted; see [`open`](Store::open). The module
//! [`removal`] decides which process may rename the file or remove an account.

pub mod columns;
pub mod conversations;
pub mod drafts;
pub mod duty;
pub mod entities;
pub mod galleries;
pub mod health;
pub mod intents;
pub mod lease;
pub mod message_files;
pub mod messages;
pub mod meta;
pub mod moved;
pub mod moving;
mod open;
pub mod outside;
pub mod own_work;
pub mod parts;
pub mod pictures;
pub mod presses;
pub mod removal;
pub mod requests;
mod rowids;
mod salvage;
mod schema;
pub mod witness;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::error::{DeskError, failure};
use crate::feed::Feed;
use crate::private::json_fault;
use crate::resources::Kind;
use crate::vault::{Vault, VaultKey};
use crate::views::Change;

use removal::InUse;
pub use writer::Tx;

/// The reason why a database operation failed.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// The disk has no free space. No partial write remains.
    #[error("the disk is full")]
    Full,
    /// The data folder may not be written.
    #[error("the data folder may not be written")]
    ReadOnly,
    /// A named row is missing.
    #[error("{0} is not here any more")]
    NotFound(&'static str),
    /// This program does not send such a change of such an entity.
    #[error("such a change of this resource is not sent ({0:?})")]
    NotSent(Kind),
    /// The intent can no longer be changed.
    #[error("it has been sent already")]
    TooLate,
    /// The person signed out in another process, and the account will be removed.
    #[error("somebody signed out in another process")]
    SignedOutElsewhere,
    /// The account was moved to another computer, as this file.
    #[error("the account was moved to another computer")]
    Moved(String),
    /// Another process has been opening or removing the account for too long.
    #[error("another process is opening or removing the account")]
    Busy,
    /// Another process holds the lease.
    #[error("another process sends for this account")]
    LeaseLost,
    /// A statement that must change one row found none. Otherwise an acknowledged change would be lost.
    #[error("a row that was to be changed is not there ({0} rows)")]
    NotOneRow(usize),
    /// SQLite reported an error.
    #[error("the local database failed: {}", sqlite_fault(.0))]
    Sqlite(rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error("the local database could not be brought up to date: {}", migration_fault(.0))]
    Migration(#[from] rusqlite_migration::Error),
    /// A stored value could not be written or read as JSON.
    #[error("a stored value cannot be read: {}", json_fault(.0))]
    Json(#[from] serde_json::Error),
    /// The file or its folder cannot be used.
    #[error("the data folder cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// The store is closed.
    #[error("the local database is closed")]
    Closed,
}

/// The same text as `Display`, because the errors of libraries may contain stored values.
impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StoreError {
    /// Copies the failure for another caller.
    fn again(&self) -> Self {
        match self {
            Self::Full => Self::Full,
            Self::ReadOnly => Self::ReadOnly,
            Self::SignedOutElsewhere => Self::SignedOutElsewhere,
            Self::Moved(to) => Self::Moved(to.clone()),
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
        Self::from(&error)
    }
}

impl From<&StoreError> for DeskError {
    fn from(error: &StoreError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            StoreError::Full => failure!(DiskFull, "error-disk-full"),
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::NotSent(kind) => failure!(NotAllowed, "error-not-sent", many = kind.many()),
            StoreError::TooLate => failure!(TooLate, "error-too-late"),
            StoreError::SignedOutElsewhere => failure!(SignedOut, "error-signed-out-elsewhere"),
            StoreError::Moved(to) => failure!(Moved, "error-account-moved", file = to.as_str()),
            StoreError::NotOneRow(_) => failure!(Database, "error-not-stored"),
            StoreError::ReadOnly => failure!(Database, "error-database-read-only"),
            StoreError::Migration(rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            )) => failure!(Database, "error-database-newer"),
            other => failure!(Database, "error-database", cause = in_words(other)),
        };
        failed.logged_as(logged)
    }
}

/// Returns the reason for people. SQLite's own text would not help them.
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

/// Returns the text of SQLite. A conversion error may quote the value, so only its column is named.
fn sqlite_fault(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(column, ..) => {
            format!("a stored value cannot be read (column {column})")
        }
        rusqlite::Error::ToSqlConversionFailure(_) => "a value cannot be stored".to_owned(),
        other => match other.sqlite_error() {
            // The text may quote the SQL statement.
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

/// Appends a suffix to the file name.
fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The number of readers that stay open.
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
    vault: Vault,
    /// `None` once closed. A running query keeps its own clone until it ends.
    in_use: Mutex<Option<Arc<InUse>>>,
    feed: Feed,
}

/// An opened store, and the repairs of the open.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The new place of a damaged file that was set aside.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens or creates the database at `path` and brings its schema up to date. Changes go to `feed`.
    ///
    /// # Errors
    /// If no usable database can be created there. A damaged one is set aside and replaced.
    pub fn open(path: &Path, feed: impl Into<Feed>) -> Result<Opened, StoreError> {
        let feed = feed.into();
        let vault = Vault::default();
        let (connection, set_aside, in_use) = open::open_or_set_aside(path, &vault)?;
        let in_use = Arc::new(in_use);
        let readers = (0..READERS).map(|_| open::reader(path, &vault)).collect::<Result<Vec<_>, _>>()?;
        let open = writer::Open { connection, path: path.to_owned(), in_use: Arc::clone(&in_use) };
        let writer = writer::Writer::start(open, feed.clone())?;
        let (readers, in_use) = (Mutex::new(readers), Mutex::new(Some(in_use)));
        let inner = Inner { path: path.to_owned(), writer, readers, vault, in_use, feed };
        Ok(Opened { store: Self { inner: Arc::new(inner) }, set_aside })
    }

    /// Seals and unseals private columns with this key from now on. Without it, their key is kept nowhere, and they can
    /// be read until the process ends.
    pub fn use_key(&self, key: &VaultKey) {
        self.inner.vault.use_key(key);
    }

    /// Runs `work` in one transaction. Its changes are announced after the commit. An error rolls all of it back and
    /// announces no change.
    pub async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.writer.run(work).await
    }

    /// Runs `query` on a reader, outside the asynchronous threads. All its statements see the same moment, without
    /// later writes.
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
                None => open::reader(&inner.path, &inner.vault)?,
            };
            let answer =
                connection.unchecked_transaction().map_err(StoreError::from).and_then(|now| query(&now));
            inner.give_back(connection);
            answer
        })
        .await
        .map_err(|_| StoreError::Closed)?
    }

    /// Announces a change without a table, such as the progress of an upload.
    pub fn announce(&self, change: Change) {
        self.inner.feed.send(change);
    }

    /// Returns true if another process has committed since the last call, and then announces a change of everything.
    pub async fn foreign_commit(&self) -> Result<bool, StoreError> {
        self.inner.writer.foreign_commit().await
    }

    /// Marks the account for removal if `may_go` returns true, in one transaction. A write of another process either
    /// comes before the check, or fails with [`StoreError::SignedOutElsewhere`]. [`removal::carry_out`] removes the
    /// account.
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

    /// Notes beside the database that a request has left.
    pub fn note_left(&self, request: i64) {
        witness::note(&self.inner.path, request);
    }

    /// Returns true if a sign-out has marked the account for removal. Writes are then refused.
    pub fn is_marked_for_removal(&self) -> bool {
        removal::is_marked(&self.inner.path)
    }

    /// Closes the database. The jobs that the writer already has are still carried out.
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

    /// Returns a guard that keeps the files in place.
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
