//! A preparation that another thread can watch and stop.

use std::collections::HashMap;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::error::PictureError;

/// Time limit of one picture, from its turn on. The largest picture needs far less, even on a slow computer.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);

/// The size of the pieces that decoders get of the file. Between two pieces a decoder can be stopped.
const PIECE: usize = 16 << 10;
/// The share of reading in the work, in thousandths. Scaling runs beside it; encoding follows.
const READING: u64 = 900;

/// The control of one preparation. Clones are the same job.
#[derive(Debug, Clone, Default)]
pub struct Job(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The reason to stop; only the first one counts.
    stop: OnceLock<PictureError>,
    /// The progress, in thousandths.
    progress: AtomicU32,
    /// Notifies the tasks that wait for a stop.
    stopped: Notify,
}

impl Job {
    /// Makes a job that has not begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the job soon; it ends with [`PictureError::Cancelled`]. A call after its end is no error.
    pub fn cancel(&self) {
        self.stop(PictureError::Cancelled);
    }

    /// Stops the job because its time is over; it ends with [`PictureError::TooSlow`].
    pub fn time_is_over(&self) {
        self.stop(PictureError::TooSlow(TIME_LIMIT.as_secs()));
    }

    /// Returns the progress, from 0 to 1. It never goes back.
    pub fn progress(&self) -> f32 {
        self.thousandths() as f32 / 1000.0
    }

    /// Returns [`progress`](Self::progress) in thousandths.
    pub(crate) fn thousandths(&self) -> u32 {
        self.0.progress.load(Ordering::Relaxed)
    }

    /// Completes when the job is stopped, for any reason. The work itself notices the stop a little later, and not at
    /// all while it waits for its turn.
    pub async fn stopped(&self) {
        let stopped = self.0.stopped.notified();
        // From here on this task receives the notice. If the stop came earlier, the check sees it.
        if self.check().is_ok() {
            stopped.await;
        }
    }

    fn stop(&self, why: PictureError) {
        let _ = self.0.stop.set(why);
        self.0.stopped.notify_waiters();
    }

    /// Fails if the job has been stopped.
    pub(crate) fn check(&self) -> Result<(), PictureError> {
        self.0.stop.get().cloned().map_or(Ok(()), Err)
    }

    pub(super) fn finished(&self) {
        self.0.progress.store(1000, Ordering::Relaxed);
    }

    fn read_up_to(&self, position: u64, of: usize) {
        let share = position * READING / (of as u64).max(1);
        self.0.progress.fetch_max(u32::try_from(share).unwrap_or(0), Ordering::Relaxed);
    }
}

/// The running preparations, by a key that their caller chose.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<String, Job>>);

/// A [`Job`] on the list of [`Jobs`]. Dropping this removes it from the list.
#[derive(Debug)]
pub struct Listed<'a> {
    jobs: &'a Jobs,
    key: String,
    job: Job,
}

impl Jobs {
    /// Puts a new job on the list. Stops a running job with the same key; the newer one takes its place.
    pub fn begin(&self, key: String) -> Listed<'_> {
        let job = Job::new();
        if let Some(older) = self.lock().insert(key.clone(), job.clone()) {
            older.cancel();
        }
        Listed { jobs: self, key, job }
    }

    /// Stops a job. A job that is not on the list has ended, which is no error.
    pub fn cancel(&self, key: &str) {
        if let Some(job) = self.lock().get(key) {
            job.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Job>> {
        // Every change to the list is one step, so a panic elsewhere cannot leave it half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listed<'_> {
    /// Returns the job.
    pub fn job(&self) -> &Job {
        &self.job
    }
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        let mut jobs = self.jobs.lock();
        // A newer job may be on the list under the same key.
        if jobs.get(&self.key).is_some_and(|listed| Arc::ptr_eq(&listed.0, &self.job.0)) {
            jobs.remove(&self.key);
        }
    }
}

/// The file's bytes for a decoder. Reports progress to the job, and fails after the job was stopped.
#[derive(Debug, Clone)]
pub(super) struct Watched<'a> {
    file: Cursor<&'a [u8]>,
    job: &'a Job,
}

impl<'a> Watched<'a> {
    pub(super) fn new(bytes: &'a [u8], job: &'a Job) -> Self {
        Self { file: Cursor::new(bytes), job }
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.job.check().map_err(io::Error::other)?;
        self.job.read_up_to(self.file.position(), self.file.get_ref().len());
        let rest = self.file.fill_buf()?;
        Ok(&rest[..rest.len().min(PIECE)])
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // A position behind the end is allowed, as with any file; a read there returns nothing.
        self.file.seek(to)
    }
}

#[cfg(test)]
#[path = "job_tests.rs"]
mod tests;
