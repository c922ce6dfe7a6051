//! Moving an offer by hand.
//!
//! The hotel orders its list by `sort_order`, and offers with the same number by age, newest first
//! (CONTRACT.md 4.2). There is no request that moves one: a move is edits of `sort_order`, of as few offers as can
//! be. They are queued in one transaction, so that no half of a move is ever seen or sent.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;

use super::Desk;
use super::offers::list;
use super::views::{OfferPlace, OfferQuery, OfferView};
use crate::error::DeskError;
use crate::model::{FieldEdit, FieldValue, LocalId};
use crate::outbox::queue::{self, Fresh};
use crate::store::StoreError;

/// The largest number that the server takes (CONTRACT.md 4.1).
const LARGEST: i64 = 2_147_483_647;
/// What is numbered anew at the end of the list gets room for later moves.
const ROOM: i64 = 10;

impl Desk {
    /// Puts an offer into another place of the hotel's order. It is seen there at once.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::error::ErrorCode::NotFound) when it, or what it shall lie beside, is not on
    /// the list any more.
    pub async fn move_offer(&self, id: LocalId, to: OfferPlace) -> Result<(), DeskError> {
        let session = self.session_or_error()?;
        let today = session.now().to_zoned(session.time_zone.clone()).date();
        let environment = self.inner.environment.clone();
        session
            .store
            .write(move |tx| {
                let offers = list(tx, &OfferQuery::default(), today)?.offers;
                let wished = wished_order(&offers, id, to)?;
                for (offer, number) in numbers(&offers, &wished, id) {
                    let fresh = Fresh {
                        local: environment.local_id(),
                        first: environment.intent_id(),
                        second: environment.intent_id(),
                        now: environment.now(),
                    };
                    let was = FieldValue::SortOrder(offer.content.sort_order);
                    let edit = FieldEdit { was, now: FieldValue::SortOrder(number) };
                    queue::edit_offer(tx, fresh, offer.local_id, vec![edit])?;
                }
                Ok(())
            })
            .await?;
        session.wake_push.notify_one();
        Ok(())
    }
}

/// The places in `offers` in the order that is wished.
fn wished_order(offers: &[OfferView], id: LocalId, to: OfferPlace) -> Result<Vec<usize>, StoreError> {
    let place = |id: LocalId| {
        offers.iter().position(|offer| offer.local_id == id).ok_or(StoreError::NotFound("This offer"))
    };
    let moved = place(id)?;
    let mut order: Vec<usize> = (0..offers.len()).filter(|at| *at != moved).collect();
    let beside = |id: LocalId| {
        let beside = place(id)?;
        // Beside itself is where it is.
        Ok::<_, StoreError>(order.iter().position(|at| *at == beside))
    };
    let at = match to {
        OfferPlace::First => Some(0),
        OfferPlace::Last => Some(order.len()),
        OfferPlace::Before { offer } => beside(offer)?,
        OfferPlace::After { offer } => beside(offer)?.map(|at| at + 1),
    };
    order.insert(at.unwrap_or(moved), moved);
    Ok(order)
}

/// The new numbers of those offers that need one, for the order `wished`.
///
/// Between neighbours the number must grow by at least one, or may stay where the first is the newer one anyway.
/// With these least steps taken off, numbers that can stay are a sequence that never falls: the longest one stays,
/// and the others are numbered into the gaps.
fn numbers<'a>(offers: &'a [OfferView], wished: &[usize], moved: LocalId) -> Vec<(&'a OfferView, u32)> {
    let mut steps = Vec::with_capacity(wished.len());
    let mut sum = 0;
    for (place, at) in wished.iter().enumerate() {
        if place > 0 && age(offers, wished[place - 1]) >= age(offers, *at) {
            sum += 1;
        }
        steps.push(sum);
    }
    let most = (LARGEST - sum).max(0);
    let levels: Vec<i64> = wished
        .iter()
        .zip(&steps)
        .map(|(at, step)| i64::from(offers[*at].content.sort_order) - step)
        .collect();
    let fits = |place: &usize| (0..=most).contains(&levels[*place]);
    let all: Vec<usize> = (0..levels.len()).filter(fits).collect();
    let others: Vec<usize> =
        all.iter().copied().filter(|place| offers[wished[*place]].local_id != moved).collect();
    // Of two ways that change as much, the one that changes what was moved.
    let (with, without) = (longest_rise(&levels, &all), longest_rise(&levels, &others));
    let kept = if without.len() >= with.len() { without } else { with };
    let levels = fill(&levels, &kept, most);
    let numbered = wished.iter().zip(levels.iter().zip(&steps)).map(|(at, (level, step))| {
        let number = u32::try_from(level + step).unwrap_or_default();
        (&offers[*at], number)
    });
    numbered.filter(|(offer, number)| offer.content.sort_order != *number).collect()
}

/// Where an offer lies among those with its number: newest first, then as listed.
fn age(offers: &[OfferView], at: usize) -> (Reverse<Timestamp>, usize) {
    (Reverse(offers[at].created_at.unwrap_or(Timestamp::MAX)), at)
}

/// The longest part of `places` whose levels never fall.
fn longest_rise(levels: &[i64], places: &[usize]) -> Vec<usize> {
    // `ends[n]`: the place with the lowest level at which a part of n + 1 places ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: HashMap<usize, usize> = HashMap::new();
    for place in places {
        let length = ends.partition_point(|end| levels[*end] <= levels[*place]);
        if let Some(last) = length.checked_sub(1) {
            before.insert(*place, ends[last]);
        }
        match ends.get_mut(length) {
            Some(end) => *end = *place,
            None => ends.push(*place),
        }
    }
    let mut rise: Vec<usize> =
        std::iter::successors(ends.last().copied(), |at| before.get(at).copied()).collect();
    rise.reverse();
    rise
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
