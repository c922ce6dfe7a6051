//! Runs other programs, and describes failures in words.

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

/// The folder in which cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Returns the path of a program that cargo has built in the development profile.
pub(crate) fn built(program: &str) -> PathBuf {
    target().join("debug").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// Returns a command in the project's root.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Returns a command for cargo, as if a person called it. The variables that the outer cargo set for *this* package
/// must not leak: some build scripts watch them, and would build half of the crates again and again.
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

/// Returns a command for the Rust tests of a filter, in the whole workspace (see [`build`](crate::build)).
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

/// Returns the output of a command, trimmed, or none if the command does not exist or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns true if a program is on the path.
pub(crate) fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .any(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A running program that ends with its owner, even if the owner returns early.
pub(crate) struct Companion(pub(crate) Child);

impl Drop for Companion {
    fn drop(&mut self) {
        // The program may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Prints each step of long work: `[3/7] building the window`.
pub(crate) struct Progress {
    step: usize,
    steps: usize,
}

impl Progress {
    /// Creates the progress of work with this number of steps.
    pub(crate) fn of(steps: usize) -> Self {
        Self { step: 0, steps }
    }

    /// Prints the next step.
    pub(crate) fn next(&mut self, doing: &str) {
        self.step += 1;
        println!("[{}/{}] {doing}…", self.step, self.steps);
    }
}

/// Measures the duration of a step.
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

    /// Returns the time since the start.
    pub(crate) fn passed(&self) -> Duration {
        self.0.elapsed()
    }
}
