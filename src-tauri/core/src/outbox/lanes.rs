//! Selects the intents that can be sent next.
//!
//! A lane belongs to one entity and keeps the order of its intents. A blocked first intent blocks only its own lane. A
//! conflict blocks only its own fields, and a refused picture blocks nothing behind it. Creates of a kind are sent one
//! at a time: then an entity that appears while one create is open is not confused with an entity that an earlier,
//! identical create made.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::ids::{IntentId, LocalId};
use crate::model::{IntentState, Queued, QueuedKind};
use crate::resources::Kind;

/// The intents that can be sent now, and the time of the next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turns {
    /// The intents that can be sent now: at most one per lane, the oldest lane first.
    pub now: Vec<Queued>,
    /// The earliest planned time of the other intents, in milliseconds since the epoch.
    pub next: Option<i64>,
}

/// The maximum planned wait, in milliseconds (`Retry-After` is honoured up to an hour). A later time was written
/// before the clock was set back, and counts as due.
const FARTHEST: i64 = 3_700_000;
/// The maximum wait of an intent that can still be undone, in milliseconds. The time to undo is a few seconds.
const LONGEST_HOLD: i64 = 10_000;

/// Selects from `intents` (all intents, in order), without the lanes that are being processed.
pub fn turns(intents: &[Queued], busy: &HashSet<LocalId>, now_ms: i64) -> Turns {
    let mut lanes: BTreeMap<LocalId, Vec<&Queued>> = BTreeMap::new();
    for intent in intents {
        lanes.entry(intent.lane).or_default().push(intent);
    }
    let mut heads: Vec<&Queued> = lanes
        .into_iter()
        .filter(|(lane, _)| !busy.contains(lane))
        .filter_map(|(_, intents)| head(&intents))
        .collect();
    heads.sort_by_key(|intent| intent.seq);

    // The create with the open answer precedes all others of its kind. A create that is being processed may still be
    // reading the list, so it counts although it has not left.
    let open_create = |intent: &&Queued| {
        let open = matches!(intent.state, IntentState::InFlight | IntentState::Unclear);
        intent.kind == QueuedKind::Create && (open || busy.contains(&intent.lane))
    };
    let mut create_taken: HashMap<Option<Kind>, IntentId> = HashMap::new();
    for intent in intents.iter().filter(open_create) {
        create_taken.entry(intent.about).or_insert(intent.id);
    }
    let mut turns = Turns::default();
    for intent in heads {
        let farthest = if intent.held { LONGEST_HOLD } else { FARTHEST };
        if intent.not_before > now_ms && intent.not_before - now_ms <= farthest {
            turns.next = Some(turns.next.map_or(intent.not_before, |next: i64| next.min(intent.not_before)));
            continue;
        }
        if intent.kind == QueuedKind::Create
            && *create_taken.entry(intent.about).or_insert(intent.id) != intent.id
        {
            continue;
        }
        turns.now.push(intent.clone());
    }
    turns
}

