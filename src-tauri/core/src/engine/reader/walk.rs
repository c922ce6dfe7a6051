//! Walking over the pages of a list.
//!
//! Pages drift: an item that is removed from page one while page two is being read makes the walk miss another one
//! (trap 27). A walk is complete only if every page gave the same count and that many different rows were seen;
//! otherwise it is repeated. The entities that a complete walk has not seen are *asked for one by one* before they
//! count as removed. A mass disappearance is not believed until a person confirms it: a server that was restored from
//! last month's copy must not empty a desk.
//!
//! If two walks in a row see the same rows and only the server's count differs, the count is wrong and stays wrong.
//! Then everything was read, but nothing counts as removed. A server that gives the same page again and again is not
//! asked without end: each page has to bring something new.

use std::collections::HashSet;

use super::{PullError, Reader};
use crate::engine::apply::{self, Applying, Source};
use crate::error::{ErrorCode, failure};
use crate::hotel::ApiError;
use crate::hotel::dialect::GalleryDialect;
use crate::ids::ServerId;
use crate::resources::{Kind, Location, Part};
use crate::store::entities::{self, EntityRow};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, Tx, parts};
use crate::views::Change;

/// The number of walks while the list keeps changing.
const WALKS: u32 = 4;
/// A walk of more pages than this is not expected to end.
const PAGES: u64 = 10_000;
/// The largest number of pages that are asked for beyond twice those that the count promises.
const PAGES_BEYOND: u64 = 50;
/// Fewer missing entities than this are never a mass disappearance.
const FEW: usize = 5;

/// The result of one walk.
struct Walk {
    seen: HashSet<ServerId>,
    /// The revision before its first request.
    since: i64,
    /// The number of rows that could not be read; it is not known which entities they are.
    unreadable: u64,
    /// The number of rows that the server reports.
    count: u64,
    /// True while every page reports that count and none has a row of another.
    steady: bool,
    /// True if a page brought nothing new although the server said that more follows.
    repeats: bool,
    /// True if the walk came to the end of the list.
    ended: bool,
}

impl Walk {
    fn begin(since: i64) -> Self {
        Self {
            seen: HashSet::new(),
            since,
            unreadable: 0,
            count: 0,
            steady: true,
            repeats: false,
            ended: false,
        }
    }

    fn rows(&self) -> u64 {
        self.unreadable.saturating_add(u64::try_from(self.seen.len()).unwrap_or(u64::MAX))
    }

    /// Returns true if the walk saw every row.
    fn is_complete(&self) -> bool {
        self.ended && self.steady && self.rows() == self.count
    }

    /// Returns true if both walks saw the whole list and it has not changed in between.
    fn agrees_with(&self, other: &Self) -> bool {
        self.ended
            && self.steady
            && other.ended
            && other.steady
            && (self.count, self.unreadable) == (other.count, other.unreadable)
            && self.seen == other.seen
    }
}

impl Reader {
    /// Returns true if the whole list of this kind was seen since the hotel became reachable: entities that appear
    /// later are new.
    pub(in crate::engine) fn has_looked(&self, kind: Kind) -> bool {
        self.connectivity.state().walked.contains(&kind)
    }

    pub(super) async fn try_pull(&self, kind: Kind) -> Result<(), PullError> {
        let key = Key::AsOf(kind);
        let first = self.store.read(move |db| meta::get::<jiff::Timestamp>(db, key)).await?.is_none();
        let mut before: Option<Walk> = None;
        for _ in 0..WALKS {
            let Some(walk) = self.walk(kind, !first).await? else {
                before = None;
                continue;
            };
            if walk.is_complete() {
                if walk.unreadable == 0 {
                    self.confirm_absences(kind, &walk, !first).await?;
                }
                return self.list_read(kind, &walk, first).await;
            }
            if before.is_some_and(|before| walk.agrees_with(&before)) {
                tracing::warn!(
                    ?kind,
                    count = walk.count,
                    rows = walk.rows(),
                    "the server miscounts its list"
                );
                return self.list_read(kind, &walk, first).await;
            }
            before = Some(walk);
        }
        Err(if before.is_some_and(|walk| walk.repeats) { PullError::Repeating } else { PullError::Moving })
    }

