//! The running uploads, and the way to stop one.
//!
//! An upload whose last bytes have not been handed to the network cannot have been carried out: no server accepts a
//! form that ends in the middle. Until then it can be stopped, as if it had never been requested. After that it is too
//! late, and the sender waits for the answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::hotel::{ApiError, Progress};
use crate::ids::LocalId;

/// The uploads of a session, by the entity of the picture.
#[derive(Debug, Default)]
pub struct Uploads {
    running: Mutex<HashMap<LocalId, Arc<Upload>>>,
}

/// One upload.
#[derive(Debug, Default)]
struct Upload {
    /// Whether every byte has been handed over.
    complete: AtomicBool,
    /// A person's command to stop it.
    stop: Notify,
}

/// The reason why an upload did not succeed.
#[derive(Debug)]
pub(super) enum Failed {
    /// A person stopped it in time.
    Stopped,
    /// The connection ended before every byte was handed over. So nothing was stored.
    Cut(String),
    /// The hotel or the connection to it failed.
    Api(ApiError),
}

impl Uploads {
    /// Stops the upload for an entity. Returns false if there is none, or if it is too late.
    pub fn stop(&self, entity: LocalId) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(upload) = running.get(&entity).filter(|upload| !upload.complete.load(Ordering::SeqCst))
        else {
            return false;
        };
        upload.stop.notify_one();
        true
    }

    /// Runs an upload that can be stopped. `work` reports its progress to the function that it gets, which passes it
    /// on to `notify`.
    pub(super) async fn run<T, F>(
        &self,
        entity: LocalId,
        notify: Progress,
        work: impl FnOnce(Progress) -> F,
    ) -> Result<T, Failed>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let upload = Arc::new(Upload::default());
        let seen = Arc::clone(&upload);
        let progress: Progress = Arc::new(move |sent, total| {
            seen.complete.fetch_or(sent >= total, Ordering::SeqCst);
            notify(sent, total);
        });
        let _registered = Registered::new(self, entity, Arc::clone(&upload));
        let mut work = std::pin::pin!(work(progress));
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done.map_err(|error| match error {
                    ApiError::Unclear { cause } if !upload.complete.load(Ordering::SeqCst) => Failed::Cut(cause),
                    error => Failed::Api(error),
                }),
                () = upload.stop.notified() => {
                    // The last bytes may have left between the command to stop and now.
                    if !upload.complete.load(Ordering::SeqCst) {
                        return Err(Failed::Stopped);
                    }
                }
            }
        }
    }
}

/// The entry of a running upload. Dropping it removes the entry, however the upload ends.
struct Registered<'a> {
    uploads: &'a Uploads,
    entity: LocalId,
}

impl<'a> Registered<'a> {
    fn new(uploads: &'a Uploads, entity: LocalId, upload: Arc<Upload>) -> Self {
        uploads.running.lock().unwrap_or_else(PoisonError::into_inner).insert(entity, upload);
        Self { uploads, entity }
    }
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        self.uploads.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.entity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unseen() -> Progress {
        Arc::new(|_, _| {})
    }

    fn entity() -> LocalId {
        LocalId::from_random([1; 16])
    }

    #[tokio::test]
    async fn an_upload_is_stopped_while_bytes_are_left() {
        let uploads = Uploads::default();
        let work = |progress: Progress| async move {
            progress(10, 20);
            std::future::pending::<Result<(), ApiError>>().await
        };
        let (ended, stopped) = tokio::join!(uploads.run(entity(), unseen(), work), async {
            tokio::task::yield_now().await;
            uploads.stop(entity())
        });
        assert!(stopped);
        assert!(matches!(ended, Err(Failed::Stopped)));
        assert!(!uploads.stop(entity()), "nothing runs any more");
    }

    #[tokio::test]
    async fn an_upload_whose_last_bytes_have_left_is_not_stopped() {
        let uploads = Uploads::default();
        let (answer, answered) = tokio::sync::oneshot::channel::<()>();
        let work = |progress: Progress| async move {
            progress(20, 20);
            answered.await.map_err(|_| ApiError::NotHere)
        };
        let (ended, stopped) = tokio::join!(uploads.run(entity(), unseen(), work), async {
            tokio::task::yield_now().await;
            let stopped = uploads.stop(entity());
            answer.send(()).unwrap();
            stopped
        });
        assert!(!stopped);
        assert!(ended.is_ok());
    }
}