/// Returns the next intent of a lane, or `None` if the lane is blocked.
fn head<'a>(lane: &[&'a Queued]) -> Option<&'a Queued> {
    if lane.iter().any(|intent| intent.state == IntentState::InFlight) {
        return None;
    }
    // An intent that may have arrived is resolved before anything else.
    if let Some(unclear) = lane.iter().find(|intent| intent.state == IntentState::Unclear) {
        return Some(unclear);
    }
    // A deletion makes everything before it obsolete. The lane waits until the deletion can no longer be undone.
    let delete =
        lane.iter().find(|intent| intent.kind == QueuedKind::Delete && intent.state == IntentState::Waiting);
    if let Some(delete) = delete {
        return Some(delete);
    }
    let passed_over = |intent: &&&Queued| {
        intent.state == IntentState::Conflict
            || intent.kind == QueuedKind::Question
            || (intent.kind == QueuedKind::Step && intent.state == IntentState::Attention)
    };
    let head = lane.iter().find(|intent| !passed_over(intent))?;
    (head.state == IntentState::Waiting).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::QueuedKind::{Change, Create, Delete};
    use super::*;
    use crate::ids::IntentId;

    fn intent(seq: i64, lane: u8, kind: QueuedKind, state: IntentState) -> Queued {
        let id = IntentId::from_random([u8::try_from(seq).unwrap(); 16]);
        Queued {
            seq,
            id,
            lane: LocalId::from_random([lane; 16]),
            kind,
            about: Some(Kind::Offer),
            uploads: false,
            state,
            not_before: 0,
            held: false,
        }
    }

    fn now(intents: &[Queued]) -> Vec<i64> {
        turns(intents, &HashSet::new(), 1000).now.iter().map(|intent| intent.seq).collect()
    }

    #[test]
    fn each_lane_goes_in_order_and_lanes_go_side_by_side() {
        use IntentState::Waiting;
        let queue =
            [intent(1, 1, Change, Waiting), intent(2, 1, Change, Waiting), intent(3, 2, Change, Waiting)];
        assert_eq!(now(&queue), [1, 3]);
    }

    #[test]
    fn a_stuck_head_blocks_its_own_lane_only() {
        use IntentState::{Attention, Waiting};
        let queue =
            [intent(1, 1, Change, Attention), intent(2, 1, Change, Waiting), intent(3, 2, Change, Waiting)];
        assert_eq!(now(&queue), [3]);
    }

    #[test]
    fn a_conflict_blocks_nothing_behind_it() {
        use IntentState::{Conflict, Waiting};
        assert_eq!(now(&[intent(1, 1, Change, Conflict), intent(2, 1, Change, Waiting)]), [2]);
    }

    #[test]
    fn a_deletion_that_can_be_undone_rests_its_lane_until_its_time() {
        use IntentState::Waiting;
        let mut held = intent(2, 1, Delete, Waiting);
        held.not_before = 5000;
        let queue = [intent(1, 1, Change, Waiting), held];
        assert_eq!(turns(&queue, &HashSet::new(), 1000), Turns { now: vec![], next: Some(5000) });
        let later = turns(&queue, &HashSet::new(), 5000).now;
        assert_eq!(later.iter().map(|intent| intent.seq).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_wait_that_a_clock_set_back_made_endless_is_over() {
        let mut intent = intent(1, 1, Change, IntentState::Waiting);
        intent.not_before = 1000 + 86_400_000;
        assert_eq!(now(&[intent]), [1]);
    }

    #[test]
    fn a_time_to_undo_that_a_clock_set_back_made_long_is_over() {
        let until = 1000 + 60_000;
        let held = Queued { not_before: until, held: true, ..intent(1, 1, Delete, IntentState::Waiting) };
        assert_eq!(now(std::slice::from_ref(&held)), [1]);
        let asked_for = Queued { held: false, ..held };
        assert!(now(&[asked_for]).is_empty(), "a wait that the hotel asked for is kept");
    }

    #[test]
    fn an_unclear_create_is_cleared_up_before_the_deletion_behind_it() {
        use IntentState::{Unclear, Waiting};
        assert_eq!(now(&[intent(1, 1, Create, Unclear), intent(2, 1, Delete, Waiting)]), [1]);
    }

    #[test]
    fn a_create_that_is_worked_on_keeps_the_others_back_before_it_has_left() {
        use IntentState::Waiting;
        let queue = [intent(1, 1, Create, Waiting), intent(2, 2, Create, Waiting)];
        let busy = HashSet::from([LocalId::from_random([1; 16])]);
        assert_eq!(turns(&queue, &busy, 1000).now, []);
    }

    #[test]
    fn a_question_about_what_is_at_the_hotel_holds_up_nothing() {
        use super::QueuedKind::Question;
        use IntentState::{Attention, Waiting};
        assert_eq!(now(&[intent(1, 1, Question, Attention), intent(2, 1, Change, Waiting)]), [2]);
    }

    #[test]
    fn creates_go_one_at_a_time_and_an_open_one_goes_first() {
        use IntentState::{Unclear, Waiting};
        assert_eq!(now(&[intent(1, 1, Create, Waiting), intent(2, 2, Create, Waiting)]), [1]);
        assert_eq!(now(&[intent(1, 1, Create, Waiting), intent(2, 2, Create, Unclear)]), [2]);
    }

    #[test]
    fn a_create_that_is_unclear_holds_up_its_own_kind_only() {
        use IntentState::{Unclear, Waiting};
        let mut unclear = intent(1, 1, Create, Unclear);
        unclear.not_before = 5000;
        let room = Queued { about: Some(Kind::RoomType), ..intent(3, 3, Create, Waiting) };
        assert_eq!(now(&[unclear, intent(2, 2, Create, Waiting), room]), [3]);
    }
}
