//! Prepares several pictures at once within a limit of memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

use super::edit::PrepareOptions;
use super::error::PictureError;
use super::job::Job;
use super::limits::{Limits, MEMORY};
use super::prepare::{Prepared, memory_needed, prepare_with};

/// Limit of pictures that are prepared at the same time. Each one uses up to two processors.
const AT_ONCE: usize = 3;

/// The unit in which memory is handed out, in bytes.
const UNIT: u64 = 1 << 20;

/// The memory for preparing pictures. It is handed out in the order of requests, so small pictures never delay a large
/// one forever.
#[derive(Debug, Clone)]
pub struct Budget {
    memory: Arc<Semaphore>,
    units: u32,
    turns: Arc<Semaphore>,
}

/// The right to prepare one picture. Dropping it gives the memory back.
#[derive(Debug)]
pub struct Share {
    _held: [Option<OwnedSemaphorePermit>; 2],
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(MEMORY)
    }
}

impl Budget {
    /// Makes a budget of so many bytes.
    pub fn of(bytes: u64) -> Self {
        let units = in_units(bytes);
        let [memory, turns] = [units as usize, AT_ONCE].map(|permits| Arc::new(Semaphore::new(permits)));
        Self { memory, units, turns }
    }

    /// Waits until there is memory for a picture that needs so many bytes ([`memory_needed`](super::memory_needed)). A
    /// number larger than the whole budget counts as the whole budget.
    pub async fn share(&self, bytes: u64) -> Share {
        let units = in_units(bytes).clamp(1, self.units.max(1));
        // These semaphores are never closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok();
        let memory = Arc::clone(&self.memory).acquire_many_owned(units).await.ok();
        Share { _held: [memory, turn] }
    }

    /// Prepares a picture on threads for blocking work, when there is memory for it. `time` completes when the
    /// picture's time limit is over ([`TIME_LIMIT`](super::TIME_LIMIT)); the limit begins with the picture's turn.
    /// Dropping the returned future stops the work too.
    ///
    /// # Errors
    /// [`PictureError`] with a sentence for the person.
    pub async fn prepare(
        &self,
        bytes: Vec<u8>,
        options: PrepareOptions,
        job: &Job,
        time: impl AsyncFnOnce(),
    ) -> Result<Prepared, PictureError> {
        let _stop = StopWhenDropped(job);
        let limits = Limits::default();
        let needed =
            spawn_blocking(move || memory_needed(&bytes, &limits, &options).map(|needed| (needed, bytes)));
        let (needed, bytes) = needed.await.unwrap_or_else(crashed)?;
        let share = self.share(needed).await;
        let watched = job.clone();
        let work = spawn_blocking(move || {
            // Given back only when the memory is free: after the time limit a picture may need a moment to end.
            let _share = share;
            prepare_with(&bytes, &Limits::default(), &options, &watched)
        });
        tokio::select! {
            done = work => done.unwrap_or_else(crashed),
            () = time() => {
                job.time_is_over();
                job.check().and(Err(PictureError::Cancelled))
            }
        }
    }
}

/// The error of a decoder that panicked. For the person, the picture is damaged.
fn crashed<T>(_: JoinError) -> Result<T, PictureError> {
    Err(PictureError::damaged("it cannot be decoded"))
}

struct StopWhenDropped<'a>(&'a Job);

impl Drop for StopWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn in_units(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "budget_tests.rs"]
mod tests;
