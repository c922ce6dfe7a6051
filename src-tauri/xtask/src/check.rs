//! `cargo xtask check` and `cargo xtask test`: all checks and tests of the project.

use crate::build;
use crate::failures::{self, SCREENSHOTS};
use crate::interop;
use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, cargo, must, nextest, root};
use crate::spelling;
use crate::tally::Tally;
use crate::types::Fresh;
use crate::web;

/// A person's job from sign-in to sign-out, in the real window.
const MAIN_JOB: &str = "test(/^window::main_job::/)";

/// The parts of the Rust tests, each with a filter of its tests.
const PARTS: [(&str, &str); 8] = [
    ("core", "package(hotelmate-core)"),
    ("pusher", "package(hotelmate-pusher)"),
    ("hotel", "package(demo-hotel)"),
    ("deskctl", "package(deskctl)"),
    ("shell", "package(hotelmate-desk)"),
    ("product", "package(desk-tests) and not test(/^(window|model|kills)::/)"),
    ("window", "package(desk-tests) and test(/^window::/)"),
    ("long", "package(desk-tests) and test(/^(model|kills)::/)"),
];

/// The sizes of the long tests, by their variables: steps of the model, kills of each seed, and seeds.
const LONG: [(&str, &str); 3] = [("DESK_MODEL_STEPS", "1000000"), ("DESK_KILLS", "500"), ("DESK_SEEDS", "4")];

/// Runs everything except the tests.
pub(crate) fn checks() -> Outcome {
    with_packages(|tally| {
        sources(tally);
        clippy(tally);
        tally.check("generated files", || {
            let fresh = Fresh::folder()?;
            fresh.fill()?;
            fresh.compare()
        });
    })
}

/// Runs every check and every test.
pub(crate) fn everything() -> Outcome {
    build::say_costs(Purpose::Tests);
    with_packages(|tally| {
        sources(tally);
        screens(tally);
        let programs = ["build", "--workspace", "--all-targets"];
        tally.check("programs", || must(&mut cargo(&programs), "Building"));
        clippy(tally);
        rust_tests(tally);
        interop::step(tally);
    })
}

/// Runs one part of the tests, or the Rust tests whose names contain this text.
pub(crate) fn part(name: &str) -> Outcome {
    if name == "ui" {
        return with_packages(screens);
    }
    build::say_costs(Purpose::Tests);
    build::everything(&mut Progress::of(build::STEPS), Purpose::Tests)?;
    let known = PARTS.iter().find(|(part, _)| *part == name).map(|(_, tests)| (*tests).to_owned());
    let mut tests = nextest(&known.unwrap_or_else(|| format!("test({name})")));
    if name == "long" {
        tests.envs(LONG);
    }
    let mut tally = Tally::default();
    failures::forget();
    tally.tests("Rust tests", &mut tests);
    tally.close()
}

/// Runs the main job in the real window without a screen.
pub(crate) fn main_job() -> Outcome {
    if let Some(obstacle) = no_window_tests() {
        return Err(format!("Here the window needs a screen: {obstacle}."));
    }
    failures::forget();
    let driven = must(nextest(MAIN_JOB).arg("--no-capture"), "Driving the window");
    println!("\nThe screenshots are in {}.", root().join(SCREENSHOTS).display());
    let lines = failures::lines().join("\n");
    match driven {
        Ok(()) => {
            print!("{lines}");
            Ok(())
        }
        Err(sentence) => Err(format!("{sentence}\n{lines}")),
    }
}

/// Installs the packages without which nothing can be built. If this fails, all later steps would fail for the same
/// reason.
fn with_packages(steps: impl FnOnce(&mut Tally)) -> Outcome {
    let mut tally = Tally::default();
    let ready = tally.check("system packages", || packages::ensure(Purpose::Tests))
        && tally.check("npm packages", || web::install().and_then(|()| web::install_pusher_js()));
    if ready {
        steps(&mut tally);
    }
    tally.close()
}

/// Runs the checks that need no Rust compiler, and then builds the web files, which the build of the window's program
/// needs.
fn sources(tally: &mut Tally) {
    tally.check("rustfmt", || must(&mut cargo(&["fmt", "--all", "--check"]), "The check of the formatting"));
    tally.check("spelling", spelling::check);
    tally
        .check("types of the screens", || must(&mut web::npm(&["run", "--silent", "check"]), "svelte-check"));
    tally.check("lint of the screens", || must(&mut web::npm(&["run", "--silent", "lint"]), "eslint"));
    tally.check("web files", web::build);
}

fn screens(tally: &mut Tally) {
    tally.tests("tests of the screens", web::npm(&["run", "--silent", "test"]).env("NO_COLOR", "1"));
}

fn clippy(tally: &mut Tally) {
    tally.check("clippy", || {
        must(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]), "Clippy")
    });
}

fn rust_tests(tally: &mut Tally) {
    let fresh = match Fresh::folder() {
        Ok(fresh) => fresh,
        Err(sentence) => {
            tally.check("Rust tests", || Err(sentence));
            return;
        }
    };
    failures::forget();
    tally.tests("Rust tests", fresh.filled_by(&mut nextest("all()")));
    if let Some(obstacle) = no_window_tests() {
        tally.skip("the real window", &obstacle);
    }
    tally.check("generated files", || fresh.compare());
    tally.check("benchmarks", trials);
    tally.tests("examples in the docs", &mut cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]));
}

/// Runs each benchmark once with its smallest sizes, so that a broken benchmark is noticed at once.
fn trials() -> Outcome {
    must(&mut cargo(&["test", "--workspace", "--bench", "*"]), "A trial of the benchmarks")
}

/// Returns the reason why the window cannot be tested on this system, or none if it can. The tests start their own
/// virtual display, session bus and key store: they never see the person's.
fn no_window_tests() -> Option<String> {
    let system = std::env::consts::OS;
    (system != "linux")
        .then(|| format!("it is driven by WebKitWebDriver on a virtual display, which {system} lacks"))
}
