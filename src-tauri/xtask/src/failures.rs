//! Why tests of the window failed, as they have noted it beside their screenshots (`tests/src/window/failure.rs`).

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::run::root;

/// Where the window tests leave their screenshots and logs.
pub(crate) const SCREENSHOTS: &str = "artifacts/screenshots";

/// The ending of the name of such a file.
const ENDING: &str = ".failure.json";

/// Removes what earlier runs have noted.
pub(crate) fn forget() {
    for (_, file) in notes() {
        // What stays is written anew by its test, or is said once more.
        let _ = fs::remove_file(file);
    }
}

/// Lines about the tests that failed, and about those that passed at their second try.
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

/// The notes, each with what the screenshots of its test begin with.
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
