//! The queries and commands of galleries.

use rusqlite::Connection;

use super::Desk;
use crate::error::DeskError;
use crate::ids::LocalId;
use crate::model::{Intent, Operation};
use crate::outbox::effective::mark;
use crate::outbox::gallery::{self, ShownImage, shown};
use crate::outbox::words;
use crate::resources::{Kind, Part, ServerCopy};
use crate::store::entities::{EntityRow, Tombstone};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, entities, galleries, intents, pictures};
use crate::views::{GalleriesView, GalleryView, ImageView, NewImage, Place, RemovedImage};

impl Desk {
    /// Returns all galleries that were read.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn galleries(&self) -> Result<GalleriesView, DeskError> {
        let engine = self.engine()?;
        Ok(engine.store.read(view_all).await?)
    }

    /// Queues new pictures after another one, or at the end, in their order. Screens show them there at once. Returns
    /// their keys.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) if the gallery was removed.
    pub async fn add_images(
        &self,
        gallery: LocalId,
        images: Vec<NewImage>,
        after: Option<LocalId>,
    ) -> Result<Vec<LocalId>, DeskError> {
        let engine = self.engine()?;
        self.refuse_absent(Part::Of(Kind::Gallery)).await?;
        self.refuse_absent(Part::GalleryChanges).await?;
        let environment = &self.inner.environment;
        let images: Vec<_> = images
            .into_iter()
            .map(|image| (environment.local_id(), environment.intent_id(), image.picture, image.caption))
            .collect();
        let keys = images.iter().map(|(key, ..)| *key).collect();
        let now = engine.now();
        self.queue(&engine, move |tx| gallery::add(tx, gallery, images, after, now)).await?;
        Ok(keys)
    }

    /// Moves a picture to another place of its gallery.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) if the picture, or its new neighbour, was removed.
    pub async fn move_image(&self, gallery: LocalId, image: LocalId, to: Place) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let fresh = self.fresh();
        engine
            .queue(move |tx| {
                let row = entities::get(tx, gallery)?;
                let lane = intents::of_lane(tx, gallery)?;
                let order: Vec<LocalId> = shown(&row, &lane, &galleries::keys(tx, gallery)?)
                    .iter()
                    .map(|shown| shown.key)
                    .filter(|key| *key != image)
                    .collect();
                let place = |other: LocalId| {
                    order.iter().position(|key| *key == other).ok_or(StoreError::NotFound("picture"))
                };
                let after = match to {
                    Place::First => None,
                    Place::Last => order.last().copied(),
                    Place::Before { other } | Place::After { other } if other == image => return Ok(()),
                    Place::Before { other } => place(other)?.checked_sub(1).map(|at| order[at]),
                    Place::After { other } => place(other).map(|_| Some(other))?,
                };
                gallery::move_image(tx, fresh, gallery, image, after)
            })
            .await?;
        Ok(())
    }

    /// Changes the caption of a new picture, as long as it has not left.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`](crate::error::ErrorCode::TooLate) if it may have left already: no server changes the
    /// caption of a stored picture.
    pub async fn caption_image(
        &self,
        gallery: LocalId,
        image: LocalId,
        caption: String,
    ) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.queue(move |tx| gallery::caption(tx, gallery, image, caption)).await?;
        Ok(())
    }

    /// Removes a picture from its gallery. In the application it can be undone for a few seconds.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) if the gallery was removed.
    pub async fn remove_image(&self, gallery: LocalId, image: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let (fresh, until) = (self.fresh(), engine.now() + self.undo_time());
        engine.queue(move |tx| gallery::remove(tx, fresh, gallery, image, until)).await?;
        Ok(())
    }

    /// Undoes a removal.
    ///
    /// # Errors
    /// [`ErrorCode::TooLate`](crate::error::ErrorCode::TooLate) if it has left already.
    pub async fn undo_remove_image(&self, gallery: LocalId, image: LocalId) -> Result<(), DeskError> {
        let engine = self.engine()?;
        engine.queue(move |tx| gallery::undo_remove(tx, gallery, image)).await?;
        Ok(())
    }
}

fn view_all(db: &Connection) -> Result<GalleriesView, StoreError> {
    let mut rows = entities::all(db, Kind::Gallery)?;
    rows.retain(|row| row.tombstone == Tombstone::No);
    rows.sort_by_key(|row| row.server_id);
    let galleries = rows.iter().map(|row| view(db, row)).collect::<Result<_, _>>()?;
    Ok(GalleriesView { galleries, as_of: meta::get(db, Key::AsOf(Kind::Gallery))? })
}

fn view(db: &Connection, row: &EntityRow) -> Result<GalleryView, StoreError> {
    let lane = intents::of_lane(db, row.local_id)?;
    let keys = galleries::keys(db, row.local_id)?;
    let name = row.latest().map(ServerCopy::title).unwrap_or_default();
    let images = shown(row, &lane, &keys)
        .into_iter()
        .map(|image| image_view(db, image, &lane))
        .collect::<Result<_, _>>()?;
    let undo = lane.iter().filter_map(removal).collect();
    let pending =
        lane.iter().map(|intent| words::item(intent, &lane, Some(Kind::Gallery), name.clone())).collect();
    Ok(GalleryView { local_id: row.local_id, name, images, sync: mark(&lane), pending, undo })
}

/// Returns a removal that can still be undone.
fn removal(intent: &Intent) -> Option<RemovedImage> {
    let Operation::RemoveImage { image } = &intent.operation else { return None };
    let until = jiff::Timestamp::from_millisecond(intent.not_before).ok()?;
    (intent.is_unsent() && !intent.needs_person()).then_some(RemovedImage { image: *image, until })
}

fn image_view(db: &Connection, image: ShownImage, lane: &[Intent]) -> Result<ImageView, StoreError> {
    let url = image.server.map(|server| server.url).filter(|url| !url.is_empty());
    let cached = match &url {
        Some(url) => pictures::of_source(db, url)?,
        None => None,
    };
    let about_it: Vec<Intent> = lane
        .iter()
        .filter(|intent| intent.operation.image_step().is_some_and(|step| *step.image() == image.key))
        .cloned()
        .collect();
    Ok(ImageView {
        local_id: image.key,
        picture: cached.or(image.prepared),
        url,
        caption: image.caption,
        sync: mark(&about_it),
    })
}
