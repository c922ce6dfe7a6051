//! The data of the shown person on this computer.

use super::Desk;
use crate::error::DeskError;
use crate::store::StoreError;
use crate::views::StorageView;

impl Desk {
    /// Returns the place and the size of the data.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or if the data folder cannot be read.
    pub async fn storage(&self) -> Result<StorageView, DeskError> {
        let engine = self.engine()?;
        let (media, now) = (engine.media.clone(), engine.now());
        let counting = tokio::task::spawn_blocking(move || media.usage(now));
        let health = engine.store.health().await?;
        let pictures = counting.await.map_err(|_| StoreError::Closed)??;
        Ok(StorageView {
            folder: self.data_dir().display().to_string(),
            database_bytes: health.bytes + health.journal_bytes,
            pictures: u32::try_from(pictures.files).unwrap_or(u32::MAX),
            picture_bytes: pictures.bytes,
        })
    }

    /// Removes the pictures that no entity shows and no change waits for. Returns the rest.
    ///
    /// # Errors
    /// As [`storage`](Self::storage).
    pub async fn clear_pictures(&self) -> Result<StorageView, DeskError> {
        self.engine()?.pictures.clear().await?;
        self.storage().await
    }
}