    /// Stores that the list was read to its end.
    async fn list_read(&self, kind: Kind, walk: &Walk, first: bool) -> Result<(), PullError> {
        let (key, now) = (Key::AsOf(kind), self.now());
        let unreadable = u32::try_from(walk.unreadable).unwrap_or(u32::MAX);
        let (miscounted, since) = (!walk.is_complete(), walk.since);
        self.store
            .write(move |tx| {
                meta::set(tx, key, &now)?;
                meta::set(tx, Key::ReadFrom(kind), &since)?;
                parts::note_read(tx, Part::Of(kind), unreadable, miscounted)?;
                entities::forget_old_removals(tx)?;
                tx.changed(Change::Status);
                // The first walk of an empty hotel changes no row, and yet ends "loading".
                if first {
                    tx.changed(Change::any(kind));
                }
                Ok(())
            })
            .await?;
        if let Location::Own { .. } = kind.resource().location {
            self.keeps_galleries_as(GalleryDialect::Objects).await?;
        }
        if let Location::Staff { .. } = kind.resource().location {
            self.read_open_logs(kind).await?;
        }
        if let Location::Chat { .. } = kind.resource().location {
            self.wakes.chat.notify_one();
        }
        self.connectivity.change(|state| {
            state.walked.insert(kind);
            match walk.unreadable {
                0 => state.unreadable.remove(&kind),
                _ => state.unreadable.insert(kind),
            };
        });
        self.wakes.pictures.notify_one();
        Ok(())
    }

    /// Walks once over all pages. Returns `None` if the list became shorter meanwhile.
    async fn walk(&self, kind: Kind, notify: bool) -> Result<Option<Walk>, PullError> {
        let mut walk = Walk::begin(self.store.read(entities::revision).await?);
        let mut last = PAGES;
        let generation = self.connectivity.generation();
        for number in 1_u32.. {
            let page_since = self.store.read(entities::revision).await?;
            let page = match self.connectivity.api().page(kind, generation, number).await {
                // The list became shorter than this page while it was read.
                Err(ApiError::NotFound) if number > 1 => return Ok(None),
                other => other?,
            };
            let rows = page.entities.len() as u64 + u64::from(page.unreadable);
            if number == 1 {
                walk.count = page.count;
                last = PAGES.min(2 * page.count.div_ceil(rows.max(1)) + PAGES_BEYOND);
            }
            walk.steady &= walk.count == page.count;
            let fresh = page.entities.iter().filter(|entity| walk.seen.insert(entity.id())).count();
            // Rows that cannot be read count as new while the count has room for them.
            let is_new =
                fresh > 0 || (page.entities.is_empty() && page.unreadable > 0 && walk.rows() < walk.count);
            if number > 1 && !is_new {
                walk.repeats = page.more;
                // The pages before had all of its rows.
                walk.ended = !page.more && rows == 0 || walk.rows() == walk.count;
                return Ok(Some(walk));
            }
            walk.steady &= fresh == page.entities.len();
            walk.unreadable += u64::from(page.unreadable);
            self.take_in(page.entities, page_since, notify).await?;
            if !page.more {
                walk.ended = true;
                break;
            }
            if u64::from(number) >= last {
                break;
            }
        }
        Ok(Some(walk))
    }

    async fn confirm_absences(&self, kind: Kind, walk: &Walk, notify: bool) -> Result<(), PullError> {
        let rows = self.store.read(move |db| entities::all(db, kind)).await?;
        let known = rows.iter().filter(|row| row.server_id.is_some()).count();
        let absent: Vec<ServerId> = rows
            .iter()
            .filter(|row: &&EntityRow| row.revision <= walk.since)
            .filter_map(|row| row.server_id)
            .filter(|id| !walk.seen.contains(id))
            .collect();
        if absent.len() > FEW && absent.len() * 2 > known && !self.connectivity.state().believing {
            let what = kind.many();
            self.connectivity.notify(failure!(
                MassAbsence,
                "error-mass-absence",
                missing = absent.len(),
                known = known,
                what = what
            ));
            self.connectivity.change(|state| {
                state.doubted.insert(kind);
            });
            return Ok(());
        }
        // No request could confirm it, and a complete walk has counted every row.
        if !kind.resource().location.has_addresses() {
            return Ok(self.remove_absent(kind, absent, walk.since, notify).await?);
        }
        for id in absent {
            match self.confirm(kind, id, notify).await {
                // An entity that cannot be read by its number either stays as it is: that is no answer about the list.
                Err(error) if error.refusal().is_some() => {
                    tracing::warn!(%error, ?kind, "a thing that is not on the list cannot be read either");
                }
                other => other?,
            }
        }
        self.connectivity.change(|state| {
            state.doubted.remove(&kind);
        });
        if self.connectivity.state().doubted.is_empty() {
            self.connectivity.withdraw(ErrorCode::MassAbsence);
        }
        Ok(())
    }

    async fn remove_absent(
        &self,
        kind: Kind,
        absent: Vec<ServerId>,
        since: i64,
        notify: bool,
    ) -> Result<(), StoreError> {
        let environment = self.environment.clone();
        let how = Applying { source: Source::Read { since }, notify, now: self.now() };
        let remove = move |tx: &mut Tx<'_>| {
            absent.iter().try_for_each(|id| apply::removal(tx, &environment, how, (kind, *id)).map(drop))
        };
        self.store.write(remove).await
    }
}
