//! The one thread that writes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{broadcast, oneshot};

use super::StoreError;
use crate::desk::views::Change;

/// A transaction in progress, with the changes that will be announced once it is committed.
pub struct Tx<'a> {
    transaction: Transaction<'a>,
    changes: Vec<Change>,
}

impl Tx<'_> {
    /// Notes a change. Equal ones are announced once.
    pub fn changed(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

pub(super) struct Writer {
    /// `None` once closed.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
    feed: broadcast::Sender<Change>,
}

impl Writer {
    pub(super) fn start(
        mut connection: Connection,
        feed: broadcast::Sender<Change>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new().name("store-writer".into()).spawn(move || {
            while let Ok(job) = queue.recv() {
                // Unwinding has rolled its transaction back; one bug must not end all writing.
                if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
                    tracing::error!("a transaction panicked and was rolled back");
                }
            }
            // Leaves no -wal file behind where this was the last user of the file.
            let _ = connection.close();
        })?;
        Ok(Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)), feed })
    }

    pub(super) async fn run<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let feed = self.feed.clone();
        self.ask(move |connection| {
            // Immediate: a transaction that turns from reading to writing could meet a busy database half-way.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut tx = Tx { transaction, changes: Vec::new() };
            let answer = work(&mut tx)?;
            let Tx { transaction, changes } = tx;
            transaction.commit()?;
            for change in changes {
                let _ = feed.send(change);
            }
            Ok(answer)
        })
        .await
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
            connection.execute("DELETE FROM temp.seen_version", [])?;
            connection.execute("INSERT INTO temp.seen_version VALUES (?1)", [version])?;
            // The first look only learns where things stand.
            if known.is_none() {
                return Ok(false);
            }
            for change in [Change::Offers { ids: None }, Change::Outbox, Change::Duty, Change::Status] {
                let _ = feed.send(change);
            }
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
        let job: Job = Box::new(move |connection| {
            // The asker may be gone; the work is done all the same.
            let _ = answer.send(work(connection));
        });
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .ok_or(StoreError::Closed)?
            .send(job)
            .map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    pub(super) async fn close(&self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A writer that panicked has nothing left to finish.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
