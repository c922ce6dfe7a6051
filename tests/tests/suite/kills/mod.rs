//! The real `deskctl`, stopped at random moments while it edits and syncs at a hotel with many faults.
//!
//! Several desks work side by side, each at its own hotel, on offers, room types, the branding and the gallery, while a
//! colleague writes, and answer a guest. Some stops let the program end in order, as a closed window does. The ledger
//! ([`ledger`]) of a desk contains the changes that the program has accepted, and the writer of each field. A command
//! that was killed before its answer must have been carried out completely or not at all; the test looks this up at
//! once. After the kills the faults end, the questions are answered, and the hotel must have exactly the content of the
//! ledgers.
//!
//! `DESK_KILLS` is the number of kills for each seed (default 25), `DESK_SEED` the first seed, and `DESK_SEEDS` the
//! number of seeds, which run one after another (default 1). The random choices depend only on the seed; the exact
//! moment of a kill also depends on the machine.

mod bulk;
mod chat;
mod colleague;
mod compare;
mod desk;
mod entities;
mod gallery;
mod ledger;
mod moves;
mod program;
mod questions;

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, LateCommit, Options, Rule, StatusFault};
use futures_util::future::join_all;

use desk::Desk;
use ledger::Findings;

/// Desks that work at the same time: each spends most of its time waiting for the lease of a dead sender.
const DESKS: usize = 3;
/// Kills in a normal run, over all desks.
const KILLS: usize = 25;
/// The longest time after which a request is carried out although its answer was lost. The program allows twice as
/// long.
pub const LATE: Duration = Duration::from_secs(2);

fn number(name: &str, otherwise: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is a number, not “{text}”")),
        Err(_) => otherwise,
    }
}

fn status(code: u16) -> StatusFault {
    StatusFault { code, body: None }
}

