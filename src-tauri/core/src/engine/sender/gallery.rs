//! Sends changes of a gallery: uploads a new picture, then applies one step to the list that the hotel has now, and
//! checks the result.
//!
//! A flat gallery is one list that each client replaces as a whole. So every step reads the list, writes it, and reads
//! it again; if a colleague has overwritten the step in between, it is repeated. After that the step is not defended:
//! a colleague's change is announced, and an own picture that was removed can be put back. Repeating a step changes
//! nothing, so an unclear answer is resolved by the same procedure. Only an upload must not be repeated blindly: it is
//! searched among the addresses from events, or among the gallery's newest rows, and recognised by its bytes.

use super::Sender;
use super::step::{Stop, is_refused, kept_failing, uploading, writing};
use crate::engine::apply::{self, Applying, Source};
use crate::hotel::ApiError;
use crate::hotel::dialect::GalleryDialect;
use crate::ids::{IntentId, LocalId, MediaHash, ServerId};
use crate::model::{Intent, IntentState, Operation};
use crate::resources::{ImageStep, Kind, Location, ONLY_ONE, ServerCopy, ServerGallery, ServerImage};
use crate::store::galleries::{self, Keys};
use crate::store::{entities, pictures, requests};

/// The hotel's current gallery, and the desk's keys for its pictures.
struct Current {
    gallery: ServerGallery,
    keys: Keys,
    /// The revision before the request left.
    since: i64,
}

impl Sender {
    /// Processes one intent about a gallery. If the server lacks the request that changes its galleries, the form of
    /// the galleries is determined again.
    pub(super) async fn change_gallery(&self, intent: &Intent, kind: Kind) -> Result<(), Stop> {
        let mut known = self.reader.gallery_dialect().await?;
        if known.is_none() && self.reads_flat_gallery(kind).await? {
            self.reader.find_flat_gallery().await?;
            known = self.reader.gallery_dialect().await?;
        }
        let dialect = known.ok_or(Stop::Reading(ApiError::NotHere))?;
        self.put_order_back(intent.lane).await?;
        let changed = self.change_gallery_in(dialect, intent).await;
        if let Err(Stop::Writing(ApiError::NotHere)) = &changed {
            self.reader.forget_gallery_dialect().await?;
        }
        changed
    }

    /// Reads the resource that the gallery may come with. Returns true if the gallery came with it.
    async fn reads_flat_gallery(&self, kind: Kind) -> Result<bool, Stop> {
        let Location::Own { comes_with, .. } = kind.resource().location else { return Ok(false) };
        Ok(self.reader.pull_the_one(comes_with).await.is_ok_and(|is_flat| is_flat))
    }

    async fn change_gallery_in(&self, dialect: GalleryDialect, intent: &Intent) -> Result<(), Stop> {
        if let Operation::AddImage { uploaded: None, picture, caption, .. } = &intent.operation {
            return self.upload_image(intent, dialect, picture, caption).await;
        }
        let Some(wanted) = intent.operation.image_step() else { return Err(Stop::NotYet) };
        let current = self.read_gallery(intent.lane, dialect, Stop::Reading).await?;
        let step = present_step(dialect, &intent.operation, wanted);
        let before = current.keys.list(&current.gallery);
        let mut after = before.clone();
        step.apply(&mut after);
        if after == before {
            return self.image_done(intent, current).await;
        }
        if intent.state == IntentState::Unclear
            && let Some(message) = kept_failing(intent)
        {
            return Err(Stop::KeepsFailing(message));
        }
        // A colleague's change shows here, and not in the list that this step writes, which explains itself.
        self.take_gallery(&current).await?;
        let request = self.depart(intent, intent.operation.clone(), |_| {}).await?;
        let id = current.gallery.id;
        let name = |key: &LocalId| name_of(&current, &intent.operation, *key);
        let written = match &step {
            ImageStep::Remove { image } => match name(image) {
                Some(name) => self.connectivity.api().remove_image(dialect, &name).await,
                None => Ok(()),
            },
            _ => {
                let order: Vec<String> = after.iter().filter_map(name).collect();
                let written = order.clone();
                self.note(move |_, tx| requests::writes_list(tx, request, &written)).await?;
                self.connectivity.api().order_images(dialect, id, &order).await
            }
        };
        match written {
            // A missing picture is the intended result.
            Err(ApiError::NotFound) if matches!(step, ImageStep::Remove { .. }) => {}
            other => other.map_err(writing)?,
        }
        let now = self.read_gallery(intent.lane, dialect, Stop::Unconfirmed).await?;
        if is_so(&step, &now.keys.list(&now.gallery)) {
            let gallery = now.gallery.clone();
            self.image_done(intent, now).await?;
            if matches!(step, ImageStep::Remove { .. }) {
                self.notify_colleagues(intent, dialect, &gallery).await?;
            }
            return Ok(());
        }
        self.take_gallery(&now).await?;
        Err(Stop::Overwritten)
    }

