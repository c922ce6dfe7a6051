//! Reading the hotel: whole lists, the settings, or one thing.
//!
//! Pages drift: an item that is removed from page one while page two is being read makes the walk miss
//! another one (trap 27). A walk counts as complete only when every page told the same count and that many
//! different offers were seen; otherwise it is repeated. What a complete walk has not seen is *asked for one
//! by one* before it is taken as removed, and a mass disappearance is not believed at all until a person
//! says so: a server that was restored from last month's copy must not empty a desk.

use std::collections::HashSet;
use std::time::Duration;

use super::apply::{self, Applying, Source};
use super::session::Session;
use crate::api::ApiError;
use crate::api::dialect::GalleryDialect;
use crate::desk::views::Change;
use crate::error::{DeskError, ErrorCode};
use crate::model::{Kind, ONLY_ONE, ServerCopy, ServerId};
use crate::outbox::news::as_of;
use crate::store::meta::{self, Key};
use crate::store::things::{self, ThingRow};
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

impl PullError {
    /// How long the server asks to be left alone.
    pub fn pause(&self) -> Duration {
        match self {
            Self::Api(ApiError::Busy { retry_after: Some(pause), .. }) => *pause,
            _ => Duration::ZERO,
        }
    }
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
    /// Reads all that this server has and applies what it says. The first failure ends it.
    pub async fn pull_everything(&self) -> Result<(), PullError> {
        let began = self.environment.monotonic();
        let known = self.known().await?;
        // What a person said is for one whole reading, which begins after they said it.
        self.change_link(|link| link.believing = std::mem::take(&mut link.believe_absences));
        if known.is_none_or(|known| known.offers.read) {
            missing_is_fine(self.pull(Kind::Offer).await)?;
        }
        if known.is_none_or(|known| known.settings.read) {
            missing_is_fine(self.pull_settings().await)?;
        }
        if known.and_then(|known| known.gallery) == Some(GalleryDialect::Objects) {
            missing_is_fine(self.pull(Kind::Gallery).await)?;
        }
        if known.is_none_or(|known| known.room_types.read) {
            missing_is_fine(self.pull(Kind::RoomType).await)?;
        }
        self.change_link(|link| {
            link.believing = false;
            link.read_from = Some(began);
        });
        Ok(())
    }

    /// Reads the whole list of a kind and applies what it says, absences included.
    pub async fn pull(&self, kind: Kind) -> Result<(), PullError> {
        let answer = self.try_pull(kind).await;
        self.heard(answer)
    }

    /// Reads the settings: the branding, and the flat gallery where there is one.
    pub async fn pull_settings(&self) -> Result<(), PullError> {
        let answer = self.try_pull_settings().await;
        self.heard(answer)
    }

    fn heard(&self, answer: Result<(), PullError>) -> Result<(), PullError> {
        match &answer {
            Ok(()) => self.reached(),
            Err(PullError::Api(error)) => self.failed(error),
            Err(_) => {}
        }
        answer
    }

    async fn try_pull_settings(&self) -> Result<(), PullError> {
        let since = self.store.read(things::tick).await?;
        let first =
            self.store.read(|db| meta::get::<jiff::Timestamp>(db, Key::BrandingAsOf)).await?.is_none();
        let settings = self.api().settings().await?;
        let has_gallery = settings.gallery.is_some();
        let copies = [Some(settings.branding), settings.gallery.map(ServerCopy::Gallery)];
        self.take_in(copies.into_iter().flatten().collect(), since, !first).await?;
        let now = self.now();
        self.store
            .write(move |tx| {
                meta::set(tx, Key::BrandingAsOf, &now)?;
                if has_gallery {
                    meta::set(tx, Key::GalleriesAsOf, &now)?;
                }
                if first {
                    // Whether it can be written hangs on its fields.
                    tx.changed(Change::Abilities);
                    tx.changed(Change::Branding);
                    tx.changed(Change::Gallery);
                }
                Ok(())
            })
            .await?;
        self.wake_pictures.notify_one();
        Ok(())
    }

    async fn try_pull(&self, kind: Kind) -> Result<(), PullError> {
        let key = as_of(kind);
        let first = self.store.read(move |db| meta::get::<jiff::Timestamp>(db, key)).await?.is_none();
        for _ in 0..WALKS {
            let Some(walk) = self.walk(kind, !first).await? else { continue };
            if walk.all_readable {
                self.settle_absences(kind, &walk, !first).await?;
            }
            let now = self.now();
            self.store
                .write(move |tx| {
                    meta::set(tx, key, &now)?;
                    things::forget_old_removals(tx)?;
                    tx.changed(Change::Status);
                    // The first walk of an empty hotel changes no row, and yet ends "loading".
                    if first {
                        tx.changed(Change::of(kind, None));
                    }
                    Ok(())
                })
                .await?;
            self.change_link(|link| {
                link.walked.insert(kind);
            });
            self.wake_pictures.notify_one();
            return Ok(());
        }
        Err(PullError::Moving)
    }

