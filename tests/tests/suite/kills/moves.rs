//! Accounts that move from computer to computer while the program is killed at each step.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use serde_json::Value;
use tokio::task::yield_now;

use crate::kills::program::{Blow, Moment, Program};

/// The rounds of each step. The exact moment of a kill depends on the machine.
const ROUNDS: usize = 2;
/// The number of syncs after which nothing may wait.
const SYNCS: usize = 30;

/// Something that a step of the program makes visible.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A file has appeared.
    Appears(&'static str),
    /// A file has content.
    HasContent(&'static str),
    /// A file has disappeared after it had appeared.
    Disappears(&'static str),
}

/// The steps of a move, in their order.
const MOVE: [Step; 6] = [
    Step::Appears("desk.sqlite-wal"),
    Step::Appears("desk.sqlite.moving"),
    Step::Appears("account.partial"),
    Step::HasContent("account.partial"),
    Step::Disappears("desk.sqlite.moving"),
    Step::Appears("account"),
];
/// The steps of an arrival, in their order.
const TAKE: [Step; 4] = [
    Step::Appears("desk.sqlite.opening"),
    Step::Appears("desk.sqlite.taking"),
    Step::HasContent("desk.sqlite.taking"),
    Step::Disappears("desk.sqlite.taking"),
];

/// A computer, and the places in which its program makes files.
struct Computer<'a> {
    program: Program<'a>,
    folder: tempfile::TempDir,
}

impl<'a> Computer<'a> {
    async fn new(hotel: &'a DemoHotel) -> Self {
        let token = desk_tests::test_desk::token(hotel, 0).await.expose().to_owned();
        let folder = tempfile::tempdir().unwrap();
        Self { program: Program::at(hotel, token, folder.path().to_owned()), folder }
    }

    /// Runs a command to its end, and returns its exit code and its answer.
    async fn run(&self, args: &[&str]) -> (Option<i32>, Option<Value>) {
        let run = self.program.run(args, Moment::Never, Blow::Kill).await;
        (run.code, run.answer)
    }

    async fn ends(&self, args: &[&str], code: i32) -> Option<Value> {
        let run = self.program.run(args, Moment::Never, Blow::Kill).await;
        assert_eq!(run.code, Some(code), "{args:?}: {}", run.reported);
        run.answer
    }

    /// Runs a command, and kills it once it has made this step. Returns true if it was killed before its end.
    async fn killed_at(&self, args: &[&str], step: Step, stick: &Path) -> bool {
        let mut command = self.program.command(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut was_there = false;
        while child.try_wait().unwrap().is_none() {
            let (name, is_made): (_, fn(bool, u64) -> bool) = match step {
                Step::Appears(name) => (name, |_, _| true),
                Step::HasContent(name) => (name, |_, size| size > 0),
                Step::Disappears(name) => (name, |_, _| false),
            };
            let about = self.places(name, stick).iter().find_map(|path| std::fs::metadata(path).ok());
            let is_over = matches!(step, Step::Disappears(_)) && was_there && about.is_none();
            if is_over || about.as_ref().is_some_and(|about| is_made(was_there, about.len())) {
                child.kill().await.unwrap();
                return true;
            }
            was_there |= about.is_some();
            yield_now().await;
        }
        false
    }

    /// The places where a file of this name may appear.
    fn places(&self, name: &str, stick: &Path) -> Vec<PathBuf> {
        let accounts = std::fs::read_dir(self.folder.path().join("accounts"));
        let mut places: Vec<PathBuf> =
            accounts.into_iter().flatten().flatten().map(|entry| entry.path().join(name)).collect();
        places.push(stick.join(name));
        places
    }

    /// Returns the number of waiting changes, and whether the account was moved away; none without an account.
    async fn state(&self) -> Option<(u64, bool)> {
        let listed = self.ends(&["accounts", "list"], 0).await.unwrap();
        let account = listed.as_array().unwrap().first()?;
        Some((account["waits"]["changes"].as_u64().unwrap(), !account["moved_to"].is_null()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_killed_at_any_step_leaves_the_account_in_one_place_and_sends_everything_once() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let username = hotel.users()[0].username.clone();
    let mut computer = Computer::new(&hotel).await;
    computer.ends(&["sync"], 0).await;
    let (mut killed, mut titles, mut as_before, mut away) = (0, Vec::new(), 0, 0);
    for round in 0..ROUNDS * MOVE.len() {
        let title = format!("Moved {round}");
        computer.ends(&["offers", "add", "--title", &title, "--short-description", "s"], 0).await;
        titles.push(title);
        let stick = tempfile::tempdir().unwrap();
        let file = stick.path().join("account");
        let to = file.to_str().unwrap();
        let leave = ["accounts", "move", &username, "--to", to];
        killed += usize::from(computer.killed_at(&leave, MOVE[round % MOVE.len()], stick.path()).await);
        let (waiting, is_away) = computer.state().await.unwrap();
        // Neither is lost: not the account, and not the file of an account that is away.
        assert_eq!(waiting, 1, "round {round}");
        assert!(is_away || !file.exists(), "round {round}: both are here");
        (as_before, away) = (as_before + usize::from(!is_away), away + usize::from(is_away));
        computer.ends(&leave, 0).await;
        assert_eq!(computer.state().await, Some((1, true)));

        let next = Computer::new(&hotel).await;
        let arrive = ["accounts", "take", to];
        killed += usize::from(next.killed_at(&arrive, TAKE[round % TAKE.len()], stick.path()).await);
        // The old state or the new one. The same call again completes it, or says that it is complete.
        let was_there = next.state().await.is_some_and(|(waiting, _)| waiting == 1);
        let code = next.run(&arrive).await.0;
        assert!(code == Some(0) && !was_there || code == Some(1) && was_there, "round {round}: {code:?}");
        assert_eq!(next.state().await, Some((1, false)));
        next.ends(&["sync"], 0).await;
        assert_eq!(computer.run(&["sync"]).await.0, Some(1), "the old computer sends nothing");
        computer = next;
    }
    println!("{killed} kills; {as_before} moves had not happened, {away} had");
    assert!(killed >= ROUNDS * MOVE.len(), "hardly a kill struck");
    assert!(as_before > 0 && away > 0, "all kills struck at the same side of the mark");
    for title in titles {
        let count = hotel.offers().iter().filter(|offer| offer["title"] == *title).count();
        assert_eq!(count, 1, "{title}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_had_left_when_the_sender_was_killed_is_not_repeated_by_the_new_computer() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let username = hotel.users()[0].username.clone();
    let old = Computer::new(&hotel).await;
    old.ends(&["sync"], 0).await;
    old.ends(&["offers", "add", "--title", "Left", "--short-description", "s"], 0).await;
    // The hotel makes the offer, and the answer comes too late for the sender.
    let late = Rule::new(Action::DelayMs(600)).method("POST").path("*/offers/");
    hotel.set_faults(FaultPlan::of([late])).unwrap();
    let heard = Moment::Heard { requests: 1, writes: true, then: Duration::ZERO };
    assert!(old.program.run(&["sync"], heard, Blow::Kill).await.struck);

    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("account");
    let to = file.to_str().unwrap();
    // This waits for the lease of the killed sender.
    old.ends(&["accounts", "move", &username, "--to", to], 0).await;
    let new = Computer::new(&hotel).await;
    new.ends(&["accounts", "take", to], 0).await;
    hotel.clear_faults();
    let mut code = None;
    for _ in 0..SYNCS {
        code = new.run(&["sync"]).await.0;
        if code == Some(0) {
            break;
        }
    }
    assert_eq!(code, Some(0), "it is never quiet");
    assert_eq!(hotel.offers().iter().filter(|offer| offer["title"] == "Left").count(), 1);
}
