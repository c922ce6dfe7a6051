//! The reasons for failed tests of the window, which the tests write beside their screenshots
//! (`tests/src/window/failure.rs`).

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::run::root;

/// The folder in which the window tests store their screenshots and logs.
pub(crate) const SCREENSHOTS: &str = "artifacts/screenshots";

/// The ending of the name of such a file.
const ENDING: &str = ".failure.json";

/// Removes the files of earlier runs.
pub(crate) fn forget() {
    for (_, file) in notes() {
        // A file that cannot be removed is overwritten by its test, or reported once more.
        let _ = fs::remove_file(file);
    }
}

/// Returns lines about the tests that failed, and about those that passed in their second run.
pub(crate) fn lines() -> Vec<String> {
    let notes = notes().into_iter();
    let read = |file: PathBuf| serde_json::from_slice::<Value>(&fs::read(file).ok()?).ok();
    notes.filter_map(|(name, file)| Some(lines_of(&name, &read(file)?))).flatten().collect()
}

fn lines_of(name: &str, note: &Value) -> Vec<String> {
    let text = |key: &str| note[key].as_str().unwrap_or_default().to_owned();
    let (test, reason, crash) = (text("test"), text("reason"), text("crash"));
    if reason.is_empty() {
        return vec![format!("{test} passed at its second try; at the first one: {crash}")];
    }
    let folder = root().join(SCREENSHOTS);
    let mut lines = vec![format!("{test} failed: {}.", reason.trim_end_matches('.'))];
    if !crash.is_empty() {
        lines.push(format!("  {crash}"));
    }
    lines.push(format!("  Screenshots: {}/{name}-*.png, log: {name}.log", folder.display()));
    lines
}

/// Returns the files, each with the beginning of the names of its test's screenshots.
fn notes() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join(SCREENSHOTS)).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().to_str()?.strip_suffix(ENDING)?.to_owned();
        Some((name, entry.path()))
    });
    let mut notes: Vec<_> = named.collect();
    notes.sort();
    notes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_failure_is_said_with_the_test_its_reason_and_where_to_look() {
        let note = json!({"test": "window::offline::a", "reason": "waited in vain for x", "crash": null});
        let lines = lines_of("train", &note);
        assert_eq!(lines[0], "window::offline::a failed: waited in vain for x.");
        assert!(lines[1].contains("artifacts/screenshots/train-*.png, log: train.log"), "{lines:?}");
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_test_that_passed_after_a_crash_of_the_driver_is_no_failure_and_said_all_the_same() {
        let note = json!({"test": "window::offline::a", "reason": "", "crash": "It crashed."});
        let lines = lines_of("train", &note);
        assert_eq!(lines, ["window::offline::a passed at its second try; at the first one: It crashed."]);
    }
}
