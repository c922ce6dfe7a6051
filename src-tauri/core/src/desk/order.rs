//! Moves an entity by hand.
//!
//! The hotel sorts its lists by `sort_order`. Entities with the same number are sorted by another criterion: offers by
//! age, newest first (contract.md 4.2), room types by name (7). No request moves an entity. A move consists of edits
//! of `sort_order`, of as few entities as possible. They are queued in one transaction, so that a partial move is
//! never shown or sent.

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use crate::error::DeskError;
use crate::ids::LocalId;
use crate::outbox::queue;
use crate::records::{FieldEdit, FieldValue, SORT_ORDER};
use crate::resources::{Kind, Ties};
use crate::store::{StoreError, entities};
use crate::views::{Place, RecordView};

/// The largest number that the server accepts (contract.md 4.1).
const LARGEST: i64 = 2_147_483_647;
/// The distance between new numbers at the end of the list, which leaves space for later moves.
const ROOM: i64 = 10;

/// An entity in its list.
#[derive(Debug, Clone)]
pub(super) struct Entry<Tie> {
    /// The desk's key of the entity.
    pub(super) id: LocalId,
    /// The entity's `sort_order`.
    pub(super) number: u32,
    /// The criterion among entities with the same number.
    pub(super) tie: Tie,
}

/// The criterion among records with the same number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// The newest is first.
    Age(Reverse<Timestamp>),
    /// Sorted by name.
    Name(String),
}

