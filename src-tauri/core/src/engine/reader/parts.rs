//! Stores which parts a server lacks, whenever one is read or written (`resources/part.rs` describes the rule).

use super::{PullError, Reader};
use crate::hotel::ApiError;
use crate::hotel::dialect::GalleryDialect;
use crate::ids::LocalId;
use crate::resources::{Location, Part, PartState, Refusal};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, entities, parts};
use crate::views::Change;

impl PullError {
    /// Returns the refusal of the requested part, or `None` if the connection to the hotel failed.
    pub(in crate::engine) fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Api(ApiError::NotHere | ApiError::NotFound) => Some(Refusal::Absent),
            Self::Api(ApiError::Forbidden { .. }) => Some(Refusal::Forbidden),
            Self::Api(
                ApiError::ServerTrouble { .. }
                | ApiError::OtherRow { .. }
                | ApiError::Unexpected { .. }
                | ApiError::Rejected { .. },
            )
            | Self::Moving
            | Self::Repeating => Some(Refusal::Failed),
            _ => None,
        }
    }
}

impl PullError {
    /// Returns true if the hotel answers and only a part of it is not available.
    pub fn is_about_a_part(&self) -> bool {
        self.refusal().is_some()
    }
}

impl Reader {
    /// Returns the known state of a part.
    pub(in crate::engine) async fn part(&self, part: Part) -> Result<PartState, StoreError> {
        self.store.read(move |db| parts::get(db, part)).await
    }

    /// Stores that a part was refused, and returns its new state.
    pub(in crate::engine) async fn part_refused(
        &self,
        part: Part,
        refusal: Refusal,
    ) -> Result<PartState, StoreError> {
        let known = self.part(part).await?;
        let may_count = refusal != Refusal::Failed && !known.worked && known.absent().is_none();
        // A login page of the network, or a server that is being updated, does not recognise the person: its answer
        // says nothing about the part.
        let (refusal, is_known) = match may_count {
            true if self.read_me().await.is_ok() => (refusal, true),
            true => (Refusal::Failed, false),
            false => (refusal, false),
        };
        let now = self.now();
        self.store.write(move |tx| parts::note_refused(tx, part, refusal, is_known, now)).await
    }

    /// Returns the first part that this lane needs and the server lacks, with the refusal. Returns `None` if the
    /// server has all of them or if this is not known.
    pub(in crate::engine) async fn no_such_part(
        &self,
        lane: LocalId,
    ) -> Result<Option<(Part, Refusal)>, StoreError> {
        let Some(kind) = self.store.read(move |db| entities::kind_of(db, lane)).await? else {
            return Ok(None);
        };
        let changes =
            matches!(kind.resource().location, Location::Own { .. }).then_some(Part::GalleryChanges);
        let parts = [Part::Of(kind)].into_iter().chain(changes);
        for part in parts {
            if let Some(why) = self.part(part).await?.absent() {
                return Ok(Some((part, why)));
            }
        }
        Ok(None)
    }

    /// Returns the form in which this server stores its galleries, if it is known.
    pub(in crate::engine) async fn gallery_dialect(&self) -> Result<Option<GalleryDialect>, StoreError> {
        self.store.read(|db| meta::get(db, Key::Galleries)).await
    }

    /// Finds out how the flat gallery is changed, after it was read. Repeated until it is known.
    pub(in crate::engine) async fn find_flat_gallery(&self) -> Result<(), StoreError> {
        if self.gallery_dialect().await?.is_some_and(GalleryDialect::is_flat) {
            return Ok(());
        }
        match self.connectivity.api().flat_gallery().await {
            Ok(Ok(dialect)) => self.keeps_galleries_as(dialect).await,
            Ok(Err(refusal)) => self.part_refused(Part::GalleryChanges, refusal).await.map(drop),
            Err(error) => {
                self.connectivity.failed(&error);
                tracing::info!(%error, "where the gallery is changed could not be asked");
                Ok(())
            }
        }
    }

    /// Stores the form in which the server stores its galleries.
    pub(in crate::engine) async fn keeps_galleries_as(
        &self,
        dialect: GalleryDialect,
    ) -> Result<(), StoreError> {
        if self.gallery_dialect().await? == Some(dialect) {
            return Ok(());
        }
        self.store
            .write(move |tx| {
                meta::set(tx, Key::Galleries, &dialect)?;
                tx.changed(Change::Capabilities);
                parts::note_works(tx, Part::GalleryChanges)
            })
            .await
    }

    /// Forgets the form of the galleries after a request that the server does not have, so that it is determined
    /// again.
    pub(in crate::engine) async fn forget_gallery_dialect(&self) -> Result<(), StoreError> {
        self.store.write(|tx| meta::clear(tx, Key::Galleries)).await
    }

    /// Checks again for a clock after a press that found none. The check never presses the clock.
    pub async fn look_for_clock(&self) {
        let looked = async {
            if self.part(Part::Clock).await?.outage.is_none() {
                return Ok(());
            }
            match self.connectivity.api().has_clock(self.connectivity.generation().clock_way()).await {
                Ok(Ok(())) => self.store.write(|tx| parts::forget_outage(tx, Part::Clock)).await,
                Ok(Err(refusal)) => self.part_refused(Part::Clock, refusal).await.map(drop),
                Err(error) => {
                    self.connectivity.failed(&error);
                    Ok(())
                }
            }
        };
        let looked: Result<(), StoreError> = looked.await;
        if let Err(error) = looked {
            tracing::warn!(%error, "whether there is a clock could not be noted");
        }
    }
}