    /// Writes the unchanged order after a removal. A removal has no event (contract.md 5.1), but an order has one, so
    /// colleagues see the removal at once. The removal itself is done, whatever the outcome of this request is.
    async fn notify_colleagues(
        &self,
        intent: &Intent,
        dialect: GalleryDialect,
        gallery: &ServerGallery,
    ) -> Result<(), Stop> {
        let (of, operation) = ((intent.id, intent.lane), intent.operation.clone());
        let written = self.write_order(of, operation, (dialect, gallery.id), gallery.order()).await?;
        if let Err(error) = written {
            tracing::info!(%error, "colleagues learn of a removal with their next read");
        }
        Ok(())
    }

    /// Writes an order in addition to the steps. It is a separate request, so it may be carried out late.
    async fn write_order(
        &self,
        of: (IntentId, LocalId),
        operation: Operation,
        (dialect, gallery): (GalleryDialect, ServerId),
        order: Vec<String>,
    ) -> Result<Result<(), ApiError>, Stop> {
        let list = order.clone();
        let request = self
            .note(move |outbox, tx| requests::depart_with_list(tx, of, &operation, &list, outbox.now))
            .await?;
        self.left(request);
        let written = self.connectivity.api().order_images(dialect, gallery, &order).await;
        if written.as_ref().err().is_none_or(|error| !error.may_be_done()) {
            self.note(move |_, tx| requests::forget_request(tx, request)).await?;
        }
        Ok(written)
    }

    /// If an own order was carried out late, writes the previous order again. If the hotel refuses that, its order
    /// stands, and the pictures that are missing in it are reported.
    pub(super) async fn put_order_back(&self, lane: LocalId) -> Result<(), Stop> {
        let open = self.store.read(move |db| requests::open(db, lane)).await?;
        for own in open {
            let Some(before) = &own.before else { continue };
            let dialect = self.reader.gallery_dialect().await?.ok_or(Stop::Reading(ApiError::NotHere))?;
            let current = self.read_gallery(lane, dialect, Stop::Reading).await?;
            let (seq, id, before) = (own.seq, current.gallery.id, before.clone());
            // A colleague who has written since has seen the current order.
            if own.has_written(&current.gallery) {
                let of = (own.intent, lane);
                let written = self.write_order(of, own.operation, (dialect, id), before).await?;
                if let Err(error) = written
                    && !is_refused(&error)
                {
                    return Err(Stop::Reading(error));
                }
            }
            let now = self.read_gallery(lane, dialect, Stop::Reading).await?;
            self.note(move |_, tx| requests::forget(tx, seq)).await?;
            self.take_gallery(&now).await?;
        }
        Ok(())
    }

    /// Reads the gallery of a lane.
    async fn read_gallery(
        &self,
        lane: LocalId,
        dialect: GalleryDialect,
        failed: fn(ApiError) -> Stop,
    ) -> Result<Current, Stop> {
        let (row, keys, since) = self
            .store
            .read(move |db| {
                Ok((entities::get(db, lane)?, galleries::keys(db, lane)?, entities::revision(db)?))
            })
            .await?;
        let id: ServerId = row.server_id.unwrap_or(ONLY_ONE);
        match self.connectivity.api().gallery(dialect, id).await {
            Ok(gallery) => Ok(Current { gallery, keys, since }),
            Err(ApiError::NotFound) => Err(Stop::DeletedThere),
            Err(error) => Err(failed(error)),
        }
    }

    async fn take_gallery(&self, current: &Current) -> Result<(), Stop> {
        let (environment, copy) = (self.environment.clone(), ServerCopy::Gallery(current.gallery.clone()));
        let how = Applying {
            source: Source::Read { since: current.since },
            notify: true,
            now: self.environment.now(),
        };
        self.store.write(move |tx| apply::copy(tx, &environment, how, &copy)).await?;
        Ok(())
    }

