//! Checks the spelling of all texts in the project with `typos`, which knows common mistakes and few other words.

use std::path::PathBuf;
use std::process::Command;

use crate::packages::PYTHON;
use crate::run::{Outcome, command, must, output, root, target};

/// The version on PyPI, which has a built program for every system.
const VERSION: &str = "1.52.0";

/// Checks every file of the project. `_typos.toml` has the correct words that `typos` takes for mistakes.
pub(crate) fn check() -> Outcome {
    install()?;
    must(command(program()).args(["--format", "brief"]).current_dir(root()), "The check of the spelling")
}

fn folder() -> PathBuf {
    target().join("xtask").join("typos")
}

fn program() -> PathBuf {
    folder().join("bin").join(format!("typos{}", std::env::consts::EXE_SUFFIX))
}

fn install() -> Outcome {
    let is_installed =
        output(command(program()).arg("--version")).is_some_and(|version| version.ends_with(VERSION));
    if is_installed {
        return Ok(());
    }
    let mut pip = Command::new(PYTHON);
    pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", "--target"]).arg(folder());
    must(pip.arg(format!("typos=={VERSION}")), "Installing typos from PyPI")
}
