//! `cargo xtask bench`: the benchmarks, each beside a floor or a peer that is measured in the same run.

use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, cargo, must};
use crate::web;

/// How the benchmarks shall be built.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    debug: bool,
}

impl Options {
    /// Reads the words behind `bench`.
    pub(crate) fn read(words: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        for word in words {
            match word.as_str() {
                "--debug" => options.debug = true,
                other => {
                    return Err(format!("“{other}” is not understood; `cargo xtask help` tells what is."));
                }
            }
        }
        Ok(options)
    }

    fn profile(&self) -> &'static str {
        if self.debug { "dev" } else { "release" }
    }
}

/// Builds everything that is measured, and measures.
pub(crate) fn run(options: Options) -> Outcome {
    let mut progress = Progress::of(5);
    progress.next("looking for system packages");
    packages::ensure(Purpose::Tests)?;
    progress.next("looking for npm packages");
    web::install()?;
    progress.next("building the window's web files");
    web::build()?;
    progress.next(if options.debug {
        "building the programs"
    } else {
        "building the programs for release (about 10 minutes the first time)"
    });
    let profile = options.profile();
    let build = ["build", "--workspace", "--bins", "--examples", "--bench", "*", "--profile", profile];
    must(&mut cargo(&build), "Building the programs")?;
    progress.next("measuring; the less else the computer does, the better");
    must(&mut cargo(&["bench", "--workspace", "--bench", "*", "--profile", profile]), "Measuring")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_behind_bench_are_read_strictly() {
        assert_eq!(Options::read(&[]).map(|options| options.profile()), Ok("release"));
        assert_eq!(Options::read(&["--debug".to_owned()]).map(|options| options.profile()), Ok("dev"));
        assert!(Options::read(&["--release".to_owned()]).is_err());
    }
}
