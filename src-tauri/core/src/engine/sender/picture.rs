//! Sends a picture of an entity, and determines the outcome of an upload whose answer was lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::Sender;
use super::step::{LONGEST_WAIT, Stop, kept_failing, uploading, writing};
use super::uploads::Failed;
use crate::engine::open_requests::SETTLING;
use crate::hotel::{ApiError, PictureHostError, Progress, Upload, UploadWay};
use crate::ids::{LocalId, MediaHash, ServerId};
use crate::media::CacheError;
use crate::model::{Intent, IntentState, Operation};
use crate::records::Slot;
use crate::resources::{Kind, Location, ServerPicture};
use crate::store::entities::{self, DatedCopy};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, pictures, requests};
use crate::views::Change;

/// The time for which the server's upload method is remembered, because servers change.
const REMEMBERED: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

impl Sender {
    pub(super) async fn set_picture(
        &self,
        intent: &Intent,
        slot: Slot,
        picture: Option<&MediaHash>,
        was: Option<&str>,
    ) -> Result<(), Stop> {
        let id = intent.id;
        let current = self.read_current(intent).await?;
        let (kind, server_id) = (current.copy.kind(), current.copy.id());
        let theirs = current.copy.picture(slot);
        if picture.is_none() && theirs.mark().is_none() {
            return Ok(self.note(move |outbox, tx| outbox.edited(tx, id, &current)).await?);
        }
        let is_as_before = match intent.state {
            IntentState::Unclear => theirs.mark() == intent.note.photo_before.as_deref(),
            _ => theirs.has_mark(was),
        };
        if !is_as_before {
            if intent.state == IntentState::Unclear && self.is_picture(&theirs, picture).await? {
                return self.picture_done(intent, slot, picture, current).await;
            }
            // An earlier picture of this desk may have been carried out late: then no other person has changed the
            // picture.
            if !self.is_own_picture(intent.lane, slot, &theirs).await? {
                return Ok(self.note(move |outbox, tx| outbox.picture_conflict(tx, id, &current)).await?);
            }
        } else if intent.state == IntentState::Unclear
            && let Some(message) = kept_failing(intent)
        {
            return Err(Stop::KeepsFailing(message));
        }
        let before = theirs.clone();
        let note = move |intent: &mut Intent| {
            intent.note.photo_before = theirs.mark().map(str::to_owned);
            intent.note.photo_before_url = theirs.url;
        };
        let Some(hash) = picture else {
            let since = self.depart(intent, intent.operation.clone(), note).await?;
            let copy = self.connectivity.api().remove_picture(kind, server_id).await.map_err(writing)?;
            let seen = DatedCopy { copy, since };
            return Ok(self.note(move |outbox, tx| outbox.edited(tx, id, &seen)).await?);
        };
        let upload = self.upload_of(hash).await?;
        let request = self.depart(intent, intent.operation.clone(), note).await?;
        let sent = self.upload(intent.lane, (kind, server_id), slot, &upload).await;
        // An upload takes time: the server has received all of it only now.
        self.open_requests.left(request);
        if let Err(stop) = sent {
            return Err(self.doubt_refusal(stop, (kind, server_id), slot, &before).await);
        }
        // The answer contains only the picture, and an upload writes the whole row back (traps 13, 14).
        let since = self.store.read(entities::revision).await?;
        let copy = self.connectivity.api().entity(kind, server_id).await.map_err(|error| match error {
            // The upload is done; the current state of the row is not known.
            ApiError::NotFound => Stop::DeletedThere,
            other => Stop::Unconfirmed(other),
        })?;
        self.picture_done(intent, slot, Some(hash), DatedCopy { copy, since }).await
    }

    /// The oldest server refuses a logo and stores it all the same (contract.md 6.1). So a refusal of a picture of the
    /// settings is believed only while the hotel shows the picture from `before`; another one makes the outcome unknown.
    async fn doubt_refusal(
        &self,
        stop: Stop,
        (kind, id): (Kind, ServerId),
        slot: Slot,
        before: &ServerPicture,
    ) -> Stop {
        let is_refusal = match &stop {
            Stop::Writing(error) => !error.may_be_done(),
            Stop::PictureTooLarge => true,
            _ => false,
        };
        if !is_refusal || !matches!(kind.resource().location, Location::One { .. }) {
            return stop;
        }
        match self.connectivity.api().entity(kind, id).await {
            Ok(copy) if copy.picture(slot).mark() == before.mark() => stop,
            Ok(_) => Stop::UploadLost("it was refused, and the hotel shows another picture".to_owned()),
            Err(error) => Stop::Unconfirmed(error),
        }
    }

    /// Uploads with the method that this server supports. A server without a separate request for it gets the picture
    /// as a field, which is then remembered. If the entity does not exist either, it was removed.
    async fn upload(
        &self,
        lane: LocalId,
        (kind, id): (Kind, ServerId),
        slot: Slot,
        picture: &Upload,
    ) -> Result<(), Stop> {
        let way = self.upload_way(kind).await?;
        let sent = self.upload_by(lane, (kind, id), (slot, way), picture).await;
        match (sent, way) {
            (Err(Failed::Api(ApiError::NotFound | ApiError::NotHere)), UploadWay::Action) => {}
            (sent, _) => return sent.map_err(uploading),
        }
        match self.connectivity.api().entity(kind, id).await {
            Ok(_) => {}
            Err(ApiError::NotFound) => return Err(Stop::DeletedThere),
            Err(error) => return Err(Stop::NotSent(error)),
        }
        let sent = self.upload_by(lane, (kind, id), (slot, UploadWay::Field), picture).await;
        if sent.is_ok() {
            self.remember_upload_as_field(kind).await?;
        }
        sent.map_err(uploading)
    }