impl Desk {
    /// Moves a record to another position in the hotel's order. Screens show it there at once.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) if the record, or its new neighbour, is no longer on
    /// the list.
    pub async fn move_to(&self, id: LocalId, to: Place) -> Result<(), DeskError> {
        let engine = self.engine()?;
        let today = engine.today();
        let environment = self.inner.environment.clone();
        engine
            .queue(move |tx| {
                let entries = entries(tx, entities::known_kind(tx, id)?, today)?;
                for (moved, number) in moved(&entries, id, to)? {
                    let order = |number: u32| FieldValue::of(SORT_ORDER, number);
                    let edit = FieldEdit { was: order(moved.number), now: order(number) };
                    queue::edit(tx, super::fresh(&environment), moved.id, vec![edit])?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}

/// Returns the records of a list in the hotel's order.
fn entries(db: &Connection, kind: Kind, today: Date) -> Result<Vec<Entry<Tie>>, StoreError> {
    let records = super::records::list(db, kind, today)?.records;
    let entry = |record: &RecordView| Entry {
        id: record.local_id,
        number: record.fields.number(SORT_ORDER),
        tie: match kind.resource().ties {
            Ties::Newest => Tie::Age(Reverse(record.created_at.unwrap_or(Timestamp::MAX))),
            Ties::Name => Tie::Name(kind.table().title(&record.fields)),
        },
    };
    Ok(records.iter().map(entry).collect())
}

/// Returns the new numbers of the entities that need one for a move.
///
/// # Errors
/// [`StoreError::NotFound`] if the entity, or its new neighbour, is not on the list.
pub(super) fn moved<Tie: Ord>(
    entries: &[Entry<Tie>],
    id: LocalId,
    to: Place,
) -> Result<Vec<(&Entry<Tie>, u32)>, StoreError> {
    let wanted = wanted_order(entries, id, to)?;
    Ok(numbers(entries, &wanted, id))
}

/// Returns the indexes of `entries` in the wanted order.
fn wanted_order<Tie>(entries: &[Entry<Tie>], id: LocalId, to: Place) -> Result<Vec<usize>, StoreError> {
    let place =
        |id: LocalId| entries.iter().position(|entry| entry.id == id).ok_or(StoreError::NotFound("entity"));
    let moved = place(id)?;
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| *at != moved).collect();
    let beside = |id: LocalId| {
        let beside = place(id)?;
        // An entity that is placed beside itself stays in its position.
        Ok::<_, StoreError>(order.iter().position(|at| *at == beside))
    };
    let at = match to {
        Place::First => Some(0),
        Place::Last => Some(order.len()),
        Place::Before { other } => beside(other)?,
        Place::After { other } => beside(other)?.map(|at| at + 1),
    };
    order.insert(at.unwrap_or(moved), moved);
    Ok(order)
}

/// Returns the new numbers for the order `wanted`.
///
/// Between neighbours the number must grow by at least one, or may be equal if the tie already sorts them correctly.
/// After these minimal steps are subtracted, the numbers that can stay form a non-decreasing sequence. The longest
/// such sequence stays, and the others get numbers in the gaps.
fn numbers<'a, Tie: Ord>(
    entries: &'a [Entry<Tie>],
    wanted: &[usize],
    moved: LocalId,
) -> Vec<(&'a Entry<Tie>, u32)> {
    let mut steps = Vec::with_capacity(wanted.len());
    let mut sum = 0;
    for (place, at) in wanted.iter().enumerate() {
        if place > 0 && age(entries, wanted[place - 1]) >= age(entries, *at) {
            sum += 1;
        }
        steps.push(sum);
    }
    let most = (LARGEST - sum).max(0);
    let levels: Vec<i64> =
        wanted.iter().zip(&steps).map(|(at, step)| i64::from(entries[*at].number) - step).collect();
    let kept = kept(&levels, most, wanted.iter().position(|at| entries[*at].id == moved));
    let levels = fill(&levels, &kept, most);
    let numbered = wanted.iter().zip(levels.iter().zip(&steps)).map(|(at, (level, step))| {
        let number = u32::try_from(level + step).unwrap_or_default();
        (&entries[*at], number)
    });
    numbered.filter(|(entry, number)| entry.number != *number).collect()
}

/// Returns the sort key among entities with the same number: the tie, then the position in the list.
fn age<Tie>(entries: &[Entry<Tie>], at: usize) -> (&Tie, usize) {
    (&entries[at].tie, at)
}

/// Returns the positions whose levels stay: the longest non-decreasing sequence.
///
/// Without the moved entity the levels rise, as the list did before. So there are at most three candidates: all
/// entities before it stay and those after it make space, all after it stay and those before it make space, or it
/// keeps its own level.
fn kept(levels: &[i64], most: i64, moved: Option<usize>) -> Vec<usize> {
    let mut others: Vec<usize> =
        (0..levels.len()).filter(|place| (0..=most).contains(&levels[*place])).collect();
    let Some(at) = moved else { return others };
    let can_stay = others.contains(&at);
    others.retain(|place| *place != at);
    let around = |level: i64| -> Vec<usize> {
        let fits =
            |place: &usize| if *place < at { levels[*place] <= level } else { levels[*place] >= level };
        others.iter().copied().filter(fits).collect()
    };
    let before = others.iter().rfind(|place| **place < at).map(|place| around(levels[*place]));
    let behind = others.iter().find(|place| **place > at).map(|place| around(levels[*place]));
    let own = can_stay.then(|| {
        let mut own = around(levels[at]);
        own.insert(own.partition_point(|place| *place < at), at);
        own
    });
    // If two candidates change equally many numbers, the first one counts, which changes the moved entity.
    let longer = |one: Vec<usize>, other: Vec<usize>| if other.len() > one.len() { other } else { one };
    [before, behind, own].into_iter().flatten().reduce(longer).unwrap_or_default()
}

/// Returns a level for every position: kept levels stay unchanged, the others are spread between them.
fn fill(levels: &[i64], kept: &[usize], most: i64) -> Vec<i64> {
    let mut filled = Vec::with_capacity(levels.len());
    let mut low = 0;
    for end in kept {
        let (first, high) = (filled.len(), levels[*end]);
        let missing = i64::try_from(end - first).unwrap_or(i64::MAX);
        filled.extend((1..=missing).map(|n| low + (high - low) * n / (missing + 1)));
        filled.push(high);
        low = high;
    }
    let missing = i64::try_from(levels.len() - filled.len()).unwrap_or(i64::MAX);
    filled.extend((1..=missing).map(|n| (low + ROOM * n).min(most)));
    filled
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