/// Returns a plan with every fault that a request can meet. Writes get more of them, because only a write can be
/// doubled or lost. The paths end where the desk's requests end, so they do not match the colleague's requests, which
/// have a query.
fn mishaps() -> FaultPlan {
    let kinds = [
        (Action::DropBeforeCommit, 0.09),
        (Action::DropAfterCommit, 0.12),
        (Action::Status(status(500)), 0.08),
        (Action::StatusAfterCommit(status(500)), 0.09),
        (Action::RateLimited { retry_after_s: 1 }, 0.08),
        (Action::TruncatedBody, 0.09),
    ];
    let every_where = kinds.into_iter().flat_map(|(action, chance)| {
        let write = |method| Rule::new(action.clone()).method(method).path("*/").probability(chance);
        let read = Rule::new(action.clone()).method("GET").probability(chance / 8.0);
        [write("POST"), write("PATCH"), write("DELETE"), read]
    });
    let after_ms = u64::try_from(LATE.as_millis()).unwrap() - 400;
    let late = move |answer| Action::CommitLate(LateCommit { after_ms, after_requests: None, answer });
    let late_writes = ["POST", "PATCH", "DELETE"].into_iter().flat_map(move |method| {
        let write = |action, chance| Rule::new(action).method(method).path("*/").probability(chance);
        [
            write(late(None), 0.04),
            write(late(Some(status(503))), 0.02),
            write(late(Some(status(504))), 0.04),
            write(Action::OtherRow, 0.03),
        ]
    });
    // During a delay this hotel may write a row with old values (contract.md 12, trap 12). So only creates are delayed.
    let creates = ["*/offers/", "*/room-types/"]
        .into_iter()
        .map(|path| Rule::new(Action::DelayMs(250)).method("POST").path(path).probability(0.3));
    let pictures = [
        (Action::Status(status(500)), 0.15),
        (Action::Status(status(401)), 0.15),
        (Action::Status(status(403)), 0.15),
        (Action::DelayMs(5_000), 0.1),
    ]
    .map(|(action, chance)| Rule::new(action).method("GET").path("*/media/*").probability(chance));
    FaultPlan::of(creates.chain(late_writes).chain(every_where).chain(pictures))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_accepted_survives_every_kill_and_reaches_the_hotel_exactly_once() {
    let (first, kills) = (number("DESK_SEED", 7), number("DESK_KILLS", KILLS));
    let seeds = number("DESK_SEEDS", 1);
    println!("DESK_SEED={first} DESK_SEEDS={seeds} DESK_KILLS={kills}");
    let mut rows = Vec::new();
    for seed in first..first + seeds {
        let share = |desk: usize| kills / DESKS + usize::from(desk < kills % DESKS);
        let tallies = join_all((0..DESKS).map(|desk| siege(seed * DESKS + desk, share(desk)))).await;
        let tally = tallies.into_iter().fold(Tally::default(), Tally::with);
        for (what, found) in [
            ("lost", &tally.findings.lost),
            ("doubled", &tally.findings.doubled),
            ("overwritten in silence", &tally.findings.overwritten),
        ] {
            found.iter().for_each(|sentence| println!("seed {seed}: {what}: {sentence}"));
        }
        println!("{}", tally.row(&seed.to_string()));
        rows.push((seed, tally));
    }
    println!("\n{HEADING}");
    rows.iter().for_each(|(seed, tally)| println!("{}", tally.row(&seed.to_string())));
    let sum = rows.into_iter().map(|(_, tally)| tally).fold(Tally::default(), Tally::with);
    println!("{}", sum.row("all"));
    let Findings { lost, doubled, overwritten } = &sum.findings;
    assert_eq!(
        (lost.len(), doubled.len(), overwritten.len()),
        (0, 0, 0),
        "lost, doubled, overwritten in silence"
    );
    // A run without a fault proves nothing.
    assert_eq!(sum.kills, kills * seeds);
    assert!(sum.amid_sending * 5 >= sum.kills, "hardly a kill struck while something was sent");
    assert!(sum.mishaps * 2 >= sum.kills, "hardly a request went wrong");
    assert!(sum.accepted >= sum.kills, "hardly anything was accepted");
    assert!(sum.by_colleague * 4 >= sum.kills, "hardly a colleague wrote");
}

const HEADING: &str = "seed   kills  orderly  sending  mishaps  accepted  colleague  asked  repeated  lost  doubled  \
                       overwritten in silence";

/// The counts of one desk, or of several.
#[derive(Default)]
struct Tally {
    /// The number of stops of a running program.
    kills: usize,
    /// The number of stops that let the program end in order.
    orderly: usize,
    /// The number of stops of a program that had begun to send.
    amid_sending: usize,
    /// The number of accepted commands.
    accepted: usize,
    /// The number of the colleague's writes.
    by_colleague: usize,
    /// The number of questions that a person answered.
    asked: usize,
    /// The number of writes that the fault plan dropped or refused.
    mishaps: usize,
    /// The number of intents that needed a person in the end and were repeated.
    repeated: usize,
    findings: Findings,
}

impl Tally {
    fn with(mut self, other: Self) -> Self {
        self.kills += other.kills;
        self.orderly += other.orderly;
        self.amid_sending += other.amid_sending;
        self.accepted += other.accepted;
        self.by_colleague += other.by_colleague;
        self.asked += other.asked;
        self.mishaps += other.mishaps;
        self.repeated += other.repeated;
        self.findings.lost.extend(other.findings.lost);
        self.findings.doubled.extend(other.findings.doubled);
        self.findings.overwritten.extend(other.findings.overwritten);
        self
    }

    fn row(&self, seed: &str) -> String {
        let Findings { lost, doubled, overwritten } = &self.findings;
        format!(
            "{seed:>4} {:>7} {:>8} {:>8} {:>8} {:>9} {:>10} {:>6} {:>9} {:>5} {:>8} {:>23}",
            self.kills,
            self.orderly,
            self.amid_sending,
            self.mishaps,
            self.accepted,
            self.by_colleague,
            self.asked,
            self.repeated,
            lost.len(),
            doubled.len(),
            overwritten.len()
        )
    }
}

/// Runs one desk from the first kill to the comparison.
async fn siege(seed: usize, kills: usize) -> Tally {
    let hotel = DemoHotel::start(Options::default().seed(seed as u64)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(&hotel, seed as u64, &folder, kills).await;
    hotel.set_faults(mishaps()).unwrap();
    hotel.reset_requests();
    while desk.kills < kills {
        desk.work().await;
    }
    let mishaps = hotel
        .requests()
        .iter()
        .filter(|request| {
            program::is_write_of_the_desk(request) && request.status.is_none_or(|status| status >= 300)
        })
        .count();
    hotel.clear_faults();
    let repeated = desk.quiesce().await;
    desk.compare().await;
    Tally {
        kills: desk.kills,
        orderly: desk.orderly,
        amid_sending: desk.amid_sending,
        accepted: desk.accepted,
        by_colleague: desk.by_colleague,
        asked: desk.asked,
        mishaps,
        repeated,
        findings: desk.findings,
    }
}
