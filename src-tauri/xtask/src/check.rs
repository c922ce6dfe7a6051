//! `cargo xtask test`: everything that judges the project.

use crate::build;
use crate::interop;
use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, cargo, must, root};
use crate::tally::Tally;
use crate::types;
use crate::web;

/// Where the window tests leave their screenshots.
const SCREENSHOTS: &str = "artifacts/screenshots";

/// The test target that drives the real window.
const WINDOW_TESTS: &str = "window";

/// Runs every check, or only the Rust tests that a filter names.
pub(crate) fn run(filter: Option<&str>) -> Outcome {
    filter.map_or_else(everything, only)
}

fn everything() -> Outcome {
    let mut tally = Tally::default();
    // Without these nothing can be built: everything later would fail for the same reason.
    let ready = tally.check("system packages", || packages::ensure(Purpose::Tests))
        && tally.check("npm packages", || web::install().and_then(|()| web::install_pusher_js()));
    if !ready {
        return tally.close();
    }
    tally.check("rustfmt", || must(&mut cargo(&["fmt", "--all", "--check"]), "The check of the formatting"));
    tally
        .check("types of the screens", || must(&mut web::npm(&["run", "--silent", "check"]), "svelte-check"));
    tally.check("lint of the screens", || must(&mut web::npm(&["run", "--silent", "lint"]), "eslint"));
    tally.tests("tests of the screens", web::npm(&["run", "--silent", "test"]).env("NO_COLOR", "1"));
    tally.check("web files", web::build);
    tally.check("programs", || must(&mut cargo(&["build", "--workspace", "--all-targets"]), "Building"));
    tally.check("clippy", || {
        must(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]), "Clippy")
    });
    rust_tests(&mut tally);
    interop::step(&mut tally);
    tally.close()
}

fn rust_tests(tally: &mut Tally) {
    let fresh = match types::Fresh::folder() {
        Ok(fresh) => fresh,
        Err(sentence) => {
            tally.check("Rust tests", || Err(sentence));
            return;
        }
    };
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    tally.tests("Rust tests", fresh.filled_by(&mut tests));
    if let Some(obstacle) = no_window_tests() {
        tally.skip("the real window", &obstacle);
    }
    tally.check("generated files", || fresh.compare());
}

/// Why the window cannot be driven on this system; nothing where it can. The tests bring their own virtual display,
/// session bus and key store: they never see the person's.
fn no_window_tests() -> Option<String> {
    let system = std::env::consts::OS;
    (system != "linux")
        .then(|| format!("it is driven by WebKitWebDriver on a virtual display, which {system} lacks"))
}

fn only(filter: &str) -> Outcome {
    build::everything(&mut Progress::of(build::STEPS), Purpose::Tests)?;
    let mut tally = Tally::default();
    tally.tests("Rust tests", &mut cargo(&["test", "--workspace", "--no-fail-fast", filter]));
    tally.close()
}

/// Drives the real window without a screen.
pub(crate) fn window_tests() -> Outcome {
    if let Some(obstacle) = no_window_tests() {
        return Err(format!("Here the window needs a screen: {obstacle}."));
    }
    let arguments = ["test", "--workspace", "--test", WINDOW_TESTS, "--", "--nocapture"];
    must(&mut cargo(&arguments), "Driving the window")?;
    println!("The screenshots are in {}.", root().join(SCREENSHOTS).display());
    Ok(())
}
