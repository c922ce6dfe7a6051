//! Prepares pictures, and returns them to the screen.

use std::convert::Infallible;
use std::time::Duration;

use super::Desk;
use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::ids::{LocalId, MediaHash};
use crate::media::{Job, PictureError, PrepareOptions, TIME_LIMIT};
use crate::store::{StoreError, pictures};
use crate::views::{Change, PictureJob, PreparedPicture};

/// The interval of progress reports. It is short enough for a smooth bar.
const REPORTED_EVERY: Duration = Duration::from_millis(100);

impl Desk {
    /// Prepares a picture for the upload without edits, and stores it. The preview shows exactly the uploaded picture.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] with the reason. No picture is stored then.
    pub async fn prepare_picture(&self, bytes: Vec<u8>) -> Result<PreparedPicture, DeskError> {
        self.prepare_edited_picture(bytes, PrepareOptions::default(), &Job::new()).await
    }

    /// Prepares a picture for the upload with a screen's options, and stores it. Meanwhile [`Change::Preparing`]
    /// announces its progress, and [`cancel_picture`](Self::cancel_picture) stops it.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] with the reason, or [`ErrorCode::Cancelled`] if it was stopped. No picture is stored
    /// then.
    pub async fn prepare_picture_job(
        &self,
        bytes: Vec<u8>,
        wanted: PictureJob,
    ) -> Result<PreparedPicture, DeskError> {
        let listed = self.inner.picture_jobs.begin(wanted.job.clone());
        let job = listed.job();
        tokio::select! {
            done = self.prepare_edited_picture(bytes, wanted.options, job) => done,
            never = self.notify_progress(&wanted.job, job) => match never {},
        }
    }

    /// Stops the preparation with this key. A finished one is not an error.
    pub fn cancel_picture(&self, key: &str) {
        self.inner.picture_jobs.cancel(key);
    }

    async fn notify_progress(&self, key: &str, job: &Job) -> Infallible {
        let mut shown = 0;
        loop {
            self.inner.environment.sleep(REPORTED_EVERY).await;
            let done = job.thousandths();
            if done != shown {
                shown = done;
                // A feed without a receiver is not an error.
                let _ = self.inner.feed.send(Change::Preparing { job: key.to_owned(), done });
            }
        }
    }

    /// Prepares a picture for the upload, turned and cropped, and stores it. `job` reports its progress and can stop
    /// it; dropping the future stops it too.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] with the reason, or [`ErrorCode::Cancelled`] if it was stopped. No picture is stored
    /// then.
    pub async fn prepare_edited_picture(
        &self,
        bytes: Vec<u8>,
        options: PrepareOptions,
        job: &Job,
    ) -> Result<PreparedPicture, DeskError> {
        let engine = self.engine()?;
        let time = async || self.inner.environment.sleep(TIME_LIMIT).await;
        let prepared = tokio::select! {
            // In this order, because a finished picture has no job to stop.
            biased;
            done = self.inner.preparing.prepare(bytes, options, job, time) => done?,
            // A stop takes effect at once, even while the picture waits for its turn.
            () = job.stopped() => return Err(job.check().err().unwrap_or(PictureError::Cancelled).into()),
        };
        let (width, height) = (prepared.width, prepared.height);
        let (original_width, original_height) = prepared.original;
        let size = u32::try_from(prepared.bytes.len()).unwrap_or(u32::MAX);
        let warning = prepared.small_warning.then(|| say!("picture-small"));
        let (media, now) = (engine.media.clone(), engine.now());
        let hash = tokio::task::spawn_blocking(move || media.put(&prepared.bytes, now))
            .await
            .map_err(|_| failure!(BadPicture, "error-picture-not-kept"))??;
        let (kept, now_ms) = (hash.clone(), engine.environment.now_ms());
        engine.store.write(move |tx| pictures::prepared(tx, &kept, now_ms)).await?;
        Ok(PreparedPicture { hash, width, height, bytes: size, original_width, original_height, warning })
    }

    /// Stops the upload of the picture for an offer, a record or a gallery's image, and removes its intent.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`] if all of it has left already, or no upload is in flight.
    pub fn cancel_upload(&self, entity: LocalId) -> Result<(), DeskError> {
        match self.engine()?.sender.stop_upload(entity) {
            true => Ok(()),
            false => Err(DeskError::from(StoreError::TooLate)),
        }
    }

    /// Returns the bytes and the content type of a cached picture.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]. The picture is then fetched again automatically.
    pub async fn media(&self, hash: &MediaHash) -> Result<(Vec<u8>, String), DeskError> {
        let engine = self.engine()?;
        let (media, wanted, now) = (engine.media.clone(), hash.clone(), engine.now());
        let found = tokio::task::spawn_blocking(move || media.get(&wanted, now)).await;
        match found {
            Ok(Ok(Some((bytes, mime)))) => Ok((bytes, mime.to_owned())),
            _ => {
                engine.pictures.forget(hash).await?;
                Err(DeskError::not_found("picture"))
            }
        }
    }
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
