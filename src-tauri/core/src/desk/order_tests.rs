use proptest::prelude::*;

use super::*;
use crate::desk::views::SyncMark;
use crate::model::{OfferContent, OfferState};

fn id(at: usize) -> LocalId {
    LocalId::from_random([u8::try_from(at).unwrap(); 16])
}

/// An offer by its number and its age: the smaller, the newer.
fn offer(at: usize, number: u32, age: Option<i64>) -> OfferView {
    OfferView {
        local_id: id(at),
        id: None,
        content: OfferContent { sort_order: number, ..OfferContent::default() },
        photo: None,
        photo_url: None,
        picture: None,
        created_at: age.map(|age| Timestamp::from_second(1_000_000 - age).unwrap()),
        state: OfferState::Live,
        sync: SyncMark::Saved,
    }
}

/// A list in the hotel's order, from numbers and ages.
fn listed(offers: &[(u32, i64)]) -> Vec<OfferView> {
    let mut sorted = offers.to_vec();
    sorted.sort_unstable();
    let views = sorted.into_iter().enumerate();
    views.map(|(at, (number, age))| offer(at, number, Some(age))).collect()
}

/// The numbers after a move, in the order of `offers`, and how many of them changed.
fn after(offers: &[OfferView], moved: usize, to: OfferPlace) -> (Vec<OfferView>, usize) {
    let wished = wished_order(offers, id(moved), to).unwrap();
    let mut next = offers.to_vec();
    let changes = numbers(offers, &wished, id(moved));
    for (changed, number) in &changes {
        let at = offers.iter().position(|offer| offer.local_id == changed.local_id).unwrap();
        next[at].content.sort_order = *number;
    }
    (next, changes.len())
}

/// The hotel's own order.
fn as_hotel_lists(offers: &[OfferView]) -> Vec<LocalId> {
    let mut places: Vec<usize> = (0..offers.len()).collect();
    places.sort_by_key(|at| (offers[*at].content.sort_order, age(offers, *at)));
    places.into_iter().map(|at| offers[at].local_id).collect()
}

fn ids(places: &[usize]) -> Vec<LocalId> {
    places.iter().map(|at| id(*at)).collect()
}

#[test]
fn a_move_into_a_gap_changes_the_moved_offer_alone() {
    let offers = listed(&[(10, 1), (20, 1), (30, 1), (40, 1)]);
    let (next, changed) = after(&offers, 3, OfferPlace::Before { offer: id(1) });
    assert_eq!(as_hotel_lists(&next), ids(&[0, 3, 1, 2]));
    assert_eq!(changed, 1);
    assert!((12..19).contains(&next[3].content.sort_order), "room on both sides: {:?}", next[3].content);
}

#[test]
fn a_move_to_an_end_changes_the_moved_offer_alone() {
    let offers = listed(&[(10, 1), (20, 1), (30, 1)]);
    let (next, changed) = after(&offers, 0, OfferPlace::Last);
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[1, 2, 0]), 1));
    let (next, changed) = after(&offers, 2, OfferPlace::First);
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[2, 0, 1]), 1));
}

#[test]
fn a_newer_offer_takes_its_neighbours_number_where_there_is_no_gap() {
    let offers = listed(&[(1, 30), (2, 20), (3, 10)]);
    let (next, changed) = after(&offers, 2, OfferPlace::Before { offer: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 1]), 1));
    assert_eq!(next[2].content.sort_order, 2);
}

#[test]
fn where_all_have_the_same_number_only_those_behind_the_older_one_change() {
    let offers = listed(&[(0, 1), (0, 2), (0, 3), (0, 4)]);
    let (next, changed) = after(&offers, 2, OfferPlace::Before { offer: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 1, 3]), 2));
    // What had to be numbered has room for the next move.
    let listed = [0, 2, 1, 3].map(|at| next[at].clone());
    let (next, changed) = after(&listed, 3, OfferPlace::Before { offer: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 3, 1]), 1));
}

#[test]
fn an_offer_beside_itself_stays() {
    let offers = listed(&[(0, 1), (0, 2), (5, 3)]);
    for to in [OfferPlace::Before { offer: id(1) }, OfferPlace::After { offer: id(1) }] {
        assert_eq!(after(&offers, 1, to).1, 0, "{to:?}");
    }
    assert_eq!(after(&offers, 0, OfferPlace::First).1, 0);
    assert_eq!(after(&offers, 2, OfferPlace::Last).1, 0);
}

#[test]
fn an_offer_that_is_not_there_cannot_be_moved_or_be_a_neighbour() {
    let offers = listed(&[(0, 1), (0, 2)]);
    assert!(wished_order(&offers, id(9), OfferPlace::First).is_err());
    assert!(wished_order(&offers, id(0), OfferPlace::After { offer: id(9) }).is_err());
}

#[test]
fn numbers_stay_within_what_the_server_takes() {
    let most = u32::try_from(LARGEST).unwrap();
    let offers = listed(&[(most - 1, 1), (most, 1), (most, 2)]);
    let (next, _) = after(&offers, 0, OfferPlace::Last);
    assert_eq!(as_hotel_lists(&next), ids(&[1, 2, 0]));
    assert!(next.iter().all(|offer| offer.content.sort_order <= most));
}

/// The fewest changes by trying every choice of what stays.
fn fewest(offers: &[OfferView], wished: &[usize]) -> usize {
    let possible = |kept: u32| {
        let mut least = 0;
        wished.iter().enumerate().all(|(place, at)| {
            if place > 0 {
                least += i64::from(age(offers, wished[place - 1]) >= age(offers, *at));
            }
            if kept >> place & 1 == 1 {
                let number = i64::from(offers[*at].content.sort_order);
                let fits = number >= least;
                least = number;
                return fits;
            }
            true
        })
    };
    let all = u32::try_from(wished.len()).unwrap();
    (0..1 << all)
        .filter(|kept| possible(*kept))
        .map(|kept: u32| (all - kept.count_ones()) as usize)
        .min()
        .unwrap()
}

proptest! {
    #[test]
    fn a_move_gives_the_wished_order_with_the_fewest_changes(
        numbers in prop::collection::vec((0_u32..6, 0_i64..4), 1..8),
        moved in 0_usize..8,
        beside in 0_usize..8,
        behind: bool,
    ) {
        let offers = listed(&numbers);
        let (moved, beside) = (moved % offers.len(), beside % offers.len());
        let offer = id(beside);
        let to = if behind { OfferPlace::After { offer } } else { OfferPlace::Before { offer } };
        let wished = wished_order(&offers, id(moved), to).unwrap();
        let (next, changed) = after(&offers, moved, to);
        // As the hotel will list them, where age tells them apart; of the same age, as they lie here.
        let mut placed: Vec<usize> = (0..next.len()).collect();
        placed.sort_by_key(|at| (next[*at].content.sort_order, age(&next, *at)));
        prop_assert_eq!(&placed, &wished);
        prop_assert_eq!(changed, fewest(&offers, &wished));
    }
}
