//! The only thread that writes.
//!
//! Jobs that arrive while it is busy are executed together: each in its own savepoint, all in one transaction with one
//! `fsync`. A failed job rolls back only its own savepoint. Answers and announcements follow the commit.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::removal::{self, InUse};
use super::{StoreError, moved};
use crate::feed::Feed;
use crate::views::Change;

/// The highest number of jobs in one transaction, so that the first of them does not wait too long.
const TOGETHER: usize = 64;

/// A transaction in progress, with the changes that will be announced once it is committed.
pub struct Tx<'a> {
    connection: &'a Connection,
    changes: Vec<Change>,
}

impl<'a> Tx<'a> {
    /// Returns the transaction that this connection has begun.
    pub(super) fn of(connection: &'a Connection) -> Self {
        Self { connection, changes: Vec::new() }
    }

    /// Notes a change. Equal ones are announced once.
    pub fn changed(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    /// Executes an `INSERT`, in place of the connection's own method, which prepares its statement each time. Returns the
    /// number of new or changed rows.
    pub fn execute(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        self.any_rows(sql, params)
    }

    /// Executes an `UPDATE` or `DELETE` that names one row by its key.
    ///
    /// # Errors
    /// [`StoreError::NotOneRow`] unless it changed exactly one row. The caller has read the row in this transaction,
    /// and a change that is not stored must not count as stored.
    pub fn one_row(&self, sql: &str, params: impl rusqlite::Params) -> Result<(), StoreError> {
        one_row(self.connection, sql, params)
    }

    /// Executes an `UPDATE` or `DELETE` that may find no row. Returns the number of changed rows.
    pub fn any_rows(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }
}

/// Does the same without a transaction, for the start.
pub(super) fn one_row(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<(), StoreError> {
    match connection.prepare_cached(sql)?.execute(params)? {
        1 => Ok(()),
        rows => Err(StoreError::NotOneRow(rows)),
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// A job in a transaction. If no transaction could begin, it receives the failure and only reports it.
type Write = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Done + Send>;

/// A job for the writer.
enum Job {
    Write(Write),
    /// A job outside of any transaction.
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// A finished job that is not committed yet.
struct Done {
    /// The changes to announce; `None` if the job failed and was rolled back.
    changes: Option<Vec<Change>>,
    /// The reason for the failure.
    error: Option<StoreError>,
    /// Answers the caller after the commit succeeded or failed.
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// An opened database, and the guard that keeps it in place.
pub(super) struct Open {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) in_use: Arc<InUse>,
}

pub(super) struct Writer {
    /// `None` once closed.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
    feed: Feed,
}

impl Writer {
    pub(super) fn start(open: Open, feed: Feed) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let announce = feed.clone();
        let thread = std::thread::Builder::new().name("store-writer".into()).spawn(move || {
            let Open { mut connection, path, in_use } = open;
            while let Ok(first) = queue.recv() {
                let mut jobs = VecDeque::from([first]);
                jobs.extend(queue.try_iter().take(TOGETHER - 1));
                work_off(&mut connection, &path, jobs, &announce);
            }
            // Removes the -wal file if this was the last user of the database.
            let _ = connection.close();
            drop(in_use);
        })?;
        Ok(Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)), feed })
    }

    pub(super) async fn run<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.give(Job::Write(Box::new(move |connection| {
            let mut changes = Vec::new();
            let result = connection.and_then(|connection| {
                let mut tx = Tx::of(connection);
                let result = work(&mut tx);
                changes = tx.changes;
                result
            });
            Done {
                changes: result.is_ok().then_some(changes),
                error: result.as_ref().err().map(StoreError::again),
                // The caller may have stopped waiting; the job is done all the same.
                answer: Box::new(move |committed| {
                    let _ = answer.send(result.and_then(|value| committed.map(|()| value)));
                }),
            }
        })))?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(super) async fn foreign_commit(&self) -> Result<bool, StoreError> {
        let feed = self.feed.clone();
        self.ask(move |connection| {
            let version: i64 = connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
            let known: Option<i64> = connection
                .query_row("SELECT n FROM temp.seen_version", [], |row| row.get(0))
                .map(Some)
                .or_else(|error| match error {
                    rusqlite::Error::QueryReturnedNoRows => Ok(None),
                    other => Err(other),
                })?;
            if known == Some(version) {
                return Ok(false);
            }
            connection.execute_batch("DELETE FROM temp.seen_version")?;
            connection.execute("INSERT INTO temp.seen_version VALUES (?1)", [version])?;
            // The first call only reads the current version.
            if known.is_none() {
                return Ok(false);
            }
            Change::in_database().for_each(|change| feed.send(change));
            Ok(true)
        })
        .await
    }

    async fn ask<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.give(Job::Alone(Box::new(move |connection| {
            let _ = answer.send(work(connection));
        })))?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    fn give(&self, job: Job) -> Result<(), StoreError> {
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .ok_or(StoreError::Closed)?
            .send(job)
            .map_err(|_| StoreError::Closed)
    }

    pub(super) async fn close(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A writer that panicked has no jobs left.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

/// Executes all jobs in order; consecutive writes share a transaction.
fn work_off(connection: &mut Connection, path: &Path, mut jobs: VecDeque<Job>, feed: &Feed) {
    let mut together = VecDeque::new();
    loop {
        match jobs.pop_front() {
            Some(Job::Write(write)) => together.push_back(write),
            other => {
                while !together.is_empty() {
                    write_together(connection, path, &mut together, feed);
                }
                match other {
                    Some(Job::Alone(work)) => drop(guarded(|| work(connection))),
                    _ => return,
                }
            }
        }
    }
}

/// Runs one transaction with as many of `writes` as possible: all of them, unless SQLite itself ends the transaction,
/// for example on a full disk. The jobs left in `writes` have not begun.
fn write_together(connection: &mut Connection, path: &Path, writes: &mut VecDeque<Write>, feed: &Feed) {
    // Immediate, because a transaction that begins with a read could find the database busy at its first write.
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => {
            if let Some(write) = writes.pop_front() {
                let done = write(Err(error.into()));
                (done.answer)(Ok(()));
            }
            return;
        }
    };
    // No other process can set the mark during the transaction.
    if let Err(error) = moved::refuse_moved(&transaction) {
        for write in writes.drain(..) {
            (write(Err(error.again())).answer)(Ok(()));
        }
        return;
    }
    let mut waiting: Vec<Done> = Vec::new();
    let mut given_up = None;
    while let Some(write) = writes.pop_front() {
        let done = in_savepoint(&transaction, path, write);
        if transaction.is_autocommit() {
            let error = done.as_ref().and_then(|done| done.error.as_ref());
            given_up = Some(error.map_or(StoreError::Full, StoreError::again));
        }
        waiting.extend(done);
        if given_up.is_some() {
            break;
        }
    }
    let committed = match given_up {
        Some(error) => Err(error),
        None => transaction.commit().map_err(StoreError::from),
    };
    if committed.is_ok() {
        let mut different: Vec<Change> = Vec::new();
        for change in waiting.iter_mut().filter_map(|done| done.changes.take()).flatten() {
            if !different.contains(&change) {
                different.push(change.clone());
                feed.send(change);
            }
        }
    }
    for done in waiting {
        (done.answer)(committed.as_ref().map_err(StoreError::again).copied());
    }
}

/// Returns `None` if the job panicked; its savepoint is then rolled back.
fn in_savepoint(connection: &Connection, path: &Path, write: Write) -> Option<Done> {
    // The check is inside the transaction. The mark is set in one too, so no later write is stored.
    if removal::is_marked(path) {
        return Some(write(Err(StoreError::SignedOutElsewhere)));
    }
    if let Err(error) = connection.execute_batch("SAVEPOINT work") {
        return Some(write(Err(error.into())));
    }
    let done = guarded(|| write(Ok(connection)));
    let keep = done.as_ref().is_some_and(|done| done.changes.is_some());
    let end = if keep { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" };
    if connection.execute_batch(end).is_err() {
        // If a savepoint can be neither released nor rolled back, the whole transaction is rolled back, unless SQLite
        // has already ended it.
        let _ = connection.execute_batch("ROLLBACK");
    }
    done
}

/// Catches a panic, so that a bug in one job does not end all writes.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(work));
    if done.is_err() {
        tracing::error!("a piece of work in the database panicked and was taken back");
    }
    done.ok()
}
