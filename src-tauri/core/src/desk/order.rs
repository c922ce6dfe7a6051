//! Moving an entity by hand.
//!
//! The hotel orders its lists by `sort_order`, and things with the same number by something else: offers by age,
//! newest first (contract.md 4.2), room types by name (7). There is no request that moves one: a move is edits of
//! `sort_order`, of as few things as can be. They are queued in one transaction, so that no half of a move is ever
//! seen or sent.

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

/// The largest number that the server takes (contract.md 4.1).
const LARGEST: i64 = 2_147_483_647;
/// What is numbered anew at the end of the list gets room for later moves.
const ROOM: i64 = 10;

/// An entity in its list.
#[derive(Debug, Clone)]
pub(super) struct Entry<Tie> {
    /// Our key of it.
    pub(super) id: LocalId,
    /// Its `sort_order`.
    pub(super) number: u32,
    /// What orders it among those with its number.
    pub(super) tie: Tie,
}

/// What orders records with the same number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// Newest first.
    Age(Reverse<Timestamp>),
    /// By name.
    Name(String),
}

impl Desk {
    /// Puts a record into another place of the hotel's order. It is seen there at once.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) when it, or what it shall lie beside, is not on
    /// the list any more.
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

/// The records of a list in the hotel's order.
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

/// The new numbers of those things that need one for a move.
///
/// # Errors
/// [`StoreError::NotFound`] when the entity, or what it shall lie beside, is not on the list.
pub(super) fn moved<Tie: Ord>(
    entries: &[Entry<Tie>],
    id: LocalId,
    to: Place,
) -> Result<Vec<(&Entry<Tie>, u32)>, StoreError> {
    let wanted = wanted_order(entries, id, to)?;
    Ok(numbers(entries, &wanted, id))
}

/// The places in `entries` in the order that is wished.
fn wanted_order<Tie>(entries: &[Entry<Tie>], id: LocalId, to: Place) -> Result<Vec<usize>, StoreError> {
    let place =
        |id: LocalId| entries.iter().position(|entry| entry.id == id).ok_or(StoreError::NotFound("entity"));
    let moved = place(id)?;
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| *at != moved).collect();
    let beside = |id: LocalId| {
        let beside = place(id)?;
        // Beside itself is where it is.
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

/// The new numbers for the order `wanted`.
///
/// Between neighbours the number must grow by at least one, or may stay where the first is the newer one anyway.
/// With these least steps taken off, numbers that can stay are a sequence that never falls. The longest one stays, and
/// the others are numbered into the gaps.
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

/// Where an entity lies among those with its number: by its tie, then as listed.
fn age<Tie>(entries: &[Entry<Tie>], at: usize) -> (&Tie, usize) {
    (&entries[at].tie, at)
}

/// The places whose levels stay: a sequence that never falls, and the longest there is.
///
/// Without the moved thing the levels rise, as the list did before. So there are three ways at most: all before it stay
/// and what is behind makes room, all behind it stay and what is before makes room, or it keeps its own level.
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
    // Of two ways that change as much, the one that changes what was moved.
    let longer = |one: Vec<usize>, other: Vec<usize>| if other.len() > one.len() { other } else { one };
    [before, behind, own].into_iter().flatten().reduce(longer).unwrap_or_default()
}

/// Levels for every place: those that are kept as they are, the others spread between them.
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
