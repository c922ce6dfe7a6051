//! Offers as files. An import is planned from the local state and queued in the same transaction, so two programs that
//! import the same file at the same time create each offer once.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use serde_json::Value;

use super::{Desk, new_file, offers};
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::ids::LocalId;
use crate::outbox::queue;
use crate::records::Fields;
use crate::resources::{Kind, Part};
use crate::store::{StoreError, Tx};
use crate::transfer::plan::{Here, OfferChange, Step, plan};
use crate::transfer::{export, rows};
use crate::views::{
    ExportedFile, FileForm, ImportFile, ImportPlan, OfferList, OfferQuery, PlannedAction, PlannedRow,
};

impl Desk {
    /// Returns the effect of each row of a file. Queues nothing.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] with the wrong rows, [`ErrorCode::Configuration`] for a file of an unknown form.
    ///
    /// [`ErrorCode::Invalid`]: crate::error::ErrorCode::Invalid
    /// [`ErrorCode::Configuration`]: crate::error::ErrorCode::Configuration
    pub async fn plan_import(&self, file: ImportFile) -> Result<ImportPlan, DeskError> {
        let (rows, passed_over) = rows::read(&file.name, &file.bytes)?;
        let here = self.here(file.as_new)?;
        let present = self.offers(OfferQuery::default()).await?;
        let steps = plan(rows, &present.offers, &here).map_err(DeskError::invalid)?;
        Ok(ImportPlan::of(planned(&steps), false, number(passed_over)))
    }

    /// Plans the file again from the present data, and queues the plan in the same transaction.
    ///
    /// # Errors
    /// Those of [`plan_import`](Self::plan_import); [`ErrorCode::TooLate`] if the plan is not the one that the person
    /// `agreed` to; [`ErrorCode::NotAllowed`] if the server has no offers. Nothing is queued then.
    ///
    /// [`ErrorCode::TooLate`]: crate::error::ErrorCode::TooLate
    /// [`ErrorCode::NotAllowed`]: crate::error::ErrorCode::NotAllowed
    pub async fn import_offers(
        &self,
        file: ImportFile,
        agreed: Option<Vec<PlannedRow>>,
    ) -> Result<ImportPlan, DeskError> {
        let (rows, passed_over) = rows::read(&file.name, &file.bytes)?;
        let here = self.here(file.as_new)?;
        let engine = self.engine()?;
        self.refuse_absent(Part::Of(Kind::Offer)).await?;
        let (today, environment) = (engine.today(), self.inner.environment.clone());
        let queued = engine.queue(move |tx| {
            let present: OfferList = offers::list(tx, &OfferQuery::default(), today)?;
            let steps = match plan(rows, &present.offers, &here) {
                Ok(steps) => steps,
                Err(errors) => return Ok(Err(DeskError::invalid(errors))),
            };
            let mut rows = planned(&steps);
            if agreed.is_some_and(|agreed| agreed != rows) {
                return Ok(Err(failure!(TooLate, "import-plan-outdated")));
            }
            let keys = queue_steps(tx, &steps, &environment)?;
            let changed = rows.iter_mut().filter(|row| row.action != PlannedAction::Unchanged);
            changed.zip(keys).for_each(|(row, key)| row.local_id = Some(key));
            Ok(Ok(rows))
        });
        Ok(ImportPlan::of(queued.await??, true, number(passed_over)))
    }

    /// Returns all offers by the names of their columns.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn offer_rows(&self) -> Result<Vec<Value>, DeskError> {
        let engine = self.engine()?;
        let list = self.offers(OfferQuery::default()).await?;
        Ok(list.offers.iter().map(|offer| export::row(offer, &engine.account)).collect())
    }

    /// Returns all offers as a file, and their number.
    ///
    /// # Errors
    /// Those of [`offer_rows`](Self::offer_rows).
    pub async fn export_offers(&self, form: FileForm) -> Result<(Vec<u8>, usize), DeskError> {
        let rows = self.offer_rows().await?;
        Ok((export::file(&rows, form)?, rows.len()))
    }

    /// Writes all offers into a new file in `folder`. Creates the folder if it is missing, and never overwrites a file.
    ///
    /// # Errors
    /// Those of [`export_offers`](Self::export_offers), and a folder that refuses. No partial file remains.
    pub async fn export_offers_to(&self, folder: PathBuf, form: FileForm) -> Result<ExportedFile, DeskError> {
        let (bytes, count) = self.export_offers(form).await?;
        let stem = format!("hotelmate-offers-{}", self.engine()?.today());
        let write = move |file: &mut File| file.write_all(&bytes);
        let (file, ()) = new_file::save(folder, (&stem, form.ending()), write).await?;
        Ok(ExportedFile { file, entries: number(count) })
    }

    fn here(&self, as_new: bool) -> Result<Here, DeskError> {
        let account = &self.engine()?.account;
        Ok(Here { hotel: account.hotel_slug.clone(), server: account.server.to_string(), as_new })
    }
}

fn planned(steps: &[Step]) -> Vec<PlannedRow> {
    steps.iter().map(|step| step.planned.clone()).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Queues the changes of a plan. Returns the keys of the offers in their order.
fn queue_steps(
    tx: &mut Tx<'_>,
    steps: &[Step],
    environment: &Environment,
) -> Result<Vec<LocalId>, StoreError> {
    let table = Kind::Offer.table();
    let mut keys = Vec::new();
    for change in steps.iter().filter_map(Step::change) {
        let fresh = super::fresh(environment);
        match change {
            OfferChange::Create(fields) => {
                let mut tidied = Fields::default();
                fields.values().for_each(|value| tidied.put(table.tidied(value)));
                keys.push(queue::create(tx, fresh, Kind::Offer, tidied, None)?);
            }
            OfferChange::Edit(id, edits) => {
                queue::edit(tx, fresh, id, edits.into_iter().map(|edit| table.tidied_edit(edit)).collect())?;
                keys.push(id);
            }
        }
    }
    Ok(keys)
}
