//! The history: each activity of a colleague or guest once, and the removals of this desk.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::activity::way_back::{self, WayBack};
use crate::ids::LocalId;
use crate::resources::{ActivityKind, Happening};
use crate::store::columns::{json, number, optional_text, text};
use crate::store::{StoreError, Tx, meta};
use crate::views::{Activity, ActivityList, ActivityQuery, Change};
use crate::words;

/// The number of activities that are kept. One that offers a way back is kept beyond this number.
const KEPT: i64 = 500;

/// The page size of a query without a limit.
const PAGE: u32 = 100;

/// Stores an activity and announces it. Leaves out an entity that is no longer here, since it cannot be opened. The
/// person's own removal is neither new nor announced: it is stored for its way back.
pub fn add(
    tx: &mut Tx<'_>,
    happening: &Happening,
    entity: Option<LocalId>,
    way_back: Option<&WayBack>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let is_here = |id: LocalId| {
        let mut statement = tx.prepare_cached("SELECT 1 FROM entity WHERE local_id = ?1")?;
        statement.exists([id.to_string()])
    };
    let entity = match entity {
        Some(id) if is_here(id)? => Some(id),
        _ => None,
    };
    tx.execute(
        "INSERT INTO activity (kind, happening, entity, at, put_back, own) 
         VALUES (?1, CASE WHEN ?7 THEN seal(?2) ELSE ?2 END, ?3, ?4, ?5, ?6)",
        (
            serde_json::to_string(&happening.kind())?,
            serde_json::to_string(happening)?,
            entity.map(|id| id.to_string()),
            at.as_millisecond(),
            way_back.map(serde_json::to_string).transpose()?,
            happening.is_own(),
            happening.is_private(),
        ),
    )?;
    let id = tx.last_insert_rowid();
    way_back::expire(tx, at)?;
    tx.any_rows("DELETE FROM activity WHERE id <= ?1 AND put_back IS NULL", [id - KEPT])?;
    if happening.is_own() {
        tx.changed(Change::History);
        return Ok(());
    }
    let (kind, text) = (happening.kind(), words::sentence(happening));
    tx.changed(Change::Activity {
        activity: Activity {
            id,
            kind,
            about: kind.about(),
            text,
            entity,
            at,
            put_back: way_back.is_some(),
            own: false,
        },
    });
    tx.changed(Change::Status);
    Ok(())
}

/// Returns the newest activity that has been seen. A fresh account has no activities, so the default is zero.
fn seen(connection: &Connection) -> Result<i64, StoreError> {
    Ok(meta::get(connection, meta::Key::ActivitiesSeen)?.unwrap_or(0))
}

/// Returns the number of activities that have not been seen yet. The activity of a guest's message in a conversation
/// here counts only while its message is unread: one that was read and then forgotten must not count again.
pub fn unseen(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM activity WHERE id > ?1 AND own = 0 AND (entity IS NULL OR id NOT IN
                   (SELECT known.activity FROM guest_message AS known WHERE known.activity > ?1 AND NOT EXISTS
                       (SELECT 1 FROM message WHERE message.server_id = known.id AND message.is_unread = 1)))";
    Ok(connection.query_row(sql, [seen(connection)?], |row| row.get(0))?)
}

/// Returns the number of colleagues' changes that have not been seen yet.
pub fn unseen_changes(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT kind, count(*) FROM activity WHERE id > ?1 AND own = 0 GROUP BY kind";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([seen(connection)?], |row| Ok((text(row, 0)?, row.get::<_, u32>(1)?)))?;
    let mut changes = 0;
    for row in rows {
        let (kind, number) = row?;
        if serde_json::from_str(&kind).is_ok_and(|kind: ActivityKind| kind.about().is_some()) {
            changes += number;
        }
    }
    Ok(changes)
}

/// Returns the entities of activities that have not been seen yet.
pub fn unseen_entities(connection: &Connection) -> Result<HashSet<LocalId>, StoreError> {
    let sql = "SELECT DISTINCT entity FROM activity WHERE id > ?1 AND own = 0 AND entity IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([seen(connection)?], |row| text(row, 0))?;
    let mut entities = HashSet::new();
    for row in rows {
        entities.extend(row?.parse::<LocalId>().ok());
    }
    Ok(entities)
}

/// Notes that the activities up to this one were seen. The mark never goes back, and never beyond the newest activity.
pub fn mark_seen(tx: &mut Tx<'_>, upto: i64) -> Result<(), StoreError> {
    let newest: i64 = tx.query_row("SELECT coalesce(max(id), 0) FROM activity", [], |row| row.get(0))?;
    let upto = upto.min(newest);
    if upto > seen(tx)? {
        meta::set(tx, meta::Key::ActivitiesSeen, &upto)?;
        tx.changed(Change::History);
        tx.changed(Change::Status);
    }
    Ok(())
}

/// Returns the activities that match the query, newest first.
pub fn list(connection: &Connection, query: &ActivityQuery) -> Result<ActivityList, StoreError> {
    // Only an entity that still exists can be opened.
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, (SELECT local_id FROM entity WHERE local_id = activity.entity), at,
                put_back IS NOT NULL, own, unseal(happening)
         FROM activity WHERE id < ?1 ORDER BY id DESC",
    )?;
    let rows = statement.query_map([query.before.unwrap_or(i64::MAX)], |row| {
        Ok((
            number(row, 0)?,
            text(row, 1)?,
            optional_text(row, 2)?,
            number(row, 3)?,
            number(row, 4)? != 0,
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
        let (id, kind, entity, at, put_back, own, happening) = row?;
        // A row of a newer program, a damaged row, or one that another key has sealed.
        let (Ok(kind), Some(happening)) = (serde_json::from_str::<ActivityKind>(&kind), happening) else {
            continue;
        };
        let text = words::sentence(&happening);
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
        list.activities.push(Activity { id, kind, about: kind.about(), text, entity, at, put_back, own });
    }
    Ok(list)
}