    /// Ends an intent whose result the hotel has. If a later copy does not show the result, the intent stays: without
    /// it the screen would show that copy. It also stays if a late order has replaced the result: the previous order is
    /// written again, and then the step is repeated.
    async fn image_done(&self, intent: &Intent, now: Current) -> Result<(), Stop> {
        let (environment, judged) = (self.environment.clone(), intent.clone());
        let how =
            Applying { source: Source::Read { since: now.since }, notify: true, now: self.environment.now() };
        let wanted = intent.operation.image_step();
        let own = wanted.as_ref().map(|step| *step.image());
        let is_own = |image: &&ServerImage| Some(now.keys.of(&image.name)) == own && !image.url.is_empty();
        let address = now.gallery.images.iter().find(is_own).map(|image| image.url.clone());
        let (copy, keys) = (ServerCopy::Gallery(now.gallery), now.keys);
        let done = self.note(move |outbox, tx| {
            apply::copy(tx, &environment, how, &copy)?;
            let row = entities::get(tx, judged.lane)?;
            if let (Some(step), Some(ServerCopy::Gallery(shown))) = (wanted, row.latest())
                && !is_so(&step, &keys.list(shown))
            {
                return Ok(false);
            }
            if requests::open(tx, judged.lane)?.iter().any(|own| own.before.is_some()) {
                return Ok(false);
            }
            // A row gets its address only now. The uploaded picture is the one that the hotel shows.
            if let (Some(url), Operation::AddImage { picture, .. }) = (&address, &judged.operation) {
                pictures::set_source(tx, url, picture)?;
            }
            outbox.image_done(tx, &judged)?;
            Ok(true)
        });
        if !done.await? {
            return Err(Stop::Overwritten);
        }
        self.wakes.pictures.notify_one();
        Ok(())
    }

    async fn upload_image(
        &self,
        intent: &Intent,
        dialect: GalleryDialect,
        picture: &MediaHash,
        caption: &str,
    ) -> Result<(), Stop> {
        let current = self.read_gallery(intent.lane, dialect, Stop::Reading).await?;
        let Operation::AddImage { image: key, .. } = &intent.operation else { return Err(Stop::NotYet) };
        // The picture was to be put back, and a colleague or a late request has already restored it.
        if current.keys.list(&current.gallery).contains(key) {
            return self.image_done(intent, current).await;
        }
        if intent.state == IntentState::Unclear {
            if let Some(image) = self.find_upload(intent, dialect, picture, &current).await? {
                return self.uploaded(intent, image).await;
            }
            // A late upload adds a second row, and this server cannot remove rows.
            if dialect == GalleryDialect::Objects
                && let Some(wait) = self.may_still_come(intent).await?
            {
                return Err(Stop::StillOpen { wait });
            }
            if let Some(message) = kept_failing(intent) {
                return Err(Stop::KeepsFailing(message));
            }
        }
        let upload = self.upload_of(picture).await?;
        let highest = newest_row(&current.gallery);
        self.depart(intent, intent.operation.clone(), move |intent| {
            intent.note.known_up_to.get_or_insert(highest);
        })
        .await?;
        let (api, id) = (self.connectivity.api(), current.gallery.id);
        let send = |progress| async move { api.upload_image(dialect, id, upload, caption, progress).await };
        let sent = self.uploads.run(*key, self.progress_of(*key), send).await;
        let image = sent.map_err(uploading)?;
        // A row that existed before was not made by this upload.
        match image.name.parse() {
            Ok(answered) if answered <= highest => {
                Err(Stop::Writing(ApiError::OtherRow { asked: None, answered }))
            }
            _ => self.uploaded(intent, image).await,
        }
    }

    async fn uploaded(&self, intent: &Intent, image: ServerImage) -> Result<(), Stop> {
        let id = intent.id;
        self.note(move |outbox, tx| outbox.image_uploaded(tx, id, image)).await?;
        self.wakes.push.notify_one();
        Ok(())
    }

    /// Looks for the picture of an upload whose answer was lost.
    async fn find_upload(
        &self,
        intent: &Intent,
        dialect: GalleryDialect,
        picture: &MediaHash,
        current: &Current,
    ) -> Result<Option<ServerImage>, Stop> {
        let candidates: Vec<ServerImage> = match dialect {
            GalleryDialect::Flat | GalleryDialect::FlatInSettings => {
                let since = intent.created_at;
                let urls = self.store.read(move |db| galleries::unclaimed_uploads(db, since)).await?;
                let image = |url: String| ServerImage { name: url.clone(), url, caption: String::new() };
                urls.into_iter().map(image).collect()
            }
            GalleryDialect::Objects => {
                let floor = intent.note.known_up_to.unwrap_or(i64::MAX);
                let is_new = |image: &&ServerImage| image.name.parse().is_ok_and(|id: i64| id > floor);
                current.gallery.images.iter().filter(is_new).cloned().collect()
            }
        };
        let mut not_known = None;
        for image in candidates {
            match self.shows(&image.url, picture).await {
                Ok(true) => return Ok(Some(image)),
                Ok(false) => {}
                // The picture may be this desk's own, so it must not be uploaded again.
                Err(stop) => not_known = Some(stop),
            }
        }
        not_known.map_or(Ok(None), Err)
    }
}

