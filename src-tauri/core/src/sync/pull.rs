//! Reading the hotel: the whole list, or one offer.
//!
//! Pages drift: an item that is removed from page one while page two is being read makes the walk miss
//! another one (trap 27). A walk counts as complete only when every page told the same count and that many
//! different offers were seen; otherwise it is repeated. What a complete walk has not seen is *asked for one
//! by one* before it is taken as removed, and a mass disappearance is not believed at all until a person
//! says so: a server that was restored from last month's copy must not empty a desk.

use std::collections::HashSet;

use super::apply::{self, Applying, Source};
use super::session::Session;
use crate::api::ApiError;
use crate::desk::views::Change;
use crate::error::{DeskError, ErrorCode};
use crate::model::{ServerId, ServerOffer};
use crate::store::meta::{self, Key};
use crate::store::offers::{self, OfferRow};
use crate::store::{StoreError, intents};

/// How often a walk is repeated while the list keeps moving.
const WALKS: u32 = 4;
/// A walk of more pages than this is not believed to end.
const PAGES: u32 = 10_000;
/// Below this many, a disappearance is never a mass one.
const FEW: usize = 5;

/// Why a read did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The hotel.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The local database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The list moved during every walk.
    #[error("the list kept changing while it was read")]
    Moving,
}

impl From<PullError> for DeskError {
    fn from(error: PullError) -> Self {
        match error {
            PullError::Api(error) => error.into(),
            PullError::Store(error) => error.into(),
            PullError::Moving => Self::new(
                ErrorCode::ServerTrouble,
                "The hotel's list kept changing while it was read.",
                "It is read again by itself in a moment.",
            ),
        }
    }
}

/// A complete walk.
struct Walk {
    seen: HashSet<ServerId>,
    /// Tick before its first request.
    since: i64,
    /// Every item could be read; otherwise nobody knows which one an unreadable item is.
    all_readable: bool,
}

impl Session {
    /// Reads all offers and applies what they say, absences included.
    pub async fn pull_offers(&self) -> Result<(), PullError> {
        let answer = self.try_pull_offers().await;
        match &answer {
            Ok(()) => self.reached(),
            Err(PullError::Api(error)) => self.failed(error),
            Err(_) => {}
        }
        answer
    }

    async fn try_pull_offers(&self) -> Result<(), PullError> {
        let first = self.store.read(|db| meta::get::<jiff::Timestamp>(db, Key::OffersAsOf)).await?.is_none();
        for _ in 0..WALKS {
            let Some(walk) = self.walk(!first).await? else { continue };
            if walk.all_readable {
                self.settle_absences(&walk, !first).await?;
            }
            let now = self.now();
            self.store
                .write(move |tx| {
                    meta::set(tx, Key::OffersAsOf, &now)?;
                    offers::forget_old_removals(tx)?;
                    tx.changed(Change::Status);
                    // The first walk of an empty hotel changes no row, and yet ends "loading".
                    if first {
                        tx.changed(Change::Offers { ids: None });
                    }
                    Ok(())
                })
                .await?;
            self.change_link(|link| link.walked = true);
            self.wake_pictures.notify_one();
            return Ok(());
        }
        Err(PullError::Moving)
    }

    /// One walk over all pages. `None`: the list moved under it.
    async fn walk(&self, tell: bool) -> Result<Option<Walk>, PullError> {
        let since = self.store.read(offers::tick).await?;
        let mut seen = HashSet::new();
        let mut count = None;
        let mut unreadable = 0;
        let mut steady = true;
        for number in 1..=PAGES {
            let page_since = self.store.read(offers::tick).await?;
            let page = match self.api().offers_page(number).await {
                // The list became shorter than this page while it was read.
                Err(ApiError::NotFound) if number > 1 => return Ok(None),
                other => other?,
            };
            steady &= *count.get_or_insert(page.count) == page.count;
            unreadable += u64::from(page.unreadable);
            let repeated = page.offers.iter().filter(|offer| !seen.insert(offer.id)).count();
            steady &= repeated == 0;
            self.take_in(page.offers, page_since, tell).await?;
            if !page.more {
                break;
            }
        }
        let read = u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let complete = steady && Some(read + unreadable) == count;
        Ok(complete.then_some(Walk { seen, since, all_readable: unreadable == 0 }))
    }

    async fn take_in(&self, page: Vec<ServerOffer>, since: i64, tell: bool) -> Result<(), StoreError> {
        let environment = self.environment.clone();
        let how = Applying { source: Source::Read { since }, tell, now: self.now() };
        self.store
            .write(move |tx| {
                page.iter().try_for_each(|theirs| apply::offer(tx, &environment, how, theirs).map(drop))
            })
            .await
    }

    async fn settle_absences(&self, walk: &Walk, tell: bool) -> Result<(), PullError> {
        let rows = self.store.read(offers::all).await?;
        let known = rows.iter().filter(|row| row.server_id.is_some()).count();
        let absent: Vec<ServerId> = rows
            .iter()
            .filter(|row: &&OfferRow| row.touched <= walk.since)
            .filter_map(|row| row.server_id)
            .filter(|id| !walk.seen.contains(id))
            .collect();
        if absent.len() > FEW && absent.len() * 2 > known && !self.link().believe_absences {
            self.tell(DeskError::new(
                ErrorCode::MassAbsence,
                format!("{} of {known} offers are suddenly missing at the hotel. They are kept here for now.", absent.len()),
                "Ask whether somebody removed them on purpose. If so, accept it; if not, tell the people who run \
                 the server.",
            ));
            return Ok(());
        }
        for id in absent {
            self.confirm_offer(id, tell).await?;
        }
        self.change_link(|link| link.believe_absences = false);
        self.untell(ErrorCode::MassAbsence);
        Ok(())
    }

    /// Reads one offer and applies what the hotel says, also that it is gone.
    pub async fn confirm_offer(&self, id: ServerId, tell: bool) -> Result<(), PullError> {
        let since = self.store.read(offers::tick).await?;
        let answer = self.api().offer(id).await;
        let how = Applying { source: Source::Read { since }, tell, now: self.now() };
        let environment = self.environment.clone();
        match answer {
            Ok(theirs) => {
                self.store.write(move |tx| apply::offer(tx, &environment, how, &theirs).map(drop)).await?;
                self.wake_pictures.notify_one();
            }
            Err(ApiError::NotFound) => self.store.write(move |tx| apply::removal(tx, how, id)).await?,
            Err(error) => {
                self.failed(&error);
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// How many intents still wait or need a person.
    pub async fn counts(&self) -> Result<intents::Counts, StoreError> {
        self.store.read(intents::counts).await
    }
}
