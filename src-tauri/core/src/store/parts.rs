//! The states of the parts that a server may lack.

use jiff::Timestamp;
use rusqlite::Connection;

use super::meta::{self, Key};
use super::{StoreError, Tx, entities, intents};
use crate::resources::{Outage, Part, PartState, Refusal};
use crate::views::Change;

/// Returns the state of a part.
pub fn get(connection: &Connection, part: Part) -> Result<PartState, StoreError> {
    let mut state: PartState = meta::get(connection, Key::Part(part))?.unwrap_or_default();
    // Also counts as working if the kind was read, or was in an event, before this state was stored.
    if let (false, Part::Of(kind)) = (state.worked, part) {
        state.worked = meta::get::<Timestamp>(connection, Key::AsOf(kind))?.is_some()
            || entities::highest_server_id(connection, kind)? > 0;
    }
    Ok(state)
}

/// Returns all parts with their states.
pub fn all(connection: &Connection) -> Result<Vec<(Part, PartState)>, StoreError> {
    Part::all().map(|part| Ok((part, get(connection, part)?))).collect()
}

/// Notes that the server has the part. Earlier outages end, and waiting intents continue.
pub fn note_works(tx: &mut Tx<'_>, part: Part) -> Result<(), StoreError> {
    let known = get(tx, part)?;
    put(tx, part, PartState { worked: true, outage: None, ..known })
}

/// Notes that the part was read completely.
pub fn note_read(tx: &mut Tx<'_>, part: Part, unreadable: u32, miscounted: bool) -> Result<(), StoreError> {
    put(tx, part, PartState { worked: true, outage: None, unreadable, miscounted })
}

/// Deletes the outage of a part, without evidence that the part works.
pub fn forget_outage(tx: &mut Tx<'_>, part: Part) -> Result<(), StoreError> {
    let known = get(tx, part)?;
    put(tx, part, PartState { outage: None, ..known })
}

/// Notes that the part was refused. `is_known` means that the server has just answered `me`, so its answer is the
/// hotel's.
pub fn note_refused(
    tx: &mut Tx<'_>,
    part: Part,
    refusal: Refusal,
    is_known: bool,
    now: Timestamp,
) -> Result<PartState, StoreError> {
    let known = get(tx, part)?;
    let outage = Outage::after(known.outage, refusal, now, is_known && !known.worked);
    let state = PartState { outage: Some(outage), ..known };
    put(tx, part, state)?;
    Ok(state)
}

fn put(tx: &mut Tx<'_>, part: Part, state: PartState) -> Result<(), StoreError> {
    let before: Option<PartState> = meta::get(tx, Key::Part(part))?;
    if before == Some(state) {
        return Ok(());
    }
    meta::set(tx, Key::Part(part), &state)?;
    tx.changed(Change::Status);
    let before = before.unwrap_or_default();
    if before.absent() != state.absent() || before.worked != state.worked {
        tx.changed(Change::Capabilities);
        if part == Part::Clock {
            tx.changed(Change::Duty);
        }
    }
    if before.absent().is_some() && state.absent().is_none() {
        intents::part_is_back(tx)?;
    }
    Ok(())
}
