//! What every task builds first, always in the same way.
//!
//! Cargo is always asked for the whole workspace: with another choice of packages it would choose other features for
//! shared crates, and build them twice.

use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, built, cargo, must};
use crate::web;

/// How many steps [`everything`] tells.
pub(crate) const STEPS: usize = 4;

/// System packages, npm packages, web files and programs.
pub(crate) fn everything(progress: &mut Progress, purpose: Purpose) -> Outcome {
    progress.next("looking for system packages");
    packages::ensure(purpose)?;
    progress.next("looking for npm packages");
    web::install()?;
    progress.next("building the window's web files");
    web::build()?;
    let is_first = !built("hotelmate-desk").exists();
    progress.next(if is_first {
        "building the programs (about 5 minutes the first time)"
    } else {
        "building the programs"
    });
    let mut build = cargo(&["build", "--workspace"]);
    if purpose == Purpose::Tests {
        // Tests ask for features of their own, and with them shared crates are other crates: build those at once.
        build.arg("--all-targets");
    }
    must(&mut build, "Building the programs")
}
