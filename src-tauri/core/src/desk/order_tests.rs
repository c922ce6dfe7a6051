use proptest::prelude::*;

use super::*;

fn id(at: usize) -> LocalId {
    LocalId::from_random([u8::try_from(at).unwrap(); 16])
}

type Offer = Entry<i64>;

/// Returns an offer with this number and age. A smaller age is newer.
fn offer(at: usize, number: u32, age: i64) -> Offer {
    Entry { id: id(at), number, tie: age }
}

/// Returns a list in the hotel's order, from numbers and ages.
fn listed(offers: &[(u32, i64)]) -> Vec<Offer> {
    let mut sorted = offers.to_vec();
    sorted.sort_unstable();
    let views = sorted.into_iter().enumerate();
    views.map(|(at, (number, age))| offer(at, number, age)).collect()
}

/// Returns the numbers after a move, in the order of `offers`, and the number of changes.
fn after(offers: &[Offer], moved: usize, to: Place) -> (Vec<Offer>, usize) {
    let wanted = wanted_order(offers, id(moved), to).unwrap();
    let mut next = offers.to_vec();
    let changes = numbers(offers, &wanted, id(moved));
    for (changed, number) in &changes {
        let at = offers.iter().position(|offer| offer.id == changed.id).unwrap();
        next[at].number = *number;
    }
    (next, changes.len())
}

/// Returns the hotel's own order.
fn as_hotel_lists(offers: &[Offer]) -> Vec<LocalId> {
    let mut places: Vec<usize> = (0..offers.len()).collect();
    places.sort_by_key(|at| (offers[*at].number, age(offers, *at)));
    places.into_iter().map(|at| offers[at].id).collect()
}

fn ids(places: &[usize]) -> Vec<LocalId> {
    places.iter().map(|at| id(*at)).collect()
}

#[test]
fn a_move_into_a_gap_changes_the_moved_offer_alone() {
    let offers = listed(&[(10, 1), (20, 1), (30, 1), (40, 1)]);
    let (next, changed) = after(&offers, 3, Place::Before { other: id(1) });
    assert_eq!(as_hotel_lists(&next), ids(&[0, 3, 1, 2]));
    assert_eq!(changed, 1);
    assert!((12..19).contains(&next[3].number), "room on both sides: {:?}", next[3]);
}

#[test]
fn a_move_to_an_end_changes_the_moved_offer_alone() {
    let offers = listed(&[(10, 1), (20, 1), (30, 1)]);
    let (next, changed) = after(&offers, 0, Place::Last);
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[1, 2, 0]), 1));
    let (next, changed) = after(&offers, 2, Place::First);
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[2, 0, 1]), 1));
}

#[test]
fn a_newer_offer_takes_its_neighbours_number_where_there_is_no_gap() {
    let offers = listed(&[(1, 30), (2, 20), (3, 10)]);
    let (next, changed) = after(&offers, 2, Place::Before { other: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 1]), 1));
    assert_eq!(next[2].number, 2);
}

#[test]
fn where_all_have_the_same_number_only_those_behind_the_older_one_change() {
    let offers = listed(&[(0, 1), (0, 2), (0, 3), (0, 4)]);
    let (next, changed) = after(&offers, 2, Place::Before { other: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 1, 3]), 2));
    // The entities with new numbers have space for the next move.
    let listed = [0, 2, 1, 3].map(|at| next[at].clone());
    let (next, changed) = after(&listed, 3, Place::Before { other: id(1) });
    assert_eq!((as_hotel_lists(&next), changed), (ids(&[0, 2, 3, 1]), 1));
}

#[test]
fn an_offer_beside_itself_stays() {
    let offers = listed(&[(0, 1), (0, 2), (5, 3)]);
    for to in [Place::Before { other: id(1) }, Place::After { other: id(1) }] {
        assert_eq!(after(&offers, 1, to).1, 0, "{to:?}");
    }
    assert_eq!(after(&offers, 0, Place::First).1, 0);
    assert_eq!(after(&offers, 2, Place::Last).1, 0);
}

#[test]
fn an_offer_that_is_not_there_cannot_be_moved_or_be_a_neighbour() {
    let offers = listed(&[(0, 1), (0, 2)]);
    assert!(wanted_order(&offers, id(9), Place::First).is_err());
    assert!(wanted_order(&offers, id(0), Place::After { other: id(9) }).is_err());
}

#[test]
fn numbers_stay_within_what_the_server_takes() {
    let most = u32::try_from(LARGEST).unwrap();
    let offers = listed(&[(most - 1, 1), (most, 1), (most, 2)]);
    let (next, _) = after(&offers, 0, Place::Last);
    assert_eq!(as_hotel_lists(&next), ids(&[1, 2, 0]));
    assert!(next.iter().all(|offer| offer.number <= most));
}

/// Returns the smallest number of changes, by trying every set of unchanged entities.
fn fewest(offers: &[Offer], wanted: &[usize]) -> usize {
    let possible = |kept: u32| {
        let mut least = 0;
        wanted.iter().enumerate().all(|(place, at)| {
            if place > 0 {
                least += i64::from(age(offers, wanted[place - 1]) >= age(offers, *at));
            }
            if kept >> place & 1 == 1 {
                let number = i64::from(offers[*at].number);
                let fits = number >= least;
                least = number;
                return fits;
            }
            true
        })
    };
    let all = u32::try_from(wanted.len()).unwrap();
    (0..1 << all)
        .filter(|kept| possible(*kept))
        .map(|kept: u32| (all - kept.count_ones()) as usize)
        .min()
        .unwrap()
}

proptest! {
    #[test]
    fn a_move_gives_the_wanted_order_with_the_fewest_changes(
        numbers in prop::collection::vec((0_u32..6, 0_i64..4), 1..8),
        moved in 0_usize..8,
        beside in 0_usize..8,
        behind: bool,
    ) {
        let offers = listed(&numbers);
        let (moved, beside) = (moved % offers.len(), beside % offers.len());
        let offer = id(beside);
        let to = if behind { Place::After { other: offer } } else { Place::Before { other: offer } };
        let wanted = wanted_order(&offers, id(moved), to).unwrap();
        let (next, changed) = after(&offers, moved, to);
        // The order in which the hotel will list them by age; entities of the same age keep their order here.
        let mut placed: Vec<usize> = (0..next.len()).collect();
        placed.sort_by_key(|at| (next[*at].number, age(&next, *at)));
        prop_assert_eq!(&placed, &wanted);
        prop_assert_eq!(changed, fewest(&offers, &wanted));
    }
}
