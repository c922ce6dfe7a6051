//! `cargo xtask bench`: the benchmarks, each beside a floor or a peer that is measured in the same run.

use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, cargo, must, root};
use crate::web;

/// The benchmark of pictures. It needs no window, but other people's tools.
const PICTURES: &str = "pictures";
/// The benchmark of the reception display. It is measured beside a browser.
const DISPLAY: &str = "display";
/// The benchmark that counts the cost of desks for a server. It needs neither.
const SCALE: &str = "scale";
/// The benchmark of the Pusher client. It is in the client's package and builds nothing else.
const PUSHER: &str = "pusher";
/// The peer from npm, with a fixed version.
const SHARP: &str = "sharp@0.34";

/// The benchmarks to run, and the profile to build them with.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Options {
    /// Builds the programs of the development profile, to try the benchmarks out
    #[arg(long)]
    debug: bool,
    /// Only that one of tests/benches, or `pusher`
    #[arg(value_name = "NAME", value_parser = benchmark)]
    only: Option<String>,
}

impl Options {
    fn profile(&self) -> &'static str {
        if self.debug { "dev" } else { "release" }
    }
}

/// Checks that a benchmark with this name exists. Benchmarks are folders.
fn benchmark(name: &str) -> Outcome<String> {
    let is_one = name == PUSHER
        || !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric())
            && root().join("tests/benches").join(name).is_dir();
    if is_one { Ok(name.to_owned()) } else { Err("there is no such benchmark".to_owned()) }
}

/// Builds everything that is measured, and measures it.
pub(crate) fn run(options: Options) -> Outcome {
    match options.only.as_deref() {
        Some(PUSHER) => pusher(&options),
        Some(_) => desk(&options),
        None => desk(&options).and_then(|()| pusher(&options)),
    }
}

fn pusher(options: &Options) -> Outcome {
    let mut progress = Progress::of(3);
    progress.next("looking for pusher-js");
    web::install_pusher_js()?;
    progress.next("building the client and what it is measured beside");
    let measure =
        ["bench", "--package", "hotelmate-pusher", "--bench", PUSHER, "--profile", options.profile()];
    must(cargo(&measure).arg("--no-run"), "Building")?;
    progress.next("measuring, for two minutes; the less else the computer does, the better");
    must(&mut cargo(&measure), "Measuring")
}

fn desk(options: &Options) -> Outcome {
    let mut progress = Progress::of(5);
    let bench = options.only.as_deref().unwrap_or("*");
    let needs_window = ![PICTURES, SCALE].contains(&bench);
    let needs_peers = [PICTURES, "*"].contains(&bench);
    let needs_browser = [DISPLAY, "*"].contains(&bench);
    progress.next("looking for system packages");
    if needs_window {
        packages::ensure(Purpose::Tests)?;
    }
    if needs_peers {
        packages::ensure(Purpose::Pictures)?;
    }
    if needs_browser {
        packages::ensure(Purpose::Display)?;
    }
    progress.next("looking for npm packages");
    if needs_window {
        web::install()?;
    }
    if needs_peers {
        web::install_peer(SHARP)?;
    }
    progress.next("building the window's web files");
    if needs_window {
        web::build()?;
    }
    progress.next(if options.debug {
        "building the programs"
    } else {
        "building the programs for release (about 10 minutes the first time)"
    });
    let profile = options.profile();
    // The same packages are named twice: other ones would have other features, and everything would be built again.
    let packages: &[&str] = if needs_window { &["--workspace"] } else { &["--package", "desk-tests"] };
    let programs: &[&str] = if needs_window { &["--bins", "--examples"] } else { &[] };
    let what = ["--bench", bench, "--profile", profile];
    must(&mut cargo(&[&["build"], packages, programs, &what].concat()), "Building the programs")?;
    progress.next("measuring; the less else the computer does, the better");
    must(&mut cargo(&[&["bench"], packages, &what].concat()), "Measuring")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_benchmarks_that_there_are_can_be_named() {
        assert_eq!(benchmark("pictures"), Ok("pictures".to_owned()));
        assert_eq!(benchmark("pusher"), Ok("pusher".to_owned()));
        for word in ["--release", "nothing", "../tests", ""] {
            assert!(benchmark(word).is_err(), "{word}");
        }
        assert_eq!(Options::default().profile(), "release");
        assert_eq!(Options { debug: true, only: None }.profile(), "dev");
    }
}
