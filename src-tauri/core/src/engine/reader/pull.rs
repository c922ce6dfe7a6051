//! Reads from the hotel: everything, the settings, or one entity. [`walk`](super::walk) reads the lists.
//!
//! Every complete read asks for every part, whatever the server has answered before. A part that is not available does
//! not keep others from being read, and counts as an outage. Only a part that never worked here can be
//! [absent](crate::resources::Outage).

use std::time::Duration;

use rusqlite::Connection;

use super::Reader;
use crate::engine::apply::{self, Applying, Source};
use crate::engine::capabilities;
use crate::error::{DeskError, failure};
use crate::hotel::ApiError;
use crate::hotel::dialect::GalleryDialect;
use crate::ids::ServerId;
use crate::resources::{Kind, Location, ONLY_ONE, Part, Refusal, ServerCopy};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, entities, parts};
use crate::views::Change;

/// The reason why a read did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The request to the hotel failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The local database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The list changed during every walk.
    #[error("the list kept changing while it was read")]
    Moving,
    /// The server sends the same page of the list repeatedly.
    #[error("the server gives the same page again and again")]
    Repeating,
}

impl PullError {
    /// Returns the pause that the server asks for.
    pub fn pause(&self) -> Duration {
        match self {
            Self::Api(ApiError::Busy { retry_after: Some(pause), .. }) => *pause,
            _ => Duration::ZERO,
        }
    }
}

impl From<&PullError> for DeskError {
    fn from(error: &PullError) -> Self {
        match error {
            PullError::Api(error) => error.clone().into(),
            PullError::Store(error) => error.into(),
            PullError::Moving => failure!(ServerTrouble, "error-list-moving"),
            PullError::Repeating => failure!(ServerTrouble, "error-list-repeating"),
        }
    }
}

impl Reader {
    /// Reads everything that this server has, and applies it. A failed connection ends the read. A part that is not
    /// available does not: its failure is returned at the end, unless the server has no such part.
    pub async fn read_everything(&self) -> Result<(), PullError> {
        let began = self.environment.monotonic();
        // A person's command is for one whole read, which begins after the command.
        self.connectivity.change(|state| state.believing = std::mem::take(&mut state.believe_absences));
        let read = self.pull_parts().await;
        let failure = match &read {
            Ok(()) => None,
            Err(error) => Some(self.reason(error).await),
        };
        self.connectivity.change(|state| {
            state.believing = false;
            if failure.is_none() {
                state.read_from = Some(began);
            }
            state.read_failure = failure;
        });
        read
    }

    /// Returns the reason of a failed reading for people: the names of the unavailable lists, or the failed connection
    /// to the hotel.
    async fn reason(&self, error: &PullError) -> DeskError {
        let known = self.store.read(parts::all).await.unwrap_or_default();
        let out = capabilities::outage(&known, true).filter(|_| error.is_about_a_part());
        out.unwrap_or_else(|| error.into())
    }

    async fn pull_parts(&self) -> Result<(), PullError> {
        let mut out = None;
        // Whether the single entity brought the list that may come with it.
        let mut is_flat = None;
        for kind in Kind::ALL {
            let part = Part::Of(kind);
            match (kind.resource().location, is_flat) {
                (Location::List { .. } | Location::Staff { .. } | Location::Chat { .. }, _) => {
                    self.go_on(part, self.pull(kind).await, &mut out).await?;
                }
                (Location::One { .. }, _) => {
                    is_flat = self.go_on(part, self.pull_the_one(kind).await, &mut out).await?;
                }
                (Location::Own { .. }, Some(true)) => self.find_flat_gallery().await?,
                // The list would have come with the settings.
                (Location::Own { .. }, None)
                    if self.gallery_dialect().await?.is_some_and(GalleryDialect::is_flat) => {}
                (Location::Own { .. }, _) => {
                    self.go_on(part, self.pull(kind).await, &mut out).await?;
                }
            }
        }
        out.map_or(Ok(()), Err)
    }