    /// One walk over all pages. `None`: the list moved under it.
    async fn walk(&self, kind: Kind, tell: bool) -> Result<Option<Walk>, PullError> {
        let since = self.store.read(things::tick).await?;
        let mut seen = HashSet::new();
        let mut count = None;
        let mut unreadable = 0;
        let mut steady = true;
        for number in 1..=PAGES {
            let page_since = self.store.read(things::tick).await?;
            let page = match kind {
                Kind::Gallery => self.api().galleries_page(number).await,
                kind => self.api().page(kind, number).await,
            };
            let page = match page {
                // The list became shorter than this page while it was read.
                Err(ApiError::NotFound) if number > 1 => return Ok(None),
                other => other?,
            };
            steady &= *count.get_or_insert(page.count) == page.count;
            unreadable += u64::from(page.unreadable);
            let repeated = page.things.iter().filter(|thing| !seen.insert(thing.id())).count();
            steady &= repeated == 0;
            self.take_in(page.things, page_since, tell).await?;
            if !page.more {
                break;
            }
        }
        let read = u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let complete = steady && Some(read + unreadable) == count;
        Ok(complete.then_some(Walk { seen, since, all_readable: unreadable == 0 }))
    }

    async fn take_in(&self, copies: Vec<ServerCopy>, since: i64, tell: bool) -> Result<(), StoreError> {
        let galleries = copies.iter().any(|copy| copy.kind() == Kind::Gallery);
        let environment = self.environment.clone();
        let how = Applying { source: Source::Read { since }, tell, now: self.now() };
        self.store
            .write(move |tx| {
                copies.iter().try_for_each(|theirs| apply::copy(tx, &environment, how, theirs).map(drop))
            })
            .await?;
        // What was overwritten in it may have been wished again.
        if galleries {
            self.wake_push.notify_one();
        }
        Ok(())
    }

    async fn settle_absences(&self, kind: Kind, walk: &Walk, tell: bool) -> Result<(), PullError> {
        let rows = self.store.read(move |db| things::all(db, kind)).await?;
        let known = rows.iter().filter(|row| row.server_id.is_some()).count();
        let absent: Vec<ServerId> = rows
            .iter()
            .filter(|row: &&ThingRow| row.touched <= walk.since)
            .filter_map(|row| row.server_id)
            .filter(|id| !walk.seen.contains(id))
            .collect();
        if absent.len() > FEW && absent.len() * 2 > known && !self.link().believing {
            let what = match kind {
                Kind::Offer => "offers",
                Kind::RoomType => "room types",
                Kind::Branding | Kind::Gallery => "galleries",
            };
            self.tell(DeskError::new(
                ErrorCode::MassAbsence,
                format!("{} of {known} {what} are suddenly missing at the hotel. They are kept here for now.", absent.len()),
                "Ask whether somebody removed them on purpose. If so, accept it; if not, tell the people who run \
                 the server.",
            ));
            self.change_link(|link| {
                link.doubted.insert(kind);
            });
            return Ok(());
        }
        for id in absent {
            self.confirm(kind, id, tell).await?;
        }
        self.change_link(|link| {
            link.doubted.remove(&kind);
        });
        if self.link().doubted.is_empty() {
            self.untell(ErrorCode::MassAbsence);
        }
        Ok(())
    }

    /// Reads one thing and applies what the hotel says, also that it is gone. The branding and the flat gallery are
    /// read together.
    pub async fn confirm(&self, kind: Kind, id: ServerId, tell: bool) -> Result<(), PullError> {
        if id == ONLY_ONE {
            return self.pull_settings().await;
        }
        let since = self.store.read(things::tick).await?;
        let answer = match kind {
            Kind::Gallery => self.api().gallery(GalleryDialect::Objects, id).await.map(ServerCopy::Gallery),
            kind => self.api().thing(kind, id).await,
        };
        let how = Applying { source: Source::Read { since }, tell, now: self.now() };
        match answer {
            Ok(theirs) => {
                self.take_in(vec![theirs], since, tell).await?;
                self.wake_pictures.notify_one();
            }
            Err(ApiError::NotFound) => {
                self.store.write(move |tx| apply::removal(tx, how, kind, id)).await?;
            }
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

/// What a server does not have is no failure of reading it.
fn missing_is_fine(answer: Result<(), PullError>) -> Result<(), PullError> {
    match answer {
        Err(PullError::Api(ApiError::NotHere | ApiError::Forbidden { .. })) => Ok(()),
        other => other,
    }
}
