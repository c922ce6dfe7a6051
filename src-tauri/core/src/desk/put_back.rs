//! Reverses a removal, as an activity of the history offers it ([`put_back`](crate::views::Activity::put_back)).

use super::Desk;
use crate::activity::way_back::{self, RemovedImage, RemovedRecord, WayBack};
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::outbox::{gallery, queue};
use crate::records::Slot;
use crate::resources::Part;
use crate::store::StoreError;

impl Desk {
    /// Restores a picture to its gallery, or creates a removed record again.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the offer has ended, or if the picture or its gallery is missing;
    /// [`ErrorCode::NotAllowed`] if the server has none of this kind.
    pub async fn put_back(&self, activity: i64) -> Result<(), DeskError> {
        let engine = self.engine()?;
        match engine.store.read(move |db| way_back::get(db, activity)).await? {
            WayBack::Image(image) => self.put_image_back(activity, image).await,
            WayBack::Record(record) => self.make_anew(activity, record).await,
        }
    }

    async fn put_image_back(&self, activity: i64, held: RemovedImage) -> Result<(), DeskError> {
        let engine = self.engine()?;
        if !engine.media.has(&held.picture) {
            return Err(StoreError::NotFound("picture").into());
        }
        let fresh = self.fresh();
        self.queue(&engine, move |tx| {
            way_back::withdraw(tx, activity)?;
            gallery::put_back(tx, fresh, held)
        })
        .await
    }

    async fn make_anew(&self, activity: i64, held: RemovedRecord) -> Result<(), DeskError> {
        let engine = self.engine()?;
        self.refuse_absent(Part::Of(held.kind)).await?;
        let fresh = self.fresh();
        let picture = held.pictures.get(&Slot::Photo).filter(|hash| engine.media.has(hash)).cloned();
        self.queue(&engine, move |tx| {
            way_back::withdraw(tx, activity)?;
            queue::create(tx, fresh, held.kind, held.fields, picture).map(drop)
        })
        .await
    }
}