/// Returns true if the list agrees with the step: the picture exists, or no longer exists. A move always agrees,
/// because the last order counts.
fn is_so(step: &ImageStep<LocalId>, there: &[LocalId]) -> bool {
    match step {
        ImageStep::Add { image, .. } => there.contains(image),
        ImageStep::Remove { image } => !there.contains(image),
        ImageStep::Move { .. } => true,
    }
}

/// Returns the remaining step. A row is in its gallery after the upload, so only its position remains to be set.
fn present_step(
    dialect: GalleryDialect,
    operation: &Operation,
    step: ImageStep<LocalId>,
) -> ImageStep<LocalId> {
    match (dialect, operation) {
        (GalleryDialect::Objects, Operation::AddImage { image, after, uploaded: Some(_), .. }) => {
            ImageStep::Move { image: *image, after: *after }
        }
        _ => step,
    }
}

/// Returns the server's name of a picture: of one in the gallery, or of the one that is being added.
fn name_of(current: &Current, operation: &Operation, key: LocalId) -> Option<String> {
    let here = current.gallery.images.iter().find(|image| current.keys.of(&image.name) == key);
    match (here, operation) {
        (Some(image), _) => Some(image.name.clone()),
        (None, Operation::AddImage { image, uploaded: Some(uploaded), .. }) if *image == key => {
            Some(uploaded.name.clone())
        }
        _ => None,
    }
}

/// Returns the highest number of a row. Later rows have higher numbers.
fn newest_row(gallery: &ServerGallery) -> i64 {
    gallery.images.iter().filter_map(|image| image.name.parse().ok()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pusher::time::ManualClock;

    use super::*;
    use crate::engine::test_engine;
    use crate::environment::Environment;
    use crate::store::entities::Learned;
    use crate::store::intents::{self, NewIntent};
    use crate::store::lease::{self, Lease};

    fn gallery(names: &[&str]) -> ServerGallery {
        let image = |name: &&str| ServerImage {
            name: (*name).to_owned(),
            url: (*name).to_owned(),
            caption: String::new(),
        };
        ServerGallery { id: ONLY_ONE, name: String::new(), images: names.iter().map(image).collect() }
    }

    /// Returns the result of adding a picture to the gallery while another read brings the previous list: the state
    /// that is shown afterwards.
    async fn shown_after(read_since: &[&str]) -> (usize, bool) {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Duration::from_secs(1_000_000));
        let environment = Environment::with_seed(clock.shared(), 1);
        let engine = test_engine::engine(&folder, "killarney", environment.clone());
        let sender = &engine.sender;
        let (lane, holder, now) = (environment.local_id(), sender.leases.holder.clone(), environment.now());
        let (first, again) = (gallery(&["a"]), gallery(read_since));
        let key = lane.of_part("b");
        let operation = Operation::AddImage {
            image: key,
            picture: MediaHash::of(b"b"),
            caption: String::new(),
            after: None,
            uploaded: None,
        };
        let new = NewIntent::waiting(environment.intent_id(), lane, operation, now);
        let id = new.id;
        let since = engine.store.write(move |tx| {
            assert!(lease::hold(tx, Lease::Sender, &holder, now)?);
            entities::put_base(tx, lane, &ServerCopy::Gallery(first), None, Learned::Read)?;
            intents::add(tx, &new)?;
            let since = entities::revision(tx)?;
            entities::put_base(tx, lane, &ServerCopy::Gallery(again), None, Learned::Read)?;
            Ok(since)
        });
        let since = since.await.unwrap();
        let (intent, keys) = engine
            .store
            .read(move |db| Ok((intents::get(db, id)?, galleries::keys(db, lane)?)))
            .await
            .unwrap();
        let current = Current { gallery: gallery(&["b", "a"]), keys, since };
        let done = sender.image_done(&intent, current).await.is_ok();
        let left = engine.store.read(move |db| Ok(intents::of_lane(db, lane)?.len())).await.unwrap();
        assert_eq!(engine.store.read(|db| entities::all(db, Kind::Gallery)).await.unwrap().len(), 1);
        (left, done)
    }

    #[tokio::test]
    async fn a_picture_stays_wanted_while_a_copy_that_was_read_since_does_not_show_it() {
        assert_eq!(shown_after(&["a"]).await, (1, false));
        assert_eq!(shown_after(&["b", "a"]).await, (0, true));
    }
}
