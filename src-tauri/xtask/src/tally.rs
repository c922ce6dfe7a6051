//! Counts tests by the lines that their runners print, and prints the table at the end.

use std::io::{BufRead, BufReader, pipe};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::failures;
use crate::run::{Outcome, Watch};

/// The numbers of tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: u32,
    failed: u32,
}

impl Counts {
    /// Reads a line of cargo (`test result: ok. 12 passed; 0 failed; …`), of nextest (`Summary [  1.2s] 15 tests run:
    /// 12 passed, 3 failed, 1 skipped`) or of vitest (`Tests  1 failed | 33 passed`).
    fn read(line: &str) -> Self {
        let text = line.trim();
        // For a failed test nextest repeats the output of the test's own runner, indented.
        let rest = line
            .strip_prefix("test result:")
            .or_else(|| text.strip_prefix("Summary ["))
            .or_else(|| text.strip_prefix("Tests "));
        let Some(rest) = rest else { return Self::default() };
        let words: Vec<&str> =
            rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let before = |wanted: &str| {
            let at = words.iter().position(|word| *word == wanted)?;
            words.get(at.checked_sub(1)?)?.parse().ok()
        };
        Self { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) }
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

struct Step {
    name: String,
    /// The result of the step, and the reason unless it passed.
    end: &'static str,
    why: String,
    counts: Counts,
    took: Duration,
}

/// All steps so far.
#[derive(Default)]
pub(crate) struct Tally {
    steps: Vec<Step>,
}

impl Tally {
    /// Runs a step that passes or fails as a whole.
    pub(crate) fn check(&mut self, name: &str, step: impl FnOnce() -> Outcome) -> bool {
        self.step(name, |_| step())
    }

    /// Runs a command whose printed results are counted.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) -> bool {
        self.step(name, |counts| count(command, counts))
    }

    /// Records a step that cannot run here, with the reason, so that it does not count as passed.
    pub(crate) fn skip(&mut self, name: &str, reason: &str) {
        println!("\n=== {name}: skipped, {reason}");
        self.steps.push(Step {
            name: name.to_owned(),
            end: "skipped",
            why: reason.to_owned(),
            counts: Counts::default(),
            took: Duration::ZERO,
        });
    }

    fn step(&mut self, name: &str, step: impl FnOnce(&mut Counts) -> Outcome) -> bool {
        println!("\n=== {name}");
        let watch = Watch::start();
        let mut counts = Counts::default();
        let outcome = step(&mut counts);
        let passed = outcome.is_ok();
        if let Err(sentence) = &outcome {
            println!("{sentence}");
            // A step can fail without a failed test (a lint, a build); it must not look like a green run.
            counts.failed = counts.failed.max(1);
        }
        let (end, why) = (if passed { "ok" } else { "FAILED" }, outcome.err().unwrap_or_default());
        self.steps.push(Step { name: name.to_owned(), end, why, counts, took: watch.passed() });
        passed
    }

    /// Prints the table and the closing line.
    pub(crate) fn close(self) -> Outcome {
        let mut total = Counts::default();
        let mut table = String::new();
        for step in &self.steps {
            let Step { name, end, why, counts, took } = step;
            let tests = match counts.passed + counts.failed {
                0 => String::new(),
                all => format!("{} of {all}", counts.passed),
            };
            let line = format!("{end:8} {:5.0} s  {name:24} {tests}  {why}", took.as_secs_f64());
            table.push_str(&format!("{}\n", line.trim_end()));
            total.add(*counts);
        }
        let failures: String = failures::lines().iter().map(|line| format!("{line}\n")).collect();
        println!("\n{table}\n{failures}{} passed, {} failed", total.passed, total.failed);
        if total.failed == 0 { Ok(()) } else { Err("Not everything passed; see above.".to_owned()) }
    }
}

fn count(command: &mut Command, counts: &mut Counts) -> Outcome {
    let cannot_start = |error| format!("A test runner cannot be started ({error}).");
    // Both outputs go into one pipe: nextest prints its results on standard error, among the tests' output.
    let (output, both) = pipe().map_err(cannot_start)?;
    let out = both.try_clone().map_err(cannot_start)?;
    let mut child = command.stdin(Stdio::null()).stdout(out).stderr(both).spawn().map_err(cannot_start)?;
    // The pipe ends when its other end is closed everywhere, and the command held it.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|error| format!("The output cannot be read ({error})."))?;
        let line = String::from_utf8_lossy(&line);
        println!("{}", line.trim_end_matches('\r'));
        counts.add(Counts::read(&line));
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("It ended with {status}.")),
        Err(error) => Err(format!("It cannot be waited for ({error}).")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_runners_are_counted_and_other_lines_are_not() {
        let counts = |passed, failed| Counts { passed, failed };
        let cargo =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1s";
        assert_eq!(Counts::read(cargo), counts(12, 3));
        let nextest =
            "     Summary [  10.5s] 16 tests run: 12 passed (2 slow), 3 failed, 1 timed out, 1 skipped";
        assert_eq!(Counts::read(nextest), counts(12, 3));
        assert_eq!(Counts::read("    test result: FAILED. 0 passed; 1 failed"), counts(0, 0), "repeated");
        assert_eq!(Counts::read("      Tests  1 failed | 33 passed (34)"), counts(33, 1));
        assert_eq!(Counts::read("      Tests  33 passed (33)"), counts(33, 0));
        assert_eq!(Counts::read(" Test Files  3 passed (3)"), counts(0, 0));
        assert_eq!(Counts::read("running 12 tests"), counts(0, 0));
    }
}
