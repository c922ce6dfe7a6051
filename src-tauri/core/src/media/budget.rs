//! Several pictures at once, without more memory than is set aside for them.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

use super::edit::PrepareOptions;
use super::error::PictureError;
use super::job::Job;
use super::prepare::{Limits, Prepared, memory_needed, prepare_with};

/// Memory for all pictures that are being prepared, in bytes; the files' own bytes come on top. One picture may
/// take all of it, so this is also the most that a single picture may need.
pub const MEMORY: u64 = 512 << 20;

/// Pictures that are prepared at the same time. Each one keeps up to two processors busy.
const AT_ONCE: usize = 3;

/// The unit in which memory is handed out, in bytes.
const UNIT: u64 = 1 << 20;

/// The memory for preparing pictures. Whoever comes first gets it first, so a large picture is never starved by
/// small ones.
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
    /// A budget of so many bytes.
    pub fn of(bytes: u64) -> Self {
        let units = in_units(bytes);
        let [memory, turns] = [units as usize, AT_ONCE].map(|permits| Arc::new(Semaphore::new(permits)));
        Self { memory, units, turns }
    }

    /// Waits until there is room for a picture that needs so many bytes
    /// ([`memory_needed`](super::memory_needed)). More than the whole budget counts as the whole budget.
    pub async fn share(&self, bytes: u64) -> Share {
        let units = in_units(bytes).clamp(1, self.units.max(1));
        // Neither of them is ever closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok();
        let memory = Arc::clone(&self.memory).acquire_many_owned(units).await.ok();
        Share { _held: [memory, turn] }
    }

    /// Prepares a picture on threads for blocking work, when there is room for it. `time`: completes when the time
    /// that it may take is over ([`TIME_LIMIT`](super::TIME_LIMIT)); it begins with the picture's turn. When the
    /// returned future is dropped, the work stops too.
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
            // Given back when the memory really is: a picture whose time is over may still have to end.
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

/// A decoder that panics is the picture's fault, as far as a person can tell.
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
