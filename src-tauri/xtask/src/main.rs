//! The project's tasks: `cargo xtask demo`, `cargo xtask test` and their kin.
//!
//! It needs nothing but Rust and Node, sets the rest up itself, and says what it does before it does it.

mod bench;
mod build;
mod check;
mod demo;
mod interop;
mod packages;
mod run;
mod tally;
mod types;
mod web;
mod words;

use std::process::ExitCode;

use run::Outcome;

const HELP: &str = "\
The tasks of HotelMate Desk.

  cargo xtask demo [--headless] [--port N]
      Sets everything up, starts the demo hotel and opens the window, signed in. Nothing of it touches your own
      data. --headless: without a screen; drives the window through the main job and keeps screenshots.
      --port N: the demo hotel's port (a free one by default).

  cargo xtask test [FILTER]
      Every check and every test, the window tests included; those with a real Pusher server once `interop` has built
      it. FILTER: only the Rust tests whose names
      contain it, without the other checks.

  cargo xtask bench [NAME] [--debug]
      The benchmarks, in the release profile, beside their floors and peers in the same run. NAME: only that one of
      tests/benches, or `pusher`. --debug: with the programs of the development profile, to try the benchmarks out.

  cargo xtask interop [pusher]
      The demo hotel and our Pusher client with other people's Pusher software: pusher-js, the official Python library,
      and a real server, which takes 10 to 20 minutes to build the first time. pusher: our Pusher client alone.

  cargo xtask types
      Writes ui/src/generated anew from the Rust types and the word catalogue.

  cargo xtask words
      The part of it that comes from the word catalogue (words/), without building anything else.

  cargo xtask help
      This text.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let outcome = match task {
        "demo" => demo::Options::read(rest).and_then(demo::run),
        "test" => check::run(rest),
        "bench" => bench::Options::read(rest).and_then(bench::run),
        "interop" => interop::Part::read(rest).and_then(interop::run),
        "types" => none(rest).and_then(|()| types::write()),
        "words" => none(rest).and_then(|()| words::write()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("There is no task “{other}”; `cargo xtask help` lists them.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn none(rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(format!("“{extra}” is not understood here; `cargo xtask help` tells what is.")),
    }
}
