//! Pictures: preparing them, and handing them to the screen.

use super::Desk;
use super::views::PreparedPicture;
use crate::error::{DeskError, ErrorCode};
use crate::media::{Job, PrepareOptions, TIME_LIMIT};
use crate::model::MediaHash;
use crate::store::pictures;

impl Desk {
    /// Prepares a picture for upload as it is, and keeps it. What is previewed is what is uploaded.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] with the reason; nothing changes then.
    pub async fn prepare_picture(&self, bytes: Vec<u8>) -> Result<PreparedPicture, DeskError> {
        self.prepare_edited_picture(bytes, PrepareOptions::default(), &Job::new()).await
    }

    /// Prepares a picture for upload, turned and cut, and keeps it. `job` tells how far it is and can stop it;
    /// dropping the future stops it too.
    ///
    /// # Errors
    /// [`ErrorCode::BadPicture`] with the reason; nothing changes then.
    pub async fn prepare_edited_picture(
        &self,
        bytes: Vec<u8>,
        options: PrepareOptions,
        job: &Job,
    ) -> Result<PreparedPicture, DeskError> {
        let session = self.session_or_error()?;
        let time = async || self.inner.environment.sleep(TIME_LIMIT).await;
        let prepared = self.inner.preparing.prepare(bytes, options, job, time).await?;
        let (width, height) = (prepared.width, prepared.height);
        let size = u32::try_from(prepared.bytes.len()).unwrap_or(u32::MAX);
        let warning = prepared
            .small_warning
            .then(|| "This picture is small; on a big display it will look soft.".to_owned());
        let (media, now) = (session.media.clone(), session.now());
        let hash =
            tokio::task::spawn_blocking(move || media.put(&prepared.bytes, now)).await.map_err(|_| {
                DeskError::new(
                    ErrorCode::BadPicture,
                    "This picture cannot be kept.",
                    "Choose another picture.",
                )
            })??;
        let (kept, now_ms) = (hash.clone(), session.now_ms());
        session.store.write(move |tx| pictures::prepared(tx, &kept, now_ms)).await?;
        Ok(PreparedPicture { hash, width, height, bytes: size, warning })
    }

    /// The bytes and the content type of a cached picture.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`]; the picture is fetched again by itself.
    pub async fn media(&self, hash: &MediaHash) -> Result<(Vec<u8>, String), DeskError> {
        let session = self.session_or_error()?;
        let (media, wanted, now) = (session.media.clone(), hash.clone(), session.now());
        let found = tokio::task::spawn_blocking(move || media.get(&wanted, now)).await;
        match found {
            Ok(Ok(Some((bytes, mime)))) => Ok((bytes, mime.to_owned())),
            _ => {
                session.forget_picture(hash).await?;
                Err(DeskError::not_found("This picture"))
            }
        }
    }
}
