//! Reads the outcome of requests whose answer was lost, once the server can no longer carry them out.

use super::Sender;
use super::step::{LONGEST_WAIT, Stop};
use crate::engine::open_requests::SETTLING;
use crate::ids::LocalId;
use crate::model::Operation;
use crate::records::Slot;
use crate::resources::{Location, ONLY_ONE};
use crate::store::entities::EntityRow;
use crate::store::intents::NewIntent;
use crate::store::requests::OwnRequest;
use crate::store::{StoreError, entities, intents, requests};

impl Sender {
    /// Reads an entity with requests whose time is over. Applying the copy corrects the fields. A picture must be
    /// downloaded before its origin is known, and the order of a gallery is written as a whole.
    pub(super) async fn look_again(&self, entity: LocalId) -> Result<(), StoreError> {
        let row = match self.store.read(move |db| entities::get(db, entity)).await {
            Ok(row) => row,
            Err(StoreError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let number = match (row.server_id, row.kind.resource().location) {
            (Some(number), _) => number,
            // The entity is created again, and is read then.
            (None, Location::List { .. }) => {
                self.open_requests.rest(entity, LONGEST_WAIT);
                return Ok(());
            }
            (None, _) => ONLY_ONE,
        };
        if let Err(error) = self.reader.confirm(row.kind, number, true).await {
            tracing::info!(%error, "what became of a request cannot be read yet");
            self.open_requests.rest(entity, LONGEST_WAIT);
            return Ok(());
        }
        match self.put_right(&row).await {
            Ok(()) => {}
            Err(Stop::Store(error)) => return Err(error),
            Err(stop) => {
                tracing::info!(%stop, "what came late cannot be put right yet");
                self.open_requests.rest(entity, LONGEST_WAIT);
                return Ok(());
            }
        }
        let open = self.store.read(move |db| requests::open(db, entity)).await?;
        if open.iter().any(|own| own.over.is_some()) {
            // A newer copy arrived in between.
            self.open_requests.rest(entity, SETTLING);
        }
        Ok(())
    }

    async fn put_right(&self, row: &EntityRow) -> Result<(), Stop> {
        for slot in row.kind.table().slots {
            self.judge_late_pictures(row.local_id, *slot).await?;
        }
        self.put_order_back(row.local_id).await
    }

    /// Uploads this desk's newest picture again if an earlier one was carried out late.
    async fn judge_late_pictures(&self, entity: LocalId, slot: Slot) -> Result<(), Stop> {
        let read = self
            .store
            .read(move |db| Ok((entities::get(db, entity)?, requests::of_entity(db, entity)?)))
            .await;
        let (row, own) = match read {
            // The entity was removed at the hotel, and everything about it is forgotten.
            Err(StoreError::NotFound(_)) => return Ok(()),
            other => other?,
        };
        let own: Vec<OwnRequest> = own.into_iter().filter(|own| own.is_about_picture(slot)).collect();
        let over: Vec<OwnRequest> =
            own.iter().filter(|own| own.is_open() && own.over.is_some()).cloned().collect();
        if over.is_empty() {
            return Ok(());
        }
        let newest = own.iter().filter(|own| !own.is_open()).max_by_key(|own| own.request);
        let shown = row.base.as_ref().map(|base| base.picture(slot)).unwrap_or_default();
        let mut wanted = None;
        for late in &over {
            let Some(newest) = newest.filter(|newest| newest.request > late.request) else { continue };
            let (Operation::SetPicture { picture: came, .. }, Operation::SetPicture { picture, .. }) =
                (&late.operation, &newest.operation)
            else {
                continue;
            };
            if came != picture && self.is_picture(&shown, came.as_ref()).await? {
                wanted = Some(picture.clone());
            }
        }
        let was = shown.mark().map(str::to_owned);
        let done = self.note(move |outbox, tx| {
            let is_wanted =
                intents::of_lane(tx, entity)?.iter().any(|one| one.operation.is_about_picture(slot));
            if let (Some(picture), false) = (wanted, is_wanted) {
                let operation = Operation::SetPicture { slot, picture, was };
                intents::add(tx, &NewIntent::waiting(outbox.righting, entity, operation, outbox.now))?;
            }
            over.iter().try_for_each(|own| requests::forget(tx, own.seq))
        });
        done.await?;
        self.wakes.push.notify_one();
        Ok(())
    }
}
