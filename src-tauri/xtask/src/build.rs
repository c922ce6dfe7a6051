//! Builds the programs and web files that every task needs, always in the same way.
//!
//! Cargo always builds the whole workspace: with another choice of packages it would choose other features for shared
//! crates, and build them twice.

use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, built, cargo, must, target};
use crate::web;

/// The number of steps of [`everything`].
pub(crate) const STEPS: usize = 4;

/// Prints the cost of a build before it begins. The numbers were measured on two cores.
pub(crate) fn say_costs(purpose: Purpose) {
    let folder = target();
    let folder = folder.display();
    if built("hotelmate-desk").exists() {
        println!("What has changed since the last build is built in {folder}.");
        return;
    }
    let minutes = if purpose == Purpose::Tests { 12 } else { 6 };
    println!(
        "The first time takes about {minutes} minutes on two cores, and up to 5.7 GB in {folder}; less where a part is \
         built already."
    );
}

/// Installs system packages and npm packages, and builds web files and programs.
pub(crate) fn everything(progress: &mut Progress, purpose: Purpose) -> Outcome {
    progress.next("looking for system packages");
    packages::ensure(purpose)?;
    progress.next("looking for npm packages");
    web::install()?;
    progress.next("building the window's web files");
    web::build()?;
    progress.next("building the programs");
    let mut build = cargo(&["build", "--workspace"]);
    if purpose == Purpose::Tests {
        // The features are the same (`xtask/tests/suite/dependencies.rs`), so shared crates are built once.
        build.arg("--all-targets");
    }
    must(&mut build, "Building the programs")
}
