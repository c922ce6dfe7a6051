//! Runs all programs in turns, prints the table, and reports which bounds are kept.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde::Deserialize;

use crate::CHANNEL;

/// The number of rounds in which each program takes the flood, in turns. The cheapest round counts: other work of the
/// computer only increases the cost.
const FULL: Sizes = Sizes { rounds: 7, flood: 300_000, steady: 2000, idle_seconds: 20 };
/// `cargo test` runs one round: only `cargo bench` passes `--bench`.
const TRIAL: Sizes = Sizes { rounds: 1, flood: 1000, steady: 100, idle_seconds: 1 };

struct Sizes {
    rounds: usize,
    flood: usize,
    /// Events that come at one hundred a second.
    steady: usize,
    idle_seconds: u32,
}

#[derive(Debug, Clone, Deserialize)]
struct Sum {
    events: usize,
    cpu_us: f64,
    early: f64,
    end: f64,
    late: Vec<f64>,
}

#[derive(Deserialize)]
struct Idle {
    cpu_us: f64,
}

/// The program.
#[derive(Clone, Copy)]
enum Program {
    Ours,
    Bare,
    PusherJs,
}

const PROGRAMS: [(Program, &str); 3] =
    [(Program::Ours, "ours"), (Program::Bare, "bare loop"), (Program::PusherJs, "pusher-js")];

impl Program {
    fn run(self, port: &str, key: &str, events: usize) -> Sum {
        let events = events.to_string();
        let mut command = match self {
            Self::Ours | Self::Bare => own(),
            Self::PusherJs => Command::new("node"),
        };
        match self {
            Self::Ours => command.args(["ours", port, key, &events]),
            Self::Bare => command.args(["bare", port, key, &events]),
            Self::PusherJs => command.current_dir(scripts()).args(["count.js", port, key, CHANNEL, &events]),
        };
        let sum: Sum = read(&mut command);
        assert_eq!(sum.events.to_string(), events);
        sum
    }
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/js")
}

fn own() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

fn read<T: for<'de> Deserialize<'de>>(command: &mut Command) -> T {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The server; it ends with the benchmark.
struct Source(Child);

impl Source {
    fn start() -> (Self, String) {
        let mut child = own().arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        (Self(child), port.trim().to_owned())
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the sample at this percentile: `percent` of all samples are not above it.
fn rank(mut samples: Vec<f64>, percent: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[(samples.len() * percent).div_ceil(100).max(1) - 1]
}

/// Measures and prints. It ends with an error if the client costs too much compared with the bare loop, which is
/// measured in turns with it: that ratio holds on a busy machine too. The other bounds are only reported.
pub fn run(is_trial: bool) {
    let Sizes { rounds: turns, flood, steady, idle_seconds } = if is_trial { TRIAL } else { FULL };
    let (_source, port) = Source::start();
    let mut rounds: [Vec<Sum>; 3] = Default::default();
    for _ in 0..turns {
        for (sums, (program, _)) in rounds.iter_mut().zip(PROGRAMS) {
            sums.push(program.run(&port, &flood.to_string(), flood));
        }
    }
    println!(
        "{flood} events as fast as they come, the cheapest of {turns} rounds and the medians of memory:"
    );
    println!("{:12}{:>14}{:>20}{:>16}", "", "µs an event", "MB at a tenth", "MB at the end");
    let median = |sums: &[Sum], of: fn(&Sum) -> f64| rank(sums.iter().map(of).collect(), 50);
    let mut cost = [0.0; 3];
    for ((sums, (_, name)), cost) in rounds.iter().zip(PROGRAMS).zip(&mut cost) {
        *cost = sums.iter().map(|sum| sum.cpu_us / sum.events as f64).fold(f64::INFINITY, f64::min);
        let (early, end) = (median(sums, |sum| sum.early / 1e6), median(sums, |sum| sum.end / 1e6));
        println!("{name:12}{cost:>14.2}{early:>20.1}{end:>16.1}");
    }
    let grown = median(&rounds[0], |sum| (sum.end - sum.early) / 1e6);

    println!("\n100 events a second, from the server's write to the consumer:");
    println!("{:12}{:>14}{:>20}", "", "median ms", "99th of 100 ms");
    let (mut ours, mut bare) = ((0.0, 0.0), (0.0, 0.0));
    for (program, name) in PROGRAMS {
        let late = program.run(&port, &format!("{steady}.100"), steady).late;
        let (median, worst) = (rank(late.clone(), 50) / 1000.0, rank(late, 99) / 1000.0);
        println!("{name:12}{median:>14.3}{worst:>20.3}");
        match program {
            Program::Ours => ours = (median, worst),
            Program::Bare => bare = (median, worst),
            Program::PusherJs => {}
        }
    }
    let idle: Idle = read(own().args(["idle", &port, &idle_seconds.to_string()]));
    let hour = idle.cpu_us / 1e6 * 3600.0 / f64::from(idle_seconds);

    println!("\n{:44}{:>10}{:>14}", "", "measured", "bound");
    let is_cheap = line("check 98: ours to the bare loop", cost[0] / cost[1], "at most", 2.0);
    line("pusher-js to ours", cost[2] / cost[0], "at least", 5.0);
    line("growth of ours over the flood, MB", grown, "at most", 1.0);
    line("check 99: median, ms", ours.0, "at most", 0.2);
    line("check 99: 99th of 100, ms", ours.1, "at most", 5.0);
    line("check 45: an idle hour, s of processor time", hour, "at most", 1.0);
    if bare.1 > 5.0 {
        println!(
            "The machine is not idle: of the bare loop's events, too, one of 100 took {:.1} ms.",
            bare.1
        );
    }
    // A trial is too short for a judgement.
    if !is_cheap && !is_trial {
        std::process::exit(1);
    }
}

/// Prints a line. Returns true if the bound is kept.
fn line(what: &str, measured: f64, side: &str, bound: f64) -> bool {
    let kept = if side == "at most" { measured <= bound } else { measured >= bound };
    let word = if kept { "" } else { "   MISSED" };
    println!("{what:44}{measured:>10.3}{side:>10} {bound:<5.1}{word}");
    kept
}
