//! `cargo xtask interop`: installs other people's Pusher software where it is missing, and runs the tests with it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::build;
use crate::packages::{self, Purpose};
use crate::run::{Outcome, Progress, cargo, command, must, nextest, output, root, target};
use crate::tally::Tally;
use crate::web;

/// A real server of the protocol, from crates.io. Without its default features it needs no database.
const SERVER: &str = "sockudo";
const SERVER_VERSION: &str = "5.2.0";

/// The tests of the demo hotel with the official clients.
const HOTEL_TESTS: &str = "package(demo-hotel) and test(/^official_clients::/)";

/// The package whose tests run.
#[derive(clap::ValueEnum, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    All,
    /// Our Pusher client alone, which builds nothing of the window
    Pusher,
}

/// Installs what is missing and runs the tests.
pub(crate) fn run(part: Part) -> Outcome {
    if part == Part::All {
        build::everything(&mut Progress::of(build::STEPS), Purpose::Tests)?;
    }
    let mut progress = Progress::of(4);
    progress.next("looking for system packages");
    packages::ensure(Purpose::Servers)?;
    progress.next("looking for pusher-js");
    web::install_pusher_js()?;
    progress.next("looking for the official Python library");
    install_python()?;
    progress.next(if is_server_installed() {
        "looking for sockudo"
    } else {
        "building sockudo (10 to 20 minutes, once)"
    });
    install_server()?;
    let mut tally = Tally::default();
    if part == Part::All {
        tally.tests("the demo hotel with the official clients", &mut nextest(HOTEL_TESTS));
    }
    tally.tests("our Pusher client beside pusher-js", &mut of_pusher("peers"));
    with_servers(&mut tally);
    tally.close()
}

/// Runs the tests with real servers as a part of every check, if that does not need the build of a server.
pub(crate) fn step(tally: &mut Tally) {
    let missing = missing(is_server_installed(), is_python_installed());
    if missing.is_empty() {
        return with_servers(tally);
    }
    tally.skip(
        "real Pusher servers",
        &format!("{} missing here: `cargo xtask interop`", missing.join(" and ")),
    );
}

/// Returns in words the tools that the tests with real servers lack.
fn missing(has_server: bool, has_python: bool) -> Vec<&'static str> {
    let server = (!has_server).then_some("sockudo, which takes 10 to 20 minutes to build,");
    server.into_iter().chain((!has_python).then_some("the official Python library")).collect()
}

fn with_servers(tally: &mut Tally) {
    tally.tests("real Pusher servers", of_pusher("servers").args(["--run-ignored", "only"]));
}

/// Returns the command for a part of our client's tests. It names the client's package only: they need nothing of the
/// window.
fn of_pusher(part: &str) -> Command {
    let filter = format!("test(/^{part}::/)");
    cargo(&["nextest", "run", "--package", "hotelmate-pusher", "--filterset", &filter])
}

/// Returns the folder in which the tests look for the software.
fn folder() -> PathBuf {
    target().join("interop")
}

fn is_server_installed() -> bool {
    let program = folder().join("bin").join(format!("{SERVER}{}", std::env::consts::EXE_SUFFIX));
    output(command(program).arg("--version")).is_some_and(|version| version.ends_with(SERVER_VERSION))
}

fn install_server() -> Outcome {
    if is_server_installed() {
        return Ok(());
    }
    let build = folder().join("build");
    let mut install = cargo(&["install", SERVER, "--version", SERVER_VERSION, "--locked", "--force"]);
    install.args(["--no-default-features", "--features", "local", "--root"]).arg(folder());
    must(install.env("CARGO_TARGET_DIR", &build), "Building sockudo")?;
    // The build folder takes a gigabyte and is not needed again. If it stays, it does no harm.
    let _ = fs::remove_dir_all(build);
    Ok(())
}

fn wanted_libraries() -> PathBuf {
    root().join("src-tauri/pusher/peers/python/requirements.txt")
}

/// Returns the file with the list from which the libraries were installed.
fn stamp() -> PathBuf {
    folder().join("python/installed-from.txt")
}

/// Returns the path of Python in an environment of its own with the libraries.
fn python() -> PathBuf {
    let program = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    folder().join("python").join(program)
}

/// Returns true if Python has the wanted libraries and starts. The stamp has the list they came from. Only Python
/// itself shows whether it still works: a new version of the system's breaks every environment.
fn is_python_installed() -> bool {
    let wanted = fs::read(wanted_libraries());
    let is_current = wanted.is_ok_and(|wanted| fs::read(stamp()).is_ok_and(|installed| installed == wanted));
    is_current && output(command(python()).args(["-c", "import pusher"])).is_some()
}

fn install_python() -> Outcome {
    if is_python_installed() {
        return Ok(());
    }
    let environment = folder().join("python");
    let mut make = Command::new(packages::PYTHON);
    must(make.args(["-m", "venv", "--clear"]).arg(&environment), "Making an environment for Python")?;
    let mut pip = Command::new(python());
    pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(wanted_libraries());
    must(&mut pip, "Installing the official Python library")?;
    fs::copy(wanted_libraries(), stamp())
        .map(|_| ())
        .map_err(|error| format!("{} cannot be written ({error}).", stamp().display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let names = |server, python| {
            let words = missing(server, python).concat();
            (words.contains("sockudo"), words.contains("Python"))
        };
        assert!(missing(true, true).is_empty());
        for (server, python) in [(true, false), (false, true), (false, false)] {
            assert_eq!(names(server, python), (!server, !python));
        }
    }
}
