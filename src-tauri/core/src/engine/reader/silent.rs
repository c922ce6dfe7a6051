//! The server's generation, and the reads that replace the events which this generation does not send.

use rusqlite::Connection;

use super::Reader;
use crate::hotel::dialect::{GalleryDialect, Generation};
use crate::resources::{Kind, Location};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, entities};

impl Reader {
    /// Loads the generation that the server showed last, and the revision at which this process begins.
    pub(crate) async fn begin(&self) -> Result<(), StoreError> {
        let known = |db: &Connection| Ok((meta::get(db, Key::Generation)?, entities::revision(db)?));
        let (generation, revision): (Option<Generation>, i64) = self.store.read(known).await?;
        self.connectivity.change(|state| (state.generation, state.began_at) = (generation, revision));
        Ok(())
    }

    /// Stores the generation that the server showed. Another generation has other channels.
    pub(crate) async fn note_generation(&self, generation: Generation) -> Result<(), StoreError> {
        if self.connectivity.state().generation == Some(generation) {
            return Ok(());
        }
        self.connectivity.change(|state| state.generation = Some(generation));
        self.wakes.channels.notify_one();
        self.store.write(move |tx| meta::set(tx, Key::Generation, &generation)).await
    }

    /// Returns the kinds with changes that no event announces. They have to be read as if there were no live
    /// connection.
    async fn silent_kinds(&self) -> Result<Vec<Kind>, StoreError> {
        let rows = |dialect: GalleryDialect| !dialect.is_flat();
        // A flat gallery comes with the settings.
        let has_own = self.gallery_dialect().await?.is_some_and(rows);
        let generation = self.connectivity.generation();
        let is_silent = |kind: &Kind| !generation.sends_every_change_of(*kind);
        let is_read_alone =
            |kind: &Kind| has_own || !matches!(kind.resource().location, Location::Own { .. });
        Ok(Kind::ALL.into_iter().filter(is_silent).filter(is_read_alone).collect())
    }

    /// Reads the kinds that no event announces. The next whole read makes up for a failure.
    pub(super) async fn read_silent(&self) {
        if self.connectivity.must_not_read().is_some() || self.connectivity.state().sign_in_needed {
            return;
        }
        let kinds = match self.silent_kinds().await {
            Ok(kinds) => kinds,
            Err(error) => {
                tracing::warn!(%error, "it could not be looked up what no event tells of");
                return;
            }
        };
        // Newer servers do not announce every change of the person's own duty either (contract.md 12, trap 23).
        if self.connectivity.generation() != Generation::First && self.read_me().await.is_err() {
            return;
        }
        for kind in kinds {
            if let Err(error) = self.pull(kind).await {
                tracing::info!(%error, ?kind, "what no event tells of could not be read");
                if self.connectivity.must_not_read().is_some() {
                    return;
                }
            }
        }
    }
}
