//! The queries of records.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use super::conflicts::conflicts;
use crate::catalogue::say;
use crate::engine::capabilities::capabilities;
use crate::error::DeskError;
#[cfg(doc)]
use crate::error::ErrorCode;
use crate::ids::{LocalId, MediaHash};
use crate::model::Intent;
use crate::outbox::effective::{Effective, EffectivePicture, effective};
use crate::outbox::words;
use crate::records::{Fields, SORT_ORDER};
use crate::resources::{Kind, ONLY_ONE, ServerCopy, Ties};
use crate::store::entities::{self, EntityRow};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, intents, parts, pictures};
use crate::views::{Capabilities, Capability, PictureView, RecordDetail, RecordList, RecordView};

impl Desk {
    /// Returns the capabilities of this hotel's server.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn capabilities(&self) -> Result<Capabilities, DeskError> {
        let engine = self.engine()?;
        let known = engine.store.read(|db| Ok((parts::all(db)?, meta::get(db, Key::Galleries)?))).await?;
        let mut can = capabilities(&known.0, known.1);
        if can.of(Kind::Branding).write && engine.store.read(is_strange_branding).await? {
            let reason = Some(say!("branding-strange"));
            can.resources.insert(Kind::Branding, Capability { read: true, write: false, reason });
        }
        Ok(can)
    }

    /// Returns all records of a list, in the hotel's order.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn records(&self, kind: Kind) -> Result<RecordList, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        Ok(engine.store.read(move |db| list(db, kind, today)).await?)
    }

    /// Returns the branding, or `None` before its first read.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`], or the local database.
    pub async fn branding(&self) -> Result<Option<RecordDetail>, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        let branding =
            engine.store.read(move |db| match entities::by_server_id(db, Kind::Branding, ONLY_ONE)? {
                Some(row) => detail(db, &row, today).map(Some),
                None => Ok(None),
            });
        Ok(branding.await?)
    }

    /// Returns one record with the data for an editor.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if it was removed.
    pub async fn record(&self, id: LocalId) -> Result<RecordDetail, DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        let mut detail = engine.store.read(move |db| detail(db, &entities::get(db, id)?, today)).await?;
        detail.pending = super::outbox::with_doubts(&engine, detail.pending).await?;
        Ok(detail)
    }
}

fn is_strange_branding(db: &Connection) -> Result<bool, StoreError> {
    let row = entities::by_server_id(db, Kind::Branding, ONLY_ONE)?;
    Ok(row.and_then(|row| row.base).is_some_and(|base| base.fields() == Fields::default()))
}

/// Returns all records of a list, in the hotel's order.
pub(super) fn list(db: &Connection, kind: Kind, today: Date) -> Result<RecordList, StoreError> {
    let mut records = all(db, kind, today)?;
    let number = |record: &RecordView| record.fields.number(SORT_ORDER);
    match kind.resource().ties {
        Ties::Newest => {
            newest_first(&mut records);
            records.sort_by_key(number);
        }
        Ties::Name => {
            records.sort_by_cached_key(|record| (number(record), kind.table().title(&record.fields)));
        }
    }
    Ok(RecordList { records, as_of: meta::get(db, Key::AsOf(kind))? })
}

/// Returns all records of a list, in no order.
pub(super) fn all(db: &Connection, kind: Kind, today: Date) -> Result<Vec<RecordView>, StoreError> {
    let mut lanes: HashMap<LocalId, Vec<Intent>> = HashMap::new();
    for intent in intents::all(db)? {
        lanes.entry(intent.lane).or_default().push(intent);
    }
    let cached = pictures::all(db)?;
    let mut records = Vec::new();
    for row in entities::all(db, kind)? {
        let lane = lanes.get(&row.local_id).map(Vec::as_slice).unwrap_or_default();
        if let Some(shown) = effective(&row, lane).filter(Effective::is_listed) {
            records.push(view(&row, shown, today, &|url| Ok(cached.get(url).cloned()))?);
        }
    }
    Ok(records)
}

/// Sorts records by their age. Those that the hotel does not have yet are the newest of all; it will create them in
/// the order in which they were queued.
pub(super) fn newest_first(records: &mut [RecordView]) {
    records.sort_by_key(|record| record.created_at.is_some());
    let unmade = records.partition_point(|record| record.created_at.is_none());
    records[..unmade].reverse();
    records.sort_by_key(|record| Reverse(record.created_at.unwrap_or(Timestamp::MAX)));
}

/// Finds the cached picture of an address.
type Cached<'a> = &'a dyn Fn(&str) -> Result<Option<MediaHash>, StoreError>;

fn view(
    row: &EntityRow,
    shown: Effective,
    today: Date,
    cached: Cached<'_>,
) -> Result<RecordView, StoreError> {
    let mut pictures = BTreeMap::new();
    for slot in row.kind.table().slots {
        let url = row.latest().and_then(|shown| shown.picture(*slot).url);
        let pending = shown.picture(*slot);
        let waiting = pending != EffectivePicture::Base;
        if !waiting && row.latest().is_some_and(|shown| !shown.has_place(*slot)) {
            continue;
        }
        let picture = match (pending, &url) {
            (EffectivePicture::Pending(picture), _) => picture,
            (EffectivePicture::Base, Some(url)) => cached(url)?,
            (EffectivePicture::Base, None) => None,
        };
        pictures.insert(*slot, PictureView { picture, url, waiting });
    }
    let server = row.latest().and_then(ServerCopy::record);
    Ok(RecordView {
        state: (row.kind.resource().state)(&shown.fields, today),
        kind: row.kind,
        local_id: row.local_id,
        id: row.server_id,
        fields: shown.fields,
        pictures,
        shown: server.map(|record| record.shown.clone()).unwrap_or_default(),
        created_at: server.and_then(|record| record.created_at),
        sync: shown.mark,
        notes: Vec::new(),
    })
}

pub(super) fn detail(db: &Connection, row: &EntityRow, today: Date) -> Result<RecordDetail, StoreError> {
    let lane = intents::of_lane(db, row.local_id)?;
    let shown = effective(row, &lane).ok_or(StoreError::NotFound("entity"))?;
    let undo_until = shown.deleting;
    let record = view(row, shown, today, &|url| pictures::of_source(db, url))?;
    let title = row.kind.table().title(&record.fields);
    Ok(RecordDetail {
        conflicts: conflicts(db, &lane)?,
        pending: lane
            .iter()
            .map(|intent| words::item(intent, &lane, Some(row.kind), title.clone()))
            .collect(),
        record,
        undo_until,
    })
}
