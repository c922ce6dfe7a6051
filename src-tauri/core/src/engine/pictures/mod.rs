//! Downloads the hotel's pictures into the cache, so that they can be shown without a network.

mod waits;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;

use super::Base;
use super::connectivity::Connectivity;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::ids::{LocalId, MediaHash};
use crate::media::{CacheError, Limits, MediaCache, can_be_drawn};
use crate::resources::Kind;
use crate::store::{Store, StoreError, entities, pictures};
use crate::views::Change;
use waits::{LONGEST, Waits};

/// The space for pictures, in bytes.
pub(crate) const CAP: u64 = 512 * 1024 * 1024;
/// The number of pictures that are fetched at the same time.
const AT_ONCE: usize = 3;
/// The pause after the local database has failed.
const PAUSE: Duration = Duration::from_secs(15);
/// The longest time for which a person waits for a picture.
const SOON: Duration = Duration::from_secs(20);
/// The time for which prepared pictures of a closed editor are kept.
pub const PREPARED_FOR_MS: i64 = 24 * 3600 * 1000;

/// Fetches the pictures of one account.
pub struct Pictures {
    store: Store,
    media: MediaCache,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    /// The addresses that gave no picture.
    waits: Waits,
}

impl Pictures {
    pub(super) fn new(base: Base, media: MediaCache) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self { store, media, environment, connectivity, wakes, waits: Waits::default() }
    }

    /// Lets every address be asked at once.
    pub fn end_waits(&self) {
        self.waits.end();
    }

    /// Fetches missing pictures for ever.
    pub async fn fetch_forever(self: Arc<Self>) {
        loop {
            let rest = self.fetch_missing().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "pictures could not be fetched");
                PAUSE
            });
            tokio::select! {
                () = self.wakes.pictures.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Fetches the pictures that are missing now, and makes room even if that fails. Returns the time to wait before
    /// more can be done.
    async fn fetch_missing(&self) -> Result<Duration, StoreError> {
        let fetched = self.fetch_what_may_be_asked_for().await;
        self.make_room(CAP).await?;
        fetched
    }

    /// Fetches every picture whose wait is over. The entities that changed last come first.
    async fn fetch_what_may_be_asked_for(&self) -> Result<Duration, StoreError> {
        loop {
            if self.connectivity.state().online == Some(false) {
                return Ok(LONGEST);
            }
            // The list is read anew for each few pictures: a colleague's new picture goes before the rest of a first
            // read.
            let missing = self.store.read(missing).await?;
            let now = self.environment.monotonic();
            let next = self.waits.keep(&missing.iter().map(|(_, url)| url.as_str()).collect());
            let mut taken = HashSet::new();
            let may_ask = |url: &str| self.waits.may_ask(url, now);
            let due = missing.iter().filter(|(_, url)| may_ask(url) && taken.insert(url)).take(AT_ONCE);
            let fetches: Vec<_> = due.map(|(entity, url)| self.fetch(*entity, url)).collect();
            if fetches.is_empty() {
                return Ok(next.map_or(LONGEST, |at| at.saturating_sub(now)).min(LONGEST));
            }
            join_all(fetches).await.into_iter().collect::<Result<(), _>>()?;
        }
    }

    /// Fetches one picture. The waits between failed attempts grow.
    async fn fetch(&self, entity: LocalId, url: &str) -> Result<(), StoreError> {
        let bytes = match self.connectivity.api().fetch_picture(url).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::info!(%error, "a picture cannot be had");
                self.ask_later(url);
                return Ok(());
            }
        };
        let (media, now) = (self.media.clone(), self.environment.now());
        let kept = tokio::task::spawn_blocking(move || match can_be_drawn(&bytes, &Limits::default()) {
            true => media.put(&bytes, now),
            // The sign-in page of a network, for example.
            false => Err(CacheError::NotAPicture),
        });
        match kept.await {
            Ok(Ok(hash)) => {
                let url = url.to_owned();
                self.store
                    .write(move |tx| {
                        pictures::set_source(tx, &url, &hash)?;
                        entities::announce(tx, entity)
                    })
                    .await
            }
            Ok(Err(error)) => {
                tracing::info!(%error, "a picture of the hotel is none, or cannot be kept");
                self.ask_later(url);
                Ok(())
            }
            Err(_) => {
                self.ask_later(url);
                Ok(())
            }
        }
    }

    /// Returns the picture at an address that an entity shows. It comes from the cache, or from its host if that
    /// answers soon.
    pub async fn at(&self, entity: LocalId, url: &str) -> Result<Option<MediaHash>, StoreError> {
        if let Some(known) = self.cached(url).await? {
            return Ok(Some(known));
        }
        tokio::select! {
            fetched = self.fetch(entity, url) => fetched?,
            () = self.environment.sleep(SOON) => {}
        }
        self.cached(url).await
    }

    /// Returns the picture of an address if it is known and on the disk.
    async fn cached(&self, url: &str) -> Result<Option<MediaHash>, StoreError> {
        let (url, media) = (url.to_owned(), self.media.clone());
        let known = self.store.read(move |db| pictures::of_source(db, &url)).await?;
        Ok(known.filter(|hash| media.has(hash)))
    }

    fn ask_later(&self, url: &str) {
        self.waits.failed(url, self.environment.monotonic(), self.environment.chance());
    }

    /// Removes every picture that no entity shows and no change waits for.
    pub async fn clear(&self) -> Result<(), StoreError> {
        self.make_room(0).await
    }

    /// Evicts the pictures above this size of the cache, and forgets those without a reference.
    async fn make_room(&self, cap: u64) -> Result<(), StoreError> {
        let since = self.environment.now_ms() - PREPARED_FOR_MS;
        let reading = self.store.read(move |db| Ok((pictures::pinned(db, since)?, pictures::all(db)?)));
        let (pinned, known) = reading.await?;
        let (media, now) = (self.media.clone(), self.environment.now());
        let tidied = tokio::task::spawn_blocking(move || {
            media.evict(cap, &pinned, now)?;
            Ok::<_, CacheError>(known.into_values().filter(|hash| !media.has(hash)).collect::<Vec<_>>())
        });
        let removed = match tidied.await {
            Ok(Ok(removed)) => removed,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the picture cache could not be tidied");
                Vec::new()
            }
            Err(_) => Vec::new(),
        };
        self.store.write(move |tx| pictures::prune(tx, since, &removed)).await
    }

    /// Forgets a cached picture that is missing or damaged, so that it is fetched again.
    pub async fn forget(&self, hash: &MediaHash) -> Result<(), StoreError> {
        let hash = hash.clone();
        self.store
            .write(move |tx| {
                pictures::forget(tx, &hash)?;
                Kind::ALL.into_iter().for_each(|kind| tx.changed(Change::any(kind)));
                Ok(())
            })
            .await?;
        self.wakes.pictures.notify_one();
        Ok(())
    }
}

