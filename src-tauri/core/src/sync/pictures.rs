//! Fetching the hotel's pictures into the cache, so that they are here when the network is not.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;

use super::session::Session;
use crate::api::ApiError;
use crate::desk::views::Change;
use crate::media::{CacheError, Limits, can_be_drawn};
use crate::model::{Kind, LocalId, MediaHash};
use crate::store::{StoreError, pictures, things};

/// Room for pictures, in bytes.
pub(crate) const CAP: u64 = 512 * 1024 * 1024;
/// How many are fetched at the same time.
const AT_ONCE: usize = 3;
/// Pause after a failure.
const PAUSE: Duration = Duration::from_secs(15);
/// Prepared pictures of an editor that was closed are kept this long.
const PREPARED_FOR_MS: i64 = 24 * 3600 * 1000;

impl Session {
    /// Fetches what is missing, for ever.
    pub async fn fetch_pictures_forever(self: Arc<Self>) {
        loop {
            let complete = self.fetch_missing_pictures().await.inspect_err(|error| {
                tracing::warn!(%error, "pictures could not be fetched");
            });
            let rest = if matches!(complete, Ok(true)) { Duration::from_secs(3600) } else { PAUSE };
            tokio::select! {
                () = self.wake_pictures.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Fetches what is missing now, what changed last first. False when something still is.
    pub async fn fetch_missing_pictures(&self) -> Result<bool, StoreError> {
        let mut failed = HashSet::new();
        loop {
            if self.link().online == Some(false) {
                return Ok(false);
            }
            // Looked up anew for each few: a colleague's new picture goes before the rest of a first read.
            let bad = self.link().bad_pictures;
            let mut batch = self.store.read(missing).await?;
            batch.retain(|(_, url)| !bad.contains(url) && !failed.contains(url));
            batch.truncate(AT_ONCE);
            if batch.is_empty() {
                break;
            }
            let fetches = batch.into_iter().map(|(thing, url)| self.fetch(thing, url));
            for outcome in join_all(fetches).await {
                failed.extend(outcome?);
            }
        }
        if failed.is_empty() {
            self.make_room().await?;
        }
        Ok(failed.is_empty())
    }

    /// Fetches one picture. Gives its address back when it may be there another time.
    async fn fetch(&self, thing: LocalId, url: String) -> Result<Option<String>, StoreError> {
        match self.api().fetch_picture(&url).await {
            Ok(bytes) => self.keep(thing, url, bytes.to_vec()).await.map(|()| None),
            Err(ApiError::Offline { .. } | ApiError::Unclear { .. } | ApiError::Busy { .. }) => Ok(Some(url)),
            Err(error) => {
                tracing::info!(%error, "a picture cannot be had");
                self.give_up_on(url);
                Ok(None)
            }
        }
    }

    fn give_up_on(&self, url: String) {
        self.change_link(|link| {
            link.bad_pictures.insert(url);
        });
    }

    async fn keep(&self, thing: LocalId, url: String, bytes: Vec<u8>) -> Result<(), StoreError> {
        let (media, now) = (self.media.clone(), self.now());
        let kept = tokio::task::spawn_blocking(move || match can_be_drawn(&bytes, &Limits::default()) {
            true => media.put(&bytes, now),
            false => Err(CacheError::NotAPicture),
        })
        .await;
        match kept {
            Ok(Ok(hash)) => {
                self.store
                    .write(move |tx| {
                        pictures::set_source(tx, &url, &hash)?;
                        things::announce(tx, thing)
                    })
                    .await
            }
            Ok(Err(error)) => {
                tracing::info!(%error, "a picture of the hotel is none");
                self.give_up_on(url);
                Ok(())
            }
            Err(_) => Ok(()),
        }
    }

    /// Evicts what there is no room for, and forgets what nothing refers to any more.
    async fn make_room(&self) -> Result<(), StoreError> {
        let since = self.now_ms() - PREPARED_FOR_MS;
        let reading = self.store.read(move |db| Ok((pictures::pinned(db, since)?, pictures::all(db)?)));
        let (pinned, known) = reading.await?;
        let (media, now) = (self.media.clone(), self.now());
        let tidied = tokio::task::spawn_blocking(move || {
            media.evict(CAP, &pinned, now)?;
            Ok::<_, CacheError>(known.into_values().filter(|hash| !media.has(hash)).collect::<Vec<_>>())
        });
        let gone = match tidied.await {
            Ok(Ok(gone)) => gone,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the picture cache could not be tidied");
                Vec::new()
            }
            Err(_) => Vec::new(),
        };
        self.store.write(move |tx| pictures::prune(tx, since, &gone)).await
    }

    /// A cached picture turned out to be missing or damaged: it is fetched again.
    pub async fn forget_picture(&self, hash: &MediaHash) -> Result<(), StoreError> {
        let hash = hash.clone();
        self.store
            .write(move |tx| {
                pictures::forget(tx, &hash)?;
                Kind::ALL.into_iter().for_each(|kind| tx.changed(Change::of(kind, None)));
                Ok(())
            })
            .await?;
        self.wake_pictures.notify_one();
        Ok(())
    }
}

/// Addresses that things show and the cache does not know.
fn missing(db: &rusqlite::Connection) -> Result<Vec<(LocalId, String)>, StoreError> {
    let known = pictures::all(db)?;
    let mut missing = pictures::shown(db)?;
    missing.retain(|(_, url)| !url.is_empty() && !known.contains_key(url));
    Ok(missing)
}
