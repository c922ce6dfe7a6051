//! What colleagues did, once per activity.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::ids::{LocalId, MediaHash};
use crate::resources::{ActivityKind, Happening};
use crate::store::columns::{json, number, optional_text, text};
use crate::store::{StoreError, Tx, meta};
use crate::views::{Activity, ActivityList, ActivityQuery, Change};
use crate::words;

/// How many are kept.
const KEPT: i64 = 500;

/// How many are listed where the query does not say.
const PAGE: u32 = 100;

/// A picture that a colleague took out of a gallery, as it is needed to put it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutBack {
    /// The gallery.
    pub gallery: LocalId,
    /// The prepared picture.
    pub picture: MediaHash,
    /// Its caption.
    pub caption: String,
    /// The picture that it came behind; none means first.
    pub after: Option<LocalId>,
}

/// Stores what happened and announces it. An entity that is not here any more cannot be opened, and is left out.
/// `put_back`: a person can answer it by putting this picture back.
pub fn add(
    tx: &mut Tx<'_>,
    happening: &Happening,
    entity: Option<LocalId>,
    put_back: Option<&PutBack>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let is_here = |id: LocalId| {
        let mut statement = tx.prepare_cached("SELECT 1 FROM thing WHERE local_id = ?1")?;
        statement.exists([id.to_string()])
    };
    let entity = match entity {
        Some(id) if is_here(id)? => Some(id),
        _ => None,
    };
    let way_back = put_back.map(serde_json::to_string).transpose()?;
    tx.execute(
        "INSERT INTO fact (kind, text, happening, thing, at, put_back) VALUES (?1, '', ?2, ?3, ?4, ?5)",
        (
            serde_json::to_string(&happening.kind())?,
            serde_json::to_string(happening)?,
            entity.map(|id| id.to_string()),
            at.as_millisecond(),
            way_back,
        ),
    )?;
    let id = tx.last_insert_rowid();
    tx.any_rows("DELETE FROM fact WHERE id <= ?1", [id - KEPT])?;
    let (kind, text) = (happening.kind(), words::sentence(happening));
    tx.changed(Change::Activity {
        activity: Activity { id, kind, about: kind.about(), text, entity, at, put_back: put_back.is_some() },
    });
    tx.changed(Change::Status);
    Ok(())
}

/// What the activity offers to put back. It is offered once: from now on it is not any more.
pub fn take_put_back(tx: &mut Tx<'_>, activity: i64) -> Result<PutBack, StoreError> {
    let held = tx
        .query_row("SELECT put_back FROM fact WHERE id = ?1", [activity], |row| json(row, 0))
        .optional()?
        .flatten();
    let held = held.ok_or(StoreError::NotFound("picture"))?;
    tx.one_row("UPDATE fact SET put_back = NULL WHERE id = ?1", [activity])?;
    tx.changed(Change::Notifications);
    Ok(held)
}

/// The newest activity that somebody has looked at. A fresh account has no activities, so that nothing stands before
/// it.
fn seen(connection: &Connection) -> Result<i64, StoreError> {
    Ok(meta::get(connection, meta::Key::ActivitiesSeen)?.unwrap_or(0))
}

/// How many activities nobody has looked at yet.
pub fn unseen(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM fact WHERE id > ?1";
    Ok(connection.query_row(sql, [seen(connection)?], |row| row.get(0))?)
}

/// Notes that everything up to this activity was looked at. The mark never goes back, and never beyond what is there.
pub fn mark_seen(tx: &mut Tx<'_>, upto: i64) -> Result<(), StoreError> {
    let newest: i64 = tx.query_row("SELECT coalesce(max(id), 0) FROM fact", [], |row| row.get(0))?;
    let upto = upto.min(newest);
    if upto > seen(tx)? {
        meta::set(tx, meta::Key::ActivitiesSeen, &upto)?;
        tx.changed(Change::Notifications);
        tx.changed(Change::Status);
    }
    Ok(())
}

/// The activities that fit, newest first.
pub fn list(connection: &Connection, query: &ActivityQuery) -> Result<ActivityList, StoreError> {
    // Only what is still here can be opened.
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, text, (SELECT local_id FROM thing WHERE local_id = fact.thing), at,
                put_back IS NOT NULL, happening
         FROM fact WHERE id < ?1 ORDER BY id DESC",
    )?;
    let rows = statement.query_map([query.before.unwrap_or(i64::MAX)], |row| {
        Ok((
            number(row, 0)?,
            text(row, 1)?,
            text(row, 2)?,
            optional_text(row, 3)?,
            number(row, 4)?,
            number(row, 5)? != 0,
            json::<Happening>(row, 6)?,
        ))
    })?;
    let wanted = query.text.as_deref().map(|text| text.trim().to_lowercase()).unwrap_or_default();
    let limit = usize::try_from(query.limit.unwrap_or(PAGE)).unwrap_or(usize::MAX);
    let mut list = ActivityList {
        activities: Vec::new(),
        more: false,
        seen: seen(connection)?,
        unseen: unseen(connection)?,
    };
    for row in rows {
        let (id, kind, text, entity, at, put_back, happening) = row?;
        // An earlier version kept the sentence itself.
        let text = happening.as_ref().map_or(text, words::sentence);
        // A kind that a newer program wrote says nothing here.
        let Ok(kind) = serde_json::from_str::<ActivityKind>(&kind) else { continue };
        let of_kind = query.kinds.is_empty() || query.kinds.contains(&kind);
        if !of_kind || !text.to_lowercase().contains(&wanted) {
            continue;
        }
        if list.activities.len() == limit {
            list.more = true;
            break;
        }
        let entity = entity.and_then(|text| text.parse().ok());
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        list.activities.push(Activity { id, kind, about: kind.about(), text, entity, at, put_back });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::*;
    use crate::resources::{About, ActivityKind, Deed, Kind};
    use crate::store::Store;

    #[tokio::test]
    async fn what_an_earlier_version_told_keeps_its_sentence_and_what_happens_now_is_kept_without_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let store = Store::open(&path, broadcast::channel(8).0).unwrap().store;
        let now = Timestamp::UNIX_EPOCH;
        store
            .write(move |tx| {
                let old =
                    "INSERT INTO fact (kind, text, at) VALUES ('\"offer_updated\"', 'As it was said.', 0)";
                tx.execute(old, [])?;
                let about = About { kind: Kind::Offer, title: "Spa".to_owned() };
                add(tx, &Happening::Changed(about), None, None, now)
            })
            .await
            .unwrap();
        let listed = store.read(|db| list(db, &ActivityQuery::default())).await.unwrap().activities;
        let listed: Vec<(ActivityKind, &str)> =
            listed.iter().map(|activity| (activity.kind, activity.text.as_str())).collect();
        let changed = ActivityKind::Of(Kind::Offer, Deed::Updated);
        assert_eq!(listed, [(changed, "A colleague changed “Spa”."), (changed, "As it was said.")]);
        let kept: String = store
            .read(|db| Ok(db.query_row("SELECT text FROM fact WHERE id = 2", [], |row| row.get(0))?))
            .await
            .unwrap();
        assert_eq!(kept, "");
    }
}
