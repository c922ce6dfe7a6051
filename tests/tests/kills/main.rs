//! The real `deskctl`, killed at random moments while it edits and syncs at a hotel where much goes wrong.
//!
//! Several desks work side by side, each at a hotel of its own. A desk's ledger ([`ledger`]) holds what the
//! program has said was accepted; a command that was killed before it said anything must have happened
//! wholly or not at all, and which of the two is looked up at once. When the kills are over, the faults end,
//! and the hotel must hold exactly what the ledgers say.
//!
//! `DESK_KILLS` says how many kills (25 without it), `DESK_SEED` where chance comes from. What is chosen
//! depends on the seed alone; when exactly a kill strikes depends on the machine too.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where something unexpected happens"
)]

mod desk;
mod ledger;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use futures_util::future::join_all;

use desk::Desk;

/// Desks at work at the same time: most of the time of each is spent waiting for a dead sender's lease.
const DESKS: usize = 3;
/// Kills in a normal run, over all desks.
const KILLS: usize = 25;

fn number(name: &str, otherwise: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is a number, not “{text}”")),
        Err(_) => otherwise,
    }
}

/// Every way in which a request can go wrong, more often for writes, which are what could be doubled or lost.
fn mishaps() -> FaultPlan {
    let status = |code| StatusFault { code, body: None };
    let kinds = [
        (Action::DropBeforeCommit, 0.06),
        (Action::DropAfterCommit, 0.08),
        (Action::Status(status(500)), 0.05),
        (Action::StatusAfterCommit(status(500)), 0.06),
        (Action::RateLimited { retry_after_s: 1 }, 0.05),
        (Action::TruncatedBody, 0.06),
        (Action::DelayMs(250), 0.3),
    ];
    let rules = kinds.into_iter().flat_map(|(action, chance)| {
        let write = |method| Rule::new(action.clone()).method(method).probability(chance);
        let read = Rule::new(action.clone()).method("GET").probability(chance / 8.0);
        [write("POST"), write("PATCH"), write("DELETE"), read]
    });
    FaultPlan::of(rules)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_accepted_survives_every_kill_and_reaches_the_hotel_exactly_once() {
    let (seed, kills) = (number("DESK_SEED", 7), number("DESK_KILLS", KILLS));
    println!("DESK_SEED={seed} DESK_KILLS={kills}");
    let share = |desk: usize| kills / DESKS + usize::from(desk < kills % DESKS);
    let tallies = join_all((0..DESKS).map(|desk| siege(seed * DESKS + desk, share(desk)))).await;
    let sum = |part: fn(&Tally) -> usize| tallies.iter().map(part).sum::<usize>();
    println!(
        "{} commands accepted; {} kills, {} amid sending; {} writes went wrong; {} wishes repeated by hand",
        sum(|tally| tally.accepted),
        sum(|tally| tally.kills),
        sum(|tally| tally.amid_sending),
        sum(|tally| tally.mishaps),
        sum(|tally| tally.repeated),
    );
    // A run in which nothing went wrong proves nothing.
    assert_eq!(sum(|tally| tally.kills), kills);
    assert!(sum(|tally| tally.amid_sending) * 5 >= kills, "hardly a kill struck while something was sent");
    assert!(sum(|tally| tally.mishaps) * 2 >= kills, "hardly a request went wrong");
    assert!(sum(|tally| tally.accepted) >= kills, "hardly anything was accepted");
}

/// What happened at one desk.
struct Tally {
    /// Kills of a running program.
    kills: usize,
    /// Of these, how many struck a `sync` that had begun to send.
    amid_sending: usize,
    /// Commands that were accepted.
    accepted: usize,
    /// Writes that were dropped or refused by the fault plan.
    mishaps: usize,
    /// Wishes that needed a person in the end, and were repeated.
    repeated: usize,
}

/// One desk's run from the first kill to the last look.
async fn siege(seed: usize, kills: usize) -> Tally {
    let hotel = DemoHotel::start(Options::default().seed(seed as u64)).await.unwrap();
    let mut desk = Desk::at(&hotel, seed as u64).await;
    hotel.set_faults(mishaps()).unwrap();
    hotel.reset_requests();
    while desk.kills < kills {
        desk.work(kills).await;
    }
    let mishaps = hotel
        .requests()
        .iter()
        .filter(|request| request.method != "GET" && request.status.is_none_or(|status| status >= 300))
        .count();
    hotel.clear_faults();
    let repeated = desk.settle().await;
    desk.compare().await;
    Tally { kills: desk.kills, amid_sending: desk.amid_sending, accepted: desk.accepted, mishaps, repeated }
}
