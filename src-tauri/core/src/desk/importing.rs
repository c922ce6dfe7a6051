//! Imports many changes of offers. They are planned from the local state and queued in the same transaction, so two
//! programs that import the same file at the same time create each offer once.

use super::{Desk, offers};
use crate::error::DeskError;
use crate::ids::LocalId;
use crate::outbox::queue;
use crate::records::{FieldEdit, Fields};
use crate::resources::{Kind, Part};
use crate::views::{OfferList, OfferQuery};

/// One change of a plan.
#[derive(Debug, Clone)]
pub enum OfferChange {
    /// A new offer.
    Create(Fields),
    /// New values in some fields.
    Edit(LocalId, Vec<FieldEdit>),
}

impl Desk {
    /// Plans changes from the stored offers, and queues them in the same transaction. `plan` checks them: its result is
    /// queued without further checks. The returned keys are in the order of the changes.
    ///
    /// # Errors
    /// Those of `plan`, and [`NotAllowed`](crate::error::ErrorCode::NotAllowed) if the server has no offers. No change
    /// is queued then.
    pub async fn queue_offers<P: Send + 'static>(
        &self,
        plan: impl FnOnce(&OfferList) -> Result<(P, Vec<OfferChange>), DeskError> + Send + 'static,
    ) -> Result<(P, Vec<LocalId>), DeskError> {
        let engine = self.engine()?;
        self.refuse_absent(Part::Of(Kind::Offer)).await?;
        let (today, environment) = (engine.today(), self.inner.environment.clone());
        let queued = engine.queue(move |tx| {
            let (planned, changes) = match plan(&offers::list(tx, &OfferQuery::default(), today)?) {
                Ok(planned) => planned,
                Err(error) => return Ok(Err(error)),
            };
            let table = Kind::Offer.table();
            let mut keys = Vec::new();
            for change in changes {
                let fresh = super::fresh(&environment);
                match change {
                    OfferChange::Create(fields) => {
                        let mut tidied = Fields::default();
                        fields.values().for_each(|value| tidied.put(table.tidied(value)));
                        keys.push(queue::create(tx, fresh, Kind::Offer, tidied, None)?);
                    }
                    OfferChange::Edit(id, edits) => {
                        let tidied = |edit: FieldEdit| FieldEdit {
                            was: table.tidied(edit.was),
                            now: table.tidied(edit.now),
                        };
                        queue::edit(tx, fresh, id, edits.into_iter().map(tidied).collect())?;
                        keys.push(id);
                    }
                }
            }
            Ok(Ok((planned, keys)))
        });
        queued.await?
    }
}