    async fn upload_by(
        &self,
        lane: LocalId,
        (kind, id): (Kind, ServerId),
        to: (Slot, UploadWay),
        picture: &Upload,
    ) -> Result<(), Failed> {
        let (api, picture) = (self.connectivity.api(), picture.clone());
        let send = |progress| async move { api.upload_picture(kind, id, to, picture, progress).await };
        self.uploads.run(lane, self.progress_of(lane), send).await
    }

    /// Returns the method by which this server accepts pictures of a kind, as far as it is known.
    async fn upload_way(&self, kind: Kind) -> Result<UploadWay, StoreError> {
        if matches!(kind.resource().location, Location::One { .. }) {
            // The pictures of this kind have always been fields.
            return Ok(UploadWay::Field);
        }
        let now = self.environment.now();
        let fields: BTreeMap<Kind, Timestamp> =
            self.store.read(|db| meta::get(db, Key::PicturesAsFields)).await?.unwrap_or_default();
        let is_fresh = |at: &Timestamp| now.duration_since(*at).abs() < REMEMBERED;
        Ok(if fields.get(&kind).is_some_and(is_fresh) { UploadWay::Field } else { UploadWay::Action })
    }

    async fn remember_upload_as_field(&self, kind: Kind) -> Result<(), StoreError> {
        let now = self.environment.now();
        self.store
            .write(move |tx| {
                let mut fields: BTreeMap<Kind, Timestamp> =
                    meta::get(tx, Key::PicturesAsFields)?.unwrap_or_default();
                fields.insert(kind, now);
                meta::set(tx, Key::PicturesAsFields, &fields)
            })
            .await
    }

    /// Returns a function that announces the progress of an entity's upload to the screens.
    pub(super) fn progress_of(&self, entity: LocalId) -> Progress {
        let store = self.store.clone();
        Arc::new(move |sent, total| store.announce(Change::Upload { entity, sent, total }))
    }

    /// Returns true if the hotel shows a picture that this desk has sent before and whose answer was lost.
    async fn is_own_picture(&self, lane: LocalId, slot: Slot, shown: &ServerPicture) -> Result<bool, Stop> {
        for own in self.store.read(move |db| requests::open(db, lane)).await? {
            if let Operation::SetPicture { slot: place, picture, .. } = &own.operation
                && *place == slot
                && self.is_picture(shown, picture.as_ref()).await?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns true if the hotel shows this picture, or no picture if `None` is expected. The bytes are compared.
    pub(super) async fn is_picture(
        &self,
        shown: &ServerPicture,
        picture: Option<&MediaHash>,
    ) -> Result<bool, Stop> {
        match (picture, &shown.url) {
            (Some(hash), Some(url)) => self.shows(url, hash).await,
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    /// Returns true if the bytes at this address are those of the prepared picture. An address without a picture
    /// counts as different.
    pub(super) async fn shows(&self, url: &str, picture: &MediaHash) -> Result<bool, Stop> {
        match self.connectivity.api().fetch_picture(url).await {
            Ok(bytes) => Ok(MediaHash::of(&bytes) == *picture),
            Err(PictureHostError::Tombstone) => Ok(false),
            Err(error) => Err(Stop::PictureHost(error)),
        }
    }

    /// Handles a check that could not determine whether the shown picture is this desk's. It is repeated after a
    /// while, and then a person is asked.
    pub(super) async fn looked_in_vain(
        &self,
        intent: &Intent,
        error: &PictureHostError,
    ) -> Result<(), StoreError> {
        // The hotel itself was read.
        self.connectivity.reached();
        let id = intent.id;
        let not_before =
            self.environment.in_ms(self.backoff(intent.note.looks + 1, LONGEST_WAIT).max(SETTLING));
        let message = error.to_string();
        self.note(move |outbox, tx| outbox.looked_in_vain(tx, id, not_before, message)).await
    }

    async fn picture_done(
        &self,
        intent: &Intent,
        slot: Slot,
        picture: Option<&MediaHash>,
        stored: DatedCopy,
    ) -> Result<(), Stop> {
        let (id, picture) = (intent.id, picture.cloned());
        Ok(self
            .note(move |outbox, tx| {
                // The uploaded picture is the one that the hotel shows, so it need not be fetched.
                if let (Some(url), Some(hash)) = (&stored.copy.picture(slot).url, &picture) {
                    pictures::set_source(tx, url, hash)?;
                }
                outbox.edited(tx, id, &stored)
            })
            .await?)
    }

    pub(super) async fn upload_of(&self, hash: &MediaHash) -> Result<Upload, Stop> {
        let (media, wanted, now) = (self.media.clone(), hash.clone(), self.environment.now());
        let found: Result<_, CacheError> =
            tokio::task::spawn_blocking(move || media.get(&wanted, now)).await.map_err(|_| Stop::NotYet)?;
        match found {
            Ok(Some((bytes, mime))) => Ok(Upload { bytes: bytes.into(), mime }),
            Ok(None) => Err(Stop::PictureLost),
            Err(error) => {
                tracing::warn!(%error, "a prepared picture cannot be read");
                Err(Stop::PictureLost)
            }
        }
    }
}
