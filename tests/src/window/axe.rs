//! axe-core in the page: barriers for people with disabilities that a program can find.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::root;
use super::view::Window;

/// Runs axe on the page and returns the serious violations.
const RUN: &str = include_str!("scripts/axe.js");

/// The violations of impact serious or critical.
pub(super) async fn violations(window: &Window) -> Vec<Value> {
    if window.run("return typeof window.axe", vec![]).await != "object" {
        let source = fs::read_to_string(file()).expect("axe-core can be read");
        // Through WebDriver, because the page's own policy would refuse the script and is not changed.
        window.run(&format!("{source}\nwindow.axe = axe;"), vec![]).await;
    }
    let all = window.run_async(RUN, vec![]).await;
    let all = all.as_array().cloned().expect("a list of violations");
    all.into_iter()
        .filter(|one| one["impact"] == json!("serious") || one["impact"] == json!("critical"))
        .collect()
}

/// Returns the file of axe-core. Installs the version of the lock file into the build folder if it is missing.
fn file() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows its own file");
    let folder = test.ancestors().nth(3).expect("tests lie in target/PROFILE/deps").join("axe");
    let file = folder.join("node_modules/axe-core/axe.min.js");
    let wanted = root().join("tests/axe");
    let lock = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    if !file.is_file() || lock(&folder) != lock(&wanted) {
        fs::create_dir_all(&folder).expect("a folder for axe-core");
        for name in ["package.json", "package-lock.json"] {
            fs::copy(wanted.join(name), folder.join(name)).expect("the lock file is there");
        }
        let installed =
            Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder).status();
        assert!(installed.is_ok_and(|status| status.success()), "axe-core cannot be installed by npm");
    }
    file
}
