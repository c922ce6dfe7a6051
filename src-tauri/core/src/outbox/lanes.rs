//! Whose turn it is.
//!
//! A lane is one entity. Within it the order of intents is kept; a stuck head holds up its own lane only.
//! A conflict holds up nothing but its own fields, and a picture that is refused nothing behind it. Creates of a
//! kind go one at a time: then an offer that shows up while one is open can be told apart from one that an earlier
//! twin made.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::ids::{IntentId, LocalId};
use crate::model::{IntentState, Queued, QueuedKind};
use crate::resources::Kind;

/// What can be done now, and when something can be done next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turns {
    /// At most one intent per lane, oldest lane first.
    pub now: Vec<Queued>,
    /// The soonest planned time of the others, in milliseconds since the epoch.
    pub next: Option<i64>,
}

/// No wait is planned further ahead than this, in milliseconds (`Retry-After` is honoured up to an hour). A
/// time beyond it was written by a clock that has since been set back, and counts as due.
const FARTHEST: i64 = 3_700_000;
/// The same for what can still be undone, in milliseconds: that time is a matter of seconds.
const LONGEST_HOLD: i64 = 10_000;

/// Picks from `intents` (all of them, in order), leaving out lanes that are being worked on.
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

    // The create whose answer is open goes before any other of its kind. One that is being worked on may still
    // be reading the list, and counts although it has not left.
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

/// The intent of a lane that is next, or `None` when the lane is blocked.
fn head<'a>(lane: &[&'a Queued]) -> Option<&'a Queued> {
    if lane.iter().any(|intent| intent.state == IntentState::InFlight) {
        return None;
    }
    // What may have arrived is cleared up before anything else.
    if let Some(unclear) = lane.iter().find(|intent| intent.state == IntentState::Unclear) {
        return Some(unclear);
    }
    // A deletion makes everything before it moot; until its time to undo is over, the lane rests.
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
