//! Running other programs, with words for what goes wrong.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A failure is one sentence for the person at the terminal.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A program that cargo has built in the development profile.
pub(crate) fn built(program: &str) -> PathBuf {
    target().join("debug").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// A command in the project's root.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Cargo, as a person would call it. What the outer cargo told *this* package by variables must not leak: some build
/// scripts watch those, and would build half the tree again and again.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let leaks = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"]
                .iter()
                .any(|start| name.starts_with(start))
        });
        if leaks {
            cargo.env_remove(name);
        }
    }
    cargo.args(arguments);
    cargo
}

/// The Rust tests that a filter names, of the whole workspace (see [`build`](crate::build)).
pub(crate) fn nextest(filter: &str) -> Command {
    cargo(&["nextest", "run", "--workspace", "--filterset", filter])
}

/// Runs a command to its end. `what` completes "… failed".
pub(crate) fn must(command: &mut Command, what: &str) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{what} failed ({status}).")),
        Err(error) => Err(format!("{what} failed: {} cannot be started ({error}).", name(command))),
    }
}

/// What a command prints, trimmed; nothing where it does not exist or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program is on the path.
pub(crate) fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .any(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A running program that ends with its owner, also when the owner leaves early.
pub(crate) struct Companion(pub(crate) Child);

impl Drop for Companion {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Tells long work step by step: `[3/7] building the window`.
pub(crate) struct Progress {
    step: usize,
    steps: usize,
}

impl Progress {
    /// Work of so many steps.
    pub(crate) fn of(steps: usize) -> Self {
        Self { step: 0, steps }
    }

    /// Tells the next step.
    pub(crate) fn next(&mut self, doing: &str) {
        self.step += 1;
        println!("[{}/{}] {doing}…", self.step, self.steps);
    }
}

/// Measures how long a step takes.
pub(crate) struct Watch(Instant);

impl Watch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "a build task measures its own steps; nothing is decided by it"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed.
    pub(crate) fn passed(&self) -> Duration {
        self.0.elapsed()
    }
}