    /// Returns whether the whole read goes on after this answer. `out` gets the first part that is not available.
    async fn go_on<T>(
        &self,
        part: Part,
        answer: Result<T, PullError>,
        out: &mut Option<PullError>,
    ) -> Result<Option<T>, PullError> {
        match answer {
            Err(error) if error.refusal().is_some() => {
                if self.part(part).await?.absent().is_none() {
                    tracing::info!(%error, ?part, "a part of the hotel could not be read");
                    out.get_or_insert(error);
                }
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    /// Reads the whole list of a kind and applies it, absences included.
    pub(in crate::engine) async fn pull(&self, kind: Kind) -> Result<(), PullError> {
        if let Location::One { .. } = kind.resource().location {
            return self.pull_the_one(kind).await.map(drop);
        }
        let answer = self.try_pull(kind).await;
        self.heard(Part::Of(kind), answer).await
    }

    /// Reads a single entity, and the list that comes with it. Returns true if such a list came.
    pub(in crate::engine) async fn pull_the_one(&self, kind: Kind) -> Result<bool, PullError> {
        let answer = self.try_pull_the_one(kind).await;
        self.heard(Part::Of(kind), answer).await
    }

    async fn heard<T>(&self, part: Part, answer: Result<T, PullError>) -> Result<T, PullError> {
        match &answer {
            Ok(_) => self.connectivity.reached(),
            Err(error) => {
                if let PullError::Api(error) = error {
                    self.connectivity.failed(error);
                }
                if let Some(refusal) = error.refusal() {
                    let refusal = self.refusal_of_all_forms(part, refusal).await;
                    self.part_refused(part, refusal).await?;
                }
            }
        }
        answer
    }

    /// Returns the refusal of a part. If a server lacks it at the usual location, it may have it in another form
    /// (contract.md 5.3).
    async fn refusal_of_all_forms(&self, part: Part, refusal: Refusal) -> Refusal {
        let Part::Of(kind) = part else { return refusal };
        let (Location::Own { other_form, .. }, Refusal::Absent) = (kind.resource().location, refusal) else {
            return refusal;
        };
        self.connectivity.api().other_form(other_form).await.unwrap_or(Refusal::Failed)
    }

    async fn try_pull_the_one(&self, kind: Kind) -> Result<bool, PullError> {
        let since = self.store.read(entities::revision).await?;
        let read_before = move |db: &Connection| meta::get::<jiff::Timestamp>(db, Key::AsOf(kind));
        let first = self.store.read(read_before).await?.is_none();
        let copies = self.connectivity.api().the_one(kind).await?;
        let kinds: Vec<Kind> = copies.iter().map(ServerCopy::kind).collect();
        let brings = kinds.len() > 1;
        self.take_in(copies, since, !first).await?;
        let now = self.now();
        self.store
            .write(move |tx| {
                for kind in kinds {
                    meta::set(tx, Key::AsOf(kind), &now)?;
                    parts::note_read(tx, Part::Of(kind), 0, false)?;
                }
                if first {
                    // Whether it can be written depends on its fields.
                    tx.changed(Change::Capabilities);
                    Kind::ALL.into_iter().for_each(|kind| tx.changed(Change::any(kind)));
                }
                Ok(())
            })
            .await?;
        self.wakes.pictures.notify_one();
        Ok(brings)
    }

    pub(super) async fn take_in(
        &self,
        copies: Vec<ServerCopy>,
        since: i64,
        notify: bool,
    ) -> Result<(), StoreError> {
        let environment = self.environment.clone();
        let how = Applying { source: Source::Read { since }, notify, now: self.now() };
        self.store
            .write(move |tx| {
                copies.iter().try_for_each(|theirs| apply::copy(tx, &environment, how, theirs).map(drop))
            })
            .await?;
        // A list that was overwritten is written again, and so is a value that a late request has overwritten.
        self.wakes.push.notify_one();
        Ok(())
    }

    /// Reads one entity and applies the answer, which may be that it is gone.
    pub async fn confirm(&self, kind: Kind, id: ServerId, notify: bool) -> Result<(), PullError> {
        match kind.resource().location {
            Location::One { .. } => return self.pull_the_one(kind).await.map(drop),
            Location::Own { comes_with, .. } if id == ONLY_ONE => {
                return self.pull_the_one(comes_with).await.map(drop);
            }
            _ => {}
        }
        let since = self.store.read(entities::revision).await?;
        let answer = self.connectivity.api().entity(kind, id).await;
        let how = Applying { source: Source::Read { since }, notify, now: self.now() };
        match answer {
            Ok(theirs) => {
                self.take_in(vec![theirs], since, notify).await?;
                self.wakes.pictures.notify_one();
            }
            Err(ApiError::NotFound) => {
                let environment = self.environment.clone();
                self.store.write(move |tx| apply::removal(tx, &environment, how, (kind, id))).await?;
            }
            Err(error) => {
                self.connectivity.failed(&error);
                return Err(error.into());
            }
        }
        Ok(())
    }
}