/// Returns the addresses that entities show and the cache does not know.
fn missing(db: &rusqlite::Connection) -> Result<Vec<(LocalId, String)>, StoreError> {
    let known = pictures::all(db)?;
    let mut missing = pictures::shown(db)?;
    missing.retain(|(_, url)| !url.is_empty() && !known.contains_key(url));
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use pusher::time::ManualClock;

    use super::*;
    use crate::engine::test_engine;
    use crate::ids::ServerId;
    use crate::records::{Fields, Slot};
    use crate::resources::{Kind, ServerCopy, ServerPicture};
    use crate::store::entities::Learned;

    #[tokio::test]
    async fn room_is_made_although_a_picture_cannot_be_had() {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Duration::from_secs(1_000_000));
        let engine = test_engine::engine(&folder, "killarney", Environment::with_seed(clock.shared(), 1));
        let mut offer =
            ServerCopy::as_sent(Kind::Offer, ServerId(7), &Fields::default(), Timestamp::UNIX_EPOCH);
        // No server listens there.
        let url = Some("http://127.0.0.1:9/a.jpg".into());
        offer.set_picture(Slot::Photo, ServerPicture { path: None, url });
        let entity = LocalId::from_random([1; 16]);
        engine
            .store
            .write(move |tx| {
                entities::put_base(tx, entity, &offer, None, Learned::Read)?;
                pictures::prepared(tx, &MediaHash::of(b"of an editor that was closed long ago"), 0)
            })
            .await
            .unwrap();
        let rest = engine.pictures.fetch_missing().await.unwrap();
        assert!(rest > Duration::ZERO && rest <= Duration::from_secs(10), "{rest:?}");
        let count = "SELECT count(*) FROM prepared";
        let left =
            engine.store.read(move |db| Ok(db.query_row(count, [], |row| row.get::<_, i64>(0))?)).await;
        assert_eq!(left.unwrap(), 0);
        clock.advance(rest);
        assert!(engine.pictures.waits.may_ask("http://127.0.0.1:9/a.jpg", engine.environment.monotonic()));
    }
}
