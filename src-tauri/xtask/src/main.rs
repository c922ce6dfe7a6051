//! The project's tasks: `cargo xtask demo`, `cargo xtask test` and others.
//!
//! It needs only Rust and Node. It installs the rest itself, and prints each step before it begins.

mod bench;
mod build;
mod check;
mod codes;
mod demo;
mod failures;
mod interop;
mod licences;
mod packages;
mod run;
mod spelling;
mod tally;
mod types;
mod web;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// The tasks of HotelMate Desk.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Sets everything up, starts the demo hotel and opens the window, signed in; nothing of it touches your own data
    Demo(demo::Options),
    /// The demo hotel and the window, whose page follows every change of `ui` and `words` at once; for a change of
    /// Rust, close it and start it again
    Dev,
    /// Every check and no test: formatting, spelling, lints, types, generated files
    Check,
    /// Every check and every test, the window tests included; those with a real Pusher server once `interop` has built
    /// it
    Test {
        /// Only a part, without the checks: core, pusher, hotel, deskctl, shell, ui, product, window, long; or the Rust
        /// tests whose names contain it
        part: Option<String>,
    },
    /// The benchmarks, in the release profile, beside their floors and peers in the same run
    Bench(bench::Options),
    /// The demo hotel and our Pusher client with other people's Pusher software: pusher-js, the official Python
    /// library, and a real server, which takes 10 to 20 minutes to build the first time
    Interop {
        /// Whose tests
        #[arg(value_enum, default_value_t)]
        part: interop::Part,
    },
    /// Writes ui/src/generated anew from the Rust types and the word catalogue
    Types,
    /// The part of it that comes from the word catalogue (words/), the sources and the lock files, without building
    /// anything else
    Words,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Some(Task::Demo(options)) => demo::run(options),
        Some(Task::Dev) => demo::dev(),
        Some(Task::Check) => check::checks(),
        Some(Task::Test { part: None }) => check::everything(),
        Some(Task::Test { part: Some(part) }) => check::part(&part),
        Some(Task::Bench(options)) => bench::run(options),
        Some(Task::Interop { part }) => interop::run(part),
        Some(Task::Types) => types::write(),
        Some(Task::Words) => words::write().and_then(|()| codes::write()).and_then(|()| licences::write()),
        None => Arguments::command().print_long_help().map_err(|error| error.to_string()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_understood(words: &str) -> bool {
        Arguments::try_parse_from(["xtask"].into_iter().chain(words.split_whitespace())).is_ok()
    }

    #[test]
    fn the_words_behind_xtask_are_read_strictly() {
        Arguments::command().debug_assert();
        for words in [
            "",
            "demo",
            "dev",
            "demo --port 8080 --headless",
            "check",
            "test name",
            "test window",
            "bench --debug",
            "interop pusher",
        ] {
            assert!(is_understood(words), "{words}");
        }
        for words in [
            "dance",
            "demo --port",
            "demo --port 99999",
            "demo --window",
            "test one two",
            "bench nothing",
            "bench --release",
            "interop hotel",
            "types all",
        ] {
            assert!(!is_understood(words), "{words}");
        }
    }
}
