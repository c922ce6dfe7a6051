//! One change of many records. It is queued in one transaction, and undone in one.

use jiff::Span;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use super::operations::checked;
use crate::error::{DeskError, failure};
use crate::ids::LocalId;
use crate::outbox::effective::{Effective, effective};
use crate::outbox::queue;
use crate::records::{Datum, FieldEdit, FieldValue, Shape, Table, Validity};
use crate::store::entities::{self, EntityRow};
use crate::store::{StoreError, intents};
use crate::views::{BulkChange, BulkDone, BulkEffect, OfferQuery};

/// The planned effect on one record.
struct Step {
    id: LocalId,
    title: String,
    /// The edit; none deletes the record.
    edit: Option<FieldEdit>,
}

impl Desk {
    /// Returns the keys of all matching offers, in the requested order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn offer_ids(&self, query: OfferQuery) -> Result<Vec<LocalId>, DeskError> {
        let list = self.offers(OfferQuery { offset: 0, limit: None, ..query }).await?;
        Ok(list.offers.into_iter().map(|offer| offer.local_id).collect())
    }

    /// Makes one change on each of these records.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`](crate::error::ErrorCode::Invalid) if one record cannot take the change. Nothing is queued
    /// then.
    pub async fn change_many(&self, ids: Vec<LocalId>, change: BulkChange) -> Result<BulkDone, DeskError> {
        let engine = self.engine()?;
        let environment = self.inner.environment.clone();
        let (until, has_time) = (engine.now() + self.undo_time(), !self.undo_time().is_zero());
        let undo_until = (change == BulkChange::Delete && has_time).then_some(until);
        let queued = engine.queue(move |tx| {
            let steps = match plan(tx, &ids, &change)? {
                Ok(steps) => steps,
                Err(error) => return Ok(Err(error)),
            };
            let mut effects = Vec::new();
            for Step { id, title, edit } in steps {
                let fresh = super::fresh(&environment);
                match edit.clone() {
                    Some(edit) => queue::edit(tx, fresh, id, vec![edit])?,
                    None => queue::delete(tx, fresh, id, title, until)?,
                }
                effects.push(BulkEffect { id, back: edit.map(reversed) });
            }
            Ok(Ok(effects))
        });
        let effects = queued.await??;
        Ok(BulkDone { undo_until: undo_until.filter(|_| !effects.is_empty()), effects })
    }

    /// Undoes the effects of a change. Returns the number of records that stay as they are: a record that has another
    /// value by now, or that is gone.
    ///
    /// # Errors
    /// The local database, and [`ErrorCode::Invalid`](crate::error::ErrorCode::Invalid) for an effect that no change can
    /// have had.
    pub async fn undo_many(&self, effects: Vec<BulkEffect>) -> Result<u32, DeskError> {
        let engine = self.engine()?;
        let environment = self.inner.environment.clone();
        let queued = engine.queue(move |tx| {
            let mut left = 0;
            let mut edits = Vec::new();
            for BulkEffect { id, back } in effects {
                let Some(back) = back else {
                    left += u32::from(!is_found(queue::undo_delete(tx, id))?);
                    continue;
                };
                match edit_back(tx, id, back) {
                    Ok(Some(edit)) => edits.push((id, edit)),
                    Ok(None) => left += 1,
                    Err(error) => return Ok(Err(error)),
                }
            }
            for (id, edit) in edits {
                queue::edit(tx, super::fresh(&environment), id, vec![edit])?;
            }
            Ok(Ok(left))
        });
        queued.await?
    }
}

/// Plans the change on every record that does not have its effect yet.
fn plan(
    db: &Connection,
    ids: &[LocalId],
    change: &BulkChange,
) -> Result<Result<Vec<Step>, DeskError>, StoreError> {
    let mut steps = Vec::new();
    for &id in ids {
        let Some((row, shown)) = listed(db, id)? else { continue };
        let table = row.kind.table();
        let title = table.title(&shown.fields);
        let wanted = match change {
            BulkChange::Set { value } => Ok(value.clone()),
            BulkChange::MoveDays { days } => moved(table, &shown, *days),
            BulkChange::Delete if table.can_be_made => {
                steps.push(Step { id, title, edit: None });
                continue;
            }
            BulkChange::Delete => Err(StoreError::NotFound("entity").into()),
        };
        let edit = wanted.and_then(|now| {
            let was = shown.fields.in_place_of(&now);
            checked(&row, vec![FieldEdit { was, now }])
        });
        match edit {
            Ok(edits) => steps.extend(
                edits
                    .into_iter()
                    .filter(|edit| edit.was.as_stored() != edit.now.as_stored())
                    .map(|edit| Step { id, title: title.clone(), edit: Some(edit) }),
            ),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(steps))
}

/// Returns a record with its shown state, or `None` if no list shows it.
fn listed(db: &Connection, id: LocalId) -> Result<Option<(EntityRow, Effective)>, StoreError> {
    let row = match entities::get(db, id) {
        Ok(row) => row,
        Err(StoreError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let shown = effective(&row, &intents::of_lane(db, id)?).filter(Effective::is_listed);
    Ok(shown.map(|shown| (row, shown)))
}

/// Returns the days of a record, moved by a number of days.
fn moved(table: &Table, shown: &Effective, days: i32) -> Result<FieldValue, DeskError> {
    let rule = table.fields.iter().find(|rule| rule.shape == Shape::Days);
    let rule = rule.ok_or(StoreError::NotFound("field"))?;
    let Validity { from, to } = table.days(&shown.fields);
    let too_far = |_| failure!(Invalid, "error-days-too-far");
    let span = Span::new().try_days(days).map_err(too_far)?;
    let later = |day: Option<Date>| day.map(|day| day.checked_add(span)).transpose().map_err(too_far);
    Ok(FieldValue::of(rule.name, Datum::Days(Validity { from: later(from)?, to: later(to)? })))
}

fn reversed(edit: FieldEdit) -> FieldEdit {
    FieldEdit { was: edit.now, now: edit.was }
}

/// Returns the edit that undoes a change, or `None` if the record has another value by now.
fn edit_back(db: &Connection, id: LocalId, back: FieldEdit) -> Result<Option<FieldEdit>, DeskError> {
    let Some((row, shown)) = listed(db, id)? else { return Ok(None) };
    let stands = shown.fields.in_place_of(&back.was).as_stored() == back.was.as_stored();
    Ok(checked(&row, vec![back])?.pop().filter(|_| stands))
}

/// Returns false if the record is gone or its deletion has left.
fn is_found(undone: Result<(), StoreError>) -> Result<bool, StoreError> {
    match undone {
        Ok(()) => Ok(true),
        Err(StoreError::TooLate | StoreError::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
