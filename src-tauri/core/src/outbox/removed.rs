//! The content of a record that is about to be removed. The history can create the record again from it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::effective::{EffectivePicture, effective};
use crate::activity::entries;
use crate::activity::way_back::{RemovedRecord, WayBack};
use crate::model::Intent;
use crate::resources::{About, Happening};
use crate::store::entities::{EntityRow, Tombstone};
use crate::store::{StoreError, Tx, pictures};

/// Stores in the history that this desk removed a record, with the content for restoring it. Does nothing if it cannot
/// be restored.
pub fn remember(tx: &mut Tx<'_>, row: &EntityRow, lane: &[Intent], now: Timestamp) -> Result<(), StoreError> {
    let Some(removed) = content(tx, row, lane)? else { return Ok(()) };
    let happening = Happening::RemovedHere(About { kind: row.kind, title: removed.title() });
    entries::add(tx, &happening, None, Some(&WayBack::Record(removed)), now)
}

/// Returns the content that the person saw last, or `None` if staff cannot create a record of its kind.
pub fn content(tx: &Tx<'_>, row: &EntityRow, lane: &[Intent]) -> Result<Option<RemovedRecord>, StoreError> {
    let table = row.kind.table();
    if !table.can_be_made {
        return Ok(None);
    }
    // An event may have announced the removal already; its tombstone would hide the content.
    let before = EntityRow { tombstone: Tombstone::No, ..row.clone() };
    let Some(shown) = effective(&before, lane) else { return Ok(None) };
    let mut held = BTreeMap::new();
    for slot in table.slots {
        let hash = match shown.picture(*slot) {
            EffectivePicture::Pending(hash) => hash,
            EffectivePicture::Base => match row.latest().and_then(|copy| copy.picture(*slot).url) {
                Some(url) => pictures::of_source(tx, &url)?,
                None => None,
            },
        };
        held.extend(hash.map(|hash| (*slot, hash)));
    }
    Ok(Some(RemovedRecord { kind: row.kind, fields: shown.fields, pictures: held }))
}
